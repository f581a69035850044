"""Tables of a text, shown in columns: where their cells are on the screen.

Each line of a table stays a block of the document. What is shown in the place of a bar is a break between lines, as
long as the bar, so that offsets hold; and the lines of a block may stand beside each other. A cell of several
paragraphs is several blocks, which stand below each other, each in its column.
"""

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from heapq import nlargest
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLayout,
    QTextLine,
)

from polyvocal.domain.structure import PieceKind, Structure
from polyvocal.domain.tables import TableLine, table_lines
from polyvocal.gui.offsets import Offsets
from polyvocal.gui.surface.layout import BELOW, UNDER_LINE

_BREAK, _UNSEEN = "\u2028", "\u2060"
"""What is shown for a bar between cells, and for what only holds a line together; the latter breaks no line."""
_BESIDE, _ABOVE = 8.0, 8.0
"""Between the rules and the words of a cell, in pixels."""
_NARROWEST = 5
"""Columns of fewer widths of an m cannot be read: the cells of such a table stand below each other."""
_MEASURED = 4
"""So many of the longest cells and words of a column are measured."""


class Column(NamedTuple):
    """Where a column is, in pixels from the left of the text."""

    left: float
    width: float


class Table:
    """One table: how wide its columns are, at a width and in a font."""

    def __init__(self, text: str, lines: Sequence[TableLine], columns: int) -> None:
        cells: list[list[str]] = [[] for _ in range(columns)]
        for line in lines:
            if line.is_rule or line.is_alone:
                continue
            for column, cell in enumerate(line.cells, line.column):
                cells[column].append(" ".join(text[slice(*cell)].split()))
        self._longest = [nlargest(_MEASURED, of, key=len) for of in cells]
        self._words = [nlargest(_MEASURED, {word for one in of for word in one.split()}, key=len) for of in cells]
        self._laid: tuple[float, str, list[Column]] | None = None
        ways = [_from_right(text[line.start : line.end]) for line in lines]
        self._from_right = ways.count(True) > ways.count(False)

    @property
    def direction(self) -> Qt.LayoutDirection:
        """The way in which most of its lines are written: so go its columns."""
        return Qt.LayoutDirection.RightToLeft if self._from_right else Qt.LayoutDirection.LeftToRight

    def columns(self, width: float, font: QFont) -> list[Column]:
        """The columns, the first first; below each other, each as wide as all, where they would be too narrow."""
        key = font.key()
        if self._laid is None or self._laid[:2] != (width, key):
            self._laid = (width, key, self._lay_out(width, font))
        return self._laid[2]

    def are_beside(self, width: float, font: QFont) -> bool:
        """Whether the columns stand beside each other."""
        columns = self.columns(width, font)
        return columns[0].left != columns[-1].left

    def _lay_out(self, width: float, font: QFont) -> list[Column]:
        strong = QFont(font)
        strong.setWeight(QFont.Weight.DemiBold)  # as heads are
        metrics, count = QFontMetricsF(strong), len(self._longest)
        if width / count < metrics.horizontalAdvance("m") * _NARROWEST:
            return [Column(0.0, width)] * count

        def widest(of: list[str]) -> float:
            return max(map(metrics.horizontalAdvance, of), default=0.0) + 2 * _BESIDE + metrics.horizontalAdvance("m")

        widths = shared(width, [widest(of) for of in self._words], [widest(of) for of in self._longest])
        found, left = [], 0.0
        for one in widths:
            found.append(Column(width - left - one if self._from_right else left, one))
            left += one
        return found


def _from_right(words: str) -> bool | None:
    """Whether words are written from right to left, by their first letter; None where there is none."""
    ways = (unicodedata.bidirectional(one) for one in words)
    return next((way != "L" for way in ways if way in ("L", "R", "AL")), None)


def shared(room: float, least: Sequence[float], wanted: Sequence[float]) -> list[float]:
    """How wide each column is: as its longest word, and of what is left a share of what it needs more.

    So a browser does it (CSS 2.2, 17.5.2.2). Where not all of the longest words have room, the longest of them are
    broken; and a cell that needs more than there is does not take all from the others.
    """
    most, left = room, room
    for wider, one in zip(range(len(least), 0, -1), sorted(least), strict=True):
        most = left / wider
        if one > most:
            break
        most, left = one, left - one
    widths = [min(one, most) for one in least]
    more = [max(min(one, room) - width, 0.0) for one, width in zip(wanted, widths, strict=True)]
    share = min((room - sum(widths)) / max(sum(more), 1.0), 1.0)
    return [width + share * one for width, one in zip(widths, more, strict=True)]


