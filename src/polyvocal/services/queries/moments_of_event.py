"""The moments of an event as they are chosen from: those that are saved, and its sessions that none of them is."""

from collections import Counter
from dataclasses import dataclass

from polyvocal.domain.ids import EventId, MomentId
from polyvocal.domain.moments import Divergence, Moment
from polyvocal.domain.records import Event, Session
from polyvocal.domain.words import DivergenceStanding
from polyvocal.services.queries.moments import MomentInOrder, moments_told
from polyvocal.store.view import View

_NO_MOMENT = 1 << 63
"""What is taken from the id of a session: moments have no ids below 0."""


@dataclass(frozen=True, slots=True)
class ListedMoment:
    """A moment where it stands in its event: how many observers wrote of it, and how many divergences are recorded.

    `parallel` are the titles of moments of other sessions at the same time. One that `is_saved` is in the project; else
    it is a session, looked at as a moment, and the id of the record is 0.
    """

    moment: Moment
    place: MomentInOrder
    observers: int
    divergences: int
    open: int
    parallel: tuple[str, ...]

    @property
    def is_saved(self) -> bool:
        """Whether it is a moment of the project."""
        return self.moment.id != 0


@dataclass(frozen=True, slots=True)
class MomentsOfEvent:
    """The events to choose from, in the order of their times; of one its sessions, and its moments in order."""

    events: tuple[Event, ...]
    event: Event | None
    sessions: tuple[Session, ...]
    moments: tuple[ListedMoment, ...]


def moments_of_event(view: View, event: EventId | None) -> MomentsOfEvent:
    """What can be chosen of an event; of the one with most moments, else sessions, where none or one gone is named."""
    events = sorted(view.all(Event), key=lambda one: (one.starts or "~", one.id))
    moments, sessions = view.all(Moment), view.all(Session)
    chosen = next((one for one in events if one.id == event), None)
    if chosen is None and events:
        of_moments, of_sessions = (Counter(one.event for one in found) for found in (moments, sessions))
        chosen = max(events, key=lambda one: (of_moments[one.id], of_sessions[one.id]))
    if chosen is None:
        return MomentsOfEvent((), None, (), ())
    mine = [one for one in moments if one.event == chosen.id]
    whole = {one.session for one in mine if one.starts is None}
    of_event = sorted((one for one in sessions if one.event == chosen.id), key=lambda one: (one.starts or "~", one.id))
    unsaved = [
        Moment(id=MomentId(one.id - _NO_MOMENT), event=chosen.id, session=one.id)
        for one in of_event
        if one.id not in whole
    ]
    return MomentsOfEvent(tuple(events), chosen, tuple(of_event), _listed(view, [*mine, *unsaved]))


def _listed(view: View, moments: list[Moment]) -> tuple[ListedMoment, ...]:
    told = moments_told(view, moments)
    titles = {one.place.id: one.place.title for one in told}
    divergences, still_open = Counter[int | None](), Counter[int | None]()
    for one in view.all(Divergence):
        divergences[one.moment] += 1
        still_open[one.moment] += one.standing is DivergenceStanding.OPEN
    return tuple(
        ListedMoment(
            _as_asked(one.moment),
            one.place,
            one.observers,
            divergences[one.moment.id],
            still_open[one.moment.id],
            tuple(dict.fromkeys(titles[other] for other in one.place.parallel)),
        )
        for one in told
    )


def _as_asked(moment: Moment) -> Moment:
    """What is not saved has no id of its own outside the list."""
    if moment.id > 0:
        return moment
    return Moment(id=MomentId(0), event=moment.event, session=moment.session)
