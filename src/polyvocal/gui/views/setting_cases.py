"""Cases: what is known of people, groups, sources, sessions and events, as a sheet that is edited in place."""

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.records import Attribute
from polyvocal.exchange.readers.table import TABLE_ENDINGS
from polyvocal.gui import labels
from polyvocal.gui.bus import Job
from polyvocal.gui.dialogs.attribute import AttributeDialog
from polyvocal.gui.dialogs.form import FormDialog, choice, value_of
from polyvocal.gui.dialogs.import_values import ImportValuesDialog
from polyvocal.gui.dialogs.progress import run_job
from polyvocal.gui.dialogs.removing import ask_removal
from polyvocal.gui.rows_layout import RowsLayout
from polyvocal.gui.settings import FOLDER
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.cases_model import CasesModel, Cell
from polyvocal.gui.views.cases_table import CasesTable
from polyvocal.gui.views.setting_section import Door, EmptyState, Section, holds_focus
from polyvocal.services.commands import attributes as commands
from polyvocal.services.commands.removal import remove, what_goes_with
from polyvocal.services.queries.attributes import Sheet, read_sheet

_DOORS = {
    "people": Door("people", new=True),
    "groups": Door("groups", new=True),
    "sessions": Door("events"),
    "events": Door("events", new=True),
}


