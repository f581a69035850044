"""Which reader reads which ending."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from polyvocal.domain.errors import BugError, UserError
from polyvocal.exchange.readers.limits import PACKAGE_BYTES, TEXT_BYTES
from polyvocal.exchange.readers.reading import Reading

Reader = Callable[[bytes, str], Reading]
"""Takes the bytes of a file and its name (for messages). Raises UserError where they cannot be read."""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file. `reader` is written as an entry point is ("module:function") and imported when it is needed."""

    name: str
    endings: tuple[str, ...]
    reader: str
    max_bytes: int

    def load(self) -> Reader:
        """The reader itself."""
        module, _, function = self.reader.partition(":")
        found = getattr(import_module(module), function)
        if not callable(found):
            raise BugError(f"{self.reader} is not a reader")
        reader: Reader = found
        return reader


TEXT = Format("text", (".txt", ".md"), "polyvocal.exchange.readers.plain:read_plain", TEXT_BYTES)
WORD = Format("Word document", (".docx",), "polyvocal.exchange.readers.word:read_word", PACKAGE_BYTES)

FORMATS: tuple[Format, ...] = (TEXT, WORD)

_BY_ENDING = {ending: one for one in FORMATS for ending in one.endings}


def readable_endings() -> tuple[str, ...]:
    """The endings of the files that can be read, each with its dot, in small letters."""
    return tuple(_BY_ENDING)


def format_for(ending: str, name: str) -> Format:
    """The format of a file by its ending. Raises UserError, with the endings there are, for any other."""
    found = _BY_ENDING.get(ending) or _BY_ENDING.get(ending.casefold())
    if found is None:
        what = f"files that end in {ending}" if ending else "files without an ending"
        raise UserError(
            f"{name} cannot be read: {what} are not known. Known are {', '.join(readable_endings())}; "
            "save it as one of these."
        )
    return found
