"""`polyvocal compare PROJECT --contest`: who generates, affirms and contests a term of collaboration."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from polyvocal.cli import output
from polyvocal.cli.filters import chosen
from polyvocal.domain.errors import UserError
from polyvocal.domain.passages import Aspect
from polyvocal.services.references import kind_named, resolve
from polyvocal.store.file import open_project

ALL = ""
"""What `--contest` says without a term."""
_ROWS = {"actor": "actors", "group": "groups", "term": "terms"}


def add_contest(parser: ArgumentParser) -> None:
    """Give the command its option."""
    parser.add_argument(
        "--contest",
        nargs="?",
        const=ALL,
        metavar="TERM",
        help="instead of a table: who generates, affirms and contests a term (all without one), from before to after; "
        "--rows may be actor, group or term",
    )


def contest(options: Namespace) -> None:
    """Every mark of a contest: on the terminal, as JSON, or in a file."""
    from polyvocal.exchange.writers.contest import export_contest, render_contest
    from polyvocal.services.analysis import contest as analysis
    from polyvocal.services.analysis.contest_axes import Rows

    rows = options.rows or "actor"
    if rows not in _ROWS or options.columns:
        raise UserError("--contest has phases and sessions as columns, and --rows actor, group or term")
    if options.out:
        output.refuse_to_replace(Path(options.out), Path(options.project), force=options.force)
    with open_project(Path(options.project)) as project, project.view() as view:
        output.say(*project.warnings)
        asked = chosen(view, options)
        if options.contest != ALL:
            term = resolve(view, kind_named("term"), options.contest)
            asked = asked.but(Aspect.TERM, {term.id})
        found = analysis.contest(view, asked, Rows(_ROWS[rows]))
        words = analysis.words_of(view, found) if options.out or options.json else {}
    if options.out:
        export_contest(found, words, Path(options.out))
        output.say(f"wrote {options.out}")
    if options.json:
        output.write_json(_as_json(found, words))
    elif not options.out:
        sys.stdout.write(render_contest(found))


def _as_json(found: Any, words: Any) -> dict[str, Any]:
    """Names in place of ids, but for what a mark is of."""
    names = found.names
    return {
        "title": found.title,
        "stances": found.stances,
        "rows": [{"group": row.band or None, "name": row.name} for row in found.rows],
        "columns": [
            {"event": one.event or None, "phase": one.key.phase, "session": one.name or None, "starts": one.starts,
             "ends": one.ends, "parallel": one.parallel}
            for one in found.columns
        ],
        "cells": [
            {"row": row, "column": column, "counts": found.counts(marks), "marks": [
                {"coding": one.coding, "source": one.source, "source_title": found.sources[one.source],
                 "version": one.version, "start": one.start, "end": one.end, "text": words.get(one.coding),
                 "code": found.codes[one.code], "coder": found.people[one.coder],
                 "observers": found.observers[one.source],
                 "after": one.earliest.isoformat() if one.earliest is not None else None,
                 "stances": [
                     {"actor": names[link.actor], "stance": link.stance, "term": names[link.term],
                      "toward": names[link.toward] if link.toward is not None else None}
                     for link in one.taken
                 ]}
                for one in marks
            ]}
            for (row, column), marks in found.cells.items()
        ],
        "terms": [{"id": one.id, "name": one.name, "counts": one.counts} for one in found.terms],
        "filters": found.filters,
        "caption": found.caption,
    }  # fmt: skip
