"""A moment side by side: heads, words that stand out, scrolling together, coding, hiding and moving, marks by hand."""

import pytest
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.editmap import EditMap
from polyvocal.domain.errors import UserError
from polyvocal.domain.moments import Divergence, MomentAnchor
from polyvocal.domain.spans import Span
from polyvocal.domain.words import DivergenceKind, Phase, SourceKind, Standing
from polyvocal.gui.dialogs.moment import MomentDialog
from polyvocal.gui.sitting import Place, Sitting
from polyvocal.gui.theme import Theme
from polyvocal.gui.views.moment_scroll import place_before_eye
from polyvocal.gui.views.moments_page import MomentsPage
from polyvocal.services.commands.divergences import add_divergence
from polyvocal.services.commands.incoming import About, Incoming
from polyvocal.services.commands.moments import add_anchors, add_moment
from polyvocal.services.commands.passage import Passage
from polyvocal.services.commands.people import add_person
from polyvocal.services.commands.sources import ImportResult, import_sources
from polyvocal.services.queries.passages import coded_passages
from polyvocal.store.file import ProjectFile
from tests.conftest import TEXTS
from tests.gui.moments_steps import (
    AUCUNE,
    PAID,
    act,
    choose,
    column,
    dialog,
    key,
    moments,
    names,
    page,
    select,
    settle_page,
    shown,
)

__all__ = ["page"]

WREN, ILSE = "Plenary, Wren", "Plenary, Ilse"


def take_in(file: ProjectFile, title: str, text: str, *observers: str) -> ImportResult:
    about = About(SourceKind.FIELDNOTE, observers=observers, event="Launch", session="Plenary", phase=Phase.DURING)
    return import_sources(file, [Incoming(title, text, EditMap())], about)


def mark(file: ProjectFile, moment: str, source: str, words: str) -> ChangeSet:
    start = TEXTS[source].index(words)
    return add_anchors(file, moment=moment, passages=[Passage(source, start, start + len(words))])


@pytest.fixture
def marked(qtbot: QtBot, page: MomentsPage) -> MomentsPage:
    """A moment of which both observers of the plenary have an account that is marked by hand."""
    act(qtbot, page, lambda file: add_moment(file, title="M", session="Plenary"))
    act(qtbot, page, lambda file: mark(file, "M", WREN, PAID))
    act(qtbot, page, lambda file: mark(file, "M", ILSE, AUCUNE))
    choose(qtbot, page, "Corridor")
    choose(qtbot, page, "M")
    return page


def anchors(page: MomentsPage) -> list[tuple[int, int]]:
    found = page.sitting.bus.read(lambda view: view.all(MomentAnchor))
    return sorted((one.start, one.end) for one in found)


# --- heads -----------------------------------------------------------------------------------------------------------


def test_head_says_who_wrote_from_where_how_much_and_who_read_it(page: MomentsPage) -> None:
    head = column(page, "Wren").head
    assert head.standing.text() == "Ethnographer"
    assert head.name.text() == "Wren"
    assert head.position.text() == "Table 2"
    assert head.title.text() == WREN
    assert head.words.text() == "48 of 48 words"
    assert head.placed.text() == "placed by session"
    assert head.read.text() == "read by Oda, Wren"
    other = column(page, "Ilse").head
    assert other.standing.text() == "Research team"
    assert other.position.text() == "position not noted"
    assert other.read.text() == "in part by Oda"


def test_part_that_is_not_certain_is_told_so(qtbot: QtBot, page: MomentsPage) -> None:
    from polyvocal.services.commands.time_marks import TimeDraft, add_time_marks

    text = "10:05 They come in.\n\n10:50 They go out.\n"
    act(qtbot, page, lambda file: take_in(file, "By the door", text, "Bashir"))
    marks = [TimeDraft(at, at + 5, text[at : at + 5]) for at in (0, text.index("10:50"))]
    act(qtbot, page, lambda file: add_time_marks(file, source="By the door", marks=marks, seen=None))
    act(qtbot, page, lambda file: add_moment(file, title="M", event="Launch", starts="10:20", ends="10:30"))
    choose(qtbot, page, "M")
    head = column(page, "Bashir").head
    assert head.placed.text() == "≈ placed by time; not certain"
    assert "between 10:05 and 10:50, so perhaps in part beyond the moment" in head.placed.toolTip()
    surface = column(page, "Bashir").surface
    assert surface is not None
    assert [one.certain for one in surface.lights.part] == [False]


