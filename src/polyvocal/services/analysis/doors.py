"""From a place in a table to the passages behind it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from polyvocal.domain.ids import SourceId
from polyvocal.domain.passages import PassageFilter
from polyvocal.services.analysis.accounts import Accounts
from polyvocal.services.analysis.axes import KINDS, LAYERS, PHASES, STANDINGS
from polyvocal.services.analysis.dimensions import Axis, Dimension, Family
from polyvocal.services.analysis.question import Question
from polyvocal.services.queries.passages import source_is_meant
from polyvocal.services.queries.setting import SourceInfo

_FIELDS = {
    Dimension.CODE: "codes",
    Dimension.CODER: "coders",
    Dimension.OBSERVER: "observers",
    Dimension.STANDING: "standings",
    Dimension.SOURCE: "sources",
    Dimension.KIND: "kinds",
    Dimension.EVENT: "events",
    Dimension.SESSION: "sessions",
    Dimension.PHASE: "phases",
    Dimension.GROUP: "groups",
    Dimension.PARTICIPANT: "participants",
    Dimension.ACTOR: "actors",
    Dimension.STANCE: "stances",
    Dimension.TERM: "terms",
    Dimension.LAYER: "layers",
}
_VOCABULARIES: dict[Dimension, Collection[Any]] = {
    Dimension.STANDING: STANDINGS,
    Dimension.KIND: KINDS,
    Dimension.PHASE: PHASES,
    Dimension.LAYER: LAYERS,
}


@dataclass(frozen=True, slots=True, eq=False)
class Doors:
    """What leads to passages: the filter of a table by ids alone, and what it counts that a filter by itself would not.

    `jottings` are no accounts of their own; where a filter would find passages in them, `accounts` are named.
    """

    chosen: PassageFilter
    accounts: Accounts
    jottings: tuple[SourceInfo, ...]
    stances: dict[int, str]

    def behind(self, *places: tuple[Axis, int | None]) -> PassageFilter:
        """The filter that means the codings at places of axes; with None those that have any place on the axis."""
        chosen = self.chosen
        for axis, place in places:
            if place is not None:
                chosen = self._at(chosen, axis, axis.keys_at(place))
            elif axis.family not in _OF_ALL:
                chosen = self._at(chosen, axis, axis.keys)
        if any(source_is_meant(info, chosen) for info in self.jottings):
            counted = frozenset(map(SourceId, self.accounts.sources.tolist()))
            chosen = replace(chosen, sources=(chosen.sources & counted if chosen.sources else counted) or _NO_SOURCE)
        return chosen

    def _at(self, chosen: PassageFilter, axis: Axis, keys: Collection[int]) -> PassageFilter:
        field, dimension = _FIELDS[axis.dimension], axis.dimension
        values: list[Any] = list(keys)
        if dimension in _VOCABULARIES:
            vocabulary = list(_VOCABULARIES[dimension])
            values = [vocabulary[key] for key in keys]
        elif dimension is Dimension.STANCE:
            values = [self.stances[key] for key in keys]
        elif dimension is Dimension.SOURCE:
            values = self.accounts.sources[values].tolist()
        before: Collection[Any] = getattr(chosen, field)
        return replace(chosen, **{field: frozenset(values) & frozenset(before) if before else frozenset(values)})


_OF_ALL = frozenset({Family.CODING, Family.SOURCE})
"""The families of which each coding that the filter means has a place on an axis."""
_NO_SOURCE = frozenset({SourceId(0)})


def doors_of(question: Question) -> Doors:
    """The doors of a question's tables."""
    held, chosen = question.held, question.chosen
    names = dict(held.names_of_stances()) if held.stances_are_read else {}
    return Doors(chosen, question.accounts, held.jottings, names)
