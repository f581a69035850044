"""How the states of a cell look: each has a mark of its own shape; and the legend that says what they mean."""

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from polyvocal.domain.words import CellState
from polyvocal.gui import labels
from polyvocal.gui.theme import Theme

STATES = tuple(state for state in CellState if state is not CellState.CODED)
"""The states of a cell without passages."""


def paint_mark(painter: QPainter, state: CellState, area: QRectF, ink: QColor) -> None:
    """Paint the mark of a state into a square.

    Read: a ring. Not yet read: a half disc. Present, nothing written: a square. Elsewhere: an arrow. Absent: a cross.
    Not known: dots.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle, size = area.center(), area.width() / 2
    painter.setPen(QPen(ink, 1.3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    match state:
        case CellState.READ_NOT_SO_CODED:
            painter.drawEllipse(middle, size * 0.8, size * 0.8)
        case CellState.WRITTEN_NOT_YET_READ:
            painter.drawEllipse(middle, size * 0.8, size * 0.8)
            painter.setBrush(ink)
            painter.drawPie(QRectF(area).adjusted(size * 0.2, size * 0.2, -size * 0.2, -size * 0.2), 90 * 16, 180 * 16)
        case CellState.PRESENT_NOTHING_WRITTEN:
            painter.drawRect(area.adjusted(size * 0.3, size * 0.3, -size * 0.3, -size * 0.3))
        case CellState.ELSEWHERE:
            tip = QPointF(area.right() - size * 0.1, middle.y())
            painter.drawLine(QPointF(area.left() + size * 0.1, middle.y()), tip)
            wings = (QPointF(tip.x() - size * 0.7, tip.y() - size * 0.6), tip)
            painter.drawPolyline(QPolygonF([*wings, QPointF(tip.x() - size * 0.7, tip.y() + size * 0.6)]))
        case CellState.ABSENT:
            box = area.adjusted(size * 0.3, size * 0.3, -size * 0.3, -size * 0.3)
            painter.drawLine(box.topLeft(), box.bottomRight())
            painter.drawLine(box.topRight(), box.bottomLeft())
        case _:
            painter.setBrush(ink)
            for step in (-0.75, 0.0, 0.75):
                painter.drawEllipse(QPointF(middle.x() + step * size, middle.y()), 0.9, 0.9)
    painter.restore()


class Sign(QWidget):
    """A mark on its own, as high as a line; `paint` paints it into a square."""

    def __init__(self, theme: Theme, paint: Callable[[QPainter, QRectF], None]) -> None:
        super().__init__()
        self._paint = paint
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        height = self.fontMetrics().height()
        return QSize(height, height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            size = self.fontMetrics().ascent() * 0.8
            self._paint(painter, QRectF((self.width() - size) / 2, (self.height() - size) / 2, size, size))


def state_sign(state: CellState, theme: Theme) -> Sign:
    """The mark of a state on its own."""
    return Sign(theme, lambda painter, area: paint_mark(painter, state, area, QColor(theme.colours.muted)))


class Legend(QWidget):
    """What the marks that occur mean: mark, word, meaning."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(2, 1)
        self.states: tuple[CellState, ...] = ()
        self._parts: list[QWidget] = []

    def show_states(self, states: Iterable[CellState], meanings: Mapping[str, str]) -> None:
        """Tell what these states mean."""
        wanted = tuple(state for state in STATES if state in set(states))
        if wanted == self.states:
            return
        self.states = wanted
        for part in self._parts:
            self._grid.removeWidget(part)
            part.deleteLater()
        self._parts.clear()
        for row, state in enumerate(wanted):
            word, meaning = QLabel(labels.CELL_STATES[state]), QLabel(meanings[state])
            meaning.setProperty("muted", True)
            meaning.setWordWrap(True)
            for column, part in enumerate((state_sign(state, self._theme), word, meaning)):
                self._grid.addWidget(part, row, column, Qt.AlignmentFlag.AlignTop)
                part.show()  # at once, so that the height it needs is known
                self._parts.append(part)
        self.updateGeometry()  # or what holds it remembers the height that it had
