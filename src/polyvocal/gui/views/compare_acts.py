"""What can be done in a table, by keys and by the menu of its cells and heads."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHeaderView, QMenu

from polyvocal.gui.acts import (
    COPY_CELLS,
    COPY_LINES,
    COPY_PICTURE,
    COUNTER_EXAMPLE,
    FOLD_ALL,
    FOLD_CODE,
    OPEN_COLUMN,
    OPEN_ROW,
    ORDER_COLUMNS,
    ORDER_ROWS,
    SAVE_COMPARISON,
    SAVED,
    SHOW_CODE,
    SNAPSHOT,
    SWAP,
    TOTALS,
    UNFOLD_ALL,
    Act,
)

if TYPE_CHECKING:
    from polyvocal.gui.views.compare_matrix import MatrixPage

_ROWS, _COLUMNS = Qt.Orientation.Vertical, Qt.Orientation.Horizontal


class CompareActs(QObject):
    """The acts of a page; they are about the cell that is pointed to."""

    def __init__(self, page: "MatrixPage") -> None:
        super().__init__(page)
        self._page = page
        actions, table = page.sitting.actions, page.table
        acts: tuple[tuple[Act, Callable[[], object]], ...] = (
            (OPEN_ROW, partial(page.open_all_of, _ROWS)),
            (OPEN_COLUMN, partial(page.open_all_of, _COLUMNS)),
            (ORDER_ROWS, self._order_rows),
            (ORDER_COLUMNS, self._order_columns),
            (FOLD_CODE, self._fold),
            (FOLD_ALL, partial(page.fold_all, folded=True)),
            (UNFOLD_ALL, partial(page.fold_all, folded=False)),
            (TOTALS, page.show_totals),
            (SWAP, page.swap),
            (SHOW_CODE, self._show_code),
            (COPY_CELLS, table.copy),
        )
        saving: tuple[tuple[Act, Callable[[], object]], ...] = (
            (SAVED, page.filters.saved.click),
            (SAVE_COMPARISON, page.saved.ask_title),
            (SNAPSHOT, page.saved.take),
        )
        for act, do in saving:
            actions.add(act, do, owner=page, place=page)
        passages = page.passages
        self.counter_example = actions.add(COUNTER_EXAMPLE, self._mark, owner=passages, place=passages.table)
        self.counter_example.setEnabled(page.sitting.bus.may_write)
        passages.acts.more_of_place = (self.counter_example,)
        actions.explain(page.filters.saved, SAVED.name, self.tr("Comparisons that were saved, beside their snapshots"))
        self._made: dict[str, QAction] = {act.name: actions.add(act, do, owner=table, place=table) for act, do in acts}
        sheets = page.sheets  # a picture there is of the table and of the list
        self._made[COPY_PICTURE.name] = actions.add(COPY_PICTURE, self._copy_picture, owner=sheets, place=sheets)
        actions.add(COPY_LINES, page.list.copy, owner=page.list, place=page.list)
        words = self.tr("Copy the marked cells, or all, as text for a spreadsheet")
        actions.explain(page.filters.copy, COPY_CELLS.name, words)
        actions.explain(page.filters.swap, SWAP.name, self.tr("Swap rows and columns"))
        actions.explain(page.filters.totals, TOTALS.name, self.tr("What rows, columns and all come to"))
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._on_menu)
        for heads in (table.heads, table.row_heads):
            heads.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            heads.customContextMenuRequested.connect(partial(self._on_head_menu, heads))

    def _order_rows(self) -> None:
        index = self._page.table.currentIndex()
        if index.isValid():
            self._page.order_by_column(index.column())

    def _order_columns(self) -> None:
        index = self._page.table.currentIndex()
        if index.isValid():
            self._page.order_by_row(index.row())

    def _fold(self) -> None:
        """Fold or unfold the code of the row; where the rows are none, of the column."""
        page, index = self._page, self._page.table.currentIndex()
        if not index.isValid():
            return
        along_rows = page.model.code(index.row()) is not None
        page.fold_line(index.row() if along_rows else index.column(), _ROWS if along_rows else _COLUMNS)

    def _show_code(self) -> None:
        index = self._page.table.currentIndex()
        if index.isValid():
            line = self._page.model.code(index.row()) or self._page.model.code(index.column(), _COLUMNS)
            if line is not None:
                self._page.sitting.code_wanted.emit(line.code.id)

    def _copy_picture(self) -> None:
        self._page.exporting.copy_picture()

    def _mark(self) -> None:
        self._page.saved.mark_examples(list(self._page.passages.table.chosen))

    # --- the menu --------------------------------------------------------------------------------------------------

    def _on_menu(self, point: QPoint) -> None:
        table = self._page.table
        index = table.indexAt(point)
        if index.isValid() and not table.selectionModel().isSelected(index):
            table.point_to(index)
        self.show_menu(table.viewport().mapToGlobal(point))

    def _on_head_menu(self, heads: QHeaderView, point: QPoint) -> None:
        table = self._page.table
        section = heads.logicalIndexAt(point)
        if section >= 0:
            row, column = max(table.currentIndex().row(), 0), max(table.currentIndex().column(), 0)
            down = heads.orientation() is _ROWS
            table.point_to(self._page.model.index(section if down else row, column if down else section))
            self.show_menu(heads.viewport().mapToGlobal(point))

    def show_menu(self, place: QPoint) -> None:
        """Show what can be done with the cell that is pointed to, its row and its column."""
        page = self._page
        index = page.table.currentIndex()
        if not index.isValid():
            return
        menu = QMenu(page.table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        opened = menu.addAction(self.tr("Open what is behind the cell"))
        opened.triggered.connect(lambda: page.open_cell(index))
        opened.setDisabled(page.model.is_heading(index.row()))
        lines = page.model.code(index.row()), page.model.code(index.column(), _COLUMNS)
        code = next((one for one in lines if one is not None), None)
        groups: tuple[tuple[Act, ...], ...] = ((OPEN_ROW, OPEN_COLUMN), (ORDER_ROWS, ORDER_COLUMNS))
        if code is not None:
            groups += ((*((FOLD_CODE,) if code.has_below else ()), FOLD_ALL, UNFOLD_ALL), (SHOW_CODE,))
        for group in (*groups, (COPY_CELLS, COPY_PICTURE)):
            for act in group:
                menu.addAction(self._made[act.name])
            menu.addSeparator()
        menu.popup(place)
