"""What each observer wrote of a moment: by hand, by session, by time, or not placed; and what it means not to have any."""

from dataclasses import replace

import pytest

from polyvocal.domain.editmap import EditMap
from polyvocal.domain.ids import MomentId
from polyvocal.domain.moments import Moment
from polyvocal.domain.records import Event, Session, TimeMark
from polyvocal.domain.words import Alignment, CellState, Doing, Phase, SourceKind, Standing
from polyvocal.services.analysis.score import score
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.incoming import About, Incoming
from polyvocal.services.commands.moments import add_anchors, add_moment
from polyvocal.services.commands.passage import Passage
from polyvocal.services.commands.people import add_person
from polyvocal.services.commands.setting import add_presence, add_session
from polyvocal.services.commands.sources import import_sources
from polyvocal.services.commands.stretches import Relation, add_stretch
from polyvocal.services.commands.time_marks import TimeDraft, add_time_marks
from polyvocal.services.queries import moments as queries
from polyvocal.services.queries.moment_lists import list_moments
from polyvocal.services.queries.moments import (
    MomentAsTold,
    MomentInOrder,
    ObserverOfMoment,
    moment_as_told,
    moments_in_order,
)
from polyvocal.services.queries.setting import setting_around
from polyvocal.services.references import kind_named, resolve
from polyvocal.store.file import ProjectFile
from polyvocal.store.unit import Unit
from tests.conftest import TEXTS
from tests.services.test_commands_moments import ILSE, WREN, words

DAY_NOTE = "09:50 Rain.\n10:10 The chair opens.\n10:30 A question about pay.\n11:40 Soup.\n"
HAND, SESSION, TIME = Alignment


def take_in(
    project: ProjectFile,
    title: str,
    text: str,
    *,
    observer: str | None,
    session: str | None = None,
    kind: SourceKind = SourceKind.FIELDNOTE,
) -> None:
    """Take in a text about the launch, during it."""
    observers = (observer,) if observer is not None else ()
    about = About(kind, observers=observers, event="Launch", session=session, phase=Phase.DURING)
    import_sources(project, [Incoming(title, text, EditMap())], about)


def told(project: ProjectFile, title: str) -> MomentAsTold:
    with project.view() as view:
        return moment_as_told(view, resolve(view, kind_named("moment"), title))


def of(moment: MomentAsTold, name: str) -> ObserverOfMoment:
    return next(one for one in moment.observers if one.name == name)


def passages(moment: MomentAsTold, name: str) -> list[tuple[str, Alignment, bool]]:
    return [(one.text, one.by, one.certain) for account in of(moment, name).accounts for one in account.passages]


def mark_times(project: ProjectFile, source: str, text: str, *clocks: str) -> None:
    marks = [TimeDraft(at, at + 5, clock) for clock in clocks for at in [text.index(clock)]]
    add_time_marks(project, source=source, marks=marks, seen=None)


@pytest.fixture
def day_note(small_project: ProjectFile) -> ProjectFile:
    """The small project with a note of the whole day by Sorrel, who was in the plenary: four times are marked."""
    take_in(small_project, "Day, Sorrel", DAY_NOTE, observer="Sorrel")
    mark_times(small_project, "Day, Sorrel", DAY_NOTE, "09:50", "10:10", "10:30", "11:40")
    return small_project


# --- by session ------------------------------------------------------------------------------------------------------


def test_accounts_of_a_session_are_placed_whole(small_project: ProjectFile) -> None:
    add_moment(small_project, title="M", session="Plenary")
    moment = told(small_project, "M")
    assert passages(moment, "Wren") == [(TEXTS[WREN], SESSION, True)]
    assert passages(moment, "Ilse") == [(TEXTS[ILSE], SESSION, True)]
    assert of(moment, "Bashir").accounts == ()
    assert of(moment, "Bashir").state is CellState.ELSEWHERE


