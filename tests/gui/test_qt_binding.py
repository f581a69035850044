"""What was found wrong with versions of the Qt binding stays away (docs/ARCHITECTURE.md)."""

import subprocess
import sys

from PySide6.QtWidgets import QApplication, QWidget


def test_calls_that_return_nothing_keep_the_reference_to_none(qapp: QApplication) -> None:
    widget = QWidget()
    before = sys.getrefcount(None)
    for _ in range(5_000):
        widget.update()
    # PySide6 6.12.0 loses one at each call, and the program ends after some thousands
    assert sys.getrefcount(None) > before - 1_000


COPY_AND_QUIT = """
from PySide6.QtCore import QMimeData, QTimer
from polyvocal.gui.app import application
app = application()
copied = QMimeData()
copied.setText("Nine tables.")
app.clipboard().setMimeData(copied)
QTimer.singleShot(0, app.quit)
app.exec()
print(app.clipboard().text())
"""


def test_program_ends_well_with_its_words_on_the_clipboard() -> None:
    # what was made in Python and is destroyed after Python ended takes the program down with it
    ended = subprocess.run(
        [sys.executable, "-c", COPY_AND_QUIT], check=False, capture_output=True, text=True, timeout=60
    )
    assert (ended.returncode, ended.stdout) == (0, "Nine tables.\n")
