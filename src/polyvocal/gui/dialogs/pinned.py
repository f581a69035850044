"""The first column of a table, kept in sight while the others are scrolled."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView


class PinnedColumn(QTableView):
    """Lies over the first column of a table and shows the same of the same model; the keys go to the table itself.

    Make it after the table has its model and widths. Of rows that are hidden there, `follow_hidden` tells it.
    """

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self.setProperty("pinned", True)
        self.setModel(table.model())
        self.setSelectionModel(table.selectionModel())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(table.showGrid())
        self.setWordWrap(table.wordWrap())
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(table.verticalScrollMode())
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(table.verticalHeader().sectionResizeMode(0))
        self.verticalHeader().setDefaultSectionSize(table.verticalHeader().defaultSectionSize())
        head = self.horizontalHeader()
        head.setDefaultAlignment(table.horizontalHeader().defaultAlignment())
        head.setHighlightSections(False)
        for column in range(1, table.model().columnCount()):
            self.setColumnHidden(column, True)
        head.sectionResized.connect(self._on_resized)
        table.horizontalHeader().sectionResized.connect(self._on_table_resized)
        table.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(table.verticalScrollBar().setValue)
        self.setColumnWidth(0, table.columnWidth(0))
        table.viewport().installEventFilter(self)
        self.show()
        self._fit()

    def follow_hidden(self) -> None:
        """Hide the rows that are hidden in the table, and no others."""
        for row in range(self._table.model().rowCount()):
            hidden = self._table.isRowHidden(row)
            if self.isRowHidden(row) is not hidden:
                self.setRowHidden(row, hidden)

    def _on_resized(self, column: int, _before: int, width: int) -> None:
        if column == 0:
            self._table.setColumnWidth(0, width)

    def _on_table_resized(self, column: int, _before: int, width: int) -> None:
        if column == 0:
            self.setColumnWidth(0, width)
            self._fit()

    def _fit(self) -> None:
        inner = self._table.viewport().geometry()
        head = self._table.horizontalHeader().height()
        self.setGeometry(inner.x(), inner.y() - head, self._table.columnWidth(0), inner.height() + head)
        self.horizontalHeader().setFixedHeight(head)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be as high as the table is."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._fit()
        return super().eventFilter(watched, event)
