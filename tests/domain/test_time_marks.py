"""Finding the times that people write into their notes, and only those."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyvocal.domain.time_marks import FoundClock, found_times
from polyvocal.domain.words import MarkKind


def clocks(text: str) -> list[str]:
    """The times found, as they are kept."""
    return [one.clock + (f"-{one.until}" if one.until else "") for one in found_times(text)]


def one(text: str) -> FoundClock:
    (found,) = found_times(text)
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("20:58. They turn", ["20:58"]),
        ("20.58. They turn", ["20:58"]),
        ("10.45am coffee", ["10:45"]),
        ("10.45 am coffee", ["10:45"]),
        ("10.45 a.m. coffee", ["10:45"]),
        ("10:45AM coffee", ["10:45"]),
        ("12.15am, the last bus", ["00:15"]),
        ("12.15pm, lunch", ["12:15"]),
        ("10am. Lift still broken.", ["10:00"]),
        ("10 p.m.", ["22:00"]),
        ("10:45-11:20 plenary", ["10:45-11:20"]),
        ("10:45 \u2013 11:20 plenary", ["10:45-11:20"]),
        ("10.45 to 11.20 plenary", ["10:45-11:20"]),
        ("from 10.45 until 11.20", ["10:45-11:20"]),
        ("11.45am to 12.15pm. Thin.", ["11:45-12:15"]),
        ("2-3pm tables", ["14:00-15:00"]),
        ("11-1pm tables", ["11:00-13:00"]),
        ("2 to 3.30pm", ["15:30"]),
        ("quarter to 3pm", ["14:45"]),
        ("a quarter past eight in the morning", ["08:15"]),
        ("twenty to ten", ["09:40"]),
        ("twenty-five past ten", ["10:25"]),
        ("half past two", ["14:30"]),
        ("ten to one", ["12:50"]),
        ("ten past twelve", ["12:10"]),
        ("7 minutes past 10", ["10:07"]),
        ("10 to 4", ["15:50"]),
        ("three o'clock", ["15:00"]),
        ("three o\u2019clock", ["15:00"]),
        ("ten o'clock at night", ["22:00"]),
        ("10h45 pause", ["10:45"]),
        ("10 h 45 pause", ["10:45"]),
        ("1045 hrs", ["10:45"]),
        ("0945h", ["09:45"]),
        ("noon. Sandwiches.", ["12:00"]),
        ("They left at noon.", ["12:00"]),
        ("They left around midnight.", ["00:00"]),
        ("## 09:31", ["09:31"]),
        ("## 9.31 By the coats", ["09:31"]),
        ("- 09:30 Badges and coffee", ["09:30"]),
        ("* 9.30: badges", ["09:30"]),
        ("[10:45] They turn", ["10:45"]),
        ("(10:45) They turn", ["10:45"]),
        ("At 10.45 they turn", ["10:45"]),
        ("c. 10.45 they turn", ["10:45"]),
        ("~10:45 they turn", ["10:45"]),
        ("It began at 10.45, or so", ["10:45"]),
        ("We stopped by 16.30.", ["16:30"]),
        ("10:45:30 the bell", ["10:45:30"]),
        ("Tuesday 14 May 2024, 10:45", ["10:45"]),
        ("24:00 the end", ["00:00"]),
        ("bleep at 10:47 and 10:52", ["10:47", "10:52"]),
        ("23:50 dinner. 00:20 the pier.", ["23:50", "00:20"]),
    ],
)
def test_time_is_found_in_all_its_forms(text: str, found: list[str]) -> None:
    assert clocks(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "It costs 10.45 pounds.",
        "It costs \u00a310.45.",
        "\u20ac2.30 each",
        "2.30 patients per day",
        "fell by 3.15 per cent",
        "fell by 3.15%",
        "5.30 hours of it",
        "John 3:16",
        "Psalm 23:04",
        "a ratio of 3:10",
        "They scored 3:10.",
        "see section 10.45",
        "version 2.10 of it",
        "Table 4.12 shows",
        "page 10.12",
        "Room 2.10 is locked",
        "a mean of 3.15",
        "1.2.3 Methods",
        "on 14.05.2024",
        "on 2024-05-14",
        "ward 10:450",
        "127.0.0.1:80",
        "25:10",
        "10:75",
        "at 10.75",
        "There were 12 of them, 3 to 6 at a table",
        "boxes 3 to 6",
        "a twenty to the lad",
        "half of them",
        "one-half to three-fourths of an inch",
        "The afternoon was long.",
        "It was a noon like any other.",
        "He is 10, am I right?",
        "http://example.org/10:45",
        "the number 1045 bus",
        "B10.45 is a form",
        "10.45.12",
        "Then 2.30 came up in the ledger",
    ],
)
def test_number_that_is_no_time_is_left(text: str) -> None:
    assert clocks(text) == []


@pytest.mark.parametrize(
    ("text", "strong"),
    [
        ("10:45 Back from coffee", True),
        ("They left. 10:45. Nobody.", True),
        ("They left at once. At 10:45 nobody.", True),
        ("Tues 14 May, 10:45 Back", True),
        ("## Wed 29 May, 09:30, Orchard", True),
        ("the next meeting is at 14:00 on 3 June", False),
        ("Jonah comes in at 10:40 with wet hair", False),
        ("1.10 Introduction", False),
        ('"10:45," she says', True),
    ],
)
def test_time_that_begins_a_line_or_a_sentence_is_a_strong_one(text: str, strong: bool) -> None:
    assert one(text).strong is strong


def test_span_is_that_of_the_characters_that_say_the_time() -> None:
    text = "They left. At a quarter to 3pm, nobody."
    found = one(text)
    assert text[found.start : found.end] == "a quarter to 3pm"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Tuesday 14 May 2024, 10:45 start", date(2024, 5, 14)),
        ("May 14, 2024 10:45", date(2024, 5, 14)),
        ("2024-05-14 10:45", date(2024, 5, 14)),
        ("Tuesday 14 May, 10:45", None),
        ("14/05/2024 10:45", None),
        ("31 February 2024, 10:45", None),
        ("14 May 2024\n10:45", None),
    ],
)
def test_day_is_told_where_the_line_says_it_whole(text: str, day: date | None) -> None:
    assert one(text).day == day


@pytest.mark.parametrize(
    ("text", "found", "doubtful"),
    [
        ("9:40 coats. 10:05 bell. 1:10 back.", ["09:40", "10:05", "13:10"], [False, False, True]),
        ("9:40 coats. 1:10 back. 13:20 bell.", ["09:40", "13:10", "13:20"], [False, True, False]),
        ("00:10 pier. 1:10 still there. 13:20 bell.", ["00:10", "01:10", "13:20"], [False, False, False]),
        ("09:15 start. They stop at half past three.", ["09:15", "15:30"], [False, True]),
        ("7:30 dinner", ["07:30"], [True]),
        ("12:55 lunch. 1:10 back.", ["12:55", "13:10"], [False, True]),
    ],
)
def test_half_of_the_day_that_nobody_said_is_told_with_a_doubt(
    text: str, found: list[str], doubtful: list[bool]
) -> None:
    assert clocks(text) == found
    assert [each.doubt is not None for each in found_times(text)] == doubtful


def test_doubt_names_both_times() -> None:
    assert "13:10 or 01:10" in (one("They were back by 1:10 or so").doubt or "")


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("[00:01:02] Anna: Good morning.", "00:01:02"),
        ("(1:02:03) Anna", "1:02:03"),
        ("00:10:45.120 --> next", "00:10:45.120"),
        ("00:10:45,120 next", "00:10:45.120"),
        ("[00:01:50 to later, not typed]", "00:01:50"),
    ],
)
def test_time_since_a_recording_began_is_told_apart(text: str, clock: str) -> None:
    found = found_times(text)[0]
    assert (found.kind, found.clock) == (MarkKind.ELAPSED, clock)


PIECES = st.sampled_from(
    [
        "10:45",
        "10.45",
        " ",
        "\n",
        "am",
        "pm",
        "-",
        "to",
        "half past ",
        "ten",
        "at ",
        ".",
        "00:01:02",
        "[",
        "]",
        "\u00a3",
        "7",
        "noon",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_times_lie_within_the_text_in_order_and_apart(text: str) -> None:
    found = found_times(text)
    last = 0
    for each in found:
        assert last <= each.start < each.end <= len(text)
        last = each.end


@given(st.integers(0, 23), st.integers(0, 59))
def test_every_time_of_the_day_is_found_as_it_is_written(hour: int, minute: int) -> None:
    assert clocks(f"{hour:02}:{minute:02} They turn. 13:00 is when.")[0] == f"{hour:02}:{minute:02}"


def test_meeting_transcripts_and_an_old_book_hold_few_times(shared_data: Path) -> None:
    """What was looked at by eye: nothing that is found in these is a number of another kind."""
    book = next((shared_data / "texts/gutenberg").glob("*.txt")).read_text("utf-8-sig")
    found = [book[each.start : each.end] for each in found_times(book)]
    assert found == ["noon"]
