"""Which parts of which sources lie in a moment: by anchors, where a source has any, else by session and by time.

By session: what is about the session in question, as the source or a stretch of it is; and, where a window of time is
in question, what is about a session that lies in that window as a whole, if no time in the text says otherwise.

By time: what stands between two marked times that reach into the window, or into the hours of the session, if the text
is about the event as a whole. Times alone do not tell two sessions apart that ran in parallel: then only a text of
observers who are recorded in the one and not in the other is placed, and one of observers who are recorded in the other
is not of the moment.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from polyvocal.domain.alignment import Fit, Segment, Window, fit, segments
from polyvocal.domain.hours import Hours, days_of, hours_of, overlap
from polyvocal.domain.ids import EventId, MomentAnchorId, SessionId, SourceId
from polyvocal.domain.moments import MomentAnchor
from polyvocal.domain.records import Event, Presence, Session, TimeMark
from polyvocal.domain.spans import Span
from polyvocal.domain.stretches import Relation, Run, phase_of
from polyvocal.domain.timeline import Bracket, bracket
from polyvocal.domain.versions import led
from polyvocal.domain.words import Alignment, Doing
from polyvocal.services.queries.setting import Setting, SourceInfo
from polyvocal.services.queries.time_marks import times_of
from polyvocal.store.view import View


class Asked(NamedTuple):
    """Where a moment is: in an event, perhaps in a session, perhaps in a window of time."""

    event: Event
    session: Session | None
    window: Window | None


class Placed(NamedTuple):
    """[start, end) of a source's current text, and by what it lies in a moment; see `PlacedPassage`."""

    start: int
    end: int
    by: Alignment
    certain: bool = True
    earliest: datetime | None = None
    latest: datetime | None = None
    anchor: MomentAnchorId | None = None


class NotPlaced(NamedTuple):
    """A source that may hold something of a moment, and why nothing of it could be placed: a sentence."""

    source: SourceId
    title: str
    why: str


_NO_TIME = "No time that is marked in it says which part of it is of this moment."
_PARALLEL = "It is about the event as a whole, and another session ran at the same time: {}."


