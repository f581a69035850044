"""Comparisons that are saved: asked again, kept as a snapshot in ids, and a snapshot read with the names of today."""

from collections.abc import Callable, Mapping
from math import isnan
from typing import NamedTuple

from polyvocal.domain import comparisons
from polyvocal.domain.comparisons import Asked, Cell, Result
from polyvocal.domain.errors import UserError
from polyvocal.domain.passages import PassageFilter
from polyvocal.services.analysis import matrix as matrices
from polyvocal.services.analysis.accounts import Accounts
from polyvocal.services.analysis.axes import KINDS, LAYERS, PHASES, STANDINGS
from polyvocal.services.analysis.co_occurrence import CoOccurrence, Nearness, Readers, Together
from polyvocal.services.analysis.compare import Comparison, told
from polyvocal.services.analysis.crossing import Counting, Crossing, Whom, crossing
from polyvocal.services.analysis.dimensions import Along, Axis, Dimension
from polyvocal.services.analysis.holdings import Holdings
from polyvocal.services.analysis.measures import Measure
from polyvocal.services.analysis.only_here import OnlyHereList, Whose, only_here
from polyvocal.services.analysis.question import told_apart
from polyvocal.services.analysis.who_codes_whom import WhoCodesWhom
from polyvocal.services.queries.passages import EVERYTHING
from polyvocal.services.queries.setting import Setting, load_setting
from polyvocal.store.view import View

REMOVED = "(no longer in the project)"
READERS, PARAGRAPHS = "readers", "paragraphs"
"""What else is kept of which codes come together."""


Found = Comparison | WhoCodesWhom | OnlyHereList | CoOccurrence


class Answer(NamedTuple):
    """What is said, with names, and the same in ids."""

    found: Found
    result: Result


def asked_of(rows: Dimension, columns: Dimension, measure: Measure, chosen: PassageFilter = EVERYTHING) -> Asked:
    """What a table of two dimensions asks, as it is saved."""
    return Asked(rows.value, columns.value, measure.value, chosen)


def answer(view: View, asked: Asked, *, totals: bool = False) -> Answer:
    """What a project says now to what is asked, with totals where there are any. UserError for an unknown shape."""
    held = Holdings(view)
    rows, columns = Along.decode(asked.rows), Along.decode(asked.columns)
    question: matrices.Asked | Whom | Together
    match asked.shape:
        case comparisons.TABLE:
            question = matrices.Asked(rows, columns, Measure(asked.measure), asked.chosen, totals)
        case comparisons.WHOM:
            question = Whom(Counting(asked.measure), asked.chosen, totals)
        case comparisons.TOGETHER:
            readers, paragraphs = Readers(asked.more.get(READERS, Readers.ANY)), int(asked.more.get(PARAGRAPHS, 0))
            near = Nearness(asked.measure)
            paragraphs = paragraphs if near is Nearness.PARAGRAPHS else 0
            question = Together(near, paragraphs, readers, rows, asked.chosen)
        case comparisons.ONLY:
            only = only_here(held, Whose(columns.dimension.value), asked.chosen, rows)
            return Answer(only, result_of_list(only))
        case shape:
            raise UserError(f"this version does not know such a comparison ({shape})")
    table = crossing(held, question)
    return Answer(told(table.of) if isinstance(table.of, matrices.Matrix) else table.of, result_of_crossing(table))


def result_of_crossing(table: Crossing) -> Result:
    """A table of the window in ids, and in words of vocabularies."""
    cells: list[list[int | float]] = table.numbers.tolist()
    places = [(row, range(len(line))) for row, line in enumerate(cells)]
    states = [[table.state(row, column) for column in columns] for row, columns in places]
    return Result(
        _keys(table.rows, table.doors.accounts),
        _keys(table.columns, table.doors.accounts),
        tuple(tuple(None if isnan(cell) else cell for cell in line) for line in cells),
        tuple(tuple("" if state is None else state.value for state in line) for line in states),
    )


