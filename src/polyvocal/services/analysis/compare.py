"""One table over codings: what observers, phases, codes ... have to do with each other, with what an empty cell means.

No number here compares observers as if they had read the same text: cells count, they do not score.
"""

from dataclasses import dataclass
from math import isnan

from polyvocal.domain.passages import PassageFilter
from polyvocal.services.analysis.dimensions import Along, Dimension, headed
from polyvocal.services.analysis.holdings import Holdings
from polyvocal.services.analysis.matrix import NO_PASSAGE, Asked, Matrix, Place, matrix
from polyvocal.services.analysis.measures import SHARES, Measure
from polyvocal.services.analysis.observers import STATES, ObserverHead
from polyvocal.services.queries.passages import EVERYTHING
from polyvocal.store.view import View

__all__ = ["Along", "Comparison", "Dimension", "Measure", "ObserverHead", "TotalsTold", "compare"]


@dataclass(frozen=True, slots=True)
class TotalsTold:
    """Of each row, each column and the whole: what it counts (None for a share of nothing), and its state."""

    rows: tuple[int | float | None, ...]
    columns: tuple[int | float | None, ...]
    whole: int | float | None
    row_states: tuple[str, ...]
    column_states: tuple[str, ...]
    whole_state: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A table: `cells[row][column]`. A cell is None only for a share of nothing. `states` has the same shape.

    `states` are those of DOMAIN.md where rows or columns are observers; elsewhere "coded" or "" (no passage). The
    dimensions are told in words: "code", "years in the job (years) of the observer". `heads` are those of the columns,
    or of the rows, where these are observers, standings or values of an attribute of observers. `columns_have_heads`
    says which. `totals` are there if asked for.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int | float | None, ...], ...]
    states: tuple[tuple[str, ...], ...]
    totals: TotalsTold | None
    row_dimension: str
    column_dimension: str
    measure: Measure
    filters: dict[str, list[str]]
    heads: tuple[ObserverHead, ...]
    columns_have_heads: bool
    caption: str


def compare(
    view: View,
    rows: Dimension | Along = Dimension.CODE,
    columns: Dimension | Along = Dimension.OBSERVER,
    measure: Measure = Measure.PASSAGES,
    chosen: PassageFilter = EVERYTHING,
    *,
    totals: bool = False,
) -> Comparison:
    """The table of two dimensions (or attributes, or the code tree folded) of the codings that a filter means.

    Raises BugError where rows and columns are the same.
    """
    return told(matrix(Holdings(view), asked_for(rows, columns, measure, chosen, totals=totals)))


def asked_for(
    rows: Dimension | Along, columns: Dimension | Along, measure: Measure, chosen: PassageFilter, *, totals: bool
) -> Asked:
    """What is asked of a table."""
    down, across = (Along(one) if isinstance(one, Dimension) else one for one in (rows, columns))
    return Asked(down, across, measure, chosen, totals)


def told(table: Matrix) -> Comparison:
    """What a table says, in plain values."""
    cells: list[list[int | float | None]] = table.numbers.tolist()
    if table.asked.measure in SHARES:
        cells = [[None if isnan(one or 0) else one for one in line] for line in cells]
    words = {NO_PASSAGE: "", **{number: state.value for number, state in enumerate(STATES)}}
    return Comparison(
        rows=table.rows.names,
        columns=table.columns.names,
        cells=tuple(map(tuple, cells)),
        states=tuple(tuple(map(words.__getitem__, line)) for line in table.states.tolist()),
        totals=_totals_told(table),
        row_dimension=table.rows.title,
        column_dimension=table.columns.title,
        measure=table.asked.measure,
        filters=table.filters,
        heads=table.heads,
        columns_have_heads=bool(table.heads) and headed(table.rows, table.columns) is table.columns,
        caption=table.caption,
    )


def _totals_told(table: Matrix) -> TotalsTold | None:
    if table.totals is None or not table.numbers.size:
        return None
    rows, columns = range(len(table.rows)), range(len(table.columns))

    def state(row: Place, column: Place) -> str:
        found = table.state(row, column)
        return "" if found is None else found.value

    return TotalsTold(
        rows=tuple(table.number(row, None) for row in rows),
        columns=tuple(table.number(None, column) for column in columns),
        whole=table.number(None, None),
        row_states=tuple(state(row, None) for row in rows),
        column_states=tuple(state(None, column) for column in columns),
        whole_state=state(None, None),
    )
