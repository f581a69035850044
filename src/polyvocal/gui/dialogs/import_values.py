"""Importing values of cases from a table: what it would do is shown, problems first, and decided before it is done."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLabel,
    QLayout,
    QVBoxLayout,
    QWidget,
)

from polyvocal.domain.errors import UserError
from polyvocal.domain.words import AttributeType
from polyvocal.exchange.attributes import Choice, Column, Misfits, Plan, Trouble, Unknown, plan_import
from polyvocal.exchange.readers.given import file_on_disk
from polyvocal.exchange.readers.table import Table, most_bytes, read_table
from polyvocal.gui import labels
from polyvocal.gui.dialogs.form import Command, FormDialog, choice, value_of
from polyvocal.gui.dialogs.import_words import encoding
from polyvocal.gui.dialogs.read_table import DELIMITERS, ReadTable
from polyvocal.gui.parts import open_wide
from polyvocal.gui.sitting import Sitting
from polyvocal.services.commands.attributes import MADE_BY_NAME, case_kind, import_values
from polyvocal.services.queries.attributes import Sheet, read_sheet
from polyvocal.store.view import View

_LISTED = 500


class ImportValuesDialog(FormDialog):
    """Reads a table, and shows what it would do; nothing is written before all that does not fit is decided."""

    def __init__(self, sitting: Sitting, path: Path, kind: str, *, parent: QWidget | None = None) -> None:
        super().__init__(sitting, f"Values of {kind} from {path.name}", ok="Import", parent=parent)
        self._path, self._kind = path, kind
        self._table: Table | None = None
        self._sheet: Sheet | None = None
        self._plan: Plan | None = None
        self._fresh = True
        self._show_ready()
        open_wide(self, 118, 36)
        self._read(None)

    def around(self, form: QFormLayout) -> QLayout:
        """What was read, what has to be decided, the columns, and what all of it comes to."""
        self.told = QLabel()
        self.told.setProperty("muted", True)
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.sheets = choice(())
        self.row(self.tr("Sheet"), self.sheets)
        self.unknown = choice(())
        self.row(self.tr("Cases that are not there"), self.unknown)
        self.misfits = choice(
            [(Misfits.ASK, self.tr("to be decided…")), (Misfits.LEAVE_OUT, self.tr("leave them out, take the rest"))]
        )
        self.row(self.tr("What does not fit"), self.misfits)
        self.problems = ReadTable((self.tr("Row"), self.tr("Column"), self.tr("What is the matter")), (8, 24, 60))
        self.problems.setAccessibleName(self.tr("What has to be decided"))
        self.columns = ReadTable(
            (self.tr("Column"), self.tr("Attribute"), self.tr("Type"), self.tr("Values"), self.tr("Do not fit")),
            (26, 40, 16, 10, 10),
        )
        self.columns.setAccessibleName(self.tr("Columns: tick those that are to be taken"))
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self._heads = [QLabel(self.tr("To be decided")), QLabel(self.tr("Columns"))]
        for head in self._heads:
            head.setProperty("section", True)
        whole = QVBoxLayout()
        whole.setSpacing(8)
        whole.addWidget(self.told)
        whole.addLayout(form)
        for widget, stretch in ((self._heads[0], 0), (self.problems, 2), (self._heads[1], 0), (self.columns, 3)):
            whole.addWidget(widget, stretch)
        whole.addWidget(self.summary)
        for field in (self.sheets, self.unknown, self.misfits):
            form.setRowVisible(field, False)
        for widget in (self._heads[0], self.problems):
            widget.hide()
        self.sheets.activated.connect(lambda _at: self._read(value_of(self.sheets)))
        self.unknown.activated.connect(lambda _at: self._ask_plan())
        self.misfits.activated.connect(lambda _at: self._ask_plan())
        self.columns.itemChanged.connect(lambda _item: self._ask_plan())
        return whole

    # --- reading -------------------------------------------------------------------------------------------------

    def _read(self, sheet: str | None) -> None:
        self.told.setText(self.tr("Reading %s…") % self._path.name)
        path, kind = self._path, self._kind

        def work(view: View) -> tuple[Table, Sheet, Plan]:
            table = read_table(file_on_disk(path).content(most_bytes(path.name)), path.name, sheet=sheet)
            known = read_sheet(view, kind)
            return table, known, plan_import(table, known)

        self.sitting.bus.ask(self, work, self._on_read, about="plan", failed=self._on_not_read)

    def _on_not_read(self, fault: Exception) -> None:
        self.told.setText("")
        self._plan = None
        self._show_ready()
        self.tell(fault)

    def _on_read(self, found: tuple[Table, Sheet, Plan]) -> None:
        table, self._sheet, plan = found
        self._table, self._fresh = table, True
        self.told.setText(" ".join(self._of_table(table)))
        if self.sheets.count() != len(table.sheets):
            self.sheets.clear()
            for name in table.sheets:
                self.sheets.addItem(name, name)
        self.sheets.setCurrentIndex(self.sheets.findData(table.sheet))
        self.form.setRowVisible(self.sheets, len(table.sheets) > 1)
        self._offer_for_unknown()
        self._show(plan)

    def _of_table(self, table: Table) -> Iterable[str]:
        yield self.tr("1 row.") if len(table.rows) == 1 else self.tr("%s rows.") % labels.number(len(table.rows))
        yield self.tr("The first column, “%s”, names the %s.") % (table.header[0], self._kind)
        if table.delimiter is not None:
            mark = DELIMITERS.get(table.delimiter, table.delimiter)
            yield self.tr("Read as %s, with %s between the columns.") % (encoding(table.encoding or ""), mark)
        for note in table.notes:
            yield f"{labels.capitalised(note.what)}: {note.detail}."

    def _offer_for_unknown(self) -> None:
        self.unknown.clear()
        self.unknown.addItem(self.tr("to be decided…"), str(Unknown.ASK))
        if case_kind(self._kind).record in MADE_BY_NAME:
            self.unknown.addItem(self.tr("add them to the %s") % self._kind, str(Unknown.MAKE))
        self.unknown.addItem(self.tr("leave them out"), str(Unknown.LEAVE_OUT))

    # --- deciding ------------------------------------------------------------------------------------------------

    @property
    def choice(self) -> Choice:
        """What is decided by now."""
        types, without = {}, set()
        for row, column in enumerate(self._plan.columns if self._plan else ()):
            ticked = self.columns.item(row, 0)
            if ticked is not None and ticked.checkState() is not Qt.CheckState.Checked:
                without.add(column.at)
            box = self.columns.cellWidget(row, 2)
            if isinstance(box, QComboBox) and value_of(box):
                types[column.at] = AttributeType(value_of(box))
        return Choice(
            types, frozenset(without), Unknown(value_of(self.unknown)), Misfits(value_of(self.misfits) or Misfits.ASK)
        )

    def _ask_plan(self) -> None:
        table, sheet, decided = self._table, self._sheet, self.choice
        if table is not None and sheet is not None:
            self.fault.hide()
            self.ok.setEnabled(False)
            self.sitting.bus.ask(
                self,
                lambda _view: plan_import(table, sheet, decided),
                self._show,
                about="plan",
                failed=self._on_not_read,
            )

    def _show(self, plan: Plan) -> None:
        self._plan = plan
        troubles = {one.trouble for one in plan.problems}
        asks = {Trouble.UNKNOWN: self.unknown, Trouble.MISFIT: self.misfits}
        for trouble, field in asks.items():
            decided = value_of(field) not in ("", Unknown.ASK)
            self.form.setRowVisible(field, trouble in troubles or decided)
        self._show_problems(plan)
        self._show_columns(plan.columns)
        self.summary.setText(self._of_plan(plan))
        self._show_ready()
        if self._fresh:
            self._fresh = False
            first = next((field for trouble, field in asks.items() if trouble in troubles), self.columns)
            first.setFocus()

    def _show_problems(self, plan: Plan) -> None:
        there = bool(plan.problems)
        for widget in (self._heads[0], self.problems):
            widget.setVisible(there)
        still = set(plan.open)
        if plan.open:
            self._heads[0].setText(self.tr("To be decided: %s") % labels.number(len(plan.open)))
        else:
            self._heads[0].setText(self.tr("Left out: %s") % labels.number(len(plan.problems)))
        listed = sorted(plan.problems, key=lambda one: one not in still)[:_LISTED]
        rows = [(labels.number(one.row), one.column or "", labels.capitalised(one.told)) for one in listed]
        if len(plan.problems) > _LISTED:
            rows.append(("", "", self.tr("and %s more") % labels.number(len(plan.problems) - _LISTED)))
        self.problems.fill(rows)

    def _show_columns(self, columns: Sequence[Column]) -> None:
        blocked = self.columns.blockSignals(True)
        if self.columns.rowCount() != len(columns) or self._fresh:
            self.columns.fill([(column.header, "", "", "", "") for column in columns])
            for row, column in enumerate(columns):
                item = self.columns.item(row, 0)
                assert item is not None
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Unchecked if column.left_out else Qt.CheckState.Checked)
                if not column.known and not column.left_out:
                    self.columns.setCellWidget(row, 2, self._type_box(column))
        for row, column in enumerate(columns):
            unit = f" ({column.unit})" if column.unit else ""
            state = self.tr("%s, there already") if column.known else self.tr("%s, new")
            words = self.tr("left out") if column.left_out else state % (column.name + unit)
            kind = labels.ATTRIBUTE_TYPES[column.type] if column.known else ""
            counts = [labels.number(one) if one else "" for one in (column.values, column.misfits)]
            for at, text in enumerate((words, kind, *counts), 1):
                item = self.columns.item(row, at)
                assert item is not None
                item.setText(text)
            box = self.columns.cellWidget(row, 2)
            if box is not None:
                box.setEnabled(not column.left_out)
        self.columns.blockSignals(blocked)

    def _type_box(self, column: Column) -> QComboBox:
        box = choice([(str(kind), words) for kind, words in labels.ATTRIBUTE_TYPES.items()], column.type)
        box.setAccessibleName(self.tr("Type of %s") % column.header)
        box.activated.connect(lambda _at: self._ask_plan())
        return box

    def _of_plan(self, plan: Plan) -> str:
        parts = [
            self.tr("%s new") % labels.number(plan.fresh),
            self.tr("%s changed") % labels.number(plan.changed),
            self.tr("%s as they are") % labels.number(plan.same),
        ]
        told = self.tr("Values: %s.") % ", ".join(parts)
        made = [
            words % labels.number(number)
            for number, words in (
                (len(plan.draft.new_attributes), self.tr("attributes: %s")),
                (len(plan.draft.new_cases), f"{self._kind}: %s"),
            )
            if number
        ]
        return f"{told} {self.tr('Added are %s.') % ', '.join(made)}" if made else told

    def _show_ready(self) -> None:
        plan = self._plan
        ready = plan is not None and not plan.open and (plan.draft.cells or plan.draft.new_cases)
        self.ok.setEnabled(bool(ready) and self.sitting.bus.may_write)
        count = len(plan.draft.cells) if plan is not None else 0
        words = self.tr("Import 1 value") if count == 1 else self.tr("Import %s values") % labels.number(count)
        self.ok.setText(words if count else self.tr("Import"))
        if self.sitting.bus.may_write:
            self.ok.setToolTip(self.tr("Decide first what is listed above.") if plan is not None and plan.open else "")

    @property
    def is_filled_in(self) -> bool:
        """The file is still there: nothing is lost when the dialog is closed."""
        return False

    def command(self) -> Command:
        """Write what was decided."""
        if self._plan is None:
            raise UserError(self.tr("There is nothing to import."))
        draft = self._plan.decided()
        return lambda file: import_values(file, draft)
