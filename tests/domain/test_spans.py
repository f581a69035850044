"""Span arithmetic against sets of code points."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from polyvocal.domain.spans import Span, covered, gaps, union

spans = st.tuples(st.integers(0, 60), st.integers(0, 12)).map(lambda place: Span(place[0], place[0] + place[1]))


def points(of: list[Span]) -> set[int]:
    return {at for span in of for at in range(span.start, span.end)}


@given(st.lists(spans))
def test_union_covers_just_what_the_spans_cover(given_spans: list[Span]) -> None:
    joined = union(given_spans)
    assert points(joined) == points(given_spans)
    assert covered(given_spans) == len(points(given_spans))


@given(st.lists(spans))
def test_union_is_sorted_and_its_spans_lie_apart(given_spans: list[Span]) -> None:
    joined = union(given_spans)
    assert all(span.length > 0 for span in joined)
    assert all(one.end < other.start for one, other in pairwise(joined))


@given(spans, spans)
def test_overlaps_if_a_code_point_is_shared(one: Span, other: Span) -> None:
    if one.length and other.length:
        assert one.overlaps(other) == bool(points([one]) & points([other]))
        assert one.overlaps(other) == other.overlaps(one)


def test_spans_that_only_touch_do_not_overlap_but_are_joined() -> None:
    assert not Span(0, 3).overlaps(Span(3, 5))
    assert union([(3, 5), (0, 3)]) == [Span(0, 5)]


def test_an_empty_span_covers_nothing() -> None:
    assert union([(4, 4)]) == []
    assert covered([(4, 4), (1, 3), (2, 2)]) == 2


@given(st.lists(spans))
def test_gaps_are_what_the_spans_leave_of_a_text(given_spans: list[Span]) -> None:
    left = gaps(given_spans, 80)
    assert points(left) == set(range(80)) - points(given_spans)
    assert all(one.end < other.start for one, other in pairwise(left))
