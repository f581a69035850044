"""What can be done with the coding that is chosen in the text: another code, one more, merged, cut in two."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.errors import UserError
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.surface.index import Mark
from polyvocal.gui.surface.text import TextSurface
from polyvocal.services.queries.reading import SourceToRead
from polyvocal.store.file import ProjectFile


class ChosenCoding(QObject):
    """Acts on the chosen coding of a text. Where none is chosen, nothing is done."""

    def __init__(self, sitting: Sitting, surface: TextSurface) -> None:
        super().__init__(surface)
        self._sitting, self._surface = sitting, surface
        self.source: SourceToRead | None = None

    @property
    def mark(self) -> Mark | None:
        """The chosen coding, where it may be changed."""
        surface = self._surface
        return surface.index.get(surface.chosen) if surface.chosen is not None and surface.may_change else None

    def recode(self, code: int) -> None:
        """Give it another code; all else of it stays."""
        from polyvocal.services.commands.recoding import recode

        self._act(lambda file, mark: recode(file, [str(mark.id)], str(code)))

    def duplicate(self, code: int) -> None:
        """Code its passage with another code as well; who is at the window is the coder."""
        from polyvocal.services.commands.recoding import duplicate_coding

        mark = self.mark
        if mark is None:
            return

        def done(changes: ChangeSet) -> None:
            made = changes.created("coding")
            if made:
                self._sitting.bus.ask(self, lambda _view: made[0], self._surface.choose, about="made")

        self._sitting.with_coder(
            lambda me: self._sitting.bus.act(
                lambda file: duplicate_coding(file, str(mark.id), str(code), coder=str(me.id)), done=done, owner=self
            )
        )

    def merge(self) -> None:
        """Make it one with those by its coder with its code that the selection touches, or else that touch itself."""
        from polyvocal.services.commands.recoding import merge_codings

        mark, surface = self.mark, self._surface
        if mark is None:
            return
        start, end = surface.selected or (mark.start, mark.end)
        near = surface.index.overlapping(max(min(start, mark.start) - 1, 0), max(end, mark.end) + 1)
        alike = [str(one.id) for one in near if (one.code, one.coder) == (mark.code, mark.coder)]
        if len(alike) < 2:
            self._sitting.bus.failed.emit(
                UserError(
                    self.tr(
                        "Nothing to merge with: no other coding by this coder with this code touches it. Select words "
                        "from the one to the other, choose one of them in the list of codes here or by a click on its "
                        "label, and merge then."
                    )
                )
            )
            return
        self._act(lambda file, _mark: merge_codings(file, alike))

    def split(self) -> None:
        """Cut it in two where the cursor is."""
        from polyvocal.services.commands.recoding import split_coding

        source, at = self.source, self._surface.offset
        if source is not None:
            seen = source.version.id
            self._act(lambda file, mark: split_coding(file, str(mark.id), at, seen=seen))

    def _act(self, command: Callable[[ProjectFile, Mark], ChangeSet]) -> None:
        mark = self.mark
        if mark is not None:
            self._sitting.act(lambda file: command(file, mark))
