"""Removing what is there, whatever it is, with what is a part of it."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.comparisons import Comparison, CounterExample, Snapshot
from polyvocal.domain.errors import UserError
from polyvocal.domain.moments import Divergence, DivergencePassage, Moment, MomentAnchor
from polyvocal.domain.record import Record, shape_of
from polyvocal.domain.records import (
    CASES,
    Addition,
    Attribute,
    AttributeValue,
    Authorship,
    Coding,
    Concern,
    ConstituentGroup,
    ImportNote,
    Layer,
    Membership,
    Memo,
    Nesting,
    Occasion,
    Person,
    Picture,
    Positionality,
    Project,
    Reading,
    Role,
    Source,
    SourceVersion,
    Stance,
    Stretch,
    TimeMark,
)
from polyvocal.domain.text import counted, shown
from polyvocal.services.commands.divergences import refuse_without
from polyvocal.services.references import kind_named, kind_of_record, resolve
from polyvocal.store.blind import HIDDEN
from polyvocal.store.file import ProjectFile
from polyvocal.store.schema import RECORD_OF_KIND, kind_of
from polyvocal.store.unit import Unit
from polyvocal.store.view import View

_OWNED: dict[type, tuple[tuple[type[Any], str], ...]] = {
    Coding: ((Concern, "coding"), (Stance, "coding")),
    SourceVersion: (
        (Stretch, "version"),
        (Layer, "version"),
        (TimeMark, "version"),
        (Addition, "version"),
        (Picture, "version"),
        (MomentAnchor, "version"),
    ),
    Source: (
        (SourceVersion, "source"),
        (Authorship, "source"),
        (Occasion, "source"),
        (ImportNote, "source"),
        (Reading, "source"),
    ),
    Attribute: ((AttributeValue, "attribute"),),
    Moment: ((MomentAnchor, "moment"),),
    Divergence: ((DivergencePassage, "divergence"),),
    Comparison: ((Snapshot, "comparison"), (CounterExample, "comparison")),
    Person: ((Role, "person"), (Membership, "person"), (Positionality, "person")),
    ConstituentGroup: ((Membership, "constituent_group"), (Nesting, "inner"), (Nesting, "outer")),
}
"""What is a part of a thing and goes with it, as its parts do and the values of a case. All else that points to it
stands in the way."""


def remove(file: ProjectFile, kind_word: str, reference: str) -> ChangeSet:
    """Remove a thing with its parts (a coding with its stances). It can be undone.

    Raises UserError, naming what they are, where other things depend on it.
    """
    kind = kind_named(kind_word)

    def work(unit: Unit) -> None:
        if kind.record is Project:
            raise UserError("the project itself is not removed: delete its file, if that is what you want")
        thing = resolve(unit, kind, reference)
        if isinstance(thing, DivergencePassage):
            refuse_without(unit, thing)
        parts = _parts_of(unit, thing)
        _refuse_if_needed(unit, [thing, *parts], blind=file.blind_for is not None)
        unit.remove(*reversed(parts), thing)

    return file.write(f"remove {kind.singular}", work)


def remove_codings(file: ProjectFile, codings: Sequence[str]) -> ChangeSet:
    """Remove codings with their stances and concerns, as one operation. UserError, and nothing done, as `remove`."""
    kind = kind_named("coding")

    def work(unit: Unit) -> None:
        for reference in codings:
            thing = resolve(unit, kind, reference)
            parts = _parts_of(unit, thing)
            _refuse_if_needed(unit, [thing, *parts], blind=file.blind_for is not None)
            unit.remove(*reversed(parts), thing)

    return file.write("remove coding" if len(codings) == 1 else "remove codings", work)


def remove_free(unit: Unit, *things: Record) -> None:
    """Remove things that have no parts, within an operation that is open. UserError where something depends on one."""
    for thing in things:
        _refuse_if_needed(unit, [thing], blind=False)
        unit.remove(thing)


def what_goes_with(view: View, kind_word: str, reference: str) -> dict[str, int]:
    """How many records of which kinds would be removed with a thing. UserError where `remove` would refuse."""
    thing = resolve(view, kind_named(kind_word), reference)
    parts = _parts_of(view, thing)
    _refuse_if_needed(view, [thing, *parts], blind=view.blind_for is not None)
    return dict(Counter(kind_of(type(part)) for part in parts))


def _parts_of(view: View, thing: Record) -> list[Record]:
    """The parts of a thing, and theirs, each before its own."""
    parts: list[Record] = view.find(AttributeValue, about=thing.id) if isinstance(thing, CASES) else []
    if isinstance(thing, Divergence):  # what is written of it is what it says
        parts += view.find(Memo, about=thing.id)
    for cls, column in _OWNED.get(type(thing), ()):
        for part in view.find(cls, **{column: thing.id}):
            parts += [part, *_parts_of(view, part)]
    return parts


def _refuse_if_needed(view: View, going: list[Any], *, blind: bool) -> None:
    ids = {one.id for one in going}
    needed: dict[str, int] = {}
    for one in going:
        target = type(one).__name__ + "Id"
        for cls in RECORD_OF_KIND.values():
            for field in shape_of(cls):
                if getattr(field.type, "__supertype__", None) and field.type.__name__ == target and field.name != "id":
                    pointing: list[Record] = view.find(cls, **{field.name: one.id})
                    left = [row for row in pointing if row.id not in ids]
                    if left:
                        needed[kind_of(cls)] = needed.get(kind_of(cls), 0) + len(left)
        memos = [memo for memo in view.find(Memo, about=one.id) if memo.id not in ids]
        if memos:
            needed["memo"] = needed.get("memo", 0) + len(memos)
    if needed:
        listed = ", ".join(
            f"{kind.replace('_', ' ')}s" if blind and kind in HIDDEN else counted(number, kind)
            for kind, number in needed.items()
        )
        thing, *_ = going
        kind = kind_of_record(type(thing))
        which = shown(getattr(thing, kind.name)) if kind.name and getattr(thing, kind.name) else str(thing.id)
        raise UserError(f"the {kind.singular} {which} is still needed by {listed}: remove or change those first")
