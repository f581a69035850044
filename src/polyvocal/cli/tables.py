"""What `compare` can show: any two dimensions, who codes whom, what is only here, which codes come together."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import TYPE_CHECKING, Any

from polyvocal.cli.filters import chosen
from polyvocal.domain import comparisons
from polyvocal.domain.comparisons import Asked
from polyvocal.domain.errors import UserError
from polyvocal.domain.text import shown
from polyvocal.services.references import kind_named, resolve
from polyvocal.store.view import View

if TYPE_CHECKING:  # what loads numpy is imported when a table is wanted
    from polyvocal.services.analysis.co_occurrence import CoOccurrence
    from polyvocal.services.analysis.dimensions import Along
    from polyvocal.services.analysis.only_here import OnlyHereList
    from polyvocal.services.analysis.saved import Found
    from polyvocal.services.analysis.who_codes_whom import WhoCodesWhom

_DIMENSIONS = (
    "code", "coder", "observer", "standing", "source", "kind", "event", "session", "phase", "group", "participant",
    "actor", "stance", "term", "layer",
)  # fmt: skip
_MEASURES = ("passages", "sources", "characters", "share", "share-of-row", "share-of-column")
_ATTRIBUTE, _PARAGRAPHS = "attribute:", "paragraphs:"
_ALL = ""
_MOST_PARAGRAPHS = 1_000


def declare(parser: ArgumentParser) -> None:
    """The words that `compare` takes."""
    what = f"{', '.join(_DIMENSIONS)}, or {_ATTRIBUTE}NAME (of one of several cases: {_ATTRIBUTE}NAME@observer)"
    parser.add_argument("--rows", type=_along, metavar="WHAT", help="code, or observer if the columns are code")
    parser.add_argument("--columns", type=_along, metavar="WHAT", help=f"observer, or code; WHAT is {what}")
    parser.add_argument("--measure", choices=_MEASURES, help="passages without it")
    parser.add_argument("--totals", action="store_true", help="of rows, columns and the whole, each passage once")
    parser.add_argument(
        "--fold",
        action="append",
        nargs="?",
        const=_ALL,
        default=[],
        metavar="CODE",
        help="let a code stand for itself and all below it (without CODE: all at the top of the tree); repeatable",
    )
    other = parser.add_argument_group("instead of rows and columns").add_mutually_exclusive_group()
    other.add_argument("--who-codes-whom", action="store_true", help="observers by coders, own notes marked")
    other.add_argument(
        "--only-here", choices=("observer", "standing"), help="codes that were read in the accounts of one alone"
    )
    other.add_argument(
        "--co-occurrence",
        type=_nearness,
        nargs="?",
        const=("overlap", 0),
        metavar="WHEN",
        help="codes that come together: overlap (without WHEN), paragraphs:N (at most N apart), session or moment",
    )
    parser.add_argument("--same-coder", action="store_true", help="with --co-occurrence: coded by one coder both times")


def _along(word: str) -> str:
    if word not in _DIMENSIONS and not word.startswith(_ATTRIBUTE):
        raise ArgumentTypeError(f"{shown(word)} is none of {', '.join(_DIMENSIONS)}, {_ATTRIBUTE}NAME")
    return word


def _nearness(word: str) -> tuple[str, int]:
    number = word.removeprefix(_PARAGRAPHS)
    if word.startswith(_PARAGRAPHS) and number.isdecimal() and int(number[:9]) <= _MOST_PARAGRAPHS:
        return "paragraphs", int(number)
    if word in ("overlap", "session", "moment"):
        return word, 0
    raise ArgumentTypeError(
        f"{shown(word)} is none of overlap, {_PARAGRAPHS}N (N from 0 to {_MOST_PARAGRAPHS:,}), session and moment"
    )


def asked(view: View, options: Namespace) -> Asked:
    """What is asked for, as it is saved too. UserError where that takes no such options."""
    _refuse_idle(options)
    meant = chosen(view, options)
    if options.who_codes_whom:
        return Asked("observer", "coder", "passages", meant, comparisons.WHOM)
    if options.only_here:
        codes = _folded(view, options.fold).encode()
        return Asked(codes, options.only_here, "passages", meant, comparisons.ONLY)
    if options.co_occurrence:
        near, paragraphs = options.co_occurrence
        more = {"paragraphs": str(paragraphs), "readers": "same" if options.same_coder else "any"}
        codes = _folded(view, options.fold).encode()
        return Asked(codes, codes, near, meant, comparisons.TOGETHER, more)
    rows, columns = axes(view, options)
    return Asked(rows.encode(), columns.encode(), options.measure or "passages", meant)


def instead_of_rows_and_columns(options: Namespace) -> str:
    """The option that asks for a table of its own; nothing where none does."""
    instead = {
        "--who-codes-whom": options.who_codes_whom,
        "--only-here": options.only_here,
        "--co-occurrence": options.co_occurrence,
    }
    return next((name for name, given in instead.items() if given), "")


def _refuse_idle(options: Namespace) -> None:
    """UserError where something is asked for that the table would not follow."""
    asked = instead_of_rows_and_columns(options)
    if options.same_coder and asked != "--co-occurrence":
        raise UserError("--same-coder says whose passages come together: say --co-occurrence too")
    if not asked:
        return
    idle = {"--rows": options.rows, "--columns": options.columns, "--measure": options.measure}
    if asked == "--who-codes-whom":
        idle["--fold"] = options.fold
    else:
        idle["--totals"] = options.totals
    given = [name for name, value in idle.items() if value]
    if given:
        raise UserError(f"{asked} is a table of its own: leave out {' and '.join(given)}")


def as_json(found: "Found", meant: Asked) -> Any:
    """What was found, as JSON knows it."""
    from polyvocal.services.analysis.co_occurrence import CoOccurrence
    from polyvocal.services.analysis.only_here import OnlyHereList
    from polyvocal.services.analysis.who_codes_whom import WhoCodesWhom

    if isinstance(found, WhoCodesWhom):
        return _who_codes_whom(found)
    if isinstance(found, OnlyHereList):
        return _only_here(found)
    return _co_occurrence(found, meant) if isinstance(found, CoOccurrence) else found


def _who_codes_whom(found: "WhoCodesWhom") -> dict[str, Any]:
    return {
        "observers": found.observers.names,
        "coders": found.coders.names,
        "passages": found.matrix.numbers.tolist(),
        "own": found.own.tolist(),
        "words_read": found.words_read.tolist(),
        "accounts_read": found.accounts_done.tolist(),
        "totals": _in_all(found),
        "heads": found.matrix.heads,
        "filters": found.matrix.filters,
        "caption": found.caption,
    }


def _in_all(found: "WhoCodesWhom") -> dict[str, Any] | None:
    passages, read = found.matrix.totals, found.in_all
    if passages is None or read is None:
        return None
    of = {"passages": passages, "words_read": read.words_read, "accounts_read": read.accounts_done}
    return {
        what: {"observers": one.rows.tolist(), "coders": one.columns.tolist(), "whole": one.whole[0].item()}
        for what, one in of.items()
    }


def _only_here(found: "OnlyHereList") -> dict[str, Any]:
    return {
        "whose": found.whose,
        "only_here": [
            {name: getattr(one, name) for name in ("code", "path", "where", "passages", "coders", "others")}
            for one in found.found
        ],
        "filters": found.filters,
        "caption": found.caption,
    }


def _co_occurrence(found: "CoOccurrence", meant: Asked) -> dict[str, Any]:
    return {
        "codes": found.codes.names,
        "passages": found.passages.tolist(),
        "cells": found.numbers.tolist(),
        "together": meant.measure,
        "paragraphs": int(meant.more["paragraphs"]) if meant.measure == "paragraphs" else None,
        "coder": meant.more["readers"],
        "filters": found.filters,
        "caption": found.caption,
    }


def axes(view: View, options: Namespace) -> tuple["Along", "Along"]:
    """The rows and columns that are asked for. UserError where they are the same, or nothing is there to be folded."""
    from polyvocal.services.analysis.dimensions import CODES

    words = _axes(options.rows, options.columns)
    rows, columns = (_along_meant(view, word) for word in words)
    if rows == columns:
        raise UserError(f"rows and columns are both {words[0]}: choose two that differ")
    if options.fold:
        if CODES not in (rows, columns):
            raise UserError("--fold is about codes: let the rows or the columns be codes")
        folded = _folded(view, options.fold)
        rows, columns = (folded if one == CODES else one for one in (rows, columns))
    return rows, columns


def _along_meant(view: View, word: str) -> "Along":
    from polyvocal.services.analysis.dimensions import Along, Dimension, along_attribute
    from polyvocal.services.attribute_words import attribute_meant

    if not word.startswith(_ATTRIBUTE):
        return Along(Dimension(word))
    case, attribute = attribute_meant(view, word.removeprefix(_ATTRIBUTE))
    return along_attribute(case, attribute.id)


def _folded(view: View, codes: list[str]) -> "Along":
    """Codes as an axis, those that are named folded."""
    from polyvocal.domain.codetree import roots
    from polyvocal.domain.records import Code
    from polyvocal.services.analysis.dimensions import Along, Dimension

    top = roots(view.all(Code)) if _ALL in codes else []
    named = [resolve(view, kind_named("code"), one).id for one in codes if one != _ALL]
    return Along(Dimension.CODE, folded=frozenset([*top, *named]))


def _axes(rows: str | None, columns: str | None) -> tuple[str, str]:
    """The rows and columns of a table where not both are said: codes by observers, as far as that goes."""
    if rows is None:
        rows = "observer" if columns == "code" else "code"
    return rows, columns or ("code" if rows == "observer" else "observer")
