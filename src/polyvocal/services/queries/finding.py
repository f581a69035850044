"""What of a project can be gone to by its name: sources, codes, people."""

from dataclasses import dataclass
from typing import NamedTuple

from polyvocal.domain.codetree import in_tree_order, path_of
from polyvocal.domain.records import Authorship, Code, Person, Role, Source
from polyvocal.domain.words import CodeKind, RoleName, SourceKind, Standing
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


@dataclass(frozen=True, slots=True)
class Findable:
    """All that bears a name to be found by: sources by title, codes in the order of their tree, people by name."""

    sources: tuple[NamedSource, ...] = ()
    codes: tuple[NamedCode, ...] = ()
    people: tuple[NamedPerson, ...] = ()


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
    )


def coders_in(view: View) -> list[Person]:
    """Everybody who codes, in the order of names."""
    people = view.among(Person, "id", _coders(view))
    return sorted(people, key=lambda one: one.name.casefold())


def _coders(view: View) -> set[int]:
    return {one.person for one in view.find(Role, role=RoleName.CODER)} | everybody_who_coded(view)
