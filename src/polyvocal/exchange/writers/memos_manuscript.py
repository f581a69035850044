"""Memos as a Word document."""

from collections.abc import Sequence
from datetime import datetime

from polyvocal.domain.memos import WholeMemo
from polyvocal.exchange.writers.codebook_words import long_date
from polyvocal.exchange.writers.formats.characters import one_line
from polyvocal.exchange.writers.formats.manuscript import Manuscript, Run
from polyvocal.exchange.writers.memos import NO_MEMOS, heading_of, place_of, said_of


def memos_manuscript(memos: Sequence[WholeMemo], *, title: str, caption: str, made_at: datetime) -> Manuscript:
    """A heading for each memo, what it is, its text, and the passage that it is about; first a list of the headings."""
    manuscript = Manuscript(title=title, made_at=made_at)
    manuscript.paragraph("ReportTitle", one_line(title))
    manuscript.paragraph("Caption", f"{caption} {long_date(made_at)}.")
    place = manuscript.contents_here()
    headings = []
    for memo in memos:
        heading = heading_of(memo)
        headings.append((1, heading, manuscript.heading(1, heading)))
        manuscript.paragraph("CodeLine", Run(said_of(memo), "Faint"), beside=heading, keep_with_next=True)
        manuscript.text("Normal", memo.text)
        if memo.about.words:
            manuscript.quote(memo.about.words, place_of(memo))
    if not memos:
        manuscript.paragraph("Normal", NO_MEMOS)
    manuscript.contents(place, headings if len(headings) > 1 else [])
    return manuscript
