"""A comparison as aligned plain text."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from polyvocal.domain.words import CellState
from polyvocal.exchange.writers.comparison_table import CODED_BY, Layout, comparison_laid_out
from polyvocal.exchange.writers.formats.cells import Value, shown
from polyvocal.exchange.writers.formats.characters import display_width, fitted, folded, for_a_terminal

if TYPE_CHECKING:
    from polyvocal.services.analysis.compare import Comparison

WIDTH = 100
_LABEL, _COLUMN = 36, 20
_GAP = "  "
MARKS: dict[str, str] = {
    CellState.READ_NOT_SO_CODED: "-",
    CellState.WRITTEN_NOT_YET_READ: "unread",
    CellState.PRESENT_NOTHING_WRITTEN: "present",
    CellState.ELSEWHERE: "elsewhere",
    CellState.ABSENT: "absent",
    CellState.NOT_KNOWN: "not known",
}


def render_comparison(comparison: "Comparison") -> str:
    """A comparison as `render_table` gives it."""
    return render_table(comparison_laid_out(comparison))


def render_table(layout: Layout) -> str:
    """The table for a terminal of 100 columns, with a legend of its marks and its caption.

    More columns than fit go into further tables below. Long names are cut; who coded what stands below in full.
    """
    parts = [*_tables(layout)] if layout.lines and layout.header else [layout.nothing]
    marks = [
        f"{mark:<13}{'' if mark == state else f'{state}: '}{meaning}"
        for state, meaning in layout.legend
        for mark in (MARKS.get(state, state),)
    ]
    if marks:
        parts.append("\n".join(folded(mark, WIDTH, indent=13) for mark in marks))
    if layout.notes:
        parts.append("\n".join(folded(for_a_terminal(line), WIDTH, indent=2) for line in layout.notes))
    parts.append(folded(for_a_terminal(layout.caption), WIDTH))
    return "\n\n".join(parts) + "\n"


def _tables(layout: Layout) -> Iterator[str]:
    """The table, in as many blocks of columns as the width asks for."""
    names = [fitted(for_a_terminal(name), _COLUMN) for name in layout.header]
    lines = [line for line in layout.lines if not (line.about_observers and line.label == CODED_BY)]
    labels = [fitted(for_a_terminal(name), _LABEL) for name in (layout.corner, *(line.label for line in lines))]
    cells = [[fitted(_marked(value), _COLUMN) for value in line.values] for line in lines]
    widths = [
        max(map(display_width, (name, *column))) for name, column in zip(names, zip(*cells, strict=True), strict=True)
    ]
    first = max(map(display_width, labels))
    rule = sum(line.about_observers for line in lines)
    for start, end in _blocks(first, widths):
        head, *rows = [
            _line(label, row[start:end], first, widths[start:end])
            for label, row in zip(labels, [names, *cells], strict=True)
        ]
        across = "-" * max(map(display_width, (head, *rows)))
        body = [*rows[:rule], across, *rows[rule:]] if rule else rows
        yield "\n".join((head, across, *body))


def _blocks(first: int, widths: Sequence[int]) -> Iterator[tuple[int, int]]:
    start, used = 0, first
    for number, width in enumerate(widths):
        if number > start and used + len(_GAP) + width > WIDTH:
            yield start, number
            start, used = number, first
        used += len(_GAP) + width
    yield start, len(widths)


def _line(label: str, cells: Sequence[str], first: int, widths: Sequence[int]) -> str:
    padded = [" " * (width - display_width(cell)) + cell for cell, width in zip(cells, widths, strict=True)]
    return _GAP.join([label + " " * (first - display_width(label)), *padded])


def _marked(value: Value) -> str:
    return MARKS.get(value, for_a_terminal(value)) if isinstance(value, str) else shown(value)
