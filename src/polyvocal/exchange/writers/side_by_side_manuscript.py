"""Accounts side by side as a Word document."""

from datetime import UTC, datetime

from polyvocal.exchange.writers.codebook_words import long_date
from polyvocal.exchange.writers.formats.characters import one_line, set_apart
from polyvocal.exchange.writers.formats.manuscript import Manuscript, Run
from polyvocal.exchange.writers.formats.sheet import STYLES, SheetColumn, SheetPart, ruled_lines, sheet_table
from polyvocal.exchange.writers.side_by_side import SideBySide, Voice, standing_in_words

AT_MOST = 3
"""So many columns a table has at most: more would leave lines too short to read, and no room to write."""
_LINES = "Lines are numbered by column, so that A12 is the same line for everybody."
NOBODY = "No account of it is known."
WITHOUT, NOT_PLACED = "Observers without an account of it", "Texts that may hold something of it"


def side_by_side_manuscript(found: SideBySide) -> Manuscript:
    """A landscape page with a column a voice, in several tables where there are many, and room to write."""
    now = datetime.now(UTC).astimezone()
    manuscript = Manuscript(title=found.title, made_at=now, landscape=True)
    manuscript.dress(STYLES)
    manuscript.paragraph("ReportTitle", one_line(found.title))
    manuscript.paragraph("Caption", f"{found.caption} {_LINES} {long_date(now)}.")
    if not found.voices:
        manuscript.paragraph("Normal", NOBODY)
    columns = [_column(at, voice) for at, voice in enumerate(found.voices)]
    for table in _tables(columns):
        manuscript.put(sheet_table(table))
        manuscript.paragraph("AfterTable")
    for head, said in ((WITHOUT, found.without), (NOT_PLACED, found.not_placed)):
        if said:
            manuscript.paragraph("FieldLabel", Run(head, "Label"))
        for name, why in said:
            manuscript.paragraph("Legend", Run(f"{set_apart(name)}: ", "Strong"), why)
    manuscript.paragraph("FieldLabel", Run("What we noticed", "Label"))
    manuscript.put(ruled_lines())
    manuscript.paragraph("AfterTable")
    return manuscript


def _tables(columns: list[SheetColumn]) -> list[list[SheetColumn]]:
    """The columns in as few tables as will do, and about as many in each."""
    tables = -(-len(columns) // AT_MOST)
    return [columns[len(columns) * at // tables : len(columns) * (at + 1) // tables] for at in range(tables)]


def _column(at: int, voice: Voice) -> SheetColumn:
    return SheetColumn(
        _letter(at),
        one_line(voice.name),
        standing_in_words(voice.standing),
        tuple(SheetPart(one.origin, one.text) for one in voice.excerpts),
    )


def _letter(at: int) -> str:
    """A to Z, then AA to AZ."""
    return (_letter(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)
