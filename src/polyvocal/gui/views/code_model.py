"""The tree of codes as Qt asks for it: beside the text in one column, in the Codebook view with all its figures."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QByteArray, QMimeData, QModelIndex, QObject, Qt

from polyvocal.domain.words import CodeKind
from polyvocal.gui import labels
from polyvocal.gui.matching import match
from polyvocal.gui.surface.look import Looks
from polyvocal.gui.surface.text import CODE_MIME, SELECTION_MIME
from polyvocal.gui.views.delegate import COUNT, HEAD, KEY, MARK, SLANTED, Chip
from polyvocal.gui.views.tree import Index, Node, TreeModel
from polyvocal.services.queries.code_uses import CodeUse
from polyvocal.services.queries.rows import CodeRow

_CLOSE = 4.0
"""What answers less well than that has its letters here and there only, and is left out of a tree."""


_LEFT, _RIGHT = (
    side | Qt.AlignmentFlag.AlignVCenter for side in (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight)
)
_ALIGNED = (_LEFT, _LEFT, _RIGHT, _RIGHT, _RIGHT)
_FIGURED = frozenset({Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole})


_FLAGS = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemIsDropEnabled
)


class CodebookModel(TreeModel):
    """The codes; dragged they can be dropped on each other, and words of the text on them."""

    def __init__(self, looks: Looks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self.codes: list[CodeRow] = []
        self._numbers: Mapping[int, int] = {}
        self._told: dict[int, Callable[[CodeRow], Any]] = {
            Qt.ItemDataRole.DisplayRole: lambda code: (
                f"{code.name} ({self.tr('retired')})" if code.retired else code.name
            ),
            MARK: lambda code: Chip(self._looks.mark(code.id), hollow=code.kind != CodeKind.CODE),
            COUNT: lambda code: labels.number(code.codings) if code.codings else "",
            HEAD: lambda code: code.kind == CodeKind.CATEGORY,
            KEY: lambda code: self._numbers.get(code.id),
            SLANTED: lambda code: code.retired,
            Qt.ItemDataRole.ToolTipRole: self._tip,
            Qt.ItemDataRole.AccessibleTextRole: self._spoken,
        }

    def show(self, codes: list[CodeRow], wanted: str = "", *, retired: frozenset[int] = frozenset()) -> Node | None:
        """Show the codes, given in the order of their tree; or what answers to `wanted` and lies above that.

        Of the retired codes only those in `retired` are shown, and those above a code that is shown. Gives the row
        that answers best.
        """
        self.codes = codes
        kept, best = _kept(codes, wanted, retired)
        root = Node(None)
        found = None
        line = [root]  # the nodes above the one that comes next, by depth
        for code in codes:
            if code.id in kept:
                del line[code.depth + 1 :]
                line.append(Node(code, line[-1]))
                found = line[-1] if code.id == best else found
        self.replace(root)
        return found

    def recount(self, codes: list[CodeRow]) -> None:
        """Take over new counts of the same codes, without folding or scrolling anything."""
        by_id = {code.id: code for code in codes}
        self.codes = codes
        for node in self.nodes():
            if node.what is not None and node.what != by_id[node.what.id]:
                node.what = by_id[node.what.id]
                self.tell_changed(node)

    def show_numbers(self, numbers: Mapping[int, int]) -> None:
        """Show which number each code is pinned to that is pinned."""
        self._numbers = numbers
        for node in self.nodes():
            self.tell_changed(node)

    def tell_changed(self, node: Node) -> None:
        """Say that a row is to be shown anew."""
        index = self.index_of(node)
        self.dataChanged.emit(index, index.siblingAtColumn(self.columns - 1))

    def node_of(self, code: int) -> Node | None:
        """The row of a code, if it is shown."""
        return next((node for node in self.nodes() if node.what.id == code), None)

    def code(self, index: Index) -> CodeRow | None:
        """The code of an index."""
        code: CodeRow | None = self.node(index).what
        return code

    def flags(self, _index: Index) -> Qt.ItemFlag:
        return _FLAGS

    def mimeTypes(self) -> list[str]:
        """What can be dropped."""
        return [CODE_MIME, SELECTION_MIME]

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """What is dragged: the code."""
        dragged = QMimeData()
        code = self.code(indexes[0]) if indexes else None
        if code is not None:
            dragged.setData(CODE_MIME, QByteArray(str(code.id).encode()))
        return dragged

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        told = self._told.get(role)
        if told is None:  # Qt asks for much more of each row than there is to tell
            return None
        code = self.code(index)
        return told(code) if code is not None else None

    def _spoken(self, code: CodeRow) -> str:
        kind = labels.CODE_KINDS[CodeKind(code.kind)].lower()
        spoken = f"{code.name}, {kind}, {labels.codings(code.codings)}"
        number = self._numbers.get(code.id)
        spoken += f", {self.tr('key %s') % number}" if number is not None else ""
        return f"{spoken}, {self.tr('retired')}" if code.retired else spoken

    def _tip(self, code: CodeRow) -> str | None:
        number = self._numbers.get(code.id)
        key = self.tr("%s codes the selected words with it.") % number if number is not None else None
        return "\n\n".join(filter(None, (code.definition, key))) or None


class CodebookTable(CodebookModel):
    """The same tree with its figures in columns of their own."""

    columns = 5

    def __init__(self, looks: Looks, parent: QObject | None = None) -> None:
        super().__init__(looks, parent)
        del self._told[COUNT]
        self._uses: Mapping[int, CodeUse] = {}
        self.heads = (self.tr("Code"), self.tr("Kind"), self.tr("Codings"), self.tr("Sources"), self.tr("Coders"))

    def show_uses(self, uses: Mapping[int, CodeUse]) -> None:
        """Show in how many sources and by how many coders each code is used."""
        before, self._uses = self._uses, uses
        for node in self.nodes():
            if before.get(node.what.id) != uses.get(node.what.id):
                self.tell_changed(node)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGNED[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = index.column()
        if column == 0:
            return super().data(index, role)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGNED[column]
        if role == Qt.ItemDataRole.ForegroundRole and column == 1:
            return self._looks.muted
        if role not in _FIGURED:
            return None
        code = self.code(index)
        figure = self._figure(code, column) if code is not None else ""
        return figure if role == Qt.ItemDataRole.DisplayRole else f"{self.heads[column]}: {figure or 0}"

    def _figure(self, code: CodeRow, column: int) -> str:
        if column == 1:
            return labels.CODE_KINDS[CodeKind(code.kind)]
        use = self._uses.get(code.id, CodeUse(0, 0))
        number = (code.codings, use.sources, use.coders)[column - 2]
        return labels.number(number) if number else ""


def _kept(codes: Sequence[CodeRow], wanted: str, retired: frozenset[int]) -> tuple[set[int], int | None]:
    """The codes that are to be shown, and the one that answers best to what is wanted."""
    parents = {code.id: code.parent for code in codes}
    kept: set[int] = set()
    best: tuple[float, int] | None = None
    for code in codes:
        if code.retired and code.id not in retired:
            continue
        score = match(wanted, code.name) if wanted.strip() else 0.0
        if score is None or score >= _CLOSE:
            continue
        if best is None or score < best[0]:
            best = score, code.id
        at: int | None = code.id
        while at is not None and at not in kept:
            kept.add(at)
            at = parents.get(at)
    return kept, best[1] if best else None