def test_account_that_two_wrote_together_is_one_column(qtbot: QtBot, page: MomentsPage) -> None:
    act(qtbot, page, lambda file: add_person(file, name="Sorrel", standing=Standing.ETHNOGRAPHER))
    act(qtbot, page, lambda file: add_person(file, name="Tam", standing=Standing.ETHNOGRAPHER))
    act(qtbot, page, lambda file: take_in(file, "Ours", "We wrote it together.\n", "Sorrel", "Tam"))
    assert names(page) == ["Sorrel, Tam", "Wren", "Ilse"]
    assert [one.head.standing.text() for one in page.columns.shown()] == ["Ethnographer", "", "Research team"]


def test_several_accounts_of_an_observer_are_chosen_from(qtbot: QtBot, page: MomentsPage) -> None:
    act(qtbot, page, lambda file: take_in(file, "Also, Wren", "I noted this as well.\n", "Wren"))
    wren = column(page, "Wren")
    assert [wren.head.accounts.itemText(n) for n in range(2)] == ["Also, Wren", WREN]
    assert wren.account.account.title == WREN  # it was being read
    wren.head.accounts.setCurrentIndex(0)
    settle_page(qtbot, page)
    assert wren.surface is not None
    assert wren.surface.text == "I noted this as well.\n"


# --- the words of the moment -----------------------------------------------------------------------------------------


def test_words_of_the_moment_stand_out_of_the_rest(marked: MomentsPage) -> None:
    surface = column(marked, "Wren").surface
    assert surface is not None
    start = TEXTS[WREN].index(PAID)
    assert [(*one.span, one.certain) for one in surface.lights.part] == [(start, start + len(PAID), True)]
    dim = [one for one in surface.extraSelections() if one.format.foreground().color().name() == "#67625a"]
    assert sorted((one.cursor.selectionStart(), one.cursor.selectionEnd()) for one in dim)[0][0] == 0
    assert len(dim) == 2
    assert surface.offset == start  # keys begin there


def test_mark_is_set_by_hand_in_two_columns_and_taken_away(qtbot: QtBot, page: MomentsPage) -> None:
    act(qtbot, page, lambda file: add_moment(file, title="M", session="Plenary"))
    choose(qtbot, page, "M")
    spans = [select(page, "Wren", PAID), select(page, "Ilse", AUCUNE)]
    key(qtbot, page, page.acts.here)
    assert anchors(page) == sorted((one.start, one.end) for one in spans)
    assert [one.head.placed.text() for one in page.columns.shown()] == ["marked by hand"] * 2
    select(page, "Ilse", "orateurs")
    key(qtbot, page, page.acts.not_here)
    assert anchors(page) == [(spans[0].start, spans[0].end)]
    assert column(page, "Ilse").head.placed.text() == "placed by session"


def test_mark_of_what_is_no_moment_yet_makes_one(qtbot: QtBot, page: MomentsPage) -> None:
    span = select(page, "Wren", PAID)
    page.acts.here.trigger()
    made = dialog(qtbot, MomentDialog)
    made.title.setText("Paid")
    made.accept()
    settle_page(qtbot, page)
    assert [one.title for one in moments(page)] == ["Paid"]
    assert anchors(page) == [(span.start, span.end)]
    assert page.title.text() == "Paid"


def test_mark_without_selected_words_says_what_to_do(page: MomentsPage) -> None:
    faults: list[Exception] = []
    page.sitting.bus.failed.connect(faults.append)
    page.acts.here.trigger()
    page.acts.not_here.trigger()
    assert all(isinstance(one, UserError) for one in faults)
    assert [str(one)[:16] for one in faults] == ["Select the words", "Nothing here is "]


# --- coding ----------------------------------------------------------------------------------------------------------


def test_selected_words_are_coded_in_the_column_of_the_keys(qtbot: QtBot, page: MomentsPage) -> None:
    before = len(page.sitting.bus.read(lambda view: list(coded_passages(view))))
    select(page, "Ilse", "aucune question")
    key(qtbot, page, page.acts.in_vivo)
    found = page.sitting.bus.read(lambda view: list(coded_passages(view)))
    assert len(found) == before + 1
    (made,) = (one for one in found if one.text == "aucune question")
    assert (made.source_title, made.code, made.coder) == (ILSE, "aucune question", "Oda")
    assert [str(page.here.model.index(row, 0).data()) for row in range(page.here.model.rowCount())] == [
        "aucune question"
    ]
    key(qtbot, page, page.acts.remove)
    assert len(page.sitting.bus.read(lambda view: list(coded_passages(view)))) == before


CODES = "Whose time", "Protest"


