"""Coding the words that are selected in the text, and following what becomes of its codings."""

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint, Signal

from polyvocal.domain.changes import Changed, ChangeSet
from polyvocal.gui.sitting import Me, Sitting
from polyvocal.gui.surface.text import TextSurface
from polyvocal.gui.views.chooser import CodeChooser
from polyvocal.gui.views.codebook import CodebookPanel
from polyvocal.services.commands.codings import add_coding, add_coding_with_new_code
from polyvocal.services.commands.reading import set_reading
from polyvocal.services.queries.reading import PlacedCoding, SourceToRead, placed_codings


class ReadCoding(QObject):
    """What the hand does to the text of the Read view. Nothing is done where no source is open."""

    followed = Signal()
    """The surface shows other codings than before."""

    def __init__(self, sitting: Sitting, surface: TextSurface, codebook: CodebookPanel) -> None:
        super().__init__(surface)
        self._sitting, self._surface, self._codebook = sitting, surface, codebook
        self._recent: list[int] = []
        self.source: SourceToRead | None = None
        """What the surface shows."""
        self.chooser = CodeChooser(codebook.looks, surface)
        self.chooser.chosen.connect(self.code_selection)

    def choose_code(self, typed: str = "") -> None:
        """Ask with which code the selected words are to be coded; `typed` is what was typed already."""
        surface = self._surface
        if surface.selected is None or not self._sitting.bus.may_write:
            return
        below = surface.cursorRect().bottomLeft() + QPoint(0, surface.fontMetrics().height())
        self.chooser.open_at(surface.viewport().mapToGlobal(below), self._codebook.codes, self._recent, typed)

    def code_selection(self, code: int | str) -> None:
        """Code the selected words with a code, given by its id, or with one that is made, given by its name."""
        span, source = self._surface.selected, self.source
        if span is None or source is None:
            return
        place: dict[str, Any] = {
            "source": str(source.source.id),
            "start": span.start,
            "end": span.end,
            "seen": source.version.id,
        }

        def go_on(me: Me) -> None:
            coder = str(me.id)
            if isinstance(code, str):
                command = partial(add_coding_with_new_code, name=code, coder=coder, **place)
            else:
                command = partial(add_coding, code=str(code), coder=coder, **place)
            self._sitting.bus.act(command, done=self._on_coded, owner=self)

        self._sitting.with_coder(go_on)

    def _on_coded(self, changes: ChangeSet) -> None:
        """The words that were coded stay selected, so that they can be coded once more."""
        made = changes.created("coding")
        if made and self.source is not None:
            source = self.source.source.id
            self._update(self._sitting.bus.read(lambda view: placed_codings(view, source, made)), set(made))
            self._surface.choose(made[0])
            self._surface.paint_now(made[0])
            mark = self._surface.index.get(made[0])
            if mark is not None:
                self._recent = [mark.code, *(one for one in self._recent if one != mark.code)][:50]

    def note_reading(self, read_to: int | None) -> None:
        """Note that the coder has read up to an offset, or to the end."""
        if self.source is None:
            return
        identity = str(self.source.source.id)
        self._sitting.with_coder(
            lambda me: self._sitting.bus.act(
                lambda file: set_reading(file, source=identity, coder=str(me.id), read_to=read_to)
            )
        )

    def follow(self, changed: Changed, operation: int) -> None:
        """Show the codings that an operation changed as they are now. `changed` names each of them."""
        if self.source is None:
            return
        source = self.source.source.id
        identities = {*changed.created_ids, *changed.updated_ids, *changed.removed_ids}
        self._sitting.bus.ask(
            self,
            lambda view: placed_codings(view, source, identities),
            lambda placed: self._update(placed, identities),
            about=f"codings of {operation}",
        )

    def _update(self, placed: dict[int, PlacedCoding], identities: set[int]) -> None:
        for identity in identities:
            if identity in placed:
                held = self._surface.index.get(identity)
                if held is None or (held.start, held.end, held.code) != placed[identity][1:4]:
                    self._surface.put(placed[identity])
            else:
                self._surface.take(identity)
        self.followed.emit()
