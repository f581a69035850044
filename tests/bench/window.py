"""Measures of the window: how long until it can be used, how much memory it takes.

Each start is a process of its own; the same file is run for it: `python -m tests.bench.window start PROJECT`.
"""

import gc
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import psutil

BEGAN = "POLYVOCAL_BENCH_BEGAN"
"""When the parent started this process, in seconds since the epoch."""

STARTS = 7

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
    for one in ("polyvocal.cli.main", "polyvocal.cli.windowing", "polyvocal.store.file"):  # as the command does
        import_module(one)
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


if __name__ == "__main__":
    if sys.argv[1] == "empty":
        _empty()
    else:
        _start(Path(sys.argv[2]))
