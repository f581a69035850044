"""Days and times become ISO 8601 where they can be read in one way only."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyvocal.exchange.about.times import NOTHING, Told, joined, read_time

DAY = "2024-05-14"


@pytest.mark.parametrize(
    "words",
    [
        "2024-05-14", "20240514", "2024/05/14", "14 May 2024", "14th of May 2024", "May 14, 2024", "Tue 14 May 2024",
        "14/5/2024", "5/14/2024", "14.05.2024", "14-05-2024", "14. Mai 2024", "Dienstag, 14. Mai 2024", "14 mai 2024",
        "14 de mayo de 2024", "14 mei 2024", "14 de maio de 2024", "14 maggio 2024",
    ],
)  # fmt: skip
def test_day_is_read_in_many_tongues(words: str) -> None:
    assert read_time(words) == Told(DAY)


@pytest.mark.parametrize(
    ("words", "begins", "ends"),
    [
        ("10:45", "10:45", None), ("10.45am", "10:45", None), ("2 pm", "14:00", None), ("12am", "00:00", None),
        ("10h45", "10:45", None), ("10:45-11:20", "10:45", "11:20"), ("10.45 – 11.20 Uhr", "10:45", "11:20"),
        ("2-4pm", "14:00", "16:00"), ("11-1pm", "11:00", "13:00"), ("9.30 to 11", "09:30", "11:00"),
        ("22:00 bis 01:00", "22:00", "01:00"),
    ],
)  # fmt: skip
def test_clock_times_are_read(words: str, begins: str, ends: str | None) -> None:
    assert read_time(words) == Told(None, begins, ends)


@pytest.mark.parametrize(
    "words",
    ["14 May 2024, 10:45-11:20", "10:45 to 11:20 on 14 May 2024", "14.5.2024 10.45–11.20", "2024-05-14 10:45-11:20"],
)
def test_day_and_times_are_read_together(words: str) -> None:
    assert read_time(words) == Told(DAY, "10:45", "11:20")


def test_offset_of_a_time_is_kept() -> None:
    assert read_time("2024-05-14T10:45+01:00") == Told(DAY, "10:45+01:00")


@pytest.mark.parametrize(
    ("words", "readings"),
    [
        ("5/6/2024", ("2024-06-05", "2024-05-06")),
        ("1.2.03", ("2003-02-01", "2001-02-03")),
        ("2:30", ("02:30", "14:30")),
    ],
)
def test_what_can_be_read_in_two_ways_is_a_doubt_with_both(words: str, readings: tuple[str, ...]) -> None:
    assert read_time(words) == Told(readings=readings)


@pytest.mark.parametrize(
    "words", ["", "soon", "10", "table 5", "14 May", "31/2/2024", "25:00", "Wren 10:45", "x" * 9_999]
)
def test_what_is_no_time_says_nothing(words: str) -> None:
    assert read_time(words) == NOTHING


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_of_the_calendar_is_read_as_it_is_written(day: date) -> None:
    for words in (day.isoformat(), f"{day.day} {day:%B} {day.year}", f"{day:%A}, {day.day}. {day:%B} {day.year}"):
        assert read_time(words) == Told(day.isoformat())


@given(st.text(max_size=120))
def test_no_words_make_it_fail(words: str) -> None:
    read_time(words)


def test_what_ends_before_it_began_ends_on_the_day_after() -> None:
    assert joined("2024-02-29", "01:00", after="22:00") == "2024-03-01T01:00"
