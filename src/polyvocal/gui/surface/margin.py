"""The margin beside the text: every coding as a stripe in its lane, with its label where it begins."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QTextBlock, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

if TYPE_CHECKING:
    from polyvocal.gui.surface.index import Mark
    from polyvocal.gui.surface.text import TextSurface

_STRIPE, _GAP = 3, 3
_NARROW_GAP, _MANY = 1, 7
"""With so many lanes anywhere in the text the stripes stand closer, so that labels keep their room."""
_MOST_STRIPES = 14
"""So many lanes have a stripe of their own; the others share the last one."""
_DRIFT = 12
"""A label stands at most so many labels below the line where its coding begins; what has no room is counted."""


@dataclass(slots=True)
class Label:
    """A label as it is drawn: of one coding, or, where `more` is not 0, of so many that had no room."""

    mark: "Mark"
    rect: QRectF
    more: int = 0


class Margin(QWidget):
    """Draws the stripes and labels of the codings that are seen. Their places do not change while scrolling."""

    def __init__(self, surface: "TextSurface") -> None:
        super().__init__(surface)
        self._surface = surface
        self._stripes: list[tuple[QRectF, Mark]] = []
        self._labels: list[Label] = []
        self.has_room = True
        """Whether labels have room beside the stripes; else those of the lit codings are painted over the text."""
        self._initials: dict[int, str] = {}
        """Who coded, where several did."""
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Codings beside the text"))
        self.setAccessibleDescription(self.tr("The same codings are listed under Codes here."))

    # --- where everything is -------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        surface = self._surface
        row = self.fontMetrics().height() + 2
        lanes = min(surface.index.lanes_in(block.blockNumber() for block, _ in surface.visible_blocks()), _MOST_STRIPES)
        step = _STRIPE + (_NARROW_GAP if surface.index.lanes >= _MANY else _GAP)
        left = 8 + max(lanes, 3) * step + 6
        self.has_room = self.width() - left >= row * 3
        self._stripes, self._labels = [], []
        self._initials = _initials(surface.coders) if surface.index.coders > 1 else {}
        lowest = -1e9  # where the next label may begin
        seen: set[int] = set()
        for block, rect in surface.visible_blocks(extra=row * _DRIFT * 2):
            here = [mark for mark in surface.index.in_block(block.blockNumber()) if mark.id not in seen]
            seen.update(mark.id for mark in here)
            begin = sorted((self._top(mark, block, rect), mark.start, -mark.end, mark.id, mark) for mark in here)
            for top, *_, mark in begin:
                bottom = self._bottom(mark)
                if bottom < 0:
                    continue
                x = 8 + min(mark.lane, _MOST_STRIPES - 1) * step
                self._stripes.append((QRectF(x, top, _STRIPE, bottom - top), mark))
                if mark.start < surface.index.block_start(block.blockNumber()) or not self.has_room:
                    continue  # its label stands where it begins, above, or has no room
                y = max(lowest, top)
                if y - top > row * _DRIFT:
                    if self._labels:
                        self._labels[-1].more += 1
                    continue
                self._labels.append(Label(mark, QRectF(left, y, self.width() - left - 6, row)))
                lowest = y + row

    def _top(self, mark: "Mark", block: QTextBlock, rect: QRectF) -> float:
        """The y at which a coding begins, or its block where it begins before that."""
        start, _ = self._surface.local_range(mark, block)
        line = block.layout().lineForTextPosition(start)
        return rect.y() + (line.y() if line.isValid() else 0)

    def _bottom(self, mark: "Mark") -> float:
        """The y at which a coding ends; far below where that is not seen."""
        surface = self._surface
        last = max(surface.offsets.end_position(mark.end) - 1, 0)
        rough = surface.seen.rough_top(surface.document().findBlock(last).blockNumber()) - surface.scrolled
        if rough > self.height() + 20:
            return self.height() + 20.0
        return surface.line_rect(last).bottom() - surface.scrolled

    # --- painting ------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        self._lay_out()
        surface = self._surface
        ground = self.palette().base().color()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), ground)
            for rect, mark in self._stripes:
                lit = surface.is_lit(mark)
                more = 1.0 if lit else 0.0
                painter.fillRect(rect.adjusted(-more, 1, more, -2), surface.looks.mark(mark.code))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for label in self._labels:
                self._paint_label(painter, label)

    def _paint_label(self, painter: QPainter, label: Label) -> None:
        surface, rect, mark = self._surface, label.rect, label.mark
        lit = surface.is_lit(mark)
        look = surface.looks[mark.code]
        font = QFont(self.font())
        font.setBold(mark.id == surface.chosen)
        painter.setFont(font)
        if lit:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(surface.looks.wash(mark.code, lit=True))
            painter.drawRoundedRect(rect.adjusted(-3, 0, 3, 0), 4, 4)
        chip = QRectF(rect.left(), rect.center().y() - 4, 8, 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(surface.looks.mark(mark.code))
        painter.drawRoundedRect(chip, 2, 2)
        text = self.palette().text().color()
        coder = self._initials.get(mark.coder, "")
        metrics, room = painter.fontMetrics(), rect.width() - 13
        more = f"  +{label.more}" if label.more else ""
        with_coder = f" · {coder}{more}" if coder else more
        if room - metrics.horizontalAdvance(with_coder) > metrics.horizontalAdvance("mmmm"):  # the code comes first
            more = with_coder
        room -= metrics.horizontalAdvance(more)
        name = metrics.elidedText(look.name, Qt.TextElideMode.ElideRight, int(room))
        painter.setPen(text if lit else _between(text, self.palette().base().color()))
        painter.drawText(
            rect.adjusted(13, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), name + more
        )

    def paint_over_text(self, painter: QPainter, width: int) -> None:
        """Paint the labels of the lit codings where these begin, at the right of a text so wide, if they have no room.

        They stand between two lines, so that the words can be read; of what begins above, at the top.
        """
        surface = self._surface
        if self.has_room or (surface.chosen is None and surface.pointed is None):
            return
        self._lay_out()
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.88)
        painter.setFont(font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics, lowest = painter.fontMetrics(), 2.0
        row = metrics.height() + 2
        for rect, mark in self._stripes:
            if not surface.is_lit(mark):
                continue
            words = metrics.elidedText(self._said(mark), Qt.TextElideMode.ElideRight, width - 28)
            size = metrics.horizontalAdvance(words) + 24
            label = QRectF(width - size - 2, max(rect.top() - row * 0.75, lowest), size, row)
            lowest = label.bottom() + 2
            painter.setPen(QPen(surface.looks.mark(mark.code), 1))
            for ground in (self.palette().base().color(), surface.looks.wash(mark.code, lit=True)):
                painter.setBrush(ground)
                painter.drawRoundedRect(label, 4, 4)
            painter.setBrush(surface.looks.mark(mark.code))
            painter.drawRoundedRect(QRectF(label.left() + 6, label.center().y() - 4, 8, 8), 2, 2)
            painter.setPen(self.palette().text().color())
            painter.drawText(label.adjusted(19, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), words)

    def told(self, marks: Iterable["Mark"]) -> str:
        """What is said of the codings at a place of the text where labels have no room, if that is more than one."""
        said = [] if self.has_room else [self._said(mark) for mark in marks]
        return "\n".join(said) if len(said) > 1 else ""

    def _said(self, mark: "Mark") -> str:
        coder = self._surface.coders.get(mark.coder, "")
        return " · ".join(part for part in (self._surface.looks[mark.code].name, coder) if part)

    # --- pointing and choosing -----------------------------------------------------------------------------------

    def _hit(self, point: QPointF) -> "Mark | None":
        for label in self._labels:
            if label.rect.contains(point):
                return label.mark
        near = ((abs(rect.center().x() - point.x()), mark) for rect, mark in self._stripes if _spans(rect, point))
        distance, mark = min(near, key=lambda found: found[0], default=(99.0, None))
        return mark if distance <= _STRIPE + 1 else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        mark = self._hit(event.position())
        self._surface.point_at(mark.id if mark else None)
        self.setCursor(Qt.CursorShape.PointingHandCursor if mark else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        mark = self._hit(event.position())
        if event.button() is Qt.MouseButton.LeftButton:
            self._surface.setFocus(Qt.FocusReason.MouseFocusReason)
            self._surface.choose(mark.id if mark else None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        self._surface.point_at(None)
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the text."""
        bar = self._surface.verticalScrollBar()
        bar.setValue(bar.value() - event.angleDelta().y() // 2)

    def event(self, event: QEvent) -> bool:
        """Tell what a stripe or a shortened label stands for."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            mark = self._hit(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._said(mark) if mark else "", self)
            return True
        return super().event(event)

    def label_places(self) -> Iterator[tuple[int, QRectF]]:
        """(coding, where its label is) of what is drawn just now."""
        self._lay_out()
        return ((label.mark.id, label.rect) for label in self._labels)


def _initials(names: dict[int, str]) -> dict[int, str]:
    """The initials of each person: "IV" of Ines Varga."""
    return {person: "".join(word[0] for word in name.split()[:3]).upper() for person, name in names.items()}


def _spans(rect: QRectF, point: QPointF) -> bool:
    return rect.top() <= point.y() <= rect.bottom()


def _between(text: QColor, ground: QColor) -> QColor:
    """Text of less weight, still of a contrast of more than 4.5 on either ground."""
    return QColor(
        (text.red() * 3 + ground.red()) // 4,
        (text.green() * 3 + ground.green()) // 4,
        (text.blue() * 3 + ground.blue()) // 4,
    )
