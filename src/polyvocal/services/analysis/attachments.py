"""Whom codings concern and which stances are on them: read when they are first asked for, and kept up to date."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from polyvocal.domain.words import StanceName
from polyvocal.services.analysis.attached import Attached
from polyvocal.services.analysis.columns import read_numbers
from polyvocal.services.analysis.sweep import Ints
from polyvocal.store.codings import concern_columns, concern_rows, names_of_stances, stance_columns, stance_rows
from polyvocal.store.view import View

_GROUP, _PERSON = "constituent_group", "person"


@dataclass(frozen=True, slots=True)
class News:
    """What is attached otherwise than before: rows by their ids, what they are now, and the codings concerned."""

    concerns: tuple[int, ...]
    stances: tuple[int, ...]
    groups_now: Sequence[tuple[int, ...]]
    people_now: Sequence[tuple[int, ...]]
    stances_now: list[tuple[int, int, int, str, int]]
    codings: frozenset[int]


class Attachments:
    """Concerns and stances of all codings, each read from a view when it is first wanted."""

    def __init__(self) -> None:
        self._groups: Attached | None = None
        self._participants: Attached | None = None
        self._stances: Attached | None = None
        self._names: list[str] = [*map(str, StanceName)]

    def groups(self, view: View) -> Attached:
        """The groups that codings concern."""
        if self._groups is None:
            self._groups = Attached([read_numbers(text) for text in concern_columns(view, _GROUP)])
        return self._groups

    def participants(self, view: View) -> Attached:
        """The persons whom codings concern."""
        if self._participants is None:
            self._participants = Attached([read_numbers(text) for text in concern_columns(view, _PERSON)])
        return self._participants

    def stances(self, view: View) -> Attached:
        """Actor, number of the name, and term of the stances on codings."""
        if self._stances is None:
            self._names = names_of_stances(view)
            self._stances = Attached([read_numbers(text) for text in stance_columns(view, self._names)])
        return self._stances

    @property
    def stances_are_read(self) -> bool:
        """Whether the stances were wanted yet."""
        return self._stances is not None

    def names_of_stances(self, view: View) -> list[tuple[int, str]]:
        """(number, name): the three of the field, then those that are taken, by name."""
        own, known = set(self.stances(view).different[1]), len(StanceName)
        taken = [(number, name) for number, name in enumerate(self._names) if number >= known and number in own]
        return [*enumerate(self._names[:known]), *sorted(taken, key=lambda one: one[1])]

    # --- keeping up --------------------------------------------------------------------------------------------------

    def news(self, view: View, concerns: Sequence[int], stances: Sequence[int]) -> News:
        """What became of some concerns and stances, as far as they were read before."""
        held = [one for one in (self._groups, self._participants) if one is not None]
        found = concern_rows(view, concerns) if held else []
        groups = [(row, coding, group) for row, coding, group, _ in found if group is not None]
        people = [(row, coding, person) for row, coding, _, person in found if person is not None]
        taken = stance_rows(view, stances) if self._stances is not None else []
        codings = {coding for _, coding, *_ in (*groups, *people)} | {coding for _, coding, *_ in taken}
        for one in held:
            codings |= one.codings_of(concerns)
        if self._stances is not None:
            codings |= self._stances.codings_of(stances)
        return News(tuple(concerns), tuple(stances), groups, people, taken, frozenset(codings))

    def take_over(self, news: News) -> None:
        """Hold it as it is now."""
        if news.concerns and self._groups is not None:
            self._groups = self._groups.renewed(news.concerns, _columns(news.groups_now, 3))
        if news.concerns and self._participants is not None:
            self._participants = self._participants.renewed(news.concerns, _columns(news.people_now, 3))
        if news.stances and self._stances is not None:
            rows = [
                (row, coding, actor, self._number(name), term) for row, coding, actor, name, term in news.stances_now
            ]
            self._stances = self._stances.renewed(news.stances, _columns(rows, 5))

    def _number(self, name: str) -> int:
        if name not in self._names:
            self._names.append(name)
        return self._names.index(name)


def _columns(rows: Iterable[tuple[int, ...]], width: int) -> Sequence[Ints]:
    return [*np.array(list(rows), np.int64).reshape(-1, width).T]
