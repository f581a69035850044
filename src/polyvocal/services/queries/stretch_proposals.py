"""How a text may be cut into stretches: by headings that bear the names of sessions, or by the times that stand in it.

All of it is proposed only; `cut_into_stretches` takes what a person keeps of it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from typing import NamedTuple
from zoneinfo import ZoneInfo

from polyvocal.domain.headings import Heading, headings_of, short_lines
from polyvocal.domain.hours import Hours, days_of, hours_of
from polyvocal.domain.ids import EventId, SourceId
from polyvocal.domain.records import Event, Occasion, Session, SourceVersion
from polyvocal.domain.stretches import phase_of
from polyvocal.domain.versions import current, structure_of
from polyvocal.domain.words import Phase
from polyvocal.services.queries.time_marks import times_of
from polyvocal.services.references import folded
from polyvocal.store.view import View

_NEARLY = 0.85
"""A heading whose letters agree so far with a title may mean it."""
_LEAD = re.compile(r"^(?:[\W\d_]+|(?:session|part|item) [\divx]+\b|[ap]m\b)*", re.IGNORECASE)
"""What stands before a title: a number, a clock time, "Session 2:"."""
_HALF_A_DAY = timedelta(hours=12)
_NO_WORD = re.compile(r"[\W_]+")
_PHASES = {f"{phase}{what}": phase for phase in Phase for what in ("", " the event", " the meeting", " the gathering")}


@dataclass(frozen=True, slots=True)
class StretchProposal:
    """[start, end) of the current text, what it may be about, and the reason, as words after "because".

    Without session and phase it keeps the source's own: it ends the one before.
    """

    start: int
    end: int
    session: Session | None
    phase: Phase | None
    why: str


class Programme(NamedTuple):
    """An event with its sessions."""

    event: Event
    sessions: tuple[Session, ...]


def programme_of(view: View, source: SourceId, event: EventId | None = None) -> Programme | None:
    """The event that is given, else the only one that a source is about, else the only one there is."""
    events = {event} if event is not None else {one.event for one in view.find(Occasion, source=source)}
    events = events or {one.id for one in view.all(Event)}
    found = view.get(Event, events.pop()) if len(events) == 1 else None
    return Programme(found, tuple(view.find(Session, event=found.id))) if found is not None else None


# --- by headings -------------------------------------------------------------------------------------------------


def stretches_by_headings(view: View, source: SourceId, event: EventId | None = None) -> tuple[StretchProposal, ...]:
    """The parts of a source below headings that name a session of its event, or a phase ("After the event").

    Headings are those of its structure, lines that begin with #, and short lines that are just the title of a session.
    A heading that names nothing ends such a part if it is as high as that of the part, or higher.
    """
    programme = programme_of(view, source, event)
    if programme is None:
        return ()
    versions = view.find(SourceVersion, source=source)
    newest = current(versions)
    text = view.text(newest.text_hash)
    titles = {folded(one.title) for one in programme.sessions}
    headings = {one.start: one for one in short_lines(text) if folded(one.title) in titles}
    headings |= {one.start: one for one in headings_of(text, structure_of(versions, newest))}
    return _ended(_named(sorted(headings.values()), programme), newest.length)


def _named(headings: Iterable[Heading], programme: Programme) -> Iterator[StretchProposal]:
    level: int | None = None
    for one in headings:
        session, nearly = _session_named(one.title, programme.sessions)
        phase = phase_of(session, programme.event) if session else _phase_named(one.title, programme.event)
        if phase:
            level = one.level
            sure = f"its heading is {'nearly' if nearly else 'just'} that" if session else "its heading says so"
            yield StretchProposal(one.start, one.start, session, phase, f"{sure}: “{one.title}”")
        elif level is not None and one.level <= level:
            level = None
            yield StretchProposal(one.start, one.start, None, None, f"another heading begins: “{one.title}”")


def _session_named(heading: str, sessions: Sequence[Session]) -> tuple[Session | None, bool]:
    """(the session that a heading names, whether only nearly); none where several could be meant."""
    for words in (folded(heading), folded(_LEAD.sub("", heading)).rstrip(" :.")):
        same = [one for one in sessions if folded(one.title) == words]
        if same:
            return (same[0] if len(same) == 1 else None), False
    near = [one for one in sessions if _is_near(words, folded(one.title))]
    return (near[0] if len(near) == 1 else None), True


def _is_near(heading: str, title: str) -> bool:
    if not heading or not title:
        return False
    if f" {_NO_WORD.sub(' ', title)} " in f" {_NO_WORD.sub(' ', heading)} ":
        return True
    return SequenceMatcher(None, heading, title, autojunk=False).ratio() >= _NEARLY


def _phase_named(heading: str, event: Event) -> Phase | None:
    words = folded(_LEAD.sub("", heading)).rstrip(" :.")
    return _PHASES.get(words) or next((phase for phase in Phase if words == f"{phase} {folded(event.title)}"), None)


def _ended(begun: Iterable[StretchProposal], length: int) -> tuple[StretchProposal, ...]:
    """Proposals that go on up to the next; several in a row that say the same are one."""
    kept: list[StretchProposal] = []
    for one in begun:
        if not kept or (kept[-1].session, kept[-1].phase) != (one.session, one.phase):
            kept.append(one)
    starts = [*(one.start for one in kept), length]
    return tuple(replace(one, end=end) for one, end in zip(kept, starts[1:], strict=True))


# --- by times ----------------------------------------------------------------------------------------------------


def stretches_by_times(
    view: View, source: SourceId, times: Iterable[tuple[int, datetime]], event: EventId | None = None
) -> tuple[StretchProposal, ...]:
    """The parts of a source between times that fall into sessions of its event, or before or after it.

    `times` are (place in the current text in code points, when); one without a zone is in the event's. The text after
    a time is taken to be of that session up to the next time, since prose says no more than that. Of sessions that ran
    side by side none is proposed, and of a time that falls between sessions neither.
    """
    programme = programme_of(view, source, event)
    if programme is None:
        return ()
    length = current(view.find(SourceVersion, source=source)).length
    return _ended((_at_time(at, when, programme) for at, when in sorted(times)), length)


def _at_time(at: int, when: datetime, programme: Programme) -> StretchProposal:
    event = programme.event
    if when.tzinfo is None and event.zone is not None:
        when = when.replace(tzinfo=ZoneInfo(event.zone))
    running = [one for one in programme.sessions if _runs(hours_of(one.starts, one.ends, event.zone), when)]
    clock = f"{when:%H:%M}"
    if len(running) == 1:
        return StretchProposal(at, at, running[0], phase_of(running[0], event), f"at {clock} that session was on")
    whole = days_of(event.starts, event.ends, event.zone)
    if whole is not None and _comparable(whole, when):
        if when < whole[0]:
            return StretchProposal(at, at, None, Phase.BEFORE, f"{clock} is before the event")
        if when > whole[1]:
            return StretchProposal(at, at, None, Phase.AFTER, f"{clock} is after the event")
    side_by_side = " and ".join(one.title for one in running)
    return StretchProposal(at, at, None, None, f"at {clock} {side_by_side or 'no session'} was on")


def _runs(hours: Hours | None, when: datetime) -> bool:
    if hours is None or not _comparable(hours, when):
        return False
    return hours[0] <= when < hours[1] or hours[0] == when


def _comparable(hours: Hours, when: datetime) -> bool:
    return (hours[0].tzinfo is None) is (when.tzinfo is None)


def clock_times(view: View, source: SourceId, event: EventId | None = None) -> tuple[tuple[int, datetime], ...]:
    """The times that are marked in a source and in order, by their places, on the days and in the zone of an event."""
    programme = programme_of(view, source, event)
    placed = times_of(view, source, programme.event.id if programme else None).placed
    return tuple((one.mark.start, one.at) for one in placed if one.at is not None and one.counts)
