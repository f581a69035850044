"""Windows of time in an event, as people say them: read, and refused where they contradict themselves or are vague."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from polyvocal.domain.errors import UserError
from polyvocal.domain.hours import is_day, when_said
from polyvocal.domain.records import Event, Session
from polyvocal.domain.text import shown
from polyvocal.domain.timeline import came_twice, never_was
from polyvocal.services.commands.setting import checked_time

_DAY = len("2024-05-14")
_CLOCK = re.compile("[0-2]?[0-9]:[0-5][0-9]")
_NEAR = timedelta(days=1)


def day_of(session: Session | None, event: Event) -> str | None:
    """The day on which a session, or else an event, was; None where it was on several, or none is known."""
    for one in (session, event):
        if one is not None and one.starts is not None:
            first, last = one.starts[:_DAY], (one.ends or one.starts)[:_DAY]
            return first if first == last else None
    return None


def time_said(word: str, what: str, day: str | None) -> str | None:
    """A time as it is kept; one without a day is on `day`. UserError, naming `what`, where none is, or for no time."""
    clock = word.strip()
    if not _CLOCK.fullmatch(clock):
        return checked_time(word, what)
    if day is None:
        raise UserError(f"{what} is {shown(clock)}, and it is not known on which day: write it as 2024-05-14 {clock}")
    return checked_time(f"{day} {clock.zfill(5)}", what)


def refuse_over_midnight(starts: str | None, ends: str | None, said: str | None) -> None:
    """Raise UserError for an end that was said as a clock time, without its day, and is earlier than the start.

    That may be so on the day after, which is not guessed.
    """
    if starts is None or ends is None or said is None or not _CLOCK.fullmatch(said.strip()) or is_day(starts):
        return
    if starts[:_DAY] == ends[:_DAY] and starts[_DAY:] > ends[_DAY:]:
        after = date.fromisoformat(ends[:_DAY]) + timedelta(days=1)
        raise UserError(
            f"it would end at {said.strip()}, before it starts at {starts[_DAY + 1 :]}: if that is after midnight, "
            f"write its day with it, {after} {ends[_DAY + 1 :]}"
        )


def refuse_doubtful(starts: str | None, ends: str | None, event: Event, session: Session | None) -> None:
    """Raise UserError for times that cannot be compared, that are not near the session, or that clocks do not tell.

    Both are in the zone of the event where they have no offset of their own.
    """
    for at in (starts, ends):
        _refuse_untold(at, event)
    _refuse_apart(starts, ends, event)
    if session is not None:
        _refuse_other_days(starts, ends, session)


def _refuse_untold(at: str | None, event: Event) -> None:
    """Raise UserError for a time that the clocks of the event's zone never said, or said twice."""
    if at is None or is_day(at) or event.zone is None or datetime.fromisoformat(at).tzinfo is not None:
        return
    local = datetime.fromisoformat(at).replace(tzinfo=ZoneInfo(event.zone))
    if never_was(local):
        raise UserError(f"there was no {at} in {event.zone}: the clocks were put forward. Give another time")
    if came_twice(local):
        offsets = " or ".join(f"{local.replace(fold=fold).isoformat('T', 'minutes')}" for fold in (0, 1))
        raise UserError(
            f"{at} came twice in {event.zone}, when the clocks were put back: say which by its offset, {offsets}"
        )


def _refuse_apart(starts: str | None, ends: str | None, event: Event) -> None:
    """Raise UserError for two times of which one has an offset and the other has neither that nor a zone."""
    hours = [one for one in (starts, ends) if one is not None and not is_day(one)]
    if event.zone is None and len({datetime.fromisoformat(one).tzinfo is None for one in hours}) > 1:
        raise UserError(
            f"one of {starts} and {ends} has an offset, and the other has none: give both or none of them one, or say "
            f"in which time zone {shown(event.title)} was"
        )


def _refuse_other_days(starts: str | None, ends: str | None, session: Session) -> None:
    """Raise UserError for a window that lies more than a day before a session or after it: one of them is mistyped.

    A session may go on for longer than is noted, and over midnight.
    """
    mine, theirs = (_days(*one) for one in ((starts, ends), (session.starts, session.ends)))
    if mine is None or theirs is None:
        return
    if mine[0] - theirs[1] > _NEAR or theirs[0] - mine[1] > _NEAR:
        raise UserError(
            f"the moment would be on {mine[0]}, and the session {shown(session.title)} was on {theirs[0]}: give "
            "another time, or no session"
        )


def _days(starts: str | None, ends: str | None) -> tuple[date, date] | None:
    """The first day and the last of what is said to go from a time to another."""
    first, last = when_said(starts), when_said(ends or starts)
    return (first.date(), last.date()) if first is not None and last is not None else None
