"""How long it takes to correct a long account at the window: a keystroke to painted, saving and being back."""

import random
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.at_the_window import at_the_window
from tests.bench.window import middle_and_high

KEYSTROKES, SAVINGS = 300, 5
KEPT_AFTER = 5
"""After so many keys a draft is kept: far more often than the window does."""

Row = tuple[str, str, str]


def correcting_rows(project: Path, size: str, reach: tuple[str, str]) -> Iterator[Row]:
    """The figures of correcting the long source of a project: (what, measured, reach) of a keystroke and of saving."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from polyvocal.domain.spans import Span
    from polyvocal.gui.dialogs.save_correction import SaveCorrectionDialog

    with at_the_window(project) as seat:
        read = seat.read
        seat.open(seat.long)
        seat.settle()
        chance = random.Random(7)
        struck: list[float] = []
        beside: list[float] = []  # of these, while a draft was being kept
        saved: list[float] = []
        keys = [
            Qt.Key.Key_E,
            Qt.Key.Key_E,
            Qt.Key.Key_Space,
            Qt.Key.Key_Return,
            Qt.Key.Key_Backspace,
            Qt.Key.Key_Delete,
        ]
        for _ in range(SAVINGS):
            read.drafts.correct()
            editor = read.correcting.editor
            for number in range(KEYSTROKES // SAVINGS):
                if number % 6 == 0:  # the hand goes elsewhere
                    at = chance.randrange(len(editor.log.text))
                    editor.select(Span(at, at))
                    QApplication.processEvents()
                keeping = number % KEPT_AFTER == KEPT_AFTER - 1
                if keeping:
                    read.correcting.keeper.keep()
                key = chance.choice(keys)
                began = time.perf_counter()
                QTest.keyClick(editor, key)
                editor.viewport().repaint()
                (beside if keeping else struck).append(time.perf_counter() - began)
                QApplication.processEvents()
            read.correcting.save()
            form = next(one for one in QApplication.topLevelWidgets() if isinstance(one, SaveCorrectionDialog))
            began = time.perf_counter()
            form.accept()
            seat.until(lambda: not read.correcting.is_open)
            seat.paint()
            saved.append(time.perf_counter() - began)
            seat.settle()
        middle, high = middle_and_high(struck)
        yield f"correct a source of {size}, key to painted", f"{middle:.1f} ms, p95 {high:.1f}", reach[0]
        middle, high = middle_and_high(beside)
        yield "  the key after a draft began to be kept", f"{middle:.1f} ms, p95 {high:.1f}", reach[0]
        middle, high = middle_and_high(saved)
        yield "  save it as a version, to the text read again", f"{middle:.0f} ms, highest {high:.0f}", reach[1]
