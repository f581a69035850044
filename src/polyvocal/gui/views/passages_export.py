"""Saving the passages that a list shows as a file: Word, Markdown or CSV, in the groups of the list."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from polyvocal.gui.bus import Job
from polyvocal.gui.dialogs.progress import run_job
from polyvocal.gui.settings import FOLDER

if TYPE_CHECKING:
    from polyvocal.gui.views.passages import PassagesPanel

FORMATS = (("Word (*.docx)", ".docx"), ("Markdown (*.md)", ".md"), ("CSV (*.csv)", ".csv"))


def ask_export(panel: "PassagesPanel") -> None:
    """Ask for a file, and save in it what the list shows."""
    folder = Path(panel.sitting.settings[FOLDER] or Path.home())
    name, kind = QFileDialog.getSaveFileName(
        panel,
        panel.tr("Export these passages"),
        str(folder / panel.tr("passages.docx")),
        ";;".join(one for one, _ in FORMATS),
    )
    if name:
        path = Path(name)
        if not path.suffix:
            path = path.with_name(path.name + dict(FORMATS).get(kind, FORMATS[0][1]))
        panel.sitting.settings[FOLDER] = str(path.parent)
        export(panel, path)


def export(panel: "PassagesPanel", path: Path) -> None:
    """Save what the list shows, read afresh, in the format of the path's ending. Returns at once."""
    query, group_by, file = panel.asked.query, panel.asked.group_by, panel.sitting.bus.file
    doing = panel.tr("Writing %s") % path.name

    def work(job: Job) -> Path:
        from polyvocal.domain.records import Project
        from polyvocal.exchange.writers import export_excerpts
        from polyvocal.services.queries.blind import blind_coder
        from polyvocal.services.queries.passage_list import listed_passages, meant_by
        from polyvocal.services.queries.setting import load_setting

        job.report(0, 0, doing)
        with file.view() as view:
            filters = load_setting(view).filter_words(meant_by(view, query))
            if query.wanted:
                filters["words"] = query.words.split()
            if (coder := blind_coder(view)) is not None:
                filters["coder, coding blind"] = [coder]
            export_excerpts(
                listed_passages(view, query),
                path,
                title=view.all(Project)[0].title,
                group_by=str(group_by) if group_by is not None else None,
                filters=filters,
            )
        return path

    run_job(panel, panel.tr("Export these passages"), work, panel.exported.emit)
