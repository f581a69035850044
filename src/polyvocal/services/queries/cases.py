"""What is known of the cases of passages: which of them a filter by attributes means."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from polyvocal.domain.ids import AttributeId
from polyvocal.domain.passages import NO_VALUE, Aspect, CaseOf, PassageFilter
from polyvocal.domain.records import (
    Attribute,
    AttributeValue,
    ConstituentGroup,
    Event,
    Person,
    Session,
    Source,
)
from polyvocal.services.queries.setting import Records

RECORD_OF_CASE: dict[CaseOf, type[Any]] = {
    CaseOf.OBSERVER: Person,
    CaseOf.CODER: Person,
    CaseOf.PARTICIPANT: Person,
    CaseOf.GROUP: ConstituentGroup,
    CaseOf.SOURCE: Source,
    CaseOf.EVENT: Event,
    CaseOf.SESSION: Session,
}
_ASPECTS = {
    CaseOf.OBSERVER: Aspect.OBSERVER,
    CaseOf.CODER: Aspect.CODER,
    CaseOf.PARTICIPANT: Aspect.PARTICIPANT,
    CaseOf.GROUP: Aspect.GROUP,
    CaseOf.SOURCE: Aspect.SOURCE,
    CaseOf.EVENT: Aspect.EVENT,
    CaseOf.SESSION: Aspect.SESSION,
}
NOTHING = frozenset({0})
"""The ids of what there is not: a filter that asks for them means nothing."""


class CaseValues:
    """The attributes of a project, and what is recorded of which case."""

    def __init__(self, records: Records) -> None:
        self.attributes: dict[int, Attribute] = {one.id: one for one in records.all(Attribute)}
        self._values: dict[int, dict[int, str]] = {}
        for one in records.all(AttributeValue):
            self._values.setdefault(one.attribute, {})[one.about] = one.value

    def value(self, attribute: int, case: int) -> str:
        """The value of an attribute for a case; NO_VALUE where none is recorded."""
        return self._values.get(attribute, {}).get(case, NO_VALUE)

    def cases(self, attribute: int) -> Collection[int]:
        """The cases for which a value of an attribute is recorded."""
        return self._values.get(attribute, {}).keys()


def without_attributes(records: Records, chosen: PassageFilter, values: CaseValues | None = None) -> PassageFilter:
    """A filter that means the same passages by the ids of observers, sources ... alone."""
    if not chosen.attributes:
        return chosen
    values = values or CaseValues(records)
    asked: dict[tuple[CaseOf, AttributeId], set[str]] = {}
    for of, attribute, value in chosen.attributes:
        asked.setdefault((of, attribute), set()).add(value)
    for (of, attribute), wanted in asked.items():
        fitting = {one.id for one in records.all(RECORD_OF_CASE[of]) if values.value(attribute, one.id) in wanted}
        before = chosen.of(_ASPECTS[of])
        chosen = chosen.but(_ASPECTS[of], (fitting & before if before else fitting) or NOTHING)
    return replace(chosen, attributes=frozenset())
