"""Codings in bulk: by source version, and as columns for the sweeps of the analysis."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from polyvocal.domain.ids import CodeId, CodingId, PersonId
from polyvocal.domain.records import Coding
from polyvocal.domain.words import StanceName
from polyvocal.store.journal import quoted
from polyvocal.store.view import View


class StanceLink(NamedTuple):
    """A stance of a coding, as ids."""

    coding: int
    actor: int
    stance: str
    term: int
    toward: int | None


def codings_of(
    view: View, version: int, only: Collection[int] | None = None
) -> list[tuple[CodingId, int, int, CodeId, PersonId, int]]:
    """(id, start, end, code, coder, created_at) of every coding made on a version, or of some, by (start, -end, id)."""
    among, values = _among(only)
    return view.raw.execute(
        f'SELECT c.id, start, "end", code, coder, created_at FROM coding AS c WHERE version = ?{among} '
        'ORDER BY start, "end" DESC, c.id',
        (version, *values),
    ).fetchall()


def _among(only: Collection[int] | None) -> tuple[str, tuple[str, ...]]:
    """A condition that a coding is one of some, and its value; nothing where any will do."""
    if only is None:
        return "", ()
    return " AND c.id IN (SELECT value FROM json_each(?))", (json.dumps(list(only)),)


def concerns_of(view: View, version: int, only: Collection[int] | None = None) -> dict[int, list[int]]:
    """The ids of the groups and persons whom the codings of a version, or some, are about, by coding."""
    among, values = _among(only)
    found: dict[int, list[int]] = {}
    for coding, about in view.raw.execute(
        "SELECT n.coding, coalesce(n.constituent_group, n.person) FROM coding AS c JOIN concern AS n "
        f"ON n.coding = c.id WHERE c.version = ?{among} ORDER BY n.id",
        (version, *values),
    ):
        found.setdefault(coding, []).append(about)
    return found


def stances_of(view: View, version: int, only: Collection[int] | None = None) -> dict[int, list[StanceLink]]:
    """The stances on the codings of a version, or on some, by coding."""
    among, values = _among(only)
    found: dict[int, list[StanceLink]] = {}
    for row in view.raw.execute(
        "SELECT s.coding, coalesce(s.actor_group, s.actor_person), s.stance, s.term, "
        "coalesce(s.toward_group, s.toward_person) FROM coding AS c JOIN stance AS s "
        f"ON s.coding = c.id WHERE c.version = ?{among} ORDER BY s.id",
        (version, *values),
    ):
        found.setdefault(row[0], []).append(StanceLink(*row))
    return found


def stances_among(view: View, codings: Iterable[int]) -> Iterator[StanceLink]:
    """The stances on some codings, in the order in which they were recorded."""
    rows = view.raw.execute(
        "SELECT coding, coalesce(actor_group, actor_person), stance, term, coalesce(toward_group, toward_person) "
        "FROM stance WHERE coding IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps(list(codings)),),
    )
    return (StanceLink(*row) for row in rows)


# --- as columns: a million codings come as a few long texts of numbers, and not as millions of objects ----------------


class Part(NamedTuple):
    """Where in a packed number a column of codings is: `bits` of them from `shift` on, to which `base` is added."""

    column: str
    base: int
    shift: int
    bits: int


class PackedNumbers(NamedTuple):
    """Several columns of codings as one: a text of numbers with commas between, the n-th being of the n-th coding."""

    text: str
    parts: tuple[Part, ...]


_NUMBER, _PLACE = 62, 32
"""The bits of a number, and those in its upper half that a place in a text gets."""
AT_ONCE = 1 << 17
"""So many codings come in one list of texts."""


def packed_codings(view: View) -> Iterator[list[PackedNumbers]]:
    """All codings in the order of their ids, so many at once: `id`, `version`, `code`, `coder`, `start` and `length`.

    They are packed into as few numbers as will do, since writing out numbers is what takes longest in reading them.
    Ids are told from the lowest. What has no known bound, `start` and `length`, is uppermost.
    """
    numbers = [[Part(name, 0, _NUMBER - _PLACE, _PLACE)] for name in ("start", "length")]
    for column in ("id", "version", "code", "coder"):
        # one query for each end: SQLite reads an index from its end only for one of them at a time
        lowest, highest = (
            view.raw.execute(f"SELECT coalesce({end}({quoted(column)}), 0) FROM coding").fetchone()[0]
            for end in ("min", "max")
        )
        bits = max((highest - lowest).bit_length(), 1)
        parts = next((one for one in numbers if one[-1].shift >= bits), None)
        if parts is None:
            numbers.append([Part(column, lowest, _NUMBER - min(bits, _NUMBER), bits)])
        else:
            parts.append(Part(column, lowest, parts[-1].shift - bits, bits))
    joined = ", ".join(f"group_concat({' | '.join(map(_packed, parts))})" for parts in numbers)
    last = -1
    while True:
        until, *texts = view.raw.execute(
            f"SELECT max(id), {joined} FROM (SELECT * FROM coding WHERE id > ? ORDER BY id LIMIT ?)", (last, AT_ONCE)
        ).fetchone()
        yield [PackedNumbers(text or "", tuple(parts)) for text, parts in zip(texts, numbers, strict=True)]
        if until is None:
            break
        last = until
    view.raw.execute("PRAGMA shrink_memory")  # else the connection keeps the pages of a big table


def _packed(part: Part) -> str:
    value = '"end" - start' if part.column == "length" else quoted(part.column)
    return f"(({value} - {part.base}) << {part.shift})"


def coding_rows(view: View, ids: Iterable[int], versions: Iterable[int]) -> list[tuple[int, int, int, int, int, int]]:
    """(id, version, start, end, code, coder) of the codings with one of the ids or made on one of the versions."""
    return view.raw.execute(
        'SELECT id, version, start, "end", code, coder FROM coding WHERE id IN (SELECT value FROM json_each(?)) '
        "OR version IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)), json.dumps(list(versions))),
    ).fetchall()


def stances_before(view: View, coding: Coding) -> list[StanceLink]:
    """What the coder of a coding said last: on it, then on what overlaps it, then with its code, then on all else.

    Each the latest first; at most 200.
    """
    found = view.raw.execute(
        "SELECT s.coding, coalesce(s.actor_group, s.actor_person), s.stance, s.term, "
        "coalesce(s.toward_group, s.toward_person) FROM stance AS s JOIN coding AS c ON c.id = s.coding "
        'WHERE c.coder = ? ORDER BY s.coding = ? DESC, c.version = ? AND c.start < ? AND c."end" > ? DESC, '
        "c.code = ? DESC, s.id DESC LIMIT 200",
        (coding.coder, coding.id, coding.version, coding.end, coding.start, coding.code),
    )
    return [StanceLink(*row) for row in found]


def concern_columns(view: View, of: str) -> list[str]:
    """Texts of numbers with commas between, of all concerns with a group (or a person): id, coding, and whom it is."""
    return _as_texts(view, f"concern WHERE {quoted(of)} IS NOT NULL", ["id", "coding", quoted(of)])


def concern_rows(view: View, ids: Iterable[int]) -> list[tuple[int, int, int | None, int | None]]:
    """(id, coding, group, person) of some concerns, as far as they are there."""
    return view.raw.execute(
        "SELECT id, coding, constituent_group, person FROM concern WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    ).fetchall()


def stance_rows(view: View, ids: Iterable[int]) -> list[tuple[int, int, int, str, int]]:
    """(id, coding, actor, stance, term) of some stances, as far as they are there."""
    return view.raw.execute(
        "SELECT id, coding, coalesce(actor_group, actor_person), stance, term FROM stance "
        "WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    ).fetchall()


def stance_columns(view: View, names: Sequence[str]) -> list[str]:
    """As `concern_columns`, of all stances: id, coding, actor, the stance's place among `names`, term."""
    place = f"CASE stance {' '.join(f'WHEN ? THEN {number}' for number in range(len(names)))} ELSE -1 END"
    return _as_texts(view, "stance", ["id", "coding", "coalesce(actor_group, actor_person)", place, "term"], names)