def test_labels_that_have_no_room_are_told_of_the_coding_that_is_lit(qtbot: QtBot, page: MomentsPage) -> None:
    for code in CODES:
        select(page, "Wren", PAID)
        page.coding.code_selection(code)
        settle_page(qtbot, page)
    surface = column(page, "Wren").surface
    assert surface is not None

    def over_text() -> QImage:
        picture = QImage(300, 400, QImage.Format.Format_ARGB32)
        picture.fill(0)
        with QPainter(picture) as painter:
            surface.margin.paint_over_text(painter, 300)
        return picture

    surface.choose(None)
    nothing = over_text()
    marks = surface.index.at(TEXTS[WREN].index(PAID))
    first, second = (next(one for one in marks if surface.looks[one.code].name == name) for name in CODES)
    assert not list(surface.margin.label_places()), "there is no room for labels"
    surface.point_at(first.id)
    of_first = over_text()
    surface.point_at(second.id)
    assert len({bytes(one.constBits()) for one in (nothing, of_first, over_text())}) == 3
    said = surface.margin.told([first, second])
    assert said.split("\n") == ["Whose time · Oda", "Protest · Oda"]
    assert surface.margin.told([first]) == "", "it is told where it begins already"
    page.resize(3000, 800)
    settle_page(qtbot, page)
    assert list(surface.margin.label_places())
    assert over_text() == nothing, "where labels have room they are in the margin"


def test_who_codes_blind_sees_neither_codings_nor_readings_of_others(qtbot: QtBot, page: MomentsPage) -> None:
    surface = column(page, "Wren").surface
    assert surface is not None
    page.sitting.set_blind(blind=True)
    me = page.sitting.me
    assert me is not None
    assert {one.coder for one in surface.index} <= {me.id}
    assert column(page, "Wren").head.read.text() == ""
    settle_page(qtbot, page)
    assert column(page, "Wren").head.read.text() == "read by Oda"


def test_project_open_for_reading_only_is_read_and_not_changed(qtbot: QtBot, reading_sitting: Sitting) -> None:
    page = shown(qtbot, reading_sitting)
    assert names(page) == ["Wren", "Ilse"]
    assert not page.acts.here.isEnabled()
    assert not page.acts.diverge.isEnabled()
    assert not page.list.new.isEnabled()
    assert not page.list.edit.isEnabled()
    assert page.acts.sheets[0].isEnabled()


# --- columns ---------------------------------------------------------------------------------------------------------


def test_keys_go_from_column_to_column_and_round(qtbot: QtBot, page: MomentsPage) -> None:
    select(page, "Wren", PAID)
    key(qtbot, page, page.acts._for_columns[0])
    assert page.surface is column(page, "Ilse").surface
    assert page.surface.hasFocus()
    key(qtbot, page, page.acts._for_columns[0])
    assert page.surface is column(page, "Wren").surface


def test_column_is_moved_hidden_and_all_are_shown_again(qtbot: QtBot, page: MomentsPage) -> None:
    select(page, "Wren", PAID)
    right, hide = page.acts._for_columns[2], page.acts._for_columns[4]
    key(qtbot, page, right)
    assert names(page) == ["Ilse", "Wren"]
    assert page.surface.hasFocus()
    key(qtbot, page, hide)
    assert names(page) == ["Ilse"]
    assert page.which.text() == "Columns: 1 of 2 ▾"
    key(qtbot, page, hide)
    assert names(page) == ["Ilse"]  # the last one stays
    choose(qtbot, page, "Corridor")
    choose(qtbot, page, "Plenary")
    assert names(page) == ["Ilse"]
    key(qtbot, page, page.acts.all_columns)
    assert names(page) == ["Wren", "Ilse"]


def test_moment_of_which_every_column_is_hidden_says_so_and_how_to_show_them(qtbot: QtBot, page: MomentsPage) -> None:
    for one in page.columns.all_columns():
        page.columns.show_only(page.columns.hidden | {one.column.key})
    assert page.message.isVisible()
    assert page.message.text().startswith("Every account of this moment is hidden.")
    assert "Ctrl+Shift+A" in page.message.text()
    key(qtbot, page, page.acts.all_columns)
    assert not page.message.isVisible()
    assert names(page) == ["Wren", "Ilse"]


def test_place_is_opened_in_read(qtbot: QtBot, page: MomentsPage) -> None:
    wanted: list[Place] = []
    page.sitting.place_wanted.connect(wanted.append)
    span = select(page, "Wren", PAID)
    key(qtbot, page, page.acts.in_read)
    (place,) = wanted
    assert (place.start, place.end) == (span.start, span.end)


# --- many and long ---------------------------------------------------------------------------------------------------


@pytest.fixture
def crowd(qtbot: QtBot, small_project: ProjectFile, sitting: Sitting) -> MomentsPage:
    """Twenty more observers who wrote at length of the plenary."""
    for number in range(20):
        lines = (f"{number} wrote line {line} of what was said and done in the hall." for line in range(400))
        name = f"Observer {number:02}"
        add_person(small_project, name=name, standing=Standing.ETHNOGRAPHER)
        take_in(small_project, f"Hall, {number:02}", "\n\n".join(lines), name)
    return shown(qtbot, sitting)


