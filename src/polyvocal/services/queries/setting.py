"""The whole setting of a project in memory: who, where, when, which sources. Small beside the codings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Protocol, TypeVar

from polyvocal.domain.codetree import path_of
from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.record import Record
from polyvocal.domain.records import (
    Authorship,
    Code,
    ConstituentGroup,
    Event,
    Occasion,
    Person,
    Session,
    Source,
    SourceVersion,
    Stretch,
    Term,
)
from polyvocal.domain.spans import Span
from polyvocal.domain.stretches import Relation, Run, relations_within, runs_of
from polyvocal.domain.versions import Marked, current, led
from polyvocal.domain.words import SourceKind
from polyvocal.store.view import View

R = TypeVar("R", bound=Record)
OfSource = TypeVar("OfSource", Occasion, SourceVersion)


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """A source with its authors, its occasions (the default relation of its passages to events) and its versions.

    `runs` cut its current text where the relations change, by its stretches; there are none where it has no stretches.
    """

    source: Source
    authors: tuple[Person, ...]
    occasions: tuple[Occasion, ...]
    versions: tuple[SourceVersion, ...]
    runs: tuple[Run, ...] = ()

    @property
    def relations(self) -> tuple[Relation, ...]:
        """The relations of the whole text to events, each once (see `domain.stretches`)."""
        return relations_within(self.runs, 0, self.runs[-1].end) if self.runs else self.occasions

    def relations_of(self, start: int, end: int) -> tuple[Relation, ...]:
        """Those of the passage [start, end) of the current text; an empty one stands for one without words left."""
        if not self.runs:
            return self.occasions
        if start < end:
            return relations_within(self.runs, start, end)
        return tuple(one for one in self.relations if isinstance(one, Occasion))

    @property
    def current(self) -> SourceVersion:
        return current(self.versions)

    def shown(self, one: Marked, place: Span | None) -> tuple[SourceVersion, Span]:
        """Where something about a span is shown that is at `place` now: without words left, where it was made."""
        if place is not None:
            return self.current, place
        return next(version for version in self.versions if version.id == one.version), Span(one.start, one.end)

    @property
    def counts(self) -> bool:
        """Whether it is an account of its own: jottings from which a note was written are not counted twice."""
        return not (self.source.kind is SourceKind.JOTTINGS and self.source.note is not None)

    @property
    def standing(self) -> str | None:
        """The standings of its authors, each once."""
        found = dict.fromkeys(author.standing for author in self.authors if author.standing)
        return ", ".join(found) or None


@dataclass(frozen=True, slots=True)
class Setting:
    """Dictionaries by id, and the sources in the order of their titles."""

    people: dict[int, Person]
    groups: dict[int, ConstituentGroup]
    events: dict[int, Event]
    sessions: dict[int, Session]
    codes: dict[int, Code]
    terms: dict[int, Term]
    sources: tuple[SourceInfo, ...]

    def party(self, identity: int) -> str:
        """The name of a group or a person."""
        found = self.groups.get(identity) or self.people.get(identity)
        return found.name if found else f"({identity})"

    def code_path(self, identity: int) -> str:
        """A code's name with those above it: "means of protest / voting with the feet"."""
        return path_of(self.codes, identity)

    def filter_words(self, chosen: PassageFilter) -> dict[str, list[str]]:
        """What a filter asks for, in names, by what is asked for."""
        titles = {info.source.id: info.source.title for info in self.sources} if chosen.sources else {}
        words: dict[str, list[str]] = {
            "code": [self.code_path(one) for one in chosen.codes],
            "observer": [self.party(one) for one in chosen.observers],
            "standing": [str(one) for one in chosen.standings],
            "coder": [self.party(one) for one in chosen.coders],
            "source": [titles[one] for one in chosen.sources],
            "event": [self.events[one].title for one in chosen.events],
            "session": [self.sessions[one].title for one in chosen.sessions],
            "phase": [str(one) for one in chosen.phases],
            "concerns": [self.party(one) for one in chosen.concerns],
            "group": [self.party(one) for one in chosen.groups],
            "participant": [self.party(one) for one in chosen.participants],
            "by": [self.party(one) for one in chosen.actors],
            "stance": list(chosen.stances),
            "term": [self.terms[one].name for one in chosen.terms],
            "layer": [str(one) for one in chosen.layers],
            "source kind": [str(one) for one in chosen.kinds],
        }
        return {name: sorted(values) for name, values in words.items() if values}


