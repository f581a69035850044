"""A text of which only what is seen is laid out; the words before the eye stay there when width or letters change."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import shiboken6
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QResizeEvent, QTextBlock, QTextCursor, QTextDocument
from PySide6.QtWidgets import QAbstractScrollArea, QTextEdit, QWidget

from polyvocal.domain.spans import Span
from polyvocal.domain.structure import Structure
from polyvocal.gui.offsets import Offsets
from polyvocal.gui.surface.document import made_document
from polyvocal.gui.surface.lines import x_on
from polyvocal.gui.surface.tables import Row

_Key, _Mode = QKeySequence.StandardKey, QTextCursor.MoveMode
_ACROSS_LINES = (
    (_Key.MoveToNextLine, _Mode.MoveAnchor, True),
    (_Key.MoveToPreviousLine, _Mode.MoveAnchor, False),
    (_Key.SelectNextLine, _Mode.KeepAnchor, True),
    (_Key.SelectPreviousLine, _Mode.KeepAnchor, False),
)


class SeenText(QTextEdit):
    """Holds one document, laid out by a `SeenLayout`; what stands on the screen does not move by what is laid out.

    Offsets are code points of the text; spans are half-open.
    """

    text_changed = Signal()
    """`text` is another than before."""
    offsets: Offsets

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._anchor = 0
        """The number of the block that stays where it is on the screen while others are laid out."""
        self._keeping = self._settling = False
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setUndoRedoEnabled(False)
        self.setCursorWidth(2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().valueChanged.connect(self.settle)

    @property
    def text(self) -> str:
        """The text in force: never what the widget makes of it."""
        raise NotImplementedError

    def put_document(
        self, font: QFont, offsets: Offsets, structure: Structure = (), rows: Mapping[int, Row] | None = None
    ) -> QTextDocument:
        """Show another text, from its beginning; `rows` of tables in columns, by the numbers of their blocks."""
        self.setExtraSelections([])  # Qt looks at those before when it is given others, also where their text is gone
        self.offsets = offsets
        before = self.document()
        document, seen = made_document(self, font, offsets, structure, rows or {})
        self._settling = True
        self.setDocument(document)
        if shiboken6.isValid(before):  # Qt deletes the one that it made itself
            shiboken6.delete(before)
        self.seen = seen  # only now: the one before was needed by its document
        self._anchor, self._settling = 0, False
        seen.grown.connect(self._on_grown)
        return document

    # --- where the hand is ---------------------------------------------------------------------------------------

    @property
    def offset(self) -> int:
        """Where the cursor is."""
        return self.offsets.offset(self.textCursor().position())

    @property
    def selection(self) -> Span:
        """What is selected; empty, at the cursor, where nothing is."""
        cursor = self.textCursor()
        return Span(self.offsets.offset(cursor.selectionStart()), self.offsets.offset(cursor.selectionEnd()))

    def select(self, span: Span) -> None:
        """Select a span, and bring it into view."""
        cursor = self.textCursor()
        cursor.setPosition(self.offsets.position(span.start))
        if span.length:
            cursor.setPosition(self.offsets.end_position(span.end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From cell to cell of a column; everything else is Qt's, which knows of no lines beside each other."""
        cursor = self.textCursor()
        for keys, mode, down in _ACROSS_LINES:
            if event.matches(keys):
                position = self.seen.across_lines(cursor.position(), down=down)
                if position is not None:
                    cursor.setPosition(position, mode)
                    self.setTextCursor(cursor)
                    self.ensureCursorVisible()
                    return
        super().keyPressEvent(event)

    # --- the place before the eye --------------------------------------------------------------------------------

    def settle(self) -> None:
        """Lay out what is seen, and as much above it, before it is painted; what was seen stays where it was."""
        if self._settling or self._keeping:
            return
        self._settling = True
        height = self.viewport().height()
        first, last = (self.seen.rough_number(self.scrolled + y) for y in (0, height))
        cursor = self.textCursor().blockNumber()
        if first <= cursor <= last:
            self._anchor = cursor
        elif not first <= self._anchor <= last:
            self._anchor = first
        for _ in range(8):  # each time what is seen may be another
            if not self.seen.lay_out(self.scrolled - height, self.scrolled + height):
                break
        self._settling = False

    def _on_grown(self, block: int, pixels: int) -> None:
        if block < self._anchor and not self._keeping:
            self.verticalScrollBar().setValue(self.scrolled + pixels)
            self.viewport().update()

    @property
    def scrolled(self) -> int:
        """How far the text is scrolled down, in pixels."""
        return self.verticalScrollBar().value()

    @contextmanager
    def keeping_place(self) -> Iterator[None]:
        """Whatever becomes of the width and the letters, the first words that are seen stay the first."""
        if self._keeping:
            yield
            return
        self._keeping = True
        at_top = self.scrolled == 0
        place = self.seen.hitTest(QPointF(0, self.scrolled), Qt.HitTestAccuracy.FuzzyHit)
        inside = self.scrolled - self.line_rect(place).top()
        try:
            yield
        finally:
            self._keeping = False
            if not at_top:
                self._anchor = self.document().findBlock(place).blockNumber()
                self.verticalScrollBar().setValue(round(self.line_rect(place).top() + inside))
            self.settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        with self.keeping_place():
            super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """The font of the window is not that of the text, which has its own."""
        if event.type() is QEvent.Type.FontChange:
            QAbstractScrollArea.changeEvent(self, event)
        else:
            super().changeEvent(event)

    # --- where what is -------------------------------------------------------------------------------------------

    def line_rect(self, position: int) -> QRectF:
        """Where the line of one of Qt's positions is in the document."""
        block = self.document().findBlock(position)
        rect = self.seen.blockBoundingRect(block)
        line = block.layout().lineForTextPosition(position - block.position())
        return line.rect().translated(rect.topLeft()) if line.isValid() else rect

    def caret_rect(self, position: int, *, behind: bool) -> QRectF:
        """Where the caret would stand at one of Qt's positions, in the viewport.

        Where a line is wrapped there: at its end if it stands `behind` a letter, else where the next line begins.
        """
        block = self.document().findBlock(position)
        at, rect = position - block.position(), self.seen.blockBoundingRect(block).translated(0, -self.scrolled)
        line = block.layout().lineForTextPosition(max(at - 1, 0) if behind else at)
        if not line.isValid():
            return rect
        return QRectF(rect.x() + x_on(line, at), rect.y() + line.y(), 1, line.height())

    def bring_up(self, position: int) -> None:
        """Scroll so that the line of one of Qt's positions is in the upper third of what is seen."""
        top = self.line_rect(position).top()
        self._anchor = self.document().findBlock(position).blockNumber()
        self.verticalScrollBar().setValue(int(top - self.viewport().height() / 3))

    def visible_blocks(self, *, extra: int = 0) -> Iterator[tuple[QTextBlock, QRectF]]:
        """The blocks that are seen, with their place in the viewport; those up to `extra` pixels above as well."""
        scrolled = self.scrolled
        block = self.document().findBlockByNumber(self.seen.rough_number(scrolled - extra))
        while block.isValid():
            rect = self.seen.blockBoundingRect(block).translated(0, -scrolled)
            if rect.top() > self.viewport().height():
                return
            yield block, rect
            block = block.next()
