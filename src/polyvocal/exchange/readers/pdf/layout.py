"""From words with their places on a page to lines in the order in which they are read.

Places are in points from the lower left corner of the page as it is shown. What writes a PDF writes the words mostly in
the order in which they are read; that order is kept but for what stands above something that was written before it,
and for words that were written from side to side across two columns.
"""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median, median_low
from typing import NamedTuple

from polyvocal.exchange.readers.wording import CommentBegins, CommentEnds, Wording

_ROW_OVERLAP = 0.5
"""Of the lower one of two words in a row, how much at least is beside the other."""
_SPACE, _WIDE, _BACK = 0.12, 1.8, 0.5
"""Gaps in a row by the size of the font: what is a space, what is more than one, how far words may overlap."""
_COLUMN_LINES, _COLUMN_WORDS = 3, 4
_MOST_BLOCKS = 300
_FIRST_RTL = "\u0590"
"""The first letter of Unicode that is written from right to left, a Hebrew one."""


class Box(NamedTuple):
    """A place on a page."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        """From its bottom to its top."""
        return self.top - self.bottom

    def around(self, other: "Box") -> "Box":
        """The smallest box that holds both."""
        left, bottom, right, top = self
        west, south, east, north = other
        return Box(  # asked of every word of a book, and twice as quick as with min and max
            left if left < west else west,
            bottom if bottom < south else south,
            right if right > east else east,
            top if top > north else north,
        )

    def shares_row(self, other: "Box") -> bool:
        """Whether the two stand beside each other, as a word and a raised number do."""
        (_, bottom, _, top), (_, south, _, north) = self, other
        shared = (top if top < north else north) - (bottom if bottom > south else south)
        height, high = top - bottom, north - south
        return shared > _ROW_OVERLAP * (height if height < high else high)

    def shares_column(self, other: "Box") -> bool:
        """Whether the two stand above each other."""
        return min(self.right, other.right) > max(self.left, other.left)


_TURNED: tuple[Callable[[float, float, float, float], Box], ...] = (
    Box,
    lambda left, bottom, right, top: Box(bottom, -right, top, -left),
    lambda left, bottom, right, top: Box(-right, -top, -left, -bottom),
    lambda left, bottom, right, top: Box(-top, left, -bottom, right),
)


def turned(quarters: int) -> Callable[[float, float, float, float], Box]:
    """Makes a box of its left, bottom, right and top before the page was turned to the right by so many quarters."""
    return _TURNED[quarters % 4]


class Word(NamedTuple):
    """Characters without a space in them: where they are, on which height they stand, how large their font is, and
    whether a space of the file stands before them. `quarters` are those by which they are turned to the left: of words
    that run up the page 1, of those on their heads 2, of those that run down 3."""

    text: str
    box: Box
    baseline: float
    size: float
    spaced: bool = True
    begins: tuple[CommentBegins, ...] = ()
    ends: tuple[CommentEnds, ...] = ()
    quarters: int = 0


@dataclass(slots=True)
class Line:
    """A line of a page, in the order of reading; `size` is that of its font, the first word's width is kept
    since it tells whether it would have had room in the line before."""

    wording: Wording
    box: Box
    baseline: float
    size: float
    first_width: float
    words: int
    is_rtl: bool
    page: int = 0

    @property
    def start(self) -> float:
        """Where one begins to read it, growing in the direction of reading."""
        return -self.box.right if self.is_rtl else self.box.left

    @property
    def end(self) -> float:
        """Where one ends."""
        return -self.box.left if self.is_rtl else self.box.right

    @property
    def text(self) -> str:
        """Its words."""
        return self.wording.text


def lines_of(words: Sequence[Word]) -> list[Line]:
    """The lines of a page in their order; those that do not run level come behind the others."""
    directions = {word.quarters for word in words}
    if directions <= {0}:
        return _level_lines(words)
    return [line for one in sorted(directions) for line in _lines_running([w for w in words if w.quarters == one], one)]


def _lines_running(words: Sequence[Word], quarters: int) -> Iterator[Line]:
    """Lines in one direction: laid out on the page as if it were turned for them, then put back into their places."""
    boxes = [turned(quarters)(*word.box) for word in words]
    level = [
        word._replace(box=box, baseline=box.bottom if quarters else word.baseline)
        for word, box in zip(words, boxes, strict=True)
    ]
    for line in _level_lines(level):
        line.box = turned(-quarters)(*line.box)
        line.baseline = line.box.bottom if quarters else line.baseline
        yield line


def _level_lines(words: Sequence[Word]) -> list[Line]:
    pieces = [_line(piece) for piece in _pieces(words)]
    lines, gutters = _joined(pieces)
    for gutter in sorted(gutters):
        lines = _by_columns(lines, gutter)
    return _upper_first(lines)


def _is_rtl(text: str) -> bool:
    return (
        not text.isascii()
        and max(text) >= _FIRST_RTL
        and any(unicodedata.bidirectional(one) in ("R", "AL") for one in text)
    )


def _pieces(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Words that stand in a row without a wide gap between them."""
    piece: list[Word] = []
    for word in words:
        if piece and not _follows(piece[-1], word):
            yield piece
            piece = []
        piece.append(word)
    if piece:
        yield piece


