"""What is in a project, and what was done to it."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from polyvocal.domain.comparisons import Comparison
from polyvocal.domain.moments import Divergence, Moment
from polyvocal.domain.records import (
    Code,
    Coding,
    ConstituentGroup,
    Event,
    Memo,
    Person,
    Project,
    Role,
    Session,
    Source,
    Stance,
    Term,
)
from polyvocal.domain.words import RoleName
from polyvocal.services.queries.drafts import DraftRow, list_drafts
from polyvocal.store.blind import HIDDEN, is_seen
from polyvocal.store.history import (
    ALL,
    Wanted,
    name_in,
    next_turns,
    operation_with,
    operations_newest_first,
    standing_of,
)
from polyvocal.store.journal import Operation
from polyvocal.store.schema import HEAD
from polyvocal.store.view import View


@dataclass(frozen=True, slots=True)
class Info:
    """A project at a glance. `words` are those of all current texts; `size` is in bytes.

    `drafts` are what somebody was writing and has not saved.
    """

    title: str
    uuid: str
    approach: str
    schema: int
    size: int
    created_at: int
    sources: int
    words: int
    observers: int
    coders: int
    people: int
    groups: int
    events: int
    sessions: int
    codes: int
    terms: int
    codings: int
    stances: int
    memos: int
    moments: int
    divergences: int
    comparisons: int
    operations: int
    drafts: tuple[DraftRow, ...]


def project_info(view: View) -> Info:
    """Read what is in a project."""
    (project,) = view.all(Project)
    return Info(
        title=project.title,
        uuid=project.uuid,
        approach=project.approach or "undeclared",
        schema=HEAD,
        size=view.size(),
        created_at=project.created_at,
        sources=view.count(Source),
        words=view.words(),
        observers=view.count(Role, role=RoleName.OBSERVER),
        coders=view.count(Role, role=RoleName.CODER),
        people=view.count(Person),
        groups=view.count(ConstituentGroup),
        events=view.count(Event),
        sessions=view.count(Session),
        codes=view.count(Code),
        terms=view.count(Term),
        codings=view.count(Coding),
        stances=view.count(Stance),
        memos=view.count(Memo),
        moments=view.count(Moment),
        divergences=view.count(Divergence),
        comparisons=view.count(Comparison),
        operations=view.operations(),
        drafts=tuple(list_drafts(view)),
    )


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One operation: when, who, what, how many rows of which kind came, changed and went.

    `name` is what it was about, where it made or changed a few named things; `standing` says whether it still stands
    ("stands", "undone", or "" for an undo or redo itself); `about` is the operation that an undo or redo is about,
    `about_kind` its kind, and `name` then that of what it was about.
    """

    operation: int
    at: int
    person: str | None
    kind: str
    name: str | None
    about: int | None
    about_kind: str | None
    created: dict[str, int]
    changed: dict[str, int]
    removed: dict[str, int]
    standing: str


def history(view: View, wanted: Wanted = ALL) -> Iterator[HistoryLine]:
    """The journal, newest first; of it what is wanted. Who codes blind is not told what others coded, or read."""
    people: dict[int | None, str] = {person.id: person.name for person in view.all(Person)}
    blind = view.blind_for is not None
    for operation in operations_newest_first(view, wanted):
        tally: dict[str, list[int]] = json.loads(operation.tally)
        if not is_seen(operation.person, tally, view.blind_for):
            continue
        about = operation_with(view, operation.about) if operation.about is not None else None
        yield HistoryLine(
            operation=operation.id,
            at=operation.at,
            person=people.get(operation.person),
            kind=operation.kind,
            name=name_in(view, about or operation),
            about=operation.about,
            about_kind=about.kind if about else None,
            created=_told(tally, 0, _UNCOUNTED if blind and about else ()),
            changed=_told(tally, 1, _UNCOUNTED if blind else ()),
            removed=_told(tally, 2, _UNCOUNTED if blind else ()),
            standing=standing_of(view, operation),
        )


_UNCOUNTED = HIDDEN | {"memo"}
"""Of which an act of one's own may have reached the others' too, as a merge of codes does: who codes blind is not told
how many."""


def _told(tally: dict[str, list[int]], place: int, uncounted: Collection[str]) -> dict[str, int]:
    return {kind: counts[place] for kind, counts in tally.items() if counts[place] and kind not in uncounted}


class Step(NamedTuple):
    """An operation that could be undone or redone next: its kind ("add coding") and what it is about, if one thing."""

    operation: int
    kind: str
    name: str | None


def next_steps(view: View, person: int | None) -> tuple[Step | None, Step | None]:
    """What an undo and what a redo would turn; of one person if one is given."""
    undo, redo = next_turns(view, person)
    return _step(view, undo), _step(view, redo)


def _step(view: View, operation: Operation | None) -> Step | None:
    return Step(operation.id, operation.kind, name_in(view, operation)) if operation else None


def latest_operation(view: View) -> int | None:
    """The id of the operation that this file learnt of last, or None in a file without any."""
    latest = view.journal.latest()
    return latest.id if latest else None
