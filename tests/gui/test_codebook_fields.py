"""The fields of a code, saved as they are left; the history of its definition, and the memos about it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QWidget,
)
from pytestqt.qtbot import QtBot

from polyvocal.domain.palette import PALETTE
from polyvocal.domain.records import Code
from polyvocal.gui.views.codebook_view import CodebookView
from polyvocal.services.commands.code_changes import change_code
from tests.gui.codebook_view_steps import point, shown, view
from tests.gui.conftest import settle
from tests.services.codebook_steps import code_named, ids_coded, memos_about

__all__ = ["view"]


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
