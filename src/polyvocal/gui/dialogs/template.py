"""Writing a fieldnote template, for somebody who fills it in without the program."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from polyvocal.gui.bus import Job
from polyvocal.gui.dialogs.form import Form, NameBox, choice, value_of
from polyvocal.gui.dialogs.progress import run_job
from polyvocal.gui.sitting import Sitting
from polyvocal.services.queries.setting_entries import Names


class TemplateDialog(Form):
    """Asks for which event it is, who will fill it in, and where it goes. `finished_with` brings the file's path."""

    def __init__(self, sitting: Sitting, names: Names, folder: str, parent: QWidget | None = None) -> None:
        intro = self.tr(
            "A Word or Markdown file with the sessions, groups and people of an event, to be filled in without this "
            "program. Import it like any other file."
        )
        title = self.tr("Export a fieldnote template")
        super().__init__(title, ok=self.tr("Write the template…"), intro=intro, parent=parent)
        self.finished.connect(self.deleteLater)
        self._sitting, self._folder = sitting, folder
        self.event_field = choice([(str(identity), event) for identity, event in names.events])
        without = self.tr("There is no event yet: add one under Setting, Events and sessions.")
        self.row(self.tr("Event"), self.event_field, "" if names.events else without)
        self.ok.setEnabled(bool(names.events))
        self.observer = NameBox(names.people)
        self.row(self.tr("Observer"), self.observer, self.tr("May be left empty: then the template asks for it."))

    def accept(self) -> None:
        """Ask where it is to go, and write it."""
        path, _ = QFileDialog.getSaveFileName(
            self,
            self.windowTitle(),
            str(Path(self._folder) / self.tr("fieldnote.docx")),
            self.tr("Word (*.docx);;Markdown (*.md)"),
        )
        if path:
            self.write(Path(path))

    def write(self, path: Path) -> None:
        """Write it in the format that the path's ending names; the dialog stays, saying why, where that cannot be."""
        self.wait()
        event, observer = value_of(self.event_field), self.observer.name or None
        work = partial(_write, self._sitting, event, observer, path)
        run_job(self, self.windowTitle(), work, self._on_done, self._on_failed)


def _write(sitting: Sitting, event: str, observer: str | None, path: Path, job: Job) -> Path:
    from polyvocal.exchange.writers import export_template
    from polyvocal.services.queries.template import template_setting

    job.report(0, 0, f"Writing {path.name}")
    with sitting.bus.file.view() as view:
        setting = template_setting(view, event, observer)
    export_template(setting, path)
    return path
