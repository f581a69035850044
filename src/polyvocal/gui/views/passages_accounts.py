"""The accounts of an observer as Qt asks for them: how long each is, and who has read how far."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from polyvocal.domain.words import ReadingState
from polyvocal.gui import labels
from polyvocal.gui.views.delegate import MARK, SUBTITLE, ReadMark
from polyvocal.services.queries.accounts import AccountRow, ReadBy

Index = QModelIndex | QPersistentModelIndex


class AccountsModel(QAbstractListModel):
    """One account a row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[AccountRow, ...] = ()

    def show(self, rows: tuple[AccountRow, ...]) -> None:
        """Show these accounts."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == SUBTITLE:
            return self._about(row)
        if role == MARK:
            return ReadMark(row.read[0].share if row.read else 0.0)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.title}, {self._about(row)}"
        return None

    def _about(self, row: AccountRow) -> str:
        read = [self._read_by(one) for one in row.read] or [self.tr("not read by any coder yet")]
        return " · ".join((labels.words(row.words), *read))

    def _read_by(self, one: ReadBy) -> str:
        if one.state is ReadingState.DONE:
            return self.tr("read to the end by %s") % one.coder
        return self.tr("%s %% read by %s") % (labels.number(int(one.share * 100)), one.coder)
