"""What tests of the window may ask for: an open project as the views hold it, and pictures of widgets."""

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from polyvocal.domain.records import Person
from polyvocal.gui.bus import Bus
from polyvocal.gui.settings import Settings
from polyvocal.gui.sitting import Me, Sitting
from polyvocal.gui.theme import Theme
from polyvocal.store.file import Mode, ProjectFile, open_project

if TYPE_CHECKING:
    from polyvocal.gui.dialogs.import_files import ImportDialog
    from tests.gui.import_steps import Opened


@pytest.fixture(autouse=True)
def collected_here() -> Iterator[None]:
    """Garbage is collected on this thread only, as in the program (polyvocal.gui.garbage)."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


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
        with file.view() as view:
            (person,) = view.find(Person, name=coder)
        sitting.choose_coder(Me(person.id, person.name))
    yield sitting
    bus.close()


def settle(qtbot: QtBot, sitting: Sitting) -> None:
    """Wait until every act that was begun is done, and every question that was asked is answered."""
    bus = sitting.bus
    qtbot.waitUntil(lambda: bus.under_way == 0 and bus.open_questions == 0)


def picture(widget: QWidget, path: Path) -> Path:
    """Save what a widget looks like."""
    assert widget.grab().save(str(path))
    return path
