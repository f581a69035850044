"""Measures of the command palette in a project of very many sources: opening it, and each letter that is typed."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench.window import QUIET, Row, middle_and_high

TYPED = ("t", "ta", "tab", "tabl", "table 77", "nowhere to be found")
ROUNDS = 12


def palette_rows(project_path: Path, reach: tuple[str, str]) -> Iterator[Row]:
    """The figures of the palette, as (what, measured, reach); `reach` are those of opening and of a letter."""
    from PySide6.QtWidgets import QApplication

    from polyvocal.gui.app import application
    from polyvocal.gui.settings import Settings
    from polyvocal.gui.theme import Theme
    from polyvocal.gui.window import Window

    os.environ.update(QUIET, QT_QPA_PLATFORM="offscreen")
    application()
    settings = Settings(project_path.with_suffix(".ini"))
    window = Window(settings, Theme(settings))
    window.show()
    window.open_path(project_path)

    def until(done: Callable[[], bool]) -> None:
        while not done():
            QApplication.processEvents()
            time.sleep(0.0002)

    def settle() -> None:
        until(lambda: window.project is not None and not window.project.sitting.bus.open_questions)

    opened, typed = [], []
    settle()
    window.menus.palette.trigger()  # the first time it is made
    palette = window.shell.palette
    assert palette is not None
    for _ in range(ROUNDS):
        palette.hide()
        settle()
        began = time.perf_counter()
        window.menus.palette.trigger()
        palette.repaint()
        opened.append(time.perf_counter() - began)
        settle()
        for words in TYPED:
            began = time.perf_counter()
            palette.line.setText(words)
            palette.repaint()
            typed.append(time.perf_counter() - began)
    names = len(palette.names)
    window.close()
    for what, seconds, figure in (("open the palette", opened, reach[0]), ("  a letter in it", typed, reach[1])):
        middle, high = middle_and_high(seconds)
        yield f"{what} over {names:,} names", f"{middle:.0f} ms, p95 {high:.0f}", figure
