"""The window: one project at a time, or the start page; and what is done to a project as a whole."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QWidget

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.ids import DraftId, SourceId
from polyvocal.gui.actions import Actions
from polyvocal.gui.confirming import confirmed
from polyvocal.gui.dialogs.fault import tell
from polyvocal.gui.dialogs.form import FormDialog
from polyvocal.gui.frame import Frame
from polyvocal.gui.menus import Menus
from polyvocal.gui.opening import OpenedProject
from polyvocal.gui.session import Session
from polyvocal.gui.settings import FOLDER, GEOMETRY, OPEN, Settings
from polyvocal.gui.shell import Shell
from polyvocal.gui.sitting import PassagesMeant, Place
from polyvocal.gui.steps import named_step
from polyvocal.gui.theme import Theme
from polyvocal.gui.turns import Turns
from polyvocal.gui.views.start import StartPage
from polyvocal.gui.who_switch import WhoSwitch
from polyvocal.services.queries.drafts import DraftRow, list_drafts

PROJECT_FILES = "Polyvocal projects (*.polyvocal)"


class Window(QMainWindow):
    """Holds the frame, the menus, and the project that is open, if one is."""

    opened = Signal()
    """A project is on the screen, and what is first seen of it is painted."""
    sample_wanted = Signal()

    def __init__(self, settings: Settings, theme: Theme) -> None:
        super().__init__()
        self.settings, self.theme = settings, theme
        self.all_actions = Actions(settings, self)
        self.project: OpenedProject | None = None
        self.turns = Turns(self)
        self._pending = 0
        self._ended = False
        self.setAcceptDrops(True)
        self.frame = Frame()
        self.shell, self.who_switch, self.session = Shell(self), WhoSwitch(self), Session(self)
        self.frame.palette_button.clicked.connect(self.shell.show_palette)
        self.start = StartPage(settings, theme)
        self.start.open_wanted.connect(self.open_path)
        self.start.new_wanted.connect(self.new_project)
        self.start.open_dialog_wanted.connect(self.ask_open)
        self.start.sample_wanted.connect(self.sample_wanted)
        self.frame.stack.addWidget(self.start)
        self.setCentralWidget(self.frame)
        self.menus = Menus(self)
        self.turns.changed.connect(self._show_steps)
        self.turns.turned.connect(self.frame.done.setText)
        self.turns.failed.connect(self.show_fault)
        self._show_project()
        area = self.screen().availableGeometry()
        self.resize(min(1440, area.width() * 19 // 20), min(900, area.height() * 9 // 10))
        self.restoreGeometry(settings[GEOMETRY])

    # --- opening and closing -------------------------------------------------------------------------------------

    def open_path(self, path: Path) -> None:
        """Open a project in place of the one that is open; a fault is told, and that one stays."""
        project = self.project
        if project is not None and project.path == path.resolve():
            if project.sitting.bus.may_write and not project.gone:
                self.activateWindow()  # it is open already
                return
            self.close_project()
        OpenedProject.open(
            path,
            self,
            theme=self.theme,
            settings=self.settings,
            actions=self.all_actions,
            then=self._on_opened,
            failed=self.show_fault,
        )

    def _on_opened(self, project: OpenedProject) -> None:
        if self._ended or not self._may_leave(lambda: self.open_path(project.path)):
            project.close()
            return
        self.close_project()
        self.project = project
        self.settings.remember_project(project.path)
        sitting = project.sitting
        sitting.ask_who = self.ask_who
        sitting.bus.failed.connect(self.show_fault)
        sitting.bus.changed.connect(self._on_changed)
        sitting.bus.pending.connect(self._show_pending)
        sitting.coder_changed.connect(self._show_coder)
        sitting.blind_changed.connect(self.who_switch.show)
        sitting.place_wanted.connect(self.open_place)
        sitting.about_wanted.connect(self.show_about)
        sitting.told.connect(self.frame.done.setText)
        sitting.fieldnote_wanted.connect(self.new_fieldnote)
        sitting.drafts_wanted.connect(self.show_drafts)
        sitting.draft_wanted.connect(self.continue_draft)
        sitting.drafts_changed.connect(lambda: self.frame.hide_notice(self.show_drafts))
        sitting.import_wanted.connect(self.ask_import)
        sitting.import_folder_wanted.connect(self.ask_import_folder)
        project.file_gone.connect(self._on_file_gone)
        project.file_back.connect(self.frame.notice.hide)
        project.passages_wanted.connect(self._on_passages_wanted)
        project.exported.connect(self.on_exported)
        project.view_wanted.connect(self.show_view)
        project.export_wanted.connect(self.export_codebook)
        project.table_there.connect(self.menus.table.setEnabled)
        project.title_changed.connect(self._show_project)
        project.read.correcting.changed.connect(self.turns.ask)
        self.turns.follow(sitting)
        project.read.correcting.state_changed.connect(self._show_saved)
        self.frame.name_views(project.view_names, self.show_number)
        self.menus.show_project(project)
        self._show_project()
        self.show_view(project.read)
        self.session.bring_back(project)
        warnings = " ".join(sitting.bus.file.warnings)
        if not sitting.bus.may_write:
            self.frame.show_notice(warnings, self.tr("Try again to write"), lambda: self.open_path(project.path))
        elif warnings:
            self.frame.show_notice(warnings)
        if project.is_empty:
            self._on_shown()
        else:
            project.read.source_shown.connect(self._on_shown, Qt.ConnectionType.SingleShotConnection)

    def _on_shown(self) -> None:
        """What is first seen of a project is there: once it is painted, the rest may come."""
        QTimer.singleShot(0, self.opened.emit)
        project = self.project
        if project is not None and project.sitting.bus.may_write:
            project.sitting.bus.ask(self, list_drafts, self._tell_drafts, about="drafts")

    def leave_project(self) -> None:
        """Close the project, if nothing is left to be saved or discarded first."""
        if self._may_leave(self.leave_project):
            self.close_project()
            self.settings[OPEN] = ""

    def close_project(self) -> None:
        """Close the project, and show the start page. What waits is done first; everything is saved already."""
        project, self.project = self.project, None
        self.turns.follow(None)
        if project is None:
            return
        self.session.keep(project)
        self.frame.forget_views(project.views)
        self.menus.forget_project()
        try:
            project.close()
        except Exception as fault:  # noqa: BLE001 - a door of the window: what was saved is saved, and the rest is told
            self.show_fault(fault)
        self.start.refresh()
        self.shell.leave_project()
        self._show_project()

    def _show_project(self) -> None:
        """What is shown and can be done depends on whether a project is open."""
        project, frame = self.project, self.frame
        may_write = project is not None and project.sitting.bus.may_write
        frame.bar.setVisible(project is not None)
        frame.foot.setVisible(project is not None)
        frame.who.setVisible(may_write)
        self.menus.enable(open_=project is not None, may_write=may_write)
        if project is None:
            self.setWindowTitle("Polyvocal")
            frame.stack.setCurrentWidget(self.start)
            return
        self.setWindowTitle(f"{project.title} – Polyvocal")
        frame.place.setText(project.path.name)
        frame.place.setToolTip(str(project.path))
        self._show_coder()
        self._show_pending(0)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Everything is saved already; what waits is done before the program ends."""
        if not self._may_leave(self.close):
            event.ignore()
            return
        self._ended = True
        self.settings[GEOMETRY] = self.saveGeometry()
        self.close_project()
        event.accept()

    def _may_leave(self, then: Callable[[], object]) -> bool:
        """Whether no dialog holds what somebody filled in, and no text what somebody corrected; each asks.

        Where that is to be saved first, `then` is done afterwards.
        """
        for dialog in self.findChildren(FormDialog):
            if dialog.isVisible():
                dialog.reject()
                if dialog.isVisible():
                    return False
        return self.project is None or self.project.read.correcting.may_leave(then)

    def changeEvent(self, event: QEvent) -> None:
        """When the person comes back to the window, see whether the file is still where it was."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow() and self.project is not None:
            self.project.look_at_file()

    # --- views ---------------------------------------------------------------------------------------------------

    def show_view(self, view: QWidget) -> None:
        """Bring a view of the project to the front."""
        project = self.project
        if project is None:
            return
        if view is not project.read and not project.read.correcting.may_leave(lambda: self.show_view(view)):
            self.show_view(project.read)
            return
        self.frame.show_view(view, project.number_of(view))
        if view is project.read:
            project.read.text_in_front.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            view.setFocus(Qt.FocusReason.OtherFocusReason)
            if not view.isAncestorOf(QApplication.focusWidget() or view):
                view.focusNextChild()

    def show_number(self, number: int) -> None:
        """Bring the view of a number to the front; it is made if it was not shown yet."""
        if self.project is not None:
            self.show_view(self.project.view(number))

    def open_place(self, place: Place) -> None:
        """Show a place in the Read view."""
        project = self.project
        if project is not None:
            if self.frame.stack.currentWidget() is not project.read:
                self.show_view(project.read)
            project.read.open_place(place)

    def _on_passages_wanted(self, meant: PassagesMeant) -> None:
        if self.project is not None:
            self.show_view(self.project.read)
            self.project.read.list_passages(meant)

    def go_round(self, step: int) -> None:
        """Put the focus into the next part of the view; before, where the step is -1."""
        project = self.project
        if project is None:
            return
        panes = [pane for pane in getattr(self.frame.stack.currentWidget(), "panes", ()) if pane.isVisible()]
        if not panes:
            (self.focusNextChild if step > 0 else self.focusPreviousChild)()
            return
        focus = QApplication.focusWidget()
        here = next((n for n, one in enumerate(panes) if focus is one or (focus and one.isAncestorOf(focus))), -step)
        panes[(here + step) % len(panes)].setFocus(Qt.FocusReason.TabFocusReason)

    # --- who codes -----------------------------------------------------------------------------------------------

    def ask_who(self, then: Callable[[], None] | None = None) -> None:
        """Ask who codes at this window, then go on."""
        if self.project is None or not self.project.sitting.bus.may_write:
            return
        from polyvocal.gui.dialogs.who import WhoDialog

        dialog = WhoDialog(self.project.sitting, self)
        if then is not None:
            dialog.accepted.connect(then)
        dialog.rejected.connect(self.project.sitting.stay_unnamed)
        dialog.open()

    def _show_coder(self) -> None:
        self.who_switch.show()

    # --- undo and redo -------------------------------------------------------------------------------------------

    def _show_steps(self) -> None:
        project = self.project
        may = project is not None and project.sitting.bus.may_write and not project.read.correcting.is_open
        for action, step, word in (
            (self.menus.undo, self.turns.undone_next, self.tr("Undo")),
            (self.menus.redo, self.turns.redone_next, self.tr("Redo")),
        ):
            action.setEnabled(may and step is not None)
            action.setText(f"{word}: {named_step(step)}" if step else word)

    def _on_changed(self, changes: ChangeSet) -> None:
        self.frame.done.setText("")  # so that the same words are said again
        self.frame.done.setText(confirmed(changes))

    def _show_pending(self, count: int) -> None:
        self._pending = count
        self._show_saved()

    def _show_saved(self) -> None:
        """Say what is not saved, if anything."""
        project = self.project
        if project is None:
            return
        if not project.sitting.bus.may_write:
            words = self.tr("For reading only")
        else:
            saved = self.tr("Saving…") if self._pending else self.tr("Saved")
            words = project.read.correcting.unsaved or saved
        self.frame.saved.setText(words)

    # --- telling -------------------------------------------------------------------------------------------------

    def show_fault(self, fault: Exception) -> None:
        """Tell of a fault; the window stays usable."""
        tell(self, fault)

    def _on_file_gone(self, fault: str) -> None:
        self.frame.show_notice(fault, self.tr("Save a copy…"), self.save_copy)

    # --- acts on the project -------------------------------------------------------------------------------------

    def _folder(self) -> str:
        return self.settings[FOLDER] or str(Path.home())

    def _remember_folder(self, path: str) -> None:
        self.settings[FOLDER] = str(Path(path).parent)

    def new_project(self) -> None:
        """Ask for a new project, and open it."""
        from polyvocal.gui.dialogs.new_project import NewProjectDialog

        dialog = NewProjectDialog(self.settings, self)
        dialog.made.connect(self.open_path)
        dialog.open()

    def ask_open(self) -> None:
        """Ask which project to open."""
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Open a project"), self._folder(), PROJECT_FILES)
        if name:
            self._remember_folder(name)
            self.open_path(Path(name))

    def new_fieldnote(self, draft: DraftRow | None = None) -> None:
        """Type or paste a fieldnote; perhaps go on with one that was begun."""
        if self.project is not None and self.project.sitting.bus.may_write:
            from polyvocal.gui.dialogs.new_fieldnote import NewFieldnoteDialog

            dialog = NewFieldnoteDialog(self.project.sitting, self)
            dialog.finished_with.connect(self._on_taken_in)
            dialog.open()
            if draft is not None:
                dialog.take_up(draft)

    def show_drafts(self, draft: DraftId | None = None) -> None:
        """List what was written and not saved."""
        if self.project is not None:
            from polyvocal.gui.dialogs.drafts import DraftsDialog

            DraftsDialog(self.project.sitting, draft, self).open()

    def continue_draft(self, draft: DraftRow) -> None:
        """Go on with a draft, where it belongs."""
        project = self.project
        if project is None:
            return
        self.frame.hide_notice(self.show_drafts)
        if draft.source is None:
            self.new_fieldnote(draft)
        elif project.read.correcting.may_leave(lambda: self.continue_draft(draft)):
            self.open_place(Place(draft.source))
            project.read.drafts.want(draft)

    def _tell_drafts(self, drafts: list[DraftRow]) -> None:
        """What was not saved is told when the project is opened; of the text that is shown, that is told above it."""
        project = self.project
        if project is None:
            return
        source = project.read.source
        drafts = [one for one in drafts if source is None or one.source != source.source.id]
        if not drafts:
            return
        from polyvocal.gui.draft_bar import not_saved

        one = len(drafts) == 1
        told = not_saved(project.sitting, drafts[0]) if one else self.tr("%s drafts were not saved.") % len(drafts)
        words = " ".join([*project.sitting.bus.file.warnings, told])
        self.frame.show_notice(words, self.tr("Show it…") if one else self.tr("Show them…"), self.show_drafts)

    def show_about(self, source: SourceId) -> None:
        """Show all that is said of a source, to be corrected."""
        if self.project is not None:
            from polyvocal.gui.dialogs.source import ask_about_source

            ask_about_source(self.project.sitting, source, self)

    def ask_import(self) -> None:
        """Ask for files to take in."""
        if self.project is not None and self.project.sitting.bus.may_write:
            from polyvocal.gui.dialogs.import_asking import ask_files

            ask_files(self, self.settings, self.import_files)

    def ask_import_folder(self) -> None:
        """Ask for a folder of files to take in."""
        if self.project is not None and self.project.sitting.bus.may_write:
            from polyvocal.gui.dialogs.import_asking import ask_folder

            ask_folder(self, self.settings, self.import_files)

    def import_files(self, paths: list[Path]) -> None:
        """Take in files, after asking whose they are."""
        if self.project is not None and self.project.sitting.bus.may_write:
            from polyvocal.gui.dialogs.import_files import ImportDialog

            dialog = ImportDialog(self.project.sitting, paths, self)
            dialog.finished_with.connect(self._on_taken_in)
            dialog.open()

    def _on_taken_in(self, result: object) -> None:
        taken = getattr(result, "sources", ())
        if taken:
            self.open_place(Place(taken[0][1]))

    def export_codebook(self) -> None:
        """Ask where the codebook is to go, and write it."""
        if self.project is not None:
            self.project.ask_export_codebook(self, self._folder(), self.on_exported)

    def export_table(self) -> None:
        """Ask where the table is to go, and write it."""
        if self.project is not None:
            self.project.compare.ask_export()

    def export_template(self) -> None:
        """Ask for which event a fieldnote template is, and write it."""
        if self.project is not None:
            self.project.ask_export_template(self, self._folder(), self.on_exported)

    def save_copy(self) -> None:
        """Ask where a copy of the project is to go, and make it."""
        if self.project is not None:
            self.project.ask_save_copy(self, self._folder(), self.on_exported)

    def on_exported(self, path: Path) -> None:
        """Tell that a file was written."""
        self._remember_folder(str(path))
        project = self.project
        blind = project is not None and project.sitting.blind and path.suffix != project.path.suffix
        words = self.tr("Written, with your codings only: %s") if blind else self.tr("Written: %s")
        self.frame.done.setText(words % path)

    # --- files dropped on the window -----------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A project that is dropped is opened; other files are taken in."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        projects = [path for path in paths if path.suffix == ".polyvocal"]
        if projects:
            QTimer.singleShot(0, self, lambda: self.open_path(projects[0]))
        elif paths:
            QTimer.singleShot(0, self, lambda: self.import_files(paths))
