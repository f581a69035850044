"""Which rows changed since an operation: for what is held in memory and brought up to date."""

import json
from collections.abc import Iterable, Iterator
from itertools import chain

from polyvocal.domain.changes import LISTED
from polyvocal.store.journal import quoted
from polyvocal.store.view import View


def operations_seen(view: View) -> int:
    """The number of the last operation that a view sees; 0 where there is none."""
    (n,) = view.raw.execute("SELECT max(n) FROM operation").fetchone()
    return n or 0


def touched_since(view: View, n: int, kinds: Iterable[str]) -> dict[str, tuple[int, ...] | None]:
    """The ids of the rows that operations after number `n` made, changed or removed, by kind, sorted.

    Of the given kinds only those are in it of which any row was touched; None where it was more than 10,000 rows.
    """
    headers = view.raw.execute("SELECT id, last_id, tally FROM operation WHERE n > ? ORDER BY id", (n,)).fetchall()
    named = set(chain.from_iterable(json.loads(tally) for _, _, tally in headers))
    ranges = list(_joined((first, last) for first, last, _ in headers))
    found = {kind: _ids(view, n, kind, ranges) for kind in kinds if kind in named}
    return {kind: ids for kind, ids in found.items() if ids != ()}


def _joined(ranges: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Ranges in order, those that follow on one another as one."""
    begun: tuple[int, int] | None = None
    for first, last in ranges:
        if begun is not None and begun[1] + 1 == first:
            begun = begun[0], last
            continue
        if begun is not None:
            yield begun
        begun = first, last
    if begun is not None:
        yield begun


def _ids(view: View, n: int, kind: str, ranges: list[tuple[int, int]]) -> tuple[int, ...] | None:
    """Of rows that were there before, an operation keeps images; those that it made have ids of its own range."""
    found = {
        identity
        for (identity,) in view.raw.execute(
            # (+id: else SQLite goes through the index of all ids, which takes long where the history is)
            f"SELECT DISTINCT +id FROM ({view.journal.images(kind, ())}) WHERE op > ? LIMIT {LISTED + 1}",
            (n,),
        )
    }
    for first, last in ranges:
        if len(found) > LISTED:
            break
        made = view.raw.execute(
            f"SELECT id FROM {quoted(kind)} WHERE id BETWEEN ? AND ? LIMIT {LISTED + 1}", (first, last)
        )
        found.update(identity for (identity,) in made)
    return None if len(found) > LISTED else tuple(sorted(found))
