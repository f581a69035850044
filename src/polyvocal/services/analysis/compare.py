"""One table over codings: what observers, phases, codes ... have to do with each other, with what an empty cell means.

No number here compares observers as if they had read the same text: cells count, they do not score.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import numpy as np

from polyvocal.domain.codetree import in_tree_order
from polyvocal.domain.errors import BugError
from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.records import Concern, Presence, Reading, Role, Session, Stance
from polyvocal.domain.spans import Span
from polyvocal.domain.text import count_words
from polyvocal.domain.versions import map_between
from polyvocal.domain.words import CellState, Doing, Phase, ReadingState, RoleName, Standing
from polyvocal.services.analysis.sweep import Ints, covered_by_group, distinct_by_group
from polyvocal.services.queries.passages import EVERYTHING, source_is_meant
from polyvocal.services.queries.setting import Setting, SourceInfo, load_setting
from polyvocal.store.codings import coding_rows
from polyvocal.store.view import View


class Dimension(StrEnum):
    """What can be the rows or the columns."""

    CODE = "code"
    CODER = "coder"
    OBSERVER = "observer"
    STANDING = "standing"
    SOURCE = "source"
    EVENT = "event"
    SESSION = "session"
    PHASE = "phase"
    GROUP = "group"
    ACTOR = "actor"
    STANCE = "stance"
    TERM = "term"


class Measure(StrEnum):
    """What a cell counts; see `Comparison.caption` for the words."""

    PASSAGES = "passages"
    SOURCES = "sources"
    CHARACTERS = "characters"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class ObserverHead:
    """What a column (or row) over observers says of the observer, so that unequal accounts are seen to be unequal.

    `words_read` counts up to the farthest place that any coder in the comparison has read. `self_coded` is the share
    of the observer's passages here that the observer coded; None where there are none.
    """

    observer: str
    standing: str | None
    coders: tuple[str, ...]
    self_coded: float | None
    accounts: int
    words: int
    words_read: int
    sessions: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """A table: `cells[row][column]`. A cell is None only for a share of nothing. `states` has the same shape.

    `states` are those of DOMAIN.md where rows or columns are observers; elsewhere "coded" or "" (no passage).
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int | float | None, ...], ...]
    states: tuple[tuple[str, ...], ...]
    row_dimension: Dimension
    column_dimension: Dimension
    measure: Measure
    filters: dict[str, list[str]]
    heads: tuple[ObserverHead, ...]
    caption: str


_FAMILY = {
    Dimension.CODE: "coding",
    Dimension.CODER: "coding",
    Dimension.OBSERVER: "author",
    Dimension.STANDING: "author",
    Dimension.SOURCE: "source",
    Dimension.EVENT: "occasion",
    Dimension.SESSION: "occasion",
    Dimension.PHASE: "occasion",
    Dimension.GROUP: "concern",
    Dimension.ACTOR: "stance",
    Dimension.STANCE: "stance",
    Dimension.TERM: "stance",
}
"""Where a dimension's value comes from. Rows and columns of one family are read off the same author (occasion ...)."""


@dataclass(frozen=True, slots=True)
class _Codings:
    """The codings in question as columns of equal length; `source` numbers the sources of the setting."""

    identity: Ints
    source: Ints
    start: Ints
    end: Ints
    code: Ints
    coder: Ints
    gone: int


@dataclass(frozen=True, slots=True)
class _Members:
    """For each owner (source or coding) its members: those of owner i are `first[i]` up to `first[i] + count[i]`."""

    first: Ints
    count: Ints
    keys: dict[Dimension, Ints]


