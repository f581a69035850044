"""The journal as a list, newest first."""

from collections.abc import Iterator

from polyvocal.store.journal import Operation
from polyvocal.store.reversal import REDO, UNDO, Reversal
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
