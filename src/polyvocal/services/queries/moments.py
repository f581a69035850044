"""Moments in the order of their event, and what each observer wrote of one: by hand, by session, by time."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import NamedTuple

from polyvocal.domain.alignment import Window, narrowest
from polyvocal.domain.hours import Hours, days_of, hours_of, overlap
from polyvocal.domain.ids import EventId, MomentAnchorId, MomentId, PersonId, SessionId, SourceId, SourceVersionId
from polyvocal.domain.moments import Moment, MomentAnchor
from polyvocal.domain.records import (
    Authorship,
    Event,
    Occasion,
    Person,
    Presence,
    Role,
    Session,
    SourceVersion,
    Stretch,
)
from polyvocal.domain.timeline import instant, seconds_at
from polyvocal.domain.words import Alignment, CellState, Doing, RoleName, SourceKind, Standing
from polyvocal.services.analysis.whereabouts import NOWHERE, Scope, Whereabouts
from polyvocal.services.queries.called import moment_named
from polyvocal.services.queries.placing import Asked, NotPlaced, Placed, Placing
from polyvocal.services.queries.setting import Setting, SourceInfo, load_setting, setting_around
from polyvocal.store.codings import everybody_who_wrote
from polyvocal.store.view import View

_STANDINGS = (*Standing, None)
_SURELY_WORDS = 200
"""A passage of more code points than these has words, without being read."""


@dataclass(frozen=True, slots=True)
class MomentInOrder:
    """A moment and where it stands in its event.

    `begins` and `ends` are its window's, else its session's, else told by its anchors (`told_by` says by which of the
    three: TIME, SESSION, HAND); `why` says what is missing where none tells. `parallel` are moments of other sessions
    that ran at the same time.
    """

    id: MomentId
    title: str
    event: str
    event_id: EventId
    session: str | None
    session_id: SessionId | None
    begins: datetime | None
    ends: datetime | None
    told_by: Alignment | None
    why: str | None
    anchors: int
    parallel: tuple[MomentId, ...] = ()

    @property
    def day(self) -> date | None:
        """The day on which it begins, in the event's zone."""
        return self.begins.date() if self.begins is not None else None


@dataclass(frozen=True, slots=True)
class PlacedPassage:
    """A passage that lies in a moment: [start, end) of the current version, and by what it was placed there.

    By time, `earliest` and `latest` are the times between which it stands; where it is not `certain` these reach
    beyond the moment, and so may the passage. By hand, `anchor` is the mark.
    """

    start: int
    end: int
    by: Alignment
    certain: bool
    earliest: datetime | None
    latest: datetime | None
    anchor: MomentAnchorId | None
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AccountOfMoment:
    """What a source says of a moment, in the order of its text."""

    source: SourceId
    title: str
    kind: SourceKind
    version: SourceVersionId
    observers: tuple[str, ...]
    passages: tuple[PlacedPassage, ...]


@dataclass(frozen=True, slots=True)
class ObserverOfMoment:
    """An observer's accounts of a moment; without any, `state` says what that means, and is None else.

    `not_placed` are accounts that may hold something of the moment, which nothing tells.
    """

    observer: PersonId
    name: str
    standing: Standing | None
    state: CellState | None
    accounts: tuple[AccountOfMoment, ...]
    not_placed: tuple[NotPlaced, ...]


@dataclass(frozen=True, slots=True)
class MomentAsTold:
    """A moment as each observer wrote it: the observers by standing, then by name; then texts that have no observer."""

    moment: MomentInOrder
    observers: tuple[ObserverOfMoment, ...]
    others: tuple[AccountOfMoment, ...]
    others_not_placed: tuple[NotPlaced, ...]


def moments_in_order(view: View, event: EventId | None = None) -> tuple[MomentInOrder, ...]:
    """The moments of an event, or of all, event by event, in the order in which they were.

    What has no time comes after, in the order in which it was entered.
    """
    moments = view.all(Moment) if event is None else view.find(Moment, event=event)
    if not moments:
        return ()
    return tuple(_Teller(view, load_setting(view)).placed(moments))


class Told(NamedTuple):
    """A moment, saved or not, where it stands, and how many observers wrote of it."""

    moment: Moment
    place: MomentInOrder
    observers: int


