"""Random small projects, with all that makes a comparison hard: see `random_project`."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from polyvocal.domain.editmap import apply_edits
from polyvocal.domain.passages import AttributeAsked, CaseOf, PassageFilter
from polyvocal.domain.records import (
    CASES,
    RECORDS,
    Attribute,
    AttributeValue,
    Authorship,
    Code,
    Coding,
    Concern,
    ConstituentGroup,
    Event,
    Layer,
    Membership,
    Nesting,
    Occasion,
    Person,
    Presence,
    Reading,
    Role,
    Session,
    Source,
    SourceVersion,
    Stance,
    Stretch,
    Term,
)
from polyvocal.domain.text import count_words
from polyvocal.domain.words import AttributeType, Doing, LayerName, Phase, ReadingState, RoleName, SourceKind, Standing
from polyvocal.store.file import Mode, ProjectFile, open_project
from polyvocal.store.schema import kind_of
from polyvocal.store.unit import Unit, hash_text
from polyvocal.store.view import View

HOURS = ("09:00", "10:00", "11:00", "12:00")
NAMES = ("Jo", "Jo", "Bea", "Ulla")
VALUES = {AttributeType.TEXT: ("nurse", "Lead", "not known"), AttributeType.NUMBER: ("9", "10")}
STANCES = ("generates", "affirms", "contests", "sidesteps")


@dataclass
class Made:
    """The records of a project in the making, by kind; a draw picks among them."""

    draw: Any
    next_id: int
    records: dict[type, list[Any]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)

    def add(self, cls: type, **values: object) -> Any:
        """Make a record with a new id."""
        made = cls(id=self.next_id, **values)
        self.next_id += 1
        self.records.setdefault(cls, []).append(made)
        return made

    def of(self, cls: type) -> list[Any]:
        """What there is of a kind."""
        return self.records.get(cls, [])

    def one(self, cls: type) -> Any:
        """One of a kind."""
        return self.draw(st.sampled_from(self.of(cls)))

    def some(self, cls: type, most: int) -> list[Any]:
        """Up to a number of different ones of a kind."""
        if not self.of(cls):
            return []
        found: list[Any] = self.draw(
            st.lists(st.sampled_from(self.of(cls)), max_size=most, unique_by=lambda one: one.id)
        )
        return found

    def number(self, least: int, most: int) -> int:
        """A number, both ends included."""
        return int(self.draw(st.integers(least, most)))

    def maybe(self, values: Any) -> Any:
        """One of the values, or None."""
        return self.draw(st.sampled_from([None, *values]))


@contextmanager
def random_project(template: Path, draw: Any) -> Iterator[View]:
    """A view of a project that was made up: see `random_file`."""
    with random_file(template, draw) as file, file.view() as view:
        yield view


@contextmanager
def cut_project(template: Path, draw: Any) -> Iterator[View]:
    """A view of a project with little else than what decides where passages stand: see `_make_cut`."""
    with random_file(template, draw, _make_cut) as file, file.view() as view:
        yield view


@contextmanager
def random_file(template: Path, draw: Any, make: Callable[[Any, int], "Made"] | None = None) -> Iterator[ProjectFile]:
    """An empty project that was filled at random, open for writing.

    Several observers a source, several occasions a source, overlapping and identical codings by several coders (who
    may be the observers), concerns and stances, jottings with and without a note, corrected sources, partial readings,
    people, groups, codes, sessions and sources that share a name, sources cut into stretches (some before they were
    corrected, so that stretches about one event may come to overlap), spans of layers.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copyfile(template, Path(folder) / "random.polyvocal"))
        with open_project(path, Mode.WRITE) as file:
            _fill(file, draw, make or make_any)
            yield file


def _fill(file: ProjectFile, draw: Any, make: Callable[[Any, int], Made]) -> None:
    # drawing is done here and not on the writer's thread, so the ids are those that the writer is about to give
    ids: list[int] = []
    file.write("look", lambda unit: ids.append(unit.new_id()))
    made = make(draw, ids[0])

    def work(unit: Unit) -> None:
        assert unit.new_ids(made.next_id - ids[0]).start == ids[0]
        for text in made.texts:
            unit.add_text(text)
        unit.add(*(one for cls in RECORDS for one in made.of(cls)))

    file.write("make it up", work)


def make_any(draw: Any, first_id: int) -> Made:
    """The records of a project as `random_file` describes it."""
    made = Made(draw, first_id)
    _add_setting(made)
    for number in range(made.draw(st.sampled_from([0, 1, 2, 3, 4, 4]))):
        _add_source(made, number)
    _add_values(made)
    if made.of(Source) and made.of(Code) and made.of(Person):
        for _ in range(made.draw(st.sampled_from([0, 4, 8, 12]))):
            _add_coding(made)
        for source in made.of(Source):
            for coder in made.some(Person, 2):
                _add_reading(made, source, coder)
    return made


