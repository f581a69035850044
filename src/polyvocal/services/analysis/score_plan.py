"""Where everything of a score lies: the axis, the sessions on it, what has no time beside it, and each passage."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from polyvocal.domain.hours import Hours
from polyvocal.domain.ids import CodeId, CodingId, EventId, PersonId, SessionId, SourceId
from polyvocal.domain.lanes import pack_lanes
from polyvocal.domain.records import Session
from polyvocal.domain.score import TIMED, Placing, Told
from polyvocal.domain.score_axis import axis_of
from polyvocal.domain.timeline import seconds_at
from polyvocal.domain.words import Phase
from polyvocal.services.analysis.question import Question
from polyvocal.services.analysis.score_passages import PassageFound, session_hours

OPEN = 12.0
"""How many minutes wide a bracket is at least that is open on one side."""
EACH = 3.0
"""So many minutes wide is, for each passage in it, what has no width of its own."""
NARROWEST, WIDEST = 72.0, 260.0
"""How wide a region without times is."""


class Beside(StrEnum):
    """Where on the score stands what has no time: in front of the axis, or behind it."""

    UNTIMED = "no time told"
    BEFORE = "before"
    AFTER = "after"


class Region(NamedTuple):
    """A part of the score without times, in places of the axis."""

    what: Beside
    left: float
    right: float


class SessionOnScore(NamedTuple):
    """A session with a time: where it is, and in which lane, so that parallel ones do not hide each other."""

    id: SessionId
    title: str
    place: str | None
    starts: datetime
    ends: datetime
    left: float
    right: float
    lane: int
    scheduled: bool


@dataclass(frozen=True, slots=True)
class PassageMark:
    """A passage on its staff: drawn `at` a place of the axis, within what bounds it (from `left` to `right`).

    `open_left`, `open_right`: nothing bounds it there. `codings` are those that the filter means, `codes` all that
    coders in question coded on just this span, of which the filter means `meant`.
    """

    source: SourceId
    start: int
    end: int
    codings: tuple[CodingId, ...]
    codes: tuple[CodeId, ...]
    meant: frozenset[CodeId]
    coders: tuple[PersonId, ...]
    sessions: tuple[SessionId, ...]
    told: Told
    at: float
    left: float
    right: float
    open_left: bool = False
    open_right: bool = False


class _Bounds(NamedTuple):
    """What passages have in common that stand one after another: of one text, within the same bounds."""

    source: SourceId
    placing: Placing
    earliest: datetime | None
    latest: datetime | None


class _Seconds(NamedTuple):
    """A session's hours as a span in seconds, to be laid in lanes."""

    start: int
    end: int


def beside(told: Told) -> Beside | None:
    """Where something stands that has no time; None where it has one."""
    if told.placing in TIMED:
        return None
    if told.placing is Placing.UNTIMED:
        return Beside.UNTIMED
    return Beside.BEFORE if told.phase is Phase.BEFORE else Beside.AFTER


