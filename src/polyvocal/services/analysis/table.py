"""A table in the making: its axes, and codings laid out on them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from polyvocal.services.analysis.axes import axis
from polyvocal.services.analysis.columns import Codings
from polyvocal.services.analysis.dimensions import Along, Axis, headed
from polyvocal.services.analysis.joining import Joining
from polyvocal.services.analysis.members import Entries, join
from polyvocal.services.analysis.question import Question
from polyvocal.services.analysis.sweep import Ints, distinct_pairs


@dataclass(frozen=True, slots=True)
class Table:
    """Two axes of a question, and what joins codings with what they have."""

    question: Question
    rows: Axis
    columns: Axis
    joining: Joining

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns there are."""
        return len(self.rows), len(self.columns)

    @property
    def axes(self) -> tuple[Axis, Axis]:
        """Rows and columns."""
        return self.rows, self.columns

    @property
    def observers(self) -> Axis | None:
        """The axis of observers, if there is one."""
        return next((one for one in self.axes if one.of_observers), None)

    @property
    def headed(self) -> Axis | None:
        """The axis whose places have heads, if there is one."""
        return headed(self.rows, self.columns)


@dataclass(frozen=True, slots=True)
class Part:
    """The codings on some whole lines, `meant` of which the whole filter means, and where these fall on the axes.

    `cell` is the number of each entry's cell, counted row by row.
    """

    codings: Codings
    meant: int
    entries: Entries
    cell: Ints


def laid_out(question: Question, rows: Along, columns: Along) -> Table:
    """Lay out two axes, which differ."""
    down, across = axis(rows, question), axis(columns, question)
    return Table(question, down, across, Joining(question, {down.family, across.family}))


def laid(table: Table, codings: Codings) -> Part:
    """Lay the codings of some whole lines on the axes: by coders in question, on accounts in question."""
    joining = table.joining
    members = joining.members_of(codings)
    owner = joining.meant(codings, members)
    entries = join(owner, joining.account_of_line[codings.line], table.axes, members)
    down, across = entries.places
    return Part(codings, len(owner), entries, down * len(table.columns) + across)


def parts(table: Table) -> Iterator[Part]:
    """All codings by the coders in question on the accounts in question, laid on the axes, a part at a time."""
    question = table.question
    for codings in question.held.codings.stretches(table.joining.wanted, question.chosen.coders):
        yield laid(table, codings)


def accounts_at(table: Table, *axes: Axis) -> tuple[Ints, Ints]:
    """(account, cell) for every account and every cell of the axes to which it belongs, whatever is coded in it."""
    every = np.arange(len(table.question.accounts), dtype=np.int64)
    entries = join(every, every, axes, table.joining.members)
    cell, size = np.zeros_like(entries.owner), 1
    for one, places in zip(axes, entries.places, strict=True):
        cell, size = cell * len(one) + places, size * len(one)
    cell, account = distinct_pairs(cell, entries.owner, groups=size)
    return account, cell
