"""Lanes: where overlapping spans are drawn side by side, so that none hides another."""

from collections.abc import Iterable
from heapq import heappop, heappush
from typing import Protocol

from polyvocal.domain.errors import BugError


class HasEnds(Protocol):
    """Whatever lies on [start, end)."""

    @property
    def start(self) -> int:
        """The first of it."""

    @property
    def end(self) -> int:
        """Behind the last of it."""


def pack_lanes(spans: Iterable[HasEnds]) -> list[int]:
    """Give each span a lane, the lowest that is free, so that spans of one lane never overlap.

    Spans are half-open, in code points, sorted by (start, -end); the lanes count from 0, one for each span, in order.
    No more lanes are used than spans lie over one another somewhere. O(n log n). Raises BugError if the spans are not
    sorted.
    """
    lanes: list[int] = []
    free: list[int] = []  # lanes that were used and are not now
    used: list[tuple[int, int]] = []  # (end, lane) of the spans that are not over yet
    last: tuple[int, int] | None = None
    for span in spans:
        start, end = span.start, span.end
        if last is not None and (start, -end) < last:
            raise BugError("spans must be sorted by start, the longer first")
        last = start, -end
        while used and used[0][0] <= start:
            heappush(free, heappop(used)[1])
        lane = heappop(free) if free else len(used)
        lanes.append(lane)
        heappush(used, (end, lane))
    return lanes


def lowest_free(taken: Iterable[int]) -> int:
    """The lowest lane that is not among those taken."""
    lanes = set(taken)
    lane = 0
    while lane in lanes:
        lane += 1
    return lane
