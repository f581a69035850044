"""Opening a project for the window: for writing where that may be, else for reading, and off the window's thread."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.errors import EnvironmentFault
from polyvocal.domain.ids import PersonId
from polyvocal.domain.records import Person, Project, Source
from polyvocal.gui.actions import Actions
from polyvocal.gui.bus import Bus, Job
from polyvocal.gui.dialogs.progress import run_job
from polyvocal.gui.session import Left
from polyvocal.gui.settings import CODER, Settings
from polyvocal.gui.sitting import Me, Sitting
from polyvocal.gui.theme import Theme
from polyvocal.gui.views.read import ReadView
from polyvocal.services.queries.project import latest_operation
from polyvocal.store.file import Mode, ProjectFile, open_project
from polyvocal.store.view import View

if TYPE_CHECKING:
    from polyvocal.gui.views.codebook_view import CodebookView
    from polyvocal.gui.views.compare import CompareView
    from polyvocal.gui.views.memos import MemosView
    from polyvocal.gui.views.setting import SettingView

LOOK_AGAIN = 2_000
"""After so many milliseconds a window that may only read looks whether another program changed the project."""


class OpenedProject(QObject):
    """A project with its sitting and its views."""

    def __init__(
        self, file: ProjectFile, theme: Theme, settings: Settings, parent: QObject, *, actions: Actions
    ) -> None:
        super().__init__(parent)
        self.path = file.path
        self.sitting = Sitting(Bus(file, self), theme, settings, self, actions=actions)
        self._seen = self.sitting.bus.read(latest_operation)
        last = Left.from_json(settings.left(file.path)).coder
        beginning = self.sitting.bus.read(lambda view: _beginning(view, last, settings[CODER]))
        self.title, self.is_empty, coder = beginning
        if coder is not None and self.sitting.bus.may_write:
            self.sitting.choose_coder(coder)
        self.view_names = (
            self.tr("Setting"),
            self.tr("Read"),
            self.tr("Codebook"),
            self.tr("Compare"),
            self.tr("Memos"),
        )
        self._makers = (
            self._make_setting,
            self._make_read,
            self._make_codebook,
            self._make_compare,
            self._make_memos,
        )
        self._views: dict[int, QWidget] = {}
        self.compare_left = ""
        """How the pages of the Compare view were left, which they take up when it is made."""
        self.gone = False
        if not self.sitting.bus.may_write:
            timer = QTimer(self)
            timer.timeout.connect(self._look_for_changes)
            timer.start(LOOK_AGAIN)
        self.sitting.bus.changed.connect(self._on_changed)
        self.sitting.entry_wanted.connect(self._on_entry_wanted)

    exported = Signal(object)
    """The path of a file that a view wrote."""
    export_wanted = Signal()
    """The codebook is to be written to a file."""
    compared_anew = Signal()
    """The pages of the Compare view have chosen something else."""
    table_there = Signal(bool)
    """Whether there is a table to export."""
    view_wanted = Signal(object)
    """One of the views is to be brought to the front."""
    passages_wanted = Signal(object)
    """PassagesMeant: some passages are to be listed."""

    @property
    def setting(self) -> "SettingView":
        """The Setting view."""
        return self.view(0)  # type: ignore[return-value]

    @property
    def read(self) -> ReadView:
        """The Read view."""
        return self.view(1)  # type: ignore[return-value]

    @property
    def codebook(self) -> "CodebookView":
        """The Codebook view."""
        return self.view(2)  # type: ignore[return-value]

    @property
    def compare(self) -> "CompareView":
        """The Compare view."""
        return self.view(3)  # type: ignore[return-value]

    @property
    def compare_now(self) -> str:
        """What the pages of the Compare view have chosen; how they were left, where it was not made yet."""
        return self.compare.kept if 3 in self._views else self.compare_left

    @property
    def memos(self) -> "MemosView":
        """The Memos view."""
        return self.view(4)  # type: ignore[return-value]

    def view(self, number: int) -> QWidget:
        """A view by its place among the names; made when it is first asked for, which keeps the start short."""
        if number not in self._views:
            self._views[number] = self._makers[number]()
        return self._views[number]

    def views_by_number(self) -> list[QWidget | None]:
        """The views in the order of their names; None where one was not made yet."""
        return [self._views.get(number) for number in range(len(self.view_names))]

    def number_of(self, view: QWidget) -> int:
        """The place of a view among the names."""
        return next(number for number, one in self._views.items() if one is view)

    def _make_setting(self) -> QWidget:
        from polyvocal.gui.views.setting import SettingView

        view = SettingView(self.sitting)
        view.passages_wanted.connect(self.passages_wanted)
        view.exported.connect(self.exported)
        return view

    def _make_read(self) -> QWidget:
        view = ReadView(self.sitting)
        view.passages.exported.connect(self.exported)
        return view

    def _make_codebook(self) -> QWidget:
        from polyvocal.gui.views.codebook_view import CodebookView

        view = CodebookView(self.sitting)
        view.export_wanted.connect(self.export_wanted)
        view.passages.exported.connect(self.exported)
        return view

    def _make_compare(self) -> QWidget:
        from polyvocal.gui.views.compare import CompareView

        view = CompareView(self.sitting, kept=self.compare_left)
        view.chosen_anew.connect(self.compared_anew)
        view.exported.connect(self.exported)
        view.can_export_changed.connect(self.table_there)
        return view

    def _make_memos(self) -> QWidget:
        from polyvocal.gui.views.memos import MemosView

        view = MemosView(self.sitting)
        view.exported.connect(self.exported)
        return view

    def _on_entry_wanted(self, entry: tuple[str, int]) -> None:
        section, thing = entry
        if section == "code":
            self.view_wanted.emit(self.read)
            self.sitting.code_wanted.emit(thing)
            return
        from polyvocal.gui.views.setting_section import Door

        self.view_wanted.emit(self.setting)
        self.setting.open_door(Door(section, thing))

    def show_history(self, window: QWidget) -> None:
        """Show what was done to the project, to go back to a point of it."""
        from polyvocal.gui.dialogs.history import HistoryDialog

        hindrance = self.tr("A text is being corrected: save that or leave it, to undo what was done before.")
        HistoryDialog(self.sitting, hindrance if self.read.correcting.is_open else "", window).open()

    @property
    def views(self) -> tuple[QWidget, ...]:
        """The views that were made until now."""
        return tuple(self._views.values())

    @staticmethod
    def open(
        path: Path,
        window: QWidget,
        *,
        theme: Theme,
        settings: Settings,
        actions: Actions,
        then: Callable[["OpenedProject"], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Open a file; `then` gets the project on the window's thread, `failed` the fault."""

        def work(_job: Job) -> ProjectFile:
            return open_for_window(path)

        def opened(file: ProjectFile) -> None:
            then(OpenedProject(file, theme, settings, window, actions=actions))

        run_job(window, f"Opening {path.name}", work, opened, failed)

    def close(self) -> None:
        """Do what waits, and leave one whole file."""
        self.sitting.stay_unnamed()
        bus = self.sitting.bus
        bus.close()
        for view in self.views:
            view.deleteLater()
        self.deleteLater()
        bus.file.close()

    # --- following the file --------------------------------------------------------------------------------------

    file_gone = Signal(str)
    """Words that say that the file is not where it was."""

    file_back = Signal()
    """The file is where it was, again."""

    def look_at_file(self) -> None:
        """See, off the window's thread, whether the file is still where it was."""
        if not self.sitting.bus.may_write:
            return
        file = self.sitting.bus.file

        def query(_view: View) -> str:
            try:
                file.refuse_if_gone()
            except EnvironmentFault as fault:
                return str(fault)
            return ""

        self.sitting.bus.ask(self, query, self._on_looked, about="file")

    def _on_looked(self, fault: str) -> None:
        was, self.gone = self.gone, bool(fault)
        if fault and not was:
            self.file_gone.emit(fault)
        elif was and not fault:
            self.file_back.emit()

    def _look_for_changes(self) -> None:
        self.sitting.bus.ask(self, latest_operation, self._on_latest, about="latest")

    def _on_latest(self, latest: int | None) -> None:
        """Another program changed the project: nothing that is shown is known to be as it was."""
        before, self._seen = self._seen, latest
        if latest != before:
            self.sitting.bus.tell_all_changed(latest or 0)

    def _on_changed(self, changes: ChangeSet) -> None:
        if "project" in changes.kinds:
            self.sitting.bus.ask(self, lambda view: view.all(Project)[0].title, self._on_title, about="title")

    title_changed = Signal()

    def _on_title(self, title: str) -> None:
        self.title = title
        self.title_changed.emit()

    # --- files that are written ----------------------------------------------------------------------------------

    def ask_export_codebook(self, window: QWidget, folder: str, then: Callable[[Path], None]) -> None:
        """Ask where the codebook is to go, and write it."""
        name, _ = QFileDialog.getSaveFileName(
            window,
            self.tr("Export the codebook"),
            str(Path(folder) / self.tr("codebook.docx")),
            self.tr("Word (*.docx);;Excel (*.xlsx);;CSV (*.csv);;Markdown (*.md);;Web page (*.html)"),
        )
        if name:
            self.export_codebook(window, Path(name), then)

    def export_codebook(self, window: QWidget, path: Path, then: Callable[[Path], None]) -> None:
        """Write the codebook to a file, in the format that its ending names."""

        def work(job: Job) -> Path:
            from polyvocal.exchange.writers import export_codebook
            from polyvocal.services.queries.codebook import codebook_report

            job.report(0, 0, "Reading the codebook and its passages")
            with self.sitting.bus.file.view() as view:
                report = codebook_report(view)
            job.check()
            job.report(0, 0, f"Writing {path.name}")
            export_codebook(report, path)
            return path

        run_job(window, self.tr("Export the codebook"), work, then)

    def ask_export_template(self, window: QWidget, folder: str, then: Callable[[Path], None]) -> None:
        """Ask for which event a fieldnote template is, where it is to go, and write it."""
        from polyvocal.gui.dialogs.template import TemplateDialog
        from polyvocal.services.queries.setting_entries import Names, names_to_choose

        def ask(names: Names) -> None:
            dialog = TemplateDialog(self.sitting, names, folder, window)
            dialog.finished_with.connect(then)
            dialog.open()

        self.sitting.bus.ask(window, names_to_choose, ask, about="template")

    def ask_save_copy(self, window: QWidget, folder: str, then: Callable[[Path], None]) -> None:
        """Ask where a copy of the project is to go, and make it."""
        name, _ = QFileDialog.getSaveFileName(
            window,
            self.tr("Save a copy"),
            str(Path(folder) / f"{self.path.stem} (copy).polyvocal"),
            self.tr("Polyvocal projects (*.polyvocal)"),
            options=QFileDialog.Option.DontConfirmOverwrite,  # a project is never written over
        )
        if name:
            self.save_copy(window, Path(name), then)

    def save_copy(self, window: QWidget, path: Path, then: Callable[[Path], None]) -> None:
        """Copy the project as it is now; never over a file that is there."""

        def work(job: Job) -> Path:
            job.report(0, 0, f"Copying to {path.name}")
            self.sitting.bus.file.save_copy(path)
            return path

        run_job(window, self.tr("Save a copy"), work, then)


def open_for_window(path: Path) -> ProjectFile:
    """Open a project for a sitting; where it cannot be written, for reading, with the reason among its warnings.

    Raises UserError for what is not a project, EnvironmentFault for what cannot even be read.
    """
    try:
        return open_project(path, Mode.WRITE)
    except EnvironmentFault as fault:
        file = open_project(path, Mode.READ)
        file.warnings = [str(fault)]
        return file


def _beginning(view: View, last: int | None, coder: str) -> tuple[str, bool, Me | None]:
    """The title, whether there are no sources, and who coded last here, else at this machine if known here."""
    (project,) = view.all(Project)
    known = view.find(Person, id=last) if last is not None else []
    known = known or (view.find(Person, name=coder) if coder else [])
    me = Me(PersonId(known[0].id), known[0].name) if len(known) == 1 else None
    return project.title, view.count(Source) == 0, me
