"""The names that a project has, by which what a file says of itself is recognised, and which fields offer."""

from typing import NamedTuple

from polyvocal.domain.records import Role
from polyvocal.domain.words import RoleName, SourceKind, Standing
from polyvocal.services.queries.setting import load_setting
from polyvocal.store.view import View


class Names(NamedTuple):
    """What a project has to offer."""

    people: tuple[tuple[str, Standing | None], ...] = ()
    """observers first"""
    events: tuple[str, ...] = ()
    """by their start"""
    sessions: tuple[tuple[str, str], ...] = ()
    """(event, session), by their start"""
    notes: tuple[str, ...] = ()
    """the titles of what jottings may have been made into"""
    groups: tuple[str, ...] = ()
    days: tuple[tuple[str, str | None, str], ...] = ()
    """(event, session or None, day) of those that were on one day only"""


def names_of(view: View) -> Names:
    """Read them."""
    setting = load_setting(view)
    observers = {role.person for role in view.find(Role, role=RoleName.OBSERVER)}
    people = sorted(setting.people.values(), key=lambda one: (one.id not in observers, one.name.casefold()))
    events = sorted(setting.events.values(), key=lambda one: (one.starts or "~", one.id))
    sessions = sorted(setting.sessions.values(), key=lambda one: (one.starts or "~", one.id))
    event_days = ((one.title, None, _day(one.starts, one.ends)) for one in events)
    session_days = ((setting.events[one.event].title, one.title, _day(one.starts, one.ends)) for one in sessions)
    return Names(
        tuple((one.name, one.standing) for one in people),
        tuple(one.title for one in events),
        tuple((setting.events[one.event].title, one.title) for one in sessions),
        tuple(one.source.title for one in setting.sources if one.source.kind is not SourceKind.JOTTINGS),
        tuple(one.name for one in sorted(setting.groups.values(), key=lambda one: one.name.casefold())),
        tuple((event, session, day) for event, session, day in (*event_days, *session_days) if day is not None),
    )


def _day(starts: str | None, ends: str | None) -> str | None:
    """The one day on which something was."""
    return starts[:10] if starts and (not ends or ends[:10] == starts[:10]) else None
