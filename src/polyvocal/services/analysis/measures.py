"""What a cell counts, and all else that is added up over the codings."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from polyvocal.domain.ids import PersonId
from polyvocal.services.analysis.axes import axis
from polyvocal.services.analysis.characters_read import CharactersRead
from polyvocal.services.analysis.columns import Codings
from polyvocal.services.analysis.dimensions import OBSERVERS, Axis, Dimension, Family
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

Count = Callable[[Ints, int], Ints]
"""Of the group of each entry, and how many groups there are: how much each group has."""


Numbers = Ints | NDArray[np.float64]
"""Whole; of a share floats, NaN where it is one of nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Totals:
    """What each row, each column and the whole of a table come to, by its measure; `whole` is an array of one number.

    They are counted over all that lies in any cell of the line, each passage (source, character) once, also where it
    lies in several. So the share of the text read is that of the line, no sum or mean of its cells; as shares of rows
    the total of a row is all of it, that of a column its share of all passages in the table; and the other way round.
    `add_up` says that each passage (source, character) lies in one cell only.
    """

    rows: Numbers
    columns: Numbers
    whole: Numbers
    add_up: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """What there is in a table.

    `cells` are by the measure, of the table's shape. `totals` are there where they are asked for.
    `coded` says which have any passage. `coders` are those of the passages shown, `coded_by` how many passages each
    place of the axis with heads has by each of them, `own` how many by those who wrote them; `meant`, `shown` and
    `gone` count codings: those of the filter, those in any cell, and of these the ones without words.
    """

    cells: Numbers
    totals: Totals | None
    coded: Bools
    coders: tuple[int, ...]
    coded_by: Ints
    own: Ints
    meant: int
    shown: int
    gone: int


class Tally:
    """Adds up what codings come to in a table. Codings on whole lines can be added, and taken away again."""

    def __init__(self, table: Table, measure: Measure, *, totals: bool = False) -> None:
        self.table, self._measure, self._with_totals = table, measure, totals
        rows, columns = table.shape
        self._coder_ids = table.question.held.codings.coder_ids
        coders = len(self._coder_ids)
        self._cells, self._entries = np.zeros(rows * columns, np.int64), np.zeros(rows * columns, np.int64)
        self._by_coder = np.zeros(coders, np.int64)
        self._headed = table.headed
        places = len(self._headed) if self._headed else 0
        self._coded_by, self._own = np.zeros((places, coders), np.int64), np.zeros(places, np.int64)
        self._writers = axis(OBSERVERS, table.question)
        self._lines = _Lines(table, measure, totals=totals)
        self._coders = next((one for one in table.axes if one.dimension is Dimension.CODER), None)
        self._reading = CharactersRead(table, self._coders) if measure is Measure.SHARE else None
        self._by_any = self._reading
        if totals and self._reading is not None and self._coders is not None:
            self._by_any = CharactersRead(table, self._coders, apart=False)
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
        count = self._how_much(part)
        self._cells[where] += sign * (in_part if count is tally else count(cell, size))
        self._lines.add(part, count, sign)
        if self._headed is not None:
            self._coded_by += sign * self._by_place(part, self._headed)
            if not self._headed.of_observers:
                self._own += sign * self._of_own(part, self._headed)
        for reading in filter(None, {self._reading, self._by_any}):
            reading.add(codings, sign)

    def _how_much(self, part: Part) -> Count:
        """What tells, of the group of each entry, how many passages (sources, characters) each group has."""
        entries, codings = part.entries, part.codings
        if self._measure in OF_PASSAGES:
            passage = passage_of(self.table, part)
            if passage is None and entries.once:
                return tally
            member = entries.owner if passage is None else passage
            return lambda group, groups: distinct_by_group(group, member, groups=groups)
        line = entries.of(codings.line)
        if self._measure is Measure.SOURCES:
            return lambda group, groups: distinct_in_order(group, line, groups=groups)
        start, end = entries.of(codings.start), entries.of(codings.end)
        return lambda group, groups: covered_in_order(group, line, start, end, groups=groups)

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
        return Counted(
            cells=self._by_measure(cells, *self.table.axes),
            totals=self._totals(cells) if self._with_totals else None,
            coded=(self._entries > 0).reshape(self.table.shape),
            coders=tuple(self._coder_ids[self._by_coder > 0].tolist()),
            coded_by=self._coded_by.copy(),
            own=self._own_of_observers() if self._headed and self._headed.of_observers else self._own.copy(),
            meant=self._meant,
            shown=self._shown,
            gone=self._gone,
        )

    def _totals(self, cells: Ints) -> Totals:
        rows, columns, whole = (self._lines.of(kept, cells) for kept in (_ROWS, _COLUMNS, _WHOLE))
        table = self.table
        return Totals(
            rows=self._by_measure(rows, table.rows),
            columns=self._by_measure(columns, table.columns),
            whole=self._by_measure(whole),
            add_up=bool((cells.sum(1) == rows).all() and (cells.sum(0) == columns).all()),
        )

    def _by_measure(self, numbers: Ints, *kept: Axis) -> Numbers:
        """Numbers of the places of some axes (of both in cells, of one in its totals, of none in the whole) as said."""
        if self._measure is Measure.SHARE:
            reading = self._reading if self._coders in kept else self._by_any
            assert reading is not None
            return _shares(numbers, reading.characters(*kept))
        if self._measure not in SHARES:
            return numbers.copy()
        base = self.table.rows if self._measure is Measure.SHARE_OF_ROW else self.table.columns
        cells = self._cells.reshape(self.table.shape)
        if base not in kept:
            return _shares(numbers, self._lines.of(_WHOLE, cells))
        of = self._lines.of(_ROWS if base is self.table.rows else _COLUMNS, cells)
        return _shares(numbers, of.reshape(-1, 1) if len(kept) > 1 and base is self.table.rows else of)


