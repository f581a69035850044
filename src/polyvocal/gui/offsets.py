"""Between a text's offsets and Qt's positions: the only place that knows how Qt counts.

A text is counted in Unicode code points. A QTextDocument counts UTF-16 units, so what lies beyond the Basic
Multilingual Plane takes two; and long paragraphs are shown in several blocks, whose synthetic breaks take one each.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right, insort
from itertools import accumulate, pairwise

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_SEPARATOR = re.compile("[\n\u2029]")
"""Where Qt begins a new block."""
_SHOWN_OTHERWISE = str.maketrans(
    {"\ufdd0": "\ufffd", "\ufdd1": "\ufffd", "\ufffc": "\ufffd", "\ufffe": "\ufffd", "\ufeff": "\u2060"}
)
"""Characters by which Qt marks frames and pictures, and those that it takes for a byte order mark where words that it
is given begin with them, and drops. What is shown in their place takes as much room."""

PARAGRAPH_LIMIT = 12_000
"""A paragraph of more code points (about 2,000 words) is shown in several blocks: Qt lays out a block at a time."""


class Offsets:
    """The mapping for one text. `shown` is what the document is given; it has `length` positions."""

    def __init__(self, text: str, *, limit: int = PARAGRAPH_LIMIT) -> None:
        self.size = len(text)
        """The text's length in code points."""
        self._limit = limit
        self.astral = [] if text.isascii() else [match.start() for match in _ASTRAL.finditer(text)]
        """The offsets of the characters that take two positions."""
        self.breaks = _breaks(text, limit)
        """The offsets at which a synthetic break stands."""
        astral, breaks = self.astral, self.breaks
        # where the n-th astral character begins, and the n-th synthetic break stands, in positions
        self._astral_at = [one + n + bisect_right(breaks, one) for n, one in enumerate(astral)]
        self._breaks_at = [one + n + bisect_left(astral, one) for n, one in enumerate(breaks)]
        self.length = self.size + len(astral) + len(breaks)
        shown = shown_of(text)
        if breaks:
            edges = [0, *breaks, len(text)]
            shown = "\n".join(shown[a:b] for a, b in pairwise(edges))
        self.shown = shown

    def block_starts(self) -> list[int]:
        """The offset at which each block of the document begins, in order; the first is 0."""
        if not self.breaks:
            lines = _SEPARATOR.split(self.shown) if "\u2029" in self.shown else self.shown.split("\n")
            return list(accumulate((len(line) + 1 for line in lines[:-1]), initial=0))
        starts, synthetic, breaks = [0], 0, self.breaks
        for match in _SEPARATOR.finditer(self.shown):
            if synthetic < len(breaks) and match.start() == breaks[synthetic] + synthetic:
                synthetic += 1
            starts.append(match.end() - synthetic)
        return starts

    def position(self, offset: int) -> int:
        """Qt's position of an offset; past a synthetic break that stands there. 0 <= offset <= size."""
        return offset + bisect_left(self.astral, offset) + bisect_right(self.breaks, offset)

    def end_position(self, offset: int) -> int:
        """Qt's position of the end of a span: as `position`, but before a synthetic break that stands there."""
        return offset + bisect_left(self.astral, offset) + bisect_left(self.breaks, offset)

    def offset(self, position: int) -> int:
        """The offset of one of Qt's positions; one between the halves of a character is taken for its beginning."""
        inside = bisect_left(self._astral_at, position)
        if inside and self._astral_at[inside - 1] == position - 1:
            position -= 1
            inside -= 1
        return position - inside - bisect_left(self._breaks_at, position)

    def is_synthetic(self, position: int) -> bool:
        """Whether the break between two blocks at a position is not in the text."""
        at = bisect_left(self._breaks_at, position)
        return at < len(self._breaks_at) and self._breaks_at[at] == position


class EditedOffsets(Offsets):
    """The mapping for a text that is being edited: it follows each replacement, and so must the document.

    The breaks stay where the document has them, however the paragraphs around them grow.
    """

    def replace(self, start: int, end: int, words: str, *, limit: int | None = None) -> str:
        """Follow the replacement of [start, end) by words, and give what the document is given in its place.

        That stands from `position(start)` to `end_position(end)`, as they are before.
        """
        inside = Offsets(words, limit=limit or self._limit)
        grown = inside.size - (end - start)
        for places, new, first in (
            (self.astral, inside.astral, bisect_left(self.astral, start)),
            (self.breaks, inside.breaks, bisect_right(self.breaks, start)),
        ):
            last = max(first, bisect_left(places, end))
            places[first:] = [*(start + one for one in new), *(one + grown for one in places[last:])]
        self.size += grown
        return inside.shown

    def lose_break(self, offset: int) -> None:
        """The break that stood at an offset is in the document no more."""
        del self.breaks[bisect_left(self.breaks, offset)]

    def add_break(self, offset: int) -> None:
        """A break stands at an offset in the document now."""
        insort(self.breaks, offset)

    def has_break(self, offset: int) -> bool:
        """Whether a synthetic break stands at an offset."""
        at = bisect_left(self.breaks, offset)
        return at < len(self.breaks) and self.breaks[at] == offset

    def offset(self, position: int) -> int:
        """As that of a text that is not edited."""
        return bisect_right(range(self.size + 1), position, key=self.end_position) - 1

    def is_synthetic(self, position: int) -> bool:
        """As that of a text that is not edited."""
        offset = self.offset(position)
        return self.has_break(offset) and self.end_position(offset) == position


def shown_of(text: str) -> str:
    """A text as it is shown, but for the breaks."""
    return text if text.isascii() else text.translate(_SHOWN_OTHERWISE)


def _breaks(text: str, limit: int) -> list[int]:
    """The offsets before which a synthetic break stands: after white space, else where nothing combines."""
    found = []
    start = 0
    while len(text) - start > limit:
        line = text.rfind("\n", start, start + limit + 1)
        if line >= 0:
            start = line + 1
            continue
        space = text.rfind(" ", start + limit // 2, start + limit)
        start = space + 1 if space >= 0 else whole_character(text, start + limit, start + limit // 2)
        found.append(start)
    return found


def whole_character(text: str, at: int, floor: int) -> int:
    """The last offset from `floor` to `at` at which no character combines with the one before; `at` if none."""
    for place in range(at, floor, -1):
        joined = (
            unicodedata.combining(text[place]) or text[place] in "\u200d\ufe0f\ufe0e" or text[place - 1] == "\u200d"
        )
        if not joined:
            return place
    return at
