"""What a table over observers says of them: what their empty cells mean, and how much they wrote."""

from dataclasses import dataclass, replace

import numpy as np

from polyvocal.domain.ids import EventId, SessionId
from polyvocal.domain.words import CellState
from polyvocal.services.analysis.dimensions import FAMILY, OF_ACCOUNTS, PHASES, Axis, Dimension
from polyvocal.services.analysis.measures import Counted
from polyvocal.services.analysis.sweep import Bools, Ints, sums, tally
from polyvocal.services.analysis.table import Table, accounts_at
from polyvocal.services.analysis.whereabouts import NOWHERE, Scope, Whereabouts


@dataclass(frozen=True, slots=True)
class ObserverHead:
    """What a column (or row) over observers says of the observer, so that unequal accounts are seen to be unequal.

    `observer` is the column's name. `words_read` counts up to the farthest place that any coder in the comparison has
    read. `self_coded` is the share of the observer's passages here that the observer coded; None where there are
    none. `sessions` are those attended, of the sessions and events that the filter asks for.
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


def observer_states(table: Table, coded: Bools, whereabouts: Whereabouts) -> list[list[str]]:
    """What each cell says: one of DOMAIN.md's states, and never that an observer was silent.

    Where the other axis is one of whole accounts (sessions, phases ...), only the accounts of the cell are looked at;
    where it is one of coders, only what the coder of the cell has read.
    """
    observers, other = _observers_and_other(table)
    shape = (len(other.keys), len(observers.keys))
    written, read = (np.broadcast_to(counts, shape).tolist() for counts in _accounts_and_read(table))
    coded_so = (coded if observers is table.columns else coded.T).tolist()
    scopes = [_scope(table, other.dimension, key, whereabouts) for key in other.keys]

    def state(at: int, person: int) -> str:
        if coded_so[at][person]:
            return CellState.CODED.value
        if written[at][person]:
            whole = read[at][person] == written[at][person]
            return (CellState.READ_NOT_SO_CODED if whole else CellState.WRITTEN_NOT_YET_READ).value
        return whereabouts.state(observers.keys[person], scopes[at]).value

    if observers is table.columns:
        return [[state(at, person) for person in range(shape[1])] for at in range(shape[0])]
    return [[state(at, person) for at in range(shape[0])] for person in range(shape[1])]


def _observers_and_other(table: Table) -> tuple[Axis, Axis]:
    if table.columns.dimension is Dimension.OBSERVER:
        return table.columns, table.rows
    return table.rows, table.columns


def _accounts_and_read(table: Table) -> tuple[Ints, Ints]:
    """How many accounts each observer has at each place of the other axis, and how many of them were read to the end.

    Of a shape that can be laid over that of the other axis by the observers.
    """
    observers, other = _observers_and_other(table)
    if FAMILY[other.dimension] in OF_ACCOUNTS:
        account, cell = accounts_at(table, other, observers)
        shape = (len(other.keys), len(observers.keys))
        _, done = table.readings.by_anybody
        size = shape[0] * shape[1]
        return tally(cell, size).reshape(shape), tally(cell[done[account]], size).reshape(shape)
    account, person = accounts_at(table, observers)
    if other.dimension is Dimension.CODER:
        _, finished = table.readings.by_each(other.keys)
    else:
        _, done = table.readings.by_anybody
        finished = done.reshape(1, -1)
    size = len(observers.keys)
    read = [tally(person[done[account]], size) for done in finished]
    return tally(person, size), np.array(read, np.int64).reshape(len(finished), size)


def _scope(table: Table, dimension: Dimension, key: int, whereabouts: Whereabouts) -> Scope:
    """What the filter and a place of the other axis ask about."""
    question = table.question
    chosen = question.chosen
    match dimension:
        case Dimension.SESSION:
            chosen = replace(chosen, sessions=frozenset({SessionId(key)}))
        case Dimension.EVENT:
            chosen = replace(chosen, events=frozenset({EventId(key)}))
        case Dimension.PHASE:
            chosen = replace(chosen, phases=frozenset({PHASES[key]}))
        case Dimension.SOURCE:
            chosen = replace(chosen, sources=frozenset({question.accounts[key].info.source.id}))
        case Dimension.STANDING:
            return NOWHERE  # an observer does not write from another standing, wherever that observer was
    return whereabouts.scope(chosen)


# --- how much they wrote -----------------------------------------------------------------------------------------


def observer_heads(
    table: Table, counted: Counted, words_read: Ints, whereabouts: Whereabouts
) -> tuple[ObserverHead, ...]:
    """A head for each observer of the table."""
    observers, _ = _observers_and_other(table)
    people = table.question.setting.people
    account, place = accounts_at(table, observers)
    size = len(observers.keys)
    words = np.array([account.version.words for account in table.question.accounts], np.int64)
    accounts = tally(place, size).tolist()
    written, read = (sums(place, of[account], size).tolist() for of in (words, words_read))
    scope = whereabouts.scope_of_heads(table.question.chosen)
    coders = table.question.held.codings.coder_ids.tolist()
    heads = []
    for at, (person, numbers) in enumerate(zip(observers.keys, counted.coded_by.tolist(), strict=True)):
        by = {coder: number for coder, number in zip(coders, numbers, strict=True) if number}
        total = sum(by.values())
        heads.append(
            ObserverHead(
                observer=observers.names[at],
                standing=people[person].standing,
                coders=tuple(sorted((table.question.people[coder] for coder in by), key=str.casefold)),
                self_coded=by.get(person, 0) / total if total else None,
                accounts=accounts[at],
                words=written[at],
                words_read=read[at],
                sessions=whereabouts.sessions_attended([person], scope),
            )
        )
    return tuple(heads)
