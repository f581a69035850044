"""The gutter at the left of the text: the times that stand in it, the stretches it is cut into, memos and pictures."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from polyvocal.domain.lanes import pack_lanes

if TYPE_CHECKING:
    from polyvocal.gui.surface.text import TextSurface

_BAR, _SIGN = 12, 11
"""The width of a stretch's bar with its name, and the size of the sign of a memo or a picture, in pixels."""


class SignKind(StrEnum):
    """What a sign in the gutter stands for."""

    TIME = "time"
    STRETCH = "stretch"
    MEMO = "memo"
    PICTURE = "picture"


class Sign(NamedTuple):
    """A sign beside the line in which a code point is; `label` is shown of a time. A weak one is only offered yet."""

    at: int
    kind: SignKind
    tip: str
    label: str = ""
    weak: bool = False


class Bar(NamedTuple):
    """A stretch of the text, [start, end), with its name and more about it; what was added later is drawn dashed."""

    start: int
    end: int
    label: str
    tip: str = ""
    later: bool = False


class Gutter(QWidget):
    """Draws what is seen of them. It takes no room where there is nothing to show."""

    meant = Signal(object)
    """A sign or a bar was clicked: its kind."""

    def __init__(self, surface: "TextSurface") -> None:
        super().__init__(surface)
        self._surface = surface
        self._signs: Sequence[Sign] = ()
        self._bars: Sequence[Bar] = ()
        self._columns: Sequence[int] = ()
        self._neighbours: Sequence[tuple[Bar | None, Bar | None]] = ()
        self._starts: list[int] = []
        self._paragraphs: Sequence[int] = ()
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Times, stretches, memos and pictures beside the text"))
        self.setAccessibleDescription(self.tr("The same are listed below the text."))

    def number(self, paragraphs: Sequence[int]) -> None:
        """Show the numbers of the paragraphs that begin at these offsets, the first of which is 1."""
        self._paragraphs = paragraphs
        self.update()

    def put(self, signs: Sequence[Sign], bars: Sequence[Bar]) -> None:
        """Show these from now on; both are sorted by where they begin."""
        self._signs, self._bars = signs, bars
        self._columns = pack_lanes(bars)
        self._neighbours = list(_neighbours(bars, self._columns))
        self._starts = [one.at for one in signs]
        self.update()

    @property
    def room(self) -> int:
        """The width that is needed, in pixels."""
        times = any(one.kind is SignKind.TIME for one in self._signs)
        signs = any(one.kind is not SignKind.TIME for one in self._signs)
        width = round(QFontMetricsF(self._font()).horizontalAdvance("00:00?")) + 6 if times else 0
        return self._numbers_room + width + (_SIGN + 6 if signs else 0) + self._bars_room

    @property
    def _numbers_room(self) -> int:
        """The numbers of paragraphs stand at the very left."""
        digits = "0" * max(len(str(len(self._paragraphs))), 2)
        return round(QFontMetricsF(self._font()).horizontalAdvance(digits)) + 10 if self._paragraphs else 0

    @property
    def _bars_room(self) -> int:
        return (max(self._columns, default=-1) + 1) * (_BAR + 6)

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(max(font.pointSizeF() * 0.85, 7.0))
        return font

    # --- where everything is -------------------------------------------------------------------------------------

    def _seen(self) -> Iterator[tuple[Sign, float, float]]:
        """The signs that are seen, with the top and the height of their lines; of several alike in a line the first."""
        surface = self._surface
        for block, rect in surface.visible_blocks():
            start = surface.index.block_start(block.blockNumber())
            end = surface.offsets.offset(block.position() + block.length() - 1)
            taken: set[tuple[int, SignKind]] = set()
            for sign in self._signs[bisect_left(self._starts, start) :]:
                if sign.at > end:
                    break
                line = block.layout().lineForTextPosition(surface.offsets.position(sign.at) - block.position())
                if line.isValid() and (line.lineNumber(), sign.kind) not in taken:
                    taken.add((line.lineNumber(), sign.kind))
                    yield sign, rect.y() + line.y(), line.height()

    def _place(self, sign: Sign, top: float, height: float) -> QRectF:
        """Where a sign is drawn: times at the right, the others in a column of their own."""
        if sign.kind is SignKind.TIME:
            left = self.width() - QFontMetricsF(self._font()).horizontalAdvance("00:00?") - 4
            return QRectF(left, top, self.width() - left - 4, height)
        left = self._numbers_room + self._bars_room + (2 if self._bars else 4)
        return QRectF(left, top + (height - _SIGN) / 2, _SIGN, _SIGN)

    def _bar_rects(self) -> Iterator[tuple[Bar, QRectF, QRectF]]:
        """The bars that are seen, with their places, and the room for their names: as far as the bars next to them."""
        for bar, column, (above, below) in zip(self._bars, self._columns, self._neighbours, strict=True):
            top, bottom = self._top_of(bar), self._bottom_of(bar)
            if bottom > 0 and top < self.height():
                left, first = (
                    self._numbers_room + 4 + column * (_BAR + 6),
                    max(self._bottom_of(above), 2) if above else 2,
                )
                last = min(self._top_of(below), self.height() - 2) if below else self.height() - 2
                yield bar, QRectF(left, top, _BAR, bottom - top), QRectF(left, first, _BAR, last - first)

    def _top_of(self, bar: Bar) -> float:
        return self._surface.height_of(bar.start)[0]

    def _bottom_of(self, bar: Bar) -> float:
        return self._surface.height_of(bar.end - 1)[1]

    # --- painting ------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        quiet, ink = self.palette().placeholderText().color(), self.palette().text().color()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.palette().base().color())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(self._font())
            self._paint_numbers(painter, quiet)
            for bar, rect, room in self._bar_rects():
                self._paint_bar(painter, bar, rect, room, quiet)
            for sign, top, height in self._seen():
                self._paint_sign(painter, sign, self._place(sign, top, height), quiet if sign.weak else ink)

    def _paint_numbers(self, painter: QPainter, colour: QColor) -> None:
        painter.setPen(colour)
        for number, rect in self.number_places():
            painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(number))

    def number_places(self) -> Iterator[tuple[int, QRectF]]:
        """(number, where it stands) of the paragraphs whose beginning is seen."""
        if not self._paragraphs:
            return
        for block, rect in self._surface.visible_blocks():
            start = self._surface.index.block_start(block.blockNumber())
            at = bisect_left(self._paragraphs, start)
            if at < len(self._paragraphs) and self._paragraphs[at] == start:
                line = block.layout().lineAt(0)
                if line.height() < self.fontMetrics().height() / 2:
                    continue  # the line under the head of a table is all but a rule
                yield at + 1, QRectF(0, rect.y() + line.y(), self._numbers_room - 4, line.height())

    def _paint_bar(self, painter: QPainter, bar: Bar, rect: QRectF, room: QRectF, colour: QColor) -> None:
        """A bracket, and along it, upwards, the name of the stretch, which may be longer than the bracket."""
        painter.setPen(QPen(colour, 1.5, Qt.PenStyle.DashLine if bar.later else Qt.PenStyle.SolidLine))
        painter.drawLine(QPointF(rect.right(), rect.top() + 2), QPointF(rect.right(), rect.bottom() - 2))
        for y in (rect.top() + 2, rect.bottom() - 2):
            painter.drawLine(QPointF(rect.right(), y), QPointF(rect.right() + 3, y))
        words, foot = self._name_in(bar, rect, room)
        painter.save()
        painter.translate(rect.left() + _BAR - 4, foot)
        painter.rotate(-90)
        painter.drawText(QPointF(0, 0), words)
        painter.restore()

    def _name_in(self, bar: Bar, rect: QRectF, room: QRectF) -> tuple[str, float]:
        """The name of a bar as far as there is room for it, and where it begins, at its foot."""
        metrics = QFontMetricsF(self._font())
        top = max(min(rect.top(), room.bottom() - metrics.horizontalAdvance(bar.label) - 4), room.top())
        words = metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, room.bottom() - top - 4)
        return words, top + 2 + metrics.horizontalAdvance(words)

    def _paint_sign(self, painter: QPainter, sign: Sign, rect: QRectF, colour: QColor) -> None:
        painter.setPen(QPen(colour, 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if sign.kind is SignKind.TIME:
            words = f"{sign.label}?" if sign.weak else sign.label
            painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
            return
        painter.drawRoundedRect(rect.adjusted(0.5, 1, -0.5, -1), 2, 2)
        if sign.kind is SignKind.MEMO:
            for y in (0.4, 0.65):
                at = rect.top() + rect.height() * y
                painter.drawLine(QPointF(rect.left() + 3, at), QPointF(rect.right() - 3, at))
        else:  # a hill
            foot = rect.bottom() - 2.5
            painter.drawPolyline(
                [
                    QPointF(rect.left() + 2, foot),
                    QPointF(rect.center().x(), rect.top() + 4),
                    QPointF(rect.right() - 2, foot),
                ]
            )

    # --- the mouse -----------------------------------------------------------------------------------------------

    def _sign_at(self, point: QPointF) -> Sign | None:
        found = (sign for sign, top, height in self._seen() if self._place(sign, top, height).contains(point))
        return next(found, None)

    def _bar_at(self, point: QPointF) -> Bar | None:
        return next((bar for bar, rect, _room in self._bar_rects() if rect.adjusted(-4, 0, 4, 0).contains(point)), None)

    def _tip_at(self, point: QPointF) -> str:
        sign, bar = self._sign_at(point), self._bar_at(point)
        return sign.tip if sign is not None else (bar.tip or bar.label) if bar is not None else ""

    def event(self, event: QEvent) -> bool:
        """Tell what a sign or a bar stands for."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            tip = self._tip_at(QPointF(event.pos()))
            if tip:
                QToolTip.showText(event.globalPos(), tip, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        sign = self._sign_at(event.position())
        if sign is not None:
            self.meant.emit(sign.kind)
            return
        bar = self._bar_at(event.position())
        if bar is not None and not bar.later:
            self.meant.emit(SignKind.STRETCH)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._surface.wheelEvent(event)


def _neighbours(bars: Sequence[Bar], columns: Sequence[int]) -> Iterator[tuple[Bar | None, Bar | None]]:
    """Of each bar the one before and the one after it in its column."""
    in_columns: dict[int, list[Bar | None]] = {}
    for bar, column in zip(bars, columns, strict=True):
        in_columns.setdefault(column, [None]).append(bar)
    pairs = {column: iter(zip(held, [*held[2:], None], strict=False)) for column, held in in_columns.items()}
    return (next(pairs[column]) for column in columns)
