"""What a list of passages was last asked for, as it is kept and found again."""

import json
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from PySide6.QtCore import QCoreApplication

from polyvocal.domain.ids import CodingId
from polyvocal.domain.passages import Aspect, PassageFilter, PassageQuery
from polyvocal.domain.words import LayerName, Phase, SourceKind, Standing
from polyvocal.gui import labels
from polyvocal.services.queries.passage_list import GROUPINGS, Order, PassagesListed, list_passages
from polyvocal.services.queries.passage_pages import PassageShown, read_passages
from polyvocal.services.queries.passage_values import names_of
from polyvocal.store.view import View

_MANY, _FEW = 5, 2
"""More than so many sources are told by those that are missing, where these are so few."""
FIRST = 12
"""So many passages are read with the list itself."""

_WORDS: dict[Aspect, Any] = {
    Aspect.STANDING: Standing,
    Aspect.KIND: SourceKind,
    Aspect.PHASE: Phase,
    Aspect.LAYER: LayerName,
    Aspect.STANCE: str,
}
"""The values of these aspects are words; those of all others are ids."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, by what the passages are grouped, and in which order they are."""

    query: PassageQuery = field(default_factory=PassageQuery)
    group_by: Aspect | None = Aspect.SOURCE
    order: Order = Order.EVENTS

    def to_json(self) -> str:
        """As it is kept. The words in the passage are not: they may be somebody's, and are no business of a setting."""
        chosen = {str(one): sorted(self.query.chosen.of(one)) for one in self.query.asked()}
        return json.dumps(
            {"filter": chosen, "below": self.query.below, "group": self.group_by, "order": self.order}, sort_keys=True
        )

    @classmethod
    def from_json(cls, text: str) -> "Asked":
        """What was kept; what cannot be read of it is as at first."""
        try:
            held: dict[str, Any] = json.loads(text)
            chosen = PassageFilter()
            for name, values in dict(held.get("filter") or {}).items():
                aspect = Aspect(name)
                chosen = chosen.but(aspect, [_WORDS.get(aspect, int)(one) for one in values])
            group = Aspect(held["group"]) if held.get("group") else None
            query = PassageQuery(chosen, below=held.get("below") is True)
            return cls(query, group if group in GROUPINGS else None, Order(held.get("order", Order.EVENTS)))
        except (ValueError, TypeError, KeyError, AttributeError):
            return cls()


class Found(NamedTuple):
    """The answer to what was asked, what the asked-for values are called, and the passages of the first screen."""

    asked: Asked
    listed: PassagesListed
    names: dict[Aspect, list[str]]
    first: dict[CodingId, PassageShown]


def names_asked(view: View, query: PassageQuery) -> dict[Aspect, list[str]]:
    """What the values are called that a query asks for."""
    names: dict[Aspect, list[str]] = {}
    for aspect in query.asked():
        called = names_of(view, aspect, query.chosen.of(aspect))
        if aspect is Aspect.SOURCE and len(called) > _MANY:
            others = [name for value, name in names_of(view, aspect).items() if value not in called]
            if 0 < len(others) <= _FEW:
                names[aspect] = [QCoreApplication.translate("passages", "all but %s") % ", ".join(others)]
                continue
        names[aspect] = [labels.value_of(aspect, value, name) for value, name in called.items()] or ["(removed)"]
    return names


def found_for(view: View, asked: Asked) -> Found:
    """What a list shows that asks for something."""
    listed = list_passages(view, asked.query, group_by=asked.group_by, order=asked.order)
    first = list(islice((one for group in listed.groups for one in group.codings), FIRST))
    return Found(asked, listed, names_asked(view, asked.query), read_passages(view, first) if first else {})
