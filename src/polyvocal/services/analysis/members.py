"""What codings are joined with: the authors and relations of their accounts, their concerns and their stances."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from polyvocal.domain.stretches import Relation
from polyvocal.services.analysis.columns import Codings, Keyed, read_numbers
from polyvocal.services.analysis.dimensions import FAMILY, PHASES, STANDINGS, Axis, Dimension, Family
from polyvocal.services.analysis.question import Question
from polyvocal.services.analysis.sweep import Bools, Ints, expanded, numbered, tally
from polyvocal.services.queries.passages import asks_for_relation
from polyvocal.store.codings import concern_columns, names_of_stances, stance_columns


@dataclass(frozen=True, slots=True)
class Members:
    """For each owner (an account or a coding) its members: owner i has those from `first[i]` to `first[i] + count[i]`.

    Where `first` is None each owner is its own only member. `values` are those of every member in the dimensions of
    its family, -1 where it has none. `of_accounts` says that the owners are accounts, and not codings.
    """

    first: Ints | None
    count: Ints
    values: Mapping[Dimension, Ints | Keyed]
    of_accounts: bool = False

    def places(self, axis: Axis) -> Ints:
        """The place of every member on an axis, -1 where it has none."""
        values = self.values[axis.dimension]
        return values.places(axis.keys) if isinstance(values, Keyed) else numbered(values, axis.keys)

    def at(self, owner: Ints) -> tuple[Ints, Ints | None]:
        """(member, which of the owners it is of) for all members of some owners, in their order.

        None in place of the second where each of the owners has just one.
        """
        if self.first is None:
            return owner, None
        count = self.count[owner]
        if (count == 1).all():
            return self.first[owner], None
        return expanded(self.first[owner], count)


def filtered_families(question: Question) -> set[Family]:
    """The families of which a coding must have a member that satisfies the filter, whatever is compared."""
    chosen = question.chosen
    asked = {Family.CONCERN} if chosen.concerns else set()
    if chosen.stances or chosen.terms or chosen.actors:
        asked.add(Family.STANCE)
    if asks_for_relation(chosen) and question.is_cut:
        asked.add(Family.OCCASION)
    return asked


def account_members(family: Family, question: Question) -> Members:
    """The members that accounts have of a family, without those that do not satisfy the filter."""
    if family is Family.SOURCE:
        every = np.arange(len(question.accounts), dtype=np.int64)
        return Members(None, np.ones_like(every), {Dimension.SOURCE: every}, of_accounts=True)
    members = _authors(question) if family is Family.AUTHOR else _relations(question)
    return replace(members, of_accounts=True)


def _authors(question: Question) -> Members:
    rows = [
        (number, author.id, STANDINGS.index(author.standing) if author.standing else -1)
        for number, account in enumerate(question.accounts)
        for author in account.authors
    ]
    owner, *values = np.array(rows, np.int64).reshape(-1, 3).T
    return _owned(owner, len(question.accounts), (Dimension.OBSERVER, Dimension.STANDING), values)


def _relations(question: Question) -> Members:
    rows = [
        (number, *relation_values(one)) for number, account in enumerate(question.accounts) for one in account.relations
    ]
    owner, *values = np.array(rows, np.int64).reshape(-1, 4).T
    return _owned(owner, len(question.accounts), OF_RELATIONS, values)


OF_RELATIONS = (Dimension.EVENT, Dimension.SESSION, Dimension.PHASE)


def relation_values(one: Relation) -> tuple[int, int, int]:
    """Event, session and phase of a relation, as the keys of their axes."""
    return one.event, -1 if one.session is None else one.session, PHASES.index(one.phase) if one.phase else -1


def _owned(owner: Ints, owners: int, dimensions: Iterable[Dimension], values: Sequence[Ints]) -> Members:
    order = np.argsort(owner, kind="stable")
    count = tally(owner, owners)
    of = {dimension: value[order] for dimension, value in zip(dimensions, values, strict=True)}
    return Members(np.cumsum(count) - count, count, of)


def coding_members(family: Family, question: Question) -> Callable[[Codings], Members]:
    """What gives the members that some codings have of a family, without those that do not satisfy the filter."""
    if family is Family.CODING:
        return _themselves
    return (_concerns if family is Family.CONCERN else _stances)(question).of


def _themselves(codings: Codings) -> Members:
    each = np.ones(len(codings.line), np.int64)
    return Members(None, each, {Dimension.CODE: codings.code, Dimension.CODER: codings.coder})


class _Attached:
    """What is attached to codings: of each its coding's id, and its values in some dimensions."""

    def __init__(
        self, coding: Ints, values: Mapping[Dimension, Ints], wanted: Mapping[Dimension, frozenset[int]]
    ) -> None:
        kept = np.ones(len(coding), np.bool_)
        for dimension, among in wanted.items():
            if among:
                kept &= numbered(values[dimension], sorted(among)) >= 0
        self._coding = coding[kept]
        self._values = {dimension: value[kept] for dimension, value in values.items()}

    def of(self, codings: Codings) -> Members:
        """The members of some codings."""
        owner = numbered(self._coding, codings.identity)
        kept = owner >= 0
        return _owned(owner[kept], len(codings.line), self._values, [value[kept] for value in self._values.values()])


