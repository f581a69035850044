"""Who codes whose accounts, and how much of them each coder has read: to be looked at before observers are compared."""

from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np

from polyvocal.domain.passages import PassageFilter
from polyvocal.services.analysis.caption import (
    OBSERVERS_DIFFER,
    not_counted_twice,
    of_filter,
    of_places,
    over_accounts,
    project_and_time,
)
from polyvocal.services.analysis.dimensions import OBSERVERS, Along, Axis, Dimension
from polyvocal.services.analysis.holdings import Holdings
from polyvocal.services.analysis.matrix import Asked, Matrix, matrix
from polyvocal.services.analysis.measures import Totals
from polyvocal.services.analysis.members import account_members, join
from polyvocal.services.analysis.question import Question, ask
from polyvocal.services.analysis.sweep import Bools, Ints, distinct, sums
from polyvocal.services.queries.passages import EVERYTHING

_CODERS = Along(Dimension.CODER)
_TOLD = (
    "Who codes whom: observers by coders. Cells count passages (each coding is one), the words of the observer's "
    "accounts up to where the coder has read, and the accounts that the coder has read to the end. Own marks what "
    "somebody wrote and coded."
)


class InAll(NamedTuple):
    """Totals: of an observer what any of the coders has read, of a coder what that coder has; each account once.

    `words` and `accounts` are all that the observers wrote.
    """

    words_read: Totals
    accounts_done: Totals
    words: int
    accounts: int


@dataclass(frozen=True, slots=True, eq=False)
class WhoCodesWhom:
    """Observers (rows) by coders (columns): how many passages, how many words read, how many accounts read to the end.

    `own` marks where the coder reads what he or she wrote. `matrix` has the passages, the heads of the observers, and
    is the door to them. Arrays have a row for each observer and cannot be written. `in_all` is there if totals are
    asked for.
    """

    matrix: Matrix
    own: Bools
    words_read: Ints
    accounts_done: Ints
    in_all: InAll | None
    caption: str

    @property
    def observers(self) -> Axis:
        """Whose accounts are coded."""
        return self.matrix.rows

    @property
    def coders(self) -> Axis:
        """Who codes them."""
        return self.matrix.columns


def who_codes_whom(held: Holdings, chosen: PassageFilter = EVERYTHING, *, totals: bool = False) -> WhoCodesWhom:
    """Cross observers with coders, under a filter."""
    table = matrix(held, Asked(OBSERVERS, _CODERS, chosen=chosen, totals=totals))
    question = ask(held, chosen)
    key = "who codes whom", question.chosen, table.rows, table.columns
    words_read, accounts_done, in_all = held.until_read(key, partial(_read, question, table.rows, table.columns))
    own = np.array(table.rows.keys, np.int64).reshape(-1, 1) == np.array(table.columns.keys, np.int64)
    columns = own, words_read.T, accounts_done.T
    for array in columns:
        array.setflags(write=False)
    told = " ".join(_sentences(question, table, totals=totals))
    return WhoCodesWhom(table, *columns, in_all=in_all if totals else None, caption=told)


def _read(question: Question, observers: Axis, coders: Axis) -> tuple[Ints, Ints, InAll]:
    """(words read, accounts read to the end) of each coder in the accounts of each observer; and their totals."""
    every = np.arange(len(question.accounts), dtype=np.int64)
    entries = join(every, every, [observers], {observers.family: account_members(observers.family, question)})
    account, observer, size = entries.owner, entries.places[0], len(observers)
    owned = distinct(account)

    def summed(of: Ints) -> tuple[Ints, Totals]:
        """`of` has for each coder what was read of each account."""
        cells = np.array([sums(observer, one[account], size) for one in of], np.int64).reshape(len(coders), size)
        by_any = of.max(0, initial=0)
        rows, columns = sums(observer, by_any[account], size), of[:, owned].sum(1)
        add_up = bool((cells.sum(0) == rows).all() and (cells.sum(1) == columns).all())
        return cells, Totals(rows, columns, by_any[owned].sum(keepdims=True), add_up)

    words, accounts = question.held.read_by_each(question.chosen, coders)
    (words_read, of_words), (accounts_done, of_accounts) = summed(words), summed(accounts.astype(np.int64))
    in_all = InAll(of_words, of_accounts, int(question.accounts.words[owned].sum()), len(owned))
    return words_read, accounts_done, in_all


_TOTALS = (
    "Totals are of an observer what any of these coders coded and read, of a coder what that coder did in all of these "
    "accounts; each passage and each account counts once."
)


def _sentences(question: Question, table: Matrix, *, totals: bool) -> list[str]:
    coders = [key for at, key in enumerate(table.columns.keys) if table.numbers[:, at].any()]
    return [
        _TOLD,
        *([_TOTALS] if totals else []),
        over_accounts(question, coders),
        *of_filter(question),
        *of_places(question, set()),
        *not_counted_twice(question),
        OBSERVERS_DIFFER,
        project_and_time(question),
    ]
