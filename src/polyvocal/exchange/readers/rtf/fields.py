"""Fields in a rich text file: what is shown of one where that does not stand in its result."""

import re
from collections.abc import Callable

from polyvocal.exchange.readers.rtf.destinations import Destination
from polyvocal.exchange.readers.rtf.state import State
from polyvocal.exchange.readers.symbols import symbol

_SYMBOL = re.compile(r"\s*SYMBOL\s+(0x[0-9a-f]+|\d+)", re.IGNORECASE)
_FONT = re.compile(r'\\f\s*"([^"]*)"', re.IGNORECASE)
_LINK = re.compile(r'\s*HYPERLINK\s+"?[^\\\s#"]', re.IGNORECASE)
_CHECK_BOX, _DROP_DOWN = 1, 2
_UNDEFINED = 25


def symbol_of(code: str) -> str | None:
    """The character that a SYMBOL field shows; None for any other field."""
    match = _SYMBOL.match(code)
    if match is None:
        return None
    font, digits = _FONT.search(code), match[1]
    number = int(digits, 16) if digits[:2] in ("0x", "0X") else int(digits[:9])
    return symbol(number, font[1] if font is not None else "Symbol")


def is_link(code: str) -> bool:
    """Whether a field leads out of the document."""
    return _LINK.match(code) is not None


class FormField(Destination):
    """\\*\\formfield: an old form field, of which a ticked box or the chosen line of a list is shown."""

    def __init__(self, then: Callable[[str], None]) -> None:
        self._then = then
        self._kind = 0
        self._result = self._default = _UNDEFINED
        self._entries: list[str] = []

    def word(self, name: bytes, number: int | None, state: State) -> None:
        """Its kind, and what was chosen."""
        if name == b"fftype":
            self._kind = number or 0
        elif name == b"ffres":
            self._result = _UNDEFINED if number is None else number
        elif name == b"ffdefres":
            self._default = _UNDEFINED if number is None else number

    def entry(self, text: str) -> None:
        """A line of a list."""
        self._entries.append(text)

    def end(self, state: State) -> None:
        """Hand on what a reader sees, unless that stands in the field's result."""
        chosen = self._default if self._result == _UNDEFINED else self._result
        if self._kind == _CHECK_BOX:
            self._then("☒" if chosen == 1 else "☐")
        elif self._kind == _DROP_DOWN and self._entries:
            self._then(self._entries[chosen if 0 <= chosen < len(self._entries) else 0])
