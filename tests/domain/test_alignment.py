"""Text lies in a window of time only as far as the times that are marked in it say so."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyvocal.domain.alignment import Fit, Segment, Window, fit, narrowest, segments
from polyvocal.domain.timeline import Bracket, Frame, Mark, timeline
from polyvocal.domain.words import MarkKind

DAY = datetime(2024, 5, 14)  # noqa: DTZ001 - a local time
FRAME = Frame(day=DAY.date())


def at(clock: str) -> datetime:
    hours, minutes = clock.split(":")
    return DAY + timedelta(hours=int(hours), minutes=int(minutes))


def window(starts: str, ends: str | None) -> Window:
    return Window(at(starts), at(ends) if ends else None)


def between(earliest: str | None, latest: str | None) -> Bracket:
    return Bracket(at(earliest) if earliest else None, at(latest) if latest else None)


@pytest.mark.parametrize(
    ("bracket", "expected"),
    [
        (between("10:45", "11:00"), Fit.INSIDE),
        (between("10:50", "10:50"), Fit.INSIDE),
        (between("10:45", "10:45"), Fit.INSIDE),
        (between("10:40", "10:50"), Fit.PERHAPS),
        (between("10:50", "11:20"), Fit.PERHAPS),
        (between("10:00", "12:00"), Fit.PERHAPS),
        (between("10:50", None), Fit.PERHAPS),
        (between(None, "10:50"), Fit.PERHAPS),
        (between("10:00", "10:45"), Fit.OUTSIDE),
        (between("11:00", "11:30"), Fit.OUTSIDE),
        (between("11:00", None), Fit.OUTSIDE),
        (between(None, "10:45"), Fit.OUTSIDE),
        (between("10:00", None), Fit.UNKNOWN),
        (between(None, "12:00"), Fit.UNKNOWN),
        (between(None, None), Fit.UNKNOWN),
    ],
)
def test_bracket_lies_to_a_window_as_its_ends_say(bracket: Bracket, expected: Fit) -> None:
    assert fit(bracket, window("10:45", "11:00")) is expected


def test_window_without_an_end_is_open() -> None:
    assert fit(between("12:00", "13:00"), window("10:45", None)) is Fit.INSIDE
    assert fit(between("10:00", None), window("10:45", None)) is Fit.UNKNOWN
    assert fit(between("10:00", "10:30"), window("10:45", None)) is Fit.OUTSIDE


def test_what_has_a_zone_is_not_compared_with_what_has_none() -> None:
    summer = timezone(timedelta(hours=1))
    aware = Window(at("10:45").replace(tzinfo=summer), None)
    assert fit(between("10:50", "10:55"), aware) is Fit.UNKNOWN
    assert fit(Bracket(at("10:50").replace(tzinfo=summer), at("10:55").replace(tzinfo=summer)), aware) is Fit.INSIDE


def marks(*clocks: tuple[int, str]) -> list[Mark]:
    return [Mark(start, start + 5, MarkKind.CLOCK, clock) for start, clock in clocks]


def test_text_is_cut_where_marks_stand_that_count() -> None:
    placed = timeline(marks((10, "10:40"), (30, "10:20"), (50, "11:20")), FRAME)
    assert segments(placed, 70, FRAME) == (
        Segment(0, 10, between(None, "10:40"), marked=True),
        Segment(10, 50, between("10:40", "11:20"), marked=True),
        Segment(50, 70, between("11:20", None), marked=True),
    )


def test_text_without_marks_is_one_segment_in_what_is_known_of_it() -> None:
    frame = Frame(DAY.date(), begins=at("9:00"), ends=at("17:00"))
    assert segments((), 70, frame) == (Segment(0, 70, between("9:00", "17:00"), marked=False),)
    assert segments((), 0, frame) == ()


@given(st.lists(st.integers(0, 90).map(lambda at: at * 6), unique=True), st.integers(0, 700))
def test_segments_cover_a_text_without_a_gap(starts: list[int], longer: int) -> None:
    placed = timeline(marks(*((start, f"{10 + start // 60:02}:{start % 60:02}") for start in sorted(starts))), FRAME)
    length = max(starts, default=0) + 5 + longer
    found = segments(placed, length, FRAME)
    assert [one.end for one in found[:-1]] == [one.start for one in found[1:]]
    assert (found[0].start, found[-1].end) == (0, length)


_MINUTES = st.integers(0, 60)


@given(_MINUTES, _MINUTES, _MINUTES, _MINUTES, _MINUTES)
def test_what_is_in_both_is_never_said_to_be_outside(
    one: int, other: int, starts: int, ends: int, instant: int
) -> None:
    earliest, latest, starts, ends = *sorted((one, other)), *sorted((starts, ends))
    said = fit(
        Bracket(DAY + timedelta(minutes=earliest), DAY + timedelta(minutes=latest)),
        Window(DAY + timedelta(minutes=starts), DAY + timedelta(minutes=ends)),
    )
    if earliest <= instant < latest and starts <= instant < ends:
        assert said in (Fit.INSIDE, Fit.PERHAPS)
    if said is Fit.INSIDE:
        assert starts <= earliest
        assert latest <= ends


def test_several_brackets_narrow_to_what_they_share_or_contradict() -> None:
    assert narrowest([between("10:40", "11:20"), between("10:50", None)]) == between("10:50", "11:20")
    assert narrowest([between("10:40", "10:45"), between("10:50", None)]) is None
    assert narrowest([]) == Bracket(None, None)
