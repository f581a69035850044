"""What every form of the codebook says, in the same words."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING

from polyvocal.domain.words import CodeKind
from polyvocal.exchange.writers.formats.characters import set_apart

if TYPE_CHECKING:
    from polyvocal.services.queries.codebook import CodebookEntry, CodebookReport, MemoShown, Quote

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
APPROACHES = {
    "reflexive": "reflexive",
    "codebook": "codebook",
    "coding-reliability": "coding reliability",
}
RETIRED = "Retired: kept for what was coded with it, and no longer applied."
EMPTY = "This codebook is empty: no code has been made yet."
HOW_COUNTED = (
    "Counts are of coded passages; a passage written by two observers counts for both. A code stands for just itself, "
    "without the codes below it. Observers wrote different texts, of different lengths: their counts stand side by "
    "side and do not rank. Quotes are examples, at most one for each voice; an ellipsis ends one that was shortened."
)
_COLOUR = re.compile("#?([0-9A-Fa-f]{6})")
_UNKNOWN_COLOUR = "9AA4AF"


def long_date(moment: datetime) -> str:
    """A date as a title page gives it: "3 March 2026"."""
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def facts(report: "CodebookReport") -> list[tuple[str, str]]:
    """What stands below the title: label and value."""
    passages = sum(entry.passages for entry in report.entries)
    told = [("Date", long_date(report.made_at))]
    if report.approach:
        told.append(("Approach", APPROACHES.get(report.approach, report.approach)))
    told.append(("Coders", ", ".join(report.coders) or "nobody has coded yet"))
    kinds = [
        counted(sum(entry.code.kind == kind for entry in report.entries), one, many)
        for kind, one, many in (
            (CodeKind.THEME, "theme", "themes"),
            (CodeKind.CATEGORY, "category", "categories"),
            (CodeKind.CODE, "code", "codes"),
        )
        if kind is CodeKind.CODE or any(entry.code.kind == kind for entry in report.entries)
    ]
    told.append(("Contents", f"{', '.join(kinds)}; {counted(passages, 'coded passage', 'coded passages')}"))
    return told


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else many}"


def extent(entry: "CodebookEntry") -> str:
    """How much was coded with a code."""
    if not entry.passages:
        return "no passages"
    return f"{counted(entry.passages, 'passage', 'passages')} in {counted(entry.sources, 'source', 'sources')}"


def fields(entry: "CodebookEntry") -> Iterator[tuple[str, str]]:
    """The fields that are filled: label and text."""
    code = entry.code
    for label, text in (
        ("Definition", code.definition),
        ("Use when", code.use_when),
        ("Not when", code.not_when),
        ("Example", code.example),
    ):
        if text and text.strip():
            yield label, text


def attribution(quote: "Quote") -> str:
    """Who wrote a quote, when and where, and who coded it."""
    observers = ", ".join(set_apart(name) for name in quote.observers) or "no observer"
    where = f"{quote.phase or 'no phase'} · {set_apart(quote.source_title)}"
    return f"{observers} · {where} · coded by {set_apart(quote.coder)}"


def memo_head(memo: "MemoShown", zone: tzinfo | None) -> str:
    """What a memo is: its title, kind, author and date."""
    made = datetime.fromtimestamp(memo.created_at / 1_000_000, tz=UTC).astimezone(zone)
    by = f" by {set_apart(memo.author)}" if memo.author else ""
    title = f"{set_apart(memo.title)} · " if memo.title else ""
    return f"{title}{memo.kind} memo{by}, {long_date(made)}"


def colour_of(entry: "CodebookEntry") -> str:
    """The code's colour as rrggbb; a grey where it is none."""
    found = _COLOUR.fullmatch(entry.code.colour.strip())
    return found[1].upper() if found else _UNKNOWN_COLOUR


def counts_in_words(counts: tuple[tuple[str, int], ...]) -> str:
    """Counts in one cell: "Ines: 3; Omar: 1"."""
    return "; ".join(f"{name}: {number:,}" for name, number in counts)
