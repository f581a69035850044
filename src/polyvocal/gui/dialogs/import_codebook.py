"""Taking in a codebook: pasted or from a file, shown as the tree that would come of it, problems first."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHeaderView,
    QLabel,
    QLayout,
    QPlainTextEdit,
    QSizePolicy,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from polyvocal.domain.errors import UserError
from polyvocal.domain.records import Code
from polyvocal.exchange.codebook import (
    ENDINGS,
    PATH_MARKS,
    CodebookPlan,
    Differing,
    Found,
    Outcome,
    PlannedCode,
    plan_codebook,
    read_codebook,
    read_codebook_text,
)
from polyvocal.exchange.readers.given import file_on_disk
from polyvocal.exchange.readers.table import Table, most_bytes
from polyvocal.gui import labels
from polyvocal.gui.button import Button
from polyvocal.gui.dialogs.form import Command, FormDialog, choice, value_of
from polyvocal.gui.dialogs.read_table import ReadTable
from polyvocal.gui.parts import in_column, in_row, muted
from polyvocal.gui.settings import FOLDER
from polyvocal.gui.sitting import Sitting
from polyvocal.services.commands.code_import import import_codes
from polyvocal.store.view import View

PAUSE = 250
"""Milliseconds after the last key until what is pasted is read."""
FOUND_OUT, NO_PATHS = "?", ""
_LISTED = 200


class ImportCodebookDialog(FormDialog):
    """Reads a codebook and shows what would become of each code; nothing is written before."""

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(sitting, "Import a codebook", ok="Import", parent=parent)
        self.finished.connect(self.deleteLater)
        self._path: Path | None = None
        self._sheets: tuple[str, ...] = ()
        self._plan: CodebookPlan | None = None
        self._reading = QTimer(self)
        self._reading.setSingleShot(True)
        self._reading.setInterval(PAUSE)
        self._reading.timeout.connect(self.read)
        self.text.textChanged.connect(self._on_typed)
        letter, line = self.fontMetrics().averageCharWidth(), self.fontMetrics().lineSpacing()
        self.resize(letter * 150, line * 40)
        self._show_nothing()

    def around(self, form: QFormLayout) -> QLayout:
        """What is read at the left, what would come of it at the right, what is wrong above that."""
        self.choose = Button(self.tr("Choose a file…"))
        self.choose.setAutoDefault(False)
        self.choose.clicked.connect(self.ask_file)
        self.told = muted()
        self.text = QPlainTextEdit()
        self.text.setPlaceholderText(
            self.tr(
                "Or paste a codebook here:\n\nlines, those further in lying below\n    like this: and what it means\n\n"
                "rows from a spreadsheet, with the names of the columns\n\nMarkdown with headings"
            )
        )
        self.text.setAccessibleName(self.tr("The codebook, pasted"))
        self.text.setTabChangesFocus(True)
        self._watched.append(self.text)
        self._make_choices()
        self._make_lists()
        left, right = QWidget(), QWidget()
        left.setLayout(in_column((self.text, 1)))
        right.setLayout(in_column(self.problems_head, (self.problems, 1), self.tree_head, (self.tree, 3), spacing=6))
        for side in (left, right):
            side.layout().setContentsMargins(0, 0, 0, 0)  # type: ignore[union-attr]
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(12)
        split.setStyleSheet("QSplitter::handle { background: transparent; }")
        split.addWidget(left)
        split.addWidget(right)
        split.setSizes([380, 720])
        return in_column(in_row(self.choose, (self.told, 1), spacing=12), form, (split, 1), self.summary, spacing=10)

    def _make_choices(self) -> None:
        self.sheets = choice(())
        self.row(self.tr("Sheet"), self.sheets)
        marks = [(mark, self.tr("paths, set apart by %s") % mark.strip()) for mark in PATH_MARKS]
        as_they_look = (FOUND_OUT, self.tr("single ones or paths, as they look"))
        single = (NO_PATHS, self.tr("single ones, whatever is in them"))
        self.path_mark = choice([as_they_look, single, *marks], FOUND_OUT)
        self.row(self.tr("Names of codes"), self.path_mark)
        self.differing = choice(
            [
                (Differing.KEEP, self.tr("keep them as they are")),
                (Differing.FILL, self.tr("fill in what is empty here")),
                (Differing.TAKE, self.tr("take what is new from the file")),
            ]
        )
        self.row(self.tr("Codes that differ"), self.differing)
        self.form.setRowVisible(self.sheets, False)
        for box in (self.sheets, self.path_mark, self.differing):
            box.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            box.activated.connect(lambda _at: self.read())

    def _make_lists(self) -> None:
        self.problems_head, self.tree_head, self.summary = QLabel(), QLabel(), muted()
        for head in (self.problems_head, self.tree_head):
            head.setProperty("section", True)
        self.problems = ReadTable((self.tr("Row or line"), self.tr("What is the matter")), (12, 60))
        self.problems.setAccessibleName(self.tr("What is wrong, or not carried over"))
        self.tree = QTreeWidget()
        self.tree.setHeaderLabels([self.tr("Code"), self.tr("Becomes"), self.tr("Definition")])
        self.tree.setAccessibleName(self.tr("The codes as they would be"))
        self.tree.setUniformRowHeights(True)
        self.tree.setRootIsDecorated(True)
        columns = self.tree.header()
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        letter = self.fontMetrics().averageCharWidth()
        for column, width in enumerate((38, 24)):
            columns.resizeSection(column, letter * width)

    # --- what is read --------------------------------------------------------------------------------------------

    def ask_file(self) -> None:
        """Ask for a file."""
        dialog = QFileDialog(self, self.tr("A codebook to import"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        endings = " ".join(f"*{one}" for one in ENDINGS)
        dialog.setNameFilters([self.tr("Codebooks (%s)") % endings, self.tr("All files (*)")])
        dialog.setDirectory(self.sitting.settings[FOLDER] or str(Path.home()))
        dialog.fileSelected.connect(lambda name: self.read_file(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def read_file(self, path: Path) -> None:
        """Read a file in place of what is pasted."""
        self.sitting.settings[FOLDER] = str(path.parent)
        self._path, self._sheets = path, ()
        self.sheets.clear()
        self.text.blockSignals(True)
        self.text.clear()
        self.text.blockSignals(False)
        self.read()

    def _on_typed(self) -> None:
        self._path = None
        self._reading.start()

    def read(self) -> None:
        """Read what is pasted or chosen, off the window's thread, and show what would come of it."""
        self._reading.stop()
        self.fault.hide()
        self.ok.setEnabled(False)
        path, text = self._path, value_of(self.text)
        if path is None and not text.strip():
            self._show_nothing()
            return
        sheet, differing = value_of(self.sheets) or None, Differing(value_of(self.differing))
        chosen = value_of(self.path_mark)
        mark = None if chosen == FOUND_OUT else chosen

        def work(view: View) -> tuple[Table | None, CodebookPlan]:
            table: Table | None = None
            found: Found
            if path is None:
                found = read_codebook_text(text, path_mark=mark)
            else:
                content = file_on_disk(path).content(most_bytes(path.name))
                found, table = read_codebook(content, path.name, sheet=sheet, path_mark=mark)
            return table, plan_codebook(found, view.all(Code), differing)

        self.sitting.bus.ask(self, work, self._on_read, about="plan", failed=self._on_not_read)

    def _on_not_read(self, fault: Exception) -> None:
        self._show_nothing()
        self.tell(fault)

    def _on_read(self, read: tuple[Table | None, CodebookPlan]) -> None:
        table, plan = read
        if table is not None and table.sheets != self._sheets:
            self._sheets = table.sheets
            self.sheets.clear()
            for name in table.sheets:
                self.sheets.addItem(name, name)
        if table is not None:
            self.sheets.setCurrentIndex(self.sheets.findData(table.sheet))
        self.form.setRowVisible(self.sheets, table is not None and len(table.sheets) > 1)
        self._show(plan)

    # --- what would come of it -----------------------------------------------------------------------------------

    def _show_nothing(self) -> None:
        self._plan = None
        self.told.setText(self.tr(".csv, .xlsx, .md or indented text; also as other programs write it."))
        self.tree.clear()
        self.tree_head.setText(self.tr("The codes as they would be"))
        self.problems_head.hide()
        self.problems.hide()
        self.summary.setText("")
        self._show_ready()

    def _show(self, plan: CodebookPlan) -> None:
        self._plan = plan
        where = self._path.name if self._path is not None else self.tr("What is pasted")
        self.told.setText(self.tr("%s, read as %s.") % (where, plan.read_as))
        self._show_problems(plan)
        self._show_tree(plan)
        counts = ", ".join(f"{labels.number(number)} {outcome}" for outcome, number in plan.counts.items() if number)
        self.tree_head.setText(self.tr("The codes as they would be: %s") % counts)
        parts = [self.tr("Nothing that is there already is changed.")]
        if plan.differing is not Differing.KEEP and plan.counts[Outcome.DIFFERS]:
            parts = [self.tr("Codes that differ are changed; the history of each keeps what it was.")]
        self.summary.setText(" ".join(parts))
        self._show_ready()

    def _show_problems(self, plan: CodebookPlan) -> None:
        lines = [(labels.number(where), labels.capitalised(what)) for where, what in plan.problems]
        lines += [
            ("", labels.capitalised(f"{note.fate}: {note.what}, {labels.number(note.how_many)}: {note.detail}"))
            for note in plan.notes
        ]
        for widget in (self.problems_head, self.problems):
            widget.setVisible(bool(lines))
        self.problems_head.setText(self.tr("To be looked at: %s") % labels.number(len(lines)))
        if len(lines) > _LISTED:
            lines[_LISTED:] = [("", self.tr("and %s more") % labels.number(len(lines) - _LISTED))]
        self.problems.fill(lines)

    def _show_tree(self, plan: CodebookPlan) -> None:
        self.tree.clear()
        line: list[QTreeWidgetItem] = []
        roots = []
        colours = self.sitting.theme.colours
        shades = {Outcome.SAME: colours.muted, Outcome.LEFT_OUT: colours.danger, Outcome.DIFFERS: colours.warning}
        for one in plan.codes:
            definition = " ".join(str(one.fields.get("definition", "")).split())[:300]
            item = QTreeWidgetItem([" ".join(one.name.split()), "; ".join(self._becomes(one)), definition])
            item.setToolTip(2, str(one.fields.get("definition", "")))
            item.setToolTip(1, one.told)
            if one.outcome in shades:
                item.setForeground(1, QBrush(QColor(shades[one.outcome])))
            del line[one.depth :]
            if line:
                line[-1].addChild(item)
            else:
                roots.append(item)
            line.append(item)
        self.tree.addTopLevelItems(roots)
        self.tree.expandAll()

    def _becomes(self, one: PlannedCode) -> Iterator[str]:
        fields = ", ".join(labels.CODE_FIELDS[name].lower() for name in one.differs)
        yield self.tr("differs: %s") % fields if fields else self.tr(str(one.outcome))
        if one.told and one.outcome is not Outcome.LEFT_OUT:
            yield one.told

    def _show_ready(self) -> None:
        count = self._plan.changes if self._plan is not None else 0
        words = self.tr("Import 1 code") if count == 1 else self.tr("Import %s codes") % labels.number(count)
        self.ok.setText(words if count else self.tr("Import"))
        self.ok.setEnabled(bool(count) and self.sitting.bus.may_write)

    def command(self) -> Command:
        """Write what was shown."""
        if self._plan is None or not self._plan.changes:
            raise UserError(self.tr("There is nothing to import."))
        drafts = self._plan.drafts
        return lambda file: import_codes(file, drafts)
