"""What stands above the staves: before, during and after, days, sessions, hours, and what is folded."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLineF, QLocale, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from polyvocal.domain.words import Phase
from polyvocal.gui import labels
from polyvocal.gui.theme import Colours
from polyvocal.gui.views.score_layout import ScoreLayout, Seen

if TYPE_CHECKING:
    from polyvocal.services.analysis.score import Score
    from polyvocal.services.analysis.score_plan import Region

_STEPS = (5, 10, 15, 30, 60, 120, 180, 240, 360)
"""Minutes between the hours that are written above the staves."""

_DAYS = ("dddd d MMMM", "ddd d MMM", "d MMM")
"""How days are written, as there is room."""


class HeadPainter:
    """Paints the heads of a score. Where sessions are `numbered`, a legend tells which each number is."""

    def __init__(self, layout: ScoreLayout, colours: Colours, *, numbered: bool = False) -> None:
        self.layout, self.colours, self._numbered = layout, colours, numbered
        self.score: Score = layout.score
        self._edge, self._text, self._muted = QColor(colours.edge), QColor(colours.text), QColor(colours.muted)

    @cached_property
    def days(self) -> list[tuple[datetime, float, float]]:
        """Each day of which anything is told, and from where to where on the axis it goes."""
        axis, clock = self.score.axis, self.score.clock
        if not axis.pieces:
            return []
        midnights = axis.midnights(clock)
        found: list[tuple[datetime, float, float]] = []
        for start, end in zip([axis.pieces[0].start, *midnights], [*midnights, axis.pieces[-1].end], strict=True):
            if any(not one.folded and one.start < end and one.end > start for one in axis.pieces):
                if found:  # days of which nothing is told lie in the fold between, which belongs to the one before
                    found[-1] = (*found[-1][:2], axis.place(start))
                found.append((datetime.fromtimestamp(start, clock), axis.place(start), axis.place(end)))
        return found

    def paint(self, painter: QPainter, head: QRectF, seen: Seen) -> None:
        """Paint into a row above the staves."""
        layout, sizes = self.layout, self.layout.sizes
        body = QRectF(head.left(), head.bottom(), head.width(), 0)
        y = head.top()
        painter.setFont(sizes.small)
        for words, left, right in self._phases():
            self._paint_sticky(painter, (words,), (seen.x(body.left(), left), seen.x(body.left(), right)),
                               QRectF(head.left(), y, head.width(), layout.phase_height), self._muted)  # fmt: skip
        y += layout.phase_height
        painter.setFont(sizes.bold)
        for written, left, right in self._named_days():
            self._paint_sticky(painter, written, (seen.x(body.left(), left), seen.x(body.left(), right)),
                               QRectF(head.left(), y, head.width(), layout.day_height), self._text)  # fmt: skip
        y += layout.day_height
        self._paint_sessions(painter, body, y, seen)
        y += layout.lanes * (layout.session_height + 2)
        self._paint_hours(painter, body, y, seen)
        self._paint_folds(painter, body, QRectF(head.left(), y, head.width(), layout.tick_height), seen)

    @staticmethod
    def _paint_sticky(
        painter: QPainter, words: Sequence[str], ends: tuple[float, float], row: QRectF, colour: QColor
    ) -> None:
        """Words at the left of what is seen of a part: the first that fit, else some of the last."""
        left, right = max(ends[0], row.left()) + 6, min(ends[1], row.right()) - 4
        if right - left < 12:
            return
        painter.setPen(colour)
        metrics = QFontMetricsF(painter.font())
        fitting = next((one for one in words if metrics.horizontalAdvance(one) <= right - left), words[-1])
        shown = metrics.elidedText(fitting, Qt.TextElideMode.ElideRight, right - left)
        if len(shown) > 2 or shown == fitting:
            painter.drawText(QRectF(left, row.top(), right - left, row.height()), Qt.AlignmentFlag.AlignVCenter, shown)

    def _phases(self) -> Iterator[tuple[str, float, float]]:
        """Before, during and after the event, and what is told of no time; by places."""
        score = self.score
        untimed = [one for one in score.regions if one.what == "no time told"]
        for one in untimed:
            yield self._phases_without_time(one), one.left, one.right
        left = untimed[0].right if untimed else score.left
        if score.hours is None or not score.axis.pieces:
            edges = [(one.what, one.left, one.right) for one in score.regions]
            begins = next((right for what, _, right in edges if what == "before"), left)
            ends = next((at for what, at, _ in edges if what == "after"), score.right)
        else:
            begins, ends = (score.axis.place(at) for at in score.hours)
            if score.hours[0] <= score.axis.pieces[0].start:
                begins = score.axis.left
            if score.hours[1] >= score.axis.pieces[-1].end:
                ends = score.axis.right
        yield labels.PHASES[Phase.BEFORE].upper(), left, begins
        yield labels.PHASES[Phase.DURING].upper(), begins, ends
        yield labels.PHASES[Phase.AFTER].upper(), ends, score.right

    def _phases_without_time(self, region: "Region") -> str:
        """What is said of the phase of passages that have no time, and are not from before or after."""
        of = {mark.told.phase for staff in self.layout.staves for mark in staff.marks if mark.right == region.right}
        told = [labels.PHASES[one].upper() for one in Phase if one in of]
        return " / ".join([*told, "NOT TOLD"] if None in of or not told else told)

    def _named_days(self) -> Iterator[tuple[tuple[str, ...], float, float]]:
        """The days, longer and shorter, and the regions that have none."""
        for one in self.score.regions:
            yield ("no time",), one.left, one.right
        year = " yyyy" if len({day.year for day, _, _ in self.days}) > 1 else ""
        for day, left, right in self.days:
            date = QDate(day.year, day.month, day.day)
            yield tuple(QLocale().toString(date, words + year) for words in _DAYS), left, right

    def _paint_sessions(self, painter: QPainter, body: QRectF, top: float, seen: Seen) -> None:
        layout = self.layout
        metrics = QFontMetricsF(layout.sizes.small)
        painter.setFont(layout.sizes.small)
        for number, one in enumerate(self.score.sessions, 1):
            left, right = seen.x(body.left(), one.left), seen.x(body.left(), one.right)
            if right < body.left() or left > body.right():
                continue
            y = top + one.lane * (layout.session_height + 2)
            box = QRectF(left + 0.5, y + 0.5, max(right - left - 1, 2), layout.session_height)
            painter.setPen(QPen(self._edge, 1, Qt.PenStyle.SolidLine if one.scheduled else Qt.PenStyle.DashLine))
            painter.setBrush(QColor(self.colours.raised))
            painter.drawRoundedRect(box, 3, 3)
            times = f"  {one.starts:%H:%M}–{one.ends:%H:%M}"
            inside = QRectF(max(box.left(), body.left()) + 4, box.top(), 0, box.height())
            inside.setRight(min(box.right(), body.right()) - 3)
            words = f"{number} {one.title}" if self._numbered else one.title
            painter.setPen(self._text)
            if self._numbered and metrics.horizontalAdvance(words) > inside.width():
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number))
                continue
            if metrics.horizontalAdvance(words + times) <= inside.width():
                words += times
            if inside.width() > 14:
                shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, inside.width())
                painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_hours(self, painter: QPainter, body: QRectF, top: float, seen: Seen) -> None:
        layout = self.layout
        metrics = QFontMetricsF(layout.sizes.small)
        wide = metrics.horizontalAdvance("00:00") + 10
        step = next((one for one in _STEPS if one * seen.scale >= wide), _STEPS[-1]) * 60
        painter.setFont(layout.sizes.small)
        painter.setPen(self._muted)
        ticks, last = [], -1e9
        for piece in self.score.axis.pieces:
            if piece.folded:
                continue
            offset = datetime.fromtimestamp(piece.start, self.score.clock).utcoffset()
            shift = offset.total_seconds() if offset is not None else 0.0
            at = -(-(piece.start + shift) // step) * step - shift
            while at <= piece.end:
                x = seen.x(body.left(), self.score.axis.place(at))
                if body.left() + wide / 2 <= x <= body.right() - wide / 2 and x - last >= wide:
                    ticks.append(QLineF(x, top + layout.tick_height, x, top + layout.tick_height + 4))
                    label = QRectF(x - wide / 2, top, wide, layout.tick_height)
                    told = f"{datetime.fromtimestamp(at, self.score.clock):%H:%M}"
                    painter.drawText(label, Qt.AlignmentFlag.AlignCenter, told)
                    last = x
                at += step
        painter.setPen(QPen(self._edge, 1))
        painter.drawLines(ticks)

    def _paint_folds(self, painter: QPainter, body: QRectF, row: QRectF, seen: Seen) -> None:
        """Two strokes across the axis for each stretch that is left out."""
        painter.setPen(QPen(self._edge, 1.4))
        for piece in self.score.axis.pieces:
            middle = seen.x(body.left(), (piece.left + piece.right) / 2)
            if piece.folded and body.left() <= middle <= body.right():
                y, high = row.bottom() - 1, 6
                painter.drawLines([QLineF(middle + x - 2, y + high / 2, middle + x + 2, y - high / 2) for x in (-2, 2)])
