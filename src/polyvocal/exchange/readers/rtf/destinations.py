"""Where the text of a group goes: a destination takes text and control words until the group that opened it ends."""

from collections.abc import Callable

from polyvocal.exchange.readers.rtf.state import State


class Destination:
    """One that takes nothing in; the others say what they take."""

    takes_hex = False
    """Whether its text are bytes, written as pairs of hexadecimal digits."""
    takes_controls = False
    """Whether control characters mean something in its text."""

    def text(self, text: str, state: State) -> None:
        """Text in this state."""

    def word(self, name: bytes, number: int | None, state: State) -> None:
        """A control word that is neither formatting of characters and paragraphs nor a character."""

    def data(self, content: bytes) -> None:
        """Bytes as they are, or as digits where it takes those."""

    def end(self, state: State) -> None:
        """The group is over; `state` is its own."""


class Collected(Destination):
    """Gathers plain text, and hands it on at the end as it is."""

    def __init__(self, then: Callable[[str], None]) -> None:
        self._then = then
        self._parts: list[str] = []

    def text(self, text: str, state: State) -> None:
        """Gather."""
        self._parts.append(text)

    def word(self, name: bytes, number: int | None, state: State) -> None:
        """A line end stays one."""
        if name in (b"par", b"line"):
            self._parts.append("\n")

    def end(self, state: State) -> None:
        """Hand on what was gathered."""
        self._then("".join(self._parts))


class Counted(Collected):
    """Gathers text in which characters stand for numbers (\\leveltext)."""

    takes_controls = True


class Moment(Destination):
    """A time (\\creatim, \\revtim), handed on in ISO 8601, without a zone, as it is written."""

    _PARTS = (b"yr", b"mo", b"dy", b"hr", b"min", b"sec")

    def __init__(self, then: Callable[[str], None]) -> None:
        self._then = then
        self._numbers = dict.fromkeys(self._PARTS, 0)

    def word(self, name: bytes, number: int | None, state: State) -> None:
        """A part of it."""
        if name in self._numbers and number is not None:
            self._numbers[name] = number

    def end(self, state: State) -> None:
        """Hand it on, if it is one."""
        year, month, day, hour, minute, second = (self._numbers[part] for part in self._PARTS)
        if 0 < year < 10_000 and 0 < month <= 12 and 0 < day <= 31:
            self._then(f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")


def unpacked(when: int | None) -> str | None:
    """A packed time (DTTM: minute, hour, day, month, years since 1900, week day) in ISO 8601; None for none."""
    if not when:
        return None
    bits = when & 0xFFFFFFFF
    minute, hour, day, month = bits & 63, bits >> 6 & 31, bits >> 11 & 31, bits >> 16 & 15
    if not (0 < month <= 12 and day and hour < 24 and minute < 60):
        return None
    return f"{1900 + (bits >> 20 & 511):04}-{month:02}-{day:02}T{hour:02}:{minute:02}:00"