class Row(NamedTuple):
    """A line of a table as a block of the document; `bars` are in Qt's positions from the block's start."""

    table: Table
    line: TableLine
    bars: Sequence[int]
    is_first: bool

    @property
    def direction(self) -> Qt.LayoutDirection:
        """That of its table."""
        return self.table.direction

    def lay_out(self, layout: QTextLayout, width: float, font: QFont) -> float:
        """Put the lines of its cells into their columns; how high it is, in pixels."""
        columns, beside = self.table.columns(width, font), self.table.are_beside(width, font)
        if self.line.is_alone:
            columns = [Column(0.0, width)]
        above = 0.0 if self.line.is_rule else _ABOVE
        column, y, height = self.line.column, above, 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLeadingIncluded(True)
            line.setLineWidth(max(columns[column].width - 2 * _BESIDE, 1.0))
            line.setPosition(QPointF(columns[column].left + _BESIDE, y))
            y += line.height() + (0 if self.line.is_rule else UNDER_LINE)
            height = max(height, y)
            after = self.line.column + bisect_left(self.bars, line.textStart() + line.textLength())
            if after > column and not self.line.is_alone:
                column = after
                y = above if beside else y
        layout.endLayout()
        return height

    def line_at(self, layout: QTextLayout, place: QPointF) -> QTextLine | None:
        """The line nearest to a place in the block, in the column in which that is."""
        lines = [layout.lineAt(number) for number in range(layout.lineCount())]
        return min(
            lines,
            key=lambda line: (
                _apart(place.x(), line.x(), line.width()),
                _apart(place.y(), line.y(), line.height() + UNDER_LINE),
            ),
            default=None,
        )

    def paint(self, painter: QPainter, rect: QRectF, font: QFont, colour: QColor) -> None:
        """Paint the rules around its cells; `rect` is the block's place in the viewport."""
        columns = self.table.columns(rect.width(), font)
        left = min(one.left for one in columns) + rect.x()
        right = max(one.left + one.width for one in columns) + rect.x()
        edges = {left, right - 1}
        if not self.line.is_alone:
            edges |= {one.left + rect.x() for one in columns}
        bottom = rect.bottom() + BELOW
        for edge in edges:
            painter.fillRect(QRectF(edge, rect.top(), 1, bottom - rect.top()), colour)
        if self.is_first:
            painter.fillRect(QRectF(left, rect.top(), right - left, 1), colour)
        if self.line.ends:
            thick = 2 if self.line.is_head or self.line.is_rule else 1
            painter.fillRect(QRectF(left, bottom - thick, right - left, thick), colour)


def _apart(place: float, start: float, length: float) -> float:
    """How far a place is from a stretch."""
    return max(start - place, place - start - length, 0.0)


class Tables:
    """The tables of a text. Offsets are code points."""

    def __init__(self, text: str = "", structure: Structure = ()) -> None:
        found = [(table_lines(text, one), one.level) for one in structure if one.kind is PieceKind.TABLE]
        self._tables = [(lines, Table(text, lines, columns)) for lines, columns in found if columns > 1]
        self.shown = self._shown(text)
        """The text as it is given to the document: as long as it is."""

    def _shown(self, text: str) -> str:
        if not self._tables:
            return text
        letters = list(text)
        for lines, _ in self._tables:
            for line in lines:
                if not line.is_rule:
                    for places, sign in ((line.bars, _BREAK), (line.marks, _UNSEEN)):
                        for at in places:
                            letters[at] = sign
        return "".join(letters)

    def rows(self, offsets: Offsets) -> dict[int, Row]:
        """The lines of all tables, by the numbers of their blocks."""
        if not self._tables:
            return {}
        starts, found = offsets.block_starts(), {}
        for lines, table in self._tables:
            for line in lines:
                block = bisect_right(starts, line.start) - 1  # a correction may have taken the table's beginning
                begin = offsets.position(starts[block])
                bars = [offsets.position(bar) - begin for bar in line.bars]
                found[block] = Row(table, line, bars, line is lines[0])
        return found


def dress_rows(document: QTextDocument, rows: Mapping[int, Row]) -> None:
    """Set heads of columns apart, and make the lines of dashes under them small."""
    head, rule = QTextCharFormat(), QTextCharFormat()
    head.setFontWeight(QFont.Weight.DemiBold)
    rule.setProperty(QTextCharFormat.Property.FontPointSize.value, 1.0)
    rule.setForeground(QColor(Qt.GlobalColor.transparent))
    for number, row in rows.items():
        if row.line.is_head or row.line.is_rule:
            cursor = QTextCursor(document.findBlockByNumber(number))
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(head if row.line.is_head else rule)
