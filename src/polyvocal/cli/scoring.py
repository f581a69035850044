"""The command `score`: the passages of one event in time, a row a passage and observer."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from polyvocal.cli import output
from polyvocal.cli.filters import add_filters, chosen
from polyvocal.domain.errors import UserError
from polyvocal.services.references import kind_named, resolve

if TYPE_CHECKING:
    from polyvocal.services.analysis.score_table import ScoreTable


class _Line(NamedTuple):
    """A passage, as it is listed."""

    observer: str
    when: str
    passage: str
    codes: str


def declare(command: Callable[[str, str, str], ArgumentParser]) -> ArgumentParser:
    """The words that the command takes."""
    made = command("score", "scoring:score", "the passages of one event in time, a row a passage and observer")
    made.add_argument("of", metavar="EVENT", help="the event: its title, or its id")
    made.add_argument("--out", metavar="FILE", help=".csv .md .docx .xlsx .html")
    add_filters(made)
    return made


def score(options: Namespace) -> None:
    """The table behind the Score of one event: passages where they stand in time, states, doubts."""
    from polyvocal.cli.looking import opened
    from polyvocal.exchange.writers.score import export_score, when
    from polyvocal.services.analysis.score import score as score_of
    from polyvocal.services.analysis.score_table import passages_table

    if options.event:
        raise UserError("a score is of one event: name it behind the project, without --event")
    if options.out:
        output.refuse_to_replace(Path(options.out), Path(options.project), force=options.force)
    with opened(options) as project, project.view() as view:
        event = resolve(view, kind_named("event"), options.of)
        table = passages_table(view, score_of(view, event.id, chosen(view, options)))
    if options.out:
        export_score(table, Path(options.out))
        output.say(f"wrote {options.out}")
    if options.json:
        output.write_json(_document(table))
    elif not options.out:
        rows = [_Line(row.observer or "no observer", when(row), row.text, ", ".join(row.codes)) for row in table.rows]
        output.write_table(rows, _Line._fields, f"nothing of {table.score.title} is coded so")
        output.say("", table.score.caption)


def _document(table: "ScoreTable") -> dict[str, Any]:
    from polyvocal.exchange.writers.score import iso

    score = table.score
    return {
        "event": score.title,
        "zone": score.zone,
        "passages": [
            {
                **row._asdict(),
                "earliest": iso(row.earliest) or None,
                "latest": iso(row.latest) or None,
                "codings": [str(one) for one in row.codings],
            }
            for row in table.rows
        ],
        "states": table.states,
        "doubts": [
            {"source": one.source, "source_title": one.title, "why": one.why, "passages": one.passages,
             "placed": one.placed}
            for one in score.doubts
        ],
        "filters": score.filters,
        "caption": score.caption,
    }  # fmt: skip
