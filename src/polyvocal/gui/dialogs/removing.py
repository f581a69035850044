"""Asking whether something is to be removed with which more goes that people made."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


def ask_removal(parent: QWidget, name: str, goes: str, then: Callable[[], object], *, title: str | None = None) -> None:
    """Ask once whether a thing of this name is to be removed, saying what `goes` with it; `then` if so.

    Where nothing goes with it, it is done without asking: one undo brings it back.
    """
    if not goes:
        then()
        return
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(title or parent.tr("Remove"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(f"{parent.tr('Remove ‘%s’?') % name}\n\n{goes}")
    box.setDefaultButton(box.addButton(parent.tr("Remove"), QMessageBox.ButtonRole.AcceptRole))
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.accepted.connect(then)
    box.open()
