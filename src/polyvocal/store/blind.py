"""Coding blind: a connection that sees, of what was coded, only what one coder coded.

SQLite looks a name up among the temporary views of a connection first. So a view of the name of a table stands between
that table and every query of the program, whichever it is: none has to think of it, and none can forget it.
"""

import sqlite3
from collections.abc import Iterator
from typing import Any

_MINE = "EXISTS (SELECT 1 FROM main.coding AS c WHERE c.coder = {coder} AND c.id = t.coding)"
_ABOUT_MINE = "EXISTS (SELECT 1 FROM main.{table} AS t WHERE t.id = m.about AND {seen})"
_SEEN = {
    "coding": "t.coder = {coder}",
    "concern": _MINE,
    "stance": _MINE,
    "reading": "t.coder = {coder}",
    "comparison": "FALSE",
    "snapshot": "FALSE",
    "counter_example": "FALSE",
}
"""What is seen of each table. How far others have read goes with it, else "read, not so coded" would be said where
they coded. A saved comparison is of what everybody coded, so none is seen. Moments, their anchors and divergences are
of the accounts and not of their coding: they are seen by all."""
HIDDEN = frozenset(_SEEN)
"""The kinds of record of which an operation of somebody else is not seen."""


def see_only(raw: sqlite3.Connection, coder: int | None) -> None:
    """Let a reading connection see from now on what one coder coded, or everything where that is None.

    Not within a transaction.
    """
    raw.execute("PRAGMA query_only = OFF")  # it forbids temporary views too
    for table in (*_SEEN, "memo"):
        raw.execute(f"DROP VIEW IF EXISTS temp.{table}")
    for view in _views(coder) if coder is not None else ():
        raw.execute(view)
    raw.execute("PRAGMA query_only = ON")


def _views(coder: int) -> Iterator[str]:
    seen = {table: condition.format(coder=int(coder)) for table, condition in _SEEN.items()}
    for table, condition in seen.items():
        yield f"CREATE TEMP VIEW {table} AS SELECT * FROM main.{table} AS t WHERE {condition}"
    about = " ".join(
        f"WHEN '{table}' THEN {_ABOUT_MINE.format(table=table, seen=condition)}" for table, condition in seen.items()
    )
    yield f"CREATE TEMP VIEW memo AS SELECT * FROM main.memo AS m WHERE CASE m.about_kind {about} ELSE TRUE END"


def is_seen(person: int | None, tally: dict[str, Any], coder: int | None) -> bool:
    """Whether somebody who codes blind may learn of an operation by a person that changed what its tally says.

    Of memos by others it is not known any more what those that are gone were about, so none is told of.
    """
    return coder is None or person == coder or not (HIDDEN & tally.keys() or tally.keys() == {"memo"})
