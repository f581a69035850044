"""What stands where the text will be, in a project that has none yet: the first steps."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from polyvocal.gui.button import Button
from polyvocal.gui.sitting import Sitting


class EmptyPage(QWidget):
    """Says that there is no account yet, and offers to type one or to bring some in."""

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        title = QLabel(self.tr("No accounts yet"))
        title.setProperty("title", True)
        words = QLabel(
            self.tr(
                "Type or paste what an observer wrote, or bring in text and Word files. Each account says who wrote "
                "it, and on which occasion; then it can be read and coded here."
            )
        )
        words.setProperty("muted", True)
        words.setWordWrap(True)
        self.new = Button(self.tr("New fieldnote…"))
        self.take_in = Button(self.tr("Import files…"))
        self.new.clicked.connect(sitting.fieldnote_wanted)
        self.take_in.clicked.connect(sitting.import_wanted)
        for button in (self.new, self.take_in):
            button.setEnabled(sitting.bus.may_write)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.new)
        buttons.addWidget(self.take_in)
        buttons.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(14)
        for part in (title, words):
            column.addWidget(part)
        column.addLayout(buttons)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(48, 48, 48, 48)
        whole.addLayout(column)
        whole.addStretch(1)
        self.setFocusProxy(self.new)
        words.setMaximumWidth(words.fontMetrics().averageCharWidth() * 70)
        words.setAlignment(Qt.AlignmentFlag.AlignLeft)
