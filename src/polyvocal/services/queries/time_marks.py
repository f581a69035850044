"""The times in a text: those that are marked, those that are found and not decided on yet, and when each was."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from polyvocal.domain.ids import EventId, SourceId, TimeMarkId
from polyvocal.domain.records import Event, Occasion, Session, Source, SourceVersion, TimeMark
from polyvocal.domain.spans import Span
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
class Times:
    """The times of one source.

    `marked` are in the order of the text, those without words left last. `offered` are found in the text, and neither
    taken nor refused yet. `frame` is what is known of the source besides.
    """

    marked: tuple[MarkedTime, ...]
    offered: tuple[FoundClock, ...]
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
    marked = marked_times(view, source, event)
    text = view.text(current(view.find(SourceVersion, source=source)).text_hash)
    taken = [one.place for one in marked.marked if one.place is not None]
    return replace(marked, offered=tuple(one for one in found_times(text) if not _touched(one, taken)))


def marked_times(view: View, source: SourceId, event: EventId | None = None) -> Times:
    """As `times_of`, without looking through the text for what could be offered."""
    versions = view.find(SourceVersion, source=source)
    marks = view.among(TimeMark, "version", [one.id for one in versions])
    places = {one.id: place for place, one in led(versions, marks)}
    frame = frame_of(view, source, event)
    here = sorted((one for one in marks if one.id in places), key=lambda one: (places[one.id], one.id))
    in_force = [one for one in here if one.kind is not MarkKind.NONE]
    moments = dict(
        zip(
            (one.id for one in in_force),
            timeline((_plain(one, places[one.id]) for one in in_force), frame),
            strict=True,
        )
    )
    marked = [
        MarkedTime(one, places[one.id], *moments[one.id][1:]) if one.id in moments else MarkedTime(one, places[one.id])
        for one in here
    ]
    gone = [MarkedTime(one, None) for one in sorted(marks, key=lambda one: one.id) if one.id not in places]
    return Times((*marked, *gone), (), frame)


def _touched(one: FoundClock, taken: Iterable[Span]) -> bool:
    return any(span.overlaps(Span(one.start, one.end)) for span in taken)


def _plain(mark: TimeMark, place: Span) -> Mark:
    day = date.fromisoformat(mark.day) if mark.day is not None else None
    return Mark(place.start, place.end, mark.kind, mark.clock or "", mark.until, day)


def frame_of(view: View, source: SourceId, event: EventId | None = None) -> Frame:
    """What is known of when a source was observed: from itself, else from its session, else from its event."""
    about = view.find(Occasion, source=source)
    if event is not None:
        about = [one for one in about if one.event == event]
    occasion = about[0] if about else None
    what = view.get(Event, event or (occasion.event if occasion else 0))
    session = view.get(Session, occasion.session) if occasion is not None and occasion.session is not None else None
    zone = ZoneInfo(what.zone) if what is not None and what.zone is not None else None
    of = view.need(Source, source)
    said = [of.observed_from, session.starts if session else None, what.starts if what else None]
    day = next((date.fromisoformat(one[:10]) for one in said if one), None)
    return Frame(day, zone, _moment(of.observed_from, zone), _moment(of.observed_to, zone))


def _moment(text: str | None, zone: ZoneInfo | None) -> datetime | None:
    """A time with its hour in a zone, or, without one, as a local time; None for a day."""
    if text is None or len(text) <= len("2024-05-14"):
        return None
    moment = datetime.fromisoformat(text)
    if zone is None:
        return moment.replace(tzinfo=None)
    return moment.astimezone(zone) if moment.tzinfo is not None else moment.replace(tzinfo=zone)


class TimeMarkRow(NamedTuple):
    """A time mark as it is listed: half-open in code points of the current version; `gone` if no words are left.

    `at` is ISO 8601, with an offset where the event has a zone.
    """

    id: int
    source: int
    source_title: str
    start: int
    end: int
    gone: bool
    kind: str
    clock: str | None
    until: str | None
    day: str | None
    at: str | None
    trouble: str | None
    text: str


def list_time_marks(view: View) -> list[TimeMarkRow]:
    """Every time mark, by source and place, with the words that say the time."""
    rows = []
    with_marks = {one.version for one in view.all(TimeMark)}
    sources = {one.source for one in view.all(SourceVersion) if one.id in with_marks}
    for source in sorted(view.among(Source, "id", sources), key=lambda one: (one.title.casefold(), one.id)):
        text = view.text(current(view.find(SourceVersion, source=source.id)).text_hash)
        for one in times_of(view, source.id).marked:
            start, end = one.place or (0, 0)
            mark = one.mark
            rows.append(
                TimeMarkRow(
                    *(mark.id, source.id, source.title, start, end, one.place is None, mark.kind, mark.clock),
                    *(mark.until, mark.day, one.at.isoformat() if one.at else None, one.trouble, text[start:end]),
                )
            )
    return rows
