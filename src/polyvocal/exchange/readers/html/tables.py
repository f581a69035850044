"""The rows of a table in a page, and the cells that reach over several of them."""

from lxml.etree import _Element

from polyvocal.exchange.readers.allowance import Allowance
from polyvocal.exchange.readers.html.names import name_of
from polyvocal.exchange.readers.table_lines import Cell

_AROUND = ("thead", "tbody", "tfoot", "form")
_WIDEST, _TALLEST = 1000, 65534
"""What the HTML Standard lets a cell reach over (4.9.11)."""


def rows_of(table: _Element) -> tuple[list[_Element], list[_Element | str]]:
    """The rows in the order in which they are shown, and what else stands there: captions, stray text.

    A cell that lies in no row is a row of its own.
    """
    rows: list[_Element] = []
    last: list[_Element] = []
    others: list[_Element | str] = []
    for element in table:
        name = name_of(element)
        if name in ("tr", "td", "th"):
            rows.append(element)
            if name == "tr":
                others += _strays(element)
        elif name in _AROUND:
            inner, beside = rows_of(element)
            (last if name == "tfoot" else rows).extend(inner)
            others += beside
        elif name not in ("colgroup", "col"):
            others.append(element)
        others.append(element.tail or "")
    return rows + last, [table.text or "", *others]


def _strays(row: _Element) -> list[_Element | str]:
    strays: list[_Element | str] = [row.text or ""]
    for element in row:
        if name_of(element) not in ("td", "th"):
            strays.append(element)
        strays.append(element.tail or "")
    return strays


class Grid:
    """Puts an empty cell where one from above reaches down; a cell that is wide is one cell nevertheless."""

    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance
        self._from_above: dict[int, tuple[int, int]] = {}
        """By its column: how many rows a cell still reaches over, and how many columns."""

    def row(self, cells: list[tuple[_Element, Cell]]) -> list[Cell]:
        """The next row."""
        above = self._from_above
        below: dict[int, tuple[int, int]] = {}
        placed: list[Cell] = []
        column, waiting = 0, iter(cells)
        self._allowance.take(len(above))
        for one in waiting:
            column = self._pass_those_from_above(column, placed, below)
            element, cell = one
            wide = min(max(_number(element.get("colspan")), 1), _WIDEST)
            tall = _number(element.get("rowspan"), none=_TALLEST)
            placed.append(cell)
            if tall > 1:
                below[column] = (tall - 1, wide)
            column += wide
        self._pass_those_from_above(column, placed, below)
        for at in [at for at in above if at >= column]:
            left, wide = above[at]
            placed.append([])
            if left > 1:
                below[at] = (left - 1, wide)
        self._from_above = below
        return placed

    def _pass_those_from_above(self, column: int, placed: list[Cell], below: dict[int, tuple[int, int]]) -> int:
        while (reaching := self._from_above.pop(column, None)) is not None:
            left, wide = reaching
            placed.append([])
            if left > 1:
                below[column] = (left - 1, wide)
            column += wide
        return column


def _number(said: str | None, *, none: int = 1) -> int:
    """A number of rows or columns; 1 where it is not said, and `none` for 0, which means all that there are."""
    said = (said or "1").strip()
    found = int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 1
    return found or none
