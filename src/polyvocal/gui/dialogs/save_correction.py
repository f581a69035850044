"""Saving what was corrected: who, why, and whether it is a correction or a later addition."""

from collections.abc import Sequence

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QVBoxLayout, QWidget

from polyvocal.domain.errors import UserError
from polyvocal.domain.records import Person
from polyvocal.gui.dialogs.form import (
    MOMENT_HINT,
    Command,
    FormDialog,
    NameBox,
    line,
    lines,
    moment_of,
    optional,
)
from polyvocal.gui.dialogs.lost_passages import LostTable
from polyvocal.gui.dialogs.rescue import Rescue
from polyvocal.gui.drafts import DraftKeeper
from polyvocal.gui.parts import muted
from polyvocal.gui.sitting import Sitting
from polyvocal.services.commands.correcting import Corrected, Later, Overtaken, save_correction
from polyvocal.services.queries.anchored import LostPassage
from polyvocal.services.queries.reading import SourceToRead

_CORRECTION, _ADDITION = "correction", "addition"


class SaveCorrectionDialog(FormDialog):
    """Asks for what is kept with the new version; tells which passages it leaves without words.

    Where it cannot be saved for a reason that is not in the fields, it offers other ways to keep the text.
    """

    left_as_draft = Signal()
    """The person leaves it as a draft instead."""

    def __init__(
        self,
        sitting: Sitting,
        source: SourceToRead,
        corrected: Corrected,
        lost: Sequence[LostPassage],
        *,
        keeper: DraftKeeper,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            sitting,
            self.tr("Save the correction"),
            ok=self.tr("Save as a new version"),
            intro=self.tr("The version before stays, and can be read at any time. Codings, memos and all else follow."),
            parent=parent,
        )
        self.finished.connect(self.deleteLater)
        self._source, self._corrected, self._keeper = source, corrected, keeper
        names = sitting.bus.read(lambda view: sorted(one.name for one in view.all(Person)))
        self.by = NameBox(names, sitting.me.name if sitting.me else None)
        self.row(self.tr("Corrected by"), self.by)
        self.reason = lines(rows=2)
        self.row(self.tr("Why"), self.reason, self.tr("May be left empty."))
        self.kind = QComboBox()
        self.kind.addItem(self.tr("A correction of the text"), _CORRECTION)
        self.kind.addItem(self.tr("A later addition by an observer, shown apart"), _ADDITION)
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.row(self.tr("It is"), self.kind)
        self.observer = NameBox(source.observers or names, source.observers[0] if len(source.observers) == 1 else None)
        self.row(self.tr("Added by"), self.observer, self.tr("Who wrote the source."))
        self.dated = line(QDate.currentDate().toString("yyyy-MM-dd"))
        self.row(self.tr("Written on"), self.dated, MOMENT_HINT)
        if lost:
            self.rule()
            self.form.addRow(muted(self._told(len(lost))))
            self.lost = LostTable(lost)
            self.lost.setFixedHeight(min(50 + 34 * len(lost), 220))
            self.form.addRow(self.lost)
            self.setMinimumWidth(680)
        self.rescue = Rescue(corrected.text, keeper, sitting.settings)
        self.rescue.left_as_draft.connect(self._on_left_as_draft)
        self.rescue.hide()
        whole = self.layout()
        assert isinstance(whole, QVBoxLayout)
        whole.insertWidget(whole.indexOf(self.buttons), self.rescue)
        self._on_kind()

    def _told(self, count: int) -> str:
        if count == 1:
            return self.tr("This passage loses all its words. It is kept, with the words that it had, and listed:")
        return self.tr(
            "These %s passages lose all their words. They are kept, with the words that they had, and listed:"
        ) % (count)

    @property
    def _is_addition(self) -> bool:
        return bool(self.kind.currentData() == _ADDITION)

    def _on_kind(self) -> None:
        for field in (self.observer, self.dated):
            holder = field.parentWidget()
            self.form.setRowVisible(holder if holder is not None and holder is not self else field, self._is_addition)
        self.make_room()

    def wait(self) -> None:
        """Nothing is kept as a draft while it is being saved: that would be there still once it is saved."""
        self._keeper.hold()
        super().wait()

    def _on_failed(self, fault: Exception) -> None:
        self._keeper.release()
        is_overtaken = isinstance(fault, Overtaken)
        self.ok.setEnabled(not is_overtaken)  # it would be refused again
        if is_overtaken or not isinstance(fault, UserError):
            self.rescue.tell(overtaken=is_overtaken)
        super()._on_failed(fault)

    def _on_left_as_draft(self) -> None:
        QDialog.reject(self)  # without asking: nothing of it is lost
        self.left_as_draft.emit()

    def command(self) -> Command:
        """Make the version."""
        if not self.by.name:
            raise UserError(self.tr("Say who corrected the text: that stands with the version."))
        source, corrected = str(self._source.source.id), self._corrected
        by, reason, later, draft = self.by.name or None, optional(self.reason), None, self._keeper.identity
        if self._is_addition:
            dated = moment_of(self.dated)
            if not self.observer.name or dated is None:
                raise UserError(
                    self.tr("A later addition has an observer and a day: say by whom, and written on which.")
                )
            later = Later(self.observer.name, dated)
        return lambda file: save_correction(
            file, source=source, corrected=corrected, by=by, reason=reason, later=later, draft=draft
        )
