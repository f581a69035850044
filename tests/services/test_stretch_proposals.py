"""How a text says itself into which sessions and phases it is to be cut."""

from datetime import datetime

import pytest

from polyvocal.domain.ids import SourceId
from polyvocal.domain.records import Source, SourceVersion, TimeMark
from polyvocal.domain.text import normalise
from polyvocal.domain.words import MarkKind, SourceKind
from polyvocal.services.commands.incoming import About, Incoming
from polyvocal.services.commands.setting import add_event, add_session
from polyvocal.services.commands.sources import import_sources
from polyvocal.services.queries.stretch_proposals import (
    StretchProposal,
    clock_times,
    stretches_by_headings,
    stretches_by_times,
)
from polyvocal.store.file import ProjectFile
from polyvocal.store.unit import Unit

moment = datetime.fromisoformat

TEXT = """The train was late.

# 1. Opening plenary
Nine tables.
## What was said
Much.
# 11:30 Coffee
Cold.
# Table talk with the wards
Slow.
# After the event
Home.
"""


@pytest.fixture
def day(project: ProjectFile) -> ProjectFile:
    """An event of one day with three sessions, one after another, and two side by side."""
    add_event(project, title="Launch", zone="Europe/London", starts="2024-05-14T09:00", ends="2024-05-14T17:00")
    for title, starts, ends in (
        ("Opening plenary", "10:00", "11:30"),
        ("Coffee", "11:30", "11:45"),
        ("Table talk: Wards", "12:00", "13:00"),
        ("Left", "14:00", "15:00"),
        ("Right", "14:30", "15:00"),
    ):
        add_session(project, title=title, event="Launch", starts=f"2024-05-14T{starts}", ends=f"2024-05-14T{ends}")
    return project


def take_in(file: ProjectFile, text: str) -> SourceId:
    words, edits = normalise(text)
    about = About(SourceKind.TRANSCRIPT, event="Launch", observed_from="2024-05-14")
    import_sources(file, [Incoming("Note", words, edits)], about)
    with file.view() as view:
        (source,) = view.find(Source, title="Note")
    return source.id


def told(text: str, found: tuple[StretchProposal, ...]) -> list[tuple[str, str | None, str | None]]:
    """(first line, session, phase) of each part."""
    return [
        (text[one.start : one.end].strip().split("\n")[0], one.session.title if one.session else None, one.phase)
        for one in found
    ]


def test_headings_that_name_sessions_or_phases_cut_the_text(day: ProjectFile) -> None:
    source = take_in(day, TEXT)
    with day.view() as view:
        found = stretches_by_headings(view, source)
    assert told(TEXT, found) == [
        ("# 1. Opening plenary", "Opening plenary", "during"),
        ("# 11:30 Coffee", "Coffee", "during"),
        ("# Table talk with the wards", None, None),
        ("# After the event", None, "after"),
    ]
    assert all(one.why for one in found)
    assert found[-1].end == len(TEXT)
    assert "What was said" in TEXT[found[0].start : found[0].end]


@pytest.mark.parametrize(
    ("heading", "session"),
    [
        ("# opening  PLENARY", "Opening plenary"),
        ("# Session 2: Opening plenary", "Opening plenary"),
        ("# The opening plenary, first half", "Opening plenary"),
        ("# Openning plenary", "Opening plenary"),
        ("# Left and right", None),
        ("# Plenum", None),
        ("Opening plenary", "Opening plenary"),
    ],
)
def test_heading_names_a_session_nearly_or_not_at_all_where_several_could_be_meant(
    day: ProjectFile, heading: str, session: str | None
) -> None:
    source = take_in(day, f"{heading}\nWords.\n")
    with day.view() as view:
        found = stretches_by_headings(view, source)
    assert [one.session.title for one in found if one.session] == ([session] if session else [])


def test_line_that_merely_holds_a_title_is_no_heading(day: ProjectFile) -> None:
    source = take_in(day, "In the Opening plenary we sat down.\nCoffee\nCold.\n")
    with day.view() as view:
        (found,) = stretches_by_headings(view, source)
    assert found.session is not None
    assert found.session.title == "Coffee"


def test_times_put_the_text_after_them_into_the_session_that_was_on(day: ProjectFile) -> None:
    source = take_in(day, "x" * 100)
    times = [
        (40, moment("2024-05-14T11:35")),
        (0, moment("2024-05-14T08:00")),
        (10, moment("2024-05-14T10:00")),
        (20, moment("2024-05-14T11:00")),
        (50, moment("2024-05-14T11:50")),
        (60, moment("2024-05-14T14:40")),
        (70, moment("2024-05-14T14:10")),
        (80, moment("2024-05-14T18:00")),
    ]  # fmt: skip
    with day.view() as view:
        found = stretches_by_times(view, source, times)
    assert [(one.start, one.end, one.session and one.session.title, one.phase) for one in found] == [
        (0, 10, None, "before"),
        (10, 40, "Opening plenary", "during"),
        (40, 50, "Coffee", "during"),
        (50, 70, None, None),
        (70, 80, "Left", "during"),
        (80, 100, None, "after"),
    ]
    assert [one.why for one in found][1] == "at 10:00 that session was on"


def test_marked_clock_times_have_the_day_of_the_one_before_and_go_on_past_midnight(day: ProjectFile) -> None:
    source = take_in(day, "x" * 100)

    def work(unit: Unit) -> None:
        version = unit.find(SourceVersion, source=source)[0].id
        for start, clock, on, kind in (
            (0, "10:00", None, MarkKind.CLOCK),
            (10, "23:30", None, MarkKind.CLOCK),
            (20, "00:15", None, MarkKind.CLOCK),
            (30, "09:00", "2024-05-20", MarkKind.CLOCK),
            (40, "0:10:00", None, MarkKind.ELAPSED),
            (50, "10:00", None, MarkKind.CLOCK),
        ):
            mark = TimeMark(
                id=unit.new_id(), version=version, start=start, end=start + 1, kind=kind, clock=clock, day=on
            )  # fmt: skip
            unit.add(mark)

    day.write("mark", work)
    with day.view() as view:
        assert clock_times(view, source) == (
            (0, moment("2024-05-14T10:00")),
            (10, moment("2024-05-14T23:30")),
            (20, moment("2024-05-15T00:15")),
            (30, moment("2024-05-20T09:00")),
            (50, moment("2024-05-20T10:00")),
        )


def test_nothing_is_proposed_where_several_events_could_be_meant(project: ProjectFile) -> None:
    add_event(project, title="Launch")
    add_event(project, title="Harvest")
    import_sources(project, [Incoming("Note", "# Coffee\n", normalise("")[1])], About(SourceKind.TRANSCRIPT))
    with project.view() as view:
        (source,) = view.all(Source)
        assert stretches_by_headings(view, source.id) == ()
        assert stretches_by_times(view, source.id, [(0, moment("2024-05-14T00:00"))]) == ()
