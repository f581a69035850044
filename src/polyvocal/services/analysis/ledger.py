"""Comparisons, one after another, of a project that changes: what they read is kept in memory between them."""

from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from polyvocal.domain.passages import PassageFilter
from polyvocal.services.analysis.co_occurrence import CoOccurrence, Together, co_occurrence
from polyvocal.services.analysis.compare import Along, Comparison, Dimension, Measure, asked_for, told
from polyvocal.services.analysis.dimensions import CODES
from polyvocal.services.analysis.holdings import Holdings
from polyvocal.services.analysis.matrix import Asked, Matrix, matrix
from polyvocal.services.analysis.only_here import OnlyHereList, Whose, only_here
from polyvocal.services.analysis.who_codes_whom import WhoCodesWhom, who_codes_whom
from polyvocal.services.queries.passages import EVERYTHING
from polyvocal.store.touched import operations_seen
from polyvocal.store.view import View

T = TypeVar("T")


class Ledger:
    """Keeps what comparisons read of one project, for whoever asks for several. May be used on any thread.

    Each answer is that of a fresh `compare` with the same view: what was done since the last is read from the journal
    first, so nobody needs to tell the ledger of changes, and none can be missed. What was added up for the last few
    questions is kept too, and mended by the sources in which codings changed.
    """

    def __init__(self) -> None:
        self._guard = Lock()
        self._held: Holdings | None = None

    def matrix(self, view: View, asked: Asked) -> Matrix:
        """Any table, as `polyvocal.services.analysis.matrix.matrix`."""
        return self.with_holdings(view, lambda held: matrix(held, asked))

    def who_codes_whom(self, view: View, chosen: PassageFilter = EVERYTHING, *, totals: bool = False) -> WhoCodesWhom:
        """Observers by coders."""
        return self.with_holdings(view, lambda held: who_codes_whom(held, chosen, totals=totals))

    def only_here(
        self, view: View, whose: Whose, chosen: PassageFilter = EVERYTHING, codes: Along = CODES
    ) -> OnlyHereList:
        """The codes that were read in the accounts of one alone."""
        return self.with_holdings(view, lambda held: only_here(held, whose, chosen, codes))

    def co_occurrence(self, view: View, asked: Together) -> CoOccurrence:
        """Which codes come together."""
        return self.with_holdings(view, lambda held: co_occurrence(held, asked))

    def compare(
        self,
        view: View,
        rows: Dimension | Along = Dimension.CODE,
        columns: Dimension | Along = Dimension.OBSERVER,
        measure: Measure = Measure.PASSAGES,
        chosen: PassageFilter = EVERYTHING,
        *,
        totals: bool = False,
    ) -> Comparison:
        """As `polyvocal.services.analysis.compare.compare`."""
        return told(self.matrix(view, asked_for(rows, columns, measure, chosen, totals=totals)))

    def forget_sums(self) -> None:
        """Let go of what was added up, so that the next answers are counted anew."""
        with self._guard:
            if self._held is not None:
                self._held.forget_sums()

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
            done = work(held)
            self._held = held
            return done
