"""Moments: stretches of an event of which several observers wrote, and their accounts of them, marked by hand."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import EventId, MomentId, PersonId
from polyvocal.domain.moments import Moment, MomentAnchor
from polyvocal.domain.records import Event, Session
from polyvocal.domain.spans import Span
from polyvocal.domain.text import clean_name, shown
from polyvocal.domain.versions import led
from polyvocal.services.commands.passage import Passage, Text, text_of
from polyvocal.services.commands.setting import ensure_event, ensure_session, refuse_backwards
from polyvocal.services.commands.windows import day_of, refuse_doubtful, refuse_over_midnight, time_said
from polyvocal.services.references import kind_named, resolve
from polyvocal.store.file import ProjectFile
from polyvocal.store.unit import Unit

TIES: Final = ("event", "session", "starts", "ends")
"""What of a moment is set together: none of them means anything without the others."""


def add_moment(
    file: ProjectFile,
    *,
    title: str | None = None,
    event: str | None = None,
    session: str | None = None,
    starts: str | None = None,
    ends: str | None = None,
    passages: Sequence[Passage] = (),
) -> ChangeSet:
    """Enter a moment: a session, a time window, a window of a session; or what anchors are to mark, under a title.

    The event need not be named where the session says it, or the project has only one; it is made if not there, and
    so is a session of it. Times are in the event's zone, as those of a session are; one without a day is on that of
    the session or the event, where these are on one. `passages` become its anchors. Raises UserError where a moment
    would be nothing that can be told from the event, for times that are none, and as `add_anchors` does.
    """

    def work(unit: Unit) -> None:
        words = {"event": event, "session": session, "starts": starts, "ends": ends}
        moment = Moment(
            id=unit.new_id(),
            title=clean_name(title, "moment") if title else None,
            **_said(unit, None, {name: word for name, word in words.items() if word}),
        )
        refuse_nothing(moment)
        unit.add(moment)
        for passage in passages:
            _mark(unit, moment, passage)

    return file.write("add moment", work)


def add_anchors(file: ProjectFile, *, moment: str, passages: Sequence[Passage]) -> ChangeSet:
    """Mark passages as the accounts that their sources give of a moment, as one operation.

    Raises UserError for a span that is not in the text, and where it overlaps an anchor of the same moment.
    """

    def work(unit: Unit) -> None:
        whole: Moment = resolve(unit, kind_named("moment"), moment)
        for passage in passages:
            _mark(unit, whole, passage)

    return file.write("add anchors", work)


def remove_anchors(file: ProjectFile, anchors: Sequence[str]) -> ChangeSet:
    """Take away marks of moments, as one operation. Raises UserError for one that is not there."""

    def work(unit: Unit) -> None:
        for reference in anchors:
            anchor: MomentAnchor = resolve(unit, kind_named("anchor"), reference)
            unit.remove(anchor)

    return file.write("remove anchor", work)


def set_place(unit: Unit, moment: Moment, words: Mapping[str, str]) -> None:
    """Set where in its event a moment is, within an operation that is open; an empty word empties what it is for.

    A session of another event does not stay. Raises UserError as `add_moment` does.
    """
    unit.change(moment, **_said(unit, moment, words))


def take_moments_along(unit: Unit, session: Session, event: EventId) -> None:
    """Let the moments that are a session, or in it, follow it into another event."""
    for moment in unit.find(Moment, session=session.id):
        unit.change(moment, event=event)


def refuse_marked(unit: Unit, text: Text, span: Span, moment: MomentId, but: int | None = None) -> None:
    """Raise UserError where a span overlaps an anchor of a moment, unless that is the one with the id `but`."""
    there = (one for version in text.versions for one in unit.find(MomentAnchor, version=version.id, moment=moment))
    for place, one in led(text.versions, there):
        if one.id != but and place.overlaps(span):
            raise UserError(
                f"{span.start} to {span.end} of {shown(text.source.title)} overlaps what is marked of the same moment "
                f"already, from {place.start} to {place.end} ({one.id}): move the ends of that, or remove it first"
            )


def _mark(unit: Unit, moment: Moment, passage: Passage) -> None:
    text = text_of(unit, passage.source)
    span = text.now(Span(passage.start, passage.end), passage.seen)
    refuse_marked(unit, text, span, moment.id)
    unit.add(
        MomentAnchor(
            id=unit.new_id(),
            moment=moment.id,
            version=text.version.id,
            start=span.start,
            end=span.end,
            marked_by=PersonId(unit.person) if unit.person is not None else None,
        )
    )


def _said(unit: Unit, old: Moment | None, words: Mapping[str, str]) -> dict[str, Any]:
    """What words say of where a moment is, as fields of it; what they do not name stays as it was."""
    event = ensure_event(unit, words["event"]) if words.get("event") else None
    if event is None and "event" in words:
        raise UserError("a moment is of an event: name another, or remove the moment")
    if event is None and old is not None and "session" not in words:
        event = unit.need(Event, old.event)
    session = unit.need(Session, old.session) if old is not None and old.session is not None else None
    if "session" in words:
        session = ensure_session(unit, words["session"], event) if words["session"] else None
    elif session is not None and event is not None and session.event != event.id:
        session = None
    if event is None:
        event = unit.need(Event, session.event) if session is not None else _event(unit, old)
    zone_day = day_of(session, event)
    window = {
        name: time_said(words[name], f"the {what} of the moment", zone_day)
        if name in words
        else getattr(old, name, None)
        for name, what in (("starts", "start"), ("ends", "end"))
    }
    if window["ends"] is not None and window["starts"] is None:
        raise UserError("a window that ends begins, too: say from when the moment goes")
    refuse_over_midnight(window["starts"], window["ends"], words.get("ends"))
    refuse_backwards(window["starts"], window["ends"], "moment")
    refuse_doubtful(window["starts"], window["ends"], event, session)
    return {"event": event.id, "session": session.id if session is not None else None, **window}


def _event(unit: Unit, old: Moment | None) -> Event:
    if old is not None:
        return unit.need(Event, old.event)
    events = unit.all(Event)
    if len(events) != 1:
        raise UserError("a moment is a stretch of an event: say with --event TITLE, or by its session, of which")
    return events[0]


def refuse_nothing(moment: Moment) -> None:
    """Raise UserError for a moment that nothing tells from its event."""
    if moment.session is None and moment.starts is None and moment.title is None:
        raise UserError(
            "a moment is a session or a time window of its event; where anchors are to mark it in the accounts, it "
            "needs a title: give one of the three"
        )
