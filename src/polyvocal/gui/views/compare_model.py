"""The table of codes by observers as Qt asks for it: what each cell says, in numbers or in the words of the field."""

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt

from polyvocal.domain.ids import CodeId, PersonId
from polyvocal.domain.words import CellState, CodeKind
from polyvocal.gui import labels

if TYPE_CHECKING:
    from polyvocal.services.analysis.codes_by_observers import CodeLine, CodesByObservers
    from polyvocal.services.analysis.observers import ObserverHead

Index = QModelIndex | QPersistentModelIndex

CELL = Qt.ItemDataRole.UserRole + 50
"""A Cell; None in the row of a heading."""

TOLD = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
"""What is asked for to be told in full."""

MEASURES = ("passages", "sources", "characters", "share")
"""What a cell can count, as the analysis names it (which is not imported before a table is wanted)."""


class Cell(NamedTuple):
    """A cell as it is drawn: its state, its words, and how much there is of it beside the most in the table, 0 to 1."""

    state: CellState
    words: str
    weight: float


class CompareModel(QAbstractTableModel):
    """Rows are codes, in the order of their tree or by a column; columns are observers."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table: CodesByObservers | None = None
        self.sorted_by: PersonId | None = None
        self._order: list[int] = []
        self._headings: frozenset[int] = frozenset()
        self._most = 0.0

    # --- what is shown ---------------------------------------------------------------------------------------------

    def show(self, table: "CodesByObservers") -> bool:
        """Show a table. True where it has the same rows and columns: then only its cells and heads changed."""
        before = self.table
        order = _order(table, self.sorted_by)
        same = before is not None and (
            [one.code.id for one in before.codes] == [one.code.id for one in table.codes]
            and before.observers == table.observers
            and order == self._order
        )
        if not same:
            self.beginResetModel()
        self.table, self._order, self._headings = table, order, _headings(table)
        self._most = max((cell for cells in table.comparison.cells for cell in cells if cell), default=0.0)
        if not same:
            self.endResetModel()
        elif order and table.observers:
            self.dataChanged.emit(self.index(0, 0), self.index(len(order) - 1, len(table.observers) - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(table.observers) - 1)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(order) - 1)
        return same

    def forget(self) -> None:
        """Show no table, and keep nothing of the one that was shown."""
        self.beginResetModel()
        self.table, self._order, self._headings, self._most = None, [], frozenset(), 0.0
        self.endResetModel()

    def sort_by(self, observer: PersonId | None) -> None:
        """Let the codes with the most of an observer come first, or (None) stand in the order of their tree."""
        self.sorted_by = observer
        if self.table is not None:
            self.layoutAboutToBeChanged.emit()
            self._order = _order(self.table, observer)
            self.layoutChanged.emit()

    def code(self, row: int) -> "CodeLine":
        """The code of a row."""
        assert self.table is not None
        return self.table.codes[self._order[row]]

    def head(self, column: int) -> "ObserverHead":
        """What the head of a column says of its observer."""
        assert self.table is not None
        return self.table.comparison.heads[column]

    def line_of(self, row: int) -> int:
        """The place of a row in the comparison, which is in the order of the tree."""
        return self._order[row]

    def is_heading(self, row: int) -> bool:
        """Whether a row only groups those below it: a category that has no codings of its own in this table."""
        return self._order[row] in self._headings

    @property
    def states(self) -> frozenset[CellState]:
        """The states that are shown in cells."""
        lines = self.table.comparison.states if self.table is not None else ()
        return frozenset(
            CellState(state) for at, line in enumerate(lines) if at not in self._headings for state in line
        )

    def index_of(self, code: CodeId, observer: PersonId) -> QModelIndex:
        """The cell of a code and an observer, or none."""
        if self.table is None or observer not in self.table.observers:
            return QModelIndex()
        row = next((row for row, line in enumerate(self._order) if self.table.codes[line].code.id == code), None)
        return QModelIndex() if row is None else self.index(row, self.table.observers.index(observer))

    def ids_at(self, index: Index) -> tuple[CodeId, PersonId] | None:
        """The code and the observer of a cell."""
        if not index.isValid() or self.table is None:
            return None
        return self.code(index.row()).code.id, self.table.observers[index.column()]

    def cell(self, row: int, column: int) -> Cell:
        """What stands in a cell."""
        assert self.table is not None
        comparison, line = self.table.comparison, self._order[row]
        state, number = CellState(comparison.states[line][column]), comparison.cells[line][column]
        if state is not CellState.CODED:
            return Cell(state, labels.CELL_STATES[state], 0.0)
        return Cell(state, self._number(number), (number or 0) / self._most if self._most else 0.0)

    def _number(self, number: int | float | None) -> str:
        if number is None:
            return self.tr("nothing read")
        if isinstance(number, float):
            return f"{QLocale().toString(number * 100, 'f', 1)} %"
        return labels.number(number) if number else self.tr("no words left")

    def plain(self, row: int, column: int) -> str:
        """What a cell says, with its number as a spreadsheet takes it."""
        assert self.table is not None
        number = self.table.comparison.cells[self._order[row]][column]
        cell = self.cell(row, column)
        if cell.state is not CellState.CODED or number is None:
            return cell.words
        return f"{number:.1%}" if isinstance(number, float) else str(number)

    # --- as Qt asks ------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() or self.table is None else len(self.table.observers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if self.is_heading(index.row()):
            return self._in_heading(index, role)
        cell = self.cell(index.row(), index.column())
        if role == CELL:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.words
        if role in TOLD:
            said = self.counted(cell)
            return f"{self.code(index.row()).path}, {self.head(index.column()).observer}: {said}"
        return None

    def _in_heading(self, index: Index, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return ""
        if role in TOLD:
            return self._heading_told(index.row())
        return None

    def _heading_told(self, row: int) -> str:
        return self.tr("%s: a category, which groups the codes below it") % self.code(row).path

    def counted(self, cell: Cell) -> str:
        """What a cell says, with what is counted."""
        if cell.state is not CellState.CODED or self.table is None:
            return cell.words
        measure = str(self.table.comparison.measure)
        words = {
            "passages": self.tr("passage") if cell.words == "1" else self.tr("passages"),
            "sources": self.tr("source") if cell.words == "1" else self.tr("sources"),
            "characters": self.tr("characters"),
            "share": self.tr("of the characters read"),
        }
        return self.tr("coded, %s %s") % (cell.words, words[measure])

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.table is None:
            return None
        if orientation is Qt.Orientation.Vertical:
            return self._code_head(section, role) if section < len(self._order) else None
        return self._observer_head(section, role) if section < len(self.table.observers) else None

    def _code_head(self, row: int, role: int) -> str | None:
        line = self.code(row)
        if role in TOLD:
            return self._heading_told(row) if self.is_heading(row) else line.path
        return line.code.name if role == Qt.ItemDataRole.DisplayRole else None

    def _observer_head(self, column: int, role: int) -> str | None:
        head = self.head(column)
        if role in TOLD:
            return "\n".join((head.observer, *self.told_of(head)))
        return head.observer if role == Qt.ItemDataRole.DisplayRole else None

    def told_of(self, head: "ObserverHead") -> list[str]:
        """All that a head says of an observer, in words."""
        share = self.tr("nothing coded") if head.self_coded is None else percent(head.self_coded)
        return [
            self.tr("Standing: %s") % (labels.standing(head.standing) or self.tr("not given")),
            self.tr("Accounts: %s") % labels.number(head.accounts),
            self.tr("Words: %s") % labels.number(head.words),
            self.tr("Words read: %s") % labels.number(head.words_read),
            self.tr("Sessions attended: %s") % labels.number(head.sessions),
            self.tr("Coded by: %s") % (", ".join(head.coders) or self.tr("nobody")),
            self.tr("Self-coded: %s") % share,
        ]


def percent(share: float) -> str:
    """A share in hundredths, as the person's country writes it."""
    return f"{QLocale().toString(share * 100, 'f', 0)} %"


def _headings(table: "CodesByObservers") -> frozenset[int]:
    """The lines of categories of which nothing is coded as themselves."""
    return frozenset(
        at
        for at, (line, states) in enumerate(zip(table.codes, table.comparison.states, strict=True))
        if line.code.kind is CodeKind.CATEGORY and CellState.CODED not in states
    )


def _order(table: "CodesByObservers", observer: PersonId | None) -> list[int]:
    """The rows in the order of the tree, or those with the most of an observer first and what groups others last."""
    order = list(range(len(table.codes)))
    if observer is None or observer not in table.observers:
        return order
    column = table.observers.index(observer)

    headings = _headings(table)

    def place(line: int) -> float:
        if line in headings:
            return 2.0
        number = table.comparison.cells[line][column]
        coded = table.comparison.states[line][column] == CellState.CODED
        return -float(number or 0.0) if coded else 1.0

    return sorted(order, key=place)
