"""All that is said of a source, for the dialog in which it is corrected."""

from dataclasses import dataclass
from typing import NamedTuple

from polyvocal.domain.ids import SourceId
from polyvocal.domain.records import (
    Attribute,
    Authorship,
    Event,
    ImportNote,
    Occasion,
    Person,
    Session,
    Source,
    SourceVersion,
)
from polyvocal.domain.versions import current
from polyvocal.domain.words import Fate, Phase
from polyvocal.services.queries.attributes import Case, distinct_values, named_cases, read_sheet
from polyvocal.store.view import View


class Author(NamedTuple):
    """Who wrote it, and where in the room."""

    name: str
    position: str | None


class OccasionNamed(NamedTuple):
    """An occasion in names."""

    event: str
    session: str | None
    phase: Phase | None


class Asked(NamedTuple):
    """An attribute, its value for this source ("" where that is not known), and the values that it has elsewhere."""

    attribute: Attribute
    value: str
    offered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceDescribed:
    """A source with its current version, its ties in names, its values, and what its import told.

    `written_from` are the titles of the jottings from which it was written; `notes` what jottings may be written up in,
    and `note` the one of them that these were.
    """

    source: Source
    version: SourceVersion
    versions: int
    authors: tuple[Author, ...]
    occasions: tuple[OccasionNamed, ...]
    note: str | None
    notes: tuple[Case, ...]
    written_from: tuple[str, ...]
    attributes: tuple[Asked, ...]
    told: tuple[ImportNote, ...]


def source_described(view: View, identity: SourceId) -> SourceDescribed | None:
    """Read all that is said of a source; None where it is gone."""
    source = view.get(Source, identity)
    if source is None:
        return None
    versions = view.find(SourceVersion, source=identity)
    sheet = read_sheet(view, "source")
    kinds = {one.id: one.kind for one in view.all(Source)}
    cases = named_cases(view, Source)
    fates = list(Fate)
    return SourceDescribed(
        source,
        current(versions),
        len(versions),
        tuple(  # in the order of names: ids tell none, since copies of a file make them side by side
            sorted(
                (
                    Author(view.need(Person, one.person).name, one.position)
                    for one in view.find(Authorship, source=identity)
                ),
                key=lambda one: (one.name, one.position or ""),
            )
        ),
        tuple(
            sorted(
                (
                    OccasionNamed(
                        view.need(Event, one.event).title,
                        view.need(Session, one.session).title if one.session is not None else None,
                        one.phase,
                    )
                    for one in view.find(Occasion, source=identity)
                ),
                key=lambda one: (one.event, one.session or "", one.phase or ""),
            )
        ),
        next((case.name for case in cases if case.id == source.note), None),
        tuple(case for case in cases if kinds[SourceId(case.id)] != "jottings" and case.id != identity),
        tuple(one.title for one in view.find(Source, note=identity)),
        tuple(
            Asked(
                one,
                sheet.values.get((identity, one.id), ""),
                tuple(answer.value for answer in distinct_values(view, one.id)),
            )
            for one in sheet.attributes
            if one.id not in sheet.elsewhere
        ),
        tuple(sorted(view.find(ImportNote, source=identity), key=lambda one: fates.index(one.fate))),
    )