def test_divergence_that_is_opened_is_lit_and_before_the_eye_in_columns_that_come_after(
    qtbot: QtBot, crowd: MomentsPage
) -> None:
    act(qtbot, crowd, lambda file: take_in(file, "Short, 01", "A few words.", "Observer 01"))  # it is shown first
    choose(qtbot, crowd, "Corridor")
    passages = [Passage(f"Hall, {number:02}", 9_000, 9_020) for number in range(2)]
    act(qtbot, crowd, lambda file: add_divergence(file, kind=DivergenceKind.MEANING, passages=passages))
    (plenary,) = (one.moment for one in crowd.list.model.moments if one.place.title == "Plenary")
    (divergence,) = crowd.sitting.bus.read(lambda view: view.all(Divergence))
    crowd.open_divergence(plenary, divergence.id)
    settle_page(qtbot, crowd)
    assert crowd.divergences.row is not None
    for number in range(2):
        surface = column(crowd, f"Observer {number:02}").surface
        assert surface is not None
        assert list(surface.lights.lit) == [Span(9_000, 9_020)]
        assert abs(place_before_eye(surface) - 9_000) < 200
    choose(qtbot, crowd, "Corridor")
    choose(qtbot, crowd, "Plenary")
    surface = column(crowd, "Observer 00").surface
    assert surface is not None
    assert list(surface.lights.lit) == []
    assert surface.scrolled == 0, "another look at the moment begins with its first words"


def test_texts_are_made_as_their_columns_are_seen(qtbot: QtBot, crowd: MomentsPage) -> None:
    columns = list(crowd.columns.shown())
    assert len(columns) == 22
    made = [one for one in columns if one.surface is not None]
    assert 0 < len(made) < 8
    crowd.columns.horizontalScrollBar().setValue(crowd.columns.horizontalScrollBar().maximum())
    settle_page(qtbot, crowd)
    assert columns[-1].surface is not None
    assert columns[10].surface is None


def test_columns_go_along_with_the_one_that_is_scrolled(qtbot: QtBot, crowd: MomentsPage) -> None:
    first, second = list(crowd.columns.shown())[:2]
    assert first.surface is not None
    assert second.surface is not None
    first.surface.setFocus()
    first.surface.verticalScrollBar().setValue(first.surface.verticalScrollBar().maximum() // 2)
    share = first.account.course.share(place_before_eye(first.surface))
    assert 0.3 < share < 0.7
    assert second.account.course.share(place_before_eye(second.surface)) == pytest.approx(share, abs=0.02)
    key(qtbot, crowd, crowd.acts._for_columns[5])
    assert first.account.course.share(place_before_eye(first.surface)) < 0.05
    crowd.together.click()
    before = second.surface.scrolled
    first.surface.setFocus()
    first.surface.verticalScrollBar().setValue(first.surface.verticalScrollBar().maximum())
    assert second.surface.scrolled == before


def test_column_out_of_sight_catches_up_when_it_is_seen_again(qtbot: QtBot, crowd: MomentsPage) -> None:
    first = next(crowd.columns.shown())
    assert first.surface is not None
    across = crowd.columns.horizontalScrollBar()
    across.setValue(across.maximum() // 2)
    settle_page(qtbot, crowd)
    before, leading = first.surface.scrolled, crowd.columns.all_columns()[11].surface
    assert leading is not None
    leading.setFocus()
    leading.verticalScrollBar().setValue(leading.verticalScrollBar().maximum() // 2)
    assert first.surface.scrolled == before  # it is not laid out for nobody
    across.setValue(0)
    settle_page(qtbot, crowd)
    share = first.account.course.share(place_before_eye(first.surface))
    assert share == pytest.approx(crowd.columns.going.share, abs=0.02)


def test_column_that_is_made_later_begins_where_the_others_are(qtbot: QtBot, crowd: MomentsPage) -> None:
    columns = list(crowd.columns.shown())
    first, last = columns[0], columns[-3]
    assert first.surface is not None
    first.surface.setFocus()
    first.surface.verticalScrollBar().setValue(first.surface.verticalScrollBar().maximum() // 2)
    crowd.columns.go_to(last)
    settle_page(qtbot, crowd)
    assert last.surface is not None
    share = last.account.course.share(place_before_eye(last.surface))
    assert share == pytest.approx(crowd.columns.going.share, abs=0.03)


def test_larger_letters_make_wider_columns(qtbot: QtBot, page: MomentsPage, theme: Theme) -> None:
    before = column(page, "Wren").minimumWidth()
    theme.set_text_size(round(theme.text_size * 1.5))
    qtbot.waitUntil(lambda: column(page, "Wren").minimumWidth() > before * 1.3)
