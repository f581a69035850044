"""Coded passages, one by one, as many as there are."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from polyvocal.domain.editmap import EditMap
from polyvocal.domain.ids import CodingId
from polyvocal.domain.passages import CodedPassage, PassageFilter, StanceRow
from polyvocal.domain.records import Concern, Person, SourceVersion, Stance
from polyvocal.domain.spans import Span, touches
from polyvocal.domain.stretches import Relation
from polyvocal.domain.versions import map_between
from polyvocal.services.queries.cases import without_attributes
from polyvocal.services.queries.layers import layered
from polyvocal.services.queries.setting import Setting, SourceInfo, load_setting
from polyvocal.store.codings import codings_of, concerns_of, stances_of
from polyvocal.store.view import View

EVERYTHING = PassageFilter()


def coded_passages(
    view: View,
    chosen: PassageFilter = EVERYTHING,
    *,
    setting: Setting | None = None,
    only: Collection[CodingId] | None = None,
) -> Iterator[CodedPassage]:
    """The codings that a filter means, by source (in the order of titles) and place; in memory one source at a time.

    With `only` just those of them that are among some.
    """
    setting = setting or load_setting(view)
    chosen = without_attributes(view, chosen)
    concerned = chosen.concerns, chosen.groups, chosen.participants
    with_concerns, with_stances = view.count(Concern) > 0, view.count(Stance) > 0
    paths = {code: setting.code_path(code) for code in setting.codes}
    layers = layered(view, setting.sources, chosen.layers) if chosen.layers else None
    for info in setting.sources:
        if not source_is_meant(info, chosen) or (layers is not None and info.source.id not in layers):
            continue
        spans = layers[info.source.id] if layers is not None else None
        head = _Head(setting, info)
        for version in info.versions:
            rows = [
                row
                for row in codings_of(view, version.id, only)
                if (not chosen.codes or row[3] in chosen.codes) and (not chosen.coders or row[4] in chosen.coders)
            ]
            if not rows:
                continue
            concerns = concerns_of(view, version.id, only) if with_concerns else {}
            stances = stances_of(view, version.id, only) if with_stances else {}
            places = _Places(view, info, version)
            for identity, start, end, code, coder, created_at in rows:
                about = concerns.get(identity, ())
                taken = stances.get(identity, ())
                if any(wanted and not wanted.intersection(about) for wanted in concerned):
                    continue
                if (chosen.stances or chosen.terms or chosen.actors) and not any(
                    (not chosen.stances or one.stance in chosen.stances)
                    and (not chosen.terms or one.term in chosen.terms)
                    and (not chosen.actors or one.actor in chosen.actors)
                    for one in taken
                ):
                    continue
                shown, at, until, text, gone = places.of(start, end)
                about_what = head.about
                if info.runs or spans is not None:
                    place = NO_WORDS if gone else Span(at, until)
                    if not place_is_meant(info, chosen, spans, place):
                        continue
                    about_what = head.about_of(info.relations_of(*place))
                yield CodedPassage(
                    identity,
                    info.source.id,
                    info.source.title,
                    shown.id,
                    at,
                    until,
                    text,
                    gone,
                    setting.codes[code].name,
                    code,
                    paths[code],
                    setting.people[coder].name,
                    head.observers,
                    head.standing,
                    *about_what,
                    tuple(setting.party(one) for one in about),
                    tuple(
                        StanceRow(
                            setting.party(one.actor),
                            one.stance,
                            setting.terms[one.term].name,
                            setting.party(one.toward) if one.toward else None,
                        )
                        for one in taken
                    ),
                    created_at,
                )


def source_is_meant(info: SourceInfo, chosen: PassageFilter) -> bool:
    """Whether passages of a source can satisfy the filter, as far as the source decides it."""
    if chosen.sources and info.source.id not in chosen.sources:
        return False
    if chosen.kinds and info.source.kind not in chosen.kinds:
        return False
    if (chosen.observers or chosen.standings) and not authors_meant(info, chosen):
        return False
    return not asks_for_relation(chosen) or bool(relations_meant(info.relations, chosen))


def asks_for_relation(chosen: PassageFilter) -> bool:
    """Whether a filter asks where a passage stands to events."""
    return bool(chosen.events or chosen.sessions or chosen.phases)


NO_WORDS = Span(0, 0)
"""The place of a passage of which no words are left."""


def place_is_meant(info: SourceInfo, chosen: PassageFilter, layered: Sequence[Span] | None, place: Span) -> bool:
    """Whether a passage at a place of the current text satisfies the filter, as far as its place decides it.

    `layered` are the spans of the layers that the filter asks for, None where it asks for none.
    """
    if layered is not None and not touches(layered, *place):
        return False
    return not info.runs or not asks_for_relation(chosen) or bool(relations_meant(info.relations_of(*place), chosen))


def authors_meant(info: SourceInfo, chosen: PassageFilter) -> tuple[Person, ...]:
    """The authors of a source who are both: one of the observers that are asked for, and of a standing asked for."""
    if not chosen.observers and not chosen.standings:
        return info.authors
    return tuple(
        author
        for author in info.authors
        if (not chosen.observers or author.id in chosen.observers)
        and (not chosen.standings or author.standing in chosen.standings)
    )


def relations_meant(relations: tuple[Relation, ...], chosen: PassageFilter) -> tuple[Relation, ...]:
    """The relations that are all of it: of an event, a session and a phase that are asked for."""
    if not asks_for_relation(chosen):
        return relations
    return tuple(
        one
        for one in relations
        if (not chosen.events or one.event in chosen.events)
        and (not chosen.sessions or one.session in chosen.sessions)
        and (not chosen.phases or one.phase in chosen.phases)
    )


About = tuple[str | None, str | None, str | None]
"""Events, sessions and phases in words."""


def about_in_words(setting: Setting, relations: Iterable[Relation]) -> About:
    """To which events, sessions and phases relations are, each once, in their order."""
    events: dict[str, None] = {}
    sessions: dict[str, None] = {}
    phases: dict[str, None] = {}
    for one in relations:
        events[setting.events[one.event].title] = None
        if one.session is not None:
            sessions[setting.sessions[one.session].title] = None
        if one.phase is not None:
            phases[one.phase] = None
    return "; ".join(events) or None, "; ".join(sessions) or None, "; ".join(phases) or None


class _Head:
    """What is the same for all passages of a source, or for all those of the same relations."""

    def __init__(self, setting: Setting, info: SourceInfo) -> None:
        self._setting = setting
        self._known: dict[tuple[int, ...], About] = {}
        self.observers = tuple(author.name for author in info.authors)
        self.standing = info.standing
        self.about = about_in_words(setting, info.occasions)

    def about_of(self, relations: tuple[Relation, ...]) -> About:
        """To which event, session and phase some relations are."""
        key = tuple(one.id for one in relations)
        if key not in self._known:
            self._known[key] = about_in_words(self._setting, relations)
        return self._known[key]


class _Places:
    """Where passages of one version are in the current one."""

    def __init__(self, view: View, info: SourceInfo, version: SourceVersion) -> None:
        self._view, self._version, self._current = view, version, info.current
        self._map = (
            EditMap() if version.id == self._current.id else map_between(info.versions, version.id, self._current.id)
        )
        self._text = view.text(self._current.text_hash)
        self._old: str | None = None

    def of(self, start: int, end: int) -> tuple[SourceVersion, int, int, str, bool]:
        """(version, start, end, text, gone): in the current version, or where it was made if its words are gone."""
        if not self._map.stages:
            return self._current, start, end, self._text[start:end], False
        place = self._map.place(Span(start, end))
        if place is not None:
            return self._current, place.start, place.end, self._text[place.start : place.end], False
        if self._old is None:
            self._old = self._view.text(self._version.text_hash)
        return self._version, start, end, self._old[start:end], True
