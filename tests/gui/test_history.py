"""The history of the project in the window: read in pages, chosen from, gone back and forward in."""

from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from polyvocal.domain.records import Person, Term
from polyvocal.gui.dialogs import history_model
from polyvocal.gui.dialogs.history import HistoryDialog
from polyvocal.gui.sitting import Me, Sitting
from polyvocal.gui.window import Window
from polyvocal.services.commands.codings import add_coding
from polyvocal.services.commands.setting import add_term
from polyvocal.services.queries.project import history
from tests.gui.conftest import settle
from tests.gui.window_steps import Opened, opened, window

__all__ = ["opened", "window"]


@pytest.fixture
def dialog(qtbot: QtBot, sitting: Sitting, window: QWidget) -> HistoryDialog:
    made = HistoryDialog(sitting, parent=window)
    made.open()
    settle(qtbot, sitting)
    return made


def rows(dialog: HistoryDialog) -> list[tuple[str, ...]]:
    """(who, what, whether undone) of the lines that are there."""
    model = dialog.model
    return [tuple(model.index(row, column).data() for column in (1, 2, 3)) for row in range(model.rowCount())]


def act_as(qtbot: QtBot, sitting: Sitting, name: str, term: str) -> None:
    """Another act, by somebody."""
    (person,) = sitting.bus.read(lambda view: view.find(Person, name=name))
    sitting.choose_coder(Me(person.id, person.name))
    sitting.bus.act(lambda file: add_term(file, name=term))
    settle(qtbot, sitting)


def choose(dialog: HistoryDialog, what: str) -> None:
    row = next(row for row, (_, done, _) in enumerate(rows(dialog)) if done == what)
    dialog.table.setCurrentIndex(dialog.model.index(row, 0))


def terms(sitting: Sitting) -> set[str]:
    return {one.name for one in sitting.bus.read(lambda view: view.all(Term))} - {"Whose time is paid"}


