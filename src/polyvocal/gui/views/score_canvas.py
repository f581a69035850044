"""The score in the window: looked at from near or far, moved along, gone through by keys, a stretch of it selected."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QLabel, QSizePolicy, QToolTip, QWidget

from polyvocal.gui.announcing import announce
from polyvocal.gui.theme import Theme
from polyvocal.gui.views.score_layout import Marked, Pointed, ScoreLayout, Seen
from polyvocal.gui.views.score_paint import ScorePainter
from polyvocal.gui.views.score_words import ScoreWords

if TYPE_CHECKING:
    from collections.abc import Sequence

    from polyvocal.gui.views.score_dense import DenseStaff
    from polyvocal.gui.views.score_layout import StaffMarks
    from polyvocal.services.analysis.score import Score
    from polyvocal.services.analysis.score_plan import PassageMark, SessionOnScore

NEAREST = 60.0
"""So many pixels are a minute at most."""
STEP = 1.25
"""How much nearer or farther one looks with each step."""
NEAR = 7.0
"""A passage is pointed to from so many pixels."""
DRAGGED = 4
"""So many pixels the mouse is moved before that is more than a click."""


class ScoreCanvas(QAbstractScrollArea):
    """Shows a score. Its scroll bars count pixels; the place at its left edge is kept as the axis has it."""

    opened = Signal(object)
    """A PassageMark that is to be opened in its text."""
    pointed = Signal(object)
    """The Pointed under the mouse, or that is to be read; None where there is none."""
    stretch_selected = Signal(object)
    """(from, to) in places of the axis; None where nothing is selected any more."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.layout_of_score: ScoreLayout | None = None
        self.painter_of_score: ScorePainter | None = None
        self._marks: Sequence[StaffMarks] = ()
        self._dense: Sequence[DenseStaff] = ()
        self.scale, self.left = 1.0, 0.0
        self.current: Pointed | None = None
        self.under: Pointed | None = None
        self.stretch: tuple[float, float] | None = None
        self._fits = True
        self._grabbed: QPointF | None = None
        self._grabbed_left = self._grabbed_down = 0.0
        self._selects = self._dragged = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._be_a_picture()
        self.horizontalScrollBar().valueChanged.connect(self._on_scrolled)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self.viewport().update())
        theme.changed.connect(self._on_theme_changed)

    def _be_a_picture(self) -> None:
        """Let the part that has the keyboard be a picture for who listens: Qt tells of a scroll area nothing at all."""
        picture = QLabel()
        picture.setPixmap(QPixmap(1, 1))
        picture.setMouseTracking(True)
        picture.setAccessibleName(self.tr("Score"))
        self.setViewport(picture)
        picture.setFocusProxy(None)  # type: ignore[arg-type]
        picture.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(picture)

    # --- what is shown -----------------------------------------------------------------------------------------------

    def show_score(self, score: "Score", staves: "Sequence[StaffMarks]", dense: "Sequence[DenseStaff]") -> None:
        """Show a score.

        Of the same event, what was pointed to and how near one looked stay as they are.
        """
        before = self.layout_of_score.score if self.layout_of_score is not None else None
        held = self._mark(self.current)
        same = before is not None and before.event == score.event
        self._marks, self._dense = staves, dense
        self.under = None
        self._lay_out(score)
        self.viewport().setAccessibleName(self.tr("Score of %s") % score.title)
        self.current = self._find(held) if same and held is not None else None
        if not same:
            self.stretch = None
            self.fit()
        self._measure()
        self._tell_current()
        self.viewport().update()

    def _lay_out(self, score: "Score") -> None:
        self.layout_of_score = ScoreLayout(score, self._marks, self.font())
        self.painter_of_score = ScorePainter(self.layout_of_score, self._theme.colours, self._dense)

    def _find(self, mark: "PassageMark") -> Pointed | None:
        """Where a passage is now that was somewhere before."""
        layout = self.layout_of_score
        assert layout is not None
        for staff, marks in enumerate(layout.staves):
            for number, one in enumerate(marks.marks):
                if (one.source, one.start, one.end) == (mark.source, mark.start, mark.end):
                    return Pointed(staff, number)
        return None

    def _mark(self, pointed: Pointed | None) -> "PassageMark | None":
        return self.layout_of_score.mark(*pointed) if self.layout_of_score is not None and pointed else None

    def _on_theme_changed(self) -> None:
        if self.layout_of_score is not None:
            self._lay_out(self.layout_of_score.score)
            self._measure()
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._on_theme_changed()

    def sizeHint(self) -> QSize:
        return QSize(900, 480)

    @property
    def words(self) -> ScoreWords | None:
        """What is said of the score in words."""
        return ScoreWords(self.layout_of_score.score) if self.layout_of_score is not None else None

    # --- how near, and where -----------------------------------------------------------------------------------------

    @property
    def seen(self) -> Seen:
        """What part of the score is seen."""
        return Seen(self.left, self.scale, float(self.verticalScrollBar().value()))

    @property
    def _body(self) -> QRectF:
        layout = self.layout_of_score
        area = self.viewport().rect()
        if layout is None:
            return QRectF(area)
        return QRectF(
            layout.gutter, layout.head_height, max(area.width() - layout.gutter, 1.0),
            max(area.height() - layout.head_height, 1.0),
        )  # fmt: skip

    def fit(self) -> None:
        """Show all of the time that the score tells of."""
        layout = self.layout_of_score
        if layout is not None:
            self._fits = True
            self.left, self.scale = layout.score.left, self._farthest
            self._measure()

    @property
    def _farthest(self) -> float:
        score = self.layout_of_score.score if self.layout_of_score is not None else None
        return (self._body.width() - 2) / max(score.right - score.left, 1.0) if score is not None else 1.0

    def zoom(self, factor: float, around: float | None = None) -> None:
        """Look from nearer, or farther; the place at so many pixels from the left of the window stays where it is."""
        body = self._body
        if around is None:
            spot = self._spot(self.current)
            around = spot.x() if spot is not None and body.left() <= spot.x() <= body.right() else body.center().x()
        place = self.place_at(around)
        self.scale = min(max(self.scale * factor, self._farthest), max(NEAREST, self._farthest))
        self._fits = self.scale <= self._farthest * 1.001
        self.left = place - (around - body.left()) / self.scale
        self._measure()

    def place_at(self, x: float) -> float:
        """Which place of the axis is at so many pixels from the left."""
        return self.left + (x - self._body.left()) / self.scale

    def _measure(self) -> None:
        """Let the scroll bars be as long as the score, and stand where it is seen from."""
        layout = self.layout_of_score
        if layout is None:
            return
        score, body = layout.score, self._body
        width = (score.right - score.left) * self.scale
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.blockSignals(True)
        across.setRange(0, max(round(width - body.width() + 2), 0))
        across.setPageStep(round(body.width()))
        across.setSingleStep(40)
        across.setValue(round((self.left - score.left) * self.scale))
        across.blockSignals(False)
        self.left = min(max(self.left, score.left), score.left + across.maximum() / self.scale)
        down.setRange(0, max(round(layout.height - body.height()), 0))
        down.setPageStep(round(body.height()))
        down.setSingleStep(24)
        self.viewport().update()

    def _on_scrolled(self, value: int) -> None:
        if self.layout_of_score is not None:
            self.left = self.layout_of_score.score.left + value / self.scale
            self.viewport().update()

    def _move_to(self, left: float) -> None:
        self.left = left
        self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fits:
            self.fit()
        else:
            self.scale = max(self.scale, self._farthest)
            self._measure()

    def show_current(self) -> None:
        """Scroll to the current passage."""
        layout, spot, body = self.layout_of_score, self._spot(self.current), self._body
        if layout is None or spot is None or self.current is None:
            return
        if not body.left() + 24 <= spot.x() <= body.right() - 24:
            self._move_to(self.left + (spot.x() - body.center().x()) / self.scale)
        row, down = layout.rows[self.current.staff], self.verticalScrollBar()
        if row.top < down.value():
            down.setValue(round(row.top - layout.sizes.line))
        elif row.top + row.height > down.value() + body.height():
            down.setValue(round(row.top + row.height - body.height()))

    # --- painting ----------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        area = QRectF(self.viewport().rect())
        if self.painter_of_score is None:
            painter.fillRect(area, QColor(self._theme.colours.ground))
        else:
            marked = Marked(self.current, self.under, self.stretch)
            self.painter_of_score.paint(painter, area, self.seen, marked)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.colours.accent), 2))
            painter.drawRect(area.adjusted(1, 1, -1, -1))

    def _spot(self, pointed: Pointed | None) -> QPointF | None:
        if self.painter_of_score is None or pointed is None:
            return None
        return self.painter_of_score.spot(self._body, self.seen, pointed)

    def spot_of(self, pointed: Pointed) -> QPoint:
        """Where a passage stands, in pixels of the viewport."""
        spot = self._spot(pointed)
        return spot.toPoint() if spot is not None else QPoint()

    # --- the mouse ---------------------------------------------------------------------------------------------------

    def mark_at(self, at: QPointF) -> Pointed | None:
        """The passage at a point of the viewport."""
        layout, body = self.layout_of_score, self._body
        if layout is None or not body.contains(at):
            return None
        row = layout.row_at(at.y() - body.top() + self.verticalScrollBar().value())
        if row is None:
            return None
        marks = layout.staves[row.staff]
        reach = (NEAR + 12 * (layout.sizes.head + 1)) / self.scale
        found = marks.within(self.place_at(at.x()) - reach, self.place_at(at.x()) + NEAR / self.scale)
        spots = [(abs(spot.x() - at.x()), one) for one in found if (spot := self._spot(Pointed(row.staff, one)))]
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
        self._selects = at.x() > self._body.left() and (at.y() < self._body.top() or shift)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._grabbed is None:
            self._point_under(self.mark_at(at))
            over = at.y() < self._body.top() and at.x() > self._body.left()
            shape = Qt.CursorShape.IBeamCursor if over else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if self.under is not None else shape)
            return
        way = at - self._grabbed
        self._dragged = self._dragged or way.manhattanLength() >= DRAGGED
        if not self._dragged:
            return
        if self._selects:
            first, last = sorted((self.place_at(self._grabbed.x()), self.place_at(at.x())))
            self.stretch = self._clipped(first, last)
            self.viewport().update()
        else:
            self._point_under(None)
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            self.verticalScrollBar().setValue(round(self._grabbed_down - way.y()))
            self._move_to(self._grabbed_left - way.x() / self.scale)

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
            self._move_to(self.left - (way.x() or way.y()) / self.scale)
        else:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() - way.y() // 2)
        self._point_under(self.mark_at(event.position()))
        event.accept()

    # --- a stretch of time -------------------------------------------------------------------------------------------

    def _clipped(self, first: float, last: float) -> tuple[float, float]:
        score = self.layout_of_score.score if self.layout_of_score is not None else None
        if score is None:
            return first, last
        return max(first, score.left), min(last, score.right)

    def select(self, stretch: tuple[float, float] | None) -> None:
        """Select a stretch of the axis, or nothing."""
        self.stretch = stretch
        self.viewport().update()
        self.stretch_selected.emit(stretch)

    def _grow(self, by: int) -> None:
        """Move the end of what is selected by so many steps; it begins where the current passage lies."""
        mark = self._mark(self.current)
        if mark is None:
            return
        step = max(5.0, round(24 / self.scale / 5) * 5.0)
        left, right = self.stretch or (mark.left, max(mark.right, mark.left))
        first, last = self._clipped(left, right + by * step)
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
            way = self._body.width() * 0.8 / self.scale
            self._move_to(self.left + (way if key == keys.Key_PageDown else -way))
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
        layout, mark = self.layout_of_score, self._mark(self.current)
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
                inside = marks.within(self.left, self.left + self._body.width() / self.scale)
                self._point_to(Pointed(staff, inside.start if len(inside) else 0))
                return

    def _point_to(self, pointed: Pointed) -> None:
        self.current = pointed
        self.show_current()
        self.viewport().update()
        self._tell_current()
        self.pointed.emit(None)

    def _tell_current(self) -> None:
        """Let who listens hear which passage is the current one."""
        mark = self._mark(self.current)
        words = self.words
        told = words.passage(mark, self.current.staff) if words and mark is not None and self.current else ""
        self.viewport().setAccessibleDescription(told)
        if self.hasFocus():
            announce(self.viewport(), told)

    def _open(self) -> None:
        mark = self._mark(self.current)
        if mark is not None:
            self.opened.emit(mark)
