"""The table itself: heads that stay, cells with numbers or states, and the keys that move in it, open and copy."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from polyvocal.gui import labels
from polyvocal.gui.theme import Theme
from polyvocal.gui.views.compare_asked import Look
from polyvocal.gui.views.compare_cells import CellDelegate, mark_size
from polyvocal.gui.views.compare_heads import EDGE, SORT_MARK, ColumnHeads, Corner
from polyvocal.gui.views.compare_marks import STATES
from polyvocal.gui.views.compare_model import CompareModel, Names
from polyvocal.gui.views.compare_row_heads import RowHeads
from polyvocal.gui.views.passages_delegate import small_font

Index = QModelIndex | QPersistentModelIndex
_ROWS, _COLUMNS = Qt.Orientation.Vertical, Qt.Orientation.Horizontal


class CompareTable(QTableView):
    """Rows by columns. Arrows move, Enter opens what is behind a cell."""

    opened = Signal(QModelIndex)
    """The index of a cell."""
    code_wanted = Signal(object)
    """The id of a code whose head was double-clicked."""
    order_wanted = Signal(int)
    """The column by which the rows are to be ordered; as they are, where they are so ordered."""
    fold_wanted = Signal(int)
    """The row of a code that is to be folded, or unfolded."""

    def __init__(self, theme: Theme, model: CompareModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._model = theme, model
        self._corner: Corner | None = None
        self.heads, self.row_heads = ColumnHeads(theme, model, self), RowHeads(theme, model, self)
        self.cells = CellDelegate(theme, self)
        self.setHorizontalHeader(self.heads)
        self.setVerticalHeader(self.row_heads)
        self.setModel(model)
        self.setItemDelegate(self.cells)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(self.tr("Table"))
        self._corner = Corner(theme, self.heads, self)
        self._corner.clicked.connect(self.selectAll)
        self.activated.connect(self.opened)
        self.heads.order_wanted.connect(self.order_wanted)
        self.row_heads.sectionDoubleClicked.connect(self._on_row_clicked)
        self.row_heads.fold_wanted.connect(self.fold_wanted)
        model.modelReset.connect(self.lay_out)
        model.headerDataChanged.connect(self._on_heads_changed)
        model.layoutChanged.connect(self.lay_out)
        theme.changed.connect(self.lay_out)

    # --- measures --------------------------------------------------------------------------------------------------

    def lay_out(self) -> None:
        """Give columns and heads the room that their words need."""
        metrics, small = self.fontMetrics(), QFontMetrics(small_font(self.font()))
        found = self._model.states
        states = [small.horizontalAdvance(labels.CELL_STATES[state]) for state in STATES if state in found]
        cells = max((round(mark_size(metrics)) + 10 + one for one in states), default=0)
        self.row_heads.lay_out()
        disc = self.row_heads.defaultSectionSize() if self.cells.look is Look.SYMBOLS else 0
        if self.heads.about_observers:
            for column in range(self._model.columnCount()):
                self.setColumnWidth(column, self.heads.width_for(column, cells))
        else:
            letter = metrics.averageCharWidth()
            words = max(letter * 13, min(self.heads.longest_word(), letter * 22) + SORT_MARK) + 2 * EDGE
            size = max(cells + 2 * EDGE, words, disc + letter * 8)
            self.heads.setDefaultSectionSize(size)
            for column in range(self._model.columnCount()):  # one that had a width of its own keeps it otherwise
                if self.heads.sectionSize(column) != size:
                    self.setColumnWidth(column, size)
        self.heads.lay_out()
        self.updateGeometries()
        self.viewport().update()

    def show_look(self, look: Look) -> None:
        """Draw the numbers otherwise."""
        if look is not self.cells.look:
            self.cells.look = look
            self.lay_out()

    def _on_heads_changed(self, which: Qt.Orientation) -> None:
        if which is _COLUMNS:
            self.lay_out()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if self._corner is not None:
            frame = self.frameWidth()
            self._corner.setGeometry(frame, frame, self.row_heads.width(), self.heads.height())
            self._corner.raise_()
            self._corner.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometries()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.heads.viewport().update()
        self.row_heads.viewport().update()

    # --- acts ------------------------------------------------------------------------------------------------------

    def _on_row_clicked(self, row: int) -> None:
        line = self._model.code(row)
        if line is not None:
            self.code_wanted.emit(line.code.id)

    def point_to(self, index: QModelIndex) -> None:
        """Make a cell the current one, and the only one that is marked."""
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def pointed(self) -> tuple[Names | None, list[Names | None]]:
        """The cell that is pointed to, and those that are marked, by the names of their rows and columns."""
        marked = [self._model.names_at(index) for index in self.selectionModel().selectedIndexes()]
        return self._model.names_at(self.currentIndex()), marked

    def mark_again(self, current: Names | None, marked: list[Names | None]) -> None:
        """Point to the cell that was pointed to, and mark those that were marked, as far as they are there.

        Where nothing was pointed to: to the first cell that is not in the row of a heading.
        """
        selection, flag = self.selectionModel(), QItemSelectionModel.SelectionFlag
        first = self._model.index_of(current) if current is not None else QModelIndex()
        if current is not None and not first.isValid():  # rows and columns may have changed places
            first = self._model.index_of((current[1], current[0]))
        if not first.isValid():
            rows = range(self._model.rowCount())
            first = self._model.index(next((row for row in rows if not self._model.is_heading(row)), 0), 0)
        selection.setCurrentIndex(first, flag.NoUpdate)
        for names in marked:
            if names is not None:
                selection.select(self._model.index_of(names), flag.Select)

    def copy(self) -> None:
        """Put the marked cells (all where none is) on the clipboard, as text with tabs between and with their heads."""
        QGuiApplication.clipboard().setText(self.as_text())

    def as_text(self) -> str:
        """The marked cells, or all, as lines with tabs between, under the columns and behind the rows."""
        from polyvocal.exchange.writers.formats.csv_text import harmless

        marked = {(index.row(), index.column()) for index in self.selectionModel().selectedIndexes()}
        model = self._model
        if not marked:
            marked = {(row, column) for row in range(model.rowCount()) for column in range(model.columnCount())}
        rows, columns = sorted({row for row, _ in marked}), sorted({column for _, column in marked})
        lines = [[model.called(_ROWS), *(model.told_name(column, _COLUMNS) for column in columns)]]
        lines += (
            [
                model.told_name(row, _ROWS),
                *(model.plain(row, column) if (row, column) in marked else "" for column in columns),
            ]
            for row in rows
        )
        return "".join("\t".join(harmless(words) for words in line) + "\n" for line in lines)
