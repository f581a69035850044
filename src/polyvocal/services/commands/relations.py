"""Correcting what a thing is tied to: who wrote a source and about what, who belongs to which group."""

from collections.abc import Callable, Mapping
from typing import Any

from polyvocal.domain.errors import UserError
from polyvocal.domain.records import (
    Authorship,
    ConstituentGroup,
    Event,
    Membership,
    Nesting,
    Occasion,
    Person,
    Role,
    Session,
    Source,
)
from polyvocal.domain.text import shown
from polyvocal.domain.words import Phase, RoleName, SourceKind
from polyvocal.services.commands.people import ensure_group, ensure_person, nest
from polyvocal.services.commands.setting import ensure_event, ensure_session
from polyvocal.store.unit import Unit

_OCCASION = ("event", "session", "phase")


def relations_of(cls: type) -> tuple[str, ...]:
    """What of a record's ties a person may set: several names in a word are set apart by semicolons."""
    return {
        Source: ("observer", *_OCCASION),
        Person: ("group", "role"),
        ConstituentGroup: ("within",),
    }.get(cls, ())


def set_relations(unit: Unit, thing: Any, words: Mapping[str, str]) -> None:
    """Tie a thing to just what the words name; people, groups, events and sessions are made if not there.

    Raises UserError for a word that is none of a vocabulary, and for a fieldnote that would have no observer.
    """
    for name, setter in _SETTERS.items():
        if name in words:
            setter(unit, thing, [part.strip() for part in words[name].split(";") if part.strip()])
    occasion = {name: words[name].strip() for name in _OCCASION if name in words}
    if occasion:
        _set_occasion(unit, thing, occasion)


def _set_observers(unit: Unit, source: Source, names: list[str]) -> None:
    if source.kind is SourceKind.FIELDNOTE and not names:
        raise UserError(f"{shown(source.title)} is a fieldnote, which has an observer: say who wrote it")
    wanted = {ensure_person(unit, name, RoleName.OBSERVER).id for name in names}
    before = unit.find(Authorship, source=source.id)
    unit.remove(*(one for one in before if one.person not in wanted))
    missing = wanted - {one.person for one in before}
    unit.add(*(Authorship(id=unit.new_id(), source=source.id, person=one) for one in sorted(missing)))


def _set_groups(unit: Unit, person: Person, names: list[str]) -> None:
    wanted = {ensure_group(unit, name).id for name in names}
    before = unit.find(Membership, person=person.id)
    unit.remove(*(one for one in before if one.constituent_group not in wanted))
    missing = wanted - {one.constituent_group for one in before}
    unit.add(*(Membership(id=unit.new_id(), person=person.id, constituent_group=one) for one in sorted(missing)))


def _set_roles(unit: Unit, person: Person, names: list[str]) -> None:
    unknown = [name for name in names if name not in list(RoleName)]
    if unknown:
        raise UserError(f"a role is {' or '.join(RoleName)}, not {shown(unknown[0])}")
    before = unit.find(Role, person=person.id)
    unit.remove(*(one for one in before if one.role not in names))
    missing = set(names) - {one.role for one in before}
    unit.add(*(Role(id=unit.new_id(), person=person.id, role=RoleName(one)) for one in sorted(missing)))


def _set_within(unit: Unit, group: ConstituentGroup, names: list[str]) -> None:
    unit.remove(*unit.find(Nesting, inner=group.id))
    for name in names:
        nest(unit, group.id, ensure_group(unit, name).id)


def _set_occasion(unit: Unit, source: Source, words: Mapping[str, str]) -> None:
    """The parts that are not named stay, but a session of another event does not."""
    before = unit.find(Occasion, source=source.id)
    if len(before) > 1:
        raise UserError(f"{shown(source.title)} is about {len(before)} events: this sets the relation to one only")
    old = before[0] if before else None
    event = unit.get(Event, old.event) if old else None
    if "event" in words:
        event = ensure_event(unit, words["event"]) if words["event"] else None
    session = unit.get(Session, old.session) if old and old.session is not None else None
    if "session" in words:
        session = ensure_session(unit, words["session"], event) if words["session"] else None
    elif session is not None and event is not None and session.event != event.id:
        session = None
    if event is None and session is not None and "event" not in words:
        event = unit.need(Event, session.event)
    phase = old.phase if old else None
    if "phase" in words:
        if words["phase"] and words["phase"] not in list(Phase):
            raise UserError(f"a phase is {' or '.join(Phase)}, not {shown(words['phase'])}")
        phase = Phase(words["phase"]) if words["phase"] else None
    unit.remove(*before)
    if event is not None:
        unit.add(
            Occasion(
                id=unit.new_id(),
                source=source.id,
                event=event.id,
                session=session.id if session else None,
                phase=phase,
            )
        )
    elif phase is not None and words.get("phase"):
        raise UserError("a phase is a relation to an event: set event=TITLE as well")


_SETTERS: dict[str, Callable[[Unit, Any, list[str]], None]] = {
    "observer": _set_observers,
    "group": _set_groups,
    "role": _set_roles,
    "within": _set_within,
}
