"""The Read view of a project, as one who sits at the window has it before them; what the measures under the hand share."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.synthetic import LONG, SHORT
from tests.bench.window import QUIET

if TYPE_CHECKING:
    from polyvocal.domain.ids import SourceId
    from polyvocal.gui.bus import Bus
    from polyvocal.gui.views.read import ReadView


class AtTheWindow:
    """The view, the ids of the long and the short source, and waiting for what the bus does."""

    def __init__(self, read: "ReadView", bus: "Bus", long: "SourceId", short: "SourceId") -> None:
        self.read, self.bus, self.long, self.short = read, bus, long, short

    def until(self, done: Callable[[], bool]) -> None:
        """Go on as the window would until something is so."""
        from PySide6.QtWidgets import QApplication

        while not done():
            QApplication.processEvents()
            time.sleep(0.0002)  # as the window would, let the other threads go on

    def settle(self) -> None:
        """Wait until nothing is under way."""
        self.until(lambda: self.bus.under_way == 0 and self.bus.open_questions == 0)

    def paint(self) -> None:
        """Paint the text and what is beside it now."""
        self.read.surface.viewport().repaint()
        self.read.surface.margin.repaint()

    def open(self, identity: "SourceId") -> float:
        """Open a source, and give the seconds until it was painted."""
        from polyvocal.gui.sitting import Place

        self.settle()
        began = time.perf_counter()
        self.read.open_place(Place(identity))
        self.until(lambda: self.read.source is not None and self.read.source.source.id == identity)
        self.read.repaint()
        self.paint()
        return time.perf_counter() - began


@contextmanager
def at_the_window(project: Path) -> Iterator[AtTheWindow]:
    """Open a project that `write_long_source` has filled, with somebody who codes."""
    from polyvocal.domain.records import Person, Source
    from polyvocal.gui.app import application
    from polyvocal.gui.bus import Bus
    from polyvocal.gui.settings import Settings
    from polyvocal.gui.sitting import Me, Sitting
    from polyvocal.gui.theme import Theme
    from polyvocal.gui.views.read import ReadView
    from polyvocal.store.file import Mode, open_project

    os.environ.update(QUIET)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application()
    settings = Settings(project.with_suffix(".ini"))
    with open_project(project, Mode.WRITE) as file:
        bus = Bus(file)
        sitting = Sitting(bus, Theme(settings), settings)
        with file.view() as view:
            person = view.all(Person)[0]
            long, short = (view.find(Source, title=title)[0].id for title in (LONG, SHORT))
        sitting.choose_coder(Me(person.id, person.name))
        read = ReadView(sitting)
        read.resize(1440, 900)
        read.show()
        seat = AtTheWindow(read, bus, long, short)
        seat.settle()
        yield seat
        seat.settle()
        bus.close()
