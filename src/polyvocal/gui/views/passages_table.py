"""The list of passages under the hand: folding, unfolding, going through it."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QStyleOptionViewItem, QTableView, QWidget

from polyvocal.domain.ids import CodingId
from polyvocal.gui.views.passages_delegate import FOLD_MARK, PassageDelegate
from polyvocal.gui.views.passages_model import PassagesModel


class PassagesTable(QTableView):
    """One column. A table, since only a table asks of a row that is not seen neither its words nor its height."""

    opened = Signal(int)
    """The row of a passage, or of a head, that is to be opened."""
    unfolding = Signal(int)
    """The row of a passage around which the paragraph is to be shown, or hidden."""

    def __init__(self, model: PassagesModel, delegate: PassageDelegate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._delegate = model, delegate
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(8)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._measuring = QTimer(self)
        self._measuring.setSingleShot(True)
        self._measuring.timeout.connect(self.measure)
        self._own: set[CodingId] = set()
        """The passages whose rows were ever given another height than all have: they do not follow it any more."""
        model.modelReset.connect(self._on_reset)
        model.rowsInserted.connect(lambda _parent, _first, _last: self.measure())
        model.dataChanged.connect(self._on_data_changed)

    # --- heights -----------------------------------------------------------------------------------------------------

    def measure(self) -> None:
        """Give every row its height: passages all the same one, heads theirs, unfolded ones what they need."""
        header, option = self.verticalHeader(), self._option()
        header.setDefaultSectionSize(self._delegate.height(option))
        for row in self._model.heads():
            header.resizeSection(row, self._delegate.head_height(option))
        for row in self._model.rows_of(self._own) if self._own else ():
            header.resizeSection(row, self._delegate.sizeHint(option, self._model.index(row)).height())

    def _on_reset(self) -> None:
        self._own.clear()
        self.measure()

    def _option(self) -> QStyleOptionViewItem:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect.setWidth(self.viewport().width())
        return option

    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        row = first.row()
        if row == last.row() and (coding := self._model.coding_at(row)) is not None:
            needed = self._delegate.sizeHint(self._option(), first).height()
            if needed != self.rowHeight(row):
                self._own.add(coding)
                self.verticalHeader().resizeSection(row, needed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._measuring.start(0)

    # --- what is pointed to ------------------------------------------------------------------------------------------

    @property
    def pointed(self) -> CodingId | None:
        """The coding of the row that is pointed to."""
        return self._model.coding_at(self.currentIndex().row())

    @property
    def chosen(self) -> list[CodingId]:
        """The codings of the marked rows, in their order, each once; of a marked head alone, those of its group."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        found = [one for row in rows if (one := self._model.coding_at(row)) is not None]
        if not found and len(rows) == 1:
            found = list(self._model.group_of(rows[0]).codings)
        return list(dict.fromkeys(found))

    def point_to(self, row: int) -> None:
        """Point to a row, and mark it alone."""
        if 0 <= row < self._model.rowCount():
            self.setCurrentIndex(self._model.index(row))

    def mark(self, rows: list[int], current: int) -> None:
        """Mark rows again, and point to one of them, without scrolling."""
        flag, selection = QItemSelectionModel.SelectionFlag, self.selectionModel()
        selection.setCurrentIndex(self._model.index(current), flag.ClearAndSelect | flag.Rows)
        for row in rows:
            selection.select(self._model.index(row), flag.Select | flag.Rows)

    # --- keys and mouse ----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key = self.currentIndex().row(), event.key()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if row < 0 or not plain:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(row)
        elif key == Qt.Key.Key_Space:
            self._unfold(row)
        elif key == Qt.Key.Key_Left:
            if self._model.is_head(row):
                self._model.fold(row, folded=True)
            elif self._model.group_by is not None:
                self.point_to(self._model.head_of(row))
        elif key == Qt.Key.Key_Right:
            if self._model.is_head(row):
                self._model.fold(row, folded=False)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.point_to(0 if key == Qt.Key.Key_Home else self._model.rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def _unfold(self, row: int) -> None:
        if self._model.is_head(row):
            self._model.fold(row, folded=self._model.group_of(row).key not in self._model.folded)
        else:
            self.unfolding.emit(row)

    def keyboardSearch(self, _search: str) -> None:
        """Letters are keys here."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        left = event.button() is Qt.MouseButton.LeftButton and event.position().x() < FOLD_MARK
        if index.isValid() and left and self._model.is_head(index.row()):
            self._unfold(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() is Qt.MouseButton.LeftButton:
            self.opened.emit(index.row())
