"""What coded passages have of each aspect by which they are chosen and grouped, and what its values are called."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from polyvocal.domain.codetree import in_tree_order, path_of
from polyvocal.domain.passages import Aspect, PassageFilter
from polyvocal.domain.records import (
    Code,
    ConstituentGroup,
    Event,
    Person,
    Session,
    Source,
    SourceVersion,
    Stretch,
    Term,
)
from polyvocal.domain.spans import touches
from polyvocal.domain.words import LayerName, Phase, SourceKind, Standing
from polyvocal.services.queries.layers import layered
from polyvocal.services.queries.passages import EVERYTHING, relations_meant
from polyvocal.services.queries.setting import SourceInfo, setting_around
from polyvocal.store.codings import (
    actors_of_stances,
    counts_of_codings,
    names_of_stances,
    parties_concerned,
)
from polyvocal.store.passages import concerns_among, heads_of, occasions_of, stances_among, writers_of
from polyvocal.store.view import View

if TYPE_CHECKING:
    from polyvocal.services.queries.passage_list import PassageAt

Values = Callable[["PassageAt"], Collection[Any]]


def values_of(view: View, aspect: Aspect, found: Sequence["PassageAt"], chosen: PassageFilter = EVERYTHING) -> Values:
    """What answers the values that a passage among some has of an aspect.

    Only those that fit what else is asked for of the same thing: with the term of a stance, its actor.
    """
    return _VALUES[aspect](view, aspect, found, chosen)


def _of_coding(_view: View, aspect: Aspect, _found: Sequence["PassageAt"], _chosen: PassageFilter) -> Values:
    if aspect is Aspect.CODE:
        return lambda one: (one.code,)
    return (lambda one: (one.coder,)) if aspect is Aspect.CODER else (lambda one: (one.source,))


def _of_kind(view: View, _aspect: Aspect, found: Sequence["PassageAt"], _chosen: PassageFilter) -> Values:
    kinds = {head.source: (SourceKind(head.kind),) for head in heads_of(view, {one.version for one in found}).values()}
    return lambda one: kinds[one.source]


def _of_authors(view: View, aspect: Aspect, found: Sequence["PassageAt"], chosen: PassageFilter) -> Values:
    values: dict[int, dict[Any, None]] = {}
    for source, writers in writers_of(view, {one.source for one in found}).items():
        for one in writers:
            fits = (not chosen.observers or one.id in chosen.observers) and (
                not chosen.standings or one.standing in chosen.standings
            )
            value = one.id if aspect is Aspect.OBSERVER else one.standing
            if fits and value is not None:
                values.setdefault(source, {})[value] = None
    return lambda one: tuple(values.get(one.source, ()))


_OF_RELATION = {Aspect.EVENT: "event", Aspect.SESSION: "session", Aspect.PHASE: "phase"}


def _of_relations(view: View, aspect: Aspect, found: Sequence["PassageAt"], chosen: PassageFilter) -> Values:
    field = _OF_RELATION[aspect]
    sources = {one.source for one in found}
    ties = occasions_of(view, sources)
    cut = {one.source for one in view.among(SourceVersion, "id", {one.version for one in view.all(Stretch)})} & sources
    infos = {info.source.id: info for info in setting_around(view, cut).sources} if cut else {}
    whole = {source: _fields(relations, field, chosen) for source, relations in ties.items()}

    def values(one: "PassageAt") -> Collection[Any]:
        info = infos.get(one.source)
        if info is None:
            return whole.get(one.source, ())
        return _fields(info.relations_of(*((0, 0) if one.gone else (one.start, one.end))), field, chosen)

    return values


def _fields(relations: Iterable[Any], field: str, chosen: PassageFilter) -> tuple[Any, ...]:
    meant = relations_meant(tuple(relations), chosen)
    return tuple(dict.fromkeys(value for one in meant if (value := getattr(one, field)) is not None))


def _of_concerns(view: View, _aspect: Aspect, found: Sequence["PassageAt"], _chosen: PassageFilter) -> Values:
    concerns = concerns_among(view, [one.id for one in found])
    return lambda one: concerns.get(one.id, ())


def _of_parties(view: View, aspect: Aspect, found: Sequence["PassageAt"], _chosen: PassageFilter) -> Values:
    of_kind: type[ConstituentGroup | Person] = ConstituentGroup if aspect is Aspect.GROUP else Person
    concerns = concerns_among(view, [one.id for one in found])
    parties = {one.id for one in view.among(of_kind, "id", {one for about in concerns.values() for one in about})}
    return lambda one: tuple(party for party in concerns.get(one.id, ()) if party in parties)


_OF_STANCE = {Aspect.ACTOR: 0, Aspect.STANCE: 1, Aspect.TERM: 2}


def _of_stances(view: View, aspect: Aspect, found: Sequence["PassageAt"], chosen: PassageFilter) -> Values:
    place = _OF_STANCE[aspect]
    asked = (chosen.actors, chosen.stances, chosen.terms)
    stances = {
        coding: tuple(
            dict.fromkeys(
                one[place]
                for one in taken
                if all(not wanted or part in wanted for part, wanted in zip(one, asked, strict=True))
            )
        )
        for coding, taken in stances_among(view, [one.id for one in found]).items()
    }
    return lambda one: stances.get(one.id, ())


def _of_layers(view: View, _aspect: Aspect, found: Sequence["PassageAt"], _chosen: PassageFilter) -> Values:
    infos: Sequence[SourceInfo] = setting_around(view, {one.source for one in found}).sources
    spans = {layer: layered(view, infos, [layer]) for layer in LayerName}

    def values(one: "PassageAt") -> Collection[Any]:
        if one.gone:
            return ()
        return [layer for layer, of in spans.items() if touches(of.get(one.source, []), one.start, one.end)]

    return values


_VALUES: dict[Aspect, Callable[[View, Aspect, Sequence["PassageAt"], PassageFilter], Values]] = {
    Aspect.CODE: _of_coding,
    Aspect.CODER: _of_coding,
    Aspect.SOURCE: _of_coding,
    Aspect.KIND: _of_kind,
    Aspect.OBSERVER: _of_authors,
    Aspect.STANDING: _of_authors,
    Aspect.EVENT: _of_relations,
    Aspect.SESSION: _of_relations,
    Aspect.PHASE: _of_relations,
    Aspect.CONCERNS: _of_concerns,
    Aspect.GROUP: _of_parties,
    Aspect.PARTICIPANT: _of_parties,
    Aspect.ACTOR: _of_stances,
    Aspect.STANCE: _of_stances,
    Aspect.TERM: _of_stances,
    Aspect.LAYER: _of_layers,
}


# --- what they are called ------------------------------------------------------------------------------------------


def names_of(view: View, aspect: Aspect, only: Collection[Any] | None = None) -> dict[Any, str]:
    """What the values of an aspect are called, in order; all that a project has, or some.

    Codes by their paths, as in the codebook; events and sessions by their start; vocabularies by their own words.
    """
    names = _NAMES[aspect](view)
    return names if only is None else {value: name for value, name in names.items() if value in only}


def _codes(view: View) -> dict[Any, str]:
    codes: dict[int, Code] = {one.id: one for one in view.all(Code)}
    return {one.id: path_of(codes, one.id) for _, one in in_tree_order(codes.values())}


def _people(view: View, ids: Collection[int]) -> dict[Any, str]:
    people = view.among(Person, "id", ids)
    return {one.id: one.name for one in sorted(people, key=lambda one: (one.name.casefold(), one.id))}


def _observers(view: View) -> dict[Any, str]:
    return _people(
        view, {one.id for by in writers_of(view, [one.id for one in view.all(Source)]).values() for one in by}
    )


def _parties(view: View, ids: Collection[int]) -> dict[Any, str]:
    return _groups(view, ids) | _people(view, ids)


def _groups(view: View, ids: Collection[int]) -> dict[Any, str]:
    groups = view.among(ConstituentGroup, "id", ids)
    return {one.id: one.name for one in sorted(groups, key=lambda one: (one.name.casefold(), one.id))}


def _sources(view: View) -> dict[Any, str]:
    return {one.id: one.title for one in sorted(view.all(Source), key=lambda one: (one.title.casefold(), one.id))}


def _events(view: View) -> dict[Any, str]:
    return {one.id: one.title for one in sorted(view.all(Event), key=lambda one: (one.starts or "~", one.id))}


def _sessions(view: View) -> dict[Any, str]:
    """By event, then by start; one whose title another event's session has too is told by its event."""
    events = _events(view)
    order = list(events)
    sessions = sorted(view.all(Session), key=lambda one: (order.index(one.event), one.starts or "~", one.id))
    titles = [one.title for one in sessions]
    return {
        one.id: one.title if titles.count(one.title) == 1 else f"{one.title}, {events[one.event]}" for one in sessions
    }