def _as_texts(view: View, table: str, columns: Sequence[str], parameters: Sequence[str] = ()) -> list[str]:
    joined = ", ".join(f"group_concat({column})" for column in columns)
    return [text or "" for text in view.raw.execute(f"SELECT {joined} FROM {table}", tuple(parameters)).fetchone()]


def parties_concerned(view: View) -> list[int]:
    """The groups and persons whom any coding is about."""
    found = view.raw.execute("SELECT DISTINCT coalesce(constituent_group, person) FROM concern")
    return [party for (party,) in found]


def actors_of_stances(view: View) -> list[int]:
    """The groups and persons who take any stance."""
    return [actor for (actor,) in view.raw.execute("SELECT DISTINCT coalesce(actor_group, actor_person) FROM stance")]


def names_of_stances(view: View) -> list[str]:
    """The stances that are taken in a project: the three of the field first."""
    known = [str(one) for one in StanceName]
    taken = {name for (name,) in view.raw.execute("SELECT DISTINCT stance FROM stance")}
    return known + sorted(taken - set(known))


def counts_of_stances(view: View) -> dict[tuple[int, str], int]:
    """How many stances there are, by the term and by what is done to it."""
    rows = view.raw.execute("SELECT term, stance, count(*) FROM stance GROUP BY term, stance")
    return {(term, stance): count for term, stance, count in rows}


def everybody_who_coded(view: View) -> set[int]:
    """The ids of all who coded anything; also those whose codings a blind view does not see."""
    return {coder for (coder,) in view.raw.execute("SELECT DISTINCT coder FROM main.coding")}


def everybody_who_wrote(view: View) -> set[PersonId]:
    """The ids of all who wrote any source."""
    return {person for (person,) in view.raw.execute("SELECT DISTINCT person FROM authorship")}


def counts_of_codings(view: View, by: str) -> dict[int, int]:
    """How many codings there are by each value of a column (code, coder, version)."""
    column = {"code": "code", "coder": "coder", "version": "version"}[by]
    return dict(view.raw.execute(f"SELECT {column}, count(*) FROM coding GROUP BY {column}"))


def codes_by_last_use(view: View, coder: int) -> list[int]:
    """The ids of the codes that a coder used, the one that was used last first."""
    rows = view.raw.execute(
        "SELECT code FROM coding WHERE coder = ? GROUP BY code ORDER BY max(created_at) DESC, max(id) DESC", (coder,)
    )
    return [code for (code,) in rows]


def reach_of_codes(view: View) -> list[tuple[int, int, int]]:
    """(code, in how many sources it is used, by how many coders) of each code that is used."""
    return view.raw.execute(
        "SELECT c.code, count(DISTINCT v.source), count(DISTINCT c.coder) FROM ("
        "SELECT DISTINCT code, version, coder FROM coding) AS c JOIN source_version AS v ON v.id = c.version "
        "GROUP BY c.code"
    ).fetchall()
