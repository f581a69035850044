"""Codings in bulk: by source version, and as columns for the sweeps of the analysis."""

from typing import NamedTuple

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


def coded_versions(view: View) -> set[int]:
    """The versions that bear at least one coding."""
    # one step through the index per version that exists, instead of one per coding
    return {
        version
        for (version,) in view.raw.execute(
            "SELECT id FROM source_version AS v WHERE EXISTS (SELECT 1 FROM coding AS c WHERE c.version = v.id)"
        )
    }


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


def coding_rows(view: View) -> list[tuple[int, int, int, int, int, int]]:
    """(id, version, start, end, code, coder) of every coding, in the order of their ids."""
    return view.raw.execute('SELECT id, version, start, "end", code, coder FROM coding ORDER BY id').fetchall()


def counts_of_codings(view: View, by: str) -> dict[int, int]:
    """How many codings there are by each value of a column (code, coder, version)."""
    column = {"code": "code", "coder": "coder", "version": "version"}[by]
    return dict(view.raw.execute(f"SELECT {column}, count(*) FROM coding GROUP BY {column}"))
