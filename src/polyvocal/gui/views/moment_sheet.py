"""Sheets for the team's data session: a moment, selected words or a divergence, side by side in a Word document."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from polyvocal.domain.moments import Moment
from polyvocal.domain.records import Project
from polyvocal.gui.bus import Job
from polyvocal.gui.dialogs.progress import run_job
from polyvocal.gui.settings import FOLDER
from polyvocal.gui.sitting import Sitting
from polyvocal.services.queries.moment_columns import SelectedWords
from polyvocal.store.view import View

if TYPE_CHECKING:
    from polyvocal.exchange.writers.side_by_side import SideBySide

Laid = Callable[[View], "SideBySide"]
"""What lays accounts side by side; done on the thread of the job."""


def moment_laid(moment: Moment, hidden: Collection[int]) -> Laid:
    """A moment, without the observers whose columns are hidden."""

    def lay(view: View) -> "SideBySide":
        from polyvocal.exchange.writers import moment_side_by_side
        from polyvocal.services.queries.moments import moment_as_told

        told = moment_as_told(view, moment)
        shown = tuple(one for one in told.observers if one.observer not in hidden)
        return moment_side_by_side(replace(told, observers=shown), project=_title(view))

    return lay


def divergence_laid(divergence: int) -> Laid:
    """The passages of a divergence."""

    def lay(view: View) -> "SideBySide":
        from polyvocal.exchange.writers import divergence_side_by_side
        from polyvocal.services.queries.divergences import list_divergences

        row = next(one for one in list_divergences(view) if one.id == divergence)
        return divergence_side_by_side(row, project=_title(view))

    return lay


def words_laid(title: str, words: Sequence[SelectedWords]) -> Laid:
    """Selected words, by whose they are."""

    def lay(view: View) -> "SideBySide":
        from polyvocal.exchange.writers import selection_side_by_side

        return selection_side_by_side(words, title=title, project=_title(view))

    return lay


def _title(view: View) -> str:
    return view.all(Project)[0].title


def ask_sheet(parent: QWidget, sitting: Sitting, title: str) -> Path | None:
    """Ask where a sheet is to go."""
    folder = Path(sitting.settings[FOLDER] or Path.home())
    plain = "".join(one if one.isalnum() or one in " -,'" else " " for one in title).strip() or parent.tr("moment")
    name, _ = QFileDialog.getSaveFileName(
        parent, parent.tr("Sheet for the data session"), str(folder / f"{plain}.docx"), parent.tr("Word (*.docx)")
    )
    if not name:
        return None
    path = Path(name) if Path(name).suffix else Path(f"{name}.docx")
    sitting.settings[FOLDER] = str(path.parent)
    return path


def write_sheet(parent: QWidget, sitting: Sitting, lay: Laid, path: Path, then: Callable[[Path], None]) -> None:
    """Write what is laid side by side to a Word document. Returns at once."""
    file, reading, writing = sitting.bus.file, parent.tr("Reading the accounts"), parent.tr("Writing %s") % path.name

    def work(job: Job) -> Path:
        from polyvocal.exchange.writers import export_side_by_side

        job.report(0, 0, reading)
        with file.view() as view:
            found = lay(view)
        job.check()
        job.report(0, 0, writing)
        export_side_by_side(found, path)
        return path

    run_job(parent, parent.tr("Sheet for the data session"), work, then)
