"""What is found about a file: values, each with where it stood, and doubts, each a sentence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from polyvocal.domain.words import Phase, SourceKind, Standing
from polyvocal.services.commands.incoming import About

Values = tuple[str, ...]
"""Of most fields there is one; of observers and of who was present there may be several."""


class Field(StrEnum):
    """What can be said of a file. The names are those of `About`, but for the title."""

    TITLE = "title"
    KIND = "kind"
    OBSERVERS = "observers"
    STANDING = "standing"
    POSITION = "position"
    EVENT = "event"
    SESSION = "session"
    PHASE = "phase"
    OBSERVED_FROM = "observed_from"
    OBSERVED_TO = "observed_to"
    WRITTEN_AT = "written_at"
    NOTE = "note"
    PRESENT = "present"


class Origin(StrEnum):
    """Where it stood, the most trusted first."""

    COLUMN = "column of the table"
    FRONT_MATTER = "front matter"
    HEAD = "head of the text"
    FILE_NAME = "file name"
    FOLDER = "folder name"
    PROPERTIES = "document properties"


class Said(NamedTuple):
    """The values of a field, and where they stood (an `Origin`, or how it was derived)."""

    values: Values
    origin: str


class Doubt(NamedTuple):
    """What could not be decided, of which field, and, where they are known, the values that it could have."""

    field: Field
    sentence: str
    readings: Values = ()


@dataclass(frozen=True, slots=True)
class Found:
    """All that is found about one file."""

    said: Mapping[Field, Said] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()

    @property
    def values(self) -> dict[Field, Values]:
        """The values alone."""
        return {name: said.values for name, said in self.said.items()}


def about_of(values: Mapping[Field, Values]) -> About:
    """What is said of a source, from values that are known to be good ones."""

    def one(name: Field) -> str | None:
        return next(iter(values.get(name, ())), None)

    kind, standing, phase = one(Field.KIND), one(Field.STANDING), one(Field.PHASE)
    return About(
        kind=SourceKind(kind) if kind else SourceKind.FIELDNOTE,
        observers=values.get(Field.OBSERVERS, ()),
        standing=Standing(standing) if standing else None,
        position=one(Field.POSITION),
        event=one(Field.EVENT),
        session=one(Field.SESSION),
        phase=Phase(phase) if phase else None,
        note=one(Field.NOTE),
        written_at=one(Field.WRITTEN_AT),
        observed_from=one(Field.OBSERVED_FROM),
        observed_to=one(Field.OBSERVED_TO),
        present=values.get(Field.PRESENT),
    )


class Key(StrEnum):
    """What a label in a file is about: a field, or something of which one or two fields are made."""

    TITLE = "title"
    KIND = "kind"
    OBSERVER = "observer"
    STANDING = "standing"
    POSITION = "position"
    EVENT = "event"
    SESSION = "session"
    PHASE = "phase"
    DATE = "date"
    TIME = "time"
    OBSERVED_FROM = "observed from"
    OBSERVED_TO = "observed to"
    WRITTEN_AT = "written at"
    NOTE = "note"
    PRESENT = "present"


class Claim(NamedTuple):
    """Words that stood in a place where they say something of the file."""

    key: Key
    words: str
    origin: Origin


def claims_of(claims: Iterable[Claim], key: Key) -> list[Claim]:
    """Those about a key, the most trusted first."""
    order = list(Origin)
    return sorted((one for one in claims if one.key is key), key=lambda one: order.index(one.origin))
