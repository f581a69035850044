"""Where a passage stands on the score of an event: at its time, between two times, in its session, before or after.

The rule, from what is told most closely to what is told least:

- a passage in which a time is marked stands at that time (from the first to the last, if there are several);
- any other lies between the times around it in the order of its text (`domain.timeline`), and is never given one;
- what was said of the session of just this part narrows that; a session of the whole text only closes an open end,
  since a note on a whole day hangs on one session and goes on through others;
- without any time it lies in its session, else while its account was observed, else before or after the event;
- what nothing is told of stands beside the axis.

Where what is told contradicts itself, the times of the text win, and a doubt says so. Nothing is mended.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import accumulate
from typing import NamedTuple

from polyvocal.domain.hours import Hours
from polyvocal.domain.spans import Span
from polyvocal.domain.timeline import Bracket, Frame, PlacedMark, bracket, instant
from polyvocal.domain.words import Phase


class Placing(StrEnum):
    """By what a passage is placed."""

    AT_TIME = "at its time"
    BETWEEN = "between two times"
    IN_SESSION = "in its session"
    OBSERVED = "while it was observed"
    BY_PHASE = "before or after"
    UNTIMED = "no time told"


TIMED = frozenset({Placing.AT_TIME, Placing.BETWEEN, Placing.IN_SESSION, Placing.OBSERVED})
"""The ways of placing that give a place on the axis."""


class Told(NamedTuple):
    """Where a passage stands, and what is doubtful about that, as sentences for the person.

    `phase` is the one that is said of it, if just one is. `earliest` and `latest` bound it, None where nothing does;
    both None unless the placing is among TIMED.
    """

    placing: Placing
    earliest: datetime | None = None
    latest: datetime | None = None
    phase: Phase | None = None
    doubts: tuple[str, ...] = ()


class SessionTold(NamedTuple):
    """A session that a passage is about; `of_part` where that was said of a part of the text, and not of all of it."""

    title: str
    hours: Hours | None
    of_part: bool


class AboutEvent(NamedTuple):
    """What is said of a passage's relation to an event."""

    sessions: tuple[SessionTold, ...] = ()
    phases: frozenset[Phase] = frozenset()
    event: Hours | None = None

    @property
    def phase(self) -> Phase | None:
        """The phase, where just one is said."""
        return next(iter(self.phases)) if len(self.phases) == 1 else None


@dataclass(frozen=True, slots=True)
class TextTimes:
    """The marks of a text in its order, with their moments, and what is known of it besides.

    `doubts` are of the text as a whole, and hold wherever a time of it is used.
    """

    marks: tuple[PlacedMark, ...]
    frame: Frame
    doubts: tuple[str, ...] = ()


class Placer:
    """Places the passages of one text. Passages between the same marks are worked out once."""

    def __init__(self, times: TextTimes) -> None:
        self._times = times
        self._starts = [one.mark.start for one in times.marks]
        self._ends = list(accumulate((one.mark.end for one in times.marks), max))
        self._brackets: dict[tuple[int, int], Bracket] = {}

    def place(self, span: Span, about: AboutEvent) -> Told:
        """Where the passage [start, end) stands."""
        return self._place(span, about)._replace(phase=about.phase)

    def _place(self, span: Span, about: AboutEvent) -> Told:
        marks = self._times.marks
        touched = marks[bisect_right(self._ends, span.start) : bisect_left(self._starts, span.end)]
        within = [one for one in touched if one.mark.end > span.start]
        counting = [one for one in within if one.at is not None and one.counts]
        if counting:
            ends = max((end for one in counting if (end := one.until or one.at) is not None), key=instant)
            told = Told(Placing.AT_TIME, counting[0].at, ends, doubts=_troubles(within))
        else:
            before, after = bisect_right(self._starts, span.start), bisect_left(self._starts, span.end)
            found = self._brackets.get((before, after))
            if found is None:
                found = self._brackets[before, after] = bracket(marks, span, self._times.frame)
            around = (*marks[max(before - 1, 0) : before], *within, *marks[after : after + 1])
            told = Told(self._by(before, after), *found, doubts=_troubles(around))
        if told.placing is Placing.OBSERVED:
            return _without_times(told, about)
        told = told._replace(doubts=(*self._times.doubts, *told.doubts))
        return _with_doubts(_narrowed(told, about), about)

    def _by(self, before: int, after: int) -> Placing:
        """Whether any mark bounds what lies behind mark `before` and in front of mark `after`."""
        marks = self._times.marks
        bound = any(one.at is not None and one.counts for one in (*marks[:before], *marks[after:]))
        return Placing.BETWEEN if bound else Placing.OBSERVED


def _troubles(marks: Iterable[PlacedMark]) -> tuple[str, ...]:
    """What is the matter with marks."""
    return tuple(dict.fromkeys(f"{one.mark.clock}: {one.trouble}" for one in marks if one.trouble is not None))


