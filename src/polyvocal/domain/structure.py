"""What a text is built of: headings, list items, tables, notes. Kept beside the text, which stays as it was written.

A piece of structure is a kind, a half-open span in code points of one version, and a level. Where a text is corrected,
its structure is led through the edit map as anything else that has a place in it.
"""

import json
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from polyvocal.domain.editmap import EditMap
from polyvocal.domain.spans import Span


class PieceKind(StrEnum):
    """The kinds of pieces: some are whole lines (`WHOLE_LINES`), others begin and end within lines (`WITHIN_LINES`)."""

    HEADING = "heading"
    LIST_ITEM = "list item"
    TABLE = "table"
    QUOTE = "quote"
    NOTE = "note"
    TEXT_BOX = "text box"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    NOTE_MARK = "note mark"
    PAGE = "page"


WITHIN_LINES = frozenset({PieceKind.STRONG, PieceKind.EMPHASIS, PieceKind.NOTE_MARK, PieceKind.PAGE})
_RUNS_ON = frozenset({PieceKind.STRONG, PieceKind.EMPHASIS})
WHOLE_LINES = frozenset(PieceKind) - WITHIN_LINES


class Piece(NamedTuple):
    """One piece: [start, end) in code points, without the line end after its last line.

    `level` of a heading is 1 to 9; of a list item, how deep it lies (1 is outermost); of a table, its columns; of a
    note and its marks, and of a page of the document (which may end within a paragraph), its number; else 0.
    """

    kind: PieceKind
    start: int
    end: int
    level: int = 0


Structure = tuple[Piece, ...]
"""Sorted by (start, -end)."""

_LETTERS = {
    PieceKind.HEADING: "h",
    PieceKind.LIST_ITEM: "l",
    PieceKind.TABLE: "t",
    PieceKind.QUOTE: "q",
    PieceKind.NOTE: "n",
    PieceKind.TEXT_BOX: "x",
    PieceKind.STRONG: "s",
    PieceKind.EMPHASIS: "e",
    PieceKind.NOTE_MARK: "m",
    PieceKind.PAGE: "p",
}
_KINDS = {letter: kind for kind, letter in _LETTERS.items()}


def in_order(pieces: Iterable[Piece]) -> Structure:
    """Pieces as a structure: sorted, without those that cover nothing; emphasis that runs on is one piece."""
    kept: list[Piece] = []
    running: dict[PieceKind, int] = {}  # where in `kept` the last emphasis of a kind is
    for one in sorted((one for one in pieces if one.start < one.end), key=lambda one: (one.start, -one.end)):
        if one.kind in _RUNS_ON:
            at = running.get(one.kind)
            if at is not None and kept[at].end >= one.start:
                kept[at] = kept[at]._replace(end=max(kept[at].end, one.end))
                continue
            running[one.kind] = len(kept)
        kept.append(one)
    return tuple(sorted(kept, key=lambda one: (one.start, -one.end)))


def encode(structure: Structure) -> str | None:
    """As JSON: for each piece its letter, the gap since the last one's start, its length, its level; None for none."""
    written: list[str | int] = []
    last = 0
    for one in structure:
        written += [_LETTERS[one.kind], one.start - last, one.end - one.start, one.level]
        last = one.start
    return json.dumps(written, separators=(",", ":")) if written else None


def decode(encoded: str | None) -> Structure:
    """The inverse of `encode`."""
    written = json.loads(encoded or "[]")
    pieces, last = [], 0
    for letter, gap, length, level in zip(*(written[at::4] for at in range(4)), strict=True):
        last += gap
        pieces.append(Piece(_KINDS[letter], last, last + length, level))
    return tuple(pieces)


def follow(structure: Structure, edits: EditMap) -> Structure:
    """The structure of the newer text; a piece of which nothing is left is not in it."""
    if not edits.stages:
        return structure
    placed = ((one, edits.place(Span(one.start, one.end))) for one in structure)
    return in_order(Piece(one.kind, *place, one.level) for one, place in placed if place is not None)
