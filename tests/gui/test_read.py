"""Reading and coding in the Read view, by keys and by mouse, against the store."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from polyvocal.domain.editmap import EditMap
from polyvocal.domain.records import Code, Coding, Concern, Reading, Stance
from polyvocal.domain.spans import Span
from polyvocal.domain.words import Phase, ReadingState, SourceKind, StanceName
from polyvocal.gui.dialogs.code import CodeDialog
from polyvocal.gui.dialogs.stance import ConcernsDialog, StanceDialog
from polyvocal.gui.sitting import Place, Sitting
from polyvocal.gui.theme import Theme
from polyvocal.gui.views.read import ReadView
from polyvocal.services.commands.codings import add_coding
from polyvocal.services.commands.incoming import About, Incoming
from polyvocal.services.commands.removal import remove
from polyvocal.services.commands.sources import correct_source, import_sources
from tests.conftest import TEXTS
from tests.gui.conftest import settle
from tests.gui.read_steps import PAID, PLENARY, passages, select, shown, source_named


@pytest.fixture
def read(qtbot: QtBot, sitting: Sitting) -> ReadView:
    """The Read view on Wren's plenary, coded by Oda and Wren; Oda is at the window."""
    return shown(qtbot, sitting, PLENARY)


def test_source_on_its_way_is_shown_though_something_changed_meanwhile(
    qtbot: QtBot, read: ReadView, sitting: Sitting
) -> None:
    other = next(title for title in TEXTS if title != PLENARY)
    read.open_place(Place(source_named(sitting, other).id))
    read.active.reload()  # as a change of another source's occasion asks for it
    settle(qtbot, sitting)
    assert read.source is not None
    assert read.source.source.title == other


