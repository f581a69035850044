"""The Codebook view: the tree, the fields that are saved as they are left, merging, splitting, retiring, history."""

from typing import Any

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
    QWidget,
)
from pytestqt.qtbot import QtBot

from polyvocal.domain.palette import PALETTE
from polyvocal.domain.records import Code
from polyvocal.gui.dialogs.code import CodeDialog
from polyvocal.gui.dialogs.code_merge import MergeDialog
from polyvocal.gui.dialogs.code_split import SplitDialog
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.surface.look import Looks
from polyvocal.gui.surface.text import CODE_MIME
from polyvocal.gui.views.code_tree import Move
from polyvocal.gui.views.codebook import CodebookPanel
from polyvocal.gui.views.codebook_view import CodebookView
from polyvocal.services.commands.code_changes import change_code, retire_code
from polyvocal.services.commands.codebook import add_code
from polyvocal.services.commands.codings import add_coding
from tests.gui.conftest import settle
from tests.services.codebook_steps import code_named, coded, ids_coded, memos_about, tree

START = ["Collaboration", "Collaboration / Who decides", "Collaboration / Whose time", "Protest", "Sense-making"]
Position = QAbstractItemView.DropIndicatorPosition


def shown(view: CodebookView) -> list[str]:
    """The names in the tree."""
    return [node.what.name for node in view.model.nodes()]


def view_on(qtbot: QtBot, sitting: Sitting) -> CodebookView:
    view = CodebookView(sitting)
    qtbot.addWidget(view)
    view.resize(1300, 800)
    view.show()
    view.activateWindow()
    settle(qtbot, sitting)
    return view


@pytest.fixture
def view(qtbot: QtBot, sitting: Sitting) -> CodebookView:
    """The view on the small project, by Oda."""
    return view_on(qtbot, sitting)


def point(qtbot: QtBot, view: CodebookView, name: str) -> None:
    """Point to a code, and wait until it is told of."""
    view.point_to(code_named(view._sitting.bus.file, name).id)
    settle(qtbot, view._sitting)


def dialog_on(view: CodebookView, cls: type[Any]) -> Any:
    (dialog,) = (one for one in view.findChildren(cls) if one.isVisible())
    return dialog


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


# --- the fields ------------------------------------------------------------------------------------------------------


def test_field_is_saved_as_soon_as_it_is_left(qtbot: QtBot, view: CodebookView) -> None:
    point(qtbot, view, "Protest")
    view.fields.definition.setFocus()
    qtbot.keyClicks(view.fields.definition, "Saying no.")
    qtbot.keyClick(view.fields.definition, Qt.Key.Key_Tab)
    assert view.fields.use_when.hasFocus()
    settle(qtbot, view._sitting)
    file = view._sitting.bus.file
    assert code_named(file, "Protest").definition == "Saying no."
    file.undo()
    assert code_named(file, "Protest").definition is None


def test_escape_takes_back_what_was_typed(qtbot: QtBot, view: CodebookView) -> None:
    point(qtbot, view, "Who decides")
    view.fields.definition.setFocus()
    view.fields.definition.selectAll()
    qtbot.keyClicks(view.fields.definition, "A slip")
    qtbot.keyClick(view.fields.definition, Qt.Key.Key_Escape)
    assert view.fields.definition.toPlainText() == "Who has the last word"
    view.tree.setFocus()
    settle(qtbot, view._sitting)
    assert code_named(view._sitting.bus.file, "Who decides").definition == "Who has the last word"


def test_name_is_saved_by_enter(qtbot: QtBot, view: CodebookView) -> None:
    point(qtbot, view, "Protest")
    view.tree.setFocus()
    qtbot.keyClick(view.tree, Qt.Key.Key_F2)
    assert view.fields.name.hasFocus()
    view.fields.name.selectAll()
    qtbot.keyClicks(view.fields.name, "Dissent")
    qtbot.keyClick(view.fields.name, Qt.Key.Key_Return)
    settle(qtbot, view._sitting)
    assert "Dissent" in shown(view)
    assert len(view._sitting.bus.read(lambda one: one.find(Code, name="Dissent"))) == 1