def _terms(view: View) -> dict[Any, str]:
    return {one.id: one.name for one in sorted(view.all(Term), key=lambda one: (one.name.casefold(), one.id))}


def _words(words: Iterable[Any]) -> dict[Any, str]:
    return {one: str(one) for one in words}


_NAMES: dict[Aspect, Callable[[View], dict[Any, str]]] = {
    Aspect.CODE: _codes,
    Aspect.OBSERVER: _observers,
    Aspect.STANDING: lambda _view: _words(Standing),
    Aspect.CODER: lambda view: _people(view, counts_of_codings(view, "coder")),
    Aspect.SOURCE: _sources,
    Aspect.KIND: lambda _view: _words(SourceKind),
    Aspect.EVENT: _events,
    Aspect.SESSION: _sessions,
    Aspect.PHASE: lambda _view: _words(Phase),
    Aspect.CONCERNS: lambda view: _parties(view, parties_concerned(view)),
    Aspect.GROUP: lambda view: _groups(view, parties_concerned(view)),
    Aspect.PARTICIPANT: lambda view: _people(view, parties_concerned(view)),
    Aspect.ACTOR: lambda view: _parties(view, actors_of_stances(view)),
    Aspect.STANCE: lambda view: _words(names_of_stances(view)),
    Aspect.TERM: _terms,
    Aspect.LAYER: lambda _view: _words(LayerName),
}