def _narrowed(told: Told, about: AboutEvent) -> Told:
    """The same, where a session or the phase closes an open end or narrows what lies between two times."""
    hours = _hull(told, about.sessions)
    earliest, latest = told.earliest, told.latest
    if hours is not None and _meet(told, hours):
        of_part = all(one.of_part for one in about.sessions)
        if told.placing is Placing.BETWEEN and (of_part or earliest is None):
            earliest = hours[0] if earliest is None else max(earliest, hours[0], key=instant)
        if told.placing is Placing.BETWEEN and (of_part or latest is None):
            latest = hours[1] if latest is None else min(latest, hours[1], key=instant)
    event = _comparable(told, about.event)
    if event is not None and about.phase is Phase.BEFORE and latest is None and _before(earliest, event[0]):
        latest = event[0]
    if event is not None and about.phase is Phase.AFTER and earliest is None and _before(event[1], latest):
        earliest = event[1]
    return told._replace(earliest=earliest, latest=latest)


def _without_times(told: Told, about: AboutEvent) -> Told:
    """What no mark places: in its session, else while it was observed, else by its phase, else not at all."""
    hours = _hull(told, about.sessions)
    titles = _titles(about.sessions)
    if hours is not None:
        meet = _meet(told, hours)
        placed = told._replace(placing=Placing.IN_SESSION, earliest=hours[0], latest=hours[1])
        if meet:
            earliest = hours[0] if told.earliest is None else max(told.earliest, hours[0], key=instant)
            latest = hours[1] if told.latest is None else min(told.latest, hours[1], key=instant)
            return _with_doubts(placed._replace(earliest=earliest, latest=latest), about)
        doubt = f"It was observed {shown(told.earliest, told.latest)}; {titles} ran {shown(*hours)}."
        return _with_doubts(placed._replace(doubts=(*told.doubts, doubt)), about)
    if told.earliest is not None or told.latest is not None:
        return _with_doubts(told, about)
    if about.phase in (Phase.BEFORE, Phase.AFTER):
        return Told(Placing.BY_PHASE, doubts=told.doubts)
    return Told(Placing.UNTIMED, doubts=told.doubts)


def _with_doubts(told: Told, about: AboutEvent) -> Told:
    """The same with what contradicts it: a session that ran at another time, a phase that was over or not yet come."""
    doubts = list(told.doubts)
    hours = _hull(told, about.sessions)
    if hours is not None and told.placing is not Placing.IN_SESSION and not _meet(told, hours):
        whole = "" if all(one.of_part for one in about.sessions) else ", which the text as a whole is about,"
        doubts.append(
            f"By its times it was {shown(told.earliest, told.latest)}; {_titles(about.sessions)}{whole} ran "
            f"{shown(*hours)}."
        )
    event = _comparable(told, about.event)
    if event is not None:
        begins, ends = event
        late, early = told.earliest is not None and not _before(told.earliest, begins), _before(told.latest, begins)
        if about.phase is Phase.BEFORE and late:
            doubts.append(f"It is said to be before the event, which began {moment(begins)}.")
        if about.phase is Phase.AFTER and told.latest is not None and _before(told.latest, ends):
            doubts.append(f"It is said to be after the event, which ended {moment(ends)}.")
        if about.phase is Phase.DURING and (early or _before(ends, told.earliest)):
            doubts.append(f"It is said to be during the event, which was {shown(begins, ends)}.")
    return told._replace(doubts=tuple(dict.fromkeys(doubts)))


# --- comparing what may not be known ---------------------------------------------------------------------------------


def _hull(told: Told, sessions: Iterable[SessionTold]) -> Hours | None:
    """From the first beginning to the last end of sessions, as far as these are known and can be compared."""
    known = [hours for one in sessions if (hours := _comparable(told, one.hours)) is not None]
    if not known:
        return None
    return min((one[0] for one in known), key=instant), max((one[1] for one in known), key=instant)


def _comparable(told: Told, hours: Hours | None) -> Hours | None:
    """Hours, if they have a zone where the passage's times have one, and none where they have none."""
    mine = told.earliest or told.latest
    if hours is None or mine is None or (mine.tzinfo is None) is (hours[0].tzinfo is None):
        return hours
    return None


def _meet(told: Told, hours: Hours) -> bool:
    """Whether a passage may have been within some hours; what has only a moment in common with them was not."""
    earliest, latest = told.earliest, told.latest
    if earliest is not None and latest is not None and instant(earliest) == instant(latest):
        return instant(hours[0]) <= instant(earliest) <= instant(hours[1])
    return _before(earliest, hours[1], unknown=True) and _before(hours[0], latest, unknown=True)


def _before(one: datetime | None, other: datetime | None, *, unknown: bool = False) -> bool:
    if one is None or other is None:
        return unknown
    return instant(one) < instant(other)


# --- in words --------------------------------------------------------------------------------------------------------


def moment(at: datetime) -> str:
    """A moment in a doubt: "2024-05-14 10:45"."""
    return f"{at:%Y-%m-%d %H:%M}"


def shown(earliest: datetime | None, latest: datetime | None) -> str:
    """A stretch of time in a sentence: "on 2024-05-14 from 10:45 to 11:20", the second day only where it differs."""
    if earliest is None or latest is None:
        known = earliest or latest
        return "" if known is None else f"{'before' if earliest is None else 'after'} {moment(known)}"
    if instant(earliest) == instant(latest):
        return f"at {moment(earliest)}"
    until = f"{latest:%H:%M}" if latest.date() == earliest.date() else moment(latest)
    return f"from {moment(earliest)} to {until}"


def _titles(sessions: Iterable[SessionTold]) -> str:
    return " and ".join(f"“{one.title}”" for one in sessions)
