"""Steps that tests of the whole window take: open a project in it, be a coder, code words."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from polyvocal.domain.records import Coding, Person, Source
from polyvocal.domain.spans import Span
from polyvocal.gui.opening import OpenedProject
from polyvocal.gui.settings import Settings
from polyvocal.gui.sitting import Me, Place
from polyvocal.gui.theme import Theme
from polyvocal.gui.window import Window

Opened = Callable[[Path], OpenedProject]


@pytest.fixture
def window(qtbot: QtBot, settings: Settings, theme: Theme) -> Iterator[Window]:
    """The window with its start page, on the screen."""
    made = Window(settings, theme)
    qtbot.addWidget(made, before_close_func=lambda one: one.close_project())
    made.show()
    yield made
    made.close_project()


@pytest.fixture
def opened(qtbot: QtBot, window: Window) -> Opened:
    """Opens a project in the window, and waits until it is there."""

    def go(path: Path) -> OpenedProject:
        before = window.project
        window.open_path(path)
        qtbot.waitUntil(lambda: window.project is not None and window.project is not before)
        project = window.project
        assert project is not None
        wait(qtbot, project)
        return project

    return go


def wait(qtbot: QtBot, project: OpenedProject) -> None:
    """Until every act is done and every question answered."""
    bus = project.sitting.bus
    qtbot.waitUntil(lambda: bus.under_way == 0 and bus.open_questions == 0)


def on_screen(qtbot: QtBot, kind: type[QDialog]) -> QDialog:
    """The dialog of a kind that is on the screen."""

    def found() -> list[QDialog]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]

    qtbot.waitUntil(lambda: bool(found()))
    return found()[-1]


def be(project: OpenedProject, name: str) -> None:
    """Let somebody of the project be the coder."""
    (person,) = project.sitting.bus.read(lambda view: view.find(Person, name=name))
    project.sitting.choose_coder(Me(person.id, person.name))


def code_words(qtbot: QtBot, project: OpenedProject, words: str, code: str) -> None:
    """Select words of the source that is shown, type a code's name, Enter."""
    surface, chooser = project.read.surface, project.read.coding.chooser
    start = surface.text.index(words)
    surface.select(Span(start, start + len(words)))
    qtbot.keyClick(surface, Qt.Key.Key_Return)
    qtbot.keyClicks(chooser.line, code)
    qtbot.keyClick(chooser.line, Qt.Key.Key_Return)
    wait(qtbot, project)


def show_plenary(qtbot: QtBot, window: Window, project: OpenedProject) -> None:
    """Show Wren's account of the plenary."""
    (source,) = project.sitting.bus.read(lambda view: view.find(Source, title="Plenary, Wren"))
    window.open_place(Place(source.id))
    wait(qtbot, project)


def codings(project: OpenedProject) -> int:
    """How many codings there are."""
    return project.sitting.bus.read(lambda view: view.count(Coding))
