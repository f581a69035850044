"""Sweeps over very many half-open intervals at once, as numpy columns. O(n log n); never an array of characters."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def covered_by_group(group: Ints, start: Ints, end: Ints, groups: int) -> Ints:
    """How many places lie in at least one interval, for each of `groups` groups (numbered from 0).

    Intervals of one group may overlap, nest and touch; those of different groups never meet. Empty ones count nothing.
    """
    filled = start < end
    group, start, end = group[filled], start[filled], end[filled]
    total = np.zeros(groups, np.int64)
    if not len(group):
        return total
    order = np.lexsort((start, group))
    group, start, end = group[order], start[order], end[order]
    stride = int(end.max()) + 1  # sets the groups apart on one line
    left, right = group * stride + start, group * stride + end
    reach = np.maximum.accumulate(right)
    before = np.concatenate(([np.int64(-1)], reach[:-1]))
    gained = np.maximum(right - np.maximum(left, before), 0)
    np.add.at(total, group, gained)
    return total


def distinct_by_group(group: Ints, member: Ints, groups: int) -> Ints:
    """How many different members (numbered from 0) each group has."""
    if not len(group):
        return np.zeros(groups, np.int64)
    stride = int(member.max()) + 1
    pairs = np.unique(group * stride + member)
    return np.bincount(pairs // stride, minlength=groups).astype(np.int64)
