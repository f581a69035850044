"""Below the lines of a score: brackets, within which passages follow one another, and what is known of the observers.

There may be some thousands of both on a screen: their lines are gathered when one looks from nearer or farther, and
then only moved.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from polyvocal.domain.score import Placing
from polyvocal.domain.words import CellState, Phase
from polyvocal.gui.theme import Colours
from polyvocal.gui.views.compare_marks import paint_mark
from polyvocal.gui.views.score_layout import LANES, Bow, ScoreLayout, Seen, StaffRow

STYLES = {Placing.IN_SESSION: Qt.PenStyle.DashLine, Placing.OBSERVED: Qt.PenStyle.DotLine}
"""How brackets are drawn; those between two times are whole lines."""
SHORTEST = 3.0
"""So many pixels wide is a bracket at least that is drawn."""
LANE = 5
"""How far apart the lanes of brackets are."""
EDGE = 4
"""How far below a line its brackets begin, and below these the states."""


class Stamps:
    """The marks of states as small pictures: painted once for a size, since the same ones stand on a screen often."""

    def __init__(self, ink: QColor) -> None:
        self._ink = ink
        self._made: dict[tuple[CellState, float, float], QPixmap] = {}

    def of(self, state: CellState, size: float, ratio: float) -> QPixmap:
        """The mark of a state in a square; `ratio` is how many pixels of the screen are one of the window's."""
        key = state, size, ratio
        if key not in self._made:
            made = QPixmap(round((size + 2) * ratio), round((size + 2) * ratio))
            made.setDevicePixelRatio(ratio)
            made.fill(Qt.GlobalColor.transparent)
            painter = QPainter(made)
            paint_mark(painter, state, QRectF(1, 1, size, size), self._ink)
            painter.end()
            self._made[key] = made
        return self._made[key]


class _State(NamedTuple):
    """What is known of an observer from one place of the axis to another, and in which lane it is told."""

    left: float
    right: float
    lane: int
    state: CellState


class _Gathered(NamedTuple):
    """What lies below a line, at a scale: thin lines, brackets by how they are drawn, bars, and (state, x, y) of marks.

    All of it in pixels from the left end of the axis, and from the line.
    """

    scale: float
    thin: list[QLineF]
    bows: dict[Qt.PenStyle, list[QLineF]]
    bars: list[QRectF]
    marks: list[tuple[CellState, float, float]]


class BelowPainter:
    """Paints the lines of staves, and what lies below them. Without `stamps` every mark is drawn anew."""

    def __init__(self, layout: ScoreLayout, colours: Colours, *, stamps: Stamps | None) -> None:
        self._layout, self._stamps = layout, stamps
        self._line, self._edge, self._muted = QColor(colours.line), QColor(colours.edge), QColor(colours.muted)
        self._states = [tuple(self._of_staff(number)) for number in range(len(layout.score.staves))]
        self._gathered: dict[int, _Gathered] = {}

    def _of_staff(self, number: int) -> Iterator[_State]:
        staff, score = self._layout.score.staves[number], self._layout.score
        for one in score.sessions:
            state = staff.sessions.get(one.id)
            if state is not None:
                yield _State(one.left, one.right, one.lane, state)
        for region in score.regions:
            phase = {"before": Phase.BEFORE, "after": Phase.AFTER}.get(region.what)
            state = staff.phases.get(phase) if phase is not None else None
            if state is CellState.CODED and not self._layout.staves[number].within(region.left, region.right):
                continue  # what is coded stands at its time, on the axis
            if state is not None:
                yield _State(region.left, region.right, 0, state)

    def paint(self, painter: QPainter, body: QRectF, rows: Sequence[StaffRow], seen: Seen) -> None:
        """Paint below the lines of the staves at some rows."""
        origin = body.left() - seen.left * seen.scale
        for row in rows:
            line = body.top() + row.line - seen.down
            found = self._gathered.get(row.staff)
            if found is None or found.scale != seen.scale:  # while one moves along, it stays the same
                found = self._gathered[row.staff] = self._gather(row.staff, seen.scale)
            painter.setPen(QPen(self._line, 1))
            painter.drawLine(QLineF(body.left(), line + 0.5, body.right(), line + 0.5))
            painter.save()
            painter.translate(origin, line)
            painter.drawLines(found.thin)
            for style, lines in found.bows.items():
                painter.setPen(QPen(self._edge, 1, style))
                painter.drawLines(lines)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._muted)
            painter.drawRects(found.bars)
            self._paint_marks(painter, found.marks, body.left() - origin, body.right() - origin)
            painter.restore()

    def _gather(self, staff: int, scale: float) -> _Gathered:
        found = _Gathered(scale, [], {Qt.PenStyle.SolidLine: []}, [], [])
        self._gather_bows(found, staff)
        self._gather_states(found, staff)
        return found

    def _gather_bows(self, found: _Gathered, staff: int) -> None:
        scale, whole = found.scale, found.bows[Qt.PenStyle.SolidLine]
        for bow in self._layout.staves[staff].bows:
            x, end, y = bow.left * scale + 1, bow.right * scale - 1, EDGE + bow.lane * LANE
            if end - x < SHORTEST:
                continue
            style = STYLES.get(bow.placing)
            along = whole if style is None else found.bows.setdefault(style, [])
            along.append(QLineF(x, y + 3, end, y + 3))
            whole += _tips(bow, x, end, y)

    def _gather_states(self, found: _Gathered, staff: int) -> None:
        """A bar from end to end where passages are coded, else a line with the mark of the state in its middle."""
        high, scale = self._layout.sizes.lane, found.scale
        half, top = high / 2 + 2, 2 * EDGE + LANES * LANE
        for one in self._states[staff]:
            left, right = one.left * scale + 2, one.right * scale - 2
            if right - left < SHORTEST:
                continue
            y = top + one.lane * (high + 1) + high / 2
            if one.state is CellState.CODED:
                found.bars.append(QRectF(left, y - 1.5, right - left, 3))
                continue
            middle = (left + right) / 2
            if right - left >= high + 2:
                found.marks.append((one.state, middle - high / 2, y - high / 2))
                found.thin.extend((QLineF(left, y, middle - half, y), QLineF(middle + half, y, right, y)))
            else:
                found.thin.append(QLineF(left, y, right, y))

    def _paint_marks(
        self, painter: QPainter, marks: Sequence[tuple[CellState, float, float]], left: float, right: float
    ) -> None:
        size, ratio = self._layout.sizes.lane, painter.device().devicePixelRatioF()
        for state, x, y in marks:
            if not left - size < x < right:
                continue
            if self._stamps is not None:
                painter.drawPixmap(QPointF(x - 1, y - 1), self._stamps.of(state, size, ratio))
            else:
                paint_mark(painter, state, QRectF(x, y, size, size), self._muted)


def _tips(bow: Bow, x: float, end: float, y: float) -> Iterator[QLineF]:
    """The ends of a bracket that is open: an arrow where nothing bounds it."""
    for is_open, at, way in ((bow.open_left, x, 3), (bow.open_right, end, -3)):
        if is_open:
            yield QLineF(at, y + 3, at + way, y + 1)
            yield QLineF(at, y + 3, at + way, y + 5)
        else:
            yield QLineF(at, y, at, y + 3)
