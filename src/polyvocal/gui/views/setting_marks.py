"""How presence looks: a mark of its own shape and letter for each doing, the word, and below it where."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from polyvocal.domain.words import Doing
from polyvocal.gui.theme import Colours, Theme
from polyvocal.gui.views.delegate import SUBTITLE

KEYS: dict[Doing, str] = {
    Doing.OBSERVING: "O",
    Doing.FACILITATING: "F",
    Doing.TAKING_PART: "T",
    Doing.ABSENT: "A",
}
"""The key that notes each doing; its letter is in the mark."""

DOING = Qt.ItemDataRole.UserRole + 20
"""What is noted: a Doing (as Qt hands it on, its text), or None."""


def paint_mark(painter: QPainter, area: QRectF, doing: Doing, colours: Colours) -> None:
    """Paint a mark into a square: a ring for observing, a square, a disc, a broken ring for absent; with its letter.

    The letter is in the painter's font.
    """
    ink = QColor(colours.muted if doing is Doing.ABSENT else colours.accent)
    filled = doing in (Doing.FACILITATING, Doing.TAKING_PART)
    pen = QPen(ink, 1.5)
    if doing is Doing.ABSENT:
        pen.setStyle(Qt.PenStyle.DotLine)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.setBrush(ink if filled else Qt.BrushStyle.NoBrush)
    if doing is Doing.FACILITATING:
        painter.drawRoundedRect(area, 3, 3)
    else:
        painter.drawEllipse(area)
    letter = QFont(painter.font())
    letter.setPixelSize(max(round(area.height() * 0.62), 7))
    letter.setWeight(QFont.Weight.DemiBold)
    painter.setFont(letter)
    painter.setPen(QColor(colours.on_accent) if filled else ink)
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, KEYS[doing])
    painter.restore()


def mark_icon(doing: Doing, colours: Colours, font: QFont, ratio: float) -> QIcon:
    """The mark as a picture for a button."""
    size = QFontMetrics(font).height()
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setFont(font)
    paint_mark(painter, QRectF(1.5, 1.5, size - 3, size - 3), doing, colours)
    painter.end()
    return QIcon(picture)


def small_font(font: QFont) -> QFont:
    """The font of what is of less weight."""
    small = QFont(font)
    if font.pixelSize() > 0:
        small.setPixelSize(max(round(font.pixelSize() * 0.88), 9))
    else:
        small.setPointSizeF(max(font.pointSizeF() * 0.88, 7.0))
    return small


def in_pixels(font: QFont) -> QFont:
    """The same font, as large on every device, whatever its pixels to the inch: for pictures that are taken away."""
    fixed = QFont(font)
    fixed.setPixelSize(QFontInfo(font).pixelSize())
    return fixed


class PresenceDelegate(QStyledItemDelegate):
    """Paints the cells of the grid."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        metrics = QFontMetrics(option.font)
        return QSize(metrics.averageCharWidth() * 17, metrics.height() + 10)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        colours = self._theme.colours
        area = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if not index.flags() & Qt.ItemFlag.ItemIsEnabled:
            painter.fillRect(area, QColor(colours.panel))
            return
        painter.fillRect(area, QColor(colours.selection if selected else colours.ground))
        doing = index.data(DOING)
        if doing:
            self._paint_doing(painter, option, index, Doing(doing))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(1, 1, -1, -1))

    def _paint_doing(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        doing: Doing,
    ) -> None:
        colours, font = self._theme.colours, option.font
        metrics, small = QFontMetrics(font), small_font(font)
        where = str(index.data(SUBTITLE) or "")
        height = metrics.height() + (QFontMetrics(small).height() if where else 0)
        top = option.rect.top() + max((option.rect.height() - height) // 2, 0)
        size = metrics.height() - 3
        left = option.rect.left() + 8
        painter.setFont(font)
        paint_mark(painter, QRectF(left, top + 1.5, size, size), doing, colours)
        left += size + 6
        width = option.rect.right() - 4 - left
        painter.setPen(QColor(colours.muted if doing is Doing.ABSENT else colours.text))
        words = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRect(left, top, width, metrics.height()), int(Qt.AlignmentFlag.AlignVCenter), words)
        if where:
            painter.setFont(small)
            painter.setPen(QColor(colours.muted))
            below = QRect(left, top + metrics.height(), width, QFontMetrics(small).height())
            words = QFontMetrics(small).elidedText(where, Qt.TextElideMode.ElideRight, width)
            painter.drawText(below, int(Qt.AlignmentFlag.AlignVCenter), words)
