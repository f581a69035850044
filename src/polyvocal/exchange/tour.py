"""The main job on the sample: code, compare, undo, codebook to Word. Everything that it writes can be looked at."""

from collections.abc import Callable, Iterator
from pathlib import Path

from polyvocal.domain.errors import EnvironmentFault
from polyvocal.domain.records import Source, SourceVersion
from polyvocal.domain.versions import current
from polyvocal.exchange.sample import write_sample
from polyvocal.exchange.writers import export_codebook, export_comparison, export_excerpts
from polyvocal.services.analysis.compare import compare
from polyvocal.services.commands.codebook import add_code
from polyvocal.services.commands.codings import add_coding
from polyvocal.services.queries.codebook import codebook_report
from polyvocal.services.queries.passages import coded_passages
from polyvocal.store.file import Mode, open_project


def take_tour(folder: Path, say: Callable[[str], None]) -> Iterator[Path]:
    """Write the sample project to a folder, work on it, and give the path of each file as it is written.

    Files of an earlier tour are replaced. Raises EnvironmentFault where the folder cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        project_path = folder / "sample.polyvocal"
        project_path.unlink(missing_ok=True)
    except OSError as fault:
        raise EnvironmentFault(f"{folder} cannot be used as a folder: {fault.strerror}") from None
    say("Six accounts of one event, by three observers, coded by two of them:")
    write_sample(project_path)
    yield project_path
    with open_project(project_path, Mode.WRITE) as project:
        say("A passage is coded with a new code, the coding is undone, and done again:")
        with project.view() as view:
            source = view.all(Source)[0]
            length = current(view.find(SourceVersion, source=source.id)).length
        add_code(project, name="made on the tour", definition="A code to try things out with.")
        add_coding(
            project,
            source=str(source.id),
            start=0,
            end=min(60, length),
            code="made on the tour",
            coder="Somebody on tour",
        )
        project.undo()
        project.redo()
        say("Who wrote about what; the codebook; every coded passage:")
        with project.view() as view:
            comparison = compare(view)
            for name in ("comparison.md", "comparison.docx", "comparison.csv"):
                export_comparison(comparison, folder / name)
                yield folder / name
            report = codebook_report(view)
            for name in ("codebook.docx", "codebook.xlsx", "codebook.html"):
                export_codebook(report, folder / name)
                yield folder / name
            export_excerpts(
                coded_passages(view), folder / "excerpts.docx", title=report.title, group_by="code", filters={}
            )
            yield folder / "excerpts.docx"