def test_what_was_typed_is_saved_of_its_code_when_another_is_chosen_or_the_view_is_left(
    qtbot: QtBot, view: CodebookView
) -> None:
    file = view._sitting.bus.file
    point(qtbot, view, "Protest")
    qtbot.keyClicks(view.fields.example, "A walk-out")
    point(qtbot, view, "Sense-making")
    assert code_named(file, "Protest").example == "A walk-out"
    assert view.fields.example.toPlainText() == ""
    qtbot.keyClicks(view.fields.use_when, "Somebody says what it was")
    view.hide()
    settle(qtbot, view._sitting)
    assert code_named(file, "Sense-making").use_when == "Somebody says what it was"


def test_what_is_being_typed_stays_when_the_code_is_changed_elsewhere(qtbot: QtBot, view: CodebookView) -> None:
    point(qtbot, view, "Protest")
    view.fields.definition.setFocus()
    qtbot.keyClicks(view.fields.definition, "Saying")
    view._sitting.bus.act(lambda file: change_code(file, "Protest", {"example": "A walk-out"}))
    settle(qtbot, view._sitting)
    assert view.fields.definition.toPlainText() == "Saying"
    assert view.fields.example.toPlainText() == "A walk-out"
    qtbot.keyClicks(view.fields.definition, " no")
    view.fields.save()
    settle(qtbot, view._sitting)
    code = code_named(view._sitting.bus.file, "Protest")
    assert (code.definition, code.example) == ("Saying no", "A walk-out")


def test_name_that_is_taken_is_refused_beside_the_field_and_the_code_stays(qtbot: QtBot, view: CodebookView) -> None:
    point(qtbot, view, "Protest")
    view.fields.name.setText("sense-making")
    view.fields.save()
    settle(qtbot, view._sitting)
    assert view.fields.fault.isVisible()
    assert "called 'sense-making' there already" in view.fields.fault.text()
    assert view.fields.name.text() == "Protest"
    view.fields.name.setText("")
    view.fields.save()
    settle(qtbot, view._sitting)
    assert view.fields.name.text() == "Protest"
    view.fields.name.setText("Dissent")
    view.fields.save()
    settle(qtbot, view._sitting)
    assert not view.fields.fault.isVisible()


def test_kind_parent_and_colour_are_saved_when_chosen(qtbot: QtBot, view: CodebookView) -> None:
    point(qtbot, view, "Protest")
    fields, file = view.fields, view._sitting.bus.file
    for box, words in ((fields.kind, "Theme"), (fields.parent_code, "Collaboration")):
        box.setFocus()
        at = next(row for row in range(box.count()) if box.itemText(row).strip() == words)
        box.setCurrentIndex(at)
        box.activated.emit(at)
        settle(qtbot, view._sitting)
    fields.colour.choose(PALETTE[7])
    settle(qtbot, view._sitting)
    code = code_named(file, "Protest")
    assert (code.kind, code.parent, code.colour) == ("theme", code_named(file, "Collaboration").id, PALETTE[7])
    assert view.current is not None
    assert view.current.name == "Protest"


def test_arrows_go_through_the_palette(qtbot: QtBot, view: CodebookView) -> None:
    point(qtbot, view, "Protest")
    line = view.fields.colour.line
    line.setText("#123456")
    qtbot.keyClick(line, Qt.Key.Key_Down)
    assert line.text() == PALETTE[0]
    qtbot.keyClick(line, Qt.Key.Key_Up)
    assert line.text() == PALETTE[-1]
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle(qtbot, view._sitting)
    assert code_named(view._sitting.bus.file, "Protest").colour == PALETTE[-1]
    line.setText("#nonsen")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle(qtbot, view._sitting)
    assert "there is no colour" in view.fields.fault.text().casefold()
    assert line.text() == PALETTE[-1]


def test_code_cannot_be_put_below_itself_by_the_field(qtbot: QtBot, view: CodebookView) -> None:
    point(qtbot, view, "Collaboration")
    assert view.fields.parent_code.currentText() == "(at the top)"
    view.fields.parent_code.setFocus()
    offered = [view.fields.parent_code.itemText(row).strip() for row in range(view.fields.parent_code.count())]
    assert offered == ["(at the top)", "Protest", "Sense-making"]


# --- history and memos -----------------------------------------------------------------------------------------------


