"""Taking in files: whose they are, what stands in their way, and then all of them as one step, or none."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QVBoxLayout,
    QWidget,
)

from polyvocal.domain.errors import UserError
from polyvocal.exchange.about.found import Field
from polyvocal.exchange.about.rows import FOUND_OUT, Manner
from polyvocal.exchange.readers.folder import LeftOut, Why
from polyvocal.gui import labels
from polyvocal.gui.acts import HOW_READ
from polyvocal.gui.bus import Cancelled, Job
from polyvocal.gui.dialogs.about_fields import AboutFields
from polyvocal.gui.dialogs.fault import tell
from polyvocal.gui.dialogs.form import FormDialog
from polyvocal.gui.dialogs.import_asking import ask_files, ask_folder
from polyvocal.gui.dialogs.import_bars import FileBar, Notice, PatternBar
from polyvocal.gui.dialogs.import_how import HowDialog
from polyvocal.gui.dialogs.import_reading import Reading, divided, read_files
from polyvocal.gui.dialogs.import_result import ImportedDialog, NotTaken
from polyvocal.gui.dialogs.import_rows import Answers, Asked, Row, ask_about
from polyvocal.gui.dialogs.import_saying import said_of
from polyvocal.gui.dialogs.import_table import ImportModel
from polyvocal.gui.dialogs.import_view import ImportTable
from polyvocal.gui.dialogs.progress import Progress, run_act, run_job
from polyvocal.gui.parts import open_wide
from polyvocal.gui.sitting import Sitting
from polyvocal.services.commands.incoming import About, Incoming, Renewal
from polyvocal.services.commands.sources import ImportResult, import_all
from polyvocal.store.file import ProjectFile

Pairs = Sequence[tuple[Incoming, About | Renewal]]


class ImportDialog(FormDialog):
    """Reads files, tells at once what is wrong with any, asks whose they are, and takes them in.

    Nothing is in the project before all of it is. `finished_with` brings the ImportResult; what came over in another
    form, or was left out, is then shown in a window of its own.
    """

    def __init__(self, sitting: Sitting, paths: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(sitting, "Import files", ok="Import", parent=parent)
        self.finished.connect(self.deleteLater)
        self.setAcceptDrops(True)
        self._reading: Progress | None = None
        self._waiting: list[Path] = []
        self._left_in_folders: list[LeftOut] = []
        self._pattern_typed = False
        self._build_table()
        self.fields = AboutFields(self)
        self.fields.add_who()
        self.form = self._occasion
        self.fields.add_occasion()
        for changed in (
            self.fields.observers.textChanged,
            self.fields.event_box.editTextChanged,
            self.fields.session_box.editTextChanged,
            self.fields.phase.currentIndexChanged,
            self.fields.kind_changed,
        ):
            changed.connect(self._on_common_said)
        self.fields.names_changed.connect(self._ask)
        sitting.theme.changed.connect(self.model.repaint)
        open_wide(self, 190, 46)
        self.add(paths)
        (self.table if self.model.rows else self.below.more).setFocus()

    # --- how it looks --------------------------------------------------------------------------------------------

    def around(self, form: QFormLayout) -> QLayout:
        """The files above; below them, beside each other, who wrote them and on which occasion."""
        whole = QVBoxLayout()
        whole.setSpacing(8)
        self._files = QVBoxLayout()
        self._files.setSpacing(8)
        whole.addLayout(self._files, 1)
        said = QLabel(self.tr("Of all of them, unless the table says otherwise of one"))
        said.setProperty("section", True)
        whole.addWidget(said)
        self._occasion = QFormLayout()
        self._occasion.setFieldGrowthPolicy(form.fieldGrowthPolicy())
        self._occasion.setLabelAlignment(form.labelAlignment())
        self._occasion.setHorizontalSpacing(form.horizontalSpacing())
        self._occasion.setVerticalSpacing(form.verticalSpacing())
        both = QHBoxLayout()
        both.setSpacing(20)
        both.addLayout(form, 1)
        both.addLayout(self._occasion, 1)
        whole.addLayout(both)
        return whole

    def _build_table(self) -> None:
        self.model = ImportModel(self.sitting.theme, self)
        self.model.edited.connect(self._on_edited)
        self.table = ImportTable(self.model, self.sitting.actions)
        self.table.selectionModel().currentChanged.connect(self._on_current_changed)
        self.table.how_wanted.connect(self._ask_how)
        self.model.opened_again.connect(self._read)
        self.names = PatternBar()
        self.names.pattern.textEdited.connect(self._on_pattern_typed)
        self.names.only_problems.toggled.connect(self.table.show_only_problems)
        self._files.addWidget(self.names)
        self._files.addWidget(self.table, 1)
        self.below = FileBar(self.table.how)
        self.sitting.actions.explain(
            self.below.how, HOW_READ.name, self.tr("The encoding of the current file, the columns of a table")
        )
        self.below.more.clicked.connect(lambda: ask_files(self, self.sitting.settings, self.add))
        self.below.folder.clicked.connect(lambda: ask_folder(self, self.sitting.settings, self.add))
        self._files.addWidget(self.below)
        self.notice = Notice()
        self.notice.leave_out.connect(self._on_leave_out)
        self.notice.read_on.connect(self._read)
        self._files.addWidget(self.notice)

    # --- the files -----------------------------------------------------------------------------------------------

    def add(self, paths: Iterable[Path]) -> None:
        """Add files, folders and .zip files to those that are there, and read them."""
        folders, files = divided(paths)
        self._waiting += folders
        self.model.add(files)
        self._read()

    def _read(self) -> None:
        """Look through folders and read what was not read yet; what is added meanwhile is read after that."""
        unread = {row.given.identity: row for row in self.model.rows if row.outcome is None}
        if (unread or self._waiting) and self._reading is None:
            manners = {key: row.manner for key, row in unread.items()}
            reading = Reading(self._waiting, [row.given for row in unread.values()], manners)
            self._waiting = []
            self._reading = run_job(
                self,
                self.tr("Reading files"),
                partial(read_files, reading),
                lambda _none: self._on_read(reading, None),
                partial(self._on_read, reading),
            )
        self._on_edited()

    def _on_read(self, reading: Reading, fault: Exception | None) -> None:
        self._reading = None
        self._waiting = reading.folders + self._waiting
        self._left_in_folders += (one for one in reading.left_out if one.why is not Why.HIDDEN)
        self.model.add(reading.files)
        self.model.take(reading.outcomes)
        self._ask()
        self._on_edited()
        if fault is None:
            self._read()  # what was added meanwhile
        elif not isinstance(fault, Cancelled):
            self._waiting = []
            tell(self, fault)

    # --- what the project makes of them --------------------------------------------------------------------------

    def _ask(self) -> None:
        rows = [
            Asked(row.key, row.account, row.file_name, row.title, row.values(Field.OBSERVERS))
            for row in self.model.rows
            if row.account is not None
        ]
        pattern = self.names.pattern.text() if self._pattern_typed else None
        self.sitting.bus.ask(
            self,
            partial(ask_about, rows, pattern),
            self._on_answers,
            about="rows",
            failed=self._on_no_answers,
            later=150 if self._pattern_typed else 0,
        )

    def _on_answers(self, answers: Answers) -> None:
        if not self._pattern_typed:
            self.names.pattern.setText(answers.pattern.words if answers.pattern is not None else "")
        self.model.take_answers(answers)
        if self.model.rows and self.focusWidget() in (self.below.more, self.below.folder):
            self.table.setFocus()
        self.names.say_what_names_tell(self.model.rows)
        self._on_edited()

    def _on_no_answers(self, fault: Exception) -> None:
        if isinstance(fault, UserError):
            self.names.finds.setText(labels.capitalised(str(fault)))
        else:
            tell(self, fault)

    def _on_pattern_typed(self) -> None:
        self._pattern_typed = True
        self._ask()

    @property
    def is_filled_in(self) -> bool:
        """Whether anything was typed or chosen, in the table or below it."""
        return (
            super().is_filled_in
            or any(row.typed or row.manner is not FOUND_OUT for row in self.model.rows)
            or self._pattern_typed
        )

    # --- how a file is read --------------------------------------------------------------------------------------

    def _ask_how(self, row: Row) -> None:
        dialog = HowDialog(self.sitting, row, self)
        dialog.finished_with.connect(partial(self._on_how, row))
        dialog.open()

    def _on_how(self, row: Row, manner: Manner) -> None:
        self.model.read_anew([row], lambda _row: manner)
        self.table.setFocus()

    # --- what there is to say ------------------------------------------------------------------------------------

    @property
    def chosen(self) -> list[Row]:
        """The rows whose boxes are ticked."""
        return [row for row in self.model.rows if row.chosen]

    def _on_edited(self) -> None:
        rows, chosen = self.model.rows, self.chosen
        self.fields.also_observed_by(name for row in chosen for name in row.values(Field.OBSERVERS))
        fresh = sum(1 for row in chosen if row.incoming is not None and not row.is_doubled)
        count = self.tr("Import 1 file") if fresh == 1 else self.tr("Import %s files") % labels.number(fresh)
        self.ok.setText(count if fresh else self.tr("Import"))
        self.ok.setEnabled(bool(rows) and self._reading is None and self.sitting.bus.may_write)
        unread = sum(1 for row in chosen if row.outcome is None) + len(self._waiting)
        self.notice.show_of(rows, unread if self._reading is None else 0, self._left_in_folders)
        self._on_current_changed()

    def _on_common_said(self) -> None:
        self.model.show_common(self.fields.common())
        self._on_edited()

    def _on_current_changed(self, current: QModelIndex | None = None) -> None:
        at = (self.table.currentIndex() if current is None else current).row()
        row = self.model.rows[at] if 0 <= at < len(self.model.rows) else None
        self.below.tell(row, self.model.origins_of(row) if row is not None else "", is_empty=not self.model.rows)

    def _on_leave_out(self) -> None:
        self.model.choose((row for row in self.chosen if row.reason), chosen=False)
        self.table.setFocus()

    # --- dropping ------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """More files to be taken in."""
        event.acceptProposedAction()
        self.add(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())

    # --- taking them in ------------------------------------------------------------------------------------------

    def accept(self) -> None:
        """Take them in, all or none; the dialog stays, saying why, when that cannot be."""
        if not self.ok.isEnabled():
            return
        try:
            pairs = self._pairs()
        except UserError as fault:
            self.tell(fault)
            return
        self.wait()
        run_act(
            self,
            self.sitting.bus,
            self.tr("Importing files"),
            partial(_take_in, pairs),
            then=self._on_done,
            failed=self._on_failed,
        )

    def _pairs(self) -> Pairs:
        """Each text with what is said of it. UserError for what is in the way."""
        chosen = self.chosen
        in_the_way = [row for row in chosen if row.stands_in_the_way]
        if in_the_way:
            self._show(in_the_way[0])
            words = self.tr("Nothing was imported. Leave out what cannot be read, by the button above or its box: %s.")
            raise UserError(words % _names(in_the_way))
        if not chosen:
            raise UserError(self.tr("No file is to be imported: tick its box, or add one."))
        for row in chosen:
            if not row.title.strip():
                self._show(row)
                raise UserError(self.tr("A title is missing, of %s.") % row.name)
        without = [row for row in chosen if row.lacks_observer]
        if without:
            self.fields.observers.setFocus()
            words = self.tr(
                "A fieldnote has an observer: say who wrote all of them, or in the table who wrote each. Missing: %s."
            )
            raise UserError(words % _names(without))
        return [(replace(row.incoming, title=row.title), self._said_of(row)) for row in chosen if row.incoming]

    def _said_of(self, row: Row) -> About | Renewal:
        """What is said of one file. UserError, naming it, for what cannot be."""
        try:
            return said_of(row, self.fields, self.model.known)
        except UserError as fault:
            if len(self.model.rows) == 1:
                raise
            self._show(row)
            raise UserError(f"{row.name}: {fault}") from None

    def _show(self, row: Row) -> None:
        self.table.selectRow(self.model.rows.index(row))

    def _on_done(self, result: object) -> None:
        assert isinstance(result, ImportResult)
        left_out = [
            NotTaken(row.given.shown, row.reason or self.tr("left out")) for row in self.model.rows if not row.chosen
        ]
        left_out += (
            NotTaken(row.given.shown, self.tr("without text: row %s") % ", ".join(map(labels.number, without)))
            for row in self.model.rows
            if row.part == 0 and row.outcome is not None and (without := row.outcome.without_text)
        )
        left_out += (NotTaken(one.shown, one.sentence or str(one.why)) for one in self._left_in_folders)
        super()._on_done(result)
        ImportedDialog(self.sitting, result, left_out, self.parentWidget()).open()


def _take_in(pairs: Pairs, file: ProjectFile, job: Job) -> ImportResult:
    def before_each(at: int, one: Incoming) -> None:
        job.check()
        job.report(at, len(pairs), f"Taking in {at + 1:,} of {len(pairs):,}: {one.title}")

    return import_all(file, pairs, before_each=before_each)


def _names(rows: Sequence[Row]) -> str:
    more = f" (+{len(rows) - 3})" if len(rows) > 3 else ""
    return ", ".join(row.name for row in rows[:3]) + more
