"""The score of small studies that were counted by hand."""

import pytest

from polyvocal.domain.ids import EventId
from polyvocal.domain.passages import PassageFilter, PassageQuery
from polyvocal.domain.records import Code, Coding, Event, Person, Session
from polyvocal.domain.score import Placing
from polyvocal.domain.text import normalise
from polyvocal.domain.words import CellState, Phase, RoleName, SourceKind, Standing
from polyvocal.services.analysis.score import Score, Staff, score
from polyvocal.services.analysis.score_plan import PassageMark
from polyvocal.services.commands.codebook import add_code
from polyvocal.services.commands.codings import add_coding
from polyvocal.services.commands.corrections import change as correct
from polyvocal.services.commands.incoming import About, Incoming
from polyvocal.services.commands.people import add_person
from polyvocal.services.commands.setting import add_event, add_session
from polyvocal.services.commands.sources import correct_source, import_sources
from polyvocal.services.commands.time_marks import TimeDraft, add_time_marks
from polyvocal.services.queries.passage_list import list_passages, listed_passages
from polyvocal.services.queries.passages import EVERYTHING
from polyvocal.store.file import ProjectFile
from tests.conftest import TEXTS

NOTE = "10:45 Coffee is late. We wait. 11:20 It comes. 10:30 Somebody had said so before. 12:05 We go on.\n"


def score_of(file: ProjectFile, title: str = "Launch", chosen: PassageFilter = EVERYTHING) -> Score:
    with file.view() as view:
        (event,) = view.find(Event, title=title)
        return score(view, event.id, chosen)


def staff_of(made: Score, name: str) -> Staff:
    return next(one for one in made.staves if one.name == name)


def words_of(mark: PassageMark, text: str) -> str:
    return text[mark.start : mark.end]


def clocks(mark: PassageMark) -> tuple[str | None, str | None]:
    """From when to when, by the clocks."""
    told = mark.told
    return tuple(None if one is None else f"{one:%d %H:%M}" for one in (told.earliest, told.latest))  # type: ignore[return-value]


def change(file: ProjectFile, kind: str, title: str, **fields: str) -> None:
    """Change fields of an event, session or source."""
    correct(file, kind, title, fields)


# --- the small study -------------------------------------------------------------------------------------------------


def test_staves_stand_by_standing_with_their_passages_in_time(small_project: ProjectFile) -> None:
    add_time_marks(small_project, source="Plenary, Wren", marks=[TimeDraft(0, 5, "10:05")])
    made = score_of(small_project)
    assert [(one.name, one.standing, len(one.marks)) for one in made.staves] == [
        ("Wren", "ethnographer", 4),
        ("Ilse", "research-team", 1),
        ("Bashir", "lay-panel", 1),
    ]
    wren = staff_of(made, "Wren").marks
    text = TEXTS["Plenary, Wren"]
    assert [words_of(one, text)[:12] for one in wren[:3]] == [
        "“Who is paid",
        "asks a woman",
        "applause \U0001f468\u200d\U0001f469",
    ]
    assert [(one.told.placing, clocks(one)) for one in wren[:3]] == [(Placing.BETWEEN, ("14 10:05", "14 11:30"))] * 3
    assert (wren[3].told.placing, wren[3].told.phase) == (Placing.BY_PHASE, Phase.AFTER)
    assert made.passages == 7


def test_each_coding_is_a_passage_as_in_the_list_that_opens(small_project: ProjectFile) -> None:
    made = score_of(small_project)
    marks = [mark for staff in made.staves for mark in staff.marks]
    assert any(len(mark.codings) > 1 for mark in marks)
    assert made.passages == len(made.within(made.left, made.right))


def test_head_of_a_staff_counts_all_accounts_also_those_of_no_session(small_project: ProjectFile) -> None:
    head = staff_of(score_of(small_project), "Wren").head
    assert head is not None
    assert (head.accounts, head.sessions, head.coders, head.self_coded) == (2, 1, ("Oda", "Wren"), 3 / 5)


def test_one_passage_shows_all_codes_of_its_span_and_which_of_them_the_filter_means(small_project: ProjectFile) -> None:
    with small_project.view() as view:
        (protest,) = view.find(Code, name="Protest")
        names = {one.id: one.name for one in view.all(Code)}
    made = score_of(small_project, chosen=PassageFilter(codes=frozenset({protest.id})))
    paid = staff_of(made, "Wren").marks[0]
    assert [names[one] for one in paid.codes] == ["Whose time", "Protest"]
    assert paid.meant == {protest.id}
    assert len(paid.codings) == 1
    assert [len(one.marks) for one in made.staves] == [4, 0, 0]


