"""Who codes here is chosen among those who are in the project, or typed; a coder is not taken for an observer."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from polyvocal.domain.records import Person, Role
from polyvocal.domain.words import RoleName
from polyvocal.gui.dialogs.who import WhoDialog
from polyvocal.gui.settings import CODER
from polyvocal.gui.sitting import Me, Sitting
from polyvocal.gui.views.delegate import SUBTITLE
from polyvocal.services.commands.people import add_person
from tests.gui.conftest import settle


def opened(qtbot: QtBot, sitting: Sitting, window: QWidget) -> WhoDialog:
    dialog = WhoDialog(sitting, window)
    dialog.open()
    settle(qtbot, sitting)
    return dialog


def names(dialog: WhoDialog) -> list[str]:
    return [one.name for one in dialog.model.rows]


def roles(sitting: Sitting, name: str) -> set[str]:
    with sitting.bus.file.view() as view:
        (person,) = view.find(Person, name=name)
        return {role.role for role in view.find(Role, person=person.id)}


def operations(sitting: Sitting) -> int:
    with sitting.bus.file.view() as view:
        return view.operations()


def test_coders_stand_first_with_what_they_did(qtbot: QtBot, sitting: Sitting, window: QWidget) -> None:
    dialog = opened(qtbot, sitting, window)
    assert names(dialog) == ["Oda", "Wren", "Bashir", "Ilse"]
    said = [dialog.model.index(row).data(SUBTITLE) for row in range(4)]
    assert said[0] == "coder · 4 codings"
    assert said[1] == "coder · 3 codings · also writes as ethnographer"
    assert said[2] == "participant · observer · lay panel"


def test_somebody_who_is_there_is_chosen_by_keys_and_nothing_is_changed(
    qtbot: QtBot, sitting: Sitting, window: QWidget
) -> None:
    before = operations(sitting)
    dialog = opened(qtbot, sitting, window)
    assert dialog.name.hasFocus() or dialog.focusWidget() is dialog.name
    qtbot.keyClick(dialog.name, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.name, Qt.Key.Key_Down)
    assert dialog.ok.text() == "Go on as Bashir"
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert sitting.me is not None
    assert sitting.me.name == "Bashir"
    assert sitting.settings[CODER] == "Bashir"
    assert operations(sitting) == before
    assert "coder" not in roles(sitting, "Bashir")


def test_somebody_is_chosen_with_the_mouse(qtbot: QtBot, sitting: Sitting, window: QWidget) -> None:
    dialog = opened(qtbot, sitting, window)
    where = dialog.list.visualRect(dialog.model.index(1)).center()
    qtbot.mouseClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert sitting.me is not None
    assert sitting.me.name == "Wren"


def test_new_name_becomes_a_coder_in_one_step(qtbot: QtBot, empty_sitting: Sitting, window: QWidget) -> None:
    before = operations(empty_sitting)
    dialog = opened(qtbot, empty_sitting, window)
    assert dialog.empty.isVisible()
    assert not dialog.ok.isEnabled()
    qtbot.keyClicks(dialog.name, "  Ines  Varga ")
    assert dialog.model.index(0).data() == "Add “Ines Varga” as a coder"
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyPress(dialog.name, Qt.Key.Key_Return)
    assert roles(empty_sitting, "Ines Varga") == {RoleName.CODER}
    assert empty_sitting.me is not None
    assert empty_sitting.me.name == "Ines Varga"
    assert empty_sitting.bus.file.person == empty_sitting.me.id
    assert operations(empty_sitting) == before + 1
    empty_sitting.bus.file.undo()
    with empty_sitting.bus.file.view() as view:
        assert view.all(Person) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wren", "Go on as Wren"),
        ("WR", "Go on as Wren"),
        ("re", "Go on as re"),
        ("Wren H", "Go on as Wren H"),
        ("Ода", "Go on as Ода"),
    ],
)
def test_typing_finds_who_is_meant_before_it_makes_anybody(
    qtbot: QtBot, sitting: Sitting, window: QWidget, typed: str, meant: str
) -> None:
    dialog = opened(qtbot, sitting, window)
    dialog.name.setText(typed)
    assert dialog.ok.text() == meant


def test_name_that_is_there_but_for_case_is_not_offered_anew(qtbot: QtBot, sitting: Sitting, window: QWidget) -> None:
    dialog = opened(qtbot, sitting, window)
    dialog.name.setText(" oda ")
    assert names(dialog) == ["Oda"]


def test_last_name_is_chosen_where_it_is_in_the_project(qtbot: QtBot, sitting: Sitting, window: QWidget) -> None:
    sitting.choose_coder(None)
    sitting.settings[CODER] = "wren"
    assert opened(qtbot, sitting, window).ok.text() == "Go on as Wren"
    sitting.settings[CODER] = "Somebody else"
    assert opened(qtbot, sitting, window).ok.text() == "Go on as Oda"


def test_name_without_visible_characters_is_refused_in_words(qtbot: QtBot, sitting: Sitting, window: QWidget) -> None:
    dialog = opened(qtbot, sitting, window)
    dialog.name.setText("\u200b\u200d")
    dialog.accept()
    assert "needs a name" in dialog.fault.text()
    assert dialog.isVisible()


def test_name_that_somebody_else_gave_meanwhile_is_told_and_offered(
    qtbot: QtBot, sitting: Sitting, window: QWidget
) -> None:
    dialog = opened(qtbot, sitting, window)
    dialog.name.setText("Nia")
    sitting.bus.act(lambda file: add_person(file, name="Nia"))
    dialog.accept()
    settle(qtbot, sitting)
    assert "Nia" in dialog.fault.text()
    assert dialog.ok.text() == "Go on as Nia"
    assert dialog.chosen is not None
    assert dialog.chosen.id is not None


def test_escape_leaves_who_codes_as_it_was(qtbot: QtBot, sitting: Sitting, window: QWidget) -> None:
    me = sitting.me
    dialog = opened(qtbot, sitting, window)
    dialog.name.setText("Somebody")
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert sitting.me == me


def test_nobody_is_added_to_a_project_for_reading(qtbot: QtBot, reading_sitting: Sitting, window: QWidget) -> None:
    dialog = opened(qtbot, reading_sitting, window)
    dialog.name.setText("Nia")
    assert not dialog.ok.isEnabled()
    assert "reading only" in dialog.ok.toolTip()
    dialog.accept()
    assert dialog.isVisible()
    dialog.name.setText("Oda")
    assert dialog.ok.isEnabled()
    dialog.accept()
    assert isinstance(reading_sitting.me, Me)
