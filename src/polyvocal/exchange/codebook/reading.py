"""A codebook from a file or from what was pasted: which way of reading fits, and what comes of it."""

from enum import StrEnum
from pathlib import PurePath

from polyvocal.domain.errors import UserError
from polyvocal.exchange.codebook.entries import Found
from polyvocal.exchange.codebook.headings import FIELD_OF, level_columns, plain
from polyvocal.exchange.codebook.markdown import has_headings, read_markdown_codes
from polyvocal.exchange.codebook.outline import read_outline
from polyvocal.exchange.codebook.table import read_code_table
from polyvocal.exchange.readers.plain import read_plain
from polyvocal.exchange.readers.table import TABLE_ENDINGS, Table, read_table

ENDINGS = (*TABLE_ENDINGS, ".md", ".markdown", ".txt")
"""The endings of the files that are read as codebooks."""

PATH_MARKS = (" / ", ">", ">>", "\\", "::", ".", ":")
"""By what the names in a path may be set apart, where names hold paths."""


class Look(StrEnum):
    """How a text may be read."""

    TABLE = "table"
    MARKDOWN = "markdown"
    OUTLINE = "outline"


def read_codebook(
    content: bytes, name: str, *, sheet: str | None = None, path_mark: str | None = None, look: Look | None = None
) -> tuple[Found, Table | None]:
    """Read the bytes of a file, as its ending says; gives the table too, where it is one.

    Raises UserError for another ending, and for what cannot be read, or has no code in it.
    """
    ending = PurePath(name).suffix.casefold()
    if ending in TABLE_ENDINGS and look in (None, Look.TABLE):
        table = read_table(content, name, sheet=sheet)
        return _with_codes(read_code_table(table, path_mark), name), table
    if ending not in ENDINGS:
        raise UserError(f"{name} is no codebook that can be read: save it as {', '.join(ENDINGS)}, or paste its text.")
    if sheet is not None:
        raise UserError(f"{name} is a text file, which has no sheets: leave out the name of the sheet.")
    return read_codebook_text(read_plain(content, name).text, path_mark=path_mark, look=look, name=name), None


def read_codebook_text(
    text: str, *, path_mark: str | None = None, look: Look | None = None, name: str = "the text"
) -> Found:
    """Read a text as it looks: headings with #, a table with known names of columns, or indented lines.

    Raises UserError where no code is in it.
    """
    look = look or _look_of(text)
    if look is Look.TABLE:
        rows = _bars_to_tabs(text) if _is_markdown_table(text) else text
        found = read_code_table(read_table(rows.encode(), "pasted.csv"), path_mark)
    elif look is Look.MARKDOWN:
        found = read_markdown_codes(text)
    else:
        found = read_outline(text, path_mark)
    return _with_codes(found, name)


def _with_codes(found: Found, name: str) -> Found:
    if not found.entries:
        raise UserError(
            f"there is no code in {name}: it needs a row for each code, a heading for each, or a line for each"
        )
    return found


def _look_of(text: str) -> Look:
    if has_headings(text):
        return Look.MARKDOWN
    first = next((line for line in text.splitlines() if line.strip()), "")
    if _is_markdown_table(text):
        return Look.TABLE
    for mark in ("\t", ",", ";"):
        cells = [cell.strip(' "\ufeff') for cell in first.split(mark)]
        known = [cell for cell in cells if plain(cell) in FIELD_OF]
        if len(cells) > 1 and (len(known) > 1 or level_columns(tuple(cells))):
            return Look.TABLE
    return Look.OUTLINE


def _is_markdown_table(text: str) -> bool:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return len(lines) > 2 and all(line.startswith("|") for line in lines) and set(lines[1]) <= set("|-: ")


def _bars_to_tabs(text: str) -> str:
    """A table of Markdown as one with tabs between its cells."""
    lines = [line.strip().strip("|") for line in text.splitlines() if line.strip()]
    del lines[1]
    quoted = (
        "\t".join('"' + cell.strip().replace('"', '""').replace("<br>", "\n") + '"' for cell in line.split("|"))
        for line in lines
    )
    return "\n".join(quoted)