class Placing:
    """Places the sources of one view of a project."""

    def __init__(self, view: View, setting: Setting, presences: Iterable[Presence]) -> None:
        self._view, self._setting = view, setting
        self._infos = {version.id: info for info in setting.sources for version in info.versions}
        self.hours: dict[SessionId, Hours | None] = {
            one.id: hours_of(one.starts, one.ends, setting.events[one.event].zone) for one in setting.sessions.values()
        }
        self._attended: dict[int, set[SessionId]] = {}
        self._missed: dict[int, set[SessionId]] = {}
        for one in presences:
            found = self._missed if one.doing is Doing.ABSENT else self._attended
            found.setdefault(one.person, set()).add(one.session)
        self._segments: dict[tuple[SourceId, EventId], tuple[Segment, ...]] = {}
        self._timed: dict[EventId, set[SourceId]] = {}
        self._about: dict[EventId, dict[SessionId | None, list[int]]] = {}
        """Which sources are about an event, by the sessions that they are about, as places among the sources."""
        for at, info in enumerate(setting.sources):
            for event, session in {(one.event, one.session) for one in info.relations} if info.counts else ():
                self._about.setdefault(event, {}).setdefault(session, []).append(at)

    # --- anchors -----------------------------------------------------------------------------------------------------

    def brackets(self, anchors: Iterable[MomentAnchor], event: EventId) -> list[Bracket]:
        """Between which times each anchor stands in its text; those whose words are gone are left out."""
        found = []
        for info, place, _ in self._led(anchors):
            times = times_of(self._view, info.source.id, event)
            found.append(bracket(times.placed, place, times.frame))
        return found

    def sessions_of(self, anchors: Iterable[MomentAnchor], event: EventId) -> list[SessionId]:
        """The sessions of an event that what is marked is about."""
        found = {
            one.session
            for info, place, _ in self._led(anchors)
            for one in info.relations_of(*place)
            if one.event == event and one.session is not None
        }
        return sorted(found)

    def _led(self, anchors: Iterable[MomentAnchor]) -> Iterator[tuple[SourceInfo, Span, MomentAnchor]]:
        of: dict[SourceId, list[MomentAnchor]] = {}
        for one in anchors:
            of.setdefault(self._infos[one.version].source.id, []).append(one)
        for mine in of.values():
            info = self._infos[mine[0].version]
            for place, one in sorted(led(info.versions, mine), key=lambda pair: pair[0]):
                yield info, place, one

    # --- sources -----------------------------------------------------------------------------------------------------

    def placed(self, asked: Asked, anchors: Sequence[MomentAnchor]) -> dict[SourceId, tuple[Placed, ...] | NotPlaced]:
        """What lies in a moment, by source; sources that have nothing to do with it are left out."""
        found: dict[SourceId, tuple[Placed, ...] | NotPlaced] = {}
        by_hand: dict[SourceId, list[Placed]] = {}
        for info, place, one in self._led(anchors):
            by_hand.setdefault(info.source.id, []).append(Placed(*place, Alignment.HAND, anchor=one.id))
        found.update((source, tuple(places)) for source, places in by_hand.items())
        for info in self._may_tell_of(asked):
            if info.source.id not in found:
                told = self._of(info, asked, timed=info.source.id in self._with_times(asked.event.id))
                if told is not None:
                    found[info.source.id] = told
        return found

    def _may_tell_of(self, asked: Asked) -> Sequence[SourceInfo]:
        """The sources that may tell of a moment without being marked: those about the event, or about its session."""
        about = self._about.get(asked.event.id, {})
        if asked.session is None:
            sessions: Iterable[SessionId | None] = about if asked.window is not None else ()
        else:
            sessions = (asked.session.id, None)
        return [self._setting.sources[at] for at in sorted({at for one in sessions for at in about.get(one, ())})]

    def _with_times(self, event: EventId) -> set[SourceId]:
        """The sources about an event of which something tells times: marks, or when they were observed."""
        if event not in self._timed:
            places = {at for of_session in self._about.get(event, {}).values() for at in of_session}
            infos = [self._setting.sources[at] for at in places]
            versions = {version.id: info.source.id for info in infos for version in info.versions}
            found = {versions[one.version] for one in self._view.among(TimeMark, "version", versions)}
            self._timed[event] = found | {info.source.id for info in infos if info.source.observed_from is not None}
        return self._timed[event]

    def _of(self, info: SourceInfo, asked: Asked, *, timed: bool) -> tuple[Placed, ...] | NotPlaced | None:
        places: list[Placed] = []
        why: str | None = None
        for run in _runs(info):
            relations = [one for one in run.relations if one.event == asked.event.id]
            if relations:
                of_run, unsaid = self._of_run(info, run, relations, asked, timed=timed)
                places += of_run
                why = why or unsaid
        if places:
            return tuple(_joined(sorted(places, key=lambda one: one.start)))
        return NotPlaced(info.source.id, info.source.title, why) if why is not None else None

    def _of_run(
        self, info: SourceInfo, run: Run, relations: Sequence[Relation], asked: Asked, *, timed: bool
    ) -> tuple[list[Placed], str | None]:
        """What of a run lies in the moment, else why that is not known (None: it does not)."""
        sessions = {one.session for one in relations}
        session = asked.session
        if session is not None and session.id in sessions:
            if asked.window is None:
                return [Placed(run.start, run.end, Alignment.SESSION)], None
        elif session is not None:
            meant, why = self._may_be_of(info, relations, session)
            if not meant:
                return [], why
        window = asked.window or self._window(session)
        if window is None:
            return [], _NO_TIME
        if sessions == {None} and _observed_at_another_time(info, asked.event, window):
            return [], None
        return self._by_time(
            self._segments_of(info, asked.event.id) if timed else (_untimed(info),), run, sessions, window
        )

    def _may_be_of(self, info: SourceInfo, relations: Sequence[Relation], session: Session) -> tuple[bool, str | None]:
        """Whether times may place in a session what is not said to be about it; if not, why that is not known."""
        phases = (None, phase_of(session, self._setting.events[session.event]))
        of_event = any(one.session is None and one.phase in phases for one in relations)
        if not of_event or self._were_elsewhere(info, session):
            return False, None
        others = self._parallel(info, session)
        return not others, _PARALLEL.format(", ".join(others)) if others else None

    def _by_time(
        self, of_text: Sequence[Segment], run: Run, sessions: set[SessionId | None], window: Window
    ) -> tuple[list[Placed], str | None]:
        places: list[Placed] = []
        unknown = False
        whole = all(self._lies_in(one, window) for one in sessions)
        for segment in of_text:
            start, end = max(segment.start, run.start), min(segment.end, run.end)
            if start >= end:
                continue
            found = _fit(segment, start, end, window)
            if found in (Fit.INSIDE, Fit.PERHAPS):
                places.append(Placed(start, end, Alignment.TIME, found is Fit.INSIDE, *segment.bracket))
            elif found is Fit.UNKNOWN and whole:
                places.append(Placed(start, end, Alignment.SESSION))
            unknown = unknown or found is Fit.UNKNOWN
        if not unknown or places or not self._may_reach(sessions, window):
            return places, None
        return places, _NO_TIME

    def _segments_of(self, info: SourceInfo, event: EventId) -> tuple[Segment, ...]:
        key = info.source.id, event
        if key not in self._segments:
            times = times_of(self._view, info.source.id, event)
            self._segments[key] = segments(times.placed, info.current.length, times.frame)
        return self._segments[key]

    # --- sessions ----------------------------------------------------------------------------------------------------

    def _window(self, session: Session | None) -> Window | None:
        hours = self.hours[session.id] if session is not None else None
        return Window(*hours) if hours is not None and hours[0] != hours[1] else None

    def _were_elsewhere(self, info: SourceInfo, session: Session) -> bool:
        """Whether all who wrote a text are recorded as not in a session: as absent, or in another at the same time."""
        others = {one.id for one in self._at_the_same_time(session)}
        return bool(info.authors) and all(
            session.id in self._missed.get(one.id, ()) or (others & attended and session.id not in attended)
            for one in info.authors
            for attended in [self._attended.get(one.id, set())]
        )

    def _parallel(self, info: SourceInfo, session: Session) -> list[str]:
        """The sessions that ran at the same time, where nothing tells that the text is not about them."""
        others = self._at_the_same_time(session)
        attended = [self._attended.get(one.id, set()) for one in info.authors]
        if attended and all(session.id in one and not one & {other.id for other in others} for one in attended):
            return []
        return [one.title for one in others]

    def _at_the_same_time(self, session: Session) -> list[Session]:
        return [
            one
            for one in self._setting.sessions.values()
            if one.event == session.event
            and one.id != session.id
            and overlap(self.hours[one.id], self.hours[session.id])
        ]

    def _lies_in(self, session: SessionId | None, window: Window) -> bool:
        hours = self.hours[session] if session is not None else None
        return hours is not None and fit(Bracket(*hours), window) is Fit.INSIDE

    def _may_reach(self, sessions: set[SessionId | None], window: Window) -> bool:
        """Whether something about any of some sessions (None: about the event) may lie in a window."""
        hours = [self.hours[one] if one is not None else None for one in sessions]
        return any(one is None or fit(Bracket(*one), window) is not Fit.OUTSIDE for one in hours)


