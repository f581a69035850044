"""Moments that were at the same time in several sessions, drawn beside each other: a lane for each line of sessions."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from polyvocal.domain.lanes import lowest_free
from polyvocal.domain.timeline import seconds_at
from polyvocal.gui.views.delegate import Lane, Lanes
from polyvocal.services.queries.moments_of_event import ListedMoment


class Run(NamedTuple):
    """Moments [first, last) of a list, in their order, that are of sessions of which some ran at the same time.

    `lanes` has for each of them what is drawn beside it: a lane is one session, or several that followed each other.
    """

    first: int
    last: int
    begins: datetime
    ends: datetime
    lanes: tuple[Lanes, ...]


class _InSession(NamedTuple):
    """A session within a run: the first row that is of it, and the last that is, or that began while it went on."""

    first: int
    last: int


def runs_of(listed: Sequence[ListedMoment]) -> Iterator[Run]:
    """The runs of a list, which is in the order of time, in order; none goes over midnight, where a day begins."""
    at = 0
    while at < len(listed):
        last = _end_of_run(listed, at) if listed[at].parallel else at + 1
        run = _run(listed[at:last], at) if last - at > 1 else None
        if run is not None:
            yield run
        at = last


def _end_of_run(listed: Sequence[ListedMoment], first: int) -> int:
    day, (begins, until) = listed[first].place.day, _seconds(listed[first])
    last = first + 1
    while last < len(listed) and listed[last].place.day == day:
        starts, ends = _seconds(listed[last])
        if starts >= until and starts != begins:
            break
        if listed[last].parallel:
            until = max(until, ends)
        last += 1
    return last


def _run(rows: Sequence[ListedMoment], first: int) -> Run | None:
    """A run of these rows; None where all of them are of one session: the others are not listed."""
    sessions = [one.place.session_id for one in rows]
    found = _sessions(rows)
    if len(found) < 2:
        return None
    lanes: dict[int, int] = {}
    for session, one in found.items():
        lanes[session] = lowest_free(lanes[other] for other in lanes if found[other].last >= one.first)
    drawn = []
    for row, of in enumerate(sessions):
        states = [Lane(above=False, below=False, here=False)] * (max(lanes.values()) + 1)
        for session, one in found.items():
            if one.first <= row <= one.last:
                states[lanes[session]] = Lane(row > one.first, row < one.last, of in (session, None))
        drawn.append(Lanes(tuple(states)))
    begins = min((one.place.begins for one in rows if one.place.begins is not None), key=seconds_at)
    ended = max(rows, key=lambda one: _seconds(one)[1]).place
    return Run(first, first + len(rows), begins, ended.ends or ended.begins or begins, tuple(drawn))


def _sessions(rows: Sequence[ListedMoment]) -> dict[int, _InSession]:
    """The sessions of some rows, by id, in the order of their first rows."""
    hours = [_seconds(one) for one in rows]
    found: dict[int, _InSession] = {}
    for first, one in enumerate(rows):
        session = one.place.session_id
        if session is not None and session not in found:
            mine = [row for row, other in enumerate(rows) if other.place.session_id == session]
            ends = max(hours[row][1] for row in mine)
            last = max(row for row, (starts, _) in enumerate(hours) if starts < ends or row in mine)
            found[session] = _InSession(first, last)
    return found


def _seconds(one: ListedMoment) -> tuple[float, float]:
    begins, ends = one.place.begins, one.place.ends
    assert begins is not None  # what has no time is of no run
    return seconds_at(begins), seconds_at(ends or begins)
