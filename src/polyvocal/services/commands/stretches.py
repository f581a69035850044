"""Stretches: parts of a text that are about another session, phase or event than the source as a whole."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import EventId, PersonId, SessionId, SourceVersionId
from polyvocal.domain.records import Event, Occasion, Session, SourceVersion, Stretch
from polyvocal.domain.spans import Span
from polyvocal.domain.stretches import phase_of
from polyvocal.domain.text import shown
from polyvocal.domain.versions import led
from polyvocal.domain.words import Phase
from polyvocal.services.commands.passage import Passage, Text, text_of
from polyvocal.services.commands.removal import remove_free
from polyvocal.services.commands.setting import ensure_event, ensure_session
from polyvocal.store.file import ProjectFile
from polyvocal.store.unit import Unit


class Relation(NamedTuple):
    """What a stretch is about, in names: an event, a session of it, and before, during or after."""

    event: str | None = None
    session: str | None = None
    phase: Phase | None = None


class Cut(NamedTuple):
    """From the code point `at` up to the next cut (the end, for the last): a session and a phase, or the default."""

    at: int
    session: str | None = None
    phase: Phase | None = None


class _About(NamedTuple):
    event: EventId
    session: SessionId | None
    phase: Phase | None


def add_stretch(file: ProjectFile, passage: Passage, relation: Relation) -> ChangeSet:
    """Say that a passage is about a session or a phase of an event, or about an event.

    Event and session are made if they are not there. The event need not be named where the source is about just one,
    the session says it, or the project has only one; a phase that is not said is that in which the session is. Raises
    UserError for a span that is not in the text, where it overlaps a stretch about the same event, and where the
    session is one of another event.
    """

    def work(unit: Unit) -> None:
        text = text_of(unit, passage.source)
        about = _about(unit, text, relation)
        _add(unit, text, text.now(Span(passage.start, passage.end), passage.seen), about)

    return file.write("add stretch", work)


def cut_into_stretches(
    file: ProjectFile,
    *,
    source: str,
    cuts: Sequence[Cut],
    event: str | None = None,
    seen: SourceVersionId | None = None,
) -> ChangeSet:
    """Cut a whole text anew into stretches about one event, as one operation.

    The stretches about it that there were are removed; those about other events stay. What has neither a session nor a
    phase keeps the source's own. Raises UserError for places that are not in the text or stand twice, and where a memo
    is about a stretch that would go.
    """

    def work(unit: Unit) -> None:
        text = text_of(unit, source)
        named = next((cut for cut in cuts if cut.session or cut.phase), Cut(0))
        whole = _about(unit, text, Relation(event, named.session, named.phase))
        remove_free(unit, *(stretch for _, stretch in _of_event(unit, text, whole.event)))
        length = text.seen_as(seen).length
        ordered = sorted(cuts, key=lambda cut: cut.at)
        for cut, (end, *_) in pairwise([*ordered, Cut(length)]):
            if not 0 <= cut.at < end <= length:
                raise UserError(
                    f"{shown(text.source.title)} cannot be cut at {cut.at}: each place is given once, from 0 to "
                    f"{length - 1}"
                )
            if cut.session or cut.phase:
                about = _about(unit, text, Relation(str(whole.event), cut.session, cut.phase))
                _add(unit, text, text.now(Span(cut.at, end), seen), about)

    return file.write("cut into stretches", work)


def cut_at(
    file: ProjectFile, *, source: str, at: int, relation: Relation, seen: SourceVersionId | None = None
) -> ChangeSet:
    """From a place on, up to where the next stretch about the event begins or the one here ends: another relation.

    A stretch that goes on over the place ends there. Raises UserError as `add_stretch` does, and where a memo is about
    the stretch that begins there and would go.
    """

    def work(unit: Unit) -> None:
        text = text_of(unit, source)
        length = text.seen_as(seen).length
        place = text.now(Span(at, length), seen).start
        about = _about(unit, text, relation)
        end = text.version.length
        for span, stretch in _of_event(unit, text, about.event):
            if span.start < place < span.end:
                unit.change(stretch, version=text.version.id, start=span.start, end=place)
                end = min(end, span.end)
            elif span.start == place:
                remove_free(unit, stretch)
                end = min(end, span.end)
            elif span.start > place:
                end = min(end, span.start)
        _add(unit, text, Span(place, end), about)

    return file.write("add stretch", work)


def _about(unit: Unit, text: Text, relation: Relation) -> _About:
    """What is meant, by ids. A phase that is not said is that of the session (`phase_of`).

    An event that is not named is the source's, the session's, or the only one."""
    if not any(relation):
        raise UserError("a stretch is about something: name its session, its phase, or its event")
    event = ensure_event(unit, relation.event) if relation.event else _own_event(unit, text)
    if event is None and relation.session is None:
        raise UserError(
            f"{relation.phase} what? A phase is a relation to an event: say with --event TITLE to which one"
        )
    session = ensure_session(unit, relation.session, event) if relation.session else None
    if event is None and session is not None:
        event = unit.need(Event, session.event)
    assert event is not None
    phase = relation.phase or (phase_of(session, event) if session else None)
    return _About(event.id, session.id if session else None, phase)


def _own_event(unit: Unit, text: Text) -> Event | None:
    events = {one.event for one in unit.find(Occasion, source=text.source.id)}
    if not events:
        events = {one.id for one in unit.all(Event)}
    return unit.need(Event, events.pop()) if len(events) == 1 else None


def _of_event(unit: Unit, text: Text, event: EventId) -> list[tuple[Span, Stretch]]:
    """The stretches of a text about an event, where they are now."""
    return sorted(
        led(
            text.versions,
            (one for version in text.versions for one in unit.find(Stretch, version=version.id, event=event)),
        ),
        key=lambda one: one[0],
    )


def _add(unit: Unit, text: Text, span: Span, about: _About) -> None:
    refuse_overlap(unit, text, span, about.event)
    unit.add(
        Stretch(
            id=unit.new_id(),
            version=text.version.id,
            start=span.start,
            end=span.end,
            **about._asdict(),
            marked_by=PersonId(unit.person) if unit.person is not None else None,
        )
    )


def refuse_overlap(unit: Unit, text: Text, span: Span, event: EventId, but: int | None = None) -> None:
    """Raise UserError where a span overlaps a stretch about an event, unless that is the one with the id `but`."""
    for other, stretch in _of_event(unit, text, event):
        if stretch.id != but and span.overlaps(other):
            raise UserError(
                f"{span.start} to {span.end} of {shown(text.source.title)} overlaps the stretch from {other.start} to "
                f"{other.end} ({_called(unit, stretch)}, {stretch.id}), which is about the same event: change or "
                "remove that one, or give other ends"
            )


def _called(unit: Unit, stretch: Stretch) -> str:
    session = unit.need(Session, stretch.session).title if stretch.session is not None else None
    return ", ".join(filter(None, (session and shown(session), stretch.phase))) or shown(
        unit.need(Event, stretch.event).title
    )


def set_about(unit: Unit, stretch: Stretch, words: Mapping[str, str]) -> None:
    """Set what a stretch is about to what the words say, within an operation that is open.

    `words` may have event, session and phase; an empty word empties session or phase. A session of another event does
    not stay. Raises UserError as `add_stretch` does.
    """
    if "event" in words and not words["event"]:
        raise UserError("a stretch is about an event: name another, or remove the stretch")
    event = ensure_event(unit, words["event"]) if "event" in words else unit.need(Event, stretch.event)
    session = unit.need(Session, stretch.session) if stretch.session is not None else None
    if "session" in words:
        session = ensure_session(unit, words["session"], event) if words["session"] else None
    elif session is not None and session.event != event.id:
        session = None
    if event.id != stretch.event:
        version = unit.need(SourceVersion, stretch.version)
        text = text_of(unit, str(version.source))
        for span, _ in led(text.versions, [stretch]):
            refuse_overlap(unit, text, span, event.id, but=stretch.id)
    unit.change(stretch, event=event.id, session=session.id if session else None)


def take_along(unit: Unit, session: Session, event: EventId) -> None:
    """Let the stretches that are about a session follow it into another event. UserError where they would overlap."""
    for stretch in unit.find(Stretch, session=session.id):
        version = unit.need(SourceVersion, stretch.version)
        text = text_of(unit, str(version.source))
        for span, _ in led(text.versions, [stretch]):
            refuse_overlap(unit, text, span, event, but=stretch.id)
        unit.change(stretch, event=event)