def _runs(info: SourceInfo) -> Sequence[Run]:
    return info.runs or (Run(0, info.current.length, info.occasions),)


def _observed_at_another_time(info: SourceInfo, event: Event, window: Window) -> bool:
    """Whether what a text tells of was observed before a window or after it, as far as both ends of that are known."""
    source = info.source
    if source.observed_to is None and len(source.observed_from or "") > len("2024-05-14"):
        return False
    observed = days_of(source.observed_from, source.observed_to, event.zone)
    return observed is not None and fit(Bracket(*observed), window) is Fit.OUTSIDE


def _untimed(info: SourceInfo) -> Segment:
    return Segment(0, info.current.length, Bracket(None, None), marked=False)


def _fit(segment: Segment, start: int, end: int, window: Window) -> Fit:
    """How [start, end) of a segment lies to a window.

    That a text was observed at some time places no part of it in less than that. Beyond the last mark, and before the
    first, only what goes on from it is placed, and not what comes after text about something else.
    """
    found = fit(segment.bracket, window)
    goes_on = (segment.bracket.latest is not None or start == segment.start) and (
        segment.bracket.earliest is not None or end == segment.end
    )
    return Fit.UNKNOWN if found is Fit.PERHAPS and not (segment.marked and goes_on) else found


def _joined(places: Sequence[Placed]) -> Iterator[Placed]:
    """The same places, with those that touch and are placed alike as one."""
    last: Placed | None = None
    for one in places:
        if last is not None and last.end == one.start and last[2:] == one[2:]:
            last = last._replace(end=one.end)
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last
