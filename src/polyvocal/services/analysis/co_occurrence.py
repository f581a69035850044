"""Which codes come together: on the same words, within some paragraphs, or in the same moment.

Two passages come together, and so the numbers are symmetric: there is no first and no second. What passages of several
observers have in common is a session or a moment, and never their words.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

import numpy as np

from polyvocal.domain.ids import CodeId, PersonId
from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.text import counted
from polyvocal.services.analysis.axes import axis
from polyvocal.services.analysis.caption import (
    FOLDED,
    JUST_ITSELF,
    not_counted_twice,
    of_filter,
    of_places,
    over_accounts,
    project_and_time,
)
from polyvocal.services.analysis.columns import Codings
from polyvocal.services.analysis.dimensions import CODES, Along, Axis, Dimension, Family
from polyvocal.services.analysis.doors import Doors, doors_of
from polyvocal.services.analysis.holdings import Holdings
from polyvocal.services.analysis.joining import Joining
from polyvocal.services.analysis.pairs import Intervals, meeting_pairs
from polyvocal.services.analysis.passages import folded_passages
from polyvocal.services.analysis.question import Question, ask
from polyvocal.services.analysis.runs import LayerSpans
from polyvocal.services.analysis.sweep import Bools, Ints, distinct_pairs, tally
from polyvocal.services.queries.passages import EVERYTHING


class Nearness(StrEnum):
    """When two passages come together."""

    OVERLAP = "overlap"
    PARAGRAPHS = "paragraphs"
    SESSION = "session"
    MOMENT = "moment"


class Readers(StrEnum):
    """Whose passages come together."""

    ANY = "any"
    """Those of any coders."""
    SAME = "same"
    """Those of one and the same coder."""


@dataclass(frozen=True, slots=True)
class Together:
    """What is asked: when passages come together, whose, of which codings; what stands for what along both axes.

    `paragraphs` is from how many paragraphs apart they do so: 0 in the same one, 1 also in the next.
    """

    near: Nearness = Nearness.OVERLAP
    paragraphs: int = 0
    readers: Readers = Readers.ANY
    codes: Along = CODES
    chosen: PassageFilter = EVERYTHING


@dataclass(frozen=True, slots=True, eq=False)
class CoOccurrence:
    """A symmetric table of codes by codes. `numbers` cannot be written.

    Of overlap and paragraphs it counts pairs of two passages (on the diagonal pairs within one code), of sessions and
    moments those in which passages of both are (on the diagonal those with any). `passages` has how many passages each
    code has, against which its numbers are to be read.
    """

    asked: Together
    codes: Axis
    numbers: Ints
    passages: Ints
    filters: dict[str, list[str]]
    caption: str
    doors: Doors

    def behind(self, row: int, column: int) -> PassageFilter:
        """The filter that means all passages of the two codes: which of them come together only their places tell."""
        codes = {*self.codes.keys_at(row), *self.codes.keys_at(column)}
        return replace(self.doors.behind(), codes=frozenset(map(CodeId, codes)))


def co_occurrence(held: Holdings, asked: Together) -> CoOccurrence:
    """How often codes come together."""
    question = ask(held, asked.chosen)
    tally_of = _TALLIES.get(asked.near, _Meeting)
    found = held.tally(("together", asked), partial(tally_of, question, asked), is_true=lambda _: True)
    numbers = found.numbers()
    for array in (numbers, found.passages):
        array.setflags(write=False)
    return CoOccurrence(
        asked=asked,
        codes=found.codes,
        numbers=numbers,
        passages=found.passages,
        filters=question.filter_words(),
        caption=_caption(question, asked, found),
        doors=doors_of(question),
    )


class _Adding(ABC):
    """What is added up over codings on whole lines, of which `_mine` are laid out as passages of codes."""

    reads = False

    def __init__(self, question: Question, asked: Together) -> None:
        self._question, self._asked = question, asked
        self.codes = axis(asked.codes, question)
        families = {Family.CODING, *({Family.OCCASION} if asked.near is Nearness.SESSION else ())}
        self._joining = Joining(question, families)
        self._passages = np.zeros(len(self.codes), np.int64)
        self._by_coder = np.zeros(len(question.held.codings.coder_ids), np.int64)
        self.gone = 0

    @property
    def wanted(self) -> Bools:
        return self._joining.wanted

    @property
    def coders(self) -> frozenset[PersonId]:
        return self._question.chosen.coders

    @property
    def passages(self) -> Ints:
        """How many passages each code has."""
        return self._passages.copy()

    @property
    def who_coded(self) -> list[int]:
        """Whoever coded any of it."""
        found: list[int] = self._question.held.codings.coder_ids[self._by_coder > 0].tolist()
        return found

    def add(self, codings: Codings, sign: int = 1) -> None:
        """Add (or, with -1, take away) the codings of some whole lines."""
        members = self._joining.members_of(codings)
        owner = self._joining.meant(codings, members)
        place = self.codes.places_of(codings.code)
        owner = owner[place[owner] >= 0]
        folded = folded_passages(codings, self.codes) if self._asked.codes.folded else None
        if folded is not None:
            owner = owner[np.unique(folded[owner], return_index=True)[1]]  # each passage once
        place = place[owner]
        self._passages += sign * tally(place, len(self.codes))
        self._by_coder += sign * tally(codings.coder.at[owner], len(self._by_coder))
        self.gone += sign * int((codings.start[owner] >= codings.end[owner]).sum())
        self._add(codings, owner, place, sign)

    @abstractmethod
    def _add(self, codings: Codings, owner: Ints, place: Ints, sign: int) -> None:
        """Add those that are laid out: the place of each owner among the codings, and of its code on the axis."""

    @abstractmethod
    def numbers(self) -> Ints:
        """What it comes to."""


class _Meeting(_Adding):
    """Pairs of passages that overlap, or lie no more than some paragraphs apart."""

    def __init__(self, question: Question, asked: Together) -> None:
        super().__init__(question, asked)
        self._numbers = np.zeros((len(self.codes), len(self.codes)), np.int64)

    def _add(self, codings: Codings, owner: Ints, place: Ints, sign: int) -> None:
        line, start, end = codings.line, codings.start, codings.end
        if self._asked.near is Nearness.PARAGRAPHS:
            filled = start < end
            first, last = self._question.held.paragraphs().of(codings)
            start, end = first, np.where(filled, last + self._asked.paragraphs + 1, first)
        line, start, end = line[owner], start[owner], end[owner]
        if self._asked.readers is Readers.SAME:
            line = line * len(self._by_coder) + codings.coder.at[owner]
            order = np.argsort(line, kind="stable")
            line, start, end, place = line[order], start[order], end[order], place[order]
        self._numbers += sign * meeting_pairs(Intervals(line, start, end, place), len(self.codes))

    def numbers(self) -> Ints:
        return self._numbers.copy()


class _InTogether(_Adding):
    """In how many sessions (or moments) passages are. By coder, where it must be the same."""

    def __init__(self, question: Question, asked: Together) -> None:
        super().__init__(question, asked)
        readers = len(self._by_coder) if asked.readers is Readers.SAME else 1
        self._counts = np.zeros((self._prepare(), readers, len(self.codes)), np.int64)

    @abstractmethod
    def _prepare(self) -> int:
        """Find out how many there are."""

    @abstractmethod
    def _places(self, codings: Codings, owner: Ints) -> tuple[Ints, Ints]:
        """(the number of a session or moment, the place among the owners) of all in which these are, each once."""

    def _add(self, codings: Codings, owner: Ints, place: Ints, sign: int) -> None:
        moment, of = self._places(codings, owner)
        reader = codings.coder.at[owner[of]] if self._asked.readers is Readers.SAME else 0
        _, readers, codes = self._counts.shape
        cell = (moment * readers + reader) * codes + place[of]
        self._counts += sign * tally(cell, self._counts.size).reshape(self._counts.shape)

    def numbers(self) -> Ints:
        there = self._counts > 0
        found = np.zeros((len(self.codes), len(self.codes)), np.int64)
        for of_moment in there:
            both = of_moment.astype(np.int64).T @ of_moment.astype(np.int64)
            found += both > 0
        return found


class _InSessions(_InTogether):
    """Sessions, as the passages are about them."""

    def _prepare(self) -> int:
        self._sessions = axis(Along(Dimension.SESSION), self._question)
        return len(self._sessions)

    def _places(self, codings: Codings, owner: Ints) -> tuple[Ints, Ints]:
        members = self._joining.members_of(codings)[Family.OCCASION]
        account = self._joining.account_of_line[codings.line]
        member, of = members.at(account[owner] if members.of_accounts else owner)
        of = np.arange(len(owner), dtype=np.int64) if of is None else of
        session = members.places(self._sessions)[member]
        there = session >= 0
        return distinct_pairs(session[there], of[there], groups=max(len(self._sessions), 1))


class _InMoments(_InTogether):
    """Moments, as far as passages lie in them for certain."""

    def _prepare(self) -> int:
        spans = self._question.held.moment_spans()
        self._spans = LayerSpans(spans)
        return len(spans)

    def _places(self, codings: Codings, owner: Ints) -> tuple[Ints, Ints]:
        of, which = np.nonzero(self._spans.touched(codings)[owner])
        return np.array(self._spans.layers, np.int64)[which], of


_TALLIES: dict[Nearness, type[_Adding]] = {Nearness.SESSION: _InSessions, Nearness.MOMENT: _InMoments}


_COUNTED: dict[Nearness, Callable[[Together], str]] = {
    Nearness.OVERLAP: lambda _: "Cells count pairs of two passages, one of each code, that share a character",
    Nearness.PARAGRAPHS: lambda asked: (
        "Cells count pairs of two passages of one text, one of each code, that are in the same paragraph"
        + (f" or at most {counted(asked.paragraphs, 'paragraph')} apart" if asked.paragraphs else "")
    ),
    Nearness.SESSION: lambda _: "Cells count sessions in which there are passages of both codes, whoever wrote them",
    Nearness.MOMENT: lambda _: (
        "Cells count moments in which passages of both codes lie for certain (by hand, by session or by time), whoever "
        "wrote them"
    ),
}


def _caption(question: Question, asked: Together, found: _Adding) -> str:
    said = [f"Codes that come together. {_COUNTED[asked.near](asked)}"]
    said[0] += ", coded by one and the same coder." if asked.readers is Readers.SAME else ", coded by whomever."
    if asked.near in _TALLIES:
        said.append(f"Where a code meets itself: the {asked.near}s in which it is.")
    else:
        said.append(
            "Each pair counts once, and the number is the same both ways; where a code meets itself: pairs of two of "
            "its passages."
        )
    said.append(over_accounts(question, found.who_coded))
    said.append(f"Each coding is a passage. {JUST_ITSELF}" if found.codes.is_plain else FOLDED)
    said += of_filter(question)
    said += of_places(question, {Family.OCCASION} if asked.near is Nearness.SESSION else set())
    said += not_counted_twice(question)
    if found.gone:
        said.append(_GONE[asked.near is Nearness.SESSION].format(f"{found.gone:,}"))
    said.append(project_and_time(question))
    return " ".join(said)


_GONE = {
    False: "They meet none: passages whose words were corrected away ({}).",
    True: "Counted with their text: passages whose words were corrected away ({}).",
}
