"""The Score: one event as it ran, a staff an observer; its filters, its legend, and the passages of a moment below."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.ids import CodingId, EventId
from polyvocal.domain.passages import Aspect, PassageQuery
from polyvocal.domain.records import Event
from polyvocal.gui import acts, labels
from polyvocal.gui.announcing import announce
from polyvocal.gui.sitting import Place, Sitting
from polyvocal.gui.views import passages_asked
from polyvocal.gui.views.compare_left import held_in, id_in, kept_as, text_in
from polyvocal.gui.views.filter_choosing import FilterChoosing, Single
from polyvocal.gui.views.passages import PassagesPanel
from polyvocal.gui.views.passages_filters import FilterBar
from polyvocal.gui.views.score_asked import ScoreShown, score_shown
from polyvocal.gui.views.score_canvas import STEP, ScoreCanvas
from polyvocal.gui.views.score_card import ScoreCard
from polyvocal.gui.views.score_doubts import DoubtsPanel
from polyvocal.gui.views.score_export import ask_export, picture_of
from polyvocal.gui.views.score_layout import Pointed
from polyvocal.gui.views.score_legend import ScoreLegend
from polyvocal.gui.views.score_words import ScoreWords
from polyvocal.gui.views.with_foot import WithFoot
from polyvocal.store.view import View

if TYPE_CHECKING:
    from polyvocal.services.analysis.score import Doubt, MomentMeant, Score
    from polyvocal.services.analysis.score_plan import PassageMark

CONCERNED = frozenset(
    {
        "coding", "code", "person", "role", "source", "source_version", "authorship", "occasion", "reading", "presence",
        "session", "event", "project", "stretch", "layer", "time_mark", "concern", "stance", "term",
    }
)  # fmt: skip
"""The kinds of record of which a change may change the score."""
SETTLES_AFTER = 150
"""Milliseconds after a change until the score is made again: several changes are taken as one."""
HOVERS = 180
"""Milliseconds over a passage until it is read."""


class ScorePage(QWidget):
    """A page of the Compare view."""

    shown = Signal()
    """The latest score is shown."""
    moment_wanted = Signal(object)
    """A MomentMeant: what each observer wrote in it is to be seen."""
    exported = Signal(object)
    """The path of a file that was saved."""
    can_export_changed = Signal(bool)
    """Whether there is a score to export."""
    asked_anew = Signal()
    """Another event, or other passages, are asked for."""

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.sitting = sitting
        self.query = PassageQuery()
        self.score: Score | None = None
        self._meant: MomentMeant | None = None
        self._events: tuple[Event, ...] = ()
        self._wanted: EventId | None = None
        self._inside: tuple[CodingId, ...] | None = None
        self._stale = True
        self._build()
        self._settling, self._hovering = QTimer(self), QTimer(self)
        for timer, wait, then in ((self._settling, SETTLES_AFTER, self.refresh), (self._hovering, HOVERS, self._hover)):
            timer.setSingleShot(True)
            timer.setInterval(wait)
            timer.timeout.connect(then)
        self._connect()
        self.doubtful.hide()
        self._tell_export()

    # --- building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.events = QComboBox()
        self.events.setAccessibleName(self.tr("Event"))
        self.events.setToolTip(self.tr("Whose score is shown"))
        self.events.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.events.setMaximumWidth(self.events.fontMetrics().averageCharWidth() * 36)
        self.doubtful, self.copy, self.export = QPushButton(), QPushButton(self.tr("Cop&y")), QPushButton()
        self.export.setText(self.tr("E&xport…"))
        self.export.setToolTip(self.tr("Save the picture (SVG, PDF, PNG) or the table behind it (Excel, Word, CSV)"))
        self.nearer, self.farther, self.whole = QPushButton("+"), QPushButton("−"), QPushButton(self.tr("&All"))
        for button, name in ((self.nearer, self.tr("Nearer")), (self.farther, self.tr("Farther"))):
            button.setAccessibleName(name)
            button.setFixedWidth(button.fontMetrics().averageCharWidth() * 6)
        self.side_by_side = QPushButton(self.tr("Si&de by side"))
        self.side_by_side.setEnabled(False)
        self.filters = FilterBar((self.doubtful,))
        self.choosing = FilterChoosing(
            self.sitting,
            self.filters,
            lambda: self.query,
            owner=self,
            single=Single(Aspect.EVENT, lambda: self._wanted, self._on_event_taken),
        )
        self.canvas = ScoreCanvas(self.sitting.theme)
        self.card = ScoreCard(self.sitting, self.canvas.viewport())
        self.legend = ScoreLegend(self.sitting.theme)
        self.footed = WithFoot(self.canvas, self.legend, lines=5)
        self.caption = self.footed.caption
        self.message = QLabel(self.tr("Reading the event…"))
        self.message.setProperty("muted", True)
        self.message.setWordWrap(True)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setMargin(20)
        self.message.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.passages, self.doubts = PassagesPanel(self.sitting), DoubtsPanel()
        self.below, self.stack = QStackedWidget(), QStackedWidget()
        for panel in (self.passages, self.doubts):
            self.below.addWidget(panel)
        self.below.hide()
        for page in (self.message, self.footed):
            self.stack.addWidget(page)
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.stack)
        self.split.addWidget(self.below)
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._head())
        column.addWidget(self.split, 1)

    def _head(self) -> QHBoxLayout:
        label = QLabel(self.tr("E&vent"))
        label.setBuddy(self.events)
        row = QHBoxLayout()
        row.setContentsMargins(16, 10, 16, 0)
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self.events)
        row.addWidget(self.filters, 1)
        for button in (self.side_by_side, self.farther, self.nearer, self.whole, self.copy, self.export):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _connect(self) -> None:
        canvas, actions = self.canvas, self.sitting.actions
        self.sitting.bus.changed.connect(self._on_changed)
        self.sitting.blind_changed.connect(self._on_blind_changed)
        self.events.activated.connect(self._on_event_chosen)
        self.choosing.asked.connect(self.ask)
        canvas.opened.connect(self._open)
        canvas.pointed.connect(self._on_pointed)
        canvas.stretch_selected.connect(self._on_stretch_selected)
        canvas.horizontalScrollBar().valueChanged.connect(lambda _value: self.card.dismiss())
        canvas.verticalScrollBar().valueChanged.connect(lambda _value: self.card.dismiss())
        self.sitting.theme.changed.connect(self.card.dismiss)
        self.passages.left.connect(self._leave_below)
        self.passages.exported.connect(self.exported)
        self.doubts.left.connect(self._leave_below)
        self.doubts.opened.connect(self._list_doubt)
        for button, act, do, tip in (
            (self.nearer, acts.NEARER, lambda: canvas.zoom(STEP), self.tr("Nearer; also Ctrl and the mouse wheel")),
            (self.farther, acts.FARTHER, lambda: canvas.zoom(1 / STEP), self.tr("Farther away")),
            (self.whole, acts.WHOLE, canvas.fit, self.tr("All of the event")),
            (
                self.side_by_side,
                acts.SIDE_BY_SIDE,
                self.show_side_by_side,
                self.tr("What each observer wrote in the stretch that is selected on the axis"),
            ),
            (self.copy, acts.COPY_SCORE, self.copy_picture, self.tr("Copy the picture")),
            (self.doubtful, acts.DOUBTS, self.show_doubts, self.tr("What is placed with a doubt, or not placed")),
        ):
            button.clicked.connect(lambda _checked=False, do=do: do())
            actions.add(act, do, owner=canvas, place=canvas)
            actions.explain(button, act.name, tip)
        self.export.clicked.connect(self.ask_export)

    # --- where the keyboard is -------------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard belongs to the score; until it is there, to the words that stand in its place."""
        super().focusInEvent(event)
        (self.canvas if self.stack.currentIndex() else self.message).setFocus(event.reason())

    @property
    def panes(self) -> list[QWidget]:
        """The parts that are in sight and between which a key goes round: the event, the score, what is below."""
        return [one for one in (self.events, self.canvas, self.below.currentWidget()) if one and one.isVisibleTo(self)]

    # --- what is asked for -----------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _on_changed(self, changes: ChangeSet) -> None:
        if CONCERNED & changes.kinds.keys():
            self._stale = True
            if self.isVisible() and not self._settling.isActive():
                self._settling.start()

    def _on_blind_changed(self) -> None:
        """Nothing that is not to be seen stays for a moment."""
        self.card.dismiss()
        self.score = None
        self._say(self.tr("Reading the event…"))
        self._stale = True
        if self.isVisible():
            self.refresh()

    @property
    def kept(self) -> str:
        """The event and the filter, to be taken up at the next start."""
        return kept_as(event=self._wanted, filter=passages_asked.Asked(self.query).to_json())

    def take_up(self, kept: str) -> None:
        """Ask for what was kept, before the page is first shown; of an event that is gone, for another."""
        held = held_in(kept)
        event = id_in(held, "event")
        self._wanted = None if event is None else EventId(event)
        self.query = passages_asked.Asked.from_json(text_in(held, "filter")).query

    def ask(self, query: PassageQuery) -> None:
        """Show the passages of a query."""
        self.query = query
        self.refresh()
        self.asked_anew.emit()

    def show_event(self, event: EventId) -> None:
        """Show the score of an event."""
        self._wanted = event
        self.refresh()
        self.asked_anew.emit()

    def _on_event_taken(self, event: EventId | None) -> None:
        if event is not None:  # there is one event at a time
            self.show_event(event)

    def _on_event_chosen(self, number: int) -> None:
        self.show_event(self._events[number].id)

    def refresh(self) -> None:
        """Make the score again, off the window's thread."""
        self._stale = False
        wanted, query = self._wanted, self.query

        def read(view: View) -> ScoreShown:
            return score_shown(self.sitting.ledger.of(view), view, wanted, query)

        self.sitting.bus.ask(self, read, self._show, about="score", failed=self._on_failed)

    def _on_failed(self, fault: Exception) -> None:
        self._stale = True
        if self.score is None:
            self._say(self.tr("The score could not be made. Open this page again to try once more."))
        self.sitting.bus.failed.emit(fault)

    def _say(self, words: str) -> None:
        had_focus = self.canvas.hasFocus()
        self.message.setText(words)
        self.stack.setCurrentIndex(0)
        if had_focus:
            self.message.setFocus()
        self._tell_export()

    def _show(self, found: ScoreShown) -> None:
        if found.query != self.query:
            return
        self._events, self.score = found.events, found.score
        self.events.blockSignals(True)
        self.events.clear()
        self.events.addItems([one.title for one in found.events])
        if found.score is not None:
            self._wanted = found.score.event
            self.events.setCurrentIndex([one.id for one in found.events].index(found.score.event))
        self.events.blockSignals(False)
        self.events.setEnabled(bool(found.events))
        self.filters.show_query(found.query, found.names)
        missing = self._missing(found.score)
        if found.score is None or missing:
            self.filters.count.clear()
            self.doubtful.hide()
            self._say(missing)
        else:
            self._show_score(found.score, found)
        self.shown.emit()

    def _show_score(self, score: "Score", found: ScoreShown) -> None:
        self.filters.count.setText(labels.passages(score.passages))
        doubtful = score.in_doubt
        self.doubtful.setText(self.tr("%s in doubt") % labels.number(doubtful))
        self.doubtful.setVisible(bool(doubtful))
        self.doubts.show_doubts(score.doubts)
        if not doubtful and self.below.isVisible() and self.below.currentWidget() is self.doubts:
            self._leave_below()
        self.card.dismiss()
        waiting = self.message.hasFocus()
        self.stack.setCurrentIndex(1)
        self.canvas.show_score(score, found.staves, found.dense)
        self._list_stretch_again(score)
        self.legend.show_score(score)
        self.footed.show_caption(score.caption)
        if waiting:
            self.canvas.setFocus()
        self._tell_export()

    def _missing(self, score: "Score | None") -> str:
        """What to do where there is no score; nothing where there is one."""
        if score is None:
            return self.tr(
                "There is no event yet.\n\nMake one in the Setting view, with its sessions and their times, and say of "
                "each account to which it belongs (About…, above the text)."
            )
        if not score.staves:
            return self._sitting_keys(
                self.tr(
                    "Nobody is known to have observed this event.\n\nType or paste a fieldnote with %s, or import "
                    "files with %s, and say who wrote them and about which event."
                )
            )
        return ""

    def _sitting_keys(self, words: str) -> str:
        return self.sitting.actions.with_keys(words, *acts.FIRST_STEPS)

    # --- doors -----------------------------------------------------------------------------------------------------

    def _open(self, mark: "PassageMark") -> None:
        self.card.dismiss()
        self.sitting.place_wanted.emit(Place(mark.source, mark.start, mark.end, mark.codings[0]))

    def _on_pointed(self, pointed: Pointed | None) -> None:
        """The mouse is over a passage, or it is to be read at once (by the space bar)."""
        self._hovering.stop()
        if pointed is None or (pointed != self.canvas.under and self.card.isVisible()):
            self.card.dismiss()
        elif pointed == self.canvas.under:
            self._hovering.start()
        else:
            self._read(pointed, aloud=True)

    def _hover(self) -> None:
        if self.canvas.under is not None:
            self._read(self.canvas.under, aloud=False)

    def _read(self, pointed: Pointed, *, aloud: bool) -> None:
        layout = self.canvas.layout_of_score
        if layout is not None:
            at: QPoint = self.canvas.spot_of(pointed)
            self.card.show_passage(layout.score, pointed.staff, layout.mark(*pointed), at, aloud=aloud)

    def _on_stretch_selected(self, stretch: tuple[float, float] | None) -> None:
        if self.score is None:
            return
        self.card.dismiss()
        self._mean(self.score, stretch)
        if stretch is None:
            if self.below.currentWidget() is self.passages:
                self._leave_below()
            return
        self._list_stretch(self.score, stretch)

    def _mean(self, score: "Score", stretch: tuple[float, float] | None) -> None:
        """Take a stretch for the one that may be seen side by side; of what has no time there is none."""
        self._meant = score.moment(*stretch) if stretch is not None else None
        self.side_by_side.setEnabled(self._meant is not None and self._meant.starts is not None)

    def show_side_by_side(self) -> None:
        """Have shown what each observer wrote in the stretch that is selected."""
        if self._meant is not None and self.side_by_side.isEnabled():
            self.moment_wanted.emit(self._meant)

    def _list_stretch(self, score: "Score", stretch: tuple[float, float]) -> None:
        title, inside = ScoreWords(score).stretch(stretch), score.within(*stretch)
        self._list(self.tr("%s: what may have been written of it") % title, inside)
        self._inside = inside

    def _list_stretch_again(self, score: "Score") -> None:
        """Let the list below, if it is that of the selected stretch, follow a score that was made again."""
        stretch = self.canvas.stretch
        self._mean(score, stretch)
        if self._inside is None or self.below.isHidden() or self.below.currentWidget() is not self.passages:
            return
        if stretch is None:
            self.below.hide()
        elif score.within(*stretch) != self._inside:
            self._list_stretch(score, stretch)

    def show_doubts(self) -> None:
        """List what is placed with a doubt, or not placed."""
        if self.score is None or not self.score.doubts:
            announce(self.canvas, self.tr("Nothing is in doubt."))
            return
        self._open_below(self.doubts)
        self.doubts.setFocus()

    def _list_doubt(self, doubt: "Doubt") -> None:
        self._list(f"{doubt.title}: {doubt.why}", doubt.codings)
        self.passages.focus_list()

    def _list(self, title: str, codings: Sequence[Any]) -> None:
        self._inside = None
        self.passages.show_codings(title, codings)
        self._open_below(self.passages)

    def _open_below(self, panel: QWidget) -> None:
        self.below.setCurrentWidget(panel)
        if self.below.isHidden():
            self.below.show()
            height = self.split.height()
            self.split.setSizes([height * 3 // 5, height * 2 // 5])

    def _leave_below(self) -> None:
        self.below.hide()
        self.canvas.setFocus()

    # --- taking it elsewhere ---------------------------------------------------------------------------------------

    @property
    def can_export(self) -> bool:
        """Whether there is a score to export."""
        return self.score is not None and self.stack.currentIndex() == 1

    def _tell_export(self) -> None:
        for button in (self.copy, self.export, self.nearer, self.farther, self.whole):
            button.setEnabled(self.can_export)
        self.can_export_changed.emit(self.can_export)

    def copy_picture(self) -> None:
        """Copy what is seen of the score, with all staves, as a picture."""
        from polyvocal.gui.views.picture_export import copy_picture

        picture = picture_of(self)
        if picture is not None and self.can_export:
            copy_picture(picture)
            announce(self.canvas, self.tr("The picture is copied."))

    def ask_export(self) -> None:
        """Ask for a file, and save the picture or the table in it."""
        ask_export(self)
