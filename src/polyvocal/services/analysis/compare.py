"""One table over codings: what observers, phases, codes ... have to do with each other, with what an empty cell means.

No number here compares observers as if they had read the same text: cells count, they do not score.
"""

from dataclasses import dataclass

import numpy as np

from polyvocal.domain.errors import BugError
from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.words import CellState
from polyvocal.services.analysis.caption import caption
from polyvocal.services.analysis.columns import Codings
from polyvocal.services.analysis.dimensions import FAMILY, Dimension, axis
from polyvocal.services.analysis.holdings import Holdings
from polyvocal.services.analysis.measures import Measure, Table, coded, measured
from polyvocal.services.analysis.members import Members, filtered_families, join, members_of
from polyvocal.services.analysis.observers import ObserverHead, observer_heads, observer_states
from polyvocal.services.analysis.question import Question, ask
from polyvocal.services.analysis.sweep import Ints, numbered
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
    return comparison_of(laid_out(ask(view, Holdings(view), chosen), rows, columns), measure)


def comparison_of(table: Table, measure: Measure) -> Comparison:
    """What a table says."""
    question, rows, columns = table.question, table.rows, table.columns
    held = question.held
    words_read = held.words_read(question.view, question.accounts, table.readings)
    is_coded = coded(table)
    heads: tuple[ObserverHead, ...] = ()
    states: list[list[str]] = np.where(is_coded, CellState.CODED.value, "").tolist()
    if Dimension.OBSERVER in table.axes:
        states = observer_states(table, is_coded, held.whereabouts)
        heads = observer_heads(table, words_read, held.whereabouts)
    return Comparison(
        rows=rows.names,
        columns=columns.names,
        cells=tuple(map(tuple, measured(table, measure))),
        states=tuple(map(tuple, states)),
        row_dimension=rows.dimension,
        column_dimension=columns.dimension,
        measure=measure,
        filters=question.setting.filter_words(question.chosen),
        heads=heads,
        caption=caption(table, measure, words_read, held.whereabouts),
    )


def laid_out(question: Question, rows: Dimension, columns: Dimension) -> Table:
    """Lay the codings out on the two axes, which differ."""
    filtered = filtered_families(question)
    codings, account_of_line = _in_question(question)
    members = {family: members_of(family, question, codings) for family in filtered | {FAMILY[rows], FAMILY[columns]}}
    owner = _meant(question, codings, [members[family] for family in filtered])
    down, across = axis(rows, question), axis(columns, question)
    entries = join(owner, account_of_line[codings.line], (down, across), members)
    return Table(
        question=question,
        readings=question.held.readings(question.chosen),
        rows=down,
        columns=across,
        codings=codings,
        account_of_line=account_of_line,
        members=members,
        meant=len(owner),
        entries=entries,
        cell=entries.places[rows] * len(across.keys) + entries.places[columns],
    )


def _in_question(question: Question) -> tuple[Codings, Ints]:
    """The codings by the coders in question on the accounts in question, and the account of each line, or -1."""
    held = question.held.codings
    accounts = [account.info.source.id for account in question.accounts]
    account_of_line = numbered(np.array(held.sources, np.int64), accounts)
    return held.on_lines(account_of_line >= 0, question.chosen.coders), account_of_line


def _meant(question: Question, codings: Codings, asked: list[Members]) -> Ints:
    """The codings that satisfy the whole filter: of a code that it asks for, with a member where it asks for one."""
    if not question.chosen.codes and not asked:
        return np.arange(len(codings.line), dtype=np.int64)
    meant = np.ones(len(codings.line), np.bool_)
    if question.chosen.codes:
        meant &= codings.code.places(sorted(question.chosen.codes)) >= 0
    for members in asked:
        meant &= members.count > 0
    return np.flatnonzero(meant)
