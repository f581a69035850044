"""A notice of what was not saved: whose draft it is, and the ways on from there."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMessageBox, QWidget

from polyvocal.gui import labels
from polyvocal.gui.button import Button
from polyvocal.gui.drafts import let_go
from polyvocal.gui.sitting import Sitting
from polyvocal.services.queries.drafts import DraftRow


class DraftBar(QFrame):
    """Tells of one of some drafts: the latest that the coder can go on with, else the latest."""

    continue_wanted = Signal(object)
    """The DraftRow that is to be gone on with."""

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sitting = sitting
        self.row: DraftRow | None = None
        self.setProperty("notice", True)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.go_on, self.read = Button(self.tr("Continue")), Button(self.tr("Read it…"))
        self.drop = Button(self.tr("Discard…"))
        self.go_on.setToolTip(self.tr("Take it up as it was kept"))
        self.read.setToolTip(self.tr("Read it among all drafts, and copy it or save it as a file"))
        self.drop.setToolTip(self.tr("Let it go for good"))
        self.go_on.clicked.connect(lambda _checked=False: self.continue_wanted.emit(self.row))
        self.read.clicked.connect(lambda _checked=False: self._on_read())
        self.drop.clicked.connect(lambda _checked=False: self._on_drop())
        line = QHBoxLayout(self)
        line.setContentsMargins(18, 6, 14, 6)
        line.setSpacing(8)
        line.addWidget(self.words, 1)
        for button in (self.go_on, self.read, self.drop):
            button.setAutoDefault(False)
            line.addWidget(button)
        self.hide()

    def _on_read(self) -> None:
        if self.row is not None:
            self._sitting.drafts_wanted.emit(self.row.id)

    def _on_drop(self) -> None:
        if self.row is not None:
            ask_discard(self._sitting, self.row, self.window())

    def show_drafts(self, drafts: Sequence[DraftRow], *, of_this: bool = False) -> None:
        """Tell of some drafts, the latest first, without those that are being written here. `of_this`: of this text."""
        there = [one for one in drafts if one.id not in self._sitting.drafts_at_work]
        mine = [one for one in there if may_continue(self._sitting, one)]
        self.row = row = next(iter(mine or there), None)
        if row is None:
            return
        self.words.setText(self._told(row, len(there) - 1, of_this=of_this))
        self.setAccessibleName(self.words.text())
        self.go_on.setVisible(bool(mine))
        self.drop.setVisible(may_discard(self._sitting, row))

    def _told(self, row: DraftRow, more: int, *, of_this: bool) -> str:
        parts = [not_saved(self._sitting, row, of_this=of_this)]
        if more > 0:
            parts.append(
                self.tr("There is one more draft.")
                if more == 1
                else self.tr("There are %s more drafts.") % labels.number(more)
            )
        return " ".join(parts)


def not_saved(sitting: Sitting, row: DraftRow, *, of_this: bool = False) -> str:
    """Sentences that say what was not saved, and, where the coder cannot go on with it, why."""
    what = labels.draft(row, of_this=of_this)
    if not sitting.bus.may_write:  # whoever has the project may be writing just now
        return sitting.tr("%s is kept as a draft.") % what
    told = sitting.tr("%s was not saved.") if row.source is not None else sitting.tr("%s was not added.")
    parts = [told % what]
    if not row.is_open:
        parts.append(labels.DRAFT_STATES[row.state])
    elif not row.is_of(sitting.me.id if sitting.me else None):
        parts.append(sitting.tr("It can be continued when %s codes here.") % row.by)
    return " ".join(parts)


def may_discard(sitting: Sitting, row: DraftRow) -> bool:
    """Whether the coder may let a draft go: it is theirs or nobody's, and the project can be changed."""
    return sitting.bus.may_write and row.is_of(sitting.me.id if sitting.me else None)


def may_continue(sitting: Sitting, row: DraftRow) -> bool:
    """Whether the coder can go on with a draft."""
    return row.is_open and may_discard(sitting, row)


def ask_discard(sitting: Sitting, row: DraftRow, window: QWidget) -> None:
    """Let a draft go for good, if the person says so."""
    answer = QMessageBox.question(
        window,
        sitting.tr("Discard the draft"),
        sitting.tr("%s: discard it for good?") % labels.draft(row),
        QMessageBox.StandardButton.Discard | QMessageBox.StandardButton.Cancel,
        QMessageBox.StandardButton.Cancel,
    )
    if answer == QMessageBox.StandardButton.Discard:
        let_go(sitting, row.id)