def test_chosen_coding_is_let_go_when_another_source_is_shown(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    read.surface.step(forward=True)
    settle(qtbot, sitting)
    assert read.here.details.title.text() != "No coding chosen"
    other = next(title for title in TEXTS if title != PLENARY)
    read.open_place(Place(source_named(sitting, other).id))
    settle(qtbot, sitting)
    assert read.here.details.title.text() == "No coding chosen"


def type_code(qtbot: QtBot, read: ReadView, name: str) -> None:
    """Type a code's name over selected words, and Enter."""
    qtbot.keyClicks(read.surface, name[:1])
    assert read.coding.chooser.isVisible()
    qtbot.keyClicks(read.coding.chooser.line, name[1:])
    qtbot.keyClick(read.coding.chooser.line, Qt.Key.Key_Return)


# --- opening ---------------------------------------------------------------------------------------------------------


def test_first_source_is_open_at_the_beginning(qtbot: QtBot, sitting: Sitting) -> None:
    view = shown(qtbot, sitting, None)
    assert view.source is not None
    assert view.occasions.current_source() == view.source.source.id


def test_coded_fieldnote_is_opened_first_though_papers_stand_before_it(qtbot: QtBot, sitting: Sitting) -> None:
    about = About(SourceKind.PAPER, event="Launch", phase=Phase.BEFORE)
    sitting.bus.act(lambda file: import_sources(file, [Incoming("Agenda", "Ten o'clock", EditMap())], about))
    settle(qtbot, sitting)
    view = shown(qtbot, sitting, None)
    titles = [view.occasions.model.index_of(node).data() for node in view.occasions.model.nodes()]
    assert titles.index("Agenda") < titles.index(PLENARY)
    assert view.source is not None
    assert view.source.source.title == PLENARY


def test_panels_below_large_text_let_the_window_fit_a_small_screen(
    qtbot: QtBot, read: ReadView, theme: Theme, sitting: Sitting
) -> None:
    theme.set_text_size(18)
    for tab in range(read.below.count()):
        read.below.setCurrentIndex(tab)
        settle(qtbot, sitting)
        assert read.minimumSizeHint().width() <= 1240


def test_what_can_be_done_with_a_coding_is_seen_where_there_is_little_room(
    qtbot: QtBot, read: ReadView, sitting: Sitting
) -> None:
    (passage,) = [one for one in passages(sitting) if one.code == "Whose time"]
    read.surface.show_coding(passage.id)
    settle(qtbot, sitting)
    read.resize(1060, 800)  # as beside the first steps
    card = read.here.details
    qtbot.waitUntil(lambda: card.horizontalScrollBar().maximum() == 0)
    for button in (card.add, card.whom, card.note, card.delete):
        right = button.mapTo(card.viewport(), button.rect().bottomRight())
        assert card.viewport().rect().contains(right), button.text()


def test_panels_below_are_whole_at_the_usual_size(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    read.resize(1280, 760)
    for tab in range(2, read.below.count()):
        read.below.setCurrentIndex(tab)
        settle(qtbot, sitting)
        page = read.below.widget(tab)
        assert page is not None
        (scroll,) = page.findChildren(QScrollArea)
        assert (scroll.horizontalScrollBar().maximum(), scroll.verticalScrollBar().maximum()) == (0, 0)


def test_source_of_no_phase_does_not_look_as_if_of_the_last_one(qtbot: QtBot, sitting: Sitting) -> None:
    about = About(SourceKind.PAPER, event="Launch")
    sitting.bus.act(lambda file: import_sources(file, [Incoming("Agenda", "Ten o'clock", EditMap())], about))
    settle(qtbot, sitting)
    view = shown(qtbot, sitting, None)
    titles = [view.occasions.model.index_of(node).data() for node in view.occasions.model.nodes()]
    assert titles.index("Launch") + 1 == titles.index("Agenda") < titles.index("During")


def test_source_is_opened_from_the_tree_by_enter(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    read.occasions.point_to(source_named(sitting, "Corridor, Bashir").id)
    read.occasions.tree.setFocus()
    qtbot.keyClick(read.occasions.tree, Qt.Key.Key_Return)
    settle(qtbot, sitting)
    assert read.surface.text == TEXTS["Corridor, Bashir"]
    assert read.window().focusWidget() is read.surface
    assert "Bashir (lay panel)" in read.head.who.text()
    assert "Corridor" in read.head.about.text()


def test_place_of_a_coding_is_gone_to_and_chosen(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    (passage,) = passages(sitting, "On the train")
    read.open_place(Place(passage.source, passage.start, passage.end, passage.id))
    settle(qtbot, sitting)
    assert read.surface.chosen == passage.id
    assert read.surface.offset == passage.start
    assert read.here.details.title.text() == "Protest"


def test_empty_project_says_what_to_do(qtbot: QtBot, empty_sitting: Sitting) -> None:
    view = shown(qtbot, empty_sitting, None)
    assert view.occasions.empty.isVisible()
    assert view.codebook.empty.isVisible()
    assert "Choose one" in view.head.who.text()


def test_source_that_is_removed_is_shown_no_more(qtbot: QtBot, empty_sitting: Sitting) -> None:
    bus = empty_sitting.bus
    bus.act(lambda file: import_sources(file, [Incoming("A", "words", EditMap())], About(SourceKind.PAPER)))
    settle(qtbot, empty_sitting)
    view = shown(qtbot, empty_sitting, "A")
    bus.act(lambda file: remove(file, "source", "A"))
    settle(qtbot, empty_sitting)
    assert view.source is None
    assert view.surface.text == ""


# --- coding ----------------------------------------------------------------------------------------------------------


def test_passage_is_coded_by_typing_a_codes_name(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    before = passages(sitting)
    span = select(read, "then applause")
    type_code(qtbot, read, "who de")
    settle(qtbot, sitting)
    (made,) = [one for one in passages(sitting) if one not in before]
    assert (made.start, made.end, made.code, made.coder) == (*span, "Who decides", "Oda")
    assert read.surface.index.get(made.id) is not None
    assert read.surface.chosen == made.id
    assert read.surface.selected == span
    assert read.here.details.title.text() == "Who decides"


def test_code_that_is_not_there_is_made_and_both_are_one_step(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    select(read, "I clap too")
    type_code(qtbot, read, "Joining in")
    settle(qtbot, sitting)
    assert [one.text for one in passages(sitting) if one.code == "Joining in"] == ["I clap too"]
    sitting.bus.act(lambda file: file.undo(file.person))
    settle(qtbot, sitting)
    assert not sitting.bus.read(lambda view: view.find(Code, name="Joining in"))
    assert "Joining in" not in [code.name for code in read.codebook.codes]


def test_last_used_code_comes_first(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    select(read, "then applause")
    type_code(qtbot, read, "Sense")
    settle(qtbot, sitting)
    select(read, "I clap too")
    qtbot.keyClick(read.surface, Qt.Key.Key_Return)
    assert read.coding.chooser.model.index(0, 0).data() == "Sense-making"
    qtbot.keyClick(read.coding.chooser.line, Qt.Key.Key_Escape)


def test_chooser_is_left_without_coding(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    before = passages(sitting)
    select(read, "then applause")
    qtbot.keyClick(read.surface, Qt.Key.Key_Return)
    qtbot.keyClick(read.coding.chooser, Qt.Key.Key_Escape)
    settle(qtbot, sitting)
    assert not read.coding.chooser.isVisible()
    assert passages(sitting) == before


def test_same_coding_twice_is_refused_and_told(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    faults: list[Exception] = []
    sitting.bus.failed.connect(faults.append)
    before = passages(sitting)
    select(read, PAID + " asks a woman of the lay panel.")
    type_code(qtbot, read, "Protest")
    settle(qtbot, sitting)
    assert passages(sitting) == before
    assert "already" in str(faults[0])


def test_selected_words_are_coded_by_double_click_on_a_code(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    select(read, "then applause")
    read.codebook.point_to(next(code.id for code in read.codebook.codes if code.name == "Sense-making"))
    qtbot.keyClick(read.codebook.tree, Qt.Key.Key_Return)
    settle(qtbot, sitting)
    assert [one.code for one in passages(sitting) if one.text == "then applause"] == ["Sense-making"]


def test_selected_words_are_coded_by_dropping_a_code_on_them(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    select(read, "then applause")
    code = next(code for code in read.codebook.codes if code.name == "Sense-making")
    read.surface.code_dropped.emit(code.id)
    settle(qtbot, sitting)
    assert [one.code for one in passages(sitting) if one.text == "then applause"] == ["Sense-making"]


def test_coder_is_asked_once_where_nobody_said(qtbot: QtBot, sitting: Sitting) -> None:
    view = shown(qtbot, sitting, PLENARY)
    me, asked = sitting.me, []
    sitting.choose_coder(None)
    settle(qtbot, sitting)

    def ask(then: object) -> None:
        asked.append(then)
        sitting.choose_coder(me)
        assert callable(then)
        then()

    sitting.ask_who = ask
    for words in ("then applause", "I clap too"):
        select(view, words)
        type_code(qtbot, view, "Sense")
        settle(qtbot, sitting)
    assert len(asked) == 1
    assert {one.coder for one in passages(sitting) if one.code == "Sense-making"} == {"Oda"}


def test_nothing_is_coded_where_nobody_says_who_codes(qtbot: QtBot, sitting: Sitting) -> None:
    view = shown(qtbot, sitting, PLENARY)
    sitting.choose_coder(None)
    before = passages(sitting)
    select(view, "then applause")
    type_code(qtbot, view, "Sense")  # the question who codes is left unanswered
    settle(qtbot, sitting)
    assert passages(sitting) == before


def test_project_for_reading_only_opens_no_chooser(qtbot: QtBot, reading_sitting: Sitting) -> None:
    view = shown(qtbot, reading_sitting, PLENARY)
    select(view, "then applause")
    qtbot.keyClick(view.surface, Qt.Key.Key_Return)
    assert not view.coding.chooser.isVisible()
    assert not view.head.done.isEnabled()
    assert not view.codebook.new.isEnabled()


# --- removing, undoing -----------------------------------------------------------------------------------------------


def test_chosen_coding_is_removed_by_delete_and_comes_back_whole_by_undo(
    qtbot: QtBot, read: ReadView, sitting: Sitting
) -> None:
    before = passages(sitting)
    coding = next(one for one in before if one.stances)
    read.surface.show_coding(coding.id)
    read.surface.setFocus()
    read.acts.remove.trigger()
    settle(qtbot, sitting)
    assert coding.id not in {one.id for one in passages(sitting)}
    assert read.surface.index.get(coding.id) is None
    sitting.bus.act(lambda file: file.undo(file.person))
    settle(qtbot, sitting)
    assert passages(sitting) == before
    assert read.surface.index.get(coding.id) is not None


def test_coding_that_was_made_elsewhere_appears(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    sitting.bus.act(lambda file: add_coding(file, source=PLENARY, start=0, end=5, code="Protest", coder="Wren"))
    settle(qtbot, sitting)
    (mark,) = [one for one in read.surface.index if (one.start, one.end) == (0, 5)]
    assert mark.code == next(code.id for code in read.codebook.codes if code.name == "Protest")


def test_codings_follow_their_words_when_the_source_is_corrected(
    qtbot: QtBot, read: ReadView, sitting: Sitting
) -> None:
    sitting.bus.act(lambda file: correct_source(file, source=PLENARY, edits=[(0, 5, "At five past ten:")]))
    settle(qtbot, sitting)
    assert read.surface.text.startswith("At five past ten: Nine")
    assert {read.surface.text[one.start : one.end] for one in read.surface.index} == {
        one.text for one in passages(sitting)
    }


def test_counts_in_the_codebook_follow(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    def count() -> int:
        return next(code.codings for code in read.codebook.codes if code.name == "Sense-making")

    assert count() == 0
    select(read, "then applause")
    type_code(qtbot, read, "Sense")
    settle(qtbot, sitting)
    assert count() == 1
    assert read.surface.text[slice(*read.surface.selected or (0, 0))] == "then applause"


# --- reading states --------------------------------------------------------------------------------------------------


def test_reading_to_the_cursor_is_noted_and_shown(qtbot: QtBot, sitting: Sitting) -> None:
    view = shown(qtbot, sitting, "Corridor, Bashir")
    view.surface.go_to(30)
    qtbot.mouseClick(view.head.here, Qt.MouseButton.LeftButton)
    settle(qtbot, sitting)
    (reading,) = sitting.bus.read(lambda look: look.find(Reading, source=source_named(sitting, "Corridor, Bashir").id))
    assert (reading.read_to, reading.state) == (30, ReadingState.READ_TO_HERE)
    assert "read in part" in view.head.state.text()
    view.acts.read_all.trigger()
    settle(qtbot, sitting)
    assert "read to the end" in view.head.state.text()


def test_noting_what_was_read_keeps_place_and_selection(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    span = select(read, "then applause")
    document = read.surface.document()
    read.coding.note_reading(40)
    settle(qtbot, sitting)
    assert read.surface.document() is document
    assert read.surface.selected == span


# --- stances and concerns --------------------------------------------------------------------------------------------


def open_dialog(qtbot: QtBot, kind: type[QDialog]) -> QDialog:
    """The dialog of a kind that is on the screen."""
    found: list[QDialog] = []

    def there() -> bool:
        found[:] = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]
        return bool(found)

    qtbot.waitUntil(there)
    return found[-1]


def test_stance_is_added_to_the_chosen_coding(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    coding = next(one for one in passages(sitting) if not one.stances)
    read.surface.show_coding(coding.id)
    settle(qtbot, sitting)
    read.acts.stance.trigger()
    dialog = open_dialog(qtbot, StanceDialog)
    assert isinstance(dialog, StanceDialog)
    dialog.actor.setEditText("Lay panel")
    dialog.stance.choose(StanceName.CONTESTS)
    dialog.term.setEditText("Who may speak")
    dialog.accept()
    settle(qtbot, sitting)
    (made,) = sitting.bus.read(lambda view: view.find(Stance, coding=coding.id))
    assert made.stance == "contests"
    labels = [label.text() for label in read.here.details.findChildren(QLabel)]
    assert "Lay panel contests “Who may speak”" in labels


def test_further_stance_is_three_keystrokes(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    coding = next(one for one in passages(sitting) if one.stances)
    before = coding.stances[-1]
    read.surface.show_coding(coding.id)
    read.surface.select(Span(0, 0))
    read.surface.choose(coding.id)
    settle(qtbot, sitting)
    qtbot.keyClick(read.surface, Qt.Key.Key_S)
    dialog = open_dialog(qtbot, StanceDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    letter, stance = (Qt.Key.Key_A, "affirms") if before.stance != "affirms" else (Qt.Key.Key_G, "generates")
    for key in (letter, Qt.Key.Key_Return):
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyPress(focused, key)
    settle(qtbot, sitting)
    assert not dialog.isVisible()
    (now,) = [one for one in passages(sitting) if one.id == coding.id]
    assert [(one.actor, one.term) for one in now.stances if one.stance == stance] == [(before.actor, before.term)]


def test_stance_without_an_actor_is_refused_in_the_dialog(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    read.surface.show_coding(passages(sitting)[0].id)
    settle(qtbot, sitting)
    read.acts.stance.trigger()
    dialog = open_dialog(qtbot, StanceDialog)
    assert isinstance(dialog, StanceDialog)
    dialog.actor.setEditText("")
    dialog.accept()
    assert dialog.isVisible()
    assert "needs an actor" in dialog.fault.text()
    dialog.done(0)


def test_concerns_are_set_by_hand(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    coding = next(one for one in passages(sitting) if one.concerns)
    read.surface.show_coding(coding.id)
    settle(qtbot, sitting)
    read.here.details.change_concerns()
    dialog = open_dialog(qtbot, ConcernsDialog)
    assert isinstance(dialog, ConcernsDialog)
    assert dialog.concerns.names == coding.concerns
    dialog.concerns.setText("Ward 4; Bashir")
    dialog.accept()
    settle(qtbot, sitting)
    assert len(sitting.bus.read(lambda view: view.find(Concern, coding=coding.id))) == 2
    assert "Ward 4" in read.here.details.concerns.text()


# --- codes here ------------------------------------------------------------------------------------------------------


def test_codes_at_the_cursor_are_listed_and_can_be_chosen_by_keys(
    qtbot: QtBot, read: ReadView, sitting: Sitting
) -> None:
    read.surface.go_to(read.surface.text.index(PAID) + 2)
    settle(qtbot, sitting)
    ids = [mark.id for mark in read.here.model.marks]
    assert len(ids) == 2
    qtbot.keyClick(read.here.list, Qt.Key.Key_Down)
    settle(qtbot, sitting)
    assert read.surface.chosen == ids[0]
    spoken = read.here.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "coded by Oda" in spoken


def test_parts_of_the_view_have_names_for_a_screen_reader(read: ReadView) -> None:
    named = (
        read.occasions.tree, read.occasions.filter, read.surface, read.here.list, read.codebook.tree, read.codebook.filter
    )  # fmt: skip
    assert all(widget.accessibleName() for widget in named)


# --- the codebook beside the text ------------------------------------------------------------------------------------


def test_code_is_written_with_all_its_fields_and_corrected(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    read.codebook.add_code()
    dialog = open_dialog(qtbot, CodeDialog)
    assert isinstance(dialog, CodeDialog)
    dialog.name.setText("Polite assent")
    dialog.definition.setPlainText("Agreeing aloud.")
    dialog.not_when.setPlainText("Somebody means it.")
    dialog.accept()
    settle(qtbot, sitting)
    (code,) = sitting.bus.read(lambda view: view.find(Code, name="Polite assent"))
    assert (code.definition, code.not_when, code.parent) == ("Agreeing aloud.", "Somebody means it.", None)
    read.codebook.point_to(code.id)
    read.codebook.edit_code()
    dialog = open_dialog(qtbot, CodeDialog)
    assert isinstance(dialog, CodeDialog)
    dialog.name.setText("Assent")
    dialog.colour.line.setText("#ZZ0000")
    dialog.accept()
    assert "no colour" in dialog.fault.text()
    dialog.colour.line.setText("#0072B2")
    dialog.accept()
    settle(qtbot, sitting)
    (changed,) = sitting.bus.read(lambda view: view.find(Code, id=code.id))
    assert (changed.name, changed.colour, changed.definition) == ("Assent", "#0072b2", "Agreeing aloud.")


def test_code_with_codings_is_not_removed(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    faults: list[Exception] = []
    sitting.bus.failed.connect(faults.append)
    read.codebook.point_to(next(code.id for code in read.codebook.codes if code.name == "Protest"))
    read.codebook.remove_code()
    settle(qtbot, sitting)
    assert faults
    assert sitting.bus.read(lambda view: view.count(Coding)) == 7


def test_filter_of_the_codebook_points_to_the_best_answer(qtbot: QtBot, read: ReadView) -> None:
    qtbot.keyClicks(read.codebook.filter, "time")
    assert read.codebook.current is not None
    assert read.codebook.current.name == "Whose time"
    assert [node.what.name for node in read.codebook.model.nodes()] == ["Collaboration", "Whose time"]


def test_filter_of_the_occasions_finds_an_observer(qtbot: QtBot, read: ReadView) -> None:
    qtbot.keyClicks(read.occasions.filter, "bashir")
    titles = [read.occasions.model.index_of(node).data() for node in read.occasions.model.nodes()]
    assert "Corridor, Bashir" in titles
    assert PLENARY not in titles


def test_enter_in_the_filter_of_the_occasions_opens_the_one_that_is_found_or_goes_to_the_first(
    qtbot: QtBot, read: ReadView, sitting: Sitting
) -> None:
    qtbot.keyClicks(read.occasions.filter, "corridor, b")
    qtbot.keyClick(read.occasions.filter, Qt.Key.Key_Return)
    settle(qtbot, sitting)
    assert read.source is not None
    assert read.source.source.title == "Corridor, Bashir"
    read.occasions.filter.clear()
    qtbot.keyClicks(read.occasions.filter, "plenary")
    qtbot.keyClick(read.occasions.filter, Qt.Key.Key_Return)
    assert read.occasions.tree.hasFocus()
    assert read.occasions.current_source() is not None
    assert read.source.source.title == "Corridor, Bashir"


def test_next_source_is_the_next_that_is_not_read_to_the_end(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    seen = []
    for _ in range(len(TEXTS)):
        assert read.source is not None
        seen.append(read.source.source.title)
        read.coding.note_reading(None)
        settle(qtbot, sitting)
        qtbot.waitUntil(lambda: read.source is not None and read.source.state is ReadingState.DONE)
        read.acts.next_source.trigger()
        settle(qtbot, sitting)
    assert len(set(seen)) == len(TEXTS)
    faults: list[Exception] = []
    sitting.bus.failed.connect(faults.append)
    read.acts.next_source.trigger()
    assert "has read all sources" in str(faults[0])


def test_first_place_is_selected_while_one_types_what_is_looked_for(qtbot: QtBot, read: ReadView) -> None:
    text = read.surface.text
    begin = text.index("Nobody")
    read.surface.select(Span(begin, begin))
    read.acts.find.trigger()
    bar = read.active.finding
    QTest.keyClicks(bar.wanted, "the")
    assert read.surface.selection.start == text.lower().index("the", begin)
    QTest.keyClicks(bar.wanted, "xyz")
    assert bar.count.text() == "not found"
    bar.wanted.setFocus()
    QTest.keyClick(bar.wanted, Qt.Key.Key_Escape)  # it is the text's key too, when the hand is there
    assert bar.isHidden()
