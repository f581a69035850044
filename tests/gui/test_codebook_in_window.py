"""The Codebook view in the window: come to by keys, left in the middle of a word, and what else the window shows."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from polyvocal.gui.dialogs.code_merge import MergeDialog
from polyvocal.gui.opening import OpenedProject
from polyvocal.gui.window import Window
from polyvocal.services.commands.code_changes import change_code
from polyvocal.store.file import Mode, open_project
from tests.gui.conftest import be, settle
from tests.services.codebook_steps import code_named


def opened(qtbot: QtBot, window: Window, path: Path) -> OpenedProject:
    window.open_path(path)
    qtbot.waitUntil(lambda: window.project is not None)
    project = window.project
    assert project is not None
    settle(qtbot, project.sitting)
    window.show_number(2)
    settle(qtbot, project.sitting)
    return project


def test_tree_has_the_keyboard_and_f6_goes_round(qtbot: QtBot, main_window: Window, small_path: Path) -> None:
    project = opened(qtbot, main_window, small_path)
    view = project.codebook
    assert view.tree.hasFocus()
    main_window.menus.next_part.trigger()
    assert view.fields.name.hasFocus()
    main_window.menus.next_part.trigger()
    assert view.passages.isAncestorOf(QApplication.focusWidget() or main_window)
    main_window.menus.next_part.trigger()
    assert view.tree.hasFocus()


@pytest.mark.parametrize("leave", ["close the window", "close the project", "another view"])
def test_what_is_being_typed_is_saved_when_the_view_is_left(
    qtbot: QtBot, main_window: Window, small_path: Path, leave: str
) -> None:
    project = opened(qtbot, main_window, small_path)
    view = project.codebook
    view.point_to(code_named(project.sitting.bus.file, "Protest").id)
    view.fields.definition.setFocus()
    qtbot.keyClicks(view.fields.definition, "Saying no")
    if leave == "close the window":
        main_window.close()
    elif leave == "close the project":
        main_window.leave_project()
    else:
        main_window.show_number(1)
        settle(qtbot, project.sitting)
        main_window.close_project()
    with open_project(small_path, Mode.READ) as file:
        assert code_named(file, "Protest").definition == "Saying no"


def test_keys_of_the_view_are_its_own_whatever_other_views_do_with_them(
    qtbot: QtBot, main_window: Window, small_path: Path
) -> None:
    project = opened(qtbot, main_window, small_path)
    be(project.sitting, "Oda")
    view = project.codebook
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(view.tree, Qt.Key.Key_F, control)
    assert view.list.filter.hasFocus()
    qtbot.keyClick(view.list.filter, Qt.Key.Key_H, control)
    assert view.retired.isChecked()
    qtbot.keyClick(view.list.filter, Qt.Key.Key_M, control)
    (dialog,) = view.findChildren(MergeDialog)
    dialog.done(0)


def test_both_codebooks_follow_one_change(qtbot: QtBot, main_window: Window, small_path: Path) -> None:
    project = opened(qtbot, main_window, small_path)
    project.sitting.bus.act(lambda file: change_code(file, "Protest", {"name": "Dissent"}))
    settle(qtbot, project.sitting)
    for codes in (project.read.codebook.codes, project.codebook.list.codes):
        assert "Dissent" in [code.name for code in codes]


def test_export_asks_where_to(
    qtbot: QtBot, main_window: Window, small_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = opened(qtbot, main_window, small_path)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "codebook.md"), ""))
    project.codebook.export_action.trigger()
    qtbot.waitUntil(lambda: main_window.frame.done.text().endswith("codebook.md"))
    assert "Protest" in (tmp_path / "codebook.md").read_text("utf-8")


def test_undo_names_the_step(qtbot: QtBot, main_window: Window, small_path: Path) -> None:
    project = opened(qtbot, main_window, small_path)
    be(project.sitting, "Oda")
    project.codebook.point_to(code_named(project.sitting.bus.file, "Protest").id)
    qtbot.keyClick(project.codebook.tree, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, project.sitting)
    assert main_window.menus.undo.text() == "Undo: retire the code ‘Protest’"
    main_window.menus.undo.trigger()
    settle(qtbot, project.sitting)
    assert not code_named(project.sitting.bus.file, "Protest").retired
