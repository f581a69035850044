"""A table as Qt asks for it: what each cell says, in numbers or in the words of the field."""

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt

from polyvocal.domain.words import CellState, Standing
from polyvocal.gui import labels
from polyvocal.gui.views.compare_asked import COUNTINGS, UNITS, Asked, Side, Way, aspect_of, side_called
from polyvocal.gui.views.compare_order import AS_IT_IS, IN_TOTAL, By, ordered

if TYPE_CHECKING:
    from polyvocal.services.analysis.crossing import CodeLine, Crossing
    from polyvocal.services.analysis.dimensions import Axis
    from polyvocal.services.analysis.matrix import Place
    from polyvocal.services.analysis.observers import ObserverHead

Index = QModelIndex | QPersistentModelIndex

CELL = Qt.ItemDataRole.UserRole + 50
"""A Cell; None in the row of a heading."""

TOLD = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
"""What is asked for to be told in full."""

NOTHING = "·"
"""Stands in a cell without passages, where it is about no observer."""

Names = tuple[str, str]
"""A cell by the names of its row and its column, of which no two are the same."""


class Cell(NamedTuple):
    """A cell as it is drawn: its state, its words, how much there is of it beside the most in the table (0 to 1).

    The state is None where there is no passage, and no observer of whom it could be said why. `own` marks what somebody
    wrote and coded.
    """

    state: CellState | None
    words: str
    weight: float
    own: bool = False
    was: str = ""
    """What a snapshot said instead, beside which the table is shown."""
    is_total: bool = False


