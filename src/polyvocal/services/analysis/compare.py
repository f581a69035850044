"""One table over codings: what observers, phases, codes ... have to do with each other, with what an empty cell means.

No number here compares observers as if they had read the same text: cells count, they do not score.
"""

from dataclasses import dataclass

import numpy as np

from polyvocal.domain.errors import BugError
from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.words import CellState
from polyvocal.services.analysis.caption import caption
from polyvocal.services.analysis.dimensions import Dimension
from polyvocal.services.analysis.holdings import Holdings
from polyvocal.services.analysis.measures import Measure, count
from polyvocal.services.analysis.observers import ObserverHead, observer_heads, observer_states
from polyvocal.services.analysis.question import ask
from polyvocal.services.analysis.table import Table, laid_out
from polyvocal.services.queries.passages import EVERYTHING
from polyvocal.store.view import View

__all__ = ["Comparison", "Dimension", "Measure", "ObserverHead", "compare"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A table: `cells[row][column]`. A cell is None only for a share of nothing. `states` has the same shape.

    `states` are those of DOMAIN.md where rows or columns are observers; elsewhere "coded" or "" (no passage).
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int | float | None, ...], ...]
    states: tuple[tuple[str, ...], ...]
    row_dimension: Dimension
    column_dimension: Dimension
    measure: Measure
    filters: dict[str, list[str]]
    heads: tuple[ObserverHead, ...]
    caption: str


def compare(
    view: View,
    rows: Dimension = Dimension.CODE,
    columns: Dimension = Dimension.OBSERVER,
    measure: Measure = Measure.PASSAGES,
    chosen: PassageFilter = EVERYTHING,
) -> Comparison:
    """Cross two dimensions of the codings that a filter means.

    Jottings from which a note was written are left out, since they would count twice. A passage with two observers
    (two concerns ...) counts in both columns. Raises BugError where rows and columns are the same.
    """
    if rows is columns:
        raise BugError("rows and columns must differ")
    return comparison_of(laid_out(ask(view, Holdings(view), chosen), rows, columns), measure)


def comparison_of(table: Table, measure: Measure) -> Comparison:
    """What a table says."""
    question, rows, columns = table.question, table.rows, table.columns
    held = question.held
    words_read = held.words_read(question.view, question.accounts, table.readings)
    counted = count(table, measure)
    heads: tuple[ObserverHead, ...] = ()
    states: list[list[str]] = np.where(counted.coded, CellState.CODED.value, "").tolist()
    if Dimension.OBSERVER in table.axes:
        states = observer_states(table, counted.coded, held.whereabouts)
        heads = observer_heads(table, counted, words_read, held.whereabouts)
    return Comparison(
        rows=rows.names,
        columns=columns.names,
        cells=tuple(map(tuple, counted.cells)),
        states=tuple(map(tuple, states)),
        row_dimension=rows.dimension,
        column_dimension=columns.dimension,
        measure=measure,
        filters=question.setting.filter_words(question.chosen),
        heads=heads,
        caption=caption(table, measure, counted, words_read),
    )
