"""What shades or discs stand for which numbers."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from polyvocal.gui.theme import Colours, Theme
from polyvocal.gui.views.compare_asked import Look
from polyvocal.gui.views.compare_cells import disc_side, paint_disc, shade
from polyvocal.gui.views.compare_model import CompareModel

STEPS = 5
GAP = 12


def steps(model: CompareModel) -> list[tuple[float, str]]:
    """(weight, number in words) of a few numbers up to the highest one."""
    table = model.table
    if table is None or not table.most:
        return []
    whole = not table.is_share
    numbers = [table.most * (one / STEPS) ** 2 for one in range(1, STEPS + 1)]
    if whole and table.most <= STEPS:
        numbers = [float(one) for one in range(1, round(table.most) + 1)]
    elif whole:
        numbers = sorted({float(max(1, round(one))) for one in numbers})
    return [(one / table.most, model.number(int(one) if whole else one)) for one in numbers]


def paint_scale(painter: QPainter, area: QRect, model: CompareModel, look: Look, colours: Colours) -> None:
    """Each step as its shade or disc with its number beside it, and last what is counted."""
    metrics, side = QFontMetrics(painter.font()), area.height()
    left = area.left()
    for weight, words in steps(model):
        place = QRectF(left, area.top(), side, side)
        if look is Look.HEAT:
            painter.fillRect(place.adjusted(0, 1, 0, -1), shade(weight, colours))
            painter.setPen(QColor(colours.line))
            painter.drawRect(place.adjusted(0, 1, 0, -1))
        else:
            paint_disc(painter, place, weight, colours)
        painter.setPen(QColor(colours.muted))
        wide = metrics.horizontalAdvance(words)
        room = QRect(round(left + side + 5), area.top(), wide + 2, side)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)
        left += side + 5 + wide + GAP
    painter.drawText(
        QRect(left, area.top(), metrics.horizontalAdvance(model.unit()) + 2, side),
        int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter),
        model.unit(),
    )


def scale_width(metrics: QFontMetrics, model: CompareModel) -> int:
    """How wide the scale of a table is."""
    words = sum(metrics.horizontalAdvance(one) + disc_side(metrics) + 5 + GAP for _, one in steps(model))
    return words + metrics.horizontalAdvance(model.unit()) + 4


class Scale(QWidget):
    """The steps side by side; nothing for numbers alone."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model: CompareModel | None = None
        self._look = Look.NUMBERS
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("What the shades or discs stand for"))
        theme.changed.connect(self.update)

    def show_scale(self, model: CompareModel | None, look: Look) -> None:
        """Show the steps of a table in a look."""
        self._model, self._look = model, look
        found = steps(model) if model is not None else []
        self.setVisible(look is not Look.NUMBERS and bool(found))
        self.setAccessibleDescription(", ".join(words for _, words in found))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        wide = scale_width(self.fontMetrics(), self._model) if self._model is not None else 200
        return QSize(wide, disc_side(self.fontMetrics()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._model is not None:
            paint_scale(QPainter(self), self.rect(), self._model, self._look, self._theme.colours)
