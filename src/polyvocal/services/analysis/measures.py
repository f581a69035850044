"""What a cell counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

import numpy as np

from polyvocal.services.analysis.accounts import Readings
from polyvocal.services.analysis.columns import Codings
from polyvocal.services.analysis.dimensions import FAMILY, OF_ACCOUNTS, Axis, Dimension, Family
from polyvocal.services.analysis.members import Entries, Members, join
from polyvocal.services.analysis.question import Question
from polyvocal.services.analysis.sweep import (
    Bools,
    Ints,
    covered_in_order,
    distinct_by_group,
    distinct_in_order,
    distinct_pairs,
    tally,
)


class Measure(StrEnum):
    """What a cell counts; see `Comparison.caption` for the words."""

    PASSAGES = "passages"
    SOURCES = "sources"
    CHARACTERS = "characters"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Table:
    """Two axes, and where on them fall those `meant` of the codings that the whole filter means.

    `account_of_line` has the place of each line's account in the question, -1 where it is not in question.
    """

    question: Question
    readings: Readings
    rows: Axis
    columns: Axis
    codings: Codings
    account_of_line: Ints
    members: Mapping[Family, Members]
    meant: int
    entries: Entries
    cell: Ints
    """The number of each entry's cell, counted row by row."""

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns there are."""
        return len(self.rows.keys), len(self.columns.keys)

    @property
    def axes(self) -> dict[Dimension, Axis]:
        """Rows and columns by what they are."""
        return {self.rows.dimension: self.rows, self.columns.dimension: self.columns}

    @property
    def shown(self) -> Bools:
        """Of each coding, whether it is in any cell."""
        found = np.zeros(len(self.codings.line), np.bool_)
        found[self.entries.owner] = True
        return found


def measured(table: Table, measure: Measure) -> list[list[int]] | list[list[float | None]]:
    """The cells, row by row."""
    match measure:
        case Measure.PASSAGES:
            return cast("list[list[int]]", passages(table).tolist())
        case Measure.SOURCES:
            return cast("list[list[int]]", sources(table).tolist())
        case Measure.CHARACTERS:
            return cast("list[list[int]]", characters(table).tolist())
        case Measure.SHARE:
            return share(table)


def coded(table: Table) -> Bools:
    """Whether a cell has any passage."""
    rows, columns = table.shape
    return (tally(table.cell, rows * columns) > 0).reshape(table.shape)


def passages(table: Table) -> Ints:
    """How many codings each cell has."""
    rows, columns = table.shape
    cell, owner = table.cell, table.entries.owner
    if table.entries.once:
        return tally(cell, rows * columns).reshape(table.shape)
    return distinct_by_group(cell, owner, groups=rows * columns).reshape(table.shape)


def sources(table: Table) -> Ints:
    """In how many accounts each cell has passages."""
    rows, columns = table.shape
    line = table.entries.of(table.codings.line)
    return distinct_in_order(table.cell, line, groups=rows * columns).reshape(table.shape)


def characters(table: Table) -> Ints:
    """How many characters lie in a passage of each cell, each once."""
    rows, columns = table.shape
    line, start, end = map(table.entries.of, (table.codings.line, table.codings.start, table.codings.end))
    return covered_in_order(table.cell, line, start, end, groups=rows * columns).reshape(table.shape)


def share(table: Table) -> list[list[float | None]]:
    """The characters of each cell as a share of those read in its accounts; None where nothing was read."""
    read = np.broadcast_to(characters_read(table), table.shape)
    return [
        [number / of if of else None for number, of in zip(line, line_read, strict=True)]
        for line, line_read in zip(characters(table).tolist(), read.tolist(), strict=True)
    ]


def characters_read(table: Table) -> Ints:
    """The characters read in the accounts of each row and column, of a shape that can be laid over the table's.

    A code, coder, group ... is about all accounts. Where coders are compared it is what the coder of the cell has
    read, else what anybody has: up to where a reading says, and all that was coded, with whichever code.
    """
    coders = table.axes.get(Dimension.CODER)
    read = _read_by_anybody(table) if coders is None else _read_by_each(table, coders)
    lengths = [len(one.keys) if _is_of_accounts(one) else 1 for one in (table.rows, table.columns)]
    account, cell = accounts_at(table, *filter(_is_of_accounts, (table.rows, table.columns)))
    total = np.zeros((lengths[0] * lengths[1], len(read)), np.int64)
    np.add.at(total, cell, read.T[account])
    if coders is table.rows:
        return total.T
    return total if coders is table.columns else total.reshape(lengths)


def _is_of_accounts(axis: Axis) -> bool:
    return FAMILY[axis.dimension] in OF_ACCOUNTS


def _read_by_anybody(table: Table) -> Ints:
    to, _ = table.readings.by_anybody
    return _covered(table, np.zeros_like(table.codings.line), to.reshape(1, -1))


def _read_by_each(table: Table, coders: Axis) -> Ints:
    to, _ = table.readings.by_each(coders.keys)
    return _covered(table, table.codings.coder.places(coders.keys), to)


def _covered(table: Table, reader: Ints, to: Ints) -> Ints:
    """Characters that each reader has read of each account: up to a place, and whatever that reader has coded."""
    codings, account = table.codings, table.account_of_line
    lines = np.flatnonzero(account >= 0)
    read = np.zeros((len(to), len(account)), np.int64)
    read[:, lines] = to[:, account[lines]]
    text = reader * len(account) + codings.line
    start = np.maximum(codings.start, read.ravel()[text])  # clipped to what lies beyond, in order still
    beyond = covered_in_order(text, codings.line, start, codings.end, groups=read.size).reshape(read.shape)
    whole = to.copy()
    whole[:, account[lines]] += beyond[:, lines]
    return whole


def accounts_at(table: Table, *axes: Axis) -> tuple[Ints, Ints]:
    """(account, cell) for every account and every cell of the axes to which it belongs, whatever is coded in it."""
    every = np.arange(len(table.question.accounts), dtype=np.int64)
    entries = join(every, every, axes, table.members)
    cell, size = np.zeros_like(entries.owner), 1
    for axis in axes:
        cell, size = cell * len(axis.keys) + entries.places[axis.dimension], size * len(axis.keys)
    cell, account = distinct_pairs(cell, entries.owner, groups=size)
    return account, cell
