"""A table, or a picture of it, as a file with its caption."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from polyvocal.gui.bus import Job
from polyvocal.gui.dialogs.progress import run_job
from polyvocal.gui.settings import FOLDER
from polyvocal.gui.views.compare_asked import Answered, Way, answer

if TYPE_CHECKING:
    from polyvocal.exchange.writers.comparison_table import Layout
    from polyvocal.gui.views.compare_matrix import MatrixPage

FORMATS = (
    ("Word (*.docx)", ".docx"),
    ("Excel (*.xlsx)", ".xlsx"),
    ("CSV (*.csv)", ".csv"),
    ("Markdown (*.md)", ".md"),
    ("Web page (*.html)", ".html"),
)


class CompareExport(QObject):
    """Saves what a page shows."""

    def __init__(self, page: "MatrixPage") -> None:
        super().__init__(page)
        self._page = page

    def ask(self) -> None:
        """Ask for a file, and save the table in it."""
        settings = self._page.sitting.settings
        folder = Path(settings[FOLDER] or Path.home())
        name, kind = QFileDialog.getSaveFileName(
            self._page,
            self.tr("Export the table"),
            str(folder / f"{self.called}.docx"),
            ";;".join(one for one, _ in FORMATS),
        )
        if not name:
            return
        path = Path(name)
        if not path.suffix:
            path = path.with_name(path.name + dict(FORMATS).get(kind, FORMATS[0][1]))
        settings[FOLDER] = str(path.parent)
        self.export(path)

    @property
    def called(self) -> str:
        """What a file is called at first: what is compared, without anybody's words."""
        asked = self._page.asked
        names = {
            Way.WHOM: self.tr("who codes whom"),
            Way.ONLY: self.tr("only here"),
            Way.TOGETHER: self.tr("codes together"),
        }
        words = f"{asked.rows.dimension} by {asked.columns.dimension}"
        return names.get(asked.way, words)

    def export(self, path: Path) -> None:
        """Save the table as it is counted afresh, in the format of the path's ending. Returns at once."""
        page, asked, file = self._page, self._page.asked, self._page.sitting.bus.file
        doing = self.tr("Counting passages…")

        def work(job: Job) -> Path:
            from polyvocal.exchange.writers import export_table

            job.report(0, 0, doing)
            with file.view() as view:
                answered = answer(page.ledger_for(view), view, asked)
            job.check()
            export_table(layout_of(answered), path)
            return path

        run_job(page, self.tr("Exporting the table"), work, page.exported.emit)


def layout_of(answered: Answered) -> "Layout":
    """An answer as it is written into a file."""
    from polyvocal.exchange.writers import analyses
    from polyvocal.exchange.writers.comparison_table import comparison_laid_out
    from polyvocal.services.analysis.co_occurrence import CoOccurrence
    from polyvocal.services.analysis.compare import told
    from polyvocal.services.analysis.who_codes_whom import WhoCodesWhom

    if answered.only is not None:
        return analyses.only_here_laid_out(answered.only)
    assert answered.crossing is not None
    of = answered.crossing.of
    if isinstance(of, CoOccurrence):
        return analyses.co_occurrence_laid_out(of)
    if isinstance(of, WhoCodesWhom):
        return analyses.who_codes_whom_laid_out(of)
    return comparison_laid_out(told(of))
