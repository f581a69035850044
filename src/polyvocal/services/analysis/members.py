"""What codings are joined with: the authors and relations of their accounts, their concerns and their stances."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from polyvocal.domain.stretches import Relation
from polyvocal.services.analysis.attached import Attached
from polyvocal.services.analysis.axes import KINDS, PHASES, STANDINGS
from polyvocal.services.analysis.columns import Codings, Keyed
from polyvocal.services.analysis.dimensions import Axis, Dimension, Family
from polyvocal.services.analysis.question import Question
from polyvocal.services.analysis.sweep import Bools, Ints, expanded, numbered, tally


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
        return axis.places_of(self.values[axis.dimension])

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


def account_members(family: Family, question: Question) -> Members:
    """The members that accounts have of a family, without those that do not satisfy the filter."""
    if family is Family.SOURCE:
        every = np.arange(len(question.accounts), dtype=np.int64)
        kinds = np.array([KINDS.index(one.info.source.kind) for one in question.accounts.each], np.int64)
        values = {Dimension.SOURCE: every, Dimension.KIND: kinds}
        return Members(None, np.ones_like(every), values, of_accounts=True)
    members = _authors(question) if family is Family.AUTHOR else _relations(question)
    return replace(members, of_accounts=True)


def _authors(question: Question) -> Members:
    rows = [
        (number, author.id, STANDINGS.index(author.standing) if author.standing else -1)
        for number, account in enumerate(question.accounts.each)
        for author in account.authors
    ]
    owner, *values = np.array(rows, np.int64).reshape(-1, 3).T
    return _owned(owner, len(question.accounts), (Dimension.OBSERVER, Dimension.STANDING), values)


def _relations(question: Question) -> Members:
    rows = [
        (number, *relation_values(one))
        for number, account in enumerate(question.accounts.each)
        for one in account.relations
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


def themselves(codings: Codings) -> Members:
    """Codings as what has a code and a coder."""
    each = np.ones(len(codings.line), np.int64)
    return Members(None, each, {Dimension.CODE: codings.code, Dimension.CODER: codings.coder})


def attached_members(
    codings: Codings, attached: Attached, wanted: Mapping[Dimension, Sequence[int] | frozenset[int]]
) -> Members:
    """What is attached to some codings, as far as it has wanted values; where none are named, any will do.

    The dimensions are those of the columns of values, in their order.
    """
    first, count = attached.of(codings.identity)
    if not any(wanted.values()):
        return Members(first, count, dict(zip(wanted, attached.values, strict=True)))
    member, owner = expanded(first, count)
    kept = np.ones(len(member), np.bool_)
    for among, column in zip(wanted.values(), attached.values, strict=True):
        if among:
            kept &= numbered(column[member], sorted(among)) >= 0
    member = member[kept]
    return _owned(owner[kept], len(codings.line), wanted, [column[member] for column in attached.values])


def layer_members(touched: NDArray[np.bool_], layers: Sequence[int]) -> Members:
    """The layers of some codings, of each of which it is said which of some layers it touches."""
    owner, which = np.nonzero(touched)
    return _owned(owner, len(touched), (Dimension.LAYER,), [np.array(layers, np.int64)[which]])


# --- joining -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entries:
    """Owners (codings, or accounts) with their places on some axes: each as often as its members combine.

    They come in the order of the owners; `once` says that none of them comes twice.
    """

    owner: Ints
    places: tuple[Ints, ...]
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
    places: list[Ints | None] = [None] * len(axes)
    once = True
    for family in dict.fromkeys(axis.family for axis in axes):
        of = members[family]
        member, repeated = of.at(account[owner] if of.of_accounts else owner)
        if repeated is not None:
            once = once and int(of.count.max(initial=0)) <= 1
            owner = owner[repeated]
            places = [None if place is None else place[repeated] for place in places]
        for number, axis in enumerate(axes):
            if axis.family is family:
                places[number] = of.places(axis)[member]
    found = [place for place in places if place is not None]
    inside = _all_found(found, len(owner))
    if not inside.all():
        owner, found = owner[inside], [place[inside] for place in found]
    return Entries(owner, tuple(found), once)


def _all_found(places: Iterable[Ints], length: int) -> Bools:
    found = np.ones(length, np.bool_)
    for place in places:
        found &= place >= 0
    return found
