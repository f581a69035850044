"""What stands around a place in a text: its word, its sentence, its paragraph; and ends that are moved by them."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from enum import StrEnum
from itertools import chain, islice

from polyvocal.domain.spans import Span


class Piece(StrEnum):
    """By what an end is moved."""

    WORD = "word"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"


_WITH_MARKS = chain(range(0x300, 0x3100), range(0xA600, 0xAC00), range(0xFB1E, 0xFE30), range(0x10A00, 0x12000))
"""Where the characters are that combine with the one before: vowels and accents of living and most older scripts."""
MARKS = "".join(chr(one) for one in _WITH_MARKS if unicodedata.category(chr(one)).startswith("M"))
"""What combines with the character before it, as part of a class of a regular expression."""
_RUN = rf"\w[\w{MARKS}\u200c\u200d]*"
"""Letters with what combines with them; the two joiners make no break within a word."""
_PIECES = {
    Piece.WORD: re.compile(rf"{_RUN}(?:['\u2019-]{_RUN})*"),
    Piece.SENTENCE: re.compile(
        r"\S.*?(?:[.!?\u2026\u3002\uff01\uff1f][\"'\u201d\u2019)\]]*(?=\s|$)|\u3002|$)", re.DOTALL
    ),
    Piece.PARAGRAPH: re.compile(r"\S(?:.*\S)?"),
}


def around(text: str, start: int, end: int) -> Iterator[Span]:
    """The words, the sentences and the paragraph that [start, end) touches, each as one span of code points."""
    left = text.rfind("\n", 0, start) + 1
    right = text.find("\n", max(end, left))
    right = len(text) if right < 0 else right
    for piece in (Piece.WORD, Piece.SENTENCE):
        inside = [one for one in _within(text, left, right, piece) if one.start <= end and start <= one.end]
        if inside:
            yield Span(inside[0].start, inside[-1].end)
    words = text[left:right]
    yield Span(left + len(words) - len(words.lstrip()), left + len(words.rstrip()))


def grown(text: str, span: Span, piece: Piece, *, start: int = 0, end: int = 0) -> Span | None:
    """A span whose ends were moved outward by so many pieces, inward where a number is negative.

    A start comes to stand where one begins, an end where one ends. Outward it goes no further than there are any;
    inward, None where nothing would be left. Offsets are half-open code points.
    """
    starts = _ahead(text, span.start, -start, piece, lambda one: one.start)
    ends = _ahead(text, span.end, end, piece, lambda one: one.end)
    if len(starts) < -start or len(ends) < -end:
        return None
    first, last = (starts or [span.start])[-1], (ends or [span.end])[-1]
    return Span(first, last) if first < last else None


def whole(text: str, span: Span, piece: Piece) -> Span:
    """A span grown so that it cuts no piece; an empty one becomes the piece in which it is."""
    start, end = span
    first = next((one for one in _onward(text, start, piece) if one.end > start), None)
    last = next((one for one in _onward(text, max(end - 1, start), piece) if one.end >= end), None)
    if first is not None:
        start = min(start, first.start)
    if last is not None and last.start < max(end, span.start + 1):
        end = max(end, last.end)
    return Span(start, end)


def nearest_edge(text: str, at: int, piece: Piece, *, begins: bool) -> int:
    """The place nearest to an offset where a piece begins, or ends; the offset where there is none."""

    def edge(one: Span) -> int:
        return one.start if begins else one.end

    places = [*_ahead(text, at + 1, -1, piece, edge), *_ahead(text, at - 1, 1, piece, edge)]
    return min(places, key=lambda place: abs(place - at), default=at)


def _ahead(text: str, at: int, step: int, piece: Piece, edge: Callable[[Span], int]) -> list[int]:
    """The next edges of pieces after a place, at most `step`; before it, the nearest first, if that is negative."""
    if step > 0:
        edges = (edge(one) for one in _onward(text, at, piece))
        return list(islice((one for one in edges if one > at), step))
    edges = (edge(one) for one in _backward(text, at, piece))
    return list(islice((one for one in edges if one < at), -step))


def paragraph_starts(text: str) -> list[int]:
    """Where each paragraph begins, in order: they are numbered from 1 on. A line without words is none."""
    starts, at = [], 0
    for line in text.split("\n"):
        if line and not line.isspace():
            starts.append(at)
        at += len(line) + 1
    return starts


def _onward(text: str, at: int, piece: Piece) -> Iterator[Span]:
    """The pieces of the paragraph in which a place is, and of those after it."""
    left = text.rfind("\n", 0, at) + 1
    while left < len(text):
        right = text.find("\n", left)
        right = len(text) if right < 0 else right
        yield from _within(text, left, right, piece)
        left = right + 1


def _backward(text: str, at: int, piece: Piece) -> Iterator[Span]:
    """The pieces of the paragraph in which a place is, and of those before it, the last first."""
    right = text.find("\n", at)
    right = len(text) if right < 0 else right
    while right >= 0:
        left = text.rfind("\n", 0, right) + 1
        yield from reversed(list(_within(text, left, right, piece)))
        right = left - 1


def _within(text: str, left: int, right: int, piece: Piece) -> Iterator[Span]:
    return (Span(*match.span()) for match in _PIECES[piece].finditer(text, left, right))
