"""A score that is looked at: from near or far, scrolled, with what stands out on it. Its keys are in `score_canvas`."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QLabel, QSizePolicy, QWidget

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
    from polyvocal.services.analysis.score_plan import PassageMark

NEAREST = 60.0
"""So many pixels are a minute at most."""


class ScoreView(QAbstractScrollArea):
    """Shows a score. Its scroll bars count pixels; the place at its left edge is kept as the axis has it."""

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
        held = self.mark_of(self.current)
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
        self.tell_current()
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

    def mark_of(self, pointed: Pointed | None) -> "PassageMark | None":
        """The passage that is pointed to, if any is."""
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
    def body(self) -> QRectF:
        """Where in the window the staves are."""
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
        return (self.body.width() - 2) / max(score.right - score.left, 1.0) if score is not None else 1.0

    def zoom(self, factor: float, around: float | None = None) -> None:
        """Look from nearer, or farther; the place at so many pixels from the left of the window stays where it is."""
        body = self.body
        if around is None:
            spot = self.spot(self.current)
            around = spot.x() if spot is not None and body.left() <= spot.x() <= body.right() else body.center().x()
        place = self.place_at(around)
        self.scale = min(max(self.scale * factor, self._farthest), max(NEAREST, self._farthest))
        self._fits = self.scale <= self._farthest * 1.001
        self.left = place - (around - body.left()) / self.scale
        self._measure()

    def place_at(self, x: float) -> float:
        """Which place of the axis is at so many pixels from the left."""
        return self.left + (x - self.body.left()) / self.scale

    def _measure(self) -> None:
        """Let the scroll bars be as long as the score, and stand where it is seen from."""
        layout = self.layout_of_score
        if layout is None:
            return
        score, body = layout.score, self.body
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

    def move_to(self, left: float) -> None:
        """See the score from a place of the axis on, as far as it goes."""
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
        layout, spot, body = self.layout_of_score, self.spot(self.current), self.body
        if layout is None or spot is None or self.current is None:
            return
        if not body.left() + 24 <= spot.x() <= body.right() - 24:
            self.move_to(self.left + (spot.x() - body.center().x()) / self.scale)
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

    def spot(self, pointed: Pointed | None) -> QPointF | None:
        """Where in the window a passage stands, also where that is out of sight."""
        if self.painter_of_score is None or pointed is None:
            return None
        return self.painter_of_score.spot(self.body, self.seen, pointed)

    def spot_of(self, pointed: Pointed) -> QPoint:
        """Where a passage stands, in pixels of the viewport."""
        spot = self.spot(pointed)
        return spot.toPoint() if spot is not None else QPoint()

    def clipped(self, first: float, last: float) -> tuple[float, float]:
        """A stretch of the axis, as far as the score goes."""
        score = self.layout_of_score.score if self.layout_of_score is not None else None
        if score is None:
            return first, last
        return max(first, score.left), min(last, score.right)

    def tell_current(self) -> None:
        """Let who listens hear which passage is the current one."""
        mark = self.mark_of(self.current)
        words = self.words
        told = words.passage(mark, self.current.staff) if words and mark is not None and self.current else ""
        self.viewport().setAccessibleDescription(told)
        if self.hasFocus():
            announce(self.viewport(), told)
