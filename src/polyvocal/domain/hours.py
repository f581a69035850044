"""When sessions ran: times as people gave them, made comparable."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

FIRST_YEAR: Final = 1000
LAST_YEAR: Final = 2999
"""Another year is mistyped, or stands for "not known": nothing is reckoned with it, and none is taken in."""

Hours = tuple[datetime, datetime]
"""From when to when; both with a time zone, or both without."""


def hours_of(starts: str | None, ends: str | None, zone: str | None) -> Hours | None:
    """From when to when something ran, in an IANA zone where the times have no offset of their own.

    What has no known end is taken for its beginning; None for what has no time of day, or none in a year that counts.
    """
    start, end = _moment(starts, zone), _moment(ends, zone)
    if start is None:
        return None
    if end is None or (end.tzinfo is None) is not (start.tzinfo is None):
        end = start
    return start, end


def days_of(starts: str | None, ends: str | None, zone: str | None) -> Hours | None:
    """As `hours_of`, but a day without a time is the whole of it."""
    if starts is None:
        return None
    last = ends or starts
    whole = f"{last}T23:59:59" if is_day(last) else last
    return hours_of(f"{starts}T00:00" if is_day(starts) else starts, whole, zone)


def overlap(mine: Hours | None, yours: Hours | None) -> bool:
    """Whether two things ran at the same time; one without a time of day is not taken to.

    Hours are half-open: what ends as the other begins does not overlap. What has a zone is not compared with what
    has none.
    """
    if mine is None or yours is None:
        return False
    (start, end), (began, ended) = mine, yours
    if (start.tzinfo is None) is not (began.tzinfo is None):
        return False
    return start == began or (start < ended and began < end)


def parallel_runs(hours: Sequence[Hours | None]) -> list[int | None]:
    """A number for each run of neighbours of which each overlaps one before it in the run; None for one by itself."""
    runs: list[list[int]] = []
    for at, own in enumerate(hours):
        if runs and any(overlap(own, hours[before]) for before in runs[-1]):
            runs[-1].append(at)
        else:
            runs.append([at])
    bands: list[int | None] = [None] * len(hours)
    for number, run in enumerate(run for run in runs if len(run) > 1):
        for at in run:
            bands[at] = number
    return bands


def when_said(text: str | None) -> datetime | None:
    """A day or a time as it is kept, or None, also where it is in no year that counts (older files have such)."""
    when = datetime.fromisoformat(text) if text is not None else None
    return when if when is not None and FIRST_YEAR <= when.year <= LAST_YEAR else None


def _moment(text: str | None, zone: str | None) -> datetime | None:
    moment = when_said(text)
    if text is None or moment is None or is_day(text):
        return None
    return moment.replace(tzinfo=ZoneInfo(zone)) if moment.tzinfo is None and zone is not None else moment


def is_day(text: str) -> bool:
    """Whether it is a day in a form of ISO 8601, and no time."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
