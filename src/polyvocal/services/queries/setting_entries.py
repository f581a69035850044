"""What the lists of the Setting view show, with all that its forms need: frozen, and with what hangs on each thing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple
from zoneinfo import available_timezones

from polyvocal.domain.ids import ConstituentGroupId, EventId, PersonId, SeriesId, SessionId, SourceId, TermId
from polyvocal.domain.records import (
    ConstituentGroup,
    Event,
    Membership,
    Nesting,
    Person,
    Positionality,
    Presence,
    Project,
    Role,
    Series,
    Session,
    Term,
)
from polyvocal.domain.words import Doing, RoleName, StanceName
from polyvocal.services.queries.setting import Setting, SourceInfo, load_setting
from polyvocal.store.codings import counts_of_stances
from polyvocal.store.view import View


class Counts(NamedTuple):
    """How much of a setting there is."""

    people: int
    groups: int
    events: int
    sessions: int
    terms: int


@dataclass(frozen=True, slots=True)
class ProjectEntry:
    """The project itself."""

    project: Project
    counts: Counts


class Account(NamedTuple):
    """A source that somebody wrote or that is about something; `counted` is not so of jottings that became a note."""

    id: SourceId
    title: str
    kind: str
    observers: tuple[str, ...]
    words: int
    counted: bool


class Attendance(NamedTuple):
    """Who was in which session, doing what."""

    person: PersonId
    name: str
    session: SessionId
    title: str
    event: str
    doing: Doing
    place: str | None


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """A person with roles, groups, statements of positionality, accounts and what is noted of presence."""

    person: Person
    roles: tuple[RoleName, ...]
    groups: tuple[tuple[ConstituentGroupId, str], ...]
    statements: tuple[Positionality, ...]
    accounts: tuple[Account, ...]
    attendances: tuple[Attendance, ...]

    @property
    def id(self) -> PersonId:
        return self.person.id

    @property
    def accounts_counted(self) -> int:
        """How many accounts the person wrote; jottings from which a note was written are not counted twice."""
        return sum(one.counted for one in self.accounts)


@dataclass(frozen=True, slots=True)
class GroupEntry:
    """A group: what it lies within, what lies within it, and who belongs to it, in names."""

    group: ConstituentGroup
    within: tuple[tuple[ConstituentGroupId, str], ...]
    holds: tuple[tuple[ConstituentGroupId, str], ...]
    members: tuple[tuple[PersonId, str], ...]

    @property
    def id(self) -> ConstituentGroupId:
        return self.group.id


@dataclass(frozen=True, slots=True)
class SessionEntry:
    """A session: what is noted of who was there, and the accounts of it."""

    session: Session
    event_title: str
    attendances: tuple[Attendance, ...]
    accounts: tuple[Account, ...]

    @property
    def id(self) -> SessionId:
        return self.session.id

    @property
    def there(self) -> tuple[Attendance, ...]:
        """Who was there."""
        return tuple(one for one in self.attendances if one.doing is not Doing.ABSENT)

    @property
    def absent(self) -> tuple[Attendance, ...]:
        """Who is known not to have been there."""
        return tuple(one for one in self.attendances if one.doing is Doing.ABSENT)


@dataclass(frozen=True, slots=True)
class EventEntry:
    """An event with its sessions in the order of time, and the accounts of it."""

    event: Event
    series: str | None
    sessions: tuple[SessionEntry, ...]
    accounts: tuple[Account, ...]

    @property
    def id(self) -> EventId:
        return self.event.id


@dataclass(frozen=True, slots=True)
class SeriesEntry:
    """A series with its events in the order of time."""

    series: Series
    events: tuple[EventEntry, ...]

    @property
    def id(self) -> SeriesId:
        return self.series.id


@dataclass(frozen=True, slots=True)
class TermEntry:
    """A term of collaboration, and how many stances are taken to it, by what they do to it."""

    term: Term
    stances: tuple[tuple[str, int], ...]

    @property
    def id(self) -> TermId:
        return self.term.id

    @property
    def total(self) -> int:
        """How many stances are taken to it."""
        return sum(count for _, count in self.stances)


Entry = PersonEntry | GroupEntry | SeriesEntry | EventEntry | SessionEntry | TermEntry


class Names(NamedTuple):
    """What forms offer to choose from, in the order of the alphabet."""

    people: tuple[str, ...]
    groups: tuple[str, ...]
    series: tuple[str, ...]
    events: tuple[tuple[EventId, str], ...]
    zones: tuple[str, ...]
    """all there are"""
    zone: str | None
    """that of the latest event"""


def setting_counts(view: View) -> Counts:
    """Count what there is."""
    return Counts(*(view.count(cls) for cls in (Person, ConstituentGroup, Event, Session, Term)))


def project_entry(view: View) -> ProjectEntry:
    """Read the project itself."""
    (project,) = view.all(Project)
    return ProjectEntry(project, setting_counts(view))


def names_to_choose(view: View) -> Names:
    """Read the names that forms offer."""
    events = sorted(view.all(Event), key=_by_start)
    return Names(
        _sorted(one.name for one in view.all(Person)),
        _sorted(one.name for one in view.all(ConstituentGroup)),
        _sorted(one.title for one in view.all(Series)),
        tuple((one.id, one.title) for one in events),
        tuple(sorted(available_timezones())),
        next((one.zone for one in reversed(events) if one.zone), None),
    )


def people_entries(view: View) -> tuple[PersonEntry, ...]:
    """Every person, in the order of names."""
    setting = load_setting(view)
    roles: dict[PersonId, list[RoleName]] = {}
    for role in view.all(Role):
        roles.setdefault(role.person, []).append(role.role)
    groups: dict[PersonId, list[tuple[ConstituentGroupId, str]]] = {}
    for tie in view.all(Membership):
        groups.setdefault(tie.person, []).append((tie.constituent_group, setting.groups[tie.constituent_group].name))
    statements: dict[PersonId, list[Positionality]] = {}
    for one in view.all(Positionality):
        statements.setdefault(one.person, []).append(one)
    accounts: dict[PersonId, list[Account]] = {}
    for info in setting.sources:
        for author in info.authors:
            accounts.setdefault(author.id, []).append(_account(info))
    attended: dict[PersonId, list[Attendance]] = {}
    for noted in _attendances(view, setting):
        attended.setdefault(noted.person, []).append(noted)
    return tuple(
        PersonEntry(
            person,
            tuple(role for role in RoleName if role in roles.get(person.id, ())),
            tuple(sorted(groups.get(person.id, ()), key=lambda one: one[1].casefold())),
            tuple(sorted(statements.get(person.id, ()), key=lambda one: (one.dated, one.id))),
            tuple(accounts.get(person.id, ())),
            tuple(attended.get(person.id, ())),
        )
        for person in sorted(setting.people.values(), key=lambda one: (one.name.casefold(), one.id))
    )


def group_entries(view: View) -> tuple[GroupEntry, ...]:
    """Every group, in the order of names."""
    groups = {one.id: one for one in view.all(ConstituentGroup)}
    people = {one.id: one.name for one in view.all(Person)}
    within: dict[ConstituentGroupId, list[tuple[ConstituentGroupId, str]]] = {}
    holds: dict[ConstituentGroupId, list[tuple[ConstituentGroupId, str]]] = {}
    for nesting in view.all(Nesting):
        within.setdefault(nesting.inner, []).append((nesting.outer, groups[nesting.outer].name))
        holds.setdefault(nesting.outer, []).append((nesting.inner, groups[nesting.inner].name))
    members: dict[ConstituentGroupId, list[tuple[PersonId, str]]] = {}
    for tie in view.all(Membership):
        members.setdefault(tie.constituent_group, []).append((tie.person, people[tie.person]))
    return tuple(
        GroupEntry(
            group,
            tuple(sorted(within.get(group.id, ()), key=lambda one: one[1].casefold())),
            tuple(sorted(holds.get(group.id, ()), key=lambda one: one[1].casefold())),
            tuple(sorted(members.get(group.id, ()), key=lambda one: one[1].casefold())),
        )
        for group in sorted(groups.values(), key=lambda one: (one.name.casefold(), one.id))
    )


def event_entries(view: View) -> tuple[SeriesEntry | EventEntry, ...]:
    """Series with their events, and the events of none, by their start; a series of no event comes last."""
    setting = load_setting(view)
    series = {one.id: one for one in view.all(Series)}
    attended: dict[SessionId, list[Attendance]] = {}
    for noted in _attendances(view, setting):
        attended.setdefault(noted.session, []).append(noted)
    of_event: dict[EventId, list[Account]] = {}
    of_session: dict[SessionId, list[Account]] = {}
    for info in setting.sources:
        for event_id in dict.fromkeys(one.event for one in info.relations):
            of_event.setdefault(event_id, []).append(_account(info))
        for session_id in dict.fromkeys(one.session for one in info.relations if one.session is not None):
            of_session.setdefault(session_id, []).append(_account(info))
    sessions: dict[EventId, list[SessionEntry]] = {}
    for session in sorted(setting.sessions.values(), key=_by_start):
        entry = SessionEntry(
            session,
            setting.events[session.event].title,
            tuple(attended.get(session.id, ())),
            tuple(of_session.get(session.id, ())),
        )
        sessions.setdefault(session.event, []).append(entry)
    held: dict[SeriesId | None, list[EventEntry]] = {}
    order: list[SeriesId | EventEntry] = []
    for event in sorted(setting.events.values(), key=_by_start):
        title = series[event.series].title if event.series is not None else None
        whole = EventEntry(event, title, tuple(sessions.get(event.id, ())), tuple(of_event.get(event.id, ())))
        if event.series is None:
            order.append(whole)
        elif event.series not in held:
            order.append(event.series)
        held.setdefault(event.series, []).append(whole)
    order += (one.id for one in sorted(series.values(), key=lambda one: one.title.casefold()) if one.id not in held)
    return tuple(
        one if isinstance(one, EventEntry) else SeriesEntry(series[one], tuple(held.get(one, ()))) for one in order
    )


def term_entries(view: View) -> tuple[TermEntry, ...]:
    """Every term of collaboration, in the order of names; its stances with the three of the field first."""
    of_term: dict[int, dict[str, int]] = {}
    for (term, stance), count in counts_of_stances(view).items():
        of_term.setdefault(term, {})[stance] = count
    known = [str(one) for one in StanceName]
    return tuple(
        TermEntry(
            term,
            tuple(
                (name, counts[name])
                for counts in [of_term.get(term.id, {})]
                for name in (*(one for one in known if one in counts), *sorted(counts.keys() - set(known)))
            ),
        )
        for term in sorted(view.all(Term), key=lambda one: (one.name.casefold(), one.id))
    )


def _attendances(view: View, setting: Setting) -> list[Attendance]:
    """Everything that is noted of presence, by the start of the session, then by name."""
    found = []
    for one in view.all(Presence):
        session = setting.sessions[one.session]
        found.append(
            Attendance(
                one.person,
                setting.people[one.person].name,
                one.session,
                session.title,
                setting.events[session.event].title,
                one.doing,
                one.place,
            )
        )
    return sorted(found, key=lambda one: (*_by_start(setting.sessions[one.session]), one.name.casefold()))


def _account(info: SourceInfo) -> Account:
    return Account(
        info.source.id,
        info.source.title,
        info.source.kind,
        tuple(author.name for author in info.authors),
        info.current.words,
        info.counts,
    )


def _by_start(one: Event | Session) -> tuple[str, int]:
    return one.starts or "~", one.id


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names, key=str.casefold))
