"""Which codes come together: on the same words, within some paragraphs, or in the same moment.

Two passages come together, and so the numbers are symmetric: there is no first and no second. What passages of several
observers have in common is a session or a moment, and never their words.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

import numpy as np

from polyvocal.domain.ids import CodeId, CodingId, PersonId
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
from polyvocal.services.analysis.pairs import Intervals, meeting_pairs, meeting_with
from polyvocal.services.analysis.passages import folded_passages
from polyvocal.services.analysis.question import Question, ask
from polyvocal.services.analysis.sweep import Bools, Ints, distinct_pairs, expanded, tally
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
    code has, against which its numbers are to be read. `places` is how many sessions or moments there are; None of
    pairs.
    """

    asked: Together
    codes: Axis
    numbers: Ints
    passages: Ints
    places: int | None
    filters: dict[str, list[str]]
    caption: str
    doors: Doors


def co_occurrence(held: Holdings, asked: Together) -> CoOccurrence:
    """How often codes come together."""
    question = ask(held, asked.chosen)
    found = _added_up(held, question, asked)
    numbers = found.numbers()
    for array in (numbers, found.passages):
        array.setflags(write=False)
    return CoOccurrence(
        asked=asked,
        codes=found.codes,
        numbers=numbers,
        passages=found.passages,
        places=found.how_many if isinstance(found, _InTogether) else None,
        filters=question.filter_words(),
        caption=_caption(question, asked, found),
        doors=doors_of(question),
    )


def coming_together(held: Holdings, asked: Together, one: CodeId, other: CodeId) -> frozenset[CodingId]:
    """The codings behind a cell: those of either code that come together with one of the other.

    The two stand for the lines that they are on; of one and the same line it is those that come together with another
    of it, of sessions and moments all that are in any. Nothing where there is no such line.
    """
    added = _added_up(held, ask(held, asked.chosen), asked)
    row, column = added.codes.places_of(np.array((one, other), np.int64)).tolist()
    if -1 in (row, column):
        return frozenset()
    parts = held.codings.stretches(added.wanted, added.coders)
    return frozenset(CodingId(coding) for part in parts for coding in added.behind(part, row, column))


def _added_up(held: Holdings, question: Question, asked: Together) -> "_Adding":
    tally_of = _TALLIES.get(asked.near, _Meeting)
    return held.tally(("together", asked), partial(tally_of, question, asked), is_true=lambda _: True)


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
        owner, passage, place = self._laid_out(codings)
        if passage is not owner:
            owner = owner[np.unique(passage, return_index=True)[1]]  # each passage once
        place = place[owner]
        self._passages += sign * tally(place, len(self.codes))
        self._by_coder += sign * tally(codings.coder.at[owner], len(self._by_coder))
        self.gone += sign * int((codings.start[owner] >= codings.end[owner]).sum())
        self._add(codings, owner, place, sign)

    def behind(self, codings: Codings, row: int, column: int) -> list[int]:
        """Those of some codings on whole lines that are behind a cell, once all are added."""
        owner, passage, place = self._laid_out(codings)
        of_cell = np.isin(place[owner], (row, column))
        owner, passage = owner[of_cell], passage[of_cell]
        each, of = np.unique(passage, return_index=True)
        met = self._met(codings, owner[of], (row, column))
        found: list[int] = codings.identity[owner[np.isin(passage, each[met])]].tolist()
        return found

    def _laid_out(self, codings: Codings) -> tuple[Ints, Ints, Ints]:
        """(the codings that are meant, the passage that each of them is; the place of the code of any coding)."""
        owner = self._joining.meant(codings, self._joining.members_of(codings))
        place = self.codes.places_of(codings.code)
        owner = owner[place[owner] >= 0]
        folded = folded_passages(codings, self.codes) if self._asked.codes.folded else None
        return owner, owner if folded is None else folded[owner], place

    @abstractmethod
    def _add(self, codings: Codings, owner: Ints, place: Ints, sign: int) -> None:
        """Add those that are laid out: the place of each owner among the codings, and of its code on the axis."""

    @abstractmethod
    def _met(self, codings: Codings, owner: Ints, cell: tuple[int, int]) -> Bools:
        """Which of the owners, all of one of the two codes of a cell, come together with one of the other."""

    @abstractmethod
    def numbers(self) -> Ints:
        """What it comes to."""


