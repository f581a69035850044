"""The menus of the window, and the keys of what is in them."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from polyvocal.gui.settings import RECENT, THEME

if TYPE_CHECKING:
    from polyvocal.gui.opening import OpenedProject
    from polyvocal.gui.window import Window


class Menus(QObject):
    """Each action is an attribute; the window says what they do."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self.views: list[QAction] = []
        """One for each view of the project that is open."""
        self._make_actions()
        self._make_menus()

    def _make_actions(self) -> None:
        window = self._window

        def action(text: str, slot: Callable[[], object], keys: str = "") -> QAction:
            made = QAction(text, self)
            if keys:
                made.setShortcuts([QKeySequence(one) for one in keys.split(" or ")])
            made.triggered.connect(lambda _checked=False: slot())
            window.addAction(made)
            return made

        self.new = action(self.tr("New project…"), window.new_project)
        self.open = action(self.tr("Open a project…"), window.ask_open, "Ctrl+O")
        self.sample = action(self.tr("Open the sample project"), window.sample_wanted.emit)
        self.fieldnote = action(self.tr("New fieldnote…"), window.new_fieldnote, "Ctrl+Shift+N")
        self.take_in = action(self.tr("Import files…"), window.ask_import, "Ctrl+I")
        self.take_in_folder = action(self.tr("Import a folder…"), window.ask_import_folder, "Ctrl+Shift+I")
        self.codebook = action(self.tr("Export the codebook…"), window.export_codebook, "Ctrl+Shift+E")
        self.table = action(self.tr("Export the table…"), window.export_table)
        self.template = action(self.tr("Export a fieldnote template…"), window.export_template)
        self.copy = action(self.tr("Save a copy…"), window.save_copy)
        self.close = action(self.tr("Close the project"), window.leave_project, "Ctrl+W")
        self.quit = action(self.tr("Quit"), window.close, "Ctrl+Q")
        self.undo = action(self.tr("Undo"), window.undo, "Ctrl+Z")
        self.redo = action(self.tr("Redo"), window.redo, "Ctrl+Shift+Z or Ctrl+Y")
        self.drafts = action(self.tr("Drafts…"), window.show_drafts, "Ctrl+Shift+D")
        self.who = action(self.tr("Who codes here…"), window.ask_who, "Ctrl+Shift+U")
        theme = window.theme
        self.larger = action(
            self.tr("Larger text"), lambda: theme.set_text_size(theme.text_size + 1), "Ctrl++ or Ctrl+="
        )
        self.smaller = action(self.tr("Smaller text"), lambda: theme.set_text_size(theme.text_size - 1), "Ctrl+-")
        self.next_part = action(self.tr("Next part of the view"), lambda: window.go_round(1), "F6")
        self.previous_part = action(self.tr("Previous part of the view"), lambda: window.go_round(-1), "Shift+F6")
        self.keys = action(self.tr("Keys…"), window.show_keys, "F1")

    def _make_menus(self) -> None:
        bar = self._window.menuBar()
        project = bar.addMenu(self.tr("&Project"))
        project.addActions([self.new, self.open])
        self._recent = project.addMenu(self.tr("Open recent"))
        self._recent.aboutToShow.connect(self._fill_recent)
        project.addAction(self.sample)
        project.addSeparator()
        project.addActions([self.fieldnote, self.take_in, self.take_in_folder])
        project.addSeparator()
        project.addActions([self.codebook, self.table, self.template, self.copy])
        project.addSeparator()
        project.addActions([self.close, self.quit])
        self._edit = bar.addMenu(self.tr("&Edit"))
        self._edit.addActions([self.undo, self.redo])
        self._view = bar.addMenu(self.tr("&View"))
        looks = self._view.addMenu(self.tr("Light and dark"))
        group = QActionGroup(self)
        for name, shown in (
            ("system", self.tr("As the system is")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
        ):
            choice = looks.addAction(shown)
            choice.setCheckable(True)
            choice.setChecked(self._window.settings[THEME] == name)
            choice.triggered.connect(lambda _checked=False, name=name: self._window.theme.choose(name))
            group.addAction(choice)
        self._view.addActions([self.larger, self.smaller])
        self._view.addSeparator()
        self._view.addActions([self.next_part, self.previous_part])
        self._view.addSeparator()
        bar.addMenu(self.tr("&Help")).addAction(self.keys)

    def _fill_recent(self) -> None:
        self._recent.clear()
        for path in self._window.settings[RECENT]:
            action = self._recent.addAction(Path(path).stem)
            action.setToolTip(path)
            action.triggered.connect(lambda _checked=False, path=path: self._window.open_path(Path(path)))
        if self._recent.isEmpty():
            self._recent.addAction(self.tr("(none yet)")).setEnabled(False)

    def show_project(self, project: "OpenedProject") -> None:
        """Put in what can be done in the views of a project."""
        for number, name in enumerate(project.view_names):
            action = self._view.addAction(name)
            action.setShortcut(QKeySequence(f"Ctrl+{number + 1}"))
            action.triggered.connect(lambda _checked=False, number=number: self._window.show_number(number))
            self.views.append(action)
        read = project.read
        for part in (
            [read.code_action, read.expand_action, read.next_action, read.previous_action],
            [read.stance_action, read.remove_action],
            [read.read_action, read.read_all_action],
            [read.correct_action, read.versions_action, self.drafts],
            [self.who],
        ):
            self._edit.addSeparator()
            self._edit.addActions(part)

    def forget_project(self) -> None:
        """Take it out again."""
        for action in self.views:
            self._view.removeAction(action)
            action.deleteLater()
        self.views = []
        self._edit.clear()
        self._edit.addActions([self.undo, self.redo])

    def enable(self, *, open_: bool, may_write: bool) -> None:
        """Let be done what can be done: with a project that is open, and that may be changed."""
        for action in (
            self.codebook, self.table, self.template, self.copy, self.close, self.next_part, self.previous_part,
            self.drafts,
        ):  # fmt: skip
            action.setEnabled(open_)
        for action in (self.fieldnote, self.take_in, self.take_in_folder, self.who):
            action.setEnabled(may_write)
        if not open_:
            self.undo.setEnabled(False)
            self.redo.setEnabled(False)
