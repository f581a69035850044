"""A table, or a picture of it, as a file with its caption."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from polyvocal.domain.errors import PolyvocalError
from polyvocal.gui.asking_path import ask_path
from polyvocal.gui.bus import Job
from polyvocal.gui.dialogs.progress import run_job
from polyvocal.gui.views import picture_export
from polyvocal.gui.views.compare_asked import Answered, Way, answer
from polyvocal.gui.views.compare_only_picture import picture_of_list
from polyvocal.gui.views.compare_picture import picture_of
from polyvocal.services.queries.blind import told_blind

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
        page = self._page
        title = self.tr("Export the table, or a picture of it")
        path = ask_path(page, page.sitting.settings, title, f"{self.called}.docx", (*FORMATS, *picture_export.FORMATS))
        if path is not None:
            self.export(path)

    def copy_picture(self) -> None:
        """Put a picture of the table onto the clipboard."""
        picture = self._picture()
        if picture is not None:
            picture_export.copy_picture(picture)
            self._page.sitting.tell(self.tr("The picture is on the clipboard."))

    def _picture(self) -> picture_export.Picture | None:
        page = self._page
        caption = page.sitting.bus.read(told_blind) + page.foot.caption.text()
        if page.asked.way is Way.ONLY:
            of_list = page.only.found is not None
            return picture_of_list(page.only, page.list.font(), title=self.called, caption=caption) if of_list else None
        if page.model.table is None:
            return None
        return picture_of(page.table, page.model, title=self.called, caption=caption)

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
        """Save the table as it is counted afresh, or the picture of what is shown, by the path's ending.

        A table is counted and written elsewhere; a picture is painted here, since it is of what the window shows.
        """
        if path.suffix.lower() in picture_export.ENDINGS:
            self._save_picture(path)
            return
        page, asked, file = self._page, self._page.asked, self._page.sitting.bus.file
        doing = self.tr("Counting passages…")

        def work(job: Job) -> Path:
            from polyvocal.exchange.writers import export_table

            job.report(0, 0, doing)
            with file.view() as view:
                layout, blind = layout_of(answer(page.sitting.ledger.of(view), view, asked)), told_blind(view)
            job.check()
            export_table(replace(layout, caption=blind + layout.caption), path)
            return path

        run_job(page, self.tr("Exporting the table"), work, page.exported.emit)

    def _save_picture(self, path: Path) -> None:
        try:
            picture = self._picture()
            if picture is not None:
                picture_export.save_picture(picture, path)
                self._page.exported.emit(path)
        except PolyvocalError as fault:
            self._page.sitting.bus.failed.emit(fault)


def layout_of(answered: Answered) -> "Layout":
    """An answer as it is written into a file."""
    from polyvocal.exchange.writers.analyses import laid_out
    from polyvocal.services.analysis.compare import told
    from polyvocal.services.analysis.matrix import Matrix

    if answered.only is not None:
        return laid_out(answered.only)
    assert answered.crossing is not None
    of = answered.crossing.of
    return laid_out(told(of) if isinstance(of, Matrix) else of)
