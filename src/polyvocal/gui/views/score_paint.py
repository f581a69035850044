"""Painting a score: the heads with phases, days, sessions and hours; the names; the staves with their passages.

One way of painting for the window and for pictures that are exported. All of it is told again in words elsewhere.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QDate, QLineF, QLocale, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen, QPolygonF

from polyvocal.domain.score import Placing
from polyvocal.domain.words import CellState, Phase
from polyvocal.gui import labels
from polyvocal.gui.theme import Colours, blended, mark_colour
from polyvocal.gui.views.compare_marks import paint_mark
from polyvocal.gui.views.score_layout import BAR, CLOSE, CODES_SHOWN, LANES, MANY, ScoreLayout, StaffMarks, StaffRow

if TYPE_CHECKING:
    from polyvocal.gui.views.score_dense import DenseStaff
    from polyvocal.services.analysis.score import Score
    from polyvocal.services.analysis.score_plan import PassageMark

ONE_BY_ONE = 900
"""So many passages are painted one by one; more of them as pixels, where these are at hand."""
_STEPS = (5, 10, 15, 30, 60, 120, 180, 240, 360)
"""Minutes between the hours that are written above the staves."""
_TIPS = {Placing.IN_SESSION: Qt.PenStyle.DashLine, Placing.OBSERVED: Qt.PenStyle.DotLine}


class Seen(NamedTuple):
    """What part of the score is seen: from a place on, so many pixels a minute, and how far down it is scrolled."""

    left: float
    scale: float
    down: float = 0.0


class Pointed(NamedTuple):
    """What is pointed to: a staff and a passage on it, by the keys or by the mouse."""

    staff: int
    number: int


class Marked(NamedTuple):
    """What stands out: the current passage, the one under the mouse, and the stretch of the axis that is selected."""

    current: Pointed | None = None
    under: Pointed | None = None
    stretch: tuple[float, float] | None = None


NOTHING = Marked()


class ScorePainter:
    """Paints a score that is laid out, in the colours of a theme."""

    def __init__(self, layout: ScoreLayout, colours: Colours, dense: Sequence["DenseStaff"] = ()) -> None:
        self.layout, self.colours, self._dense = layout, colours, dense
        self.score: Score = layout.score
        self._shade = {code: mark_colour(seen.colour, colours.ground) for code, seen in self.score.codes.items()}
        self._line, self._edge = QColor(colours.line), QColor(colours.edge)
        self._text, self._muted, self._accent = (
            QColor(colours.text), QColor(colours.muted), QColor(colours.accent),
        )  # fmt: skip

    # --- all of it ---------------------------------------------------------------------------------------------------

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
        self._paint_staves(painter, body, rows, seen, marked)
        painter.setClipRect(QRectF(body.left(), area.top(), body.width(), layout.head_height))
        self._paint_heads(painter, QRectF(body.left(), area.top(), body.width(), layout.head_height), seen)
        painter.restore()
        painter.save()
        painter.setClipRect(QRectF(area.left(), body.top(), layout.gutter, body.height()))
        self._paint_names(painter, area.left(), body.top() - seen.down, marked)
        painter.restore()
        painter.setPen(QPen(self._edge, 1))
        painter.drawLine(QLineF(area.left(), body.top(), area.right(), body.top()))

    def _x(self, body: QRectF, seen: Seen, place: float) -> float:
        return body.left() + (place - seen.left) * seen.scale

    # --- behind the staves -------------------------------------------------------------------------------------------

    def _paint_ground(self, painter: QPainter, area: QRectF, body: QRectF, seen: Seen, marked: Marked) -> None:
        """Regions, folds, sessions and days as columns; the stretch that is selected."""
        bottom = min(body.bottom(), body.top() + self.layout.height - seen.down)
        head = area.top()
        aside = blended(self.colours.raised, self.colours.ground, 0.9)
        for region in self.score.regions:
            left, right = self._x(body, seen, region.left), self._x(body, seen, region.right)
            painter.fillRect(QRectF(left, body.top(), right - left, bottom - body.top()), aside)
        fold = QColor(self.colours.panel)
        for piece in self.score.axis.pieces:
            if piece.folded:
                left, right = self._x(body, seen, piece.left), self._x(body, seen, piece.right)
                painter.fillRect(QRectF(left, body.top(), right - left, bottom - body.top()), fold)
        top = head + self.layout.phase_height + self.layout.day_height
        painter.setPen(QPen(self._line, 1))
        edges = {self._x(body, seen, at) for one in self.score.sessions for at in (one.left, one.right)}
        painter.drawLines([QLineF(x, top, x, bottom) for x in edges if body.left() <= x <= body.right()])
        painter.setPen(QPen(self._edge, 1.2))
        days = [self._x(body, seen, at) for _, at, _ in self._days[1:]]
        ends = [self._x(body, seen, at) for one in self.score.regions for at in (one.left, one.right)]
        painter.drawLines(
            [QLineF(x, head + self.layout.phase_height, x, bottom) for x in (*days, *ends) if x <= body.right()]
        )
        if marked.stretch is not None:
            left, right = (self._x(body, seen, at) for at in marked.stretch)
            shade = QColor(self._accent)
            shade.setAlpha(34)
            painter.fillRect(QRectF(left, head, right - left, bottom - head), shade)
            painter.setPen(QPen(self._accent, 1.4))
            painter.drawLines([QLineF(x, head, x, bottom) for x in (left, right)])

    @cached_property
    def _days(self) -> list[tuple[datetime, float, float]]:
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

    # --- heads -------------------------------------------------------------------------------------------------------

    def _paint_heads(self, painter: QPainter, head: QRectF, seen: Seen) -> None:
        layout, sizes = self.layout, self.layout.sizes
        body = QRectF(head.left(), head.bottom(), head.width(), 0)
        y = head.top()
        painter.setFont(sizes.small)
        for words, left, right in self._phases():
            self._paint_sticky(painter, words, (self._x(body, seen, left), self._x(body, seen, right)),
                               QRectF(head.left(), y, head.width(), layout.phase_height), self._muted)  # fmt: skip
        y += layout.phase_height
        painter.setFont(sizes.bold)
        for words, left, right in self._named_days():
            self._paint_sticky(painter, words, (self._x(body, seen, left), self._x(body, seen, right)),
                               QRectF(head.left(), y, head.width(), layout.day_height), self._text)  # fmt: skip
        y += layout.day_height
        self._paint_sessions(painter, body, y, seen)
        y += layout.lanes * (layout.session_height + 2)
        self._paint_hours(painter, body, y, seen)
        self._paint_folds(painter, body, QRectF(head.left(), y, head.width(), layout.tick_height), seen)

    @staticmethod
    def _paint_sticky(painter: QPainter, words: str, ends: tuple[float, float], row: QRectF, colour: QColor) -> None:
        """Words at the left of what is seen of a part, as far as it has room for them."""
        left, right = max(ends[0], row.left()) + 6, min(ends[1], row.right()) - 4
        if right - left < 12:
            return
        painter.setPen(colour)
        shown = QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, right - left)
        if len(shown) > 2 or shown == words:
            painter.drawText(QRectF(left, row.top(), right - left, row.height()), Qt.AlignmentFlag.AlignVCenter, shown)

    def _phases(self) -> Iterator[tuple[str, float, float]]:
        """Before, during and after the event, and what is told of no time; by places."""
        score = self.score
        untimed = [one for one in score.regions if one.what == "no time told"]
        for one in untimed:
            yield "No time told", one.left, one.right
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

    def _named_days(self) -> Iterator[tuple[str, float, float]]:
        """The days, and the regions that have none."""
        for one in self.score.regions:
            yield "no time told", one.left, one.right
        for day, left, right in self._days:
            yield QLocale().toString(QDate(day.year, day.month, day.day), "dddd d MMMM"), left, right

    def _paint_sessions(self, painter: QPainter, body: QRectF, top: float, seen: Seen) -> None:
        layout = self.layout
        metrics = QFontMetricsF(layout.sizes.small)
        painter.setFont(layout.sizes.small)
        for one in self.score.sessions:
            left, right = self._x(body, seen, one.left), self._x(body, seen, one.right)
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
            words = one.title
            if metrics.horizontalAdvance(words + times) <= inside.width():
                words += times
            painter.setPen(self._text)
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
                x = self._x(body, seen, self.score.axis.place(at))
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
            middle = self._x(body, seen, (piece.left + piece.right) / 2)
            if piece.folded and body.left() <= middle <= body.right():
                y, high = row.bottom() - 1, 6
                painter.drawLines([QLineF(middle + x - 2, y + high / 2, middle + x + 2, y - high / 2) for x in (-2, 2)])

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

    # --- staves ------------------------------------------------------------------------------------------------------

    def _paint_staves(
        self, painter: QPainter, body: QRectF, rows: Sequence[StaffRow], seen: Seen, marked: Marked
    ) -> None:
        width = body.width() / seen.scale
        inside = {row.staff: self.layout.staves[row.staff].within(seen.left - 1, seen.left + width + 1) for row in rows}
        many = sum(map(len, inside.values())) > ONE_BY_ONE and bool(self._dense)
        for row in rows:
            line = body.top() + row.line - seen.down
            painter.setPen(QPen(self._line, 1))
            painter.drawLine(QLineF(body.left(), line + 0.5, body.right(), line + 0.5))
            self._paint_bows(painter, body, row, seen, shortest=8 if many else 2)
            self._paint_states(painter, body, row, seen)
            if many:
                self._paint_pixels(painter, body, row, seen)
            else:
                self._paint_marks(painter, body, row, seen, inside[row.staff])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for pointed, strong in ((marked.under, False), (marked.current, True)):
            if pointed is not None and pointed.staff in inside:
                self._paint_pointed(painter, body, pointed, seen, strong=strong)

    def spot(self, body: QRectF, seen: Seen, pointed: Pointed) -> QPointF:
        """Where on its line a passage stands."""
        marks, row = self.layout.staves[pointed.staff], self.layout.rows[pointed.staff]
        x = self._x(body, seen, marks.at[pointed.number]) + self._aside(marks, pointed.number)
        return QPointF(x, body.top() + row.line - seen.down)

    def _aside(self, marks: StaffMarks, number: int) -> float:
        """How far beside its place a passage is painted, since others stand there too."""
        return min(marks.shift[number], 12) * (self.layout.sizes.head + 1)

    def _paint_marks(self, painter: QPainter, body: QRectF, row: StaffRow, seen: Seen, inside: range) -> None:
        marks, sizes = self.layout.staves[row.staff], self.layout.sizes
        line = body.top() + row.line - seen.down
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        close: list[float] = []
        for number in inside:
            room = marks.gap[number] * seen.scale
            x = self._x(body, seen, marks.at[number])
            if room < CLOSE:
                close.append(x)
                continue
            wide = min(sizes.head, max(room - 1, 2.5))
            self._paint_chord(painter, QPointF(x + self._aside(marks, number), line), marks.marks[number], wide)
            if room > 40:
                beside = QPointF(x + self._aside(marks, number) + sizes.head, line)
                self._paint_code_names(painter, beside, marks.marks[number], room - 2 * sizes.head)
        painter.restore()
        self._paint_bars(painter, body, line, close)

    def _paint_chord(self, painter: QPainter, at: QPointF, mark: "PassageMark", wide: float) -> None:
        """A passage: a note for each of its codes, one above the other; with a stem where a time is told in it."""
        sizes = self.layout.sizes
        step = sizes.head + 1
        shown = mark.codes if len(mark.codes) <= CODES_SHOWN else mark.codes[: CODES_SHOWN - 1]
        if mark.told.placing is Placing.AT_TIME:
            painter.setPen(QPen(self._text, 1.2))
            top = at.y() - (min(len(mark.codes), CODES_SHOWN)) * step - 2
            painter.drawLine(QLineF(at.x(), at.y() + 4, at.x(), top))
        for level, code in enumerate(shown):
            middle = QPointF(at.x(), at.y() - (level + 0.5) * step - 1)
            shade = self._shade[code]
            if code in mark.meant:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(shade)
                painter.drawEllipse(middle, wide / 2, sizes.head / 2)
            else:
                painter.setPen(QPen(shade, 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(middle, max(wide / 2 - 0.5, 0.8), sizes.head / 2 - 0.5)
        if len(shown) < len(mark.codes):
            y = at.y() - (CODES_SHOWN - 0.5) * step - 1
            painter.setPen(QPen(self._muted, 1.4))
            painter.drawLines(
                [QLineF(at.x() - wide / 2, y, at.x() + wide / 2, y), QLineF(at.x(), y - wide / 2, at.x(), y + wide / 2)]
            )

    def _paint_code_names(self, painter: QPainter, at: QPointF, mark: "PassageMark", room: float) -> None:
        """The names of codes beside their notes, as many as there is room for; the lowest note comes first."""
        metrics = QFontMetricsF(self.layout.sizes.small)
        names = [self.score.codes[code].name for code in mark.codes]
        words = ""
        for number, name in enumerate(names):
            longer = f"{words} · {name}" if words else name
            if metrics.horizontalAdvance(longer + (" …" if number + 1 < len(names) else "")) > room:
                break
            words = longer
        else:
            number = len(names)
        if words:
            painter.setFont(self.layout.sizes.small)
            painter.setPen(self._text)
            painter.drawText(QPointF(at.x(), at.y() - 2), words + (" …" if number < len(names) else ""))

    def _paint_bars(self, painter: QPainter, body: QRectF, line: float, close: Sequence[float]) -> None:
        """Columns for passages that are too close to be told apart: the higher, the more there are."""
        bars: dict[int, int] = {}
        for x in close:
            at = int((x - body.left()) // BAR)
            bars[at] = bars.get(at, 0) + 1
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._edge)
        chord = self.layout.chord
        painter.drawRects(
            [
                QRectF(body.left() + at * BAR, line - max(chord * min(many, MANY) / MANY, 1), BAR - 1,
                       max(chord * min(many, MANY) / MANY, 1))
                for at, many in bars.items()
            ]
        )  # fmt: skip

    def _paint_pixels(self, painter: QPainter, body: QRectF, row: StaffRow, seen: Seen) -> None:
        from polyvocal.gui.views.score_dense import Shades

        ratio = painter.device().devicePixelRatioF()
        width, height = int(body.width() * ratio), int(self.layout.chord * ratio)
        shades = Shades([shade.rgba() for shade in self._shade.values()], self._edge.rgba())
        scaled = Seen(seen.left, seen.scale * ratio)
        pixels = self._dense[row.staff].pixels(
            (width, height), scaled, self.layout.sizes.head, ratio=ratio, shades=shades
        )
        image = QImage(pixels.data, width, height, width * 4, QImage.Format.Format_ARGB32_Premultiplied)
        top = body.top() + row.line - seen.down - height / ratio
        painter.drawImage(QRectF(body.left(), top, width / ratio, height / ratio), image)

    # --- below the line ----------------------------------------------------------------------------------------------

    def _paint_bows(self, painter: QPainter, body: QRectF, row: StaffRow, seen: Seen, *, shortest: float) -> None:
        """The brackets: between two times whole lines, of a session dashed, of what was observed dotted."""
        right = seen.left + body.width() / seen.scale
        top = body.top() + row.line - seen.down + 4
        lines: dict[Qt.PenStyle, list[QLineF]] = {}
        for bow in self.layout.staves[row.staff].bows:
            if bow.left > right:
                break
            if bow.right < seen.left or (bow.right - bow.left) * seen.scale < shortest:
                continue
            y = top + bow.lane * 5
            x, end = self._x(body, seen, bow.left) + 1, self._x(body, seen, bow.right) - 1
            of = lines.setdefault(_TIPS.get(bow.placing, Qt.PenStyle.SolidLine), [])
            of.append(QLineF(max(x, body.left() - 4), y + 3, min(end, body.right() + 4), y + 3))
            ends = lines.setdefault(Qt.PenStyle.SolidLine, [])
            if bow.open_left:
                ends += [QLineF(x, y + 3, x + 3, y + 1), QLineF(x, y + 3, x + 3, y + 5)]
            else:
                ends.append(QLineF(x, y, x, y + 3))
            if bow.open_right:
                ends += [QLineF(end, y + 3, end - 3, y + 1), QLineF(end, y + 3, end - 3, y + 5)]
            else:
                ends.append(QLineF(end, y, end, y + 3))
        for style, drawn in lines.items():
            painter.setPen(QPen(self._edge, 1, style))
            painter.drawLines(drawn)

    def _paint_states(self, painter: QPainter, body: QRectF, row: StaffRow, seen: Seen) -> None:
        """What is known of the observer in each session, and before and after: a lane for each of parallel ones."""
        staff, sizes = self.score.staves[row.staff], self.layout.sizes
        top = body.top() + row.line - seen.down + 4 + LANES * 5 + 4
        for one in self.score.sessions:
            state = staff.sessions.get(one.id)
            if state is not None:
                lane = QRectF(0, top + one.lane * (sizes.lane + 1), 0, sizes.lane)
                self._paint_state(painter, state, lane, self._x(body, seen, one.left), self._x(body, seen, one.right))
        for region in self.score.regions:
            phase = {"before": Phase.BEFORE, "after": Phase.AFTER}.get(region.what)
            state = staff.phases.get(phase) if phase is not None else None
            if state is not None:
                self._paint_state(painter, state, QRectF(0, top, 0, sizes.lane),
                                  self._x(body, seen, region.left), self._x(body, seen, region.right))  # fmt: skip

    def _paint_state(self, painter: QPainter, state: CellState, lane: QRectF, left: float, right: float) -> None:
        """A state from end to end: a bar where passages are coded, else a line with the mark of the state."""
        device_left, device_right = left + 2, right - 2
        if device_right - device_left < 3:
            return
        y = lane.center().y()
        if state is CellState.CODED:
            painter.fillRect(QRectF(device_left, y - 1.5, device_right - device_left, 3), self._muted)
            return
        middle, size = (device_left + device_right) / 2, lane.height()
        painter.setPen(QPen(self._line, 1))
        painter.drawLine(QLineF(device_left, y, device_right, y))
        if device_right - device_left >= size + 2:
            area = QRectF(middle - size / 2, lane.top(), size, size)
            painter.fillRect(area.adjusted(-2, 0, 2, 0), QColor(self.colours.ground))
            paint_mark(painter, state, area, self._muted)

    # --- what is pointed to ------------------------------------------------------------------------------------------

    def _paint_pointed(self, painter: QPainter, body: QRectF, pointed: Pointed, seen: Seen, *, strong: bool) -> None:
        """A ring around a passage, and between which times it lies."""
        mark, sizes = self.layout.mark(*pointed), self.layout.sizes
        at = self.spot(body, seen, pointed)
        high = min(len(mark.codes), CODES_SHOWN) * (sizes.head + 1)
        ring = QRectF(at.x() - sizes.head / 2 - 3, at.y() - high - 4, sizes.head + 6, high + 7)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._accent if strong else self._muted, 2 if strong else 1.2))
        painter.drawRoundedRect(ring, 4, 4)
        if strong and mark.right > mark.left:
            left, right = self._x(body, seen, mark.left), self._x(body, seen, mark.right)
            painter.setPen(QPen(self._accent, 2))
            painter.drawLine(QLineF(left + 1, at.y() + 1, right - 1, at.y() + 1))
