"""Which reader reads which ending: those of the program, and those that plugins bring.

A plugin is an installed package with an entry point in the group `polyvocal.readers`; the entry point is a `Format`.
The program's own endings cannot be taken over by one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from polyvocal.domain.errors import BugError, UserError
from polyvocal.domain.words import SourceKind
from polyvocal.exchange.readers.limits import PACKAGE_BYTES, PDF_BYTES, RTF_BYTES, SUBTITLE_BYTES, TEXT_BYTES
from polyvocal.exchange.readers.reading import Reading
from polyvocal.exchange.readers.table import TABLE_ENDINGS

Reader = Callable[..., Reading]
"""Takes the bytes of a file and its name (for messages). Raises UserError where they cannot be read."""

PLUGINS = "polyvocal.readers"
"""The group of entry points."""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file. `reader` is written as an entry point is ("module:function") and imported when it is needed.

    `kind` is what such files usually are, where they usually are one: proposed, where nobody says what they are.
    """

    name: str
    endings: tuple[str, ...]
    reader: str
    max_bytes: int
    kind: SourceKind | None = None

    def load(self) -> Reader:
        """The reader itself."""
        module, _, function = self.reader.partition(":")
        found = getattr(import_module(module), function)
        if not callable(found):
            raise BugError(f"{self.reader} is not a reader")
        reader: Reader = found
        return reader


TEXT = Format("text", (".txt",), "polyvocal.exchange.readers.plain:read_plain", TEXT_BYTES)
MARKDOWN = Format("Markdown", (".md", ".markdown"), "polyvocal.exchange.readers.markdown:read_markdown", TEXT_BYTES)
WORD = Format("Word document", (".docx",), "polyvocal.exchange.readers.word:read_word", PACKAGE_BYTES)
PDF = Format("PDF", (".pdf",), "polyvocal.exchange.readers.pdf:read_pdf", PDF_BYTES)
OPENDOCUMENT = Format(
    "OpenDocument text", (".odt",), "polyvocal.exchange.readers.opendocument:read_opendocument", PACKAGE_BYTES
)
FLAT_OPENDOCUMENT = Format(
    "flat OpenDocument text", (".fodt",), "polyvocal.exchange.readers.opendocument:read_flat_opendocument", TEXT_BYTES
)
PAGE = Format("page of the web", (".html", ".htm", ".xhtml"), "polyvocal.exchange.readers.html:read_html", TEXT_BYTES)
BOOK = Format("EPUB book", (".epub",), "polyvocal.exchange.readers.epub:read_epub", PACKAGE_BYTES)
RICH_TEXT = Format("rich text file", (".rtf",), "polyvocal.exchange.readers.rtf:read_rtf", RTF_BYTES)
SUBTITLES = Format(
    "subtitles",
    (".srt", ".vtt"),
    "polyvocal.exchange.readers.subtitles:read_subtitles",
    SUBTITLE_BYTES,
    SourceKind.TRANSCRIPT,
)

WRITTEN_IN_AN_ENCODING = (TEXT, MARKDOWN, PAGE, SUBTITLES)
"""The formats whose readers take an `encoding` besides."""

FORMATS: tuple[Format, ...] = (
    TEXT, MARKDOWN, WORD, OPENDOCUMENT, FLAT_OPENDOCUMENT, RICH_TEXT, PAGE, BOOK, PDF, SUBTITLES,
)  # fmt: skip
"""The program's own."""

_BY_ENDING = {ending: one for one in FORMATS for ending in one.endings}
_OWN = (*_BY_ENDING, *TABLE_ENDINGS)


@cache
def _brought() -> tuple[dict[str, Format], tuple[str, ...]]:
    """The formats of plugins by their endings, and the names of the plugins that cannot be loaded."""
    from importlib.metadata import entry_points  # slow to import, and not for the program's own

    found: dict[str, Format] = {}
    broken: list[str] = []
    for point in entry_points(group=PLUGINS):
        try:
            brought = point.load()
        except Exception:  # noqa: BLE001 - a plugin may fail in any way; it is told where its reader is missed
            brought = None
        if isinstance(brought, Format):
            found.update({ending.casefold(): brought for ending in brought.endings if ending not in _OWN})
        else:
            broken.append(point.name)
    return found, tuple(broken)


def readable_endings() -> tuple[str, ...]:
    """The endings of the files that can be read, tables among them, each with its dot, in small letters."""
    return (*_OWN, *_brought()[0])


def format_for(ending: str, name: str) -> Format:
    """The format of a file by its ending. Raises UserError for a table, which is no one text, and, with the endings
    there are, for any other."""
    found = _BY_ENDING.get(ending) or _BY_ENDING.get(ending.casefold())
    if found is not None:
        return found
    if ending.casefold() in TABLE_ENDINGS:
        raise UserError(f"{name} is a table: each of its rows is a source, once it is said what its columns are.")
    brought, broken = _brought()
    if ending.casefold() not in brought:
        what = f"files that end in {ending}" if ending else "files without an ending"
        missing = f" (Plugins that could not be loaded: {', '.join(broken)}.)" if broken else ""
        raise UserError(
            f"{name} cannot be read: {what} are not known. Known are {', '.join(readable_endings())}; "
            f"save it as one of these.{missing}"
        )
    return brought[ending.casefold()]
