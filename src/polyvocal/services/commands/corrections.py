"""Changing what is there, whatever it is."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial
from typing import Any

from polyvocal.domain.attributes import canonical_value
from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.codetree import with_descendants
from polyvocal.domain.comparisons import Comparison, Snapshot
from polyvocal.domain.errors import UserError
from polyvocal.domain.moments import Divergence, Moment
from polyvocal.domain.record import Content, Record, shape_of
from polyvocal.domain.records import (
    Attribute,
    AttributeValue,
    Authorship,
    Code,
    ConstituentGroup,
    Event,
    Person,
    Reading,
    Series,
    Session,
    Source,
    Stance,
    Term,
    TimeMark,
)
from polyvocal.domain.text import clean_name, clean_text, shown
from polyvocal.domain.words import SourceKind, StanceName
from polyvocal.services.commands.attributes import refuse_unit, retype
from polyvocal.services.commands.codebook import checked_colour
from polyvocal.services.commands.correcting import checked_day
from polyvocal.services.commands.divergences import settled_by
from polyvocal.services.commands.ends import ENDS, Ended, set_ends
from polyvocal.services.commands.moments import refuse_nothing
from polyvocal.services.commands.relations import relations_of, set_relations
from polyvocal.services.commands.setting import checked_time, checked_zone, refuse_backwards
from polyvocal.services.commands.time_marks import said_by
from polyvocal.services.references import Kind, kind_named, kind_of_record, named, resolve, with_article
from polyvocal.store.file import ProjectFile
from polyvocal.store.unit import Unit

_HOMES: dict[type, str | None] = {
    Code: "parent",
    Session: "event",
    **dict.fromkeys((Person, ConstituentGroup, Series, Event, Term, Attribute, Comparison)),
}
"""Whose names are borne once only, and within what."""

_SPANS: dict[type, tuple[str, str]] = {
    Event: ("starts", "ends"),
    Session: ("starts", "ends"),
    Source: ("observed_from", "observed_to"),
}

_TIMES = {name for span in _SPANS.values() for name in span} | {"written_at"}


def change(file: ProjectFile, kind_word: str, reference: str, fields: Mapping[str, str]) -> ChangeSet:
    """Set fields of a thing to what the words say; an empty word empties the field.

    Raises UserError for a field that it does not have or that is not changed by hand, and for a value it cannot hold.
    """
    kind = kind_named(kind_word)
    return file.write(f"change {kind.singular}", lambda unit: set_fields(unit, kind, reference, fields))


def set_fields(unit: Unit, kind: Kind, reference: str, fields: Mapping[str, str]) -> None:
    """Set fields of a thing within an operation that is open, as `change` does."""
    thing = resolve(unit, kind, reference)
    ties = {name: word for name, word in fields.items() if name in relations_of(type(thing))}
    ends = {name: word for name, word in fields.items() if name in ENDS and isinstance(thing, Ended)}
    own = {name: word for name, word in fields.items() if name not in ties.keys() | ends.keys()}
    if ends and ties.keys() & {"event", "layer"}:  # what it may not overlap is another before and after
        raise UserError(f"move the {kind.singular} and say what it is in two steps: first the one, then the other")
    values = {name: _value(unit, thing, name, word) for name, word in own.items()}
    _refuse_taken(unit, kind, thing, values)
    if type(thing) in _SPANS:
        first, last = (values.get(name, getattr(thing, name)) for name in _SPANS[type(thing)])
        refuse_backwards(first, last, kind.singular)
    if isinstance(thing, Source):
        _refuse_unlikely(unit, thing, values)
    if isinstance(thing, TimeMark):
        values = said_by(thing, values)
    if isinstance(thing, Divergence):
        values = settled_by(unit, thing, values)
    if isinstance(thing, Attribute):
        kind_of_values = values.get("type", thing.type)
        refuse_unit(kind_of_values, values.get("unit", thing.unit))
        if kind_of_values is not thing.type:
            retype(unit, thing, kind_of_values)
    if values.get("parent", getattr(thing, "parent", None)) != getattr(thing, "parent", None):
        siblings = [code.position for code in unit.find(Code, parent=values["parent"])]
        values["position"] = max(siblings, default=-1) + 1
    if ends:
        thing = set_ends(unit, thing, ends)
    set_relations(unit, unit.change(thing, **values), ties)
    if isinstance(thing, Moment):
        refuse_nothing(unit.need(Moment, thing.id))


def _refuse_taken(unit: Unit, kind: Kind, thing: Any, values: Mapping[str, Any]) -> None:
    """Raise UserError if something beside the thing bears the name that it would have where it would be."""
    home = _HOMES.get(type(thing))
    if type(thing) not in _HOMES or not values.keys() & {kind.name, home}:
        return
    name = str(values.get(str(kind.name), getattr(thing, str(kind.name))))
    near = {home: values.get(home, getattr(thing, home))} if home else {}
    beside = [one for one in unit.find(type(thing), **near) if one.id != thing.id]
    if named(beside, name, lambda one: getattr(one, str(kind.name))):
        raise UserError(f"there is {with_article(kind)} called {shown(name)} there already: choose another name")


def _refuse_unlikely(unit: Unit, source: Source, values: Mapping[str, Any]) -> None:
    if values.get("note") == source.id:
        raise UserError(f"{shown(source.title)} was not written from itself: name the note that was written from it")
    if values.get("note") is not None and unit.need(Source, values["note"]).kind is SourceKind.JOTTINGS:
        raise UserError("jottings are written up in a note, not in other jottings: name the note")
    if values.get("kind") is SourceKind.FIELDNOTE and not unit.count(Authorship, source=source.id):
        raise UserError(f"a fieldnote has an observer, and {shown(source.title)} has none: set observer=NAME first")


def changeable(cls: type) -> tuple[str, ...]:
    """The fields of a record that a person may set to other words."""
    if cls in (Reading, Snapshot):  # the one is set by saying anew how far somebody has read, the other taken anew
        return ()
    ends = ENDS if issubclass(cls, Ended) else ()
    return ends + tuple(
        field.name
        for field in shape_of(cls)
        if field.name not in relations_of(cls)
        and (
            (field.content is Content.WORDS and field.name != "file_name")
            or field.name
            in _TIMES | {"zone", "colour", "retired", "parent", "scheduled", "note", "clock", "until", "day", "dated"}
            or (isinstance(field.type, type) and issubclass(field.type, StrEnum))
        )
    )


def _value(unit: Unit, thing: Record, name: str, word: str) -> Any:
    """What a word means as the value of a field."""
    cls = type(thing)
    called = kind_of_record(cls).singular
    if name not in changeable(cls):
        known = ", ".join((*changeable(cls), *relations_of(cls))) or "nothing: remove it, and add it anew"
        raise UserError(f"of {with_article(kind_of_record(cls))} there is no {shown(name)} to set, but {known}")
    field = next(field for field in shape_of(cls) if field.name == name)
    if not word.strip() and field.nullable:
        return None
    if name in _READERS:
        return _READERS[name](unit, thing, word)
    vocabulary = StanceName if (cls, name) == (Stance, "stance") else field.type
    if vocabulary is bool:
        return _among({"yes": True, "no": False}, name, word)
    if issubclass(vocabulary, StrEnum):
        return _among({one.value: one for one in vocabulary}, name, word)
    text = clean_name(word, called) if name in ("name", "title") else clean_text(word)
    if text is None:
        raise UserError(f"the {name} of a {called} cannot be empty: say what it is to be, or remove the {called}")
    return text


def _parent(unit: Unit, thing: Record, word: str) -> int:
    assert isinstance(thing, Code)
    parent: Code = resolve(unit, kind_named("code"), word)
    if parent.id in with_descendants(unit.all(Code), thing.id):
        raise UserError(
            f"a code cannot lie below itself, and {shown(parent.name)} is it or below it: name another parent"
        )
    return parent.id


def _case_value(unit: Unit, thing: Record, word: str) -> str:
    assert isinstance(thing, AttributeValue)
    return canonical_value(unit.need(Attribute, thing.attribute).type, word)


def _time(name: str, _unit: Unit, _thing: Record, word: str) -> str | None:
    return checked_time(word, name.replace("_", " "))


_READERS: dict[str, Callable[[Unit, Record, str], Any]] = {
    "clock": lambda _, __, word: word,
    "until": lambda _, __, word: word,
    "day": lambda _, __, word: word,
    "parent": _parent,
    "value": _case_value,
    "note": lambda unit, _, word: resolve(unit, kind_named("source"), word).id,
    "dated": lambda _, __, word: checked_day(word),
    "zone": lambda _, __, word: checked_zone(word),
    "colour": lambda _, __, word: checked_colour(word),
    **{name: partial(_time, name) for name in _TIMES},
}


def _among(values: Mapping[str, Any], name: str, word: str) -> Any:
    if word not in values:
        raise UserError(f"{name} is {' or '.join(values)}, not {shown(word)}")
    return values[word]