def test_only_the_stretch_about_a_session_is_placed(small_project: ProjectFile) -> None:
    aside = words(WREN, "Nobody answers")
    add_stretch(small_project, aside, Relation("Launch", "Corridor"))
    add_moment(small_project, title="M", session="Corridor")
    assert passages(told(small_project, "M"), "Wren") == [("Nobody answers", SESSION, True)]
    add_moment(small_project, title="P", session="Plenary")
    before, after = TEXTS[WREN].split("Nobody answers")
    assert passages(told(small_project, "P"), "Wren") == [(before, SESSION, True), (after, SESSION, True)]


def test_observers_without_an_account_are_told_apart(small_project: ProjectFile) -> None:
    add_session(small_project, title="Tea", event="Launch", starts="2024-05-14T13:00", ends="2024-05-14T13:30")
    add_presence(small_project, person="Bashir", session="Tea", doing=Doing.OBSERVING)
    add_presence(small_project, person="Ilse", session="Tea", doing=Doing.ABSENT)
    add_moment(small_project, title="M", session="Tea")
    moment = told(small_project, "M")
    states = {one.name: one.state for one in moment.observers}
    assert states == {
        "Wren": CellState.NOT_KNOWN,
        "Ilse": CellState.ABSENT,
        "Bashir": CellState.PRESENT_NOTHING_WRITTEN,
    }


def test_observers_stand_by_standing_then_name_and_never_by_how_much_they_wrote(day_note: ProjectFile) -> None:
    add_moment(day_note, title="M", session="Plenary")
    assert [one.name for one in told(day_note, "M").observers] == ["Wren", "Ilse", "Bashir", "Sorrel"]


# --- by time ---------------------------------------------------------------------------------------------------------


def test_text_about_the_whole_event_is_placed_by_its_times(day_note: ProjectFile) -> None:
    add_moment(day_note, title="M", event="Launch", starts="10:05", ends="10:40")
    moment = told(day_note, "M")
    assert passages(moment, "Sorrel") == [
        ("09:50 Rain.\n", TIME, False),
        ("10:10 The chair opens.\n", TIME, True),
        ("10:30 A question about pay.\n", TIME, False),
    ]
    first = of(moment, "Sorrel").accounts[0].passages[0]
    assert first.earliest is not None
    assert first.latest is not None
    assert (first.earliest.isoformat(), first.latest.isoformat()) == (
        "2024-05-14T09:50:00+01:00", "2024-05-14T10:10:00+01:00",
    )  # fmt: skip


def test_text_without_times_is_told_and_not_guessed(day_note: ProjectFile) -> None:
    add_moment(day_note, title="M", event="Launch", starts="10:05", ends="10:40")
    ilse = of(told(day_note, "M"), "Ilse")
    assert (ilse.accounts, ilse.state) == ((), CellState.NOT_KNOWN)
    assert [(one.title, "No time" in one.why) for one in ilse.not_placed] == [(ILSE, True)]


def test_account_of_a_session_that_lies_in_the_window_is_placed_by_session(day_note: ProjectFile) -> None:
    add_moment(day_note, title="M", event="Launch", starts="09:30", ends="12:00")
    assert passages(told(day_note, "M"), "Ilse") == [(TEXTS[ILSE], SESSION, True)]


def test_account_of_another_phase_has_nothing_to_do_with_a_session(small_project: ProjectFile) -> None:
    add_moment(small_project, title="M", session="Corridor")
    assert of(told(small_project, "M"), "Wren").not_placed == ()


def test_times_alone_do_not_tell_parallel_sessions_apart(day_note: ProjectFile) -> None:
    add_moment(day_note, title="M", session="Plenary")
    sorrel = of(told(day_note, "M"), "Sorrel")
    assert sorrel.state is CellState.NOT_KNOWN
    assert [one.why for one in sorrel.not_placed] == [
        "It is about the event as a whole, and another session ran at the same time: Corridor."
    ]
    add_presence(day_note, person="Sorrel", session="Plenary", doing=Doing.OBSERVING)
    assert passages(told(day_note, "M"), "Sorrel") == [
        ("09:50 Rain.\n", TIME, False),
        ("10:10 The chair opens.\n", TIME, True),
        ("10:30 A question about pay.\n", TIME, False),
    ]
    add_presence(day_note, person="Sorrel", session="Plenary", doing=Doing.ABSENT)
    sorrel = of(told(day_note, "M"), "Sorrel")
    assert (sorrel.accounts, sorrel.not_placed) == ((), ())


