"""One source as it is read and coded: its head, and its text with what stands beside it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.ids import SourceId
from polyvocal.domain.records import Person
from polyvocal.domain.spans import Span
from polyvocal.gui.parts import Pages
from polyvocal.gui.settings import PARAGRAPH_NUMBERS
from polyvocal.gui.sitting import Place, Sitting
from polyvocal.gui.surface.text import TextSurface
from polyvocal.gui.views.codebook import CodebookPanel
from polyvocal.gui.views.codings_menu import CodingsMenu
from polyvocal.gui.views.read_coding import ReadCoding
from polyvocal.gui.views.read_gutter import GutterFiller
from polyvocal.gui.views.read_head import FocusLine, ReadHead
from polyvocal.services.queries.anchored import BESIDE_CODINGS
from polyvocal.services.queries.reading import PlacedCoding, SourceToRead, source_to_read
from polyvocal.store.schema import kind_of
from polyvocal.store.view import View

if TYPE_CHECKING:
    from polyvocal.gui.views.find_bar import FindBar

_ABOUT_SOURCE = frozenset(
    {"source", "source_version", "authorship", "occasion", "person", "event", "session", "reading"}
)
"""Of which a change may change the head, or the whole text."""
_BESIDE = frozenset(kind_of(cls) for cls in BESIDE_CODINGS)
"""Of which a change may change how many passages have no words left."""
_SHOWN_BY = frozenset({"stance", "layer"})
"""Of which a change may change which codings are to be shown, where not all are."""


class SourcePane(QWidget):
    """Shows one source at a time, codes it, and follows what becomes of it."""

    shown = Signal()
    """Another source is on the screen, or the same as it is now; where it is to be gone to comes next."""
    arrived = Signal()
    """It has gone to the place that was to be shown."""
    entered = Signal()
    """The keys come here now."""

    def __init__(self, sitting: Sitting, codebook: CodebookPanel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._sitting = sitting
        self.source: SourceToRead | None = None
        self.wanted: Place | None = None
        """What is on its way to be shown."""
        self._finding: FindBar | None = None
        self.people: dict[int, str] = {}
        """The names of all people."""
        self._codebook = codebook
        self.codings = CodingsMenu(lambda: codebook.current, lambda: codebook.codes)
        self.head = ReadHead(self.codings)
        self.surface = TextSurface(sitting.theme, codebook.looks)
        self.surface.may_change = sitting.bus.may_write
        self.surface.number_paragraphs(sitting.settings[PARAGRAPH_NUMBERS])
        self.surface.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.coding = ReadCoding(sitting, self.surface, codebook)
        self._gutter = GutterFiller(sitting, self.surface)
        self.line = FocusLine(sitting.theme)
        self.page = Pages()
        """The text, or what is in its place."""
        self.page.addWidget(self.surface)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        for part in (self.head, self.line, self.page):
            self.column.addWidget(part)
        self.column.setStretchFactor(self.page, 1)
        self._connect()

    def _connect(self) -> None:
        surface, head, sitting = self.surface, self.head, self._sitting
        surface.focused.connect(self._on_focused)
        surface.code_wanted.connect(self.coding.choose_code)
        surface.code_dropped.connect(self.coding.code_selection)
        surface.ends_wanted.connect(self.coding.move_ends)
        head.read_to_here.connect(lambda: self.coding.note_reading(surface.offset))
        head.read_to_end.connect(lambda: self.coding.note_reading(None))
        head.about_wanted.connect(self._on_about_wanted)
        self.codings.changed.connect(self.reload)
        self._codebook.loaded.connect(self.codings.tell)
        sitting.settings.changed.connect(self._on_setting_changed)
        sitting.bus.changed.connect(self._on_changed)
        sitting.coder_changed.connect(self.reload)
        sitting.blind_changed.connect(self._on_blind_changed)

    def _on_focused(self, focused: bool) -> None:  # noqa: FBT001 - as the signal has it
        self.line.light(focused)
        if focused:
            self.entered.emit()

    # --- opening -------------------------------------------------------------------------------------------------

    def open_place(self, place: Place) -> None:
        """Open a source, and in it go to a passage or a coding."""
        self.wanted = place
        if self.source is not None and self.source.source.id == place.source:
            self._go_to_wanted()
        else:
            self._load(place.source)

    def _load(self, identity: SourceId) -> None:
        reader = self._sitting.me.id if self._sitting.me else None
        shown = self.codings.shown

        def query(view: View) -> tuple[SourceToRead | None, dict[int, str]]:
            return source_to_read(view, identity, reader, shown), {one.id: one.name for one in view.all(Person)}

        self._sitting.bus.ask(self, query, self._show, about="source")

    def reload(self) -> None:
        """Read again what is open, or what is on its way to be."""
        if self.wanted is not None:
            self._load(self.wanted.source)
        elif self.source is not None:
            self._load(self.source.source.id)

    def _show(self, read: tuple[SourceToRead | None, dict[int, str]]) -> None:
        before = self.source
        self.source, self.people = source, people = read
        self.surface.coders = people
        self.codings.name_people(people)
        self.coding.show_source(source)
        me = self._sitting.me
        self.head.show_source(source, coder=me.name if me else None, may_write=self._sitting.bus.may_write)
        if before is not None and source is not None and before.version.id == source.version.id:
            if not self.surface.index.shows(source.codings):
                self.surface.show_codings(source.codings)
        else:
            kept = self.surface.scrolled if _same_source(before, source) else 0
            self.surface.show_source(source)
            self.surface.verticalScrollBar().setValue(kept)
        self._gutter.show_source(source)
        self.shown.emit()
        self._go_to_wanted()

    def _go_to_wanted(self) -> None:
        place, self.wanted = self.wanted, None
        surface = self.surface
        if place is None or self.source is None or place.source != self.source.source.id:
            return
        if place.coding is not None and surface.index.get(place.coding) is not None:
            surface.show_coding(place.coding)
        elif place.start is not None:
            surface.go_to(min(place.start, surface.offsets.size))
        if place.start is not None or place.coding is not None:
            self.arrived.emit()

    def go_to(self, span: Span) -> None:
        """Go to a passage that one of the lists means, and select it."""
        self.surface.go_to(min(span.start, self.surface.offsets.size))
        if span.end > span.start:
            self.surface.select(span)

    def _on_about_wanted(self) -> None:
        if self.source is not None:
            self._sitting.about_wanted.emit(self.source.source.id)

    def _on_setting_changed(self, setting: object) -> None:
        if setting is PARAGRAPH_NUMBERS:
            self.surface.number_paragraphs(self._sitting.settings[PARAGRAPH_NUMBERS])

    # --- finding -------------------------------------------------------------------------------------------------

    @property
    def finding(self) -> "FindBar":
        """The bar in which words of the text are looked for, made when it is first wanted."""
        if self._finding is None:
            from polyvocal.gui.views.find_bar import FindBar

            self._finding = bar = FindBar(self.surface)
            self.column.insertWidget(self.column.indexOf(self.line), bar)
            bar.found.connect(self.surface.show_found)
            bar.left.connect(lambda: self.surface.setFocus(Qt.FocusReason.OtherFocusReason))
        return self._finding

    # --- following -----------------------------------------------------------------------------------------------

    def _on_blind_changed(self) -> None:
        """What others coded is gone at once: what is to be seen is read after that."""
        me = self._sitting.me
        if self._sitting.blind and me is not None:
            mine = [PlacedCoding(*mark[:-1]) for mark in self.surface.index if mark.coder == me.id]
            self.surface.show_codings(mine)
            self.head.lost.hide()
            self.coding.followed.emit()

    def _on_changed(self, changes: ChangeSet) -> None:
        source = self.source
        if source is None:
            return
        kinds = changes.kinds
        by_more = not self.codings.shown.all and _SHOWN_BY & kinds.keys()
        if _ABOUT_SOURCE & kinds.keys() or (source.gone and _BESIDE & kinds.keys()) or by_more:
            self.reload()
            return
        if "coding" in kinds:
            changed = kinds["coding"]
            if changed.ranges:
                self.reload()
            else:
                self.coding.follow(changed, changes.operation, self.codings.shown)


def _same_source(one: SourceToRead | None, other: SourceToRead | None) -> bool:
    return one is not None and other is not None and one.source.id == other.source.id
