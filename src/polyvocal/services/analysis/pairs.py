"""How many pairs of intervals meet, by what they are, and which ones do: for whole columns at once."""

from dataclasses import dataclass

import numpy as np

from polyvocal.services.analysis.sweep import Ints, sums, tally

_DENSE = 4
"""Where intervals on a line meet more others, on average, than there are kinds by this factor, kinds are counted."""


@dataclass(frozen=True, slots=True)
class Intervals:
    """Half-open intervals [start, end) of some kinds (numbered from 0), on lines; sorted by line and start."""

    line: Ints
    start: Ints
    end: Ints
    kind: Ints


def meeting_pairs(intervals: Intervals, kinds: int) -> Ints:
    """How many unordered pairs of two intervals share a place, by the kinds of the two: a symmetric square.

    Intervals meet on one line only; empty ones meet none, and none meets itself. O(n log n + pairs), and where there
    are very many pairs O(n log n + n * kinds), never by comparing every two.
    """
    filled = intervals.start < intervals.end
    line, start, end, kind = (
        column[filled] for column in (intervals.line, intervals.start, intervals.end, intervals.kind)
    )
    total = np.zeros(kinds * kinds, np.int64)
    if not len(line):
        return total.reshape(kinds, kinds)
    begins = _begins(line)
    start, end = _on_one_line(begins, start, end)
    until = np.searchsorted(start, end, side="left")  # those from the next one up to here begin before it ends
    met = until - np.arange(1, len(line) + 1)
    of_line = np.add.reduceat(met, begins)
    size = np.diff(begins, append=len(line))
    dense = of_line > size * kinds * _DENSE
    spread = np.repeat(dense, size)
    _add_each(total, np.where(spread, 0, met), kind, kinds)
    for number in np.flatnonzero(dense).tolist():
        part = slice(begins[number], begins[number] + size[number])
        _add_by_kind(total, kind[part], until[part] - begins[number], kinds)
    square = total.reshape(kinds, kinds)
    return square + square.T - np.diag(square.diagonal())


def meeting_with(intervals: Intervals, kind: int) -> Ints:
    """With how many others of a kind each interval shares a place; empty ones with none. O(n log n)."""
    found = np.zeros(len(intervals.line), np.int64)
    filled = np.flatnonzero(intervals.start < intervals.end)
    if not len(filled):
        return found
    of_kind = intervals.kind[filled] == kind
    start, end = _on_one_line(_begins(intervals.line[filled]), intervals.start[filled], intervals.end[filled])
    begun = np.searchsorted(start[of_kind], end, side="left")
    ended = np.searchsorted(np.sort(end[of_kind]), start, side="right")
    found[filled] = begun - ended - of_kind  # none meets itself
    return found


def _begins(line: Ints) -> Ints:
    """Where each line begins in a column of lines, which is not empty."""
    return np.flatnonzero(np.concatenate(([True], line[1:] != line[:-1])))


def _on_one_line(begins: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """All lines one after another on a single one, where none meets the next."""
    longest = np.maximum.reduceat(end, begins)
    shift = np.repeat(np.cumsum(longest) - longest, np.diff(begins, append=len(start)))
    return start + shift, end + shift


def _add_each(total: Ints, met: Ints, kind: Ints, kinds: int) -> None:
    """Add the pairs of each interval with the first after it, then of those that are left with the second ..."""
    at = np.flatnonzero(met > 0)
    step = 1
    while len(at):
        total += tally(kind[at] * kinds + kind[at + step], kinds * kinds)
        step += 1
        at = at[met[at] >= step]


def _add_by_kind(total: Ints, kind: Ints, until: Ints, kinds: int) -> None:
    """The same for all intervals of one line: for each kind how many of it begin after one and before it ends."""
    for other in np.flatnonzero(tally(kind, kinds)).tolist():
        before = np.concatenate(([0], np.cumsum(kind == other)))
        found = before[until] - before[1:]
        total[other::kinds] += sums(kind, found, kinds)
