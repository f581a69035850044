"""Moments and their anchors, as they are listed."""

from collections import Counter
from typing import NamedTuple

from polyvocal.domain.moments import Divergence, Moment, MomentAnchor
from polyvocal.domain.spans import Span
from polyvocal.domain.versions import led
from polyvocal.domain.words import Alignment
from polyvocal.services.queries.called import moment_named
from polyvocal.services.queries.moments import moments_in_order
from polyvocal.services.queries.setting import load_setting
from polyvocal.store.view import View


class MomentRow(NamedTuple):
    """A moment in the order of its event; `begins` and `ends` as ISO 8601, told by its window, session or anchors.

    `why` says what is missing where no time is known.
    """

    id: int
    title: str
    event: str
    session: str | None
    begins: str | None
    ends: str | None
    told_by: Alignment | None
    why: str | None
    anchors: int
    divergences: int


class AnchorRow(NamedTuple):
    """What is marked by hand as an account of a moment, [start, end) of the current version; `gone` without words."""

    id: int
    moment: str
    source: int
    source_title: str
    observers: tuple[str, ...]
    start: int
    end: int
    gone: bool
    marked_by: str | None
    text: str


def list_moments(view: View) -> list[MomentRow]:
    """Every moment, event by event, in order."""
    divergences = Counter(one.moment for one in view.all(Divergence))
    return [
        MomentRow(
            one.id,
            one.title,
            one.event,
            one.session,
            one.begins.isoformat() if one.begins is not None else None,
            one.ends.isoformat() if one.ends is not None else None,
            one.told_by,
            one.why,
            one.anchors,
            divergences[one.id],
        )
        for one in moments_in_order(view)
    ]


def list_anchors(view: View) -> list[AnchorRow]:
    """Everything that is marked by hand, by source and place."""
    setting = load_setting(view)
    called = {
        one.id: moment_named(
            one, (setting.sessions[one.session] if one.session is not None else setting.events[one.event]).title
        )
        for one in view.all(Moment)
    }
    of: dict[int, list[MomentAnchor]] = {}
    for one in view.all(MomentAnchor):
        of.setdefault(one.version, []).append(one)
    rows = []
    for info in setting.sources:
        mine = [one for version in info.versions for one in of.get(version.id, ())]
        places = {one.id: place for place, one in led(info.versions, mine)}
        for one in sorted(mine, key=lambda one: (one.id not in places, places.get(one.id, Span(0, 0)), one.id)):
            place = places.get(one.id)
            version, (start, end) = info.shown(one, place)
            rows.append(
                AnchorRow(
                    one.id,
                    called[one.moment],
                    info.source.id,
                    info.source.title,
                    tuple(author.name for author in info.authors),
                    start,
                    end,
                    place is None,
                    setting.people[one.marked_by].name if one.marked_by is not None else None,
                    view.text(version.text_hash)[start:end],
                )
            )
    return rows
