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

        Raises UserError as `seen_as` does, and where its words were corrected away meanwhile.
        """
        version = self.seen_as(seen, span)
        place = map_between(self.versions, version.id, self.version.id).place(span)
        if place is None:
            raise UserError(f"these words of {shown(self.source.title)} were corrected away: nothing was done")
        return place

    def seen_as(self, seen: SourceVersionId | None, span: Span | None = None) -> SourceVersion:
        """The version that was seen (the current one where none is named), of which a span must be a passage.

        Raises UserError where it is none, and where that version was undone meanwhile.
        """
        version = self.version if seen is None else next((one for one in self.versions if one.id == seen), None)
        if version is None:
            raise UserError(
                f"the correction of {shown(self.source.title)} that was on the screen was undone meanwhile, so nothing "
                "was done: look at the text as it is now, and do it again"
            )
        if span is not None and not 0 <= span.start < span.end <= version.length:
            raise UserError(
                f"there is no passage from {span.start} to {span.end} in {shown(self.source.title)}, whose text has "
                f"{version.length:,} code points: give a start of at least 0, and an end after it and of at most "
                f"{version.length}"
            )
        return version


def text_of(view: View, source: str) -> Text:
    """The text of a source that a reference means. UserError where there is no such source."""
    where: Source = resolve(view, kind_named("source"), source)
    versions = view.find(SourceVersion, source=where.id)
    return Text(where, tuple(versions), current(versions))
