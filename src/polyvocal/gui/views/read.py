"""The Read view: occasions at the left, the text with its codings in the middle, the codebook at the right."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.ids import CodeId, CodingId, SourceId
from polyvocal.domain.records import Person
from polyvocal.domain.spans import Span
from polyvocal.gui.bus import A_MOMENT
from polyvocal.gui.settings import SPLITS
from polyvocal.gui.sitting import PassagesMeant, Place, Sitting
from polyvocal.gui.surface.look import Looks
from polyvocal.gui.surface.text import TextSurface
from polyvocal.gui.views.below import Below
from polyvocal.gui.views.codebook import CodebookPanel
from polyvocal.gui.views.codes_here import CodesHere
from polyvocal.gui.views.correcting import Correcting
from polyvocal.gui.views.empty_page import EmptyPage
from polyvocal.gui.views.occasions import OccasionsPanel
from polyvocal.gui.views.passages import PassagesPanel
from polyvocal.gui.views.read_actions import ReadActions
from polyvocal.gui.views.read_coding import ReadCoding
from polyvocal.gui.views.read_drafts import ReadDrafts
from polyvocal.gui.views.read_gutter import GutterFiller
from polyvocal.gui.views.read_head import FocusLine, ReadHead
from polyvocal.services.queries.anchored import BESIDE_CODINGS
from polyvocal.services.queries.reading import SourceToRead, source_to_read
from polyvocal.store.schema import kind_of
from polyvocal.store.view import View

_ABOUT_SOURCE = frozenset(
    {"source", "source_version", "authorship", "occasion", "person", "event", "session", "reading"}
)
"""Of which a change may change the head, or the whole text."""
_BESIDE = frozenset(kind_of(cls) for cls in BESIDE_CODINGS)
"""Of which a change may change how many passages have no words left."""


class ReadView(QWidget):
    """Shows one source at a time, and codes it."""

    source_shown = Signal()
    """Another source is on the screen."""

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sitting = sitting
        self.source: SourceToRead | None = None
        self._wanted: Place | None = None
        self._people: dict[int, str] = {}
        self.looks = Looks(sitting.theme)
        self.occasions = OccasionsPanel(sitting)
        self.head = ReadHead()
        self.empty = EmptyPage(sitting)
        self.surface = TextSurface(sitting.theme, self.looks)
        self._gutter = GutterFiller(sitting, self.surface)
        self.here = CodesHere(sitting, self.looks)
        self.passages = PassagesPanel(sitting)
        self.passages.close_button.hide()  # it is a tab
        self.codebook = CodebookPanel(sitting, self.looks)
        self.coding = ReadCoding(sitting, self.surface, self.codebook, self)
        self.correcting = Correcting(sitting, self.looks)
        self.drafts = ReadDrafts(sitting, self.surface, self.correcting)
        self._lay_out()
        self.acts = ReadActions(self)
        self._connect()
        self._show_here()

    def _lay_out(self) -> None:
        middle = QWidget()
        middle.setObjectName("panel")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.drafts)
        line = FocusLine(self.sitting.theme)
        self.surface.focused.connect(line.light)
        column.addWidget(line)
        self.page = QStackedWidget()
        self.page.addWidget(self.surface)
        self.page.addWidget(self.empty)
        self.page.addWidget(self.correcting)
        column.addWidget(self.page, 1)
        self.below = Below(self.sitting, lambda: self.surface.selected)
        self.below.addTab(self.here, self.tr("Codes here"))
        self.below.addTab(self.passages, self.tr("Passages"))
        self.below.add_panels()
        self.upright = QSplitter(Qt.Orientation.Vertical)
        self.upright.addWidget(middle)
        self.upright.addWidget(self.below)
        self.upright.setStretchFactor(0, 1)
        self.across = QSplitter(Qt.Orientation.Horizontal)
        for part in (self.occasions, self.upright, self.codebook):
            self.across.addWidget(part)
        self.across.setStretchFactor(1, 1)
        for split in (self.across, self.upright):
            split.setChildrenCollapsible(False)
            split.setHandleWidth(1)
        self._divided_by_hand = self.across.restoreState(self.sitting.settings[SPLITS])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.across)

    def _connect(self) -> None:
        surface, sitting = self.surface, self.sitting
        self.across.splitterMoved.connect(self._on_split)
        surface.moved.connect(self._on_moved)
        surface.coding_chosen.connect(self._on_coding_chosen)
        surface.code_wanted.connect(self.coding.choose_code)
        surface.code_dropped.connect(self.coding.code_selection)
        surface.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.here.coding_chosen.connect(surface.choose)
        self.coding.followed.connect(self._show_here)
        self.codebook.apply_wanted.connect(self.coding.code_selection)
        self.codebook.code_shown.connect(self._on_code_shown)
        self.codebook.loaded.connect(self._on_codes_loaded)
        self.below.currentChanged.connect(lambda _tab: self._on_code_shown(None))
        surface.gutter.meant.connect(self.below.open)
        self.below.lit.connect(surface.light)
        self.below.place_meant.connect(lambda start, end: self._go_to(Span(start, end)))
        self.occasions.loaded.connect(self._on_tree_loaded)
        self.head.read_to_here.connect(lambda: self.coding.note_reading(self.surface.offset))
        self.head.read_to_end.connect(lambda: self.coding.note_reading(None))
        self.head.about_wanted.connect(self._on_about_wanted)
        self.head.lost_wanted.connect(self.show_lost)
        self.correcting.changed.connect(self._on_correcting)
        sitting.bus.changed.connect(self._on_changed)
        sitting.coder_changed.connect(self._reload)

    @property
    def text_in_front(self) -> QWidget:
        """The text that is read, or that is corrected."""
        return self.correcting.editor if self.correcting.is_open else self.surface

    @property
    def panes(self) -> list[QWidget]:
        """The parts of the view, in the order in which F6 goes round."""
        if self.correcting.is_open:
            return self.correcting.panes
        return [self.occasions.tree, self.surface, self._list_below, self.codebook.tree]

    @property
    def _list_below(self) -> QWidget:
        return self.passages if self.below.currentWidget() is self.passages else self.here.list

    # --- opening -------------------------------------------------------------------------------------------------

    def open_place(self, place: Place) -> None:
        """Open a source, and in it go to a passage or a coding."""
        if not self.correcting.may_leave(lambda: self.open_place(place)):
            return
        self._wanted = place
        self.occasions.point_to(place.source)
        if self.source is not None and self.source.source.id == place.source:
            self._go_to_wanted()
        else:
            self._load(place.source)

    def _load(self, identity: SourceId) -> None:
        reader = self.sitting.me.id if self.sitting.me else None

        def query(view: View) -> tuple[SourceToRead | None, dict[int, str]]:
            return source_to_read(view, identity, reader), {one.id: one.name for one in view.all(Person)}

        self.sitting.bus.ask(self, query, self._show, about="source")

    def _reload(self) -> None:
        """Read again what is open, or what is on its way to be."""
        if self._wanted is not None:
            self._load(self._wanted.source)
        elif self.source is not None:
            self._load(self.source.source.id)

    def _show(self, read: tuple[SourceToRead | None, dict[int, str]]) -> None:
        source, self._people = read
        self.surface.coders = self._people
        before = self.source
        self.source = source
        me = self.sitting.me
        self.head.show_source(source, coder=me.name if me else None, may_write=self.sitting.bus.may_write)
        same = (
            before is not None
            and source is not None
            and before.version.id == source.version.id
            and self.surface.index.shows(source.codings)
        )
        if not same:
            kept = self.surface.verticalScrollBar().value() if _same_source(before, source) else 0
            self.surface.show_source(source)
            self.surface.verticalScrollBar().setValue(kept)
        at = self.correcting.end_if_saved(source)
        if at is not None:  # the eye and the hand stay where they were
            self.surface.select(Span(at.offset, at.offset))
            self.surface.verticalScrollBar().setValue(at.scrolled)
        self._go_to_wanted()
        self._show_here()
        self.coding.source = source
        self.drafts.show_source(source)
        self.below.show_source(source)
        self._gutter.show_source(source)
        self.source_shown.emit()

    def _on_about_wanted(self) -> None:
        if self.source is not None:
            self.sitting.about_wanted.emit(self.source.source.id)

    def _go_to_wanted(self) -> None:
        place, self._wanted = self._wanted, None
        if place is None or self.source is None or place.source != self.source.source.id:
            return
        if place.coding is not None and self.surface.index.get(place.coding) is not None:
            self.surface.show_coding(place.coding)
        elif place.start is not None:
            self.surface.go_to(min(place.start, self.surface.offsets.size))
        if place.start is not None or place.coding is not None:
            self.surface.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to(self, span: Span) -> None:
        """Go to a passage that one of the lists means, and select it."""
        self.surface.go_to(min(span.start, self.surface.offsets.size))
        if span.end > span.start:
            self.surface.select(span)

    def _on_tree_loaded(self) -> None:
        """At first, open the first source; where there is none, offer the first steps."""
        first = self.occasions.first_source()
        nothing = first is None and not self.occasions.filter.text()
        if not self.correcting.is_open:
            self.page.setCurrentWidget(self.empty if nothing else self.surface)
        self.head.setVisible(not nothing)
        if self.source is None and self._wanted is None and first is not None:
            self.open_place(Place(first))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        inside = self.surface.rect().contains(self.surface.mapFromGlobal(event.globalPos()))
        if self.correcting.is_open or not inside:
            return
        self.acts.show_menu(event.globalPos())

    # --- correcting, and what was corrected before ---------------------------------------------------------------

    def _on_correcting(self) -> None:
        """While one corrects, nothing else is done here."""
        reading = not self.correcting.is_open
        self.page.setCurrentWidget(self.surface if reading else self.correcting)
        for part in (self.occasions, self.head, self.below, self.codebook):
            part.setEnabled(reading)
        self.acts.enable(reading=reading)
        if reading:
            self.surface.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_lost(self) -> None:
        """List the passages of the source whose words were corrected away."""
        from polyvocal.gui.dialogs.lost_passages import ask_lost

        if self.source is not None:
            ask_lost(self.sitting, self.source.source.id, self)

    def show_versions(self) -> None:
        """Show the versions of the source."""
        from polyvocal.gui.dialogs.versions import VersionsDialog

        if self.source is not None:
            VersionsDialog(self.sitting, self.source.source, self.window()).open()

    # --- following -----------------------------------------------------------------------------------------------

    def _on_changed(self, changes: ChangeSet) -> None:
        source = self.source
        if source is None:
            return
        kinds = changes.kinds
        if _ABOUT_SOURCE & kinds.keys() or (source.gone and _BESIDE & kinds.keys()):
            self._reload()
            return
        if "coding" in kinds:
            changed = kinds["coding"]
            if changed.ranges:
                self._reload()
            else:
                self.coding.follow(changed, changes.operation)

    def _on_codes_loaded(self) -> None:
        self.surface.viewport().update()
        self.surface.margin.update()
        self.here.model.marks = ()
        self._show_here()

    def _on_moved(self) -> None:
        self._show_here()

    def _on_coding_chosen(self, coding: int | None) -> None:
        self.here.details.show_coding(CodingId(coding) if coding is not None else None)
        mark = self.surface.index.get(coding) if coding is not None else None
        if mark is not None:
            listed = self.below.currentWidget()
            if listed is self.passages and not self.passages.leads_to(mark.id):
                self.below.setCurrentWidget(self.here)  # who goes through the list keeps it
            QTimer.singleShot(A_MOMENT, self, self._point_to_code)
        self._show_here()

    def _point_to_code(self) -> None:
        """The codebook follows the chosen coding a moment later."""
        mark = self.surface.index.get(self.surface.chosen) if self.surface.chosen is not None else None
        if mark is not None:
            self.codebook.point_to(mark.code)

    def _show_here(self) -> None:
        surface = self.surface
        span = surface.selected
        marks = surface.index.overlapping(*span) if span else surface.index.at(surface.offset)
        mark = surface.index.get(surface.chosen) if surface.chosen is not None else None
        if mark is not None and mark.id not in {one.id for one in marks}:
            marks = [mark, *marks]
        self.here.show_marks(marks, surface.text, self._people, surface.chosen)

    def _on_code_shown(self, _code: int | None) -> None:
        """The passages of the chosen code are listed while their tab is open."""
        if self.below.currentWidget() is not self.passages:
            return
        code = self.codebook.current
        if code is not None:
            by_hand = self.codebook.isAncestorOf(QApplication.focusWidget() or self)
            self.passages.follow(CodeId(code.id), by_hand=by_hand)

    def list_passages(self, meant: PassagesMeant) -> None:
        """List some passages, whatever code is chosen."""
        self.below.setCurrentWidget(self.passages)
        self.passages.show_passages(meant)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The panels share the width and the height as is fit, until a person divides them."""
        super().resizeEvent(event)
        if not self._divided_by_hand:
            letter, width = self.fontMetrics().horizontalAdvance("m"), event.size().width()
            left, right = min(letter * 28, width * 22 // 100), min(letter * 26, width * 21 // 100)
            self.across.setSizes([left, width - left - right, right])
        height = event.size().height()
        below = min(self.fontMetrics().height() * 15, height * 30 // 100)
        if event.oldSize().height() != height:
            self.upright.setSizes([height - below, below])

    def _on_split(self) -> None:
        self._divided_by_hand = True
        self.sitting.settings[SPLITS] = self.across.saveState()


def _same_source(one: SourceToRead | None, other: SourceToRead | None) -> bool:
    return one is not None and other is not None and one.source.id == other.source.id