class CasesSection(Section):
    """The sheet of one kind of case, with the kind to be chosen, and what can be done with attributes."""

    concerned = frozenset({"person", "constituent_group", "source", "session", "event", "attribute", "attribute_value"})

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(
            sitting,
            self.tr("Cases"),
            self.tr(
                "What is known of each: a role, a site, years in the job, whether somebody is paid. Attributes make "
                "cases comparable; what is left blank is not known."
            ),
            parent,
        )
        self._wanted: int | None = None
        self._was: Cell | None = None
        self._kind = "people"
        self.model = CasesModel(self)
        self.model.may_write = sitting.bus.may_write
        self.table = CasesTable(self.model)
        self.kinds = choice(labels.CASE_KINDS.items(), "people")
        self.kinds.setAccessibleName(self.tr("Kind of case"))
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Find a case or a value"))
        self.filter.setAccessibleName(self.tr("Find a case or a value"))
        self.filter.setClearButtonEnabled(True)
        self.order = QComboBox()
        self.order.setAccessibleName(self.tr("Sorted by"))
        self.order.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.order.setMinimumContentsLength(20)
        self.all = QCheckBox(self.tr("Also attributes of other kinds"))
        self.note = QLabel()
        self.note.setProperty("fault", True)
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.hide()
        self.empty = EmptyState("", "", "")
        self._make_buttons()
        self._lay_out()
        self._connect()
        self._show_possible()

    def _make_buttons(self) -> None:
        self.new = QPushButton(self.tr("Add attribute…"))
        self.change = QPushButton(self.tr("Edit attribute…"))
        self.drop = QPushButton(self.tr("Remove attribute"))
        self.take_in = QPushButton(self.tr("Import…"))
        self.give_out = QPushButton(self.tr("Export…"))
        self.new.clicked.connect(self.add)
        self.change.clicked.connect(self.edit)
        self.drop.clicked.connect(self.remove)
        self.take_in.clicked.connect(self.ask_import)
        self.give_out.clicked.connect(self.ask_export)
        self.buttons = [self.new, self.change, self.drop, self.take_in, self.give_out]

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(self.kinds)
        above.addWidget(self.filter, 1)
        above.addWidget(self.order)
        above.addStretch(0)
        row = QWidget()
        acts = RowsLayout(row, 8, 6)
        for button in (*self.buttons, self.all):
            acts.addWidget(button)
        self.grid_page = QWidget()
        inner = QVBoxLayout(self.grid_page)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(6)
        inner.addWidget(self.table, 1)
        inner.addWidget(self.note)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(above)
        column.addWidget(row)
        column.addWidget(self.grid_page, 1)
        self.empty.setFrameShape(QFrame.Shape.NoFrame)
        column.addWidget(self.empty, 1)
        self.pages.addWidget(full)
        for before, after in pairwise((self.kinds, self.filter, self.order, *self.buttons, self.all, self.table)):
            self.setTabOrder(before, after)

    def _connect(self) -> None:
        self.kinds.activated.connect(self._on_kind_chosen)
        self.filter.textChanged.connect(self.model.narrow)
        self.order.activated.connect(self._on_order_chosen)
        self.all.toggled.connect(self.model.show_all_attributes)
        self.model.modelAboutToBeReset.connect(self._before_reset)
        self.model.modelReset.connect(self._after_reset)
        self.model.value_given.connect(self._set)
        self.table.clear_wanted.connect(self.clear)
        self.table.menu_wanted.connect(self._show_menu)
        self.table.values.told.connect(self._tell)
        self.table.selectionModel().currentChanged.connect(self._show_possible)
        self.empty.step.clicked.connect(self._take_step)

    def main_part(self) -> QWidget:
        """The sheet; where something is missing for it, the step that enters that."""
        return self.table if self.grid_page.isVisibleTo(self) else self.empty.step

    # --- what is shown -------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the sheet anew."""
        kind = self._kind
        self.sitting.bus.ask(self, lambda view: read_sheet(view, kind), self._show, about="sheet")

    def _show(self, sheet: Sheet) -> None:
        had_focus = holds_focus(self)
        self.model.show(sheet)
        self.all.setVisible(bool(sheet.elsewhere))
        self._say_what_is_missing()
        if had_focus and not holds_focus(self):
            self.focus_first()
        self._show_possible()
        self.loaded.emit()

    def _before_reset(self) -> None:
        self._was = self.model.cell(self.table.currentIndex()) or self._was

    def _after_reset(self) -> None:
        """Point to what was pointed to, to a new attribute, or else to the first cell."""
        self.table.fit()
        self._fill_order()
        again = self.model.index_of(self._was) if self._was else self.model.index(-1, -1)
        if self._wanted is not None and (column := self.model.column_of(self._wanted)) >= 0:
            self._wanted = None
            again = self.model.index(max(again.row(), 0), column)
        if not again.isValid():
            again = self.model.index(0, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.table.selectionModel().setCurrentIndex(again, flags)
        if self.grid_page.isVisibleTo(self):
            self.table.scrollTo(again)
        self._show_possible()

    def _fill_order(self) -> None:
        by, order = self.model.sorted_by
        self.order.clear()
        self.order.addItem(self.tr("Sorted by name"), (-1, Qt.SortOrder.AscendingOrder))
        for column, one in enumerate(self.model.attributes):
            self.order.addItem(self.tr("Sorted by %s") % one.name, (column, Qt.SortOrder.AscendingOrder))
            self.order.addItem(self.tr("Sorted by %s, last first") % one.name, (column, Qt.SortOrder.DescendingOrder))
        self.order.setCurrentIndex(0 if by < 0 else 1 + 2 * by + (order is Qt.SortOrder.DescendingOrder))

    def _say_what_is_missing(self) -> None:
        sheet, kind = self.model.sheet, labels.CASE_KINDS[self._kind].lower()
        if not sheet.cases:
            step = self.tr("Enter %s…") % kind if self._kind in _DOORS else self.tr("Import sources…")
            self.empty.say(
                self.tr("No %s yet") % kind,
                self.tr(
                    "Each becomes a row here, as soon as it is entered. A table of people or groups can make them."
                ),
                step,
            )
        elif not self.model.attributes and not sheet.elsewhere:
            self.empty.say(
                self.tr("No attributes yet"),
                self.tr(
                    "Add an attribute, which becomes a column, and type what is known of each. Or import a table "
                    "(.csv or .xlsx) whose first column names the %s; an export gives one to fill in."
                )
                % kind,
                self.tr("Add attribute…"),
            )
        elif not self.model.attributes:
            self.empty.say(
                self.tr("The %s have no attributes yet") % kind,
                self.tr("Cases of other kinds have some: show these, or add another one."),
                self.tr("Show the attributes of other kinds"),
            )
        missing = not sheet.cases or not self.model.attributes
        self.empty.setVisible(missing)
        for widget in (self.grid_page, self.filter, self.order):
            widget.setVisible(not missing)

    def _take_step(self) -> None:
        sheet = self.model.sheet
        if not sheet.cases:
            if self._kind in _DOORS:
                self.door_opened.emit(_DOORS[self._kind])
            else:
                self.sitting.import_wanted.emit()
        elif sheet.elsewhere:
            self.all.setChecked(True)
            self._show(sheet)
        else:
            self.add()

    def _on_kind_chosen(self) -> None:
        self.show_kind(value_of(self.kinds))

    def show_kind(self, kind: str) -> None:
        """Show the cases of a kind: people, groups, sources, sessions or events."""
        if kind != self._kind:
            self._kind, self._was = kind, None
            self.kinds.setCurrentIndex(self.kinds.findData(kind))
            self.all.setChecked(False)
            self.refresh()

    def _on_order_chosen(self) -> None:
        self.model.sort(*self.order.currentData())

    def _tell(self, words: str) -> None:
        self.note.setText(words)
        self.note.setVisible(bool(words))

    # --- what is done --------------------------------------------------------------------------------------------

    @property
    def current(self) -> Attribute | None:
        """The attribute that is pointed to."""
        column = self.table.currentIndex().column()
        return self.model.attributes[column] if 0 <= column < len(self.model.attributes) else None

    def _show_possible(self) -> None:
        none = self.tr("Choose a cell of its column first.")
        chosen = self.current is not None and self.grid_page.isVisibleTo(self)
        self.guard(self.new, self.tr("Insert or Ctrl+N"))
        self.guard(self.change, self.tr("Its name, type and unit"), possible=chosen, why_not=none)
        self.guard(self.drop, self.tr("The attribute with all its values"), possible=chosen, why_not=none)
        self.guard(self.take_in, self.tr("Values from a table: %s") % " ".join(TABLE_ENDINGS))
        self.guard(self.empty.step, "")
        self.give_out.setToolTip(self.tr("The %s as a table, to be read, or filled in and imported") % self._kind)

    def _set(self, cell: Cell, value: str) -> None:
        self._write([commands.Cell(str(cell.case), str(cell.attribute), value)])

    def clear(self) -> None:
        """Clear what is known in the selected cells."""
        cells = [self.model.cell(index) for index in self.table.selectedIndexes()]
        self._write([commands.Cell(str(one.case), str(one.attribute), None) for one in cells if one])

    def _write(self, cells: list[commands.Cell]) -> None:
        if cells and self.sitting.bus.may_write:
            self._tell("")
            kind = self._kind
            self.sitting.bus.act(lambda file: commands.set_values(file, kind=kind, cells=cells), owner=self)

    def add(self) -> None:
        """Open the form for a new attribute."""
        if self.sitting.bus.may_write:
            self._open(AttributeDialog(self.sitting, parent=self))

    def edit(self) -> None:
        """Open the form of the attribute that is pointed to."""
        if self.current is not None and self.sitting.bus.may_write:
            self._open(AttributeDialog(self.sitting, self.current, parent=self))

    def _open(self, form: FormDialog) -> None:
        form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form.finished_with.connect(self._on_finished)
        form.open()

    def _on_finished(self, changes: object) -> None:
        if isinstance(changes, ChangeSet) and (made := changes.created("attribute")):
            self._wanted = made[0]

    def remove(self) -> None:
        """Remove the attribute that is pointed to, after asking where values go with it."""
        attribute = self.current
        if attribute is not None and self.sitting.bus.may_write:
            reference = str(attribute.id)
            self.sitting.bus.ask(
                self,
                lambda view: what_goes_with(view, "attribute", reference),
                lambda parts: self._remove(attribute, parts),
                about="remove",
            )

    def _remove(self, attribute: Attribute, parts: Mapping[str, int]) -> None:
        def go_on() -> None:
            self.sitting.bus.act(lambda file: remove(file, "attribute", str(attribute.id)), owner=self)

        values = parts.get("attribute_value", 0)
        number = self.tr("1 value goes") if values == 1 else self.tr("%s values go") % labels.number(values)
        goes = self.tr("With it %s, of cases of all kinds. Undo brings them back.") % number if values else ""
        ask_removal(self, attribute.name, goes, go_on, title=self.tr("Remove attribute"))

    def _show_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        clear = menu.addAction(self.tr("Clear"), self.clear)
        clear.setEnabled(self.sitting.bus.may_write and self.table.selectionModel().hasSelection())
        menu.addSeparator()
        for button in self.buttons:
            act = menu.addAction(button.text())
            act.setEnabled(button.isEnabled())
            act.triggered.connect(button.click)
        menu.popup(at)

    # --- tables ----------------------------------------------------------------------------------------------------

    def _folder(self) -> Path:
        return Path(self.sitting.settings[FOLDER] or Path.home())

    def ask_import(self) -> None:
        """Ask for a table, and show what it would do."""
        patterns = " ".join(f"*{ending}" for ending in TABLE_ENDINGS)
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Import values"), str(self._folder()), self.tr("Tables (%s)") % patterns
        )
        if name:
            self.sitting.settings[FOLDER] = str(Path(name).parent)
            self.import_table(Path(name))

    def import_table(self, path: Path) -> None:
        """Show what a table would do, to be decided."""
        dialog = ImportValuesDialog(self.sitting, path, self._kind, parent=self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def ask_export(self) -> None:
        """Ask for a file, and save the sheet in it."""
        name, kind = QFileDialog.getSaveFileName(
            self, self.tr("Export the %s") % self._kind, str(self._folder() / f"{self._kind}.xlsx"), ";;".join(_FORMATS)
        )
        if name:
            path = Path(name)
            path = path if path.suffix else path.with_name(path.name + _FORMATS.get(kind, ".xlsx"))
            self.sitting.settings[FOLDER] = str(path.parent)
            self.export(path)

    def export(self, path: Path) -> None:
        """Save the sheet, as it is kept, in the format of the path's ending. Returns at once."""
        kind, file, doing = self._kind, self.sitting.bus.file, self.tr("Writing %s") % path.name

        def work(job: Job) -> Path:
            from polyvocal.exchange.writers.attributes import export_attributes

            job.report(0, 0, doing)
            with file.view() as view:
                sheet = read_sheet(view, kind)
            job.check()
            export_attributes(sheet, path)
            return path

        run_job(self, self.tr("Exporting"), work, self.exported.emit)


_FORMATS = {"Excel (*.xlsx)": ".xlsx", "Text with commas (*.csv)": ".csv"}
