"""Placing a text in time by the times that are marked in it.

Text between two marks lies between them, in the order of the text: how long a piece of prose is says nothing about how
long anything took, so no text is ever given a time of its own. What contradicts is told and not mended.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from polyvocal.domain.spans import Span
from polyvocal.domain.words import MarkKind

_HALF_A_DAY = timedelta(hours=12)


class Mark(NamedTuple):
    """A time mark in force, at [start, end) of the text; `clock`, `until` and `day` as in a TimeMark."""

    start: int
    end: int
    kind: MarkKind
    clock: str
    until: str | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """What is known of a text besides its marks: the day on which it begins, from when to when it was observed.

    Without a zone the times are local ones. `begins` and `ends` are as aware as the zone makes the marks.
    """

    day: date | None = None
    zone: ZoneInfo | None = None
    begins: datetime | None = None
    ends: datetime | None = None


class PlacedMark(NamedTuple):
    """A mark with its moment, and where it names a range the end of that.

    `at` is None where no day is known. A mark with a `trouble`, a sentence for the person, brackets nothing where it
    stands out of order; `counts` says whether it does.
    """

    mark: Mark
    at: datetime | None
    until: datetime | None = None
    trouble: str | None = None
    counts: bool = True


class Bracket(NamedTuple):
    """Between which two moments something was; None where nothing bounds it."""

    earliest: datetime | None
    latest: datetime | None


def timeline(marks: Iterable[Mark], frame: Frame) -> tuple[PlacedMark, ...]:
    """Place marks, which are in the order of the text.

    A clock time that is more than half a day before the one before it is of the next day; one that is less is out of
    order, and does not count. A mark with a day of its own is on that day, and so is what follows; one whose day is
    over by then is out of order, too.
    """
    placed: list[PlacedMark] = []
    before, day = frame.begins, frame.day
    for mark in marks:
        one = _elapsed(mark, frame) if mark.kind is MarkKind.ELAPSED else _clock(mark, frame, day, before)
        placed.append(one)
        if one.at is not None and one.counts:
            before = one.at
            day = one.at.date() if mark.kind is MarkKind.CLOCK else day
    return tuple(placed)


def _elapsed(mark: Mark, frame: Frame) -> PlacedMark:
    if frame.begins is None:
        return PlacedMark(mark, None, trouble="It is not known when the recording began.")
    at = _later(frame.begins, seconds_of(mark.clock))
    until = _later(frame.begins, seconds_of(mark.until)) if mark.until else None
    return PlacedMark(mark, at, until)


def _later(moment: datetime, seconds: float) -> datetime:
    """A moment so many seconds later, also across a change of the clocks."""
    if moment.tzinfo is None:
        return moment + timedelta(seconds=seconds)
    return (moment.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(moment.tzinfo)


def _clock(mark: Mark, frame: Frame, day: date | None, before: datetime | None) -> PlacedMark:
    if mark.day is None and day is None:
        return PlacedMark(mark, None, trouble="It is not known on which day this was.")
    at, trouble = _on(mark.day or day or date.min, mark.clock, frame)
    if before is not None and at < before:
        if mark.day is not None or before - at <= _HALF_A_DAY:
            trouble = f"It is earlier than {before:%H:%M}, which stands before it in the text."
            return PlacedMark(mark, at, None, trouble, counts=False)
        at, trouble = _on(at.date() + timedelta(days=1), mark.clock, frame)
    until = None
    if mark.until is not None:
        until, _ = _on(at.date(), mark.until, frame)
        if until < at:
            until, _ = _on(at.date() + timedelta(days=1), mark.until, frame)
    return PlacedMark(mark, at, until, trouble)


def _on(day: date, clock: str, frame: Frame) -> tuple[datetime, str | None]:
    """A clock time on a day, and what is the matter with it on a night when the clocks are changed."""
    at = datetime.combine(day, time.fromisoformat(clock), tzinfo=frame.zone)
    if frame.zone is None:
        return at, None
    if at.astimezone(UTC).astimezone(frame.zone).replace(fold=0) != at:
        return at, "There was no such time on that day: the clocks were put forward."
    if at.utcoffset() != at.replace(fold=1).utcoffset():
        return at, "It came twice in that night, when the clocks were put back; it is taken for the first."
    return at, None


def seconds_of(elapsed: str) -> float:
    """The seconds of a time since a recording began: "1:02:03.5"."""
    hours, minutes, seconds = elapsed.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def bracket(placed: Sequence[PlacedMark], span: Span, frame: Frame) -> Bracket:
    """Between which moments the words of [start, end) lie.

    After the last mark that begins where they begin or before, and before the first that begins where they end or
    after; the end of a range bounds what follows its mark up to the next.
    """
    counting = [one for one in placed if one.at is not None and one.counts]
    earlier = [one for one in counting if one.mark.start <= span.start]
    later = [one for one in counting if one.mark.start >= span.end]
    earliest = earlier[-1].at if earlier else frame.begins
    latest = later[0].at if later else frame.ends
    within = len(counting) == len(earlier) + len(later)
    if earlier and within and earlier[-1].until is not None:
        latest = min(earlier[-1].until, latest) if latest is not None else earlier[-1].until
    return Bracket(earliest, latest)
