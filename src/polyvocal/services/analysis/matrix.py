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
from polyvocal.services.analysis.measures import Measure, Tally
from polyvocal.services.analysis.observers import STATES, ObserverHead, observer_heads, observer_states
from polyvocal.services.analysis.question import ask
from polyvocal.services.analysis.sweep import Ints
from polyvocal.services.analysis.table import laid_out
from polyvocal.services.queries.passages import EVERYTHING

NO_PASSAGE = -1
"""Stands in `Matrix.states` where there is no passage, and no observer of whom it could be said why."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a table: two axes that differ, what a cell counts, of which codings."""

    rows: Along = CODES
    columns: Along = OBSERVERS
    measure: Measure = Measure.PASSAGES
    chosen: PassageFilter = EVERYTHING


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
    numbers: Ints | NDArray[np.float64]
    states: NDArray[np.int8]
    heads: tuple[ObserverHead, ...]
    filters: dict[str, list[str]]
    caption: str
    doors: Doors

    def number(self, row: int, column: int) -> int | float | None:
        """What a cell counts; None for a share of nothing."""
        number: int | float = self.numbers[row, column].item()
        return None if isnan(number) else number

    def state(self, row: int, column: int) -> CellState | None:
        """What a cell says; None where there is no passage, and no observer of whom it could be said why."""
        state = int(self.states[row, column])
        return None if state == NO_PASSAGE else STATES[state]

    def behind(self, row: int, column: int) -> PassageFilter:
        """The filter that means just the codings of which a cell counts something."""
        return self.doors.behind(self.rows, row, self.columns, column)


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

    tally = held.tally(("table", asked), lambda: Tally(table_asked(), asked.measure), is_true=is_true)
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
