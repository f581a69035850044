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
from polyvocal.domain.words import MarkKind, Phase, SourceKind
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.incoming import About, Incoming
from polyvocal.services.commands.removal import remove
from polyvocal.services.commands.setting import add_event, add_session
from polyvocal.services.commands.sources import correct_source, import_sources
from polyvocal.services.commands.time_marks import TimeDraft, add_time_marks
from polyvocal.services.queries.offered_times import OfferedTime, list_time_marks, list_times_in, offered_times
from polyvocal.services.queries.stretch_proposals import clock_times
from polyvocal.services.queries.time_marks import Times, times_of
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


def offers(project: ProjectFile, source: SourceId) -> list[OfferedTime]:
    with project.view() as view:
        return list(offered_times(view, source, times_of(view, source)))


def take_strong(project: ProjectFile, source: SourceId) -> None:
    drafts = [TimeDraft.of(one.found) for one in offers(project, source) if one.is_likely]
    add_time_marks(project, source=str(source), marks=drafts)


def at(hour: int, minute: int, day: int = 14) -> datetime:
    return datetime(2024, 5, day, hour, minute, tzinfo=ZONE)


def test_times_are_offered_until_they_are_taken(project: ProjectFile, source: SourceId) -> None:
    assert [(one.found.clock, one.found.strong) for one in offers(project, source)] == [
        ("10:45", True),
        ("13:20", True),
        ("14:00", False),
        ("00:10", True),
    ]
    take_strong(project, source)
    after = times(project, source)
    assert [one.found.clock for one in offers(project, source)] == ["14:00"]
    assert [one.at for one in after.marked] == [at(10, 45), at(13, 20), at(0, 10, 15)]
    assert not any(one.trouble for one in after.marked)


def test_time_that_is_none_is_offered_no_more(project: ProjectFile, source: SourceId) -> None:
    place = TEXT.index("14:00")
    add_time_marks(project, source=str(source), marks=[TimeDraft(place, place + 5, None)])
    after = times(project, source)
    assert "14:00" not in [one.found.clock for one in offers(project, source)]
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
    assert "10:45" not in [one.found.clock for one in offers(project, source)]


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
    assert offers(project, source)[0].found.clock == "10:45"


@pytest.mark.parametrize(
    ("draft", "told"),
    [
        (TimeDraft(0, 5, "25:00"), "'25:00' is no time"),
        (TimeDraft(0, 5, "1:00"), "write it as 10:45"),
        (TimeDraft(0, 5, ""), "write it as 10:45"),
        (TimeDraft(0, 5, "10:45", "late"), "'late' is no time"),
        (TimeDraft(0, 5, "10:45", None, "14 May"), "write it as 2024-05-14"),
        (TimeDraft(0, 5, "10:45", None, "0001-01-01"), "'0001-01-01' is no day"),
        (TimeDraft(0, 5, "10:45", None, "9999-12-31"), "'9999-12-31' is no day"),
        (TimeDraft(0, 5, "10:45", kind=MarkKind.ELAPSED), "write it as 1:02:03"),
        (TimeDraft(0, 5, "10:45", "10:45"), "10:45 is not after 10:45"),
        (TimeDraft(0, 5, "10:45", "10:30"), "10:30 is not after 10:45"),
        (TimeDraft(0, 5, "0:02:00", "0:01:00", kind=MarkKind.ELAPSED), "0:01:00 is not after 0:02:00"),
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


def test_range_may_go_over_midnight(project: ProjectFile, source: SourceId) -> None:
    add_time_marks(project, source=str(source), marks=[TimeDraft(0, 5, "23:30", "00:15")])
    assert times(project, source).marked[0].until == at(0, 15, 15)


def test_mark_that_overlaps_one_that_was_there_is_refused(project: ProjectFile, source: SourceId) -> None:
    take_strong(project, source)
    place = TEXT.index("13:20")
    with pytest.raises(UserError, match=f"overlaps the time mark from {place} to {place + 5}"):
        add_time_marks(project, source=str(source), marks=[TimeDraft(place + 4, place + 9, "13:20")])


def test_marks_whose_words_became_one_do_not_keep_others_from_being_added(
    project: ProjectFile, source: SourceId
) -> None:
    take_strong(project, source)
    correct_source(project, source=str(source), edits=[(3, TEXT.index("13:20") + 2, "45 to 13")])
    first, second, *_ = (one.place for one in times(project, source).marked)
    assert first is not None
    assert second is not None
    assert first.overlaps(second)
    add_time_marks(project, source=str(source), marks=[TimeDraft(20, 25, "13:30")])


def test_offered_times_are_placed_as_they_would_be_if_they_were_taken(project: ProjectFile, source: SourceId) -> None:
    found = offers(project, source)
    assert [one.at for one in found] == [at(10, 45), at(13, 20), at(14, 0), at(0, 10, 15)]
    take_strong(project, source)
    (left,) = offers(project, source)
    assert (left.at, left.trouble) == (at(14, 0), None)


def test_days_that_a_text_says_in_part_are_told_by_the_event(project: ProjectFile) -> None:
    add_event(project, title="two days", zone="Europe/Lisbon", starts="2024-05-14T23:30Z", ends="2024-05-16")
    text = "Weds, 10:45 Coffee.\n19:30 Dinner.\n\n## 16 May\n\n09:00 Coffee.\n"
    import_sources(project, [Incoming("agenda", text, EditMap())], About(kind=SourceKind.PAPER, event="two days"))
    with project.view() as view:
        (agenda,) = view.all(Source)
        found = offered_times(view, agenda.id, times_of(view, agenda.id))
    assert [one.at for one in found] == [at(10, 45, 15), at(19, 30, 15), at(9, 0, 16)]
    assert not any(one.trouble for one in found)


def test_text_about_nothing_that_has_a_day_is_searched_all_the_same(project: ProjectFile) -> None:
    for title, known in (
        ("bare", About(kind=SourceKind.PAPER)),
        ("dated", About(kind=SourceKind.PAPER, observed_from="2024-05-14")),
    ):
        import_sources(project, [Incoming(title, f"Tuesday, 10:45 Coffee, {title}.\n", EditMap())], known)
    with project.view() as view:
        found = {one.title: offered_times(view, one.id, times_of(view, one.id))[0] for one in view.all(Source)}
    assert (found["bare"].at, found["bare"].trouble) == (None, "It is not known on which day this was.")
    assert found["dated"].at == datetime(2024, 5, 14, 10, 45)  # noqa: DTZ001 - no event, no zone


def test_list_of_one_source_has_what_is_found_in_it_too(project: ProjectFile, source: SourceId) -> None:
    add_time_marks(project, source=str(source), marks=[TimeDraft(0, 5, "10:45"), TimeDraft(14, 20, None)])
    with project.view() as view:
        rows = list_times_in(view, view.need(Source, source))
    assert [(row.text, row.state, row.id is None) for row in rows] == [
        ("10:45", "marked", False),
        ("Nobody", "no time", False),
        ("13:20", "offered", True),
        ("14:00", "perhaps spoken of", True),
        ("0:10", "offered", True),
    ]


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
