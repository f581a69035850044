"""Text and tables as Markdown (CommonMark, tables as GitHub's), with nothing in them taken for markup."""

import re
from collections.abc import Iterable, Sequence

from polyvocal.exchange.writers.formats.characters import legal, one_line

_MARKUP = re.compile(r"([\\`*_{}\[\]<>|~#$&])")
_LIST_OR_RULE = re.compile(r"^(?:(?=[-+=])|(\d{1,9})(?=[.)](?:\s|$)))")


def inline(text: str) -> str:
    """A name or another short text on one line."""
    return _line(one_line(text))


def block(text: str, *, prefix: str = "") -> str:
    """A text of several lines: its line ends kept, its empty lines between paragraphs; `prefix` starts every line.

    Ends with an empty line.
    """
    paragraphs = re.split(r"\n[ \t]*\n\s*", legal(text).strip())
    said = [
        f"\\\n{prefix}".join(_line(line.strip()) for line in paragraph.split("\n") if line.strip())
        for paragraph in paragraphs
    ]
    return prefix + f"\n{prefix}\n{prefix}".join(said) + "\n\n"


def table(header: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Sequence[bool]) -> str:
    """A table; the columns in `numbers` are set to the right. Ends with an empty line."""
    lines = [_row(header), "|" + "|".join(" ---: " if number else " --- " for number in numbers) + "|"]
    lines += [_row(row) for row in rows]
    return "\n".join(lines) + "\n\n"


def _row(cells: Sequence[str]) -> str:
    return (
        "| " + " | ".join("<br>".join(_line(line) for line in legal(cell).strip().split("\n")) for cell in cells) + " |"
    )


def _line(text: str) -> str:
    return _LIST_OR_RULE.sub(r"\1\\", _MARKUP.sub(r"\\\1", text))
