"""Where a passage stands on a score, worked out the slow way: every mark and every session is asked for every passage.

Times are seconds; what nothing bounds is infinite. The order in which marks count is `timeline`'s, which has tests of
its own; all else is the rule of `domain.score`, written down a second time.
"""

from datetime import UTC, date, datetime
from math import inf
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from polyvocal.domain.records import Event, Occasion, Session, Source, Stretch, TimeMark
from polyvocal.domain.spans import Span
from polyvocal.domain.timeline import Frame, Mark, timeline
from polyvocal.domain.versions import map_between
from tests.services.compare_oracle import Oracle

Hours = tuple[float, float]


class Expected(NamedTuple):
    """How a passage is placed, within which seconds, and whether anything is doubtful about it."""

    placing: str
    earliest: float
    latest: float
    doubtful: bool


def expected_place(oracle: Oracle, source: Source, span: Span, event: Event) -> Expected:
    """Where [start, end) of the current text of a source stands on the score of an event."""
    zone = ZoneInfo(event.zone) if event.zone else None
    relations = _relations(oracle, source, span, event)
    phases = {one.phase for one in relations if one.phase is not None}
    phase = next(iter(phases)) if len(phases) == 1 else None
    sessions = {one.session: one for one in relations if one.session is not None}
    of_part = all(isinstance(one, Stretch) for one in sessions.values())
    hours = [ran for one in sessions if (ran := _session(oracle.sessions[one], zone)) is not None]
    ran = (min(one for one, _ in hours), max(one for _, one in hours)) if hours else None
    frame, day_doubt = _frame(oracle, source, event, zone, phase)
    marks = _marks(oracle, source, frame)
    held = _event(event, zone)

    counting = [one for one in marks if one.at is not None and one.counts]
    inside = [one for one in counting if one.mark.start < span.end and one.mark.end > span.start]
    before = [one for one in counting if one.mark.start <= span.start]
    after = [one for one in counting if one.mark.start >= span.end]
    if inside:
        lo, hi = _seconds(inside[0].at), max(_seconds(one.until or one.at) for one in inside)
        return Expected("at its time", lo, hi, _is_doubtful(oracle, source, span, marks, frame, event)
                        or day_doubt or _contradicts(lo, hi, ran, phase, held))  # fmt: skip
    lo = _seconds(before[-1].at) if before else _seconds(frame.begins, -inf)
    hi = _seconds(after[0].at) if after else _seconds(frame.ends, inf)
    if not after and hi < lo:
        hi = inf
    if before and len(before) + len(after) == len(counting) and before[-1].until is not None:
        hi = min(hi, _seconds(before[-1].until))
    troubled = _is_doubtful(oracle, source, span, marks, frame, event)
    if before or after:
        if ran is not None and _meet(lo, hi, ran):
            lo = max(lo, ran[0]) if of_part or lo == -inf else lo
            hi = min(hi, ran[1]) if of_part or hi == inf else hi
        if held is not None and phase == "before" and hi == inf and lo < held[0]:
            hi = held[0]
        if held is not None and phase == "after" and lo == -inf and held[1] < hi:
            lo = held[1]
        return Expected("between two times", lo, hi, troubled or day_doubt or _contradicts(lo, hi, ran, phase, held))
    if ran is not None:
        if _meet(lo, hi, ran):
            lo, hi = max(lo, ran[0]), min(hi, ran[1])
            return Expected("in its session", lo, hi, troubled or _contradicts(lo, hi, None, phase, held))
        return Expected("in its session", *ran, True)
    if lo > -inf or hi < inf:
        return Expected("while it was observed", lo, hi, troubled or _contradicts(lo, hi, None, phase, held))
    return Expected("before or after" if phase in ("before", "after") else "no time told", -inf, inf, troubled)


def _relations(oracle: Oracle, source: Source, span: Span, event: Event) -> list[Any]:
    each = oracle.at_each_place(source)
    found = {one.id: one for place in range(*span) for one in each[place]}
    return [one for one in found.values() if one.event == event.id]


