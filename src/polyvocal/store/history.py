"""The journal as a list, newest first."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from polyvocal.domain.errors import UserError
from polyvocal.domain.record import Record
from polyvocal.store.blind import is_seen
from polyvocal.store.journal import Operation, quoted
from polyvocal.store.reversal import REDO, UNDO, Reversal
from polyvocal.store.schema import HEAD, columns_of, from_row, kind_of
from polyvocal.store.view import View


class Wanted(NamedTuple):
    """Which operations are meant: those before the one with the id `before`, by one person, of one kind; None: any."""

    before: int | None = None
    person: int | None = None
    kind: str | None = None


ALL = Wanted()


def operations_newest_first(view: View, wanted: Wanted = ALL) -> Iterator[Operation]:
    """The operations that are meant, the last that this file learnt of first."""
    asked = {
        "n < (SELECT n FROM operation WHERE id = ?)": wanted.before,
        "person = ?": wanted.person,
        "kind = ?": wanted.kind,
    }
    given = {test: value for test, value in asked.items() if value is not None}
    tests = " AND ".join(given) or "true"
    for row in view.raw.execute(f"SELECT * FROM operation WHERE {tests} ORDER BY n DESC", tuple(given.values())):
        yield Operation(*row)


def operation_with(view: View, identity: int) -> Operation:
    """The operation with an id. UserError where there is none."""
    row = view.raw.execute("SELECT * FROM operation WHERE id = ?", (identity,)).fetchone()
    if row is None:
        raise UserError(f"there is no operation {identity} in the history: see `polyvocal history PROJECT`")
    return Operation(*row)


def people_and_kinds(view: View) -> tuple[list[int], list[str]]:
    """Who did anything, and which kinds of operation there are, in the order of their names."""
    rows = view.raw.execute("SELECT DISTINCT person, kind, tally FROM operation").fetchall()
    seen = [(person, kind) for person, kind, tally in rows if is_seen(person, json.loads(tally), view.blind_for)]
    return list({person for person, _ in seen if person is not None}), sorted({kind for _, kind in seen})


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
    "memo": "coalesce({0}.title, (SELECT p.name FROM code AS p WHERE p.id = {0}.about OR p.id = "
    f"(SELECT c.code FROM coding AS c WHERE c.id = {{0}}.about)), {_CASE})",
    "code": "{0}.name",
    "term": "{0}.name",
    "session": "{0}.title",
    "event": "{0}.title",
    "constituent_group": "{0}.name",
    "person": "{0}.name",
    "moment": "coalesce({0}.title, (SELECT p.title FROM session AS p WHERE p.id = {0}.session))",
    "moment_anchor": "(SELECT coalesce(p.title, s.title) FROM moment AS p LEFT JOIN session AS s ON s.id = p.session "
    "WHERE p.id = {0}.moment)",
    "divergence": "{0}.title",
    "divergence_passage": "(SELECT p.title FROM divergence AS p WHERE p.id = {0}.divergence)",
    "comparison": "{0}.title",
    "snapshot": "(SELECT p.title FROM comparison AS p WHERE p.id = {0}.comparison)",
    "counter_example": "(SELECT p.title FROM comparison AS p WHERE p.id = {0}.comparison)",
    "attribute": "{0}.name",
    "attribute_value": _CASE,
    "project": "{0}.title",
}
"""How a thing of a kind is called, the likeliest to be meant first: what an operation made along the way comes last."""


_NOW = (1 << 63) - 1
"""Later than any operation."""
_FEW, _NAMED = 100, 3
"""Of so many rows the names are looked at, and so many names are told."""


def name_in(view: View, operation: Operation) -> str | None:
    """How the things are called that an operation is about, as they are now or, where they are gone, as they were.

    Where it is about several they are told with commas between, the first three; of very many none is told.
    """
    tally: dict[str, list[int]] = json.loads(operation.tally)
    for kind, called in _CALLED.items():
        if not 0 < sum(tally.get(kind, ())) <= _FEW:
            continue
        images = view.journal.images(kind, view.journal.columns_at(kind, HEAD))
        states = " UNION ALL ".join(
            f"SELECT t.id, {called.format('t')} AS name, {_NOW} AS latest FROM {kind} AS t WHERE t.id {touched} "
            f"UNION ALL SELECT i.id, {called.format('i')}, i.op FROM ({images}) AS i WHERE i.id {touched}"
            for touched in ("BETWEEN ?1 AND ?2", f"IN (SELECT id FROM ({images}) WHERE op = ?3)")
        )
        rows = view.raw.execute(  # SQLite takes the name from the row of the maximum
            f"SELECT name, max(latest) FROM ({states}) WHERE name IS NOT NULL GROUP BY id ORDER BY id",
            (operation.id, operation.last_id, operation.n),
        )
        names = list(dict.fromkeys(str(name) for name, _ in rows))
        if names:
            return ", ".join(names[:_NAMED] + ["…"] * (len(names) > _NAMED))
    return None


def next_turns(view: View, person: int | None) -> tuple[Operation | None, Operation | None]:
    """The operations that an undo and a redo would turn; of one person if one is given. None where there is none."""
    reversal = Reversal(view.raw)
    return reversal.undoable(person), reversal.redoable(person)


def turns_to(view: View, person: int | None, operation: Operation) -> Iterator[Operation]:
    """What undoing, one after another, turns until an operation is undone, or redoing until it stands again.

    The last is the operation itself; where these do not lead to it, it is not among them.
    """
    reversal = Reversal(view.raw)
    undone = standing_of(view, operation) == "undone"
    for one in reversal.redoables(person) if undone else reversal.undoables(person):
        if not undone and one.n < operation.n:
            return
        yield one
        if one.n == operation.n:
            return


def acts_since(view: View, operation: Operation, but: int | None) -> int:
    """How many operations after one are not by a person, of those that may be known of; turns are not counted."""
    rows = view.raw.execute(
        f"SELECT person, tally FROM operation WHERE n > ? AND person IS NOT ? AND kind NOT IN ('{UNDO}', '{REDO}')",
        (operation.n, but),
    )
    return sum(is_seen(person, json.loads(tally), view.blind_for) for person, tally in rows)
