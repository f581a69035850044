"""Sweeps over very many half-open intervals at once, as numpy columns. O(n log n); never an array of characters."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def covered_in_order(group: Ints, line: Ints, start: Ints, end: Ints, *, groups: int) -> Ints:
    """How many places lie in at least one interval, for each of `groups` groups (numbered from 0).

    Intervals are sorted by line and start. Those of one group may overlap, nest and touch; those on different lines
    (texts), or of different groups, never meet. Empty ones count nothing.
    """
    filled = start < end
    if not filled.all():
        group, line, start, end = group[filled], line[filled], start[filled], end[filled]
    if not len(group):
        return np.zeros(groups, np.int64)
    begins = np.flatnonzero(np.concatenate(([True], line[1:] != line[:-1])))
    longest = np.maximum.reduceat(end, begins)
    shift = np.repeat(np.cumsum(longest) - longest, np.diff(begins, append=len(line)))
    left, right = start + shift, end + shift  # all lines one after another on a single one
    del line, start, end, shift  # a million codings take 8 MB a column
    order = order_by_group(group, groups)
    if order is not None:
        left, right = left[order], right[order]
        group = np.repeat(np.arange(groups, dtype=np.int64), tally(group, groups))
    lift = group * int(longest.sum())  # and once more for each group
    left += lift
    right += lift
    reach = np.maximum.accumulate(right, out=lift)
    np.maximum(left[1:], reach[:-1], out=left[1:])
    right -= left
    np.maximum(right, 0, out=right)  # in place: new memory costs more than the arithmetic
    return sums(group, right, groups)


def distinct_in_order(group: Ints, line: Ints, *, groups: int) -> Ints:
    """How many different lines each of `groups` groups has; the lines are sorted."""
    order = order_by_group(group, groups)
    if order is not None:
        group, line = group[order], line[order]
    return tally(group[_begins(group, line)], groups)


def order_by_group(group: Ints, groups: int) -> Ints | None:
    """The order that sorts by group and leaves the members of each as they stand; None where they are sorted.

    In sixteen bits at a time, which numpy sorts by radix: a million in 10 ms where a comparing sort takes 70.
    """
    if (group[1:] >= group[:-1]).all():
        return None
    order = np.argsort((group & 0xFFFF).astype(np.uint16), kind="stable")
    if groups > 1 << 16:
        order = order[np.argsort((group[order] >> 16).astype(np.uint16), kind="stable")]
    return order


def _begins(group: Ints, line: Ints) -> Bools:
    """Of each row, whether another group or another line begins with it."""
    begins = np.ones(len(group), np.bool_)
    begins[1:] = (group[1:] != group[:-1]) | (line[1:] != line[:-1])
    return begins


def distinct_pairs(group: Ints, member: Ints, *, groups: int) -> tuple[Ints, Ints]:
    """(group, member) of every pair that occurs, each once, sorted by member. Both are numbered from 0."""
    # numpy's own `unique` hashes, which takes ten times as long as sorting what is nearly sorted
    pairs = np.sort(member * groups + group, kind="stable")
    first = np.ones(len(pairs), np.bool_)
    first[1:] = pairs[1:] != pairs[:-1]
    pairs = pairs[first]
    return pairs % max(groups, 1), pairs // max(groups, 1)


def distinct_by_group(group: Ints, member: Ints, *, groups: int) -> Ints:
    """How many different members (numbered from 0) each of `groups` groups has."""
    return tally(distinct_pairs(group, member, groups=groups)[0], groups)


def tally(numbers: NDArray[np.signedinteger[Any]], size: int) -> Ints:
    """How often each number from 0 up to `size` occurs."""
    return np.bincount(numbers, minlength=size).astype(np.int64, copy=False)


def narrowed(numbers: Ints) -> tuple[Ints | slice, Ints, int]:
    """(where, renumbered, size): numbers as places among `where`, which are not many more than there are numbers."""
    if not len(numbers):
        return slice(0, 0), numbers, 0
    lowest, beyond = int(numbers.min()), int(numbers.max()) + 1
    if beyond - lowest <= 4 * len(numbers):
        return slice(lowest, beyond), numbers - lowest, beyond - lowest
    where, renumbered = np.unique(numbers, return_inverse=True)
    return where, renumbered.astype(np.int64, copy=False), len(where)


def distinct(values: Ints) -> Ints:
    """The different values, sorted."""
    if not len(values):
        return values
    lowest, highest = int(values.min()), int(values.max())
    if highest - lowest < max(len(values), 1 << 10) * 4:
        return np.flatnonzero(np.bincount(values - lowest)) + lowest
    return np.unique(values)


def expanded(first: Ints, count: Ints) -> tuple[Ints, Ints]:
    """(number, i) for each number of ranges, of which range i has those from first[i] to first[i] + count[i]."""
    which = np.repeat(np.arange(len(first), dtype=np.int64), count)
    within = np.arange(len(which), dtype=np.int64) - np.repeat(np.cumsum(count) - count, count)
    return first[which] + within, which


def sums(group: Ints, numbers: Ints, groups: int) -> Ints:
    """The sum of the numbers of each group; exact up to 2 ** 53."""
    return np.bincount(group, weights=numbers, minlength=groups).astype(np.int64)


class Numbers:
    """Keys, in any order, each once; made once to find the places of many values among them."""

    def __init__(self, keys: Sequence[int] | Ints) -> None:
        self._keys = np.array(keys, np.int64)
        self._lowest, self._highest = (int(self._keys.min()), int(self._keys.max())) if len(self._keys) else (0, -1)
        self._table: Ints | None = None
        self._order: Ints | None = None

    def of(self, values: NDArray[np.signedinteger[Any]]) -> Ints:
        """The place of each value among the keys, -1 where it is not there."""
        if not len(self._keys) or not len(values):
            return np.full(len(values), -1, np.int64)
        size = max(len(values), len(self._keys), 1 << 10)
        if self._highest - self._lowest < size * 4:
            return self._by_table(values)  # as it is with ids of one copy: a table is quicker than a search
        if self._order is None:
            self._order = np.argsort(self._keys, kind="stable").astype(np.int64)
            self._sorted = self._keys[self._order]
        at = np.minimum(np.searchsorted(self._sorted, values), len(self._sorted) - 1)
        return np.where(self._sorted[at] == values, self._order[at], -1)

    def _by_table(self, values: NDArray[np.signedinteger[Any]]) -> Ints:
        if self._table is None:
            self._table = np.full(self._highest - self._lowest + 2, -1, np.int64)
            self._table[self._keys - self._lowest] = np.arange(len(self._keys))
        inside = (values >= self._lowest) & (values <= self._highest)
        return self._table[np.where(inside, values - self._lowest, -1)]


def numbered(values: NDArray[np.signedinteger[Any]], keys: Sequence[int] | Ints) -> Ints:
    """The place of each value among the keys, -1 where it is not there. Keys are in any order, each once."""
    return Numbers(keys).of(values)
