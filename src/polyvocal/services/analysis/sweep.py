"""Sweeps over very many half-open intervals at once, as numpy columns. O(n log n); never an array of characters."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def covered_by_group(group: Ints, line: Ints, start: Ints, end: Ints, *, groups: int) -> Ints:
    """How many places lie in at least one interval, for each of `groups` groups (numbered from 0).

    Intervals of one group may overlap, nest and touch; those on different lines (texts), or of different groups,
    never meet. Empty ones count nothing.
    """
    total = np.zeros(groups, np.int64)
    filled = start < end
    group, line, start, end = group[filled], line[filled], start[filled], end[filled]
    if not len(group):
        return total
    order = np.lexsort((start, line, group))
    group, line, start, end = group[order], line[order], start[order], end[order]
    fresh = np.zeros(len(group), np.int64)
    fresh[1:] = (group[1:] != group[:-1]) | (line[1:] != line[:-1])
    shift = np.cumsum(fresh) * (int(end.max()) + 1)  # lays all lines one after another on a single one
    left, right = start + shift, end + shift
    reach = np.maximum.accumulate(right)
    before = np.concatenate(([np.int64(-1)], reach[:-1]))
    np.add.at(total, group, np.maximum(right - np.maximum(left, before), 0))
    return total


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


def tally(numbers: Ints, size: int) -> Ints:
    """How often each number from 0 up to `size` occurs."""
    return np.bincount(numbers, minlength=size).astype(np.int64)


def numbered(values: Ints, keys: Sequence[int] | Ints) -> Ints:
    """The place of each value among the keys, -1 where it is not there. Keys are in any order, each once."""
    if not len(keys):
        return np.full(len(values), -1, np.int64)
    unsorted = np.array(keys, np.int64)
    order = np.argsort(unsorted, kind="stable").astype(np.int64)
    found = unsorted[order]
    at = np.minimum(np.searchsorted(found, values), len(found) - 1)
    return np.where(found[at] == values, order[at], -1)
