"""The Compare view in the window: where the keyboard is when the view comes to the front, and as it goes round."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from polyvocal.gui.views.compare_matrix import MatrixPage
from polyvocal.gui.window import Window
from polyvocal.store.file import create_project
from tests.gui.conftest import settle


def compared(qtbot: QtBot, window: Window, path: Path) -> MatrixPage:
    """Open a project, and bring its Compare view to the front as Ctrl+4 does, before anything is counted."""
    window.open_path(path)
    qtbot.waitUntil(lambda: window.project is not None)
    project = window.project
    assert project is not None
    settle(qtbot, project.sitting)
    window.show_view(project.compare)
    return project.compare.matrix


def focus() -> QWidget:
    """What has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_table_has_the_keyboard_as_soon_as_it_is_counted(qtbot: QtBot, main_window: Window, small_path: Path) -> None:
    view = compared(qtbot, main_window, small_path)
    assert focus() is view.message
    settle(qtbot, view.sitting)
    assert focus() is view.table
    assert view.table.currentIndex().row() == 1  # the first code; above it is the heading
    qtbot.keyClick(focus(), Qt.Key.Key_Down)
    qtbot.keyClick(focus(), Qt.Key.Key_Down)
    qtbot.keyClick(focus(), Qt.Key.Key_Return)
    settle(qtbot, view.sitting)
    assert [one.words.text() for one in view.passages.filters.chips] == ["Code: Protest", "Observer: Wren"]
    assert focus() is view.passages.table


def test_table_that_was_counted_has_the_keyboard_at_once(qtbot: QtBot, main_window: Window, small_path: Path) -> None:
    view = compared(qtbot, main_window, small_path)
    settle(qtbot, view.sitting)
    main_window.show_number(1)
    assert not view.isAncestorOf(focus())
    main_window.show_number(3)
    assert focus() is view.table


def test_keyboard_that_went_elsewhere_while_counting_stays_there(
    qtbot: QtBot, main_window: Window, small_path: Path
) -> None:
    view = compared(qtbot, main_window, small_path)
    view.filters.chips.add.setFocus()
    settle(qtbot, view.sitting)
    assert focus() is view.filters.chips.add


def test_tab_reaches_filters_before_the_table_and_the_passages_behind_it(
    qtbot: QtBot, main_window: Window, small_path: Path
) -> None:
    view = compared(qtbot, main_window, small_path)
    settle(qtbot, view.sitting)
    view.open_first_passages()
    settle(qtbot, view.sitting)
    view.filters.way.box.setFocus()
    passed = [focus()]
    for _ in range(20):
        qtbot.keyClick(focus(), Qt.Key.Key_Tab)
        passed.append(focus())
    filters = view.filters
    fields = (
        filters.way.box, filters.rows.box, filters.swap, filters.columns.box, filters.measure.box, filters.look.box,
        filters.order, filters.copy, filters.export, filters.chips.add, filters.coder.box,
    )  # fmt: skip
    wanted = [*fields, view.table, view.passages.table]
    assert [one for one in passed if one in wanted][: len(wanted)] == wanted


def test_panes_are_those_in_sight_and_a_key_goes_round_them(
    qtbot: QtBot, main_window: Window, small_path: Path
) -> None:
    view = compared(qtbot, main_window, small_path)
    assert view.panes == [view.filters]
    settle(qtbot, view.sitting)
    assert view.panes == [view.filters, view.table]
    view.open_first_passages()
    settle(qtbot, view.sitting)
    assert view.panes == [view.filters, view.table, view.passages]
    view.filters.order.setFocus()
    reached = []
    for _ in range(4):
        main_window.go_round(1)
        reached.append(focus())
    pages = main_window.project.compare.tabs.tabBar() if main_window.project is not None else None
    assert reached == [view.table, view.passages.table, pages, view.filters.way.box]


def test_filters_have_the_keyboard_where_there_is_nothing_to_compare(
    qtbot: QtBot, main_window: Window, tmp_path: Path
) -> None:
    path = tmp_path / "new.polyvocal"
    create_project(path, title="A study", approach=None).close()
    view = compared(qtbot, main_window, path)
    settle(qtbot, view.sitting)
    assert "Nothing to compare yet" in view.message.text()
    assert focus() is view.filters.way.box
