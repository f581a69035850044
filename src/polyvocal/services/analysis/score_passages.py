"""The passages of one event, each with all its codes, and where it stands on the score."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from polyvocal.domain.codetree import in_tree_order
from polyvocal.domain.hours import Hours, days_of, hours_of
from polyvocal.domain.ids import CodeId, CodingId, EventId, PersonId, SessionId
from polyvocal.domain.passages import Aspect
from polyvocal.domain.records import Event, Session, Stretch
from polyvocal.domain.score import AboutEvent, Placer, SessionTold, TextTimes, Told
from polyvocal.domain.spans import Span
from polyvocal.domain.timeline import instant
from polyvocal.domain.words import Phase
from polyvocal.services.analysis.accounts import Account
from polyvocal.services.analysis.dimensions import CODES, Along, Dimension
from polyvocal.services.analysis.question import Question, ask
from polyvocal.services.analysis.table import laid_out, parts
from polyvocal.services.queries.time_marks import known_of, times_in
from polyvocal.store.view import View

OF_CODINGS = (Aspect.CODE, Aspect.CONCERNS, Aspect.ACTOR, Aspect.STANCE, Aspect.TERM, Aspect.LAYER)
"""By what a filter picks passages, all of whose codes are then shown."""
APART = frozenset({Phase.BEFORE, Phase.AFTER})
"""Of what was before or after an event, the days of the event do not tell the day."""


@dataclass(frozen=True, slots=True)
class PassageFound:
    """A span of an account that is coded, with everything that coders in question coded on just this span.

    `codings` are those that the filter means, `codes` all of the span (in the order of the codebook), of which the
    filter means `meant`. Half-open in code points of the current text; `told` is None where no words are left.
    """

    account: Account
    span: Span
    codings: tuple[CodingId, ...]
    codes: tuple[CodeId, ...]
    meant: frozenset[CodeId]
    coders: tuple[PersonId, ...]
    sessions: tuple[SessionId, ...]
    told: Told | None


def passages_found(question: Question, event: EventId) -> list[PassageFound]:
    """The passages of an event that a question, whose filter asks for that event, means: by account and place.

    Codings of one span are one passage. Spans that overlap, nest or touch without being the same are passages of their
    own: nobody said that they were one.
    """
    everything = question.chosen
    for aspect in OF_CODINGS:
        everything = everything.but(aspect)
    rows = _rows(question)
    meant = {row.coding for row in rows} if question.chosen != everything else None
    if meant is not None:
        rows = _rows(ask(question.held, everything))
    of: dict[tuple[int, Span], list[_Coded]] = {}
    for row in rows:
        of.setdefault((row.account, row.span), []).append(row)
    placers = _Placers(question, event)
    found = []
    for (account, span), codings in of.items():
        wanted = [one for one in codings if meant is None or one.coding in meant]
        if wanted:
            found.append(placers.passage(question.accounts.each[account], span, codings, wanted))
    return found


class _Coded(NamedTuple):
    """A coding: the place of its account in the question, its own in the current text, code and coder."""

    account: int
    span: Span
    coding: int
    code: int
    coder: int


def _rows(question: Question) -> list[_Coded]:
    """The codings that a question means, in order."""
    table = laid_out(question, CODES, Along(Dimension.SOURCE))
    rows = []
    for part in parts(table):
        codings, which = part.codings, part.entries.owners()
        columns = (
            table.joining.account_of_line[codings.line[which]],
            codings.start[which],
            codings.end[which],
            codings.identity[which],
            codings.code.keys[codings.code.at[which]],
            codings.coder.keys[codings.coder.at[which]],
        )
        rows += [
            _Coded(account, Span(start, end), coding, code, coder)
            for account, start, end, coding, code, coder in zip(*(one.tolist() for one in columns), strict=True)
        ]
    return sorted(rows, key=lambda row: (row.account, row.span.start, -row.span.end, row.coding))


class _Placers:
    """What places the passages of each account; made when its first passage is placed."""

    def __init__(self, question: Question, event: EventId) -> None:
        setting = question.setting
        self._view: View = question.held.view
        self.event = setting.events[event]
        self.hours = event_hours(self.event)
        self._sessions = {one.id: one for one in setting.sessions.values() if one.event == event}
        self._placers: dict[tuple[int, bool], Placer] = {}
        in_order = in_tree_order(setting.codes.values())
        self._order: dict[int, int] = {code.id: place for place, (_, code) in enumerate(in_order)}

    def passage(
        self, account: Account, span: Span, codings: Sequence[_Coded], wanted: Sequence[_Coded]
    ) -> PassageFound:
        """A passage of an account, with all codings of it and those that are wanted."""
        relations = [one for one in account.info.relations_of(*span) if one.event == self.event.id]
        sessions = {one.session: isinstance(one, Stretch) for one in relations if one.session is not None}
        about = AboutEvent(
            tuple(self._session(session, of_part=of_part) for session, of_part in sessions.items()),
            frozenset(one.phase for one in relations if one.phase is not None),
            self.hours,
        )
        return PassageFound(
            account,
            span,
            tuple(CodingId(one.coding) for one in wanted),
            tuple(map(CodeId, sorted({one.code for one in codings}, key=lambda code: self._order[code]))),
            frozenset(CodeId(one.code) for one in wanted),
            tuple(map(PersonId, dict.fromkeys(one.coder for one in codings))),
            tuple(sessions),
            self._of(account, about.phase).place(span, about) if span.length else None,
        )

    def _session(self, session: SessionId, *, of_part: bool) -> SessionTold:
        """A session as a passage is about it."""
        one = self._sessions[session]
        return SessionTold(one.title, session_hours(one, self.event), of_part)

    def _of(self, account: Account, phase: Phase | None) -> Placer:
        """What places the passages of an account in a phase."""
        apart = phase in APART
        key = account.info.source.id, apart
        if key not in self._placers:
            self._placers[key] = Placer(self._times(account, apart=apart))
        return self._placers[key]

    def _times(self, account: Account, *, apart: bool) -> TextTimes:
        """The times of an account; what is `apart` from the event is not on its days unless that is said."""
        source = account.info.source
        known = known_of(self._view, source.id, self.event.id)
        frame, doubts = known.frame, list(_of_zones(self.event, source.observed_from, known.frame.begins))
        if known.by_event and frame.day is not None:
            if apart:
                frame = replace(frame, day=None)
            elif self.hours is not None and self.hours[0].date() != self.hours[1].date():
                doubts.append("It is not said on which day it was observed: the first of the event is taken.")
        return TextTimes(times_in(self._view, source.id, frame).placed, frame, tuple(doubts))


def _of_zones(event: Event, observed_from: str | None, begins: datetime | None) -> Iterable[str]:
    """What is doubtful about an account that was observed by other clocks than those of the event."""
    if begins is None or observed_from is None:
        return
    given = datetime.fromisoformat(observed_from)
    if given.tzinfo is None or event.zone is None:
        return
    if given.utcoffset() != begins.utcoffset():
        yield (
            f"It says from {given:%H:%M} at {given:%z}, and the event is in {event.zone} ({begins:%z}): the times in "
            "the text are taken for those of the event."
        )


# --- hours on one clock ----------------------------------------------------------------------------------------------


def session_hours(session: Session, event: Event) -> Hours | None:
    """When a session ran by the event's clocks; a day without a time is none."""
    return _by_clock(hours_of(session.starts, session.ends, event.zone), event)


def event_hours(event: Event) -> Hours | None:
    """From when to when an event was by its clocks; a day without a time is the whole of it."""
    return _by_clock(days_of(event.starts, event.ends, event.zone), event)


def _by_clock(hours: Hours | None, event: Event) -> Hours | None:
    """In the zone of the event; where it has none, as the clocks said there, as `known_of` takes times then.

    What is said to end before it began is taken for its beginning, as what has no end is.
    """
    if hours is None:
        return None
    if event.zone is None:
        hours = hours[0].replace(tzinfo=None), hours[1].replace(tzinfo=None)
    else:
        zone = ZoneInfo(event.zone)
        hours = hours[0].astimezone(zone), hours[1].astimezone(zone)
    begins, ends = hours
    return (begins, ends) if instant(begins) <= instant(ends) else (begins, begins)
