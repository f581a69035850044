"""Measures of the Codebook view: how quick its filter is under the hand."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.window import QUIET, Row, middle_and_high

CODES, BELOW = 500, 9
"""So many codes, in families: one, and so many below it."""
WORDS = ("protest", "assent", "silence", "humour", "time", "reward", "story", "number", "ward", "table")
TYPED = ("p", "pr", "pro", "prot", "t", "ta", "tab", "tabl", "s", "st", "story 4", "ward", "zz", "")


def codebook_rows(folder: Path) -> Iterator[Row]:
    """The figures of a codebook of 500 codes, as (what, measured, reach)."""
    from PySide6.QtWidgets import QApplication

    from polyvocal.gui.app import application
    from polyvocal.gui.bus import Bus
    from polyvocal.gui.settings import Settings
    from polyvocal.gui.sitting import Sitting
    from polyvocal.gui.theme import Theme
    from polyvocal.gui.views.codebook_view import CodebookView
    from polyvocal.services.commands.code_import import CodeDraft, import_codes
    from polyvocal.store.file import create_project

    os.environ.update(QUIET, QT_QPA_PLATFORM="offscreen")
    application()
    settings = Settings(folder / "codebook.ini")
    names = [f"{WORDS[number % len(WORDS)]} {number} of {WORDS[number * 7 % len(WORDS)]}" for number in range(CODES)]
    drafts = [
        CodeDraft(name, number - number % (BELOW + 1) if number % (BELOW + 1) else None)
        for number, name in enumerate(names)
    ]
    with create_project(folder / "codebook.polyvocal", title="Codebook", approach=None) as file:
        import_codes(file, drafts)
        bus = Bus(file)
        view = CodebookView(Sitting(bus, Theme(settings), settings))
        view.resize(1440, 900)
        view.show()
        while bus.open_questions or len(view.list.codes) < CODES:
            QApplication.processEvents()
        pressed = []
        for _ in range(4):
            for typed in TYPED:
                began = time.perf_counter()
                view.list.filter.setText(typed)
                view.tree.viewport().repaint()
                pressed.append(time.perf_counter() - began)
                while bus.open_questions:
                    QApplication.processEvents()
        middle, high = middle_and_high(pressed)
        yield (
            f"filter a codebook of {CODES} codes, a keystroke to painted",
            f"{middle:.1f} ms, p95 {high:.1f}",
            "at most 16 ms",
        )
        bus.close()
