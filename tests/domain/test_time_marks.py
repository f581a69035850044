"""Finding the times that people write into their notes, and only those."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyvocal.domain.time_marks import FoundClock, found_times
from polyvocal.domain.words import MarkKind

SAMPLE = Path(__file__).resolve().parents[2] / "resources/sample/accounts"


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
        ("2 to 3.30pm", ["14:00-15:30"]),
        ("9-10.30am", ["09:00-10:30"]),
        ("9am-10.30", ["09:00-10:30"]),
        ("9am to noon", ["09:00-12:00"]),
        ("from noon until 2pm", ["12:00-14:00"]),
        ("23:30-00:15 the pier", ["23:30-00:15"]),
        ("half past two to ten past three, tea", ["14:30-15:10"]),
        ("0900-1030 hrs plenary", ["09:00-10:30"]),
        ("half past 10pm", ["22:30"]),
        ("quarter-to three", ["14:45"]),
        ("It's two minutes to six and dark.", ["17:58"]),
        ("They come in from about twenty to ten with cases.", ["09:40"]),
        ("It is ten to four.", ["15:50"]),
        ("Moved at 2 in the morning to another bed.", ["02:00"]),
        ("Then the bleep at seven in the evening.", ["19:00"]),
        ("12 noon", ["12:00"]),
        ("12:00 noon, lunch", ["12:00"]),
        ("10.45hrs", ["10:45"]),
        ("14.30 Uhr", ["14:30"]),
        ("kl. 14.30 the tables", ["14:30"]),
        ("c.10:45", ["10:45"]),
        ("_10:45_ coffee", ["10:45"]),
        ("| 9.30 | badges |", ["09:30"]),
        ("2024-05-14T10:45", ["10:45"]),
        ("The hall clock showed 10.50.", ["10:50"]),
        ("Begun the same evening, 20.15, in the hotel.", ["20:15"]),
        ("I looked; it was 14.13, and late.", ["14:13"]),
        ("## Plenary, 10.45", ["10:45"]),
        ("Tea with Mark 10:45 by the urn", ["10:45"]),
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
        "Luke 2:30 is read out",
        "Gen. 1:27",
        "3:16-17 For God so loved",
        "diluted 1:20",
        "a 1:50 scale model",
        "4x100 in 3:45",
        "duration 1:30",
        "a time of 2:30",
        "at 3.50 each",
        "at 3.50 a head",
        "around 3.15 on average",
        "10.45 GBP",
        "10.45p",
        "line 10:45",
        "5 to 6 of them",
        "10 to 12 people",
        "five to six weeks",
        "from 10 to 4",
        "from ten to twelve",
        "five and twenty past three",
        "There were 2 in the morning and 3 in the afternoon.",
        "Midday sun on the tables",
        "from 10.45 to 11.20 pounds",
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
        ('"10:45," she says', True),
        ('She said, "10:45," and sat', False),
        ("## Plenary, 10.45", True),
        ("Plenary (10:45-11:20)", True),
        ("Date: Thursday 9 May 2024, 16:51", False),
        ("- Closed 16:30.", True),
        ("Room 1, 13:15. Present n=8", False),
        ("1.10 Introduction", False),
        ("1.10. They turn", True),
    ],
)
def test_time_that_begins_a_line_or_a_sentence_is_a_strong_one(text: str, strong: bool) -> None:
    assert one(text).strong is strong


def test_span_is_that_of_the_characters_that_say_the_time() -> None:
    text = "They left. At a quarter to 3pm, nobody."
    found = one(text)
    assert text[found.start : found.end] == "a quarter to 3pm"


EVENT = (date(2024, 5, 14), date(2024, 5, 16))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Tuesday 14 May 2024, 10:45 start", date(2024, 5, 14)),
        ("May 14, 2024 10:45", date(2024, 5, 14)),
        ("2024-05-14 10:45", date(2024, 5, 14)),
        ("14/05/2024 10:45", date(2024, 5, 14)),
        ("03/05/2024 10:45", None),
        ("05/05/2024 10:45", date(2024, 5, 5)),
        ("31 February 2024, 10:45", None),
        ("Monday 14 May 2024, 10:45", None),
        ("The next is at 14:00 on 3 June 2024.", date(2024, 6, 3)),
        ("It was 14 May 2024. Nobody knew that at 10:45 they would turn.", None),
        ("Tuesday 14 May, 10:45", None),
        ("Wednesday, 10:45", None),
    ],
)
def test_day_is_told_where_the_line_says_it_whole(text: str, day: date | None) -> None:
    assert one(text).day == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Tuesday 14 May, 10:45", date(2024, 5, 14)),
        ("Wednesday 14 May, 10:45", None),
        ("3 June, 10:45", date(2024, 6, 3)),
        ("Wednesday, 10:45", date(2024, 5, 15)),
        ("Weds 15th, 10:45", date(2024, 5, 15)),
        ("Friday, 10:45", None),
        ("Monday 14 May 2019, 10:45", None),
        ("14 May 2019, 10:45", date(2019, 5, 14)),
    ],
)
def test_day_said_in_part_is_told_by_the_days_of_the_event(text: str, day: date | None) -> None:
    (found,) = found_times(text, EVENT)
    assert found.day == day


def test_day_at_the_head_of_a_part_is_that_of_the_time_that_begins_it() -> None:
    text = "## Tuesday 14 May\n\nUp at nine.\n10:45 Coffee\n19:30 Dinner\n\nWednesday 15 May\n\n09:00 Coffee\n09:15 Start\n"
    assert [(each.clock, each.day) for each in found_times(text, EVENT)] == [
        ("10:45", date(2024, 5, 14)),
        ("19:30", None),
        ("09:00", date(2024, 5, 15)),
        ("09:15", None),
    ]
    assert found_times("1 July 2024\n\nDear all,\n\n09:30 Badges\n", EVENT)[0].day is None, "the date of a letter"


@pytest.mark.parametrize(
    ("text", "found", "doubtful"),
    [
        ("9:40 coats. 10:05 bell. 1:10 back.", ["09:40", "10:05", "13:10"], [False, False, True]),
        ("9:40 coats. 1:10 back. 13:20 bell.", ["09:40", "13:10", "13:20"], [False, True, False]),
        ("00:10 pier. 1:10 still there. 13:20 bell.", ["00:10", "01:10", "13:20"], [False, False, False]),
        ("09:15 start. They stop at half past three.", ["09:15", "15:30"], [False, True]),
        ("7:30 dinner", ["07:30"], [True]),
        ("12:55 lunch. 1:10 back.", ["12:55", "13:10"], [False, True]),
        ("9.30pm the pier. 1:10 still there.", ["21:30", "01:10"], [False, True]),
        ("7.30pm dinner. Half past nine, Marguerite.", ["19:30", "21:30"], [False, True]),
        ("7:30 dinner. 8.15pm speeches.", ["19:30", "20:15"], [True, False]),
        (
            "9.20 urn. 10.12 start. At 9.36 he had asked. 13.15 tables.",
            ["09:20", "10:12", "09:36", "13:15"],
            [False] * 4,
        ),
        ("19:34 dinner. 9:04 Marguerite rings.", ["19:34", "21:04"], [False, True]),
        ("It stops at half past ten.", ["10:30"], [True]),
        ("09:30 badges. The next is at 21:00. 10:45 coffee.", ["09:30", "21:00", "10:45"], [False] * 3),
        ("11:20-10:45 the sheet says", ["11:20"], [True]),
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
        ("00:00:05 Anna: so", "00:00:05"),
    ],
)
def test_time_since_a_recording_began_is_told_apart(text: str, clock: str) -> None:
    found = found_times(text)[0]
    assert (found.kind, found.clock) == (MarkKind.ELAPSED, clock)


def test_stretch_of_a_recording_has_an_end() -> None:
    assert clocks("[00:01:50 to 00:08:30 not typed]") == ["00:01:50-00:08:30"]
    assert clocks("00:00:01,000 --> 00:00:04,500") == ["00:00:01.000-00:00:04.500"]
    assert clocks("[00:08:30 to 00:01:50]") == ["00:08:30"]


def test_times_in_brackets_are_of_a_recording_where_one_has_too_many_minutes() -> None:
    assert [(each.kind, each.clock) for each in found_times("[1:05] A\n[75:10] B\n")] == [
        (MarkKind.ELAPSED, "0:01:05"),
        (MarkKind.ELAPSED, "1:15:10"),
    ]
    assert found_times("[1:05] A\n[10:45] B\n")[0].kind is MarkKind.CLOCK


def test_seconds_on_a_clock_are_not_of_a_recording() -> None:
    assert [each.kind for each in found_times("10:45:30 bell. 00:10:20 pier.")] == [MarkKind.CLOCK] * 2


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


ACCOUNTS = {
    "maren-day-1.md": (
        (
            "09:02 09:31 10:07 10:19 10:31 10:51 10:59 11:05 11:24 11:38 12:15 13:15 13:41 13:45 14:05 14:30? 14:48 15:05"
            " 16:30 19:34 21:04"
        ),
        "22:25 08:15? 09:40? 10:40 10:47 11:52",
    ),
    "jonah-day-1.txt": (
        "10:40 10:45 11:20 11:45-12:15 12:15 13:00 13:30 14:00 14:40 14:45 15:05 16:30",
        "05:50 16:00? 16:00? 13:45? 09:15? 17:00",
    ),
    "sunniva-day-1.md": (
        "09:20 09:36 10:12 10:25 10:35 12:20 13:15 14:10 14:40",
        "22:40 10:00? 09:36 10:12 10:50 14:45? 13:30? 14:13 14:50",
    ),
    "sunniva-day-2.md": (
        "09:15 09:45 11:20 11:45 13:00 14:00 14:18 15:30",
        "20:15 09:00 09:15 07:30? 14:00? 14:30? 14:31",
    ),
    "tobias-day-1.md": (
        "08:15 08:15 10:00 10:00 10:30 10:45 10:45 11:05 11:05 12:15 13:15 14:45 15:05 16:30 16:30",
        "20:00 14:00 14:45",
    ),
    "petra-measures.txt": ("14:00-14:30 14:40 09:15", "13:15 13:30 10:50"),
    "tobias-calls.md": ("10:15 14:00 09:30 11:00 12:10 15:40 10:00", "15:50? 14:00?"),
}
"""The times in accounts of the sample, read by eye: strong ones and others, doubtful ones with a question mark.

Of all that is written as a time with minutes they leave out one: "Should have been 9.50" (Jonah).
"""


@pytest.mark.parametrize("name", ACCOUNTS)
def test_times_of_real_accounts_are_those_that_were_read_by_eye(name: str) -> None:
    found = found_times((SAMPLE / name).read_text("utf-8"))

    def said(strong: bool) -> str:
        each = (one for one in found if one.strong is strong)
        return " ".join(f"{a.clock}{f'-{a.until}' if a.until else ''}{'?' if a.doubt else ''}" for a in each)

    assert (said(True), said(False)) == ACCOUNTS[name]


def test_meeting_transcripts_and_an_old_book_hold_few_times(shared_data: Path) -> None:
    """What was looked at by eye: nothing that is found in these is a number of another kind."""
    book = next((shared_data / "texts/gutenberg").glob("*.txt")).read_text("utf-8-sig")
    assert [book[each.start : each.end] for each in found_times(book)] == ["noon"]
    meetings = [one.read_text("utf-8") for one in sorted((shared_data / "texts/qmsum").glob("*.json"))]
    assert meetings
    found = [text[each.start : each.end] for text in meetings for each in found_times(text)]
    assert found == ["ten to twelve"], '"about ten to twelve by my watch"'
