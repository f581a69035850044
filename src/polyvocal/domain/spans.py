"""Half-open stretches of a text, in Unicode code points, and sweeps over many of them."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Span(NamedTuple):
    """The code points from `start` up to but not including `end`."""

    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a code point; spans that only touch do not."""
        return self.start < other.end and other.start < self.end


def union(spans: Iterable[tuple[int, int]]) -> list[Span]:
    """The spans that cover just what the given ones cover, sorted, with overlapping and touching ones joined.

    O(n log n).
    """
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1].end:
            if end > joined[-1].end:
                joined[-1] = Span(joined[-1].start, end)
        elif start < end:
            joined.append(Span(start, end))
    return joined


def covered(spans: Iterable[tuple[int, int]]) -> int:
    """How many code points lie in at least one of the spans."""
    return sum(span.length for span in union(spans))


def touches(joined: Sequence[Span], start: int, end: int) -> bool:
    """Whether [start, end) shares a code point with any of some spans that are sorted and lie apart. O(log n)."""
    at = bisect_right(joined, start, key=lambda span: span.end)
    return start < end and at < len(joined) and joined[at].start < end


def gaps(spans: Iterable[tuple[int, int]], length: int) -> list[Span]:
    """What of a text of a length lies in none of some spans, sorted."""
    found, at = [], 0
    for start, end in [*union(spans), (length, length)]:
        if at < start:
            found.append(Span(at, start))
        at = max(at, end)
    return found
