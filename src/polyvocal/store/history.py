"""The journal as a list, newest first."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from polyvocal.domain.record import Record
from polyvocal.store.journal import Operation, quoted
from polyvocal.store.reversal import REDO, UNDO, Reversal
from polyvocal.store.schema import HEAD, columns_of, from_row, kind_of
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


class Found(NamedTuple):
    """What an operation found of a record and what it left; None where it was not there."""

    operation: Operation
    before: Any
    after: Any


def states_of(view: View, cls: type[Record], identity: int) -> list[Found]:
    """Every operation that touched a record, oldest first, with the record before and after it."""
    kind, columns = kind_of(cls), columns_of(cls)
    images = view.raw.execute(
        f"SELECT op, there, {', '.join(map(quoted, columns))} FROM ({view.journal.images(kind, columns)}) "
        "WHERE id = ? ORDER BY op",
        (identity,),
    ).fetchall()
    found: list[Any] = [from_row(cls, row[2:]) if row[1] else None for row in images]
    states = [*found, view.get(cls, identity)]
    made = view.raw.execute(
        "SELECT n FROM operation WHERE ? BETWEEN id AND last_id ORDER BY id DESC LIMIT 1", (identity,)
    ).fetchone()
    numbers = [row[0] for row in images]
    if made is not None:
        numbers, states = [made[0], *numbers], [None, *states]
    operations = [view.journal.operation(number) for number in numbers]
    return [
        Found(operation, before, after)
        for operation, before, after in zip(operations, states[:-1], states[1:], strict=True)
        if operation is not None
    ]


def ids_pointing(view: View, cls: type[Record], column: str, identity: int) -> list[int]:
    """The ids of the records of a kind that ever had an id in a column, also of those that are gone."""
    kind = kind_of(cls)
    rows = view.raw.execute(
        f"SELECT id FROM {quoted(kind)} WHERE {quoted(column)} = ?1 UNION "
        f"SELECT id FROM ({view.journal.images(kind, view.journal.columns_at(kind, HEAD))}) "
        f"WHERE {quoted(column)} = ?1 ORDER BY id",
        (identity,),
    )
    return [row[0] for row in rows]


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
