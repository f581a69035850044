"""Asking where a file is to be saved, and in which format."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from polyvocal.gui.settings import FOLDER, Settings


def ask_path(
    parent: QWidget, settings: Settings, title: str, name: str, formats: Sequence[tuple[str, str]]
) -> Path | None:
    """The path that a person chooses, with the ending of the chosen format where none was typed; None if none is.

    `formats` are (words, ending); a name is offered, in the folder where something was saved last.
    """
    folder = Path(settings[FOLDER] or Path.home())
    typed, kind = QFileDialog.getSaveFileName(parent, title, str(folder / name), ";;".join(one for one, _ in formats))
    if not typed:
        return None
    path = Path(typed)
    if not path.suffix:
        path = path.with_name(path.name + dict(formats).get(kind, formats[0][1]))
    settings[FOLDER] = str(path.parent)
    return path