def press(qtbot: QtBot, sitting: Sitting, dialog: HistoryDialog, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Press the button and say yes; what was asked."""
    asked: list[str] = []

    def question(_parent: object, _title: str, words: str, *_buttons: object) -> QMessageBox.StandardButton:
        asked.append(words)
        return QMessageBox.StandardButton.Yes

    monkeypatch.setattr(QMessageBox, "question", question)
    dialog.turn.click()
    settle(qtbot, sitting)
    return asked


def test_lines_say_who_did_what_the_newest_first(qtbot: QtBot, sitting: Sitting, dialog: HistoryDialog) -> None:
    sitting.bus.act(lambda file: add_coding(file, source="On the train", start=0, end=4, code="Protest", coder="Oda"))
    settle(qtbot, sitting)
    assert rows(dialog)[0] == ("Oda", "Code ‘Protest’", "")
    assert rows(dialog)[-1] == ("", "Make the project ‘Nine tables’", "")
    choose(dialog, "Code ‘Protest’")
    assert "made 1 coding" in dialog.about.text()
    sitting.bus.act(lambda file: file.undo(file.person))
    settle(qtbot, sitting)
    assert rows(dialog)[:2] == [("Oda", "Undo: code ‘Protest’", ""), ("Oda", "Code ‘Protest’", "undone")]


def test_lines_are_chosen_by_person_and_kind(qtbot: QtBot, sitting: Sitting, dialog: HistoryDialog) -> None:
    dialog.person.setCurrentText("Wren")
    settle(qtbot, sitting)
    assert {who for who, _, _ in rows(dialog)} == {"Wren"}
    dialog.kind.setCurrentText("Code")
    settle(qtbot, sitting)
    assert {what for _, what, _ in rows(dialog)} == {"Code ‘Protest’"}
    dialog.kind.setCurrentText("Add the term")
    settle(qtbot, sitting)
    assert rows(dialog) == []
    assert not dialog.turn.isEnabled()
    assert "Nothing" in dialog.about.text()


def test_only_what_is_looked_at_is_read(
    qtbot: QtBot, sitting: Sitting, window: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = [line.operation for line in sitting.bus.read(lambda view: list(history(view)))]
    monkeypatch.setattr("polyvocal.gui.dialogs.history.PAGE", 20)
    monkeypatch.setattr(history_model, "PAGE", 20)
    dialog = HistoryDialog(sitting, parent=window)
    dialog.resize(700, 300)
    dialog.open()
    settle(qtbot, sitting)
    assert dialog.model.rowCount() == 20 < len(whole)
    while dialog.model.rowCount() < len(whole):
        dialog.table.scrollToBottom()
        settle(qtbot, sitting)
    assert [line.operation for line in dialog.model.lines] == whole


def test_scrolling_while_the_list_is_read_anew_loses_nothing(
    qtbot: QtBot, sitting: Sitting, window: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("polyvocal.gui.dialogs.history.PAGE", 20)
    monkeypatch.setattr(history_model, "PAGE", 20)
    dialog = HistoryDialog(sitting, parent=window)
    dialog.open()
    settle(qtbot, sitting)
    dialog.person.setCurrentText("Wren")
    if dialog.model.canFetchMore(QModelIndex()):
        dialog.model.fetchMore(QModelIndex())
    settle(qtbot, sitting)
    assert {who for who, _, _ in rows(dialog)} == {"Wren"}


def test_own_acts_are_undone_back_to_a_point_and_done_again(
    qtbot: QtBot, sitting: Sitting, dialog: HistoryDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    for who, term in (("Oda", "A"), ("Wren", "B"), ("Oda", "C"), ("Oda", "D")):
        act_as(qtbot, sitting, who, term)
    choose(dialog, "Add the term ‘A’")
    assert dialog.turn.text() == "Undo back to before this…"
    (asked,) = press(qtbot, sitting, dialog, monkeypatch)
    assert asked == "Undo 3 acts, back to before: Add the term ‘A’?\n\nOne act of others since then stays."
    assert terms(sitting) == {"B"}
    assert sum(state == "undone" for _, _, state in rows(dialog)) == 3
    choose(dialog, "Add the term ‘C’")
    assert dialog.turn.text() == "Do again up to this…"
    assert press(qtbot, sitting, dialog, monkeypatch) == ["Do 2 acts again, up to: Add the term ‘C’?"]
    assert terms(sitting) == {"A", "B", "C"}


def test_nothing_is_undone_without_a_yes(
    qtbot: QtBot, sitting: Sitting, dialog: HistoryDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    act_as(qtbot, sitting, "Oda", "A")
    choose(dialog, "Add the term ‘A’")
    monkeypatch.setattr(QMessageBox, "question", lambda *_words: QMessageBox.StandardButton.Cancel)
    dialog.turn.click()
    settle(qtbot, sitting)
    assert terms(sitting) == {"A"}


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ("Add the term ‘B’", "this is what Wren did"),
        ("Make the project ‘Nine tables’", "nothing before it"),
    ],
)
def test_what_cannot_be_undone_says_why(
    qtbot: QtBot, sitting: Sitting, dialog: HistoryDialog, monkeypatch: pytest.MonkeyPatch, what: str, why: str
) -> None:
    act_as(qtbot, sitting, "Wren", "B")
    act_as(qtbot, sitting, "Oda", "C")
    choose(dialog, what)
    assert press(qtbot, sitting, dialog, monkeypatch) == []
    assert why in dialog.told.text()
    assert terms(sitting) == {"B", "C"}


def test_series_that_is_refused_on_its_way_says_how_far_it_came_and_why(
    qtbot: QtBot, sitting: Sitting, dialog: HistoryDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    act_as(qtbot, sitting, "Oda", "A")
    (term,) = [one for one in sitting.bus.read(lambda view: view.all(Term)) if one.name == "A"]
    act_as(qtbot, sitting, "Oda", "C")
    (wren,) = sitting.bus.read(lambda view: view.find(Person, name="Wren"))

    def rename(file: object) -> object:
        return file.write("change term", lambda unit: unit.change(term, name="Z"), person=wren.id)  # type: ignore[attr-defined]

    sitting.bus.act(rename)
    settle(qtbot, sitting)
    (row,) = [row for row, (_, what, _) in enumerate(rows(dialog)) if what == "Add the term ‘Z’"]
    dialog.table.setCurrentIndex(dialog.model.index(row, 0))
    assert press(qtbot, sitting, dialog, monkeypatch)
    assert dialog.told.text().startswith("Turned 1 of 2, then: This cannot be undone: 1 term that it left")
    assert terms(sitting) == {"Z"}
    assert dialog.turn.isEnabled()


def test_undone_act_after_which_something_new_was_done_says_why_it_stays_so(
    qtbot: QtBot, sitting: Sitting, dialog: HistoryDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    act_as(qtbot, sitting, "Oda", "A")
    sitting.bus.act(lambda file: file.undo(file.person))
    act_as(qtbot, sitting, "Oda", "C")
    choose(dialog, "Add the term ‘A’")
    assert press(qtbot, sitting, dialog, monkeypatch) == []
    assert "Something new was done" in dialog.told.text()


def test_history_is_only_read_where_the_project_is(qtbot: QtBot, reading_sitting: Sitting, window: QWidget) -> None:
    dialog = HistoryDialog(reading_sitting, parent=window)
    dialog.open()
    settle(qtbot, reading_sitting)
    assert rows(dialog)
    assert not dialog.turn.isEnabled()


def test_history_opens_from_the_menu_and_by_its_keys_and_waits_for_a_correction(
    qtbot: QtBot, window: Window, opened: Opened, small_path: Path
) -> None:
    project = opened(small_path)
    window.menus.history.trigger()
    dialog = window.findChild(HistoryDialog)
    assert dialog is not None
    settle(qtbot, project.sitting)
    assert dialog.turn.isEnabled()
    assert window.menus.history.shortcut().toString() == "Ctrl+Alt+H"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(HistoryDialog) is None)
    project.read.acts.correct.trigger()
    settle(qtbot, project.sitting)
    window.menus.history.trigger()
    dialog = window.findChild(HistoryDialog)
    assert dialog is not None
    settle(qtbot, project.sitting)
    assert not dialog.turn.isEnabled()
    assert "being corrected" in dialog.told.text()
    dialog.reject()


def test_what_is_read_of_the_history_has_names_for_a_screen_reader(dialog: HistoryDialog) -> None:
    for part in (dialog.table, dialog.person, dialog.kind):
        assert part.accessibleName()
