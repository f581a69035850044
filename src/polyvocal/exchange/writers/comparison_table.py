"""A comparison laid out as one table, and what is said of it in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from polyvocal.domain.words import CellState
from polyvocal.exchange.writers.formats.cells import Share, Value

if TYPE_CHECKING:
    from polyvocal.services.analysis.compare import Comparison, ObserverHead


MEANINGS: dict[str, str] = {
    CellState.READ_NOT_SO_CODED: "the observer's accounts were read to their end, and nothing in them was coded so",
    CellState.WRITTEN_NOT_YET_READ: "the observer wrote, and no coder who counts here has read all of it yet",
    CellState.PRESENT_NOTHING_WRITTEN: "the observer was there and wrote no account",
    CellState.ELSEWHERE: "the observer was in a session that ran at the same time",
    CellState.ABSENT: "the observer is known not to have been there",
    CellState.NOT_KNOWN: "nothing is recorded of where the observer was, and there is no account",
}
CODED_BY = "Coded by"
NOTHING_READ = "nothing read"
NOTHING_CODED = "nothing coded"
NONE_CODED = "none coded"
TOTAL = "Total"
NO_ROWS = "There is nothing to compare: the table has no rows or no columns."


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table. One `about_observers` says how much each observer wrote, not how much was coded."""

    label: str
    values: tuple[Value, ...]
    about_observers: bool = False
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A table as it is written: `corner` names the rows, `header` the columns; a line has as many values as the header.

    `title` heads it, `caption` and `filters` say what it is of, `legend` what its words mean; `notes` are told below it
    where there is no room for them in it; `nothing` stands in place of a table without rows or columns.
    `wordy` has the places of the columns that hold words to be read, and no numbers or states.
    """

    corner: str
    header: tuple[str, ...]
    lines: tuple[Line, ...]
    title: str
    caption: str
    filters: dict[str, list[str]]
    legend: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    nothing: str = NO_ROWS
    wordy: frozenset[int] = frozenset()


_HEAD_LINES: tuple[tuple[str, Callable[["ObserverHead"], Value]], ...] = (
    ("Standing", lambda head: spoken(head.standing or "not given")),
    ("Accounts", lambda head: head.accounts),
    ("Words", lambda head: head.words),
    ("Words read", lambda head: head.words_read),
    ("Sessions attended", lambda head: head.sessions),
    (CODED_BY, lambda head: ", ".join(head.coders) or "nobody"),
    ("Self-coded", lambda head: "nothing coded" if head.self_coded is None else Share(head.self_coded)),
)


def comparison_laid_out(comparison: "Comparison") -> Layout:
    """A comparison with what its heads say: above the columns where it has them there, else beside the rows.

    Totals come last: a column beside those that are counted, a row below all.
    """
    lines, heads = _lines(comparison), comparison.heads
    header = _names(comparison.columns, comparison.column_dimension)
    if comparison.totals is not None:
        header = (*header, TOTAL)
    across = comparison.columns_have_heads
    names, dimension = (
        (comparison.columns, comparison.column_dimension) if across else (comparison.rows, comparison.row_dimension)
    )
    headed = _names(names, dimension)
    said = _HEAD_LINES if _is_of_observers(comparison) else _HEAD_LINES[1:]
    if across:
        blank = ("",) * (len(header) - len(heads))
        about = [Line(label, (*(told(head) for head in heads), *blank), about_observers=True) for label, told in said]
        lines = [*about, *lines]
    elif heads:
        header = (*header, *(label for label, _ in said))
        beside = [tuple(told(head) for _, told in said) for head in heads]
        beside += [("",) * len(said)] * (len(lines) - len(heads))
        lines = [replace(line, values=(*line.values, *more)) for line, more in zip(lines, beside, strict=True)]
    return Layout(
        _capitalised(comparison.row_dimension),
        header,
        tuple(lines),
        title=_heading(comparison),
        caption=comparison.caption,
        filters=comparison.filters,
        legend=tuple(_legend(comparison)),
        notes=tuple(
            f"{name}: coded by {', '.join(head.coders)}"
            for name, head in zip(headed, heads, strict=bool(heads))
            if head.coders
        ),
    )


def _is_of_observers(comparison: "Comparison") -> bool:
    """Whether of each cell it is told why nothing is coded."""
    return "observer" in (comparison.row_dimension, comparison.column_dimension)


def _lines(comparison: "Comparison") -> list[Line]:
    """A line a row, and one of totals."""

    def line(label: str, cells: Sequence[int | float | None], states: Sequence[str]) -> Line:
        return Line(label, tuple(_value(comparison, cell, state) for cell, state in zip(cells, states, strict=True)))

    names = _names(comparison.rows, comparison.row_dimension)
    rows = list(zip(names, comparison.cells, comparison.states, strict=True))
    totals = comparison.totals
    if totals is None:
        return [line(*row) for row in rows]
    lines = [
        line(label, (*cells, total), (*states, state))
        for (label, cells, states), total, state in zip(rows, totals.rows, totals.row_states, strict=True)
    ]
    last = line(TOTAL, (*totals.columns, totals.whole), (*totals.column_states, totals.whole_state))
    return [*lines, replace(last, is_total=True)]


def spoken(standing: str) -> str:
    """A standing as people say it: "research team"."""
    return standing.replace("-", " ")


def _names(names: tuple[str, ...], dimension: str) -> tuple[str, ...]:
    """The names of rows or columns as they are written."""
    return tuple(map(spoken, names)) if dimension == "standing" else names


def _value(comparison: "Comparison", cell: int | float | None, state: str) -> Value:
    if state in MEANINGS:
        return state
    if not state and _is_of_observers(comparison):  # a total, whose cells say why in several ways
        return NONE_CODED
    if cell is None:
        return NOTHING_READ if comparison.measure == "share" else NOTHING_CODED
    return Share(cell) if comparison.measure in _SHARES else cell


_SHARES = ("share", "share-of-row", "share-of-column")


def _legend(comparison: "Comparison") -> list[tuple[str, str]]:
    """The states that occur, each with what it means."""
    found = {state for line in comparison.states for state in line}
    told = [(state, meaning) for state, meaning in MEANINGS.items() if state in found]
    totals = comparison.totals
    if (
        totals is not None
        and _is_of_observers(comparison)
        and "" in (*totals.row_states, *totals.column_states, totals.whole_state)
    ):
        told.append((NONE_CODED, "nothing is coded in this row or column; each of its cells says why"))
    if any(cell is None for line in comparison.cells for cell in line):
        told.append(
            (NOTHING_READ, "there is no text that was read, of which this could be a share")
            if comparison.measure == "share"
            else (NOTHING_CODED, "there is no passage in its row (or column), of which this could be a share")
        )
    return told


def _heading(comparison: "Comparison") -> str:
    """A title: "Code by observer: passages"."""
    measure = comparison.measure.replace("-", " ")
    return f"{_capitalised(comparison.row_dimension)} by {comparison.column_dimension}: {measure}"


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]
