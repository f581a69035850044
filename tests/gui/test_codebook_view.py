"""The Codebook view: the tree, moving in it, and the view as a whole."""

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QDropEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from polyvocal.gui.sitting import Sitting
from polyvocal.gui.surface.look import Looks
from polyvocal.gui.surface.text import CODE_MIME
from polyvocal.gui.views.code_tree import Move
from polyvocal.gui.views.codebook import CodebookPanel
from polyvocal.gui.views.codebook_view import NAME, CodebookView
from polyvocal.services.commands.code_changes import retire_code
from polyvocal.services.commands.codebook import add_code
from polyvocal.services.commands.codings import add_coding
from tests.gui.codebook_view_steps import START, Position, point, shown, view, view_on
from tests.gui.conftest import settle
from tests.services.codebook_steps import code_named, tree

__all__ = ["view"]


# --- the tree --------------------------------------------------------------------------------------------------------


def test_tree_tells_kind_codings_sources_and_coders(view: CodebookView) -> None:
    rows = {
        node.what.name: tuple(view.model.index_of(node).siblingAtColumn(at).data() for at in range(5))
        for node in view.model.nodes()
    }
    assert rows["Protest"] == ("Protest", "Code", "4", "2", "2")
    assert rows["Collaboration"] == ("Collaboration", "Category", "", "", "")
    assert [view.model.headerData(at, Qt.Orientation.Horizontal) for at in range(5)] == [
        "Code", "Kind", "Codings", "Sources", "Coders",
    ]  # fmt: skip


def test_figures_follow_a_coding_at_once(qtbot: QtBot, view: CodebookView, sitting: Sitting) -> None:
    sitting.bus.act(
        lambda file: add_coding(file, source="On the train", start=0, end=4, code="Sense-making", coder="Wren")
    )
    settle(qtbot, sitting)
    qtbot.waitUntil(lambda: view.model.index(2, 3).data() == "1")
    assert [view.model.index(2, at).data() for at in range(5)] == ["Sense-making", "Code", "1", "1", "1"]


def test_filter_shows_what_answers_and_points_to_the_best(qtbot: QtBot, view: CodebookView) -> None:
    qtbot.keyClicks(view.list.filter, "time")
    assert shown(view) == ["Collaboration", "Whose time"]
    assert view.current is not None
    assert view.current.name == "Whose time"
    view.list.filter.clear()
    assert len(shown(view)) == 5
    assert view.current.name == "Whose time"
    qtbot.keyClick(view.list.filter, Qt.Key.Key_Return)
    assert view.tree.hasFocus()


# --- moving ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "key", "where"),
    [
        ("Whose time", Qt.Key.Key_Up, ["Collaboration", "Collaboration / Whose time", "Collaboration / Who decides"]),
        (
            "Who decides",
            Qt.Key.Key_Down,
            ["Collaboration", "Collaboration / Whose time", "Collaboration / Who decides"],
        ),
        ("Protest", Qt.Key.Key_Right, [*START[:3], "Collaboration / Protest"]),
        ("Who decides", Qt.Key.Key_Left, ["Collaboration", "Collaboration / Whose time", "Who decides"]),
    ],
)
def test_code_is_moved_by_keys(qtbot: QtBot, view: CodebookView, name: str, key: Qt.Key, where: list[str]) -> None:
    point(qtbot, view, name)
    view.tree.setFocus()
    qtbot.keyClick(view.tree, key, Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier)
    settle(qtbot, view._sitting)
    assert tree(view._sitting.bus.file)[: len(where)] == where
    assert view.current is not None
    assert view.current.name == name
    assert view.tree.isVisible()


def test_keys_at_an_end_of_the_tree_do_nothing(qtbot: QtBot, view: CodebookView) -> None:
    asked: list[Move] = []
    view.tree.move_wanted.connect(asked.append)
    point(qtbot, view, "Collaboration")
    view.tree.move_up()
    view.tree.move_in()
    view.tree.move_out()
    point(qtbot, view, "Sense-making")
    view.tree.move_down()
    assert asked == []


@pytest.mark.parametrize(
    ("position", "where"),
    [
        (Position.OnItem, ["Protest", "Protest / Sense-making"]),
        (Position.AboveItem, ["Sense-making", "Protest"]),
        (Position.BelowItem, ["Protest", "Sense-making"]),
    ],
)
def test_code_dropped_on_above_or_below_a_row_goes_there(
    qtbot: QtBot, view: CodebookView, position: Position, where: list[str]
) -> None:
    file = view._sitting.bus.file
    node = view.model.node_of(code_named(file, "Protest").id)
    view.tree.drop_code(code_named(file, "Sense-making").id, node, position)
    settle(qtbot, view._sitting)
    assert tree(file)[-2:] == where


def test_code_dropped_below_an_unfolded_row_becomes_the_first_below_it(qtbot: QtBot, view: CodebookView) -> None:
    file = view._sitting.bus.file
    above = view.model.node_of(code_named(file, "Collaboration").id)
    view.tree.drop_code(code_named(file, "Protest").id, above, Position.BelowItem)
    settle(qtbot, view._sitting)
    assert tree(file)[1] == "Collaboration / Protest"


