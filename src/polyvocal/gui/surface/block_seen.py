"""A block of a text as it is seen: what is painted under and over its words."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextBlock

from polyvocal.domain.spans import Span
from polyvocal.gui.surface.layout import LANE_HEIGHT, LANES
from polyvocal.gui.surface.lines import Stretch, has_right_to_left, stretches_of

if TYPE_CHECKING:
    from polyvocal.gui.surface.text import TextSurface

_LANE_WIDTH = 2
_EDGE, _BELOW_EDGE = 9, 6
"""How far left of the words a line stands, and how far it goes on below them, in pixels."""
_KEPT = 90
"""How much of the colour of a selection is seen where words are selected beside the selection, of 255."""


class Edge(NamedTuple):
    """A span with a line at its left, which is broken where the span is not `certain`."""

    span: Span
    certain: bool = True


class BlockSeen:
    """One block with its place in the viewport, and the marks in it with the stretches that they take there."""

    def __init__(self, surface: "TextSurface", block: QTextBlock, rect: QRectF) -> None:
        self._surface, self.block, self.rect = surface, block, rect
        self._both_ways = has_right_to_left(block.text())
        self._marks = [
            (mark, list(stretches_of(block, *surface.local_range(mark, block), both_ways=self._both_ways)))
            for mark in surface.index.in_block(block.blockNumber())
        ]

    def _area(self, stretch: Stretch) -> QRectF:
        line, left, right = stretch
        return QRectF(self.rect.x() + left, self.rect.y() + line.y(), right - left, line.height())

    def paint_washes(self, painter: QPainter) -> None:
        """Paint what lies under coded words, the longest first: the shortest is on top, and colours do not mix."""
        surface = self._surface
        for mark, stretches in sorted(self._marks, key=lambda one: (surface.is_lit(one[0]), one[0].start - one[0].end)):
            colour = surface.looks.wash(mark.code, lit=surface.is_lit(mark))
            for stretch in stretches:
                painter.fillRect(self._area(stretch).adjusted(0, -1, 0, 0), colour)

    def paint_kept(self, painter: QPainter, spans: Sequence[Span], colour: QColor) -> None:
        """Paint what is selected beside the selection."""
        colour = QColor(colour)
        colour.setAlpha(_KEPT)
        for area in self._areas(spans):
            painter.fillRect(area, colour)

    def paint_found(self, painter: QPainter, spans: Sequence[Span], colour: QColor) -> None:
        """Paint a frame around each place that was found."""
        painter.setPen(QPen(colour, 1.5))
        for area in self._areas(spans):
            painter.drawRoundedRect(area, 2, 2)

    def paint_edges(self, painter: QPainter, edges: Sequence[Edge], colour: QColor) -> None:
        """Paint a line at the left of the lines in which some spans, sorted and apart, are."""
        for edge in edges:
            areas = list(self._areas([edge.span]))
            if areas:
                pen = QPen(colour, 3, Qt.PenStyle.SolidLine if edge.certain else Qt.PenStyle.DashLine)
                pen.setCapStyle(Qt.PenCapStyle.FlatCap)
                painter.setPen(pen)
                left = self.rect.x() - _EDGE
                painter.drawLine(QPointF(left, areas[0].top()), QPointF(left, areas[-1].bottom() + _BELOW_EDGE))

    def _areas(self, spans: Sequence[Span]) -> Iterator[QRectF]:
        """Where spans, sorted and apart, are in the block."""
        start = self._surface.index.block_start(self.block.blockNumber())
        end = start + self.block.length()
        for span in spans[bisect_right(spans, start, key=lambda one: one.end) :]:
            if span.start >= end:
                break
            inside = self._surface.local_range(span, self.block)
            yield from map(self._area, stretches_of(self.block, *inside, both_ways=self._both_ways))

    def paint_lanes(self, painter: QPainter) -> None:
        """Paint the lanes under the lines, and at a line's end the number of those that have no room."""
        surface = self._surface
        hidden: dict[float, int] = {}  # of lines that stand beside each other the number is one
        for mark, stretches in self._marks:
            if mark.lane < LANES:
                painter.setPen(surface.looks.pen(mark.code, _LANE_WIDTH + (1 if surface.is_lit(mark) else 0)))
            for stretch in stretches:
                if mark.lane >= LANES:
                    bottom = stretch[0].y() + stretch[0].height()
                    hidden[bottom] = hidden.get(bottom, 0) + 1
                    continue
                area = self._area(stretch)
                y = area.bottom() + 1 + mark.lane * LANE_HEIGHT
                painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        if hidden:
            self._paint_hidden(painter, hidden)

    def _paint_hidden(self, painter: QPainter, hidden: dict[float, int]) -> None:
        surface = self._surface
        font = painter.font()
        font.setPointSizeF(max(font.pointSizeF() * 0.75, 6.0))
        painter.setFont(font)
        painter.setPen(surface.palette().placeholderText().color())
        for bottom, count in hidden.items():
            y = self.rect.y() + bottom + LANES * LANE_HEIGHT
            at = QPointF(surface.viewport().width() - 4, y)
            words = f"+{count}"
            painter.drawText(at - QPointF(painter.fontMetrics().horizontalAdvance(words), 0), words)
