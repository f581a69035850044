"""What became of a code, in the Codebook view: who changed what, from what to what, when and why."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QSplitter, QWidget

from polyvocal.domain.ids import CodeId
from polyvocal.gui import labels
from polyvocal.gui.dialogs.read_table import ReadTable
from polyvocal.gui.parts import in_column
from polyvocal.gui.sitting import Sitting
from polyvocal.services.queries.code_history import CodeChange, history_of_code


class CodeHistoryPane(QWidget):
    """A line for each operation that changed the code, newest first; beside it what was before and after, whole."""

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._sitting = sitting
        self._code: int | None = None
        self._history: list[CodeChange] = []
        self.table = ReadTable(
            (self.tr("When"), self.tr("Who"), self.tr("What was changed"), self.tr("Why")), (17, 12, 18, 6)
        )
        self.table.setAccessibleName(self.tr("History of the code"))
        self.table.currentCellChanged.connect(lambda row, *_: self._on_row(row))
        self.whole = QPlainTextEdit()
        self.whole.setReadOnly(True)
        self.whole.setTabChangesFocus(True)
        self.whole.setAccessibleName(self.tr("The chosen change, whole"))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(self.whole)
        split.setSizes([460, 280])
        column = in_column((split, 1))
        column.setContentsMargins(10, 8, 10, 8)
        self.setLayout(column)
        self.setFocusProxy(self.table)

    def show_code(self, code: int | None) -> None:
        """Show the history of a code."""
        self._code = code
        self.refresh()

    def refresh(self) -> None:
        """Read it anew."""
        code = self._code
        if code is None:
            self._show([])
        else:
            self._sitting.bus.ask(self, lambda view: history_of_code(view, CodeId(code)), self._show, about="history")

    def _show(self, history: list[CodeChange]) -> None:
        self._history = history
        self.table.fill([tuple(self._row(one)) for one in history])
        self._on_row(0)

    def _row(self, one: CodeChange) -> Iterator[str]:
        yield labels.noted_at(one.at)
        yield one.person or self.tr("somebody")
        yield self._what(one)
        yield " ".join((one.why or "").split())

    def _what(self, one: CodeChange) -> str:
        if _is_made(one):
            what = self.tr("Made")
        else:
            what = ", ".join(labels.CODE_FIELDS[change.field] for change in one.changes)
        if one.kind in ("undo", "redo"):
            return f"{what} ({one.kind})"
        return self.tr("%s (undone)") % what if one.standing == "undone" else what

    def _on_row(self, row: int) -> None:
        parts = list(self._told(self._history[row])) if 0 <= row < len(self._history) else []
        self.whole.setPlainText("\n\n".join(parts))

    def _told(self, one: CodeChange) -> Iterator[str]:
        if one.why:
            yield f"{self.tr('Why')}: {one.why}"
        for field, before, after in one.changes:
            name = labels.CODE_FIELDS[field]
            if _is_made(one):
                yield f"{name}: {after}"
            else:
                yield f"{name}, {self.tr('before')}: {before or self._nothing(field)}"
                yield f"{name}, {self.tr('after')}: {after or self._nothing(field)}"

    def _nothing(self, field: str) -> str:
        return self.tr("(at the top)") if field == "parent" else self.tr("(empty)")


def _is_made(one: CodeChange) -> bool:
    """Whether the code came into being by it."""
    return any(change.field == "name" and change.before is None for change in one.changes)
