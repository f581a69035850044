"""What the usual names of styles say of the words that bear them. Programs share these names, and people know them."""

import re

from polyvocal.domain.structure import PieceKind

_HEADING = re.compile("(heading ?[1-9]|title)", re.IGNORECASE)
_QUOTE = re.compile("(intense )?quote|block ?text|quotations?", re.IGNORECASE)
_EMPHASIS = {
    "strong": PieceKind.STRONG,
    "strong emphasis": PieceKind.STRONG,
    "intense emphasis": PieceKind.EMPHASIS,
    "intenseemphasis": PieceKind.EMPHASIS,
    "emphasis": PieceKind.EMPHASIS,
}
"""Character styles, by their names or ids in small letters."""


def outline_of(name: str) -> int | None:
    """The outline level, from 0, that a paragraph style has by its name: "heading 2" is 1, a title 0."""
    if not _HEADING.fullmatch(name):
        return None
    return int(name[-1]) - 1 if name[-1].isdecimal() else 0


def is_quote(name: str) -> bool:
    """Whether a paragraph style is one for quotations."""
    return _QUOTE.fullmatch(name) is not None


def emphasis_of(name: str) -> PieceKind | None:
    """The way in which a character style emphasises, if it does."""
    return _EMPHASIS.get(name.casefold())
