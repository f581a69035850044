"""Which parts of a text lie in a window of time, by the times that are marked in it.

A text is cut where its marks stand. What lies between two marks lies between their times, somewhere: it may be in a
window of which they are not both in, and it is then told that it only may be. Nothing is given a time of its own.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum, auto
from typing import NamedTuple

from polyvocal.domain.spans import Span
from polyvocal.domain.timeline import Bracket, Frame, PlacedMark, bracket, instant


class Window(NamedTuple):
    """From when to when, half-open; open at its end where that is None. Both have a zone, or neither."""

    starts: datetime
    ends: datetime | None


class Segment(NamedTuple):
    """[start, end) of a text, in code points, and between which moments it lies; `marked` if a mark says so."""

    start: int
    end: int
    bracket: Bracket
    marked: bool


class Fit(Enum):
    """How what lies between two moments lies to a window."""

    INSIDE = auto()
    PERHAPS = auto()
    """Some of what lies between the two moments lies in the window; the text may."""
    OUTSIDE = auto()
    UNKNOWN = auto()


def segments(placed: Sequence[PlacedMark], length: int, frame: Frame) -> tuple[Segment, ...]:
    """A text of a length cut at the marks that count: parts that cover all of it, in order."""
    cuts = sorted({one.mark.start for one in placed if one.at is not None and one.counts})
    ends = [*(cut for cut in cuts if cut > 0), length]
    starts = [0, *ends[:-1]]
    return tuple(
        Segment(start, end, bracket(placed, Span(start, end), frame), bool(cuts))
        for start, end in zip(starts, ends, strict=True)
        if start < end
    )


def fit(within: Bracket, window: Window) -> Fit:
    """How what lies within a bracket lies to a window. What has a zone is not compared with what has none."""
    known = [one for one in (*within, *window) if one is not None]
    if all(one is None for one in within) or len({one.tzinfo is None for one in known}) > 1:
        return Fit.UNKNOWN
    earliest, latest, starts, ends = (instant(one) if one is not None else None for one in (*within, *window))
    assert starts is not None
    if latest is not None and (latest < starts or (latest == starts and earliest != starts)):
        return Fit.OUTSIDE
    if earliest is not None and ends is not None and earliest >= ends and earliest != starts:
        return Fit.OUTSIDE
    begins_in = earliest is not None and earliest >= starts
    ends_in = latest is not None and (ends is None or latest <= ends)
    if begins_in and ends_in:
        return Fit.INSIDE
    if (earliest is not None and latest is not None) or begins_in or ends_in:
        return Fit.PERHAPS
    return Fit.UNKNOWN  # what goes on without an end may be anywhere


def narrowest(brackets: Sequence[Bracket]) -> Bracket | None:
    """Between which moments something lies that lies within each of some brackets; None where they contradict."""
    earliest = max((one.earliest for one in brackets if one.earliest is not None), key=instant, default=None)
    latest = min((one.latest for one in brackets if one.latest is not None), key=instant, default=None)
    if earliest is not None and latest is not None and instant(latest) < instant(earliest):
        return None
    return Bracket(earliest, latest)
