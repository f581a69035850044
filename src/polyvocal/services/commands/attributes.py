"""Cases and their attributes: people, groups, sources, events and sessions, and what is known of each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from polyvocal.domain.attributes import canonical_value
from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import AnyId, AttributeId
from polyvocal.domain.records import (
    CASES,
    Attribute,
    AttributeValue,
    ConstituentGroup,
    Person,
)
from polyvocal.domain.text import clean_name, clean_text, shown
from polyvocal.domain.words import AttributeType
from polyvocal.services.commands.people import ensure_group, ensure_person, refuse_taken
from polyvocal.services.references import Kind, kind_named, kind_of_record, lookup, resolve
from polyvocal.store.file import ProjectFile
from polyvocal.store.schema import RECORD_OF_KIND, kind_of
from polyvocal.store.unit import Unit

_MAKERS = {
    Person: lambda unit, name: ensure_person(unit, name, None),
    ConstituentGroup: ensure_group,
}
"""The cases that a list of names is enough to make."""

MADE_BY_NAME = tuple(_MAKERS)
"""The kinds of cases that an import can make where it does not know them."""

_LISTED = 20


class Cell(NamedTuple):
    """A value for a case (a reference: an id, or a name that only one bears); None or nothing clears what is known."""

    case: str
    attribute: str
    value: str | None


@dataclass(frozen=True, slots=True)
class AttributeDraft:
    """An attribute that is to be made."""

    name: str
    type: AttributeType
    unit: str | None = None


def case_kind(word: str) -> Kind:
    """The kind of case that a word names. UserError for what cannot be a case."""
    kind = kind_named(word)
    if kind.record not in CASES:
        known = ", ".join(kind_named(word).plural for word in ("person", "group", "source", "event", "session"))
        raise UserError(f"{kind.plural} have no attributes: cases are {known}")
    return kind


def add_attribute(file: ProjectFile, *, name: str, type: AttributeType, unit: str | None = None) -> ChangeSet:  # noqa: A002 - as the record calls it
    """Enter an attribute; `unit` is what its numbers count. Raises UserError where the name is taken."""
    draft = AttributeDraft(name, type, unit)
    return file.write("add attribute", lambda work: _make(work, draft))


def _make(unit: Unit, draft: AttributeDraft) -> None:
    called = clean_name(draft.name, "attribute")
    refuse_taken(lookup(unit, kind_named("attribute"), called), called)
    counts = clean_text(draft.unit)
    refuse_unit(draft.type, counts)
    unit.add(Attribute(id=unit.new_id(), name=called, type=draft.type, unit=counts))


def refuse_unit(kind: AttributeType, counts: str | None) -> None:
    """Raise UserError for a unit of what is not counted."""
    if counts is not None and kind is not AttributeType.NUMBER:
        raise UserError(f"only numbers have a unit, and this is of type {kind}: leave the unit empty")


def retype(unit: Unit, attribute: Attribute, kind: AttributeType) -> None:
    """Bring the values of an attribute to the form of another type, within an operation that changes it.

    Raises UserError, listing them with their cases, where some do not fit.
    """
    values = unit.find(AttributeValue, attribute=attribute.id)
    fitting: list[tuple[AttributeValue, str]] = []
    misfits = []
    for one in values:
        try:
            fitting.append((one, canonical_value(kind, one.value)))
        except UserError:
            misfits.append(f"{shown(name_of_case(unit, one))}: {shown(one.value)}")
    if misfits:
        listed = "; ".join(misfits[:_LISTED])
        more = f"; and {len(misfits) - _LISTED:,} more" if len(misfits) > _LISTED else ""
        raise UserError(
            f"{shown(attribute.name)} cannot become a {kind}, since {len(misfits):,} of its {len(values):,} values do "
            f"not fit: {listed}{more}. Change or clear those first."
        )
    for one, value in fitting:
        unit.change(one, value=value)


def name_of_case(unit: Unit, one: AttributeValue) -> str:
    """How the case of a value is called."""
    record = RECORD_OF_KIND[one.about_kind]
    case: Any = unit.need(record, one.about)
    return str(getattr(case, str(kind_of_record(record).name)))


def set_value(file: ProjectFile, *, kind: str, case: str, attribute: str, value: str | None) -> ChangeSet:
    """Say what an attribute of one case is; None or an empty word: that is not known. Raises as `set_values`."""
    return set_values(file, kind=kind, cells=[Cell(case, attribute, value)])


def set_values(file: ProjectFile, *, kind: str, cells: Sequence[Cell]) -> ChangeSet:
    """Say of several cases of one kind at once what their attributes are, as one operation.

    Raises UserError for a case or an attribute that is not there, and for a value that is none of its type.
    """
    about = case_kind(kind)
    return file.write("set value" if len(cells) == 1 else "set values", lambda unit: put_values(unit, about, cells))


def put_values(unit: Unit, kind: Kind, cells: Iterable[Cell]) -> None:
    """Set values within an operation that is open, as `set_values` does."""
    of_case = _Resolved(unit, kind)
    of_attribute = _Resolved(unit, kind_named("attribute"))
    wanted: dict[tuple[int, int], str | None] = {}
    for cell in cells:
        attribute: Attribute = of_attribute(cell.attribute)
        try:
            value = canonical_value(attribute.type, cell.value) if cell.value and cell.value.strip() else None
        except UserError as fault:
            raise UserError(f"{attribute.name} of {cell.case}: {fault}") from None
        wanted[of_case(cell.case).id, attribute.id] = value
    put_known(unit, kind, wanted)


class _Resolved:
    """References of one kind, each looked up once."""

    def __init__(self, unit: Unit, kind: Kind) -> None:
        self._unit, self._kind = unit, kind
        self._found: dict[str, Any] = {}

    def __call__(self, reference: str) -> Any:
        if reference not in self._found:
            self._found[reference] = resolve(self._unit, self._kind, reference)
        return self._found[reference]


def put_known(unit: Unit, kind: Kind, wanted: Mapping[tuple[int, int], str | None]) -> None:
    """Write values by the ids of their cases and attributes; each has the form of its type, and None clears one."""
    there = {
        (int(one.about), int(one.attribute)): one
        for one in unit.among(AttributeValue, "about", {case for case, _ in wanted})
    }
    fresh = []
    for (case, attribute), value in wanted.items():
        before = there.get((case, attribute))
        if before is not None and value is None:
            unit.remove(before)
        elif before is not None:
            unit.change(before, value=value)
        elif value is not None:
            fresh.append((case, attribute, value))
    unit.add(
        *(
            AttributeValue(
                id=unit.new_id(),
                attribute=AttributeId(attribute),
                about=AnyId(case),
                about_kind=kind_of(kind.record),
                value=value,
            )
            for case, attribute, value in fresh
        )
    )


@dataclass(frozen=True, slots=True)
class ValuesDraft:
    """What a table says of cases of one kind: attributes and cases to be made, and a value for each cell.

    In the cells a case is a reference or the name of one of `new_cases`; an attribute likewise.
    """

    kind: str
    new_attributes: tuple[AttributeDraft, ...] = ()
    new_cases: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()


def import_values(file: ProjectFile, draft: ValuesDraft) -> ChangeSet:
    """Write what a table says, as one operation: all of it, or, where something is wrong, none.

    Raises UserError as `add_attribute` and `set_values`, and for new cases of a kind that a name is not enough to make.
    """
    kind = case_kind(draft.kind)
    maker = _MAKERS.get(kind.record)
    if draft.new_cases and maker is None:
        raise UserError(f"{kind.plural} are not made of their names alone: enter them first")

    def work(unit: Unit) -> None:
        for one in draft.new_attributes:
            _make(unit, one)
        for name in draft.new_cases:
            assert maker is not None
            maker(unit, name)
        put_values(unit, kind, draft.cells)

    return file.write("import values", work)