class CompareModel(QAbstractTableModel):
    """The rows and the columns of a table, each in the order of its dimension or by what is counted in the other."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table: Crossing | None = None
        self.asked = Asked()
        self.by_row, self.by_column = AS_IT_IS, AS_IT_IS
        self.attributes: dict[Side, str] = {}
        self.then: dict[tuple[int, int], int | float | None] = {}
        """What a snapshot said in the cells that differ, by their places as they were counted."""
        self._rows: list[Place] = []
        self._columns: list[Place] = []

    # --- what is shown ---------------------------------------------------------------------------------------------

    def show(self, table: "Crossing", asked: Asked) -> bool:
        """Show a table. True where it has the same rows and columns: then only its cells and heads changed."""
        before = self.table
        rows, columns = self._order(table)
        same = (
            before is not None
            and (before.rows.names, before.columns.names) == (table.rows.names, table.columns.names)
            and before.rows.depths == table.rows.depths
            and (rows, columns) == (self._rows, self._columns)
            and (asked.way, asked.rows, asked.columns) == (self.asked.way, self.asked.rows, self.asked.columns)
        )
        if not same:
            self.beginResetModel()
        self.table, self.asked, self._rows, self._columns = table, asked, rows, columns
        if not same:
            self.endResetModel()
        elif rows and columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(columns) - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(columns) - 1)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(rows) - 1)
        return same

    def forget(self) -> None:
        """Show no table, and keep nothing of the one that was shown."""
        self.beginResetModel()
        self.table, self._rows, self._columns = None, [], []
        self.endResetModel()

    def _order(self, table: "Crossing") -> tuple[list["Place"], list["Place"]]:
        """The places of rows and columns; the totals, where there are any, come last."""
        rows, columns, last = [*table.rows.names], [*table.columns.names], list["Place"]()
        of_rows, of_columns = [*table.numbers.T], [*table.numbers]
        if table.totals is not None:
            last.append(None)
            for names, numbers, total in (
                (columns, of_rows, table.totals.rows),
                (rows, of_columns, table.totals.columns),
            ):
                names.append(IN_TOTAL)
                numbers.append(total)
        across = ordered(table.columns.names, self.by_column, rows, of_columns)
        return (
            [*ordered(table.rows.names, self.by_row, columns, of_rows, last=table.headings), *last],
            [*(column for column in across if column not in table.headings_across), *last],
        )

    def order(self, by_row: By, by_column: By) -> None:
        """Let rows and columns stand in other orders."""
        self.by_row, self.by_column = by_row, by_column
        if self.table is not None:
            self.layoutAboutToBeChanged.emit()
            self._rows, self._columns = self._order(self.table)
            self.layoutChanged.emit()

    # --- rows and columns ------------------------------------------------------------------------------------------

    def place(self, row: int, column: int) -> tuple["Place", "Place"]:
        """The place of a cell in the table as it was counted."""
        return self._rows[row], self._columns[column]

    def place_of(self, section: int, orientation: Qt.Orientation) -> "Place":
        """The place of a column (Horizontal) or a row; None of totals."""
        return (self._columns if orientation is Qt.Orientation.Horizontal else self._rows)[section]

    def axis(self, orientation: Qt.Orientation) -> "Axis":
        """What stands along the columns (Horizontal) or the rows."""
        assert self.table is not None
        return self.table.columns if orientation is Qt.Orientation.Horizontal else self.table.rows

    def called(self, orientation: Qt.Orientation) -> str:
        """What stands along the columns or the rows, in words."""
        along = self.axis(orientation).along
        return side_called(Side(along.dimension.value, along.attribute), self.attributes)

    def name(self, section: int, orientation: Qt.Orientation) -> str:
        """The name of a column or a row, which no other has."""
        place = self.place_of(section, orientation)
        return IN_TOTAL if place is None else self.axis(orientation).names[place]

    def shown_name(self, section: int, orientation: Qt.Orientation) -> str:
        """The name as it is written: a word of a vocabulary as the window says it."""
        axis, name = self.axis(orientation), self.name(section, orientation)
        if name == IN_TOTAL:
            return self.tr("Total")
        line = self.code(section, orientation)
        if line is not None and (self.by_row if orientation is Qt.Orientation.Vertical else self.by_column) == AS_IT_IS:
            return line.code.name
        if axis.along.attribute is not None:
            return name
        if axis.dimension.value == "standing":
            return labels.STANDINGS[Standing(name)].lower()
        return labels.value_of(aspect_of(axis.dimension.value), name, name)

    def told_name(self, section: int, orientation: Qt.Orientation) -> str:
        """The name as it is told by itself: of a code with those above it."""
        line = self.code(section, orientation)
        return line.path if line is not None else self.shown_name(section, orientation)

    def code(self, section: int, orientation: Qt.Orientation = Qt.Orientation.Vertical) -> "CodeLine | None":
        """The code of a row (or a column); None where there are no codes."""
        assert self.table is not None
        lines = self.table.column_codes if orientation is Qt.Orientation.Horizontal else self.table.row_codes
        place = self.place_of(section, orientation)
        return lines[place] if lines and place is not None else None

    def head(self, section: int, orientation: Qt.Orientation = Qt.Orientation.Horizontal) -> "ObserverHead | None":
        """What there is to say of the observer, or the standing, of a column (or a row); None where there are none."""
        assert self.table is not None
        place = self.place_of(section, orientation)
        if not self.table.heads or self.axis(orientation) is not self.table.headed or place is None:
            return None
        return self.table.heads[place]

    def observer_of(self, row: int, column: int) -> tuple[int, str, str] | None:
        """Of whom a cell is: id and name of the observer, and what stands on the other side; None if of no observer."""
        for orientation, section, other in (
            (Qt.Orientation.Horizontal, column, row),
            (Qt.Orientation.Vertical, row, column),
        ):
            axis, place = self.axis(orientation), self.place_of(section, orientation)
            if axis.of_observers and place is not None:
                across = (
                    Qt.Orientation.Vertical if orientation is Qt.Orientation.Horizontal else Qt.Orientation.Horizontal
                )
                return axis.keys[place], self.name(section, orientation), self.told_name(other, across)
        return None

    def is_heading(self, row: int) -> bool:
        """Whether a row only groups those below it: a category that has no codings of its own in this table."""
        return self.table is not None and self._rows[row] in self.table.headings

    @property
    def states(self) -> frozenset[CellState]:
        """The states that are shown in cells."""
        return self.table.found if self.table is not None else frozenset()

    def index_of(self, names: Names) -> QModelIndex:
        """The cell of a row and a column, or none."""
        if self.table is None:
            return QModelIndex()
        table, (row, column) = self.table, names
        down, across = _place_in(table.rows, row), _place_in(table.columns, column)
        if down not in self._rows or across not in self._columns:
            return QModelIndex()
        return self.index(self._rows.index(down), self._columns.index(across))

    def names_at(self, index: Index) -> Names | None:
        """The names of the row and the column of a cell."""
        if not index.isValid() or self.table is None:
            return None
        return self.name(index.row(), Qt.Orientation.Vertical), self.name(index.column(), Qt.Orientation.Horizontal)

    # --- cells -----------------------------------------------------------------------------------------------------

    def cell(self, row: int, column: int) -> Cell:
        """What stands in a cell."""
        cell, (down, across) = self._cell(row, column), self.place(row, column)
        if down is None or across is None or (down, across) not in self.then:
            return cell
        number = self.then[down, across]
        return cell._replace(was=self.tr("was %s") % (self.number(number) if number else "0"))

    def _cell(self, row: int, column: int) -> Cell:
        assert self.table is not None
        place = self.place(row, column)
        state, own = self.table.state(*place), self.table.is_own(*place)
        is_total = None in place
        if state is None:
            return Cell(None, NOTHING, 0.0, own, is_total=is_total)
        if state is not CellState.CODED:
            return Cell(state, labels.CELL_STATES[state], 0.0, own, is_total=is_total)
        number = self.table.number(*place)
        if is_total:
            return Cell(state, self.number(number), 0.0, is_total=True)
        return Cell(state, self.number(number), (number or 0) / self.table.most if self.table.most else 0.0, own)

    def number(self, number: int | float | None) -> str:
        """A number of a cell, as the person's country writes it."""
        if number is None:
            return self.tr("nothing read") if self.asked.measure == "share" else self.tr("nothing coded")
        if isinstance(number, float):
            return f"{QLocale().toString(number * 100, 'f', 1)} %"
        return labels.number(number) if number else self.tr("no words left")

    def plain(self, row: int, column: int) -> str:
        """What a cell says, with its number as a spreadsheet takes it."""
        assert self.table is not None
        cell, number = self.cell(row, column), self.table.number(*self.place(row, column))
        if cell.state is None:
            return "0"
        if cell.state is not CellState.CODED or number is None:
            return cell.words
        return f"{number:.1%}" if isinstance(number, float) else str(number)

    def counted(self, cell: Cell) -> str:
        """What a cell says, with what is counted."""
        if cell.state is None:
            return self.tr("nothing")
        if cell.state is not CellState.CODED:
            return cell.words
        said = f"{cell.words} {self.unit(cell.words)}"
        if self.asked.way is Way.WHOM:
            return self.tr("%s, own notes") % said if cell.own else said
        return said if self.asked.way is Way.TOGETHER else self.tr("coded, %s") % said

    def unit(self, number: str = "") -> str:
        """What is counted, in the form that goes with a number in words; without one, of any number."""
        one = number == "1"
        if self.asked.way is Way.TOGETHER:
            return UNITS[self.asked.near][not one]
        if self.asked.way is Way.WHOM:
            return COUNTINGS[self.asked.counting]
        return {
            "passages": self.tr("passage") if one else self.tr("passages"),
            "sources": self.tr("source") if one else self.tr("sources"),
            "characters": self.tr("characters"),
            "share": self.tr("of the characters read"),
            "share-of-row": self.tr("of the passages of the row"),
            "share-of-column": self.tr("of the passages of the column"),
        }[self.asked.measure]

    # --- as Qt asks ------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if self.is_heading(row):
            return "" if role == Qt.ItemDataRole.DisplayRole else self._heading_told(row) if role in TOLD else None
        if role == CELL:
            return self.cell(row, column)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(row, column).words
        if role in TOLD:
            down, across = (
                self.told_name(row, Qt.Orientation.Vertical),
                self.told_name(column, Qt.Orientation.Horizontal),
            )
            cell = self.cell(row, column)
            was = f", {cell.was}" if cell.was else ""
            return f"{down}, {across}: {self.counted(cell)}{was}"
        return None

    def _heading_told(self, row: int) -> str:
        return self.tr("%s: a category, which groups the codes below it") % self.told_name(row, Qt.Orientation.Vertical)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        count = self.columnCount() if orientation is Qt.Orientation.Horizontal else self.rowCount()
        if self.table is None or section >= count:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.shown_name(section, orientation)
        if role not in TOLD:
            return None
        if orientation is Qt.Orientation.Vertical and self.is_heading(section):
            return self._heading_told(section)
        head, line = self.head(section, orientation), self.code(section, orientation)
        if head is not None:
            return "\n".join((self.shown_name(section, orientation), *self.told_of(head)))
        told = self.told_name(section, orientation)
        return self.tr("%s, folded: with all codes below it") % told if line is not None and line.folded else told

    def told_of(self, head: "ObserverHead") -> list[str]:
        """All that a head says of an observer, or of a standing, in words."""
        share = self.tr("nothing coded") if head.self_coded is None else percent(head.self_coded)
        headed = self.table.headed if self.table is not None else None
        standing = self.tr("Standing: %s") % (labels.standing(head.standing) or self.tr("not given"))
        return [
            *((standing,) if headed is not None and headed.of_observers else ()),
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


def _place_in(axis: "Axis", name: str) -> "Place":
    """The place of a name; none that there is, where nothing is so called."""
    if name == IN_TOTAL:
        return None
    return axis.names.index(name) if name in axis.names else -1
