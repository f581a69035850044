"""Correcting what a thing is tied to: who wrote a source and about what, who belongs to which group."""

from collections.abc import Callable, Mapping
from typing import Any

from polyvocal.domain.errors import UserError
from polyvocal.domain.moments import Divergence, Moment
from polyvocal.domain.records import (
    Addition,
    Authorship,
    Coding,
    Concern,
    ConstituentGroup,
    Event,
    Layer,
    Membership,
    Nesting,
    Occasion,
    Person,
    Role,
    Session,
    Source,
    SourceVersion,
    Stretch,
)
from polyvocal.domain.text import shown
from polyvocal.domain.words import LayerName, Phase, RoleName, SourceKind
from polyvocal.services.commands.codings import concern
from polyvocal.services.commands.correcting import observer_of
from polyvocal.services.commands.divergences import set_moment
from polyvocal.services.commands.layers import set_layer
from polyvocal.services.commands.moments import TIES, set_place, take_moments_along
from polyvocal.services.commands.people import ensure_group, ensure_party, ensure_person, nest
from polyvocal.services.commands.setting import ensure_event, ensure_series, ensure_session
from polyvocal.services.commands.stretches import set_about, take_along
from polyvocal.services.references import named
from polyvocal.store.unit import Unit

_OCCASION = ("event", "session", "phase")


def relations_of(cls: type) -> tuple[str, ...]:
    """What of a record's ties a person may set: several names in a word are set apart by semicolons."""
    return {
        Source: ("observer", *_OCCASION),
        Person: ("group", "role"),
        ConstituentGroup: ("within", "member"),
        Event: ("series",),
        Session: ("event",),
        Coding: ("concerns",),
        Stretch: ("event", "session"),
        Layer: ("layer",),
        Addition: ("observer",),
        Moment: TIES,
        Divergence: ("moment",),
    }.get(cls, ())


def set_relations(unit: Unit, thing: Any, words: Mapping[str, str]) -> None:
    """Tie a thing to just what the words name; people, groups, events and sessions are made if not there.

    Raises UserError for a word that is none of a vocabulary, and for a fieldnote that would have no observer.
    """
    for name, setter in _SETTERS.items():
        if name in words:
            setter(unit, thing, [part.strip() for part in words[name].split(";") if part.strip()])
    whole = {name: words[name].strip() for name in ("series", "layer", "moment", *_OCCASION, *TIES) if name in words}
    if whole:
        _WHOLE[type(thing)](unit, thing, whole)


def _set_observers(unit: Unit, written: Source | Addition, names: list[str]) -> None:
    if isinstance(written, Addition):
        _set_adder(unit, written, names)
    else:
        _set_authors(unit, written, names)


def _set_adder(unit: Unit, addition: Addition, names: list[str]) -> None:
    if len(names) != 1:
        raise UserError("a later addition is by one observer: say who wrote it")
    source = unit.need(Source, unit.need(SourceVersion, addition.version).source)
    unit.change(addition, person=observer_of(unit, source, names[0]))


def _set_authors(unit: Unit, source: Source, names: list[str]) -> None:
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


def _set_members(unit: Unit, group: ConstituentGroup, names: list[str]) -> None:
    wanted = {ensure_person(unit, name, None).id for name in names}
    before = unit.find(Membership, constituent_group=group.id)
    unit.remove(*(one for one in before if one.person not in wanted))
    missing = wanted - {one.person for one in before}
    unit.add(*(Membership(id=unit.new_id(), person=one, constituent_group=group.id) for one in sorted(missing)))


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


def _set_concerns(unit: Unit, coding: Coding, names: list[str]) -> None:
    wanted = {party.id: party for party in (ensure_party(unit, name) for name in names)}
    before = {one.constituent_group or one.person: one for one in unit.find(Concern, coding=coding.id)}
    unit.remove(*(one for party, one in before.items() if party not in wanted))
    for party in wanted.values():
        if party.id not in before:
            unit.add(concern(unit, coding.id, party))


def _set_series(unit: Unit, event: Event, words: Mapping[str, str]) -> None:
    unit.change(event, series=ensure_series(unit, words["series"]).id if words["series"] else None)


def _set_event(unit: Unit, session: Session, words: Mapping[str, str]) -> None:
    """Make a session part of another event; the sources and stretches that are about it go along."""
    if not words["event"]:
        raise UserError(f"the session {shown(session.title)} is part of an event: say of which")
    event = ensure_event(unit, words["event"])
    if event.id == session.event:
        return
    if named(unit.find(Session, event=event.id), session.title, lambda one: one.title):
        raise UserError(f"{event.title} has a session called {shown(session.title)} already: choose another title")
    unit.change(session, event=event.id)
    for occasion in unit.find(Occasion, session=session.id):
        unit.change(occasion, event=event.id)
    take_along(unit, session, event.id)
    take_moments_along(unit, session, event.id)


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


def _set_layer(unit: Unit, marked: Layer, words: Mapping[str, str]) -> None:
    if words["layer"] not in list(LayerName):
        raise UserError(f"a layer is {' or '.join(LayerName)}, not {shown(words['layer'])}")
    set_layer(unit, marked, LayerName(words["layer"]))


_WHOLE: dict[type, Callable[[Unit, Any, Mapping[str, str]], None]] = {
    Source: _set_occasion,
    Event: _set_series,
    Session: _set_event,
    Stretch: set_about,
    Layer: _set_layer,
    Moment: set_place,
    Divergence: set_moment,
}
"""How what one thing only is tied to is set: titles may hold semicolons there."""

_SETTERS: dict[str, Callable[[Unit, Any, list[str]], None]] = {
    "observer": _set_observers,
    "group": _set_groups,
    "role": _set_roles,
    "within": _set_within,
    "member": _set_members,
    "concerns": _set_concerns,
}
