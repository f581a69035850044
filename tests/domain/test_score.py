"""Where passages stand on a score: hand-made cases of the rule."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from polyvocal.domain.score import AboutEvent, Placer, Placing, SessionTold, TextTimes, Told
from polyvocal.domain.spans import Span
from polyvocal.domain.timeline import Frame, Mark, timeline
from polyvocal.domain.words import MarkKind, Phase

LONDON = ZoneInfo("Europe/London")
DAY = date(2024, 5, 14)


def at(clock: str, day: int = 14) -> datetime:
    """A time by the event's clocks, in May 2024."""
    return datetime.fromisoformat(f"2024-05-{day}T{clock}").replace(tzinfo=LONDON)


def text(*marks: tuple[int, str], frame: Frame | None = None, until: str | None = None) -> Placer:
    """A text with times at some places, each five letters long; the last is a range if `until` says so."""
    frame = frame or Frame(DAY, LONDON)
    last = len(marks) - 1
    told = [
        Mark(start, start + 5, MarkKind.CLOCK, clock, until if number == last else None)
        for number, (start, clock) in enumerate(marks)
    ]
    return Placer(TextTimes(timeline(told, frame), frame))


def session(starts: str, ends: str, title: str = "Plenary", *, of_part: bool = True) -> SessionTold:
    """A session on the day."""
    return SessionTold(title, (at(starts), at(ends)), of_part)


def about(*sessions: SessionTold, phase: Phase | None = None) -> AboutEvent:
    """What is said of a passage; the event is from 10:00 to 16:00."""
    return AboutEvent(sessions, frozenset({phase} if phase else ()), (at("10:00"), at("16:00")))


def placed(placer: Placer, start: int, end: int, said: AboutEvent) -> Told:
    """Where a passage stands, without doubts."""
    told = placer.place(Span(start, end), said)
    assert not told.doubts
    return told


def test_passage_with_a_time_in_it_stands_at_that_time() -> None:
    told = placed(text((0, "10:45"), (50, "11:20")), 48, 70, about())
    assert told == Told(Placing.AT_TIME, at("11:20"), at("11:20"))


def test_passage_with_several_times_in_it_reaches_from_the_first_to_the_last() -> None:
    assert placed(text((0, "10:45"), (50, "11:20")), 0, 70, about())[1:3] == (at("10:45"), at("11:20"))


def test_passage_with_a_range_in_it_reaches_to_its_end() -> None:
    assert placed(text((0, "10:45"), until="11:15"), 0, 20, about())[1:3] == (at("10:45"), at("11:15"))


def test_passage_that_shares_a_letter_with_a_time_stands_at_it_and_one_that_touches_it_does_not() -> None:
    placer = text((0, "10:45"), (50, "11:20"))
    assert placed(placer, 4, 20, about()).placing is Placing.AT_TIME
    assert placed(placer, 5, 50, about()) == Told(Placing.BETWEEN, at("10:45"), at("11:20"))


def test_passage_between_two_times_is_bounded_by_them_and_given_none() -> None:
    assert placed(text((0, "10:45"), (50, "11:20")), 20, 30, about()) == Told(Placing.BETWEEN, at("10:45"), at("11:20"))


def test_passage_behind_the_last_time_is_open_until_its_session_ends() -> None:
    placer = text((0, "10:45"))
    assert placed(placer, 20, 30, about()) == Told(Placing.BETWEEN, at("10:45"), None)
    assert placed(placer, 20, 30, about(session("10:00", "12:15"))).latest == at("12:15")


def test_session_of_a_part_narrows_what_lies_between_two_times_and_one_of_the_whole_text_does_not() -> None:
    placer = text((0, "10:45"), (50, "13:30"))
    assert placed(placer, 20, 30, about(session("10:00", "12:15"))).latest == at("12:15")
    assert placed(placer, 20, 30, about(session("10:00", "12:15", of_part=False))).latest == at("13:30")


def test_text_without_times_lies_in_its_session() -> None:
    assert placed(text(), 0, 9, about(session("10:00", "12:15"))) == Told(Placing.IN_SESSION, at("10:00"), at("12:15"))


def test_passage_of_two_sessions_reaches_over_both() -> None:
    told = placed(text(), 0, 9, about(session("10:00", "12:15"), session("13:15", "14:45", "Table")))
    assert told[1:3] == (at("10:00"), at("14:45"))


def test_text_without_times_or_session_lies_while_it_was_observed() -> None:
    frame = Frame(DAY, LONDON, at("09:00"), at("17:00"))
    assert placed(text(frame=frame), 0, 9, about()) == Told(Placing.OBSERVED, at("09:00"), at("17:00"))


@pytest.mark.parametrize("phase", [Phase.BEFORE, Phase.AFTER])
def test_text_of_which_only_the_phase_is_told_stands_before_or_after_the_event(phase: Phase) -> None:
    assert placed(text(), 0, 9, about(phase=phase)) == Told(Placing.BY_PHASE, phase=phase)