def compare(
    view: View,
    rows: Dimension = Dimension.CODE,
    columns: Dimension = Dimension.OBSERVER,
    measure: Measure = Measure.PASSAGES,
    chosen: PassageFilter = EVERYTHING,
) -> Comparison:
    """Cross two dimensions of the codings that a filter means.

    Jottings from which a note was written are left out, since they would count twice. A passage with two observers
    (two concerns ...) counts in both columns. Raises BugError where rows and columns are the same.
    """
    if rows is columns:
        raise BugError("rows and columns must differ")
    setting = load_setting(view)
    infos = [info for info in setting.sources if info.counts]
    codings = _load(view, infos, chosen)
    families = _families(view, setting, infos, codings, chosen)
    codings, entries, members = _join(codings, families, chosen, {_FAMILY[rows], _FAMILY[columns]})
    row_keys, row_names = _axis(setting, view, rows, infos, chosen)
    column_keys, column_names = _axis(setting, view, columns, infos, chosen)
    row = _numbered(_values(rows, codings, entries, members, families), row_keys)
    column = _numbered(_values(columns, codings, entries, members, families), column_keys)
    inside = (row >= 0) & (column >= 0)
    left_out = len(np.unique(entries)) - len(np.unique(entries[inside]))
    row, column, entries = row[inside], column[inside], entries[inside]
    cell, size = row * len(column_keys) + column, len(row_keys) * len(column_keys)

    passages = distinct_by_group(cell, entries, size)
    shape = (len(row_keys), len(column_keys))
    readings = _readings(view, chosen)
    if measure is Measure.PASSAGES:
        numbers = passages
    elif measure is Measure.SOURCES:
        numbers = distinct_by_group(cell, codings.source[entries], size)
    else:
        numbers = _characters(cell, codings, entries, size, len(infos))
    cells: list[list[int | float | None]] = [[int(one) for one in line] for line in numbers.reshape(shape)]
    if measure is Measure.SHARE:
        read = _read_by_column(columns, column, column_keys, codings, entries, infos, readings, chosen)
        cells = [
            [number / of if of and number is not None else None for number, of in zip(line, read, strict=True)]
            for line in cells
        ]
    coded = passages.reshape(shape) > 0
    heads: tuple[ObserverHead, ...] = ()
    if Dimension.OBSERVER in (rows, columns):
        across = columns is Dimension.OBSERVER
        people = column_keys if across else row_keys
        which = column if across else row
        empty = [_empty_state(person, view, infos, readings, chosen) for person in people]
        states = tuple(
            tuple(str(CellState.CODED if coded[r, c] else empty[c if across else r]) for c in range(shape[1]))
            for r in range(shape[0])
        )
        heads = tuple(
            _head(person, which == place, codings, entries, view, setting, infos, readings, chosen)
            for place, person in enumerate(people)
        )
    else:
        states = tuple(tuple("coded" if one else "" for one in line) for line in coded)
    filters = setting.filter_words(chosen)
    return Comparison(
        rows=row_names,
        columns=column_names,
        cells=tuple(tuple(line) for line in cells),
        states=states,
        row_dimension=rows,
        column_dimension=columns,
        measure=measure,
        filters=filters,
        heads=heads,
        caption=_caption(rows, columns, measure, setting, infos, codings, entries, chosen, filters, left_out, view),
    )


# --- loading -----------------------------------------------------------------------------------------------------


def _load(view: View, infos: list[SourceInfo], chosen: PassageFilter) -> _Codings:
    table = np.array(coding_rows(view), dtype=np.int64).reshape(-1, 6)
    place = {int(version.id): number for number, info in enumerate(infos) for version in info.versions}
    versions, where = np.unique(table[:, 1], return_inverse=True)
    source_of = np.array([place.get(int(version), -1) for version in versions], np.int64)
    source = source_of[where] if len(versions) else np.zeros(0, np.int64)
    meant = np.array([source_is_meant(info, chosen) for info in infos], bool)
    keep = source >= 0
    if len(infos):
        keep &= meant[np.maximum(source, 0)]
    for column, wanted in ((4, chosen.codes), (5, chosen.coders)):
        if wanted:
            keep &= np.isin(table[:, column], np.array(sorted(wanted), np.int64))
    table, source = table[keep], source[keep]
    start, end, gone = _in_current(view, infos, table, source)
    return _Codings(table[:, 0], source, start, end, table[:, 4], table[:, 5], gone)


