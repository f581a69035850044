"""Tables that people bring, .csv or .xlsx, as a header and rows of text.

A cell is what a person sees in it, and only ever text: what looks like a formula is not worked out.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import NamedTuple

from polyvocal.domain.errors import UserError
from polyvocal.exchange.readers.limits import (
    PACKAGE_BYTES,
    TABLE_CELL,
    TABLE_CELLS,
    TABLE_COLUMNS,
    TABLE_ROWS,
    TEXT_BYTES,
)
from polyvocal.services.commands.incoming import Note, ToldBy

DELIMITED = (".csv", ".tsv", ".txt")
WORKBOOK = ".xlsx"
TABLE_ENDINGS = (*DELIMITED[:2], WORKBOOK)
"""The endings of the files that are tables."""


_DEFUSED = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")


class Row(NamedTuple):
    """One row: its number as a spreadsheet shows it (the header's is mostly 1), and a cell for each column."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it was read. Every row is as wide as the header; rows and columns without anything are left out.

    `header` has a name for each column: "column C" where the file gives none. Names may be there twice. `head` is the
    row that gives them, `letters` are what a spreadsheet calls the columns. A table from a text file has its
    `delimiter` and `encoding`, one from a workbook the name of its `sheet`, and of all visible ones. `notes` tell what
    of the file is not in it.
    """

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    head: Row | None = None
    letters: tuple[str, ...] = ()
    delimiter: str | None = None
    encoding: str | None = None
    encoding_by: ToldBy | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


def most_bytes(name: str) -> int:
    """The largest file that is read as a table, by its name."""
    return PACKAGE_BYTES if _is_workbook(name) else TEXT_BYTES


def read_table(
    content: bytes, name: str, *, sheet: str | None = None, delimiter: str | None = None, encoding: str | None = None
) -> Table:
    """Read the bytes of a .csv, .tsv or .xlsx; `name` tells which, by its ending.

    Of a workbook the first visible sheet is read, or the one that `sheet` names. The delimiter of a text file (comma,
    semicolon, tab or bar) is told by its first rows, its encoding by its bytes, unless given. Raises UserError: no such
    ending, no such sheet, not what the ending says, larger than the limits, no header.
    """
    if _is_workbook(name):
        if encoding is not None:
            raise UserError(f"{name} is a workbook, which says its encoding itself: name none for it.")
        from polyvocal.exchange.readers.workbook import read_workbook

        return read_workbook(content, name, sheet)
    if PurePath(name).suffix.casefold() not in DELIMITED:
        raise UserError(f"{name} is no table that can be read: save it as {' or '.join(TABLE_ENDINGS)}.")
    if sheet is not None:
        raise UserError(f"{name} is a text file, which has no sheets: leave out the name of the sheet.")
    from polyvocal.exchange.readers.delimited import read_delimited

    return read_delimited(content, name, delimiter, encoding)


def _is_workbook(name: str) -> bool:
    return PurePath(name).suffix.casefold() == WORKBOOK


def without_header(table: Table) -> Table:
    """The same table, if no row of it names the columns: what was taken for their names is its first row."""
    if table.head is None:
        return table
    header = tuple(_unnamed(letter) for letter in table.letters)
    return replace(table, header=header, rows=(table.head, *table.rows), head=None)


def undefused(table: Table) -> Table:
    """A table from a text file without the apostrophes that keep a spreadsheet from taking cells for formulas."""
    if table.delimiter is None:
        return table
    return replace(
        table, header=_bare(table.header), rows=tuple(Row(one.number, _bare(one.cells)) for one in table.rows)
    )


def _bare(cells: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(cell[1:] if _DEFUSED.match(cell) else cell for cell in cells)


def squared(rows: Iterable[Row], name: str) -> Table:
    """A table of rows of any width, without what is empty in them; the first one names the columns.

    Raises UserError where there is no header, or more than the limits.
    """
    kept: list[Row] = []
    width = 0
    for row in rows:
        last = max((at for at, cell in enumerate(row.cells) if cell.strip()), default=-1)
        if last < 0:
            continue
        kept.append(Row(row.number, row.cells[: last + 1]))
        width = max(width, last + 1)
        _refuse_large(kept, width, name)
    if not kept:
        raise UserError(f"{name} is empty: a table has a row with the names of its columns, and rows below it.")
    wide = [Row(number, cells + ("",) * (width - len(cells))) for number, cells in kept]
    used = [at for at in range(width) if any(row.cells[at].strip() for row in wide)]
    head, *body = [Row(number, tuple(cells[at] for at in used)) for number, cells in wide]
    called = tuple(letters(at) for at in used)
    header = tuple(" ".join(cell.split()) or _unnamed(letter) for cell, letter in zip(head.cells, called, strict=True))
    return Table(header, tuple(body), head, called)


def _unnamed(letter: str) -> str:
    return f"column {letter}"


def _refuse_large(kept: list[Row], width: int, name: str) -> None:
    number, cells = kept[-1]
    if len(kept) > TABLE_ROWS + 1:
        raise UserError(f"{name} has more than {TABLE_ROWS:,} rows, the most that are read: divide it into several.")
    if width > TABLE_COLUMNS:
        raise UserError(
            f"{name} has {width:,} columns in row {number:,}; at most {TABLE_COLUMNS:,} are read. "
            "Take out those that are not needed."
        )
    if len(kept) * width > TABLE_CELLS:
        raise UserError(f"{name} has more than {TABLE_CELLS:,} cells, the most that are read: divide it into several.")
    longest = max(map(len, cells))
    if longest > TABLE_CELL:
        raise UserError(
            f"{name} has a cell of {longest:,} characters in row {number:,}; at most {TABLE_CELL:,} are read. "
            "Import a text as long as that as a file of its own."
        )


def letters(at: int) -> str:
    """A column as a spreadsheet calls it: A for 0, AA for 26."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def column_at(name: str) -> int:
    """The place of a column that a spreadsheet calls so: 0 for A."""
    at = 0
    for letter in name.upper():
        at = at * 26 + ord(letter) - ord("A") + 1
    return at - 1
