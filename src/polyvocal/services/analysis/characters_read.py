"""How much was read of the accounts of a table, of which a cell can be a share."""

from collections.abc import Collection
from functools import partial
from math import prod

import numpy as np

from polyvocal.services.analysis.accounts import Readings
from polyvocal.services.analysis.columns import Codings, Keyed
from polyvocal.services.analysis.dimensions import Axis
from polyvocal.services.analysis.sweep import Ints, covered_in_order, distinct_pairs
from polyvocal.services.analysis.table import Table, accounts_at


class CharactersRead:
    """What was read of each account: up to where a reading says, and all that was coded, with whichever code.

    Where `coders` are apart it is what each of them has read (any of them, where several have one place), else what any
    of them has; without an axis of coders what anybody has.
    """

    def __init__(self, table: Table, coders: Axis | None, *, apart: bool = True) -> None:
        self._table, self._coders = table, coders if apart else None
        self._place_of = _the_one if coders is None else coders.places_of if apart else partial(_any_of, coders)
        readings: Readings = table.question.held.readings(table.question.chosen)
        by_anybody = readings.by_anybody[0].reshape(1, -1)
        size = len(coders) if coders is not None and apart else 1
        self._to = by_anybody if coders is None else readings.by_each(self._place_of, size)[0]
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
        reader = self._place_of(codings.coder)
        text = reader * (last - first) + line
        start = np.maximum(codings.start, to.ravel()[text])  # clipped to what lies beyond, in order still
        beyond = covered_in_order(text, line, start, codings.end, groups=to.size)
        self._beyond[:, first:last] += sign * beyond.reshape(to.shape)

    def characters(self, *kept: Axis) -> Ints:
        """The characters read in the accounts of each place of some axes of the table; of none, in all of its accounts.

        Of a shape that can be laid over theirs; an axis of coders must be among them. A code, group, stance ... is
        about all accounts.
        """
        read = self._to.copy()
        read[:, self._accounts] += self._beyond[:, self._lines]
        account, cell = self._accounts_at(kept)
        total = np.zeros((prod(len(one) for one in kept if one.of_accounts), len(read)), np.int64)
        np.add.at(total, cell, read.T[account])
        if self._coders is not None and self._coders is kept[0]:
            total = total.T
        return total.reshape([len(one) if one.of_accounts or one is self._coders else 1 for one in kept] or 1)

    def _accounts_at(self, kept: Collection[Axis]) -> tuple[Ints, Ints]:
        """(account, cell of those axes of accounts that are kept), of accounts that have a place on each there is."""
        every = [one for one in self._table.axes if one.of_accounts]
        account, cell = accounts_at(self._table, *every)
        if all(one in kept for one in every):
            return account, cell
        group, size = np.zeros_like(cell), 1
        for one, place in zip(every, np.unravel_index(cell, [len(one) for one in every]), strict=True):
            if one in kept:
                group, size = group * len(one) + place, size * len(one)
        group, account = distinct_pairs(group, account, groups=size)
        return account, group


def _the_one(coders: Ints | Keyed) -> Ints:
    return np.zeros(len(coders.at if isinstance(coders, Keyed) else coders), np.int64)


def _any_of(axis: Axis, coders: Ints | Keyed) -> Ints:
    return np.minimum(axis.places_of(coders), 0)
