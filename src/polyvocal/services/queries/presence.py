"""Who was in which session of an event, as a grid: people down, sessions across."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from polyvocal.domain.hours import hours_of, parallel_runs
from polyvocal.domain.ids import EventId, PersonId, SessionId
from polyvocal.domain.records import Authorship, Event, Person, Presence, Role, Session
from polyvocal.domain.words import Doing, RoleName, Standing
from polyvocal.store.view import View


class PersonLine(NamedTuple):
    """A person of the grid; `observer` where the person writes accounts."""

    id: PersonId
    name: str
    standing: Standing | None
    observer: bool


class SessionColumn(NamedTuple):
    """A session of the grid. Columns that bear the same number as `parallel` ran at the same time; None: none did."""

    id: SessionId
    title: str
    place: str | None
    starts: str | None
    ends: str | None
    scheduled: bool
    parallel: int | None


class Noted(NamedTuple):
    """What is noted of a person in a session."""

    doing: Doing
    place: str | None


@dataclass(frozen=True, slots=True)
class PresenceGrid:
    """The events there are, and of one of them who was in which session.

    People: observers by standing, then the others; by name within. Sessions by their start. What has no cell is not
    known.
    """

    events: tuple[Event, ...]
    event: Event | None
    people: tuple[PersonLine, ...]
    sessions: tuple[SessionColumn, ...]
    cells: dict[tuple[PersonId, SessionId], Noted]


def presence_grid(view: View, event: EventId | None) -> PresenceGrid:
    """Read the grid of an event; of the one that has most sessions if none is named, or if the named one is gone."""
    events = sorted(view.all(Event), key=lambda one: (one.starts or "~", one.id))
    sessions: dict[EventId, list[Session]] = {one.id: [] for one in events}
    for session in view.all(Session):
        sessions[session.event].append(session)
    chosen = next((one for one in events if one.id == event), None)
    chosen = chosen or max(events, key=lambda one: len(sessions[one.id]), default=None)
    observers = {one.person for one in view.find(Role, role=RoleName.OBSERVER)}
    observers |= {one.person for one in view.all(Authorship)}
    people = [PersonLine(one.id, one.name, one.standing, one.id in observers) for one in view.all(Person)]
    columns = _columns(chosen, sessions[chosen.id]) if chosen else ()
    noted = view.among(Presence, "session", [one.id for one in columns])
    return PresenceGrid(
        tuple(events),
        chosen,
        tuple(sorted(people, key=_place_of)),
        columns,
        {(one.person, one.session): Noted(one.doing, one.place) for one in noted},
    )


def _place_of(one: PersonLine) -> tuple[bool, int, str, int]:
    """Where a person stands in the grid: a standing means little of somebody who is no observer."""
    standings = list(Standing)
    place = standings.index(one.standing) if one.observer and one.standing else len(standings)
    return not one.observer, place, one.name.casefold(), one.id


def _columns(event: Event, sessions: Sequence[Session]) -> tuple[SessionColumn, ...]:
    ordered = sorted(sessions, key=lambda one: (one.starts or "~", one.ends or "~", one.id))
    bands = parallel_runs([hours_of(one.starts, one.ends, event.zone) for one in ordered])
    return tuple(
        SessionColumn(one.id, one.title, one.place, one.starts, one.ends, one.scheduled, band)
        for one, band in zip(ordered, bands, strict=True)
    )
