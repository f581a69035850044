"""How quick the Read view is under the hand: opening a long account, scrolling, jumping, coding, widening, zooming.

Each size is measured in a process of its own, so that its memory is that of the size alone: `python -m tests.bench.hand
PROJECT`.
"""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import psutil

from tests.bench.at_the_window import AtTheWindow, at_the_window
from tests.bench.window import middle_and_high

ACTS, OPENINGS, FRAMES, JUMPS, WIDTHS = 60, 9, 200, 40, 9

Row = tuple[str, str, str]


class Reach(NamedTuple):
    """What is to be reached, in milliseconds and MB."""

    opened: int
    frame: int
    jump: int
    act: int
    resized: int
    memory: int


def hand_rows(project: Path, size: str, reach: Reach, environ: Mapping[str, str]) -> Iterator[Row]:
    """The figures of one project on one of the `screens`, as (what, measured, reach)."""
    command = [sys.executable, "-m", "tests.bench.hand", str(project)]
    run = subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=1_200, env={**os.environ, **environ})
    told: dict[str, Any] = json.loads(run.stdout)
    for name, limit, whole in (
        ("open to painted", reach.opened, True),
        ("scroll frame", reach.frame, False),
        ("jump to the middle", reach.jump, True),
        ("add a coding, key to committed and repainted", reach.act, False),
        ("move the end of a coding", reach.act, False),
        ("remove a coding", reach.act, False),
        ("resize", reach.resized, True),
        ("zoom", reach.resized, True),
    ):
        if name in told:
            middle, high = middle_and_high(told[name])
            words = f"at most {limit} ms" if whole else f"p95 at most {limit} ms"
            yield f"{size}: {name}", f"{middle:.1f} ms, p95 {high:.1f}", words
    yield f"{size}: memory on top of the empty view", f"{told['memory']:.0f} MB", f"at most {reach.memory} MB"


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _measure(project: Path) -> dict[str, Any]:
    from PySide6.QtWidgets import QApplication

    told: dict[str, Any] = {}
    process = psutil.Process()
    with at_the_window(project) as seat:
        read, surface = seat.read, seat.read.surface
        seat.open(seat.short)
        seat.settle()
        empty = process.memory_info().rss
        opened = []
        for number in range(OPENINGS):
            opened.append(seat.open(seat.long))
            seat.settle()
            if number == 0:
                told["memory"] = (process.memory_info().rss - empty) / 1e6
            seat.open(seat.short)
        told["open to painted"] = opened
        seat.open(seat.long)
        seat.settle()
        told.update(_acts(seat))
        bar = surface.verticalScrollBar()
        chance = random.Random(3)

        def frame(value: int) -> None:
            bar.setValue(value)
            seat.paint()

        frames = []
        for place in (0.1, 0.4, 0.7, 0.9):
            top = int(bar.maximum() * place)
            frame(top)
            frames += [_timed(lambda at=top + 40 * step: frame(at)) for step in range(FRAMES // 4)]  # type: ignore[misc]
        told["scroll frame"] = frames

        def jump(offset: int) -> None:
            surface.go_to(offset)
            seat.paint()

        size = surface.offsets.size
        told["jump to the middle"] = [
            _timed(lambda at=size // 3 + chance.randrange(size // 3): jump(at))  # type: ignore[misc] # noqa: B008
            for _ in range(JUMPS)
        ]

        def resize(width: int) -> None:
            read.resize(width, 900)
            QApplication.processEvents()
            seat.paint()

        told["resize"] = [_timed(lambda to=1440 - 40 * (n % 2 + 1): resize(to)) for n in range(WIDTHS)]  # type: ignore[misc]

        def zoom(step: int) -> None:
            theme = read.sitting.theme
            theme.set_text_size(theme.text_size + step)
            QApplication.processEvents()
            seat.paint()

        told["zoom"] = [_timed(lambda by=1 if n % 2 else -1: zoom(by)) for n in range(WIDTHS)]  # type: ignore[misc]
    return told


def _acts(seat: AtTheWindow) -> dict[str, list[float]]:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from polyvocal.domain.around import Piece
    from polyvocal.domain.spans import Span
    from polyvocal.gui.surface.ends import End

    surface, chooser = seat.read.surface, seat.read.coding.chooser
    added, moved, removed = [], [], []
    length = surface.offsets.size
    for number in range(ACTS):
        seat.settle()
        start = length * (number + 1) // (ACTS + 2)
        surface.go_to(start)
        surface.select(Span(start, start + 40))
        QTest.keyClick(surface, Qt.Key.Key_Return)
        chooser.line.setText(f"code {number:03}")
        before = len(surface.index)
        seat.settle()
        began = time.perf_counter()
        # the view paints what was coded before it gives the turn back (TextSurface.paint_now)
        QTest.keyClick(chooser.line, Qt.Key.Key_Return)
        seat.until(lambda before=before: len(surface.index) > before)  # type: ignore[misc]
        added.append(time.perf_counter() - began)
        seat.settle()
        began = time.perf_counter()
        surface.ends.nudge(End.END, Piece.WORD, forward=True)
        seat.until(lambda: seat.bus.under_way == 0)
        seat.paint()
        moved.append(time.perf_counter() - began)
        seat.settle()
        began = time.perf_counter()
        seat.read.acts.remove.trigger()
        seat.until(lambda before=before: len(surface.index) == before)  # type: ignore[misc]
        seat.paint()
        removed.append(time.perf_counter() - began)
    seat.settle()
    return {
        "add a coding, key to committed and repainted": added,
        "move the end of a coding": moved,
        "remove a coding": removed,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_measure(Path(sys.argv[1]))))
