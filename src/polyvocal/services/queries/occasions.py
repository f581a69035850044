"""The occasions tree: series, events, phases, sessions, and under them the sources that are about them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from polyvocal.domain.ids import EventId, PersonId, SessionId, SourceId
from polyvocal.domain.records import Event, Reading, Series, Session
from polyvocal.domain.stretches import phase_of
from polyvocal.domain.words import Phase, ReadingState, SourceKind
from polyvocal.services.queries.setting import Setting, SourceInfo, load_setting
from polyvocal.store.view import View


class Level(StrEnum):
    """What a branch of the tree stands for."""

    SERIES = "series"
    EVENT = "event"
    PHASE = "phase"
    SESSION = "session"
    REST = "rest"
    """the sources that are about no event"""


class SourceLeaf(NamedTuple):
    """A source in the tree; `read_share` is how much of it the coder asked for has read, from 0 to 1."""

    id: SourceId
    title: str
    kind: SourceKind
    observers: tuple[str, ...]
    standing: str | None
    words: int
    codings: int
    state: ReadingState
    read_share: float
    note: SourceId | None


@dataclass(frozen=True, slots=True)
class Branch:
    """A series, event, phase or session with what is under it: branches first, then sources."""

    level: Level
    title: str
    key: tuple[int, ...]
    """Tells the branch from all others, also after a change: ids, and the place of the phase."""
    starts: str | None = None
    ends: str | None = None
    place: str | None = None
    scheduled: bool = True
    branches: tuple["Branch", ...] = ()
    sources: tuple[SourceLeaf, ...] = ()


def occasions(view: View, reader: PersonId | None, codings: dict[int, int]) -> tuple[Branch, ...]:
    """The tree of a project as a coder sees it; `codings` counts them by source version.

    Series and events stand by their start, sessions by theirs; sources of a session or phase by standing, observer and
    title, jottings after the note that was written from them. A source stands once for each event, phase and
    session that parts of it are about; one without a phase stands under its event.
    """
    setting = load_setting(view)
    readings = {one.source: one for one in view.find(Reading, coder=reader)} if reader is not None else {}
    leaves = {info.source.id: _leaf(info, readings, codings) for info in setting.sources}
    at: dict[tuple[EventId, Phase | None, SessionId | None], list[SourceLeaf]] = {}
    for info in setting.sources:
        for key in dict.fromkeys((one.event, one.phase, one.session) for one in info.relations):
            at.setdefault(key, []).append(leaves[info.source.id])
    series = {one.id: one for one in view.all(Series)}
    events = sorted(setting.events.values(), key=_by_start)
    of_series: dict[int | None, list[Branch]] = {}
    for event in events:
        known = event.series if event.series in series else None
        of_series.setdefault(known, []).append(_event(event, setting, at))
    branches: list[Branch] = []
    for event in events:  # a series stands where its first event would
        if event.series in series and event.series in of_series:
            title = series[event.series].title
            branches.append(Branch(Level.SERIES, title, (event.series,), branches=tuple(of_series.pop(event.series))))
    taken = {branch.key for branch in branches}
    without = sorted((one for one in series.values() if (one.id,) not in taken), key=lambda one: one.title.casefold())
    branches += (Branch(Level.SERIES, empty.title, (empty.id,)) for empty in without)
    branches += of_series.get(None, ())
    rest = [leaves[info.source.id] for info in setting.sources if not info.relations]
    if rest:
        branches.append(Branch(Level.REST, "", (0,), sources=_in_order(rest)))
    return tuple(branches)


def _leaf(info: SourceInfo, readings: dict[SourceId, Reading], codings: dict[int, int]) -> SourceLeaf:
    source, current = info.source, info.current
    reading = readings.get(source.id)
    return SourceLeaf(
        id=source.id,
        title=source.title,
        kind=source.kind,
        observers=tuple(author.name for author in info.authors),
        standing=info.standing,
        words=current.words,
        codings=sum(codings.get(version.id, 0) for version in info.versions),
        state=reading.state if reading else ReadingState.UNREAD,
        read_share=min(1.0, reading.read_to / current.length) if reading and current.length else 0.0,
        note=source.note,
    )


def _event(
    event: Event, setting: Setting, at: dict[tuple[EventId, Phase | None, SessionId | None], list[SourceLeaf]]
) -> Branch:
    sessions = sorted((one for one in setting.sessions.values() if one.event == event.id), key=_by_start)
    phases = []
    for number, phase in enumerate(Phase):
        held = [one for one in sessions if _phase_of(one, event, at) is phase or (event.id, phase, one.id) in at]
        branches = tuple(
            Branch(
                Level.SESSION,
                one.title,
                (event.id, number, one.id),
                one.starts,
                one.ends,
                one.place,
                one.scheduled,
                sources=_in_order(at.get((event.id, phase, one.id), ())),
            )
            for one in held
        )
        own = _in_order(at.get((event.id, phase, None), ()))
        if branches or own or phase is Phase.DURING:
            phases.append(Branch(Level.PHASE, str(phase), (event.id, number), branches=branches, sources=own))
    loose = [leaf for (of, phase, _), leaves in at.items() if of == event.id and phase is None for leaf in leaves]
    return Branch(
        Level.EVENT,
        event.title,
        (event.id,),
        event.starts,
        event.ends,
        event.place,
        branches=tuple(phases),
        sources=_in_order(loose),
    )


def _phase_of(
    session: Session,
    event: Event,
    at: dict[tuple[EventId, Phase | None, SessionId | None], list[SourceLeaf]],
) -> Phase | None:
    """Where a session stands of which there is no source: by its time and the event's; during, where that is open.

    None where sources say it.
    """
    if any((event.id, phase, session.id) in at for phase in Phase):
        return None
    return phase_of(session, event)


def _by_start(one: Event | Session) -> tuple[str, int]:
    return one.starts or "~", one.id


def _in_order(leaves: Iterable[SourceLeaf]) -> tuple[SourceLeaf, ...]:
    """By standing, observer and title; jottings after their note where that is here, too."""
    leaves = list(leaves)
    here = {leaf.id: leaf for leaf in leaves}

    def place(leaf: SourceLeaf) -> tuple[object, ...]:
        note = here.get(leaf.note) if leaf.note is not None else None
        first = note or leaf
        standing = first.standing or "~"
        return standing, first.observers, first.title.casefold(), first.id, note is not None, leaf.title.casefold()

    return tuple(sorted(leaves, key=place))
