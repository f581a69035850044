"""The times that are found in a text and not decided on yet; and the lists of its times, marked and offered."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from polyvocal.domain.ids import SourceId
from polyvocal.domain.records import Source, SourceVersion, TimeMark
from polyvocal.domain.spans import touches, union
from polyvocal.domain.time_marks import FoundClock, found_times
from polyvocal.domain.timeline import Mark, timeline
from polyvocal.domain.versions import current
from polyvocal.domain.words import MarkKind
from polyvocal.services.queries.time_marks import Times, known_of, times_of
from polyvocal.store.view import View


@dataclass(frozen=True, slots=True)
class OfferedTime:
    """A time that is found in a text and neither taken nor refused yet.

    `at`, `until` and `trouble` are as they would be if it were taken, with those that are offered without a doubt.
    """

    found: FoundClock
    at: datetime | None = None
    until: datetime | None = None
    trouble: str | None = None

    @property
    def is_likely(self) -> bool:
        """Whether it begins something and leaves no doubt: to be taken unless somebody objects."""
        return self.found.strong and self.found.doubt is None


def offered_times(view: View, source: SourceId, times: Times) -> tuple[OfferedTime, ...]:
    """The times that are found in the current text of a source, apart from those that were decided on (`times`)."""
    text = view.text(current(view.find(SourceVersion, source=source)).text_hash)
    taken = union(one.place for one in times.marked if one.place is not None)
    found = [one for one in found_times(text, known_of(view, source).days) if not touches(taken, one.start, one.end)]
    told = {one.start: one for one in found}
    marks = [_if_taken(one) for one in found] + [one.mark for one in times.placed]
    placed = timeline(sorted(marks), times.frame)
    return tuple(
        OfferedTime(told[one.mark.start], one.at, one.until, one.trouble) for one in placed if one.mark.start in told
    )


def _if_taken(one: FoundClock) -> Mark:
    return Mark(one.start, one.end, one.kind, one.clock, one.until, one.day, tells=OfferedTime(one).is_likely)


class TimeMarkRow(NamedTuple):
    """A time as it is listed: half-open in code points of the current version; (0, 0) if no words are left.

    `state` is "marked", "out of order", "no time" or "gone"; or, of a time that is not decided on and has no id,
    "offered", "perhaps spoken of" or "doubtful". `at` is ISO 8601, with an offset where the event has a zone.
    """

    id: int | None
    source: int
    source_title: str
    start: int
    end: int
    state: str
    kind: str
    clock: str | None
    until: str | None
    day: str | None
    at: str | None
    trouble: str | None
    text: str


def list_time_marks(view: View) -> list[TimeMarkRow]:
    """Every time mark, by source and place, with the words that say the time."""
    with_marks = {one.version for one in view.all(TimeMark)}
    sources = {one.source for one in view.all(SourceVersion) if one.id in with_marks}
    found = sorted(view.among(Source, "id", sources), key=lambda one: (one.title.casefold(), one.id))
    return [row for one in found for row in _rows(view, one, times_of(view, one.id))]


def list_times_in(view: View, source: Source) -> list[TimeMarkRow]:
    """The time marks of one source, and the times that are found in it and not decided on yet, by their places."""
    times = times_of(view, source.id)
    return sorted(
        _rows(view, source, times, offered_times(view, source.id, times)), key=lambda row: (row.end == 0, row.start)
    )


def _rows(view: View, of: Source, times: Times, offered: Iterable[OfferedTime] = ()) -> Iterator[TimeMarkRow]:
    text = view.text(current(view.find(SourceVersion, source=of.id)).text_hash)
    for one in times.marked:
        start, end = one.place or (0, 0)
        mark, at = one.mark, one.at.isoformat() if one.at else None
        state = "gone" if one.place is None else "no time" if mark.kind is MarkKind.NONE else "marked"
        state = state if one.counts else "out of order"
        said = (mark.kind, mark.clock, mark.until, mark.day, at, one.trouble, text[start:end])
        yield TimeMarkRow(mark.id, of.id, of.title, start, end, state, *said)
    for each in offered:
        found, at = each.found, each.at.isoformat() if each.at else None
        state = "doubtful" if found.doubt else "offered" if found.strong else "perhaps spoken of"
        day = found.day.isoformat() if found.day else None
        trouble = found.doubt or each.trouble
        said = (found.kind, found.clock, found.until, day, at, trouble, text[found.start : found.end])
        yield TimeMarkRow(None, of.id, of.title, found.start, found.end, state, *said)