@pytest.mark.parametrize("phase", [Phase.DURING, None])
def test_text_of_which_nothing_tells_a_time_stands_beside_the_axis(phase: Phase | None) -> None:
    assert placed(text(), 0, 9, about(phase=phase)) == Told(Placing.UNTIMED, phase=phase)


def test_phase_closes_an_open_end_at_the_event() -> None:
    early, late = text((0, "08:00")), text((50, "18:00"))
    assert placed(early, 20, 30, about(phase=Phase.BEFORE)).latest == at("10:00")
    assert placed(late, 20, 30, about(phase=Phase.AFTER)).earliest == at("16:00")


# --- what is awkward -------------------------------------------------------------------------------------------------


def test_clock_that_goes_on_past_midnight_is_of_the_next_day() -> None:
    told = placed(text((0, "23:40"), (50, "00:20")), 20, 30, about())
    assert told[1:3] == (at("23:40"), at("00:20", 15))


def test_time_out_of_order_brackets_nothing_and_is_told_of_every_passage_beside_it() -> None:
    placer = text((0, "11:00"), (50, "10:30"), (100, "12:00"))
    told = placer.place(Span(60, 80), about())
    assert told[:3] == (Placing.BETWEEN, at("11:00"), at("12:00"))
    assert told.doubts == ("10:30: It is earlier than 11:00, which stands before it in the text.",)
    assert placer.place(Span(50, 60), about()).placing is Placing.BETWEEN


def test_hour_that_came_twice_is_taken_for_the_first_and_told() -> None:
    frame = Frame(date(2024, 10, 27), LONDON)
    told = text((0, "01:30"), frame=frame).place(Span(0, 9), AboutEvent())
    assert told.earliest is not None
    assert told.earliest.isoformat() == "2024-10-27T01:30:00+01:00"
    assert told.doubts == (
        "01:30: It came twice in that night, when the clocks were put back; it is taken for the first.",
    )


def test_time_that_there_was_not_is_placed_and_told() -> None:
    frame = Frame(date(2024, 3, 31), LONDON)
    (doubt,) = text((0, "01:30"), frame=frame).place(Span(0, 9), AboutEvent()).doubts
    assert "There was no such time on that day" in doubt


def test_time_of_an_unknown_day_places_nothing_and_is_told() -> None:
    told = text((0, "10:45"), frame=Frame(None, LONDON)).place(Span(0, 9), about(phase=Phase.AFTER))
    assert told.placing is Placing.BY_PHASE
    assert told.doubts == ("10:45: It is not known on which day this was.",)


def test_times_win_over_a_session_that_ran_at_another_time_and_the_contradiction_is_told() -> None:
    told = text((0, "10:45"), (50, "11:20")).place(Span(20, 30), about(session("13:15", "14:45")))
    assert told[:3] == (Placing.BETWEEN, at("10:45"), at("11:20"))
    assert told.doubts == (
        "By its times it was from 2024-05-14 10:45 to 11:20; “Plenary” ran from 2024-05-14 13:15 to 14:45.",
    )


def test_session_wins_over_when_a_text_was_observed_and_the_contradiction_is_told() -> None:
    frame = Frame(DAY, LONDON, at("09:00"), at("10:00"))
    told = text(frame=frame).place(Span(0, 9), about(session("13:15", "14:45")))
    assert told[:3] == (Placing.IN_SESSION, at("13:15"), at("14:45"))
    assert told.doubts == (
        "It was observed from 2024-05-14 09:00 to 10:00; “Plenary” ran from 2024-05-14 13:15 to 14:45.",
    )


@pytest.mark.parametrize(
    ("clock", "phase", "why"),
    [
        ("11:00", Phase.BEFORE, "It is said to be before the event, which began 2024-05-14 10:00."),
        ("11:00", Phase.AFTER, "It is said to be after the event, which ended 2024-05-14 16:00."),
        ("18:00", Phase.DURING, "It is said to be during the event, which was from 2024-05-14 10:00 to 16:00."),
        ("08:00", Phase.DURING, "It is said to be during the event, which was from 2024-05-14 10:00 to 16:00."),
    ],
)
def test_time_that_contradicts_the_phase_is_placed_and_told(clock: str, phase: Phase, why: str) -> None:
    told = text((0, clock)).place(Span(0, 9), about(phase=phase))
    assert told[:4] == (Placing.AT_TIME, at(clock), at(clock), phase)
    assert told.doubts == (why,)


def test_local_times_are_not_compared_with_those_of_a_zone() -> None:
    told = text((0, "10:45"), frame=Frame(DAY)).place(Span(20, 30), about(session("13:15", "14:45")))
    assert told == Told(Placing.BETWEEN, datetime.fromisoformat("2024-05-14T10:45"), None)


def test_marks_that_overlap_are_all_found() -> None:
    frame = Frame(DAY, LONDON)
    marks = [Mark(0, 30, MarkKind.CLOCK, "10:00"), Mark(2, 7, MarkKind.CLOCK, "10:05")]
    placer = Placer(TextTimes(timeline(marks, frame), frame))
    assert placed(placer, 20, 25, about())[1:3] == (at("10:00"), at("10:00"))
