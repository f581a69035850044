"""The bar above a text that is corrected: how much was changed, where it is kept, and what can be done."""

from PySide6.QtWidgets import QFrame, QLabel, QWidget

from polyvocal.domain.editlog import EditLog
from polyvocal.gui import labels
from polyvocal.gui.button import Button
from polyvocal.gui.drafts import DraftKeeper
from polyvocal.gui.elided import Elided
from polyvocal.gui.parts import in_row
from polyvocal.gui.rows_layout import RowsLayout


class CorrectingBar(QFrame):
    """Shows the state; whoever made it says what the buttons do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("notice", True)
        words = QLabel(self.tr("Correcting the text"))
        words.setProperty("section", True)
        self.state = Elided()
        self.lost = Button()
        self.undo, self.redo = Button(self.tr("Undo")), Button(self.tr("Redo"))
        self.find_words = Button(self.tr("Find…"))
        self.discard = Button(self.tr("Discard"))
        self.discard.setToolTip(self.tr("Leave the text as it was"))
        self.save = Button(self.tr("Save correction…"))
        self.state.setFixedWidth(self.state.fontMetrics().averageCharWidth() * 34)
        parts = QWidget()
        row = RowsLayout(parts, 8, 6)
        for part in (words, self.state, self.lost, self.undo, self.redo, self.find_words, self.discard, self.save):
            row.addWidget(part)
        whole = in_row(parts)
        whole.setContentsMargins(18, 6, 14, 6)
        self.setLayout(whole)

    def show_state(self, log: EditLog, keeper: DraftKeeper) -> None:
        """Tell how a text stands that is corrected."""
        number = len(log.replacements)
        self._tell(number, keeper)
        self.save.setEnabled(bool(number))
        for button, step, words in (
            (self.undo, log.next_undone, self.tr("Undo: %s (Ctrl+Z)")),
            (self.redo, log.next_redone, self.tr("Redo: %s (Ctrl+Shift+Z)")),
        ):
            button.setEnabled(step is not None)
            button.setToolTip(words % self.tr(step) if step is not None else "")
        gone = len(log.followed.gone)
        self.lost.setVisible(bool(gone))
        self.lost.setText(labels.without_words(gone))

    def _tell(self, number: int, keeper: DraftKeeper) -> None:
        if not number:
            self.state.setText(self.tr("nothing changed yet"))
            return
        told = self.tr("one change") if number == 1 else self.tr("%s changes") % labels.number(number)
        if keeper.fault:
            self.state.setText(self.tr("%s, not kept as a draft") % told)
            self.state.setToolTip(self.tr("It is held in memory only. %s") % keeper.fault)
        elif keeper.kept_at is not None:
            self.state.setText(self.tr("%s, kept as a draft") % told)
            self.state.setToolTip(
                self.tr("Kept in the project as it was %s, whatever happens; it is a version once you save it.")
                % labels.noted_lately(keeper.kept_at)
            )
        else:
            self.state.setText(told)
            self.state.setToolTip(self.tr("It is kept as a draft in the project in a moment."))
