"""What the program does to a text when it comes in, and how it measures one."""

import re
import unicodedata

from polyvocal.domain.editmap import EditMap, join_touching
from polyvocal.domain.errors import UserError

_LINE_END = re.compile("\r\n?")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_INVISIBLE = " \u00ad\u061c\u180e\ufeff" + "".join(
    map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)))
)
_MARKS = ("|", "-", "\u2013", "\u2014", "\u2022", "*", "#", "##", "###")
MAX_NAME = 500
_SET_APART = ("person", "group", "group or person")
"""What is named in lists, where a semicolon stands between two names."""
_SHOWN = 80
_PLURALS = {"person": "people", "series": "series", "presence": "presences", "stretch": "stretches"}


def normalise(raw: str) -> tuple[str, EditMap]:
    """The text as it is stored, and the map to it from the imported one.

    CRLF and CR become LF; nothing else is changed: composed and decomposed characters stay as they were written.
    Raises UserError for a NUL or a lone surrogate, which no text file should hold.
    """
    for character, name in (("\0", "a NUL character"), *_surrogates(raw)):
        if character in raw:
            raise UserError(
                f"the text holds {name} at position {raw.index(character)}: it is not a text file, "
                "or its encoding is another one. Save it again as UTF-8 text."
            )
    if "\r" not in raw:
        return raw, EditMap()
    edits = [(match.start(), match.end(), 1) for match in _LINE_END.finditer(raw) if match.group() != "\r"]
    return _LINE_END.sub("\n", raw), EditMap.of(join_touching(edits))


def _surrogates(raw: str) -> list[tuple[str, str]]:
    try:
        raw.encode("utf-8")
    except UnicodeEncodeError as fault:
        return [(raw[fault.start], "half a character (a lone surrogate)")]
    return []


def count_words(text: str) -> int:
    """How many runs of characters between white space; a Chinese or Japanese character counts as a word of its own.

    As Word and LibreOffice count, but that a mark standing alone (the bar of a table, the dash of a list) is no word.
    """
    if not text.isascii():
        text = _UNSPACED.sub(" x ", text)
    words = text.split()
    return len(words) - sum(words.count(mark) for mark in _MARKS if mark in text)


def clean_text(text: str | None) -> str | None:
    """What a person wrote into an optional field: None where it is empty. UserError as `normalise`."""
    return normalise(text)[0] if text is not None and text.strip() else None


def counted(number: int, kind: str) -> str:
    """A number of things of a kind of record, in words: "1 coding", "2 people", "3 import notes"."""
    name = "group" if kind == "constituent_group" else kind.replace("_", " ")
    if number != 1:
        name = _PLURALS.get(name) or (f"{name[:-1]}ies" if name.endswith("y") else f"{name}s")
    return f"{number:,} {name}"


def shown(name: str) -> str:
    """A name as a message quotes it: in quotation marks, not longer than a line, with nothing that a terminal obeys."""
    short = name if len(name) <= _SHOWN else name[: _SHOWN - 1] + "…"
    return "'" + "".join("\ufffd" if unicodedata.category(one) in ("Cc", "Cs") else one for one in short) + "'"


def folded_text(text: str) -> str:
    """A text as words are looked for in it: without regard to case and accents. Its length may be another."""
    folded = text.casefold()
    if folded.isascii():
        return folded
    return "".join(one for one in unicodedata.normalize("NFD", folded) if not unicodedata.combining(one))


def is_name(words: str) -> bool:
    """Whether anything of words would be seen as a name."""
    return bool(" ".join(words.split()).strip(_INVISIBLE))


def clean_name(name: str, what: str) -> str:
    """A name as it is kept: white space folded, nothing invisible at its ends.

    Raises UserError, naming `what` it is the name of, for an empty one, one with control characters, and one of more
    than 500 characters.
    """
    folded = " ".join(name.split()).strip(_INVISIBLE)
    if not folded:
        raise UserError(f"the {what} needs a name that is not empty")
    if len(folded) > MAX_NAME:
        raise UserError(
            f"the {what} has a name of {len(folded):,} characters; the longest is {MAX_NAME}. "
            "Shorten it, and put the rest into the description."
        )
    if ";" in folded and what in _SET_APART:
        raise UserError(f"the {what} has a semicolon in its name, which sets names apart: write it without")
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in folded):
        raise UserError(f"the {what} has a control character in its name: write it without")
    return folded
