"""Comparisons, one after another, of a project that changes: what they read is kept in memory between them."""

from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from polyvocal.domain.errors import BugError
from polyvocal.domain.passages import PassageFilter
from polyvocal.services.analysis.compare import Comparison, Dimension, Measure, comparison_of
from polyvocal.services.analysis.holdings import Holdings
from polyvocal.services.analysis.question import ask
from polyvocal.services.analysis.table import laid_out
from polyvocal.services.queries.passages import EVERYTHING
from polyvocal.store.touched import operations_seen
from polyvocal.store.view import View

T = TypeVar("T")


class Ledger:
    """Keeps what comparisons read of one project, for whoever asks for several. May be used on any thread.

    Each answer is that of a fresh `compare` with the same view: what was done since the last is read from the journal
    first, so nobody needs to tell the ledger of changes, and none can be missed.
    """

    def __init__(self) -> None:
        self._guard = Lock()
        self._held: Holdings | None = None

    def compare(
        self,
        view: View,
        rows: Dimension = Dimension.CODE,
        columns: Dimension = Dimension.OBSERVER,
        measure: Measure = Measure.PASSAGES,
        chosen: PassageFilter = EVERYTHING,
    ) -> Comparison:
        """As `polyvocal.services.analysis.compare.compare`."""
        if rows is columns:
            raise BugError("rows and columns must differ")
        return self.with_holdings(
            view, lambda held: comparison_of(laid_out(ask(view, held, chosen), rows, columns), measure)
        )

    def with_holdings(self, view: View, work: Callable[[Holdings], T]) -> T:
        """Do some work with what is held, brought up to the moment of the view; others wait meanwhile.

        For a view of an earlier moment all is read anew, and not kept.
        """
        with self._guard:
            held, self._held = self._held, None  # if anything goes wrong, what may be half done is not kept
            if held is None:
                held = Holdings(view)
            elif operations_seen(view) < held.seen:
                self._held = held
                return work(Holdings(view))
            else:
                held.bring_up_to_date(view)
            self._held = held
            return work(held)
