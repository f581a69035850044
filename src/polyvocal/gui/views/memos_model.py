"""The memos of a project as a table asks for them: all that are meant, in the order that is wanted."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from polyvocal.domain.memos import FREE, MemoFilter, WholeMemo
from polyvocal.gui import labels

Index = QModelIndex | QPersistentModelIndex

TITLE, KIND, ABOUT, AUTHOR, WRITTEN = range(5)
HEADS = ("Memo", "Kind", "About", "By", "Written")

_SORTED_BY: dict[int, Callable[[WholeMemo], Any]] = {
    TITLE: lambda memo: labels.memo_called(memo).casefold(),
    KIND: lambda memo: labels.MEMO_KINDS[memo.kind],
    ABOUT: lambda memo: (memo.about.kind, memo.about.name.casefold(), memo.about.place or ()),
    AUTHOR: lambda memo: (memo.author or "").casefold(),
    WRITTEN: lambda memo: memo.created_at,
}


class MemosModel(QAbstractTableModel):
    """Title, kind, subject, author and date; the newest first until another order is chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.all: Sequence[WholeMemo] = ()
        self.listed: Sequence[WholeMemo] = ()
        self.wanted = MemoFilter()
        self._column, self._order = WRITTEN, Qt.SortOrder.DescendingOrder

    def show(self, memos: Sequence[WholeMemo]) -> None:
        """List other memos, as far as they are meant."""
        self.all = memos
        self._arrange()

    def narrow(self, wanted: MemoFilter) -> None:
        """List only those that are meant."""
        self.wanted = wanted
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """List them in another order."""
        self._column, self._order = column, order
        self._arrange()

    def _arrange(self) -> None:
        self.beginResetModel()
        self.listed = sorted(
            filter(self.wanted.holds, self.all),
            key=_SORTED_BY[self._column],
            reverse=self._order is Qt.SortOrder.DescendingOrder,
        )
        self.endResetModel()

    def memo(self, index: Index) -> WholeMemo | None:
        """The memo of a row, or None."""
        return self.listed[index.row()] if index.isValid() else None

    def index_of(self, identity: int) -> QModelIndex:
        """The row of a memo; invalid where it is not listed."""
        row = next((row for row, one in enumerate(self.listed) if one.id == identity), -1)
        return self.index(row, 0) if row >= 0 else QModelIndex()

    # --- as Qt asks ------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.listed)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:
        return len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        memo = self.listed[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._cells(memo)[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            cells = self._cells(memo)
            return ", ".join(filter(None, cells)) if index.column() == TITLE else cells[index.column()]
        return None

    @staticmethod
    def _cells(memo: WholeMemo) -> tuple[str, ...]:
        return (
            labels.memo_called(memo),
            labels.MEMO_KINDS[memo.kind],
            labels.memo_about(memo.about) if memo.about.kind != FREE else "",
            memo.author or "",
            labels.noted_at(memo.created_at),
        )
