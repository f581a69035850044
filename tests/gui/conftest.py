"""What tests of the window may ask for: an open project as the views hold it, and pictures of widgets."""

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from polyvocal.domain.ids import SourceId
from polyvocal.domain.records import Person, Source
from polyvocal.gui.app import let_go_of_clipboard
from polyvocal.gui.bus import Bus
from polyvocal.gui.settings import Settings
from polyvocal.gui.sitting import Me, Place, Sitting
from polyvocal.gui.theme import Theme
from polyvocal.gui.views.here import HerePanel
from polyvocal.gui.views.read import ReadView
from polyvocal.services.queries.reading import SourceToRead, source_to_read
from polyvocal.store.file import Mode, ProjectFile, open_project
from polyvocal.store.view import View

if TYPE_CHECKING:
    from polyvocal.gui.dialogs.import_files import ImportDialog
    from polyvocal.gui.opening import OpenedProject
    from polyvocal.gui.window import Window
    from tests.gui.import_steps import Opened

Panel = TypeVar("Panel", bound=HerePanel[Any, Any])


@pytest.fixture(autouse=True)
def collected_here() -> Iterator[None]:
    """Garbage is collected on this thread only, as in the program (polyvocal.gui.garbage)."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def clipboard_let_go() -> Iterator[None]:
    """As at the end of the program."""
    yield
    if QApplication.instance() is not None:
        let_go_of_clipboard()


@pytest.fixture(autouse=True)
def in_british_english() -> None:
    """Numbers and days are written alike on every machine."""
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))


@pytest.fixture
def settings(isolated_state: Path) -> Settings:
    """Settings of the test's own, all at their defaults."""
    return Settings()


@pytest.fixture
def theme(qapp: QApplication, settings: Settings) -> Theme:
    """The light theme unless the test chooses another."""
    theme = Theme(settings)
    theme.choose("light")
    return theme


@pytest.fixture
def sitting(small_project: ProjectFile, theme: Theme, settings: Settings) -> Iterator[Sitting]:
    """The small project (see `small_project`) at a window, with Oda as the coder."""
    yield from sitting_on(small_project, theme, settings, "Oda")


@pytest.fixture
def empty_sitting(project: ProjectFile, theme: Theme, settings: Settings) -> Iterator[Sitting]:
    """A project without anything in it, at a window; nobody said yet who codes."""
    yield from sitting_on(project, theme, settings, None)


@pytest.fixture
def reading_sitting(small_path: Path, theme: Theme, settings: Settings) -> Iterator[Sitting]:
    """The small project, opened for reading only."""
    with open_project(small_path, Mode.READ) as file:
        yield from sitting_on(file, theme, settings, None)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """A window to open dialogs over."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1200, 800)
    window.show()
    return window


@pytest.fixture
def main_window(qtbot: QtBot, settings: Settings, theme: Theme) -> Iterator["Window"]:
    """The window of the program, active, on its start page."""
    from polyvocal.gui.window import Window

    made = Window(settings, theme)
    qtbot.addWidget(made, before_close_func=lambda one: one.close_project())
    made.show()
    qtbot.waitActive(made)
    yield made
    made.close_project()


@pytest.fixture
def main_project(qtbot: QtBot, main_window: "Window", small_path: Path) -> "OpenedProject":
    """The small project in the window of the program, with Oda as the coder."""
    project = open_in(qtbot, main_window, small_path)
    be(project.sitting, "Oda")
    settle(qtbot, project.sitting)
    return project


def open_in(qtbot: QtBot, window: "Window", path: Path) -> "OpenedProject":
    """Open a project in the window, and wait until all of it is there."""
    before = window.project
    window.open_path(path)
    qtbot.waitUntil(lambda: window.project is not None and window.project is not before)
    project = window.project
    assert project is not None
    settle(qtbot, project.sitting)
    return project


def be(sitting: Sitting, name: str) -> None:
    """Let somebody of the project be the coder."""
    (person,) = sitting.bus.read(lambda view: view.find(Person, name=name))
    sitting.choose_coder(Me(person.id, person.name))


@pytest.fixture
def opened(qtbot: QtBot, window: QWidget, request: pytest.FixtureRequest) -> "Opened":
    """Opens the import window on files, over a window (see `Opened`)."""
    from tests.gui.import_steps import open_on  # only tests of that window need it

    def opens(*paths: Path, at: Sitting | None = None) -> "ImportDialog":
        return open_on(qtbot, at or request.getfixturevalue("sitting"), window, *paths)

    return opens


def sitting_on(file: ProjectFile, theme: Theme, settings: Settings, coder: str | None) -> Iterator[Sitting]:
    """A sitting on a project, by a coder who is there."""
    bus = Bus(file)
    sitting = Sitting(bus, theme, settings)
    if coder is not None:
        be(sitting, coder)
    yield sitting
    bus.close()


def settle(qtbot: QtBot, sitting: Sitting) -> None:
    """Wait until every act that was begun is done, and every question that was asked is answered."""
    bus = sitting.bus
    qtbot.waitUntil(lambda: bus.under_way == 0 and bus.open_questions == 0)


def source_named(sitting: Sitting, title: str) -> SourceToRead:
    """A source as the window reads it."""

    def read(view: View) -> SourceToRead | None:
        (found,) = view.find(Source, title=title)
        return source_to_read(view, found.id, None)

    found = sitting.bus.read(read)
    assert found is not None
    return found


def shown_about(qtbot: QtBot, sitting: Sitting, panel: Panel, source: SourceToRead | None) -> Panel:
    """A panel that stands below the text, shown by itself, about a source."""
    qtbot.addWidget(panel)
    panel.resize(960, 240)
    panel.show()
    panel.show_source(source)
    settle(qtbot, sitting)
    return panel


def read_view(qtbot: QtBot, sitting: Sitting, source: SourceId) -> ReadView:
    """The Read view with a source open."""
    view = ReadView(sitting)
    qtbot.addWidget(view)
    view.resize(1200, 800)
    view.show()
    view.open_place(Place(source))
    settle(qtbot, sitting)
    return view


def picture(widget: QWidget, path: Path) -> Path:
    """Save what a widget looks like."""
    assert widget.grab().save(str(path))
    return path
