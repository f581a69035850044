"""Looking at a file before it is read in some manner: what would come in, and what of it is worth a look."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from polyvocal.domain.errors import UserError
from polyvocal.domain.spans import Span
from polyvocal.exchange.about.account import Account
from polyvocal.exchange.about.columns import Columns
from polyvocal.exchange.about.rows import FOUND_OUT, Manner, TableFile, read_rows, read_table_file
from polyvocal.exchange.readers import read_source
from polyvocal.exchange.readers.given import GivenFile
from polyvocal.exchange.readers.table import TABLE_ENDINGS
from polyvocal.services.commands.incoming import ToldBy

MOST_SHOWN = 40_000
"""How much of a text is shown, in code points."""

_BEGINNING = 4_000
_NEAR = 300
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_MANY = 0.35
"""From this share of a text on it is a language of other letters, in which no mark would help."""

_SKIPPED = "[…]\n"


@dataclass(frozen=True, slots=True)
class Look:
    """What a file is, read in some manner. `fault` says why it cannot be so read.

    `text` is as much of the text as is shown; `marks` are the spans in it, sorted, that other encodings write in other
    bytes. A table has its `table`, what its columns say, how many `sources` it gives, the numbers of the rows
    `without_text`, and the `account` of which the text is shown.
    """

    encoding: str | None = None
    encoding_by: ToldBy | None = None
    text: str = field(default="", repr=False)
    marks: tuple[Span, ...] = ()
    is_whole: bool = True
    table: TableFile | None = None
    columns: Columns = ()
    sources: int = 0
    without_text: tuple[int, ...] = ()
    account: Account | None = None
    fault: UserError | None = None


def look_at(given: GivenFile, manner: Manner = FOUND_OUT, *, row: int | None = None) -> Look:
    """Read a file in a manner; of a table the text of a row is shown, or of the first where that row has none."""
    try:
        if given.ending not in TABLE_ENDINGS:
            incoming = read_source(given, encoding=manner.encoding)
            return with_text(Look(incoming.encoding, incoming.encoding_by), incoming.text)
        file = read_table_file(given, manner)
    except UserError as fault:
        return Look(fault=fault)
    look = Look(file.table.encoding, file.table.encoding_by, table=file)
    return look_again(look, manner.columns(file.table), row=row)


def look_again(look: Look, columns: Columns, *, row: int | None = None) -> Look:
    """The same table, of which the columns say something else."""
    assert look.table is not None
    none = Look(look.encoding, look.encoding_by, table=look.table, columns=columns)
    try:
        found = read_rows(look.table, columns)
    except UserError as fault:
        return replace(none, fault=fault)
    account = next((one for one in found.accounts if one.incoming.row == row), found.accounts[0])
    told = replace(none, sources=len(found.accounts), without_text=found.without_text, account=account)
    return with_text(told, account.incoming.text)


def with_text(look: Look, text: str) -> Look:
    """A look with as much of a text as is shown: all of it, or the beginning and the lines that tell its encoding."""
    shown = text if len(text) <= MOST_SHOWN else _excerpt(text)
    found = tuple(Span(one.start(), one.end()) for one in _BEYOND_ASCII.finditer(shown))
    many = sum(one.length for one in found) > _MANY * len(shown)
    return replace(look, text=shown, marks=() if many else found, is_whole=shown is text)


def _excerpt(text: str) -> str:
    shown = text[:_BEGINNING]
    for line in _lines_beyond(text):
        if len(shown) + len(line) > MOST_SHOWN:
            break
        shown += line
    return f"{shown}\n{_SKIPPED}"


def _lines_beyond(text: str) -> Iterator[str]:
    """The lines behind the beginning that hold other characters than ASCII has, each whole, or what is near in it."""
    at = _BEGINNING
    while match := _BEYOND_ASCII.search(text, at):
        start = max(text.rfind("\n", at, match.start()) + 1, match.start() - _NEAR, at)
        last = min(match.end(), match.start() + _NEAR)
        end = text.find("\n", last, last + _NEAR)
        end = end + 1 if end >= 0 else min(last + _NEAR, len(text))
        yield f"\n{_SKIPPED}{text[start:end]}" if start > at else text[start:end]
        at = end
