"""Asking for what is to be taken in: files, or a folder with all that lies in it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from polyvocal.exchange.readers.registry import readable_endings
from polyvocal.gui.settings import FOLDER, Settings

Chosen = Callable[[list[Path]], object]
"""What is done with what was chosen."""


def _tr(words: str) -> str:
    return QCoreApplication.translate("ImportAsking", words)


def ask_files(parent: QWidget, settings: Settings, then: Chosen) -> None:
    """Ask for files of the kinds that can be read, or of any; `then` gets them, if there are any."""
    dialog = QFileDialog(parent, _tr("Files to import"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    endings = " ".join(f"*{one}" for one in (*readable_endings(), ".zip"))
    dialog.setNameFilters([_tr("Texts (%s)") % endings, _tr("All files (*)")])
    _open(dialog, settings, then)


def ask_folder(parent: QWidget, settings: Settings, then: Chosen) -> None:
    """Ask for a folder."""
    dialog = QFileDialog(parent, _tr("A folder to import, with all that lies in it"))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    _open(dialog, settings, then)


def _open(dialog: QFileDialog, settings: Settings, then: Chosen) -> None:
    def chosen(names: list[str]) -> None:
        if names:
            settings[FOLDER] = str(Path(names[0]).parent)
            then([Path(name) for name in names])

    dialog.setDirectory(settings[FOLDER] or str(Path.home()))
    dialog.filesSelected.connect(chosen)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
