"""One table over codings: what observers, phases, codes ... have to do with each other, with what an empty cell means.

No number here compares observers as if they had read the same text: cells count, they do not score.
"""

from dataclasses import dataclass

import numpy as np

from polyvocal.domain.errors import BugError
from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.words import CellState
from polyvocal.services.analysis.accounts import Question, Readings, ask
from polyvocal.services.analysis.caption import caption
from polyvocal.services.analysis.columns import Codings, load_codings
from polyvocal.services.analysis.dimensions import FAMILY, Dimension, axis
from polyvocal.services.analysis.measures import Measure, Table, coded, measured
from polyvocal.services.analysis.members import Members, filtered_families, join, members_of
from polyvocal.services.analysis.observers import ObserverHead, observer_heads, observer_states
from polyvocal.services.analysis.sweep import Ints, numbered
from polyvocal.services.analysis.whereabouts import Whereabouts
from polyvocal.services.queries.passages import EVERYTHING
from polyvocal.store.view import View

__all__ = ["Comparison", "Dimension", "Measure", "ObserverHead", "compare"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A table: `cells[row][column]`. A cell is None only for a share of nothing. `states` has the same shape.

    `states` are those of DOMAIN.md where rows or columns are observers; elsewhere "coded" or "" (no passage).
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int | float | None, ...], ...]
    states: tuple[tuple[str, ...], ...]
    row_dimension: Dimension
    column_dimension: Dimension
    measure: Measure
    filters: dict[str, list[str]]
    heads: tuple[ObserverHead, ...]
    caption: str


def compare(
    view: View,
    rows: Dimension = Dimension.CODE,
    columns: Dimension = Dimension.OBSERVER,
    measure: Measure = Measure.PASSAGES,
    chosen: PassageFilter = EVERYTHING,
) -> Comparison:
    """Cross two dimensions of the codings that a filter means.

    Jottings from which a note was written are left out, since they would count twice. A passage with two observers
    (two concerns ...) counts in both columns. Raises BugError where rows and columns are the same.
    """
    if rows is columns:
        raise BugError("rows and columns must differ")
    table = _table(ask(view, chosen), rows, columns)
    words_read = table.readings.words()
    whereabouts = Whereabouts(table.question)
    is_coded = coded(table)
    heads: tuple[ObserverHead, ...] = ()
    states: list[list[str]] = np.where(is_coded, CellState.CODED.value, "").tolist()
    if Dimension.OBSERVER in (rows, columns):
        states, heads = observer_states(table, is_coded, whereabouts), observer_heads(table, words_read, whereabouts)
    return Comparison(
        rows=table.rows.names,
        columns=table.columns.names,
        cells=tuple(map(tuple, measured(table, measure))),
        states=tuple(map(tuple, states)),
        row_dimension=rows,
        column_dimension=columns,
        measure=measure,
        filters=table.question.setting.filter_words(chosen),
        heads=heads,
        caption=caption(table, measure, words_read, whereabouts),
    )


def _table(question: Question, rows: Dimension, columns: Dimension) -> Table:
    """Lay the codings out on the two axes."""
    filtered = filtered_families(question)
    families = {FAMILY[rows], FAMILY[columns]}
    codings = load_codings(question, filtered | families)
    members = {family: members_of(family, question, codings) for family in filtered | families}
    owner = _meant(question, codings, [members[family] for family in filtered])
    axes = axis(rows, question), axis(columns, question)
    entries = join(owner, codings.account, axes, members)
    return Table(
        question=question,
        readings=Readings(question),
        rows=axes[0],
        columns=axes[1],
        codings=codings,
        members=members,
        meant=len(owner),
        entries=entries,
    )


def _meant(question: Question, codings: Codings, asked: list[Members]) -> Ints:
    """The codings that satisfy the whole filter: of a code that it asks for, with a member where it asks for one."""
    meant = np.ones(len(codings.code), np.bool_)
    if question.chosen.codes:
        meant &= numbered(codings.code, sorted(question.chosen.codes)) >= 0
    for members in asked:
        meant &= members.count > 0
    return np.flatnonzero(meant)