def test_history_tells_each_change_with_who_and_why(qtbot: QtBot, view: CodebookView) -> None:
    point(qtbot, view, "Who decides")
    view.tabs.setCurrentWidget(view.history)
    view.fields.definition.setPlainText("Whose word is last")
    view.fields.save()
    settle(qtbot, view._sitting)
    view.fields.why.setFocus()
    qtbot.keyClicks(view.fields.why, "Plainer.")
    qtbot.keyClick(view.fields.why, Qt.Key.Key_Return)
    settle(qtbot, view._sitting)
    table = view.history.table
    rows = [[table.item(row, at).text() for at in (1, 2, 3)] for row in range(table.rowCount())]  # type: ignore[union-attr]
    assert rows == [["Oda", "Definition", "Plainer."], ["somebody", "Made", ""]]
    assert view.history.whole.toPlainText().split("\n\n") == [
        "Why: Plainer.",
        "Definition, before: Who has the last word",
        "Definition, after: Whose word is last",
    ]
    assert view.fields.why.text() == ""
    view._sitting.bus.act(lambda file: file.undo())
    settle(qtbot, view._sitting)


def test_memos_about_the_code_are_listed_and_written(qtbot: QtBot, view: CodebookView) -> None:
    point(qtbot, view, "Protest")
    view.tabs.setCurrentWidget(view.memos)
    settle(qtbot, view._sitting)
    assert view.memos.list.count() == 1
    assert view.memos.words.toPlainText() == "Applause may be a way of contesting."
    view.memos.write()
    dialog = view.memos.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)[-1]
    dialog.text.setPlainText("Or of agreeing.")  # type: ignore[attr-defined]
    dialog.accept()  # type: ignore[attr-defined]
    settle(qtbot, view._sitting)
    assert view.memos.list.count() == 2
    qtbot.keyClick(view.memos.list, Qt.Key.Key_Delete)
    settle(qtbot, view._sitting)
    assert set(memos_about(view._sitting.bus.file, "Protest")) == {"On applause"}


def test_passages_of_the_code_are_a_key_away(qtbot: QtBot, view: CodebookView) -> None:
    point(qtbot, view, "Protest")
    assert view.passages.filters.count.text() == "4 passages"
    with qtbot.waitSignal(view._sitting.place_wanted) as asked:
        view.passages.table.setFocus()
        qtbot.keyClick(view.passages.table, Qt.Key.Key_Return)
    assert asked.args[0].coding in ids_coded(view._sitting.bus.file, "Protest")


# --- merging, splitting, retiring ------------------------------------------------------------------------------------


