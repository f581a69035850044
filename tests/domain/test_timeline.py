"""Texts placed in time by their marks: midnight, contradictions, changes of the clocks, and no guessing."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from polyvocal.domain.elapsed import seconds_of
from polyvocal.domain.spans import Span
from polyvocal.domain.timeline import Bracket, Frame, Mark, PlacedMark, bracket, instant, timeline
from polyvocal.domain.words import MarkKind

LONDON = ZoneInfo("Europe/London")
DAY = date(2024, 5, 14)


def at(clock: str, day: int = 14) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime(2024, 5, day, hour, minute, tzinfo=LONDON)


def marks(*clocks: str) -> list[Mark]:
    """Marks ten code points apart; "10:45-11:20" is a range."""
    found = []
    for number, one in enumerate(clocks):
        clock, _, until = one.partition("-")
        found.append(Mark(number * 10, number * 10 + 5, MarkKind.CLOCK, clock, until or None))
    return found


def moments(placed: tuple[PlacedMark, ...]) -> list[datetime | None]:
    return [one.at for one in placed]


def test_marks_are_placed_on_the_day_in_the_zone_of_the_event() -> None:
    assert moments(timeline(marks("10:45", "11:20"), Frame(DAY, LONDON))) == [at("10:45"), at("11:20")]


def test_clock_that_goes_back_by_more_than_half_a_day_is_on_the_next_day() -> None:
    placed = timeline(marks("21:04", "23:50", "00:20", "08:56"), Frame(DAY, LONDON))
    assert moments(placed) == [at("21:04"), at("23:50"), at("00:20", 15), at("08:56", 15)]
    assert not any(one.trouble for one in placed)


def test_clock_that_goes_back_by_less_is_told_and_brackets_nothing() -> None:
    placed = timeline(marks("10:45", "10:31", "11:05"), Frame(DAY, LONDON))
    assert [one.counts for one in placed] == [True, False, True]
    assert placed[1].at == at("10:31"), "it is kept as it was said"
    assert "earlier than 10:45" in (placed[1].trouble or "")
    assert bracket(placed, Span(12, 18), Frame(DAY, LONDON)) == Bracket(at("10:45"), at("11:05"))


def test_first_mark_after_midnight_is_told_from_when_the_observing_began() -> None:
    frame = Frame(DAY, LONDON, begins=at("22:00"))
    assert moments(timeline(marks("00:20"), frame)) == [at("00:20", 15)]


def test_mark_with_a_day_of_its_own_takes_what_follows_with_it() -> None:
    first, second = marks("09:15", "09:40")
    dated = first._replace(day=date(2024, 5, 15))
    assert moments(timeline([dated, second], Frame(DAY, LONDON))) == [at("09:15", 15), at("09:40", 15)]


def test_mark_of_a_day_that_is_over_is_told_and_brackets_nothing() -> None:
    first, second, third = marks("09:15", "10:00", "11:00")
    frame = Frame(DAY, LONDON)
    placed = timeline([first, second._replace(day=date(2024, 5, 13)), third], frame)
    assert [one.counts for one in placed] == [True, False, True]
    assert bracket(placed, Span(12, 18), frame) == Bracket(at("09:15"), at("11:00"))


def test_mark_without_any_day_is_not_placed_and_says_so() -> None:
    (placed,) = timeline(marks("09:15"), Frame(zone=LONDON))
    assert placed.at is None
    assert "which day" in (placed.trouble or "")


def test_text_between_two_marks_is_between_them_and_no_more_is_said() -> None:
    frame = Frame(DAY, LONDON, begins=at("09:00"), ends=at("17:00"))
    placed = timeline(marks("10:45", "11:20"), frame)
    assert bracket(placed, Span(2, 9), frame) == Bracket(at("10:45"), at("11:20"))
    assert bracket(placed, Span(15, 99), frame) == Bracket(at("11:20"), at("17:00"))
    assert bracket(placed, Span(5, 12), frame) == Bracket(at("10:45"), at("17:00")), "it reaches over the second mark"


def test_text_before_the_first_mark_is_after_the_beginning_of_observing() -> None:
    frame = Frame(DAY, LONDON, begins=at("09:00"))
    late = [one._replace(start=one.start + 50, end=one.end + 50) for one in marks("10:45")]
    assert bracket(timeline(late, frame), Span(0, 40), frame) == Bracket(at("09:00"), at("10:45"))
    assert bracket((), Span(0, 40), Frame()) == Bracket(None, None)


def test_end_of_a_range_bounds_what_follows_up_to_the_next_mark() -> None:
    frame = Frame(DAY, LONDON)
    placed = timeline(marks("10:45-11:20", "12:15"), frame)
    assert bracket(placed, Span(6, 9), frame) == Bracket(at("10:45"), at("11:20"))
    assert bracket(placed, Span(6, 15), frame) == Bracket(at("10:45"), None), "what reaches beyond is not so bound"
    inside = timeline(marks("10:45-11:20", "10:50"), frame)
    assert bracket(inside, Span(6, 9), frame) == Bracket(at("10:45"), at("10:50"))


def test_range_across_midnight_ends_on_the_next_day() -> None:
    (placed,) = timeline(marks("23:30-00:15"), Frame(DAY, LONDON))
    assert placed.until == at("00:15", 15)


def test_hour_that_came_twice_and_hour_that_never_was_are_told() -> None:
    (twice,) = timeline(marks("01:30"), Frame(date(2024, 10, 27), LONDON))
    (never,) = timeline(marks("01:30"), Frame(date(2024, 3, 31), LONDON))
    assert "twice" in (twice.trouble or "")
    assert "no such time" in (never.trouble or "")
    assert twice.counts
    assert never.counts


def test_elapsed_time_is_counted_from_when_the_recording_began() -> None:
    mark = Mark(0, 8, MarkKind.ELAPSED, "01:02:03.5")
    frame = Frame(DAY, LONDON, begins=at("14:00"))
    (placed,) = timeline([mark], frame)
    assert placed.at == at("14:00") + timedelta(hours=1, minutes=2, seconds=3.5)
    (nowhere,) = timeline([mark], Frame(DAY, LONDON))
    assert nowhere.at is None
    assert "recording began" in (nowhere.trouble or "")
    assert seconds_of("0:00:59.25") == 59.25


def test_hour_that_came_twice_is_the_second_after_a_time_of_the_first() -> None:
    night = Frame(date(2024, 10, 26), LONDON)
    placed = timeline(marks("23:30", "01:50", "01:10", "02:05"), night)
    assert all(one.counts for one in placed)
    assert [one.at.utcoffset() for one in placed if one.at] == [timedelta(hours=h) for h in (1, 1, 0, 0)]
    assert "it is the second, after 01:50" in (placed[2].trouble or "")
    between = bracket(placed, Span(26, 29), night)
    assert between.earliest is not None
    assert between.latest is not None
    assert instant(between.latest) - instant(between.earliest) == timedelta(minutes=55)


def test_mark_before_the_observing_began_is_told_so() -> None:
    (placed,) = timeline(marks("08:50"), Frame(DAY, LONDON, begins=at("09:20")))
    assert not placed.counts
    assert placed.trouble == "It is earlier than 09:20, when the observing began."


def test_mark_after_the_observing_ended_counts_and_is_told() -> None:
    frame = Frame(DAY, LONDON, begins=at("09:00"), ends=at("16:30"))
    placed = timeline(marks("16:00", "17:00"), frame)
    assert [one.trouble for one in placed] == [None, "It is later than 16:30, when the observing ended."]
    assert bracket(placed, Span(16, 30), frame) == Bracket(at("17:00"), None), "no bracket is turned round"


def test_mark_that_is_not_in_force_is_placed_by_the_others_and_moves_none() -> None:
    first, second, third = marks("10:45", "16:00", "11:20")
    placed = timeline([first, second._replace(tells=False), third], Frame(DAY, LONDON))
    assert moments(placed) == [at("10:45"), at("16:00"), at("11:20")]
    assert all(one.counts for one in placed)


def test_elapsed_time_that_goes_back_is_told_and_does_not_count() -> None:
    said = [Mark(place, place + 7, MarkKind.ELAPSED, clock) for place, clock in ((0, "0:10:00"), (10, "0:02:00"))]
    for frame in (Frame(DAY, LONDON, begins=at("14:00")), Frame(DAY, LONDON)):
        placed = timeline(said, frame)
        assert not placed[1].counts
        assert "earlier" in (placed[1].trouble or "")


def test_elapsed_time_runs_through_a_change_of_the_clocks() -> None:
    begins = datetime(2024, 3, 31, 0, 30, tzinfo=LONDON)
    (placed,) = timeline([Mark(0, 8, MarkKind.ELAPSED, "1:00:00")], Frame(begins.date(), LONDON, begins))
    assert placed.at is not None
    assert (placed.at.hour, placed.at.minute) == (2, 30)


CLOCKS = st.times().map(lambda one: f"{one.hour:02}:{one.minute:02}")


ELAPSED = st.integers(0, 20_000).map(lambda one: f"{one // 3600}:{one // 60 % 60:02}:{one % 60:02}")
SAID = st.one_of(
    st.tuples(st.just(MarkKind.CLOCK), CLOCKS, st.none() | CLOCKS),
    st.tuples(st.just(MarkKind.ELAPSED), ELAPSED, st.none()),
)
MOMENTS = st.none() | st.datetimes(datetime(2024, 10, 26), datetime(2024, 10, 28), timezones=st.just(LONDON))  # noqa: DTZ001
FRAMES = st.builds(Frame, st.just(date(2024, 10, 26)), st.just(LONDON), MOMENTS, MOMENTS)
"""Around a night in which the clocks were put back; an end may lie before its beginning."""


@given(st.lists(SAID, max_size=12), FRAMES, st.integers(0, 130), st.integers(1, 60))
def test_what_counts_is_in_order_and_lies_about_its_words(
    said: list[tuple[MarkKind, str, str | None]], frame: Frame, start: int, length: int
) -> None:
    found = [Mark(at * 10, at * 10 + 5, kind, clock, until) for at, (kind, clock, until) in enumerate(said)]
    placed = timeline(found, frame)
    counting = [(one.mark, instant(one.at)) for one in placed if one.counts and one.at is not None]
    assert [when for _, when in counting] == sorted(when for _, when in counting)
    assert all(one.trouble for one in placed if not one.counts)
    assert all(instant(one.until) >= instant(one.at) for one in placed if one.until and one.at)
    earliest, latest = bracket(placed, Span(start, start + length), frame)
    if frame.begins is None or frame.ends is None or frame.begins <= frame.ends:
        assert earliest is None or latest is None or instant(earliest) <= instant(latest)
    for mark, when in counting:
        if mark.start <= start:
            assert earliest is not None
            assert when <= instant(earliest)
        if mark.start >= start + length:
            assert latest is not None
            assert instant(latest) <= when


@given(st.lists(CLOCKS, max_size=12), st.lists(st.integers(1, 2000), min_size=13, max_size=13))
def test_how_long_the_prose_is_between_two_marks_changes_no_moment(clocks: list[str], gaps: list[int]) -> None:
    near, far, place = marks(*clocks), [], 0
    for mark, gap in zip(near, gaps, strict=False):
        place += gap
        far.append(mark._replace(start=place, end=place + 1))
        place += 1
    assert moments(timeline(near, Frame(DAY, LONDON))) == moments(timeline(far, Frame(DAY, LONDON)))
