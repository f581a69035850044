"""The axis of a score: time from left to right, with the hours in which nothing is told folded away.

Seconds are those since 1970 in UTC (of local times without a zone, as if these were UTC). A place on the axis is in
minutes of what is not folded.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import NamedTuple

FOLDS_AFTER = 45 * 60
"""So many seconds in which nothing is told are folded."""
FOLDED = 16.0
"""How wide a fold is."""
MARGIN = 5 * 60
"""So many seconds are kept around what is told."""


class Piece(NamedTuple):
    """A stretch of time, in seconds, and where it lies on the axis."""

    start: float
    end: float
    left: float
    right: float
    folded: bool = False


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Pieces of time one after another, without gaps: what is told, and folds between."""

    pieces: tuple[Piece, ...] = ()

    @property
    def left(self) -> float:
        """Where the axis begins."""
        return self.pieces[0].left if self.pieces else 0.0

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.pieces[-1].right if self.pieces else 0.0

    def place(self, seconds: float) -> float:
        """Where a moment is; one that lies outside is at the end of the axis that is nearer."""
        if not self.pieces:
            return 0.0
        at = max(bisect_right(self.pieces, seconds, key=lambda one: one.start) - 1, 0)
        one = self.pieces[at]
        share = (seconds - one.start) / (one.end - one.start) if one.end > one.start else 0.0
        return one.left + min(max(share, 0.0), 1.0) * (one.right - one.left)

    def moment(self, place: float) -> float:
        """Which moment, in seconds, is at a place."""
        if not self.pieces:
            return 0.0
        at = max(bisect_right(self.pieces, place, key=lambda one: one.left) - 1, 0)
        one = self.pieces[at]
        share = (place - one.left) / (one.right - one.left)
        return one.start + min(max(share, 0.0), 1.0) * (one.end - one.start)

    def midnights(self, zone: tzinfo | None) -> list[float]:
        """The moments within the axis at which a day begins, by the clocks of a zone; of a fold the first and the last.

        A fold may be as long as centuries where a year was mistyped.
        """
        of = zone or UTC
        found: list[float] = []
        for piece in self.pieces:
            day, last = (datetime.fromtimestamp(at, of).date() for at in (piece.start, piece.end))
            days = [day + timedelta(days=number) for number in range((last - day).days + 1)] if not piece.folded else []
            for one in days or (day, day + timedelta(days=1), last):
                seconds = datetime(one.year, one.month, one.day, tzinfo=of).timestamp()
                if piece.start <= seconds < piece.end and (
                    seconds > found[-1] if found else seconds > self.pieces[0].start
                ):
                    found.append(seconds)
        return found


def axis_of(told: Iterable[tuple[float, float]], *, left: float = 0.0) -> TimeAxis:
    """An axis that shows all that is told, as (start, end) in seconds, and folds the rest. O(n log n)."""
    joined: list[list[float]] = []
    for start, end in sorted(told):
        if joined and start - joined[-1][1] <= FOLDS_AFTER + 2 * MARGIN:
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([start, end])
    pieces: list[Piece] = []
    at = left
    for first, last in joined:
        start, end = first - MARGIN, last + MARGIN
        if pieces:
            pieces.append(Piece(pieces[-1].end, start, at, at + FOLDED, folded=True))
            at += FOLDED
        width = (end - start) / 60
        pieces.append(Piece(start, end, at, at + width))
        at += width
    return TimeAxis(tuple(pieces))