def test_account_of_somebody_in_the_parallel_session_has_nothing_to_do_with_this_one(day_note: ProjectFile) -> None:
    add_presence(day_note, person="Sorrel", session="Corridor", doing=Doing.OBSERVING)
    add_moment(day_note, title="M", session="Plenary")
    sorrel = of(told(day_note, "M"), "Sorrel")
    assert (sorrel.accounts, sorrel.not_placed, sorrel.state) == ((), (), CellState.ELSEWHERE)


def test_text_that_was_observed_on_another_day_is_not_in_question(day_note: ProjectFile) -> None:
    add_moment(day_note, title="M", event="Launch", starts="10:05", ends="10:40")
    take_in(day_note, "Day two", "Nothing timed.\n", observer="Moss")
    assert len(of(told(day_note, "M"), "Moss").not_placed) == 1
    change(day_note, "source", "Day two", {"observed_from": "2024-05-15"})
    assert of(told(day_note, "M"), "Moss").not_placed == ()


def test_what_comes_after_text_about_something_else_is_not_placed_by_a_time_before_that(day_note: ProjectFile) -> None:
    add_session(day_note, title="Walk", event="Launch", starts="2024-05-14T13:00", ends="2024-05-14T13:30")
    soup = DAY_NOTE.index("Soup")
    add_stretch(day_note, Passage("Day, Sorrel", soup, soup + 2), Relation("Launch", "Walk"))
    add_moment(day_note, title="M", event="Launch", starts="11:35", ends="12:00")
    assert passages(told(day_note, "M"), "Sorrel")[-1] == ("11:40 ", TIME, False)


def test_window_of_a_session_takes_of_its_accounts_what_is_timed_so(small_project: ProjectFile) -> None:
    mark_times(small_project, WREN, TEXTS[WREN], "10:05")
    add_moment(small_project, title="M", session="Plenary", starts="10:00", ends="10:20")
    moment = told(small_project, "M")
    assert passages(moment, "Wren") == [(TEXTS[WREN], TIME, False)]
    assert len(of(moment, "Ilse").not_placed) == 1
    add_moment(small_project, title="N", session="Plenary", starts="10:30", ends="10:40")
    assert len(of(told(small_project, "N"), "Wren").not_placed) == 1


def test_jottings_are_not_counted_beside_the_note_written_from_them(small_project: ProjectFile) -> None:
    take_in(
        small_project, "Jotted", "pay! who?\n", observer="Wren", session="Plenary",
        kind=SourceKind.JOTTINGS,
    )  # fmt: skip
    add_moment(small_project, title="M", session="Plenary")
    assert len(of(told(small_project, "M"), "Wren").accounts) == 2
    change(small_project, "source", "Jotted", {"note": WREN})
    assert len(of(told(small_project, "M"), "Wren").accounts) == 1


# --- by hand ---------------------------------------------------------------------------------------------------------


def test_anchors_go_before_session_and_time_in_their_source_only(small_project: ProjectFile) -> None:
    add_moment(small_project, title="M", session="Plenary", passages=[words(WREN, "Nobody answers")])
    moment = told(small_project, "M")
    assert passages(moment, "Wren") == [("Nobody answers", HAND, True)]
    assert passages(moment, "Ilse") == [(TEXTS[ILSE], SESSION, True)]


def test_anchor_may_stand_in_a_text_about_something_else(small_project: ProjectFile) -> None:
    add_moment(small_project, title="M", session="Plenary")
    add_anchors(small_project, moment="M", passages=[words("On the train", "a protest with good manners")])
    assert passages(told(small_project, "M"), "Wren") == [
        ("a protest with good manners", HAND, True),
        (TEXTS[WREN], SESSION, True),
    ]


