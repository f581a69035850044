"""Excerpts as a Word document."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from polyvocal.domain.passages import CodedPassage
from polyvocal.exchange.writers.codebook_words import counted, long_date
from polyvocal.exchange.writers.excerpts_words import (
    NO_PASSAGES,
    about_in_words,
    filters_in_words,
    grouped,
    place_in_words,
    writing_in_words,
)
from polyvocal.exchange.writers.formats.characters import one_line
from polyvocal.exchange.writers.formats.manuscript import Manuscript, Run


def excerpts_manuscript(
    passages: Iterable[CodedPassage], *, title: str, group_by: str | None, filters: Mapping[str, Sequence[str]]
) -> Manuscript:
    """Each passage as a quote, with what is known of it below; a heading for each group, and a list of them."""
    now = datetime.now(UTC).astimezone()
    manuscript = Manuscript(title=title, made_at=now)
    manuscript.paragraph("ReportTitle", one_line(title))
    manuscript.paragraph("Caption", f"{filters_in_words(filters)} {long_date(now)}.")
    place = manuscript.contents_here()
    headings = []
    shown = 0
    for group, members in grouped(passages, group_by):
        listed = list(members)
        shown += len(listed)
        if group is not None:
            headings.append((1, group, manuscript.heading(1, group)))
            extent = counted(len(listed), "passage", "passages")
            line = Run(f"{group_by or ''} · {extent}".capitalize(), "Faint")
            manuscript.paragraph("CodeLine", line, beside=group, keep_with_next=True)
        for passage in listed:
            _write_excerpt(manuscript, passage)
    if not shown:
        manuscript.paragraph("Normal", NO_PASSAGES)
    manuscript.contents(place, headings if len(headings) > 1 else [])
    return manuscript


def _write_excerpt(manuscript: Manuscript, passage: CodedPassage) -> None:
    said = [writing_in_words(passage), place_in_words(passage), *about_in_words(passage)]
    manuscript.quote(passage.text, "\n".join(said), heading=one_line(passage.code_path))
