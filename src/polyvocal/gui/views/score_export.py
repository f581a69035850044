"""Taking the score elsewhere: the picture of what is seen of it, or the table behind it."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter

from polyvocal.gui.asking_path import ask_path
from polyvocal.gui.bus import Job
from polyvocal.gui.dialogs.progress import run_job
from polyvocal.gui.theme import LIGHT
from polyvocal.gui.views.picture_export import ENDINGS, FORMATS, Picture, save_picture
from polyvocal.gui.views.score_layout import CLOSE, ScoreLayout, Seen
from polyvocal.gui.views.score_legend import PictureLegend
from polyvocal.gui.views.score_paint import ScorePainter
from polyvocal.gui.views.score_words import ScoreWords
from polyvocal.gui.views.setting_marks import in_pixels
from polyvocal.gui.views.with_foot import with_day

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


def picture(seen_layout: ScoreLayout, seen: Seen, width: float) -> Picture:
    """A picture of a score in a width, from a place on; where that is not all of it, the caption says which part."""
    score = seen_layout.score
    layout = ScoreLayout(score, seen_layout.staves, in_pixels(seen_layout.sizes.font))
    width += layout.gutter - seen_layout.gutter
    painter_of_score = ScorePainter(layout, LIGHT, numbered=True)
    legend = PictureLegend(score, layout.sizes, LIGHT)
    high = layout.head_height + layout.height
    gap = layout.sizes.line

    def paint(painter: QPainter, area: QRectF) -> None:
        painter_of_score.paint(painter, QRectF(area.left(), area.top(), area.width(), high), seen._replace(down=0.0))
        legend.paint(painter, QPointF(area.left(), area.top() + high + gap), area.width())

    size = QSizeF(width, high + gap + legend.height(width))
    caption = f"{_part_of(layout, seen, width)}{with_day(score.caption)}"
    return Picture(score.title, caption, size, layout.sizes.small, paint)


def _part_of(layout: ScoreLayout, seen: Seen, width: float) -> str:
    """A sentence on the part of the axis that is seen; nothing where all of it is."""
    score = layout.score
    left, right = max(seen.left, score.left), min(seen.left + (width - layout.gutter) / seen.scale, score.right)
    if (left - score.left) * seen.scale < CLOSE and (score.right - right) * seen.scale < CLOSE:
        return ""
    return f"Of the axis this part is shown: {ScoreWords(score).stretch((left, right))}. "


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
