"""When sessions ran, as far as two of them can be compared."""

from datetime import UTC, datetime

import pytest

from polyvocal.domain.hours import days_of, hours_of, overlap

LONDON = "Europe/London"


def test_time_without_offset_is_in_the_zone_of_the_event() -> None:
    hours = hours_of("2024-05-14T10:00", "2024-05-14T11:00", LONDON)
    assert hours is not None
    assert hours[0].astimezone(UTC) == datetime(2024, 5, 14, 9, tzinfo=UTC)


@pytest.mark.parametrize("starts", [None, "2024-05-14", "20240514"])
def test_day_alone_gives_no_hours(starts: str | None) -> None:
    assert hours_of(starts, "2024-05-14T11:00", LONDON) is None


@pytest.mark.parametrize("ends", [None, "2024-05-14", "2024-05-14T11:00+01:00"])
def test_end_that_cannot_be_compared_is_taken_for_the_beginning(ends: str | None) -> None:
    hours = hours_of("2024-05-14T10:00", ends, None)
    assert hours is not None
    assert hours[0] == hours[1]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("10:00", "11:00"), ("10:30", "12:00"), True),
        (("10:00", "11:00"), ("11:00", "12:00"), False),
        (("10:00", "11:00"), ("10:00", None), True),
        (("10:00", "12:00"), ("11:00", None), True),
        (("10:00", None), ("10:00", None), True),
    ],
)
def test_hours_overlap_half_open(one: tuple[str, str | None], other: tuple[str, str | None], *, expected: bool) -> None:
    def hours(span: tuple[str, str | None]) -> object:
        starts, ends = span
        return hours_of(f"2024-05-14T{starts}", f"2024-05-14T{ends}" if ends else None, LONDON)

    assert overlap(hours(one), hours(other)) is expected  # type: ignore[arg-type]
    assert overlap(hours(other), hours(one)) is expected  # type: ignore[arg-type]


@pytest.mark.parametrize("starts", ["0001-01-01T00:00", "9999-12-31T23:59", "0024-05-14T10:00", "9999-12-31"])
def test_nothing_is_reckoned_with_a_year_that_is_mistyped_or_stands_for_not_known(starts: str) -> None:
    assert hours_of(starts, None, "Asia/Tokyo") is None
    assert days_of(starts, None, "America/New_York") is None
    hours = hours_of("2024-05-14T10:00", starts, LONDON)
    assert hours is not None
    assert hours[0] == hours[1]  # as where no end is known


def test_time_with_a_zone_and_one_without_are_not_compared() -> None:
    with_zone = hours_of("2024-05-14T10:00+01:00", None, None)
    without = hours_of("2024-05-14T10:00", None, None)
    assert not overlap(with_zone, without)
    assert not overlap(None, without)
