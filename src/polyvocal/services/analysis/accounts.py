"""The accounts that a comparison is about, and how far they have been read."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.records import Occasion, Person, Reading, SourceVersion
from polyvocal.domain.text import count_words
from polyvocal.domain.words import ReadingState
from polyvocal.services.analysis.sweep import Bools, Ints
from polyvocal.services.queries.passages import authors_meant, occasions_meant, source_is_meant
from polyvocal.services.queries.setting import Setting, SourceInfo, load_setting
from polyvocal.store.view import View

Id = TypeVar("Id", bound=int)


@dataclass(frozen=True, slots=True)
class Account:
    """A source in question with its current version, and those of its authors and occasions that the filter means."""

    info: SourceInfo
    version: SourceVersion
    authors: tuple[Person, ...]
    occasions: tuple[Occasion, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the project and its setting, the filter, and the accounts that the filter leaves.

    An account is known by its place among these. `people` are names, told apart where two people share one.
    """

    view: View
    setting: Setting
    chosen: PassageFilter
    accounts: tuple[Account, ...]
    people: Mapping[int, str]

    @property
    def coders(self) -> frozenset[int]:
        """The coders that the filter asks for; none means all of them."""
        return frozenset(self.chosen.coders)


def ask(view: View, chosen: PassageFilter) -> Question:
    """Read the setting, and choose the accounts. Jottings from which a note was written are none of their own."""
    setting = load_setting(view)
    accounts = tuple(
        Account(info, info.current, authors_meant(info, chosen), occasions_meant(info, chosen))
        for info in setting.sources
        if info.counts and source_is_meant(info, chosen)
    )
    people: dict[int, str] = {one.id: one.name for one in setting.people.values()}
    return Question(view, setting, chosen, accounts, told_apart(people))


def told_apart(names: Mapping[Id, str], longer: Mapping[Id, str] | None = None) -> dict[Id, str]:
    """The name of each thing by its id: where several share it the longer name, and where that is shared the id too."""
    shared = _shared(names)
    if longer is not None:
        names = {key: longer[key] if name in shared else name for key, name in names.items()}
        shared = _shared(names)
    return {key: f"{name} ({key})" if name in shared else name for key, name in names.items()}


def _shared(names: Mapping[Id, str]) -> set[str]:
    return {name for name, bearers in Counter(names.values()).items() if bearers > 1}


class Readings:
    """How far the coders in question have read the accounts, in code points of the current versions.

    A reading names no version. Corrections carry it along, but copies that were corrected apart and merged may leave
    it at another length: what was done stays done, and a place past the end of the text is the end.
    """

    def __init__(self, question: Question) -> None:
        self._question = question
        place = {int(account.info.source.id): number for number, account in enumerate(question.accounts)}
        self._found = [
            (int(one.coder), place[one.source], one.state is ReadingState.DONE, one.read_to)
            for one in question.view.all(Reading)
            if one.state is not ReadingState.UNREAD
            and one.source in place
            and (not question.coders or one.coder in question.coders)
        ]

    def by_anybody(self) -> tuple[Ints, Bools]:
        """(how far, whether to the end) for each account, by whoever read it farthest."""
        to, done = self._by({coder: 0 for coder, *_ in self._found}, 1)
        return to[0], done[0]

    def by_each(self, coders: Sequence[int]) -> tuple[Ints, Bools]:
        """(how far, whether to the end) for each coder and account, as arrays of that shape."""
        return self._by({coder: number for number, coder in enumerate(coders)}, len(coders))

    def _by(self, lines: Mapping[int, int], count: int) -> tuple[Ints, Bools]:
        accounts = self._question.accounts
        to, done = np.zeros((count, len(accounts)), np.int64), np.zeros((count, len(accounts)), np.bool_)
        for coder, number, finished, read_to in self._found:
            if coder in lines:
                length = accounts[number].version.length
                at = lines[coder], number
                to[at] = max(int(to[at]), length if finished else min(read_to, length))
                done[at] |= finished
        return to, done

    def words(self) -> list[int]:
        """The words of each account up to where anybody has read."""
        return [
            account.version.words if read_to == account.version.length else self._words_to(account, int(read_to))
            for account, read_to in zip(self._question.accounts, self.by_anybody()[0], strict=True)
        ]

    def _words_to(self, account: Account, read_to: int) -> int:
        return count_words(self._question.view.text(account.version.text_hash)[:read_to]) if read_to else 0