def test_moment_of_anchors_alone_has_nothing_but_them(small_project: ProjectFile) -> None:
    add_moment(small_project, title="M", event="Launch", passages=[words(WREN, "Nobody answers")])
    moment = told(small_project, "M")
    assert passages(moment, "Wren") == [("Nobody answers", HAND, True)]
    assert [one.state for one in moment.observers if one.name != "Wren"] == [
        CellState.NOT_KNOWN, CellState.ELSEWHERE,
    ]  # fmt: skip


def test_text_without_an_observer_is_told_apart(small_project: ProjectFile) -> None:
    take_in(
        small_project, "Recording", "Chair: welcome.\n", observer=None, session="Plenary",
        kind=SourceKind.TRANSCRIPT,
    )  # fmt: skip
    add_moment(small_project, title="M", session="Plenary")
    assert [one.title for one in told(small_project, "M").others] == ["Recording"]


def test_what_has_no_word_in_it_is_no_account(small_project: ProjectFile) -> None:
    take_in(small_project, "Heads", "## 10:10 Chair.\n\n## 11:40 Soup.\n", observer="Sorrel", session="Plenary")
    mark_times(small_project, "Heads", "## 10:10 Chair.\n\n## 11:40 Soup.\n", "10:10", "11:40")
    add_moment(small_project, title="M", session="Plenary", starts="10:00", ends="10:20")
    assert passages(told(small_project, "M"), "Sorrel") == [("10:10 Chair.\n\n## ", TIME, False)]


def test_moment_without_a_title_is_found_by_that_of_its_session(small_project: ProjectFile) -> None:
    add_moment(small_project, session="Corridor")
    assert told(small_project, "corridor").moment.title == "Corridor"


def test_window_that_nobody_saved_can_be_asked(day_note: ProjectFile) -> None:
    with day_note.view() as view:
        event = resolve(view, kind_named("event"), "Launch")
        asked = Moment(id=MomentId(0), event=event.id, starts="2024-05-14T11:35", ends="2024-05-14T12:30")
        moment = moment_as_told(view, asked)
    assert passages(moment, "Sorrel") == [
        ("10:30 A question about pay.\n", TIME, False),
        ("11:40 Soup.\n", TIME, False),
    ]


# --- in order --------------------------------------------------------------------------------------------------------


def in_order(project: ProjectFile) -> tuple[MomentInOrder, ...]:
    with project.view() as view:
        return moments_in_order(view)


def test_moments_stand_in_the_order_of_their_event_and_untimed_ones_after_with_why(day_note: ProjectFile) -> None:
    add_session(day_note, title="Walk", event="Launch", scheduled=False)
    add_moment(day_note, session="Walk")
    add_moment(day_note, title="nothing yet", event="Launch")
    add_moment(day_note, title="pay", passages=[Passage("Day, Sorrel", 50, 60)])
    add_moment(day_note, title="late", event="Launch", starts="15:00")
    add_moment(day_note, session="Plenary")
    add_moment(day_note, session="Corridor")
    found = in_order(day_note)
    assert [one.title for one in found] == ["Plenary", "Corridor", "pay", "late", "Walk", "nothing yet"]
    plenary, corridor, pay, late, walk, nothing = found
    assert (plenary.parallel, corridor.parallel) == ((corridor.id,), (plenary.id,))
    assert (pay.told_by, late.told_by, plenary.told_by) == (HAND, TIME, SESSION)
    assert pay.begins is not None
    assert pay.begins.isoformat() == "2024-05-14T10:30:00+01:00"
    assert late.ends is not None
    assert late.ends.isoformat() == "2024-05-14T16:00:00+01:00"
    assert (walk.begins, walk.day, walk.why) == (None, None, "The session Walk has no time of day.")
    assert nothing.why == "Nothing is marked of it yet."


