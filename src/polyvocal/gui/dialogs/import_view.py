"""The import table as it is seen and worked in: editors that complete names, filling down, choosing what was asked."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QCompleter,
    QHeaderView,
    QLineEdit,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from polyvocal.exchange.about.found import Field
from polyvocal.exchange.about.rows import Manner, is_in_an_encoding
from polyvocal.gui import labels
from polyvocal.gui.actions import Actions
from polyvocal.gui.acts import FILL_DOWN, HOW_READ, UNDO_CELL
from polyvocal.gui.dialogs.form import NamesField, choice, line, value_of
from polyvocal.gui.dialogs.import_columns import FIELDS, LISTS, VOCABULARIES, WIDTHS, Column, column_of
from polyvocal.gui.dialogs.import_how import can_look
from polyvocal.gui.dialogs.import_rows import TIMES, Becomes, Row
from polyvocal.gui.dialogs.import_table import ImportModel
from polyvocal.gui.dialogs.pinned import PinnedColumn

Index = QModelIndex | QPersistentModelIndex
_ENSURE_VISIBLE = QAbstractItemView.ScrollHint.EnsureVisible


class CellDelegate(QStyledItemDelegate):
    """Gives each cell the editor that its column asks for."""

    def __init__(self, model: ImportModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002 - Qt's
        row, column = self._model.rows[index.row()], Column(index.column())
        editor: QWidget
        if column is Column.TELLS:
            editor = choice(_decisions())
        elif FIELDS[column] in VOCABULARIES:
            editor = choice([("", self.tr("as below")), *VOCABULARIES[FIELDS[column]].items()])
        elif FIELDS[column] in LISTS:
            editor = NamesField(self._model.names_for(row, FIELDS[column]))
        else:
            editor = line()
            if column in (Column.EVENT, Column.SESSION, Column.NOTE):
                completer = QCompleter(list(self._model.names_for(row, FIELDS[column])), editor)
                completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
                completer.setFilterMode(Qt.MatchFlag.MatchContains)
                editor.setCompleter(completer)
        editor.setParent(parent)
        editor.setAutoFillBackground(True)
        editor.setAccessibleName(str(self._model.headerData(column, Qt.Orientation.Horizontal)))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        held = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(editor.findData(held), 0))
        elif isinstance(editor, QLineEdit):
            editor.setText(held.replace("T", " ", 1) if _is_time(index) else held)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        model.setData(index, value_of(editor))


def _is_time(index: Index) -> bool:
    return FIELDS.get(Column(index.column())) in TIMES


def _decisions() -> list[tuple[str, str]]:
    return [(Becomes.VERSION.name, "a new version of it"), (Becomes.SEPARATE.name, "a source of its own")]


class ImportTable(QTableView):
    """The table. Space ticks and clears the boxes of the selected rows.

    F2 or a double click on what a file is read as asks how it is read, as its action does.
    """

    how_wanted = Signal(object)
    """A Row: somebody wants to see how its file is read, and to choose."""

    def __init__(self, model: ImportModel, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self.setModel(model)
        self.setAccessibleName(self.tr("Files"))
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 12)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        wide = self.fontMetrics().averageCharWidth()
        for column, characters in WIDTHS.items():
            self.setColumnWidth(column, wide * characters)
        self.setItemDelegate(CellDelegate(model, self))
        self.setMinimumHeight(self.fontMetrics().height() * 9)
        self._pinned = PinnedColumn(self)
        self._only_problems = False
        model.layoutChanged.connect(self._hide_rows)
        model.layoutChanged.connect(lambda: self.scrollTo(self.currentIndex()))
        model.modelReset.connect(self._hide_rows)
        model.rowsInserted.connect(self._hide_rows)
        self.fill = actions.add(FILL_DOWN, self.fill_down, owner=self, place=self)
        self.how = actions.add(HOW_READ, self._on_how, owner=self, place=self)
        self.undo = actions.add(UNDO_CELL, model.undo, owner=self, place=self)
        self.doubleClicked.connect(self._on_double_clicked)
        for view in (self, self._pinned):
            view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            view.customContextMenuRequested.connect(self._on_menu_wanted)

    def selected(self) -> Iterator[Row]:
        """The rows in which something is selected."""
        for number in sorted({index.row() for index in self.selectedIndexes()}):
            if not self.isRowHidden(number):
                yield self._rows.rows[number]

    # --- what is shown -------------------------------------------------------------------------------------------

    def show_only_problems(self, only: bool) -> None:  # noqa: FBT001 - the state of a box
        """Show only the rows that need somebody, or all."""
        self._only_problems = only
        self._hide_rows()

    def _hide_rows(self) -> None:
        for number, row in enumerate(self._rows.rows):
            hidden = self._only_problems and not row.needs_somebody
            if self.isRowHidden(number) is not hidden:
                self.setRowHidden(number, hidden)
        self._pinned.follow_hidden()

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = _ENSURE_VISIBLE) -> None:
        """Bring a cell into sight, and from under the column that stays in sight."""
        super().scrollTo(index, hint)
        hidden = self.columnWidth(0) - self.visualRect(index).left()
        if index.column() > 0 and hidden > 0:
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - hidden)

    # --- how files are read --------------------------------------------------------------------------------------

    @property
    def current(self) -> Row | None:
        """The row in which the person is."""
        at = self.currentIndex().row()
        return self._rows.rows[at] if 0 <= at < len(self._rows.rows) else None

    def _on_how(self) -> None:
        row = self.current
        if row is not None and can_look(row):
            self.how_wanted.emit(row)

    def _on_double_clicked(self, index: Index) -> None:
        if Column(index.column()) is Column.READ_AS:
            self._on_how()

    def take_for_right(self, rows: Iterable[Row]) -> None:
        """Say of encodings that were guessed that they are right."""
        self._rows.read_anew((row for row in rows if row.is_guessed), _as_guessed)

    def _read_as_first(self, rows: Sequence[Row]) -> None:
        """Read the files of all rows in the encoding of the first."""
        encoding = rows[0].incoming.encoding if rows[0].incoming is not None else None
        if encoding is not None:
            others = (row for row in rows[1:] if is_in_an_encoding(row.given) and row.given != rows[0].given)
            self._rows.read_anew(others, lambda row: replace(row.manner, encoding=encoding))

    # --- saying it of several rows -------------------------------------------------------------------------------

    def fill_down(self) -> None:
        """Say of all selected rows what the first of them says in the current column."""
        rows, column = list(self.selected()), Column(max(self.currentIndex().column(), 0))
        if column is Column.READ_AS and len(rows) > 1:
            self._read_as_first(rows)
        if len(rows) < 2 or column not in FIELDS or column is Column.TITLE:
            return
        self._rows.put(rows[1:], FIELDS[column], rows[0].values(FIELDS[column]))

    def menu_for(self, row: Row) -> QMenu:
        """What can be done with a row, and with those that are selected."""
        menu = QMenu(self)
        for doubt in row.doubts:
            for reading in doubt.readings:
                name = self._rows.headerData(column_of(doubt.field), Qt.Orientation.Horizontal)
                self._add(menu, f"{name}: {reading}", partial(self._answer, row, doubt.field, reading))
        rows = list(self.selected()) or [row]
        changed = [one for one in rows if one.earlier is not None and not one.is_doubled]
        if changed:
            menu.addSeparator()
            for becomes, words in zip(Becomes, (words for _, words in _decisions()), strict=True):
                self._add(menu, labels.capitalised(words), partial(self._rows.decide, changed, becomes))
        menu.addSeparator()
        if can_look(row):
            menu.addAction(self.how)
        guessed = [one for one in rows if one.is_guessed]
        if guessed:
            words = (
                self.tr("The guessed encoding is right") if len(guessed) == 1 else self.tr("These encodings are right")
            )
            self._add(menu, words, partial(self.take_for_right, guessed))
        menu.addAction(self.fill)
        menu.addAction(self.undo)
        self._add(menu, self.tr("Import"), lambda: self._rows.choose(rows, chosen=True))
        self._add(menu, self.tr("Leave out"), lambda: self._rows.choose(rows, chosen=False))
        return menu

    def _add(self, menu: QMenu, words: str, act: Callable[[], Any]) -> None:
        def on_chosen() -> None:
            act()

        menu.addAction(words).triggered.connect(on_chosen)

    def _answer(self, row: Row, what: Field, reading: str) -> None:
        self._rows.put([row], what, self._rows.values_typed(row, what, reading))

    def _on_menu_wanted(self, at: QPoint) -> None:
        index = self.indexAt(at)
        if index.isValid():
            menu = self.menu_for(self._rows.rows[index.row()])
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.viewport().mapToGlobal(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_editing = self.state() is QAbstractItemView.State.EditingState
        if event.key() == Qt.Key.Key_Space and not is_editing:
            rows = list(self.selected())
            self._rows.choose(rows, chosen=not all(row.chosen for row in rows))
            return
        if event.key() == Qt.Key.Key_F2 and self.currentIndex().column() == Column.READ_AS:
            self._on_how()
            return
        if event.key() == Qt.Key.Key_Menu:
            self._on_menu_wanted(self.visualRect(self.currentIndex()).center())
            return
        super().keyPressEvent(event)


def _as_guessed(row: Row) -> Manner:
    return replace(row.manner, encoding=row.incoming.encoding if row.incoming is not None else None)
