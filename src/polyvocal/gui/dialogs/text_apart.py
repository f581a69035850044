"""Taking a text out of the window by hand: to the clipboard, or to a file that the person names."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from polyvocal.gui.bus import Job
from polyvocal.gui.dialogs.progress import Then, run_job
from polyvocal.gui.settings import FOLDER, Settings


def copy_text(text: str) -> None:
    """Put a text into the clipboard, to the letter."""
    QGuiApplication.clipboard().setText(text)


def ask_save_text(parent: QWidget, settings: Settings, text: str, then: Then) -> None:
    """Ask where a text is to go, and write it there as UTF-8; `then` gets the path."""
    folder = settings[FOLDER] or str(Path.home())
    name, _ = QFileDialog.getSaveFileName(
        parent,
        _tr("Save the text as a file"),
        str(Path(folder) / _tr("corrected text.txt")),
        _tr("Text files (*.txt);;All files (*)"),
    )
    if not name:
        return
    settings[FOLDER] = str(Path(name).parent)

    def work(_job: Job) -> Path:
        from polyvocal.exchange.writers.formats.destination import write_text

        write_text(Path(name), [text])
        return Path(name)

    run_job(parent, _tr("Saving the text"), work, then)


def _tr(words: str) -> str:
    return QCoreApplication.translate("TextApart", words)
