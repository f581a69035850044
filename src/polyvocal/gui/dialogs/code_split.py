"""Splitting a code: choosing those of its passages that become passages of a new one."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import CodeId, CodingId
from polyvocal.domain.passages import CodedPassage, PassageFilter
from polyvocal.domain.text import shown
from polyvocal.gui import labels
from polyvocal.gui.button import Button
from polyvocal.gui.dialogs.form import Command, FormDialog, line, lines, optional, value_of
from polyvocal.gui.parts import in_column, in_row, muted
from polyvocal.gui.sitting import Sitting
from polyvocal.services.commands.code_merge import split_code
from polyvocal.services.queries.passages import coded_passages
from polyvocal.services.queries.rows import CodeRow
from polyvocal.services.references import folded
from polyvocal.store.view import View

_Index = QModelIndex | QPersistentModelIndex
_LONGEST = 300


class _Passages(QAbstractTableModel):
    """The passages of a code, each with a tick; those that are shown answer to a filter."""

    def __init__(self) -> None:
        super().__init__()
        self.heads = (self.tr("Passage"), self.tr("Observer"), self.tr("Source"), self.tr("Coder"), self.tr("Phase"))
        self.all: list[tuple[CodedPassage, str]] = []
        self.shown: list[CodedPassage] = []
        self.ticked: set[CodingId] = set()

    def show(self, passages: Sequence[CodedPassage]) -> None:
        """Show other passages, none of them ticked."""
        self.ticked = set()
        self.all = [(one, folded(" ".join((one.text, *self._row(one))))) for one in passages]
        self.filter("")

    def filter(self, wanted: str) -> None:
        """Show those that hold all words that are wanted."""
        words = folded(wanted).split()
        self.beginResetModel()
        self.shown = [one for one, held in self.all if all(word in held for word in words)]
        self.endResetModel()

    def tick(self, passages: Sequence[CodedPassage], *, on: bool) -> None:
        """Tick passages, or take the tick away."""
        ids = {one.id for one in passages}
        self.ticked = self.ticked | ids if on else self.ticked - ids
        if self.shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.shown) - 1, 0))

    @staticmethod
    def _row(one: CodedPassage) -> tuple[str, ...]:
        return (
            " ".join(one.text[:_LONGEST].split()),
            ", ".join(one.observers),
            one.source_title,
            one.coder,
            one.phase or "",
        )

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, _parent: _Index = QModelIndex()) -> int:
        return len(self.heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.heads[section]
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        tick = Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else Qt.ItemFlag.NoItemFlags
        return super().flags(index) | tick

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        one = self.shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._row(one)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == 0:
            return one.text[: 4 * _LONGEST]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            return Qt.CheckState.Checked if one.id in self.ticked else Qt.CheckState.Unchecked
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.tick([self.shown[index.row()]], on=Qt.CheckState(value) is Qt.CheckState.Checked)
        return True


class _Table(QTableView):
    """Space ticks all rows that are selected, or takes the ticks away."""

    def __init__(self, model: _Passages) -> None:
        super().__init__()
        self._passages = model
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 12)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        for column, width in enumerate((52, 16, 26, 12, 8)):
            self.setColumnWidth(column, self.fontMetrics().averageCharWidth() * width)
        self.setMinimumHeight(self.fontMetrics().lineSpacing() * 12)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = [self._passages.shown[index.row()] for index in self.selectionModel().selectedRows()]
        if event.key() == Qt.Key.Key_Space and rows:
            self._passages.tick(rows, on=any(one.id not in self._passages.ticked for one in rows))
        else:
            super().keyPressEvent(event)


class SplitDialog(FormDialog):
    """Asks what the new code is called, and which passages it gets."""

    def __init__(self, sitting: Sitting, code: CodeRow, *, parent: QWidget | None = None) -> None:
        super().__init__(
            sitting,
            self.tr("Split %s") % shown(code.name),
            ok=self.tr("Split"),
            intro=self.tr("Tick the passages that are to be coded with a new code in place of %s.") % shown(code.name),
            parent=parent,
        )
        self.finished.connect(self.deleteLater)
        self._code = code
        self.name = line()
        self.row(self.tr("New code"), self.name)
        self.definition = lines(rows=2)
        self.row(self.tr("Definition"), self.definition)
        self.reason = line(placeholder=self.tr("May be left empty; kept in the history"))
        self.row(self.tr("Why"), self.reason)
        self.passages = _Passages()
        self.passages.setParent(self)
        self.filter = line(placeholder=self.tr("Find in the passages, by words, observer, source, coder or phase"))
        self.filter.setAccessibleName(self.tr("Find in the passages"))
        self.filter.textChanged.connect(self.passages.filter)
        self.table = _Table(self.passages)
        self.table.setAccessibleName(self.tr("Passages: Space ticks them"))
        self.all, self.none = Button(self.tr("Tick all shown")), Button(self.tr("Tick none"))
        self.all.clicked.connect(lambda: self.passages.tick(self.passages.shown, on=True))
        self.none.clicked.connect(lambda: self.passages.tick([one for one, _ in self.passages.all], on=False))
        for button in (self.all, self.none):
            button.setAutoDefault(False)
        self.told = muted()
        below = QWidget()
        column = in_column(self.filter, (self.table, 1), in_row(self.all, self.none, (self.told, 1)))
        column.setContentsMargins(0, 0, 0, 0)
        below.setLayout(column)
        self.form.addRow(below)
        self.passages.dataChanged.connect(lambda *_: self._tell())
        self.passages.modelReset.connect(self._tell)
        self.name.textChanged.connect(lambda _text: self._tell())
        self.resize(self.fontMetrics().averageCharWidth() * 130, self.fontMetrics().lineSpacing() * 36)
        self.told.setText(self.tr("Reading the passages…"))
        self.ok.setEnabled(False)
        chosen = PassageFilter(codes=frozenset({CodeId(code.id)}))

        def query(view: View) -> list[CodedPassage]:
            return list(coded_passages(view, chosen))

        sitting.bus.ask(self, query, self.passages.show)

    def _tell(self) -> None:
        number, of = len(self.passages.ticked), len(self.passages.all)
        words = self.tr("%s of %s ticked") % (labels.number(number), labels.passages(of))
        self.told.setText(words if of else self.tr("Nothing is coded with this code."))
        ready = bool(number) and optional(self.name) is not None
        self.ok.setEnabled(ready and self.sitting.bus.may_write)
        self.ok.setToolTip("" if ready else self.tr("Name the new code and tick its passages first."))

    def command(self) -> Command:
        """Split the code."""
        name, codings = value_of(self.name), frozenset(self.passages.ticked)
        if not codings:
            raise UserError(self.tr("Tick the passages of the new code."))
        code, definition, reason = str(self._code.id), optional(self.definition), optional(self.reason)
        return lambda file: split_code(file, code, name=name, codings=codings, definition=definition, reason=reason)
