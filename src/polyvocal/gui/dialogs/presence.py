"""Noting what people did in sessions, and where: for one cell of the grid or for many."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from polyvocal.domain.errors import UserError
from polyvocal.domain.words import Doing
from polyvocal.gui import labels
from polyvocal.gui.dialogs.form import Command, FormDialog, choice, line, value_of
from polyvocal.gui.sitting import Sitting
from polyvocal.services.commands.setting import set_presences
from polyvocal.services.queries.presence import Noted

VARIOUS = "various"
"""What is chosen at first where each cell holds something else."""


class PresenceDialog(FormDialog):
    """Asks what some people did in some sessions; `about` says in words who and which."""

    def __init__(
        self,
        sitting: Sitting,
        cells: Sequence[tuple[str, str]],
        noted: Sequence[Noted | None],
        about: str,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(sitting, self.tr("Presence"), ok=self.tr("Save"), intro=about, parent=parent)
        self._cells = tuple(cells)
        doings = {one.doing if one else None for one in noted}
        places = {one.place or "" if one else "" for one in noted}
        words = [("", self.tr("not known")), *((str(one), shown) for one, shown in labels.DOINGS.items())]
        if len(doings) > 1:
            words.insert(0, (VARIOUS, self.tr("various: choose one for all")))
        self.doing = choice(words, VARIOUS if len(doings) > 1 else str(next(iter(doings)) or ""))
        self.row(self.tr("Doing"), self.doing)
        self._place = next(iter(places)) if len(places) == 1 else ""
        hint = self.tr("a table, a room") if len(places) == 1 else self.tr("as it is noted of each")
        self.place = line(self._place, hint)
        self.row(self.tr("Where"), self.place)
        self.doing.currentIndexChanged.connect(self._on_doing_changed)
        self._on_doing_changed()

    def _on_doing_changed(self) -> None:
        """Who was absent was nowhere in the room."""
        self.place.setEnabled(value_of(self.doing) != Doing.ABSENT)

    def command(self) -> Command:
        """Note it of all of them at once."""
        doing, place = value_of(self.doing), value_of(self.place)
        if doing == VARIOUS:
            raise UserError(self.tr("Choose what all of them did; each had something else noted until now."))
        if not doing and place and place != self._place:
            raise UserError(self.tr("A place alone does not say that somebody was there: choose what they did."))
        cells = self._cells
        return lambda file: set_presences(
            file, cells=cells, doing=Doing(doing) if doing else None, place=None if place == self._place else place
        )
