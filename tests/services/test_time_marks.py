"""Marking times in a text, correcting and refusing them, and reading when each was."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from polyvocal.domain.editmap import EditMap
from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import SourceId
from polyvocal.domain.records import Source, TimeMark
from polyvocal.domain.spans import Span
from polyvocal.domain.timeline import Bracket, bracket
from polyvocal.domain.words import MarkKind, Phase
from polyvocal.services.commands.corrections import change, remove
from polyvocal.services.commands.incoming import About, Incoming
from polyvocal.services.commands.setting import add_event, add_session
from polyvocal.services.commands.sources import correct_source, import_sources
from polyvocal.services.commands.time_marks import TimeDraft, add_time_marks
from polyvocal.services.queries.stretch_proposals import clock_times
from polyvocal.services.queries.time_marks import Times, list_time_marks, times_of
from polyvocal.store.file import ProjectFile

TEXT = "10:45 Coffee.\nNobody sits.\n13:20 Plenary. The next is at 14:00.\n0:10 The pier.\n"
ZONE = ZoneInfo("Europe/Lisbon")


@pytest.fixture
def source(project: ProjectFile) -> SourceId:
    add_event(project, title="gathering", zone="Europe/Lisbon", starts="2024-05-14", ends="2024-05-15")
    add_session(project, title="plenary", event="gathering", starts="2024-05-14T11:15", ends="2024-05-14T12:00")
    about = About(observers=("Ines",), event="gathering", phase=Phase.DURING, observed_from="2024-05-14T10:00")
    import_sources(project, [Incoming("note", TEXT, EditMap())], about)
    with project.view() as view:
        (found,) = view.all(Source)
    return found.id


def times(project: ProjectFile, source: SourceId) -> Times:
    with project.view() as view:
        return times_of(view, source)


def take_strong(project: ProjectFile, source: SourceId) -> None:
    drafts = [TimeDraft(one.start, one.end, one.clock) for one in times(project, source).offered if one.strong]
    add_time_marks(project, source=str(source), marks=drafts)


def at(hour: int, minute: int, day: int = 14) -> datetime:
    return datetime(2024, 5, day, hour, minute, tzinfo=ZONE)


def test_times_are_offered_until_they_are_taken(project: ProjectFile, source: SourceId) -> None:
    assert [(one.clock, one.strong) for one in times(project, source).offered] == [
        ("10:45", True),
        ("13:20", True),
        ("14:00", False),
        ("00:10", True),
    ]
    take_strong(project, source)
    after = times(project, source)
    assert [one.clock for one in after.offered] == ["14:00"]
    assert [one.at for one in after.marked] == [at(10, 45), at(13, 20), at(0, 10, 15)]
    assert not any(one.trouble for one in after.marked)


def test_time_that_is_none_is_offered_no_more(project: ProjectFile, source: SourceId) -> None:
    place = TEXT.index("14:00")
    add_time_marks(project, source=str(source), marks=[TimeDraft(place, place + 5, None)])
    after = times(project, source)
    assert "14:00" not in [one.clock for one in after.offered]
    assert [(one.mark.kind, one.at) for one in after.marked] == [(MarkKind.NONE, None)]
    assert after.placed == ()


def test_words_between_two_marks_are_between_their_moments(project: ProjectFile, source: SourceId) -> None:
    take_strong(project, source)
    found = times(project, source)
    start = TEXT.index("Nobody")
    assert bracket(found.placed, Span(start, start + 6), found.frame) == Bracket(at(10, 45), at(13, 20))


def test_marks_follow_their_words_and_are_kept_without_them(project: ProjectFile, source: SourceId) -> None:
    take_strong(project, source)
    correct_source(project, source=str(source), edits=[(0, 14, ""), (TEXT.index("13:20"), TEXT.index("13:20"), "At ")])
    found = times(project, source)
    assert [(one.mark.clock, one.place) for one in found.marked] == [
        ("13:20", Span(16, 21)),
        ("00:10", Span(TEXT.index("0:10") - 11, TEXT.index("0:10") - 7)),
        ("10:45", None),
    ]
    assert "10:45" not in [one.clock for one in found.offered]


def test_mark_is_corrected_and_dismissed_and_its_change_undone(project: ProjectFile, source: SourceId) -> None:
    take_strong(project, source)
    first = times(project, source).marked[0].id
    change(project, "time-mark", str(first), {"clock": "10:50", "until": "11:15"})
    found = times(project, source).marked[0]
    assert (found.at, found.until) == (at(10, 50), at(11, 15))
    change(project, "time-mark", str(first), {"kind": "none"})
    found = times(project, source).marked[0]
    assert (found.mark.kind, found.mark.clock, found.mark.until) == (MarkKind.NONE, None, None)
    change(project, "time-mark", str(first), {"clock": "10:51", "day": "2024-05-15"})
    assert times(project, source).marked[0].at == at(10, 51, 15)
    project.undo()
    assert times(project, source).marked[0].mark.kind is MarkKind.NONE
    remove(project, "time-mark", str(first))
    assert times(project, source).offered[0].clock == "10:45"


@pytest.mark.parametrize(
    ("draft", "told"),
    [
        (TimeDraft(0, 5, "25:00"), "'25:00' is no time"),
        (TimeDraft(0, 5, "1:00"), "write it as 10:45"),
        (TimeDraft(0, 5, "10:45", "late"), "'late' is no time"),
        (TimeDraft(0, 5, "10:45", None, "14 May"), "write it as 2024-05-14"),
        (TimeDraft(0, 5, "10:45", kind=MarkKind.ELAPSED), "write it as 1:02:03"),
        (TimeDraft(5, 5, "10:45"), "no passage"),
        (TimeDraft(0, 999, "10:45"), "no passage"),
    ],
)
def test_mark_that_says_no_time_is_refused(project: ProjectFile, source: SourceId, draft: TimeDraft, told: str) -> None:
    with pytest.raises(UserError, match=told):
        add_time_marks(project, source=str(source), marks=[draft])
    assert times(project, source).marked == ()


def test_marks_that_overlap_are_refused_and_none_is_taken(project: ProjectFile, source: SourceId) -> None:
    with pytest.raises(UserError, match="overlaps the time mark from 0 to 5"):
        add_time_marks(project, source=str(source), marks=[TimeDraft(0, 5, "10:45"), TimeDraft(3, 8, "10:46")])
    with project.view() as view:
        assert view.all(TimeMark) == []


def test_marked_times_cut_a_text_into_sessions(project: ProjectFile, source: SourceId) -> None:
    take_strong(project, source)
    with project.view() as view:
        assert clock_times(view, source)[1] == (TEXT.index("13:20"), at(13, 20))


def test_list_tells_what_each_mark_says_and_its_words(project: ProjectFile, source: SourceId) -> None:
    take_strong(project, source)
    with project.view() as view:
        rows = list_time_marks(view)
    assert [(row.clock, row.text, row.at) for row in rows] == [
        ("10:45", "10:45", at(10, 45).isoformat()),
        ("13:20", "13:20", at(13, 20).isoformat()),
        ("00:10", "0:10", at(0, 10, 15).isoformat()),
    ]
