"""The whole text as a narrow strip beside the scroll bar: where codings lie, and which part of it is seen."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

if TYPE_CHECKING:
    from polyvocal.gui.surface.text import TextSurface

WIDTH = 14
"""How wide the strip is, in pixels."""
_COLUMNS, _COLUMN = 3, 4
"""In so many columns of so many pixels, by their lanes: codings of one place are seen side by side."""
_LATER = 120
"""The strip is drawn anew so many milliseconds after the last of several changes."""
_FAINT, _SEEN = 70, 36
"""How much is seen of codings with another code than that of the chosen one, and of the part that is seen, of 255."""


class Overview(QWidget):
    """Places are by the offset in the text and not by height, which is only guessed of what was never seen."""

    def __init__(self, surface: "TextSurface") -> None:
        super().__init__(surface)
        self._surface = surface
        self._picture: QPixmap | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LATER)
        self._timer.timeout.connect(self._draw)
        self.setAccessibleName(self.tr("Where codings lie in the whole text"))
        self.setAccessibleDescription(self.tr("Alt+Down and Alt+Up go from one to the next."))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def renew(self) -> None:
        """Other codings are there, or another is chosen: draw the strip anew, a moment later."""
        self._timer.start()

    def _draw(self) -> None:
        surface = self._surface
        size, height = max(surface.offsets.size, 1), self.height()
        chosen = surface.index.get(surface.chosen) if surface.chosen is not None else None
        picture = QPixmap(self.width(), max(height, 1))
        picture.fill(self.palette().base().color())
        taken: set[tuple[int, int]] = set()
        with QPainter(picture) as painter:
            for mark in surface.index:
                place = (mark.start * height // size, min(mark.lane, _COLUMNS - 1))
                if place in taken:  # of very many the first is enough
                    continue
                taken.add(place)
                colour = QColor(surface.looks.mark(mark.code))
                if chosen is not None and mark.code != chosen.code:
                    colour.setAlpha(_FAINT)
                top, column = place
                tall = max((mark.end - mark.start) * height // size, 2)
                painter.fillRect(1 + column * _COLUMN, top, _COLUMN - 1, tall, colour)
        self._picture = picture
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            if self._picture is None:
                painter.fillRect(self.rect(), self.palette().base())
                self.renew()
                return
            painter.drawPixmap(0, 0, self._picture)
            seen = QColor(self.palette().text().color())
            seen.setAlpha(_SEEN)
            painter.fillRect(self.seen_part(), seen)

    def seen_part(self) -> QRectF:
        """Where the part of the text that is seen lies in the strip."""
        surface = self._surface
        size = max(surface.offsets.size, 1)
        blocks = list(surface.visible_blocks())
        if not blocks:
            return QRectF()
        first, last = blocks[0], blocks[-1]
        # of a long paragraph only a part may be seen
        hidden = max(-first[1].top(), 0) / max(first[1].height(), 1)
        more = max(last[1].bottom() - surface.viewport().height(), 0) / max(last[1].height(), 1)
        start = surface.offsets.offset(first[0].position()) + hidden * first[0].length()
        end = surface.offsets.offset(last[0].position()) + (1 - more) * last[0].length()
        top = start / size * self.height()
        return QRectF(0, top, self.width(), max(end / size * self.height() - top, 3))

    def _offset_at(self, y: float) -> int:
        size = self._surface.offsets.size
        return round(min(max(y / max(self.height(), 1), 0.0), 1.0) * size)

    # --- going there ---------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go where the hand is, and along with it."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            surface = self._surface
            surface.bring_up(surface.offsets.position(self._offset_at(event.position().y())))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._surface.margin.wheelEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tell which code lies under the hand."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            surface, point = self._surface, QPointF(event.pos())
            first, last = self._offset_at(point.y() - 2), self._offset_at(point.y() + 2)
            codes = dict.fromkeys(surface.looks[mark.code].name for mark in surface.index.overlapping(first, last + 1))
            QToolTip.showText(event.globalPos(), "\n".join(list(codes)[:8]), self)
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.renew()
