"""Codings in bulk: by source version, and as columns for the sweeps of the analysis."""

from collections.abc import Sequence
from typing import NamedTuple

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


def codings_of(view: View, version: int) -> list[tuple[int, int, int, int, int, int]]:
    """(id, start, end, code, coder, created_at) of every coding made on a version, by (start, end, id)."""
    return view.raw.execute(
        'SELECT id, start, "end", code, coder, created_at FROM coding WHERE version = ? ORDER BY start, "end", id',
        (version,),
    ).fetchall()


def concerns_of(view: View, version: int) -> dict[int, list[int]]:
    """The ids of the groups and persons whom the codings of a version are about, by coding."""
    found: dict[int, list[int]] = {}
    for coding, about in view.raw.execute(
        "SELECT n.coding, coalesce(n.constituent_group, n.person) FROM coding AS c JOIN concern AS n "
        "ON n.coding = c.id WHERE c.version = ? ORDER BY n.id",
        (version,),
    ):
        found.setdefault(coding, []).append(about)
    return found


def stances_of(view: View, version: int) -> dict[int, list[StanceLink]]:
    """The stances on the codings of a version, by coding."""
    found: dict[int, list[StanceLink]] = {}
    for row in view.raw.execute(
        "SELECT s.coding, coalesce(s.actor_group, s.actor_person), s.stance, s.term, "
        "coalesce(s.toward_group, s.toward_person) FROM coding AS c JOIN stance AS s "
        "ON s.coding = c.id WHERE c.version = ? ORDER BY s.id",
        (version,),
    ):
        found.setdefault(row[0], []).append(StanceLink(*row))
    return found


# --- as columns: a million codings come as a few long texts of numbers, and not as millions of objects ----------------


def coding_columns(view: View, *columns: str) -> list[str]:
    """Columns of all codings, each a text of its numbers with commas between; the n-th of each are of one coding."""
    return _as_texts(view, "coding", [quoted(column) for column in columns])


def concern_columns(view: View) -> list[str]:
    """As `coding_columns`, of all concerns: the coding, the group or person whom it is about."""
    return _as_texts(view, "concern", ["coding", "coalesce(constituent_group, person)"])


def stance_columns(view: View, names: Sequence[str]) -> list[str]:
    """As `coding_columns`, of all stances: the coding, the actor, the stance's place among `names`, the term."""
    place = f"CASE stance {' '.join(f'WHEN ? THEN {number}' for number in range(len(names)))} ELSE -1 END"
    return _as_texts(view, "stance", ["coding", "coalesce(actor_group, actor_person)", place, "term"], names)


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


def counts_of_codings(view: View, by: str) -> dict[int, int]:
    """How many codings there are by each value of a column (code, coder, version)."""
    column = {"code": "code", "coder": "coder", "version": "version"}[by]
    return dict(view.raw.execute(f"SELECT {column}, count(*) FROM coding GROUP BY {column}"))
