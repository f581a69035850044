"""The journal as a list, newest first."""

import json
from collections.abc import Iterator

from polyvocal.store.journal import Operation
from polyvocal.store.reversal import REDO, UNDO, Reversal
from polyvocal.store.schema import HEAD
from polyvocal.store.view import View


def operations_newest_first(view: View) -> Iterator[Operation]:
    """Every operation, the last that this file learnt of first."""
    for row in view.raw.execute("SELECT * FROM operation ORDER BY n DESC"):
        yield Operation(*row)


def standing_of(view: View, operation: Operation) -> str:
    """Whether an operation "stands" or is "undone"; "" for an undo or redo itself."""
    if operation.kind in (UNDO, REDO):
        return ""
    last = Reversal(view.raw).last_about(operation)
    return "stands" if last is None or last.kind == REDO else "undone"


_CASE = "coalesce({})".format(
    ", ".join(
        f"(SELECT p.{name} FROM {kind} AS p WHERE p.id = {{0}}.about)"
        for kind, name in (
            ("person", "name"),
            ("constituent_group", "name"),
            ("source", "title"),
            ("session", "title"),
            ("event", "title"),
        )
    )
)
"""How the case is called of which a value is known."""

_CALLED: dict[str, str] = {
    "coding": "(SELECT p.name FROM code AS p WHERE p.id = {0}.code)",
    "source": "{0}.title",
    "source_version": "(SELECT p.title FROM source AS p WHERE p.id = {0}.source)",
    "reading": "(SELECT p.title FROM source AS p WHERE p.id = {0}.source)",
    "presence": "(SELECT p.name FROM person AS p WHERE p.id = {0}.person)",
    "stance": "(SELECT p.name FROM term AS p WHERE p.id = {0}.term)",
    "memo": "{0}.title",
    "code": "{0}.name",
    "term": "{0}.name",
    "session": "{0}.title",
    "event": "{0}.title",
    "constituent_group": "{0}.name",
    "person": "{0}.name",
    "attribute": "{0}.name",
    "attribute_value": _CASE,
    "project": "{0}.title",
}
"""How a thing of a kind is called, the likeliest to be meant first: what an operation made along the way comes last."""


def name_in(view: View, operation: Operation) -> str | None:
    """How the one thing is called that an operation is about, as it is now or, where it is gone, as it was."""
    tally: dict[str, list[int]] = json.loads(operation.tally)
    for kind, called in _CALLED.items():
        if sum(tally.get(kind, ())) != 1:
            continue
        images = view.journal.images(kind, view.journal.columns_at(kind, HEAD))
        row = view.raw.execute(
            f"SELECT max(name) FROM ("
            f"SELECT {called.format('t')} AS name FROM {kind} AS t WHERE t.id BETWEEN ?1 AND ?2 UNION ALL "
            f"SELECT {called.format('i')} FROM ({images}) AS i WHERE i.id BETWEEN ?1 AND ?2 AND i.there UNION ALL "
            f"SELECT coalesce({called.format('t')}, {called.format('i')}) FROM ({images}) AS i "
            f"LEFT JOIN {kind} AS t ON t.id = i.id WHERE i.op = ?3)",
            (operation.id, operation.last_id, operation.n),
        ).fetchone()
        if row[0] is not None:
            return str(row[0])
    return None


def next_turns(view: View, person: int | None) -> tuple[Operation | None, Operation | None]:
    """The operations that an undo and a redo would turn; of one person if one is given. None where there is none."""
    reversal = Reversal(view.raw)
    return reversal.undoable(person), reversal.redoable(person)
