"""Sweeps and moved places against what they replace: sets of places, dictionaries, `EditMap.place` one by one."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from polyvocal.domain.editmap import EditMap, apply_edits
from polyvocal.domain.spans import Span
from polyvocal.services.analysis.places import placed
from polyvocal.services.analysis.sweep import (
    Ints,
    covered_in_order,
    distinct_by_group,
    distinct_in_order,
    distinct_pairs,
    numbered,
    order_by_group,
    tally,
)

INTERVALS = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 1), st.integers(0, 12), st.integers(0, 12)), max_size=30
)


def columns(rows: list[tuple[int, ...]], width: int) -> list[Ints]:
    """The columns of some rows."""
    return list(np.array(rows, np.int64).reshape(-1, width).T)


@given(INTERVALS)
@example([(0, 0, 0, 5), (0, 1, 1, 2), (0, 0, 2, 4)])
@example([(0, 0, 0, 9), (0, 0, 1, 2), (0, 0, 3, 9)])
def test_covered_places_are_counted_once_in_a_group_and_line(intervals: list[tuple[int, int, int, int]]) -> None:
    in_order = sorted(intervals, key=lambda one: (one[1], one[2]))
    group, line, start, end = columns(in_order, 4)  # type: ignore[arg-type]
    places = {(g, n, place) for g, n, first, last in intervals for place in range(first, last)}
    expected = [sum(g == number for g, _, _ in places) for number in range(2)]
    assert covered_in_order(group, line, start, end, groups=2).tolist() == expected


def test_places_of_long_texts_in_many_lines_are_counted_without_overflow() -> None:
    lines = np.arange(100_000, dtype=np.int64)
    start = np.full_like(lines, 10_000_000)
    covered = covered_in_order(np.zeros_like(lines), lines, start, start + 7, groups=1)
    assert covered.tolist() == [700_000]


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 9)), max_size=40))
def test_pairs_are_given_once_and_counted_by_group(pairs: list[tuple[int, int]]) -> None:
    group, member = columns(pairs, 2)  # type: ignore[arg-type]
    groups, members = distinct_pairs(group, member, groups=5)
    assert list(zip(members.tolist(), groups.tolist(), strict=True)) == sorted({(m, g) for g, m in pairs})
    expected = [len({m for g, m in pairs if g == number}) for number in range(5)]
    assert distinct_by_group(group, member, groups=5).tolist() == expected


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5)), max_size=40))
def test_different_lines_of_a_group_are_counted_where_lines_are_in_order(pairs: list[tuple[int, int]]) -> None:
    group, line = columns(sorted(pairs, key=lambda one: one[1]), 2)
    expected = [len({n for g, n in pairs if g == number}) for number in range(4)]
    assert distinct_in_order(group, line, groups=4).tolist() == expected


@given(st.lists(st.integers(0, 200_000)))
def test_members_of_a_group_keep_their_order_however_many_groups_there_are(numbers: list[int]) -> None:
    order = order_by_group(np.array(numbers, np.int64), 200_001)
    expected = sorted(range(len(numbers)), key=lambda at: numbers[at])
    assert (list(range(len(numbers))) if order is None else order.tolist()) == expected


@given(st.lists(st.integers(0, 4)))
def test_tally_counts_each_number(numbers: list[int]) -> None:
    assert tally(np.array(numbers, np.int64), 5).tolist() == [numbers.count(one) for one in range(5)]


@given(st.lists(st.integers(-(2**62), 2**63 - 1), unique=True), st.lists(st.integers(-(2**62), 2**63 - 1)))
def test_values_are_found_among_keys_of_63_bits(keys: list[int], values: list[int]) -> None:
    values = values + keys[::2]
    expected = [keys.index(one) if one in keys else -1 for one in values]
    assert numbered(np.array(values, np.int64), keys).tolist() == expected


@st.composite
def maps(draw: st.DrawFn) -> tuple[int, EditMap]:
    """(length of the oldest text, a map of up to three stages)."""
    text = "a" * draw(st.integers(1, 20))
    whole, path = len(text), EditMap()
    for _ in range(draw(st.integers(0, 3))):
        ends = sorted(draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=6)))
        edits = [(first, last, draw(st.text("xy", max_size=4))) for first, last in list(pairwise(ends))[::2]]
        text, stage = apply_edits(text, edits)
        path = path.then(stage)
    return whole, path


@given(st.lists(st.integers(-50, 50), unique=True, min_size=1), st.lists(st.integers(-(2**62), 2**63 - 1)))
def test_values_are_found_among_keys_that_are_near_to_one_another(keys: list[int], values: list[int]) -> None:
    values = [*values, *range(-60, 60)]
    expected = [keys.index(one) if one in keys else -1 for one in values]
    assert numbered(np.array(values, np.int64), keys).tolist() == expected


@given(maps())
def test_passages_are_placed_as_one_by_one(drawn: tuple[int, EditMap]) -> None:
    length, path = drawn
    spans = [Span(start, end) for start in range(length) for end in range(start + 1, length + 1)]
    start, end = placed(path, *columns(spans, 2))  # type: ignore[arg-type]
    found = [Span(*one) if one != (0, 0) else None for one in zip(start.tolist(), end.tolist(), strict=True)]
    assert found == [path.place(span) for span in spans]


@pytest.mark.parametrize(
    ("edit", "start", "end"),
    [
        ((2, 2, 3), 7, 9),  # put in before it
        ((4, 4, 3), 7, 9),  # put in at its beginning: not of it
        ((6, 6, 3), 4, 6),  # put in at its end: not of it
        ((5, 5, 3), 4, 9),  # put in within it
        ((4, 6, 0), 0, 0),  # taken away
        ((3, 7, 2), 3, 5),  # replaced, with something around it
    ],
)
def test_passage_is_placed_after_an_edit(edit: tuple[int, int, int], start: int, end: int) -> None:
    found = placed(EditMap.of([edit]), np.array([4], np.int64), np.array([6], np.int64))
    assert [one.tolist() for one in found] == [[start], [end]]
