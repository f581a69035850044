"""Making a project: what it is called, how it understands coding, and where it is kept."""

import re
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from polyvocal.domain.errors import UserError
from polyvocal.domain.text import clean_name
from polyvocal.domain.words import Approach
from polyvocal.gui import labels
from polyvocal.gui.bus import Job
from polyvocal.gui.dialogs.form import Form, choice, line, optional, value_of
from polyvocal.gui.dialogs.progress import run_job
from polyvocal.gui.settings import FOLDER, Settings
from polyvocal.store.file import create_project

ENDING = ".polyvocal"

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_MOST_BYTES = 120


def file_name_of(title: str) -> str:
    """A name for the file of a project of a title, such as every system takes; empty where nothing of it is left."""
    name = (
        " ".join(_FORBIDDEN.sub(" ", title).split()).encode("utf-8", "ignore")[:_MOST_BYTES].decode("utf-8", "ignore")
    )
    name = name.strip(". ")
    if _RESERVED.fullmatch(name):
        name = f"{name} project"
    return f"{name}{ENDING}" if name else ""


class FileField(QWidget):
    """A file's path, typed or chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.line = line()
        self.line.setMinimumWidth(self.fontMetrics().averageCharWidth() * 44)
        self.button = QPushButton(self.tr("Choose…"))
        self.button.setAutoDefault(False)
        row.addWidget(self.line, 1)
        row.addWidget(self.button)
        self.setFocusProxy(self.line)


class NewProjectDialog(Form):
    """Asks for a new project and makes it, off the window's thread. Nothing that is there already is overwritten.

    `made` brings the Path of the file, which is closed again by then.
    """

    made = Signal(object)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__("New project", ok="Make the project", parent=parent)
        self.settings = settings
        self.finished.connect(self.deleteLater)
        self.title = line(placeholder=self.tr("what the study is called"))
        self.row(self.tr("Title"), self.title)
        approaches = [(str(one), name) for one, name in labels.APPROACHES.items()]
        self.approach = choice([("", self.tr("Not declared yet")), *approaches])
        self.row(
            self.tr("Approach"),
            self.approach,
            self.tr(
                "Until it is declared the project is treated as reflexive: accounts and coders are laid side by side, "
                "and no coefficient of agreement is shown. It can be declared and changed at any time."
            ),
        )
        self.place = FileField()
        self.row(self.tr("Kept in"), self.place, self.tr("One file holds all of the project, its history included."))
        self.place.line.setAccessibleName(self.tr("Kept in"))
        self._watched[-1:] = []  # it follows from the title
        self._proposed = ""
        self.title.textChanged.connect(self._propose)
        self.place.button.clicked.connect(self._choose)
        self._propose()
        self.title.setFocus()
        self.resize(self.fontMetrics().averageCharWidth() * 96, self.sizeHint().height())

    # --- where ---------------------------------------------------------------------------------------------------

    def _folder(self) -> Path:
        """Where a project goes unless another place is chosen: where the last file was, else among the documents."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        for folder in (self.settings[FOLDER], documents):
            with suppress(OSError):
                if folder and Path(folder).is_dir():
                    return Path(folder)
        return Path.home()

    def _propose(self) -> None:
        """As long as nobody wrote another path, it follows the title."""
        if self.place.line.text() != self._proposed:
            return
        name = file_name_of(self.title.text())
        self._proposed = str(self._folder() / name) if name else ""
        self.place.line.setText(self._proposed)

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Where the project is kept"), str(self._folder()))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Polyvocal projects (*.polyvocal)"))
        dialog.setDefaultSuffix(ENDING.removeprefix("."))
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # nothing is overwritten
        dialog.selectFile(self.place.line.text() or file_name_of(self.title.text()))
        dialog.fileSelected.connect(self.place.line.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _path(self) -> Path:
        typed = Path(optional(self.place.line) or "")
        with suppress(RuntimeError):  # ~somebody, whom the machine does not know
            typed = typed.expanduser()
        return self._folder() / typed

    # --- making it -----------------------------------------------------------------------------------------------

    def _wrong(self) -> UserError | None:
        """What is still to be filled in, and be there."""
        for field, words in (
            (self.title, self.tr("Give the project a title.")),
            (self.place.line, self.tr("Say where the project is kept.")),
        ):
            if optional(field) is None:
                field.setFocus()
                return UserError(words)
        return None

    def accept(self) -> None:
        """Make the project; the dialog closes when it is there, and stays, saying why, when it cannot be."""
        wrong = self._wrong()
        if wrong is not None:
            self.tell(wrong)
            return
        words, path = self.title.text(), self._path()
        approach = Approach(value_of(self.approach)) if value_of(self.approach) else None
        self.wait()
        work = partial(make_project, words, path, approach)
        run_job(self, self.tr("Making the project"), work, self._on_made, self._on_failed)

    def _on_made(self, path: Path) -> None:
        self.settings[FOLDER] = str(path.parent)
        self.done(self.DialogCode.Accepted)
        self.made.emit(path)


def make_project(title: str, path: Path, approach: Approach | None, job: Job) -> Path:
    """Make a project and close it; the ending is added where it lacks. Gives its path.

    Raises what `create_project` raises, UserError for a folder, and Cancelled, in which case there is no file.
    """
    if path.is_dir():
        raise UserError(f"{path} is a folder: add a name for the file.")
    if path.suffix.casefold() != ENDING:
        path = path.with_name(path.name + ENDING)
    with create_project(path, title=clean_name(title, "project"), approach=approach) as file:
        made = file.path
    if job.cancelled:
        made.unlink()  # it was made just now
        job.check()
    return made
