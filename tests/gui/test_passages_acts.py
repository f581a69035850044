"""What is done with passages from their list: codes, stances, memos, removal, copying, export, the tour."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from polyvocal.domain.passages import Aspect, PassageFilter
from polyvocal.domain.records import Code, Coding, Concern, Memo, Person, Stance
from polyvocal.domain.words import StanceName
from polyvocal.gui.dialogs.memo import MemoDialog
from polyvocal.gui.dialogs.stance import AddConcernsDialog, StanceDialog
from polyvocal.gui.opening import OpenedProject
from polyvocal.gui.sitting import PassagesMeant, Sitting
from polyvocal.gui.views.chooser import CodeChooser
from polyvocal.gui.views.passages import PassagesPanel
from polyvocal.gui.views.passages_model import UNFOLDED
from polyvocal.services.commands.sources import correct_source
from polyvocal.services.queries.passages import EVERYTHING
from tests.gui.conftest import be, settle
from tests.gui.test_passages import TEXT, act, arranged, ask, coded, panel, rows, wait
from tests.gui.test_passages_in_window import project

__all__ = ["panel", "project"]


def every(sitting: Sitting, cls: type[Any], **equal: object) -> list[Any]:
    found: list[Any] = sitting.bus.read(lambda view: view.find(cls, **equal))
    return found


def codes(sitting: Sitting) -> list[str]:
    """The names of the codes of all codings, sorted."""
    names = {one.id: one.name for one in every(sitting, Code)}
    return sorted(names[one.code] for one in every(sitting, Coding))


def mark(qtbot: QtBot, panel: PassagesPanel, *marked: int) -> None:
    """Mark rows by the keyboard and the mouse."""
    panel.table.setFocus()
    panel.table.mark(list(marked), marked[0])


def press(qtbot: QtBot, panel: PassagesPanel, key: Qt.Key) -> None:
    qtbot.keyClick(panel.table, key)
    settle(qtbot, panel.sitting)


def choose_code(qtbot: QtBot, panel: PassagesPanel, name: str) -> None:
    (chooser,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, CodeChooser) and one.isVisible()]
    qtbot.keyClicks(chooser.line, name)
    qtbot.keyClick(chooser.line, Qt.Key.Key_Return)
    settle(qtbot, panel.sitting)
    wait(qtbot, panel)


def undo(qtbot: QtBot, panel: PassagesPanel) -> None:
    act(qtbot, panel, lambda file: file.undo())


# --- changing ----------------------------------------------------------------------------------------------------


def test_marked_passages_get_another_code_in_one_step(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel) -> None:
    ask(qtbot, panel, coded(sitting, "Protest"))
    before = codes(sitting)
    mark(qtbot, panel, 1, 3)
    press(qtbot, panel, Qt.Key.Key_C)
    choose_code(qtbot, panel, "Sense-making")
    assert codes(sitting).count("Sense-making") == 2
    assert panel.filters.count.text() == "2 passages"
    undo(qtbot, panel)
    assert codes(sitting) == before


def test_code_that_is_not_there_is_made_with_it(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel) -> None:
    ask(qtbot, panel, coded(sitting, "Protest"))
    mark(qtbot, panel, 1, 5)
    press(qtbot, panel, Qt.Key.Key_C)
    choose_code(qtbot, panel, "Good manners")
    assert codes(sitting).count("Good manners") == 2
    undo(qtbot, panel)
    assert not every(sitting, Code, name="Good manners")


def test_marked_passages_are_coded_again_by_the_coder(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel) -> None:
    ask(qtbot, panel, coded(sitting, "Protest"))
    before = len(every(sitting, Coding))
    mark(qtbot, panel, 1, 5)
    press(qtbot, panel, Qt.Key.Key_A)
    choose_code(qtbot, panel, "Sense-making")
    (oda,) = every(sitting, Person, name="Oda")
    (code,) = every(sitting, Code, name="Sense-making")
    made = every(sitting, Coding, code=code.id)
    assert {one.coder for one in made} == {oda.id}
    assert len(made) == 2
    assert panel.filters.count.text() == "4 passages"
    undo(qtbot, panel)
    assert len(every(sitting, Coding)) == before


def test_passages_that_have_the_code_already_are_left_and_told(
    qtbot: QtBot, sitting: Sitting, panel: PassagesPanel
) -> None:
    told: list[str] = []
    sitting.told.connect(told.append)
    ask(qtbot, panel, coded(sitting, "Protest"))
    mark(qtbot, panel, 1)
    press(qtbot, panel, Qt.Key.Key_A)
    choose_code(qtbot, panel, "Sense-making")
    assert told == []
    mark(qtbot, panel, 1, 5)
    press(qtbot, panel, Qt.Key.Key_A)
    choose_code(qtbot, panel, "Sense-making")
    assert codes(sitting).count("Sense-making") == 2
    qtbot.waitUntil(lambda: told == ["One passage was coded; 1 had that code already"])


def test_passages_that_have_the_code_already_keep_their_own_when_the_others_get_it(
    qtbot: QtBot, sitting: Sitting, panel: PassagesPanel
) -> None:
    told: list[str] = []
    sitting.told.connect(told.append)
    ask(qtbot, panel, coded(sitting, "Protest"))
    before = codes(sitting)
    (first,) = every(sitting, Coding, id=panel.model.coding_at(1))
    (coder,) = every(sitting, Person, id=first.coder)
    be(sitting, coder.name)
    mark(qtbot, panel, 1)
    press(qtbot, panel, Qt.Key.Key_A)
    choose_code(qtbot, panel, "Sense-making")
    mark(qtbot, panel, 1, 5)
    press(qtbot, panel, Qt.Key.Key_C)
    choose_code(qtbot, panel, "Sense-making")
    assert codes(sitting).count("Sense-making") == 2
    assert codes(sitting).count("Protest") == before.count("Protest") - 1
    qtbot.waitUntil(lambda: told == ["One passage has another code now; 1 had it already, and stayed as it was"])


def test_marked_codings_are_removed_in_one_step_and_the_next_is_pointed_to(
    qtbot: QtBot, sitting: Sitting, panel: PassagesPanel
) -> None:
    ask(qtbot, panel, coded(sitting, "Protest"))
    mark(qtbot, panel, 3, 4)
    press(qtbot, panel, Qt.Key.Key_Delete)
    wait(qtbot, panel)
    assert panel.filters.count.text() == "2 passages"
    assert panel.table.currentIndex().data(TEXT).startswith("applause")
    undo(qtbot, panel)
    assert panel.filters.count.text() == "4 passages"


def test_stance_is_added_to_all_that_is_marked(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel) -> None:
    ask(qtbot, panel, coded(sitting, "Protest"))
    before = len(every(sitting, Stance))
    mark(qtbot, panel, 1, 5)
    press(qtbot, panel, Qt.Key.Key_S)
    (dialog,) = panel.window().findChildren(StanceDialog)
    dialog.actor.setCurrentText("Lay panel")
    dialog.stance.choose(StanceName.GENERATES)
    dialog.term.setCurrentText("Whose coffee")
    dialog.accept()
    settle(qtbot, sitting)
    if dialog.isVisible():  # it asked whether new names are to be made
        dialog.accept()
        settle(qtbot, sitting)
    assert len(every(sitting, Stance)) == before + 2
    undo(qtbot, panel)
    assert len(every(sitting, Stance)) == before


def test_groups_concerned_are_added_to_all_that_is_marked(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel) -> None:
    ask(qtbot, panel, coded(sitting, "Protest"))
    marked = panel.model.coding_at(1), panel.model.coding_at(3)
    mark(qtbot, panel, 1, 3)
    press(qtbot, panel, Qt.Key.Key_W)
    (dialog,) = panel.window().findChildren(AddConcernsDialog)
    dialog.concerns.setText("Lay panel")
    dialog.accept()
    settle(qtbot, sitting)
    for coding in marked:
        assert any(one.constituent_group is not None for one in every(sitting, Concern, coding=coding))


def test_memo_is_about_the_coding_that_is_pointed_to(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel) -> None:
    ask(qtbot, panel, coded(sitting, "Protest"))
    mark(qtbot, panel, 1)
    coding = panel.table.pointed
    press(qtbot, panel, Qt.Key.Key_M)
    (dialog,) = panel.window().findChildren(MemoDialog)
    dialog.text.setPlainText("With good manners?")
    dialog.accept()
    settle(qtbot, sitting)
    (memo,) = every(sitting, Memo, about=coding)
    assert (memo.text, memo.about_kind) == ("With good manners?", "coding")


def test_nothing_can_be_changed_where_the_project_is_read_only(qtbot: QtBot, reading_sitting: Sitting) -> None:
    panel = PassagesPanel(reading_sitting)
    qtbot.addWidget(panel)
    panel.show()
    ask(qtbot, panel)
    assert not any(one.isEnabled() for one in panel.acts.changing)
    assert panel.acts.copy.isEnabled()


def test_head_stands_for_its_whole_group(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel) -> None:
    ask(qtbot, panel, coded(sitting, "Protest"))
    panel.table.point_to(2)
    assert len(panel.table.chosen) == 3
    arranged(qtbot, panel, Aspect.CODER)
    panel.table.selectAll()
    assert len(panel.table.chosen) == 4


# --- taking them elsewhere ---------------------------------------------------------------------------------------


def test_passages_are_copied_to_the_letter_with_citation_as_text_and_html(
    qtbot: QtBot, sitting: Sitting, panel: PassagesPanel
) -> None:
    ask(qtbot, panel, coded(sitting, "Protest"))
    mark(qtbot, panel, 1, 5)
    qtbot.keyClick(panel.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, sitting)
    copied = QGuiApplication.clipboard().mimeData()
    assert copied.text() == (
        "a protest with good manners\n[On the train; Wren (ethnographer); Launch, after; paragraph 1]\n\n"
        "applause \U0001f468\u200d\U0001f469\u200d\U0001f467\n"
        "[Plenary, Wren; Wren (ethnographer); Launch, Plenary, during; paragraph 2]"
    )
    assert "<blockquote><p>a protest with good manners</p></blockquote>" in copied.html()
    mark(qtbot, panel, 1)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(panel.table, Qt.Key.Key_C, both)
    settle(qtbot, sitting)
    assert QGuiApplication.clipboard().text().endswith("; coded as Protest by Wren]")


@pytest.mark.parametrize("ending", [".docx", ".md", ".csv"])
def test_list_is_exported_in_its_groups(
    qtbot: QtBot,
    sitting: Sitting,
    panel: PassagesPanel,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    ending: str,
) -> None:
    ask(qtbot, panel, coded(sitting, "Protest"))
    arranged(qtbot, panel, Aspect.CODER)
    panel.words.setText("lay")
    qtbot.waitUntil(lambda: not panel._typing.isActive())
    wait(qtbot, panel)
    target = tmp_path / f"list{ending}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (str(target), ""))
    panel.table.setFocus()
    with qtbot.waitSignal(panel.exported) as written:
        qtbot.keyClick(panel.table, Qt.Key.Key_E)
    assert written.args == [target]
    if ending == ".md":
        text = target.read_text("utf-8")
        assert "code: 'Protest'; words: 'lay'" in text or "words: lay" in text
        assert text.count("\n> ") == 2


# --- around them, and through them -------------------------------------------------------------------------------


def test_space_shows_the_paragraph_in_place_and_hides_it(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel) -> None:
    ask(qtbot, panel, coded(sitting, "Protest"))
    mark(qtbot, panel, 3)
    height = panel.table.rowHeight(3)
    panel.table.resize(200, 300)
    press(qtbot, panel, Qt.Key.Key_Space)
    whole = panel.model.index(3).data(UNFOLDED)
    assert whole.text == whole.passage.text
    assert whole.before.count("\n") == 0
    panel.grab()
    assert panel.table.rowHeight(3) > 0
    press(qtbot, panel, Qt.Key.Key_Space)
    assert panel.model.index(3).data(UNFOLDED) is None
    assert panel.table.rowHeight(3) == panel.table.rowHeight(1) >= height


def test_list_is_gone_through_from_the_text_and_keeps_its_place(qtbot: QtBot, project: OpenedProject) -> None:
    read, sitting = project.read, project.sitting
    read.list_passages(PassagesMeant("All", EVERYTHING))
    settle(qtbot, sitting)
    arranged(qtbot, read.passages, Aspect.SOURCE)
    read.passages.setFocus()
    codings = [read.passages.model.coding_at(row) for row in range(read.passages.model.rowCount())]
    expected = [one for one in codings if one is not None]
    read.passages.table.point_to(codings.index(expected[0]))
    qtbot.keyClick(read.passages.table, Qt.Key.Key_Return)
    settle(qtbot, sitting)
    passed = [read.surface.chosen]
    for _ in expected[1:]:
        assert read.surface.hasFocus()
        qtbot.keyClick(read.surface, Qt.Key.Key_F4)
        settle(qtbot, sitting)
        passed.append(read.surface.chosen)
        assert read.below.currentWidget() is read.passages
    assert passed == expected
    qtbot.keyClick(read.surface, Qt.Key.Key_F4)  # there is no next one
    settle(qtbot, sitting)
    assert read.surface.chosen == expected[-1]
    qtbot.keyClick(read.surface, Qt.Key.Key_F4, Qt.KeyboardModifier.ShiftModifier)
    settle(qtbot, sitting)
    assert read.surface.chosen == expected[-2]
    qtbot.wait(100)  # the codebook follows the coding, and leaves the list as it is
    settle(qtbot, sitting)
    assert read.passages.filters.count.text() == f"{len(expected)} passages"


def test_tour_goes_into_folded_groups(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel) -> None:
    ask(qtbot, panel, coded(sitting, "Protest"))
    panel.fold_all(folded=True)
    panel.table.point_to(1)
    opened: list[Any] = []
    sitting.place_wanted.connect(opened.append)
    panel.step(-1)
    settle(qtbot, sitting)
    assert rows(panel)[panel.table.currentIndex().row()] == "  a protest with good manners"
    panel.step(1)
    settle(qtbot, sitting)
    assert panel.table.currentIndex().data(TEXT).startswith("“Who is paid")
    assert len(opened) == 2


def test_passage_without_words_is_passed_on_the_tour(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel) -> None:
    act(qtbot, panel, lambda file: correct_source(file, source="Plenary, Ilse", edits=[(0, 50, "")]))
    ask(qtbot, panel, PassageFilter())
    opened: list[Any] = []
    sitting.place_wanted.connect(opened.append)
    panel.table.point_to(0)
    for _ in range(10):
        panel.step(1)
        settle(qtbot, sitting)
    assert len(opened) == 7


@pytest.fixture(autouse=True)
def nothing_left_open() -> Iterator[None]:
    """Choosers are windows of their own."""
    yield
    for one in QApplication.topLevelWidgets():
        if isinstance(one, CodeChooser):
            one.hide()
