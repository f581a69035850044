"""Saying something to who listens: a screen reader says it when it has finished what it says just now."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLabel, QWidget


def announce(widget: QWidget, words: str) -> None:
    """Have words said that belong to a widget; nothing happens where nobody listens."""
    if words:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))


class SpokenLabel(QLabel):
    """A label of which every new text is said."""

    def setText(self, text: str) -> None:
        if text != self.text():
            super().setText(text)
            announce(self, text)
