"""The codings that a filter means, by the same rules as `coded_passages`, as SQL; and what lists group them by."""

import json
from collections.abc import Collection
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from polyvocal.domain.ids import CodeId, CodingId, EventId, PersonId, SessionId, SourceId, SourceVersionId
from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.words import Phase
from polyvocal.store.view import View


def ids_by_version(
    view: View, chosen: PassageFilter, *, without: Collection[int], limit: int
) -> dict[int, list[CodingId]]:
    """The ids of the codings that `codings_meant` gives, by the versions where they were made, by place in each.

    Several times as quick, since nothing but ids leaves SQLite.
    """
    conditions = _wholly_meant(chosen, without)
    rows = view.raw.execute(
        f"SELECT c.version, c.id FROM coding AS c WHERE {conditions} "
        'ORDER BY c.version, c.start, c."end" DESC, c.id LIMIT ?',
        (*conditions.values, limit),
    )
    return {version: [one for _, one in of] for version, of in groupby(rows.fetchall(), key=itemgetter(0))}


class CodingMeant(NamedTuple):
    """A coding where it was made: half-open code points of that version."""

    id: CodingId
    version: SourceVersionId
    start: int
    end: int
    code: CodeId
    coder: PersonId
    created_at: int


def codings_meant(
    view: View, chosen: PassageFilter, *, without: Collection[int] = (), limit: int = -1
) -> list[CodingMeant]:
    """The codings that a filter means, but for those in some sources; at most so many where a limit is given.

    Of layers, and of sources that have stretches where the filter asks for an event, a session or a phase, only places
    in the texts tell: those are not for here.
    """
    return _codings(view, _wholly_meant(chosen, without), limit)


def codings_perhaps_meant(view: View, chosen: PassageFilter, sources: Collection[int]) -> list[CodingMeant]:
    """Of the codings in some sources those that satisfy all of a filter but what places decide.

    Places decide of events, sessions and phases, and of layers.
    """
    of_sources = _of_sources(chosen)
    of_sources.among("v.source", sources)
    return _codings(view, _of_codings(chosen, of_sources), -1)


def _codings(view: View, conditions: "_Conditions", limit: int) -> list[CodingMeant]:
    rows = view.raw.execute(
        'SELECT c.id, c.version, c.start, c."end", c.code, c.coder, c.created_at FROM coding AS c '
        f"WHERE {conditions} LIMIT ?",
        (*conditions.values, limit),
    )
    return list(map(CodingMeant._make, rows.fetchall()))


class VersionHead(NamedTuple):
    """Of which source a version is."""

    source: SourceId
    title: str
    kind: str
    text_hash: str


def heads_of(view: View, versions: Collection[int]) -> dict[int, VersionHead]:
    """The sources of some versions, by the versions."""
    rows = view.raw.execute(
        "SELECT v.id, v.source, t.title, t.kind, v.text_hash FROM source_version AS v JOIN source AS t "
        "ON t.id = v.source WHERE v.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(versions)),),
    )
    return {version: VersionHead(*head) for version, *head in rows}


def corrected_sources(view: View) -> set[SourceId]:
    """The sources that have several versions."""
    return {one for (one,) in view.raw.execute("SELECT DISTINCT source FROM source_version WHERE parent IS NOT NULL")}


class Tie(NamedTuple):
    """To which event, session and phase a source is, as ids; and when these begin."""

    event: EventId
    session: SessionId | None
    phase: Phase | None
    event_starts: str | None
    session_starts: str | None


def occasions_of(view: View, sources: Collection[int]) -> dict[SourceId, list[Tie]]:
    """The occasions of some sources, by the sources."""
    found: dict[SourceId, list[Tie]] = {}
    rows = view.raw.execute(
        "SELECT o.source, o.event, o.session, o.phase, e.starts, s.starts FROM occasion AS o "
        "JOIN event AS e ON e.id = o.event LEFT JOIN session AS s ON s.id = o.session "
        "WHERE o.source IN (SELECT value FROM json_each(?)) ORDER BY o.id",
        (json.dumps(list(sources)),),
    )
    for source, event, session, phase, *starts in rows:
        found.setdefault(source, []).append(Tie(event, session, Phase(phase) if phase else None, *starts))
    return found


def concerns_among(view: View, codings: Collection[int]) -> dict[int, list[int]]:
    """The groups and persons whom some codings are about, by the codings."""
    found: dict[int, list[int]] = {}
    rows = view.raw.execute(
        "SELECT coding, coalesce(constituent_group, person) FROM concern "
        "WHERE coding IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps(list(codings)),),
    )
    for coding, party in rows:
        found.setdefault(coding, []).append(party)
    return found


def stances_among(view: View, codings: Collection[int]) -> dict[int, list[tuple[int, str, int]]]:
    """(actor, stance, term) of the stances on some codings, by the codings."""
    found: dict[int, list[tuple[int, str, int]]] = {}
    rows = view.raw.execute(
        "SELECT coding, coalesce(actor_group, actor_person), stance, term FROM stance "
        "WHERE coding IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps(list(codings)),),
    )
    for coding, *stance in rows:
        found.setdefault(coding, []).append((stance[0], stance[1], stance[2]))
    return found


def _wholly_meant(chosen: PassageFilter, without: Collection[int]) -> "_Conditions":
    """What a filter asks, but for layers, of codings that are not in some sources."""
    of_sources = _of_sources(chosen)
    of_sources.exist(
        "occasion AS o WHERE o.source = v.source",
        {"o.event": chosen.events, "o.session": chosen.sessions, "o.phase": chosen.phases},
    )
    of_sources.not_among("v.source", without)
    return _of_codings(chosen, of_sources)


def _of_codings(chosen: PassageFilter, of_sources: "_Conditions") -> "_Conditions":
    """What a filter asks of codings; they are in sources of which is asked what is given."""
    conditions = _Conditions()
    conditions.among("c.code", chosen.codes)
    conditions.among("c.coder", chosen.coders)
    conditions.exist("concern AS n WHERE n.coding = c.id", {"coalesce(n.constituent_group, n.person)": chosen.concerns})
    conditions.exist("concern AS n WHERE n.coding = c.id", {"n.constituent_group": chosen.groups})
    conditions.exist("concern AS n WHERE n.coding = c.id", {"n.person": chosen.participants})
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
    if chosen.kinds:
        conditions.parts.append("v.source IN (SELECT id FROM source WHERE kind IN (SELECT value FROM json_each(?)))")
        conditions.values.append(json.dumps(list(chosen.kinds)))
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


class Writer(NamedTuple):
    """Somebody who wrote a source."""

    id: PersonId
    name: str
    standing: str | None


def writers_of(view: View, sources: Collection[int]) -> dict[SourceId, list[Writer]]:
    """Everybody who wrote one of the sources, by the sources, in the order in which they were named."""
    found: dict[SourceId, list[Writer]] = {}
    rows = view.raw.execute(
        "SELECT a.source, p.id, p.name, p.standing FROM authorship AS a JOIN person AS p ON p.id = a.person "
        "WHERE a.source IN (SELECT value FROM json_each(?)) ORDER BY a.id",
        (json.dumps(list(sources)),),
    )
    for source, *writer in rows:
        found.setdefault(source, []).append(Writer(*writer))
    return found
