"""The Read view: occasions at the left, the text with its codings in the middle, the codebook at the right."""

from collections.abc import Callable

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QVBoxLayout, QWidget

from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import CodeId, CodingId
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
from polyvocal.gui.views.read_head import ReadHead
from polyvocal.gui.views.source_pane import SourcePane
from polyvocal.services.queries.reading import SourceToRead


class ReadView(QWidget):
    """Shows one source, or two side by side, and codes them; acts go to the text that the keys went to last."""

    source_shown = Signal()
    """Another source is on the screen."""

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sitting = sitting
        self.looks = Looks(sitting.theme)
        self.occasions = OccasionsPanel(sitting)
        self.empty = EmptyPage(sitting)
        self.here = CodesHere(sitting, self.looks)
        self.passages = PassagesPanel(sitting)
        self.passages.close_button.hide()  # it is a tab
        self.codebook = CodebookPanel(sitting, self.looks)
        self.main = self.active = SourcePane(sitting, self.codebook)
        self.beside: SourcePane | None = None
        """The second text, where there is one."""
        self.correcting = Correcting(sitting, self.looks)
        self.drafts = ReadDrafts(sitting, self.main.surface, self.correcting)
        self._lay_out()
        self.acts = ReadActions(self)
        self._connect()
        self._connect_pane(self.main)
        self._show_here()

    def _lay_out(self) -> None:
        self.main.column.insertWidget(1, self.drafts)
        self.main.page.addWidget(self.empty)
        self.main.page.addWidget(self.correcting)
        self.texts = QSplitter(Qt.Orientation.Horizontal)
        self.texts.addWidget(self.main)
        self.below = Below(self.sitting, lambda: self.surface.selected)
        self.below.addTab(self.here, self.tr("Codes here"))
        self.below.addTab(self.passages, self.tr("Passages"))
        self.below.add_panels()
        self.upright = QSplitter(Qt.Orientation.Vertical)
        self.upright.addWidget(self.texts)
        self.upright.addWidget(self.below)
        self.upright.setStretchFactor(0, 1)
        self.across = QSplitter(Qt.Orientation.Horizontal)
        for part in (self.occasions, self.upright, self.codebook):
            self.across.addWidget(part)
        self.across.setStretchFactor(1, 1)
        for split in (self.across, self.upright, self.texts):
            split.setChildrenCollapsible(False)
            split.setHandleWidth(1)
        self._divided_by_hand = self.across.restoreState(self.sitting.settings[SPLITS])
        self._upright_by_hand = False
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.across)

    def _connect(self) -> None:
        self.across.splitterMoved.connect(self._on_split)
        self.upright.splitterMoved.connect(self._on_upright_split)
        self.here.coding_chosen.connect(lambda coding: self.surface.choose(coding))
        self.codebook.apply_wanted.connect(lambda code: self.coding.code_selection(code))
        self.codebook.code_shown.connect(self._on_code_shown)
        self.codebook.loaded.connect(self._on_codes_loaded)
        self.below.currentChanged.connect(lambda _tab: self._on_code_shown(None))
        self.below.lit.connect(lambda spans: self.surface.light(spans))
        self.below.place_meant.connect(lambda start, end: self.active.go_to(Span(start, end)))
        self.occasions.loaded.connect(self._on_tree_loaded)
        self.occasions.entered.connect(lambda: self.text_in_front.setFocus(Qt.FocusReason.OtherFocusReason))
        self.correcting.changed.connect(self._on_correcting)

    def _connect_pane(self, pane: SourcePane) -> None:
        """Let the parts around the texts follow a text while it is the active one."""

        def if_active(follow: Callable[..., None]) -> Callable[..., None]:
            return lambda *told: follow(*told) if pane is self.active else None

        pane.entered.connect(lambda: self.activate(pane))
        pane.shown.connect(lambda: self._on_shown(pane))
        pane.arrived.connect(if_active(lambda: pane.surface.setFocus(Qt.FocusReason.OtherFocusReason)))
        pane.coding.followed.connect(if_active(self._show_here))
        pane.coding.letter_left.connect(if_active(lambda letter: self.acts.on_letter(letter)))
        pane.head.lost_wanted.connect(self.show_lost)
        pane.head.close_wanted.connect(self.close_beside)
        pane.surface.moved.connect(if_active(self._show_here))
        pane.surface.coding_chosen.connect(if_active(self._on_coding_chosen))
        pane.surface.gutter.meant.connect(self.below.open)

    # --- the texts -----------------------------------------------------------------------------------------------

    @property
    def source(self) -> SourceToRead | None:
        """What the active text shows."""
        return self.active.source

    @property
    def surface(self) -> TextSurface:
        """The active text."""
        return self.active.surface

    @property
    def coding(self) -> ReadCoding:
        """What the hand does to the active text."""
        return self.active.coding

    @property
    def head(self) -> ReadHead:
        """The head of the active text."""
        return self.active.head

    def open_next(self) -> None:
        """Open the next source that the coder has not read to the end."""
        following = self.occasions.next_to_read(self.source.source.id if self.source is not None else None)
        if following is not None:
            self.open_place(Place(following))
        else:
            self.sitting.bus.failed.emit(UserError(self.tr("The coder who is here has read all sources to the end.")))

    def unchoose(self) -> None:
        """Let no coding be the chosen one, and only the last selection be one."""
        self.surface.keep_no_selections()
        self.surface.choose(None)

    def pin(self, number: int) -> None:
        """Pin the chosen code, or that of the chosen coding, to a number; or take it off there."""
        mark = self.coding.chosen.mark
        code = self.codebook.current
        identity = mark.code if mark is not None else code.id if code is not None else None
        if identity is not None:
            self.codebook.pinned.turn(number, identity)

    def activate(self, pane: SourcePane) -> None:
        """Let acts, and the parts around the texts, be about one of the two texts from now on."""
        if pane is self.active:
            return
        self.active = pane
        for one in (self.main, self.beside):
            if one is not None:
                one.line.activate(self.beside is not None and one is pane)
        if pane.source is not None:
            self.occasions.point_to(pane.source.source.id)
        self.below.show_source(pane.source)
        self._on_coding_chosen(pane.surface.chosen)

    def turn_beside(self) -> None:
        """Open a second text beside the first: at first the same, at the same place. Or close it."""
        if self.beside is not None:
            self.close_beside()
        elif not self.correcting.is_open:
            source = self.main.source
            self.open_beside(Place(source.source.id, self.main.surface.offset) if source is not None else None)
            self.surface.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_beside(self, place: Place | None, shown: str = "") -> None:
        """Open a second text beside the first, with what is kept of which codings are shown; it is the active one."""
        pane = self.beside = SourcePane(self.sitting, self.codebook)
        pane.codings.take_up(shown)
        pane.head.close_button.show()
        for one in (self.main, pane):
            one.head.stand_beside(True)
        self._connect_pane(pane)
        self.texts.addWidget(pane)
        QTimer.singleShot(0, self, lambda: self.texts.setSizes([1_000, 1_000]))  # once their least widths are known
        self.activate(pane)
        if place is not None:
            pane.open_place(place)

    def close_beside(self) -> None:
        """Close the second text."""
        pane, self.beside = self.beside, None
        if pane is not None:
            self.activate(self.main)
            self.main.line.activate(False)
            self.main.head.stand_beside(False)
            pane.hide()
            pane.deleteLater()
            self.main.surface.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def text_in_front(self) -> QWidget:
        """The text that is read, or that is corrected."""
        return self.correcting.editor if self.correcting.is_open else self.surface

    @property
    def panes(self) -> list[QWidget]:
        """The parts of the view, in the order in which F6 goes round."""
        if self.correcting.is_open:
            return self.correcting.panes
        texts = [pane.surface for pane in (self.main, self.beside) if pane is not None]
        return [self.occasions.tree, *texts, self._list_below, self.codebook.tree]

    @property
    def _list_below(self) -> QWidget:
        return self.passages if self.below.currentWidget() is self.passages else self.here.list

    # --- opening -------------------------------------------------------------------------------------------------

    def open_place(self, place: Place) -> None:
        """Open a source, and in it go to a passage or a coding."""
        if not self.correcting.may_leave(lambda: self.open_place(place)):
            return
        self.occasions.point_to(place.source)
        self.active.open_place(place)

    def _on_shown(self, pane: SourcePane) -> None:
        if pane is self.main:
            at = self.correcting.end_if_saved(pane.source)
            if at is not None:  # the eye and the hand stay where they were
                pane.surface.select(Span(at.offset, at.offset))
                pane.surface.verticalScrollBar().setValue(at.scrolled)
            self.drafts.show_source(pane.source)
        if pane is self.active:
            if pane.surface.chosen is None:  # what was chosen in the text before is not of this one
                self.here.details.show_coding(None)
            self._show_here()
            self.below.show_source(pane.source)
            self.source_shown.emit()

    def _on_tree_loaded(self) -> None:
        """At first, open the first source; where there is none, offer the first steps."""
        first = self.occasions.first_source()
        nothing = first is None and not self.occasions.filter.text()
        if not self.correcting.is_open:
            self.main.page.setCurrentWidget(self.empty if nothing else self.main.surface)
        self.main.head.setVisible(not nothing)
        if self.source is None and self.active.wanted is None and first is not None:
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
        self.main.page.setCurrentWidget(self.main.surface if reading else self.correcting)
        for part in (self.occasions, self.main.head, self.beside, self.below, self.codebook):
            if part is not None:
                part.setEnabled(reading)
        self.acts.enable(reading=reading)
        if reading:
            self.main.surface.setFocus(Qt.FocusReason.OtherFocusReason)

    def correct(self) -> None:
        """Correct the active text; that of the second is opened as the first for it."""
        if self.active is self.main or self.source is None:
            self.drafts.correct()
            return
        place = Place(self.source.source.id, self.surface.offset)
        self.activate(self.main)
        self.main.shown.connect(self.drafts.correct, Qt.ConnectionType.SingleShotConnection)
        self.main.source = None  # so that it is read anew
        self.main.open_place(place)

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

    def _on_codes_loaded(self) -> None:
        for pane in (self.main, self.beside):
            if pane is not None:
                pane.surface.viewport().update()
                pane.surface.margin.update()
        self.here.model.marks = ()
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
        self.here.show_marks(marks, surface.text, self.active.people, surface.chosen)

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
        if not self._upright_by_hand:
            height = event.size().height()
            below = min(self.fontMetrics().height() * 15, height * 30 // 100)
            self.upright.setSizes([height - below, below])

    @property
    def divided_upright(self) -> str:
        """How a person divided the height between text and lists; empty until one does."""
        return bytes(self.upright.saveState().toHex().data()).decode() if self._upright_by_hand else ""

    def divide_upright(self, divided: str) -> None:
        """Divide the height as it was, where it was divided by a person."""
        if divided:
            self._upright_by_hand = self.upright.restoreState(QByteArray.fromHex(divided.encode()))

    def _on_upright_split(self) -> None:
        self._upright_by_hand = True

    def _on_split(self) -> None:
        self._divided_by_hand = True
        self.sitting.settings[SPLITS] = self.across.saveState()