def _make_cut(draw: Any, first_id: int) -> Made:
    """One or two sources with stretches and layers, perhaps corrected, each with several codings."""
    made = Made(draw, first_id)
    coder = made.add(Person, name="Jo")
    code = made.add(Code, name="Protest", colour="#0072b2", position=0)
    for title in ("Launch", "Harvest")[: made.number(1, 2)]:
        event = made.add(Event, title=title)
        for session in ("Plenary", "Corridor"):
            made.add(Session, event=event.id, title=session)
    for number in range(made.number(1, 2)):
        source = made.add(Source, title=f"Note {number}", kind=SourceKind.FIELDNOTE, imported_at=0)
        text = "ab" * made.number(2, 6)
        first = add_version(made, source, text, None, None)
        versions = [first, add_correction(made, source, text, first)[1]] if made.draw(st.booleans()) else [first]
        for _ in range(made.number(0, 2)):
            made.add(Occasion, source=source.id, **some_relation(made))
        for _ in range(made.number(1, 3)):
            made.add(Stretch, **span_in(made, made.draw(st.sampled_from(versions))), **some_relation(made))
        made.add(Layer, **span_in(made, first), layer=LayerName.REFLECTION)
        for _ in range(made.number(2, 4)):
            span = span_in(made, made.draw(st.sampled_from(versions)))
            made.add(Coding, **span, code=code.id, coder=coder.id, created_at=0)
    return made


def _add_setting(made: Made) -> None:
    for name in NAMES[: made.draw(st.sampled_from([0, 2, 3, 4]))]:
        person = made.add(Person, name=name, standing=made.maybe(list(Standing)[:2]))
        for role in made.draw(st.sets(st.sampled_from([RoleName.OBSERVER, RoleName.CODER]))):
            made.add(Role, person=person.id, role=role)
    for name in ("Ward 4", "Jo")[: made.number(0, 2)]:
        made.add(ConstituentGroup, name=name)
    _add_memberships(made)
    for title in ("Launch", "Harvest")[: made.draw(st.sampled_from([0, 1, 2, 2]))]:
        made.add(Event, title=title)
    if made.of(Event):
        for title in ("Plenary", "Plenary", "Corridor")[: made.draw(st.sampled_from([0, 2, 3]))]:
            hour = made.draw(st.sampled_from([0, 0, 1, 2, None]))
            made.add(
                Session,
                event=made.one(Event).id,
                title=title,
                starts=None if hour is None else f"2024-05-14T{HOURS[hour]}",
                ends=None if hour is None else f"2024-05-14T{HOURS[made.number(hour, 3)]}",
                scheduled=made.draw(st.booleans()),
            )
    for person in made.of(Person):
        for session in made.some(Session, 2):
            made.add(
                Presence,
                person=person.id,
                session=session.id,
                doing=made.draw(st.sampled_from([Doing.OBSERVING, Doing.FACILITATING, Doing.ABSENT])),
            )
    for position, name in enumerate(("Protest", "Time", "Time")[: made.draw(st.sampled_from([0, 1, 2, 3, 3]))]):
        made.add(
            Code, name=name, colour="#0072b2", position=position, parent=made.one(Code).id if name == "Time" else None
        )
    for name in ("Who decides", "Whose time")[: made.number(0, 2)]:
        made.add(Term, name=name)
    for name, of in (("role", AttributeType.TEXT), ("years", AttributeType.NUMBER))[: made.number(0, 2)]:
        made.add(Attribute, name=name, type=of)


def _add_values(made: Made) -> None:
    for attribute in made.of(Attribute):
        for cls in CASES:
            for case in made.some(cls, 2):
                made.add(
                    AttributeValue,
                    attribute=attribute.id,
                    about=case.id,
                    about_kind=kind_of(cls),
                    value=made.draw(st.sampled_from(VALUES[attribute.type])),
                )


def _add_memberships(made: Made) -> None:
    for person in made.of(Person):
        for group in made.some(ConstituentGroup, 2):
            made.add(Membership, person=person.id, constituent_group=group.id)
    for outer in made.some(ConstituentGroup, 1):
        made.add(Nesting, inner=made.one(ConstituentGroup).id, outer=outer.id)


def _add_source(made: Made, number: int) -> None:
    notes = [one for one in made.of(Source) if one.kind is SourceKind.FIELDNOTE]
    kind = made.draw(st.sampled_from([SourceKind.FIELDNOTE, SourceKind.FIELDNOTE, SourceKind.JOTTINGS]))
    note = made.maybe(notes) if kind is SourceKind.JOTTINGS else None
    source = made.add(
        Source,
        title="Note" if number < 2 else f"Note {number}",
        kind=kind,
        note=None if note is None else note.id,
        imported_at=0,
    )
    text = made.draw(st.text("ab \n", min_size=1, max_size=14).filter(str.strip))
    version = add_version(made, source, text, None, None)
    for _ in range(made.draw(st.sampled_from([0, 1, 2]))):
        text, version = add_correction(made, source, text, version)
    for person in made.some(Person, 2):
        made.add(Authorship, source=source.id, person=person.id)
    if made.of(Event):
        for _ in range(made.number(0, 2)):
            made.add(Occasion, source=source.id, **some_relation(made))
        for version in [one for one in made.of(SourceVersion) if one.source == source.id]:
            for _ in range(made.draw(st.sampled_from([0, 0, 0, 1, 2]))):
                made.add(Stretch, **span_in(made, version), **some_relation(made))
    for _ in range(made.draw(st.sampled_from([0, 0, 1, 3]))):
        mine = [one for one in made.of(SourceVersion) if one.source == source.id]
        layer = made.draw(st.sampled_from([LayerName.REFLECTION, LayerName.ASIDE]))
        made.add(Layer, **span_in(made, made.draw(st.sampled_from(mine))), layer=layer)


