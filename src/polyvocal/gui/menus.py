"""The menus of the window, and the keys of what is in them."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup

from polyvocal.gui.acts import EDIT, HELP, PROJECT, VIEW, Act
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

        def action(name: str, section: str, text: str, slot: Callable[[], object], *keys: str) -> QAction:
            return window.all_actions.add(Act(name, section, text, keys), slot, owner=window)

        project, edit, view, help_ = PROJECT, EDIT, VIEW, HELP
        self.new = action("project.new", project, self.tr("New project…"), window.new_project)
        self.open = action("project.open", project, self.tr("Open a project…"), window.ask_open, "Ctrl+O")
        self.sample = action("project.sample", project, self.tr("Open the sample project"), window.sample_wanted.emit)
        self.fieldnote = action(
            "project.fieldnote", project, self.tr("New fieldnote…"), window.new_fieldnote, "Ctrl+Shift+N"
        )
        self.take_in = action("project.import", project, self.tr("Import files…"), window.ask_import, "Ctrl+Shift+I")
        self.take_in_folder = action(
            "project.import-folder", project, self.tr("Import a folder…"), window.ask_import_folder, "Ctrl+Shift+O"
        )
        self.codebook = action(
            "project.codebook", project, self.tr("Export the codebook…"), window.export_codebook, "Ctrl+Shift+E"
        )
        self.table = action("project.table", project, self.tr("Export what is shown…"), window.export_table)
        self.template = action(
            "project.template", project, self.tr("Export a fieldnote template…"), window.export_template
        )
        self.copy = action("project.copy", project, self.tr("Save a copy…"), window.save_copy)
        self.close = action("project.close", project, self.tr("Close the project"), window.leave_project, "Ctrl+W")
        self.quit = action("project.quit", project, self.tr("Quit"), window.close, "Ctrl+Q")
        self.undo = action("edit.undo", edit, self.tr("Undo"), window.turns.undo, "Ctrl+Z")
        self.redo = action("edit.redo", edit, self.tr("Redo"), window.turns.redo, "Ctrl+Shift+Z", "Ctrl+Y")
        self.drafts = action("edit.drafts", edit, self.tr("Drafts…"), window.show_drafts, "Ctrl+Shift+D")
        self.history = action("edit.history", edit, self.tr("History…"), self._show_history, "Ctrl+Alt+H")
        self.who = action("edit.who", edit, self.tr("Who codes here…"), window.ask_who, "Ctrl+Alt+W")
        self.blind = action("edit.blind", edit, self.tr("Code blind"), window.who_switch.toggle_blind)
        self.blind.setCheckable(True)
        self.larger = action("view.larger", view, self.tr("Larger text"), partial(self._grow, 1), "Ctrl++", "Ctrl+=")
        self.smaller = action("view.smaller", view, self.tr("Smaller text"), partial(self._grow, -1), "Ctrl+-")
        self.next_part = action(
            "view.next-part", view, self.tr("Next part of the view"), partial(window.go_round, 1), "F6"
        )
        self.previous_part = action(
            "view.previous-part", view, self.tr("Previous part of the view"), partial(window.go_round, -1), "Shift+F6"
        )
        self.palette = action(
            "view.palette", view, self.tr("Command palette…"), window.shell.show_palette, "Ctrl+Shift+P"
        )
        window.all_actions.explain(window.frame.who, "edit.who", self.tr("Who codes at this window; somebody else"))
        window.all_actions.follow(self.palette, self._name_palette_button, "view.palette")
        window.all_actions.explain(
            window.frame.palette_button, "view.palette", self.tr("Find an action, a source, a code, a person")
        )
        self.guide = action("help.guide", help_, self.tr("First steps on the sample"), window.shell.begin_guide)
        self.settings = action("view.settings", view, self.tr("Settings…"), window.shell.show_settings, "Ctrl+,")
        self.keys = action("view.keys", help_, self.tr("Keys…"), window.shell.show_keys, "F1")

    def _name_palette_button(self) -> None:
        words = self._window.all_actions.with_keys(self.tr("Find or do anything…   %s"), "view.palette")
        self._window.frame.palette_button.setText(words)

    def _grow(self, step: int) -> None:
        theme = self._window.theme
        theme.set_text_size(theme.text_size + step)

    def _show_history(self) -> None:
        if self._window.project is not None:
            self._window.project.show_history(self._window)

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
        self._coding = bar.addMenu(self.tr("&Coding"))
        self._coding.menuAction().setVisible(False)
        self._view = bar.addMenu(self.tr("&View"))
        looks = self._view.addMenu(self.tr("Light and dark"))
        group = QActionGroup(self)
        for name, shown in zip(THEME.choices, THEME.words, strict=True):
            choice = looks.addAction(self.tr(shown))
            choice.setCheckable(True)
            choice.setData(name)
            choice.triggered.connect(lambda _checked=False, name=name: self._window.theme.choose(name))
            group.addAction(choice)
        looks.aboutToShow.connect(lambda: self._check_look(group))
        self._view.addActions([self.larger, self.smaller])
        self._view.addSeparator()
        self._view.addActions([self.palette, self.settings])
        self._view.addSeparator()
        self._view.addActions([self.next_part, self.previous_part])
        self._view.addSeparator()
        bar.addMenu(self.tr("&Help")).addActions([self.guide, self.keys])

    def _check_look(self, group: QActionGroup) -> None:
        for choice in group.actions():
            choice.setChecked(choice.data() == self._window.settings[THEME])

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
            act = Act(f"view.{number + 1}", VIEW, name, (f"Ctrl+{number + 1}",))
            slot = partial(self._window.show_number, number)
            action = self._window.all_actions.add(act, slot, owner=self._window)
            self._view.addAction(action)
            self.views.append(action)
            self._window.all_actions.explain(self._window.frame.view_buttons[number], act.name, name)
        acts = project.read.acts
        for menu, parts in (
            (
                self._edit,
                ([self.history, self.drafts], [acts.find], [acts.correct, acts.versions], [self.who, self.blind]),
            ),
            (
                self._coding,
                (
                    [acts.code, acts.in_vivo, acts.again, acts.expand, acts.keep],
                    [acts.next, acts.previous, acts.same_next, acts.same_previous],
                    [acts.stance, acts.concerns, acts.memo],
                    [acts.other_code, acts.further_code, acts.merge, acts.split, acts.remove],
                    [acts.read, acts.read_all, acts.next_source],
                    [acts.which, acts.bare, acts.beside],
                ),
            ),
        ):
            for part in parts:
                menu.addSeparator()
                menu.addActions(part)
        self._coding.menuAction().setVisible(True)

    def forget_project(self) -> None:
        """Take it out again."""
        for action in self.views:
            self._view.removeAction(action)
            action.deleteLater()
        self.views = []
        self._coding.clear()
        self._coding.menuAction().setVisible(False)
        self._edit.clear()
        self._edit.addActions([self.undo, self.redo])

    def enable(self, *, open_: bool, may_write: bool) -> None:
        """Let be done what can be done: with a project that is open, and that may be changed."""
        for action in (
            self.codebook, self.table, self.template, self.copy, self.close, self.next_part, self.previous_part,
            self.drafts, self.history,
        ):  # fmt: skip
            action.setEnabled(open_)
        for action in (self.fieldnote, self.take_in, self.take_in_folder, self.who, self.blind):
            action.setEnabled(may_write)
        if not open_:
            self.undo.setEnabled(False)
            self.redo.setEnabled(False)
