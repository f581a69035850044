"""The passages of two codes that come together: no filter means them, so they are looked for, and again when a table is
counted anew."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from polyvocal.domain.ids import CodingId
from polyvocal.gui.views.compare_behind import MeetingMeant
from polyvocal.store.view import View

if TYPE_CHECKING:
    from polyvocal.gui.views.compare_matrix import MatrixPage


class MeetingPassages(QObject):
    """Lists them below the table of a page."""

    def __init__(self, page: "MatrixPage") -> None:
        super().__init__(page)
        self._page = page
        self._meant: MeetingMeant | None = None
        self._listed: frozenset[CodingId] = frozenset()
        page.counted.connect(self._follow)

    def list_them(self, meant: MeetingMeant) -> None:
        """List what is behind a cell, and let it have the keyboard."""
        page = self._page

        def show(codings: frozenset[CodingId]) -> None:
            self._meant, self._listed = meant, codings
            page.passages.show_codings(meant.title, codings)
            page.show_passages()

        self._look(meant, show)

    def _follow(self) -> None:
        """Look again, as long as they are listed."""
        meant, passages = self._meant, self._page.passages
        if meant is None or passages.isHidden() or passages.asked.query.among != self._listed:
            return

        def show(codings: frozenset[CodingId]) -> None:
            if codings != self._listed and passages.asked.query.among == self._listed:
                self._listed = codings
                passages.list_others(codings)

        self._look(meant, show)

    def _look(self, meant: MeetingMeant, show: Callable[[frozenset[CodingId]], None]) -> None:
        sitting = self._page.sitting

        def found(view: View) -> frozenset[CodingId]:
            from polyvocal.services.analysis.co_occurrence import coming_together

            work = sitting.ledger.of(view).with_holdings
            return work(view, lambda held: coming_together(held, meant.asked, *meant.codes))

        sitting.bus.ask(self._page, found, show, about="meeting")