def some_relation(made: Made) -> dict[str, Any]:
    """To an event, perhaps to a session of it, before, during, after or not said."""
    event = made.one(Event)
    sessions = [one.id for one in made.of(Session) if one.event == event.id]
    return {"event": event.id, "session": made.maybe(sessions), "phase": made.maybe(list(Phase))}


def span_in(made: Made, version: Any) -> dict[str, int]:
    """Some span of a version."""
    start = made.number(0, version.length - 1)
    return {"version": version.id, "start": start, "end": made.number(start + 1, version.length)}


def add_version(made: Made, source: Source, text: str, parent: Any, edits: str | None) -> Any:
    """A version of a source, with a text."""
    made.texts.append(text)
    return made.add(
        SourceVersion,
        source=source.id,
        parent=None if parent is None else parent.id,
        text_hash=hash_text(text),
        length=len(text),
        words=count_words(text),
        edits=edits,
        created_at=len(made.of(SourceVersion)),
    )


def add_correction(made: Made, source: Source, text: str, version: Any) -> tuple[str, Any]:
    """One or two replacements; no text where nothing would be left."""
    ends = sorted(made.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    words = st.text("xy ", max_size=3)
    edits = [(ends[0], ends[1], made.draw(words)), (ends[2], ends[3], made.draw(words))]
    corrected, edit_map = apply_edits(text, edits)
    if not corrected.strip() or not edit_map.stages:
        return text, version
    return corrected, add_version(made, source, corrected, version, edit_map.encode())


def _add_coding(made: Made) -> None:
    coding = made.add(
        Coding,
        **span_in(made, made.one(SourceVersion)),
        code=made.one(Code).id,
        coder=made.one(Person).id,
        created_at=0,
    )
    for party in _parties(made, 2):
        made.add(Concern, coding=coding.id, **_as(party, "constituent_group", "person"))
    if made.of(Term):
        for actor in _parties(made, 2):
            made.add(
                Stance,
                coding=coding.id,
                **_as(actor, "actor_group", "actor_person"),
                stance=made.draw(st.sampled_from(STANCES)),
                term=made.one(Term).id,
            )


def _parties(made: Made, most: int) -> list[Any]:
    return [*made.some(ConstituentGroup, most), *made.some(Person, most)][:most]


def _as(party: Any, group: str, person: str) -> dict[str, int]:
    return {group if isinstance(party, ConstituentGroup) else person: party.id}


def _add_reading(made: Made, source: Source, coder: Person) -> None:
    versions = [one for one in made.of(SourceVersion) if one.source == source.id]
    length = made.draw(st.sampled_from(versions)).length
    state = made.draw(st.sampled_from([*ReadingState, ReadingState.DONE]))
    to = {ReadingState.UNREAD: 0, ReadingState.DONE: length}.get(state, made.number(0, length))
    made.add(Reading, coder=coder.id, source=source.id, state=state, read_to=to)


# --- filters -----------------------------------------------------------------------------------------------------


def random_filter(draw: Any, view: View, by: tuple[str, ...] = ()) -> PassageFilter:
    """A filter of any kind, or of several at once; with `by` it asks at least for one of these."""

    def some(values: list[Any]) -> frozenset[Any]:
        return frozenset(draw(st.sets(st.sampled_from(values), min_size=1, max_size=2))) if values else frozenset()

    def ids(*classes: type[Any]) -> list[int]:
        return [one.id for cls in classes for one in view.all(cls)]

    kinds: dict[str, list[Any]] = {
        "codes": ids(Code),
        "observers": ids(Person),
        "standings": list(Standing)[:2],
        "coders": ids(Person),
        "sources": ids(Source),
        "events": ids(Event),
        "sessions": ids(Session),
        "phases": list(Phase),
        "concerns": ids(Person, ConstituentGroup),
        "groups": ids(ConstituentGroup),
        "participants": ids(Person),
        "attributes": [
            AttributeAsked(of, one.id, value)
            for one in view.all(Attribute)
            for of in CaseOf
            for value in ("not known", *VALUES[one.type])
        ],
        "actors": ids(Person, ConstituentGroup),
        "stances": list(STANCES),
        "terms": ids(Term),
        "layers": [LayerName.REFLECTION, LayerName.ASIDE, LayerName.COMMENTARY],
        "kinds": [SourceKind.FIELDNOTE, SourceKind.JOTTINGS],
    }
    used = set(draw(st.lists(st.sampled_from(sorted(kinds)), max_size=1 if by else 3, unique=True)))
    used |= {draw(st.sampled_from(by))} if by else set()
    return PassageFilter(**{kind: some(kinds[kind]) for kind in sorted(used)})
