"""Laying out only what is seen of a text: how high the rest is, is estimated until it is seen.

Qt's own layout lays out all that stands above a place before it can show the place: on a million words that takes
seconds after each change of the window's width. Documents that are laid out here hold plain blocks: no frames, tables
or pictures. `y` is of the document, in pixels.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from typing import Any, Protocol

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QFontMetricsF,
    QPainter,
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
    QTextFrame,
    QTextLayout,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QStyle

from polyvocal.gui.surface.heights import Heights
from polyvocal.gui.surface.lines import x_on

LANES = 4
"""So many lanes are drawn under a line; of the others their number is told, and the margin shows all."""
LANE_HEIGHT = 3
"""From one lane to the next, in pixels."""
UNDER_LINE = LANES * LANE_HEIGHT
"""What is left free under each line, in pixels: the lanes are drawn there."""
BELOW = 4
"""What is left free below a paragraph, in pixels."""
_BLANK = 0.5
"""The height of a blank line, as a share of that of another."""


class InColumns(Protocol):
    """A block whose lines stand beside each other, as the cells of a row do."""

    @property
    def direction(self) -> Qt.LayoutDirection:
        """The way in which it is written."""
        ...

    def lay_out(self, layout: QTextLayout, width: float, font: QFont) -> float:
        """Put its lines where they belong; how high it is, in pixels."""
        ...

    def line_at(self, layout: QTextLayout, place: QPointF) -> QTextLine | None:
        """The line nearest to a place in the block."""
        ...


class SeenLayout(QAbstractTextDocumentLayout):
    """The layout of a document of plain blocks; a block is laid out when somebody asks where it or its lines are."""

    grown = Signal(int, int)
    """A block of this number is so much higher than it was thought to be; negative where it is lower."""

    def __init__(
        self, document: QTextDocument, sizes: Sequence[int], rows: Mapping[int, InColumns] | None = None
    ) -> None:
        """`sizes` are the lengths of the blocks, in characters; `rows` by their numbers, where no blocks come or go."""
        super().__init__(document)
        self._rows = rows or {}
        self._sizes = list(sizes)
        self._laid = bytearray(len(sizes))
        self._heights = Heights()
        self._look: tuple[float, str] | None = None
        self._characters = document.characterCount()
        self._line = self._letter = 0.0

    # --- what the document tells ---------------------------------------------------------------------------------

    def documentChanged(self, position: int, removed: int, added: int) -> None:
        """Forget how what was changed is laid out: a range of the text, or all, where its width or font is another."""
        document = self.document()
        look = (document.pageSize().width(), document.defaultFont().key())
        characters, blocks, known = document.characterCount(), document.blockCount(), len(self._laid)
        other_look = look != self._look
        other_text = characters != self._characters or blocks != known
        if not other_look and not other_text and (position, removed, added) == (0, 0, characters):
            return  # it was told of the width that it has
        first, end = 0, blocks
        if not other_look:
            ends = (document.findBlock(min(at, characters - 1)) for at in (position, position + added))
            first, last = (block.blockNumber() for block in ends)
            end = last + 1
        sizes = self._sizes[first:end]
        if other_text or not other_look:
            sizes = [document.findBlockByNumber(number).length() for number in range(first, end)]
        if other_look:
            metrics = QFontMetricsF(document.defaultFont())
            self._line, self._letter = metrics.height(), metrics.averageCharWidth()
        self._look, self._characters = look, characters
        self._put(first, end + known - blocks, sizes)
        self.documentSizeChanged.emit(self.documentSize())
        self.update[QRectF].emit(QRectF(0, 0, look[0], 1e9))  # type: ignore[index]

    def _put(self, first: int, end: int, sizes: Sequence[int]) -> None:
        """Blocks of these sizes stand now in the place of [first, end); none of them is laid out."""
        document = self.document()
        for number, laid in enumerate(self._laid[first : first + len(sizes)], first):
            if laid:
                document.findBlockByNumber(number).layout().clearLayout()
        self._sizes[first:end] = sizes
        self._laid[first:end] = bytes(len(sizes))
        heights = self._guessed(sizes)
        if first == 0 and len(sizes) == len(self._sizes):
            self._heights = Heights(heights)
        else:
            self._heights.replace(first, end, heights)

    # --- laying out ----------------------------------------------------------------------------------------------

    def _guessed(self, sizes: Sequence[int]) -> list[int]:
        """The heights that blocks of these sizes will about have."""
        blank, line = ceil(self._line * _BLANK), self._line + UNDER_LINE
        of_line = max(self._width, 1.0) / self._letter  # letters
        return [ceil(line * ceil(size / of_line)) + BELOW if size > 1 else blank for size in sizes]

    @property
    def _width(self) -> float:
        document = self.document()
        return document.pageSize().width() - 2 * document.documentMargin()

    def lay_out(self, top: float, bottom: float) -> bool:
        """Lay out what lies between two heights; whether anything there was not laid out yet."""
        any_new = False
        block = self._block_at(top)
        while block.isValid() and self.rough_top(block.blockNumber()) <= bottom:
            any_new = self._ensure(block) or any_new
            block = block.next()
        return any_new

    def _ensure(self, block: QTextBlock) -> bool:
        """Lay out a block that is not; whether it was not."""
        number = block.blockNumber()
        if self._laid[number]:
            return False
        self._laid[number] = 1
        height = self._laid_out(block)
        grown = height - self._heights[number]
        if grown:
            self._heights[number] = height
            self.documentSizeChanged.emit(self.documentSize())
            self.grown.emit(number, grown)
        return True

    def _laid_out(self, block: QTextBlock) -> int:
        """Lay out the lines of a block, and give the room that it takes."""
        layout, form = block.layout(), block.blockFormat()
        option = QTextOption(self.document().defaultTextOption())
        row = self._rows.get(block.blockNumber())
        direction = block.textDirection() if row is None else row.direction
        option.setTextDirection(direction)
        option.setAlignment(QStyle.visualAlignment(direction, form.alignment()))
        layout.setTextOption(option)
        if row is not None:
            return ceil(row.lay_out(layout, self._width, self.document().defaultFont())) + BELOW
        left, indent, y = form.leftMargin(), form.textIndent(), 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLeadingIncluded(True)
            line.setLineWidth(max(self._width - left - indent, 1.0))
            line.setPosition(QPointF(left + indent, y))
            y += line.height() + UNDER_LINE
            indent = 0.0
        layout.endLayout()
        if block.length() <= 1 and not layout.preeditAreaText():
            return ceil(self._line * _BLANK)
        return ceil(form.topMargin() + y) + BELOW

    # --- where what is -------------------------------------------------------------------------------------------

    def rough_top(self, number: int) -> float:
        """Where the block of a number begins, as far as it is known; nothing is laid out for it."""
        return self.document().documentMargin() + self._heights.top(number)

    def rough_number(self, y: float) -> int:
        """The number of the block in which y lies, as far as it is known; nothing is laid out for it."""
        return self._heights.at(y - self.document().documentMargin())

    def is_laid_out(self, number: int) -> bool:
        """Whether the place of a block's lines is known."""
        return bool(self._laid[number])

    def _block_at(self, y: float) -> QTextBlock:
        return self.document().findBlockByNumber(self.rough_number(y))

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        """Where a block is, without what is left free above and below it; its lines are laid out then."""
        if not block.isValid():
            return QRectF()
        self._ensure(block)
        number, form = block.blockNumber(), block.blockFormat()
        height = self._heights[number]
        above, below = (0.0, 0.0) if block.length() <= 1 else (form.topMargin(), BELOW)
        return QRectF(
            self.document().documentMargin(), self.rough_top(number) + above, self._width, height - above - below
        )

    def frameBoundingRect(self, _frame: QTextFrame) -> QRectF:
        """There is one frame, the whole."""
        return QRectF(QPointF(0, 0), self.documentSize())

    def documentSize(self) -> QSizeF:
        """As far as it is known: what is not laid out is guessed."""
        document = self.document()
        return QSizeF(document.pageSize().width(), self._heights.total + 2 * document.documentMargin())

    def pageCount(self) -> int:
        """There is one page."""
        return 1

    def hitTest(self, point: QPointF, accuracy: Qt.HitTestAccuracy) -> int:  # type: ignore[override]
        """The position at a point: the nearest, or -1 where the point is on no words and they are to be hit exactly."""
        block = self._block_at(point.y())
        place = point - self.blockBoundingRect(block).topLeft()
        row = self._rows.get(block.blockNumber())
        line = _line_at(block.layout(), place.y()) if row is None else row.line_at(block.layout(), place)
        if line is None:
            return block.position()
        if accuracy is Qt.HitTestAccuracy.ExactHit and not line.naturalTextRect().contains(place):
            return -1
        return block.position() + _position_on(line, place.x())

    def across_lines(self, position: int, *, down: bool) -> int | None:
        """Where a line further down or up leads from a position whose block has columns: within its column.

        None where the block has none, and where there is nothing further.
        """
        block = self.document().findBlock(position)
        line = block.layout().lineForTextPosition(position - block.position())
        if block.blockNumber() not in self._rows or not line.isValid():
            return None
        rect, at = self.blockBoundingRect(block), position - block.position()
        x = rect.x() + x_on(line, at)
        edge = line.y() + line.height() + UNDER_LINE + 1 if down else line.y() - 1
        found = self.hitTest(QPointF(x, rect.y() + edge), Qt.HitTestAccuracy.FuzzyHit)
        if rect.top() <= rect.y() + edge < rect.bottom() and block.contains(found):
            other = block.layout().lineForTextPosition(found - block.position())
            if other.isValid() and other.lineNumber() != line.lineNumber():
                return found
        beyond = block.next() if down else block.previous()
        if not beyond.isValid():
            return None
        place = self.blockBoundingRect(beyond)
        y = place.top() if down else place.bottom() - UNDER_LINE
        return self.hitTest(QPointF(x, y), Qt.HitTestAccuracy.FuzzyHit)

    # --- painting ------------------------------------------------------------------------------------------------

    def draw(self, painter: QPainter, context: QAbstractTextDocumentLayout.PaintContext) -> None:
        """Draw what is to be seen."""
        clip = context.clip if context.clip.isValid() else QRectF(0, 0, self._width, self.documentSize().height())
        painter.setPen(context.palette.color(context.palette.ColorRole.Text))
        selections = [
            # the format is copied: what the selection holds is gone with it
            (one.cursor.selectionStart(), one.cursor.selectionEnd(), QTextCharFormat(one.format))
            for one in context.selections
        ]
        width = self.property("cursorWidth") or 1
        for block in self._blocks(clip):
            layout, start = block.layout(), block.position()
            layout.setPosition(self.blockBoundingRect(block).topLeft())  # where screen readers ask for letters
            at = QPointF(0, 0)  # from there
            part = QRectF() if block.blockNumber() in self._rows else clip  # Qt takes lower lines for later ones
            layout.draw(painter, at, list(_ranges(block, selections)), part)
            cursor = context.cursorPosition
            if cursor < -1:  # within what an input method proposes
                if layout.preeditAreaPosition() >= 0 and layout.preeditAreaText():
                    layout.drawCursor(painter, at, layout.preeditAreaPosition() - (cursor + 2), width)
            elif start <= cursor < start + block.length():
                layout.drawCursor(painter, at, cursor - start, width)

    def _blocks(self, clip: QRectF) -> Iterator[QTextBlock]:
        block = self._block_at(clip.top())
        while block.isValid() and self.rough_top(block.blockNumber()) <= clip.bottom():
            self._ensure(block)
            yield block
            block = block.next()


def _ranges(block: QTextBlock, selections: Sequence[tuple[int, int, object]]) -> Iterator[QTextLayout.FormatRange]:
    """What is selected of a block."""
    start, length = block.position(), block.length()
    for first, end, form in selections:
        if first < start + length and end > start:
            one = QTextLayout.FormatRange()
            one.start, one.length, one.format = first - start, end - first, form  # type: ignore[assignment]
            yield one


def _line_at(layout: QTextLayout, y: float) -> QTextLine | None:
    """The line at a height: the first where it is above all; what lies under a line belongs to it."""
    found = None
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        if found is not None and line.y() > y:
            break
        found = line
    return found


def _position_on(line: QTextLine, x: float) -> int:
    """The position on a line nearest to x; the stubs of PySide do not know that it comes alone."""
    found: Any = line.xToCursor(x)
    return int(found[0] if isinstance(found, tuple) else found)
