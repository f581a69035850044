"""The codes that were read in the accounts of one alone, as a list with the columns of the file that is exported."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from polyvocal.gui import labels
from polyvocal.gui.views.compare_model import TOLD

if TYPE_CHECKING:
    from polyvocal.exchange.writers.comparison_table import Layout
    from polyvocal.services.analysis.only_here import OnlyHere, OnlyHereList

Index = QModelIndex | QPersistentModelIndex


class OnlyModel(QAbstractTableModel):
    """A row for each code; what is said of the others is there in full, since that they were not read is the point."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.found: OnlyHereList | None = None
        self._layout: Layout | None = None

    def show(self, found: "OnlyHereList | None") -> None:
        """Show a list; none where nothing is to be seen."""
        from polyvocal.exchange.writers.analyses import only_here_laid_out

        self.beginResetModel()
        self.found = found
        self._layout = only_here_laid_out(found) if found is not None else None
        self.endResetModel()

    def line(self, row: int) -> "OnlyHere":
        """The code of a row, with what is said of it."""
        assert self.found is not None
        return self.found.found[row]

    def row_of(self, code: str, where: str) -> int:
        """The row of a code that was read somewhere, -1 where there is none."""
        lines = self.found.found if self.found is not None else ()
        return next((at for at, one in enumerate(lines) if (one.code, one.where) == (code, where)), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() or self._layout is None else len(self._layout.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() or self._layout is None else 1 + len(self._layout.header)

    def _value(self, row: int, column: int) -> object:
        assert self._layout is not None
        line = self._layout.lines[row]
        return line.values[column - 1] if column else line.label

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        value = self._value(index.row(), index.column())
        words = labels.number(value) if isinstance(value, int) else str(value)
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.TextAlignmentRole:
            across = Qt.AlignmentFlag.AlignRight if isinstance(value, int) else Qt.AlignmentFlag.AlignLeft
            return int(across | Qt.AlignmentFlag.AlignTop)
        if role in TOLD:
            return f"{self.headerData(index.column(), Qt.Orientation.Horizontal)}: {words or self.tr('nobody')}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._layout is None or orientation is Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._layout.header[section - 1] if section else self._layout.corner


class OnlyTable(QTableView):
    """The list. Enter opens the passages of a row."""

    opened = Signal(QModelIndex)
    """The index of a row."""

    def __init__(self, model: OnlyModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setAccessibleName(self.tr("Codes read in the accounts of one alone"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.horizontalHeader().setHighlightSections(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.activated.connect(self.opened)
        model.modelReset.connect(self._lay_out)

    def _lay_out(self) -> None:
        """Names as wide as they are, up to a limit; the rest wraps."""
        letter = self.fontMetrics().averageCharWidth()
        self.resizeColumnsToContents()
        for column in range(self._model.columnCount()):
            self.setColumnWidth(column, min(self.columnWidth(column) + letter, letter * 30))

    def copy(self) -> None:
        """Put the marked rows (all where none is) on the clipboard, as text with tabs between."""
        from polyvocal.exchange.writers.formats.csv_text import harmless

        model = self._model
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()}) or range(model.rowCount())
        columns = range(model.columnCount())
        lines = [[str(model.headerData(column, Qt.Orientation.Horizontal)) for column in columns]]
        lines += [[str(model.index(row, column).data()) for column in columns] for row in rows]
        QGuiApplication.clipboard().setText("".join("\t".join(map(harmless, line)) + "\n" for line in lines))
