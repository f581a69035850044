"""How accounts of one moment go along with each other: where in another account one is, who is here in this one."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from polyvocal.domain.spans import Span

_APART = 1e-9
"""Shares that lie nearer to each other are one: what is told by so little is told by nothing."""


class Course:
    """The way of an account through a moment: how far along it a place in the text is, from 0 to 1, and back.

    It is told by what is known (`known`: offset, share) and goes evenly between that, over the words of the moment
    alone. What contradicts the order of the text is left out: shares grow with offsets. `spans` are sorted, lie apart
    and are not empty; offsets are code points, and may be broken.
    """

    def __init__(self, spans: Sequence[Span], known: Iterable[tuple[int, float]] = ()) -> None:
        self._spans = spans
        self._before = [0, *accumulate(one.length for one in spans)]
        self._places, self._shares = [0.0], [0.0]
        last = float(self._before[-1])
        for offset, share in sorted(known):
            place = self._place(offset)
            if self._places[-1] < place < last and self._shares[-1] + _APART < share < 1.0 - _APART:
                self._places.append(place)
                self._shares.append(share)
        self._places.append(last)
        self._shares.append(1.0)

    def share(self, offset: float) -> float:
        """How far along the moment an offset is: 0 before its first word, 1 after its last."""
        return _between(self._places, self._shares, self._place(offset))

    def offset(self, share: float) -> float:
        """Where in the text so far along the moment is; the end of a passage rather than the start of the next."""
        place = _between(self._shares, self._places, min(max(share, 0.0), 1.0))
        number = max(bisect_right(self._before, place) - 1, 0)
        if number and (number >= len(self._spans) or place == self._before[number]):
            number -= 1
        return self._spans[number].start + place - self._before[number]

    def _place(self, offset: float) -> float:
        """How many code points of the moment stand before an offset."""
        number = bisect_right(self._spans, offset, key=lambda one: one.start) - 1
        if number < 0:
            return 0.0
        return self._before[number] + min(offset - self._spans[number].start, float(self._spans[number].length))


def _between(known: Sequence[float], told: Sequence[float], value: float) -> float:
    """What a broken line through (known, told), both growing, says of a value."""
    after = min(max(bisect_right(known, value), 1), len(known) - 1)
    left, right = known[after - 1], known[after]
    part = (value - left) / (right - left)
    return told[after - 1] + part * (told[after] - told[after - 1])
