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
    place = manuscript.place()
    headings = [_write_code(manuscript, entry, report) for entry in report.entries]
    manuscript.contents(place, headings)
    manuscript.update_fields_on_opening()
    return manuscript


def _write_code(manuscript: Manuscript, entry: "CodebookEntry", report: "CodebookReport") -> tuple[int, str, str]:
    level = min(entry.depth + 1, DEEPEST_HEADING)
    bookmark = manuscript.heading(level, entry.code.name)
    _write_line(manuscript, entry)
    for label, text in fields(entry):
        manuscript.text("Field", text, label=label, following="FieldText")
    if entry.quotes:
        manuscript.paragraph("FieldLabel", Run("Quotes", "Label"))
        for quote in entry.quotes:
            manuscript.quote(quote.text, attribution(quote))
    if entry.passages:
        manuscript.paragraph("FieldLabel", Run("Counts", "Label"))
        manuscript.table(_COUNTS, _count_rows(entry), indent=INDENT - 85)
    if entry.memos:
        manuscript.paragraph("FieldLabel", Run("Memos", "Label"))
        for memo in entry.memos:
            manuscript.paragraph("MemoHead", Run(memo_head(memo, report.made_at.tzinfo), "Faint"))
            manuscript.text("FieldText", memo.text)
    return level, entry.code.name, bookmark


def _write_line(manuscript: Manuscript, entry: "CodebookEntry") -> None:
    """The line below the name: colour, kind, extent, for a deep code the path, and whether it is retired."""
    said = f"  {entry.code.kind.capitalize()} · {extent(entry)}"
    if entry.depth > 1:
        said += f" · {one_line(entry.path.rpartition(' / ')[0])}"
    runs = [Run("\u00a0\u00a0\u00a0\u00a0", fill=colour_of(entry)), Run(said, "Faint")]
    if entry.code.retired:
        runs.append(Run(f"\n{RETIRED}", "Strong"))
    manuscript.paragraph("CodeLine", *runs)


def _count_rows(entry: "CodebookEntry") -> list[list[str]]:
    return [
        [observer, f"{by:,}" if by else "", "", phase, f"{at:,}" if at else ""]
        for (observer, by), (phase, at) in zip_longest(entry.by_observer, entry.by_phase, fillvalue=("", 0))
    ]
