"""Telling a person of a fault, without making anything wait."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from polyvocal.gui.bus import told


class FaultDialog(QDialog):
    """Says what happened; of a fault of the program also the lines for a report, to be copied."""

    def __init__(self, fault: Exception, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Polyvocal")
        words, report = told(fault)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 18, 20, 16)
        whole.setSpacing(12)
        self.words = QLabel(words)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setMinimumWidth(self.fontMetrics().averageCharWidth() * 64)
        whole.addWidget(self.words)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)
        self.report = QPlainTextEdit(report or "")
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setAccessibleName(self.tr("Lines for a report"))
        self.report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.report.setMinimumHeight(self.report.fontMetrics().lineSpacing() * 9)
        self.report.setVisible(report is not None)
        whole.addWidget(self.report, 1)
        self.copy = QPushButton(self.tr("Copy the lines"))
        self.copy.setAutoDefault(False)
        self.copy.clicked.connect(self._on_copy)
        self.buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.setVisible(report is not None)
        whole.addWidget(self.buttons)
        self.setAccessibleDescription(words)
        close = self.buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setDefault(True)
        close.setFocus()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())


def tell(parent: QWidget | None, fault: Exception) -> FaultDialog:
    """Show a fault over a window. Returns at once; the box goes when the person closes it."""
    dialog = FaultDialog(fault, parent)
    dialog.open()
    return dialog
