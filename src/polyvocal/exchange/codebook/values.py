"""What the words of a file mean as values of a code's fields."""

import re

from polyvocal.domain.words import CodeKind
from polyvocal.services.references import folded

_KINDS = {
    "code": CodeKind.CODE,
    "tag": CodeKind.CODE,
    "node": CodeKind.CODE,
    "subcode": CodeKind.CODE,
    "category": CodeKind.CATEGORY,
    "folder": CodeKind.CATEGORY,
    "group": CodeKind.CATEGORY,
    "code group": CodeKind.CATEGORY,
    "theme": CodeKind.THEME,
}
_HEX = re.compile("#?(?:[0-9a-f]{2})?([0-9a-f]{6})|#([0-9a-f]{3})")
_RGB = re.compile(r"(?:rgba?\()?\s*(\d{1,3})\s*[,; ]\s*(\d{1,3})\s*[,; ]\s*(\d{1,3})\s*(?:[,; ]\s*[\d.]+\s*)?\)?")
_YES = frozenset({"yes", "true", "1", "x", "retired", "inactive", "deprecated"})
_NO = frozenset({"no", "false", "0", "active", "in use"})


def kind_of(word: str) -> CodeKind | None:
    """The kind that a word names, or None."""
    return _KINDS.get(folded(word))


def colour_of(word: str) -> str | None:
    """A colour as #rrggbb: written in hexadecimal (with or without #, three or six digits, or with an opacity before
    them), or as three numbers up to 255; None for anything else."""
    word = word.strip().casefold()
    if found := _HEX.fullmatch(word):
        six, three = found.groups()
        return f"#{six}" if six else "#" + "".join(2 * digit for digit in three)
    if found := _RGB.fullmatch(word):
        parts = [int(part) for part in found.groups()]
        return "#" + "".join(f"{part:02x}" for part in parts) if max(parts) < 256 else None
    return None


def retired_of(word: str) -> bool | None:
    """Whether a word says that a code is out of use, or None where it says neither."""
    said = folded(word)
    return True if said in _YES else False if said in _NO else None
