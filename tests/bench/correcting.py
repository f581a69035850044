"""How long it takes to correct a long account at the window: a keystroke to painted, saving and being back."""

import os
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench.synthetic import LONG
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

    from polyvocal.domain.records import Person, Source
    from polyvocal.domain.spans import Span
    from polyvocal.gui.app import application
    from polyvocal.gui.bus import Bus
    from polyvocal.gui.dialogs.save_correction import SaveCorrectionDialog
    from polyvocal.gui.settings import Settings
    from polyvocal.gui.sitting import Me, Place, Sitting
    from polyvocal.gui.theme import Theme
    from polyvocal.gui.views.read import ReadView
    from polyvocal.store.file import Mode, open_project

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application()
    settings = Settings(project.with_suffix(".ini"))
    with open_project(project, Mode.WRITE) as file:
        bus = Bus(file)
        sitting = Sitting(bus, Theme(settings), settings)
        with file.view() as view:
            person, source = view.all(Person)[0], view.find(Source, title=LONG)[0].id
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

        settle()
        read.open_place(Place(source))
        settle()
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
            until(lambda: not read.correcting.is_open)
            read.surface.viewport().repaint()
            read.surface.margin.repaint()
            saved.append(time.perf_counter() - began)
            settle()
        middle, high = middle_and_high(struck)
        yield f"correct a source of {size}, key to painted", f"{middle:.1f} ms, p95 {high:.1f}", reach[0]
        middle, high = middle_and_high(beside)
        yield "  the key after a draft began to be kept", f"{middle:.1f} ms, p95 {high:.1f}", reach[0]
        middle, high = middle_and_high(saved)
        yield "  save it as a version, to the text read again", f"{middle:.0f} ms, highest {high:.0f}", reach[1]
        bus.close()
