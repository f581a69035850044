"""The tables of the project file, made from the records of the domain.

Four sorts of tables: one per record, which the journal follows; the journal's own (operation, digest and the
`before_...` tables), which are only ever added to; what is addressed by its hash (text, original), likewise; and
drafts, which are no part of the study, and of which the journal knows nothing. The migrations hold the schema as it was
at each number; a test compares what they make with what stands here.
"""

import re
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, LargeBinary, MetaData, Table, Text

from polyvocal.domain.drafts import Draft
from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import AnyId
from polyvocal.domain.moments import DivergencePassage, Moment, MomentAnchor
from polyvocal.domain.record import Content, FieldShape, Record, shape_of
from polyvocal.domain.records import (
    RECORDS,
    Addition,
    Coding,
    Concern,
    Layer,
    Memo,
    Picture,
    Stance,
    Stretch,
    TimeMark,
)

R = TypeVar("R", bound=Record)

HEAD = 5
"""The number of the schema that this program reads and writes: the newest migration's."""

APPLICATION_ID = 0x506C7976
"""'Plyv', in the header of every project file."""

METADATA = MetaData()

_SPAN = '0 <= start AND start < "end"'

CHECKS: dict[type, tuple[str, ...]] = {
    Coding: (_SPAN,),
    Stretch: (_SPAN,),
    Layer: (_SPAN,),
    TimeMark: (_SPAN, "(kind = 'none') = (clock IS NULL)", "until IS NULL OR clock IS NOT NULL"),
    Addition: (_SPAN,),
    MomentAnchor: (_SPAN,),
    DivergencePassage: (_SPAN,),
    Moment: ("ends IS NULL OR starts IS NOT NULL",),
    Picture: ("0 <= at",),
    Memo: ('(version IS NULL) = (start IS NULL) AND (version IS NULL) = ("end" IS NULL)',),
    Draft: ("(version IS NULL) = (source IS NULL) AND (version IS NULL) = (text_hash IS NULL)",),
    Concern: ("(constituent_group IS NULL) <> (person IS NULL)",),
    Stance: (
        "(actor_group IS NULL) <> (actor_person IS NULL)",
        "toward_group IS NULL OR toward_person IS NULL",
    ),
}


def kind_of(cls: type) -> str:
    """The name of a record's table: SourceVersion lives in source_version."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


RECORD_OF_KIND: dict[str, type] = {kind_of(cls): cls for cls in RECORDS}
"""By the name of the table, parents before children."""


def _column(field: FieldShape) -> Column[Any]:
    if field.name == "id":
        return Column("id", Integer, primary_key=True)
    if hasattr(field.type, "__supertype__"):
        if field.type is AnyId:
            return Column(field.name, Integer, nullable=field.nullable)
        target = field.type.__name__.removesuffix("Id")
        kind = next(kind for kind, cls in RECORD_OF_KIND.items() if cls.__name__ == target)
        return Column(field.name, Integer, ForeignKey(f"{kind}.id"), nullable=field.nullable, index=True)
    sort = Integer if issubclass(field.type, int) else Text
    return Column(field.name, sort, nullable=field.nullable, index=field.name == "text_hash")


def _checks(cls: type) -> list[CheckConstraint]:
    checks = list(CHECKS.get(cls, ()))
    for field in shape_of(cls):
        if isinstance(field.type, type) and issubclass(field.type, StrEnum):
            checks.append(f"{field.name} IN ({', '.join(repr(member.value) for member in field.type)})")
        elif field.type is bool:
            checks.append(f"{field.name} IN (0, 1)")
    return [CheckConstraint(text) for text in checks]


TABLES: dict[type, Table] = {
    cls: Table(
        kind_of(cls),
        METADATA,
        *(_column(field) for field in shape_of(cls)),
        *_checks(cls),
        sqlite_strict=True,
    )
    for cls in (*RECORDS, Draft)
}

TEXT = Table(
    "text",
    METADATA,
    Column("n", Integer, primary_key=True),
    Column("hash", Text, nullable=False, unique=True),
    Column("body", Text, nullable=False),
    sqlite_strict=True,
)

ORIGINAL = Table(
    "original",
    METADATA,
    Column("n", Integer, primary_key=True),
    Column("hash", Text, nullable=False, unique=True),
    Column("body", LargeBinary, nullable=False),
    sqlite_strict=True,
)

OPERATION = Table(
    "operation",
    METADATA,
    Column("n", Integer, primary_key=True),
    Column("id", Integer, nullable=False, unique=True),
    Column("replica", Integer, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("lamport", Integer, nullable=False),
    Column("person", Integer, nullable=True),
    Column("kind", Text, nullable=False),
    Column("about", Integer, nullable=True, index=True),
    Column("at", Integer, nullable=False),
    Column("schema", Integer, nullable=False),
    Column("last_id", Integer, nullable=False),
    Column("tally", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
    sqlite_strict=True,
)

DIGEST = Table(
    "digest",
    METADATA,
    Column("op", Integer, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("first_id", Integer, primary_key=True),
    Column("last_id", Integer, nullable=False),
    Column("salt", LargeBinary, nullable=True),
    Column("digest", LargeBinary, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

OPEN_OPERATION = Table(
    "open_operation",
    METADATA,
    Column("n", Integer, primary_key=True),
    Column("first_id", Integer, nullable=False),
    Column("limit_id", Integer, nullable=False),
    sqlite_strict=True,
)

INSERT_ONLY = ("text", "original", "operation", "digest")


@cache
def columns_of(cls: type) -> tuple[str, ...]:
    """The columns of a record's table, in order; the id is the first."""
    return tuple(field.name for field in shape_of(cls))


def words_of(cls: type) -> tuple[str, ...]:
    """The columns that hold people's words."""
    return tuple(field.name for field in shape_of(cls) if field.content is Content.WORDS)


@cache
def _converters(cls: type) -> tuple[tuple[int, type], ...]:
    return tuple(
        (place, field.type)
        for place, field in enumerate(shape_of(cls))
        if isinstance(field.type, type) and (issubclass(field.type, StrEnum) or field.type is bool)
    )


def from_row(cls: type[R], row: Any) -> R:
    """A record from a row that holds all its columns in order. UserError where a word of it is none that there is."""
    values = list(row)
    for place, convert in _converters(cls):
        if values[place] is not None:
            try:
                values[place] = convert(values[place])
            except ValueError:
                raise UserError(f"{kind_of(cls)} {values[0]} is damaged: run `polyvocal check`") from None
    return cls(**dict(zip(columns_of(cls), values, strict=True)))


@cache
def to_row(cls: type) -> Any:
    """A function that gives a record's values in the order of its columns."""
    return attrgetter(*columns_of(cls))