def test_codes_by_other_coders_are_not_shown_where_the_coder_is_held_constant(small_project: ProjectFile) -> None:
    with small_project.view() as view:
        (wren,) = view.find(Person, name="Wren")
    made = score_of(small_project, chosen=PassageFilter(coders=frozenset({wren.id})))
    assert {tuple(one.coders) for staff in made.staves for one in staff.marks} == {(wren.id,)}


def test_states_tell_what_is_known_of_each_observer_and_session(small_project: ProjectFile) -> None:
    made = score_of(small_project)
    with small_project.view() as view:
        of = {one.title: one.id for one in view.all(Session)}
    told = {
        one.name: (one.sessions[of["Plenary"]], one.sessions[of["Corridor"]], one.phases[Phase.BEFORE])
        for one in made.staves
    }
    assert told == {
        "Wren": (CellState.CODED, CellState.ELSEWHERE, CellState.NOT_KNOWN),
        "Ilse": (CellState.CODED, CellState.ELSEWHERE, CellState.NOT_KNOWN),
        "Bashir": (CellState.ELSEWHERE, CellState.CODED, CellState.NOT_KNOWN),
    }


def test_parallel_sessions_lie_in_lanes_of_their_own(small_project: ProjectFile) -> None:
    made = score_of(small_project)
    assert sorted((one.title, one.lane) for one in made.sessions) == [("Corridor", 1), ("Plenary", 0)]
    assert {(one.left, one.right) for one in made.sessions} == {(made.sessions[0].left, made.sessions[0].right)}


def test_caption_says_how_passages_are_placed_over_which_accounts_and_by_whom(small_project: ProjectFile) -> None:
    caption = score_of(small_project).caption
    assert caption.startswith(
        "Passages of “Launch” in time, one staff an observer. A mark is a span with all its codes: each coding of it "
        "is a passage. 7 passages: 6 in its session, 1 before or after."
    )
    assert "Over 4 sources of " in caption
    assert "coded by Oda, Wren." in caption
    assert "do not rank" in caption


def test_passage_without_words_left_is_listed_and_stands_nowhere(small_project: ProjectFile) -> None:
    text = TEXTS["On the train"]
    start = text.index("a protest with good manners")
    edits = [(start - 1, start + len("a protest with good manners"), "")]
    correct_source(small_project, source="On the train", edits=edits)
    made = score_of(small_project)
    (doubt,) = made.doubts
    assert (doubt.title, doubt.placed, doubt.passages) == ("On the train", False, 1)
    assert made.passages == 6


def test_observer_of_whom_nothing_is_recorded_has_no_staff_and_is_named(small_project: ProjectFile) -> None:
    add_person(small_project, name="Zora", standing=Standing.OTHER, roles=(RoleName.OBSERVER,))
    made = score_of(small_project)
    assert made.nobody == ("Zora",)
    assert "Of Zora nothing is recorded here." in made.caption


def test_text_without_an_observer_has_a_staff_at_the_end(small_project: ProjectFile) -> None:
    text, edits = normalise("Feedback: we were not asked.\n")
    import_sources(
        small_project,
        [Incoming("Cards", text, edits, file_name="c.txt", content=text.encode(), encoding="utf-8")],
        About(SourceKind.PAPER, event="Launch", phase=Phase.DURING),
    )
    add_coding(small_project, source="Cards", start=0, end=8, code="Protest", coder="Oda")
    last = score_of(small_project).staves[-1]
    assert (last.observer, last.head, [one.told.placing for one in last.marks]) == (None, None, [Placing.UNTIMED])


# --- times that are awkward ------------------------------------------------------------------------------------------


