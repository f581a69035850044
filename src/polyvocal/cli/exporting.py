"""Commands that write files: export, backup, sample, tour."""

import sys
from argparse import Namespace
from pathlib import Path

from polyvocal.cli import attributes, output
from polyvocal.cli.filters import MEMOS, chosen, memos_chosen
from polyvocal.cli.looking import opened
from polyvocal.domain.errors import EnvironmentFault, UserError
from polyvocal.domain.moments import Divergence, Moment
from polyvocal.domain.records import Project, Source
from polyvocal.domain.text import shown
from polyvocal.services.choice import CHOICES
from polyvocal.services.queries.codebook import codebook_report
from polyvocal.services.queries.passages import coded_passages
from polyvocal.services.queries.setting import load_setting
from polyvocal.services.queries.template import template_setting
from polyvocal.services.references import kind_named, resolve
from polyvocal.store.backup import copy_file
from polyvocal.store.view import View


def export(options: Namespace) -> None:
    """What was chosen into a file of the sort that its ending says; or an imported file as it was."""
    target = Path(options.file)
    given = [name for name in MEMOS if getattr(options, name)]
    if given and options.what != "memos":
        raise UserError(f"--{given[0].replace('_', '-')} chooses memos: say `polyvocal export PROJECT memos FILE ...`")
    if (options.reference is None) is (options.what in _OF_ONE):
        raise UserError(
            f"say which: `polyvocal export PROJECT {options.what} REF FILE.docx`"
            if options.what in _OF_ONE
            else f"{options.what} are exported into one FILE: {shown(options.reference)} is one word too many"
        )
    if options.what != "original":
        output.refuse_to_replace(target, Path(options.project), force=options.force)
    with opened(options) as project, project.view() as view:
        _EXPORTS[options.what](view, target, options)
    if options.file != "-":
        sys.stdout.write(f"{target}\n")


def _codebook(view: View, target: Path, options: Namespace) -> None:
    from polyvocal.exchange.writers import export_codebook

    given = [name for name in (*CHOICES, "group_by") if getattr(options, name)]
    if given:
        raise UserError(f"--{given[0].replace('_', '-')} is for excerpts: the codebook tells of all that was coded")
    export_codebook(codebook_report(view), target)


def _excerpts(view: View, target: Path, options: Namespace) -> None:
    from polyvocal.exchange.writers import export_excerpts

    meant = chosen(view, options)
    (about,) = view.all(Project)
    export_excerpts(
        coded_passages(view, meant),
        target,
        title=about.title,
        group_by=options.group_by,
        filters=load_setting(view).filter_words(meant),
    )


def _memos(view: View, target: Path, options: Namespace) -> None:
    from polyvocal.exchange.writers import export_memos
    from polyvocal.services.queries.memos import all_memos

    given = [name for name in (*CHOICES, "group_by") if getattr(options, name)]
    if given:
        raise UserError(
            f"--{given[0].replace('_', '-')} is for excerpts: choose memos by "
            f"{', '.join('--' + name.replace('_', '-') for name in MEMOS)}"
        )
    wanted = memos_chosen(options)
    (about,) = view.all(Project)
    export_memos(all_memos(view, wanted), target, title=about.title, caption=wanted.in_words())


def _original(view: View, target: Path, options: Namespace) -> None:
    if len(options.source) != 1:
        raise UserError("say with one --source REF whose original you want")
    source: Source = resolve(view, kind_named("source"), options.source[0])
    if source.original is None:
        raise UserError(f"{shown(source.title)} was not imported from a file: it has no original")
    output.refuse_to_replace(target, Path(options.project), force=options.force)
    try:
        target.write_bytes(view.original(source.original))
    except OSError as fault:
        raise EnvironmentFault(f"{target} cannot be written: {fault.strerror}") from None


def _template(view: View, target: Path, options: Namespace) -> None:
    from polyvocal.exchange.writers import export_template

    given = [name for name in (*CHOICES, "group_by") if getattr(options, name) and name not in ("event", "observer")]
    if given:
        raise UserError(f"--{given[0].replace('_', '-')} is for excerpts: a template is for an --event, an --observer")
    event, observer = (_one(getattr(options, name), name) for name in ("event", "observer"))
    export_template(template_setting(view, event, observer), target)


def _one(given: list[str], name: str) -> str | None:
    if len(given) > 1:
        raise UserError(f"a template is for one {name}: write one for each")
    return given[0] if given else None


def _moment(view: View, target: Path, options: Namespace) -> None:
    from polyvocal.exchange.writers import export_side_by_side, moment_side_by_side
    from polyvocal.services.queries.moments import moment_as_told

    moment: Moment = resolve(view, kind_named("moment"), options.reference)
    export_side_by_side(moment_side_by_side(moment_as_told(view, moment), project=_title(view)), target)


def _divergence(view: View, target: Path, options: Namespace) -> None:
    from polyvocal.exchange.writers import divergence_side_by_side, export_side_by_side
    from polyvocal.services.queries.divergences import list_divergences

    divergence: Divergence = resolve(view, kind_named("divergence"), options.reference)
    (row,) = (one for one in list_divergences(view) if one.id == divergence.id)
    export_side_by_side(divergence_side_by_side(row, project=_title(view)), target)


def _side_by_side(view: View, target: Path, options: Namespace) -> None:
    from polyvocal.exchange.writers import export_side_by_side, passages_side_by_side

    meant = chosen(view, options)
    filters = load_setting(view).filter_words(meant)
    found = passages_side_by_side(
        coded_passages(view, meant), title="Passages side by side", project=_title(view), filters=filters
    )
    export_side_by_side(found, target)


def _title(view: View) -> str:
    (about,) = view.all(Project)
    return about.title


_OF_ONE = ("moment", "divergence")
"""What is exported of one thing, which is named."""
_EXPORTS = {
    "moment": _moment,
    "divergence": _divergence,
    "side-by-side": _side_by_side,
    "codebook": _codebook,
    "excerpts": _excerpts,
    "original": _original,
    "attributes": attributes.export,
    "template": _template,
    "memos": _memos,
}


def backup(options: Namespace) -> None:
    """A whole copy of the project at one moment."""
    with opened(options):
        copy_file(Path(options.project), Path(options.file))
    sys.stdout.write(f"{options.file}\n")


def sample(options: Namespace) -> None:
    """The sample project."""
    from polyvocal.exchange.sample import write_sample

    write_sample(Path(options.project))
    output.say(f"made {options.project}; see it with `polyvocal info {options.project}`")


def tour(options: Namespace) -> None:
    """The main job on the sample, without a screen; names what it wrote."""
    from polyvocal.gui.tour import take_tour

    for written in take_tour(Path(options.folder), output.say):
        sys.stdout.write(f"{written}\n")
