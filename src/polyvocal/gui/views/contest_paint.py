"""Painting a contest: phases, days and sessions above, names at the left, and in each cell its marks.

One way of painting for the window and for pictures that are exported. All of it is told again in words elsewhere.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLineF, QLocale, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from polyvocal.domain.words import Phase
from polyvocal.gui import labels
from polyvocal.gui.theme import Colours, blended, stance_colour
from polyvocal.gui.views.contest_layout import PAD, PHASE_GAP, Line, Part, Spot, StripLayout
from polyvocal.gui.views.contest_marks import paint_stances
from polyvocal.gui.views.contest_words import phase_name

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ContestPainter:
    """Paints a contest that is laid out, in the colours of a theme."""

    def __init__(self, layout: StripLayout, colours: Colours) -> None:
        self.layout, self.contest, self.colours = layout, layout.contest, colours
        self._signs = {stance: (sign, stance_colour(sign, colours)) for stance, sign in self.contest.signs.items()}
        self._text, self._muted = QColor(colours.text), QColor(colours.muted)
        self._line, self._edge = QColor(colours.line), QColor(colours.edge)
        self._aside = blended(colours.raised, colours.ground, 0.55)

    def paint(
        self, painter: QPainter, area: QRectF, scrolled: QPointF, pointed: "Sequence[tuple[int, Spot]]" = ()
    ) -> None:
        """Paint what is seen of the strip into an area, and around what is pointed to, as (line, spot), a ring.

        `scrolled` says how far it was moved; names and heads stay in sight.
        """
        layout = self.layout
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(area, QColor(self.colours.ground))
        head = QRectF(area.left(), area.top(), area.width(), layout.head_height)
        body = area.adjusted(0, layout.head_height, 0, 0)
        across, down = area.left() - scrolled.x(), body.top() - scrolled.y()
        right_of_names = area.adjusted(layout.gutter, 0, 0, 0)
        seen = [
            one for one in layout.lines
            if one.top + one.height > scrolled.y() and one.top < scrolled.y() + body.height()
        ]  # fmt: skip
        painter.save()
        painter.setClipRect(right_of_names)
        self._paint_ground(painter, (across, area.top()), min(body.bottom(), down + layout.height))
        painter.setClipRect(right_of_names & body)
        self._paint_rules(painter, seen, (area.left(), area.right()), down)
        for line in seen:
            if line.row is not None:
                self._paint_row(painter, line, (across, down))
        painter.setClipRect(QRectF(right_of_names.left(), head.top(), right_of_names.width(), head.height()))
        self._paint_heads(painter, (across, area.top()), head)
        painter.setClipRect(QRectF(area.left(), body.top(), layout.gutter, body.height()))
        self._paint_rules(painter, seen, (area.left(), area.right()), down)
        self._paint_names(painter, seen, area.left(), down)
        painter.restore()
        painter.setPen(QPen(self._edge, 1))
        painter.drawLine(QLineF(area.left(), body.top(), area.right(), body.top()))
        self._paint_rings(painter, pointed, area, (across, area.top(), down))

    # --- behind ------------------------------------------------------------------------------------------------------

    def _paint_ground(self, painter: QPainter, at: tuple[float, float], bottom: float) -> None:
        """What is before and after as shaded columns; lines between sessions, days and phases."""
        across, top = at
        layout, columns = self.layout, self.contest.columns
        for part in layout.phases:
            if columns[part.columns[0]].key.phase is not Phase.DURING:
                left = across + part.left
                painter.fillRect(
                    QRectF(left, top + layout.phase_top, part.right - part.left, bottom - top), self._aside
                )
        names = top + layout.name_top
        painter.setPen(QPen(self._line, 1))
        inner = [
            layout.lefts[number]
            for number in range(1, len(columns))
            if layout.lefts[number] == layout.rights[number - 1]
        ]
        painter.drawLines([QLineF(across + x, names, across + x, bottom) for x in inner])
        painter.setPen(QPen(blended(self.colours.edge, self.colours.ground, 0.55), 1))
        days = [
            (layout.lefts[number] + layout.rights[number - 1]) / 2
            for number in range(1, len(columns))
            if columns[number].key[:2] == columns[number - 1].key[:2] and columns[number].day != columns[number - 1].day
        ]
        painter.drawLines([QLineF(across + x, top + layout.day_top, across + x, bottom) for x in days])
        painter.setPen(QPen(self._edge, 1.4))
        painter.drawLines(
            [
                QLineF(x, top + layout.phase_top, x, bottom)
                for part in layout.phases[1:]
                for x in [across + part.left - PHASE_GAP / 2]
            ]
        )

    def _paint_rules(self, painter: QPainter, seen: "Sequence[Line]", ends: tuple[float, float], down: float) -> None:
        """Lines between rows; stronger ones between groups."""
        strong = blended(self.colours.edge, self.colours.ground, 0.5)
        for line in seen:
            if line.top > 0:
                painter.setPen(QPen(self._line if line.inside or not line.is_band else strong, 1))
                painter.drawLine(QLineF(ends[0], down + line.top, ends[1], down + line.top))

    # --- heads -------------------------------------------------------------------------------------------------------

    def _paint_heads(self, painter: QPainter, at: tuple[float, float], head: QRectF) -> None:
        layout, sizes = self.layout, self.layout.sizes
        across, top = at
        if len(layout.events) > 1:
            painter.setFont(sizes.bold)
            for part in layout.events:
                name = part.name or "About no event"
                self._paint_sticky(painter, name, part, (across, top + layout.event_top, sizes.line + 2), head)
        for part, number in zip(layout.phases, layout.in_phases, strict=True):
            painter.setFont(sizes.bold)
            name = phase_name(self.contest.columns[part.columns[0]].key.phase)
            if self.contest.columns[part.columns[0]].key.event is None:
                name = ""
            self._paint_sticky(
                painter,
                f"{name} · {labels.number(number)}",
                part,
                (across, top + layout.phase_top, sizes.line + 4),
                head,
            )
        painter.setFont(sizes.small)
        metrics = QFontMetricsF(sizes.small)
        for part in layout.days:
            words = _day(part, "ddd d MMM")
            if metrics.horizontalAdvance(words) > part.right - part.left:
                words = _day(part, "d MMM")
            self._paint_sticky(
                painter, words, part, (across, top + layout.day_top, sizes.small_line + 3), head, muted=True
            )
        self._paint_brackets(painter, across, top + layout.bracket_top)
        for number, (left, right) in enumerate(zip(layout.lefts, layout.rights, strict=True)):
            self._paint_column(painter, number, QRectF(across + left, top, right - left, 0))

    def _paint_sticky(
        self,
        painter: QPainter,
        words: str,
        part: Part,
        place: tuple[float, float, float],
        head: QRectF,
        *,
        muted: bool = False,
    ) -> None:
        """Words at the left of what is seen of a part, as far as it has room for them."""
        across, top, high = place
        left = max(across + part.left, head.left() + self.layout.gutter) + 3
        right = min(across + part.right, head.right())
        if right - left < 8:
            return
        painter.setPen(self._muted if muted else self._text)
        shown = QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, right - left + 6)
        painter.drawText(QRectF(left, top, right - left + 8, high), _NAMED, shown)

    def _paint_brackets(self, painter: QPainter, across: float, top: float) -> None:
        """Over sessions that ran at the same time."""
        painter.setPen(QPen(self._muted, 1.2))
        for part in self.layout.together:
            left, right = across + part.left + 3, across + part.right - 3
            painter.drawPolyline(
                [QPointF(left, top + 7), QPointF(left, top + 2), QPointF(right, top + 2), QPointF(right, top + 7)]
            )

    def _paint_column(self, painter: QPainter, number: int, column: QRectF) -> None:
        layout, sizes = self.layout, self.layout.sizes
        painter.setFont(sizes.small)
        is_session = self.contest.columns[number].key.session is not None
        painter.setPen(self._text if is_session else self._muted)
        for at, words in enumerate(layout.heads[number]):
            top = column.top() + layout.name_top + at * sizes.small_line
            painter.drawText(QRectF(column.left() + 3, top, column.width(), sizes.small_line), _NAMED, words)
        count = layout.in_columns[number]
        painter.setPen(self._muted)
        words = labels.number(count) if count else "·"
        painter.drawText(
            QRectF(column.left() + 3, column.top() + layout.number_top, column.width(), sizes.small_line), _NAMED, words
        )

    # --- rows --------------------------------------------------------------------------------------------------------

    def _paint_names(self, painter: QPainter, seen: "Sequence[Line]", left: float, down: float) -> None:
        sizes, gutter = self.layout.sizes, self.layout.gutter
        for line in seen:
            top = down + line.top
            painter.setFont(sizes.small)
            painter.setPen(self._muted)
            count = labels.number(line.codings)
            wide = QFontMetricsF(sizes.small).horizontalAdvance(count)
            painter.drawText(
                QRectF(left, top, gutter - 2 * PAD, line.height),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                count,
            )
            painter.setFont(sizes.bold if line.is_band else sizes.font)
            painter.setPen(self._text)
            inset = self.layout.indent if line.inside else 0.0
            room = gutter - 3 * PAD - wide - inset
            shown = QFontMetricsF(painter.font()).elidedText(line.name, Qt.TextElideMode.ElideMiddle, room)
            painter.drawText(QRectF(left + inset + 2, top, room + 4, line.height), _NAMED, shown)

    def _paint_row(self, painter: QPainter, line: Line, at: tuple[float, float]) -> None:
        layout, row = self.layout, line.row
        assert row is not None
        across, down = at
        for column in range(len(self.contest.columns)):
            marks = self.contest.cells.get((row, column), ())
            if not marks:
                continue
            counts = layout.dense.get((row, column))
            if counts is not None:
                left, right = layout.lefts[column], layout.rights[column]
                self._paint_dense(
                    painter,
                    counts,
                    QRectF(across + left, down + line.top, right - left, line.height),
                )
                continue
            for mark, place in zip(marks, layout.places(line, column, len(marks)), strict=True):
                square = QRectF(across + place.x(), down + place.y(), layout.sizes.mark, layout.sizes.mark)
                paint_stances(painter, [self._signs[one] for one in mark.stances], square)

    def _paint_dense(self, painter: QPainter, counts: tuple[int, ...], cell: QRectF) -> None:
        """How many there are of each stance, one below the other."""
        sizes = self.layout.sizes
        told = [(stance, count) for stance, count in zip(self.contest.stances, counts, strict=True) if count]
        top = cell.center().y() - len(told) * sizes.small_line / 2
        painter.setFont(sizes.small)
        for at, (stance, count) in enumerate(told):
            y = top + at * sizes.small_line
            size = sizes.mark * 0.85
            square = QRectF(cell.left() + 4, y + (sizes.small_line - size) / 2, size, size)
            paint_stances(painter, [self._signs[stance]], square)
            painter.setPen(self._text)
            painter.drawText(
                QRectF(square.right() + 4, y, cell.width(), sizes.small_line), _NAMED, labels.number(count)
            )

    # --- what is pointed to ------------------------------------------------------------------------------------------

    def _paint_rings(
        self, painter: QPainter, pointed: "Sequence[tuple[int, Spot]]", area: QRectF, at: tuple[float, float, float]
    ) -> None:
        across, top, down = at
        layout = self.layout
        painter.save()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self.colours.accent), 2))
        for line, spot in pointed:
            is_head, is_name = line < HEADS, spot.columns is None
            shift = QPointF(area.left() if is_name else across, top if is_head else down)
            clip = QRectF(area)
            if not is_name:
                clip.setLeft(area.left() + layout.gutter - 3)
            if not is_head:
                clip.setTop(area.top() + layout.head_height)
            painter.setClipRect(clip)
            grown = 2.5 if spot.mark is not None else -1.0
            painter.drawRoundedRect(spot.area.translated(shift).adjusted(-grown, -grown, grown, grown), 4, 4)
        painter.restore()


HEADS = 2
"""So many lines of spots are heads: phases, and columns."""


def _day(part: Part, form: str) -> str:
    """A day as it is written over its sessions."""
    year, month, day = (int(one) for one in part.name.split("-"))
    return QLocale().toString(QDate(year, month, day), form)
