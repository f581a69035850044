"""Measures of the window: how long until it can be used, how much memory it takes, how quick it is under the hand.

Each start is a process of its own; the same file is run for it: `python -m tests.bench.window start PROJECT`.
"""

import gc
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import psutil

from tests.bench.synthetic import LONG, SHORT

BEGAN = "POLYVOCAL_BENCH_BEGAN"
"""When the parent started this process, in seconds since the epoch."""

STARTS, ACTS, OPENINGS = 7, 60, 9

Row = tuple[str, str, str]


def middle_and_high(seconds: list[float]) -> tuple[float, float]:
    """The median and the 95th percentile, in milliseconds."""
    ordered = sorted(seconds)
    return statistics.median(ordered) * 1000, ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))] * 1000


QUIET = {"QT_LOGGING_RULES": "default.warning=false"}
"""The offscreen platform complains of having no window manager, at every window."""


# --- starting --------------------------------------------------------------------------------------------------------


def starts(project: Path | None) -> tuple[list[float], float]:
    """(seconds from the start of the process until it can be used, of several starts; MB of the last one).

    Without a project: an empty window of Qt, the baseline.
    """
    seconds, megabytes = [], 0.0
    for number in range(STARTS + 1):
        command = [sys.executable, "-m", "tests.bench.window", *(("start", str(project)) if project else ("empty",))]
        environ = {**os.environ, **QUIET, "QT_QPA_PLATFORM": "offscreen", BEGAN: repr(time.time())}
        told = subprocess.run(command, env=environ, stdout=subprocess.PIPE, check=True, timeout=120).stdout.split()
        megabytes = float(told[1])
        if number:  # the first fills the caches
            seconds.append(float(told[0]))
    return seconds, megabytes


def window_rows(name: str, project: Path, reach: tuple[str, str]) -> Iterator[Row]:
    """The figures of starting on a project, as (what, measured, reach); `reach` are those of time and memory."""
    empty, empty_memory = starts(None)
    ours, memory = starts(project)
    (middle, high), (base, _) = middle_and_high(ours), middle_and_high(empty)
    yield (
        f"window on {name}, process start to interactive",
        f"{middle:.0f} ms, p95 {high:.0f} ({middle / base:.1f}x of an empty window's {base:.0f})",
        reach[0],
    )
    yield (
        f"  memory of the window on {name}",
        f"{memory:.0f} MB ({memory / empty_memory:.1f}x of {empty_memory:.0f})",
        reach[1],
    )


def _tell() -> None:
    seconds = time.time() - float(os.environ[BEGAN])
    sys.stdout.write(f"{seconds:.4f} {psutil.Process().memory_info().rss / 1e6:.1f}\n")
    sys.stdout.flush()


def _empty() -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    window.resize(1440, 900)
    window.show()

    def done() -> None:
        _tell()
        app.quit()

    QTimer.singleShot(0, done)
    app.exec()


def _start(project: Path) -> None:
    import_module("polyvocal.cli.main")  # as the command does before the window
    gc.disable()
    from polyvocal.gui.app import application, open_window

    app = application()
    window = open_window(project)

    def done() -> None:
        window.repaint()
        _tell()
        window.close()
        app.quit()

    window.opened.connect(done)
    app.exec()


# --- under the hand --------------------------------------------------------------------------------------------------


def hand_rows(project: Path) -> Iterator[Row]:
    """The figures of reading and coding the long source of a project: opening it to painted, and adding a coding."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from polyvocal.domain.records import Person, Source
    from polyvocal.domain.spans import Span
    from polyvocal.gui.app import application
    from polyvocal.gui.bus import Bus
    from polyvocal.gui.settings import Settings
    from polyvocal.gui.sitting import Me, Place, Sitting
    from polyvocal.gui.theme import Theme
    from polyvocal.gui.views.read import ReadView
    from polyvocal.store.file import Mode, open_project

    os.environ.update(QUIET, QT_QPA_PLATFORM="offscreen")
    application()
    settings = Settings(project.with_suffix(".ini"))
    with open_project(project, Mode.WRITE) as file:
        bus = Bus(file)
        sitting = Sitting(bus, Theme(settings), settings)
        with file.view() as view:
            person = view.all(Person)[0]
            wanted = view.find(Source, title=LONG)[0].id
            other = view.find(Source, title=SHORT)[0].id
        sitting.choose_coder(Me(person.id, person.name))
        read = ReadView(sitting)
        read.resize(1440, 900)
        read.show()

        def until(done: Callable[[], bool]) -> None:
            while not done():
                QApplication.processEvents()
                time.sleep(0.0002)  # as the window would, let the other threads go on

        def settle() -> None:
            until(lambda: bus.under_way == 0 and bus.open_questions == 0)

        def open_it(identity: object) -> float:
            settle()
            began = time.perf_counter()
            read.open_place(Place(identity))  # type: ignore[arg-type]
            until(lambda: read.source is not None and read.source.source.id == identity)
            read.repaint()
            read.surface.viewport().repaint()
            read.surface.margin.repaint()
            return time.perf_counter() - began

        settle()
        opened = []
        for _ in range(OPENINGS):
            open_it(other)
            opened.append(open_it(wanted))
        middle, high = middle_and_high(opened)
        size = f"{read.source.version.words:,} words, {len(read.surface.index):,} codings" if read.source else ""
        yield f"open a source of {size} to painted", f"{middle:.0f} ms, p95 {high:.0f}", "at most 100 ms"

        coded = []
        length = read.surface.offsets.size
        for number in range(ACTS):
            settle()
            start = length * (number + 1) // (ACTS + 2)
            read.surface.go_to(start)
            read.surface.select(Span(start, start + 40))
            QTest.keyClick(read.surface, Qt.Key.Key_Return)
            read.coding.chooser.line.setText(f"code {number:03}")
            before = len(read.surface.index)
            settle()
            began = time.perf_counter()
            # the view paints what was coded before it gives the turn back (TextSurface.paint_now)
            QTest.keyClick(read.coding.chooser.line, Qt.Key.Key_Return)
            until(lambda before=before: len(read.surface.index) > before)  # type: ignore[misc]
            coded.append(time.perf_counter() - began)
        middle, high = middle_and_high(coded)
        yield (
            "  a further coding there, key to committed and repainted",
            f"{middle:.1f} ms, p95 {high:.1f}",
            "p95 at most 25 ms",
        )
        settle()
        bus.close()


if __name__ == "__main__":
    if sys.argv[1] == "empty":
        _empty()
    else:
        _start(Path(sys.argv[2]))
