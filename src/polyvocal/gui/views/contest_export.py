"""Taking a contest elsewhere: the picture of the whole strip, or the table behind it."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QFileDialog

from polyvocal.gui.bus import Job
from polyvocal.gui.dialogs.progress import run_job
from polyvocal.gui.settings import FOLDER
from polyvocal.gui.theme import LIGHT, stance_colour
from polyvocal.gui.views.compare_export import FORMATS as TABLES
from polyvocal.gui.views.contest_layout import StripLayout, sizes_for
from polyvocal.gui.views.contest_marks import paint_stances, signs_in_words
from polyvocal.gui.views.contest_paint import ContestPainter
from polyvocal.gui.views.picture_export import ENDINGS, FORMATS, Picture, save_picture
from polyvocal.gui.views.setting_marks import in_pixels
from polyvocal.gui.views.with_foot import with_day

if TYPE_CHECKING:
    from polyvocal.gui.views.compare_contest import ContestPage
    from polyvocal.services.analysis.contest import Contest


def picture(contest: "Contest", font: QFont, width: float) -> Picture:
    """A picture of all of a contest, at least so many pixels wide, with its title above and its legend below."""
    sizes = sizes_for(in_pixels(font))
    layout = StripLayout(contest, sizes, width)
    strip = ContestPainter(layout, LIGHT)
    high = layout.head_height + layout.height
    title = QFont(sizes.bold)
    title.setPixelSize(round(title.pixelSize() * 1.25))
    above = QFontMetricsF(title).lineSpacing() + 8

    def paint(painter: QPainter, area: QRectF) -> None:
        painter.setFont(title)
        painter.setPen(LIGHT.text)
        painter.drawText(QPointF(area.left(), area.top() + QFontMetricsF(title).ascent()), contest.title)
        strip.paint(painter, QRectF(area.left(), area.top() + above, layout.width, high), QPointF())
        _paint_legend(painter, contest, layout, QPointF(area.left(), area.top() + above + high + 6))

    size = QSizeF(layout.width, above + high + 6 + sizes.line)
    return Picture(contest.title, with_day(contest.caption), size, sizes.small, paint)


def _paint_legend(painter: QPainter, contest: "Contest", layout: StripLayout, at: QPointF) -> None:
    """The marks with their words, in a row."""
    sizes, x = layout.sizes, at.x()
    painter.setFont(sizes.small)
    metrics = QFontMetricsF(sizes.small)
    for numbers, name in signs_in_words(contest):
        square = QRectF(x, at.y() + (sizes.line - sizes.mark) / 2, sizes.mark, sizes.mark)
        paint_stances(painter, [(one, stance_colour(one, LIGHT)) for one in numbers], square)
        painter.setPen(LIGHT.text)
        painter.drawText(QPointF(x + sizes.mark + 6, at.y() + (sizes.line + metrics.ascent() * 0.75) / 2), name)
        x += sizes.mark + 6 + metrics.horizontalAdvance(name) + 20


def ask_export(page: "ContestPage") -> None:
    """Ask for a file, and save the picture or the table in it."""
    if page.contest is None:
        return
    folder = Path(page.sitting.settings[FOLDER] or Path.home())
    formats = (*FORMATS, *TABLES)
    name, kind = QFileDialog.getSaveFileName(
        page,
        page.tr("Export the strip: the picture, or the table behind it"),
        str(folder / page.tr("stances.svg")),
        ";;".join(one for one, _ in formats),
    )
    if not name:
        return
    path = Path(name)
    if not path.suffix:
        path = path.with_name(path.name + dict(formats).get(kind, FORMATS[0][1]))
    page.sitting.settings[FOLDER] = str(path.parent)
    export(page, path)


def export(page: "ContestPage", path: Path) -> None:
    """Save the picture as it is shown, or the table counted afresh, by the path's ending. Returns at once."""
    contest = page.contest
    if contest is None:
        return
    made = page.picture() if path.suffix.lower() in ENDINGS else None
    file, chosen, rows, doing = page.sitting.bus.file, contest.chosen, contest.kind, page.tr("Writing %s") % path.name

    def work(job: Job) -> Path:
        job.report(0, 0, doing)
        if made is not None:
            save_picture(made, path)
            return path
        from polyvocal.exchange.writers.contest import export_contest
        from polyvocal.services.analysis.contest import contest as counted
        from polyvocal.services.analysis.contest import words_of

        with file.view() as view:
            found = counted(view, chosen, rows)
            words = words_of(view, found)
        job.check()
        export_contest(found, words, path)
        return path

    run_job(page, page.tr("Exporting the stances"), work, page.exported.emit)
