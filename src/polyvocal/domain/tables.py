"""Where rows and cells are in a table that is written as lines of text.

A row is a line, with a bar between its cells. In Markdown bars may stand before the first cell and behind the last one
too, and a line of dashes lies under the head. As other files are read, a bar has a space on either side, and where a
cell has several lines, they and the cells after it go on below, indented.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from polyvocal.domain.spans import Span
from polyvocal.domain.structure import Piece

_MARKDOWN_BAR = re.compile(r"(?<!\\)\|")
_BAR = re.compile(r"(?:^|(?<= ))\|(?= |$)")
_GOES_ON = re.compile(r" {4}(?! *$)(?:\|(?= |$))?")
UNDER_HEAD = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
"""The line of dashes under the head of a table in Markdown (GitHub Flavored Markdown, 4.10)."""
_LONGEST_HEAD = 80
"""A cell of more code points is no head of a column."""


class TableLine(NamedTuple):
    """One line of a table: [start, end) in code points of the text."""

    start: int
    end: int
    column: int
    """That of its first cell, from 0 on."""
    bars: tuple[int, ...]
    """Where the bars between two of its cells are."""
    marks: tuple[int, ...] = ()
    """Where characters are that only hold the line together: outer bars, spaces beside bars, indentation."""
    begins: bool = True
    """Whether a row begins with it."""
    ends: bool = True
    """Whether a row ends with it."""
    is_alone: bool = False
    """Whether it is a row of one cell, over all columns."""
    is_rule: bool = False
    """Whether it is the line of dashes under the head."""
    is_head: bool = False
    """Whether its cells are the heads of the columns, as far as their looks tell."""

    @property
    def cells(self) -> Iterator[Span]:
        """Its cells, with the spaces around their words."""
        edges = [self.start - 1, *self.bars, self.end]
        return (Span(edge + 1, after) for edge, after in pairwise(edges))


def table_lines(text: str, table: Piece) -> list[TableLine]:
    """The lines of a table, in order. Its level is how many columns it has."""
    spans, at = [], table.start
    for words in text[table.start : table.end].split("\n"):
        spans.append(Span(at, at + len(words)))
        at += len(words) + 1
    is_markdown = len(spans) > 1 and UNDER_HEAD.match(text, *spans[1]) is not None
    found = list((_of_markdown if is_markdown else _of_others)(text, spans, table.level))
    for at, line in enumerate(found):
        ends = at + 1 == len(found) or (found[at + 1].begins and not found[at + 1].is_rule)
        alone = line.begins and ends and not line.bars and not line.marks
        found[at] = line._replace(ends=ends, is_alone=alone)
    cells = [text[slice(*cell)].strip(" |") for cell in found[0].cells]
    if len(found) > 1 and found[1].begins and len(cells) == table.level and all(cells):
        found[0] = found[0]._replace(is_head=is_markdown or max(map(len, cells)) <= _LONGEST_HEAD)
    return found


def _of_markdown(text: str, spans: list[Span], columns: int) -> Iterator[TableLine]:
    for number, (start, end) in enumerate(spans):
        bars = [match.start() for match in _MARKDOWN_BAR.finditer(text, start, end)]
        outer = [one for one in bars if not text[start:one].strip() or not text[one + 1 : end].strip()]
        inner = [one for one in bars if one not in outer][: columns - 1]
        marks = (*outer, *_spaces_beside(text, (*inner, *outer)))
        yield TableLine(start, end, 0, tuple(inner), marks, is_rule=number == 1)


def _of_others(text: str, spans: list[Span], columns: int) -> Iterator[TableLine]:
    column = 0
    for start, end in spans:
        going = _GOES_ON.match(text, start, end) if start > spans[0].start else None
        begins = going is None
        column = 0 if going is None else column + going.group().endswith("|")
        first = start if going is None else going.end()
        bars = [match.start() for match in _BAR.finditer(text[start:end]) if match.start() >= first - start]
        inner = tuple(start + one for one in bars[: max(columns - 1 - column, 0)])
        marks = (*range(start, first), *_spaces_beside(text, (first - 1, *inner) if first > start else inner))
        yield TableLine(start, end, min(column, columns - 1), inner, marks, begins=begins)
        column += len(inner)


def _spaces_beside(text: str, bars: Iterable[int]) -> set[int]:
    return {at for bar in bars for at in (bar - 1, bar + 1) if text[at : at + 1] == " "}
