"""Coding by keys beyond one selection and one code, against the store; each act is one step of undo."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from polyvocal.domain.records import Code
from polyvocal.domain.spans import Span
from polyvocal.gui.pinned_codes import PinnedCodes
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.surface.text import CODE_MIME
from polyvocal.gui.views.read import ReadView
from polyvocal.store.history import operations_newest_first
from tests.gui.conftest import settle
from tests.gui.read_steps import PAID, PLENARY, passages, select, shown
from tests.gui.test_read import read

__all__ = ["read"]


def coded(sitting: Sitting) -> set[tuple[str, str, str]]:
    """(words, code, coder) of all that is coded in the plenary."""
    return {(one.text, one.code, one.coder) for one in passages(sitting)}


def count_operations(sitting: Sitting) -> int:
    return sitting.bus.read(lambda view: len(list(operations_newest_first(view))))


def code_named(sitting: Sitting, name: str) -> int:
    (code,) = sitting.bus.read(lambda view: view.find(Code, name=name))
    return code.id


def choose(read: ReadView, sitting: Sitting, words: str, code: str) -> None:
    """Let the coding of some words with a code be the chosen one, and nothing be selected."""
    (one,) = [found for found in passages(sitting) if found.text == words and found.code == code]
    read.surface.select(Span(one.start, one.start))
    read.surface.choose(one.id)


def test_words_become_the_name_of_their_code_in_vivo(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    select(read, "then applause")
    read.acts.in_vivo.trigger()
    settle(qtbot, sitting)
    assert ("then applause", "then applause", "Oda") in coded(sitting)
    select(read, "I clap too")
    read.coding.code_selection(code_named(sitting, "then applause"))
    settle(qtbot, sitting)
    codes = sitting.bus.read(lambda view: view.count(Code))
    select(read, "then applause")
    read.acts.in_vivo.trigger()  # it is coded so already: no second code of that name
    settle(qtbot, sitting)
    assert sitting.bus.read(lambda view: view.count(Code)) == codes


def drag(event: type[QDragMoveEvent] | type[QDropEvent], dragged: QMimeData, point: QPointF) -> QDropEvent:
    """What Qt tells of words or codes that are dragged."""
    at = point.toPoint() if event is QDragMoveEvent else point
    rest = (Qt.DropAction.CopyAction, dragged, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    return event(at, *rest)  # type: ignore[arg-type]


def test_words_are_coded_with_the_code_on_which_they_are_dropped(
    qtbot: QtBot, read: ReadView, sitting: Sitting
) -> None:
    tree = read.codebook.tree
    node = read.codebook.model.node_of(code_named(sitting, "Sense-making"))
    assert node is not None
    point = QPointF(tree.visualRect(read.codebook.model.index_of(node)).center())
    select(read, "then applause")
    dragged = read.surface.createMimeDataFromSelection()
    tree.dragMoveEvent(drag(QDragMoveEvent, dragged, point))  # type: ignore[arg-type]
    assert tree.lit is node
    tree.dropEvent(drag(QDropEvent, dragged, point))
    assert tree.lit is None
    settle(qtbot, sitting)
    assert ("then applause", "Sense-making", "Oda") in coded(sitting)


def test_code_that_is_dropped_on_the_text_codes_what_is_selected_and_the_keys_go_there(
    qtbot: QtBot, read: ReadView, sitting: Sitting
) -> None:
    dragged = QMimeData()
    dragged.setData(CODE_MIME, str(code_named(sitting, "Sense-making")).encode())
    read.codebook.tree.setFocus()
    select(read, "then applause")
    read.surface.dropEvent(drag(QDropEvent, dragged, QPointF(50, 50)))
    settle(qtbot, sitting)
    assert ("then applause", "Sense-making", "Oda") in coded(sitting)
    assert read.surface.hasFocus()


def test_long_words_in_vivo_are_cut_between_words(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    text = read.surface.text
    read.surface.select(Span(0, min(len(text), 200)))
    read.acts.in_vivo.trigger()
    settle(qtbot, sitting)
    (made,) = [one for one in sitting.bus.read(lambda view: view.all(Code)) if one.name.endswith("…")]
    assert len(made.name) <= 61
    assert " ".join(text.split()).startswith(made.name[:-1] + " ")


def test_last_code_is_used_again(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    select(read, "then applause")
    read.coding.code_selection(code_named(sitting, "Protest"))
    settle(qtbot, sitting)
    select(read, "I clap too")
    read.acts.again.trigger()
    settle(qtbot, sitting)
    assert {("then applause", "Protest", "Oda"), ("I clap too", "Protest", "Oda")} <= coded(sitting)


def test_several_selections_are_coded_in_one_step(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    before, operations = coded(sitting), count_operations(sitting)
    select(read, "then applause")
    read.acts.keep.trigger()
    select(read, "I clap too")
    assert len(read.surface.selections) == 2
    read.surface.viewport().grab()  # they are painted
    qtbot.keyClick(read.surface, Qt.Key.Key_Return)
    qtbot.keyClicks(read.coding.chooser.line, "Protest")
    qtbot.keyClick(read.coding.chooser.line, Qt.Key.Key_Return)
    settle(qtbot, sitting)
    made = {("then applause", "Protest", "Oda"), ("I clap too", "Protest", "Oda")}
    assert coded(sitting) == before | made
    assert count_operations(sitting) == operations + 1
    assert len(read.surface.selections) == 1
    sitting.bus.act(lambda file: file.undo(file.person))
    settle(qtbot, sitting)
    assert coded(sitting) == before


def test_kept_selections_that_overlap_are_one_and_escape_lets_them_go(read: ReadView) -> None:
    start = select(read, PAID).start
    read.acts.keep.trigger()
    read.surface.select(Span(start + 5, start + 40))
    assert read.surface.selections == [Span(start, start + len(read.surface.text[start : start + 40].rstrip()))]
    read.acts.none.trigger()
    assert read.surface.selections == [read.surface.selected]


def test_selection_is_kept_where_one_selects_more_with_ctrl_held(qtbot: QtBot, read: ReadView) -> None:
    first = select(read, "then applause")
    read.surface.go_to(0)
    read.surface.select(first)
    rect = read.surface.cursorRect()
    point = QPoint(rect.x() + 60, rect.y() + rect.height() // 2)
    QTest.mousePress(read.surface.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, point)
    QTest.mouseRelease(read.surface.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, point)
    assert first in read.surface.selections


def test_digit_codes_with_the_code_that_is_pinned_to_it(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    read.codebook.point_to(code_named(sitting, "Sense-making"))
    read.surface.choose(None)
    read.acts.pins[2].trigger()
    assert read.codebook.pinned.number(code_named(sitting, "Sense-making")) == 3
    select(read, "I clap too")
    qtbot.keyClick(read.surface, Qt.Key.Key_3)
    settle(qtbot, sitting)
    assert ("I clap too", "Sense-making", "Oda") in coded(sitting)
    qtbot.keyClick(read.surface, Qt.Key.Key_7)  # nothing is pinned to it: it may begin a name
    assert read.coding.chooser.isVisible()
    assert read.coding.chooser.line.text() == "7"
    read.coding.chooser.hide()
    assert PinnedCodes(sitting.bus, sitting.settings).code(3) == code_named(sitting, "Sense-making")
    read.surface.choose(None)
    read.acts.pins[2].trigger()
    assert read.codebook.pinned.code(3) is None


def test_digit_codes_the_chosen_passage_too_where_nothing_is_selected(
    qtbot: QtBot, read: ReadView, sitting: Sitting
) -> None:
    read.codebook.pinned.turn(1, code_named(sitting, "Sense-making"))
    select(read, "I clap too")
    read.coding.code_selection(code_named(sitting, "Protest"))
    settle(qtbot, sitting)
    choose(read, sitting, "I clap too", "Protest")
    qtbot.keyClick(read.surface, Qt.Key.Key_1)
    settle(qtbot, sitting)
    assert {("I clap too", "Protest", "Oda"), ("I clap too", "Sense-making", "Oda")} <= coded(sitting)


def test_chosen_coding_gets_another_code_and_is_coded_with_a_further_one(
    qtbot: QtBot, read: ReadView, sitting: Sitting
) -> None:
    select(read, "I clap too")
    read.coding.code_selection(code_named(sitting, "Protest"))
    settle(qtbot, sitting)
    for act, expected in ((read.acts.other_code, 1), (read.acts.further_code, 2)):
        choose(read, sitting, "I clap too", "Protest" if expected == 1 else "Sense-making")
        act.trigger()
        wanted = "Sense-making" if expected == 1 else "Protest"
        qtbot.keyClicks(read.coding.chooser.line, wanted)
        assert not read.coding.chooser.model.new
        qtbot.keyClick(read.coding.chooser.line, Qt.Key.Key_Return)
        settle(qtbot, sitting)
        assert len([one for one in coded(sitting) if one[0] == "I clap too" and one[2] == "Oda"]) == expected


def test_coding_is_split_at_the_cursor_and_its_parts_are_merged_again(
    qtbot: QtBot, read: ReadView, sitting: Sitting
) -> None:
    span = select(read, "I clap too")
    read.coding.code_selection(code_named(sitting, "Protest"))
    settle(qtbot, sitting)
    choose(read, sitting, "I clap too", "Protest")
    read.surface.select(Span(span.start + 2, span.start + 2))
    read.acts.split.trigger()
    settle(qtbot, sitting)
    assert {("I ", "Protest", "Oda"), ("clap too", "Protest", "Oda")} <= coded(sitting)
    choose(read, sitting, "clap too", "Protest")
    read.acts.merge.trigger()
    settle(qtbot, sitting)
    assert ("I clap too", "Protest", "Oda") in coded(sitting)
    assert not [one for one in coded(sitting) if one[0] == "clap too"]


def test_merging_with_nothing_beside_says_how_to_go_on(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    faults: list[Exception] = []
    sitting.bus.failed.connect(faults.append)
    select(read, "I clap too")
    read.coding.code_selection(code_named(sitting, "Protest"))
    settle(qtbot, sitting)
    choose(read, sitting, "I clap too", "Protest")
    read.acts.merge.trigger()
    assert "Nothing to merge with" in str(faults[0])


def test_codings_of_one_code_are_stepped_along(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    for words in ("I clap too", "then applause", "Nine tables"):
        select(read, words)
        read.coding.code_selection("one code" if words == "I clap too" else code_named(sitting, "one code"))
        settle(qtbot, sitting)
    read.surface.step(forward=False)
    seen = []
    first = min(
        (one for one in read.surface.index if one.code == code_named(sitting, "one code")), key=lambda m: m.start
    )
    read.surface.choose(first.id)
    for _ in range(4):
        mark = read.surface.index.get(read.surface.chosen or 0)
        assert mark is not None
        seen.append(read.surface.text[mark.start : mark.end])
        read.acts.same_next.trigger()
    assert set(seen) == {"I clap too", "then applause", "Nine tables"}
    assert seen == [*sorted(seen[:3], key=read.surface.text.index), seen[2]]
    read.acts.same_previous.trigger()
    mark = read.surface.index.get(read.surface.chosen or 0)
    assert mark is not None
    assert read.surface.text[mark.start : mark.end] == seen[1]


@pytest.mark.parametrize(
    ("letter", "title"), [(Qt.Key.Key_S, "stance"), (Qt.Key.Key_C, "about"), (Qt.Key.Key_M, "emo")]
)
def test_letter_on_a_chosen_coding_asks_for_what_it_says(
    qtbot: QtBot, read: ReadView, sitting: Sitting, letter: Qt.Key, title: str
) -> None:
    read.surface.step(forward=True)
    settle(qtbot, sitting)
    chosen = read.surface.chosen
    read.surface.select(Span(0, 0))
    read.surface.choose(chosen)
    settle(qtbot, sitting)
    qtbot.keyClick(read.surface, letter)
    settle(qtbot, sitting)
    asked = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
    assert [one for one in asked if title in one.windowTitle()], [one.windowTitle() for one in asked]
    for one in asked:
        one.done(0)


def test_nothing_is_coded_by_keys_where_the_project_is_for_reading_only(qtbot: QtBot, reading_sitting: Sitting) -> None:
    view = shown(qtbot, reading_sitting, PLENARY)
    faults: list[Exception] = []
    reading_sitting.bus.failed.connect(faults.append)
    view.surface.step(forward=True)
    for act in (view.acts.other_code, view.acts.further_code, view.acts.merge, view.acts.split, *view.acts.ends):
        act.trigger()
    assert not view.coding.chooser.isVisible()
    assert not faults
