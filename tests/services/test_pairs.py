"""Pairs of intervals that meet, against a plain comparison of every two."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyvocal.services.analysis import pairs
from polyvocal.services.analysis.pairs import Intervals, meeting_pairs

ROWS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 8), st.integers(0, 8), st.integers(0, 2)), max_size=24)


@given(ROWS, st.sampled_from([0, 1, 4]))
def test_pairs_are_those_that_share_a_place(rows: list[tuple[int, int, int, int]], dense: int) -> None:
    rows = sorted((line, min(start, end), max(start, end), kind) for line, start, end, kind in rows)
    expected = np.zeros((3, 3), np.int64)
    for (line, start, end, kind), (line_2, start_2, end_2, kind_2) in combinations(rows, 2):
        if line == line_2 and set(range(start, end)) & set(range(start_2, end_2)):
            expected[kind, kind_2] += 1
            expected[kind_2, kind] += kind != kind_2
    columns = np.array(rows, np.int64).reshape(-1, 4).T
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairs, "_DENSE", dense)
        assert (meeting_pairs(Intervals(*columns), 3) == expected).all()
