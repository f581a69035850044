"""A tree of things as Qt asks for it: each row a thing of its own and what hangs below it."""

from collections.abc import Iterable, Iterator
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex

Index = QModelIndex | QPersistentModelIndex


class Node:
    """A row of the tree: what it stands for, and where."""

    __slots__ = ("children", "parent", "row", "what")

    def __init__(self, what: Any, parent: "Node | None" = None) -> None:
        self.what, self.parent = what, parent
        self.row = len(parent.children) if parent is not None else 0
        self.children: list[Node] = []
        if parent is not None:
            parent.children.append(self)

    def walk(self) -> Iterator["Node"]:
        """This one and all below it, from the top."""
        yield self
        for child in self.children:
            yield from child.walk()


class TreeModel(QAbstractItemModel):
    """Holds the nodes. A subclass says in `data` what is shown of one, and how many columns that takes."""

    columns = 1

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.root = Node(None)
        """What all hang below; it is not shown itself."""

    def replace(self, root: Node) -> None:
        """Show another tree."""
        self.beginResetModel()
        self.root = root
        self.endResetModel()

    def nodes(self) -> Iterable[Node]:
        """All nodes, from the top."""
        return (node for child in self.root.children for node in child.walk())

    def node(self, index: Index) -> Node:
        """The node of an index; the root of none."""
        return index.internalPointer() if index.isValid() else self.root

    def index_of(self, node: Node) -> QModelIndex:
        """The index of a node."""
        return self.createIndex(node.row, 0, node)

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        children = self.node(parent).children
        there = 0 <= row < len(children) and 0 <= column < self.columns
        return self.createIndex(row, column, children[row]) if there else QModelIndex()

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        above = self.node(index).parent if index.isValid() else None
        return QModelIndex() if above is None or above is self.root else self.index_of(above)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return len(self.node(parent).children) if parent.column() <= 0 else 0

    def columnCount(self, _parent: Index = QModelIndex()) -> int:
        return self.columns
