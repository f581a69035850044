"""Painting a score: the heads with phases, days, sessions and hours; the names; the staves with their passages.

One way of painting for the window and for pictures that are exported. All of it is told again in words elsewhere.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from polyvocal.gui.theme import Colours, blended
from polyvocal.gui.views.score_heads import HeadPainter
from polyvocal.gui.views.score_layout import NOTHING, Marked, Pointed, ScoreLayout, Seen
from polyvocal.gui.views.score_staves import StaffPainter

if TYPE_CHECKING:
    from polyvocal.gui.views.score_dense import DenseStaff
    from polyvocal.services.analysis.score import Score


class ScorePainter:
    """Paints a score that is laid out, in the colours of a theme; its sessions by their numbers too, if `numbered`."""

    def __init__(
        self, layout: ScoreLayout, colours: Colours, dense: Sequence["DenseStaff"] = (), *, numbered: bool = False
    ) -> None:
        self.layout, self.colours = layout, colours
        self._heads = HeadPainter(layout, colours, numbered=numbered)
        self._staves = StaffPainter(layout, colours, dense)
        self.score: Score = layout.score
        self._line, self._edge = QColor(colours.line), QColor(colours.edge)
        self._text, self._muted, self._accent = (
            QColor(colours.text), QColor(colours.muted), QColor(colours.accent),
        )  # fmt: skip

    def paint(self, painter: QPainter, area: QRectF, seen: Seen, marked: Marked = NOTHING) -> None:
        """Paint into an area: what is seen of the score, the heads above it and the names beside it."""
        layout = self.layout
        painter.fillRect(area, QColor(self.colours.ground))
        body = QRectF(
            area.left() + layout.gutter, area.top() + layout.head_height,
            area.width() - layout.gutter, area.height() - layout.head_height,
        )  # fmt: skip
        painter.save()
        painter.setClipRect(QRectF(body.left(), area.top(), body.width(), area.height()))
        self._paint_ground(painter, area, body, seen, marked)
        painter.setClipRect(body)
        rows = [row for row in layout.rows if row.top + row.height > seen.down and row.top < seen.down + body.height()]
        self._staves.paint(painter, body, rows, seen, marked)
        painter.setClipRect(QRectF(body.left(), area.top(), body.width(), layout.head_height))
        self._heads.paint(painter, QRectF(body.left(), area.top(), body.width(), layout.head_height), seen)
        painter.restore()
        painter.save()
        painter.setClipRect(QRectF(area.left(), body.top(), layout.gutter, body.height()))
        self._paint_names(painter, area.left(), body.top() - seen.down, marked)
        painter.restore()
        painter.setPen(QPen(self._edge, 1))
        painter.drawLine(QLineF(area.left(), body.top(), area.right(), body.top()))

    # --- behind the staves -------------------------------------------------------------------------------------------

    def _paint_ground(self, painter: QPainter, area: QRectF, body: QRectF, seen: Seen, marked: Marked) -> None:
        """Regions, folds, sessions and days as columns; the stretch that is selected."""
        bottom = min(body.bottom(), body.top() + self.layout.height - seen.down)
        head = area.top()
        aside = blended(self.colours.raised, self.colours.ground, 0.6)
        for region in self.score.regions:
            left, right = seen.x(body.left(), region.left), seen.x(body.left(), region.right)
            painter.fillRect(QRectF(left, body.top(), right - left, bottom - body.top()), aside)
        fold = QColor(self.colours.panel)
        for piece in self.score.axis.pieces:
            if piece.folded:
                left, right = seen.x(body.left(), piece.left), seen.x(body.left(), piece.right)
                painter.fillRect(QRectF(left, body.top(), right - left, bottom - body.top()), fold)
        top = head + self.layout.phase_height + self.layout.day_height
        painter.setPen(QPen(self._line, 1))
        edges = {seen.x(body.left(), at) for one in self.score.sessions for at in (one.left, one.right)}
        painter.drawLines([QLineF(x, top, x, bottom) for x in edges if body.left() <= x <= body.right()])
        painter.setPen(QPen(self._edge, 1.2))
        days = [seen.x(body.left(), at) for _, at, _ in self._heads.days[1:]]
        ends = [seen.x(body.left(), at) for one in self.score.regions for at in (one.left, one.right)]
        painter.drawLines(
            [QLineF(x, head + self.layout.phase_height, x, bottom) for x in (*days, *ends) if x <= body.right()]
        )
        if marked.stretch is not None:
            left, right = (seen.x(body.left(), at) for at in marked.stretch)
            shade = QColor(self._accent)
            shade.setAlpha(34)
            painter.fillRect(QRectF(left, head, right - left, bottom - head), shade)
            painter.setPen(QPen(self._accent, 1.4))
            painter.drawLines([QLineF(x, head, x, bottom) for x in (left, right)])

    # --- names -------------------------------------------------------------------------------------------------------

    def _paint_names(self, painter: QPainter, left: float, top: float, marked: Marked) -> None:
        layout, sizes = self.layout, self.layout.sizes
        width = layout.gutter - 18
        painter.fillRect(QRectF(left, top, layout.gutter - 8, layout.height), QColor(self.colours.ground))
        for group in layout.groups:
            painter.setFont(sizes.small)
            painter.setPen(self._muted)
            box = QRectF(left + 14, top + group.top, layout.gutter - 20, group.height)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, group.name)
            x, down = left + 7, top + group.top + group.height
            end = top + group.bottom - 4
            painter.setPen(QPen(self._edge, 2))
            painter.drawPolyline(
                QPolygonF([QPointF(x + 4, down), QPointF(x, down), QPointF(x, end), QPointF(x + 4, end)])
            )
        for row in layout.rows:
            staff = self.score.staves[row.staff]
            here = marked.current is not None and marked.current.staff == row.staff
            y = top + row.top + sizes.pad
            lines = [(layout.name_of(staff), sizes.bold, self._accent if here else self._text, sizes.line)]
            lines += [(one, sizes.small, self._muted, sizes.small_line) for one in layout.figures_of(staff)]
            for words, font, colour, height in lines:
                painter.setFont(font)
                painter.setPen(colour)
                shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, width)
                painter.drawText(QRectF(left + 14, y, width, height), Qt.AlignmentFlag.AlignVCenter, shown)
                y += height

    def spot(self, body: QRectF, seen: Seen, pointed: Pointed) -> QPointF:
        """Where on its line a passage stands."""
        return self._staves.spot(body, seen, pointed)
