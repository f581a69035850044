"""The times in a text: those that are marked, those that are found and not decided on yet, and when each was."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from polyvocal.domain.days_said import Days
from polyvocal.domain.ids import EventId, SourceId, TimeMarkId
from polyvocal.domain.records import Event, Occasion, Session, Source, SourceVersion, TimeMark
from polyvocal.domain.spans import Span, touches, union
from polyvocal.domain.time_marks import FoundClock, found_times
from polyvocal.domain.timeline import Frame, Mark, PlacedMark, timeline
from polyvocal.domain.versions import current, led
from polyvocal.domain.words import MarkKind
from polyvocal.store.view import View


@dataclass(frozen=True, slots=True)
class MarkedTime:
    """A time mark at its current place; None where no words of it are left. `at` as `timeline` places it.

    `trouble` is a sentence for the person. One of the kind NONE says that what stands there is no time.
    """

    mark: TimeMark
    place: Span | None
    at: datetime | None = None
    until: datetime | None = None
    trouble: str | None = None
    counts: bool = True

    @property
    def id(self) -> TimeMarkId:
        return self.mark.id


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


@dataclass(frozen=True, slots=True)
class Times:
    """The times of one source.

    `marked` are in the order of the text, those without words left last. `frame` is what is known of the source
    besides.
    """

    marked: tuple[MarkedTime, ...]
    frame: Frame

    @property
    def placed(self) -> tuple[PlacedMark, ...]:
        """The marks in force with their moments, for `bracket`."""
        return tuple(
            PlacedMark(_plain(one.mark, one.place), one.at, one.until, one.trouble, one.counts)
            for one in self.marked
            if one.place is not None and one.mark.kind is not MarkKind.NONE
        )


def times_of(view: View, source: SourceId, event: EventId | None = None) -> Times:
    """The times of a source, placed on the days of the event that it is about (or of a given one) and in its zone."""
    versions = view.find(SourceVersion, source=source)
    marks = view.among(TimeMark, "version", [one.id for one in versions])
    places = {one.id: place for place, one in led(versions, marks)}
    frame = _known_of(view, source, event).frame
    here = sorted((one for one in marks if one.id in places), key=lambda one: (places[one.id], one.id))
    in_force = [one for one in here if one.kind is not MarkKind.NONE]
    placed = timeline((_plain(one, places[one.id]) for one in in_force), frame)
    moments = {one.id: moment for one, moment in zip(in_force, placed, strict=True)}
    marked = [
        MarkedTime(one, places[one.id], *moments[one.id][1:]) if one.id in moments else MarkedTime(one, places[one.id])
        for one in here
    ]
    gone = [MarkedTime(one, None) for one in sorted(marks, key=lambda one: one.id) if one.id not in places]
    return Times((*marked, *gone), frame)


def offered_times(view: View, source: SourceId, times: Times) -> tuple[OfferedTime, ...]:
    """The times that are found in the current text of a source, apart from those that were decided on (`times`)."""
    text = view.text(current(view.find(SourceVersion, source=source)).text_hash)
    taken = union(one.place for one in times.marked if one.place is not None)
    found = [one for one in found_times(text, _known_of(view, source).days) if not touches(taken, one.start, one.end)]
    told = {one.start: one for one in found}
    marks = [_if_taken(one) for one in found] + [one.mark for one in times.placed]
    placed = timeline(sorted(marks), times.frame)
    return tuple(
        OfferedTime(told[one.mark.start], one.at, one.until, one.trouble) for one in placed if one.mark.start in told
    )


def _if_taken(one: FoundClock) -> Mark:
    return Mark(one.start, one.end, one.kind, one.clock, one.until, one.day, tells=OfferedTime(one).is_likely)


def _plain(mark: TimeMark, place: Span) -> Mark:
    day = date.fromisoformat(mark.day) if mark.day is not None else None
    return Mark(place.start, place.end, mark.kind, mark.clock or "", mark.until, day)


class _Known(NamedTuple):
    """What is known of when a source was observed, and on which days it may have been."""

    frame: Frame
    days: Days | None


def _known_of(view: View, source: SourceId, event: EventId | None = None) -> _Known:
    """From the source itself, else from its session, else from its event (or a given one)."""
    about = [one for one in view.find(Occasion, source=source) if event in (None, one.event)]
    occasion = about[0] if about else None
    what = view.get(Event, event or (occasion.event if occasion else 0))
    session = view.get(Session, occasion.session) if occasion is not None and occasion.session is not None else None
    zone = ZoneInfo(what.zone) if what is not None and what.zone is not None else None
    of = view.need(Source, source)
    around = [one for one in (session, what) if one is not None]
    first = _day(zone, of.observed_from, *(one.starts for one in around))
    ends = [_day(zone, one) for one in (of.observed_to, of.written_at, *(one.ends for one in around))]
    frame = Frame(first, zone, _moment(of.observed_from, zone), _moment(of.observed_to, zone))
    return _Known(frame, (first, max([first, *(one for one in ends if one)])) if first is not None else None)


def _day(zone: ZoneInfo | None, *said: str | None) -> date | None:
    """The day of the first of some times that is known, where it was in a zone."""
    text = next((one for one in said if one), None)
    moment = _moment(text, zone)
    return moment.date() if moment is not None else date.fromisoformat(text) if text is not None else None


def _moment(text: str | None, zone: ZoneInfo | None) -> datetime | None:
    """A time with its hour in a zone, or, without one, as a local time; None for a day."""
    if text is None or len(text) <= len("2024-05-14"):
        return None
    moment = datetime.fromisoformat(text)
    if zone is None:
        return moment.replace(tzinfo=None)
    return moment.astimezone(zone) if moment.tzinfo is not None else moment.replace(tzinfo=zone)


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
