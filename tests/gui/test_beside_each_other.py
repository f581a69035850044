"""Two texts side by side in the Read view: what is done is done to the one that the keys went to last."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from polyvocal.gui.sitting import Place, Sitting
from polyvocal.gui.views.read import ReadView
from tests.conftest import TEXTS
from tests.gui.conftest import settle
from tests.gui.read_steps import PAID, PLENARY, passages, select, shown, source_named

OTHER = next(title for title in TEXTS if title != PLENARY)


@pytest.fixture
def read(qtbot: QtBot, sitting: Sitting) -> ReadView:
    """Wren's plenary, and another source beside it, which is the active one."""
    view = shown(qtbot, sitting, PLENARY)
    view.acts.beside.trigger()
    settle(qtbot, sitting)
    view.open_place(Place(source_named(sitting, OTHER).id, 0))
    settle(qtbot, sitting)
    return view


def titles(read: ReadView) -> list[str | None]:
    panes = [read.main, read.beside]
    return [pane.source.source.title if pane and pane.source else None for pane in panes]


def test_second_text_is_at_first_the_same_at_the_same_place(qtbot: QtBot, sitting: Sitting) -> None:
    read = shown(qtbot, sitting, PLENARY)
    at = select(read, PAID).start
    read.surface.go_to(at)
    read.acts.beside.trigger()
    settle(qtbot, sitting)
    assert titles(read) == [PLENARY, PLENARY]
    assert read.beside is not None
    assert read.beside.surface.offset == at
    assert read.beside.width() == pytest.approx(read.main.width(), rel=0.1)


def test_source_is_opened_in_the_text_that_the_keys_went_to_last(
    qtbot: QtBot, read: ReadView, sitting: Sitting
) -> None:
    assert titles(read) == [PLENARY, OTHER]
    read.main.surface.setFocus()
    read.open_place(Place(source_named(sitting, OTHER).id))
    settle(qtbot, sitting)
    assert titles(read) == [OTHER, OTHER]


def test_words_are_coded_in_the_active_text_and_both_show_it(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    read.main.surface.setFocus()
    read.open_place(Place(source_named(sitting, OTHER).id))
    settle(qtbot, sitting)
    assert read.beside is not None
    read.beside.surface.setFocus()
    before = len(passages(sitting, OTHER))
    words = read.surface.text.split(".")[0]
    select(read, words)
    read.coding.code_selection("a new code")
    settle(qtbot, sitting)
    assert len(passages(sitting, OTHER)) == before + 1
    assert {mark.id for mark in read.main.surface.index} == {mark.id for mark in read.beside.surface.index}
    assert [mark.code for mark in read.here.model.marks]
    assert read.beside.surface.chosen is not None
    assert read.main.surface.chosen is None


def test_lists_below_are_about_the_active_text(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    read.main.surface.setFocus()
    select(read, PAID)
    there = [mark.id for mark in read.here.model.marks]
    assert there
    assert read.beside is not None
    read.beside.surface.setFocus()
    settle(qtbot, sitting)
    assert [mark.id for mark in read.here.model.marks] != there
    read.main.surface.setFocus()
    assert [mark.id for mark in read.here.model.marks] == there


def test_second_text_is_closed_by_its_button_and_the_first_stays(
    qtbot: QtBot, read: ReadView, sitting: Sitting
) -> None:
    assert read.beside is not None
    qtbot.mouseClick(read.beside.head.close_button, Qt.MouseButton.LeftButton)
    settle(qtbot, sitting)
    assert titles(read) == [PLENARY, None]
    assert read.active is read.main
    qtbot.waitUntil(lambda: read.main.width() == read.texts.width())
    assert select(read, PAID)


def test_text_of_the_second_is_corrected_in_the_first(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    assert read.beside is not None
    read.acts.correct.trigger()
    settle(qtbot, sitting)
    assert read.correcting.is_open
    assert read.correcting.editor.log.text == TEXTS[OTHER]
    assert not read.beside.isEnabled()


def test_text_that_acts_go_to_is_marked_while_the_keys_are_elsewhere(read: ReadView) -> None:
    assert read.beside is not None
    read.codebook.tree.setFocus()
    assert (read.main.line.is_marked, read.beside.line.is_marked) == (False, True)
