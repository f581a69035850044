"""The rows and columns of a contest: actors by their groups, groups, or terms; phases and sessions in their order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from polyvocal.domain.codetree import PATH_MARK
from polyvocal.domain.hours import hours_of, parallel_runs
from polyvocal.domain.records import Membership, Nesting
from polyvocal.domain.stretches import Relation
from polyvocal.domain.words import Phase
from polyvocal.services.analysis.question import told_apart
from polyvocal.services.queries.setting import Setting
from polyvocal.store.codings import StanceLink
from polyvocal.store.view import View

PHASES = tuple(Phase)


class Rows(StrEnum):
    """What the rows are."""

    ACTORS = "actors"
    """People and groups who take a stance, below the constituent groups that they belong to."""
    GROUPS = "groups"
    """Constituent groups: what they do as such, and what their people do."""
    TERMS = "terms"
    """Terms of collaboration."""


class Row(NamedTuple):
    """A row: the stances of one of the actors on one of the terms, or of any where it has none.

    `band` names the constituent group that an actor stands below, "" where rows are not grouped; `is_group` says that
    the actor is that group itself.
    """

    name: str
    band: str
    actors: frozenset[int]
    terms: frozenset[int]
    is_group: bool = False

    def holds(self, taken: StanceLink) -> bool:
        """Whether a stance belongs here."""
        return (not self.actors or taken.actor in self.actors) and (not self.terms or taken.term in self.terms)


class ColumnKey(NamedTuple):
    """Where passages stand that have the same relation to an event; all None for those that have none."""

    event: int | None
    phase: Phase | None
    session: int | None


NO_RELATION = ColumnKey(None, None, None)


@dataclass(frozen=True, slots=True)
class Column:
    """A session of an event in one phase, or what is of the phase and of no session.

    `name` is the session's title, told apart; "" where there is none. `day` is that on which it began. Neighbours that
    bear the same number as `parallel` ran at the same time; None: none did.
    """

    key: ColumnKey
    event: str
    name: str
    day: str | None = None
    starts: str | None = None
    ends: str | None = None
    parallel: int | None = None

    @property
    def words(self) -> str:
        """What it is, in words: "opening plenary, during"; "no session, before"."""
        if self.key == NO_RELATION:
            return "no event"
        return f"{self.name or 'no session'}, {self.key.phase or 'phase not said'}"


def key_of(relation: Relation) -> ColumnKey:
    """Where a relation stands."""
    return ColumnKey(relation.event, relation.phase, relation.session)


# --- columns ---------------------------------------------------------------------------------------------------------


def columns_of(setting: Setting, keys: Iterable[ColumnKey]) -> tuple[Column, ...]:
    """The columns of some keys: events by their start; before, during, after, not said; sessions by their start.

    What is of no session stands outermost: first of what is before, last of all else. What has no relation comes last.
    """
    wanted = set(keys)
    events = sorted(setting.events.values(), key=lambda one: (one.starts or "~", one.id))
    place: dict[int, int] = {one.id: number for number, one in enumerate(events)}
    event_names: dict[int, str] = told_apart({one.id: one.title for one in events})
    titles: dict[int, str] = {one.id: one.title for one in setting.sessions.values()}
    longer: dict[int, str] = {one.id: f"{event_names[one.event]} / {one.title}" for one in setting.sessions.values()}
    several = len({key.event for key in wanted if key.event is not None}) > 1
    names = told_apart(titles, longer if several else None)

    def order(key: ColumnKey) -> tuple[int, int, int, str, int]:
        if key.event is None:
            return len(place), 0, 0, "", 0
        phase = len(PHASES) if key.phase is None else PHASES.index(key.phase)
        if key.session is None:
            return place[key.event], phase, 0 if key.phase is Phase.BEFORE else 2, "", 0
        return place[key.event], phase, 1, setting.sessions[key.session].starts or "~", key.session

    ordered = sorted(wanted, key=order)
    return tuple(
        _column(setting, key, names, event_names, parallel)
        for key, parallel in zip(ordered, _parallel(setting, ordered), strict=True)
    )


def _column(
    setting: Setting, key: ColumnKey, names: Mapping[int, str], events: Mapping[int, str], parallel: int | None
) -> Column:
    event = "" if key.event is None else events[key.event]
    if key.session is None:
        return Column(key, event, "")
    session = setting.sessions[key.session]
    day = session.starts[:10] if session.starts else None
    return Column(key, event, names[key.session], day, session.starts, session.ends, parallel)


def _parallel(setting: Setting, keys: Sequence[ColumnKey]) -> list[int | None]:
    """The numbers of those neighbours of one event and phase that ran at the same time."""
    hours = [
        None
        if key.session is None or key.event is None
        else hours_of(
            setting.sessions[key.session].starts, setting.sessions[key.session].ends, setting.events[key.event].zone
        )
        for key in keys
    ]
    found: list[int | None] = []
    begin = 0
    for end in range(1, len(keys) + 1):
        if end == len(keys) or keys[end][:2] != keys[begin][:2]:
            before = max((one for one in found if one is not None), default=-1) + 1
            found += [None if one is None else one + before for one in parallel_runs(hours[begin:end])]
            begin = end
    return found


# --- rows ------------------------------------------------------------------------------------------------------------

IN_NO_GROUP = "In no group"


@dataclass(frozen=True, slots=True)
class Groups:
    """Which groups people belong to: the groups in the order of their tree, with their paths, and who is in each."""

    paths: Mapping[int, str]
    members: Mapping[int, frozenset[int]]

    def of(self, person: int) -> list[int]:
        """The groups that a person belongs to, in order."""
        return [group for group in self.paths if person in self.members.get(group, ())]


def groups_of(view: View, setting: Setting) -> Groups:
    """Read who belongs to which group; a group that lies in several is below the first of them."""
    names: dict[int, str] = told_apart({one.id: one.name for one in setting.groups.values()})
    members: dict[int, set[int]] = {}
    for one in view.all(Membership):
        members.setdefault(one.constituent_group, set()).add(one.person)
    inner: dict[int, set[int]] = {}
    within: set[int] = set()
    for nesting in view.all(Nesting):
        inner.setdefault(nesting.outer, set()).add(nesting.inner)
        within.add(nesting.inner)
    by_name = sorted(names, key=lambda one: (names[one].casefold(), one))
    paths: dict[int, str] = {}

    def walk(group: int, above: str) -> None:
        if group not in paths:
            paths[group] = f"{above}{names[group]}"
            for one in by_name:
                if one in inner.get(group, ()):
                    walk(one, f"{paths[group]}{PATH_MARK}")

    for group in (*(one for one in by_name if one not in within), *by_name):  # the second for circles
        walk(group, "")
    return Groups(paths, {group: frozenset(people) for group, people in members.items()})


def rows_of(kind: Rows, names: Mapping[int, str], taken: Iterable[StanceLink], groups: Groups) -> tuple[Row, ...]:
    """The rows on which some stances stand; `names` has those of groups, people and terms."""
    if kind is Rows.TERMS:
        return tuple(
            Row(names[one], "", frozenset(), frozenset({one})) for one in _by_name(names, {one.term for one in taken})
        )
    actors = {one.actor for one in taken}
    below = _bands(actors, groups)
    if kind is Rows.GROUPS:
        return tuple(Row(band, "", frozenset(acting), frozenset()) for band, acting in below)
    return tuple(_actor_rows(names, below, groups))


def _bands(actors: set[int], groups: Groups) -> list[tuple[str, set[int]]]:
    """The groups that act, or whose people do: as what they are known, and who acts."""
    found = [(path, actors & {group, *groups.members.get(group, ())}) for group, path in groups.paths.items()]
    grouped = {one for _, acting in found for one in acting}
    return [(path, acting) for path, acting in (*found, (IN_NO_GROUP, actors - grouped)) if acting]


def _actor_rows(names: Mapping[int, str], below: list[tuple[str, set[int]]], groups: Groups) -> Iterator[Row]:
    """A row for each actor below each group: the group itself first, then its people."""
    for band, acting in below:
        for one in sorted(acting, key=lambda one: (one not in groups.paths, names[one].casefold(), one)):
            yield Row(names[one], band, frozenset({one}), frozenset(), one in groups.paths)


def _by_name(names: Mapping[int, str], ids: Iterable[int]) -> list[int]:
    return sorted(ids, key=lambda one: (names[one].casefold(), one))
