"""Markdown: text files whose marks say what is a heading, a list, a quotation. The text stays as it was written.

Read is the common part of it (CommonMark 0.31, and the tables of GitHub's): headings of both kinds, items of lists,
block quotes, tables, emphasis. Code, and what stands between --- and --- at the beginning, is left alone.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from polyvocal.domain.structure import Piece, PieceKind, in_order
from polyvocal.domain.tables import UNDER_HEAD
from polyvocal.exchange.readers.plain import read_plain
from polyvocal.exchange.readers.reading import Reading
from polyvocal.exchange.readers.tally import Tally
from polyvocal.services.commands.incoming import Beside

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]|$)")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_ITEM = re.compile(r"([ \t]*)(?:[-*+]|[0-9]{1,9}[.)])[ \t]+(?=\S)")
_FIRST_ITEM = re.compile(r"[ \t]*(?:[-*+]|1[.)])[ \t]+(?=\S)")
"""One that may follow a paragraph at once: a line that begins with another number is a sentence that goes on."""
_QUOTE = re.compile(r" {0,3}>")
_CODE_OR_EMPHASIS = re.compile(
    r"\\.|(?P<ticks>`+)[^`\r\n]+(?P=ticks)"
    r"|(?P<strong>\*\*|(?<!\w)__)(?=[^\s*_])[^\r\n]*?[^\s*_](?P=strong)(?!\w)"
    r"|(?P<emphasis>\*|(?<!\w)_)(?=[^\s*_])[^*_\r\n]*?(?<=\S)(?P=emphasis)(?!\w)"
)
_DEEPEST = 9
_CODE = 4
"""From how many spaces on a line is code, where it is not within a list; also, how wide a tab is."""
_TOLD = (PieceKind.HEADING, PieceKind.LIST_ITEM, PieceKind.TABLE, PieceKind.QUOTE)


def read_markdown(content: bytes, name: str, *, encoding: str | None = None) -> Reading:
    """Read a text file as `read_plain` does, with the structure that its marks give it."""
    reading = read_plain(content, name, encoding=encoding)
    lines = list(_prose(reading.text))
    pieces = in_order((*_blocks(lines), *_emphasis(lines)))
    tally = Tally()
    for piece in pieces:
        if piece.kind in _TOLD:
            tally.count(str(piece.kind))
    return replace(reading, notes=(*reading.notes, *tally.notes()), beside=Beside(structure=pieces))


class _Line(NamedTuple):
    start: int
    end: int
    text: str


def _prose(text: str) -> Iterator[_Line]:
    """The lines; those of code, and of what stands between --- and --- at the beginning, as if they were blank."""
    fence = ""
    is_front = False
    for at, found in enumerate(_LINE.finditer(text)):
        line = _Line(found.start(), found.end(1), found.group(1))
        mark = _FENCE.match(line.text)
        if fence:
            is_closed = mark is not None and mark.group(1).startswith(fence) and not line.text[mark.end() :].strip()
            fence = "" if is_closed else fence
        elif is_front:
            is_front = line.text.rstrip() not in ("---", "...")
        elif at == 0 and line.text.rstrip() == "---":
            is_front = True
        elif mark is not None:
            fence = mark.group(1)
        else:
            yield line
            continue
        yield line._replace(text="")


def _blocks(lines: Sequence[_Line]) -> Iterator[Piece]:
    """The pieces that are whole lines."""
    at = 0
    indents: list[int] = []
    while at < len(lines):
        line = lines[at]
        first = at
        at += 1
        item = _ITEM.match(line.text)
        if not line.text.strip():
            continue
        if item is None and not line.text[0].isspace():
            indents = []
        if found := _HEADING.match(line.text):
            yield Piece(PieceKind.HEADING, line.start, line.end, len(found.group(1)))
        elif _RULE.match(line.text):
            continue
        elif _QUOTE.match(line.text):
            at = _end(lines, at, goes_on=_QUOTE)
            yield Piece(PieceKind.QUOTE, line.start, lines[at - 1].end)
        elif item is not None and (indents or len(item.group(1)) < _CODE):
            at = _end(lines, at, stops=_ITEM)
            yield Piece(PieceKind.LIST_ITEM, line.start, lines[at - 1].end, _level(item, indents))
        elif "|" in line.text and at < len(lines) and _is_under_table(lines[at].text):
            columns = lines[at].text.strip().strip("|").count("|") + 1
            while at < len(lines) and "|" in lines[at].text:
                at += 1
            yield Piece(PieceKind.TABLE, line.start, lines[at - 1].end, columns)
        else:
            at = _end(lines, at, stops=_FIRST_ITEM)
            under = next((one for one in range(first + 1, at) if _UNDERLINE.match(lines[one].text)), None)
            if under is None and at < len(lines) and at > first and _UNDERLINE.match(lines[at].text):
                under = at
            if under is not None:
                at = under + 1
                level = 1 if "=" in lines[under].text else 2
                yield Piece(PieceKind.HEADING, line.start, lines[under].end, level)


def _end(
    lines: Sequence[_Line], at: int, *, stops: re.Pattern[str] = _FIRST_ITEM, goes_on: re.Pattern[str] | None = None
) -> int:
    """Where a paragraph ends that has come to a line: before a blank line, and before what begins something else."""
    while at < len(lines):
        text = lines[at].text
        if not text.strip() or _HEADING.match(text) or _RULE.match(text) or stops.match(text):
            break
        if _QUOTE.match(text) and goes_on is not _QUOTE:
            break
        at += 1
    return at


def _is_under_table(text: str) -> bool:
    return "|" in text and UNDER_HEAD.match(text) is not None


def _level(item: re.Match[str], indents: list[int]) -> int:
    """How deep an item lies, by the indents of those around it, to which its own is added."""
    indent = len(item.group(1).expandtabs(_CODE))
    while indents and indents[-1] > indent:
        indents.pop()
    if not indents or indents[-1] < indent:
        indents.append(indent)
    return min(len(indents), _DEEPEST)


def _emphasis(lines: Iterable[_Line]) -> Iterator[Piece]:
    for line in lines:
        if not ("*" in line.text or "_" in line.text) or _RULE.match(line.text):
            continue
        for found in _CODE_OR_EMPHASIS.finditer(line.text):
            kind = {"strong": PieceKind.STRONG, "emphasis": PieceKind.EMPHASIS}.get(found.lastgroup or "")
            if kind is not None:
                yield Piece(kind, line.start + found.start(), line.start + found.end())
