"""A passage read where its mark stands in a picture: what the cards of the Score and of the strip have in common."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from polyvocal.domain.ids import CodingId
from polyvocal.gui.announcing import announce
from polyvocal.gui.sitting import Sitting
from polyvocal.services.queries.passage_pages import PassageShown, read_passages

WORDS = 420
"""So many characters of a passage are read in it at most."""


class PassageCard(QFrame):
    """Stands over a picture, and lets the mouse through to it. A subclass lays `words` out among the rest."""

    def __init__(
        self, sitting: Sitting, words: QLabel, parent: QWidget, *, letters: int, below: int, above: int
    ) -> None:
        """So many letters wide; so many pixels below the point that it is about, or above it where there is no room."""
        super().__init__(parent)
        self._sitting, self.words = sitting, words
        self._letters, self._below, self._above = letters, below, above
        self._shown: Any = None
        self.setProperty("card", True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self.tr("The passage"))
        words.setTextFormat(Qt.TextFormat.PlainText)

    def _read(self, mark: object, coding: CodingId, at: QPoint, said: Callable[[str], str] | None) -> None:
        """Show the words of a mark's coding as soon as they are read; with `said`, they are announced so."""
        self._shown = mark
        self.words.setFont(self._sitting.theme.reading_font())
        self.words.setText("…")
        self._place(at)

        def show(shown: PassageShown | None) -> None:
            if self._shown is not mark:
                return
            text = shown.text if shown is not None else self.tr("It is not there any more.")
            text = text if len(text) <= WORDS else f"{text[:WORDS].rpartition(' ')[0]} …"
            self.words.setText(f"“{text}”")
            self._place(at)
            if said is not None:
                announce(self, said(text))

        self._sitting.bus.ask(self, lambda view: read_passages(view, [coding]).get(coding), show, about="words")

    def _place(self, at: QPoint) -> None:
        """Stand below a point, or above it where there is no room; within what the card stands over."""
        over = self.parentWidget()
        assert over is not None
        width = min(self.fontMetrics().averageCharWidth() * self._letters, over.width() - 8)
        self.setFixedWidth(width)
        height = self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        self.setFixedHeight(min(height, over.height() - 8))
        x = min(max(at.x() - width // 3, 4), over.width() - width - 4)
        y = at.y() + self._below
        if y + self.height() > over.height() - 4:
            y = max(at.y() - self._above - self.height(), 4)
        self.move(x, y)
        self.show()
        self.raise_()

    def dismiss(self) -> None:
        """Go away."""
        self._shown = None
        self.hide()