class _Meeting(_Adding):
    """Pairs of passages that overlap, or lie no more than some paragraphs apart."""

    def __init__(self, question: Question, asked: Together) -> None:
        super().__init__(question, asked)
        self._numbers = np.zeros((len(self.codes), len(self.codes)), np.int64)

    def _add(self, codings: Codings, owner: Ints, place: Ints, sign: int) -> None:
        intervals, _ = self._intervals(codings, owner, place)
        self._numbers += sign * meeting_pairs(intervals, len(self.codes))

    def _met(self, codings: Codings, owner: Ints, cell: tuple[int, int]) -> Bools:
        row, column = cell
        intervals, order = self._intervals(codings, owner, self.codes.places_of(codings.code)[owner])
        met = np.zeros(len(owner), np.bool_)
        met[order] = np.where(intervals.kind == row, meeting_with(intervals, column), meeting_with(intervals, row)) > 0
        return met

    def _intervals(self, codings: Codings, owner: Ints, place: Ints) -> tuple[Intervals, Ints]:
        """Where the owners are, on lines on which all that meet come together; and in which order they are told."""
        line, start, end = codings.line, codings.start, codings.end
        if self._asked.near is Nearness.PARAGRAPHS:
            filled = start < end
            first, last = self._question.held.paragraphs().of(codings)
            start, end = first, np.where(filled, last + self._asked.paragraphs + 1, first)
        line, start, end = line[owner], start[owner], end[owner]
        order = np.arange(len(owner), dtype=np.int64)
        if self._asked.readers is Readers.SAME:
            line = line * len(self._by_coder) + codings.coder.at[owner]
            order = np.argsort(line, kind="stable")
            line, start, end, place = line[order], start[order], end[order], place[order]
        return Intervals(line, start, end, place), order

    def numbers(self) -> Ints:
        return self._numbers.copy()


class _InTogether(_Adding):
    """In how many sessions (or moments) passages are. By coder, where it must be the same."""

    def __init__(self, question: Question, asked: Together) -> None:
        super().__init__(question, asked)
        readers = len(self._by_coder) if asked.readers is Readers.SAME else 1
        self._counts = np.zeros((self._prepare(), readers, len(self.codes)), np.int64)

    @property
    def how_many(self) -> int:
        """How many sessions (or moments) there are."""
        return len(self._counts)

    @abstractmethod
    def _prepare(self) -> int:
        """Find out how many there are."""

    @abstractmethod
    def _places(self, codings: Codings, owner: Ints) -> tuple[Ints, Ints]:
        """(the number of a session or moment, the place among the owners) of all in which these are, each once."""

    def _met(self, codings: Codings, owner: Ints, cell: tuple[int, int]) -> Bools:
        row, column = cell
        there = (self._counts[:, :, row] > 0) & (self._counts[:, :, column] > 0)
        moment, reader, of = self._where(codings, owner)
        met = np.zeros(len(owner), np.bool_)
        met[of[there[moment, reader]]] = True
        return met

    def _where(self, codings: Codings, owner: Ints) -> tuple[Ints, Ints, Ints]:
        """The same with the number of the reader: (session or moment, reader, place among the owners)."""
        moment, of = self._places(codings, owner)
        readers = codings.coder.at[owner[of]] if self._asked.readers is Readers.SAME else np.zeros(len(of), np.int64)
        return moment, readers, of

    def _add(self, codings: Codings, owner: Ints, place: Ints, sign: int) -> None:
        moment, reader, of = self._where(codings, owner)
        _, readers, codes = self._counts.shape
        cell = (moment * readers + reader) * codes + place[of]
        self._counts += sign * tally(cell, self._counts.size).reshape(self._counts.shape)

    def numbers(self) -> Ints:
        there = (self._counts > 0).astype(np.float32)  # ones and noughts, which are exact and multiply fast
        found = np.zeros((len(self.codes), len(self.codes)), np.int64)
        for of_moment in there:
            found += (of_moment.T @ of_moment) > 0
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
    """Moments of the events that are asked for, as far as passages lie in them for certain."""

    def _prepare(self) -> int:
        events = self._question.chosen.events
        asked = [one for one in self._question.held.moments_on_lines() if not events or one.event in events]
        self.events = frozenset(one.event for one in asked)
        rows = [(*row, number) for number, one in enumerate(asked) for row in one.spans]
        self._line, self._start, self._end, self._moment = np.array(rows, np.int64).reshape(-1, 4).T
        return len(asked)

    def _places(self, codings: Codings, owner: Ints) -> tuple[Ints, Ints]:
        line, start, end = codings.line[owner], codings.start[owner], codings.end[owner]
        first, beyond = (np.searchsorted(line, self._line, side=side) for side in ("left", "right"))
        of, span = expanded(first, beyond - first)  # every passage with each span that is on its line
        meets = (start[of] < self._end[span]) & (end[of] > self._start[span]) & (start[of] < end[of])
        return distinct_pairs(self._moment[span[meets]], of[meets], groups=max(self.how_many, 1))


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
    if isinstance(found, _InTogether):
        said.append(f"Where a code meets itself: the {asked.near}s in which it is.")
        there = f"There {'is' if found.how_many == 1 else 'are'} {counted(found.how_many, asked.near)}"
        said.append(f"{there}{_of_events(question, found)}.")
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


def _of_events(question: Question, found: _InTogether) -> str:
    """Of which events the moments are; where there are many, of how many."""
    if not isinstance(found, _InMoments) or not found.events:
        return ""
    titles = [question.setting.events[one].title for one in sorted(found.events)]
    return f", of {', '.join(titles) if len(titles) <= _FEW else counted(len(titles), 'event')}"


_FEW = 3
"""So many events are named."""


_GONE = {
    False: "They meet none: passages whose words were corrected away ({}).",
    True: "Counted with their text: passages whose words were corrected away ({}).",
}
