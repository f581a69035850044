"""The sheet of cases by attributes as Qt asks for it: narrowed, sorted, and with values that are edited in place."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from polyvocal.domain.attributes import sort_key, title_of
from polyvocal.domain.records import Attribute
from polyvocal.domain.words import AttributeType
from polyvocal.gui import labels
from polyvocal.services.queries.attributes import Case, Sheet
from polyvocal.services.references import folded

Index = QModelIndex | QPersistentModelIndex

_NOWHERE = QModelIndex()
_SHOWN = 400
_ROLES = frozenset(
    {
        Qt.ItemDataRole.EditRole,
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.TextAlignmentRole,
    }
)
"""What is asked of a cell; of the other roles, which are asked as often, nothing is said."""


class Cell(NamedTuple):
    """A case and an attribute, by their ids."""

    case: int
    attribute: int


class CasesModel(QAbstractTableModel):
    """Cases down, attributes across. What is edited is not kept here: `value_given` asks for it to be written."""

    value_given = Signal(object, str)
    """A Cell, and what it is to hold."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sheet = Sheet("people", (), (), {}, frozenset(), frozenset())
        self.may_write = True
        self.cases: list[Case] = []
        self.attributes: list[Attribute] = []
        self._wanted, self._all = "", False
        self._by: int | None = None
        self._order = Qt.SortOrder.AscendingOrder

    # --- what is shown -------------------------------------------------------------------------------------------

    def show(self, sheet: Sheet) -> None:
        """Show another sheet, narrowed and sorted as this one."""
        self.sheet = sheet
        self._build()

    def narrow(self, wanted: str) -> None:
        """Show only cases that bear all the wanted words in their name or a value."""
        self._wanted = folded(wanted)
        self._build()

    def show_all_attributes(self, shown: bool) -> None:  # noqa: FBT001 - the state of a box
        """Show those too that only cases of other kinds have, or not."""
        self._all = shown
        self._build()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by an attribute; by none (-1): by the names of the cases. What is not known comes last."""
        self._by = int(self.attributes[column].id) if 0 <= column < len(self.attributes) else None
        self._order = order
        self._build()

    @property
    def sorted_by(self) -> tuple[int, Qt.SortOrder]:
        """The column by which it is sorted (-1: by names), and in which order."""
        column = next((at for at, one in enumerate(self.attributes) if one.id == self._by), -1)
        return column, self._order

    def _build(self) -> None:
        attributes = [one for one in self.sheet.attributes if self._all or one.id not in self.sheet.elsewhere]
        cases = [case for case in self.sheet.cases if self._bears(case, attributes)]
        by = next((one for one in attributes if one.id == self._by), None)
        if by is not None:
            cases = self._sorted(cases, by)
        elif self._order is Qt.SortOrder.DescendingOrder:
            cases.reverse()
        if (cases, attributes) == (self.cases, self.attributes):
            if cases and attributes:
                self.dataChanged.emit(self.index(0, 0), self.index(len(cases) - 1, len(attributes) - 1))
                self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(attributes) - 1)
            return
        self.beginResetModel()
        self.cases, self.attributes = cases, attributes
        self.endResetModel()

    def _bears(self, case: Case, attributes: Sequence[Attribute]) -> bool:
        if not self._wanted:
            return True
        values = (self.sheet.values.get((case.id, one.id), "") for one in attributes)
        haystack = folded("\n".join((case.name, *values)))
        return all(word in haystack for word in self._wanted.split())

    def _sorted(self, cases: list[Case], by: Attribute) -> list[Case]:
        values = self.sheet.values
        known = [case for case in cases if (case.id, by.id) in values]
        unknown = [case for case in cases if (case.id, by.id) not in values]
        descending = self._order is Qt.SortOrder.DescendingOrder
        known.sort(key=lambda case: sort_key(by.type, values[case.id, by.id]), reverse=descending)
        return known + unknown

    # --- finding one's way ---------------------------------------------------------------------------------------

    def cell(self, index: Index) -> Cell | None:
        """The case and the attribute of an index."""
        if not index.isValid():
            return None
        return Cell(self.cases[index.row()].id, self.attributes[index.column()].id)

    def index_of(self, cell: Cell) -> QModelIndex:
        """Where a cell is; an invalid index where it is not shown."""
        row = next((at for at, one in enumerate(self.cases) if one.id == cell.case), -1)
        column = self.column_of(cell.attribute)
        return self.index(row, column) if row >= 0 and column >= 0 else QModelIndex()

    def column_of(self, attribute: int) -> int:
        """The column of an attribute, or -1."""
        return next((at for at, one in enumerate(self.attributes) if one.id == attribute), -1)

    def offered(self, attribute: Attribute) -> list[str]:
        """The values of an attribute that cases of this kind have, in their order."""
        found = {value for (_, of), value in self.sheet.values.items() if of == attribute.id}
        return sorted(found, key=lambda value: sort_key(attribute.type, value))

    # --- as Qt asks ----------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.cases)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.attributes)

    def flags(self, _index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsEditable if self.may_write else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in _ROLES:
            return None
        case, attribute = self.cases[index.row()], self.attributes[index.column()]
        value = self.sheet.values.get((case.id, attribute.id), "")
        shown = shown_value(attribute, value)
        return {
            Qt.ItemDataRole.EditRole: value,
            Qt.ItemDataRole.DisplayRole: " ".join(shown[:_SHOWN].split()),
            Qt.ItemDataRole.ToolTipRole: value or None,
            Qt.ItemDataRole.AccessibleTextRole: f"{case.name}, {title_of(attribute)}: {shown or self.tr('not known')}",
            Qt.ItemDataRole.TextAlignmentRole: _side(attribute),
        }[Qt.ItemDataRole(role)]

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        cell = self.cell(index)
        if cell is None or role != Qt.ItemDataRole.EditRole:
            return False
        if str(value).strip() != self.sheet.values.get(cell, ""):
            self.value_given.emit(cell, str(value))
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Vertical:
            shown = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
            return self.cases[section].name if shown and 0 <= section < len(self.cases) else None
        if not 0 <= section < len(self.attributes):
            return None
        attribute = self.attributes[section]
        if role == Qt.ItemDataRole.DisplayRole:
            arrow = "  ↑" if self._order is Qt.SortOrder.AscendingOrder else "  ↓"
            return title_of(attribute) + (arrow if attribute.id == self._by else "")
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{title_of(attribute)}: {labels.ATTRIBUTE_TYPES[attribute.type]}"
        return _side(attribute) if role == Qt.ItemDataRole.TextAlignmentRole else None


def _side(attribute: Attribute) -> Qt.AlignmentFlag:
    numeric = attribute.type is AttributeType.NUMBER
    return (Qt.AlignmentFlag.AlignRight if numeric else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter


def shown_value(attribute: Attribute, value: str) -> str:
    """A value as it is read: a day as the person's country writes it, anything else as it is kept."""
    return labels.moment(value) if attribute.type is AttributeType.DATE and value else value
