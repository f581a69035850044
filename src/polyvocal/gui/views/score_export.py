"""Taking the score elsewhere: the picture of what is seen of it, or the table behind it."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter

from polyvocal.gui.asking_path import ask_path
from polyvocal.gui.bus import Job
from polyvocal.gui.dialogs.progress import run_job
from polyvocal.gui.theme import LIGHT
from polyvocal.gui.views.compare_foot import with_day
from polyvocal.gui.views.picture_export import ENDINGS, FORMATS, Picture, save_picture
from polyvocal.gui.views.score_layout import ScoreLayout, Seen
from polyvocal.gui.views.score_legend import PictureLegend
from polyvocal.gui.views.score_paint import ScorePainter

if TYPE_CHECKING:
    from polyvocal.gui.views.score_page import ScorePage

TABLES = (
    ("Excel (*.xlsx)", ".xlsx"),
    ("Word (*.docx)", ".docx"),
    ("CSV (*.csv)", ".csv"),
    ("Markdown (*.md)", ".md"),
    ("Web page (*.html)", ".html"),
)


def picture_of(page: "ScorePage") -> Picture | None:
    """What is seen of the score along its axis, with all its staves, and the legend below; None where there is none."""
    layout = page.canvas.layout_of_score
    if layout is None:
        return None
    return picture(layout, page.canvas.seen, page.canvas.viewport().width())


def picture(layout: ScoreLayout, seen: Seen, width: float) -> Picture:
    """A picture of a score in a width, from a place on."""
    score = layout.score
    painter_of_score = ScorePainter(layout, LIGHT)
    legend = PictureLegend(score, layout.sizes, LIGHT)
    high = layout.head_height + layout.height
    gap = layout.sizes.line

    def paint(painter: QPainter, area: QRectF) -> None:
        painter_of_score.paint(painter, QRectF(area.left(), area.top(), area.width(), high), seen._replace(down=0.0))
        legend.paint(painter, QPointF(area.left(), area.top() + high + gap), area.width())

    size = QSizeF(width, high + gap + legend.height(width))
    return Picture(score.title, with_day(score.caption), size, layout.sizes.small, paint)


def ask_export(page: "ScorePage") -> None:
    """Ask for a file, and save the picture or the table in it."""
    if page.score is None:
        return
    title = page.tr("Export the score: the picture of what is seen, or the table")
    path = ask_path(page, page.sitting.settings, title, page.tr("score.svg"), (*FORMATS, *TABLES))
    if path is not None:
        export(page, path)


def export(page: "ScorePage", path: Path) -> None:
    """Save the picture, or the table as it is now, by the path's ending. Returns at once."""
    score = page.score
    if score is None:
        return
    made = picture_of(page) if path.suffix.lower() in ENDINGS else None
    file, doing = page.sitting.bus.file, page.tr("Writing %s") % path.name

    def work(job: Job) -> Path:
        job.report(0, 0, doing)
        if made is not None:
            save_picture(made, path)
            return path
        from polyvocal.exchange.writers.score import export_score
        from polyvocal.services.analysis.score import score as score_now
        from polyvocal.services.analysis.score_table import passages_table

        with file.view() as view:
            table = passages_table(view, score_now(view, score.event, score.chosen))
        job.check()
        export_score(table, path)
        return path

    run_job(page, page.tr("Exporting the score"), work, page.exported.emit)
