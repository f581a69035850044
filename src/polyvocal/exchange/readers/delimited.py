"""Tables as text: values set apart by commas, semicolons, tabs or bars (RFC 4180, and what Excel makes of it)."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from polyvocal.domain.errors import UserError
from polyvocal.exchange.readers.limits import TABLE_CELL, TABLE_COLUMNS, TABLE_LAST_ROW
from polyvocal.exchange.readers.plain import read_plain
from polyvocal.exchange.readers.table import Row, Table, squared

_DELIMITERS = ",;\t|"
_TOLD_BY = 50
"""How many rows tell the delimiter."""

_MOST_MARKS = 100 * TABLE_COLUMNS
"""Some of the delimiters in a line may be within cells."""

_SAID = re.compile("sep=(.)\r?\n")
"""The line by which Excel is told the delimiter."""

_LINE = re.compile("[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def read_delimited(content: bytes, name: str, delimiter: str | None, encoding: str | None = None) -> Table:
    """Read a table from text, in the encoding given or found by `read_plain`. Raises UserError as `read_table`."""
    reading = read_plain(content, name, encoding=encoding)
    said = _SAID.match(reading.text)
    text = reading.text[said.end() :] if said else reading.text
    first = 2 if said else 1
    mark = delimiter or (said.group(1) if said else _delimiter_of(text))
    table = squared(_rows(text, mark, first, name), name)
    return replace(
        table, delimiter=mark, encoding=reading.encoding, encoding_by=reading.encoding_by, notes=reading.notes
    )


def _rows(text: str, delimiter: str, first: int, name: str) -> Iterator[Row]:
    csv.field_size_limit(TABLE_CELL + 1)  # one for the whole process, and no one else sets it
    reader = csv.reader(_narrow(_lines(text), delimiter, name), delimiter=delimiter, strict=True)
    number = first - 1
    try:
        for number, cells in enumerate(reader, first):
            if number > TABLE_LAST_ROW:
                raise UserError(f"{name} has more than {TABLE_LAST_ROW:,} rows, the empty ones counted: divide it.")
            yield Row(number, tuple(cells))
    except csv.Error as fault:
        if "field limit" in str(fault):
            why = f"has a cell of more than {TABLE_CELL:,} characters"
        else:
            why = "has a quotation mark where none can be: one opens or closes a whole cell, within it stand two"
        raise UserError(f"{name}, row {number + 1:,} (near line {reader.line_num + first - 1:,}) {why}.") from None


def _narrow(lines: Iterator[str], delimiter: str, name: str) -> Iterator[str]:
    """The same lines, none with so many delimiters that its cells would fill the memory before they are counted."""
    for line in lines:
        if line.count(delimiter) > _MOST_MARKS:
            raise UserError(f"{name} has more than {TABLE_COLUMNS:,} columns, the most that are read of a table.")
        yield line


def _lines(text: str) -> Iterator[str]:
    """Lines with their ends, as a file opened with newline="" gives them: not at U+2028 and its like."""
    return (match.group() for match in _LINE.finditer(text))


def _delimiter_of(text: str) -> str:
    """The one by which most of the first rows are as wide as most others, and wider than one cell."""
    lines = list(_lines(text[: 1 << 16]))
    return max(_DELIMITERS, key=lambda one: _evenness(lines, one))


def _evenness(lines: list[str], delimiter: str) -> tuple[float, int]:
    widths: list[int] = []
    try:
        for cells in csv.reader(lines, delimiter=delimiter, strict=True):
            if cells:
                widths.append(len(cells))
            if len(widths) == _TOLD_BY:
                break
    except csv.Error:  # a row that was cut off, or another delimiter
        pass
    (width, how_many), *_ = Counter(widths).most_common(1) or [(1, 0)]
    return (how_many / len(widths), width) if width > 1 else (0.0, 0)
