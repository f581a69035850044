"""Correcting all that is said of a source after it was taken in: what it is, who wrote it, when, on which occasions."""

from dataclasses import dataclass

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import EventId, PersonId, SessionId
from polyvocal.domain.records import Authorship, Occasion, Source
from polyvocal.domain.text import clean_name, clean_text, shown
from polyvocal.domain.words import Phase, RoleName, SourceKind, Standing
from polyvocal.services.commands.attributes import Cell, put_values
from polyvocal.services.commands.people import ensure_person
from polyvocal.services.commands.setting import checked_time, ensure_event, ensure_session, refuse_backwards
from polyvocal.services.references import kind_named, resolve
from polyvocal.store.file import ProjectFile
from polyvocal.store.unit import Unit


@dataclass(frozen=True, slots=True)
class WrittenBy:
    """An observer by name or id, and where in the room."""

    name: str
    position: str | None = None


@dataclass(frozen=True, slots=True)
class OnOccasion:
    """An event, by title or id, and perhaps a session of it and where the source stands to it."""

    event: str
    session: str | None = None
    phase: Phase | None = None


@dataclass(frozen=True, slots=True)
class Description:
    """All that is said of a source; what is None or not there is not known. `note` is a reference, of jottings only.

    `standing` is noted of those who wrote it and have none yet. `values` are by attribute: None clears, and what is not
    named stays as it is.
    """

    title: str
    kind: SourceKind
    note: str | None = None
    written_by: tuple[WrittenBy, ...] = ()
    standing: Standing | None = None
    occasions: tuple[OnOccasion, ...] = ()
    observed_from: str | None = None
    observed_to: str | None = None
    written_at: str | None = None
    values: tuple[tuple[str, str | None], ...] = ()


def describe_source(file: ProjectFile, *, source: str, description: Description) -> ChangeSet:
    """Say anew of a source all that a description says, as one operation; only what differs is written.

    People, events and sessions are made where they are not there. Raises UserError for a fieldnote without an observer,
    times that run backwards, an occasion or an observer named twice, and what the parts of it cannot be.
    """

    def work(unit: Unit) -> None:
        here: Source = resolve(unit, kind_named("source"), source)
        observed_from = checked_time(description.observed_from, "observed from")
        observed_to = checked_time(description.observed_to, "observed to")
        refuse_backwards(observed_from, observed_to, "observing")
        if description.kind is SourceKind.FIELDNOTE and not description.written_by:
            raise UserError(f"{shown(here.title)} is a fieldnote, which has an observer: say who wrote it")
        unit.change(
            here,
            title=clean_name(description.title, "source"),
            kind=description.kind,
            note=_note(unit, here, description),
            observed_from=observed_from,
            observed_to=observed_to,
            written_at=checked_time(description.written_at, "written at"),
        )
        _set_authors(unit, here, description)
        _set_occasions(unit, here, description)
        cells = [Cell(str(here.id), attribute, value) for attribute, value in description.values]
        put_values(unit, kind_named("source"), cells)

    return file.write("change source", work)


def _note(unit: Unit, here: Source, description: Description) -> int | None:
    if description.note is None or description.kind is not SourceKind.JOTTINGS:
        return None
    note: Source = resolve(unit, kind_named("source"), description.note)
    if note.id == here.id or note.kind is SourceKind.JOTTINGS:
        raise UserError("jottings are written up in a note, not in themselves nor in other jottings: name the note")
    return note.id


def _set_authors(unit: Unit, here: Source, description: Description) -> None:
    wanted: dict[PersonId, str | None] = {}
    for one in description.written_by:
        who = ensure_person(unit, one.name, RoleName.OBSERVER)
        if who.id in wanted:
            raise UserError(f"{who.name} is named twice among those who wrote it: name everybody once")
        if who.standing is None and description.standing is not None:
            unit.change(who, standing=description.standing)
        wanted[who.id] = clean_text(one.position)
    before = {one.person: one for one in unit.find(Authorship, source=here.id)}
    unit.remove(*(one for person, one in before.items() if person not in wanted))
    for person, position in wanted.items():
        if person in before:
            unit.change(before[person], position=position)
        else:
            unit.add(Authorship(id=unit.new_id(), source=here.id, person=person, position=position))


def _set_occasions(unit: Unit, here: Source, description: Description) -> None:
    wanted: list[tuple[EventId, SessionId | None, Phase | None]] = []
    for one in description.occasions:
        event = ensure_event(unit, one.event)
        session = ensure_session(unit, one.session, event) if one.session else None
        occasion = event.id, session.id if session else None, one.phase
        if occasion in wanted:
            raise UserError(f"{shown(session.title if session else event.title)} is named twice: name each once")
        wanted.append(occasion)
    before = {(one.event, one.session, one.phase): one for one in unit.find(Occasion, source=here.id)}
    unit.remove(*(one for occasion, one in before.items() if occasion not in wanted))
    for event_id, session_id, phase in wanted:
        if (event_id, session_id, phase) not in before:
            unit.add(Occasion(id=unit.new_id(), source=here.id, event=event_id, session=session_id, phase=phase))
