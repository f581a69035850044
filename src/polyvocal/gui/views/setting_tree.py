"""The rows of a list on the screen: a table or tree, the keys that edit and remove, columns that share the room."""

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHeaderView, QTreeView, QWidget

from polyvocal.gui.views.setting_model import EntriesModel


class EntriesTree(QTreeView):
    """The list. Enter and a double click edit, Delete removes; the menu key gives all that can be done, and sorting."""

    edit_wanted = Signal()
    remove_wanted = Signal()
    menu_wanted = Signal(object)
    """Where on the screen."""

    _fitting = False
    _sized_by_hand = False

    def __init__(self, model: EntriesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = model
        self.setModel(model)
        self.setUniformRowHeights(True)
        self.setRootIsDecorated(False)
        self.setAllColumnsShowFocus(True)
        self.setAlternatingRowColors(False)
        self.setExpandsOnDoubleClick(False)
        self.setSortingEnabled(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setSelectionBehavior(QTreeView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTreeView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu_requested)
        self.doubleClicked.connect(self._on_double_clicked)
        self._prepare_head()

    def _prepare_head(self) -> None:
        head = self.header()
        head.setStretchLastSection(True)
        head.setSectionsMovable(False)
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(False)  # the head of the column bears an arrow in its words, for ears, too
        head.setSortIndicatorClearable(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.sortIndicatorChanged.connect(self._entries.sort)
        head.sectionResized.connect(self._on_column_resized)

    def _fit_columns(self) -> None:
        """Share the width among the columns, until a person gives one of them another."""
        if self._sized_by_hand:
            return
        metrics, room = self.fontMetrics(), self.viewport().width()
        letter = metrics.averageCharWidth()
        least = [
            max(metrics.horizontalAdvance(f"{column.title}  ↓") + 18, letter * (column.least or column.letters // 2))
            for column in self._entries.columns
        ]
        ideal = [max(letter * column.letters, low) for column, low in zip(self._entries.columns, least, strict=True)]
        share = max((room - sum(least)) / max(sum(ideal) - sum(least), 1), 0.0)
        self._fitting = True
        for number, (low, high) in enumerate(zip(least, ideal, strict=True)):
            self.header().resizeSection(number, int(low + (high - low) * share))
        self._fitting = False

    def _on_column_resized(self, _column: int, _before: int, _now: int) -> None:
        pressed = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        if pressed and not self._fitting and self.header().underMouse():
            self._sized_by_hand = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit_wanted.emit()
        elif plain and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_wanted.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _on_double_clicked(self, _index: QModelIndex) -> None:
        self.edit_wanted.emit()

    def _on_menu_requested(self, at: QPoint) -> None:
        self.menu_wanted.emit(self.viewport().mapToGlobal(at))
