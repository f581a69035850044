"""What helps a person about in the window, whatever project is open; each is made when it is first wanted."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from polyvocal.gui.palette import Palette
    from polyvocal.gui.window import Window


class Shell(QObject):
    """The palette and the list of keys, and what is told of the keys."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self.palette: Palette | None = None

    def show_palette(self) -> None:
        """Let something be found, and done or gone to."""
        from polyvocal.gui.palette import Palette

        self.palette = self.palette or Palette(self._window)
        self.palette.open()

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
