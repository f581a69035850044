"""What can be done with what was corrected where it cannot be saved: none of it is stranded."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from polyvocal.gui import labels
from polyvocal.gui.button import Button
from polyvocal.gui.dialogs.text_apart import ask_save_text, copy_text
from polyvocal.gui.drafts import DraftKeeper
from polyvocal.gui.parts import in_column, in_row, muted
from polyvocal.gui.settings import Settings


class Rescue(QWidget):
    """Says where the corrected text is, and offers to leave it as a draft, to copy it, or to save it as a file."""

    left_as_draft = Signal()
    """The person leaves it as it is kept."""

    def __init__(self, text: str, keeper: DraftKeeper, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keeper, self._is_overtaken = keeper, False
        self.words = muted()
        self.done = muted()
        self.done.hide()
        self.leave = Button(self.tr("Leave it as a draft"))
        self.leave.setToolTip(self.tr("Go back to reading; Edit > Drafts lists what was corrected"))
        self.copy, self.save = Button(self.tr("Copy the corrected text")), Button(self.tr("Save the text as a file…"))
        self.leave.clicked.connect(lambda _checked=False: self.left_as_draft.emit())
        self.copy.clicked.connect(lambda _checked=False: self._on_copied(text))
        self.save.clicked.connect(
            lambda _checked=False: ask_save_text(
                self, settings, text, lambda path: self._show_done(self.tr("Written: %s") % path)
            )
        )
        for button in (self.leave, self.copy, self.save):
            button.setAutoDefault(False)
        buttons = in_row(self.leave, self.copy, self.save, None, spacing=8)
        column = in_column(self.words, buttons, self.done, spacing=8)
        column.setContentsMargins(0, 4, 0, 0)
        self.setLayout(column)
        keeper.changed.connect(self._show_where)
        self._show_where()

    def _on_copied(self, text: str) -> None:
        copy_text(text)
        self._show_done(self.tr("Copied."))

    def _show_done(self, words: str) -> None:
        self.done.setText(words)
        self.done.show()

    def tell(self, *, overtaken: bool) -> None:
        """Show it; `overtaken` where the text has another version by now, so that trying again is of no use."""
        self._is_overtaken = overtaken
        self._show_where()
        self.show()

    def _show_where(self) -> None:
        keeper = self._keeper
        self.leave.setVisible(keeper.is_safe)
        if keeper.is_safe and self._is_overtaken:
            told = self.tr(
                "What you corrected is kept as a draft in the project. Leave it there, to be read and copied from "
                "(Edit > Drafts) while you correct the newest version; or copy it now, or save it as a file."
            )
        elif keeper.is_safe:
            told = self.tr(
                "What you corrected is kept as a draft in the project. Try again, or leave it there, to be continued "
                "later; or copy the corrected text, or save it as a file."
            )
        elif keeper.kept_at is not None:
            told = self.tr(
                "What you corrected is still in this window; as it was %s it is also kept as a draft in the project "
                "file. Try again, copy the corrected text, or save it as a file."
            ) % labels.noted_lately(keeper.kept_at)
        else:
            told = self.tr(
                "What you corrected is still in this window, and nowhere else. Try again, copy the corrected text, or "
                "save it as a file."
            )
        self.words.setText(told)
