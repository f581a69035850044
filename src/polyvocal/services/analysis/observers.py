"""What a table over observers (or their standings) says of them: what empty cells mean, and how much they wrote."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from polyvocal.domain.ids import EventId, SessionId, SourceId
from polyvocal.domain.words import CellState
from polyvocal.services.analysis.accounts import Readings
from polyvocal.services.analysis.axes import KINDS, PHASES, axis
from polyvocal.services.analysis.dimensions import OBSERVERS, Axis, Dimension, Family
from polyvocal.services.analysis.measures import Counted
from polyvocal.services.analysis.members import join
from polyvocal.services.analysis.sweep import Bools, Ints, sums, tally
from polyvocal.services.analysis.table import Table, accounts_at
from polyvocal.services.analysis.whereabouts import NOWHERE, Scope, Whereabouts

STATES = tuple(CellState)
"""What the numbers in `Matrix.states` stand for."""
_CODED, _READ, _UNREAD = map(
    STATES.index, (CellState.CODED, CellState.READ_NOT_SO_CODED, CellState.WRITTEN_NOT_YET_READ)
)


@dataclass(frozen=True, slots=True)
class ObserverHead:
    """What a column (or row) says of an observer, so that unequal accounts are seen to be unequal.

    Or of a sort of observers: a standing, or those of one value of an attribute; `standing` is None there. `observer`
    is the column's name. `words_read` counts up to the farthest place that any coder in the comparison has
    read. `self_coded` is the share of the passages here that who wrote them coded; None where there are
    none. `sessions` are those attended, of the sessions and events that the filter asks for, by the observer; by
    anybody of a sort of whom there are accounts.
    """

    observer: str
    standing: str | None
    coders: tuple[str, ...]
    self_coded: float | None
    accounts: int
    words: int
    words_read: int
    sessions: int


# --- what a cell means -------------------------------------------------------------------------------------------


def observer_states(table: Table, observers: Axis, coded: Bools) -> NDArray[np.int8]:
    """What each cell says, as a place in STATES: one of DOMAIN.md's, and never that an observer was silent.

    Where the other axis is one of whole accounts (sessions, phases ...), only the accounts of the cell are looked at;
    where it is one of coders, only what the coder of the cell has read.
    """
    held = table.question.held
    across = observers is table.columns
    other = table.rows if across else table.columns
    shape = len(other), len(observers)
    readings = held.readings(table.question.chosen)
    written, read = (np.broadcast_to(counts, shape) for counts in _accounts_and_read(table, observers, other, readings))
    states = np.where(read == written, np.int8(_READ), np.int8(_UNREAD))
    scopes, where = _scopes(table, other, held.whereabouts)
    nothing = written == 0
    for at, person in enumerate(observers.keys):
        mine = np.flatnonzero(nothing[:, at])
        if len(mine):
            known = [STATES.index(held.whereabouts.state(person, scope)) for scope in scopes]
            states[mine, at] = np.array(known, np.int8)[where[mine]]
    states[coded if across else coded.T] = _CODED
    return states if across else states.T


def _accounts_and_read(table: Table, observers: Axis, other: Axis, readings: Readings) -> tuple[Ints, Ints]:
    """How many accounts each observer has at each place of the other axis, and how many of them were read to the end.

    Of a shape that can be laid over that of the other axis by the observers.
    """
    if other.of_accounts:
        account, cell = accounts_at(table, other, observers)
        shape = (len(other), len(observers))
        _, done = readings.by_anybody
        size = shape[0] * shape[1]
        return tally(cell, size).reshape(shape), tally(cell[done[account]], size).reshape(shape)
    account, person = accounts_at(table, observers)
    if other.dimension is Dimension.CODER:
        _, finished = readings.by_each(other.places_of, len(other))
    else:
        _, done = readings.by_anybody
        finished = done.reshape(1, -1)
    size = len(observers)
    read = [tally(person[done[account]], size) for done in finished]
    return tally(person, size), np.array(read, np.int64).reshape(len(finished), size)


def _scopes(table: Table, axis: Axis, whereabouts: Whereabouts) -> tuple[list[Scope], Ints]:
    """What the filter and the places of the other axis ask about, and which of these each place does."""
    question = table.question
    every = np.arange(len(axis), dtype=np.int64)
    if axis.family not in (Family.OCCASION, Family.SOURCE):
        # an observer does not write from another standing, wherever that observer was
        scope = NOWHERE if axis.family is Family.AUTHOR else whereabouts.scope(question.chosen)
        return [scope], np.zeros_like(every)
    keys: list[list[int]] = [[] for _ in range(len(axis))]
    for key, place in zip(axis.keys, axis.place, strict=True):
        keys[place].append(key)
    if axis.dimension is Dimension.SOURCE and axis.is_plain:  # there may be very many, and few things they are about
        numbers: dict[object, int] = {}
        abouts = (whereabouts.about(int(source)) for source in question.accounts.sources)
        where = [numbers.setdefault(about, len(numbers)) for about in abouts]
        first = np.unique(np.array(where, np.int64), return_index=True)[1].tolist()
        return [_scope(table, axis.dimension, keys[at], whereabouts) for at in first], np.array(where, np.int64)
    return [_scope(table, axis.dimension, of, whereabouts) for of in keys], every


def _scope(table: Table, dimension: Dimension, keys: list[int], whereabouts: Whereabouts) -> Scope:
    question = table.question
    chosen, each = question.chosen, question.accounts.each
    match dimension:
        case Dimension.SESSION:
            chosen = replace(chosen, sessions=frozenset(map(SessionId, keys)))
        case Dimension.EVENT:
            chosen = replace(chosen, events=frozenset(map(EventId, keys)))
        case Dimension.PHASE:
            chosen = replace(chosen, phases=frozenset(PHASES[key] for key in keys))
        case Dimension.SOURCE:
            chosen = replace(chosen, sources=frozenset(each[key].info.source.id for key in keys))
        case Dimension.KIND:
            kinds = {KINDS[key] for key in keys}
            of_kind = {one.info.source.id for one in each if one.info.source.kind in kinds}
            chosen = replace(chosen, sources=frozenset(of_kind) or frozenset({SourceId(0)}))
    return whereabouts.scope(chosen)


# --- how much they wrote -----------------------------------------------------------------------------------------


def observer_heads(table: Table, headed: Axis, counted: Counted) -> tuple[ObserverHead, ...]:
    """A head for each place of an axis of observers, or of sorts of observers."""
    question = table.question
    held = question.held
    account, place = accounts_at(table, headed)
    size = len(headed)
    accounts = tally(place, size).tolist()
    words = question.accounts.words, held.words_read(question.chosen)
    written, read = (sums(place, of[account], size).tolist() for of in words)
    scope = held.whereabouts.scope_of_heads(question.chosen)
    coders = held.codings.coder_ids.tolist()
    people = [[key] for key in headed.keys] if headed.of_observers else _writers(table, headed)
    heads = []
    for at, (numbers, own) in enumerate(zip(counted.coded_by.tolist(), counted.own.tolist(), strict=True)):
        by = {coder: number for coder, number in zip(coders, numbers, strict=True) if number}
        total = sum(by.values())
        heads.append(
            ObserverHead(
                observer=headed.names[at],
                standing=question.setting.people[headed.keys[at]].standing if headed.of_observers else None,
                coders=tuple(sorted((question.people[coder] for coder in by), key=str.casefold)),
                self_coded=own / total if total else None,
                accounts=accounts[at],
                words=written[at],
                words_read=read[at],
                sessions=held.whereabouts.sessions_attended(people[at], scope),
            )
        )
    return tuple(heads)


def _writers(table: Table, headed: Axis) -> list[list[int]]:
    """Who wrote the accounts at each place of an axis of sorts of observers."""
    of_observers = axis(OBSERVERS, table.question)
    every = np.arange(len(table.question.accounts), dtype=np.int64)
    place, writer = join(every, every, (headed, of_observers), table.joining.members).places
    at: list[set[int]] = [set() for _ in headed.names]
    for one, other in zip(place.tolist(), writer.tolist(), strict=True):
        at[one].add(of_observers.keys[other])
    return [sorted(people) for people in at]
