"""Changing and removing what is there, whatever it is."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.codetree import with_descendants
from polyvocal.domain.errors import UserError
from polyvocal.domain.record import Content, Record, shape_of
from polyvocal.domain.records import (
    Authorship,
    Code,
    Coding,
    Concern,
    ConstituentGroup,
    ImportNote,
    Membership,
    Memo,
    Nesting,
    Occasion,
    Person,
    Positionality,
    Reading,
    Role,
    Source,
    SourceVersion,
    Stance,
)
from polyvocal.domain.text import clean_name, clean_text, counted
from polyvocal.services.commands.codebook import checked_colour
from polyvocal.services.commands.setting import checked_time, checked_zone
from polyvocal.services.references import kind_named, named, resolve
from polyvocal.store.file import ProjectFile
from polyvocal.store.schema import RECORD_OF_KIND, kind_of
from polyvocal.store.unit import Unit

_OWNED: dict[type, tuple[tuple[type[Any], str], ...]] = {
    Coding: ((Concern, "coding"), (Stance, "coding")),
    Source: (
        (SourceVersion, "source"),
        (Authorship, "source"),
        (Occasion, "source"),
        (ImportNote, "source"),
        (Reading, "source"),
    ),
    Person: ((Role, "person"), (Membership, "person"), (Positionality, "person")),
    ConstituentGroup: ((Membership, "constituent_group"), (Nesting, "inner"), (Nesting, "outer")),
}
"""What is a part of a thing and goes with it. All else that points to it stands in the way."""

_TIMES = {"starts", "ends", "written_at", "observed_from", "observed_to"}


def change(file: ProjectFile, kind_word: str, reference: str, fields: Mapping[str, str]) -> ChangeSet:
    """Set fields of a thing to what the words say; an empty word empties the field.

    Raises UserError for a field that it does not have or that is not changed by hand, and for a value it cannot hold.
    """
    kind = kind_named(kind_word)

    def work(unit: Unit) -> None:
        thing = resolve(unit, kind, reference)
        values = {name: _value(unit, thing, name, word) for name, word in fields.items()}
        if kind.name in values:
            others = [one for one in unit.all(kind.record) if one.id != thing.id]
            siblings = [one for one in others if getattr(one, "parent", None) == getattr(thing, "parent", None)]
            if named(siblings, str(values[kind.name]), lambda one: getattr(one, str(kind.name))):
                raise UserError(f"there is a {kind.singular} called {values[kind.name]!r} already")
        unit.change(thing, **values)

    return file.write(f"change {kind.singular}", work)


def changeable(cls: type) -> tuple[str, ...]:
    """The fields of a record that a person may set to other words."""
    return tuple(
        field.name
        for field in shape_of(cls)
        if field.content is Content.WORDS
        and field.name != "file_name"
        or field.name in _TIMES | {"zone", "colour", "retired", "parent", "scheduled", "note"}
        or (isinstance(field.type, type) and issubclass(field.type, StrEnum))
    )


def _value(unit: Unit, thing: Record, name: str, word: str) -> Any:  # noqa: PLR0911 - one answer a sort of field
    cls = type(thing)
    if name not in changeable(cls):
        raise UserError(
            f"a {kind_of(cls).replace('_', ' ')} has no field {name!r} to set: {', '.join(changeable(cls))}"
        )
    field = next(field for field in shape_of(cls) if field.name == name)
    if not word.strip() and field.nullable:
        return None
    if name == "parent":
        parent = resolve(unit, kind_named("code"), word)
        if parent.id in with_descendants(unit.all(Code), thing.id):  # type: ignore[arg-type]
            raise UserError("a code cannot lie below itself")
        return parent.id
    if name == "note":
        return resolve(unit, kind_named("source"), word).id
    if name in _TIMES:
        return checked_time(word, name.replace("_", " "))
    if name == "zone":
        return checked_zone(word)
    if name == "colour":
        return checked_colour(word)
    if field.type is bool:
        if word not in ("yes", "no"):
            raise UserError(f"{name} is yes or no, not {word!r}")
        return word == "yes"
    if issubclass(field.type, StrEnum):
        if word not in list(field.type):
            raise UserError(f"{name} is one of {', '.join(field.type)}, not {word!r}")
        return field.type(word)
    if name in ("name", "title"):
        return clean_name(word, kind_of(cls).replace("_", " "))
    return clean_text(word) or word


def remove(file: ProjectFile, kind_word: str, reference: str) -> ChangeSet:
    """Remove a thing with its parts (a coding with its stances). It can be undone.

    Raises UserError, naming what they are, where other things depend on it.
    """
    kind = kind_named(kind_word)

    def work(unit: Unit) -> None:
        thing = resolve(unit, kind, reference)
        parts: list[Record] = [
            part for cls, column in _OWNED.get(type(thing), ()) for part in unit.find(cls, **{column: thing.id})
        ]
        _refuse_if_needed(unit, [thing, *parts])
        unit.remove(*reversed(parts), thing)

    return file.write(f"remove {kind.singular}", work)


def _refuse_if_needed(unit: Unit, going: list[Any]) -> None:
    ids = {one.id for one in going}
    needed: dict[str, int] = {}
    for one in going:
        target = type(one).__name__ + "Id"
        for cls in RECORD_OF_KIND.values():
            for field in shape_of(cls):
                if getattr(field.type, "__supertype__", None) and field.type.__name__ == target and field.name != "id":
                    pointing: list[Record] = unit.find(cls, **{field.name: one.id})
                    left = [row for row in pointing if row.id not in ids]
                    if left:
                        needed[kind_of(cls)] = needed.get(kind_of(cls), 0) + len(left)
        memos = unit.count(Memo, about=one.id)
        if memos:
            needed["memo"] = needed.get("memo", 0) + memos
    if needed:
        listed = ", ".join(counted(number, kind) for kind, number in needed.items())
        raise UserError(f"it is still needed by {listed}: remove or change those first")
