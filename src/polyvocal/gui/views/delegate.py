"""How a row of a tree or list looks: a mark, a title, and under it a line of less weight."""

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

SUBTITLE = Qt.ItemDataRole.UserRole + 1
"""The second line."""
MARK = Qt.ItemDataRole.UserRole + 2
"""What stands before the title: a ReadMark, a Chip, Lanes, or None."""
COUNT = Qt.ItemDataRole.UserRole + 3
"""What stands at the right of the title."""
HEAD = Qt.ItemDataRole.UserRole + 4
"""Whether the row is a head of others: its title is then of more weight."""
TALLY = Qt.ItemDataRole.UserRole + 6
"""What stands at the right of the second line."""
SLANTED = Qt.ItemDataRole.UserRole + 5
"""Whether the title is slanted: of a session that was not scheduled."""


KEY = Qt.ItemDataRole.UserRole + 7
"""The key that stands for what is in the row, shown as one behind the title; or None."""


class ReadMark(NamedTuple):
    """How far a source was read, from 0 to 1: an empty, a partly filled, a full disc."""

    share: float


class Chip(NamedTuple):
    """A code's colour; `hollow` for what groups others."""

    colour: QColor
    hollow: bool = False


class Lane(NamedTuple):
    """One of several lanes beside a row: whether it goes on above the row and below, and whether the row is in it."""

    above: bool
    below: bool
    here: bool


class Lanes(NamedTuple):
    """What ran at the same time, side by side, as lanes through the rows."""

    lanes: tuple[Lane, ...]