class Records(Protocol):
    """What gives every record of a kind in the order of their ids: a view of the file, or records that are held."""

    def all(self, cls: type[R]) -> list[R]: ...


KINDS: tuple[type, ...] = (
    Person,
    ConstituentGroup,
    Event,
    Session,
    Code,
    Term,
    Source,
    SourceVersion,
    Authorship,
    Occasion,
    Stretch,
)
"""The records that a setting is made of."""


def load_setting(records: Records) -> Setting:
    """Read the setting of a project."""
    return _setting(
        records,
        records.all(Source),
        versions=records.all(SourceVersion),
        authorships=records.all(Authorship),
        occasions=records.all(Occasion),
        stretches=records.all(Stretch),
    )


def setting_around(view: View, sources: Iterable[int]) -> Setting:
    """The setting of a project with some of its sources only: quick where these are few."""
    ids = sorted(set(sources))

    def of_sources(cls: type[R]) -> list[R]:
        return sorted(view.among(cls, "source", ids), key=attrgetter("id"))

    versions = of_sources(SourceVersion)
    return _setting(
        view,
        view.among(Source, "id", ids),
        versions=versions,
        authorships=of_sources(Authorship),
        occasions=of_sources(Occasion),
        stretches=view.among(Stretch, "version", [one.id for one in versions]),
    )


def _setting(
    records: Records,
    sources: list[Source],
    *,
    versions: list[SourceVersion],
    authorships: list[Authorship],
    occasions: list[Occasion],
    stretches: list[Stretch],
) -> Setting:
    people = _by_id(records.all(Person))
    authors: dict[int, list[Person]] = {}
    for authorship in authorships:
        authors.setdefault(authorship.source, []).append(people[authorship.person])
    about = _by_source(occasions)
    texts = _by_source(versions)
    runs = _runs(texts, about, stretches)
    return Setting(
        people=people,
        groups=_by_id(records.all(ConstituentGroup)),
        events=_by_id(records.all(Event)),
        sessions=_by_id(records.all(Session)),
        codes=_by_id(records.all(Code)),
        terms=_by_id(records.all(Term)),
        sources=tuple(
            SourceInfo(
                source,
                tuple(authors.get(source.id, ())),
                tuple(about.get(source.id, ())),
                tuple(texts[source.id]),
                runs.get(source.id, ()),
            )
            for source in sorted(sources, key=lambda source: (source.title.casefold(), source.id))
        ),
    )


def _runs(
    versions: Mapping[int, Sequence[SourceVersion]],
    occasions: Mapping[int, Sequence[Occasion]],
    stretches: Iterable[Stretch],
) -> dict[int, tuple[Run, ...]]:
    """The runs into which sources are cut that have stretches, by source."""
    of: dict[int, list[Stretch]] = {}
    for one in stretches:
        of.setdefault(one.version, []).append(one)
    if not of:
        return {}
    cut: dict[int, tuple[Run, ...]] = {}
    for source, texts in versions.items():
        mine = [one for version in texts for one in of.get(version.id, ())]
        if mine:
            cut[source] = runs_of(current(texts).length, occasions.get(source, ()), led(texts, mine))
    return cut


def _by_source(records: Iterable[OfSource]) -> dict[int, list[OfSource]]:
    found: dict[int, list[OfSource]] = {}
    for record in records:
        found.setdefault(record.source, []).append(record)
    return found


def _by_id(records: Iterable[R]) -> dict[int, R]:
    return {record.id: record for record in records}
