"""Tables as lines of text: a row on a line, with a bar between its cells."""

from typing import TypeAlias

from polyvocal.domain.structure import PieceKind
from polyvocal.exchange.readers.lines import Lines
from polyvocal.exchange.readers.tally import Tally
from polyvocal.exchange.readers.wording import Shape, Wording, joined

_CELLS = " | "
_SAME_ROW = "\n    "

Cell: TypeAlias = list[Wording]
"""The lines of a cell; none for one that continues the cell above."""


def cell_of(lines: Lines) -> Cell:
    """The lines that were read in a cell, without the empty ones."""
    return [line for line in lines.end() if not line.is_blank or line.hung]


def add_table(rows: list[list[Cell]], lines: Lines, tally: Tally) -> None:
    """A table as one paragraph of many lines. One of a single column is a box around text, and no table."""
    columns = max(map(len, rows), default=0)
    written = [_row(cells) if len(cells) > 1 else joined("\n", cells[0]) for cells in rows if any(cells)]
    if not written:
        return
    words = joined("\n", written)
    if columns > 1:
        tally.count("table")
        words = words.without_lines_of_its_own()
        words.hang(Shape(PieceKind.TABLE, columns), since=0)
    lines.add(words)


def _row(cells: list[Cell]) -> Wording:
    """A row on one line; where a cell has several lines, they and the cell after it go on below, indented."""
    row = Wording()
    for place, cell in enumerate(cells):
        if place:
            row.add("\n| " if len(cells[place - 1]) > 1 else _CELLS)
        row.add(joined("\n", cell))
    return row.with_line_ends(_SAME_ROW)