@pytest.fixture
def noted(project: ProjectFile) -> ProjectFile:
    """A note of one day with four times, of which the third goes back; each sentence is coded."""
    add_event(
        project, title="Day", zone="Europe/London", starts="2024-05-14T10:00+01:00", ends="2024-05-14T16:00+01:00"
    )
    text, edits = normalise(NOTE)
    import_sources(
        project,
        [Incoming("Note", text, edits, file_name="n.txt", content=text.encode(), encoding="utf-8")],
        About(SourceKind.FIELDNOTE, observers=("Ann",), event="Day", phase=Phase.DURING),
    )
    marks = [TimeDraft(NOTE.index(one), NOTE.index(one) + 5, one) for one in ("10:45", "11:20", "10:30", "12:05")]
    add_time_marks(project, source="Note", marks=marks)
    add_code(project, name="Waiting")
    add_person(project, name="Oda", roles=(RoleName.CODER,))
    for words in ("10:45 Coffee", "We wait.", "It comes.", "Somebody had said so", "We go on."):
        start = NOTE.index(words)
        add_coding(project, source="Note", start=start, end=start + len(words), code="Waiting", coder="Oda")
    return project


def told(file: ProjectFile) -> dict[str, tuple[str | None, str | None]]:
    return {words_of(one, NOTE): clocks(one) for one in staff_of(score_of(file, "Day"), "Ann").marks}


def test_passages_of_a_note_stand_between_its_times(noted: ProjectFile) -> None:
    assert told(noted) == {
        "10:45 Coffee": ("14 10:45", "14 10:45"),
        "We wait.": ("14 10:45", "14 11:20"),
        "It comes.": ("14 11:20", "14 12:05"),
        "Somebody had said so": ("14 11:20", "14 12:05"),
        "We go on.": ("14 12:05", None),
    }


def test_time_out_of_order_is_listed_with_the_passages_beside_it(noted: ProjectFile) -> None:
    (doubt,) = score_of(noted, "Day").doubts
    assert (doubt.title, doubt.passages, doubt.placed) == ("Note", 2, True)
    assert doubt.why == "10:30: It is earlier than 11:20, which stands before it in the text."


def test_event_of_long_ago_has_a_score_with_its_days(noted: ProjectFile) -> None:
    change(noted, "event", "Day", starts="1968-05-13T10:00", ends="1968-05-14T16:00")
    for title, starts, ends in (("March", "1968-05-13T10:00", "1968-05-13T12:00"), ("Talk", "1968-05-13T11:00", "")):
        add_session(noted, title=title, event="Day", starts=starts, ends=ends or None)
    made = score_of(noted, "Day")
    assert [(one.title, one.lane, f"{one.starts:%Y %H:%M}") for one in made.sessions] == [
        ("March", 0, "1968 10:00"),
        ("Talk", 1, "1968 11:00"),
    ]


def test_passage_with_several_doubts_is_counted_once(noted: ProjectFile) -> None:
    change(noted, "source", "Note", observed_from="2024-05-14T11:00+02:00")
    made = score_of(noted, "Day")
    doubtful = {mark.start for mark in staff_of(made, "Ann").marks if mark.told.doubts}
    assert sum(one.passages for one in made.doubts) > len(doubtful)
    assert made.in_doubt == len(doubtful) == 5


def test_passages_within_the_same_bounds_stand_apart_in_the_order_of_the_text(noted: ProjectFile) -> None:
    marks = {words_of(one, NOTE): one for one in staff_of(score_of(noted, "Day"), "Ann").marks}
    first, second = marks["It comes."], marks["Somebody had said so"]
    assert first.left < first.at < second.at < second.right


def test_note_that_was_written_by_other_clocks_is_placed_and_listed(noted: ProjectFile) -> None:
    change(noted, "source", "Note", observed_from="2024-05-14T11:00+02:00")
    assert told(noted)["10:45 Coffee"] == ("14 10:45", "14 10:45")
    assert any(
        one.why.startswith("It says from 11:00 at +0200, and the event is in Europe/London (+0100)")
        and one.passages == 5
        for one in score_of(noted, "Day").doubts
    )


def test_day_that_nobody_told_is_taken_from_an_event_of_one_day_and_doubted_where_it_has_two(
    noted: ProjectFile,
) -> None:
    assert len(score_of(noted, "Day").doubts) == 1
    change(noted, "event", "Day", ends="2024-05-15T16:00+01:00")
    why = "It is not said on which day it was observed: the first of the event is taken."
    assert any(one.why == why and one.passages == 5 for one in score_of(noted, "Day").doubts)
    change(noted, "source", "Note", observed_from="2024-05-15")
    assert told(noted)["We wait."] == ("15 10:45", "15 11:20")
    assert not any(one.why == why for one in score_of(noted, "Day").doubts)