def moments_told(view: View, moments: Iterable[Moment]) -> tuple[Told, ...]:
    """Some moments in their order, each with how many observers wrote of it; the ids of those not saved differ."""
    by_id = {one.id: one for one in moments}
    teller = _Teller(view, setting_around(view, _may_tell_of(view, by_id.values())))
    placed = teller.placed(by_id.values())
    return tuple(Told(by_id[one.id], one, teller.how_many_wrote(by_id[one.id])) for one in placed)


def moment_as_told(view: View, moment: Moment) -> MomentAsTold:
    """What each observer wrote of a moment, which need not be in the project: any window of an event can be asked."""
    return _Teller(view, setting_around(view, _may_tell_of(view, [moment]))).told(moment)


def _may_tell_of(view: View, moments: Collection[Moment]) -> set[SourceId]:
    """The sources about the events of moments, as a whole or in part, and those that are marked as accounts of them."""
    events = {one.event for one in moments}
    versions = {one.version for one in view.among(Stretch, "event", events)}
    versions |= {one.version for one in view.among(MomentAnchor, "moment", [one.id for one in moments])}
    found = {one.source for one in view.among(Occasion, "event", events)}
    return found | {one.source for one in view.among(SourceVersion, "id", versions)}


def places_of_moments(view: View, setting: Setting) -> dict[MomentId, dict[SourceId, tuple[Placed, ...]]]:
    """What lies in each moment for certain, by source; what may only perhaps lie in it is left out."""
    moments = view.all(Moment)
    if not moments:
        return {}
    teller = _Teller(view, setting)
    return {one.id: teller.certain(one) for one in moments}


def _when(one: MomentInOrder) -> tuple[bool, bool, float, float]:
    """What has a time first; what has no zone is not compared with what has one, and comes after."""
    if one.begins is None:
        return True, False, 0.0, 0.0
    return False, one.begins.tzinfo is None, seconds_at(one.begins), -seconds_at(one.ends or one.begins)


class _Time(NamedTuple):
    """When a moment was, and by what that is known, or why it is not."""

    begins: datetime | None = None
    ends: datetime | None = None
    told_by: Alignment | None = None
    why: str | None = None