class RowDelegate(QStyledItemDelegate):
    """Paints such rows in the colours of the palette."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._measured: QFont | None = None
        self._one_line = self._two_lines = QSize()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        if option.font != self._measured:  # it is asked for of thousands of rows, and letters are seldom changed
            self._measured = QFont(option.font)
            height = QFontMetrics(option.font).height()
            self._one_line = QSize(80, height + 8)
            self._two_lines = QSize(80, height + QFontMetrics(_small(option.font)).height() + 10)
        return self._two_lines if index.data(SUBTITLE) else self._one_line

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.initStyleOption(option, index)
        option.text = ""
        _paint_ground(painter, option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = option.rect.adjusted(4, 2, -6, -2)
        mark = index.model().data(index, MARK)
        if mark is not None:
            area.setLeft(area.left() + _paint_mark(painter, mark, area, option))
        self._paint_words(painter, option, index, area)
        painter.restore()

    def _paint_words(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        area: QRect,
    ) -> None:
        told = index.model().data  # of the index itself, Qt would be asked to ask the model: eight times as slow
        palette: QPalette = option.palette
        text = palette.color(QPalette.ColorRole.Text)
        muted = palette.color(QPalette.ColorRole.PlaceholderText)
        subtitle, count = told(index, SUBTITLE), told(index, COUNT)
        font = QFont(option.font)
        font.setItalic(bool(told(index, SLANTED)))
        if told(index, HEAD):
            font.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(font)
        top = QRect(area.left(), area.top(), area.width(), metrics.height() if subtitle else area.height())
        painter.setFont(font)
        if count and _fits(count, metrics, top):
            painter.setPen(muted)
            painter.drawText(top, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), count)
            top.setRight(top.right() - metrics.horizontalAdvance(count) - 8)
        painter.setPen(text)
        key = told(index, KEY)
        room = top.width() - (_key_width(option.font) + 6 if key else 0)
        title = metrics.elidedText(str(told(index, Qt.ItemDataRole.DisplayRole)), Qt.TextElideMode.ElideRight, room)
        painter.drawText(top, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), title)
        if key:
            left = top.left() + metrics.horizontalAdvance(title) + 6
            _paint_key(painter, str(key), QRect(left, top.top(), _key_width(option.font), top.height()), option)
        if subtitle:
            small = _small(option.font)
            painter.setFont(small)
            painter.setPen(muted)
            below = QRect(area.left(), top.bottom() + 1, area.width(), area.bottom() - top.bottom())
            tally = told(index, TALLY)
            if tally and _fits(tally, QFontMetrics(small), below):
                painter.drawText(below, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), tally)
                below.setRight(below.right() - QFontMetrics(small).horizontalAdvance(tally) - 8)
            shown = QFontMetrics(small).elidedText(str(subtitle), Qt.TextElideMode.ElideRight, below.width())
            painter.drawText(below, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)


class FigureDelegate(QStyledItemDelegate):
    """Paints what stands in a column beside such rows, at a side of it and in a colour of the palette.

    Where the style of the window would ask the model ten times for each of them, and take thrice as long.
    """

    def __init__(self, side: Qt.AlignmentFlag, ink: QPalette.ColorRole, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._aligned = int(side | Qt.AlignmentFlag.AlignVCenter)
        self._ink = ink

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        if option.state & _MARKED:
            self.initStyleOption(option, index)
            _paint_ground(painter, option)
        text = index.model().data(index, Qt.ItemDataRole.DisplayRole)
        if not text:
            return
        area = option.rect.adjusted(4, 0, -6, 0)
        painter.setFont(option.font)
        painter.setPen(option.palette.color(self._ink))
        shown = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, self._aligned, shown)


_MARKED = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """What lies under a row that is chosen or under the pointer; under others the style would paint nothing, slowly."""
    if option.state & _MARKED:
        widget: QWidget | None = option.widget
        style = widget.style() if widget is not None else QApplication.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)


def _fits(number: str, metrics: QFontMetrics, area: QRect) -> bool:
    """Whether a number leaves room for some of the words before it; the end of one would be taken for another."""
    return metrics.horizontalAdvance(number) <= area.width() * 2 // 3


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(max(font.pointSizeF() * 0.88, 7.0))
    return small


def _key_width(font: QFont) -> int:
    return QFontMetrics(_small(font)).height() + 2


def _paint_key(painter: QPainter, key: str, area: QRect, option: QStyleOptionViewItem) -> None:
    """Paint a key of the keyboard: its letter in a frame."""
    muted = option.palette.color(QPalette.ColorRole.PlaceholderText)
    height = QFontMetrics(_small(option.font)).height()
    cap = QRectF(area.left() + 0.5, area.center().y() - height / 2 + 0.5, area.width() - 1, height)
    painter.setFont(_small(option.font))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(muted, 1))
    painter.drawRoundedRect(cap, 3, 3)
    painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)


def _paint_mark(painter: QPainter, mark: object, area: QRect, option: QStyleOptionViewItem) -> int:
    """Paint it at the left of an area, and give how wide it is."""
    if isinstance(mark, Lanes):
        return _paint_lanes(painter, mark, area, option)
    middle = QPointF(area.left() + 8.5, area.top() + QFontMetrics(option.font).height() / 2 + 0.5)
    if isinstance(mark, Chip):
        square = QRectF(middle.x() - 5, middle.y() - 5, 10, 10)
        painter.setPen(QPen(mark.colour, 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush if mark.hollow else mark.colour)
        painter.drawRoundedRect(square, 3, 3)
    elif isinstance(mark, ReadMark):
        disc = QRectF(middle.x() - 4.5, middle.y() - 4.5, 9, 9)
        ink = option.palette.color(QPalette.ColorRole.Link)
        painter.setPen(QPen(ink, 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(disc)
        if mark.share > 0:
            painter.setBrush(ink)
            painter.setPen(Qt.PenStyle.NoPen)
            share = min(max(mark.share, 0.12), 1.0)
            painter.drawPie(disc, 90 * 16, -round(360 * 16 * share))
    return 20


def _paint_lanes(painter: QPainter, mark: Lanes, area: QRect, option: QStyleOptionViewItem) -> int:
    """Lanes go through the whole height of a row, so that those of neighbours join; what is in one is a disc on it."""
    line = QFontMetrics(option.font).height()
    apart = min(line * 0.7, line * 4 / len(mark.lanes))
    muted, ink = (option.palette.color(role) for role in (QPalette.ColorRole.PlaceholderText, QPalette.ColorRole.Link))
    top, bottom, middle = option.rect.top(), option.rect.bottom() + 1, area.top() + line / 2
    discs = []
    painter.setPen(QPen(muted, 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    for number, lane in enumerate(mark.lanes):
        x = area.left() + apart * (number + 0.5)
        if lane.above:
            painter.drawLine(QPointF(x, top), QPointF(x, middle))
        if lane.below:
            painter.drawLine(QPointF(x, middle), QPointF(x, bottom))
        if lane.here:
            discs.append(QPointF(x, middle))
    painter.setPen(QPen(ink, 1.4))
    if len(discs) > 1:
        painter.drawLine(discs[0], discs[-1])
    painter.setBrush(ink)
    for disc in discs:
        painter.drawEllipse(disc, line * 0.2, line * 0.2)
    return round(apart * len(mark.lanes)) + 6
