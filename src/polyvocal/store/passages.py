"""Where the passages are that a filter means: how many in which source. The same rules as `coded_passages`, as SQL."""

import json
from collections.abc import Collection, Iterator
from typing import NamedTuple

from polyvocal.domain.ids import SourceVersionId
from polyvocal.domain.passages import PassageFilter
from polyvocal.store.view import View


class PassagesInSource(NamedTuple):
    """A source, and how many of the passages that are meant are in it."""

    source: int
    title: str
    passages: int


def passages_by_source(view: View, chosen: PassageFilter, without: Collection[int]) -> list[PassagesInSource]:
    """The sources but some that have passages which a filter means, in no particular order.

    Of layers, and of sources that have stretches where the filter asks for an event, a session or a phase, only places
    in the texts tell: those are not for here.
    """
    of_sources = _of_sources(chosen)
    of_sources.exist(
        "occasion AS o WHERE o.source = v.source",
        {"o.event": chosen.events, "o.session": chosen.sessions, "o.phase": chosen.phases},
    )
    of_sources.not_among("v.source", without)
    conditions = _of_codings(chosen, of_sources)
    rows = view.raw.execute(
        "SELECT t.id, t.title, sum(found.passages) FROM "
        f"(SELECT c.version, count(*) AS passages FROM coding AS c WHERE {conditions} GROUP BY c.version) AS found "
        "JOIN source_version AS w ON w.id = found.version JOIN source AS t ON t.id = w.source GROUP BY t.id",
        conditions.values,
    )
    return [PassagesInSource(*row) for row in rows]


class SpanOfPassage(NamedTuple):
    """Where a coding was made."""

    version: SourceVersionId
    start: int
    end: int


def spans_of_passages(view: View, chosen: PassageFilter, sources: Collection[int]) -> Iterator[SpanOfPassage]:
    """Of the codings in some sources those that satisfy all of a filter but what places decide; by version.

    Places decide of events, sessions and phases, and of layers.
    """
    of_sources = _of_sources(chosen)
    of_sources.among("v.source", sources)
    conditions = _of_codings(chosen, of_sources)
    rows = view.raw.execute(
        f'SELECT c.version, c.start, c."end" FROM coding AS c WHERE {conditions} ORDER BY c.version', conditions.values
    )
    return map(SpanOfPassage._make, rows)


def _of_codings(chosen: PassageFilter, of_sources: "_Conditions") -> "_Conditions":
    """What a filter asks of codings; they are in sources of which is asked what is given."""
    conditions = _Conditions()
    conditions.among("c.code", chosen.codes)
    conditions.among("c.coder", chosen.coders)
    conditions.exist("concern AS n WHERE n.coding = c.id", {"coalesce(n.constituent_group, n.person)": chosen.concerns})
    conditions.exist(
        "stance AS s WHERE s.coding = c.id",
        {
            "coalesce(s.actor_group, s.actor_person)": chosen.actors,
            "s.stance": chosen.stances,
            "s.term": chosen.terms,
        },
    )
    if of_sources.parts:
        conditions.parts.append(f"c.version IN (SELECT v.id FROM source_version AS v WHERE {of_sources})")
        conditions.values += of_sources.values
    return conditions


def _of_sources(chosen: PassageFilter) -> "_Conditions":
    """What a filter asks of sources, but for what they are about."""
    conditions = _Conditions()
    conditions.among("v.source", chosen.sources)
    conditions.exist(
        "authorship AS a JOIN person AS p ON p.id = a.person WHERE a.source = v.source",
        {"a.person": chosen.observers, "p.standing": chosen.standings},
    )
    return conditions


class _Conditions:
    """What must all be true, and the values that it names."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.values: list[str] = []

    def __str__(self) -> str:
        return " AND ".join(self.parts) or "TRUE"

    def among(self, column: str, wanted: Collection[int | str]) -> None:
        """A column holds one of the values, where any are given."""
        if wanted:
            self.parts.append(f"{column} IN (SELECT value FROM json_each(?))")
            self.values.append(json.dumps(list(wanted)))

    def not_among(self, column: str, unwanted: Collection[int]) -> None:
        """A column holds none of the values."""
        if unwanted:
            self.parts.append(f"{column} NOT IN (SELECT value FROM json_each(?))")
            self.values.append(json.dumps(list(unwanted)))

    def exist(self, rows: str, wanted: dict[str, Collection[int | str]]) -> None:
        """There is one row of which each column holds one of its values, where any are given."""
        of_rows = _Conditions()
        for column, values in wanted.items():
            of_rows.among(column, values)
        if of_rows.parts:
            self.parts.append(f"EXISTS (SELECT 1 FROM {rows} AND {of_rows})")
            self.values += of_rows.values


def writers_of(view: View, sources: Collection[int]) -> Iterator[tuple[int, str, str | None]]:
    """(source, name, standing) of everybody who wrote one of the sources, in the order in which they were named."""
    return iter(
        view.raw.execute(
            "SELECT a.source, p.name, p.standing FROM authorship AS a JOIN person AS p ON p.id = a.person "
            "WHERE a.source IN (SELECT value FROM json_each(?)) ORDER BY a.id",
            (json.dumps(list(sources)),),
        ).fetchall()
    )
