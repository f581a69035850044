"""A table over codings as it is shown: numbers, what an empty cell means, and the passages behind each number."""

from dataclasses import dataclass
from functools import partial
from math import isnan

import numpy as np
from numpy.typing import NDArray

from polyvocal.domain.errors import BugError
from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.words import CellState
from polyvocal.services.analysis.axes import axis
from polyvocal.services.analysis.caption import caption
from polyvocal.services.analysis.dimensions import CODES, OBSERVERS, Along, Axis, Dimension
from polyvocal.services.analysis.doors import Doors, doors_of
from polyvocal.services.analysis.holdings import Holdings
from polyvocal.services.analysis.measures import Measure, Numbers, Tally, Totals
from polyvocal.services.analysis.observers import STATES, ObserverHead, observer_heads, observer_states
from polyvocal.services.analysis.question import ask
from polyvocal.services.analysis.table import laid_out
from polyvocal.services.queries.passages import EVERYTHING

NO_PASSAGE = -1
"""Stands in `Matrix.states` where there is no passage, and no observer of whom it could be said why."""


Place = int | None
"""A row or a column; None is the total of all rows, or of all columns."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a table: two axes that differ, what a cell counts, of which codings; whether with totals."""

    rows: Along = CODES
    columns: Along = OBSERVERS
    measure: Measure = Measure.PASSAGES
    chosen: PassageFilter = EVERYTHING
    totals: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """A table of `asked`. `numbers` and `states` have a row for each place of `rows`, and cannot be written.

    `numbers` are whole; of a share they are floats, NaN where it is one of nothing. `states` are places in STATES, or
    NO_PASSAGE; states other than "coded" there are where rows or columns are observers. `heads` say of each observer,
    or sort of observers, how much there is. `filters` are in words.
    """

    asked: Asked
    rows: Axis
    columns: Axis
    numbers: Numbers
    totals: Totals | None
    states: NDArray[np.int8]
    heads: tuple[ObserverHead, ...]
    filters: dict[str, list[str]]
    caption: str
    doors: Doors

    def number(self, row: Place, column: Place) -> int | float | None:
        """What a cell counts; None for a share of nothing."""
        return number_at(self.numbers, self.totals, row, column)

    def state(self, row: Place, column: Place) -> CellState | None:
        """What a cell says; None where there is no passage, and no observer of whom it could be said why."""
        return state_at(self.states, row, column)

    def behind(self, row: Place, column: Place) -> PassageFilter:
        """The filter that means just the codings of which a cell counts something."""
        return self.doors.behind((self.rows, row), (self.columns, column))


def number_at(numbers: Numbers, totals: Totals | None, row: Place, column: Place) -> int | float | None:
    """What a cell, or a total, counts; None for a share of nothing."""
    if row is not None and column is not None:
        found = numbers[row, column]
    else:
        assert totals is not None
        found = totals.whole[0] if row is column else totals.columns[column] if row is None else totals.rows[row]
    number: int | float = found.item()
    return None if isnan(number) else number


def state_at(states: NDArray[np.int8], row: Place, column: Place) -> CellState | None:
    """What a cell says. A total without passages says what its cells do, if they agree; else they say it."""
    found = states[slice(None) if row is None else row, slice(None) if column is None else column]
    coded, first = STATES.index(CellState.CODED), int(found.flat[0])
    state = coded if (found == coded).any() else first if (found == first).all() else NO_PASSAGE
    return None if state == NO_PASSAGE else STATES[state]


def matrix(held: Holdings, asked: Asked) -> Matrix:
    """The table that is asked for. BugError where rows and columns are the same.

    Jottings from which a note was written are left out, since they would count twice. A passage with two observers
    (two concerns ...) counts in both columns.
    """
    if unfolded(asked.rows) == unfolded(asked.columns):
        raise BugError("rows and columns must differ")
    question = ask(held, asked.chosen)
    table_asked = partial(laid_out, question, asked.rows, asked.columns)

    def is_true(tally: Tally) -> bool:
        """Whether the axes are still those: some follow from who has coded, and what."""
        return all(one.dimension not in _OF_CODINGS or axis(one.along, question) == one for one in tally.table.axes)

    made = partial(Tally, measure=asked.measure, totals=asked.totals)
    tally = held.tally(("table", asked), lambda: made(table_asked()), is_true=is_true)
    table, counted = tally.table, tally.counted()
    heads: tuple[ObserverHead, ...] = ()
    states = np.where(counted.coded, np.int8(STATES.index(CellState.CODED)), np.int8(NO_PASSAGE))
    if table.observers is not None:
        states = observer_states(table, table.observers, counted.coded)
    if table.headed is not None:
        heads = observer_heads(table, table.headed, counted)
    for array in (counted.cells, states):
        array.setflags(write=False)
    return Matrix(
        asked=asked,
        rows=table.rows,
        columns=table.columns,
        numbers=counted.cells,
        totals=counted.totals,
        states=states,
        heads=heads,
        filters=question.filter_words(),
        caption=caption(table, asked.measure, counted),
        doors=doors_of(question),
    )


_OF_CODINGS = {Dimension.CODER, Dimension.GROUP, Dimension.PARTICIPANT, Dimension.ACTOR, Dimension.STANCE}


def unfolded(along: Along) -> Along:
    """What stands along an axis, whatever is folded."""
    return Along(along.dimension, along.attribute)
