"""Commands that write files: export, backup, sample, tour."""

import sys
from argparse import Namespace
from pathlib import Path

from polyvocal.cli import output
from polyvocal.cli.filters import chosen
from polyvocal.cli.looking import opened
from polyvocal.domain.records import Project
from polyvocal.services.queries.codebook import codebook_report
from polyvocal.services.queries.passages import coded_passages
from polyvocal.services.queries.setting import load_setting
from polyvocal.store.backup import copy_file


def export(options: Namespace) -> None:
    """The codebook, or excerpts, into a file whose ending says which sort."""
    from polyvocal.exchange import writers  # noqa: PLC0415

    target = Path(options.file)
    with opened(options) as project, project.view() as view:
        if options.what == "codebook":
            writers.export_codebook(codebook_report(view), target)
        else:
            meant = chosen(view, options)
            passages = coded_passages(view, meant)
            (about,) = view.all(Project)
            writers.export_excerpts(
                passages,
                target,
                title=about.title,
                group_by=options.group_by,
                filters=load_setting(view).filter_words(meant),
            )
    if options.file != "-":
        sys.stdout.write(f"{target}\n")


def backup(options: Namespace) -> None:
    """A whole copy of the project at one moment."""
    with opened(options):
        copy_file(Path(options.project), Path(options.file))
    sys.stdout.write(f"{options.file}\n")


def sample(options: Namespace) -> None:
    """The sample project."""
    from polyvocal.exchange.sample import write_sample  # noqa: PLC0415

    write_sample(Path(options.project))
    output.say(f"made {options.project}; see it with `polyvocal info {options.project}`")


def tour(options: Namespace) -> None:
    """The main job on the sample, without a screen; names what it wrote."""
    from polyvocal.exchange.tour import take_tour  # noqa: PLC0415

    for written in take_tour(Path(options.folder), output.say):
        sys.stdout.write(f"{written}\n")
