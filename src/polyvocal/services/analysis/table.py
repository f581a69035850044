"""A table in the making: its axes, and the codings laid out on them, one stretch after another."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from polyvocal.services.analysis.accounts import Readings
from polyvocal.services.analysis.columns import Codings
from polyvocal.services.analysis.dimensions import FAMILY, OF_ACCOUNTS, Axis, Dimension, Family, axis
from polyvocal.services.analysis.members import (
    Entries,
    Members,
    account_members,
    coding_members,
    filtered_families,
    join,
)
from polyvocal.services.analysis.question import Question
from polyvocal.services.analysis.runs import Relations, Spans
from polyvocal.services.analysis.sweep import Bools, Ints, distinct_pairs, numbered
from polyvocal.services.queries.layers import layered


@dataclass(frozen=True, slots=True)
class Table:
    """Two axes of a question, and the members that accounts have, whatever is coded in them.

    `account_of_line` has the place of each line's account in the question, -1 where it is not in question.
    """

    question: Question
    readings: Readings
    rows: Axis
    columns: Axis
    members: Mapping[Family, Members]
    account_of_line: Ints

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns there are."""
        return len(self.rows.keys), len(self.columns.keys)

    @property
    def axes(self) -> dict[Dimension, Axis]:
        """Rows and columns by what they are."""
        return {self.rows.dimension: self.rows, self.columns.dimension: self.columns}


@dataclass(frozen=True, slots=True)
class Part:
    """The codings on some whole lines, `meant` of which the whole filter means, and where these fall on the axes.

    `cell` is the number of each entry's cell, counted row by row.
    """

    codings: Codings
    meant: int
    entries: Entries
    cell: Ints


def laid_out(question: Question, rows: Dimension, columns: Dimension) -> Table:
    """Lay out two axes, which differ."""
    accounts = [account.info.source.id for account in question.accounts]
    return Table(
        question=question,
        readings=question.held.readings(question.chosen),
        rows=axis(rows, question),
        columns=axis(columns, question),
        members={family: account_members(family, question) for family in {FAMILY[rows], FAMILY[columns]} & OF_ACCOUNTS},
        account_of_line=numbered(np.array(question.held.codings.sources, np.int64), accounts),
    )


def parts(table: Table) -> Iterator[Part]:
    """The codings by the coders in question on the accounts in question, in stretches that fit a processor's cache.

    Whatever is counted of them adds up, since no two stretches share a line.
    """
    question = table.question
    asked = filtered_families(question)
    families = {FAMILY[one] for one in table.axes}
    makers = {family: coding_members(family, question) for family in (asked | families) - OF_ACCOUNTS}
    if Family.OCCASION in asked | families and question.is_cut:
        makers[Family.OCCASION] = Relations(question, table.account_of_line).of
    spans = _layered(table)
    for codings in question.held.codings.stretches(table.account_of_line >= 0, question.chosen.coders):
        members = {**table.members, **{family: make(codings) for family, make in makers.items()}}
        touched = None if spans is None else spans.touch(codings)
        owner = _meant(table.question, codings, [members[family] for family in asked], touched)
        yield _part(table, codings, members, owner)


def _layered(table: Table) -> Spans | None:
    """The spans of the layers that are asked for, on their lines; None where none is asked for."""
    question = table.question
    if not question.chosen.layers:
        return None
    of = layered(question.view, [account.info for account in question.accounts], question.chosen.layers)
    lines = {source: line for line, source in enumerate(question.held.codings.sources)}
    return Spans((lines[source], span) for source, spans in of.items() for span in spans)


def _part(table: Table, codings: Codings, members: Mapping[Family, Members], owner: Ints) -> Part:
    entries = join(owner, table.account_of_line[codings.line], (table.rows, table.columns), members)
    down, across = entries.places[table.rows.dimension], entries.places[table.columns.dimension]
    return Part(codings, len(owner), entries, down * len(table.columns.keys) + across)


def _meant(question: Question, codings: Codings, asked: list[Members], touched: Bools | None) -> Ints:
    """The codings that satisfy the whole filter: of a code that it asks for, with a member where it asks for one.

    `touched` says which are of a layer that it asks for, if it does.
    """
    if not question.chosen.codes and not asked and touched is None:
        return np.arange(len(codings.line), dtype=np.int64)
    meant = np.ones(len(codings.line), np.bool_)
    if question.chosen.codes:
        meant &= codings.code.places(sorted(question.chosen.codes)) >= 0
    for members in asked:
        meant &= members.count > 0
    if touched is not None:
        meant &= touched
    return np.flatnonzero(meant)


def accounts_at(table: Table, *axes: Axis) -> tuple[Ints, Ints]:
    """(account, cell) for every account and every cell of the axes to which it belongs, whatever is coded in it."""
    every = np.arange(len(table.question.accounts), dtype=np.int64)
    entries = join(every, every, axes, table.members)
    cell, size = np.zeros_like(entries.owner), 1
    for one in axes:
        cell, size = cell * len(one.keys) + entries.places[one.dimension], size * len(one.keys)
    cell, account = distinct_pairs(cell, entries.owner, groups=size)
    return account, cell
