"""The command that compares: a table of two dimensions, asked anew, saved, or beside its snapshots."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from polyvocal.cli import output, tables
from polyvocal.cli.contesting import add_contest, contest
from polyvocal.cli.filters import add_filters
from polyvocal.domain.comparisons import TABLE, WHOM, Asked, Comparison
from polyvocal.domain.errors import UserError
from polyvocal.domain.text import counted, shown
from polyvocal.services.choice import CHOICES
from polyvocal.services.queries.cases import without_attributes
from polyvocal.services.references import kind_named, resolve
from polyvocal.store.view import View

if TYPE_CHECKING:
    from polyvocal.services.analysis.saved import Answer
    from polyvocal.services.queries.comparisons import SavedComparison, SnapshotTaken


def declare(command: Callable[[str, str, str], ArgumentParser]) -> ArgumentParser:
    """The words that the command takes."""
    compare = command("compare", "comparing:compare", "a table of what different observers wrote, as coded")
    tables.declare(compare)
    compare.add_argument("--out", metavar="FILE", help=".csv .md .docx .xlsx .html")
    compare.add_argument("--save", metavar="TITLE", help="save what is asked, with a first snapshot of the answer")
    compare.add_argument("--saved", metavar="REF", help="ask a saved comparison again, and show its snapshots")
    compare.add_argument("--snapshot", action="store_true", help="with --saved: keep what it says now")
    add_contest(compare)
    add_filters(compare)
    return compare


def compare(options: Namespace) -> None:
    """A table of two dimensions; with --contest, the stances on a term."""
    if options.contest is not None:
        contest(options)
        return
    if options.saved is not None:
        _refuse_asking_anew(options)
    if options.snapshot and options.saved is None:
        raise UserError("--snapshot keeps what a saved comparison says: name it with --saved TITLE")
    if options.out:
        output.refuse_to_replace(Path(options.out), Path(options.project), force=options.force)
    if options.save is not None:
        _save(options)
    elif options.saved is not None:
        _saved(options)
    else:
        from polyvocal.cli.looking import opened

        with opened(options) as project, project.view() as view:
            asked = tables.asked(view, options)
            found = _answer(view, asked, options)
        _write(found, asked, options)


def _refuse_asking_anew(options: Namespace) -> None:
    given = [name for name in (*_OF_TABLES, "save", *CHOICES) if getattr(options, name)]
    if given:
        raise UserError(
            f"a saved comparison knows what it asks: leave out --{given[0].replace('_', '-')}, or leave out --saved"
        )


_OF_TABLES = (
    "rows", "columns", "measure", "fold", "who_codes_whom", "only_here", "co_occurrence", "same_coder",
)  # fmt: skip
"""What says which table is wanted."""


def _answer(view: View, asked: Asked, options: Namespace) -> "Answer":
    from polyvocal.services.analysis.saved import answer

    return answer(view, asked, totals=options.totals)


def _write(found: "Answer", asked: Asked, options: Namespace) -> None:
    from polyvocal.exchange.writers import export_table, render_table
    from polyvocal.exchange.writers.analyses import laid_out

    if options.out:
        export_table(laid_out(found.found), Path(options.out))
        output.say(f"wrote {options.out}")
    if options.json:
        output.write_json(tables.as_json(found.found, asked))
    elif not options.out:
        sys.stdout.write(render_table(laid_out(found.found)))


def _save(options: Namespace) -> None:
    from polyvocal.cli.changing import opened
    from polyvocal.services.commands.comparisons import Taken, save_comparison

    with opened(options) as project:
        with project.view() as view:  # and be done with it: a writer waits for readers
            asked = tables.asked(view, options)
            if any("@" in along for along in (asked.rows, asked.columns)):
                raise UserError("a table of an attribute is not saved, since its values are somebody's words")
            asked = replace(asked, chosen=without_attributes(view, asked.chosen))
            found = _answer(view, asked, options)
        taken = Taken(found.result, found.found.caption)
        changes = save_comparison(project, title=options.save, asked=asked, taken=taken)
    _write(found, asked, options)
    output.say(f"saved the comparison {shown(options.save)} ({changes.created('comparison')[0]}), with a snapshot")


def _saved(options: Namespace) -> None:
    from polyvocal.cli import changing, looking
    from polyvocal.services.commands.comparisons import Taken, take_snapshot
    from polyvocal.services.queries.comparisons import saved_comparison

    with (changing.opened if options.snapshot else looking.opened)(options) as project:
        with project.view() as view:
            reference: Comparison = resolve(view, kind_named("comparison"), options.saved)
            saved = saved_comparison(view, reference.id)
            assert saved is not None
            if options.totals and saved.asked.shape not in (TABLE, WHOM):
                raise UserError("this comparison has no totals: leave out --totals")
            found = _answer(view, saved.asked, options)
            told = [_snapshot(view, one, saved, found) for one in saved.snapshots]
        if options.snapshot:
            take_snapshot(project, comparison=str(saved.id), taken=Taken(found.result, found.found.caption))
    if options.json:
        output.write_json(
            {
                "id": saved.id,
                "title": saved.title,
                "saved_by": saved.saved_by,
                "saved_at": saved.saved_at,
                "now": tables.as_json(found.found, saved.asked),
                "snapshots": told,
                "counter_examples": saved.counter_examples,
            }
        )
    else:
        _write(found, saved.asked, options)
        _tell_snapshots(told)
        _tell_counter_examples(saved)
    if options.snapshot:
        output.say("kept what it says now as a snapshot")


def _snapshot(view: View, one: "SnapshotTaken", saved: "SavedComparison", now: "Answer") -> dict[str, Any]:
    """A snapshot with the names of today, and where it differs from what is said now."""
    from polyvocal.domain.comparisons import Result
    from polyvocal.services.analysis.saved import differences, names_of

    rows, columns = names_of(view, one.result, saved.asked)
    later_rows, later_columns = names_of(view, Result(now.result.rows, now.result.columns, (), ()), saved.asked)
    row_names = dict(zip((*now.result.rows, *one.result.rows), (*later_rows, *rows), strict=True))
    column_names = dict(zip((*now.result.columns, *one.result.columns), (*later_columns, *columns), strict=True))
    return {
        "id": one.id,
        "taken_at": one.taken_at,
        "taken_by": one.taken_by,
        "caption": one.caption,
        "rows": rows,
        "columns": columns,
        "cells": one.result.cells,
        "states": one.result.states,
        "differences": [
            {"row": row_names[cell.row], "column": column_names[cell.column], "then": cell.then, "now": cell.now}
            for cell in differences(one.result, now.result)
        ],
    }


def _tell_snapshots(told: list[dict[str, Any]]) -> None:
    for one in told:
        by = f" by {one['taken_by']}" if one["taken_by"] else ""
        number = len(one["differences"])
        state = f"{counted(number, 'cell')} differ{'s' if number == 1 else ''}" if number else "the same as now"
        sys.stdout.write(f"\nSnapshot of {output.iso(one['taken_at'])}{by}: {state}.\n")
        for cell in one["differences"]:
            sys.stdout.write(
                f"  {cell['row']}, {cell['column']}: {_number(cell['then'])}, now {_number(cell['now'])}\n"
            )


def _number(cell: float | None) -> str:
    return "nothing" if cell is None else f"{cell:,}" if isinstance(cell, int) else f"{cell:.1%}"


def _tell_counter_examples(saved: "SavedComparison") -> None:
    if saved.counter_examples:
        sys.stdout.write("\nMarked as counter-examples:\n")
    for one in saved.counter_examples:
        why = f": {one.why}" if one.why else ""
        sys.stdout.write(f"  {one.coding}  {one.code}, coded by {one.coder} in {one.source_title}{why}\n")
