"""Where observers say that they stand: dated statements, kept with the person whose they are."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import PersonId, PositionalityId
from polyvocal.domain.records import Person, Positionality
from polyvocal.domain.text import clean_text
from polyvocal.domain.words import RoleName, Standing
from polyvocal.services.commands.corrections import set_fields
from polyvocal.services.commands.people import make_person
from polyvocal.services.commands.setting import checked_time
from polyvocal.services.references import kind_named, resolve
from polyvocal.store.file import ProjectFile
from polyvocal.store.unit import Unit


class StatementDraft(NamedTuple):
    """A statement as it is to be: a new one, or, with an id, how one that is there is to be."""

    dated: str
    statement: str
    id: PositionalityId | None = None


def enter_person(
    file: ProjectFile,
    *,
    name: str,
    roles: tuple[RoleName, ...] = (),
    standing: Standing | None = None,
    description: str | None = None,
    groups: tuple[str, ...] = (),
    statements: Sequence[StatementDraft] = (),
) -> ChangeSet:
    """Enter a person, as `add_person` does, together with statements of positionality."""

    def work(unit: Unit) -> None:
        person = make_person(unit, name=name, roles=roles, standing=standing, description=description, groups=groups)
        _set_statements(unit, person.id, statements, ())

    return file.write("add person", work)


def correct_person(
    file: ProjectFile,
    reference: str,
    fields: Mapping[str, str],
    *,
    statements: Sequence[StatementDraft] = (),
    dropped: Collection[PositionalityId] = (),
) -> ChangeSet:
    """Change fields of a person, as `change` does, and statements of positionality, as one operation.

    Statements with an id are changed, those without are added, `dropped` ones removed; the person's other ones stay.
    Raises UserError for a statement without a date or without words.
    """

    def work(unit: Unit) -> None:
        kind = kind_named("person")
        person: Person = resolve(unit, kind, reference)
        set_fields(unit, kind, str(person.id), fields)
        _set_statements(unit, person.id, statements, dropped)

    return file.write("change person", work)


def _set_statements(
    unit: Unit, person: PersonId, drafts: Sequence[StatementDraft], dropped: Collection[PositionalityId]
) -> None:
    there = {one.id: one for one in unit.find(Positionality, person=person)}
    unit.remove(*(there[one] for one in dropped if one in there))
    for draft in drafts:
        dated, statement = checked_time(draft.dated, "the date of the statement"), clean_text(draft.statement)
        if statement is None:
            raise UserError("a statement of positionality is empty: write it, or take it away")
        if dated is None:
            raise UserError("a statement of positionality has no date: say when the observer made it")
        if draft.id is None:
            unit.add(Positionality(id=unit.new_id(), person=person, dated=dated, statement=statement))
        elif draft.id in there:
            unit.change(there[draft.id], dated=dated, statement=statement)
        else:
            raise UserError("a statement of positionality was removed meanwhile: close the form, and open it again")