class Plan:
    """The plan of one event: `axis`, `regions` beside it, `sessions` on it, and `untold`, those without a time."""

    def __init__(self, question: Question, event: EventId, found: Sequence[PassageFound]) -> None:
        about = question.setting.events[event]
        sessions = sorted(
            (one for one in question.setting.sessions.values() if one.event == event),
            key=lambda one: (one.starts or "~", one.id),
        )
        hours = {one.id: session_hours(one, about) for one in sessions}
        self.untold = {one.id: one.title for one in sessions if hours[one.id] is None}
        timed = [(one, ran) for one in sessions if (ran := hours[one.id]) is not None]
        told = [(seconds_at(starts), seconds_at(ends)) for _, (starts, ends) in timed]
        for key, passages in _bounded(found).items():
            told += _shown(key, len(passages))
        widths = {what: _width(found, what) for what in Beside}
        self.axis = axis_of(told, left=widths[Beside.UNTIMED] + widths[Beside.BEFORE])
        self.regions = tuple(self._regions(widths))
        self.sessions = tuple(self._on_axis(timed))

    def _regions(self, widths: Mapping[Beside, float]) -> Iterator[Region]:
        at = 0.0
        for what in (Beside.UNTIMED, Beside.BEFORE):
            if widths[what]:
                yield Region(what, at, at + widths[what])
            at += widths[what]
        at = max(at, self.axis.right)
        if widths[Beside.AFTER]:
            yield Region(Beside.AFTER, at, at + widths[Beside.AFTER])

    def _on_axis(self, timed: Sequence[tuple[Session, Hours]]) -> Iterator[SessionOnScore]:
        spans = [_Seconds(int(seconds_at(starts)), int(seconds_at(ends))) for _, (starts, ends) in timed]
        order = sorted(range(len(timed)), key=lambda at: (spans[at].start, -spans[at].end, at))
        for at, lane in zip(order, pack_lanes([spans[one] for one in order]), strict=True):
            one, (starts, ends) = timed[at]
            left, right = (self.axis.place(seconds_at(moment)) for moment in (starts, ends))
            yield SessionOnScore(one.id, one.title, one.place, starts, ends, left, right, lane, one.scheduled)

    def marks(self, found: Iterable[PassageFound]) -> tuple[PassageMark, ...]:
        """The passages of one staff where they stand, in the order of their places.

        Those within the same bounds follow one another in the order of the text, at equal distances.
        """
        here = [one for one in found if one.told is not None]
        marks: list[PassageMark] = []
        for key, passages in _bounded(here).items():
            left, right = self._ends(key, len(passages))
            marks += _spread(passages, left, right, open_left=key.earliest is None, open_right=key.latest is None)
        for one in self.regions:
            inside = [passage for passage in here if passage.told is not None and beside(passage.told) is one.what]
            marks += _spread(inside, one.left, one.right)
        return tuple(sorted(marks, key=lambda mark: (mark.at, mark.source, mark.start, -mark.end)))

    def _ends(self, key: _Bounds, passages: int) -> tuple[float, float]:
        """Where bounds are on the axis; an open side is as wide as its passages ask for, within the time around it."""
        earliest, latest = key.earliest, key.latest
        width = max(OPEN, EACH * passages)
        if earliest is None and latest is not None:
            right = self.axis.place(seconds_at(latest))
            return max(right - width, self.axis.left), right
        assert earliest is not None
        left = self.axis.place(seconds_at(earliest))
        return left, (self.axis.place(seconds_at(latest)) if latest is not None else min(left + width, self.axis.right))


def _bounded(found: Iterable[PassageFound]) -> dict[_Bounds, list[PassageFound]]:
    """The passages with a time, by what bounds them."""
    of: dict[_Bounds, list[PassageFound]] = {}
    for one in found:
        told = one.told
        if told is not None and beside(told) is None:
            key = _Bounds(one.account.info.source.id, told.placing, told.earliest, told.latest)
            of.setdefault(key, []).append(one)
    return of


def _shown(key: _Bounds, passages: int) -> Iterator[tuple[float, float]]:
    """The times that the axis must show for some bounds, and not fold: their ends, an open one with some room."""
    room = max(OPEN, EACH * passages) * 60
    for bound, other, way in ((key.earliest, key.latest, 1), (key.latest, key.earliest, -1)):
        if bound is not None:
            at = seconds_at(bound)
            far = at + way * room if other is None else at
            yield min(at, far), max(at, far)


def _width(found: Sequence[PassageFound], what: Beside) -> float:
    """How wide a region is, by the staff that has most in it; 0 where none is needed."""
    on: dict[int | None, int] = {}
    for one in found:
        if one.told is not None and beside(one.told) is what:
            for author in one.account.authors or (None,):
                staff = author.id if author is not None else None
                on[staff] = on.get(staff, 0) + 1
    if not on and what is Beside.UNTIMED:
        return 0.0
    return min(max(NARROWEST, EACH * (2 + max(on.values(), default=0))), WIDEST)


def _spread(
    passages: Sequence[PassageFound], left: float, right: float, *, open_left: bool = False, open_right: bool = False
) -> list[PassageMark]:
    step = (right - left) / (len(passages) + 1)
    return [
        PassageMark(
            one.account.info.source.id, *one.span, one.codings, one.codes, one.meant, one.coders, one.sessions,
            one.told, left if one.told.placing is Placing.AT_TIME else left + step * number, left, right, open_left,
            open_right,
        )
        for number, one in enumerate(passages, start=1)
        if one.told is not None
    ]  # fmt: skip
