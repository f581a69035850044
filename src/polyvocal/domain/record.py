"""How a record of the project is declared.

A record is a frozen dataclass whose first field is `id`. The store makes a table of each from its annotations: the
table and its columns bear the names of the record and its fields, an `XId` points to the record `X`, and `| None`
allows an empty cell. Every text is declared `Words` (somebody wrote it: it is confidential, it is searched, it can be
erased) or `Plain` (the program's own: a hash, a time, a name of a kind); a bare `str` is refused by a test.
"""

from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    ClassVar,
    Protocol,
    TypeVar,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
)


class Content(StrEnum):
    """Whose text a column holds."""

    WORDS = "words"
    PLAIN = "plain"


T = TypeVar("T")

Words = Annotated[str, Content.WORDS]
Plain = Annotated[str, Content.PLAIN]


class Record(Protocol):
    """What every record has."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def id(self) -> int: ...


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(cls: type[T]) -> type[T]:
    """Make a class a record: frozen, without a dictionary, its fields given by name."""
    return dataclass(frozen=True, slots=True, kw_only=True)(cls)


@dataclass(frozen=True, slots=True)
class FieldShape:
    """One field of a record as the store needs it."""

    name: str
    type: Any
    nullable: bool
    content: Content | None


@cache
def shape_of(cls: type) -> tuple[FieldShape, ...]:
    """The fields of a record in order, with optional and confidential parts told apart."""
    hints = get_type_hints(cls, include_extras=True)
    return tuple(_field_shape(field.name, hints[field.name]) for field in fields(cls))


def _field_shape(name: str, hint: Any) -> FieldShape:
    nullable = False
    if get_origin(hint) is UnionType or NoneType in get_args(hint):
        nullable = True
        (hint,) = (part for part in get_args(hint) if part is not NoneType)
    content = None
    if get_origin(hint) is Annotated:
        hint, content = get_args(hint)
    return FieldShape(name, hint, nullable, content)
