"""Where garbage is collected: on the window's thread only.

Python collects cycles on whichever thread happens to allocate; a widget that is destroyed on another thread than the
window's ends the program.
"""

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL = 5_000


class Garbage(QObject):
    """Takes over the collecting of cycles, for as long as it is there."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(INTERVAL)
        self.destroyed.connect(lambda: gc.enable())  # noqa: PLW0108 - a slot of its own would go with it

    @staticmethod
    def collect() -> None:
        """Collect the oldest generation that is due, as Python would."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        due = [generation for generation in range(3) if counts[generation] > thresholds[generation]]
        if due:
            gc.collect(due[-1])
