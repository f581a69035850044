"""A program that types into the window and is killed before anything is saved.

python -m tests.gui.killed PROJECT correction|fieldnote
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from polyvocal.domain.records import Person
from polyvocal.domain.spans import Span
from polyvocal.gui.app import application
from polyvocal.gui.settings import Settings
from polyvocal.gui.sitting import Me
from polyvocal.gui.theme import Theme
from polyvocal.gui.window import Window

PATIENCE = 30.0


def until(done: Callable[[], bool]) -> None:
    """Let the window work until something is so."""
    end = time.monotonic() + PATIENCE
    while not done():
        QApplication.processEvents()
        time.sleep(0.002)
        if time.monotonic() > end:
            sys.exit("it does not come")


def correct(window: Window) -> None:
    """Correct the first text in three places, the last of them just before the end."""
    project = window.project
    assert project is not None
    project.read.drafts.correct()
    correcting = project.read.correcting
    editor = correcting.editor
    for words, other in (("paid to be", "paid at all to be"), ("a woman", "one"), ("10:05 ", "")):
        start = editor.log.text.index(words)
        editor.select(Span(start, start + len(words)))
        if other:
            QTest.keyClicks(editor, other)
        else:
            editor.erase()
    until(lambda: correcting.keeper.is_safe)


def write(window: Window) -> None:
    """Begin a fieldnote."""
    from polyvocal.gui.dialogs.new_fieldnote import NewFieldnoteDialog

    window.new_fieldnote()
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, NewFieldnoteDialog))
    QTest.keyClicks(dialog.title, "Day 2")
    QTest.keyClicks(dialog.fields.observers, "Wren")
    dialog.fields.event_box.setEditText("Launch")
    QTest.keyClicks(dialog.text, "Tea, then talk.")
    until(lambda: dialog.keeper.is_safe)


def main() -> None:
    """Open, type, die."""
    application()
    settings = Settings()
    window = Window(settings, Theme(settings))
    window.show()
    window.open_path(Path(sys.argv[1]))
    until(lambda: window.project is not None)
    project = window.project
    assert project is not None
    until(lambda: project.read.source is not None and project.sitting.bus.open_questions == 0)
    (person,) = project.sitting.bus.read(lambda view: view.find(Person, name="Oda"))
    project.sitting.choose_coder(Me(person.id, person.name))
    {"correction": correct, "fieldnote": write}[sys.argv[2]](window)
    print("kept", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
