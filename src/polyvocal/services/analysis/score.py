"""One event as a musical score: time runs across, one staff for each observer, passages where they stand in time.

Observers are laid side by side and never scored: the number of passages on a staff says how much was coded there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

from polyvocal.domain.ids import CodeId, CodingId, EventId, PersonId, SessionId, SourceId
from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.records import Event
from polyvocal.domain.score import Placing
from polyvocal.domain.score_axis import TimeAxis
from polyvocal.domain.text import counted
from polyvocal.domain.timeline import seconds_at
from polyvocal.domain.words import CellState, Phase
from polyvocal.services.analysis.axes import PHASES
from polyvocal.services.analysis.caption import counted_over
from polyvocal.services.analysis.dimensions import CODES, OBSERVERS, Along, Dimension
from polyvocal.services.analysis.holdings import Holdings
from polyvocal.services.analysis.matrix import Asked, matrix
from polyvocal.services.analysis.measures import Measure, count
from polyvocal.services.analysis.observers import STATES, ObserverHead
from polyvocal.services.analysis.question import Question, ask
from polyvocal.services.analysis.score_passages import PassageFound, event_hours, passages_found
from polyvocal.services.analysis.score_plan import Beside, PassageMark, Plan, Region, SessionOnScore
from polyvocal.services.analysis.table import laid_out
from polyvocal.services.queries.passages import EVERYTHING
from polyvocal.store.view import View

AS_ONE = 0.01
"""Places that are nearer to each other than so many minutes are one."""


@dataclass(frozen=True, slots=True)
class Staff:
    """An observer's passages, in the order of their places; what is known of the observer where there are none.

    `observer` is None for texts without an observer: nobody's whereabouts are told then.
    """

    observer: PersonId | None
    name: str
    standing: str | None
    head: ObserverHead | None
    marks: tuple[PassageMark, ...]
    sessions: Mapping[SessionId, CellState]
    phases: Mapping[Phase, CellState]


class Doubt(NamedTuple):
    """Something doubtful about where passages of a source stand, or, if not `placed`, why they stand nowhere."""

    source: SourceId
    title: str
    why: str
    codings: tuple[CodingId, ...]
    placed: bool

    @property
    def passages(self) -> int:
        """How many there are: each coding is one, as in the list of them."""
        return len(self.codings)


class CodeSeen(NamedTuple):
    """A code that occurs on the score."""

    name: str
    path: str
    colour: str


class MomentMeant(NamedTuple):
    """What a stretch of the axis is: a session, a window between two times by the event's clocks, or beside the axis.

    Beside the axis it has a `phase`, or, if no time is told there at all, nothing.
    """

    event: EventId
    session: SessionOnScore | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    phase: Phase | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """An event as it is drawn. Places are on the axis, in minutes of what is not folded; times by the event's clocks.

    `nobody` are observers of whom nothing is recorded about this event. `untold` are sessions without a
    time.
    """

    event: EventId
    title: str
    zone: str | None
    hours: tuple[float, float] | None
    axis: TimeAxis
    regions: tuple[Region, ...]
    sessions: tuple[SessionOnScore, ...]
    untold: Mapping[SessionId, str]
    staves: tuple[Staff, ...]
    nobody: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    codes: Mapping[CodeId, CodeSeen]
    people: Mapping[int, str]
    titles: Mapping[SourceId, str]
    filters: dict[str, list[str]]
    chosen: PassageFilter
    caption: str

    @property
    def clock(self) -> tzinfo:
        """By which clocks times are told; those without a zone are held as if it were UTC."""
        return ZoneInfo(self.zone) if self.zone is not None else UTC

    @property
    def left(self) -> float:
        """Where the score begins."""
        return min((one.left for one in self.regions), default=self.axis.left)

    @property
    def right(self) -> float:
        """Where it ends."""
        return max([self.axis.right, *(one.right for one in self.regions)])

    @property
    def session_titles(self) -> dict[SessionId, str]:
        """What all sessions are called, also those without a time."""
        return {one.id: one.title for one in self.sessions} | dict(self.untold)

    @property
    def passages(self) -> int:
        """How many stand on the staves: each coding is one, as in the list; one of two observers counts once."""
        return len({coding for staff in self.staves for mark in staff.marks for coding in mark.codings})

    @property
    def in_doubt(self) -> int:
        """How many passages are placed with a doubt, or not placed; one with several doubts counts once."""
        return len({coding for one in self.doubts for coding in one.codings})

    def moment(self, left: float, right: float) -> MomentMeant:
        """What a stretch of the axis is; a window in whole minutes."""
        for one in self.sessions:
            if abs(one.left - left) < AS_ONE and abs(one.right - right) < AS_ONE:
                return MomentMeant(self.event, one, one.starts, one.ends)
        for region in self.regions:
            if region.left - AS_ONE < left and right < region.right + AS_ONE:
                phase = {Beside.BEFORE: Phase.BEFORE, Beside.AFTER: Phase.AFTER}.get(region.what)
                return MomentMeant(self.event, phase=phase)
        starts, ends = (
            datetime.fromtimestamp(round(self.axis.moment(at) / 60) * 60, self.clock) for at in (left, right)
        )
        if self.zone is None:
            starts, ends = starts.replace(tzinfo=None), ends.replace(tzinfo=None)
        return MomentMeant(self.event, None, starts, ends)

    def carried(self, stretch: tuple[float, float], before: "Score") -> tuple[float, float] | None:
        """The same stretch of time, or part beside the axis, on this score as on an earlier one of the same event.

        None where that part is no longer on it: a filter moves the axis, and folds hours that nothing is told of.
        """
        left, right = stretch
        for one in before.regions:
            if one.left - AS_ONE < left and right < one.right + AS_ONE:
                return next(((now.left, now.right) for now in self.regions if now.what == one.what), None)
        first, last = (self.axis.place(before.axis.moment(at)) for at in stretch)
        return (first, last) if first < last or left == right else None

    def within(self, left: float, right: float) -> tuple[CodingId, ...]:
        """The codings of passages that may have been in a stretch of the axis: what bounds them reaches into it."""
        found = (
            mark.codings
            for staff in self.staves
            for mark in staff.marks
            if (mark.left < right and left < mark.right) or left <= mark.left == mark.right <= right
        )
        return tuple(dict.fromkeys(coding for codings in found for coding in codings))


def score(view: View, event: EventId, chosen: PassageFilter = EVERYTHING) -> Score:
    """The score of an event, with the passages that a filter means; events that it asks for are put in its place."""
    return score_of(Holdings(view), event, chosen)


def score_of(held: Holdings, event: EventId, chosen: PassageFilter) -> Score:
    """As `score`, of what is held of a project."""
    chosen = replace(chosen, events=frozenset({event}))
    question = ask(held, chosen)
    found = passages_found(question, event)
    standing = [one for one in found if one.told is not None]
    by_session = _States(held, chosen, Dimension.SESSION)
    by_phase = _States(held, chosen, Dimension.PHASE)
    about = question.setting.events[event]
    hours = event_hours(about)
    plan = Plan(question, event, standing)
    heads = matrix(held, Asked(CODES, OBSERVERS, Measure.PASSAGES, chosen)).heads
    staves, nobody = _staves(plan, standing, heads, (by_session, by_phase))
    return Score(
        event=event,
        title=about.title,
        zone=about.zone,
        hours=(seconds_at(hours[0]), seconds_at(hours[1])) if hours is not None else None,
        axis=plan.axis,
        regions=plan.regions,
        sessions=plan.sessions,
        untold=plan.untold,
        staves=staves,
        nobody=nobody,
        doubts=tuple(_doubts(found)),
        codes=_codes(question, standing),
        people=question.people,
        titles={one.info.source.id: one.info.source.title for one in question.accounts.each},
        filters=ask(held, replace(chosen, events=frozenset())).filter_words(),
        chosen=chosen,
        caption=" ".join((*_told(about, found, plan.untold.values(), nobody), *_counted(question))),
    )


# --- staves ----------------------------------------------------------------------------------------------------------


class _States:
    """What the cells of observers and sessions (or phases) say: those of `compare`."""

    def __init__(self, held: Holdings, chosen: PassageFilter, dimension: Dimension) -> None:
        self._table = matrix(held, Asked(Along(dimension), OBSERVERS, Measure.PASSAGES, chosen))

    @property
    def observers(self) -> tuple[int, ...]:
        """The observers in their order."""
        return self._table.columns.keys

    def of(self, observer: int) -> dict[int, CellState]:
        """What is known of an observer in each session or phase, by its key."""
        place = self.observers.index(observer)
        states = self._table.states[:, place].tolist()
        return {key: STATES[state] for key, state in zip(self._table.rows.keys, states, strict=True)}


def _staves(
    plan: Plan, found: Sequence[PassageFound], heads: Sequence[ObserverHead], states: tuple[_States, _States]
) -> tuple[tuple[Staff, ...], tuple[str, ...]]:
    """A staff for each observer of whom anything is known here, by standing; and who the others are."""
    by_session, by_phase = states
    of: dict[int | None, list[PassageFound]] = {}
    for one in found:
        for author in one.account.authors or (None,):
            of.setdefault(author.id if author is not None else None, []).append(one)
    staves, nobody = [], []
    for observer, head in zip(by_session.observers, heads, strict=True):
        sessions, phases = by_session.of(observer), by_phase.of(observer)
        if not head.accounts and {*sessions.values(), *phases.values()} <= {CellState.NOT_KNOWN}:
            nobody.append(head.observer)
            continue
        staves.append(
            Staff(
                PersonId(observer), head.observer, head.standing, head, plan.marks(of.get(observer, ())),
                {SessionId(key): state for key, state in sessions.items()},
                {PHASES[key]: state for key, state in phases.items()},
            )
        )  # fmt: skip
    if None in of:
        staves.append(Staff(None, "", None, None, plan.marks(of[None]), {}, {}))
    return tuple(staves), tuple(nobody)


def _codes(question: Question, found: Iterable[PassageFound]) -> dict[CodeId, CodeSeen]:
    setting = question.setting
    seen = dict.fromkeys(code for one in found for code in one.codes)
    return {
        code: CodeSeen(setting.codes[code].name, setting.code_path(code), setting.codes[code].colour) for code in seen
    }


def _doubts(found: Sequence[PassageFound]) -> Iterator[Doubt]:
    """By source and reason, in the order in which they come; what is not placed comes first."""
    of: dict[tuple[bool, SourceId, str], list[PassageFound]] = {}
    for one in found:
        source = one.account.info.source.id
        if one.told is None:
            of.setdefault((False, source, "No words of it are left in the text as it is now."), []).append(one)
        for why in one.told.doubts if one.told is not None else ():
            of.setdefault((True, source, why), []).append(one)
    for (placed, source, why), passages in sorted(of.items(), key=lambda item: item[0][0]):
        codings = tuple(coding for one in passages for coding in one.codings)
        yield Doubt(source, passages[0].account.info.source.title, why, codings, placed)


def _told(event: Event, found: Sequence[PassageFound], untold: Iterable[str], nobody: Sequence[str]) -> Iterator[str]:
    """What the marks are, how they are placed, and what is not on the score: sentences of the caption."""
    yield (
        f"Passages of “{event.title}” in time, one staff an observer. A mark is a span with all its codes: each coding "
        "of it is a passage."
    )
    told = [(one.told, len(one.codings)) for one in found if one.told is not None]
    by = {placing: sum(number for one, number in told if one.placing is placing) for placing in Placing}
    passages, placed = sum(len(one.codings) for one in found), sum(number for _, number in told)
    counts = ", ".join(f"{number:,} {placing}" for placing, number in by.items() if number)
    doubtful = sum(number for one, number in told if one.doubts)
    yield f"{counted(passages, 'passage')}{f': {counts}' if counts else ''}."
    yield "Between two times passages follow one another in the order of the text: when each was is not told."
    if doubtful or placed < passages:
        yield f"Placed with a doubt: {doubtful:,}; not placed: {passages - placed:,}; listed with the reasons."
    without = ", ".join(untold)
    if without:
        yield f"Not on the axis, since no time of theirs is known: {without}."
    if nobody:
        yield f"Of {', '.join(nobody)} nothing is recorded here."
    yield "Observers wrote different texts, of different lengths: the staves lie side by side and do not rank."


def _counted(question: Question) -> Iterator[str]:
    """Over which accounts, read by whom, with which filters, when."""
    table = laid_out(question, CODES, Along(Dimension.SOURCE))
    yield from counted_over(table, count(table, Measure.PASSAGES))
