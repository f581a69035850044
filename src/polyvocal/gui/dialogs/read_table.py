"""Tables that are read, in dialogs."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QTableWidget, QTableWidgetItem

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
"""What the marks between the columns of a file are called."""


def make_read_only(table: QTableView) -> None:
    """Let a table be read, row by row, and nothing be typed into it; Tab leaves it."""
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    head = table.horizontalHeader()
    head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    head.setHighlightSections(False)


def make_list(table: QTableView, room: int) -> None:
    """Let a table be read as a list: one row is chosen, and all are as high as a line and so many pixels."""
    make_read_only(table)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)  # else a million rows are measured
    table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + room)


class ReadTable(QTableWidget):
    """A table that is read; `letters` are the widths of its columns."""

    def __init__(self, heads: Sequence[str], letters: Sequence[int]) -> None:
        super().__init__(0, len(heads))
        self.setHorizontalHeaderLabels(list(heads))
        make_read_only(self)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 16)
        self.horizontalHeader().setStretchLastSection(True)
        for column, width in enumerate(letters):
            self.setColumnWidth(column, self.fontMetrics().averageCharWidth() * width)
        self.setMinimumHeight(self.fontMetrics().height() * 6)

    def fill(self, rows: Sequence[Sequence[str]]) -> None:
        """Show other rows; the first one is pointed to."""
        self.clearContents()
        self.setRowCount(len(rows))
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.setItem(at, column, item)
        if rows:
            self.setCurrentCell(0, 0)
