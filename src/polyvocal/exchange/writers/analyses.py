"""Analyses as tables: each is laid out as one, and all of them are written alike."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from polyvocal.domain.words import CellState
from polyvocal.exchange.writers.comparison_table import MEANINGS, Layout, Line, comparison_laid_out, spoken

if TYPE_CHECKING:
    from polyvocal.services.analysis.co_occurrence import CoOccurrence
    from polyvocal.services.analysis.compare import Comparison
    from polyvocal.services.analysis.only_here import OnlyHere, OnlyHereList
    from polyvocal.services.analysis.who_codes_whom import WhoCodesWhom

OWN, NOT_OWN = "own", "–"
_WHO = (
    "Coder", "Own notes", "Passages", "Words read", "Words", "Accounts read", "Accounts",
)  # fmt: skip


def laid_out(found: "Comparison | WhoCodesWhom | OnlyHereList | CoOccurrence") -> Layout:
    """Whatever was asked for as a table."""
    from polyvocal.services.analysis.co_occurrence import CoOccurrence
    from polyvocal.services.analysis.compare import Comparison
    from polyvocal.services.analysis.only_here import OnlyHereList

    if isinstance(found, Comparison):
        return comparison_laid_out(found)
    if isinstance(found, OnlyHereList):
        return only_here_laid_out(found)
    return co_occurrence_laid_out(found) if isinstance(found, CoOccurrence) else who_codes_whom_laid_out(found)


def who_codes_whom_laid_out(found: "WhoCodesWhom") -> Layout:
    """A line for each observer and each coder, own notes marked: how much was coded and read, and of how much.

    Totals come last: of each observer by all coders, then of all observers by each coder and by all.
    """
    lines = [
        Line(
            observer,
            (
                coder,
                OWN if found.own[row, column] else NOT_OWN,
                int(found.matrix.numbers[row, column]),
                int(found.words_read[row, column]),
                head.words,
                int(found.accounts_done[row, column]),
                head.accounts,
            ),
        )
        for row, (observer, head) in enumerate(zip(found.observers.names, found.matrix.heads, strict=True))
        for column, coder in enumerate(found.coders.names)
    ]
    lines += _in_all(found)
    legend = [(OWN, "the coder wrote it")] if found.own.any() else []
    filters = found.matrix.filters
    return Layout(
        "Observer",
        _WHO,
        tuple(lines),
        "Who codes whom",
        found.caption,
        filters,
        legend=tuple(legend),
        wordy=frozenset({0, 1}),
    )


def _in_all(found: "WhoCodesWhom") -> Iterator[Line]:
    passages, read = found.matrix.totals, found.in_all
    if passages is None or read is None:
        return

    def line(observer: str, coder: str, part: str, at: int, wrote: tuple[int, int]) -> Line:
        words, accounts = wrote
        coded, words_read, done = (
            getattr(of, part)[at].item() for of in (passages, read.words_read, read.accounts_done)
        )
        return Line(observer, (coder, NOT_OWN, coded, words_read, words, done, accounts), is_total=True)

    for at, head in enumerate(found.matrix.heads):
        yield line(head.observer, _ALL_CODERS, "rows", at, (head.words, head.accounts))
    for at, coder in enumerate(found.coders.names):
        yield line(_ALL_OBSERVERS, coder, "columns", at, (read.words, read.accounts))
    yield line(_ALL_OBSERVERS, _ALL_CODERS, "whole", 0, (read.words, read.accounts))


_ALL_OBSERVERS, _ALL_CODERS = "All observers", "all coders"


def only_here_laid_out(found: "OnlyHereList") -> Layout:
    """A line for each code that was read in one's accounts alone; of the others it names whose were read or not."""
    header = ("Code", "Passages", "Coded by", *_OTHERS.values(), _WITHOUT, "Others' words", "Others' words read")
    told = {one.state for line in found.found for one in line.others if one.state is not None}
    return Layout(
        found.whose.capitalize(),
        header,
        tuple(Line(_who(found, one.where), _only_here(found, one)) for one in found.found),
        f"Codes read in the accounts of one {found.whose} alone",
        found.caption,
        found.filters,
        legend=tuple((_OTHERS.get(state, state), meaning) for state, meaning in MEANINGS.items() if state in told),
        nothing=f"No code was read in the accounts of one {found.whose} alone.",
        wordy=frozenset({0, 2, 3, 4, 5}),
    )


_OTHERS: dict[str, str] = {
    CellState.READ_NOT_SO_CODED: "Others read, not so coded",
    CellState.WRITTEN_NOT_YET_READ: "Others not yet read",
}
_WITHOUT = "Others without account"


def _who(found: "OnlyHereList", name: str) -> str:
    """An observer, or a standing in words."""
    return spoken(name) if found.whose == "standing" else name


def _only_here(found: "OnlyHereList", one: "OnlyHere") -> tuple[str | int, ...]:
    others: dict[str, list[str]] = {head: [] for head in (*_OTHERS.values(), _WITHOUT)}
    for other in one.others:
        head = _OTHERS.get(other.state or "")
        who = _who(found, other.name)
        name = who if head or other.state is None else f"{who} ({other.state})"
        others[head or _WITHOUT].append(name)
    return (
        one.code,
        one.passages,
        ", ".join(one.coders),
        *(f"{len(names)}: {', '.join(names)}" if names else "" for names in others.values()),
        sum(other.words for other in one.others),
        sum(other.words_read for other in one.others),
    )


def co_occurrence_laid_out(found: "CoOccurrence") -> Layout:
    """Codes by codes, with how many passages each has before them."""
    rows = zip(found.codes.names, found.passages.tolist(), found.numbers.tolist(), strict=True)
    return Layout(
        "Code",
        ("Passages", *found.codes.names),
        tuple(Line(name, (passages, *numbers)) for name, passages, numbers in rows) if len(found.codes) else (),
        "Codes that come together",
        found.caption,
        found.filters,
    )
