"""The codebook as a Word document that one can hand to somebody."""

from itertools import zip_longest
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
from polyvocal.exchange.writers.formats.characters import one_line
from polyvocal.exchange.writers.formats.manuscript import Column, Manuscript, Run
from polyvocal.exchange.writers.formats.styles import INDENT

if TYPE_CHECKING:
    from polyvocal.services.queries.codebook import CodebookEntry, CodebookReport

DEEPEST_HEADING = 9
_COUNTS = (
    Column("Written by", 3000),
    Column("Passages", 1000, number=True),
    Column("", 400),
    Column("Phase", 1600),
    Column("Passages", 1000, number=True),
)


def codebook_manuscript(report: "CodebookReport") -> Manuscript:
    """The codebook: a title page, a table of contents, and a section a branch with every code in it."""
    manuscript = Manuscript(title=f"{report.title}: codebook", made_at=report.made_at)
    manuscript.paragraph("Kicker", "Codebook")
    manuscript.paragraph("Title", one_line(report.title))
    for label, value in facts(report):
        manuscript.paragraph("Fact", Run(f"{label}\t", "Label"), one_line(value))
    if not report.entries:
        manuscript.paragraph("Note", EMPTY)
        return manuscript
    manuscript.paragraph("Note", HOW_COUNTED)
    manuscript.start_page()
    place = manuscript.contents_here()
    manuscript.start_page()
    headings = []
    for entry, after in zip_longest(report.entries, report.entries[1:]):
        headings.append(_write_heading(manuscript, entry, after))
        _write_body(manuscript, entry, report)
    manuscript.contents(place, headings)
    return manuscript


def _write_heading(
    manuscript: Manuscript, entry: "CodebookEntry", after: "CodebookEntry | None"
) -> tuple[int, str, str]:
    """The name and the line below it, which stay with what belongs to the code: its text, or the code below."""
    level = min(entry.depth + 1, DEEPEST_HEADING)
    bookmark = manuscript.heading(level, entry.code.name)
    said = f"  {entry.code.kind.capitalize()} · {extent(entry)}"
    above = one_line(entry.path.rpartition(" / ")[0])
    if entry.depth > 1 and above:
        said += f" · {above}"
    runs = [Run("\u00a0\u00a0\u00a0\u00a0", fill=colour_of(entry)), Run(said, "Faint")]
    if entry.code.retired:
        runs.append(Run(f"\n{RETIRED}", "Strong"))
    has_text = entry.passages > 0 or bool(entry.memos) or any(fields(entry))
    has_codes = after is not None and after.depth > entry.depth
    manuscript.paragraph("CodeLine", *runs, beside=entry.code.name, keep_with_next=has_text or has_codes)
    return level, entry.code.name, bookmark


def _write_body(manuscript: Manuscript, entry: "CodebookEntry", report: "CodebookReport") -> None:
    for label, text in fields(entry):
        manuscript.text("Field", text, label=label, following="FieldText")
    if entry.quotes:
        manuscript.paragraph("FieldLabel", Run("Quotes", "Label"))
        for quote in entry.quotes:
            manuscript.quote(quote.text, attribution(quote))
    if entry.passages:
        manuscript.table(_COUNTS, _count_rows(entry), indent=INDENT - 85)
    if entry.memos:
        manuscript.paragraph("FieldLabel", Run("Memos", "Label"))
        for memo in entry.memos:
            manuscript.paragraph("MemoHead", Run(memo_head(memo, report.made_at.tzinfo), "Faint"))
            manuscript.text("FieldText", memo.text)


def _count_rows(entry: "CodebookEntry") -> list[list[str]]:
    return [
        [observer, f"{by:,}" if by else "", "", phase, f"{at:,}" if at else ""]
        for (observer, by), (phase, at) in zip_longest(entry.by_observer, entry.by_phase, fillvalue=("", 0))
    ]
