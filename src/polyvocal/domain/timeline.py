"""Placing a text in time by the times that are marked in it.

Text between two marks lies between them, in the order of the text: how long a piece of prose is says nothing about how
long anything took, so no text is ever given a time of its own. What contradicts is told and not mended.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from polyvocal.domain.elapsed import seconds_of
from polyvocal.domain.spans import Span
from polyvocal.domain.words import MarkKind

_HALF_A_DAY = timedelta(hours=12)


class Mark(NamedTuple):
    """A time mark, at [start, end) of the text; `clock`, `until` and `day` as in a TimeMark.

    One that does not tell anything of the others, since it is not in force, is placed by them only.
    """

    start: int
    end: int
    kind: MarkKind
    clock: str
    until: str | None = None
    day: date | None = None
    tells: bool = True


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


class _Before(NamedTuple):
    """The moment that nothing later in the text should precede, and why not."""

    at: datetime
    why: str = "which stands before it in the text"


def timeline(marks: Iterable[Mark], frame: Frame) -> tuple[PlacedMark, ...]:
    """Place marks, which are in the order of the text.

    A clock time that is more than half a day before the one before it is of the next day; one that is less is out of
    order, and does not count. A mark with a day of its own is on that day, and so is what follows; one whose day is
    over by then is out of order, too. What comes after the end of the observing counts, but is told.
    """
    placed: list[PlacedMark] = []
    before = _Before(frame.begins, "when the observing began") if frame.begins is not None else None
    elapsed = 0.0
    for mark in marks:
        if mark.kind is MarkKind.ELAPSED:
            one = _elapsed(mark, frame, elapsed, before)
            elapsed = max(elapsed, seconds_of(mark.clock)) if mark.tells else elapsed
        else:
            one = _clock(mark, frame, before)
        placed.append(_after_the_end(one, frame))
        if one.at is not None and one.counts and mark.tells:
            before = _Before(one.at)
    return tuple(placed)


def _after_the_end(one: PlacedMark, frame: Frame) -> PlacedMark:
    """The same mark, which says so if it is later than the observing ended and nothing else is the matter with it."""
    if one.at is None or frame.ends is None or one.trouble is not None or instant(one.at) <= instant(frame.ends):
        return one
    return one._replace(trouble=f"It is later than {frame.ends:%H:%M}, when the observing ended.")


def instant(moment: datetime) -> datetime:
    """A moment that can be compared with others: in UTC where it has a zone.

    Python compares two times of one zone by their clocks, which say the same twice when they are put back.
    """
    return moment.astimezone(UTC) if moment.tzinfo is not None else moment


def seconds_at(at: datetime) -> float:
    """A moment in seconds; a local time without a zone is taken for one of UTC."""
    return (at if at.tzinfo is not None else at.replace(tzinfo=UTC)).timestamp()


def _elapsed(mark: Mark, frame: Frame, elapsed: float, before: _Before | None) -> PlacedMark:
    seconds = seconds_of(mark.clock)
    if seconds < elapsed:
        at = _later(frame.begins, seconds) if frame.begins is not None else None
        return PlacedMark(mark, at, None, "It is earlier than a time that stands before it in the text.", counts=False)
    if frame.begins is None:
        return PlacedMark(mark, None, trouble="It is not known when the recording began.")
    at = _later(frame.begins, seconds)
    if before is not None and instant(at) < instant(before.at):
        return PlacedMark(mark, at, None, _earlier(before), counts=False)
    return PlacedMark(mark, at, _later(frame.begins, seconds_of(mark.until)) if mark.until else None)


def _later(moment: datetime, seconds: float) -> datetime:
    """A moment so many seconds later, also across a change of the clocks."""
    later = instant(moment) + timedelta(seconds=seconds)
    return later.astimezone(moment.tzinfo) if moment.tzinfo is not None else later


def _clock(mark: Mark, frame: Frame, before: _Before | None) -> PlacedMark:
    on = mark.day or (before.at.date() if before is not None else frame.day)
    if on is None:
        return PlacedMark(mark, None, trouble="It is not known on which day this was.")
    at, trouble = _on(on, mark.clock, frame)
    if before is not None and instant(at) < instant(before.at):
        second = at.replace(fold=1)
        back = before.at.replace(tzinfo=None) - at.replace(tzinfo=None)
        if instant(second) >= instant(before.at):
            at, trouble = second, f"It came twice in that night; it is the second, after {before.at:%H:%M}."
        elif mark.day is not None or back <= _HALF_A_DAY:
            return PlacedMark(mark, at, None, _earlier(before), counts=False)
        else:
            at, trouble = _on(on + timedelta(days=1), mark.clock, frame)
    return PlacedMark(mark, at, _until(mark, at, frame), trouble)


def _earlier(before: _Before) -> str:
    return f"It is earlier than {before.at:%H:%M}, {before.why}."


def _until(mark: Mark, at: datetime, frame: Frame) -> datetime | None:
    if mark.until is None:
        return None
    until, _ = _on(at.date(), mark.until, frame)
    return until if instant(until) >= instant(at) else _on(at.date() + timedelta(days=1), mark.until, frame)[0]


def _on(day: date, clock: str, frame: Frame) -> tuple[datetime, str | None]:
    """A clock time on a day, and what is the matter with it on a night when the clocks are changed."""
    at = datetime.combine(day, time.fromisoformat(clock), tzinfo=frame.zone)
    if never_was(at):
        return at, "There was no such time on that day: the clocks were put forward."
    if came_twice(at):
        return at, "It came twice in that night, when the clocks were put back; it is taken for the first."
    return at, None


def never_was(at: datetime) -> bool:
    """Whether clocks never said this, since they were put forward; `at` is a time in its zone, or one without."""
    return at.tzinfo is not None and at.astimezone(UTC).astimezone(at.tzinfo).replace(fold=0) != at


def came_twice(at: datetime) -> bool:
    """Whether clocks said this twice, since they were put back; `at` is a time in its zone, or one without."""
    return at.utcoffset() != at.replace(fold=1).utcoffset() and not never_was(at)


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
    if not later and earliest is not None and latest is not None and instant(latest) < instant(earliest):
        latest = None  # the observing went on after the end that was noted
    within = len(counting) == len(earlier) + len(later)
    if earlier and within and earlier[-1].until is not None:
        ends = earlier[-1].until
        latest = min(ends, latest, key=instant) if latest is not None else ends
    return Bracket(earliest, latest)