def _in_current(view: View, infos: list[SourceInfo], table: Ints, source: Ints) -> tuple[Ints, Ints, int]:
    """Places in the current versions; a passage whose words are gone covers nothing."""
    start, end, gone = table[:, 2].copy(), table[:, 3].copy(), 0
    corrected = [number for number, info in enumerate(infos) if len(info.versions) > 1]
    for number in corrected:
        info = infos[number]
        for version in info.versions:
            if version.id == info.current.id:
                continue
            path = map_between(info.versions, version.id, info.current.id)
            for at in np.flatnonzero((source == number) & (table[:, 1] == version.id)):
                place = path.place(Span(int(start[at]), int(end[at])))
                gone += place is None
                start[at], end[at] = place or (0, 0)
    return start, end, gone


def _families(
    view: View, setting: Setting, infos: list[SourceInfo], codings: _Codings, chosen: PassageFilter
) -> dict[str, tuple[str, _Members]]:
    """For each family who owns its members ("source" or "coding") and which they are, the filter applied."""
    standings = {standing: number for number, standing in enumerate(Standing)}
    phases = {phase: number for number, phase in enumerate(Phase)}
    authors = [
        [
            (author.id, standings[author.standing] if author.standing else -1)
            for author in info.authors
            if (not chosen.observers or author.id in chosen.observers)
            and (not chosen.standings or author.standing in chosen.standings)
        ]
        for info in infos
    ]
    occasions = [
        [
            (one.event, one.session or -1, phases[one.phase] if one.phase else -1)
            for one in info.occasions
            if (not chosen.events or one.event in chosen.events)
            and (not chosen.sessions or one.session in chosen.sessions)
            and (not chosen.phases or one.phase in chosen.phases)
        ]
        for info in infos
    ]
    return {
        "author": ("source", _members(authors, (Dimension.OBSERVER, Dimension.STANDING))),
        "occasion": ("source", _members(occasions, (Dimension.EVENT, Dimension.SESSION, Dimension.PHASE))),
        "concern": ("coding", _concerns(view, codings, chosen)),
        "stance": ("coding", _stances(view, setting, codings, chosen)),
    }


def _members(lists: Sequence[Sequence[tuple[int, ...]]], dimensions: tuple[Dimension, ...]) -> _Members:
    count = np.array([len(one) for one in lists], np.int64)
    flat = np.array([item for one in lists for item in one], np.int64).reshape(-1, len(dimensions))
    first = np.concatenate(([0], np.cumsum(count)[:-1])).astype(np.int64) if len(lists) else count
    return _Members(first, count, {dimension: flat[:, place] for place, dimension in enumerate(dimensions)})


def _by_coding(
    codings: _Codings, owners: list[int], items: list[tuple[int, ...]], of: tuple[Dimension, ...]
) -> _Members:
    place = {int(identity): number for number, identity in enumerate(codings.identity)} if owners else {}
    lists: list[list[tuple[int, ...]]] = [[] for _ in codings.identity]
    for owner, item in zip(owners, items, strict=True):
        if owner in place:
            lists[place[owner]].append(item)
    return _members(lists, of)


def _concerns(view: View, codings: _Codings, chosen: PassageFilter) -> _Members:
    rows = [
        one
        for one in view.all(Concern)
        if not chosen.concerns or (one.constituent_group or one.person) in chosen.concerns
    ]
    items: list[tuple[int, ...]] = [(one.constituent_group or one.person or 0,) for one in rows]
    return _by_coding(codings, [one.coding for one in rows], items, (Dimension.GROUP,))


def _stances(view: View, setting: Setting, codings: _Codings, chosen: PassageFilter) -> _Members:
    names = stance_names(view)
    rows = [
        one
        for one in view.all(Stance)
        if (not chosen.stances or one.stance in chosen.stances)
        and (not chosen.terms or one.term in chosen.terms)
        and (not chosen.actors or (one.actor_group or one.actor_person) in chosen.actors)
    ]
    items: list[tuple[int, ...]] = [
        (one.actor_group or one.actor_person or 0, names.index(one.stance), one.term) for one in rows
    ]
    owners: list[int] = [one.coding for one in rows]
    return _by_coding(codings, owners, items, (Dimension.ACTOR, Dimension.STANCE, Dimension.TERM))


