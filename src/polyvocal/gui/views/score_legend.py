"""What the marks of a score mean: how passages stand, what is known of an observer, which colour is which code."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from polyvocal.domain.score import Placing
from polyvocal.domain.words import CellState
from polyvocal.gui import labels
from polyvocal.gui.theme import Colours, Theme, mark_colour
from polyvocal.gui.views.compare_marks import paint_mark
from polyvocal.gui.views.score_below import STYLES
from polyvocal.gui.views.score_layout import MANY, Measures, measures_of
from polyvocal.gui.views.score_words import session_hours

if TYPE_CHECKING:
    from polyvocal.services.analysis.score import Score

BOWS = {
    Placing.BETWEEN: "between two times, in the order of the text",
    Placing.IN_SESSION: "in its session, no time told",
    Placing.OBSERVED: "while it was observed, no time told",
}


class _Entry(NamedTuple):
    """A mark, painted into a square, and what it means."""

    paint: Callable[[QPainter, QRectF], None]
    words: str


class LegendPainter:
    """Lays the legend of a score out in a width, and paints it."""

    many = "too many to be told apart: look from nearer"

    def __init__(self, score: "Score", sizes: Measures, colours: Colours) -> None:
        self._score, self._sizes, self._colours = score, sizes, colours
        self._ink, self._edge = QColor(colours.muted), QColor(colours.edge)
        self._lines = [
            ("Passages", list(self._of_passages())),
            ("Observers", list(self._of_states())),
            ("Codes", list(self._of_codes())),
        ]

    @property
    def words(self) -> str:
        """The legend for who listens."""
        return "; ".join(f"{name}: {', '.join(one.words for one in line)}" for name, line in self._lines if line)

    # --- entries -----------------------------------------------------------------------------------------------------

    def _of_passages(self) -> Iterator[_Entry]:
        marks = [mark for staff in self._score.staves for mark in staff.marks]
        if not marks:
            return
        yield _Entry(lambda painter, area: self._note(painter, area, self._edge), "a code of a passage")
        if any(set(mark.codes) != mark.meant for mark in marks):
            yield _Entry(self._hollow, "its other codes, which the filter does not ask for")
        placings = {mark.told.placing for mark in marks}
        if Placing.AT_TIME in placings:
            yield _Entry(self._stem, "a time stands in it")
        for placing, words in BOWS.items():
            if placing in placings:
                yield _Entry(self._bow(STYLES.get(placing, Qt.PenStyle.SolidLine)), words)
        if any(mark.open_left or mark.open_right for mark in marks):
            yield _Entry(self._open, "nothing tells when it ended, or began")
        yield _Entry(self._bars, self.many)
        if any(not one.scheduled for one in self._score.sessions):
            yield _Entry(self._box(scheduled=False), "a session that was not scheduled")
        if any(piece.folded for piece in self._score.axis.pieces):
            yield _Entry(self._fold, "hours that are left out")

    def _of_states(self) -> Iterator[_Entry]:
        seen = {state for staff in self._score.staves for state in (*staff.sessions.values(), *staff.phases.values())}
        for state in CellState:
            if state in seen:
                yield _Entry(self._state(state), labels.CELL_STATES[state])

    def _of_codes(self) -> Iterator[_Entry]:
        for code in self._score.codes.values():
            shade = mark_colour(code.colour, self._colours.ground)
            yield _Entry(lambda painter, area, shade=shade: self._note(painter, area, shade), code.name)  # type: ignore[misc]

    # --- marks -------------------------------------------------------------------------------------------------------

    @staticmethod
    def _note(painter: QPainter, area: QRectF, shade: QColor) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade)
        size = area.height() * 0.3
        painter.drawEllipse(area.center(), size, size)

    def _hollow(self, painter: QPainter, area: QRectF) -> None:
        painter.setPen(QPen(self._edge, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        size = area.height() * 0.28
        painter.drawEllipse(area.center(), size, size)

    def _stem(self, painter: QPainter, area: QRectF) -> None:
        painter.setPen(QPen(QColor(self._colours.text), 1.2))
        painter.drawLine(QLineF(area.center().x(), area.top(), area.center().x(), area.bottom()))
        self._note(painter, area, self._edge)

    def _bow(self, style: Qt.PenStyle) -> Callable[[QPainter, QRectF], None]:
        def paint(painter: QPainter, area: QRectF) -> None:
            y = area.center().y() + 2
            painter.setPen(QPen(self._edge, 1, style))
            painter.drawLine(QLineF(area.left(), y, area.right(), y))
            painter.setPen(QPen(self._edge, 1))
            painter.drawLines([QLineF(x, y, x, y - 4) for x in (area.left(), area.right())])

        return paint

    def _open(self, painter: QPainter, area: QRectF) -> None:
        y, end = area.center().y() + 2, area.right()
        painter.setPen(QPen(self._edge, 1))
        painter.drawLines(
            [
                QLineF(area.left(), y, end, y), QLineF(area.left(), y, area.left(), y - 4),
                QLineF(end, y, end - 3, y - 2), QLineF(end, y, end - 3, y + 2),
            ]
        )  # fmt: skip

    def _bars(self, painter: QPainter, area: QRectF) -> None:
        for number, high in enumerate((0.4, 0.8, 0.55)):
            wide = area.width() / 4
            tall = area.height() * high
            painter.fillRect(QRectF(area.left() + number * (wide + 1), area.bottom() - tall, wide, tall), self._edge)

    def _fold(self, painter: QPainter, area: QRectF) -> None:
        painter.setPen(QPen(self._edge, 1.4))
        middle = area.center()
        painter.drawLines(
            [QLineF(middle.x() + x - 2, middle.y() + 4, middle.x() + x + 2, middle.y() - 4) for x in (-2, 2)]
        )

    def _box(self, *, scheduled: bool) -> Callable[[QPainter, QRectF], None]:
        def paint(painter: QPainter, area: QRectF) -> None:
            painter.setPen(QPen(self._edge, 1, Qt.PenStyle.SolidLine if scheduled else Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 2, -1, -1), 2, 2)

        return paint

    def _state(self, state: CellState) -> Callable[[QPainter, QRectF], None]:
        def paint(painter: QPainter, area: QRectF) -> None:
            if state is CellState.CODED:
                painter.fillRect(QRectF(area.left(), area.center().y() - 1.5, area.width(), 3), self._ink)
            else:
                size = area.height() * 0.8
                middle = area.center()
                paint_mark(painter, state, QRectF(middle.x() - size / 2, middle.y() - size / 2, size, size), self._ink)

        return paint

    # --- laying out --------------------------------------------------------------------------------------------------

    def height(self, width: float) -> float:
        """How high the legend is in a width."""
        return max((y for _, y, _, _ in self._placed(width)), default=0.0) + self._sizes.small_line + 2

    def paint(self, painter: QPainter, at: QPointF, width: float) -> None:
        """Paint the legend from a point on."""
        sizes = self._sizes
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(sizes.small)
        mark = sizes.small_line * 0.75
        for x, y, words, paint in self._placed(width):
            left = at.x() + x
            if paint is not None:
                top = at.y() + y + (sizes.small_line - mark) / 2
                paint(painter, QRectF(left, top, mark * 1.2, mark))
                left += mark * 1.2 + 5
            painter.setPen(QColor(self._colours.text if paint is not None else self._colours.muted))
            painter.drawText(QPointF(left, at.y() + y + QFontMetricsF(sizes.small).ascent()), words)
        painter.restore()

    def _placed(self, width: float) -> Iterator[tuple[float, float, str, Callable[[QPainter, QRectF], None] | None]]:
        sizes = self._sizes
        metrics = QFontMetricsF(sizes.small)
        names = max(metrics.horizontalAdvance(name) for name, _ in self._lines) + 14
        mark = sizes.small_line * 0.9 + 5
        y = 0.0
        for name, line in self._lines:
            if not line:
                continue
            yield 0.0, y, name, None
            x = names
            for one in line:
                wide = mark + metrics.horizontalAdvance(one.words)
                if x + wide > width and x > names:
                    x, y = names, y + sizes.small_line + 2
                yield x, y, one.words, one.paint
                x += wide + 16
            y += sizes.small_line + 6


class PictureLegend(LegendPainter):
    """The legend of a picture: with the sessions by their numbers, whose names may have no room above the staves."""

    many = f"too many to be told apart: the higher, the more (highest: {MANY} or more)"

    def __init__(self, score: "Score", sizes: Measures, colours: Colours) -> None:
        super().__init__(score, sizes, colours)
        sessions = [
            _Entry(self._box(scheduled=one.scheduled), f"{number} {one.title}, {session_hours(one.starts, one.ends)}")
            for number, one in enumerate(score.sessions, 1)
        ]
        self._lines.insert(0, ("Sessions", sessions))


class ScoreLegend(QWidget):
    """The legend below the score."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._score: Score | None = None
        self._painter: LegendPainter | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.tr("Legend"))
        theme.changed.connect(self._on_theme_changed)

    def show_score(self, score: "Score") -> None:
        """Tell what the marks of a score mean."""
        self._score = score
        self._painter = LegendPainter(score, measures_of(self.font()), self._theme.colours)
        self.setAccessibleDescription(self._painter.words)
        self.updateGeometry()
        self.update()

    def _on_theme_changed(self) -> None:
        if self._score is not None:
            self.show_score(self._score)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(self._painter.height(width)) if self._painter is not None else 0

    def sizeHint(self) -> QSize:
        width = max(self.width(), 300)
        return QSize(width, self.heightForWidth(width))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._painter is not None:
            self._painter.paint(QPainter(self), QPointF(0, 0), self.width())
