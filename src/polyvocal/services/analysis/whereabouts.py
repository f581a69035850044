"""Where an observer was who has no account of something: there, elsewhere, absent; as far as it is recorded."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from polyvocal.domain.hours import Hours, days_of, hours_of, overlap
from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.records import Presence
from polyvocal.domain.stretches import Relation
from polyvocal.domain.words import CellState, Doing, Phase
from polyvocal.services.queries.setting import Setting, SourceInfo


@dataclass(frozen=True, slots=True)
class Scope:
    """The sessions in question, by their ids, and the phases; no phases means all of them."""

    sessions: frozenset[int]
    phases: frozenset[Phase]


NOWHERE = Scope(frozenset(), frozenset())
"""Nothing that anybody could have been at."""


class Whereabouts:
    """Who is recorded as having been in which session, and who as not having been there."""

    def __init__(self, setting: Setting, presences: Iterable[Presence]) -> None:
        self._sessions, self._events = setting.sessions, setting.events
        self._relations = {int(info.source.id): info.relations for info in setting.sources}
        self._hours: dict[int, Hours | None] = {
            one.id: hours_of(one.starts, one.ends, setting.events[one.event].zone) for one in self._sessions.values()
        }
        self._attended: dict[int, set[int]] = {}
        self._missed: dict[int, set[int]] = {}
        for one in presences:
            found = self._missed if one.doing is Doing.ABSENT else self._attended
            found.setdefault(one.person, set()).add(one.session)
        self._wrote: dict[int, list[SourceInfo]] = {}
        for info in setting.sources:
            for author in info.authors:
                self._wrote.setdefault(author.id, []).append(info)
        self._known: dict[tuple[int, Scope], CellState] = {}
        self._about: dict[int, frozenset[tuple[int, int | None]]] = {}

    def scope(self, chosen: PassageFilter) -> Scope:
        """What a filter asks about; of sources, the sessions that they, or parts of them, are about."""
        sessions = {
            one.id
            for one in self._sessions.values()
            if (not chosen.events or one.event in chosen.events) and (not chosen.sessions or one.id in chosen.sessions)
        }
        if chosen.sources:
            of_sources = [one for source in chosen.sources for one in self._relations.get(source, ()) if _during(one)]
            sessions = {one for one in sessions if self._is_about_any(of_sources, one)}
        return Scope(frozenset(sessions), chosen.phases)

    def about(self, source: int) -> frozenset[tuple[int, int | None]]:
        """The (event, session) that a source, or any part of it, is about, while they went on."""
        if source not in self._about:
            relations = self._relations.get(source, ())
            self._about[source] = frozenset((one.event, one.session) for one in relations if _during(one))
        return self._about[source]

    def scope_of_heads(self, chosen: PassageFilter) -> Scope:
        """The sessions of a filter, whatever phases and sources it asks for: what an observer could have seen."""
        return self.scope(replace(chosen, phases=frozenset(), sources=frozenset()))

    def sessions_attended(self, people: Iterable[int], scope: Scope) -> int:
        """In how many of the sessions in question any of some people were."""
        return len(scope.sessions.intersection(one for person in people for one in self._attended.get(person, ())))

    def state(self, person: int, scope: Scope) -> CellState:
        """What it means that a person has no account of what is in question."""
        known = self._known.get((person, scope))
        if known is None:
            known = self._known[person, scope] = self._state(person, scope)
        return known

    def _state(self, person: int, scope: Scope) -> CellState:
        if scope.phases and Phase.DURING not in scope.phases:
            return CellState.NOT_KNOWN  # presence says who was there during an event, and nothing of before and after
        attended = self._attended.get(person, set())
        if attended & scope.sessions:
            return CellState.NOT_KNOWN if self._may_have_written(person, scope) else CellState.PRESENT_NOTHING_WRITTEN
        # who is to be known not to have been there must have missed all that was scheduled; nobody notes down who was
        # not in a corridor
        scheduled = {one for one in scope.sessions if self._sessions[one].scheduled} or scope.sessions
        elsewhere = {
            one for one in scheduled if any(overlap(self._hours[one], self._hours[other]) for other in attended)
        }
        if not scheduled or scheduled - elsewhere - self._missed.get(person, set()):
            return CellState.NOT_KNOWN
        return CellState.ELSEWHERE if elsewhere else CellState.ABSENT

    def _may_have_written(self, person: int, scope: Scope) -> bool:
        """Whether there is a text by a person of which it is not known that it is about something else.

        Such as jottings that are counted with the note, an account that the filter leaves out, one of a whole event
        where a session of it is in question, or one that was observed while that session ran.
        """
        return any(
            _may_be_about_anything(info)
            or any(self._was_observed(info, session) for session in scope.sessions)
            or any(
                self._is_about_any([relation], session)
                for relation in self._relations[info.source.id]
                if not scope.phases or relation.phase is None or relation.phase in scope.phases
                for session in scope.sessions
            )
            for info in self._wrote.get(person, ())
        )

    def _was_observed(self, info: SourceInfo, session: int) -> bool:
        """Whether what a source tells of was observed while a session ran, whichever session it is said to be about.

        A day note hangs on one session and goes on through others.
        """
        source, event = info.source, self._events[self._sessions[session].event]
        observed = days_of(source.observed_from, source.observed_to, event.zone)
        return overlap(observed, self._hours[session])

    def _is_about_any(self, relations: Iterable[Relation], session: int) -> bool:
        """Whether any relation is that to a session, or of its event as a whole."""
        return any(
            one.session == session if one.session is not None else one.event == self._sessions[session].event
            for one in relations
        )


def _may_be_about_anything(info: SourceInfo) -> bool:
    """Whether nothing is said of what a text, or a part of it, is about."""
    return not all(run.relations for run in info.runs) if info.runs else not info.occasions


def _during(relation: Relation) -> bool:
    return relation.phase in (None, Phase.DURING)
