"""The codebook as Markdown."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from polyvocal.exchange.writers.codebook_words import (
    EMPTY,
    HOW_COUNTED,
    RETIRED,
    attribution,
    colour_of,
    extent,
    facts,
    fields,
    memo_head,
)
from polyvocal.exchange.writers.formats.markdown import block, inline, table

if TYPE_CHECKING:
    from polyvocal.services.queries.codebook import CodebookEntry, CodebookReport

DEEPEST_HEADING = 6


def codebook_markdown(report: "CodebookReport") -> Iterator[str]:
    """The codebook, one heading a code; Markdown knows six levels, the first is the title's."""
    yield f"# {inline(report.title)}: codebook\n\n"
    for label, value in facts(report):
        yield f"- **{label}:** {inline(value)}\n"
    yield f"\n{HOW_COUNTED if report.entries else EMPTY}\n\n"
    for entry in report.entries:
        yield from _code(entry, report)


def _code(entry: "CodebookEntry", report: "CodebookReport") -> Iterator[str]:
    yield f"{'#' * min(entry.depth + 2, DEEPEST_HEADING)} {inline(entry.code.name)}\n\n"
    said = [entry.code.kind.capitalize(), extent(entry), f"#{colour_of(entry).lower()}"]
    if entry.depth + 2 > DEEPEST_HEADING:
        said.append(f"level {entry.depth + 1}")
    yield f"*{' · '.join(said)}*\n\n"
    if entry.code.retired:
        yield f"**{RETIRED}**\n\n"
    for label, text in fields(entry):
        yield f"**{label}.** {block(text)}"
    for quote in entry.quotes:
        yield block(quote.text, prefix="> ")[:-1]
        yield f">\n> — {inline(attribution(quote))}\n\n"
    for heading, counts in (("Written by", entry.by_observer), ("Phase", entry.by_phase)):
        if counts:
            rows = [(name, f"{number:,}") for name, number in counts]
            yield table((heading, "Passages"), rows, numbers=(False, True))
    for memo in entry.memos:
        yield f"*{inline(memo_head(memo, report.made_at.tzinfo))}*\n\n{block(memo.text)}"
