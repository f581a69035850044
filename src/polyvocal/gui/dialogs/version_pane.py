"""The text of one version, with what another has not marked in it."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from polyvocal.domain.spans import Span
from polyvocal.gui.offsets import Offsets
from polyvocal.gui.theme import Theme


class VersionPane(QPlainTextEdit):
    """Shows the text of one version; what the other has not is marked, struck out or underlined."""

    scrolled = Signal()
    """The person scrolled it."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._offsets = Offsets("")
        self._marks: Sequence[Span] = ()
        self._starts: list[int] = []
        self._form = QTextCharFormat()
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName(name)
        self.setFont(theme.reading_font())
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def show_text(self, text: str, marks: Sequence[Span], form: QTextCharFormat) -> None:
        """Show a text with some of its spans, sorted, marked in a form."""
        self._offsets, self._marks, self._form = Offsets(text), marks, form
        self._starts = [one.start for one in marks]
        self.setPlainText(self._offsets.shown)
        self._mark_seen()

    @property
    def top(self) -> int:
        """The offset of the first line that is seen."""
        return self._offsets.offset(self.cursorForPosition(QPoint(4, 4)).position())

    def scroll_to(self, offset: int) -> None:
        """Let the line of an offset be the first that is seen, as far as there is text below."""
        cursor = self.textCursor()
        cursor.setPosition(self._offsets.position(min(offset, self._offsets.size)))
        block = cursor.block()
        line = block.layout().lineForTextPosition(cursor.positionInBlock())
        self.verticalScrollBar().setValue(block.firstLineNumber() + (line.lineNumber() if line.isValid() else 0))

    def go_to(self, span: Span) -> None:
        """Bring a span into view, and put the cursor there."""
        cursor = self.textCursor()
        cursor.setPosition(self._offsets.position(min(span.start, self._offsets.size)))
        self.setTextCursor(cursor)
        self.centerCursor()

    def _on_scrolled(self) -> None:
        self._mark_seen()
        self.scrolled.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._mark_seen()

    def _mark_seen(self) -> None:
        """Mark what is seen only: there may be ten thousand marks."""
        last = self.cursorForPosition(QPoint(self.viewport().width(), self.viewport().height())).position()
        first = max(bisect_right(self._starts, self.top) - 1, 0)
        found = []
        for span in self._marks[first : bisect_left(self._starts, self._offsets.offset(last) + 1)]:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(self.document())
            mark.cursor.setPosition(self._offsets.position(span.start))
            mark.cursor.setPosition(self._offsets.end_position(span.end), QTextCursor.MoveMode.KeepAnchor)
            mark.format = self._form
            found.append(mark)
        self.setExtraSelections(found)
