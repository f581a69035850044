"""A table as a picture: all of it, in light colours, with what its shades, discs and marks stand for."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from polyvocal.domain.errors import UserError
from polyvocal.gui import labels
from polyvocal.gui.theme import LIGHT
from polyvocal.gui.views.compare_asked import Look
from polyvocal.gui.views.compare_cells import disc_side, mark_size, paint_cell
from polyvocal.gui.views.compare_foot import signs_in
from polyvocal.gui.views.compare_heads import EDGE, in_pixels, paint_corner
from polyvocal.gui.views.compare_marks import STATES, paint_mark
from polyvocal.gui.views.compare_model import CompareModel
from polyvocal.gui.views.compare_scale import paint_scale, steps
from polyvocal.gui.views.compare_table import CompareTable
from polyvocal.gui.views.picture_export import Picture

LARGEST = 6_000
"""A picture has at most so many cells: of more nobody could read anything, and it would be painted for long."""


def picture_of(table: CompareTable, model: CompareModel, *, title: str, caption: str) -> Picture:
    """A picture of a whole table, as it is ordered and folded. UserError for one that is too large."""
    rows, columns = model.rowCount(), model.columnCount()
    if rows * columns > LARGEST:
        raise UserError(
            f"a table of {rows:,} rows and {columns:,} columns is too large for a picture: fold codes, filter it, or "
            "export it as a table"
        )
    across, down = table.row_heads.wide, table.heads.laid.height
    width, height = across + table.heads.length(), down + table.row_heads.length()
    line = table.fontMetrics().lineSpacing()
    legend = _Legend(model, table.cells.look, QFontMetrics(in_pixels(table.font())))
    size = QSizeF(max(width, line * 30), height + legend.height)

    def paint(painter: QPainter, area: QRectF) -> None:
        painter.translate(area.topLeft())
        painter.setFont(in_pixels(table.font()))
        _paint_cells(painter, table, model, QPoint(across, down))
        paint_corner(painter, QRect(0, 0, across, down), table.heads, LIGHT)
        painter.setPen(QColor(LIGHT.edge))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(0, 0, width, height)
        painter.setFont(in_pixels(table.font()))
        legend.paint(painter, QPoint(0, height + line // 2))

    return Picture(title, caption, size, in_pixels(table.font()), paint)


def _paint_cells(painter: QPainter, table: CompareTable, model: CompareModel, begin: QPoint) -> None:
    ink = QColor(LIGHT.text)
    heads, row_heads = table.heads, table.row_heads
    lefts = [(begin.x() + heads.sectionPosition(one), heads.sectionSize(one)) for one in range(model.columnCount())]
    for column, (left, wide) in enumerate(lefts):
        heads.paint_head(painter, QRect(left, 0, wide, begin.y()), column, LIGHT, ink)
    heads.paint_bands(painter, begin.x(), LIGHT)
    for row in range(model.rowCount()):
        top, high = begin.y() + row_heads.sectionPosition(row), row_heads.sectionSize(row)
        row_heads.paint_head(painter, QRect(0, top, begin.x(), high), row, LIGHT, ink)
        for column, (left, wide) in enumerate(lefts):
            area = QRect(left, top, wide, high)
            painter.setFont(in_pixels(table.font()))
            paint_cell(
                painter, area, None if model.is_heading(row) else model.cell(row, column), table.cells.look, LIGHT
            )
            painter.setPen(QColor(LIGHT.line))
            painter.drawLine(area.topRight(), area.bottomRight())
            painter.drawLine(area.bottomLeft(), area.bottomRight())


class _Legend:
    """What stands below the table: the scale, then each state with what it means."""

    def __init__(self, model: CompareModel, look: Look, metrics: QFontMetrics) -> None:
        from polyvocal.exchange.writers.comparison_table import MEANINGS

        self._model, self._look, self._line, self._metrics = model, look, metrics.lineSpacing(), metrics
        self._scale = look is not Look.NUMBERS and bool(steps(model))
        self._states = [(one, MEANINGS[one]) for one in STATES if one in model.states]
        self._signs = signs_in(model)

    @property
    def height(self) -> int:
        """How high it is."""
        scale = disc_side(self._metrics) + 4 if self._scale else 0
        return scale + (len(self._signs) + len(self._states) + 1) * (self._line + 4)

    def paint(self, painter: QPainter, begin: QPoint) -> None:
        """Paint it from a place on."""
        left, top, step = begin.x(), begin.y(), self._line + 4
        align = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if self._scale:
            paint_scale(painter, QRect(left, top, 0, disc_side(self._metrics)), self._model, self._look, LIGHT)
            top += disc_side(self._metrics) + 4
        size = mark_size(self._metrics)
        painter.setPen(QColor(LIGHT.text))
        for sign in self._signs:
            painter.drawText(QRect(left, top, _wide(self._metrics, sign), step), align, sign)
            top += step
        widest = max((_wide(self._metrics, labels.CELL_STATES[one]) for one, _ in self._states), default=0)
        for state, meaning in self._states:
            paint_mark(painter, state, QRectF(left, top + (step - size) / 2, size, size), QColor(LIGHT.muted))
            beside = left + round(size) + EDGE
            painter.setPen(QColor(LIGHT.text))
            painter.drawText(QRect(beside, top, widest, step), align, labels.CELL_STATES[state])
            painter.setPen(QColor(LIGHT.muted))
            wide = _wide(self._metrics, meaning)
            painter.drawText(QRect(beside + widest + EDGE, top, wide, step), align, meaning)
            top += step


def _wide(metrics: QFontMetrics, words: str) -> int:
    return metrics.horizontalAdvance(words) + 4
