"""What a list of passages was last asked for, as it is kept and found again."""

import json
from dataclasses import dataclass, field
from typing import Any

from polyvocal.domain.passages import Aspect, PassageFilter, PassageQuery
from polyvocal.domain.words import LayerName, Phase, SourceKind, Standing
from polyvocal.services.queries.passage_list import GROUPINGS, Order

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