def test_anchors_between_times_that_contradict_each_other_place_no_moment(day_note: ProjectFile) -> None:
    add_moment(day_note, title="M", passages=[Passage("Day, Sorrel", 0, 5), words(WREN, "Nobody answers")])
    assert in_order(day_note)[0].begins is not None
    mark_times(day_note, WREN, TEXTS[WREN], "10:05")
    change(day_note, "time-mark", _last_mark(day_note), {"clock": "10:20"})
    (moment,) = in_order(day_note)
    assert (moment.begins, moment.why) == (None, "The times around what is marked of it contradict each other.")


def _last_mark(project: ProjectFile) -> str:
    with project.view() as view:
        return str(view.all(TimeMark)[-1].id)


def test_moment_in_order_is_what_is_told_with_its_accounts(day_note: ProjectFile) -> None:
    add_moment(day_note, title="M", session="Plenary")
    assert told(day_note, "M").moment == replace(in_order(day_note)[0], parallel=())


def test_no_more_is_read_than_may_tell_of_the_moment(small_project: ProjectFile) -> None:
    add_person(small_project, name="Petra", standing=Standing.RESEARCH_TEAM)
    add_presence(small_project, person="Petra", session="Plenary", doing=Doing.OBSERVING)
    with small_project.view() as view:
        (launch,) = view.find(Event, title="Launch")
    asked = Moment(id=MomentId(0), event=launch.id, starts="2024-05-14T10:00", ends="2024-05-14T11:00")

    def write(title: str, event: str | None) -> None:
        about = About(SourceKind.FIELDNOTE, observers=("Petra",), event=event)
        import_sources(small_project, [Incoming(title, f"{title}: nothing of it.", EditMap())], about)

    def state() -> CellState | None:
        with small_project.view() as view:
            return of(moment_as_told(view, asked), "Petra").state

    assert state() is CellState.PRESENT_NOTHING_WRITTEN
    write("Another day", "Another event")
    assert state() is CellState.PRESENT_NOTHING_WRITTEN
    write("A note", None)
    assert state() is CellState.NOT_KNOWN, "what says not what it is about may be about this"
    with small_project.view() as view:
        read = setting_around(view, queries._may_tell_of(view, [asked])).sources
    assert {one.source.title for one in read} == {"Plenary, Wren", "Plenary, Ilse", "Corridor, Bashir", "On the train"}


# --- years in which nothing can be reckoned -----------------------------------------------------------------------------


@pytest.mark.parametrize(("year", "zone"), [("0001-01-01", "Asia/Tokyo"), ("9999-12-31", "America/New_York")])
def test_year_at_the_edge_of_the_calendar_in_an_older_file_is_told_and_ends_nothing(
    small_project: ProjectFile, year: str, zone: str
) -> None:
    change(small_project, "event", "Launch", {"zone": zone})
    with small_project.view() as view:
        event, plenary = view.find(Event, title="Launch")[0], view.find(Session, title="Plenary")[0]

    def write(unit: Unit) -> None:  # as versions before this one took it in
        unit.change(event, starts=f"{year}T00:00", ends=f"{year}T23:59")
        unit.change(plenary, starts=f"{year}T00:00", ends=f"{year}T23:59")
        unit.add(Moment(id=unit.new_id(), title="Edge", event=event.id, session=plenary.id, starts=f"{year}T10:00"))
        unit.add(Moment(id=unit.new_id(), title="Whole", event=event.id, session=plenary.id))

    small_project.write("add moment", write)
    mark_times(small_project, "Plenary, Wren", TEXTS["Plenary, Wren"], "10:05")
    with small_project.view() as view:
        in_order = {one.title: one for one in moments_in_order(view)}
        assert list_moments(view)
        score(view, event.id)
    assert year in (in_order["Edge"].why or "")
    assert in_order["Whole"].why == "The session Plenary has no time of day."
    assert all(not one.accounts for one in told(small_project, "Edge").observers), "it is not said to be all of it"
    assert of(told(small_project, "Whole"), "Wren").accounts