def test_merge_says_what_goes_where_and_does_it_by_keys_alone(qtbot: QtBot, view: CodebookView) -> None:
    point(qtbot, view, "Whose time")
    view.tree.setFocus()
    qtbot.keyClick(view.tree, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    dialog: MergeDialog = dialog_on(view, MergeDialog)
    qtbot.keyClicks(dialog.into.filter, "prot")
    assert "2 codings of Whose time" in dialog.told.text()
    qtbot.keyPress(dialog.into.filter, Qt.Key.Key_Return)
    settle(qtbot, view._sitting)
    assert len(coded(view._sitting.bus.file, "Protest")) == 5
    assert shown(view) == ["Collaboration", "Who decides", "Protest", "Sense-making"]
    assert view.current is not None
    assert view.current.name == "Protest"


def test_merge_offers_only_codes_in_use_that_answer(qtbot: QtBot, view: CodebookView) -> None:
    view._sitting.bus.act(lambda file: retire_code(file, "Sense-making"))
    settle(qtbot, view._sitting)
    point(qtbot, view, "Protest")
    view.merge_code()
    dialog: MergeDialog = dialog_on(view, MergeDialog)
    offered = [dialog.into.list.item(row).text() for row in range(dialog.into.list.count())]
    assert offered == START[:3]
    qtbot.keyClick(dialog.into.filter, Qt.Key.Key_Down)
    assert dialog.into.code is not None
    assert dialog.into.code.name == "Who decides"
    qtbot.keyClicks(dialog.into.filter, "zzz")
    assert not dialog.ok.isEnabled()
    dialog.done(0)


def test_split_takes_the_passages_that_are_ticked(qtbot: QtBot, view: CodebookView) -> None:
    point(qtbot, view, "Protest")
    qtbot.keyClick(view.tree, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    dialog: SplitDialog = dialog_on(view, SplitDialog)
    settle(qtbot, view._sitting)
    assert dialog.passages.rowCount() == 4
    assert not dialog.ok.isEnabled()
    dialog.name.setText("Clapping")
    qtbot.keyClicks(dialog.filter, "wren applause")
    assert dialog.passages.rowCount() == 1
    dialog.table.selectRow(0)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    assert not dialog.ok.isEnabled()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    dialog.filter.clear()
    assert dialog.told.text() == "1 of 4 passages ticked"
    dialog.accept()
    settle(qtbot, view._sitting)
    assert len(coded(view._sitting.bus.file, "Clapping")) == 1
    assert view.current is not None
    assert view.current.name == "Clapping"


def test_all_that_are_shown_can_be_ticked_and_none(qtbot: QtBot, view: CodebookView) -> None:
    point(qtbot, view, "Protest")
    view.split_code()
    dialog: SplitDialog = dialog_on(view, SplitDialog)
    settle(qtbot, view._sitting)
    qtbot.keyClicks(dialog.filter, "after")
    dialog.all.click()
    assert len(dialog.passages.ticked) == 1
    dialog.filter.clear()
    dialog.none.click()
    assert dialog.passages.ticked == set()
    dialog.done(0)


def test_retired_code_is_hidden_shown_on_demand_and_taken_back(qtbot: QtBot, view: CodebookView) -> None:
    point(qtbot, view, "Protest")
    view.retire_action.trigger()
    settle(qtbot, view._sitting)
    assert view.fields.notice.isVisible()
    point(qtbot, view, "Sense-making")
    view._sitting.bus.act(lambda file: add_code(file, name="Another"))
    settle(qtbot, view._sitting)
    assert "Protest" not in shown(view)
    view.retired_action.trigger()
    assert "Protest" in shown(view)
    point(qtbot, view, "Protest")
    assert view.retire_action.text() == "Take back"
    view.fields.back.click()
    settle(qtbot, view._sitting)
    assert not code_named(view._sitting.bus.file, "Protest").retired
    assert view.retire_action.text() == "Retire"


def test_retired_code_above_one_in_use_stays_in_the_tree(qtbot: QtBot, view: CodebookView) -> None:
    view._sitting.bus.act(lambda file: retire_code(file, "Collaboration"))
    settle(qtbot, view._sitting)
    point(qtbot, view, "Protest")
    assert shown(view)[:3] == ["Collaboration", "Who decides", "Whose time"]


def test_removal_of_a_code_in_use_is_refused_and_of_another_done(qtbot: QtBot, view: CodebookView) -> None:
    faults: list[Exception] = []
    view._sitting.bus.failed.connect(faults.append)
    for name in ("Protest", "Sense-making"):
        point(qtbot, view, name)
        view.tree.setFocus()
        qtbot.keyClick(view.tree, Qt.Key.Key_Delete)
        settle(qtbot, view._sitting)
    assert "still needed by 4 codings" in str(faults[0])
    assert tree(view._sitting.bus.file) == START[:-1]


def test_new_code_is_asked_for_and_pointed_to(qtbot: QtBot, view: CodebookView) -> None:
    point(qtbot, view, "Collaboration")
    view.tree.setFocus()
    qtbot.keyClick(view.tree, Qt.Key.Key_Insert)
    dialog: CodeDialog = dialog_on(view, CodeDialog)
    dialog.name.setText("Who is heard")
    dialog.accept()
    settle(qtbot, view._sitting)
    assert "Collaboration / Who is heard" in tree(view._sitting.bus.file)
    assert view.current is not None
    assert view.current.name == "Who is heard"


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


def test_fields_grow_with_the_text(qtbot: QtBot, view: CodebookView, sitting: Sitting) -> None:
    fields, size = view.fields, sitting.theme.text_size
    height, width = fields.definition.height(), fields.colour.line.width()
    sitting.theme.set_text_size(size * 2)
    qtbot.waitUntil(lambda: fields.definition.height() > height * 1.3 and fields.colour.line.width() > width * 1.3)
    sitting.theme.set_text_size(size)
