"""A contest in the window: gone through by keys, pointed to and opened by the mouse, said to who listens."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy, QWidget

from polyvocal.gui.announcing import announce
from polyvocal.gui.theme import Theme
from polyvocal.gui.views.contest_layout import Spot, StripLayout, sizes_for
from polyvocal.gui.views.contest_paint import HEADS, ContestPainter
from polyvocal.gui.views.contest_words import ContestWords

if TYPE_CHECKING:
    from polyvocal.services.analysis.contest import Contest

NEAR = 4.0
"""A mark is pointed to from so many pixels."""

At = tuple[int, int]
"""A line of spots, and which of them."""


class ContestCanvas(QAbstractScrollArea):
    """Shows a contest. Arrows go from mark to mark and into the heads; Enter opens; Space reads."""

    opened = Signal(object)
    """The Spot that is to be opened: a mark in its text, or what is behind a name or a cell as a list."""
    listed = Signal(object)
    """The Spot whose cell is to be listed."""
    pointed = Signal(object)
    """The Spot of the mark under the mouse, or that is to be read; None where there is none."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.strip: StripLayout | None = None
        self.words: ContestWords | None = None
        self._painter: ContestPainter | None = None
        self.current: At | None = None
        self.under: At | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(self.tr("Strip of stances"))
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(lambda _value: self.viewport().update())
        theme.changed.connect(self._lay_out_again)

    # --- what is shown ---------------------------------------------------------------------------------------------

    def show_contest(self, contest: "Contest") -> None:
        """Show a contest; what was pointed to stays so, as far as it is there."""
        before = self.spot(self.current)
        self.words = ContestWords(contest)
        self.under = None
        self._lay_out(contest)
        self.setAccessibleName(contest.title)
        self.current = self._found_again(before) or self._first_mark()
        self._tell()

    def _found_again(self, before: Spot | None) -> At | None:
        if before is None or before.mark is None or self.strip is None:
            return None
        for line, spots in enumerate(self.strip.spots):
            for number, spot in enumerate(spots):
                if spot.mark is not None and spot.mark.coding == before.mark.coding:
                    return line, number
        return None

    def _first_mark(self) -> At | None:
        lines = self.strip.spots if self.strip is not None else []
        return next(
            (
                (line, number)
                for line, spots in enumerate(lines)
                for number, spot in enumerate(spots)
                if not spot.is_name
            ),
            None,
        )

    def _lay_out(self, contest: "Contest") -> None:
        self.strip = StripLayout(contest, sizes_for(self.font()), self.viewport().width())
        self._painter = ContestPainter(self.strip, self._theme.colours)
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        seen = self.viewport().size()
        across.setRange(0, max(round(self.strip.width) - seen.width(), 0))
        across.setPageStep(max(seen.width() - round(self.strip.gutter), 1))
        across.setSingleStep(40)
        down.setRange(0, max(round(self.strip.height + self.strip.head_height) - seen.height(), 0))
        down.setPageStep(max(seen.height() - round(self.strip.head_height), 1))
        down.setSingleStep(24)
        self.viewport().update()

    def _lay_out_again(self) -> None:
        if self.strip is not None:
            self._lay_out(self.strip.contest)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out_again()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._lay_out_again()

    def sizeHint(self) -> QSize:
        return QSize(900, 420)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._painter is None:
            return
        places = [self.under, self.current if self.hasFocus() else None]
        pointed = [(at[0], spot) for at in places if at is not None and (spot := self.spot(at)) is not None]
        with QPainter(self.viewport()) as painter:
            self._painter.paint(painter, QRectF(self.viewport().rect()), self.scrolled, pointed)

    @property
    def scrolled(self) -> QPointF:
        """How far the strip was moved."""
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    # --- spots -----------------------------------------------------------------------------------------------------

    def spot(self, at: At | None) -> Spot | None:
        """What is at a place among the spots."""
        if at is None or self.strip is None or at[0] >= len(self.strip.spots):
            return None
        spots = self.strip.spots[at[0]]
        return spots[at[1]] if at[1] < len(spots) else None

    def area_of(self, at: At) -> QRectF:
        """Where a spot is in the viewport."""
        spot = self.spot(at)
        assert spot is not None
        assert self.strip is not None
        moved = self.scrolled
        x = 0.0 if spot.columns is None else -moved.x()
        y = 0.0 if at[0] < HEADS else self.strip.head_height - moved.y()
        return spot.area.translated(x, y)

    def point(self, at: At) -> QPoint:
        """The middle of a spot in the viewport."""
        return self.area_of(at).center().toPoint()

    def spot_at(self, at: QPointF) -> At | None:
        """The spot at a place of the viewport."""
        strip = self.strip
        if strip is None:
            return None
        if at.y() < strip.head_height:
            lines: list[int] = [*range(HEADS)] if at.x() > strip.gutter else []
        else:
            line = strip.line_at(at.y() - strip.head_height + self.scrolled.y())
            lines = [] if line is None else [line + HEADS]
        for line in lines:
            for number, spot in enumerate(strip.spots[line]):
                near = NEAR if spot.mark is not None else 0.0
                is_beside_names = spot.columns is None or at.x() > strip.gutter
                if is_beside_names and self.area_of((line, number)).adjusted(-near, -near, near, near).contains(at):
                    return line, number
        return None

    def cell_at(self, at: QPointF) -> Spot | None:
        """The cell at a place of the viewport, if it has marks."""
        strip = self.strip
        if strip is None or at.y() < strip.head_height or at.x() < strip.gutter:
            return None
        line = strip.line_at(at.y() - strip.head_height + self.scrolled.y())
        column = strip.column_at(at.x() + self.scrolled.x())
        row = strip.lines[line].row if line is not None else None
        if row is None or column is None or (row, column) not in strip.contest.cells:
            return None
        return Spot((row,), (column,), QRectF())

    # --- the mouse -------------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self.spot_at(event.position())
        over = found is not None or self.cell_at(event.position()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        self._point_under(found)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_under(None)

    def _point_under(self, found: At | None) -> None:
        if found != self.under:
            self.under = found
            self.viewport().update()
            spot = self.spot(found)
            self.pointed.emit(spot if spot is not None and spot.mark is not None else None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            super().mouseReleaseEvent(event)
            return
        found = self.spot_at(event.position())
        if found is not None:
            self._go(found)
            self.opened.emit(self.spot(found))
            return
        cell = self.cell_at(event.position())
        if cell is not None:
            self.listed.emit(cell)

    # --- the keys --------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, keys = event.key(), Qt.Key
        spot = self.spot(self.current)
        if self.strip is None or self.current is None or spot is None:
            super().keyPressEvent(event)
            return
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        line, number = self.current
        last = len(self.strip.spots[line]) - 1
        match key:
            case keys.Key_Right | keys.Key_Left:
                self._go((line, min(max(number + (1 if key == keys.Key_Right else -1), 0), last)))
            case keys.Key_Down | keys.Key_Up:
                self._go_across(1 if key == keys.Key_Down else -1)
            case keys.Key_Home | keys.Key_End:
                self._go((line, 0 if key == keys.Key_Home else last))
            case keys.Key_Return | keys.Key_Enter:
                (self.listed if control else self.opened).emit(spot)
            case keys.Key_Space:
                self.pointed.emit(spot if spot.mark is not None else None)
            case keys.Key_Escape if self.current is not None:
                self.pointed.emit(None)
                super().keyPressEvent(event)
            case _:
                super().keyPressEvent(event)

    def _go_across(self, by: int) -> None:
        """Go to the next line that has spots, to the one that is nearest."""
        assert self.current is not None
        assert self.strip is not None
        line, _ = self.current
        here = self.spot(self.current)
        assert here is not None
        x = here.area.left()
        line += by
        while 0 <= line < len(self.strip.spots) and not self.strip.spots[line]:
            line += by
        if not 0 <= line < len(self.strip.spots):
            return
        spots = self.strip.spots[line]
        of_rows = here.columns is None
        alike = [one for one, spot in enumerate(spots) if (spot.columns is None) is of_rows] or [*range(len(spots))]
        self._go((line, min(alike, key=lambda one: abs(spots[one].area.left() - x))))

    def _go(self, at: At) -> None:
        self.current = at
        self._bring_into_sight(at)
        self.viewport().update()
        self.pointed.emit(None)
        self._tell()
        announce(self, self.accessibleDescription())

    def _tell(self) -> None:
        spot = self.spot(self.current)
        self.setAccessibleDescription(self.words.spot(spot) if spot is not None and self.words is not None else "")

    def _bring_into_sight(self, at: At) -> None:
        spot, strip = self.spot(at), self.strip
        if spot is None or strip is None:
            return
        area, seen = self.area_of(at), self.viewport().rect()
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        if spot.columns is not None:
            if area.left() < strip.gutter + 6:
                across.setValue(round(across.value() + area.left() - strip.gutter - 12))
            elif area.right() > seen.right() - 6:
                wanted = min(area.right() - seen.right() + 12, area.left() - strip.gutter - 12)
                across.setValue(round(across.value() + wanted))
        if at[0] >= HEADS:
            if area.top() < strip.head_height + 4:
                down.setValue(round(down.value() + area.top() - strip.head_height - 8))
            elif area.bottom() > seen.bottom() - 4:
                down.setValue(round(down.value() + area.bottom() - seen.bottom() + 8))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