def stance_names(view: View) -> list[str]:
    """The stances that are taken in a project: the three of the field first."""
    known = ["generates", "affirms", "contests"]
    return known + sorted({one.stance for one in view.all(Stance)} - set(known))


def _join(
    codings: _Codings, families: dict[str, tuple[str, _Members]], chosen: PassageFilter, needed: set[str]
) -> tuple[_Codings, Ints, dict[str, Ints]]:
    """Entries: a coding's number, as often as its members in the needed families combine; and which member each is.

    A family that the filter speaks of is asked for even where no dimension needs it: the coding must have a member.
    """
    entries = np.arange(len(codings.identity), dtype=np.int64)
    asked = {"concern"} if chosen.concerns else set()
    if chosen.stances or chosen.terms or chosen.actors:
        asked.add("stance")
    members: dict[str, Ints] = {}
    for family in sorted((needed | asked) & families.keys()):
        owner_kind, table = families[family]
        owner = codings.source[entries] if owner_kind == "source" else entries
        if family not in needed:
            keep = table.count[owner] > 0
            entries = entries[keep]
            members = {name: of[keep] for name, of in members.items()}
            continue
        count = table.count[owner] if len(owner) else np.zeros(0, np.int64)
        offset = np.arange(int(count.sum()), dtype=np.int64) - np.repeat(np.cumsum(count) - count, count)
        members = {name: np.repeat(of, count) for name, of in members.items()}
        members[family] = np.repeat(table.first[owner] if len(owner) else count, count) + offset
        entries = np.repeat(entries, count)
    return codings, entries, members


def _values(
    dimension: Dimension,
    codings: _Codings,
    entries: Ints,
    members: dict[str, Ints],
    families: dict[str, tuple[str, _Members]],
) -> Ints:
    if dimension is Dimension.CODE:
        return codings.code[entries]
    if dimension is Dimension.CODER:
        return codings.coder[entries]
    if dimension is Dimension.SOURCE:
        return codings.source[entries]
    family = _FAMILY[dimension]
    return families[family][1].keys[dimension][members[family]]


def _numbered(values: Ints, keys: Sequence[int]) -> Ints:
    """The place of each value among the keys, -1 where it is not there."""
    if not len(keys):
        return np.full(len(values), -1, np.int64)
    order = np.argsort(np.array(keys, np.int64), kind="stable")
    sorted_keys = np.array(keys, np.int64)[order]
    at = np.minimum(np.searchsorted(sorted_keys, values), len(keys) - 1)
    return np.where(sorted_keys[at] == values, order[at], -1)


# --- axes --------------------------------------------------------------------------------------------------------


def _axis(
    setting: Setting, view: View, dimension: Dimension, infos: list[SourceInfo], chosen: PassageFilter
) -> tuple[list[int], tuple[str, ...]]:
    """The keys of an axis in their order, and their names (made different where two would be the same)."""
    pairs = [(key, name) for key, name in _keys(setting, view, dimension, infos, chosen)]
    names = [name for _, name in pairs]
    twice = {name for name in names if names.count(name) > 1} if len(names) < 10_000 else set()
    return [key for key, _ in pairs], tuple(f"{name} ({key})" if name in twice else name for key, name in pairs)


