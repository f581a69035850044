"""The files that are to be taken in, as a table: what each is called, who wrote it, and what stands in its way."""

import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from polyvocal.domain.errors import UserError
from polyvocal.domain.text import count_words
from polyvocal.exchange.readers import read_source
from polyvocal.exchange.readers.registry import format_for
from polyvocal.gui import labels
from polyvocal.gui.bus import Job, told
from polyvocal.gui.dialogs.form import NamesField, names_in
from polyvocal.gui.theme import Theme
from polyvocal.services.commands.incoming import Incoming

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Column(IntEnum):
    """What stands in a column."""

    FILE = 0
    TITLE = 1
    OBSERVERS = 2
    FORM = 3
    SIZE = 4
    TELLS = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of reading a file: a text, or a fault."""

    size: int | None
    incoming: Incoming | None = None
    words: int = 0
    fault: Exception | None = None


def read_file(path: Path) -> Outcome:
    """Read one file; whatever is wrong with it is in the outcome."""
    size = None
    try:
        status = path.stat()
        size = status.st_size
        if stat.S_ISDIR(status.st_mode):
            return Outcome(None, fault=UserError(f"{path.name} is a folder: choose the files in it."))
        if not stat.S_ISREG(status.st_mode):
            return Outcome(None, fault=UserError(f"{path.name} is a device or a pipe: choose a file."))
        incoming = read_source(path)
    except FileNotFoundError:
        return Outcome(None, fault=UserError(f"{path.name} is not there any more."))
    except Exception as fault:  # noqa: BLE001 - a door: whatever is wrong with one file, the others are read
        return Outcome(size, fault=fault)
    return Outcome(size, incoming, count_words(incoming.text))


def read_files(paths: list[Path], found: dict[Path, Outcome], job: Job) -> None:
    """Read files one after another into `found`, until the job is cancelled."""
    for number, path in enumerate(paths, 1):
        job.check()
        job.report(number - 1, len(paths), f"Reading {number:,} of {len(paths):,}: {path.name}")
        found[path] = read_file(path)


@dataclass(slots=True)
class Row:
    """One file. `observers` as typed; `same_as` is the title of the source that has its text already, `twin` the file
    before it in the table that has the same."""

    path: Path
    title: str
    observers: str = ""
    chosen: bool = True
    edited: bool = False
    outcome: Outcome | None = None
    same_as: str | None = None
    twin: "Row | None" = None

    @property
    def incoming(self) -> Incoming | None:
        """The text that was read."""
        return self.outcome.incoming if self.outcome else None

    @property
    def is_doubled(self) -> bool:
        """Whether the same text comes in from here already."""
        return self.same_as is not None or (self.twin is not None and self.twin.chosen)

    @property
    def stands_in_the_way(self) -> bool:
        """Whether the file is to be taken in but has no text."""
        return self.chosen and self.incoming is None

    @property
    def reason(self) -> str:
        """Why it cannot be read, in a sentence; empty where it can, or was not read yet."""
        if self.outcome is None or self.outcome.fault is None:
            return ""
        words = told(self.outcome.fault)[0]
        if words.casefold().startswith(self.path.name.casefold()):
            words = words[len(self.path.name) :].lstrip(" :")
        return words[:1].upper() + words[1:]


class ImportModel(QAbstractTableModel):
    """The rows as Qt asks for them. What a person changes in them is kept in them."""

    edited = Signal()
    """A box, a title or an observer was changed."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rows: list[Row] = []
        self.common_observers = ""
        self._heads = (
            self.tr("File"),
            self.tr("Title"),
            self.tr("Observers"),
            self.tr("Kind of file"),
            self.tr("Size"),
            self.tr("What is in it"),
        )

    # --- what changes --------------------------------------------------------------------------------------------

    def add(self, paths: Iterable[Path]) -> None:
        """Add files that are not in the table yet."""
        known = {row.path for row in self.rows}
        fresh = [path for path in dict.fromkeys(one.absolute() for one in paths) if path not in known]
        if fresh:
            self.beginInsertRows(_NOWHERE, len(self.rows), len(self.rows) + len(fresh) - 1)
            self.rows += [Row(path, path.stem.encode("utf-8", "replace").decode()) for path in fresh]
            self.endInsertRows()

    def take(self, found: dict[Path, Outcome]) -> None:
        """Keep what came of reading."""
        for row in self.rows:
            row.outcome = found.get(row.path, row.outcome)
        self.repaint()

    def tell_same(self, titles: dict[Path, str | None]) -> None:
        """Say which source of the project has just the text of a file. Files that are alike are found out here."""
        first: dict[str, Row] = {}
        for row in self.rows:
            if row.incoming is not None:
                row.same_as = titles.get(row.path)
                before = first.setdefault(row.incoming.text, row)
                row.twin = before if before is not row else None
        self.repaint()

    def choose(self, rows: Iterable[Row], chosen: bool) -> None:  # noqa: FBT001 - the state of a box
        """Tick or clear the boxes of rows."""
        for row in rows:
            row.chosen = chosen
        self.repaint()
        self.edited.emit()

    def show_common(self, observers: str) -> None:
        """Show who wrote those of which it is not said one by one."""
        self.common_observers = observers
        self.repaint()

    def repaint(self) -> None:
        """Have all rows shown anew."""
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(Column) - 1))

    # --- what Qt asks --------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        return _RIGHT if section == Column.SIZE and role == Qt.ItemDataRole.TextAlignmentRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == Column.FILE:
            found |= Qt.ItemFlag.ItemIsUserCheckable
        if index.column() in (Column.TITLE, Column.OBSERVERS):
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], Column(index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            tip = column is Column.FILE and role == Qt.ItemDataRole.ToolTipRole
            return str(row.path) if tip else self._shown(row, column)
        if role == Qt.ItemDataRole.EditRole:
            return row.observers if column is Column.OBSERVERS else self._shown(row, column)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(row, column)
        if role == Qt.ItemDataRole.CheckStateRole and column is Column.FILE:
            return Qt.CheckState.Checked if row.chosen else Qt.CheckState.Unchecked
        return _RIGHT if role == Qt.ItemDataRole.TextAlignmentRole and column is Column.SIZE else None

    def _shown(self, row: Row, column: Column) -> str:
        match column:
            case Column.FILE:
                return row.path.name
            case Column.TITLE:
                return row.title
            case Column.OBSERVERS:
                return row.observers or self.common_observers or self.tr("as below")
            case Column.FORM:
                return _form_of(row.path)
            case Column.SIZE:
                size = row.outcome.size if row.outcome else None
                return QLocale().formattedDataSize(size, 0 if size < 1024 else 1) if size is not None else ""
            case Column.TELLS:
                return self.told_of(row)

    def told_of(self, row: Row) -> str:
        """What there is to say of a file: how long its text is, that it is known, or why it cannot be read."""
        if row.outcome is None:
            return self.tr("not read yet")
        if row.outcome.incoming is None:
            return row.reason
        if row.same_as is not None:
            return self.tr("In the project already, as “%s”: it is not doubled.") % row.same_as
        if row.is_doubled:
            assert row.twin is not None
            return self.tr("The same text as %s: it is taken in once.") % row.twin.path.name
        words = row.outcome.words
        told_first = self.tr("1 word") if words == 1 else self.tr("%s words") % labels.number(words)
        notes = [f"{note.what}: {labels.number(note.how_many)}" for note in row.outcome.incoming.notes]
        return " · ".join([told_first, *notes])

    def _colour(self, row: Row, column: Column) -> QColor | None:
        colours = self._theme.colours
        if column is Column.TELLS and row.stands_in_the_way and row.outcome is not None:
            return QColor(colours.danger)
        if column is Column.TELLS and row.is_doubled:
            return QColor(colours.warning)
        faint = not row.chosen or (column is Column.OBSERVERS and not row.observers) or column is Column.TELLS
        return QColor(colours.muted) if faint else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole:
            row.chosen = Qt.CheckState(value) is Qt.CheckState.Checked
        elif role == Qt.ItemDataRole.EditRole and index.column() == Column.TITLE:
            row.edited |= row.title != value
            row.title = str(value)
        elif role == Qt.ItemDataRole.EditRole and index.column() == Column.OBSERVERS:
            row.observers = "; ".join(names_in(str(value)))
            row.edited |= bool(row.observers)
        else:
            return False
        self.dataChanged.emit(self.index(index.row(), 0), self.index(index.row(), len(Column) - 1))
        self.edited.emit()
        return True


def _form_of(path: Path) -> str:
    try:
        return format_for(path.suffix, path.name).name
    except UserError:
        return path.suffix.removeprefix(".") or "?"


class ObserversDelegate(QStyledItemDelegate):
    """Names of observers are completed while they are typed."""

    names: tuple[str, ...] = ()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002 - Qt's
        editor = NamesField(self.names)
        editor.setParent(parent)
        editor.setAccessibleName("Observers")
        return editor


class ImportTable(QTableView):
    """The table. Space ticks and clears the boxes of the rows that are selected."""

    def __init__(self, model: ImportModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self.setModel(model)
        self.setAccessibleName(self.tr("Files"))
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
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
        head.setStretchLastSection(True)
        wide = self.fontMetrics().averageCharWidth()
        for column, characters in zip(Column, (25, 25, 20, 16, 11), strict=False):
            self.setColumnWidth(column, wide * characters)
        self.observers = ObserversDelegate(self)
        self.setItemDelegateForColumn(Column.OBSERVERS, self.observers)
        self.setMinimumHeight(self.fontMetrics().height() * 9)

    def selected(self) -> Iterator[Row]:
        """The rows in which something is selected."""
        for number in sorted({index.row() for index in self.selectedIndexes()}):
            yield self._rows.rows[number]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.state() is not QAbstractItemView.State.EditingState:
            rows = list(self.selected())
            self._rows.choose(rows, chosen=not all(row.chosen for row in rows))
            return
        super().keyPressEvent(event)
