"""What codings are joined with: the authors and occasions of their accounts, their concerns and their stances."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from polyvocal.services.analysis.columns import Codings, Keyed, read_numbers
from polyvocal.services.analysis.dimensions import FAMILY, OF_ACCOUNTS, PHASES, STANDINGS, Axis, Dimension, Family
from polyvocal.services.analysis.question import Question
from polyvocal.services.analysis.sweep import Bools, Ints, numbered, tally
from polyvocal.store.codings import concern_columns, names_of_stances, stance_columns


@dataclass(frozen=True, slots=True)
class Members:
    """For each owner (an account or a coding) its members: owner i has those from `first[i]` to `first[i] + count[i]`.

    Where `first` is None each owner is its own only member. `values` are those of every member in the dimensions of
    its family, -1 where it has none.
    """

    first: Ints | None
    count: Ints
    values: Mapping[Dimension, Ints | Keyed]

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
        repeated = np.repeat(np.arange(len(owner), dtype=np.int64), count)
        within = np.arange(len(repeated), dtype=np.int64) - np.repeat(np.cumsum(count) - count, count)
        return self.first[owner][repeated] + within, repeated


def filtered_families(question: Question) -> set[Family]:
    """The families of which a coding must have a member that satisfies the filter, whatever is compared."""
    chosen = question.chosen
    asked = {Family.CONCERN} if chosen.concerns else set()
    if chosen.stances or chosen.terms or chosen.actors:
        asked.add(Family.STANCE)
    return asked


def members_of(family: Family, question: Question, codings: Codings) -> Members:
    """The members of a family, without those that do not satisfy the filter."""
    return _MEMBERS[family](question, codings)


def _codings(_: Question, codings: Codings) -> Members:
    each = np.ones(len(codings.line), np.int64)
    return Members(None, each, {Dimension.CODE: codings.code, Dimension.CODER: codings.coder})


def _accounts(question: Question, _: Codings) -> Members:
    every = np.arange(len(question.accounts), dtype=np.int64)
    return Members(None, np.ones_like(every), {Dimension.SOURCE: every})


def _authors(question: Question, _: Codings) -> Members:
    rows = [
        (number, author.id, STANDINGS.index(author.standing) if author.standing else -1)
        for number, account in enumerate(question.accounts)
        for author in account.authors
    ]
    owner, *values = _columns(rows, 3)
    return _owned(owner, len(question.accounts), (Dimension.OBSERVER, Dimension.STANDING), values)


def _occasions(question: Question, _: Codings) -> Members:
    rows = [
        (number, one.event, -1 if one.session is None else one.session, PHASES.index(one.phase) if one.phase else -1)
        for number, account in enumerate(question.accounts)
        for one in account.occasions
    ]
    owner, *values = _columns(rows, 4)
    return _owned(owner, len(question.accounts), (Dimension.EVENT, Dimension.SESSION, Dimension.PHASE), values)


def _concerns(question: Question, codings: Codings) -> Members:
    coding, *values = map(read_numbers, concern_columns(question.view))
    return _of_codings(codings, coding, (Dimension.GROUP,), values, (question.chosen.concerns,))


def _stances(question: Question, codings: Codings) -> Members:
    names = names_of_stances(question.view)
    coding, *values = map(read_numbers, stance_columns(question.view, names))
    stances = frozenset(names.index(one) if one in names else -1 for one in question.chosen.stances)
    wanted = (question.chosen.actors, stances, question.chosen.terms)
    return _of_codings(codings, coding, (Dimension.ACTOR, Dimension.STANCE, Dimension.TERM), values, wanted)


def _of_codings(
    codings: Codings,
    coding: Ints,
    dimensions: Iterable[Dimension],
    values: Sequence[Ints],
    wanted: Iterable[frozenset[int]],
) -> Members:
    owner = numbered(coding, codings.identity)
    kept = owner >= 0
    for value, among in zip(values, wanted, strict=True):
        if among:
            kept &= numbered(value, sorted(among)) >= 0
    return _owned(owner[kept], len(codings.line), dimensions, [value[kept] for value in values])


def _columns(rows: Sequence[tuple[int, ...]], width: int) -> Ints:
    return np.array(rows, np.int64).reshape(-1, width).T


def _owned(owner: Ints, owners: int, dimensions: Iterable[Dimension], values: Sequence[Ints]) -> Members:
    order = np.argsort(owner, kind="stable")
    count = tally(owner, owners)
    of = {dimension: value[order] for dimension, value in zip(dimensions, values, strict=True)}
    return Members(np.cumsum(count) - count, count, of)


_MEMBERS: dict[Family, Callable[[Question, Codings], Members]] = {
    Family.CODING: _codings,
    Family.SOURCE: _accounts,
    Family.AUTHOR: _authors,
    Family.OCCASION: _occasions,
    Family.CONCERN: _concerns,
    Family.STANCE: _stances,
}


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


def join(owner: Ints, account: Ints, axes: Sequence[Axis], members: Mapping[Family, Members]) -> Entries:
    """Where on the axes owners fall; `account` has the account of every owner that there is.

    Two dimensions of one family are read off the same member. An owner that has no place on an axis has no entry.
    """
    places: dict[Dimension, Ints] = {}
    once = True
    for family in dict.fromkeys(FAMILY[axis.dimension] for axis in axes):
        of = members[family]
        member, repeated = of.at(account[owner] if family in OF_ACCOUNTS else owner)
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
