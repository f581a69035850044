"""Passages that commands are given: of a version as it was seen, and where their words are now."""

from dataclasses import dataclass
from typing import NamedTuple

from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import SourceVersionId
from polyvocal.domain.records import Source, SourceVersion
from polyvocal.domain.spans import Span
from polyvocal.domain.text import shown
from polyvocal.domain.versions import current, map_between
from polyvocal.services.references import kind_named, resolve
from polyvocal.store.view import View


class Passage(NamedTuple):
    """[start, end) of a version of a source, in code points; of the current one where none is named."""

    source: str
    start: int
    end: int
    seen: SourceVersionId | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a source as it is now, that a command is about."""

    source: Source
    versions: tuple[SourceVersion, ...]
    version: SourceVersion

    def now(self, span: Span, seen: SourceVersionId | None = None) -> Span:
        """Where a span of a version (of the current one where none is named) is now.

        Raises UserError where it is no passage of the text, and where its words were corrected away meanwhile.
        """
        if seen is not None and seen != self.version.id:
            place = map_between(self.versions, seen, self.version.id).place(span)
            if place is None:
                raise UserError(f"these words of {shown(self.source.title)} were corrected away: nothing was done")
            span = place
        start, end = span
        if not 0 <= start < end <= self.version.length:
            raise UserError(
                f"there is no passage from {start} to {end} in {shown(self.source.title)}, whose text has "
                f"{self.version.length:,} code points: give a start of at least 0, and an end after it and of at most "
                f"{self.version.length}"
            )
        return span


def text_of(view: View, source: str) -> Text:
    """The text of a source that a reference means. UserError where there is no such source."""
    where: Source = resolve(view, kind_named("source"), source)
    versions = view.find(SourceVersion, source=where.id)
    return Text(where, tuple(versions), current(versions))
