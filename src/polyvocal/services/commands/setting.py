"""The setting: events and their sessions, who was present, the terms of collaboration."""

from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.errors import UserError
from polyvocal.domain.records import Event, Presence, Series, Session, Term
from polyvocal.domain.text import clean_name, clean_text
from polyvocal.domain.words import Doing
from polyvocal.services.commands.people import ensure_person
from polyvocal.services.references import kind_named, lookup, named
from polyvocal.store.file import ProjectFile
from polyvocal.store.unit import Unit


def checked_time(text: str | None, what: str) -> str | None:
    """A date or a time as ISO 8601, as it was given. UserError, naming `what`, for anything else."""
    if text is None or not text.strip():
        return None
    for reader in (datetime.fromisoformat, date.fromisoformat):
        try:
            reader(text.strip())
        except ValueError:
            continue
        return text.strip()
    raise UserError(f"{what} is {text!r}: write it as 2024-05-14, 2024-05-14T10:45 or 2024-05-14T10:45+01:00")


def checked_zone(zone: str | None) -> str | None:
    """An IANA time zone. UserError for any other word."""
    if zone is None:
        return None
    try:
        return ZoneInfo(zone).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UserError(f"there is no time zone {zone!r}: write it as Europe/London") from None


def ensure_event(unit: Unit, title: str) -> Event:
    """The event that bears a title (or id), made if there is none."""
    event: Event | None = lookup(unit, kind_named("event"), title)
    if event is None:
        event = Event(id=unit.new_id(), title=clean_name(title, "event"))
        unit.add(event)
    return event


def ensure_session(unit: Unit, title: str, event: Event | None) -> Session:
    """The session of a title (or id), in an event if one is given; made in that event if there is none.

    Raises UserError where no event is given and none or several have such a session.
    """
    among = None if event is None else unit.find(Session, event=event.id)
    session: Session | None = lookup(unit, kind_named("session"), title, among=among)
    if session is not None:
        return session
    if event is None:
        events = unit.all(Event)
        if len(events) != 1:
            raise UserError(f"there is no session {title!r}: say with --event TITLE in which event to make it")
        event = events[0]
    session = Session(id=unit.new_id(), event=event.id, title=clean_name(title, "session"))
    unit.add(session)
    return session


def ensure_term(unit: Unit, name: str) -> Term:
    """The term of collaboration that bears a name (or id), made if there is none."""
    term: Term | None = lookup(unit, kind_named("term"), name)
    if term is None:
        term = Term(id=unit.new_id(), name=clean_name(name, "term"))
        unit.add(term)
    return term


def add_event(
    file: ProjectFile,
    *,
    title: str,
    series: str | None = None,
    place: str | None = None,
    zone: str | None = None,
    starts: str | None = None,
    ends: str | None = None,
) -> ChangeSet:
    """Enter an event; its series is made if it is not there. Raises UserError where the title is taken."""

    def work(unit: Unit) -> None:
        if named(unit.all(Event), title, lambda event: event.title):
            raise UserError(f"there is an event called {title!r} already")
        first, last = checked_time(starts, "the start of the event"), checked_time(ends, "the end of the event")
        _in_order(first, last, "event")
        unit.add(
            Event(
                id=unit.new_id(),
                title=clean_name(title, "event"),
                series=_ensure_series(unit, series).id if series else None,
                place=clean_text(place),
                zone=checked_zone(zone),
                starts=first,
                ends=last,
            )
        )

    return file.write("add event", work)


def _ensure_series(unit: Unit, title: str) -> Series:
    found = named(unit.all(Series), title, lambda series: series.title)
    if found:
        return found[0]
    series = Series(id=unit.new_id(), title=clean_name(title, "series"))
    unit.add(series)
    return series


def _in_order(starts: str | None, ends: str | None, what: str) -> None:
    """Only what can be compared is compared: a date with a date, a time with a time."""
    if starts is None or ends is None:
        return
    try:
        backwards = datetime.fromisoformat(ends) < datetime.fromisoformat(starts)
    except TypeError:  # one with an offset, one without
        return
    if backwards and len(starts) == len(ends):
        raise UserError(f"the {what} would end ({ends}) before it starts ({starts})")


def add_session(
    file: ProjectFile,
    *,
    title: str,
    event: str,
    place: str | None = None,
    starts: str | None = None,
    ends: str | None = None,
    scheduled: bool = True,
) -> ChangeSet:
    """Enter a session of an event, which is made if it is not there. UserError where the event has it already."""

    def work(unit: Unit) -> None:
        whole = ensure_event(unit, event)
        if named(unit.find(Session, event=whole.id), title, lambda session: session.title):
            raise UserError(f"{whole.title} has a session called {title!r} already")
        first, last = checked_time(starts, "the start of the session"), checked_time(ends, "the end of the session")
        _in_order(first, last, "session")
        unit.add(
            Session(
                id=unit.new_id(),
                event=whole.id,
                title=clean_name(title, "session"),
                place=clean_text(place),
                starts=first,
                ends=last,
                scheduled=scheduled,
            )
        )

    return file.write("add session", work)


def add_presence(
    file: ProjectFile, *, person: str, session: str, doing: Doing, event: str | None = None, place: str | None = None
) -> ChangeSet:
    """Note who was (or was not) in a session; what was noted of the two before is corrected."""

    def work(unit: Unit) -> None:
        who = ensure_person(unit, person, None)
        where = ensure_session(unit, session, ensure_event(unit, event) if event else None)
        before = unit.find(Presence, person=who.id, session=where.id)
        if before:
            unit.change(before[0], doing=doing, place=clean_text(place))
        else:
            unit.add(Presence(id=unit.new_id(), person=who.id, session=where.id, doing=doing, place=clean_text(place)))

    return file.write("add presence", work)


def add_term(file: ProjectFile, *, name: str, definition: str | None = None) -> ChangeSet:
    """Enter a term of collaboration. Raises UserError where the name is taken."""

    def work(unit: Unit) -> None:
        if named(unit.all(Term), name, lambda term: term.name):
            raise UserError(f"there is a term called {name!r} already")
        unit.add(Term(id=unit.new_id(), name=clean_name(name, "term"), definition=clean_text(definition)))

    return file.write("add term", work)
