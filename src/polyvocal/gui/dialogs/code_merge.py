"""Merging a code into another one, after saying what will go where."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QWidget

from polyvocal.domain.errors import UserError
from polyvocal.domain.text import shown
from polyvocal.gui import labels
from polyvocal.gui.dialogs.form import Command, FormDialog, line, optional
from polyvocal.gui.matching import match
from polyvocal.gui.parts import in_column, muted
from polyvocal.gui.sitting import Sitting
from polyvocal.services.commands.code_merge import merge_codes
from polyvocal.services.queries.rows import CodeRow


class CodeChoice(QWidget):
    """One of many codes: found by a few letters, or with the arrows."""

    def __init__(self, codes: Sequence[CodeRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._codes = codes
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Find a code"))
        self.filter.setAccessibleName(self.tr("Find a code"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Codes"))
        self.list.setMinimumHeight(self.fontMetrics().lineSpacing() * 10)
        column = in_column(self.filter, (self.list, 1))
        column.setContentsMargins(0, 0, 0, 0)
        self.setLayout(column)
        self.setFocusProxy(self.filter)
        self.filter.textChanged.connect(self._fill)
        self._fill("")

    def _fill(self, wanted: str) -> None:
        self.list.clear()
        scored = [(match(wanted, code.name) if wanted.strip() else 0.0, code) for code in self._codes]
        found = [(score, code) for score, code in scored if score is not None]
        self._found = [code for _, code in sorted(found, key=lambda one: one[0])]
        self.list.addItems([code.path for code in self._found])
        self.list.setCurrentRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows go through the list while the letters are typed."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), self.list.count() - 1))
        else:
            super().keyPressEvent(event)

    @property
    def code(self) -> CodeRow | None:
        """The code that is chosen."""
        row = self.list.currentRow()
        return self._found[row] if row >= 0 else None


class MergeDialog(FormDialog):
    """Asks into which code another one is to be merged."""

    def __init__(
        self, sitting: Sitting, codes: Sequence[CodeRow], code: CodeRow, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            sitting,
            self.tr("Merge %s") % shown(code.name),
            ok=self.tr("Merge"),
            intro=self.tr("Choose the code that stays. It takes over what belongs to %s.") % shown(code.name),
            parent=parent,
        )
        self.finished.connect(self.deleteLater)
        self._code = code
        self._below = sum(one.parent == code.id for one in codes)
        self.into = CodeChoice([one for one in codes if one.id != code.id and not one.retired])
        self.row(self.tr("Into"), self.into)
        self.reason = line(placeholder=self.tr("May be left empty; kept in the history"))
        self.row(self.tr("Why"), self.reason)
        self.told = muted()
        self.form.addRow(self.told)
        self.into.list.currentRowChanged.connect(lambda _row: self._tell())
        self._tell()

    def _tell(self) -> None:
        into = self.into.code
        self.ok.setEnabled(into is not None and self.sitting.bus.may_write)
        if into is None:
            self.told.setText(self.tr("No code answers to that."))
            return
        codings = labels.codings(self._code.codings)
        parts = [self.tr("%s of %s and the memos about it go to %s.") % (codings, self._code.name, into.name)]
        if self.sitting.blind:
            parts.append(self.tr("So do the codings of others, which you do not see."))
        if self._below:
            below = self.tr("1 code") if self._below == 1 else self.tr("%s codes") % labels.number(self._below)
            parts.append(
                self.tr("So does %s below it.") % below if self._below == 1 else self.tr("So do %s below it.") % below
            )
        parts.append(
            self.tr(
                "Where the same coder coded the same passage with both, one coding stays, with the stances of both. "
                "%s is retired; its definition is kept as a memo about %s, too."
            )
            % (self._code.name, into.name)
        )
        self.told.setText(" ".join(parts))

    def command(self) -> Command:
        """Merge the code."""
        into = self.into.code
        if into is None:
            raise UserError(self.tr("Choose the code that stays."))
        gone, stays, reason = str(self._code.id), str(into.id), optional(self.reason)
        return lambda file: merge_codes(file, [gone], into=stays, reason=reason)