def test_drop_beside_all_rows_puts_a_code_last_at_the_top(qtbot: QtBot, view: CodebookView) -> None:
    code = code_named(view._sitting.bus.file, "Who decides").id
    dropped = QMimeData()
    dropped.setData(CODE_MIME, str(code).encode())
    event = QDropEvent(
        QPointF(40, view.tree.viewport().height() - 5),
        Qt.DropAction.CopyAction,
        dropped,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    view.tree.dropEvent(event)
    assert event.isAccepted()
    settle(qtbot, view._sitting)
    assert tree(view._sitting.bus.file)[-1] == "Who decides"


def test_move_into_itself_is_refused_in_words(qtbot: QtBot, view: CodebookView) -> None:
    file = view._sitting.bus.file
    faults: list[Exception] = []
    view._sitting.bus.failed.connect(faults.append)
    node = view.model.node_of(code_named(file, "Whose time").id)
    view.tree.drop_code(code_named(file, "Collaboration").id, node, Position.OnItem)
    settle(qtbot, view._sitting)
    assert "cannot lie below itself" in str(faults[0])
    assert tree(file) == START


# --- the view as a whole ---------------------------------------------------------------------------------------------


def test_empty_codebook_says_what_to_do_and_the_first_code_opens_the_view(qtbot: QtBot, empty_sitting: Sitting) -> None:
    view = view_on(qtbot, empty_sitting)
    assert view.empty.isVisible()
    assert view.panes == [view.empty.step]
    empty_sitting.bus.act(lambda file: add_code(file, name="first"))
    settle(qtbot, empty_sitting)
    assert view.tree.isVisible()
    assert view.current is not None
    assert view.current.name == "first"


def test_view_of_a_project_that_may_only_be_read_changes_nothing(qtbot: QtBot, reading_sitting: Sitting) -> None:
    view = view_on(qtbot, reading_sitting)
    assert view.fields.name.isReadOnly()
    assert not view.fields.kind.isEnabled()
    assert not any(action.isEnabled() for action in (*view._changing, *view._changing_one))
    assert [button.text() for button in view.buttons if button.isEnabled()] == ["Export…"]


def test_keyboard_goes_to_the_tree_and_round_the_parts(qtbot: QtBot, view: CodebookView) -> None:
    view.setFocus()
    assert view.tree.hasFocus()
    assert [type(pane).__name__ for pane in view.panes] == ["CodebookTree", "QLineEdit", "PassagesPanel"]


def test_every_control_is_named_for_a_screen_reader(qtbot: QtBot, view: CodebookView) -> None:
    point(qtbot, view, "Protest")
    for tab in range(view.tabs.count()):
        view.tabs.setCurrentIndex(tab)
        settle(qtbot, view._sitting)
        controls = [
            one
            for kind in (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit)
            for one in view.findChildren(kind)
            if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        assert len(controls) > 15
        unnamed = [
            type(one).__name__
            for one in controls
            if not QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name).strip()
        ]
        assert unnamed == []


def test_menu_of_a_code_offers_what_can_be_done_to_it(qtbot: QtBot, view: CodebookView) -> None:
    point(qtbot, view, "Protest")
    view.tree.customContextMenuRequested.emit(QPoint(5, 5))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    offered = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert offered[:2] == ["New code…", "Edit"]
    assert {"Merge…", "Split…", "Retire", "Remove", "Move up"} <= set(offered)
    menu.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_code_is_dragged_under_its_name_however_long(view: CodebookView) -> None:
    short, long = view.tree.picture_of("Protest"), view.tree.picture_of("A name " * 60)
    assert 20 < short.width() < long.width() < 320


def test_panel_beside_the_text_hides_a_retired_code_until_it_is_pointed_to(qtbot: QtBot, sitting: Sitting) -> None:
    panel = CodebookPanel(sitting, Looks(sitting.theme))
    qtbot.addWidget(panel)
    panel.show()
    settle(qtbot, sitting)
    sitting.bus.act(lambda file: retire_code(file, "Protest"))
    settle(qtbot, sitting)
    assert [node.what.name for node in panel.model.nodes()] == [
        "Collaboration",
        "Who decides",
        "Whose time",
        "Sense-making",
    ]
    assert "Protest" in [code.name for code in panel.codes]
    panel.point_to(code_named(sitting.bus.file, "Protest").id)
    assert panel.current is not None
    assert panel.current.name == "Protest"


def test_names_come_before_figures_where_room_is_scarce(qtbot: QtBot, view: CodebookView) -> None:
    head = view.tree.header()
    assert [head.isSectionHidden(column) for column in range(5)] == [False] * 5
    view.split.setSizes([view.fontMetrics().averageCharWidth() * 40, 900])
    view._fit_columns()
    assert head.isSectionHidden(1)
    assert not head.isSectionHidden(2)
    assert head.sectionSize(0) >= view.fontMetrics().averageCharWidth() * 15


def test_names_come_before_figures_where_the_view_is_first_shown_in_a_window_that_is_there(
    qtbot: QtBot, sitting: Sitting
) -> None:
    sitting.theme.set_text_size(18)
    pages = QStackedWidget()
    qtbot.addWidget(pages)
    view = CodebookView(sitting)
    pages.addWidget(QWidget())
    pages.addWidget(view)
    pages.resize(1240, 640)
    pages.show()
    settle(qtbot, sitting)
    pages.setCurrentWidget(view)
    settle(qtbot, sitting)
    head = view.tree.header()
    assert head.isSectionHidden(1)
    assert head.sectionSize(0) >= view.fontMetrics().averageCharWidth() * NAME


def test_fields_grow_with_the_text(qtbot: QtBot, view: CodebookView, sitting: Sitting) -> None:
    fields, size = view.fields, sitting.theme.text_size
    height, width = fields.definition.height(), fields.colour.line.width()
    sitting.theme.set_text_size(size * 2)
    qtbot.waitUntil(lambda: fields.definition.height() > height * 1.3 and fields.colour.line.width() > width * 1.3)
    sitting.theme.set_text_size(size)