def _concerns(question: Question) -> _Attached:
    coding, group = map(read_numbers, concern_columns(question.view))
    return _Attached(coding, {Dimension.GROUP: group}, {Dimension.GROUP: question.chosen.concerns})


def _stances(question: Question) -> _Attached:
    names, chosen = names_of_stances(question.view), question.chosen
    coding, actor, stance, term = map(read_numbers, stance_columns(question.view, names))
    stances = frozenset(names.index(one) if one in names else -1 for one in chosen.stances)
    return _Attached(
        coding,
        {Dimension.ACTOR: actor, Dimension.STANCE: stance, Dimension.TERM: term},
        {Dimension.ACTOR: chosen.actors, Dimension.STANCE: stances, Dimension.TERM: chosen.terms},
    )


# --- joining -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entries:
    """Owners (codings, or accounts) with their places on the axes: each as often as its members combine.

    They come in the order of the owners; `once` says that none of them comes twice.
    """

    owner: Ints
    places: Mapping[Dimension, Ints]
    once: bool

    def of(self, column: Ints) -> Ints:
        """What a column over all owners says of the owner of each entry."""
        return column if self.once and len(self.owner) == len(column) else column[self.owner]

    def owners(self) -> Ints:
        """Those that have entries, each once."""
        if self.once or not len(self.owner):
            return self.owner
        return self.owner[np.concatenate(([True], self.owner[1:] != self.owner[:-1]))]


def join(owner: Ints, account: Ints, axes: Sequence[Axis], members: Mapping[Family, Members]) -> Entries:
    """Where on the axes owners fall; `account` has the account of every owner that there is.

    Two dimensions of one family are read off the same member. An owner that has no place on an axis has no entry.
    """
    places: dict[Dimension, Ints] = {}
    once = True
    for family in dict.fromkeys(FAMILY[axis.dimension] for axis in axes):
        of = members[family]
        member, repeated = of.at(account[owner] if of.of_accounts else owner)
        if repeated is not None:
            once = once and int(of.count.max(initial=0)) <= 1
            owner = owner[repeated]
            places = {dimension: place[repeated] for dimension, place in places.items()}
        for axis in axes:
            if FAMILY[axis.dimension] is family:
                places[axis.dimension] = of.places(axis)[member]
    inside = _all_found(places.values(), len(owner))
    if not inside.all():
        owner, places = owner[inside], {dimension: place[inside] for dimension, place in places.items()}
    return Entries(owner, places, once)


def _all_found(places: Iterable[Ints], length: int) -> Bools:
    found = np.ones(length, np.bool_)
    for place in places:
        found &= place >= 0
    return found