def _keys(
    setting: Setting, view: View, dimension: Dimension, infos: list[SourceInfo], chosen: PassageFilter
) -> list[tuple[int, str]]:
    def some(things: Iterable[tuple[int, str]], wanted: frozenset[int]) -> list[tuple[int, str]]:
        return [(key, name) for key, name in things if not wanted or key in wanted]

    def by_name(things: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
        return sorted(things, key=lambda item: item[1].casefold())

    answers: dict[Dimension, Callable[[], list[tuple[int, str]]]] = {
        Dimension.CODE: lambda: some(_codes(setting), frozenset(chosen.codes)),
        Dimension.CODER: lambda: some(
            by_name((role.person, setting.people[role.person].name) for role in view.find(Role, role=RoleName.CODER)),
            frozenset(chosen.coders),
        ),
        Dimension.OBSERVER: lambda: _observers(setting, view, infos, chosen),
        Dimension.STANDING: lambda: [
            (number, standing.value)
            for number, standing in enumerate(Standing)
            if not chosen.standings or standing in chosen.standings
        ],
        Dimension.SOURCE: lambda: [
            (number, info.source.title) for number, info in enumerate(infos) if source_is_meant(info, chosen)
        ],
        Dimension.EVENT: lambda: some(
            ((one.id, one.title) for one in sorted(setting.events.values(), key=lambda e: (e.starts or "~", e.id))),
            frozenset(chosen.events),
        ),
        Dimension.SESSION: lambda: some(
            ((one.id, one.title) for one in sorted(setting.sessions.values(), key=_session_order)),
            frozenset(chosen.sessions),
        ),
        Dimension.PHASE: lambda: [
            (number, phase.value) for number, phase in enumerate(Phase) if not chosen.phases or phase in chosen.phases
        ],
        Dimension.GROUP: lambda: some(
            by_name((one.constituent_group or one.person or 0, setting.party(one.constituent_group or one.person or 0))
            for one in {(c.constituent_group or c.person): c for c in view.all(Concern)}.values()),
            chosen.concerns,
        ),
        Dimension.ACTOR: lambda: some(
            by_name({key: (key, setting.party(key)) for one in view.all(Stance)
            for key in (one.actor_group or one.actor_person or 0,)}.values()),
            chosen.actors,
        ),
        Dimension.STANCE: lambda: [
            (number, name)
            for number, name in enumerate(stance_names(view))
            if not chosen.stances or name in chosen.stances
        ],
        Dimension.TERM: lambda: some(
            by_name((one.id, one.name) for one in setting.terms.values()), frozenset(chosen.terms)
        ),
    }  # fmt: skip
    return answers[dimension]()


def _codes(setting: Setting) -> list[tuple[int, str]]:
    names = [code.name for code in setting.codes.values()]
    twice = {name for name in names if names.count(name) > 1}
    return [
        (code.id, setting.code_path(code.id) if code.name in twice else code.name)
        for _, code in in_tree_order(setting.codes.values())
    ]


def _observers(setting: Setting, view: View, infos: list[SourceInfo], chosen: PassageFilter) -> list[tuple[int, str]]:
    """Whoever is an observer, also one who wrote nothing: by standing, then by name."""
    ids = {role.person for role in view.find(Role, role=RoleName.OBSERVER)}
    ids |= {author.id for info in infos for author in info.authors}
    order = list(Standing)
    people = [
        setting.people[one]
        for one in ids
        if (not chosen.observers or one in chosen.observers)
        and (not chosen.standings or setting.people[one].standing in chosen.standings)
    ]
    people.sort(
        key=lambda one: (order.index(one.standing) if one.standing else len(order), one.name.casefold(), one.id)
    )
    return [(one.id, one.name) for one in people]


def _session_order(session: Session) -> tuple[str, int]:
    return (session.starts or "~", session.id)


# --- measures ----------------------------------------------------------------------------------------------------


def _characters(cell: Ints, codings: _Codings, entries: Ints, size: int, sources: int) -> Ints:
    """Characters that lie in a passage of the cell, each once."""
    pairs = cell * max(sources, 1) + codings.source[entries]
    groups, number = np.unique(pairs, return_inverse=True)
    covered = covered_by_group(number.astype(np.int64), codings.start[entries], codings.end[entries], len(groups))
    total = np.zeros(size, np.int64)
    np.add.at(total, groups // max(sources, 1), covered)
    return total


def _readings(view: View, chosen: PassageFilter) -> dict[int, int]:
    """How far each source was read, by the coder in question who read farthest."""
    read: dict[int, int] = {}
    for one in view.all(Reading):
        if one.state is not ReadingState.UNREAD and (not chosen.coders or one.coder in chosen.coders):
            read[one.source] = max(read.get(one.source, 0), one.read_to)
    return read


def _read_by_column(
    columns: Dimension,
    column: Ints,
    keys: list[int],
    codings: _Codings,
    entries: Ints,
    infos: list[SourceInfo],
    readings: dict[int, int],
    chosen: PassageFilter,
) -> list[int]:
    """Characters read in each column's accounts: to where a coder has read, and whatever a coder coded.

    Columns that are not read off the source share all accounts in question.
    """
    of_column: list[list[int]] = [[] for _ in keys]
    for number, info in enumerate(infos):
        if source_is_meant(info, chosen):
            for place in _columns_of(columns, keys, info, number, chosen):
                of_column[place].append(number)
    read = []
    for sources in of_column:
        mine = np.isin(codings.source, np.array(sources, np.int64))
        group = np.concatenate((codings.source[mine], np.array(sources, np.int64)))
        start = np.concatenate((codings.start[mine], np.zeros(len(sources), np.int64)))
        to = [readings.get(infos[number].source.id, 0) for number in sources]
        end = np.concatenate((codings.end[mine], np.array(to, np.int64)))
        read.append(int(covered_by_group(group, start, end, max(len(infos), 1)).sum()))
    return read


def _columns_of(
    columns: Dimension, keys: list[int], info: SourceInfo, number: int, chosen: PassageFilter
) -> Iterable[int]:
    if columns is Dimension.SOURCE:
        mine = {number}
    elif columns is Dimension.OBSERVER:
        mine = {author.id for author in info.authors}
    elif columns is Dimension.STANDING:
        mine = {list(Standing).index(author.standing) for author in info.authors if author.standing}
    elif columns in (Dimension.EVENT, Dimension.SESSION, Dimension.PHASE):
        mine = set()
        for one in info.occasions:
            if columns is Dimension.EVENT:
                mine.add(one.event)
            elif columns is Dimension.SESSION and one.session is not None:
                mine.add(one.session)
            elif columns is Dimension.PHASE and one.phase is not None:
                mine.add(list(Phase).index(one.phase))
    else:
        return range(len(keys))
    return [place for place, key in enumerate(keys) if key in mine]


# --- what an empty cell means ------------------------------------------------------------------------------------


def _empty_state(
    person: int, view: View, infos: list[SourceInfo], readings: dict[int, int], chosen: PassageFilter
) -> CellState:
    accounts = _accounts(person, infos, chosen)
    if accounts:
        whole = all(readings.get(info.source.id, 0) >= info.current.length for info in accounts)
        return CellState.READ_NOT_SO_CODED if whole else CellState.WRITTEN_NOT_YET_READ
    if chosen.phases and Phase.DURING not in chosen.phases:
        return CellState.NOT_KNOWN
    sessions = {one.id: one for one in view.all(Session)}
    scope = {
        one.id
        for one in sessions.values()
        if (not chosen.sessions or one.id in chosen.sessions) and (not chosen.events or one.event in chosen.events)
    }
    there = [one for one in view.find(Presence, person=person)]
    attended = [one.session for one in there if one.doing is not Doing.ABSENT]
    if any(session in scope for session in attended):
        return CellState.PRESENT_NOTHING_WRITTEN
    if chosen.sessions and any(
        _parallel(sessions[one], sessions[other]) for one in attended for other in scope if other in sessions
    ):
        return CellState.ELSEWHERE
    if any(one.session in scope for one in there):
        return CellState.ABSENT
    return CellState.NOT_KNOWN


def _parallel(one: Session, other: Session) -> bool:
    """Whether two sessions of an event overlap in time; those without times are not taken to."""
    if one.event != other.event or None in (one.starts, other.starts):
        return False
    starts = (str(one.starts), str(other.starts))
    ends = (one.ends or starts[0], other.ends or starts[1])
    return starts[0] == starts[1] or (starts[0] < ends[1] and starts[1] < ends[0])


def _accounts(person: int, infos: list[SourceInfo], chosen: PassageFilter) -> list[SourceInfo]:
    return [info for info in infos if source_is_meant(info, chosen) and any(one.id == person for one in info.authors)]


def _head(
    person: int,
    mine: "np.ndarray[tuple[int], np.dtype[np.bool_]]",
    codings: _Codings,
    entries: Ints,
    view: View,
    setting: Setting,
    infos: list[SourceInfo],
    readings: dict[int, int],
    chosen: PassageFilter,
) -> ObserverHead:
    accounts = _accounts(person, infos, chosen)
    passages = np.unique(entries[mine])
    coders, counts = np.unique(codings.coder[passages], return_counts=True)
    own = int(counts[coders == person].sum())
    read = 0
    for info in accounts:
        to = readings.get(info.source.id, 0)
        if to >= info.current.length:
            read += info.current.words
        elif to:
            read += count_words(view.text(info.current.text_hash)[:to])
    attended = {one.session for one in view.find(Presence, person=person) if one.doing is not Doing.ABSENT}
    return ObserverHead(
        observer=setting.people[person].name,
        standing=setting.people[person].standing,
        coders=tuple(sorted(setting.people[int(coder)].name for coder in coders)),
        self_coded=own / len(passages) if len(passages) else None,
        accounts=len(accounts),
        words=sum(info.current.words for info in accounts),
        words_read=read,
        sessions=len(attended),
    )


# --- words -------------------------------------------------------------------------------------------------------


_MEASURED = {
    Measure.PASSAGES: "Cells count passages: each coding is one, also where it overlaps another.",
    Measure.SOURCES: "Cells count sources with at least one such passage.",
    Measure.CHARACTERS: "Cells count the characters that lie in at least one such passage, each once.",
    Measure.SHARE: "Cells give the characters that lie in at least one such passage as a share of the characters "
    "read in the column's accounts (to where a coder has read, and what a coder has coded).",
}


def _caption(
    rows: Dimension,
    columns: Dimension,
    measure: Measure,
    setting: Setting,
    infos: list[SourceInfo],
    codings: _Codings,
    entries: Ints,
    chosen: PassageFilter,
    filters: dict[str, list[str]],
    left_out: int,
    view: View,
) -> str:
    meant = [info for info in infos if source_is_meant(info, chosen)]
    coders = sorted(setting.people[int(one)].name for one in np.unique(codings.coder[entries]))
    words = sum(info.current.words for info in meant)
    parts = [
        f"{rows.capitalize()} by {columns}. {_MEASURED[measure]}",
        f"Over {len(meant):,} source{'s' * (len(meant) != 1)} of {words:,} words; "
        f"{'coded by ' + ', '.join(coders) if coders else 'nothing is coded'}.",
    ]
    if Dimension.CODE in (rows, columns):
        parts.append("A code stands for just itself, without the codes below it.")
    if filters:
        parts.append("Only " + "; ".join(f"{name}: {', '.join(values)}" for name, values in filters.items()) + ".")
    jottings = sum(not info.counts for info in setting.sources)
    if jottings:
        parts.append(f"{jottings:,} jottings from which a note was written are not counted twice.")
    if left_out:
        parts.append(f"{left_out:,} coded passages belong to no row or no column and are not in the table.")
    if codings.gone:
        parts.append(f"{codings.gone:,} passages whose words were corrected away count, but cover no characters.")
    if Dimension.OBSERVER in (rows, columns):
        parts.append(
            "Observers wrote different texts, of different lengths: the numbers lay side by side and do not rank."
        )
    (project,) = _titles(view)
    parts.append(f"Project {project!r}, {datetime.now(UTC).astimezone():%Y-%m-%d %H:%M %z}.")
    return " ".join(parts)


def _titles(view: View) -> list[str]:
    from polyvocal.domain.records import Project

    return [project.title for project in view.all(Project)]
