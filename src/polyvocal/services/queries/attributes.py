"""The sheet of cases by attributes, and what is known of one case."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from polyvocal.domain.attributes import sort_key
from polyvocal.domain.ids import AttributeId
from polyvocal.domain.records import CASES, Attribute, AttributeValue, Event, Session
from polyvocal.services.commands.attributes import case_kind
from polyvocal.services.references import folded, kind_of_record
from polyvocal.store.schema import kind_of
from polyvocal.store.view import View

PATH_MARK = " / "
"""Between an event and its session, where the session's title alone would not tell which is meant."""


class Case(NamedTuple):
    """A case: what it is called, and a name that only it bears among its kind.

    The two differ where several are called alike: then a session has its event before it ("Day one / Plenary"), and
    where that does not tell, or of another kind, the id stands behind.
    """

    id: int
    name: str
    called: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cases of one kind in the order of their names, the attributes in the order of theirs, and what is known.

    `kind` is the kind's plural ("people"). `values` are by case and attribute, in their canonical form. `used` are the
    attributes of which a case of this kind has a value; `elsewhere` those that only cases of other kinds have.
    """

    kind: str
    cases: tuple[Case, ...]
    attributes: tuple[Attribute, ...]
    values: dict[tuple[int, int], str]
    used: frozenset[AttributeId]
    elsewhere: frozenset[AttributeId]


def read_sheet(view: View, kind_word: str) -> Sheet:
    """All that is known of the cases of a kind. UserError for what cannot be a case."""
    kind = case_kind(kind_word)
    of_kind = view.find(AttributeValue, about_kind=kind_of(kind.record))
    used = frozenset(one.attribute for one in of_kind)
    return Sheet(
        kind.plural,
        named_cases(view, kind.record),
        _attributes(view),
        {(int(one.about), int(one.attribute)): one.value for one in of_kind},
        used,
        frozenset(one.attribute for one in view.all(AttributeValue)) - used,
    )


def named_cases(view: View, record: type[Any]) -> tuple[Case, ...]:
    """The cases of a kind in the order of their names."""
    field = str(kind_of_record(record).name)
    cases = [Case(one.id, getattr(one, field), getattr(one, field)) for one in view.all(record)]
    if record is Session:
        events = {one.id: one.title for one in view.all(Event)}
        home = {int(one.id): events[one.event] for one in view.all(Session)}
        cases = _told_apart(cases, lambda case: f"{home[case.id]}{PATH_MARK}{case.called}")
    cases = _told_apart(cases, lambda case: f"{case.name} ({case.id})")
    return tuple(sorted(cases, key=lambda case: (case.name.casefold(), case.id)))


def _told_apart(cases: list[Case], longer: Callable[[Case], str]) -> list[Case]:
    """The cases, those with a longer name whose name is not theirs alone."""
    borne = Counter(folded(case.name) for case in cases)
    return [case._replace(name=longer(case)) if borne[folded(case.name)] > 1 else case for case in cases]


def _attributes(view: View) -> tuple[Attribute, ...]:
    return tuple(sorted(view.all(Attribute), key=lambda one: (one.name.casefold(), one.id)))


class ValueShown(NamedTuple):
    """What is known of one case: an attribute and its value."""

    id: int
    attribute: Attribute
    value: str


def values_of(view: View, case: int) -> tuple[ValueShown, ...]:
    """The values of one case, in the order of the attributes' names."""
    found = {one.attribute: one for one in view.find(AttributeValue, about=case)}
    return tuple(ValueShown(found[one.id].id, one, found[one.id].value) for one in _attributes(view) if one.id in found)


class Answer(NamedTuple):
    """A value that an attribute has, and for how many cases."""

    value: str
    cases: int


def distinct_values(view: View, attribute: AttributeId) -> tuple[Answer, ...]:
    """The values of an attribute in their order (numbers by size), each with the number of its cases."""
    kind = view.need(Attribute, attribute).type
    counts = Counter(one.value for one in view.find(AttributeValue, attribute=attribute))
    return tuple(Answer(value, counts[value]) for value in sorted(counts, key=lambda value: sort_key(kind, value)))


class AttributeRow(NamedTuple):
    """An attribute; of how many cases of which kinds a value is known."""

    id: int
    name: str
    type: str
    unit: str | None
    values: int
    of: tuple[str, ...]


def list_attributes(view: View) -> list[AttributeRow]:
    """Every attribute, in the order of names."""
    counts = Counter((one.attribute, one.about_kind) for one in view.all(AttributeValue))
    rows = []
    for one in _attributes(view):
        kinds = {kind_of_record(cls).plural: counts[one.id, kind_of(cls)] for cls in CASES}
        rows.append(
            AttributeRow(
                one.id,
                one.name,
                one.type,
                one.unit,
                sum(kinds.values()),
                tuple(plural for plural, number in kinds.items() if number),
            )
        )
    return rows


class ValueRow(NamedTuple):
    """A value of an attribute for one case."""

    id: int
    kind: str
    case: str
    about: int
    attribute: str
    value: str
    unit: str | None


def list_values(view: View) -> list[ValueRow]:
    """Every value, by the kind of case, then in the order of names."""
    attributes = {one.id: (at, one) for at, one in enumerate(_attributes(view))}
    found: dict[int, list[AttributeValue]] = {}
    for one in view.all(AttributeValue):
        found.setdefault(one.about, []).append(one)
    rows = []
    for cls in CASES:
        for case in named_cases(view, cls):
            for one in sorted(found.get(case.id, ()), key=lambda one: attributes[one.attribute][0]):
                _, attribute = attributes[one.attribute]
                singular = kind_of_record(cls).singular
                rows.append(ValueRow(one.id, singular, case.name, case.id, attribute.name, one.value, attribute.unit))
    return rows
