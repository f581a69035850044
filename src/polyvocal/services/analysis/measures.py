"""What a cell counts, and all else that is added up over the codings."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from polyvocal.domain.ids import PersonId
from polyvocal.services.analysis.accounts import Readings
from polyvocal.services.analysis.axes import axis
from polyvocal.services.analysis.columns import Codings
from polyvocal.services.analysis.dimensions import OBSERVERS, Axis, Dimension
from polyvocal.services.analysis.members import join
from polyvocal.services.analysis.passages import passage_of
from polyvocal.services.analysis.sweep import (
    Bools,
    Ints,
    covered_in_order,
    distinct_by_group,
    distinct_in_order,
    distinct_pairs,
    narrowed,
    tally,
)
from polyvocal.services.analysis.table import Part, Table, accounts_at, laid


class Measure(StrEnum):
    """What a cell counts; see `Comparison.caption` for the words."""

    PASSAGES = "passages"
    SOURCES = "sources"
    CHARACTERS = "characters"
    SHARE = "share"
    SHARE_OF_ROW = "share-of-row"
    SHARE_OF_COLUMN = "share-of-column"


SHARES = frozenset({Measure.SHARE, Measure.SHARE_OF_ROW, Measure.SHARE_OF_COLUMN})
OF_PASSAGES = frozenset({Measure.PASSAGES, Measure.SHARE_OF_ROW, Measure.SHARE_OF_COLUMN})


@dataclass(frozen=True, slots=True)
class Counted:
    """What there is in a table.

    `cells` are by the measure, of the table's shape; of a share they are not whole, and NaN where it is one of nothing.
    `coded` says which have any passage. `coders` are those of the passages shown, `coded_by` how many passages each
    place of the axis with heads has by each of them, `own` how many by those who wrote them; `meant`, `shown` and
    `gone` count codings: those of the filter, those in any cell, and of these the ones without words.
    """

    cells: Ints | NDArray[np.float64]
    coded: Bools
    coders: tuple[int, ...]
    coded_by: Ints
    own: Ints
    meant: int
    shown: int
    gone: int


class Tally:
    """Adds up what codings come to in a table. Codings on whole lines can be added, and taken away again."""

    def __init__(self, table: Table, measure: Measure) -> None:
        self.table, self._measure = table, measure
        rows, columns = table.shape
        self._coder_ids = table.question.held.codings.coder_ids
        coders = len(self._coder_ids)
        self._cells, self._entries = np.zeros(rows * columns, np.int64), np.zeros(rows * columns, np.int64)
        self._by_coder = np.zeros(coders, np.int64)
        self._headed = table.headed
        places = len(self._headed) if self._headed else 0
        self._coded_by, self._own = np.zeros((places, coders), np.int64), np.zeros(places, np.int64)
        self._writers = axis(OBSERVERS, table.question)
        self._totals = np.zeros(
            {Measure.SHARE_OF_ROW: rows, Measure.SHARE_OF_COLUMN: columns}.get(measure, 0), np.int64
        )
        self._reading = _Reading(table) if measure is Measure.SHARE else None
        self._meant = self._shown = self._gone = 0

    @property
    def wanted(self) -> Bools:
        """On which lines the codings are that can be counted."""
        return self.table.joining.wanted

    @property
    def coders(self) -> frozenset[PersonId]:
        """Whose codings can be counted; of all where none is named."""
        return self.table.question.chosen.coders

    @property
    def reads(self) -> bool:
        """Whether it depends on how far anybody has read."""
        return self._reading is not None

    def add(self, codings: Codings, sign: int = 1) -> None:
        """Add (or, with -1, take away) the codings of some whole lines, by coders in question."""
        part = laid(self.table, codings)
        entries = part.entries
        owners = entries.owners()
        coders = len(self._coder_ids)
        self._meant += sign * part.meant
        self._shown += sign * len(owners)
        self._gone += sign * int((codings.start[owners] == codings.end[owners]).sum())
        self._by_coder += sign * tally(codings.coder.at[owners], coders)
        where, cell, size = narrowed(part.cell)
        in_part = tally(cell, size)
        self._entries[where] += sign * in_part
        passage = passage_of(self.table, part) if self._measure in OF_PASSAGES else None
        plain = passage is None and entries.once
        if self._measure in OF_PASSAGES:
            member = entries.owner if passage is None else passage
            self._cells[where] += sign * (in_part if plain else distinct_by_group(cell, member, groups=size))
            if len(self._totals):
                along = entries.places[0 if self._measure is Measure.SHARE_OF_ROW else 1]
                lines = len(self._totals)
                self._totals += sign * (
                    tally(along, lines) if plain else distinct_by_group(along, member, groups=lines)
                )
        else:
            self._cells[where] += sign * self._in_cells(part, cell, size)
        if self._headed is not None:
            self._coded_by += sign * self._by_place(part, self._headed)
            if not self._headed.of_observers:
                self._own += sign * self._of_own(part, self._headed)
        if self._reading is not None:
            self._reading.add(codings, sign)

    def _in_cells(self, part: Part, cell: Ints, cells: int) -> Ints:
        entries, codings = part.entries, part.codings
        if self._measure is Measure.SOURCES:
            return distinct_in_order(cell, entries.of(codings.line), groups=cells)
        line, start, end = map(entries.of, (codings.line, codings.start, codings.end))
        return covered_in_order(cell, line, start, end, groups=cells)

    def _by_place(self, part: Part, headed: Axis) -> Ints:
        """How many passages of each place each coder coded, as an array of that shape."""
        entries, size, coders = part.entries, len(headed), len(self._coder_ids)
        place, coding = entries.places[self.table.axes.index(headed)], entries.owner
        if not entries.once:
            place, coding = distinct_pairs(place, coding, groups=size)
        return tally(place * coders + part.codings.coder.at[coding], size * coders).reshape(size, coders)

    def _own_of_observers(self) -> Ints:
        """How many passages each observer both wrote and coded."""
        assert self._headed is not None
        same: Bools = np.array(self._headed.keys, np.int64).reshape(-1, 1) == self._coder_ids
        own: Ints = (self._coded_by * same).sum(axis=1)
        return own

    def _of_own(self, part: Part, headed: Axis) -> Ints:
        """How many passages of each place were coded by an observer of that place who wrote them."""
        joining, codings = self.table.joining, part.codings
        of_authors = (headed, *(one for one in self.table.axes if one.of_authors and one is not headed), self._writers)
        entries = join(part.entries.owners(), joining.account_of_line[codings.line], of_authors, joining.members)
        writer, coding = np.array(self._writers.keys, np.int64)[entries.places[-1]], entries.owner
        own = self._coder_ids[codings.coder.at[coding]] == writer
        size = len(headed)
        return tally(distinct_pairs(entries.places[0][own], coding[own], groups=size)[0], size)

    def counted(self) -> Counted:
        """What it comes to now."""
        cells = self._cells.reshape(self.table.shape)
        numbers: Ints | NDArray[np.float64]
        match self._measure:
            case Measure.SHARE_OF_ROW:
                numbers = _shares(cells, self._totals.reshape(-1, 1))
            case Measure.SHARE_OF_COLUMN:
                numbers = _shares(cells, self._totals)
            case _:
                numbers = cells.copy() if self._reading is None else _shares(cells, self._reading.characters())
        return Counted(
            cells=numbers,
            coded=(self._entries > 0).reshape(self.table.shape),
            coders=tuple(self._coder_ids[self._by_coder > 0].tolist()),
            coded_by=self._coded_by.copy(),
            own=self._own_of_observers() if self._headed and self._headed.of_observers else self._own.copy(),
            meant=self._meant,
            shown=self._shown,
            gone=self._gone,
        )


def count(table: Table, measure: Measure) -> Counted:
    """Go through the codings of a table once, and add up."""
    found = Tally(table, measure)
    for codings in table.question.held.codings.stretches(found.wanted, found.coders):
        found.add(codings)
    return found.counted()


def _shares(cells: Ints, of: Ints) -> NDArray[np.float64]:
    """What each cell is of; NaN where that is nothing."""
    whole = np.broadcast_to(of, cells.shape)
    shares: NDArray[np.float64] = np.full(cells.shape, np.nan)
    np.divide(cells, whole, out=shares, where=whole > 0)
    return shares


class _Reading:
    """What was read of each account: up to where a reading says, and all that was coded, with whichever code.

    Where coders are compared it is what each of them has read (any of them, where several have one place), else what
    anybody has.
    """

    def __init__(self, table: Table) -> None:
        self._table = table
        self._coders = next((one for one in table.axes if one.dimension is Dimension.CODER), None)
        readings: Readings = table.question.held.readings(table.question.chosen)
        by_anybody = readings.by_anybody[0].reshape(1, -1)
        coders = self._coders
        self._to = by_anybody if coders is None else readings.by_each(coders.places_of, len(coders))[0]
        account_of_line = table.joining.account_of_line
        self._lines = np.flatnonzero(account_of_line >= 0)
        self._accounts = account_of_line[self._lines]
        shape = len(self._to), len(account_of_line)
        self._to_of_line, self._beyond = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        self._to_of_line[:, self._lines] = self._to[:, self._accounts]

    def add(self, codings: Codings, sign: int) -> None:
        """Add what was coded beyond the places to which the accounts were read."""
        if not len(codings.line):
            return
        first, last = int(codings.line[0]), int(codings.line[-1]) + 1
        to, line = self._to_of_line[:, first:last], codings.line - first
        reader = np.zeros_like(line) if self._coders is None else self._coders.places_of(codings.coder)
        text = reader * (last - first) + line
        start = np.maximum(codings.start, to.ravel()[text])  # clipped to what lies beyond, in order still
        beyond = covered_in_order(text, line, start, codings.end, groups=to.size)
        self._beyond[:, first:last] += sign * beyond.reshape(to.shape)

    def characters(self) -> Ints:
        """The characters read in the accounts of each row and column, of a shape that can be laid over the table's.

        A code, coder, group ... is about all accounts.
        """
        table, coders = self._table, self._coders
        read = self._to.copy()
        read[:, self._accounts] += self._beyond[:, self._lines]
        lengths = [len(one) if one.of_accounts else 1 for one in table.axes]
        account, cell = accounts_at(table, *(one for one in table.axes if one.of_accounts))
        total = np.zeros((lengths[0] * lengths[1], len(read)), np.int64)
        np.add.at(total, cell, read.T[account])
        if coders is table.rows:
            return total.T
        return total if coders is table.columns else total.reshape(lengths)