_ROWS, _COLUMNS, _WHOLE = range(3)


class _Lines:
    """Counts rows, columns and the whole, as far as that is asked for and cells do not add up to it.

    They do along an axis whose places have nothing in common: each text has at most one of them, or each coding.
    """

    def __init__(self, table: Table, measure: Measure, *, totals: bool) -> None:
        rows, columns = (_lies_apart(table, one, measure) for one in table.axes)
        self._add_up = {_ROWS: columns, _COLUMNS: rows, _WHOLE: rows or columns}
        asked = {Measure.SHARE_OF_ROW: {_ROWS}, Measure.SHARE_OF_COLUMN: {_COLUMNS}}.get(measure, set[int]())
        sizes = (*table.shape, 1)
        wanted = (_ROWS, _COLUMNS, _WHOLE) if totals else asked
        self._counted = {one: np.zeros(sizes[one], np.int64) for one in wanted if not self._add_up[one]}

    def add(self, part: Part, count: Count, sign: int) -> None:
        """Add (or, with -1, take away) a part."""
        for one, counted in self._counted.items():
            group = np.zeros_like(part.cell) if one == _WHOLE else part.entries.places[one]
            self._counted[one] = counted + sign * count(group, len(counted))

    def of(self, which: int, cells: Ints) -> Ints:
        """What the rows, the columns or the whole come to; `cells` are those of the table."""
        if not self._add_up[which]:
            return self._counted[which]
        if which != _WHOLE:
            lines: Ints = cells.sum(1 if which == _ROWS else 0)
            return lines
        whole: Ints = self.of(_COLUMNS if self._add_up[_ROWS] else _ROWS, cells).sum(keepdims=True)
        return whole


def _lies_apart(table: Table, one: Axis, measure: Measure) -> bool:
    """Whether no passage (source, character) can have two places on an axis."""
    if one.family is Family.CODING:
        return measure in OF_PASSAGES
    if not one.of_accounts or (one.family is Family.OCCASION and table.question.is_cut):
        return False
    accounts, _ = accounts_at(table, one)
    return not (accounts[1:] == accounts[:-1]).any()


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
