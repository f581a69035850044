"""Correcting in the Read view: a typo mends, the codings follow, nothing is lost by leaving; and what is listed then."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QFontMetricsF, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QTableWidget
from pytestqt.qtbot import QtBot

from polyvocal.domain.records import Addition, Layer, SourceVersion
from polyvocal.domain.spans import Span
from polyvocal.domain.words import LayerName
from polyvocal.gui.dialogs import new_fieldnote
from polyvocal.gui.dialogs.leaving import Leaving, ask_leaving
from polyvocal.gui.dialogs.lost_passages import LostPassagesDialog
from polyvocal.gui.dialogs.save_correction import SaveCorrectionDialog
from polyvocal.gui.dialogs.versions import VersionsDialog
from polyvocal.gui.sitting import Place, Sitting
from polyvocal.gui.surface.editing import TextEditor
from polyvocal.gui.theme import Theme
from polyvocal.gui.views import correcting
from polyvocal.gui.views.read import ReadView
from polyvocal.services.commands.layers import LayerDraft, mark_layers, remove_layers
from polyvocal.services.commands.memos import add_memo
from polyvocal.services.commands.passage import Passage
from polyvocal.services.commands.sources import correct_source
from polyvocal.services.commands.stretches import Relation, add_stretch
from polyvocal.services.commands.time_marks import TimeDraft, add_time_marks
from tests.gui.conftest import settle
from tests.gui.read_steps import PLENARY, passages, shown, source_named
from tests.gui.test_read import read

__all__ = ["read"]


def correct(read: ReadView) -> TextEditor:
    """Begin to correct."""
    read.acts.correct.trigger()
    return read.correcting.editor


def put(editor: TextEditor, words: str, other: str) -> None:
    """Select words, and type others."""
    start = editor.log.text.index(words)
    editor.select(Span(start, start + len(words)))
    if other:
        QTest.keyClicks(editor, other)
    else:
        QTest.keyClick(editor, Qt.Key.Key_Delete)


def dialog(kind: type[QDialog]) -> QDialog:
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible())


def column(table: QTableWidget, number: int) -> list[str]:
    """The whole words of the cells of a column."""
    items = [table.item(row, number) for row in range(table.rowCount())]
    return [item.toolTip() for item in items if item is not None]


def save(qtbot: QtBot, sitting: Sitting, read: ReadView) -> SaveCorrectionDialog:
    """Ask for saving."""
    QTest.keyClick(read.correcting.editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    if not any(isinstance(one, SaveCorrectionDialog) and one.isVisible() for one in QApplication.topLevelWidgets()):
        read.correcting.save()  # where no window manager lets the keys through
    made = dialog(SaveCorrectionDialog)
    assert isinstance(made, SaveCorrectionDialog)
    return made


def answer(monkeypatch: pytest.MonkeyPatch, button: QMessageBox.StandardButton) -> list[str]:
    """Let every question be answered alike, and note what was asked."""
    asked: list[str] = []

    def question(_parent: object, _title: str, text: str, *_more: object) -> QMessageBox.StandardButton:
        asked.append(text)
        return button

    monkeypatch.setattr(QMessageBox, "question", question)
    leave(monkeypatch, _LEAVING[button], asked)
    return asked


_LEAVING = {
    QMessageBox.StandardButton.Save: Leaving.SAVE,
    QMessageBox.StandardButton.Discard: Leaving.DISCARD,
    QMessageBox.StandardButton.Cancel: Leaving.STAY,
}


def leave(monkeypatch: pytest.MonkeyPatch, how: Leaving, asked: list[str] | None = None) -> None:
    """Let what is not saved become this wherever somebody goes away from it."""

    def ask(_parent: object, _title: str, told: str, **_more: object) -> Leaving:
        if asked is not None:
            asked.append(told)
        return how

    for module in (correcting, new_fieldnote):
        monkeypatch.setattr(module, "ask_leaving", ask)


def test_typo_that_is_mended_moves_no_coding_and_is_kept_with_who_and_why(
    qtbot: QtBot, sitting: Sitting, read: ReadView
) -> None:
    before = {one.id: one.text for one in passages(sitting)}
    editor = correct(read)
    assert read.main.page.currentWidget() is read.correcting
    put(editor, "10:05", "At five past ten:")
    put(editor, "paid to be", "paid at all to be")
    form = save(qtbot, sitting, read)
    assert form.by.name == "Oda"
    form.reason.setPlainText("The clock was slow")
    form.accept()
    settle(qtbot, sitting)
    assert not read.correcting.is_open
    assert read.main.page.currentWidget() is read.surface
    assert read.surface.text.startswith("At five past ten: Nine tables")
    for one in passages(sitting):
        assert one.text == before[one.id].replace("paid to be", "paid at all to be")
    version = max(
        sitting.bus.read(lambda view: view.find(SourceVersion, source=source_named(sitting, PLENARY).id)),
        key=lambda one: one.created_at,
    )
    assert version.reason == "The clock was slow"
    assert version.corrected_by == (sitting.me.id if sitting.me else None)


def test_hand_is_after_saving_where_it_was(qtbot: QtBot, sitting: Sitting, read: ReadView) -> None:
    editor = correct(read)
    put(editor, "I clap too", "I clap")
    at = editor.offset
    save(qtbot, sitting, read).accept()
    settle(qtbot, sitting)
    assert read.surface.offset == at


def test_while_correcting_nothing_is_coded(qtbot: QtBot, sitting: Sitting, read: ReadView) -> None:
    read.surface.select(Span(0, 5))
    correct(read)
    enabled = [action.text() for action in read.actions() if action.isEnabled()]
    assert enabled == ["Versions of the text…"]
    assert not any(part.isEnabled() for part in (read.occasions, read.codebook, read.below, read.head))
    read.correcting.discard()
    assert read.acts.code.isEnabled()
    assert read.codebook.isEnabled()


def test_escape_leaves_finding_then_a_text_that_was_not_corrected(qtbot: QtBot, read: ReadView) -> None:
    editor = correct(read)
    QTest.keyClicks(editor, "x")
    qtbot.keyPress(editor, Qt.Key.Key_Escape)
    assert read.correcting.is_open
    editor.undo()
    read.correcting.bar.find_words.click()
    qtbot.keyPress(editor, Qt.Key.Key_Escape)
    assert read.correcting.is_open
    assert not read.correcting.finding.isVisible()
    qtbot.keyPress(editor, Qt.Key.Key_Escape)
    assert not read.correcting.is_open


def test_bar_above_large_text_lets_the_window_fit_a_small_screen(
    qtbot: QtBot, sitting: Sitting, read: ReadView, theme: Theme
) -> None:
    theme.set_text_size(18)
    put(correct(read), read.surface.text, "")
    settle(qtbot, sitting)
    assert read.correcting.bar.lost.isVisible()
    assert read.minimumSizeHint().width() <= 1240


def test_nothing_to_save_is_left_without_a_question(
    sitting: Sitting, read: ReadView, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answer(monkeypatch, QMessageBox.StandardButton.Cancel)
    editor = correct(read)
    QTest.keyClicks(editor, "x")
    editor.undo()
    read.correcting.discard()
    assert not asked
    assert not read.correcting.is_open


def test_leaving_asks_and_staying_keeps_what_was_corrected(
    qtbot: QtBot, sitting: Sitting, read: ReadView, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answer(monkeypatch, QMessageBox.StandardButton.Cancel)
    editor = correct(read)
    put(editor, "10:05", "10:06")
    other = source_named(sitting, "On the train").id
    read.open_place(Place(other))
    settle(qtbot, sitting)
    read.correcting.discard()
    assert len(asked) == 2
    assert read.correcting.is_open
    assert editor.log.text.startswith("10:06")
    assert read.source is not None
    assert read.source.source.title == PLENARY


def test_leaving_without_saving_changes_nothing(
    qtbot: QtBot, sitting: Sitting, read: ReadView, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, QMessageBox.StandardButton.Discard)
    put(correct(read), "10:05", "10:06")
    read.open_place(Place(source_named(sitting, "On the train").id))
    settle(qtbot, sitting)
    assert read.source is not None
    assert read.source.source.title == "On the train"
    assert len(sitting.bus.read(lambda view: view.all(SourceVersion))) == 4


def test_leaving_with_saving_goes_on_where_one_wanted_to_go(
    qtbot: QtBot, sitting: Sitting, read: ReadView, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, QMessageBox.StandardButton.Save)
    put(correct(read), "10:05", "10:06")
    read.open_place(Place(source_named(sitting, "On the train").id))
    dialog(SaveCorrectionDialog).accept()
    settle(qtbot, sitting)
    settle(qtbot, sitting)
    assert read.source is not None
    assert read.source.source.title == "On the train"
    assert len(sitting.bus.read(lambda view: view.all(SourceVersion))) == 5


@pytest.mark.parametrize(
    ("key", "left"),
    [
        (Qt.Key.Key_Return, Leaving.KEEP),
        (Qt.Key.Key_Escape, Leaving.STAY),
        (Qt.Key.Key_K, Leaving.KEEP),
        (Qt.Key.Key_S, Leaving.SAVE),
        (Qt.Key.Key_D, Leaving.DISCARD),
    ],
)
def test_question_of_leaving_is_answered_by_one_key_and_keeps_unless_another_is_chosen(
    qtbot: QtBot, read: ReadView, key: Qt.Key, left: Leaving
) -> None:
    def press() -> None:
        (box,) = read.findChildren(QMessageBox)
        QTest.keyClick(box, key)
        QTimer.singleShot(2_000, box, box.reject)  # lest it waits for ever for another key

    QTimer.singleShot(0, press)
    assert ask_leaving(read, "Correcting", "It is not saved.", save="&Save it") is left


def test_passages_that_lose_their_words_are_told_before_saving_and_listed_after(
    qtbot: QtBot, sitting: Sitting, read: ReadView
) -> None:
    clap = read.surface.text.index("applause")
    act(qtbot, sitting, lambda file: add_memo(file, text="Who?", passage=Passage(PLENARY, clap, clap + 8)))
    asides = [LayerDraft(clap, clap + 8, LayerName.ASIDE)]
    act(qtbot, sitting, lambda file: mark_layers(file, source=PLENARY, drafts=asides))
    act(qtbot, sitting, lambda file: add_stretch(file, Passage(PLENARY, 6, 10), Relation(session="Corridor")))
    act(qtbot, sitting, lambda file: add_time_marks(file, source=PLENARY, marks=[TimeDraft(0, 5, "10:05")]))
    editor = correct(read)
    put(editor, read.surface.text[: read.surface.text.index("I clap")], "")
    told = read.correcting.lost()
    assert {one.kind for one in told} == {"coding", "memo", "layer", "stretch", "time_mark"}
    assert read.correcting.bar.lost.text() == f"{len(told)} passages have no words left"
    form = save(qtbot, sitting, read)
    assert form.lost.rowCount() == len(told)
    words = set(column(form.lost, 2))
    assert "applause" in words
    assert {"Layer: Aside", "Stretch: Corridor, during", "Time: 10:05"} <= set(column(form.lost, 0))
    form.accept()
    settle(qtbot, sitting)
    assert read.head.lost.isVisible()
    read.head.lost.click()
    settle(qtbot, sitting)
    listed = dialog(LostPassagesDialog)
    assert isinstance(listed, LostPassagesDialog)
    assert set(column(listed.table, 2)) == words
    assert set(column(listed.table, 0)) >= {"Layer: Aside", "Stretch: Corridor, during", "Time: 10:05"}
    assert set(column(listed.table, 3)) == {"1"}
    listed.close()
    read.acts.versions.trigger()
    settle(qtbot, sitting)
    made = dialog(VersionsDialog)
    assert isinstance(made, VersionsDialog)
    assert made.lost.text() == f"{len(told)} passages have no words left"
    made.lost.click()
    settle(qtbot, sitting)
    listed = dialog(LostPassagesDialog)
    assert isinstance(listed, LostPassagesDialog)
    assert set(column(listed.table, 2)) == words
    listed.close()
    made.close()


def test_lost_layer_that_is_removed_is_told_no_more(qtbot: QtBot, sitting: Sitting, read: ReadView) -> None:
    act(qtbot, sitting, lambda file: mark_layers(file, source=PLENARY, drafts=[LayerDraft(0, 5, LayerName.ASIDE)]))
    act(qtbot, sitting, lambda file: correct_source(file, source=PLENARY, edits=[(0, 6, "")]))
    assert read.head.lost.text() == "One passage has no words left"
    (layer,) = sitting.bus.read(lambda view: view.all(Layer))
    act(qtbot, sitting, lambda file: remove_layers(file, [str(layer.id)]))
    settle(qtbot, sitting)
    assert not read.head.lost.isVisible()


def test_undo_brings_a_passage_back(qtbot: QtBot, read: ReadView) -> None:
    editor = correct(read)
    put(editor, read.surface.text, "")
    assert read.correcting.lost()
    read.correcting.bar.lost.click()
    dialog(LostPassagesDialog).close()
    read.correcting.bar.undo.click()
    assert not read.correcting.lost()
    assert not read.correcting.bar.lost.isVisible()
    assert not read.correcting.bar.save.isEnabled()


def test_later_addition_is_shown_apart(qtbot: QtBot, sitting: Sitting, read: ReadView) -> None:
    editor = correct(read)
    editor.select(Span(len(editor.log.text), len(editor.log.text)))
    QTest.keyClicks(editor, "A week later she rang me.")
    form = save(qtbot, sitting, read)
    assert not form.dated.isVisible()
    form.kind.setCurrentIndex(1)
    assert form.dated.isVisible()
    assert form.observer.name == "Wren"
    form.dated.setText("2024-06-03")
    form.accept()
    settle(qtbot, sitting)
    assert len(sitting.bus.read(lambda view: view.all(Addition))) == 1
    assert "added Mon 3 Jun 2024 by Wren" in read.head.about.text()
    gutter = read.surface.gutter
    read.surface.go_to(read.surface.offsets.size - 3)
    bar, rect, room = next(iter(gutter._bar_rects()))
    assert bar.later
    assert rect.height() - 4 < QFontMetricsF(gutter._font()).horizontalAdvance(bar.label)
    assert gutter._name_in(bar, rect, room)[0] == bar.label  # whole, though it is longer than the bracket
    assert gutter._tip_at(rect.center()) == "added Mon 3 Jun 2024 by Wren"
    QApplication.sendEvent(
        gutter,
        QHelpEvent(QEvent.Type.ToolTip, rect.center().toPoint(), gutter.mapToGlobal(QPointF(rect.center())).toPoint()),
    )


def test_text_that_gets_shorter_is_shown_though_an_addition_stood_at_its_end(
    qtbot: QtBot, sitting: Sitting, read: ReadView
) -> None:
    editor = correct(read)
    editor.select(Span(len(editor.log.text), len(editor.log.text)))
    QTest.keyClicks(editor, "Later: yes.")
    form = save(qtbot, sitting, read)
    form.kind.setCurrentIndex(1)
    form.accept()
    settle(qtbot, sitting)
    put(correct(read), read.surface.text[:60], "")
    save(qtbot, sitting, read).accept()
    qtbot.waitUntil(lambda: not read.correcting.is_open)
    read.surface.gutter.repaint()
    settle(qtbot, sitting)
    bar, *_ = next(iter(read.surface.gutter._bar_rects()))
    assert read.surface.text[bar.start : bar.end] == "Later: yes."


def test_addition_that_replaces_words_is_refused_and_nothing_is_lost(
    qtbot: QtBot, sitting: Sitting, read: ReadView
) -> None:
    editor = correct(read)
    put(editor, "10:05", "10:06")
    form = save(qtbot, sitting, read)
    form.kind.setCurrentIndex(1)
    form.observer.setEditText("")
    form.accept()
    assert form.fault.isVisible()
    form.observer.setEditText("Wren")
    form.accept()
    settle(qtbot, sitting)
    assert "only adds" in form.fault.text()
    form.kind.setCurrentIndex(0)
    form.accept()
    settle(qtbot, sitting)
    assert read.surface.text.startswith("10:06")


def test_version_is_not_made_without_saying_who_corrected(qtbot: QtBot, sitting: Sitting, read: ReadView) -> None:
    editor = correct(read)
    put(editor, "10:05", "10:06")
    form = save(qtbot, sitting, read)
    form.by.setEditText("")
    form.accept()
    assert "Say who corrected" in form.fault.text()
    form.by.setEditText("Oda")
    form.accept()
    settle(qtbot, sitting)
    assert read.surface.text.startswith("10:06")


def test_correction_that_somebody_made_meanwhile_is_told_and_the_words_stay(
    qtbot: QtBot, sitting: Sitting, read: ReadView, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = correct(read)
    put(editor, "Nobody", "No one")
    act(qtbot, sitting, lambda file: correct_source(file, source=PLENARY, edits=[(0, 0, "At last. ")]))
    assert read.correcting.is_open
    form = save(qtbot, sitting, read)
    form.accept()
    settle(qtbot, sitting)
    assert "meanwhile" in form.fault.text()
    answer(monkeypatch, QMessageBox.StandardButton.Discard)
    form.reject()
    assert "No one" in editor.log.text
    read.correcting.discard()
    assert read.surface.text.startswith("At last. ")


def test_project_for_reading_only_is_not_corrected(qtbot: QtBot, reading_sitting: Sitting) -> None:
    view = shown(qtbot, reading_sitting, PLENARY)
    assert not view.acts.correct.isEnabled()
    assert "reading only" in view.acts.correct.text()
    view.drafts.correct()
    assert not view.correcting.is_open


# --- finding and replacing -------------------------------------------------------------------------------------------


def test_found_words_are_counted_gone_through_and_replaced_in_one_step(qtbot: QtBot, read: ReadView) -> None:
    editor = correct(read)
    bar = read.correcting.finding
    text = editor.log.text
    bar.open()
    QTest.keyClicks(bar.wanted, "the")
    assert bar.count.text() == f"1 of {text.lower().count('the')}"
    assert editor.selection.start == text.lower().index("the")
    editor.select(Span(0, 0))
    bar.case.setChecked(True)
    bar.whole.setChecked(True)
    assert len(bar.hits) == text.split().count("the") == 2
    QTest.keyClick(bar.wanted, Qt.Key.Key_Return)
    assert bar.count.text() == "1 of 2"
    QTest.keyClick(bar.wanted, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert bar.count.text() == "2 of 2"
    bar.other.setText("that")
    bar.other.setFocus()
    QTest.keyClick(bar.other, Qt.Key.Key_Return)
    assert bar.count.text() == "1 of 1"
    bar.all.click()
    assert bar.count.text() == "1 replaced"
    assert bar.hits == []
    editor.undo()
    editor.undo()
    assert editor.log.text == text
    bar.wanted.setText("zebra")
    assert (bar.count.text(), bar.all.isEnabled()) == ("not found", False)
    bar.wanted.setText("")
    assert bar.count.text() == ""
    bar.go(forward=True)
    QTest.keyClick(bar.wanted, Qt.Key.Key_Escape)
    assert bar.isHidden()


def test_selected_words_are_what_is_looked_for(qtbot: QtBot, read: ReadView) -> None:
    editor = correct(read)
    editor.select(Span(6, 10))
    read.correcting.bar.find_words.click()
    assert read.correcting.finding.wanted.text() == "Nine"


# --- versions --------------------------------------------------------------------------------------------------------


@pytest.fixture
def versions(qtbot: QtBot, sitting: Sitting, read: ReadView) -> VersionsDialog:
    """The versions of a source of which there are three."""
    act(
        qtbot, sitting, lambda file: correct_source(file, source=PLENARY, edits=[(0, 5, "10:06")], by="Oda", reason="!")
    )
    act(qtbot, sitting, lambda file: correct_source(file, source=PLENARY, edits=[(6, 10, "Ten"), (40, 43, "")]))
    read.acts.versions.trigger()
    settle(qtbot, sitting)
    settle(qtbot, sitting)
    made = dialog(VersionsDialog)
    assert isinstance(made, VersionsDialog)
    return made


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        ((0, 1, ""), "in one place: 1 character less"),
        ((0, 0, "So: "), "in one place: 4 characters more"),
        ((0, 1, "So "), "in one place: 1 character less, 3 more"),
    ],
)
def test_version_says_by_how_many_characters_it_changed(
    qtbot: QtBot, sitting: Sitting, read: ReadView, edit: tuple[int, int, str], told: str
) -> None:
    act(qtbot, sitting, lambda file: correct_source(file, source=PLENARY, edits=[edit]))
    read.acts.versions.trigger()
    settle(qtbot, sitting)
    settle(qtbot, sitting)
    made = dialog(VersionsDialog)
    assert isinstance(made, VersionsDialog)
    assert column(made.table, 5)[0] == told


def test_versions_are_listed_with_who_why_and_what_changed(versions: VersionsDialog) -> None:
    table = versions.table
    assert column(table, 0) == ["3, the newest", "2", "1"]
    assert (column(table, 2)[1], column(table, 3)[1]) == ("Oda", "!")
    assert column(table, 5) == [
        "in 2 places: 7 characters less, 3 more",
        "in one place: 5 characters less, 5 more",
        "as it came in",
    ]


def test_newest_version_stands_beside_the_one_before_with_the_differences_marked(
    qtbot: QtBot, versions: VersionsDialog
) -> None:
    assert versions.told.text() == "2 differences"
    assert [one.cursor.selectedText() for one in versions.newer.extraSelections()] == ["Ten"]
    assert next(one.cursor.selectedText() for one in versions.older.extraSelections()) == "Nine"
    QTest.keyClick(versions, Qt.Key.Key_F3)
    versions.step(1)
    assert versions.told.text().startswith("difference ")
    versions.step(-1)
    versions.close()


def test_any_version_is_read_alone_or_beside_any_other(
    qtbot: QtBot, sitting: Sitting, versions: VersionsDialog
) -> None:
    versions.table.selectRow(2)
    settle(qtbot, sitting)
    assert versions.beside.currentText() == "nothing"
    assert not versions.older.isVisible()
    assert versions.newer.toPlainText().startswith("10:05 Nine")
    versions.step(1)
    versions.beside.setCurrentIndex(1)
    settle(qtbot, sitting)
    assert versions.older.isVisible()
    assert versions.older.toPlainText().startswith("10:06 Ten")
    assert versions.told.text() == "3 differences"
    versions.close()


def test_two_versions_are_scrolled_together(qtbot: QtBot, sitting: Sitting, read: ReadView) -> None:
    more = "".join(f"Line {number} of what I added.\n\n" for number in range(60))
    act(qtbot, sitting, lambda file: correct_source(file, source=PLENARY, edits=[(0, 0, "\n" * 30), (100, 100, more)]))
    act(qtbot, sitting, lambda file: correct_source(file, source=PLENARY, edits=[(0, 30, "")]))
    read.show_versions()
    settle(qtbot, sitting)
    settle(qtbot, sitting)
    made = dialog(VersionsDialog)
    assert isinstance(made, VersionsDialog)
    text, other = made.newer.document().toRawText(), made.older.document().toRawText()
    made.newer.verticalScrollBar().setValue(40)
    line = text[made.newer.top :][:30]
    assert "Line" in line
    assert other[made.older.top :].startswith(line)
    made.close()


def act(qtbot: QtBot, sitting: Sitting, command: object) -> None:
    """Do something in the project, and wait until the views know."""
    sitting.bus.act(command)  # type: ignore[arg-type]
    settle(qtbot, sitting)
