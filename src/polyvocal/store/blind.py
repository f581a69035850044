"""Coding blind: a connection that sees, of what was coded, only what one coder coded.

SQLite looks a name up among the temporary views of a connection first. So a view of the name of a table stands between
that table and every query of the program, whichever it is: none has to think of it, and none can forget it.
"""

import sqlite3
from typing import Any

from polyvocal.store.journal import Operation

_MINE = "(SELECT id FROM main.coding WHERE coder = {0})"
_VIEWS = {
    "coding": "coder = {0}",
    "concern": f"coding IN {_MINE}",
    "stance": f"coding IN {_MINE}",
    "reading": "coder = {0}",
    "memo": "about_kind IS NULL OR about_kind NOT IN ('coding', 'concern', 'stance') "
    f"OR (about_kind = 'coding' AND about IN {_MINE}) "
    f"OR (about_kind = 'concern' AND about IN (SELECT id FROM main.concern WHERE coding IN {_MINE})) "
    f"OR (about_kind = 'stance' AND about IN (SELECT id FROM main.stance WHERE coding IN {_MINE}))",
}
"""What is seen of each table; {0} is the coder. How far others have read goes with it, else "read, not so coded" would
be said where they coded."""
HIDDEN = frozenset({"coding", "concern", "stance", "reading"})
"""The kinds of record of which an operation of somebody else is not seen."""


def see_only(raw: sqlite3.Connection, coder: int | None) -> None:
    """Let a reading connection see from now on what one coder coded, or everything where that is None.

    Not within a transaction.
    """
    raw.execute("PRAGMA query_only = OFF")  # it forbids temporary views too
    for table, seen in _VIEWS.items():
        raw.execute(f"DROP VIEW IF EXISTS temp.{table}")
        if coder is not None:
            raw.execute(f"CREATE TEMP VIEW {table} AS SELECT * FROM main.{table} WHERE {seen.format(int(coder))}")
    raw.execute("PRAGMA query_only = ON")


def is_seen(operation: Operation, tally: dict[str, Any], coder: int | None) -> bool:
    """Whether somebody who codes blind may learn of an operation that changed what its tally says."""
    return coder is None or operation.person == coder or not HIDDEN & tally.keys()
