"""Changing a code with the reason why, putting it elsewhere in the tree, taking it out of use and back."""

from collections.abc import Mapping

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.codetree import sibling_order, with_descendants
from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import AnyId, CodeId, PersonId
from polyvocal.domain.records import Code, Memo
from polyvocal.domain.text import clean_text, shown
from polyvocal.domain.words import WHY_CHANGED, MemoKind
from polyvocal.services.commands.corrections import set_fields
from polyvocal.services.references import kind_named, named, resolve
from polyvocal.store.file import ProjectFile
from polyvocal.store.schema import kind_of
from polyvocal.store.unit import Unit, now


def change_code(
    file: ProjectFile, reference: str, fields: Mapping[str, str], *, reason: str | None = None
) -> ChangeSet:
    """Set fields of a code to what the words say, and keep why: a memo about the code that its history quotes.

    Raises UserError as `change` does.
    """

    def work(unit: Unit) -> None:
        code = code_meant(unit, reference)
        set_fields(unit, kind_named("code"), str(code.id), fields)
        if reason and unit.need(Code, code.id) != code:
            note_why(unit, code.id, reason)

    return file.write("change code", work)


def explain_change(file: ProjectFile, reference: str, reason: str) -> ChangeSet:
    """Say why a code was changed last. UserError for no such code, or no words."""

    def work(unit: Unit) -> None:
        code = code_meant(unit, reference)
        if not reason.strip():
            raise UserError(f"write why {shown(code.name)} was changed")
        note_why(unit, code.id, reason)

    return file.write("say why", work)


def retire_code(file: ProjectFile, reference: str, *, reason: str | None = None) -> ChangeSet:
    """Take a code out of use: it is kept with all that was coded so, but not offered any more.

    Those below it stay in use. Raises UserError where it is retired already.
    """
    return file.write("retire code", lambda unit: _use(unit, reference, retired=True, reason=reason))


def bring_back_code(file: ProjectFile, reference: str, *, reason: str | None = None) -> ChangeSet:
    """Take a retired code back into use. UserError where it is in use."""
    return file.write("bring back code", lambda unit: _use(unit, reference, retired=False, reason=reason))


def _use(unit: Unit, reference: str, *, retired: bool, reason: str | None) -> None:
    code = code_meant(unit, reference)
    if code.retired is retired:
        raise UserError(f"{shown(code.name)} is {'retired already' if retired else 'in use'}: nothing was changed")
    unit.change(code, retired=retired)
    note_why(unit, code.id, reason)


def move_code(
    file: ProjectFile, reference: str, *, below: str | None = None, before: str | None = None, after: str | None = None
) -> ChangeSet:
    """Put a code with all below it elsewhere: before or after another one, or last below it; else last at the top.

    Raises UserError where that is within the code itself, and where a code of its name is there already.
    """

    def work(unit: Unit) -> None:
        code = code_meant(unit, reference)
        if beside := before if before is not None else after:
            other = code_meant(unit, beside)
            place_code(unit, code, other.parent, beside=other, after=before is None)
        else:
            place_code(unit, code, code_meant(unit, below).id if below is not None else None)

    return file.write("move code", work)


def place_code(
    unit: Unit, code: Code, parent: CodeId | None, *, beside: Code | None = None, after: bool = True
) -> Code:
    """Put a code below a parent, beside one of those there or last, within an operation that is open."""
    if parent in with_descendants(unit.all(Code), code.id):
        raise UserError(
            f"{shown(code.name)} cannot lie below itself, or below what lies below it: choose a place outside it"
        )
    siblings = [one for one in sorted(unit.find(Code, parent=parent), key=sibling_order) if one.id != code.id]
    if taken := named(siblings, code.name, lambda one: one.name):
        raise UserError(
            f"there is a code called {shown(code.name)} there already ({taken[0].id}): "
            "rename one of them, or merge them"
        )
    at = len(siblings)
    if beside is not None and beside.id != code.id:
        at = [one.id for one in siblings].index(beside.id) + after
    elif beside is not None:
        return code
    siblings.insert(at, unit.change(code, parent=parent))
    placed = code
    for position, one in enumerate(siblings):
        changed = unit.change(one, position=position)
        placed = changed if one.id == code.id else placed
    return placed


def code_meant(unit: Unit, reference: str) -> Code:
    """The code that a reference means. UserError if there is none, or several."""
    code: Code = resolve(unit, kind_named("code"), reference)
    return code


def note_why(unit: Unit, code: CodeId, reason: str | None) -> None:
    """Keep why a code was changed, if that is said."""
    if text := clean_text(reason):
        note_code(unit, code, WHY_CHANGED, text)


def note_code(unit: Unit, code: CodeId, title: str, text: str) -> None:
    """Write a memo about a code, by the person who does the operation."""
    unit.add(
        Memo(
            id=unit.new_id(),
            kind=MemoKind.CODE,
            title=title,
            text=text,
            author=PersonId(unit.person) if unit.person is not None else None,
            about=AnyId(code),
            about_kind=kind_of(Code),
            created_at=now(),
        )
    )
