"""The operations of a project as a table asks for them: a page at a time, as far as somebody scrolls."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from polyvocal.domain.text import counted
from polyvocal.gui import labels
from polyvocal.services.queries.project import HistoryLine
from polyvocal.services.queries.steps import step_in_words

Index = QModelIndex | QPersistentModelIndex

PAGE = 100
"""So many operations are read at a time."""


class HistoryModel(QAbstractTableModel):
    """When, who, what, and whether it was undone; the newest first."""

    wanted = Signal()
    """The page after the last line is to be read; `take_over` brings it."""

    HEADS = ("When", "Who", "What was done", "")

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[HistoryLine] = []
        self._more = self._asked = False

    def show(self, lines: Sequence[HistoryLine]) -> None:
        """Show a first page in place of all that is there."""
        self.beginResetModel()
        self.lines, self._more, self._asked = list(lines), len(lines) == PAGE, False
        self.endResetModel()

    def take_over(self, lines: Sequence[HistoryLine]) -> None:
        """Put a page behind those that are there."""
        self._more, self._asked = len(lines) == PAGE, False
        if lines:
            first = len(self.lines)
            self.beginInsertRows(QModelIndex(), first, first + len(lines) - 1)
            self.lines += lines
            self.endInsertRows()

    def wait(self) -> None:
        """Want nothing more until a first page is shown."""
        self._asked = True

    def canFetchMore(self, _parent: Index) -> bool:
        return self._more and not self._asked

    def fetchMore(self, _parent: Index) -> None:
        self._asked = True
        self.wanted.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:
        return len(self.HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.HEADS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            undone = "undone" if line.standing == "undone" else ""
            return (labels.noted_lately(line.at), line.person or "", what_was_done(line), undone)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return changes_told(line)
        return None


def what_was_done(line: HistoryLine) -> str:
    """An operation in words: "Code ‘means of protest’", "Undo: code ‘means of protest’"."""
    words = step_in_words(line.about_kind or line.kind, line.name)
    return labels.capitalised(f"{line.kind}: {words}" if line.about_kind else words)


def changes_told(line: HistoryLine) -> str:
    """What came, changed and went by an operation: "made 1 coding, 2 stances; removed 1 coding"."""
    return "; ".join(
        f"{verb} {', '.join(counted(number, kind) for kind, number in counts.items())}"
        for verb, counts in (("made", line.created), ("changed", line.changed), ("removed", line.removed))
        if counts
    )
