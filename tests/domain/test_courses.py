"""How far along a moment a place in an account is, and back."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from polyvocal.domain.courses import Course
from polyvocal.domain.spans import Span


@st.composite
def spans(draw: st.DrawFn) -> list[Span]:
    found, at = [], 0
    for gap, length in draw(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 40)), min_size=1, max_size=6)):
        found.append(Span(at + gap, at + gap + length))
        at += gap + length
    return found


known = st.lists(st.tuples(st.integers(0, 300), st.floats(0, 1)), max_size=6)


def test_course_goes_evenly_where_nothing_is_known() -> None:
    course = Course([Span(10, 20), Span(40, 50)])
    assert [course.share(at) for at in (0, 10, 15, 20, 30, 40, 45, 50, 99)] == [0, 0, 0.25, 0.5, 0.5, 0.5, 0.75, 1, 1]
    assert [course.offset(share) for share in (0, 0.25, 0.5, 0.75, 1)] == [10, 15, 20, 45, 50]


def test_course_goes_through_what_is_known_and_leaves_out_what_contradicts_it() -> None:
    course = Course([Span(0, 100)], [(50, 0.9), (60, 0.2), (0, 0.4), (200, 0.95)])
    assert course.share(50) == pytest.approx(0.9)
    assert course.share(25) == pytest.approx(0.45)
    assert course.offset(0.9) == pytest.approx(50)


@given(spans(), known, st.integers(0, 400), st.integers(0, 400))
def test_shares_grow_with_offsets_and_lie_between_none_and_all(
    spans: list[Span], known: list[tuple[int, float]], one: int, other: int
) -> None:
    course = Course(spans, known)
    first, last = (course.share(at) for at in sorted((one, other)))
    assert 0 <= first <= last + 1e-9 <= 1 + 2e-9
    assert (course.share(spans[0].start), course.share(spans[-1].end)) == (0, 1)


def test_shares_that_hardly_differ_are_one() -> None:
    assert Course([Span(0, 10)], [(5, 5e-324)]).offset(0.5) == pytest.approx(5)


@given(spans(), known, st.data())
def test_offset_of_a_share_is_where_it_came_from(
    spans: list[Span], known: list[tuple[int, float]], data: st.DataObject
) -> None:
    inside = [at for span in spans for at in range(span.start + 1, span.end)]  # at an end it may be that of either side
    assume(inside)
    course, at = Course(spans, known), data.draw(st.sampled_from(inside))
    assert course.offset(course.share(at)) == pytest.approx(at, abs=1e-3)


@given(spans(), known, st.floats(-1, 2))
def test_offset_lies_in_a_passage_of_the_moment(
    spans: list[Span], known: list[tuple[int, float]], share: float
) -> None:
    offset = Course(spans, known).offset(share)
    assert any(one.start - 1e-6 <= offset <= one.end + 1e-6 for one in spans)
