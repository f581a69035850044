"""What tables that are imported say of each source in columns that are to be attributes of it."""

from collections.abc import Iterable
from typing import NamedTuple

from polyvocal.domain.attributes import canonical_value, divided_title, proposed_type, title_of
from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import AttributeId, SourceId
from polyvocal.domain.records import Attribute
from polyvocal.domain.text import clean_name, shown
from polyvocal.services.commands.attributes import put_known
from polyvocal.services.commands.incoming import Incoming, Note
from polyvocal.services.references import folded, kind_named
from polyvocal.store.unit import Unit

UNKEPT = "attribute that could not be kept"


class Values(NamedTuple):
    """The values for one source, each in the form of its attribute, and what is to be told of the others."""

    known: dict[AttributeId, str]
    notes: tuple[Note, ...]


class FoundAttributes:
    """The attributes that texts have, within one operation: those that the project knows, and new ones.

    A new one is made at once, of the narrowest type that all its values fit, whichever texts they are of. Raises
    UserError for a column whose name no attribute can have.
    """

    def __init__(self, unit: Unit, incoming: Iterable[Incoming]) -> None:
        self._unit = unit
        columns: dict[str, list[str]] = {}
        for one in incoming:
            for column, said in one.attributes:
                columns.setdefault(column, []).append(said)
        self._by_title: dict[str, Attribute] = {}
        for attribute in unit.all(Attribute) if columns else ():
            self._know(attribute)
        for column, words in columns.items():
            if folded(column) not in self._by_title:
                self._know(self._made(column, words))
        self._wanted: dict[tuple[int, int], str | None] = {}

    def _know(self, attribute: Attribute) -> None:
        for title in (title_of(attribute), attribute.name):
            self._by_title.setdefault(folded(title), attribute)

    def _made(self, column: str, words: Iterable[str]) -> Attribute:
        kind = proposed_type(words)
        name, counts = divided_title(column, kind)
        if folded(name) in self._by_title:
            name, counts = column, None
        try:
            called = clean_name(name, "attribute")
        except UserError as fault:
            raise UserError(f"the column {shown(column)} cannot be an attribute of sources: {fault}") from None
        attribute = Attribute(id=self._unit.new_id(), name=called, type=kind, unit=counts)
        self._unit.add(attribute)
        return attribute

    def of(self, one: Incoming) -> Values:
        """What a text says; what does not fit the type of an attribute, or is said otherwise before, is told."""
        known: dict[AttributeId, str] = {}
        unkept = []
        for column, words in one.attributes:
            attribute = self._by_title[folded(column)]
            try:
                value = canonical_value(attribute.type, words)
            except UserError as fault:
                unkept.append(f"{attribute.name}: {fault}")
                continue
            if known.setdefault(attribute.id, value) != value:
                unkept.append(f"{attribute.name}: {shown(value)}, but a column before it says otherwise")
        return Values(known, (Note(UNKEPT, len(unkept), "; ".join(unkept)),) if unkept else ())

    def want(self, source: SourceId, values: Values) -> None:
        """Have the values of a source written with those of the others."""
        self._wanted |= {(source, attribute): value for attribute, value in values.known.items()}

    def write(self) -> None:
        """Write them. The sources must be there."""
        put_known(self._unit, kind_named("source"), self._wanted)
