"""The setting: events and their sessions, who was present, the terms of collaboration."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.errors import UserError
from polyvocal.domain.hours import FIRST_YEAR, LAST_YEAR, is_day
from polyvocal.domain.records import Event, Presence, Series, Session, Term
from polyvocal.domain.text import clean_name, clean_text, shown
from polyvocal.domain.words import Doing
from polyvocal.services.commands.people import ensure_person, refuse_taken
from polyvocal.services.references import kind_named, lookup, named, resolve
from polyvocal.store.file import ProjectFile
from polyvocal.store.unit import Unit


def checked_time(text: str | None, what: str) -> str | None:
    """A date or a time as ISO 8601 writes it at length (2024-05-14T10:45), whatever form of ISO 8601 it was given in.

    Raises UserError, naming `what`, for anything else, and for a year in which nothing was observed.
    """
    if text is None or not text.strip():
        return None
    given = text.strip()
    try:
        when = datetime.fromisoformat(given)
    except ValueError:
        form = "2024-05-14 or 2024-05-14 10:45 (an offset such as +01:00 may follow)"
        raise UserError(f"{what} is {shown(text)}: write it as {form}") from None
    if not FIRST_YEAR <= when.year <= LAST_YEAR:
        raise UserError(
            f"{what} is {shown(text)}, in the year {when.year}: write a year from {FIRST_YEAR} to {LAST_YEAR}, and "
            "nothing for what is not known"
        )
    day = when.date().isoformat()
    if given.startswith(day):
        return f"{day}T{given[len(day) + 1 :]}" if len(given) > len(day) else day
    return day if is_day(given) else when.isoformat(timespec="auto" if when.second or when.microsecond else "minutes")


def checked_zone(zone: str | None) -> str | None:
    """An IANA time zone. UserError for any other word."""
    if zone is None:
        return None
    try:
        return ZoneInfo(zone).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UserError(f"there is no time zone {shown(zone)}: write it as Europe/London") from None


def ensure_event(unit: Unit, title: str) -> Event:
    """The event that bears a title (or id), made if there is none."""
    called = clean_name(title, "event")
    event: Event | None = lookup(unit, kind_named("event"), called)
    if event is None:
        event = Event(id=unit.new_id(), title=called)
        unit.add(event)
    return event


def ensure_session(unit: Unit, title: str, event: Event | None) -> Session:
    """The session of a title (or id), in an event if one is given; made in that event if there is none.

    Raises UserError where no event is given and none or several have such a session.
    """
    called = clean_name(title, "session")
    among = None if event is None else unit.find(Session, event=event.id)
    session: Session | None = lookup(unit, kind_named("session"), called, among=among)
    if session is not None and event is not None and session.event != event.id:  # it was given by its id
        raise UserError(f"the session {shown(session.title)} is not of the event {shown(event.title)}: name its own")
    if session is not None:
        return session
    if event is None:
        events = unit.all(Event)
        if len(events) != 1:
            raise UserError(
                f"there is no session called {shown(called)}: say with --event TITLE in which event to make it"
            )
        event = events[0]
    session = Session(id=unit.new_id(), event=event.id, title=called)
    unit.add(session)
    return session


def ensure_term(unit: Unit, name: str) -> Term:
    """The term of collaboration that bears a name (or id), made if there is none."""
    called = clean_name(name, "term")
    term: Term | None = lookup(unit, kind_named("term"), called)
    if term is None:
        term = Term(id=unit.new_id(), name=called)
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
        called = clean_name(title, "event")
        refuse_taken(lookup(unit, kind_named("event"), called), called)
        first, last = checked_time(starts, "the start of the event"), checked_time(ends, "the end of the event")
        refuse_backwards(first, last, "event")
        unit.add(
            Event(
                id=unit.new_id(),
                title=called,
                series=ensure_series(unit, series).id if series is not None else None,
                place=clean_text(place),
                zone=checked_zone(zone),
                starts=first,
                ends=last,
            )
        )

    return file.write("add event", work)


def ensure_series(unit: Unit, title: str) -> Series:
    """The series that bears a title (or id), made if there is none."""
    called = clean_name(title, "series")
    series: Series | None = lookup(unit, kind_named("series"), called)
    if series is None:
        series = Series(id=unit.new_id(), title=called)
        unit.add(series)
    return series


def refuse_backwards(starts: str | None, ends: str | None, what: str) -> None:
    """Raise UserError where an end lies before its start, by the day where one of them is no more than a day."""
    if starts is None or ends is None:
        return
    known = 10 if 10 in (len(starts), len(ends)) else None
    try:
        backwards = datetime.fromisoformat(ends[:known]) < datetime.fromisoformat(starts[:known])
    except TypeError:  # one with an offset, one without
        return
    if backwards:
        raise UserError(f"the {what} would end ({ends}) before it starts ({starts}): change one of the two")


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
        called = clean_name(title, "session")
        if named(unit.find(Session, event=whole.id), called, lambda session: session.title):
            raise UserError(f"{whole.title} has a session called {shown(called)} already: choose another title")
        first, last = checked_time(starts, "the start of the session"), checked_time(ends, "the end of the session")
        refuse_backwards(first, last, "session")
        unit.add(
            Session(
                id=unit.new_id(),
                event=whole.id,
                title=called,
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
        where = ensure_session(unit, session, ensure_event(unit, event) if event is not None else None)
        before = unit.find(Presence, person=who.id, session=where.id)
        if before:
            unit.change(before[0], doing=doing, place=clean_text(place))
        else:
            unit.add(Presence(id=unit.new_id(), person=who.id, session=where.id, doing=doing, place=clean_text(place)))

    return file.write("add presence", work)


def set_presences(
    file: ProjectFile, *, cells: Sequence[tuple[str, str]], doing: Doing | None, place: str | None = None
) -> ChangeSet:
    """Note of several (person, session) at once what each did there; no doing: that is not known any more.

    No place: where each was stays as it was noted; an empty one empties it. Who was absent was nowhere in the room.
    Raises UserError for a person or a session that is not there.
    """
    where = None if doing is Doing.ABSENT else clean_text(place)
    emptied = doing is Doing.ABSENT or place is not None

    def work(unit: Unit) -> None:
        people = {one: resolve(unit, kind_named("person"), one).id for one in dict.fromkeys(who for who, _ in cells)}
        sessions = {one: resolve(unit, kind_named("session"), one).id for one in dict.fromkeys(at for _, at in cells)}
        noted = {(one.person, one.session): one for one in unit.among(Presence, "session", sessions.values())}
        fresh = []
        for pair in dict.fromkeys((people[who], sessions[at]) for who, at in cells):
            before = noted.get(pair)
            if doing is None:
                unit.remove(*([before] if before else ()))
            elif before is None:
                fresh.append(Presence(id=unit.new_id(), person=pair[0], session=pair[1], doing=doing, place=where))
            else:
                unit.change(before, doing=doing, place=where if emptied else before.place)
        unit.add(*fresh)

    return file.write("note presence", work)


def add_term(file: ProjectFile, *, name: str, definition: str | None = None) -> ChangeSet:
    """Enter a term of collaboration. Raises UserError where the name is taken."""

    def work(unit: Unit) -> None:
        called = clean_name(name, "term")
        refuse_taken(lookup(unit, kind_named("term"), called), called)
        unit.add(Term(id=unit.new_id(), name=called, definition=clean_text(definition)))

    return file.write("add term", work)
