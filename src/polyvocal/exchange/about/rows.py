"""A table of which each row is an account: an answer to a form, a log kept in a spreadsheet."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from polyvocal.domain.errors import UserError
from polyvocal.domain.structure import PieceKind
from polyvocal.domain.text import normalise
from polyvocal.domain.words import Fate
from polyvocal.exchange.about.account import Account, read_account
from polyvocal.exchange.about.columns import Columns, Deciding, Use, propose_columns
from polyvocal.exchange.about.found import Claim, Key, Origin
from polyvocal.exchange.readers.given import GivenFile
from polyvocal.exchange.readers.registry import WRITTEN_IN_AN_ENCODING, format_for, readable_endings
from polyvocal.exchange.readers.source import read_source
from polyvocal.exchange.readers.table import TABLE_ENDINGS, WORKBOOK, Row, Table, most_bytes, read_table, without_header
from polyvocal.exchange.readers.wording import Shape, Wording, beside, joined
from polyvocal.services.commands.incoming import Incoming, Note


@dataclass(frozen=True, slots=True)
class Manner:
    """How a file is to be read, as far as a person says it: the rest is found out.

    `encoding` is for files of text; `sheet`, `has_header` (whether the first row names the columns) and `columns` are
    for tables.
    """

    encoding: str | None = None
    sheet: str | None = None
    has_header: bool = True
    columns: Deciding = propose_columns


FOUND_OUT = Manner()
"""Nobody says anything."""


class TextUnknown(UserError):
    """Nothing says which column of a table is the text."""


class TableFile(NamedTuple):
    """A table as it was read, with the file that it was read from."""

    file: GivenFile
    content: bytes
    table: Table


class Rows(NamedTuple):
    """The accounts in a table, and the numbers of the rows in which there is no text."""

    accounts: tuple[Account, ...]
    without_text: tuple[int, ...]


def read_table_file(file: GivenFile, manner: Manner = FOUND_OUT) -> TableFile:
    """Read a file as a table, so that its columns can be shown and decided. Raises as `read_table`."""
    content = file.content(most_bytes(file.name))
    table = read_table(content, file.shown, sheet=manner.sheet, encoding=manner.encoding)
    return TableFile(file, content, table if manner.has_header else without_header(table))


def is_in_an_encoding(file: GivenFile) -> bool:
    """Whether a file is text, of which a person may say in which encoding it is written."""
    if file.ending in TABLE_ENDINGS:
        return file.ending != WORKBOOK
    return file.ending in readable_endings() and format_for(file.ending, file.shown) in WRITTEN_IN_AN_ENCODING


def accounts_in(file: GivenFile, manner: Manner = FOUND_OUT) -> Rows:
    """The accounts in any file: of a table one a row, of any other one. Raises as the readers do, and `read_rows`."""
    if file.ending in TABLE_ENDINGS:
        read = read_table_file(file, manner)
        return read_rows(read, manner.columns(read.table))
    return Rows((read_account(read_source(file, encoding=manner.encoding)),), ())


def read_rows(read: TableFile, columns: Columns) -> Rows:
    """An account for each row that has text, with what the row says of who, when and where.

    Several columns of text stand below one another, each under its name. All the accounts share the bytes of the file,
    which a project keeps once. Raises TextUnknown where no column is the text, UserError where no row has any text, or
    a cell holds what no text can.
    """
    if Use.TEXT not in columns:
        raise TextUnknown(
            f"{read.file.shown} is a table, and nothing says which column is the text: say it with "
            f"--columns text=NAME (there are {', '.join(read.table.header)})."
        )
    accounts: list[Account] = []
    without_text: list[int] = []
    for row in read.table.rows:
        text = _text(read.table.header, row, columns)
        if text.is_blank:
            without_text.append(row.number)
        else:
            accounts.append(_account(read, row, columns, text))
    if not accounts:
        raise UserError(f"{read.file.shown} holds no text: no row has any in {_named(read.table.header, columns)}.")
    return Rows(tuple(accounts), tuple(without_text))


def _text(header: Sequence[str], row: Row, columns: Columns) -> Wording:
    parts: list[Wording] = []
    is_one = columns.count(Use.TEXT) == 1
    for name, cell in _of(Use.TEXT, header, row, columns):
        part = Wording()
        if not is_one:
            part.add(name)
            part.hang(Shape(PieceKind.HEADING, 1), since=0)
            part.add("\n")
        part.add(cell.strip("\r\n"))
        parts.append(part)
    return joined("\n\n", parts)


def _account(read: TableFile, row: Row, columns: Columns, wording: Wording) -> Account:
    where = f"row {row.number:,}"
    wording.add("\n")
    try:
        text, edits = normalise(wording.text)
    except UserError as fault:
        raise UserError(f"{read.file.shown}, {where} cannot be read: {fault}") from None
    claims = tuple(_claims(read.table.header, row, columns))
    titles = [claim.words for claim in claims if claim.key is Key.TITLE]
    incoming = Incoming(
        title=titles[0] if titles else f"{read.file.title}, {where}",
        text=text,
        edits=edits,
        file_name=f"{read.file.name}, {where}",
        content=read.content,
        encoding=read.table.encoding,
        encoding_by=read.table.encoding_by,
        notes=(*_notes(read, row, columns), *read.table.notes),
        beside=beside(wording, {}).follow(edits, len(text)),
        row=row.number,
        attributes=tuple((name, cell.strip()) for name, cell in _of(Use.ATTRIBUTE, read.table.header, row, columns)),
    )
    return Account(incoming, claims)


def _claims(header: Sequence[str], row: Row, columns: Columns) -> Iterator[Claim]:
    for key in Key:
        words = "; ".join(cell.strip() for _, cell in _of(key, header, row, columns))
        if words:
            yield Claim(key, words, Origin.COLUMN)


def _notes(read: TableFile, row: Row, columns: Columns) -> Iterator[Note]:
    yield Note(
        "row of a table",
        1,
        f"row {row.number:,} of {read.file.shown}, kept whole; its text is {_named(read.table.header, columns)}",
        Fate.CARRIED_OVER,
    )
    for what, use, fate in (
        ("attribute of the source", Use.ATTRIBUTE, Fate.CARRIED_OVER),
        ("other column", Use.UNUSED, Fate.OTHERWISE),
    ):
        said = [f"{name}: {cell.strip()}" for name, cell in _of(use, read.table.header, row, columns)]
        if said:
            yield Note(what, len(said), "; ".join(said), fate)


def _of(use: Key | Use, header: Sequence[str], row: Row, columns: Columns) -> Iterable[tuple[str, str]]:
    """The cells of a row that are of one use and not empty, each with its column's name."""
    return (
        (name, cell)
        for name, cell, other in zip(header, row.cells, columns, strict=True)
        if other is use and cell.strip()
    )


def _named(header: Sequence[str], columns: Columns) -> str:
    return ", ".join(name for name, use in zip(header, columns, strict=True) if use is Use.TEXT)