def _follows(last: Word, word: Word) -> bool:
    if not last.box.shares_row(word.box):
        return False
    size = max(last.size, word.size)
    if _is_rtl(last.text) or _is_rtl(word.text):  # numbers between such words go the other way
        gap = max(word.box.left - last.box.right, last.box.left - word.box.right)
    else:
        gap = word.box.left - last.box.right
        if gap < -_BACK * size:
            return False
    return gap < _WIDE * size


def _line(words: Sequence[Word]) -> Line:
    wording = Wording()
    last: Box | None = None
    for text, box, _, size, spaced, begins, ends, _ in words:
        if last is not None and (spaced or _gap(last, box) > _SPACE * size):
            wording.add(" ")
        for beginning in begins:
            wording.hang(beginning)
        wording.add(text)
        for ending in ends:
            wording.hang(ending)
        last = box
    lefts, bottoms, rights, tops = zip(*(word.box for word in words), strict=True)
    whole = Box(min(lefts), min(bottoms), max(rights), max(tops))
    right_to_left = _is_rtl(wording.text) and (
        sum(len(word.text) for word in words if _is_rtl(word.text)) > wording.length / 2
    )
    first = words[0].box
    baseline = median_low(word.baseline for word in words)
    return Line(wording, whole, baseline, _size(words), first.right - first.left, len(words), right_to_left)


def _size(words: Sequence[Word]) -> float:
    """The size of the font of most letters."""
    sizes = {word.size for word in words}
    return sizes.pop() if len(sizes) == 1 else median(word.size for word in words for _ in word.text)


def _gap(one: Box, other: Box) -> float:
    return max(other.left - one.right, one.left - other.right)


def _joined(pieces: list[Line]) -> tuple[list[Line], list[float]]:
    """Pieces that stand in a row become one line with tabs, but for those of two columns; and where these part."""
    gaps = [
        at
        for at in range(1, len(pieces))
        if pieces[at - 1].box.shares_row(pieces[at].box) and pieces[at].box.left > pieces[at - 1].box.right
    ]
    gutters = {at: middle for at in gaps if (middle := _gutter(pieces, gaps, at)) is not None}
    lines: list[Line] = []
    for at, piece in enumerate(pieces):
        if at in gaps and at not in gutters:
            line = lines[-1]
            line.wording.add("\t")
            line.wording.add(piece.wording)
            line.box = line.box.around(piece.box)
            line.words += piece.words
        else:
            lines.append(piece)
    return lines, list(dict.fromkeys(round(middle) for middle in gutters.values()))


def _gutter(pieces: list[Line], gaps: list[int], at: int) -> float | None:
    """Where two columns part, if a gap is between columns: others are above or below it, with running text beside
    them. Between the cells of a table there are many gaps, too, but few words beside them."""
    middle = (pieces[at - 1].box.right + pieces[at].box.left) / 2
    same = [one for one in gaps if pieces[one - 1].box.right < middle < pieces[one].box.left]
    if len(same) < _COLUMN_LINES:
        return None
    fewest = min(sum(pieces[one - 1].words for one in same), sum(pieces[one].words for one in same))
    return middle if fewest >= _COLUMN_WORDS * len(same) else None


def _by_columns(lines: list[Line], gutter: float) -> list[Line]:
    """Each run of lines that do not cross the gutter: first what is left of it, then what is right of it."""
    ordered: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        if line.box.right <= gutter:
            left.append(line)
        elif line.box.left >= gutter:
            right.append(line)
        else:
            ordered += [*left, *right, line]
            left, right = [], []
    return [*ordered, *left, *right]


def _upper_first(lines: list[Line]) -> list[Line]:
    """Blocks of lines in their order, but none before one that stands wholly above it.

    The first of Breuel's two rules (High performance document layout analysis, 2003); the order of the file is what
    decides otherwise.
    """
    blocks: list[list[Line]] = []
    boxes: list[Box] = []
    for line in lines:
        last = blocks[-1][-1].box if blocks else None
        if last is not None and line.box.bottom < last.bottom and line.box.shares_column(last):
            blocks[-1].append(line)
            boxes[-1] = boxes[-1].around(line.box)
        else:
            blocks.append([line])
            boxes.append(line.box)
    if not 1 < len(blocks) <= _MOST_BLOCKS:
        return lines
    left = list(range(len(blocks)))
    ordered: list[Line] = []
    while left:
        free = (one for one in left if not any(_is_above(boxes[other], boxes[one]) for other in left if other != one))
        one = next(free, left[0])
        left.remove(one)
        ordered += blocks[one]
    return ordered


def _is_above(one: Box, other: Box) -> bool:
    return one.bottom >= other.top - 0.1 * other.height and one.shares_column(other) and one.bottom > other.bottom
