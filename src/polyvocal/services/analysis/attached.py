"""What is attached to codings (whom they concern, which stances are taken), as columns that are held."""

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from polyvocal.services.analysis.sweep import Ints, Numbers, distinct, numbered


class Attached:
    """Rows that belong to codings: of each its own id, the id of its coding, and some values; sorted by coding."""

    def __init__(self, columns: Sequence[Ints]) -> None:
        identity, coding, *values = columns
        order = np.argsort(coding, kind="stable")
        self.identity, self.coding = identity[order], coding[order]
        self.values = tuple(value[order] for value in values)
        begins = np.ones(len(order), np.bool_)
        begins[1:] = self.coding[1:] != self.coding[:-1]
        self._first = np.flatnonzero(begins)
        self._count = np.diff(self._first, append=len(order))
        self._owners = Numbers(self.coding[self._first])

    def of(self, codings: Ints) -> tuple[Ints, Ints]:
        """(first, count) of the rows of each of some codings, which are known by their ids."""
        if not len(self._first):
            return np.zeros_like(codings), np.zeros_like(codings)
        at = self._owners.of(codings)
        return np.where(at >= 0, self._first[at], 0), np.where(at >= 0, self._count[at], 0)

    @cached_property
    def different(self) -> tuple[tuple[int, ...], ...]:
        """The values that there are in each column of values, sorted."""
        return tuple(tuple(distinct(column).tolist()) for column in self.values)

    def codings_of(self, rows: Iterable[int]) -> set[int]:
        """The ids of the codings to which some rows, known by their ids, belong."""
        return set(self.coding[numbered(self.identity, sorted(rows)) >= 0].tolist())

    def renewed(self, rows: Iterable[int], now: Sequence[Ints]) -> "Attached":
        """The same with some rows as they are now; those that are not among them are gone."""
        kept = numbered(self.identity, sorted(rows)) < 0
        held = (self.identity, self.coding, *self.values)
        return Attached([np.concatenate((column[kept], new)) for column, new in zip(held, now, strict=True)])
