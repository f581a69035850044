"""What stands where the text will be, in a project that has none yet: the first steps."""

from PySide6.QtWidgets import QLabel, QWidget

from polyvocal.gui.button import Button
from polyvocal.gui.parts import in_column, in_row, muted
from polyvocal.gui.sitting import Sitting


class EmptyPage(QWidget):
    """Says that there is no account yet, and offers to type one or to bring some in."""

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        title = QLabel(self.tr("No accounts yet"))
        title.setProperty("title", True)
        words = muted(
            self.tr(
                "Type or paste what an observer wrote, or bring in files: Word, PDF, text, tables and more. "
                "Each account says who wrote it, and on which occasion; then it can be read and coded here."
            )
        )
        self.new = Button(self.tr("New fieldnote…"))
        self.take_in = Button(self.tr("Import files…"))
        self.new.clicked.connect(sitting.fieldnote_wanted)
        self.take_in.clicked.connect(sitting.import_wanted)
        self.take_in_folder = Button(self.tr("Import a folder…"))
        self.take_in_folder.clicked.connect(sitting.import_folder_wanted)
        for button in (self.new, self.take_in, self.take_in_folder):
            button.setEnabled(sitting.bus.may_write)
        buttons = in_row(self.new, self.take_in, self.take_in_folder, None, spacing=8)
        words.setMaximumWidth(words.fontMetrics().averageCharWidth() * 70)
        column = in_column(title, in_row((words, 20), None), buttons, None, spacing=14)  # in a row it gets its height
        column.setContentsMargins(48, 48, 48, 48)
        self.setLayout(column)
        self.setFocusProxy(self.new)
