"""What became of a code: who changed which of its fields, from what to what, when and why."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from polyvocal.domain.codetree import path_of
from polyvocal.domain.ids import CodeId
from polyvocal.domain.records import Code, Memo, Person
from polyvocal.domain.words import WHY_CHANGED
from polyvocal.store.history import Found, ids_pointing, standing_of, states_of
from polyvocal.store.unit import UNDO
from polyvocal.store.view import View

FIELDS = ("name", "parent", "kind", "definition", "use_when", "not_when", "example", "colour", "retired")
"""What is told of; not the place among siblings, which also changes as these are moved."""


class FieldChange(NamedTuple):
    """A field that was changed, in words; None where it was empty. `parent` is told as a path, `retired` as yes or no.

    What a code had when it was made was changed from nothing.
    """

    field: str
    before: str | None
    after: str | None


class CodeChange(NamedTuple):
    """One operation that changed a code: when (microseconds since 1970), by whom, of which kind, and what in it.

    `why` is what was said of the reason, then or later. `standing` is as in the history of the project: "stands",
    "undone", or "" for an undo or redo itself.
    """

    operation: int
    at: int
    person: str | None
    kind: str
    standing: str
    changes: tuple[FieldChange, ...]
    why: str | None


def history_of_code(view: View, code: CodeId) -> list[CodeChange]:
    """All that was changed of a code, newest first."""
    people: dict[int | None, str] = {person.id: person.name for person in view.all(Person)}
    codes: dict[int, Code] = {one.id: one for one in view.all(Code)}
    found = [(one, tuple(_changes(one, codes))) for one in states_of(view, Code, code)]
    changed = [(one, changes) for one, changes in found if changes]
    reasons = _reasons(view, code, {one.operation.n for one, _ in changed})
    told = []
    for at, (one, changes) in enumerate(changed):
        until = changed[at + 1][0].operation.n if at + 1 < len(changed) else None
        why = [text for n, text in reasons if one.operation.n <= n and (until is None or n < until)]
        told.append(
            CodeChange(
                operation=one.operation.id,
                at=one.operation.at,
                person=people.get(one.operation.person),
                kind=one.operation.kind,
                standing=standing_of(view, one.operation),
                changes=changes,
                why="\n".join(why) or None,
            )
        )
    return told[::-1]


def _changes(found: Found, codes: dict[int, Code]) -> Iterator[FieldChange]:
    for field in FIELDS:
        before, after = (_said(one, field, codes) if one is not None else None for one in (found.before, found.after))
        if before != after and not (found.before is None and field == "retired" and after == "no"):
            yield FieldChange(field, before, after)


def _said(code: Any, field: str, codes: dict[int, Code]) -> str | None:
    value = getattr(code, field)
    if value is None:
        return None
    if field == "parent":
        return path_of(codes, value) or str(value)
    if field == "retired":
        return "yes" if value else "no"
    return str(value)


def _reasons(view: View, code: CodeId, changes: set[int]) -> list[tuple[int, str]]:
    """What was said of reasons: in which operation, and the words. Those of a change that was undone are still told."""
    told = []
    for memo in ids_pointing(view, Memo, "about", code):
        states = states_of(view, Memo, memo)
        first, last = states[0].operation, states[-1]
        undone = last.after is None and last.operation.kind == UNDO and first.n in changes
        said = last.before if undone else last.after
        if said is not None and said.title == WHY_CHANGED and said.about == code:
            told.append((first.n, said.text))
    return sorted(told)
