"""Taking in files: whose they are, what stands in their way, and then all of them as one step, or none."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from polyvocal.domain.errors import UserError
from polyvocal.domain.words import SourceKind
from polyvocal.exchange.readers import readable_endings
from polyvocal.gui import labels
from polyvocal.gui.bus import Cancelled, Job
from polyvocal.gui.dialogs.about_fields import AboutFields
from polyvocal.gui.dialogs.fault import tell
from polyvocal.gui.dialogs.form import FormDialog, names_in, told_small
from polyvocal.gui.dialogs.import_result import ImportedDialog, LeftOut
from polyvocal.gui.dialogs.import_table import ImportModel, ImportTable, Outcome, Row, read_files
from polyvocal.gui.dialogs.progress import Progress, run_act, run_job
from polyvocal.gui.settings import FOLDER
from polyvocal.gui.sitting import Sitting
from polyvocal.services.commands.incoming import About, Incoming
from polyvocal.services.commands.sources import ImportResult, import_all
from polyvocal.services.queries.known import titles_of_texts
from polyvocal.store.file import ProjectFile

Pairs = Sequence[tuple[Incoming, About]]


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
        self._build_table()
        self.fields = AboutFields(self)
        self.fields.add_who()
        self.form = self._occasion
        self.fields.add_occasion()
        self.fields.observers.textChanged.connect(self._on_observers_typed)
        self.fields.kind_changed.connect(self._on_edited)
        self.fields.names_changed.connect(self._on_edited)
        sitting.theme.changed.connect(self.model.repaint)
        self.resize(self.fontMetrics().averageCharWidth() * 150, self.fontMetrics().lineSpacing() * 36)
        self.add(paths)
        self._on_current_changed()
        (self.table if self.model.rows else self.more).setFocus()

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
        self.table = ImportTable(self.model)
        self.table.selectionModel().currentChanged.connect(self._on_current_changed)
        self._files.addWidget(self.table, 1)
        self.detail = told_small("")
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.more = QPushButton(self.tr("Add files…"))
        self.more.setAutoDefault(False)
        self.more.clicked.connect(self._ask_more)
        below = QHBoxLayout()
        below.addWidget(self.detail, 1, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        self._files.addLayout(below)
        self.notice = QFrame()
        self.notice.setProperty("notice", True)
        row = QHBoxLayout(self.notice)
        row.setContentsMargins(12, 6, 6, 6)
        self.notice_words = QLabel()
        self.notice_words.setWordWrap(True)
        self.leave_out = QPushButton(self.tr("Leave them out"))
        self.leave_out.clicked.connect(self._on_leave_out)
        self.read_on = QPushButton(self.tr("Read on"))
        self.read_on.clicked.connect(self._read)
        row.addWidget(self.notice_words, 1)
        for button in (self.read_on, self.leave_out):
            button.setAutoDefault(False)
            row.addWidget(button)
        self._files.addWidget(self.notice)

    # --- the files -----------------------------------------------------------------------------------------------

    def add(self, paths: Iterable[Path]) -> None:
        """Add files to those that are there, and read them."""
        self.model.add(paths)
        self._read()

    def _ask_more(self) -> None:
        endings = " ".join(f"*{one}" for one in readable_endings())
        dialog = QFileDialog(self, self.tr("Add files"), self.sitting.settings[FOLDER])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([self.tr("Texts (%s)") % endings, self.tr("All files (*)")])
        dialog.filesSelected.connect(self._on_more)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_more(self, names: list[str]) -> None:
        if names:
            self.sitting.settings[FOLDER] = str(Path(names[0]).parent)
            self.add(Path(name) for name in names)

    def _read(self) -> None:
        """Read what was not read yet; what is added meanwhile is read after that."""
        paths = [row.path for row in self.model.rows if row.outcome is None]
        if paths and self._reading is None:
            found: dict[Path, Outcome] = {}
            self._reading = run_job(
                self,
                self.tr("Reading files"),
                partial(read_files, paths, found),
                lambda _none: self._on_read(found, None),
                partial(self._on_read, found),
            )
        self._on_edited()

    def _on_read(self, found: dict[Path, Outcome], fault: Exception | None) -> None:
        self._reading = None
        self.model.take(found)
        texts = {row.path: row.incoming.text for row in self.model.rows if row.incoming}
        self.sitting.bus.ask(
            self,
            lambda view: dict(zip(texts, titles_of_texts(view, list(texts.values())), strict=True)),
            self._on_known,
            about="known",
        )
        self._on_edited()
        self._on_current_changed()
        if fault is None:
            self._read()  # what was added meanwhile
        elif not isinstance(fault, Cancelled):
            tell(self, fault)

    def _on_known(self, titles: dict[Path, str | None]) -> None:
        self.model.tell_same(titles)
        self._on_edited()
        self._on_current_changed()

    @property
    def is_filled_in(self) -> bool:
        """Whether anything was typed or chosen, in the table or below it."""
        return super().is_filled_in or any(row.edited for row in self.model.rows)

    # --- what there is to say ------------------------------------------------------------------------------------

    @property
    def chosen(self) -> list[Row]:
        """The rows whose boxes are ticked."""
        return [row for row in self.model.rows if row.chosen]

    def _on_edited(self) -> None:
        rows, chosen = self.model.rows, self.chosen
        self.fields.also_observed_by(name for row in chosen for name in names_in(row.observers))
        self.table.observers.names = self.fields.people
        fresh = sum(1 for row in chosen if row.incoming is not None and not row.is_doubled)
        count = self.tr("Import 1 file") if fresh == 1 else self.tr("Import %s files") % labels.number(fresh)
        self.ok.setText(count if fresh else self.tr("Import"))
        self.ok.setEnabled(bool(rows) and self._reading is None and self.sitting.bus.may_write)
        unread = [row for row in chosen if row.outcome is None]
        faulty = [row for row in chosen if row.reason]
        self.read_on.setVisible(bool(unread) and self._reading is None)
        self.leave_out.setVisible(bool(faulty))
        words = []
        if faulty:
            words.append(
                self.tr("%s of %s files cannot be read.") % (labels.number(len(faulty)), labels.number(len(rows)))
            )
        if unread and self._reading is None:
            words.append(self.tr("%s were not read: you cancelled.") % labels.number(len(unread)))
        self.notice_words.setText(" ".join(words))
        self.notice.setVisible(bool(words))

    def _on_observers_typed(self) -> None:
        self.model.show_common("; ".join(self.fields.observers.names))

    def _on_current_changed(self, current: QModelIndex | None = None) -> None:
        at = (self.table.currentIndex() if current is None else current).row()
        if not self.model.rows:
            self.detail.setText(self.tr("Drop files here, or add them. What can be read: %s.") % _endings())
        elif 0 <= at < len(self.model.rows):
            row = self.model.rows[at]
            self.detail.setText(f"{row.path.name}: {self.model.told_of(row)}")
        else:
            self.detail.setText(self.tr("A title and the observers of one file are changed in the table (F2)."))

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
            self.table.selectRow(self.model.rows.index(in_the_way[0]))
            words = self.tr("Nothing was imported. To leave out what cannot be read, clear its box: %s.")
            raise UserError(words % _names(in_the_way))
        if not chosen:
            raise UserError(self.tr("No file is to be imported: tick its box, or add one."))
        for row in chosen:
            if not row.title.strip():
                self.table.selectRow(self.model.rows.index(row))
                raise UserError(self.tr("A title is missing, of %s.") % row.path.name)
        without = [row for row in chosen if not row.observers]
        if self.fields.chosen_kind is SourceKind.FIELDNOTE and without and not self.fields.observers.names:
            self.fields.observers.setFocus()
            words = self.tr(
                "A fieldnote has an observer: say below who wrote them, or in the table who wrote each. Missing: %s."
            )
            raise UserError(words % _names(without))
        pairs = []
        for row in chosen:
            assert row.incoming is not None
            pairs.append((replace(row.incoming, title=row.title), self.fields.about(names_in(row.observers))))
        return pairs

    def _on_done(self, result: object) -> None:
        assert isinstance(result, ImportResult)
        left_out = [
            LeftOut(row.path.name, row.reason or self.tr("left out")) for row in self.model.rows if not row.chosen
        ]
        super()._on_done(result)
        ImportedDialog(self.sitting, result, left_out, self.parentWidget()).open()


def _take_in(pairs: Pairs, file: ProjectFile, job: Job) -> ImportResult:
    def before_each(at: int, one: Incoming) -> None:
        job.check()
        job.report(at, len(pairs), f"Taking in {at + 1:,} of {len(pairs):,}: {one.title}")

    return import_all(file, pairs, before_each=before_each)


def _endings() -> str:
    return ", ".join(readable_endings())


def _names(rows: Sequence[Row]) -> str:
    more = f" (+{len(rows) - 3})" if len(rows) > 3 else ""
    return ", ".join(row.path.name for row in rows[:3]) + more
