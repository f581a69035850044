"""What helps a person about in the window, whatever project is open; each is made when it is first wanted."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from polyvocal.gui.settings import GUIDE, RECENT

if TYPE_CHECKING:
    from polyvocal.gui.guide import Guide
    from polyvocal.gui.opening import OpenedProject
    from polyvocal.gui.palette import Palette
    from polyvocal.gui.window import Window

SAMPLE = "Polyvocal sample.polyvocal"
"""How the file of the sample is called."""


class Shell(QObject):
    """The palette and the list of keys, and what is told of the keys."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self.palette: Palette | None = None
        self.guide: Guide | None = None
        window.opened.connect(self._on_opened)

    def show_palette(self) -> None:
        """Let something be found, and done or gone to."""
        from polyvocal.gui.palette import Palette

        self.palette = self.palette or Palette(self._window)
        self.palette.open()

    # --- the first steps -----------------------------------------------------------------------------------------

    def _on_opened(self) -> None:
        """On the sample, show the first steps to who has no project yet, and to who left them for the next time."""
        window = self._window
        project, state = window.project, window.settings[GUIDE]
        if project is None or project.path.name != SAMPLE:
            return
        if state == "shown" or (not state and window.settings[RECENT] == [str(project.path)]):
            self._show_guide(project)

    def begin_guide(self) -> None:
        """Show the first steps, on the sample; those that were done stay so, unless all were."""
        window = self._window
        window.settings[GUIDE] = "shown"
        project = window.project
        if project is None or project.path.name != SAMPLE:
            window.sample_wanted.emit()
        else:
            self._show_guide(project)

    def _show_guide(self, project: "OpenedProject") -> None:
        from polyvocal.gui.guide import Guide

        window = self._window
        window.settings[GUIDE] = "shown"
        if self.guide is None:
            self.guide = Guide(window)
            self.guide.left.connect(self._leave_guide)
            window.frame.row.addWidget(self.guide)
        if self.guide.current is None:
            self.guide.begin_anew()
        self.guide.heed(project)
        self.guide.show()

    def leave_project(self) -> None:
        """There are no steps without the sample, and no names without a project."""
        if self.guide is not None:
            self.guide.hide()
        if self.palette is not None:
            self.palette.heed(None)

    def _leave_guide(self) -> None:
        self._window.settings[GUIDE] = "left"
        if self.guide is not None:
            self.guide.hide()

    # --- dialogs -------------------------------------------------------------------------------------------------

    def show_settings(self) -> None:
        """Show what can be set."""
        from polyvocal.gui.dialogs.settings import SettingsDialog

        dialog = SettingsDialog(self._window.settings, self._window)
        dialog.keys_wanted.connect(self.show_keys)
        dialog.open()

    def show_keys(self) -> None:
        """Show what the keys do."""
        from polyvocal.gui.dialogs.keys import KeysDialog

        KeysDialog(self._window.all_actions, self._window).open()