def _frame(oracle: Oracle, source: Source, event: Event, zone: Any, phase: str | None) -> tuple[Frame, bool]:
    """What is known of a source; whether its times are doubtful for the day, or for the clocks, that are taken."""
    about = [one for one in oracle.all(Occasion) if one.source == source.id and one.event == event.id]
    session = oracle.sessions.get(about[0].session) if about and about[0].session else None
    own = source.observed_from or (session.starts if session else None)
    day = _day(own or event.starts, zone)
    guessed = own is None and day is not None
    doubt = False
    if guessed and phase in ("before", "after"):
        day = None
    elif guessed:
        held = _event(event, zone)
        assert held is not None
        doubt = _day_at(held[0], zone) != _day_at(held[1], zone)
    begins, ends = _moment(source.observed_from, zone), _moment(source.observed_to, zone)
    if zone is not None and source.observed_from and "+03:00" in source.observed_from:
        doubt = True  # no day of these projects has London at +03:00
    return Frame(day, zone, begins, ends), doubt


def _marks(oracle: Oracle, source: Source, frame: Frame) -> Any:
    versions = oracle.versions[source.id]
    found = []
    for one in oracle.all(TimeMark):
        if one.kind != "none" and one.version in {version.id for version in versions}:
            path = map_between(versions, one.version, oracle.current[source.id].id)
            place = path.place(Span(one.start, one.end))
            if place is not None:
                found.append((place, one.id, one))
    return timeline(
        (
            Mark(*place, one.kind, one.clock or "", one.until, date.fromisoformat(one.day) if one.day else None)
            for place, _, one in sorted(found, key=lambda item: item[:2])
        ),
        frame,
    )


def _is_doubtful(oracle: Oracle, source: Source, span: Span, marks: Any, frame: Frame, event: Event) -> bool:
    """Whether a mark within the passage, or where none there counts the nearest on either side, has a trouble."""
    touching = [one for one in marks if one.mark.start < span.end and one.mark.end > span.start]
    looked_at = list(touching)
    if not any(one.at is not None and one.counts for one in touching):
        looked_at += [one for one in marks if one.mark.start <= span.start][-1:]
        looked_at += [one for one in marks if one.mark.start >= span.end][:1]
    return any(one.trouble is not None for one in looked_at)


def _contradicts(lo: float, hi: float, ran: Hours | None, phase: str | None, held: Hours | None) -> bool:
    if ran is not None and not _meet(lo, hi, ran):
        return True
    if held is None:
        return False
    begins, ends = held
    if phase == "before":
        return lo >= begins
    if phase == "after":
        return hi < ends
    return phase == "during" and (hi < begins or lo > ends)


def _meet(lo: float, hi: float, ran: Hours) -> bool:
    return ran[0] <= lo <= ran[1] if lo == hi else lo < ran[1] and ran[0] < hi


# --- moments ---------------------------------------------------------------------------------------------------------


def _session(session: Session, zone: Any) -> Hours | None:
    begins, ends = _moment(session.starts, zone), _moment(session.ends, zone)
    if begins is None:
        return None
    first, last = _seconds(begins), _seconds(ends or begins)
    return (first, last) if first <= last else (first, first)


def _event(event: Event, zone: Any) -> Hours | None:
    if event.starts is None:
        return None
    ends = event.ends or event.starts
    first = event.starts if "T" in event.starts else f"{event.starts}T00:00"
    last = ends if "T" in ends else f"{ends}T23:59:59"
    return _seconds(_moment(first, zone)), _seconds(_moment(last, zone))


def _moment(text: str | None, zone: Any) -> datetime | None:
    if text is None or "T" not in text:
        return None
    at = datetime.fromisoformat(text)
    if zone is None:
        return at.replace(tzinfo=None)
    return at.astimezone(zone) if at.tzinfo else at.replace(tzinfo=zone)


def _seconds(at: datetime | None, unknown: float = inf) -> float:
    if at is None:
        return unknown
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()


def _day(text: str | None, zone: Any) -> date | None:
    if text is None:
        return None
    at = _moment(text, zone)
    return at.date() if at else date.fromisoformat(text)


def _day_at(seconds: float, zone: Any) -> date:
    return datetime.fromtimestamp(seconds, zone or UTC).date()
