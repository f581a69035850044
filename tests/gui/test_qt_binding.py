"""What was found wrong with versions of the Qt binding stays away (docs/ARCHITECTURE.md)."""

import sys

from PySide6.QtWidgets import QApplication, QWidget


def test_calls_that_return_nothing_keep_the_reference_to_none(qapp: QApplication) -> None:
    widget = QWidget()
    before = sys.getrefcount(None)
    for _ in range(5_000):
        widget.update()
    # PySide6 6.12.0 loses one at each call, and the program ends after some thousands
    assert sys.getrefcount(None) > before - 1_000