def test_clock_times_of_an_unknown_day_after_the_event_are_not_put_on_its_day(noted: ProjectFile) -> None:
    change(noted, "source", "Note", phase="after")
    made = score_of(noted, "Day")
    assert {one.told.placing for one in staff_of(made, "Ann").marks} == {Placing.BY_PHASE}
    assert "10:45: It is not known on which day this was." in {one.why for one in made.doubts}


def test_session_without_a_time_is_named_and_its_passages_stand_beside_the_axis(small_project: ProjectFile) -> None:
    for title in ("Plenary", "Corridor"):
        change(small_project, "session", title, starts="", ends="")
    made = score_of(small_project)
    assert list(made.untold.values()) == ["Plenary", "Corridor"]
    assert "Not on the axis, since no time of theirs is known: Plenary, Corridor." in made.caption
    assert {one.told.placing for one in staff_of(made, "Ilse").marks} == {Placing.UNTIMED}
    assert made.axis.pieces == ()
    assert made.left < made.right


def test_event_without_a_zone_takes_all_times_as_the_clocks_said(noted: ProjectFile) -> None:
    add_session(noted, title="Morning", event="Day", starts="2024-05-14T10:00+01:00", ends="2024-05-14T12:00+01:00")
    change(noted, "event", "Day", zone="")
    made = score_of(noted, "Day")
    (morning,) = made.sessions
    marks = {words_of(one, NOTE): one for one in staff_of(made, "Ann").marks}
    assert marks["10:45 Coffee"].left - morning.left == pytest.approx(45)


def test_event_of_another_series_is_not_on_the_score(noted: ProjectFile) -> None:
    add_event(noted, title="Other")
    made = score_of(noted, "Other")
    assert (made.staves, made.nobody, made.passages) == ((), ("Ann",), 0)


def test_stretch_of_the_axis_holds_what_may_have_been_in_it(noted: ProjectFile) -> None:
    made = score_of(noted, "Day")
    marks = {words_of(one, NOTE): one for one in staff_of(made, "Ann").marks}

    def inside(left: float, right: float) -> set[str]:
        codings = set(made.within(left, right))
        return {words for words, one in marks.items() if codings & set(one.codings)}

    start = marks["10:45 Coffee"].left
    assert inside(start - 5, start) == {"10:45 Coffee"}
    assert inside(start + 1, start + 2) == {"We wait."}
    assert inside(start, marks["It comes."].right) == set(told(noted)) - {"We go on."}


def test_list_of_just_some_codings_has_those_of_them_that_its_filter_means(small_project: ProjectFile) -> None:
    codings = frozenset(score_of(small_project).within(-1e9, 1e9))
    with small_project.view() as view:
        every = [one.id for one in view.all(Coding)]
        (protest,) = view.find(Code, name="Protest")
        some = frozenset(every[:3])
        listed = list_passages(view, PassageQuery(among=some))
        asked = PassageQuery(PassageFilter(codes=frozenset({protest.id})), among=some)
        protests = [one.id for one in listed_passages(view, asked)]
        assert {one for group in list_passages(view, asked).groups for one in group.codings} == set(protests)
        assert list_passages(view, PassageQuery(among=frozenset())).total == 0
    assert codings == set(every)
    assert {one for group in listed.groups for one in group.codings} == some
    assert protests == every[1:3]


def test_stretch_of_the_axis_is_a_session_a_window_or_a_part_beside_the_axis(small_project: ProjectFile) -> None:
    made = score_of(small_project)
    plenary = next(one for one in made.sessions if one.title == "Plenary")
    before, after = made.regions
    assert made.moment(plenary.left, plenary.right).session in made.sessions
    window = made.moment(plenary.left + 15, plenary.left + 45)
    assert (window.session, f"{window.starts:%H:%M%z}", f"{window.ends:%H:%M%z}") == (None, "10:15+0100", "10:45+0100")
    assert [made.moment(one.left, one.right).phase for one in (before, after)] == [Phase.BEFORE, Phase.AFTER]
    assert made.moment(before.left, before.right).starts is None


def test_score_is_of_the_event_that_is_named_whatever_event_the_filter_asks_for(noted: ProjectFile) -> None:
    made = score_of(noted, "Day", PassageFilter(events=frozenset({EventId(1)})))
    assert made.passages == 5
