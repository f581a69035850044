"""Going from passage to passage of a list while the text has the keyboard."""

from typing import Protocol

import shiboken6
from PySide6.QtCore import QObject


class Walked(Protocol):
    """A list that can be gone through."""

    def step(self, by: int) -> None:
        """Go to the next passage, or the one before (-1), and open it."""


class PassageTour(QObject):
    """Knows from which list a passage was opened last."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._list: Walked | None = None

    def walk(self, through: Walked) -> None:
        """From now on it goes through this list."""
        self._list = through

    def step(self, by: int) -> None:
        """Open the next passage of the list, or the one before (-1)."""
        if self._list is not None and shiboken6.isValid(self._list):
            self._list.step(by)
