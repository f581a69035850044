"""Coded passages as a list: which there are, in groups and in an order, without their words."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from polyvocal.domain.codetree import with_descendants
from polyvocal.domain.editmap import EditMap
from polyvocal.domain.ids import CodeId, CodingId, PersonId, SourceId, SourceVersionId
from polyvocal.domain.passages import Aspect, CodedPassage, PassageFilter, PassageQuery, says
from polyvocal.domain.records import Code, Layer, SourceVersion, Stretch
from polyvocal.domain.spans import Span
from polyvocal.domain.versions import map_between
from polyvocal.domain.words import Phase
from polyvocal.services.queries.cases import without_attributes
from polyvocal.services.queries.layers import layered
from polyvocal.services.queries.passage_values import names_of, values_of
from polyvocal.services.queries.passages import (
    NO_WORDS,
    asks_for_relation,
    coded_passages,
    place_is_meant,
    source_is_meant,
)
from polyvocal.services.queries.setting import SourceInfo, setting_around
from polyvocal.store.passages import (
    CodingMeant,
    Tie,
    VersionHead,
    Writer,
    codings_meant,
    codings_perhaps_meant,
    corrected_sources,
    heads_of,
    ids_by_version,
    occasions_of,
    writers_of,
)
from polyvocal.store.view import View

LISTED = 200_000
"""So many passages are listed at most: nobody goes through more."""


class PassageAt(NamedTuple):
    """Where a passage is: half-open code points of `version`.

    That is the source's current one, or, if no words of it are left (`gone`), the one where it was made.
    """

    id: CodingId
    source: SourceId
    version: SourceVersionId
    start: int
    end: int
    code: CodeId
    coder: PersonId
    created_at: int
    gone: bool = False


class Order(StrEnum):
    """How the passages of a group follow one another."""

    EVENTS = "events"
    """As what they tell of happened: by event, phase and session, then by title and place in the text."""
    SOURCES = "sources"
    """By the titles of the sources, then by place in the text."""
    NEWEST = "newest"
    """Those coded last come first."""
    LONGEST = "longest"
    """The longest come first."""


GROUPINGS = (
    Aspect.SOURCE,
    Aspect.CODE,
    Aspect.OBSERVER,
    Aspect.CODER,
    Aspect.PHASE,
    Aspect.SESSION,
    Aspect.STANCE,
)
"""By what passages can be grouped."""


@dataclass(frozen=True, slots=True)
class PassageGroup:
    """Passages that have something in common: its name (empty for those that have no such thing).

    Of a source also who wrote it, from which standings.
    """

    key: int | str | None
    name: str
    codings: tuple[CodingId, ...]
    observers: tuple[str, ...] = ()
    standing: str | None = None


@dataclass(frozen=True, slots=True)
class PassagesListed:
    """What a list shows. A passage stands in each of its groups; `total` counts it once.

    `cut` says that there are more. Where there are none, `without` tells how many there would be without each of the
    things that were asked for (None: the words in the passage), `all_others` without any, and `with_below` if codes
    meant those below them too.
    """

    groups: tuple[PassageGroup, ...]
    total: int
    cut: bool = False
    without: tuple[tuple[Aspect | None, int], ...] = ()
    all_others: int = 0
    with_below: int = 0


def list_passages(
    view: View, query: PassageQuery, *, group_by: Aspect | None = None, order: Order = Order.EVENTS
) -> PassagesListed:
    """The passages that are asked for, in groups and in an order; groups in theirs, the one without a name last."""
    if order in (Order.EVENTS, Order.SOURCES) and group_by in (None, Aspect.SOURCE):
        return _listed_by_source(view, query, group_by, order)
    found = passages_at(view, query)
    if not found:
        return _nothing(view, query)
    ranks = _ranks(view, heads_of(view, {one.version for one in found}).values(), order)
    found.sort(key=_key(order, ranks))
    if group_by is None:
        groups: tuple[PassageGroup, ...] = (PassageGroup(None, "", tuple(one.id for one in found)),)
    elif group_by is Aspect.SOURCE:
        of: dict[SourceId, list[CodingId]] = {}
        for one in found:
            of.setdefault(one.source, []).append(one.id)
        groups = _groups_of_sources(view, of, ranks)
    else:
        groups = tuple(_grouped(view, found, group_by))
    return PassagesListed(groups, len(found), cut=len(found) == LISTED)


def _listed_by_source(view: View, query: PassageQuery, group_by: Aspect | None, order: Order) -> PassagesListed:
    """What is asked for most: passages by source and place. Places are looked at only where they have to be."""
    chosen = meant_by(view, query)
    apart = _told_by_place(view, chosen) | corrected_sources(view)
    closely = bool(chosen.layers or query.wanted) or query.among is not None
    quick = {} if closely else ids_by_version(view, chosen, without=apart, limit=LISTED)
    heads = heads_of(view, quick)
    of = {heads[version].source: ids for version, ids in quick.items()}
    if closely:
        rest = passages_at(view, query)
    else:
        among = apart & chosen.sources if chosen.sources else apart
        rest = passages_at(view, PassageQuery(chosen.but(Aspect.SOURCE, among))) if among else []
    for one in sorted(rest, key=lambda one: (one.gone, one.start, -one.end, one.id)):
        of.setdefault(one.source, []).append(one.id)
    total = sum(map(len, of.values()))
    if not total:
        return _nothing(view, query)
    ranks = _ranks(view, (heads | heads_of(view, {one.version for one in rest})).values(), order)
    if group_by is None:
        groups: tuple[PassageGroup, ...] = (
            PassageGroup(None, "", tuple(coding for one in sorted(of, key=ranks.__getitem__) for coding in of[one])),
        )
    else:
        groups = _groups_of_sources(view, of, ranks)
    return PassagesListed(groups, total, cut=total >= LISTED)


def _groups_of_sources(
    view: View, of: Mapping[SourceId, Sequence[CodingId]], ranks: "_Ranks"
) -> tuple[PassageGroup, ...]:
    writers = {source: tuple(by) for source, by in writers_of(view, of).items()}

    @cache  # the same few people wrote many sources
    def told(by: tuple[Writer, ...]) -> tuple[tuple[str, ...], str | None]:
        standings = dict.fromkeys(one.standing for one in by if one.standing)
        return tuple(one.name for one in by), ", ".join(standings) or None

    return tuple(
        PassageGroup(source, ranks.titles[source], tuple(of[source]), *told(writers.get(source, ())))
        for source in sorted(of, key=ranks.__getitem__)
    )


def _nothing(view: View, query: PassageQuery) -> PassagesListed:
    asked: list[Aspect | None] = [*query.asked(), *((None,) if query.wanted else ())]
    if len(asked) < 2:
        without: tuple[tuple[Aspect | None, int], ...] = ()
    else:
        without = tuple((one, len(passages_at(view, query.without(one)))) for one in asked)
    return PassagesListed(
        (),
        0,
        without=without,
        all_others=len(passages_at(view, PassageQuery())) if asked else 0,
        with_below=len(passages_at(view, replace(query, below=True))) if query.chosen.codes else 0,
    )


class _Ranks(dict[SourceId, int]):
    """The place of each source among the others; and their titles."""

    def __init__(self, heads: Iterable[VersionHead], place: Callable[[VersionHead], Any]) -> None:
        self.titles = {head.source: head.title for head in heads}
        found = {head.source: head for head in heads}
        super().__init__((head.source, rank) for rank, head in enumerate(sorted(found.values(), key=place)))


def _ranks(view: View, heads: Collection[VersionHead], order: Order) -> _Ranks:
    ties = occasions_of(view, {head.source for head in heads}) if order is Order.EVENTS else {}
    no_event = ("~", 0, "~")

    def place(head: VersionHead) -> tuple[Any, ...]:
        began = min((_begins(tie) for tie in ties.get(head.source, ())), default=no_event)
        return began, head.title.casefold(), head.source

    return _Ranks(heads, place)


def _begins(tie: Tie) -> tuple[str, int, str]:
    phase = list(Phase).index(tie.phase) if tie.phase is not None else len(Phase)
    return tie.event_starts or "~", phase, tie.session_starts or "~"


def _key(order: Order, ranks: _Ranks) -> Callable[[PassageAt], tuple[Any, ...]]:
    if order is Order.NEWEST:
        return lambda one: (-one.created_at, -one.id)
    if order is Order.LONGEST:
        return lambda one: (one.start - one.end, ranks[one.source], one.start, one.id)
    return lambda one: (ranks[one.source], one.gone, one.start, -one.end, one.id)


def _grouped(view: View, found: Sequence[PassageAt], aspect: Aspect) -> Iterator[PassageGroup]:
    values = values_of(view, aspect, found)
    members: dict[Any, list[CodingId]] = {}
    for one in found:
        for key in values(one) or (None,):
            members.setdefault(key, []).append(one.id)
    for key, name in (names_of(view, aspect, members) | {None: ""}).items():
        if key in members:
            yield PassageGroup(key, name, tuple(members[key]))


def count_values(view: View, query: PassageQuery, aspect: Aspect) -> tuple[tuple[Any, str, int], ...]:
    """(value, name, passages) of all values of an aspect, in order: how many there would be with just that value.

    What is asked for of the aspect itself does not count, all else does.
    """
    others = query.without(aspect)
    found = passages_at(view, others)
    values = values_of(view, aspect, found, others.chosen)
    counts = Counter(value for one in found for value in set(values(one)))
    return tuple((value, name, counts[value]) for value, name in names_of(view, aspect).items())


# --- which there are -------------------------------------------------------------------------------------------------


def meant_by(view: View, query: PassageQuery) -> PassageFilter:
    """The filter of a query, by ids alone; with the codes below those that it names where these are meant too."""
    chosen = without_attributes(view, query.chosen)
    if not query.below or not chosen.codes:
        return chosen
    codes = view.all(Code)
    return chosen.but(Aspect.CODE, {below for one in chosen.codes for below in with_descendants(codes, one)})


def listed_passages(view: View, query: PassageQuery) -> Iterator[CodedPassage]:
    """The passages that a query asks for, whole, as `coded_passages` gives them."""
    wanted = query.wanted
    found = coded_passages(view, meant_by(view, query), only=query.among)
    return (one for one in found if not wanted or says(one.text, wanted))


def passages_at(view: View, query: PassageQuery) -> list[PassageAt]:
    """Where the passages are that a query asks for, in no particular order; at most LISTED."""
    chosen = meant_by(view, query)
    by_place = _told_by_place(view, chosen)
    limit = -1 if query.wanted or by_place or query.among is not None else LISTED
    rows = [] if chosen.layers else codings_meant(view, chosen, without=by_place, limit=limit)
    rows += codings_perhaps_meant(view, chosen, by_place) if by_place else []
    if query.among is not None:
        rows = [row for row in rows if row.id in query.among]
    heads = heads_of(view, {row.version for row in rows})
    moved = (by_place | corrected_sources(view)) & {head.source for head in heads.values()}
    followed = _Followed(view, chosen, moved, by_place)
    found = [place for row in rows if (place := followed.place(row, heads[row.version].source)) is not None]
    if query.wanted:
        found = _with_words(view, found, query.wanted)
    return found[:LISTED]


def _with_words(view: View, found: list[PassageAt], wanted: Collection[str]) -> list[PassageAt]:
    heads = heads_of(view, {one.version for one in found})

    @cache
    def text_of(version: int) -> str:
        return view.text(heads[version].text_hash)

    return [one for one in found if says(text_of(one.version)[one.start : one.end], wanted)]


def _told_by_place(view: View, chosen: PassageFilter) -> set[SourceId]:
    """The sources of which only the places of passages tell which are meant: they have stretches, or layers."""
    marks: list[Stretch] | list[Layer] = []
    if chosen.layers:
        marks = view.among(Layer, "layer", chosen.layers)
    elif asks_for_relation(chosen):
        marks = view.all(Stretch)
    found = {one.source for one in view.among(SourceVersion, "id", {one.version for one in marks})}
    return found & chosen.sources if chosen.sources else found


class _Followed:
    """Leads codings to the current text, and tells of those in some sources by their places whether they are meant."""

    def __init__(self, view: View, chosen: PassageFilter, moved: set[SourceId], by_place: set[SourceId]) -> None:
        self._chosen, self._by_place = chosen, by_place
        infos = setting_around(view, moved).sources if moved else ()
        self._infos: dict[int, SourceInfo] = {version.id: info for info in infos for version in info.versions}
        self._layers = layered(view, infos, chosen.layers) if chosen.layers else None
        self._maps: dict[int, EditMap] = {}
        self._meant = {info.source.id for info in infos if source_is_meant(info, chosen)}

    def place(self, row: CodingMeant, source: SourceId) -> PassageAt | None:
        """Where a coding in a source is now; None if it is not meant."""
        info = self._infos.get(row.version)
        if info is None:
            return PassageAt(row.id, source, row.version, row.start, row.end, *row[4:])
        path = self._maps.get(row.version)
        if path is None:
            path = self._maps[row.version] = map_between(info.versions, row.version, info.current.id)
        place = path.place(Span(row.start, row.end))
        if source in self._by_place:
            spans = self._layers.get(source, []) if self._layers is not None else None
            if source not in self._meant or not place_is_meant(info, self._chosen, spans, place or NO_WORDS):
                return None
        if place is None:
            return PassageAt(row.id, source, row.version, row.start, row.end, *row[4:], gone=True)
        return PassageAt(row.id, source, info.current.id, place.start, place.end, *row[4:])
