"""What a cell counts, and all else that is added up over the codings."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from polyvocal.services.analysis.columns import Codings
from polyvocal.services.analysis.dimensions import FAMILY, OF_ACCOUNTS, Axis, Dimension
from polyvocal.services.analysis.sweep import (
    Bools,
    Ints,
    covered_in_order,
    distinct_by_group,
    distinct_in_order,
    distinct_pairs,
    tally,
)
from polyvocal.services.analysis.table import Part, Table, accounts_at, parts


class Measure(StrEnum):
    """What a cell counts; see `Comparison.caption` for the words."""

    PASSAGES = "passages"
    SOURCES = "sources"
    CHARACTERS = "characters"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Counted:
    """What there is in a table.

    `cells` are by the measure, of the table's shape, `coded` says which have any passage. `coders` are those of the
    passages shown, `coded_by` how many passages each observer (a place on that axis) has by each of them; `meant`,
    `shown` and `gone` count passages: those of the filter, those in any cell, and of these the ones without words.
    """

    cells: list[list[int]] | list[list[float | None]]
    coded: Bools
    coders: tuple[int, ...]
    coded_by: Ints
    meant: int
    shown: int
    gone: int


def count(table: Table, measure: Measure) -> Counted:
    """Go through the codings once, and add up."""
    rows, columns = table.shape
    size, coders = rows * columns, table.question.held.codings.coder_ids
    observers = table.axes.get(Dimension.OBSERVER)
    cells, entries, by_coder = np.zeros(size, np.int64), np.zeros(size, np.int64), np.zeros(len(coders), np.int64)
    coded_by = np.zeros((0 if observers is None else len(observers.keys), len(coders)), np.int64)
    reading = _Reading(table) if measure is Measure.SHARE else None
    meant = shown = gone = 0
    for part in parts(table):
        owners = part.entries.owners()
        meant, shown = meant + part.meant, shown + len(owners)
        gone += int((part.codings.start[owners] == part.codings.end[owners]).sum())
        by_coder += tally(part.codings.coder.at[owners], len(coders))
        in_part = tally(part.cell, size)
        entries += in_part
        cells += in_part if measure is Measure.PASSAGES and part.entries.once else _in_cells(part, measure, size)
        if observers is not None:
            coded_by += _coded_by(part, observers, len(coders))
        if reading is not None:
            reading.add(part.codings)
    of_shape = cells.reshape(table.shape)
    return Counted(
        cells=of_shape.tolist() if reading is None else _shares(of_shape, reading.characters()),
        coded=(entries > 0).reshape(table.shape),
        coders=tuple(coders[by_coder > 0].tolist()),
        coded_by=coded_by,
        meant=meant,
        shown=shown,
        gone=gone,
    )


def _in_cells(part: Part, measure: Measure, size: int) -> Ints:
    entries, codings = part.entries, part.codings
    match measure:
        case Measure.PASSAGES:
            return distinct_by_group(part.cell, entries.owner, groups=size)
        case Measure.SOURCES:
            return distinct_in_order(part.cell, entries.of(codings.line), groups=size)
        case _:
            line, start, end = map(entries.of, (codings.line, codings.start, codings.end))
            return covered_in_order(part.cell, line, start, end, groups=size)


def _coded_by(part: Part, observers: Axis, coders: int) -> Ints:
    """How many passages of each observer each coder coded, as an array of that shape."""
    entries, size = part.entries, len(observers.keys)
    observer, coding = entries.places[observers.dimension], entries.owner
    if not entries.once:
        observer, coding = distinct_pairs(observer, coding, groups=size)
    return tally(observer * coders + part.codings.coder.at[coding], size * coders).reshape(size, coders)


# --- shares ------------------------------------------------------------------------------------------------------


def _shares(characters: Ints, read: Ints) -> list[list[float | None]]:
    """The characters of each cell as a share of those read in its accounts; None where nothing was read."""
    over = np.broadcast_to(read, characters.shape)
    return [
        [number / of if of else None for number, of in zip(line, line_read, strict=True)]
        for line, line_read in zip(characters.tolist(), over.tolist(), strict=True)
    ]


class _Reading:
    """What was read of each account: up to where a reading says, and all that was coded, with whichever code.

    Where coders are compared it is what each of them has read, else what anybody has.
    """

    def __init__(self, table: Table) -> None:
        self._table = table
        self._coders = table.axes.get(Dimension.CODER)
        by_anybody = table.readings.by_anybody[0].reshape(1, -1)
        self._to = by_anybody if self._coders is None else table.readings.by_each(self._coders.keys)[0]
        self._lines = np.flatnonzero(table.account_of_line >= 0)
        self._accounts = table.account_of_line[self._lines]
        shape = len(self._to), len(table.account_of_line)
        self._to_of_line, self._beyond = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        self._to_of_line[:, self._lines] = self._to[:, self._accounts]

    def add(self, codings: Codings) -> None:
        """Add what was coded beyond the places to which the accounts were read."""
        if not len(codings.line):
            return
        first, last = int(codings.line[0]), int(codings.line[-1]) + 1  # no other stretch has any of these lines
        to, line = self._to_of_line[:, first:last], codings.line - first
        reader = np.zeros_like(line) if self._coders is None else codings.coder.places(self._coders.keys)
        text = reader * (last - first) + line
        start = np.maximum(codings.start, to.ravel()[text])  # clipped to what lies beyond, in order still
        beyond = covered_in_order(text, line, start, codings.end, groups=to.size)
        self._beyond[:, first:last] += beyond.reshape(to.shape)

    def characters(self) -> Ints:
        """The characters read in the accounts of each row and column, of a shape that can be laid over the table's.

        A code, coder, group ... is about all accounts.
        """
        table, coders = self._table, self._coders
        read = self._to.copy()
        read[:, self._accounts] += self._beyond[:, self._lines]
        lengths = [len(one.keys) if _is_of_accounts(one) else 1 for one in (table.rows, table.columns)]
        account, cell = accounts_at(table, *filter(_is_of_accounts, (table.rows, table.columns)))
        total = np.zeros((lengths[0] * lengths[1], len(read)), np.int64)
        np.add.at(total, cell, read.T[account])
        if coders is table.rows:
            return total.T
        return total if coders is table.columns else total.reshape(lengths)


def _is_of_accounts(axis: Axis) -> bool:
    return FAMILY[axis.dimension] in OF_ACCOUNTS