class _Teller:
    """Tells moments of one view of a project."""

    def __init__(self, view: View, setting: Setting) -> None:
        self._view, self._setting = view, setting
        self._presences = view.all(Presence)
        self._placing = Placing(view, setting, self._presences)
        events = sorted(setting.events.values(), key=lambda one: (one.starts or "~", one.id))
        self._events = {one.id: at for at, one in enumerate(events)}

    def placed(self, moments: Iterable[Moment]) -> list[MomentInOrder]:
        """Moments in their order."""
        found = [self.in_order(one) for one in moments]
        placed = sorted(found, key=lambda one: (self._events[one.event_id], _when(one), one.id))
        return _beside_each_other(placed)

    # --- when it was -------------------------------------------------------------------------------------------------

    def in_order(self, moment: Moment) -> MomentInOrder:
        event, session = self._event(moment), self._session(moment)
        anchors = self._anchors(moment)
        when = self._time(moment, event, session, anchors)
        return MomentInOrder(
            id=moment.id,
            title=moment_named(moment, session.title if session is not None else event.title),
            event=event.title,
            event_id=event.id,
            session=session.title if session is not None else None,
            session_id=session.id if session is not None else None,
            begins=when.begins,
            ends=when.ends,
            told_by=when.told_by,
            why=when.why,
            anchors=len(anchors),
        )

    def _time(self, moment: Moment, event: Event, session: Session | None, anchors: Sequence[MomentAnchor]) -> _Time:
        if moment.starts is not None:
            window = window_of(moment, event, session)
            return (
                _Time(*window, Alignment.TIME)
                if window is not None
                else _Time(why=f"It is said to begin on {moment.starts}, and no time can be reckoned in that year.")
            )
        if session is None:
            return self._time_of_anchors(anchors, event.id)
        hours = self._placing.hours[session.id]
        if hours is None:
            return _Time(why=f"The session {session.title} has no time of day.")
        return _Time(*hours, Alignment.SESSION)

    def _time_of_anchors(self, anchors: Sequence[MomentAnchor], event: EventId) -> _Time:
        """The times between which all that is marked stands, else those of the one session that it is about."""
        if not anchors:
            return _Time(why="Nothing is marked of it yet.")
        bounds = narrowest(self._placing.brackets(anchors, event))
        if bounds is None:
            return _Time(why="The times around what is marked of it contradict each other.")
        if bounds.earliest is not None:
            return _Time(*bounds, Alignment.HAND)
        sessions = self._placing.sessions_of(anchors, event)
        hours = self._placing.hours[sessions[0]] if len(sessions) == 1 else None
        if hours is None:
            return _Time(why="No time is marked before what is marked of it.")
        return _Time(*hours, Alignment.HAND)

    # --- what was written of it --------------------------------------------------------------------------------------

    def how_many_wrote(self, moment: Moment) -> int:
        """How many observers wrote of a moment: those who have an account in `told`."""
        placed = self._placing.placed(self._asked(moment), self._anchors(moment))
        wrote: set[PersonId] = set()
        for info in self._setting.sources:
            found = placed.get(info.source.id)
            if found is None or isinstance(found, NotPlaced) or wrote >= {one.id for one in info.authors}:
                continue
            long = any(one.end - one.start > _SURELY_WORDS for one in found)
            if long or _with_words(self._view.text(info.current.text_hash), found):
                wrote |= {one.id for one in info.authors}
        return len(wrote)

    def told(self, moment: Moment) -> MomentAsTold:
        """A moment as it is told by the sources of the setting: all that may tell of it."""
        asked, anchors = self._asked(moment), self._anchors(moment)
        placed = self._placing.placed(asked, anchors)
        by_author: dict[int, list[SourceInfo]] = {}
        for info in self._setting.sources:
            if info.source.id in placed:
                for author in info.authors:
                    by_author.setdefault(author.id, []).append(info)
        told = [(person, *self._accounts(by_author.get(person.id, ()), placed)) for person in self._observers()]
        scope = self._scope(asked, anchors)
        whereabouts = self._whereabouts([person.id for person, accounts, _ in told if not accounts], scope)
        observers = []
        for person, accounts, not_placed in told:
            state = None if accounts else CellState.NOT_KNOWN if not_placed else whereabouts.state(person.id, scope)
            observers.append(ObserverOfMoment(person.id, person.name, person.standing, state, accounts, not_placed))
        unsigned = [info for info in self._setting.sources if info.source.id in placed and not info.authors]
        return MomentAsTold(self.in_order(moment), tuple(observers), *self._accounts(unsigned, placed))

    def certain(self, moment: Moment) -> dict[SourceId, tuple[Placed, ...]]:
        placed = self._placing.placed(self._asked(moment), self._anchors(moment))
        sure = {
            source: tuple(one for one in found if one.certain)
            for source, found in placed.items()
            if not isinstance(found, NotPlaced)
        }
        return {source: found for source, found in sure.items() if found}

    def _accounts(
        self, infos: Iterable[SourceInfo], placed: dict[SourceId, tuple[Placed, ...] | NotPlaced]
    ) -> tuple[tuple[AccountOfMoment, ...], tuple[NotPlaced, ...]]:
        accounts, not_placed = [], []
        for info in infos:
            found = placed[info.source.id]
            if isinstance(found, NotPlaced):
                not_placed.append(found)
                continue
            passages = _with_words(self._view.text(info.current.text_hash), found)
            if not passages:
                continue
            accounts.append(
                AccountOfMoment(
                    info.source.id,
                    info.source.title,
                    info.source.kind,
                    info.current.id,
                    tuple(author.name for author in info.authors),
                    passages,
                )
            )
        return tuple(accounts), tuple(not_placed)

    def _scope(self, asked: Asked, anchors: Sequence[MomentAnchor]) -> Scope:
        """The sessions in which an observer could have seen the moment."""
        if asked.session is not None:
            return Scope(frozenset({asked.session.id}), frozenset())
        if asked.window is not None:
            ran = (asked.window.starts, asked.window.ends or asked.window.starts)
            of_event = [one for one in self._setting.sessions.values() if one.event == asked.event.id]
            return Scope(
                frozenset(one.id for one in of_event if overlap(ran, self._placing.hours[one.id])), frozenset()
            )
        sessions = self._placing.sessions_of(anchors, asked.event.id)
        return Scope(frozenset(sessions), frozenset()) if sessions else NOWHERE

    def _whereabouts(self, people: Iterable[PersonId], scope: Scope) -> Whereabouts:
        """Where people were who have no account. Of those who were there all is looked at that they wrote, of whatever
        it is: they may have written of the moment without saying so."""
        there = {
            one.person for one in self._presences if one.doing is not Doing.ABSENT and one.session in scope.sessions
        }
        wrote = {one.source for one in self._view.among(Authorship, "person", there.intersection(people))}
        known = {info.source.id for info in self._setting.sources}
        setting = setting_around(self._view, known | wrote) if wrote - known else self._setting
        return Whereabouts(setting, self._presences)

    def _observers(self) -> list[Person]:
        ids = {one.person for one in self._view.find(Role, role=RoleName.OBSERVER)} | everybody_who_wrote(self._view)
        people = [self._setting.people[one] for one in ids]
        return sorted(people, key=lambda one: (_STANDINGS.index(one.standing), one.name.casefold(), one.id))

    def _asked(self, moment: Moment) -> Asked:
        """Where it is; only what is marked of it is, where its window cannot be told."""
        event, session = self._event(moment), self._session(moment)
        window = window_of(moment, event, session)
        untold = moment.starts is not None and window is None
        return Asked(event, None if untold else session, window)

    def _event(self, moment: Moment) -> Event:
        return self._setting.events[moment.event]

    def _session(self, moment: Moment) -> Session | None:
        return self._setting.sessions[moment.session] if moment.session is not None else None

    def _anchors(self, moment: Moment) -> list[MomentAnchor]:
        return self._view.find(MomentAnchor, moment=moment.id)