def result_of_list(found: OnlyHereList) -> Result:
    """A list of what is only here, in ids: how many passages each code has where it alone was read."""
    rows, columns = (_keys(axis, found.doors.accounts) for axis in (found.codes, found.places))
    passages = {(one.row, one.column): one.passages for one in found.found}
    cells = [tuple(passages.get((row, column), 0) for column in range(len(columns))) for row in range(len(rows))]
    return Result(rows, columns, tuple(cells))


def differing(then: Result, now: Result) -> tuple[dict[tuple[int, int], Cell], int]:
    """What a snapshot said in each cell of a later result that differs, by its place; and how many are gone."""
    rows, columns = ({key: at for at, key in enumerate(keys)} for keys in (now.rows, now.columns))
    found = differences(then, now)
    there = {
        (rows[one.row], columns[one.column]): one.then for one in found if one.row in rows and one.column in columns
    }
    return there, len(found) - len(there)


def _keys(axis: Axis, accounts: Accounts) -> tuple[str, ...]:
    told: Mapping[Dimension, Callable[[int], object]] = {
        Dimension.SOURCE: lambda key: accounts.each[key].info.source.id,
        Dimension.STANDING: lambda key: STANDINGS[key].value,
        Dimension.PHASE: lambda key: PHASES[key].value,
        Dimension.KIND: lambda key: KINDS[key].value,
        Dimension.LAYER: lambda key: LAYERS[key].value,
    }
    if axis.dimension is Dimension.STANCE:
        return axis.names
    key_of = told.get(axis.dimension, str)
    first: dict[int, int] = {}
    for key, place in zip(axis.keys, axis.place, strict=True):
        first.setdefault(place, key)
    return tuple(str(key_of(first[place])) for place in range(len(axis)))


def names_of(view: View, result: Result, asked: Asked) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """How the rows and the columns of a result are called now; what is gone says so."""
    setting = load_setting(view)
    return (
        _names(setting, Along.decode(asked.rows).dimension, result.rows),
        _names(setting, Along.decode(asked.columns).dimension, result.columns),
    )


def _names(setting: Setting, dimension: Dimension, keys: tuple[str, ...]) -> tuple[str, ...]:
    if dimension in (Dimension.STANDING, Dimension.PHASE, Dimension.STANCE, Dimension.KIND, Dimension.LAYER):
        return keys
    parties: dict[int, str] = {one.id: one.name for one in setting.groups.values()}
    parties |= _people(setting)
    of: dict[Dimension, Callable[[], Mapping[int, str]]] = {
        Dimension.CODE: lambda: {one: setting.code_path(one) for one in setting.codes},
        Dimension.CODER: lambda: _people(setting),
        Dimension.OBSERVER: lambda: _people(setting),
        Dimension.SOURCE: lambda: {info.source.id: info.source.title for info in setting.sources},
        Dimension.EVENT: lambda: {one.id: one.title for one in setting.events.values()},
        Dimension.SESSION: lambda: {one.id: one.title for one in setting.sessions.values()},
        Dimension.GROUP: lambda: parties,
        Dimension.PARTICIPANT: lambda: parties,
        Dimension.ACTOR: lambda: parties,
        Dimension.TERM: lambda: {one.id: one.name for one in setting.terms.values()},
    }
    names = told_apart(dict(of[dimension]()))
    return tuple(names.get(int(key), REMOVED) for key in keys)


def _people(setting: Setting) -> dict[int, str]:
    return {one.id: one.name for one in setting.people.values()}


class Difference(NamedTuple):
    """A cell that says something else than in a snapshot: its row and column by their keys, and both numbers.

    None where there was, or is, no such cell, and for a share of nothing.
    """

    row: str
    column: str
    then: Cell
    now: Cell


def differences(then: Result, now: Result) -> tuple[Difference, ...]:
    """Where two results of one comparison differ, in the order of the later one; then what only the earlier has."""
    before, after = _by_key(then), _by_key(now)
    return tuple(
        Difference(*key, before.get(key), after.get(key))
        for key in {**after, **before}
        if (before.get(key) or 0) != (after.get(key) or 0)
    )


def _by_key(result: Result) -> dict[tuple[str, str], Cell]:
    return {
        (row, column): cell
        for row, cells in zip(result.rows, result.cells, strict=True)
        for column, cell in zip(result.columns, cells, strict=True)
    }
