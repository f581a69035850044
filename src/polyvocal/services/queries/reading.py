"""A source as it is read: its text, its head, and its codings in the places that they have in the current version."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from polyvocal.domain.editmap import EditMap
from polyvocal.domain.ids import CodeId, CodingId, PersonId, SourceId, SourceVersionId
from polyvocal.domain.passages import CodingsShown, StanceRow
from polyvocal.domain.records import (
    Authorship,
    Code,
    Coding,
    Concern,
    ConstituentGroup,
    Event,
    ImportNote,
    Occasion,
    Person,
    Reading,
    Session,
    Source,
    SourceVersion,
    Stance,
    Term,
)
from polyvocal.domain.spans import Span, touches, union
from polyvocal.domain.structure import Structure
from polyvocal.domain.versions import current, map_between, structure_of
from polyvocal.domain.words import ReadingState
from polyvocal.services.queries.anchored import BESIDE_CODINGS, anchored
from polyvocal.services.queries.beside import Added, additions_here
from polyvocal.services.queries.layers import layer_spans
from polyvocal.store.codings import codings_of
from polyvocal.store.view import View

ALL_CODINGS = CodingsShown()


class PlacedCoding(NamedTuple):
    """A coding where it is in the current version: [start, end) in code points."""

    id: CodingId
    start: int
    end: int
    code: CodeId
    coder: PersonId


@dataclass(frozen=True, slots=True)
class OccasionShown:
    """What a source is about, in names."""

    event: str
    session: str | None
    phase: str | None


@dataclass(frozen=True, slots=True)
class SourceToRead:
    """A source with all that the Read view shows of it at first.

    `codings` are sorted by (start, -end). `gone` counts the passages, of every kind, of which no words are left in the
    current version.
    `reading` is how far the reader has read, in code points.
    """

    source: Source
    version: SourceVersion
    text: str = field(repr=False)
    structure: Structure = field(repr=False)
    observers: tuple[str, ...]
    standing: str | None
    occasions: tuple[OccasionShown, ...]
    codings: tuple[PlacedCoding, ...]
    gone: int
    state: ReadingState
    read_to: int
    note: str | None
    import_notes: tuple[ImportNote, ...]
    additions: tuple[Added, ...] = ()


def source_to_read(
    view: View, identity: SourceId, reader: PersonId | None, shown: CodingsShown = ALL_CODINGS
) -> SourceToRead | None:
    """Read a source with the codings that are to be shown, or None if it is not there any more."""
    source = view.get(Source, identity)
    if source is None:
        return None
    versions = view.find(SourceVersion, source=identity)
    version = current(versions)
    people = [view.need(Person, one.person) for one in view.find(Authorship, source=identity)]
    placed: list[PlacedCoding] = []
    gone, in_order = 0, True
    for one in versions:
        rows = codings_of(view, one.id)
        if not rows:
            continue
        if one.id == version.id:
            placed += [PlacedCoding(coding, start, end, code, coder) for coding, start, end, code, coder, _ in rows]
            continue
        in_order = False
        path = map_between(versions, one.id, version.id)
        for coding, start, end, code, coder, _ in rows:
            place = path.place(Span(start, end))
            if place is None:
                gone += 1
            else:
                placed.append(PlacedCoding(coding, place.start, place.end, code, coder))
    placed = _shown(view, identity, placed, shown)
    if not in_order:
        placed.sort(key=lambda one: (one.start, -one.end, one.id))
    if len(versions) > 1:
        gone += sum(one.place is None for one in anchored(view, identity, BESIDE_CODINGS))
    reading = view.find(Reading, source=identity, coder=reader)[:1] if reader is not None else []
    return SourceToRead(
        source=source,
        version=version,
        text=view.text(version.text_hash),
        structure=structure_of(versions, version),
        observers=tuple(person.name for person in people),
        standing=", ".join(dict.fromkeys(str(person.standing) for person in people if person.standing)) or None,
        occasions=tuple(
            OccasionShown(
                view.need(Event, one.event).title,
                view.need(Session, one.session).title if one.session is not None else None,
                one.phase,
            )
            for one in view.find(Occasion, source=identity)
        ),
        codings=tuple(placed),
        gone=gone,
        state=reading[0].state if reading else ReadingState.UNREAD,
        read_to=reading[0].read_to if reading else 0,
        note=view.need(Source, source.note).title if source.note is not None else None,
        import_notes=tuple(view.find(ImportNote, source=identity)),
        additions=tuple(additions_here(view, identity)),
    )


def _shown(view: View, source: SourceId, placed: list[PlacedCoding], shown: CodingsShown) -> list[PlacedCoding]:
    """Of the codings of a source, those that are to be shown."""
    if shown.all:
        return placed
    layers = union(place[:2] for place in layer_spans(view, source) if place[2] in shown.layers)
    with_stance = {one.coding for one in view.among(Stance, "stance", shown.stances)} if shown.stances else set()
    return [
        one
        for one in placed
        if (shown.codes is None or one.code in shown.codes)
        and (shown.coders is None or one.coder in shown.coders)
        and (not shown.stances or one.id in with_stance)
        and (not shown.layers or touches(layers, one.start, one.end))
    ]


def placed_codings(
    view: View, source: SourceId, identities: Iterable[int], shown: CodingsShown = ALL_CODINGS
) -> dict[int, PlacedCoding]:
    """Of some codings, those on a source that are to be shown and have words left in its current version."""
    codings = view.among(Coding, "id", identities)
    if not codings:
        return {}
    versions = view.find(SourceVersion, source=source)
    newest = current(versions)
    maps: dict[SourceVersionId, EditMap] = {}
    placed = {}
    for one in codings:
        if not any(version.id == one.version for version in versions):
            continue
        path = maps.get(one.version)
        if path is None:
            path = maps[one.version] = map_between(versions, one.version, newest.id)
        place = path.place(Span(one.start, one.end))
        if place is not None:
            placed[int(one.id)] = PlacedCoding(one.id, place.start, place.end, one.code, one.coder)
    return {int(one.id): one for one in _shown(view, source, list(placed.values()), shown)}


class StanceDetail(NamedTuple):
    """A stance on a coding, in names, with its id."""

    id: int
    stance: StanceRow


@dataclass(frozen=True, slots=True)
class CodingDetails:
    """One coding, whole: whose, when, about whom, with which stances."""

    coding: Coding
    code: Code
    coder: str
    concerns: tuple[str, ...]
    stances: tuple[StanceDetail, ...]


def coding_details(view: View, identity: CodingId) -> CodingDetails | None:
    """Read one coding, or None if it is not there any more."""
    coding = view.get(Coding, identity)
    if coding is None:
        return None

    def party(group: int | None, person: int | None) -> str:
        return view.need(ConstituentGroup, group).name if group is not None else view.need(Person, person or 0).name

    return CodingDetails(
        coding=coding,
        code=view.need(Code, coding.code),
        coder=view.need(Person, coding.coder).name,
        concerns=tuple(party(one.constituent_group, one.person) for one in view.find(Concern, coding=identity)),
        stances=tuple(
            StanceDetail(
                one.id,
                StanceRow(
                    party(one.actor_group, one.actor_person),
                    one.stance,
                    view.need(Term, one.term).name,
                    party(one.toward_group, one.toward_person)
                    if one.toward_group is not None or one.toward_person is not None
                    else None,
                ),
            )
            for one in view.find(Stance, coding=identity)
        ),
    )
