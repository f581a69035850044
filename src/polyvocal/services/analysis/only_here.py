"""Codes that coders read in one observer's (or one standing's) accounts alone; and how much of the others' was read.

What was read here alone is not missing elsewhere: the others may not have been read, or may have written nothing.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import partial

import numpy as np
from numpy.typing import NDArray

from polyvocal.domain.ids import PersonId
from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.words import CellState
from polyvocal.services.analysis.caption import (
    FOLDED,
    JUST_ITSELF,
    OBSERVERS_DIFFER,
    not_counted_twice,
    of_filter,
    of_places,
    over_accounts,
    project_and_time,
)
from polyvocal.services.analysis.columns import Codings
from polyvocal.services.analysis.dimensions import CODES, OBSERVERS, Along, Axis, Dimension
from polyvocal.services.analysis.doors import Doors, doors_of
from polyvocal.services.analysis.holdings import Holdings
from polyvocal.services.analysis.observers import STATES, observer_states
from polyvocal.services.analysis.passages import passage_of
from polyvocal.services.analysis.question import Question, ask
from polyvocal.services.analysis.sweep import Bools, Ints, distinct_by_group, sums, tally
from polyvocal.services.analysis.table import Table, accounts_at, laid, laid_out
from polyvocal.services.queries.passages import EVERYTHING


class Whose(StrEnum):
    """Whose accounts are set apart from all others'."""

    OBSERVER = "observer"
    STANDING = "standing"


_TOLD = (
    "Only here: codes that coders read in the accounts of one {0} and of no other, with how many passages (each coding "
    "is one) and by whom they were read. That a code was not read in others' accounts does not mean that it is missing "
    "there: beside it stands how many accounts of others there are, and how much of them was read."
)
ALONG = {Whose.OBSERVER: OBSERVERS, Whose.STANDING: Along(Dimension.STANDING)}


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody else than the one in whose accounts a code was read, and what it means that it was not read there.

    `state` is one of DOMAIN.md's; None of a standing from which there is no account.
    """

    name: str
    state: CellState | None
    accounts: int
    words: int
    words_read: int


@dataclass(frozen=True, slots=True)
class OnlyHere:
    """A code that was read in the accounts of one (observer or standing) alone: by whom, in how many passages.

    `row` and `column` are its places on the axes.
    """

    row: int
    column: int
    code: str
    path: str
    where: str
    passages: int
    coders: tuple[str, ...]
    others: tuple[Other, ...]

    def others_in(self, state: CellState | None) -> tuple[Other, ...]:
        """The others of whom a state is true."""
        return tuple(one for one in self.others if one.state is state)


@dataclass(frozen=True, slots=True, eq=False)
class OnlyHereList:
    """The codes that were read in one's accounts alone, by whose they are, then in the order of the tree."""

    whose: Whose
    codes: Axis
    places: Axis
    found: tuple[OnlyHere, ...]
    filters: dict[str, list[str]]
    caption: str
    doors: Doors

    def behind(self, one: OnlyHere) -> PassageFilter:
        """The filter that means the passages of a code that was read here alone."""
        return self.doors.behind((self.codes, one.row), (self.places, one.column))


def only_here(held: Holdings, whose: Whose, chosen: PassageFilter = EVERYTHING, codes: Along = CODES) -> OnlyHereList:
    """The codes that were read in the accounts of one observer, or of one standing, and in no others."""
    question = ask(held, chosen)
    make = partial(_ByCoder, question, codes, ALONG[whose])
    tally_of = held.tally(("only here", whose, codes, chosen), make, is_true=lambda _: True)
    table, counts = tally_of.table, tally_of.counts
    passages = counts.sum(axis=2)
    there = passages > 0
    heads = _heads(table)
    states = _states(table, there)
    ids = held.codings.coder_ids
    found = []
    for row in np.flatnonzero(there.sum(axis=1) == 1).tolist():
        column = int(np.flatnonzero(there[row])[0])
        others = (at for at in range(len(table.columns)) if at != column)
        by = sorted((question.people[int(one)] for one in ids[counts[row, column] > 0]), key=str.casefold)
        found.append(
            OnlyHere(
                row=row,
                column=column,
                code=table.rows.names[row],
                path=table.rows.paths[row],
                where=table.columns.names[column],
                passages=int(passages[row, column]),
                coders=tuple(by),
                others=tuple(Other(table.columns.names[at], states[row][at], *heads[at]) for at in others),
            )
        )
    return OnlyHereList(
        whose=whose,
        codes=table.rows,
        places=table.columns,
        found=tuple(sorted(found, key=lambda one: (one.column, one.row))),
        filters=question.filter_words(),
        caption=" ".join(_sentences(question, whose, table, counts)),
        doors=doors_of(question),
    )


class _ByCoder:
    """Passages of each code in the accounts of each, by each coder."""

    reads = False

    def __init__(self, question: Question, codes: Along, whose: Along) -> None:
        self.table = laid_out(question, codes, whose)
        coders = len(question.held.codings.coder_ids)
        self.counts = np.zeros((*self.table.shape, coders), np.int64)

    @property
    def wanted(self) -> Bools:
        return self.table.joining.wanted

    @property
    def coders(self) -> frozenset[PersonId]:
        return self.table.question.chosen.coders

    def add(self, codings: Codings, sign: int = 1) -> None:
        """Add (or, with -1, take away) the codings of some whole lines."""
        part = laid(self.table, codings)
        owner = part.entries.owner
        group = part.cell * self.counts.shape[2] + codings.coder.at[owner]
        passage = passage_of(self.table, part)
        if passage is None and part.entries.once:
            found = tally(group, self.counts.size)
        else:
            found = distinct_by_group(group, owner if passage is None else passage, groups=self.counts.size)
        self.counts += sign * found.reshape(self.counts.shape)


def _heads(table: Table) -> list[tuple[int, int, int]]:
    """(accounts, words, words read) of each place of the columns."""
    question = table.question
    account, place = accounts_at(table, table.columns)
    size = len(table.columns)
    words = question.accounts.words, question.held.words_read(question.chosen)
    columns = [tally(place, size), *(sums(place, of[account], size) for of in words)]
    return [(int(a), int(b), int(c)) for a, b, c in zip(*columns, strict=True)]


def _states(table: Table, coded: Bools) -> list[list[CellState | None]]:
    """What it means of each that a code was not read there."""
    if table.observers is not None:
        numbers = observer_states(table, table.observers, coded)
        return [[STATES[number] for number in line] for line in numbers.tolist()]
    account, place = accounts_at(table, table.columns)
    _, done = table.question.held.readings(table.question.chosen).by_anybody
    size = len(table.columns)
    written, read = tally(place, size), tally(place[done[account]], size)
    plain = [
        None if not accounts else CellState.READ_NOT_SO_CODED if whole else CellState.WRITTEN_NOT_YET_READ
        for accounts, whole in zip(written.tolist(), (written == read).tolist(), strict=True)
    ]
    return [[CellState.CODED if here else state for here, state in zip(line, plain, strict=True)] for line in coded]


def _sentences(question: Question, whose: Whose, table: Table, counts: NDArray[np.int64]) -> list[str]:
    ids: Ints = question.held.codings.coder_ids
    return [
        _TOLD.format(whose),
        over_accounts(question, ids[counts.any(axis=(0, 1))].tolist()),
        JUST_ITSELF if table.rows.is_plain else FOLDED,
        *of_filter(question),
        *of_places(question, set()),
        *not_counted_twice(question),
        OBSERVERS_DIFFER,
        project_and_time(question),
    ]
