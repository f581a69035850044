"""Tables as CSV that a spreadsheet opens without harm."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from polyvocal.exchange.writers.formats.characters import legal, one_line

BYTE_ORDER_MARK = "\ufeff"
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")


class _Passed:
    """A file for csv.writer whose write hands the line back."""

    def write(self, line: str) -> str:
        return line


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str | int | float]]) -> Iterator[str]:
    """A table as CSV, one line at a time: RFC 4180, text always in quotes, numbers bare.

    It begins with a byte order mark, so that Excel shows every script. A text that a spreadsheet would take for a
    formula (it begins with = + - @, a tab or a line end, also full-width) gets a leading apostrophe, and so does one
    with apostrophes before these: whoever reads the file with a program takes one off again. Control characters are
    left out.
    """
    writer = csv.writer(_Passed(), quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    yield BYTE_ORDER_MARK
    for row in chain((header,), rows):
        # writerow hands back what the file's write returned
        yield str(writer.writerow([_defused(legal(cell)) if isinstance(cell, str) else cell for cell in row]))


def harmless(text: str) -> str:
    """A text as a cell of one line that a spreadsheet takes for no formula."""
    return _defused(one_line(text))


def _defused(text: str) -> str:
    return "'" + text if _FORMULA.match(text) else text
