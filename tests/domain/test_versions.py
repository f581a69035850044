"""The versions of a source, as a tree with forks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyvocal.domain.editmap import EditMap
from polyvocal.domain.errors import BugError
from polyvocal.domain.ids import SourceId, SourceVersionId
from polyvocal.domain.records import SourceVersion
from polyvocal.domain.spans import Span
from polyvocal.domain.versions import current, heads, map_between

LENGTH = 30


def version(number: int, parent: int | None, path: EditMap, length: int) -> SourceVersion:
    return SourceVersion(
        id=SourceVersionId(number),
        source=SourceId(1),
        parent=SourceVersionId(parent) if parent is not None else None,
        text_hash=f"{number}",
        length=length,
        words=1,
        edits=path.encode(),
        created_at=number,
    )


@st.composite
def trees(draw: st.DrawFn) -> list[SourceVersion]:
    """A first version, and others that were each made from one that was there, by one edit."""
    versions = [version(100, None, EditMap(), LENGTH)]
    for number in range(101, 101 + draw(st.integers(0, 8))):
        parent = draw(st.sampled_from(versions))
        start = draw(st.integers(0, parent.length))
        end = draw(st.integers(start, min(parent.length, start + 3)))
        path = EditMap.of([(start, end, draw(st.integers(0 if end > start else 1, 3)))])
        versions.append(version(number, parent.id, path, path.length_after(parent.length)))
    return versions


def line_up(versions: list[SourceVersion], at: SourceVersion) -> list[SourceVersion]:
    by_id = {one.id: one for one in versions}
    line = [at]
    while line[-1].parent is not None:
        line.append(by_id[line[-1].parent])
    return line


@given(trees(), st.data())
def test_map_leads_up_to_the_common_ancestor_and_down_again(versions: list[SourceVersion], data: st.DataObject) -> None:
    older, newer = data.draw(st.sampled_from(versions)), data.draw(st.sampled_from(versions))
    start = data.draw(st.integers(0, max(0, older.length - 1)))
    place: Span | None = Span(start, data.draw(st.integers(start + 1, older.length + 1)))
    path = map_between(data.draw(st.permutations(versions)), older.id, newer.id)
    assert path.length_after(older.length) == newer.length

    up, down = line_up(versions, older), line_up(versions, newer)
    shared = next(one for one in up if one in down)
    steps = [EditMap.decode(one.edits).inverse() for one in up[: up.index(shared)]]
    steps += [EditMap.decode(one.edits) for one in reversed(down[: down.index(shared)])]
    assert place is not None
    placed = path.place(place)
    for step in steps:
        place = step.place(place) if place is not None else None
    assert placed == place


@given(trees())
def test_map_from_a_version_to_itself_changes_nothing(versions: list[SourceVersion]) -> None:
    for one in versions:
        assert map_between(versions, one.id, one.id) == EditMap()


@given(trees())
def test_heads_are_the_versions_that_no_other_was_made_from(versions: list[SourceVersion]) -> None:
    ends = heads(versions)
    assert {one.id for one in ends} == {one.id for one in versions} - {one.parent for one in versions}
    assert [one.created_at for one in ends] == sorted((one.created_at for one in ends), reverse=True)
    assert current(versions) == ends[0]


def test_map_between_versions_without_a_common_ancestor_is_refused() -> None:
    apart = [version(100, None, EditMap(), LENGTH), version(101, None, EditMap(), LENGTH)]
    with pytest.raises(BugError, match="no common ancestor"):
        map_between(apart, SourceVersionId(100), SourceVersionId(101))


def test_map_between_versions_that_stem_from_each_other_is_refused() -> None:
    circle = [version(100, 101, EditMap(), LENGTH), version(101, 100, EditMap(), LENGTH)]
    with pytest.raises(BugError, match="do not form a tree"):
        map_between(circle, SourceVersionId(100), SourceVersionId(101))


def test_map_between_versions_with_a_missing_parent_is_refused() -> None:
    torn = [version(101, 100, EditMap(), LENGTH)]
    with pytest.raises(BugError, match="do not form a tree"):
        map_between(torn, SourceVersionId(101), SourceVersionId(101))
