"""How cells are painted: plain numbers, on a shade by their size, or beside a disc; states as marks with words."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen, QPolygon
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from polyvocal.domain.words import CellState
from polyvocal.gui.theme import Colours, Theme, blended, contrast
from polyvocal.gui.views.compare_asked import Look
from polyvocal.gui.views.compare_heads import EDGE, in_pixels
from polyvocal.gui.views.compare_marks import paint_mark
from polyvocal.gui.views.compare_model import CELL, Cell

Index = QModelIndex | QPersistentModelIndex

OWN = "●"
"""Stands before a number of what somebody wrote and coded."""
LEAST, MOST = 0.06, 0.92
"""How strong the shade of the smallest and of the highest number is."""

SMALL = 0.88
"""How large the words of a state are beside a number."""
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


def disc_side(metrics: QFontMetrics) -> int:
    """How wide the largest disc is, however high the rows are."""
    return metrics.height() + 7


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
        side = min(disc_side(QFontMetrics(painter.font())), area.height() - 4)
        top = area.top() + (area.height() - side) / 2
        paint_disc(painter, QRectF(area.left() + EDGE, top, side, side), cell.weight, colours)
    painter.setPen(ink)
    if cell.is_total:
        painter.setFont(heavy(painter.font()))
    words = f"{OWN} {cell.words}" if cell.own else cell.words
    room = area.adjusted(EDGE, 0, -EDGE, 0)
    painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), words)


def heavy(font: QFont) -> QFont:
    """The font in which totals stand."""
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return bold


class CellDelegate(QStyledItemDelegate):
    """Paints a number in the chosen look, at the right; a state as a mark and its words, in small print."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.look = Look.HEAT

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours = self._theme.colours
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setFont(option.font)
        paint_cell(painter, option.rect, index.data(CELL), self.look, colours, chosen=selected)
        painter.setPen(QPen(QColor(colours.accent), 2 if option.state & QStyle.StateFlag.State_HasFocus else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.drawRect(option.rect.adjusted(1, 1, -1, -1))
        elif selected:
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        painter.restore()


def paint_cell(
    painter: QPainter, area: QRect, cell: Cell | None, look: Look, colours: Colours, *, chosen: bool = False
) -> None:
    """Paint a cell in a look; None is one in the row of a heading. One that is chosen has the ground of what is."""
    _paint_ground(painter, area, cell, look, colours)
    if chosen:
        painter.fillRect(area, QColor(colours.selection))
    if cell is None:
        return
    if cell.was:
        _paint_was(painter, area, cell, look, colours, chosen=chosen)
    if cell.state is CellState.CODED:
        plain = cell.is_total or (chosen and look is Look.HEAT)
        paint_number(painter, area, cell, Look.NUMBERS if plain else look, colours)
    elif cell.state is None:
        painter.setPen(QColor(colours.muted))
        room = area.adjusted(EDGE, 0, -EDGE, 0)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), cell.words)
    else:
        _paint_state(painter, area, cell.state, cell.words, colours)


def _paint_was(painter: QPainter, area: QRect, cell: Cell, look: Look, colours: Colours, *, chosen: bool) -> None:
    """What a snapshot said instead, below in small print, and a corner that can be seen from afar."""
    on_shade = look is Look.HEAT and cell.weight and not chosen
    ground = shade(cell.weight, colours) if on_shade else QColor(colours.ground)
    ink = ink_on(ground, colours)
    font = painter.font()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    corner = area.topLeft()
    painter.drawPolygon(QPolygon([corner, corner + QPoint(8, 0), corner + QPoint(0, 8)]))
    if cell.state is None or cell.state is CellState.CODED:
        painter.setFont(_smaller(font))
        painter.setPen(ink)
        left = EDGE + (disc_side(QFontMetrics(font)) + 4 if look is Look.SYMBOLS else 2)
        room = area.adjusted(left, 0, -EDGE, 0)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), cell.was)
    painter.restore()


def _smaller(font: QFont) -> QFont:
    small = in_pixels(font)
    small.setPixelSize(max(round(small.pixelSize() * SMALL), 1))
    return small


def _paint_ground(painter: QPainter, area: QRect, cell: Cell | None, look: Look, colours: Colours) -> None:
    if cell is None or (cell.is_total and cell.state is not CellState.WRITTEN_NOT_YET_READ):
        painter.fillRect(area, QColor(colours.raised))
    elif cell.state is CellState.CODED and look is Look.HEAT and cell.weight:
        painter.fillRect(area, shade(cell.weight, colours))
    else:
        painter.fillRect(area, QColor(colours.ground))
        if cell.state is CellState.WRITTEN_NOT_YET_READ:
            painter.fillRect(area, QBrush(QColor(colours.line), Qt.BrushStyle.BDiagPattern))


def _paint_state(painter: QPainter, area: QRect, state: CellState, words: str, colours: Colours) -> None:
    ink, font = QColor(colours.muted), painter.font()
    metrics = QFontMetrics(font)
    size = mark_size(metrics)
    area = area.adjusted(EDGE, 0, -4, 0)
    paint_mark(painter, state, QRectF(area.left(), area.center().y() + 0.5 - size / 2, size, size), ink)
    small = _smaller(font)
    painter.setFont(small)
    painter.setPen(ink)
    room = area.adjusted(round(size) + 6, 0, 0, 0)
    said = QFontMetrics(small).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), said)
    painter.setFont(font)


def mark_size(metrics: QFontMetrics) -> float:
    """How wide the mark of a state is."""
    return metrics.ascent() * 0.78
