"""The ledger that all comparisons at one window share: a large project is held in memory once."""

from threading import Lock
from typing import TYPE_CHECKING

from polyvocal.store.view import View

if TYPE_CHECKING:
    from polyvocal.services.analysis.ledger import Ledger


class LedgerAtHand:
    """Made on the question's thread when it is first wanted; another where other codings may be seen than before."""

    def __init__(self) -> None:
        self._making = Lock()
        self._ledger: Ledger | None = None
        self._is_for: int | None = None

    def of(self, view: View) -> "Ledger":
        """The ledger of who may see what this view shows."""
        from polyvocal.services.analysis.ledger import Ledger  # numpy is loaded here, when something is to be counted

        with self._making:
            if self._ledger is None or self._is_for != view.blind_for:
                self._ledger, self._is_for = Ledger(), view.blind_for
            return self._ledger
