"""Saving a comparison under a title, and saying why passages speak against one."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import CodingId
from polyvocal.gui import labels
from polyvocal.gui.dialogs.form import Command, FormDialog, line, lines, optional, value_of
from polyvocal.gui.sitting import Sitting
from polyvocal.services.commands.comparisons import mark_counter_examples


class SaveComparisonDialog(FormDialog):
    """Asks for a title, at first what is `called`; `save` says what is done with it."""

    def __init__(
        self, sitting: Sitting, save: Callable[[str], Command], *, called: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(
            sitting,
            self.tr("Save the comparison"),
            ok=self.tr("Save"),
            intro=self.tr(
                "What is asked is saved, to be counted again when it is opened, with a snapshot of what it says now."
            ),
            parent=parent,
        )
        self.finished.connect(self.deleteLater)
        self._save = save
        self.title = line(called)
        self.title.selectAll()
        self.row(self.tr("Title"), self.title)

    def command(self) -> Command:
        """Save it. UserError without a title."""
        title = value_of(self.title).strip()
        if not title:
            raise UserError(self.tr("Give the comparison a title, by which you find it again."))
        return self._save(title)


class CounterExampleDialog(FormDialog):
    """Asks why some passages speak against what a comparison seems to show."""

    def __init__(
        self, sitting: Sitting, comparison: str, codings: Sequence[CodingId], *, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            sitting,
            self.tr("Mark as counter-example"),
            ok=self.tr("Mark"),
            intro=self.tr("1 passage that speaks against what the comparison seems to show.")
            if len(codings) == 1
            else self.tr("%s that speak against what the comparison seems to show.") % labels.passages(len(codings)),
            parent=parent,
        )
        self.finished.connect(self.deleteLater)
        self._comparison, self._codings = comparison, codings
        self.why = lines(rows=4)
        self.row(self.tr("Why"), self.why, self.tr("May be left empty."))

    def command(self) -> Command:
        """Mark them."""
        comparison, codings, why = self._comparison, [str(one) for one in self._codings], optional(self.why)
        return lambda file: mark_counter_examples(file, comparison=comparison, codings=codings, why=why)
