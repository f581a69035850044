"""The times that are marked in a text, and when each was."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from polyvocal.domain.hours import when_said
from polyvocal.domain.ids import EventId, SourceId, TimeMarkId
from polyvocal.domain.records import Event, Occasion, Session, Source, SourceVersion, TimeMark
from polyvocal.domain.spans import Span
from polyvocal.domain.timeline import Frame, Mark, PlacedMark, timeline
from polyvocal.domain.versions import led
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
    return times_in(view, source, known_of(view, source, event).frame)


def times_in(view: View, source: SourceId, frame: Frame) -> Times:
    """The times of a source, of which so much is known besides."""
    versions = view.find(SourceVersion, source=source)
    marks = view.among(TimeMark, "version", [one.id for one in versions])
    places = {one.id: place for place, one in led(versions, marks)}
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


def _plain(mark: TimeMark, place: Span) -> Mark:
    day = date.fromisoformat(mark.day) if mark.day is not None else None
    return Mark(place.start, place.end, mark.kind, mark.clock or "", mark.until, day)


class Known(NamedTuple):
    """What is known of when a source was observed, and on which days (the first, the last) it may have been.

    `by_event` says that only the event told the day.
    """

    frame: Frame
    days: tuple[date, date] | None
    by_event: bool


def known_of(view: View, source: SourceId, event: EventId | None = None) -> Known:
    """From the source itself, else from its session, else from its event (or a given one)."""
    about = [one for one in view.find(Occasion, source=source) if event in (None, one.event)]
    occasion = about[0] if about else None
    what = view.get(Event, event or (occasion.event if occasion else 0))
    session = view.get(Session, occasion.session) if occasion is not None and occasion.session is not None else None
    zone = ZoneInfo(what.zone) if what is not None and what.zone is not None else None
    of = view.need(Source, source)
    around = [one for one in (session, what) if one is not None]
    own = _day(zone, of.observed_from, *(one.starts for one in around if one is session))
    first = own or _day(zone, *(one.starts for one in around))
    ends = [_day(zone, one) for one in (of.observed_to, of.written_at, *(one.ends for one in around))]
    frame = Frame(first, zone, _moment(of.observed_from, zone), _moment(of.observed_to, zone))
    days = (first, max([first, *(one for one in ends if one)])) if first is not None else None
    return Known(frame, days, by_event=own is None)


def _day(zone: ZoneInfo | None, *said: str | None) -> date | None:
    """The day of the first of some times that is known, where it was in a zone."""
    text = next((one for one in said if when_said(one) is not None), None)
    moment = _moment(text, zone) or when_said(text)
    return moment.date() if moment is not None else None


def _moment(text: str | None, zone: ZoneInfo | None) -> datetime | None:
    """A time with its hour in a zone, or, without one, as a local time; None for a day."""
    moment = when_said(text)
    if text is None or moment is None or len(text) <= len("2024-05-14"):
        return None
    if zone is None:
        return moment.replace(tzinfo=None)
    return moment.astimezone(zone) if moment.tzinfo is not None else moment.replace(tzinfo=zone)
