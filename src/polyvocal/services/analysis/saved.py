"""Comparisons that are saved: asked again, kept as a snapshot in ids, and a snapshot read with the names of today."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from polyvocal.domain.comparisons import TABLE, Asked, Cell, Result
from polyvocal.domain.errors import UserError
from polyvocal.domain.passages import PassageFilter
from polyvocal.services.analysis import matrix as matrices
from polyvocal.services.analysis.axes import KINDS, LAYERS, PHASES, STANDINGS
from polyvocal.services.analysis.compare import Comparison, told
from polyvocal.services.analysis.dimensions import Along, Axis, Dimension
from polyvocal.services.analysis.holdings import Holdings
from polyvocal.services.analysis.measures import Measure
from polyvocal.services.analysis.question import Question, ask, told_apart
from polyvocal.services.queries.passages import EVERYTHING
from polyvocal.services.queries.setting import Setting, load_setting
from polyvocal.store.view import View

REMOVED = "(no longer in the project)"


class Answer(NamedTuple):
    """A comparison with names, and the same in ids."""

    comparison: Comparison
    result: Result


def asked_of(rows: Dimension, columns: Dimension, measure: Measure, chosen: PassageFilter = EVERYTHING) -> Asked:
    """What a table of two dimensions asks, as it is saved."""
    return Asked(rows.value, columns.value, measure.value, chosen)


def answer(view: View, asked: Asked) -> Answer:
    """What a project says now to what is asked. UserError for a comparison of another shape than a table."""
    if asked.shape != TABLE:
        raise UserError(f"this comparison is no table of rows and columns ({asked.shape}): open it in the window")
    held = Holdings(view)
    rows, columns = Along.decode(asked.rows), Along.decode(asked.columns)
    table = matrices.matrix(held, matrices.Asked(rows, columns, Measure(asked.measure), asked.chosen))
    comparison = told(table)
    return Answer(comparison, result_of(comparison, table.rows, table.columns, ask(held, asked.chosen)))


def result_of(comparison: Comparison, rows: Axis, columns: Axis, question: Question) -> Result:
    """A comparison in ids, and in words of vocabularies."""
    return Result(_keys(rows, question), _keys(columns, question), comparison.cells, comparison.states)


def _keys(axis: Axis, question: Question) -> tuple[str, ...]:
    told: Mapping[Dimension, Callable[[int], object]] = {
        Dimension.SOURCE: lambda key: question.accounts.each[key].info.source.id,
        Dimension.STANDING: lambda key: STANDINGS[key].value,
        Dimension.PHASE: lambda key: PHASES[key].value,
        Dimension.KIND: lambda key: KINDS[key].value,
        Dimension.LAYER: lambda key: LAYERS[key].value,
    }
    if axis.dimension is Dimension.STANCE:
        return axis.names
    key_of = told.get(axis.dimension, str)
    return tuple(str(key_of(axis.keys_at(place)[0])) for place in range(len(axis)))


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
