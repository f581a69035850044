"""The stretches of a source, and of all sources, where they are now."""

from typing import NamedTuple

from polyvocal.domain.ids import EventId, SessionId, SourceId, StretchId
from polyvocal.domain.records import Stretch
from polyvocal.domain.spans import Span
from polyvocal.domain.versions import led
from polyvocal.services.queries.passages import about_in_words
from polyvocal.services.queries.setting import Setting, load_setting, setting_around
from polyvocal.store.view import View


class StretchHere(NamedTuple):
    """A part of a text and what it is about, in names.

    `place` is half-open in code points of the current version, None where no words of the stretch are left. A part
    that lies in no stretch has no `id`: what it is about is the source's own, of several events joined by semicolons.
    """

    id: StretchId | None
    place: Span | None
    event: str | None
    session: str | None
    phase: str | None
    event_id: EventId | None = None
    session_id: SessionId | None = None
    marked_by: str | None = None

    @property
    def label(self) -> str:
        """What it is about, in short: "Plenary, during"; the event where neither is said."""
        return ", ".join(filter(None, (self.session, self.phase))) or self.event or ""


def stretches_here(view: View, source: SourceId) -> tuple[StretchHere, ...]:
    """The parts of a source in the order of its text: stretches, and what lies in none; stretches without words last.

    Empty where the source is not there, or has no stretches.
    """
    setting = setting_around(view, [source])
    if not setting.sources:
        return ()
    (info,) = setting.sources
    stretches = view.among(Stretch, "version", [one.id for one in info.versions])
    if not stretches:
        return ()
    places = {one.id: place for place, one in led(info.versions, stretches)}
    found = [_stretch(setting, one, places.get(one.id)) for one in stretches]
    event, session, phase = about_in_words(setting, info.occasions)
    found += [
        StretchHere(None, Span(run.start, run.end), event, session, phase)
        for run in info.runs
        if not any(isinstance(one, Stretch) for one in run.relations)
    ]
    return tuple(sorted(found, key=lambda one: (one.place is None, one.place or Span(0, 0), one.id or 0)))


def stretch_labels(view: View, source: SourceId) -> list[tuple[int, int, str]]:
    """(start, end, label) of the stretches of a source in its current text, in order: for what paints them."""
    here = stretches_here(view, source)
    return [(*one.place, one.label) for one in here if one.id is not None and one.place is not None]


def _stretch(setting: Setting, one: Stretch, place: Span | None) -> StretchHere:
    return StretchHere(
        one.id,
        place,
        setting.events[one.event].title,
        setting.sessions[one.session].title if one.session is not None else None,
        one.phase,
        one.event,
        one.session,
        setting.people[one.marked_by].name if one.marked_by is not None else None,
    )


class StretchRow(NamedTuple):
    """A stretch, as it is listed: half-open in code points of the current version; `gone` where no words are left."""

    id: int
    source: int
    source_title: str
    start: int
    end: int
    gone: bool
    event: str
    session: str | None
    phase: str | None
    marked_by: str | None


def list_stretches(view: View) -> list[StretchRow]:
    """Every stretch, by source and place."""
    setting = load_setting(view)
    of: dict[int, list[Stretch]] = {}
    for one in view.all(Stretch):
        of.setdefault(one.version, []).append(one)
    rows = []
    for info in setting.sources:
        mine = [one for version in info.versions for one in of.get(version.id, ())]
        places = {one.id: place for place, one in led(info.versions, mine)}
        for one in sorted(mine, key=lambda one: (one.id not in places, places.get(one.id, Span(0, 0)), one.id)):
            here = _stretch(setting, one, places.get(one.id))
            start, end = here.place or (one.start, one.end)
            rows.append(
                StretchRow(
                    one.id,
                    info.source.id,
                    info.source.title,
                    start,
                    end,
                    here.place is None,
                    here.event or "",
                    here.session,
                    here.phase,
                    here.marked_by,
                )
            )
    return rows
