"""What is taken in: texts that were read, and what is said of them. Nothing of it is in the project yet.

All spans are half-open, in code points of the text beside which they stand.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from polyvocal.domain.editmap import EditMap
from polyvocal.domain.ids import SourceId
from polyvocal.domain.records import ImportNote
from polyvocal.domain.spans import Span
from polyvocal.domain.structure import Structure, follow
from polyvocal.domain.words import Fate, LayerName, MarkKind, Phase, SourceKind, Standing

if TYPE_CHECKING:  # readers and writers make what comes in without a store
    from polyvocal.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Note:
    """What became of something in a file, and why."""

    what: str
    how_many: int
    detail: str
    fate: Fate = Fate.OTHERWISE


class ToldBy(StrEnum):
    """By what the encoding of a text was told."""

    MARK = "byte-order mark"
    DECLARATION = "declaration in the file"
    VALIDITY = "valid UTF-8"
    STATISTICS = "statistics"
    PERSON = "named for it"


def import_note(unit: "Unit", source: SourceId, note: Note) -> ImportNote:
    """What became of something in a file, as it is kept with the source that came of it."""
    return ImportNote(
        id=unit.new_id(),
        source=source,
        fate=note.fate,
        what=note.what,
        how_many=note.how_many,
        detail=note.detail,
    )


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody wrote in the margin of a file about [start, end); `written_at` is ISO 8601, as the file says it."""

    start: int
    end: int
    text: str = field(repr=False)
    author: str | None = None
    written_at: str | None = None


@dataclass(frozen=True, slots=True)
class FoundPicture:
    """A picture that stood in a file before the code point `at`: its bytes, and what the file says of it."""

    at: int
    content: bytes = field(repr=False)
    media_type: str
    name: str | None = None
    description: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class FoundLayer:
    """A span of which the file says what kind of writing it is."""

    start: int
    end: int
    layer: LayerName


@dataclass(frozen=True, slots=True)
class FoundTime:
    """A span of which the file says what time it is; `clock` and `until` as in a TimeMark of this kind."""

    start: int
    end: int
    kind: MarkKind
    clock: str
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a text and has its place in it."""

    structure: Structure = ()
    comments: tuple[Comment, ...] = ()
    pictures: tuple[FoundPicture, ...] = ()
    layers: tuple[FoundLayer, ...] = ()
    times: tuple[FoundTime, ...] = ()

    def follow(self, edits: EditMap, length: int) -> "Beside":
        """The same beside the newer text, of `length` code points.

        A comment whose passage is gone is about the nearest character that is left: it is somebody's words, too.
        """
        if not edits.stages:
            return self
        return Beside(
            follow(self.structure, edits),
            tuple(_moved(one, _near(edits, one.start, one.end, length)) for one in self.comments),
            tuple(replace(one, at=edits.point(one.at)) for one in self.pictures),
            tuple(_placed(self.layers, edits)),
            tuple(_placed(self.times, edits)),
        )


Spanned = TypeVar("Spanned", Comment, FoundLayer, FoundTime)


def _placed(those: Iterable[Spanned], edits: EditMap) -> Iterator[Spanned]:
    """Those of which something is left."""
    for one in those:
        place = edits.place(Span(one.start, one.end))
        if place is not None:
            yield _moved(one, place)


def _moved(one: Spanned, place: Span) -> Spanned:
    return replace(one, start=place.start, end=place.end)


def _near(edits: EditMap, start: int, end: int, length: int) -> Span:
    place = edits.place(Span(start, end)) if start < end else None
    if place is not None:
        return place
    at = min(edits.point(start), max(length - 1, 0))
    return Span(at, min(at + 1, length))


@dataclass(frozen=True, slots=True)
class Incoming:
    """A text that has been read and is ready to be taken in.

    `text` is normalised; `edits` maps the text as it was read to it. `content` are the bytes of the file, whose
    `encoding` was told by `encoding_by`; both are None where it is no file of text. `properties` are what it says of
    itself ("creator", "created"); `attributes` are columns of a table that are to become such of the source, each with
    its words; `kind` what files of its format usually are, if they usually are one.
    """

    title: str
    text: str = field(repr=False)
    edits: EditMap
    file_name: str | None = None
    content: bytes | None = field(default=None, repr=False)
    encoding: str | None = None
    encoding_by: ToldBy | None = None
    notes: tuple[Note, ...] = ()
    beside: Beside = field(default=Beside(), repr=False)
    row: int | None = None
    properties: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)
    attributes: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    kind: SourceKind | None = None


@dataclass(frozen=True, slots=True)
class About:
    """Who wrote a source, from where in the room, when, and on which occasion; in names.

    `present` are people and groups of whom the source says that they were there; None where it tells of nobody.
    """

    kind: SourceKind = SourceKind.FIELDNOTE
    observers: tuple[str, ...] = ()
    standing: Standing | None = None
    position: str | None = None
    event: str | None = None
    session: str | None = None
    phase: Phase | None = None
    note: str | None = None
    written_at: str | None = None
    observed_from: str | None = None
    observed_to: str | None = None
    present: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Renewal:
    """Said of a text instead of an `About`: it is a newer state of a source that is there, named by id or title."""

    source: str
