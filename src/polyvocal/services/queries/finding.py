"""What of a project can be gone to by its name: sources, codes, people, moments, divergences."""

from dataclasses import dataclass
from typing import NamedTuple

from polyvocal.domain.codetree import in_tree_order, path_of
from polyvocal.domain.moments import Divergence, Moment
from polyvocal.domain.records import Authorship, Code, Event, Person, Role, Session, Source
from polyvocal.domain.words import CodeKind, DivergenceKind, DivergenceStanding, RoleName, SourceKind, Standing
from polyvocal.services.queries.called import divergence_called, moment_named
from polyvocal.store.codings import everybody_who_coded
from polyvocal.store.view import View


class NamedSource(NamedTuple):
    """A source, with the names of those who wrote it."""

    id: int
    title: str
    kind: SourceKind
    observers: tuple[str, ...]


class NamedCode(NamedTuple):
    """A code with its path in the tree."""

    id: int
    name: str
    path: str
    kind: CodeKind
    retired: bool


class NamedPerson(NamedTuple):
    """A person. Observers are those who have the role, or wrote anything; coders who have theirs, or coded anything."""

    id: int
    name: str
    standing: Standing | None
    observer: bool
    coder: bool


class NamedMoment(NamedTuple):
    """A moment that is saved, with the titles of its event and session."""

    id: int
    title: str
    event: str
    session: str | None


class NamedDivergence(NamedTuple):
    """A divergence, with the title of the moment that it is of, if it is of one."""

    id: int
    title: str
    kind: DivergenceKind
    standing: DivergenceStanding
    moment: NamedMoment | None


@dataclass(frozen=True, slots=True)
class Findable:
    """All that bears a name to be found by: sources by title, codes in the order of their tree, people by name;
    moments and divergences as they were entered."""

    sources: tuple[NamedSource, ...] = ()
    codes: tuple[NamedCode, ...] = ()
    people: tuple[NamedPerson, ...] = ()
    moments: tuple[NamedMoment, ...] = ()
    divergences: tuple[NamedDivergence, ...] = ()


def findable(view: View) -> Findable:
    """Read all names, and little else: a project may have ten thousand sources."""
    people = {person.id: person for person in view.all(Person)}
    writers: dict[int, list[str]] = {}
    observers = {one.person for one in view.find(Role, role=RoleName.OBSERVER)}
    for one in view.all(Authorship):
        writers.setdefault(one.source, []).append(people[one.person].name)
        observers.add(one.person)
    coders = _coders(view)
    codes: dict[int, Code] = {code.id: code for code in view.all(Code)}
    moments = _moments(view)
    return Findable(
        sources=tuple(
            NamedSource(one.id, one.title, one.kind, tuple(writers.get(one.id, ())))
            for one in sorted(view.all(Source), key=lambda one: one.title.casefold())
        ),
        codes=tuple(
            NamedCode(one.id, one.name, path_of(codes, one.id), one.kind, one.retired)
            for _, one in in_tree_order(codes.values())
        ),
        people=tuple(
            NamedPerson(one.id, one.name, one.standing, one.id in observers, one.id in coders)
            for one in sorted(people.values(), key=lambda one: one.name.casefold())
        ),
        moments=tuple(moments.values()),
        divergences=tuple(
            NamedDivergence(one.id, divergence_called(one), one.kind, one.standing, moments.get(one.moment))
            for one in view.all(Divergence)
        ),
    )


def _moments(view: View) -> dict[int | None, NamedMoment]:
    events = {one.id: one.title for one in view.all(Event)}
    sessions = {one.id: one.title for one in view.all(Session)}
    found: dict[int | None, NamedMoment] = {}
    for one in view.all(Moment):
        event, session = events[one.event], sessions[one.session] if one.session is not None else None
        found[one.id] = NamedMoment(one.id, moment_named(one, session or event), event, session)
    return found


def coders_in(view: View) -> list[Person]:
    """Everybody who codes, in the order of names."""
    people = view.among(Person, "id", _coders(view))
    return sorted(people, key=lambda one: one.name.casefold())


def _coders(view: View) -> set[int]:
    return {one.person for one in view.find(Role, role=RoleName.CODER)} | everybody_who_coded(view)
