"""What the tables ask for, as it is saved in a project, and what they say, as it is kept in a snapshot.

To be called on a question's or an act's thread: what they need of the analysis is imported there.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from polyvocal.domain.comparisons import Asked as Saved
from polyvocal.domain.comparisons import Cell, Result, Snapshot
from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import SnapshotId
from polyvocal.domain.passages import PassageQuery
from polyvocal.gui.views.compare_asked import CODES, OBSERVERS, Answered, Asked, Side, Way, along, answer
from polyvocal.services.commands.comparisons import Taken
from polyvocal.services.queries.passage_list import meant_by
from polyvocal.store.view import View

if TYPE_CHECKING:
    from polyvocal.services.analysis.ledger import Ledger

_CODER = Side("coder")


class Then(NamedTuple):
    """What a snapshot said otherwise: the cells that differ by their places now, and how many are not there now."""

    cells: dict[tuple[int, int], Cell]
    gone: int


def saved_of(view: View, asked: Asked) -> Saved:
    """What is asked, as a project keeps it: the codes that a filter means by ids alone."""
    rows, columns, measure, more = asked.rows, asked.columns, asked.measure, {}
    if asked.way is Way.WHOM:
        rows, columns, measure = OBSERVERS, _CODER, asked.counting
    elif asked.way is Way.ONLY:
        rows, columns, measure = CODES, Side(asked.whose), "passages"
    elif asked.way is Way.TOGETHER:
        rows, columns, measure = CODES, CODES, asked.near
        more = {"paragraphs": str(asked.paragraphs), "readers": asked.readers}
    down, across = (along(one, asked.folded).encode() for one in (rows, columns))
    return Saved(down, across, measure, meant_by(view, asked.query), shape=asked.way.value, more=more)


def asked_of(saved: Saved) -> Asked:
    """What a project keeps, as it is asked. UserError for a comparison of another page."""
    from polyvocal.services.analysis.dimensions import Along

    if saved.shape not in list(Way):
        raise UserError("this comparison is no table: it is opened by the page that saved it")
    rows, columns = (Along.decode(one) for one in (saved.rows, saved.columns))
    sides = tuple(Side(one.dimension.value, one.attribute) for one in (rows, columns))
    way, query = Way(saved.shape), PassageQuery(saved.chosen)
    folded = frozenset(map(int, rows.folded | columns.folded))
    asked = Asked(way=way, folded=folded, query=query)
    if way is Way.WHOM:
        return Asked(way=way, counting=saved.measure, query=query)
    if way is Way.ONLY:
        return Asked(way=way, whose=columns.dimension.value, folded=folded, query=query)
    if way is Way.TOGETHER:
        return Asked(
            way=way,
            near=saved.measure,
            paragraphs=int(saved.more.get("paragraphs", asked.paragraphs)),
            readers=saved.more.get("readers", asked.readers),
            folded=folded,
            query=query,
        )
    return Asked(rows=sides[0], columns=sides[1], measure=saved.measure, folded=folded, query=query)


def result_of(answered: Answered) -> Result:
    """An answer in ids."""
    from polyvocal.services.analysis import saved

    if answered.crossing is not None:
        return saved.result_of_crossing(answered.crossing)
    assert answered.only is not None
    return saved.result_of_list(answered.only)


def taken_now(ledger: "Ledger", view: View, asked: Asked) -> Taken:
    """What is said now, to be kept as a snapshot."""
    answered = answer(ledger, view, replace(asked, totals=False))  # which are told beside a table, not compared
    found = answered.crossing or answered.only
    assert found is not None
    return Taken(result_of(answered), found.caption)


def then_of(view: View, snapshot: SnapshotId | None, answered: Answered) -> Then | None:
    """What a snapshot said otherwise than an answer; None where there is no such snapshot."""
    from polyvocal.services.analysis.saved import differing

    held = view.get(Snapshot, snapshot) if snapshot is not None else None
    return None if held is None else Then(*differing(Result.decode(held.result), result_of(answered)))
