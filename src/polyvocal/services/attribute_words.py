"""From the words by which a person names an attribute to the attribute, and to the case of which it is read."""

from polyvocal.domain.attributes import canonical_value
from polyvocal.domain.errors import UserError
from polyvocal.domain.passages import NO_VALUE, AttributeAsked, CaseOf
from polyvocal.domain.records import Attribute, AttributeValue
from polyvocal.domain.text import shown
from polyvocal.services.queries.cases import RECORD_OF_CASE
from polyvocal.services.references import folded, kind_named, near_names, resolve
from polyvocal.store.schema import kind_of
from polyvocal.store.view import View

MARK, EQUALS = "@", "="


def attribute_meant(view: View, words: str) -> tuple[CaseOf, Attribute]:
    """The attribute of a case that "NAME@CASE" means; without a case, where the attribute is known of one kind only.

    Raises UserError for an attribute or a case that there is not, and where several cases may be meant: a person is an
    observer, a coder or a participant.
    """
    name, mark, word = words.rpartition(MARK)
    if not mark or folded(word) not in list(CaseOf):
        attribute = resolve(view, kind_named("attribute"), words)
        return _only_case(view, attribute), attribute
    return CaseOf(folded(word)), resolve(view, kind_named("attribute"), name)


def _only_case(view: View, attribute: Attribute) -> CaseOf:
    kinds = {one.about_kind for one in view.find(AttributeValue, attribute=attribute.id)}
    cases = [case for case, record in RECORD_OF_CASE.items() if kind_of(record) in kinds]
    if len(cases) == 1:
        return cases[0]
    ways = ", ".join(shown(f"{attribute.name}{MARK}{case}") for case in cases or CaseOf)
    known = "of nobody and nothing yet" if not cases else "of " + ", ".join(sorted(kinds))
    raise UserError(f"{shown(attribute.name)} is known {known}: say of which case of a passage it is read ({ways})")


def attribute_asked(view: View, words: str) -> AttributeAsked:
    """What "NAME=VALUE" or "NAME@CASE=VALUE" asks for. UserError also for a value that no case has."""
    name, mark, value = words.partition(EQUALS)
    if not mark:
        raise UserError(f"{shown(words)} asks for no value: say NAME{EQUALS}VALUE, or NAME{MARK}CASE{EQUALS}VALUE")
    case, attribute = attribute_meant(view, name.strip())
    if folded(value) == NO_VALUE:
        return AttributeAsked(case, attribute.id, NO_VALUE)
    wanted = canonical_value(attribute.type, value)
    there = {one.value for one in view.find(AttributeValue, attribute=attribute.id)}
    found = wanted if wanted in there else {folded(one): one for one in there}.get(folded(wanted))
    if found is None:
        raise UserError(f"nothing has the value {shown(wanted)} of {shown(attribute.name)}{near_names(wanted, there)}")
    return AttributeAsked(case, attribute.id, found)
