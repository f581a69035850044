"""The passages of a code in the Read view: what the list says of a code without any, and the way to the text."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from polyvocal.domain.records import Code
from polyvocal.gui.opening import OpenedProject
from polyvocal.gui.settings import Settings
from polyvocal.gui.theme import Theme
from polyvocal.gui.views.passages import PassagesPanel
from polyvocal.gui.window import Window
from tests.gui.conftest import settle


@pytest.fixture
def project(qtbot: QtBot, settings: Settings, theme: Theme, small_path: Path) -> Iterator[OpenedProject]:
    """The small project in the window, with the passages of the code below the text."""
    made = Window(settings, theme)
    qtbot.addWidget(made, before_close_func=lambda one: one.close_project())
    made.show()
    qtbot.waitActive(made)
    made.open_path(small_path)
    qtbot.waitUntil(lambda: made.project is not None)
    opened = made.project
    assert opened is not None
    settle(qtbot, opened.sitting)
    opened.read.below.setCurrentWidget(opened.read.passages)
    yield opened
    made.close_project()


def listed(qtbot: QtBot, project: OpenedProject, code: str) -> PassagesPanel:
    """Point to a code in the codebook, and wait for its passages."""
    (found,) = project.sitting.bus.read(lambda view: view.find(Code, name=code))
    project.read.codebook.point_to(found.id)
    settle(qtbot, project.sitting)
    return project.read.passages


def first(panel: PassagesPanel) -> QModelIndex:
    """The first passage, behind the head of its source."""
    return panel.model.index(1)


def test_code_without_passages_says_so(qtbot: QtBot, project: OpenedProject) -> None:
    panel = listed(qtbot, project, "Sense-making")
    assert panel.filters.count.text() == "0 passages"
    assert panel.empty.words.isVisible()
    assert panel.empty.words.text() == "No passages. Nothing is coded like this yet: Code: Sense-making."


@pytest.mark.parametrize("way", ["double click", "Enter"])
def test_passage_of_the_list_is_opened_in_the_text(qtbot: QtBot, project: OpenedProject, way: str) -> None:
    panel = listed(qtbot, project, "Protest")
    settle(qtbot, project.sitting)
    index = first(panel)
    panel.table.scrollTo(index)
    settle(qtbot, project.sitting)
    shown = panel.model.passage_at(index.row())
    assert shown is not None
    if way == "Enter":
        panel.setFocus()
        assert panel.table.hasFocus()
        panel.table.setCurrentIndex(index)
        qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    else:
        place = panel.table.visualRect(index).center()
        qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle(qtbot, project.sitting)
    surface = project.read.surface
    assert surface.chosen == shown.passage.id
    assert surface.text[shown.passage.start : shown.passage.end] == shown.passage.text
