"""Corrections of the text that is read which were not saved: told above it, and gone on with."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from polyvocal.gui.draft_bar import DraftBar, may_continue
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.surface.text import TextSurface
from polyvocal.gui.views.correcting import Correcting, Taken
from polyvocal.services.queries.drafts import DraftRow, list_drafts
from polyvocal.services.queries.reading import SourceToRead
from polyvocal.store.view import View


class ReadDrafts(DraftBar):
    """The notice of the Read view. It is out of the way while something is corrected."""

    def __init__(
        self, sitting: Sitting, surface: TextSurface, correcting: Correcting, parent: QWidget | None = None
    ) -> None:
        super().__init__(sitting, parent)
        self._surface, self._correcting = surface, correcting
        self._source: SourceToRead | None = None
        self._wanted: DraftRow | None = None
        self.continue_wanted.connect(self.take_up)
        correcting.changed.connect(self._show_or_hide)
        sitting.drafts_changed.connect(self._ask)

    def show_source(self, source: SourceToRead | None) -> None:
        """Tell of the drafts of the source that is shown; go on with the one that is wanted."""
        if source is None or self._source is None or self._source.source.id != source.source.id:
            self._show(())
        self._source = source
        self._ask()
        wanted = self._wanted
        if wanted is not None and source is not None and wanted.source == source.source.id:
            self._wanted = None
            self.take_up(wanted)

    def want(self, draft: DraftRow) -> None:
        """Go on with a draft as soon as its source is shown."""
        if self._source is not None and self._source.source.id == draft.source:
            self.take_up(draft)
        else:
            self._wanted = draft

    def correct(self) -> None:
        """Correct the text that is shown: go on with what the coder has begun, else begin."""
        if self._source is not None and not self._correcting.is_open:
            source = self._source.source.id
            self._show(self._sitting.bus.read(lambda view: list_drafts(view, source)))
            if self.row is not None and may_continue(self._sitting, self.row):
                self.take_up(self.row)
            else:
                self._correcting.begin(self._source, self._surface)

    def take_up(self, draft: DraftRow) -> None:
        """Go on with a draft of the source that is shown."""
        source = self._source
        if source is None or self._correcting.is_open or not may_continue(self._sitting, draft):
            return
        passages = self._correcting.passages_of(source)
        spans, identity = passages.spans, draft.id

        def query(view: View) -> object:
            from polyvocal.services.queries.draft_contents import correction_to_continue

            found = correction_to_continue(view, identity, spans)
            return Taken(draft, passages, *found) if found is not None else None

        self._sitting.bus.ask(self, query, lambda taken: self._begin(source, taken), about="draft")

    def _begin(self, source: SourceToRead, taken: object) -> None:
        shown = self._source
        if isinstance(taken, Taken) and shown is not None and shown.version.id == source.version.id:
            self._correcting.begin(source, self._surface, taken)
        else:
            self._ask()

    def _ask(self) -> None:
        """Which drafts there are may be another answer than before."""
        if self._source is not None:
            source = self._source.source.id
            self._sitting.bus.ask(self, lambda view: list_drafts(view, source), self._show, about="drafts")

    def _show(self, drafts: Sequence[DraftRow]) -> None:
        self.show_drafts(drafts, of_this=True)
        self._show_or_hide()

    def _show_or_hide(self) -> None:
        self.setVisible(self.row is not None and not self._correcting.is_open)
