"""What is asked for of the Score, and what the answer is: read off the window's thread."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from polyvocal.domain.ids import EventId
from polyvocal.domain.passages import Aspect, PassageQuery
from polyvocal.domain.records import Event
from polyvocal.gui.views.passages_asked import names_asked
from polyvocal.gui.views.score_layout import StaffMarks
from polyvocal.services.queries.passage_list import meant_by
from polyvocal.store.view import View

if TYPE_CHECKING:
    from polyvocal.gui.views.score_dense import DenseStaff
    from polyvocal.services.analysis.holdings import Holdings
    from polyvocal.services.analysis.ledger import Ledger
    from polyvocal.services.analysis.score import Score


class ScoreShown(NamedTuple):
    """What is shown: the events to choose from, the score, and the names of what is asked for."""

    events: tuple[Event, ...]
    score: "Score | None"
    staves: "Sequence[StaffMarks]"
    dense: "Sequence[DenseStaff]"
    names: dict[Aspect, list[str]]
    query: PassageQuery


def score_shown(ledger: "Ledger", view: View, wanted: EventId | None, query: PassageQuery) -> ScoreShown:
    """The score of an event; where none is wanted, or it is gone, of that of which most accounts are."""
    from polyvocal.gui.views.score_dense import DenseStaff
    from polyvocal.services.analysis.score import score_of

    def work(held: "Holdings") -> ScoreShown:
        setting = held.setting
        events = tuple(sorted(setting.events.values(), key=lambda one: (one.starts or "~", one.id)))
        names = names_asked(view, query)
        if not events:
            return ScoreShown((), None, (), (), names, query)
        about = [one.event for info in setting.sources for one in info.relations]
        most = max(events, key=lambda one: about.count(one.id)).id
        event = wanted if wanted is not None and wanted in setting.events else most
        score = score_of(held, event, meant_by(view, query))
        staves = [StaffMarks(staff) for staff in score.staves]
        numbers: dict[int, int] = {code: number for number, code in enumerate(score.codes)}
        return ScoreShown(events, score, staves, [DenseStaff(one, numbers) for one in staves], names, query)

    return ledger.with_holdings(view, work)
