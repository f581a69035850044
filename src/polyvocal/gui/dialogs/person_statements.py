"""The statements of positionality of an observer, as a field: a list by date, and beside it the one that is chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from polyvocal.domain.ids import PositionalityId
from polyvocal.domain.records import Positionality
from polyvocal.gui import labels
from polyvocal.gui.dialogs.form import line, value_of
from polyvocal.services.commands.positionality import StatementDraft


@dataclass(slots=True)
class _Draft:
    """A statement as it is being written; `was` is how it is kept, if it is."""

    dated: str
    statement: str
    was: Positionality | None = None


class StatementsField(QWidget):
    """Statements are added, changed and taken away here; nothing is kept before the form is."""

    def __init__(self, statements: Sequence[Positionality], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = tuple(statements)
        self._drafts = [_Draft(one.dated.replace("T", " ", 1), one.statement, one) for one in statements]
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Statements of positionality"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.new, self.drop = QPushButton(self.tr("Add")), QPushButton(self.tr("Take away"))
        self.new.setAccessibleName(self.tr("Add a statement"))
        self.drop.setAccessibleName(self.tr("Take the chosen statement away"))
        self.dated = line("", self.tr("2024-05-14"))
        self.dated.setAccessibleName(self.tr("Date of the statement"))
        self.statement = QPlainTextEdit()
        self.statement.setPlaceholderText(self.tr("from where I look, and what that makes me see"))
        self.statement.setAccessibleName(self.tr("Statement"))
        self.statement.setTabChangesFocus(True)
        self._lay_out()
        for draft in self._drafts:
            self.list.addItem(_shown(draft))
        self.list.currentRowChanged.connect(self._on_row_changed)
        self.new.clicked.connect(self.add)
        self.drop.clicked.connect(self.take_away)
        self.dated.textChanged.connect(self._on_typed)
        self.statement.textChanged.connect(self._on_typed)
        self.setFocusProxy(self.list if self._drafts else self.new)
        self.list.setCurrentRow(len(self._drafts) - 1)
        self._on_row_changed(self.list.currentRow())

    def _lay_out(self) -> None:
        letter = self.fontMetrics().averageCharWidth()
        self.list.setFixedWidth(letter * 22)
        for button in (self.new, self.drop):
            button.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.new)
        buttons.addWidget(self.drop)
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addWidget(self.list, 1)
        left.addLayout(buttons)
        dated = QHBoxLayout()
        dated.setSpacing(8)
        label = QLabel(self.tr("Dated:"))
        label.setBuddy(self.dated)
        dated.addWidget(label)
        dated.addWidget(self.dated, 1)
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addLayout(dated)
        right.addWidget(self.statement, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addLayout(left)
        row.addLayout(right, 1)
        for field in (self.list, self.statement):
            field.setMinimumHeight(self.fontMetrics().lineSpacing() * 4)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * 9)

    # --- what is done --------------------------------------------------------------------------------------------

    def add(self) -> None:
        """Begin a statement of today."""
        draft = _Draft(QDate.currentDate().toString(Qt.DateFormat.ISODate), "")
        self._drafts.append(draft)
        self.list.addItem(_shown(draft))
        self.list.setCurrentRow(len(self._drafts) - 1)
        self.statement.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_away(self) -> None:
        """Take the chosen statement away."""
        row = self.list.currentRow()
        if row >= 0:
            del self._drafts[row]
            self.list.takeItem(row)
            self._on_row_changed(self.list.currentRow())
            (self.list if self._drafts else self.new).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_row_changed(self, row: int) -> None:
        draft = self._drafts[row] if 0 <= row < len(self._drafts) else None
        self._current = None  # what is put into the fields now is not typed
        self.dated.setText(draft.dated if draft else "")
        self.statement.setPlainText(draft.statement if draft else "")
        self._current = draft
        for field in (self.dated, self.statement, self.drop):
            field.setEnabled(draft is not None)

    def _on_typed(self) -> None:
        draft = self._current
        if draft is not None:
            draft.dated, draft.statement = value_of(self.dated), value_of(self.statement)
            item = self.list.item(self._drafts.index(draft))
            if item is not None:
                item.setText(_shown(draft))

    _current: _Draft | None = None

    # --- what it holds -------------------------------------------------------------------------------------------

    @property
    def held(self) -> str:
        """All of it, as text."""
        return "\n".join(f"{one.dated}\t{one.statement}" for one in self._drafts)

    @property
    def drafts(self) -> tuple[StatementDraft, ...]:
        """What is new or other than it is kept."""
        return tuple(
            StatementDraft(dated, one.statement, one.was.id if one.was else None)
            for one in self._drafts
            for dated in [one.dated.replace(" ", "T", 1)]
            if one.was is None or (dated, one.statement) != (one.was.dated, one.was.statement)
        )

    @property
    def dropped(self) -> frozenset[PositionalityId]:
        """What was taken away of what is kept."""
        left = {one.was.id for one in self._drafts if one.was}
        return frozenset(one.id for one in self._kept if one.id not in left)


def _shown(draft: _Draft) -> str:
    return labels.moment(draft.dated) or "…"