def _with_words(text: str, found: Iterable[Placed]) -> tuple[PlacedPassage, ...]:
    """The passages with their text, without those that have no word: the mark of a heading before its time."""
    passages = (PlacedPassage(*one, text[one.start : one.end]) for one in found)
    return tuple(one for one in passages if one.by is Alignment.HAND or any(map(str.isalnum, one.text)))


def _beside_each_other(placed: Sequence[MomentInOrder]) -> list[MomentInOrder]:
    """The same moments, each with those of other sessions of its event at the same time; all are in their order.

    O(n log n) and the pairs that it finds.
    """
    found: dict[MomentId, list[MomentId]] = {one.id: [] for one in placed}
    going: list[tuple[MomentInOrder, Hours]] = []
    for one in placed:
        if one.session_id is None or one.begins is None:
            continue
        hours = one.begins, one.ends or one.begins
        going = [
            (other, theirs) for other, theirs in going if other.event_id == one.event_id and overlap(hours, theirs)
        ]
        for other, _ in going:
            if other.session_id != one.session_id:
                found[other.id].append(one.id)
                found[one.id].append(other.id)
        going.append((one, hours))
    return [replace(one, parallel=tuple(found[one.id])) for one in placed]


def window_of(moment: Moment, event: Event, session: Session | None) -> Window | None:
    """From when to when a moment is said to go; one without an end goes to that of its session or event.

    A day is the whole of it. None where no window is said, or in a year in which none can be told.
    """
    if moment.starts is None:
        return None
    whole = days_of(moment.starts, moment.ends or moment.starts, event.zone)
    if whole is None:
        return None
    starts, ends = whole
    if moment.ends is not None or len(moment.starts) <= len("2024-05-14"):
        return Window(starts, ends)
    for around in (session, event):
        hours = hours_of(around.starts, around.ends, event.zone) if around is not None else None
        if hours is not None and _is_within(starts, hours):
            return Window(starts, hours[1])
    return Window(starts, None)


def _is_within(at: datetime, hours: Hours) -> bool:
    if (at.tzinfo is None) is not (hours[0].tzinfo is None):
        return False
    return instant(hours[0]) <= instant(at) < instant(hours[1])


__all__ = [
    "AccountOfMoment",
    "MomentAsTold",
    "MomentInOrder",
    "NotPlaced",
    "ObserverOfMoment",
    "PlacedPassage",
    "moment_as_told",
    "moments_in_order",
]
