"""The axis of a score: every moment that is told has a place of its own, in order, and gaps are folded."""

from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from polyvocal.domain.score_axis import FOLDED, FOLDS_AFTER, MARGIN, axis_of

HOUR = 3600.0


def intervals() -> st.SearchStrategy[list[tuple[float, float]]]:
    """Stretches of time within some days, in whole minutes."""
    ends = st.tuples(st.integers(0, 5000), st.integers(0, 300))
    return st.lists(ends.map(lambda one: (one[0] * 60.0, (one[0] + one[1]) * 60.0)), min_size=1, max_size=12)


@given(intervals())
def test_every_moment_that_is_told_is_found_again_at_its_place(told: list[tuple[float, float]]) -> None:
    axis = axis_of(told, left=7.0)
    assert axis.left == 7.0
    for start, end in told:
        for moment in (start, (start + end) / 2, end):
            assert abs(axis.moment(axis.place(moment)) - moment) < 0.01
        assert abs((axis.place(end) - axis.place(start)) - (end - start) / 60) < 0.01


@given(intervals(), st.lists(st.integers(-10_000, 400_000), min_size=2))
def test_places_are_in_the_order_of_time(told: list[tuple[float, float]], moments: list[int]) -> None:
    axis = axis_of(told)
    places = [axis.place(one) for one in sorted(moments)]
    assert places == sorted(places)


@given(intervals())
def test_pieces_follow_one_another_and_only_what_is_long_is_folded(told: list[tuple[float, float]]) -> None:
    pieces = axis_of(told).pieces
    for one, other in pairwise(pieces):
        assert (one.end, one.right) == (other.start, other.left)
        assert one.folded is not other.folded
    for one in pieces:
        if one.folded:
            assert one.end - one.start > FOLDS_AFTER
            assert one.right - one.left == FOLDED
            assert not any(start < one.end and end > one.start for start, end in told)


def test_night_is_folded_and_a_coffee_break_is_not() -> None:
    day = [(10 * HOUR, 12 * HOUR), (12.5 * HOUR, 16 * HOUR), (33 * HOUR, 36 * HOUR)]
    assert [one.folded for one in axis_of(day).pieces] == [False, True, False]
    assert axis_of(day).pieces[1].start == 16 * HOUR + MARGIN


def test_days_begin_at_midnight_by_the_clocks_of_the_zone() -> None:
    zone = ZoneInfo("Europe/London")
    start = 1_729_976_400.0  # 2024-10-26 22:00 in London, the night in which clocks are put back
    axis = axis_of([(start, start + 30 * HOUR)])
    assert axis.midnights(zone) == [start + 2 * HOUR, start + 27 * HOUR]
    assert axis.midnights(None) == [start + 3 * HOUR, start + 27 * HOUR]


def test_axis_of_nothing_has_no_room() -> None:
    axis = axis_of([], left=5.0)
    assert (axis.left, axis.right, axis.place(0.0), axis.moment(3.0), axis.midnights(None)) == (0.0, 0.0, 0.0, 0.0, [])
