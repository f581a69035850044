"""Saving the passages that a list shows as a file: Word, Markdown or CSV, in the groups of the list."""

from pathlib import Path
from typing import TYPE_CHECKING

from polyvocal.domain.passages import PassageQuery
from polyvocal.gui.asking_path import ask_path
from polyvocal.gui.bus import Job
from polyvocal.gui.dialogs.progress import run_job
from polyvocal.store.view import View

if TYPE_CHECKING:
    from polyvocal.gui.views.passages import PassagesPanel

FORMATS = (("Word (*.docx)", ".docx"), ("Markdown (*.md)", ".md"), ("CSV (*.csv)", ".csv"))


def ask_export(panel: "PassagesPanel") -> None:
    """Ask for a file, and save in it what the list shows."""
    settings, title = panel.sitting.settings, panel.tr("Export these passages")
    path = ask_path(panel, settings, title, panel.tr("passages.docx"), FORMATS)
    if path is not None:
        export(panel, path)


def ask_side_by_side(panel: "PassagesPanel") -> None:
    """Ask for a file, and save in it what the list shows as a sheet for a data session: a column an observer."""
    settings, title = panel.sitting.settings, panel.tr("Export side by side")
    path = ask_path(panel, settings, title, panel.tr("side by side.docx"), FORMATS[:1])
    if path is not None:
        export_sheet(panel, path)


def export(panel: "PassagesPanel", path: Path) -> None:
    """Save what the list shows, read afresh, in the format of the path's ending. Returns at once."""
    query, group_by, file = panel.asked.query, panel.asked.group_by, panel.sitting.bus.file
    doing = panel.tr("Writing %s") % path.name

    def work(job: Job) -> Path:
        from polyvocal.domain.records import Project
        from polyvocal.exchange.writers import export_excerpts
        from polyvocal.services.queries.passage_list import listed_passages

        job.report(0, 0, doing)
        with file.view() as view:
            filters = _filters(view, query)
            export_excerpts(
                listed_passages(view, query),
                path,
                title=view.all(Project)[0].title,
                group_by=str(group_by) if group_by is not None else None,
                filters=filters,
            )
        return path

    run_job(panel, panel.tr("Export these passages"), work, panel.exported.emit)


def export_sheet(panel: "PassagesPanel", path: Path) -> None:
    """Save what the list shows, read afresh, as a sheet for a data session. Returns at once."""
    query, file = panel.asked.query, panel.sitting.bus.file
    doing, title = panel.tr("Writing %s") % path.name, panel.tr("Passages side by side")

    def work(job: Job) -> Path:
        from polyvocal.domain.records import Project
        from polyvocal.exchange.writers import export_side_by_side, passages_side_by_side
        from polyvocal.services.queries.passage_list import listed_passages

        job.report(0, 0, doing)
        with file.view() as view:
            found = passages_side_by_side(
                listed_passages(view, query),
                title=title,
                project=view.all(Project)[0].title,
                filters=_filters(view, query),
            )
        export_side_by_side(found, path)
        return path

    run_job(panel, panel.tr("Export side by side"), work, panel.exported.emit)


def _filters(view: View, query: PassageQuery) -> dict[str, list[str]]:
    """What a list is of, in names, as a caption says it."""
    from polyvocal.services.queries.blind import blind_coder
    from polyvocal.services.queries.passage_list import meant_by
    from polyvocal.services.queries.setting import load_setting

    filters = load_setting(view).filter_words(meant_by(view, query))
    if query.wanted:
        filters["words"] = query.words.split()
    if (coder := blind_coder(view)) is not None:
        filters["coder, coding blind"] = [coder]
    return filters
