"""A field of a form for several things of a few parts each: observers with their positions, occasions."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QCompleter,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

Index = QModelIndex | QPersistentModelIndex
Words = tuple[str, ...]

_NOWHERE = QModelIndex()


class Part(NamedTuple):
    """A column: its head, what stands in it where it is empty, and what can be chosen.

    `offers` gives words, of the row as it is filled in, to be completed; `fixed` are (value, how it is shown), of which
    one is chosen.
    """

    head: str
    hint: str = ""
    offers: Callable[[Words], Iterable[str]] = lambda _row: ()
    fixed: Sequence[tuple[str, str]] = ()


class _Rows(QAbstractTableModel):
    """The rows, and below them an empty one, which becomes another as soon as something is typed into it."""

    edited = Signal()

    def __init__(self, parts: Sequence[Part], parent: QObject) -> None:
        super().__init__(parent)
        self.parts = tuple(parts)
        self.rows: list[list[str]] = []
        self.may_write = True

    def show(self, rows: Iterable[Sequence[str]]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = [list(row) for row in rows]
        self.endResetModel()

    def row(self, at: int) -> Words:
        """A row as it is filled in."""
        return tuple(self.rows[at]) if at < len(self.rows) else ("",) * len(self.parts)

    def drop(self, at: int) -> None:
        """Take a row away."""
        if 0 <= at < len(self.rows):
            self.beginRemoveRows(_NOWHERE, at, at)
            del self.rows[at]
            self.endRemoveRows()
            self.edited.emit()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows) + self.may_write

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.parts)

    def flags(self, _index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsEditable if self.may_write else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        across = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self.parts[section].head if across else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        part, value = self.parts[index.column()], self.row(index.row())[index.column()]
        if role == Qt.ItemDataRole.EditRole:
            return value
        shown = dict(part.fixed).get(value, value)
        if role == Qt.ItemDataRole.DisplayRole:
            return shown or (part.hint if index.row() == len(self.rows) else "")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{part.head}: {shown or self.tr('not said')}"
        if role == Qt.ItemDataRole.ForegroundRole and not value:
            return _parent_of(self).palette().placeholderText()
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        text = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or text == self.row(index.row())[index.column()]:
            return False
        if index.row() == len(self.rows):
            self.beginInsertRows(_NOWHERE, len(self.rows) + 1, len(self.rows) + 1)
            self.rows.append([""] * len(self.parts))
            self.endInsertRows()
        self.rows[index.row()][index.column()] = text
        self.dataChanged.emit(self.index(index.row(), 0), self.index(index.row(), len(self.parts) - 1))
        self.edited.emit()
        return True


def _parent_of(model: QObject) -> QWidget:
    parent = model.parent()
    assert isinstance(parent, QWidget)
    return parent


class _PartDelegate(QStyledItemDelegate):
    """A choice where the words are fixed, else a line that completes."""

    def __init__(self, rows: _Rows, parent: QObject) -> None:
        super().__init__(parent)
        self._rows = rows

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        part = self._rows.parts[index.column()]
        if part.fixed:
            box = QComboBox(parent)
            for value, shown in part.fixed:
                box.addItem(shown, value)
            box.activated.connect(lambda _at: self._take(box))
            box.setAccessibleName(part.head)
            return box
        line = QLineEdit(parent)
        line.setAccessibleName(part.head)
        completer = QCompleter(list(part.offers(self._rows.row(index.row()))), line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        line.setCompleter(completer)
        return line

    def _take(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        value = str(index.data(Qt.ItemDataRole.EditRole))
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(editor.findData(value), 0))
        elif isinstance(editor, QLineEdit):
            editor.setText(value)

    def setModelData(self, editor: QWidget, _model: object, index: Index) -> None:
        if isinstance(editor, QComboBox):
            self._rows.setData(index, editor.currentData())
        elif isinstance(editor, QLineEdit):
            self._rows.setData(index, editor.text())


class RowsField(QTableView):
    """The field. Typing or F2 edits a part, Delete takes a row away; the last row is for another one."""

    edited = Signal()

    def __init__(self, parts: Sequence[Part], *, may_write: bool = True) -> None:
        super().__init__()
        self._rows = _Rows(parts, self)
        self._rows.may_write = may_write
        self._rows.edited.connect(self.edited)
        self.setModel(self._rows)
        self.setItemDelegate(_PartDelegate(self._rows, self))
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        names, heads = self.verticalHeader(), self.horizontalHeader()
        names.hide()
        names.setDefaultSectionSize(self.fontMetrics().height() + 14)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        heads.setHighlightSections(False)
        self._rows.modelReset.connect(self._fit)
        self._rows.rowsInserted.connect(self._fit)
        self._rows.rowsRemoved.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        """Be as high as the rows are, from two to five of them."""
        height = self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(height * (min(max(self._rows.rowCount(), 2), 5) + 1) + 8)

    @property
    def rows(self) -> list[Words]:
        """The rows in which something is filled in."""
        return [tuple(row) for row in self._rows.rows if any(row)]

    def show_rows(self, rows: Iterable[Sequence[str]]) -> None:
        """Show other rows; the first one is pointed to."""
        self._rows.show(rows)
        self.setCurrentIndex(self._rows.index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() is not QAbstractItemView.State.EditingState:
            if event.key() == Qt.Key.Key_Delete and self._rows.may_write:
                self._rows.drop(self.currentIndex().row())
                return
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                event.ignore()  # it is the dialog's
                return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme: hints take their colour from the palette."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.viewport().update()
