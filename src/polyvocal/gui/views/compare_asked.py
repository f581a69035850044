"""What the tables of the Compare view are asked for, as it is chosen, kept and found again."""

import json
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from polyvocal.domain.ids import AttributeId, CodeId
from polyvocal.domain.moments import Moment
from polyvocal.domain.passages import Aspect, PassageQuery
from polyvocal.gui import labels
from polyvocal.gui.views import passages_asked
from polyvocal.services.queries.passage_list import meant_by
from polyvocal.store.view import View

if TYPE_CHECKING:  # what loads numpy is imported on the question's thread, when a table is wanted
    from polyvocal.services.analysis.co_occurrence import Together
    from polyvocal.services.analysis.crossing import Crossing, Offered, Whom
    from polyvocal.services.analysis.ledger import Ledger
    from polyvocal.services.analysis.matrix import Asked as MatrixAsked
    from polyvocal.services.analysis.only_here import OnlyHereList


class Way(StrEnum):
    """What is compared."""

    TABLE = "table"
    WHOM = "whom"
    ONLY = "only"
    TOGETHER = "together"


WAYS = {
    Way.TABLE: "Rows by columns",
    Way.WHOM: "Who codes whom",
    Way.ONLY: "Only here",
    Way.TOGETHER: "Codes together",
}

WITH_TOTALS = frozenset({Way.TABLE, Way.WHOM})
"""Where rows, columns and the whole come to something."""

CODE, OBSERVER = "code", "observer"
DIMENSIONS = (
    CODE, OBSERVER, "standing", "coder", "source", "kind", "event", "session", "phase", "group", "participant",
    "actor", "stance", "term", "layer",
)  # fmt: skip
"""What can stand along an axis, as the analysis names it."""

MEASURES = {
    "passages": "passages",
    "sources": "sources",
    "characters": "characters",
    "share": "share of the text read",
    "share-of-row": "share of the row",
    "share-of-column": "share of the column",
}
"""What a cell of a table can count, as the analysis names it, and in words."""

COUNTINGS = {"passages": "passages", "words-read": "words read", "accounts-read": "accounts read to the end"}
"""What a cell of who codes whom can count."""

NEARNESS = {
    "overlap": "on the same words",
    "paragraphs": "within paragraphs",
    "session": "in one session",
    "moment": "in one moment",
}
UNITS = {
    "overlap": ("pair of passages", "pairs of passages"),
    "paragraphs": ("pair of passages", "pairs of passages"),
    "session": ("session with both", "sessions with both"),
    "moment": ("moment with both", "moments with both"),
}
"""What is counted where codes come together: one of it, several."""
WHOSE = {"observer": "one observer", "standing": "one standing"}
READERS = {"any": "whichever coders", "same": "one and the same coder"}


class Look(StrEnum):
    """How the numbers are drawn."""

    NUMBERS = "numbers"
    HEAT = "heat"
    SYMBOLS = "symbols"


class Side(NamedTuple):
    """What stands along an axis: a dimension, or an attribute of it."""

    dimension: str
    attribute: int | None = None


CODES, OBSERVERS = Side(CODE), Side(OBSERVER)


def side_called(side: Side, attributes: dict[Side, str]) -> str:
    """What stands along an axis, in words."""
    if side.attribute is not None:
        return labels.capitalised(attributes.get(side, "(removed)"))
    return labels.ASPECTS[aspect_of(side.dimension)]


