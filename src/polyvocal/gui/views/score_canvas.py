"""The score in the window: moved along by the mouse, gone through by keys, a stretch of it selected."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from polyvocal.gui.announcing import announce
from polyvocal.gui.theme import Theme
from polyvocal.gui.views.score_layout import Pointed
from polyvocal.gui.views.score_view import ScoreView

if TYPE_CHECKING:
    from polyvocal.services.analysis.score_plan import SessionOnScore

STEP = 1.25
"""How much nearer or farther one looks with each step."""
NEAR = 7.0
"""A passage is pointed to from so many pixels."""
DRAGGED = 4
"""So many pixels the mouse is moved before that is more than a click."""


class ScoreCanvas(ScoreView):
    """A score with what the hand does to it."""

    opened = Signal(object)
    """A PassageMark that is to be opened in its text."""
    pointed = Signal(object)
    """The Pointed under the mouse, or that is to be read; None where there is none."""
    stretch_selected = Signal(object)
    """(from, to) in places of the axis; None where nothing is selected any more."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._grabbed: QPointF | None = None
        self._grabbed_left = self._grabbed_down = 0.0
        self._selects = self._dragged = False

    # --- the mouse ---------------------------------------------------------------------------------------------------

    def mark_at(self, at: QPointF) -> Pointed | None:
        """The passage at a point of the viewport."""
        layout, body = self.layout_of_score, self.body
        if layout is None or not body.contains(at):
            return None
        row = layout.row_at(at.y() - body.top() + self.verticalScrollBar().value())
        if row is None:
            return None
        marks = layout.staves[row.staff]
        reach = (NEAR + 12 * (layout.sizes.head + 1)) / self.scale
        found = marks.within(self.place_at(at.x()) - reach, self.place_at(at.x()) + NEAR / self.scale)
        spots = [(abs(spot.x() - at.x()), one) for one in found if (spot := self.spot(Pointed(row.staff, one)))]
        distance, number = min(spots, default=(NEAR + 1, 0))
        return Pointed(row.staff, number) if distance <= NEAR else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or self.layout_of_score is None:
            super().mousePressEvent(event)
            return
        at = event.position()
        self._grabbed, self._dragged = at, False
        self._grabbed_left, self._grabbed_down = self.left, float(self.verticalScrollBar().value())
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._selects = at.x() > self.body.left() and (at.y() < self.body.top() or shift)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._grabbed is None:
            self._point_under(self.mark_at(at))
            over = at.y() < self.body.top() and at.x() > self.body.left()
            shape = Qt.CursorShape.IBeamCursor if over else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if self.under is not None else shape)
            return
        way = at - self._grabbed
        self._dragged = self._dragged or way.manhattanLength() >= DRAGGED
        if not self._dragged:
            return
        if self._selects:
            first, last = sorted((self.place_at(self._grabbed.x()), self.place_at(at.x())))
            self.stretch = self.clipped(first, last)
            self.viewport().update()
        else:
            self._point_under(None)
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            self.verticalScrollBar().setValue(round(self._grabbed_down - way.y()))
            self.move_to(self._grabbed_left - way.x() / self.scale)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._grabbed is None:
            super().mouseReleaseEvent(event)
            return
        self._grabbed = None
        self.viewport().unsetCursor()
        at = event.position()
        if self._dragged:
            if self._selects:
                self.stretch_selected.emit(self.stretch)
            return
        if self._selects:
            self._select_part_at(at)
            return
        found = self.mark_at(at)
        if found is not None:
            self._point_to(found)
            self._open()

    def _session_at(self, at: QPointF) -> "SessionOnScore | None":
        """The session at a point above the staves; below its lane the one above it is meant."""
        layout = self.layout_of_score
        if layout is None or at.x() < layout.gutter or at.y() >= layout.head_height:
            return None
        lane = int((at.y() - layout.phase_height - layout.day_height) // (layout.session_height + 2))
        place = self.place_at(at.x())
        here = [one for one in layout.score.sessions if one.left <= place <= one.right and one.lane <= max(lane, 0)]
        return max(here, key=lambda one: one.lane, default=None)

    def _select_part_at(self, at: QPointF) -> None:
        """Select the session, or the part beside the axis, whose head was clicked; nothing, where there is none."""
        layout, session = self.layout_of_score, self._session_at(at)
        assert layout is not None
        place = self.place_at(at.x())
        beside = [(one.left, one.right) for one in layout.score.regions if one.left <= place <= one.right]
        self.select((session.left, session.right) if session is not None else beside[0] if beside else None)

    def viewportEvent(self, event: QEvent) -> bool:
        """Tells in full what a session is called that has no room for its name."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            session, words = self._session_at(QPointF(event.pos())), self.words
            if session is not None and words is not None:
                QToolTip.showText(event.globalPos(), words.session(session), self.viewport())
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_under(None)

    def _point_under(self, found: Pointed | None) -> None:
        if found != self.under:
            self.under = found
            self.viewport().update()
            self.pointed.emit(found)

    def wheelEvent(self, event: QWheelEvent) -> None:
        way = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(STEP ** (way.y() / 120), event.position().x())
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier or abs(way.x()) > abs(way.y()):
            self.move_to(self.left - (way.x() or way.y()) / self.scale)
        else:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() - way.y() // 2)
        self._point_under(self.mark_at(event.position()))
        event.accept()

    # --- a stretch of time -------------------------------------------------------------------------------------------

    def select(self, stretch: tuple[float, float] | None) -> None:
        """Select a stretch of the axis, or nothing."""
        self.stretch = stretch
        self.viewport().update()
        self.stretch_selected.emit(stretch)

    def _grow(self, by: int) -> None:
        """Move the end of what is selected by so many steps; it begins where the current passage lies."""
        mark = self.mark_of(self.current)
        if mark is None:
            return
        step = max(5.0, round(24 / self.scale / 5) * 5.0)
        left, right = self.stretch or (mark.left, max(mark.right, mark.left))
        first, last = self.clipped(left, right + by * step)
        self.select((first, last) if last > first else None)
        if self.words is not None and self.stretch is not None:
            announce(self.viewport(), self.words.stretch(self.stretch))

    # --- the keys ----------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        keys = Qt.Key
        if self.layout_of_score is None:
            super().keyPressEvent(event)
        elif key in (keys.Key_Left, keys.Key_Right):
            by = 1 if key == keys.Key_Right else -1
            self._grow(by) if shift else self._step(by)
        elif key in (keys.Key_Up, keys.Key_Down):
            self._step_staff(1 if key == keys.Key_Down else -1)
        elif key in (keys.Key_Home, keys.Key_End):
            self._to_end(last=key == keys.Key_End)
        elif key in (keys.Key_PageUp, keys.Key_PageDown):
            way = self.body.width() * 0.8 / self.scale
            self.move_to(self.left + (way if key == keys.Key_PageDown else -way))
        elif key in (keys.Key_Return, keys.Key_Enter):
            self._open()
        elif key == keys.Key_Space:
            self.pointed.emit(self.current)
        elif key == keys.Key_Escape and self.stretch is not None:
            self.select(None)
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        """To the next passage of the staff, or the one before."""
        layout = self.layout_of_score
        assert layout is not None
        if self.current is None:
            self._point_to_first()
            return
        number = self.current.number + by
        if 0 <= number < len(layout.staves[self.current.staff].marks):
            self._point_to(Pointed(self.current.staff, number))

    def _step_staff(self, by: int) -> None:
        """To the next staff with passages, to the one that is nearest in time."""
        layout, mark = self.layout_of_score, self.mark_of(self.current)
        assert layout is not None
        if self.current is None or mark is None:
            self._point_to_first()
            return
        staff = self.current.staff + by
        while 0 <= staff < len(layout.staves):
            nearest = layout.staves[staff].nearest(mark.at)
            if nearest is not None:
                self._point_to(Pointed(staff, nearest))
                return
            staff += by

    def _to_end(self, *, last: bool) -> None:
        layout = self.layout_of_score
        assert layout is not None
        if self.current is None:
            self._point_to_first()
        else:
            count = len(layout.staves[self.current.staff].marks)
            self._point_to(Pointed(self.current.staff, count - 1 if last else 0))

    def _point_to_first(self) -> None:
        layout = self.layout_of_score
        assert layout is not None
        for staff, marks in enumerate(layout.staves):
            if marks.marks:
                inside = marks.within(self.left, self.left + self.body.width() / self.scale)
                self._point_to(Pointed(staff, inside.start if len(inside) else 0))
                return

    def _point_to(self, pointed: Pointed) -> None:
        self.current = pointed
        self.show_current()
        self.viewport().update()
        self.tell_current()
        self.pointed.emit(None)

    def _open(self) -> None:
        mark = self.mark_of(self.current)
        if mark is not None:
            self.opened.emit(mark)
