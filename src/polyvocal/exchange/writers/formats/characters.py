"""What may stand in a file that other programs read, and how wide and in which direction a text runs."""

import re
import unicodedata
from collections.abc import Callable

_ILLEGAL = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_ENDS = re.compile("\r\n?|[\v\f]")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def legal(text: str) -> str:
    """The text without the characters that XML 1.0 forbids (controls, lone surrogates); every line end becomes LF."""
    return _ILLEGAL.sub("", _LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """The text as a name: legal, white space folded."""
    return " ".join(legal(text).split())


def set_apart(name: str) -> str:
    """A name on one line that leaves the order of what stands around it alone, also where it reads right to left."""
    name = one_line(name)
    return f"{name}\u200e" if any(unicodedata.bidirectional(c) in ("R", "AL") for c in name) else name


def shortened(text: str, length: int) -> str:
    """At most `length` code points of the text, with an ellipsis where some were cut."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def reads_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs right to left: rule P2 of Unicode's bidirectional algorithm."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def for_a_terminal(text: str) -> str:
    """The text on one line, without what could move a terminal's cursor or turn the direction of what follows."""
    return _TURNS.sub("", "".join(" " if unicodedata.category(c) == "Cc" else c for c in one_line(text)))


def display_width(text: str) -> int:
    """How many columns a terminal needs: two for wide and full-width characters, none for marks that combine."""
    return sum(columns_of(character) for character in text)


def fitted(text: str, width: int) -> str:
    """As much of the text as `width` columns hold, with an ellipsis where some was cut."""
    if display_width(text) <= width:
        return text
    kept, used = [], 1
    for character in text:
        used += columns_of(character)
        if used > width:
            break
        kept.append(character)
    return "".join(kept) + "…"


def columns_of(character: str) -> int:
    """How many columns of a terminal a character takes."""
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def folded(text: str, width: int, *, indent: int = 0, measure: Callable[[str], int] = columns_of) -> str:
    """The text in lines no wider than `width` by the measure of a character, all but the first indented by columns.

    A longer word is broken; so is writing without spaces, which begins on the line where it stands.
    """
    lines, used = [""], 0
    for word in re.findall(r"\S+\s*|\s+", text):
        wide = sum(map(measure, word.rstrip()))
        if used and used + wide > width >= indent + wide:
            lines.append(" " * indent)
            used = indent
        for character in word:
            if used + measure(character) > width and not character.isspace():
                lines.append(" " * indent)
                used = indent
            lines[-1] += character
            used += measure(character)
    return "\n".join(line.rstrip() for line in lines)
