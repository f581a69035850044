"""A page of the Compare view: the moments of an event, and one of them as several observers wrote it, side by side."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QMenu, QSplitter, QTabWidget, QToolButton, QWidget

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.ids import CodingId
from polyvocal.domain.moments import Moment
from polyvocal.domain.spans import Span
from polyvocal.domain.words import DivergenceStanding
from polyvocal.gui import labels
from polyvocal.gui.acts import ALL_COLUMNS, FIRST_STEPS
from polyvocal.gui.button import Button
from polyvocal.gui.elided import Elided
from polyvocal.gui.parts import Pages, in_column, in_row
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.surface.look import Looks
from polyvocal.gui.surface.text import TextSurface
from polyvocal.gui.views.codebook import CodebookPanel
from polyvocal.gui.views.codes_here import CodesHere
from polyvocal.gui.views.moment_columns import MomentColumns
from polyvocal.gui.views.moment_divergences import MomentDivergences
from polyvocal.gui.views.moments_actions import MomentsActions
from polyvocal.gui.views.moments_list import MomentsList
from polyvocal.gui.views.moments_model import clock_of
from polyvocal.gui.views.moments_words import called, is_any_stretch, without_account
from polyvocal.gui.views.read_coding import ReadCoding
from polyvocal.services.queries.divergences import DivergenceRow, DivergentPassage
from polyvocal.services.queries.moment_columns import MomentInColumns, moment_in_columns
from polyvocal.services.queries.moment_divergences import DivergenceHere, divergences_of_moment

_SETTING = frozenset(
    {
        "moment", "moment_anchor", "session", "event", "presence", "person", "role", "source", "source_version",
        "authorship", "occasion", "stretch", "time_mark",
    }
)  # fmt: skip
_OF_LIST = _SETTING | {"divergence"}
"""The kinds of record of which a change may change the list of moments."""
_OF_COLUMNS = _SETTING | {"reading"}
"""Those of which a change may change what stands in the columns."""
_OF_DIVERGENCES = frozenset({"divergence", "divergence_passage", "memo", "person"})
"""Those of which a change may change the divergences."""
_SETTLES_AFTER = 150


class MomentsPage(QWidget):
    """The list at the left, the columns in the middle, below them the divergences and the codes at the cursor."""

    exported = Signal(object)
    """The path of a file that was saved."""
    can_export_changed = Signal(bool)
    """Whether there is a moment to export."""
    shown = Signal()
    """A moment is on the screen, or none is."""
    asked_anew = Signal()
    """Another moment is to be shown, or other ones are listed."""

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.sitting = sitting
        self.moment: MomentInColumns | None = None
        self._asked: Moment | None = None
        self._stale = True
        self._columns_stale = self._divergences_stale = False
        self._wanted_divergence: int | None = None
        self._lit_divergence: int | None = None
        self.looks = Looks(sitting.theme)
        self.codebook = CodebookPanel(sitting, self.looks)
        self.list = MomentsList(sitting)
        self.columns = MomentColumns(sitting, self.codebook)
        self.divergences = MomentDivergences(sitting)
        self.here = CodesHere(sitting, self.looks)
        self._nowhere = TextSurface(sitting.theme, self.looks, self)
        self._nowhere.hide()
        self._no_coding = ReadCoding(sitting, self._nowhere, self.codebook)
        self._build()
        self.acts = MomentsActions(self)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLES_AFTER)
        self._settling.timeout.connect(self.refresh)
        self._connect()

    # --- building ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.message = QLabel()
        self.message.setProperty("muted", True)
        self.message.setWordWrap(True)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setMargin(24)
        self.message.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.pages = Pages()
        self.pages.addWidget(self.message)
        self.pages.addWidget(self.columns)
        self.head = self._made_head()
        middle = QWidget()
        middle.setObjectName("panel")
        stacked = in_column(self.head, (self.pages, 1), spacing=0)
        stacked.setContentsMargins(0, 0, 0, 0)
        middle.setLayout(stacked)
        self.below = QTabWidget()
        self.below.setDocumentMode(True)
        self.below.setAccessibleName(self.tr("Lists below the columns"))
        self.below.tabBar().setAccessibleName(self.tr("Lists below the columns"))
        self.below.addTab(self.divergences, self.tr("Divergences"))
        self.below.addTab(self.here, self.tr("Codes here"))
        self.upright, self.across = QSplitter(Qt.Orientation.Vertical), QSplitter(Qt.Orientation.Horizontal)
        for split, parts, grows in (
            (self.upright, (middle, self.below), 0),
            (self.across, (self.list, self.upright, self.codebook), 1),
        ):
            for part in parts:
                split.addWidget(part)
            split.setStretchFactor(grows, 1)
            split.setChildrenCollapsible(False)
            split.setHandleWidth(1)
        self.codebook.hide()
        whole = in_column((self.across, 1), spacing=0)
        whole.setContentsMargins(0, 0, 0, 0)
        self.setLayout(whole)
        self._say(self.tr("Reading the moments…"))

    def _made_head(self) -> QWidget:
        """What stands above the columns: which moment it is, and what is done with all columns."""
        self.title, self.when = Elided(), QLabel()
        self.title.setProperty("heading", True)
        self.when.setProperty("muted", True)
        for label in (self.title, self.when):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.when.setWordWrap(True)
        self.together, self.codes_beside = Button(self.tr("Scroll &together")), Button(self.tr("Code&book"))
        self.which, self.export = QToolButton(), QToolButton()
        self.together.setCheckable(True)
        self.together.setChecked(True)
        self.codes_beside.setCheckable(True)
        self.export.setText(self.tr("Sheet ▾"))
        self.export.setAccessibleName(self.tr("Sheet for the data session"))
        for button in (self.which, self.export):
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            button.setMenu(QMenu(button))
        self.which.menu().aboutToShow.connect(lambda: self._fill_which(self.which.menu()))
        head = QWidget()
        head.setObjectName("panel")
        words = in_column(self.title, self.when, spacing=2)
        lines = in_row((words, 1), self.which, self.together, self.codes_beside, self.export, spacing=8)
        lines.setContentsMargins(14, 8, 14, 6)
        head.setLayout(lines)
        return head

    def _connect(self) -> None:
        self.list.chosen.connect(self.show_moment)
        self.list.loaded.connect(self._on_listed)
        self.list.chosen_anew.connect(self.asked_anew)
        self.columns.activated.connect(self._show_here)
        self.columns.moved.connect(self._show_here)
        self.columns.letter_left.connect(self.acts.on_letter)
        self.columns.menu_wanted.connect(self.acts.show_column_menu)
        self.columns.order_changed.connect(self._follow_columns)
        self.divergences.chosen.connect(self._light)
        self.divergences.passage_meant.connect(self._on_passage_meant)
        self.here.coding_chosen.connect(lambda coding: self.surface.choose(coding))
        self.codebook.apply_wanted.connect(lambda code: self.coding.code_selection(code))
        self.codebook.loaded.connect(self._on_codes_loaded)
        self.sitting.bus.changed.connect(self._on_changed)
        self.sitting.blind_changed.connect(self._on_blind_changed)

    # --- the active text -----------------------------------------------------------------------------------------

    @property
    def texts(self) -> QWidget:
        """What holds the texts."""
        return self.columns

    @property
    def surface(self) -> TextSurface:
        """The active text; an empty one, where no column is there."""
        active = self.columns.active
        return active.surface if active is not None and active.surface is not None else self._nowhere

    @property
    def coding(self) -> ReadCoding:
        """What the hand does to the active text."""
        active = self.columns.active
        return active.pane.coding if active is not None and active.pane is not None else self._no_coding

    def unchoose(self) -> None:
        """Let no coding be the chosen one, and only the last selection be one."""
        self.surface.keep_no_selections()
        self.surface.choose(None)

    def _show_here(self) -> None:
        """The codes at the cursor of the active column."""
        surface = self.surface
        active = self.columns.active
        span = surface.selected
        marks = surface.index.overlapping(*span) if span else surface.index.at(surface.offset)
        chosen = surface.index.get(surface.chosen) if surface.chosen is not None else None
        if chosen is not None and chosen.id not in {one.id for one in marks}:
            marks = [chosen, *marks]
        people = active.pane.people if active is not None and active.pane is not None else {}
        self.here.show_marks(marks, surface.text, people, surface.chosen)
        self.here.details.show_coding(CodingId(surface.chosen) if surface.chosen is not None else None)

    def _on_codes_loaded(self) -> None:
        for column in self.columns.all_columns():
            if column.surface is not None:
                column.surface.viewport().update()
                column.surface.margin.update()
        self.here.model.marks = ()
        self._show_here()

    # --- reading -------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale or self._columns_stale:
            self.refresh()
        if self._divergences_stale:
            self._read_divergences()

    def _on_changed(self, changes: ChangeSet) -> None:
        if _OF_DIVERGENCES & changes.kinds.keys():
            self._divergences_stale = True
            if self.isVisible():
                self._read_divergences()
        if not (_OF_LIST | _OF_COLUMNS) & changes.kinds.keys():
            return
        self._stale = self._stale or bool(_OF_LIST & changes.kinds.keys())
        self._columns_stale = self._columns_stale or bool(_OF_COLUMNS & changes.kinds.keys())
        if self.isVisible() and not self._settling.isActive():
            self._settling.start()

    def _on_blind_changed(self) -> None:
        """Who has read what is not told for a moment longer."""
        for column in self.columns.all_columns():
            column.head.read.setText("")

    def refresh(self) -> None:
        """Read again what may have changed: the list, and then the moment that is shown."""
        stale, self._stale = self._stale, False
        if stale:
            self.list.refresh()
        elif self._columns_stale:
            self._read(self._asked, anew=False)

    def _on_listed(self) -> None:
        if self.list.shown is None:
            self.show_moment(None)
        elif self._columns_stale:
            self._read(self.list.shown, anew=False)

    def show_moment(self, moment: Moment | None) -> None:
        """Show a moment, saved or not, from its first words."""
        self._wanted_divergence = None
        if moment is None:
            self._asked = None
            self._show(None, anew=True)
        else:
            self._read(moment, anew=True)

    def point_to(self, moment: Moment) -> None:
        """Show a moment of any event, saved or not: as another page asks for it."""
        self.list.point_to(moment)

    def _read(self, moment: Moment | None, *, anew: bool) -> None:
        self._columns_stale = False
        if moment is None:
            return
        self._asked = moment
        self.sitting.bus.ask(
            self,
            lambda view: moment_in_columns(view, view.get(Moment, moment.id) or moment),
            lambda found: self._show(found, anew=anew),
            about="moment",
        )

    def _show(self, moment: MomentInColumns | None, *, anew: bool) -> None:
        could = self.can_export
        self.moment = moment
        self.columns.show_moment(moment, anew=anew)
        self.head.setVisible(moment is not None)
        if moment is not None:
            self.title.setText(called(moment))
            self.when.setText("\n".join(self._about(moment)))
        self._follow_columns()
        self._show_here()
        self._read_divergences()
        self.acts.enable()
        if self.can_export != could:
            self.can_export_changed.emit(self.can_export)
        self.shown.emit()

    def _show_columns(self) -> None:
        """Show the columns, or say why none is seen and what can be done."""
        moment = self.moment
        if moment is None:
            self._say(self._missing())
        elif not moment.columns:
            self._say(self._unwritten(moment))
        elif not any(self.columns.shown()):
            words = self.tr("Every account of this moment is hidden.\n\nShow all columns with %s, or some by Columns.")
            self._say(self.sitting.actions.with_keys(words, ALL_COLUMNS.name))
        else:
            self.pages.setCurrentWidget(self.columns)

    def _say(self, words: str) -> None:
        self.message.setText(words)
        self.message.setAccessibleName(words)
        self.pages.setCurrentWidget(self.message)

    def _about(self, moment: MomentInColumns) -> list[str]:
        place = moment.place
        titled = called(moment)
        day = labels.moment(place.day.isoformat()) if place.day is not None else ""
        when = " · ".join(part for part in (day, clock_of(place)) if part)
        where = place.session if place.session != titled else None
        saved = "" if moment.asked.id else self.tr("not saved as a moment")
        parts = (place.event, "" if is_any_stretch(moment) else when, where, saved)
        first = " · ".join(part for part in parts if part)
        wrote = len({one for column in moment.columns for one in column.observers})
        second = self.tr("%s wrote of it") % labels.observers(wrote)
        second += "; " + without_account(moment) if moment.without else ""
        return [first, second + "."]

    def _missing(self) -> str:
        if self.list.is_loaded and self.list.found.event is None:
            return self.sitting.actions.with_keys(
                self.tr(
                    "Nothing to lay side by side yet.\n\nA moment is a stretch of an event. Enter the event and its "
                    "sessions in the Setting view, and bring in what observers wrote of it: type or paste a "
                    "fieldnote with %s, or import files with %s."
                ),
                *FIRST_STEPS,
            )
        if self.list.open_only.isChecked():
            return self.tr("No divergence of this event is open.\n\nTake the filter off to see all its moments.")
        return self.tr(
            "No moment and no session of this event yet.\n\nEnter a session in the Setting view, or a moment with New… "
            "at the left: a session, a time window, or both."
        )

    def _unwritten(self, moment: MomentInColumns) -> str:
        """Why there is no column, and what can be done."""
        texts = ", ".join(one.title for one in moment.not_placed)
        if not texts:
            return self.tr(
                "No account of this moment.\n\nNo text is about this session or holds a marked time within it. An "
                "account may be placed by hand: select its words in Read, and make them a stretch of the session."
            )
        return (
            self.tr(
                "No account could be placed in this moment.\n\nThese may hold something of it: %s.\n\nOpen one in "
                "Read, and mark its times or make a stretch of the session of the words that are about it."
            )
            % texts
        )

    # --- divergences ---------------------------------------------------------------------------------------------

    def _read_divergences(self) -> None:
        self._divergences_stale = False
        moment = self.moment
        if moment is None:
            self.divergences.show_divergences((), there=False)
            return
        identity, words = moment.asked.id, moment.words
        self.sitting.bus.ask(
            self, lambda view: divergences_of_moment(view, identity, words), self._show_divergences, about="divergences"
        )

    def _show_divergences(self, found: tuple[DivergenceHere, ...]) -> None:
        self.divergences.show_divergences(found, there=self.moment is not None)
        open_ones = sum(one.row.standing is DivergenceStanding.OPEN for one in found)
        number = f" ({labels.number(len(found))})" if found else ""
        self.below.setTabText(0, self.tr("Divergences") + number)
        self.below.setTabToolTip(0, self.tr("%s of them open") % labels.number(open_ones) if found else "")
        if self._wanted_divergence in {one.row.id for one in found}:
            wanted, self._wanted_divergence = self._wanted_divergence, None
            self.divergences.point_to(wanted)

    def show_divergence(self, identity: int) -> None:
        """Choose a divergence of this moment, once it is read."""
        self.below.setCurrentWidget(self.divergences)
        self._wanted_divergence = identity
        self._read_divergences()

    def open_divergence(self, moment: Moment, identity: int) -> None:
        """Show a moment, and choose a divergence of it once it is read."""
        self.point_to(moment)
        self.below.setCurrentWidget(self.divergences)
        self._wanted_divergence = identity

    def _light(self, row: DivergenceRow | None) -> None:
        """Let the passages of a divergence be lit in their columns."""
        spans: dict[int, list[Span]] = {}
        for one in row.passages if row is not None else ():
            if not one.gone:
                spans.setdefault(one.source, []).append(Span(one.start, one.end))
        self.columns.light(spans)
        before, self._lit_divergence = self._lit_divergence, row.id if row is not None else None
        if before != self._lit_divergence:
            self.columns.bring_lit()

    def _on_passage_meant(self, passage: DivergentPassage) -> None:
        if not passage.gone:
            self.columns.bring(passage.source, passage.start)

    # --- columns -------------------------------------------------------------------------------------------------

    def _fill_which(self, menu: QMenu) -> None:
        menu.clear()
        self.columns.fill_menu(menu)
        menu.addSeparator()
        menu.addAction(self.acts.all_columns)

    def _follow_columns(self) -> None:
        """Show the columns that are to be shown, and say of how many they are."""
        self._show_columns()
        shown, of = len(list(self.columns.shown())), len(self.columns.all_columns())
        words = self.tr("Columns") if shown == of else self.tr("Columns: {shown} of {of}").format(shown=shown, of=of)
        self.which.setText(f"{words} ▾")
        self.which.setAccessibleName(words)
        self.which.setEnabled(of > 0)

    def scroll_together(self, together: bool) -> None:  # noqa: FBT001 - a slot
        """Let the columns follow each other, or not."""
        self.columns.going.together = together

    def show_codebook(self, shown: bool) -> None:  # noqa: FBT001 - a slot
        """Show the codebook beside the columns, or not."""
        self.codebook.setVisible(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The panels share the room as is fit, until the page has another size."""
        super().resizeEvent(event)
        letter, size = self.fontMetrics().horizontalAdvance("m"), event.size()
        left = min(letter * 22, size.width() * 26 // 100)
        right = min(letter * 24, size.width() * 22 // 100)
        if event.oldSize().width() != size.width():
            self.across.setSizes([left, size.width() - left - right, right])
        if event.oldSize().height() != size.height():
            below = min(self.fontMetrics().height() * 10, size.height() * 26 // 100)
            self.upright.setSizes([size.height() - below, below])

    # --- what the Compare view asks of a page --------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard belongs to the list, from which a moment is chosen."""
        super().focusInEvent(event)
        self.list.tree.setFocus(event.reason())

    @property
    def panes(self) -> list[QWidget]:
        """The parts that are in sight and between which a key goes round."""
        text = self.surface if self.surface is not self._nowhere else self.message
        parts = [self.list.tree, text, self.below.currentWidget(), self.codebook.tree]
        return [one for one in parts if one.isVisibleTo(self)]

    @property
    def kept(self) -> str:
        """The moment that is shown and which are listed, to be taken up at the next start."""
        return self.list.kept

    def take_up(self, kept: str) -> None:
        """Show what was kept once the list is read; where it is gone, what is shown at first."""
        self.list.take_up(kept)

    @property
    def can_export(self) -> bool:
        """Whether there is a moment with accounts."""
        return self.moment is not None and bool(self.moment.columns)

    def ask_export(self) -> None:
        """Ask for a file, and write the sheet for the data session."""
        self.acts.ask_sheet()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        surface = self.surface
        if surface.isVisible() and surface.rect().contains(surface.mapFromGlobal(event.globalPos())):
            self.acts.show_menu(event.globalPos())
