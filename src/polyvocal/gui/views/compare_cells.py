"""How cells are painted: plain numbers, on a shade by their size, or beside a disc; states as marks with words."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from polyvocal.domain.words import CellState
from polyvocal.gui.theme import Colours, Theme, blended, contrast
from polyvocal.gui.views.compare_asked import Look
from polyvocal.gui.views.compare_heads import EDGE
from polyvocal.gui.views.compare_marks import paint_mark
from polyvocal.gui.views.compare_model import CELL, Cell
from polyvocal.gui.views.passages_delegate import small_font

Index = QModelIndex | QPersistentModelIndex

OWN = "●"
"""Stands before a number of what somebody wrote and coded."""
LEAST, MOST = 0.06, 0.92
"""How strong the shade of the smallest and of the highest number is."""

READABLE = 4.5
"""The contrast that words have to their ground (WCAG 2.2 AA); black or white has more on any."""


def shade(weight: float, colours: Colours) -> QColor:
    """The shade of a number that is some part of the highest: one hue, the stronger the more.

    It grows with the root of the number, so that small ones are told apart where one is much higher.
    """
    return blended(colours.accent, colours.ground, round(LEAST + (MOST - LEAST) * weight**0.5, 2))


def ink_on(ground: QColor, colours: Colours) -> QColor:
    """An ink of the theme that can be read on a ground; black or white where a shade is too near to both."""
    inks = [QColor(one) for one in (colours.text, colours.on_accent, "#000000", "#ffffff")]
    return next((one for one in inks if contrast(one, ground) >= READABLE), inks[0])


def paint_disc(painter: QPainter, area: QRectF, weight: float, colours: Colours) -> None:
    """A disc whose area is as a number is to the highest one; in a square."""
    most = min(area.width(), area.height()) / 2
    size = max(most * weight**0.5, 1.5)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(blended(colours.accent, colours.ground, 0.75))
    painter.drawEllipse(area.center(), size, size)
    painter.restore()


def paint_number(painter: QPainter, area: QRect, cell: Cell, look: Look, colours: Colours) -> None:
    """A number at the right, in its look; the ground is painted already."""
    ink = QColor(colours.text)
    if look is Look.HEAT and cell.weight:
        ink = ink_on(shade(cell.weight, colours), colours)
    if look is Look.SYMBOLS:
        side = area.height() - 4
        paint_disc(painter, QRectF(area.left() + EDGE, area.top() + 2, side, side), cell.weight, colours)
    painter.setPen(ink)
    words = f"{OWN} {cell.words}" if cell.own else cell.words
    room = area.adjusted(EDGE, 0, -EDGE, 0)
    painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), words)


class CellDelegate(QStyledItemDelegate):
    """Paints a number in the chosen look, at the right; a state as a mark and its words, in small print."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.look = Look.HEAT

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell: Cell | None = index.data(CELL)
        painter.save()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        look = Look.NUMBERS if selected and self.look is Look.HEAT else self.look
        self._paint_ground(painter, option.rect, cell, selected=selected)
        painter.setFont(option.font)
        if cell is None:
            pass
        elif cell.state is CellState.CODED:
            paint_number(painter, option.rect, cell, look, self._theme.colours)
        elif cell.state is None:
            painter.setPen(QColor(self._theme.colours.muted))
            area = option.rect.adjusted(EDGE, 0, -EDGE, 0)
            painter.drawText(area, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), cell.words)
        else:
            self._paint_state(painter, option, cell)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(self._theme.colours.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(option.rect.adjusted(1, 1, -1, -1))
        elif selected:
            painter.setPen(QColor(self._theme.colours.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        painter.restore()

    def _paint_ground(self, painter: QPainter, area: QRect, cell: Cell | None, *, selected: bool) -> None:
        colours = self._theme.colours
        if selected:
            painter.fillRect(area, QColor(colours.selection))
        elif cell is None:
            painter.fillRect(area, QColor(colours.raised))
        elif cell.state is CellState.CODED and self.look is Look.HEAT and cell.weight:
            painter.fillRect(area, shade(cell.weight, colours))
        else:
            painter.fillRect(area, QColor(colours.ground))
            if cell.state is CellState.WRITTEN_NOT_YET_READ:
                painter.fillRect(area, QBrush(QColor(colours.line), Qt.BrushStyle.BDiagPattern))

    def _paint_state(self, painter: QPainter, option: QStyleOptionViewItem, cell: Cell) -> None:
        ink = QColor(self._theme.colours.muted)
        size = mark_size(QFontMetrics(option.font))
        area = option.rect.adjusted(EDGE, 0, -4, 0)
        assert cell.state is not None
        middle = QPointF(area.left(), area.center().y() + 0.5 - size / 2)
        paint_mark(painter, cell.state, QRectF(middle.x(), middle.y(), size, size), ink)
        painter.setFont(small_font(option.font))
        painter.setPen(ink)
        words = area.adjusted(round(size) + 6, 0, 0, 0)
        said = QFontMetrics(painter.font()).elidedText(cell.words, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), said)


def mark_size(metrics: QFontMetrics) -> float:
    """How wide the mark of a state is."""
    return metrics.ascent() * 0.78
