"""The headings of a text: those of its structure, or lines that are written as headings."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from polyvocal.domain.structure import PieceKind, Structure

SHORT = 80
"""Code points of a line that may be a title."""

_MARKDOWN = re.compile(r"^ {0,3}(#{1,6})[ \t]+([^\n]+)", re.MULTILINE)
_LINE = re.compile(r"\S[^\n]*")


class Heading(NamedTuple):
    """A heading: [start, end) in code points, its level (1 is the highest), and its words."""

    start: int
    end: int
    level: int
    title: str


def headings_of(text: str, structure: Structure = ()) -> list[Heading]:
    """The headings of a text in order: of its structure, and where that has none, lines that begin with #."""
    pieces = [one for one in structure if one.kind is PieceKind.HEADING]
    if pieces:
        return [Heading(one.start, one.end, one.level, " ".join(text[one.start : one.end].split())) for one in pieces]
    lines = ((one, one[2].strip().rstrip("#").strip()) for one in _MARKDOWN.finditer(text))
    found = (Heading(one.start(), one.end(), len(one[1]), title) for one, title in lines)
    return [one for one in found if one.title]


def short_lines(text: str) -> Iterator[Heading]:
    """The lines that are short enough for a title, each as if it were a heading of the highest level."""
    for one in _LINE.finditer(text):
        title = one[0].rstrip()
        if len(title) <= SHORT:
            yield Heading(one.start(), one.start() + len(title), 1, title)


def bodies_of(text: str, headings: list[Heading]) -> Iterator[tuple[Heading, int, int]]:
    """(heading, start, end) of what stands below each, trimmed: up to the next that is as high or higher."""
    for number, one in enumerate(headings):
        after = (headings[at] for at in range(number + 1, len(headings)))
        below = (other.start for other in after if other.level <= one.level)
        body = text[one.end : next(below, len(text))]
        start = one.end + len(body) - len(body.lstrip())
        yield one, start, max(start, one.end + len(body.rstrip()))
