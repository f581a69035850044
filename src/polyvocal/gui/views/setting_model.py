"""The rows of a list of the Setting view, as Qt asks for them: sorted, narrowed, in a tree where they have parts."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from polyvocal.services.references import folded

Index = QModelIndex | QPersistentModelIndex

SHOWN = 400
"""No cell has room for more characters."""


class Column(NamedTuple):
    """A column: its head, what it says of an entry, by what it is sorted (by what it says, if nothing else)."""

    title: str
    text: Callable[[Any], str]
    key: Callable[[Any], Any] | None = None
    numeric: bool = False
    letters: int = 18
    """how wide it would like to be, in letters"""
    least: int = 0
    """how wide it is where there is little room; half of that, if nothing else"""

    def place(self, entry: Any) -> Any:
        """Where an entry comes when sorted by this column."""
        return self.key(entry) if self.key else folded(self.text(entry))


class Node:
    """An entry where it stands."""

    __slots__ = ("children", "entry", "number", "parent", "row")

    def __init__(self, entry: Any, parent: "Node | None", row: int, number: int) -> None:
        self.entry, self.parent, self.row, self.number = entry, parent, row, number
        self.children: list[Node] = []


def _nothing(_entry: Any) -> Sequence[Any]:
    return ()


class EntriesModel(QAbstractItemModel):
    """Entries that have an `id`, and perhaps parts. Indexes hold numbers of nodes, never objects that may be gone."""

    def __init__(
        self,
        columns: Sequence[Column],
        parts_of: Callable[[Any], Sequence[Any]] = _nothing,
        is_head: Callable[[Any], bool] = lambda _entry: False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._parts_of, self._is_head = parts_of, is_head
        self._entries: Sequence[Any] = ()
        self._wanted = ""
        self._by, self._order = -1, Qt.SortOrder.AscendingOrder
        self._haystacks: dict[int, str] = {}
        self._root = Node(None, None, 0, 0)
        self._nodes = [self._root]
        self._of_id: dict[int, Node] = {}
        self._bold = QFont()
        self._bold.setWeight(QFont.Weight.DemiBold)

    # --- what is shown -------------------------------------------------------------------------------------------

    def show(self, entries: Sequence[Any]) -> None:
        """Show other entries, given in the order in which they stand unless they are sorted by a column."""
        self._entries, self._haystacks = entries, {}
        self._build()

    def narrow(self, wanted: str) -> None:
        """Show only what bears all the wanted words in any column, with what it is part of and its own parts."""
        self._wanted = folded(wanted)
        self._build()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column, parts among themselves; by none (-1): as they were given."""
        self._by, self._order = column, order
        self._build()

    def _build(self) -> None:
        self.beginResetModel()
        self._root = Node(None, None, 0, 0)
        self._nodes, self._of_id = [self._root], {}
        self._hang(self._root, self._entries, self._wanted.split())
        self.endResetModel()

    def _hang(self, above: Node, entries: Sequence[Any], words: list[str]) -> None:
        if 0 <= self._by < len(self.columns):
            descending = self._order == Qt.SortOrder.DescendingOrder
            entries = sorted(entries, key=self.columns[self._by].place, reverse=descending)
        for entry in entries:
            bears = all(word in self._haystack(entry) for word in words)
            mark = len(self._nodes)
            node = Node(entry, above, len(above.children), mark)
            self._nodes.append(node)
            self._hang(node, self._parts_of(entry), [] if bears else words)
            if bears or node.children:
                above.children.append(node)
                self._of_id[entry.id] = node
            else:
                del self._nodes[mark:]

    def _haystack(self, entry: Any) -> str:
        held = self._haystacks.get(entry.id)
        if held is None:
            held = self._haystacks[entry.id] = folded("\n".join(column.text(entry) for column in self.columns))
        return held

    # --- finding one's way ---------------------------------------------------------------------------------------

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all, whatever is wanted."""
        return not self._entries

    def entry(self, index: Index) -> Any:
        """The entry of an index; None where it is of none."""
        return self._node(index).entry

    def entries(self) -> Iterator[Any]:
        """All that is shown, in its order."""
        return (node.entry for node in self._nodes[1:])

    def index_of(self, identity: int) -> QModelIndex:
        """The index of the entry with an id; an invalid one where that is not shown."""
        node = self._of_id.get(identity)
        return self.createIndex(node.row, 0, node.number) if node else QModelIndex()

    def heads(self) -> list[tuple[int, QModelIndex]]:
        """The ids and indexes of what has parts."""
        return [
            (node.entry.id, self.createIndex(node.row, 0, node.number)) for node in self._nodes[1:] if node.children
        ]

    def _node(self, index: Index) -> Node:
        number = int(index.internalId()) if index.isValid() else 0
        return self._nodes[number] if number < len(self._nodes) else self._root

    # --- as Qt asks ----------------------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        children = self._node(parent).children
        if not (0 <= row < len(children) and 0 <= column < len(self.columns)):
            return QModelIndex()
        return self.createIndex(row, column, children[row].number)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override] # it also answers for its QObject
        above = self._node(index).parent if index.isValid() else None
        if above is None or above is self._root:
            return QModelIndex()
        return self.createIndex(above.row, 0, above.number)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() and parent.column() > 0 else len(self._node(parent).children)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:
        return len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            arrow = ("  ↑" if self._order == Qt.SortOrder.AscendingOrder else "  ↓") if section == self._by else ""
            return self.columns[section].title + arrow
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].numeric else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self._node(index).entry
        if entry is None:
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(column.text(entry)[:SHOWN].split())
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.text(entry)[: 4 * SHOWN] or None
        if role == Qt.ItemDataRole.FontRole and index.column() == 0 and self._is_head(entry):
            return self._bold
        if role == Qt.ItemDataRole.TextAlignmentRole and column.numeric:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None
