"""The accounts that a comparison is about, and how far they have been read."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.records import Person, Reading, SourceVersion
from polyvocal.domain.stretches import Relation
from polyvocal.domain.words import ReadingState
from polyvocal.services.analysis.sweep import Bools, Ints, numbered
from polyvocal.services.queries.passages import authors_meant, relations_meant, source_is_meant
from polyvocal.services.queries.setting import Setting, SourceInfo


@dataclass(frozen=True, slots=True)
class Account:
    """A source in question with its current version, and those of its authors and relations that the filter means.

    The relations are those of the whole text to events (see `domain.stretches`).
    """

    info: SourceInfo
    version: SourceVersion
    authors: tuple[Person, ...]
    relations: tuple[Relation, ...]


def accounts_meant(setting: Setting, chosen: PassageFilter) -> tuple[Account, ...]:
    """The accounts that a filter leaves. Jottings from which a note was written are none of their own."""
    return tuple(
        Account(info, info.current, authors_meant(info, chosen), relations_meant(info.relations, chosen))
        for info in setting.sources
        if info.counts and source_is_meant(info, chosen)
    )


@dataclass(frozen=True, slots=True, eq=False)
class Accounts:
    """Accounts, and columns over them: the ids of their sources, code points and words; `cut` have stretches."""

    each: tuple[Account, ...]
    sources: Ints
    lengths: Ints
    words: Ints
    cut: int

    def __len__(self) -> int:
        return len(self.each)


def accounts_of(each: tuple[Account, ...]) -> Accounts:
    """Accounts with their columns."""
    rows = [(one.info.source.id, one.version.length, one.version.words) for one in each]
    sources, lengths, words = np.array(rows, np.int64).reshape(-1, 3).T
    return Accounts(each, sources, lengths, words, sum(bool(one.info.runs) for one in each))


@dataclass(frozen=True, slots=True)
class ReadingColumns:
    """All that anybody has read of any source, as columns of equal length."""

    coder: Ints
    source: Ints
    done: Bools
    read_to: Ints


def reading_columns(readings: Iterable[Reading]) -> ReadingColumns:
    """Readings as columns, without those of a coder who has not begun."""
    rows = [
        (one.coder, one.source, one.state is ReadingState.DONE, one.read_to)
        for one in readings
        if one.state is not ReadingState.UNREAD
    ]
    coder, source, done, read_to = np.array(rows, np.int64).reshape(-1, 4).T
    return ReadingColumns(coder, source, done.astype(np.bool_), read_to)


class Readings:
    """How far some coders (all, where none is named) have read accounts, in code points of the current versions.

    A reading names no version. Corrections carry it along, but copies that were corrected apart and merged may leave
    it at another length: what was done stays done, and a place past the end of the text is the end.
    """

    def __init__(self, read: ReadingColumns, accounts: Accounts, coders: Iterable[int]) -> None:
        self._length = accounts.lengths
        account = numbered(read.source, accounts.sources)
        kept = account >= 0
        among = sorted(coders)
        if among:
            kept &= numbered(read.coder, among) >= 0
        self._coder, self._account, self._done = read.coder[kept], account[kept], read.done[kept]
        length = self._length[self._account]
        self._to = np.where(self._done, length, np.minimum(read.read_to[kept], length))
        self.by_anybody = self._by_anybody()
        """(how far, whether to the end) for each account, by whoever read it farthest."""

    def _by_anybody(self) -> tuple[Ints, Bools]:
        to, done = self._by(np.zeros_like(self._coder), 1)
        return to[0], done[0]

    def by_each(self, place: Callable[[Ints], Ints], places: int) -> tuple[Ints, Bools]:
        """(how far, whether to the end) for each place that coders are put in and account, as arrays of that shape."""
        return self._by(place(self._coder), places)

    def _by(self, reader: Ints, count: int) -> tuple[Ints, Bools]:
        shape = count, len(self._length)
        to, done = np.zeros(shape, np.int64), np.zeros(shape, np.bool_)
        there = reader >= 0
        at = reader[there], self._account[there]
        np.maximum.at(to, at, self._to[there])
        np.logical_or.at(done, at, self._done[there])
        return to, done