def aspect_of(dimension: str) -> Aspect:
    """The aspect of passages that a dimension is."""
    return Aspect.ACTOR if dimension == "actor" else Aspect(dimension)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: in which way, and of each way all that it lets one choose; of which passages, in which look."""

    way: Way = Way.TABLE
    rows: Side = CODES
    columns: Side = OBSERVERS
    folded: frozenset[int] = frozenset()
    measure: str = "passages"
    counting: str = "passages"
    whose: str = "observer"
    near: str = "overlap"
    paragraphs: int = 1
    readers: str = "any"
    look: Look = Look.HEAT
    totals: bool = True
    query: PassageQuery = field(default_factory=PassageQuery)

    def shown_as(self, other: "Asked") -> "Asked":
        """The same, drawn as another is: in its look, with or without totals."""
        return replace(self, look=other.look, totals=other.totals)

    def with_side(self, which: Literal["rows", "columns"], side: Side) -> "Asked":
        """The same with something else as "rows" or "columns"; where that is the other side, both change places."""
        other = self.columns if which == "rows" else self.rows
        if other == side:
            return replace(self, rows=self.columns, columns=self.rows)
        return replace(self, rows=side) if which == "rows" else replace(self, columns=side)

    def to_json(self) -> str:
        """As it is kept."""
        held = {name: getattr(self, name) for name in _WORDS}
        held |= {"totals": self.totals, "rows": self.rows, "columns": self.columns, "folded": sorted(self.folded)}
        held |= {"paragraphs": self.paragraphs, "filter": passages_asked.Asked(self.query).to_json()}
        return json.dumps(held, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "Asked":
        """What was kept; what cannot be read of it is as at first."""
        try:
            held: dict[str, Any] = json.loads(text)
            rows, columns = (Side(*held[name]) for name in ("rows", "columns"))
            if rows == columns or not {rows.dimension, columns.dimension} <= {*DIMENSIONS}:
                return cls()
            words: dict[str, Any] = {name: kind(held[name]) for name, kind in _WORDS.items()}
            return cls(
                rows=rows,
                columns=columns,
                **words,
                folded=frozenset(map(int, held["folded"])),
                paragraphs=int(held["paragraphs"]),
                totals=bool(held.get("totals", True)),
                query=passages_asked.Asked.from_json(held["filter"]).query,
            )
        except (ValueError, TypeError, KeyError, AttributeError):
            return cls()


def _among(words: dict[str, str]) -> Any:
    def kind(word: str) -> str:
        if word not in words:
            raise ValueError(word)
        return word

    return kind


_WORDS: dict[str, Any] = {
    "way": Way, "look": Look, "measure": _among(MEASURES), "counting": _among(COUNTINGS), "whose": _among(WHOSE),
    "near": _among(NEARNESS), "readers": _among(READERS),
}  # fmt: skip


class Answered(NamedTuple):
    """The answer: a table or a list, what could be chosen, and what the filter is called."""

    asked: Asked
    crossing: "Crossing | None"
    only: "OnlyHereList | None"
    offered: "Offered"
    names: dict[Aspect, list[str]]
    has_codes: bool
    has_observers: bool
    has_moments: bool
    places: int | None
    """In how many sessions or moments codes could come together; None where not that is asked."""


def answer(ledger: "Ledger", view: View, asked: Asked) -> Answered:
    """What a project says to what is asked. To be called on a question's thread."""
    from polyvocal.services.analysis.crossing import crossing, offered
    from polyvocal.services.analysis.holdings import Holdings
    from polyvocal.services.analysis.only_here import OnlyHereList, Whose, only_here

    names = passages_asked.names_asked(view, asked.query)

    def work(held: Holdings) -> Answered:
        table: Crossing | None = None
        only: OnlyHereList | None = None
        if asked.way is Way.ONLY:
            only = only_here(held, Whose(asked.whose), meant_by(view, asked.query), along(CODES, asked.folded))
        else:
            table = crossing(held, meant(view, asked))
        places = getattr(table.of, "places", None) if table is not None else None
        has_observers = bool(held.authors) or any(str(one.role) == OBSERVER for one in held.roles())
        return Answered(
            asked,
            table,
            only,
            offered(held),
            names,
            bool(held.setting.codes),
            has_observers,
            bool(view.count(Moment)),
            places,
        )

    return ledger.with_holdings(view, work)


def along(side: Side, folded: frozenset[int]) -> Any:
    """An axis as the analysis has it."""
    from polyvocal.services.analysis.dimensions import Along, Dimension

    attribute = None if side.attribute is None else AttributeId(side.attribute)
    return Along(Dimension(side.dimension), attribute, frozenset(map(CodeId, folded)) if side == CODES else frozenset())


def meant(view: View, asked: Asked) -> "MatrixAsked | Whom | Together":
    """What is asked, as the analysis has it."""
    from polyvocal.services.analysis.co_occurrence import Nearness, Readers, Together
    from polyvocal.services.analysis.crossing import Counting, Whom
    from polyvocal.services.analysis.matrix import Asked as MatrixAsked
    from polyvocal.services.analysis.measures import Measure

    chosen = meant_by(view, asked.query)
    rows, columns = (along(one, asked.folded) for one in (asked.rows, asked.columns))
    if asked.way is Way.WHOM:
        return Whom(Counting(asked.counting), chosen, asked.totals)
    if asked.way is Way.TOGETHER:
        paragraphs = asked.paragraphs if asked.near == "paragraphs" else 0
        codes = along(CODES, asked.folded)
        return Together(Nearness(asked.near), paragraphs, Readers(asked.readers), codes, chosen)
    return MatrixAsked(rows, columns, Measure(asked.measure), chosen, asked.totals)
