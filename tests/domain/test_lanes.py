"""Lanes: no two spans that overlap share one, and no more are used than needed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyvocal.domain.errors import BugError
from polyvocal.domain.lanes import lowest_free, pack_lanes
from polyvocal.domain.spans import Span

SPANS = st.lists(st.builds(lambda start, length: Span(start, start + length), st.integers(0, 60), st.integers(1, 30)))


@given(SPANS)
def test_overlapping_spans_never_share_a_lane(spans: list[Span]) -> None:
    spans.sort(key=lambda span: (span.start, -span.end))
    lanes = pack_lanes(spans)
    for one in range(len(spans)):
        for other in range(one):
            assert lanes[one] != lanes[other] or not spans[one].overlaps(spans[other])


@given(SPANS)
def test_no_more_lanes_are_used_than_spans_lie_over_one_another(spans: list[Span]) -> None:
    spans.sort(key=lambda span: (span.start, -span.end))
    deepest = max((sum(span.start <= at < span.end for span in spans) for at in range(100)), default=0)
    assert len(set(pack_lanes(spans))) == deepest


def test_spans_that_only_touch_share_a_lane() -> None:
    assert pack_lanes([Span(0, 5), Span(5, 9)]) == [0, 0]


def test_spans_out_of_order_are_a_fault_of_ours() -> None:
    with pytest.raises(BugError):
        pack_lanes([Span(5, 9), Span(0, 5)])


@given(st.sets(st.integers(0, 20)))
def test_lowest_free_lane_is_free_and_none_below_it_is(taken: set[int]) -> None:
    lane = lowest_free(taken)
    assert lane not in taken
    assert set(range(lane)) <= taken
