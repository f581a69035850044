"""Merging, splitting and retiring codes in the Codebook view."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from polyvocal.gui.dialogs.code import CodeDialog
from polyvocal.gui.dialogs.code_merge import MergeDialog
from polyvocal.gui.dialogs.code_split import SplitDialog
from polyvocal.gui.views.codebook_view import CodebookView
from polyvocal.services.commands.code_changes import retire_code
from polyvocal.services.commands.codebook import add_code
from tests.gui.codebook_view_steps import START, dialog_on, point, shown, view
from tests.gui.conftest import settle
from tests.services.codebook_steps import code_named, coded, tree

__all__ = ["view"]


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
