"""What an empty cell over observers means, for every state of the domain, counted by hand."""

import pytest

from polyvocal.domain.words import Doing, Phase, SourceKind, Standing
from polyvocal.services.analysis.compare import Dimension
from polyvocal.services.commands.codebook import add_code
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.people import add_person
from polyvocal.services.commands.reading import set_reading
from polyvocal.services.commands.setting import add_event, add_presence, add_session
from polyvocal.services.commands.sources import correct_source
from polyvocal.store.file import ProjectFile
from tests.services.compare_studies import code, compared, line, observer, write

CODED, READ, UNREAD = "coded", "read, not so coded", "written, not yet read"
PRESENT, ELSEWHERE, ABSENT, NOT_KNOWN = "present, nothing written", "elsewhere", "absent", "not known"


@pytest.fixture
def study(project: ProjectFile) -> ProjectFile:
    """An event of a plenary, a corridor at the same time, and a lunch after both; two codes, and Oda, who codes."""
    add_event(project, title="Launch")
    add_session(project, title="Plenary", event="Launch", starts="2024-05-14T10:00", ends="2024-05-14T11:30")
    add_session(
        project, title="Corridor", event="Launch", starts="2024-05-14T11:00", ends="2024-05-14T11:20", scheduled=False
    )
    add_session(project, title="Lunch", event="Launch", starts="2024-05-14T11:30", ends="2024-05-14T12:30")
    add_code(project, name="Protest")
    add_code(project, name="Time")
    return project


def test_each_state_stands_where_it_is_true(study: ProjectFile) -> None:
    write(study, "Ines writes", "Ines", session="Plenary")
    code(study, "Ines writes", 0, 4)
    set_reading(study, source="Ines writes", coder="Oda", read_to=None)
    write(study, "Kim writes", "Kim", session="Plenary")
    observer(study, "Pat", Plenary=Doing.FACILITATING)
    observer(study, "Quin", Corridor=Doing.OBSERVING)
    observer(study, "Rae", Plenary=Doing.ABSENT)
    observer(study, "Sol")
    plenary = compared(study, session="Plenary")
    others = {"Kim": UNREAD, "Pat": PRESENT, "Quin": ELSEWHERE, "Rae": ABSENT, "Sol": NOT_KNOWN}
    assert line(plenary, "Protest") == {"Ines": CODED, **others}
    assert line(plenary, "Time") == {"Ines": READ, **others}


def test_states_are_those_of_the_row_where_rows_are_sessions(study: ProjectFile) -> None:
    write(study, "Ines writes", "Ines", session="Plenary")
    add_presence(study, person="Ines", session="Plenary", doing=Doing.OBSERVING)
    set_reading(study, source="Ines writes", coder="Oda", read_to=None)
    add_presence(study, person="Ines", session="Lunch", doing=Doing.TAKING_PART)
    table = compared(study, Dimension.SESSION)
    assert {row: line(table, row)["Ines"] for row in table.rows} == {
        "Plenary": READ,
        "Corridor": ELSEWHERE,
        "Lunch": PRESENT,
    }
    across = compared(study, Dimension.OBSERVER, Dimension.SESSION)
    assert line(across, "Ines") == {"Plenary": READ, "Corridor": ELSEWHERE, "Lunch": PRESENT}


def test_states_are_those_of_the_phase_where_rows_are_phases(study: ProjectFile) -> None:
    write(study, "Ines on the way", "Ines", phase=Phase.BEFORE)
    observer(study, "Pat", Plenary=Doing.OBSERVING)
    add_presence(study, person="Ines", session="Plenary", doing=Doing.OBSERVING)
    table = compared(study, Dimension.PHASE)
    assert line(table, "before") == {"Ines": UNREAD, "Pat": NOT_KNOWN}
    assert line(table, "during") == {"Ines": PRESENT, "Pat": PRESENT}
    assert line(table, "after") == {"Ines": NOT_KNOWN, "Pat": NOT_KNOWN}


def test_account_of_which_a_part_was_read_is_not_yet_read(study: ProjectFile) -> None:
    write(study, "Ines writes", "Ines", tens=2)
    set_reading(study, source="Ines writes", coder="Oda", read_to=20)
    assert line(compared(study), "Protest") == {"Ines": UNREAD}
    set_reading(study, source="Ines writes", coder="Oda", read_to=None)
    assert line(compared(study), "Protest") == {"Ines": READ}


def test_two_coders_who_each_read_a_part_have_not_read_it_all(study: ProjectFile) -> None:
    write(study, "Ines writes", "Ines", tens=2)
    set_reading(study, source="Ines writes", coder="Oda", read_to=20)
    set_reading(study, source="Ines writes", coder="Pim", read_to=25)
    assert line(compared(study), "Protest") == {"Ines": UNREAD}


def test_account_is_read_by_the_end_whichever_coder_came_there(study: ProjectFile) -> None:
    write(study, "Ines writes", "Ines")
    set_reading(study, source="Ines writes", coder="Pim", read_to=None)
    set_reading(study, source="Ines writes", coder="Oda", read_to=5)
    assert line(compared(study), "Protest") == {"Ines": READ}


def test_observer_of_two_accounts_is_read_when_both_are(study: ProjectFile) -> None:
    write(study, "Ines writes", "Ines")
    write(study, "Ines writes more", "Ines")
    set_reading(study, source="Ines writes", coder="Oda", read_to=None)
    assert line(compared(study), "Protest") == {"Ines": UNREAD}
    set_reading(study, source="Ines writes more", coder="Oda", read_to=None)
    assert line(compared(study), "Protest") == {"Ines": READ}


def test_reading_is_the_coders_own_where_coders_are_compared_or_chosen(study: ProjectFile) -> None:
    write(study, "Ines writes", "Ines")
    set_reading(study, source="Ines writes", coder="Oda", read_to=None)
    set_reading(study, source="Ines writes", coder="Pim", read_to=5)
    by_coder = compared(study, Dimension.CODER)
    assert (line(by_coder, "Oda"), line(by_coder, "Pim")) == ({"Ines": READ}, {"Ines": UNREAD})
    assert line(compared(study, coder="Pim"), "Protest") == {"Ines": UNREAD}


def test_account_that_was_done_stays_read_when_it_is_corrected(study: ProjectFile) -> None:
    write(study, "Ines writes", "Ines")
    set_reading(study, source="Ines writes", coder="Oda", read_to=None)
    correct_source(study, source="Ines writes", edits=[(0, 4, "words")])
    assert line(compared(study), "Protest") == {"Ines": READ}


def test_account_that_was_read_in_part_is_not_read_by_being_shortened(study: ProjectFile) -> None:
    write(study, "Ines writes", "Ines")
    set_reading(study, source="Ines writes", coder="Oda", read_to=20)
    correct_source(study, source="Ines writes", edits=[(4, 30, "")])
    assert line(compared(study), "Protest") == {"Ines": UNREAD}


def test_account_of_the_whole_event_is_not_taken_for_silence_on_a_session(study: ProjectFile) -> None:
    write(study, "Ines writes of the day", "Ines")
    add_presence(study, person="Ines", session="Plenary", doing=Doing.OBSERVING)
    assert line(compared(study, session="Plenary"), "Protest") == {"Ines": NOT_KNOWN}
    assert line(compared(study, event="Launch"), "Protest") == {"Ines": UNREAD}


def test_account_of_another_session_leaves_nothing_written_of_this_one(study: ProjectFile) -> None:
    write(study, "Ines at lunch", "Ines", session="Lunch")
    add_presence(study, person="Ines", session="Plenary", doing=Doing.OBSERVING)
    assert line(compared(study, session="Plenary"), "Protest") == {"Ines": PRESENT}


def test_account_that_a_filter_leaves_out_is_not_taken_for_nothing_written(study: ProjectFile) -> None:
    write(study, "Ines writes", "Ines", session="Plenary")
    write(study, "Kim writes", "Kim", session="Plenary")
    for name in ("Ines", "Kim"):
        add_presence(study, person=name, session="Plenary", doing=Doing.OBSERVING)
    observer(study, "Pat", Plenary=Doing.OBSERVING)
    observer(study, "Quin", Lunch=Doing.OBSERVING)
    only = compared(study, source="Kim writes")
    assert line(only, "Protest") == {"Ines": NOT_KNOWN, "Kim": UNREAD, "Pat": PRESENT, "Quin": NOT_KNOWN}


def test_jottings_that_count_with_a_note_are_not_taken_for_nothing_written(study: ProjectFile) -> None:
    write(study, "Kim writes", "Kim", session="Plenary")
    write(study, "Ines jots", "Ines", session="Plenary", kind=SourceKind.JOTTINGS, note="Kim writes")
    add_presence(study, person="Ines", session="Plenary", doing=Doing.OBSERVING)
    add_person(study, name="Pat")
    assert line(compared(study), "Protest") == {"Ines": NOT_KNOWN, "Kim": UNREAD}


def test_sessions_that_only_touch_are_not_parallel(study: ProjectFile) -> None:
    observer(study, "Pat", Lunch=Doing.OBSERVING)
    assert line(compared(study, session="Plenary"), "Protest") == {"Pat": NOT_KNOWN}


@pytest.mark.parametrize(
    ("starts", "zone", "state"),
    [
        ("2024-05-14T10:00+01:00", None, ELSEWHERE),
        ("2024-05-14T09:00Z", None, ELSEWHERE),
        ("2024-05-14T10:00Z", None, NOT_KNOWN),
        ("2024-05-14T10:00", "Europe/London", ELSEWHERE),
        ("2024-05-14T11:00", "Europe/Berlin", ELSEWHERE),
        ("2024-05-14T10:00", None, NOT_KNOWN),
        ("2024-05-14", None, NOT_KNOWN),
        (None, None, NOT_KNOWN),
    ],
)
def test_parallel_is_what_happened_at_the_same_moment(
    project: ProjectFile, starts: str | None, zone: str | None, state: str
) -> None:
    add_event(project, title="Launch", zone=zone)
    add_event(project, title="Harvest")
    add_session(project, title="Tour", event="Harvest", starts="2024-05-14T10:00+01:00", ends="2024-05-14T10:30+01:00")
    add_session(project, title="Plenary", event="Launch", starts=starts)
    add_code(project, name="Protest")
    observer(project, "Pat", Tour=Doing.OBSERVING)
    assert line(compared(project, session="Plenary"), "Protest") == {"Pat": state}


def test_sessions_of_which_only_the_day_is_known_are_not_taken_for_parallel(project: ProjectFile) -> None:
    add_event(project, title="Launch")
    for title in ("Plenary", "Lunch"):
        add_session(project, title=title, event="Launch", starts="2024-05-14")
    add_code(project, name="Protest")
    observer(project, "Pat", Lunch=Doing.OBSERVING)
    assert line(compared(project, session="Plenary"), "Protest") == {"Pat": NOT_KNOWN}


def test_nothing_is_known_of_an_observer_from_a_standing_that_is_another_s(study: ProjectFile) -> None:
    add_person(study, name="Ines", standing=Standing.ETHNOGRAPHER)
    add_presence(study, person="Ines", session="Plenary", doing=Doing.OBSERVING)
    table = compared(study, Dimension.STANDING)
    assert line(table, "lay-panel") == {"Ines": NOT_KNOWN}
    write(study, "Ines writes", "Ines")
    assert line(compared(study, Dimension.STANDING), "ethnographer") == {"Ines": UNREAD}
    assert line(compared(study, Dimension.STANDING), "lay-panel") == {"Ines": NOT_KNOWN}


def test_observer_is_absent_from_an_event_who_missed_all_that_was_scheduled(study: ProjectFile) -> None:
    observer(study, "Rae", Plenary=Doing.ABSENT)
    assert line(compared(study, event="Launch"), "Protest") == {"Rae": NOT_KNOWN}
    add_presence(study, person="Rae", session="Lunch", doing=Doing.ABSENT)
    assert line(compared(study, event="Launch"), "Protest") == {"Rae": ABSENT}
    assert line(compared(study, session="Corridor"), "Protest") == {"Rae": NOT_KNOWN}
    add_presence(study, person="Rae", session="Corridor", doing=Doing.OBSERVING)
    assert line(compared(study, event="Launch"), "Protest") == {"Rae": PRESENT}
    assert line(compared(study, session="Plenary"), "Protest") == {"Rae": ELSEWHERE}


def test_presence_says_nothing_of_before_and_after(study: ProjectFile) -> None:
    observer(study, "Pat", Plenary=Doing.OBSERVING)
    assert line(compared(study, phase="after"), "Protest") == {"Pat": NOT_KNOWN}
    assert line(compared(study, phase=("during", "after")), "Protest") == {"Pat": PRESENT}


def test_source_that_an_observer_did_not_write_asks_where_the_observer_was(study: ProjectFile) -> None:
    write(study, "Ines writes", "Ines", session="Plenary")
    write(study, "A paper", session=None, event=None, kind=SourceKind.PAPER)
    observer(study, "Pat", Plenary=Doing.OBSERVING)
    observer(study, "Quin", Corridor=Doing.OBSERVING)
    table = compared(study, Dimension.SOURCE)
    assert line(table, "Ines writes") == {"Ines": UNREAD, "Pat": PRESENT, "Quin": ELSEWHERE}
    assert line(table, "A paper") == {"Ines": NOT_KNOWN, "Pat": NOT_KNOWN, "Quin": NOT_KNOWN}


def test_table_without_observers_says_only_what_is_coded(study: ProjectFile) -> None:
    write(study, "Ines writes", "Ines")
    code(study, "Ines writes", 0, 4)
    table = compared(study, Dimension.CODE, Dimension.PHASE)
    assert table.states == (("", "coded", ""), ("", "", ""))
    assert table.heads == ()


@pytest.mark.parametrize(
    ("observed", "state"),
    [
        (("2024-05-14T10:00", "2024-05-14T12:00"), NOT_KNOWN),
        (("2024-05-14", None), NOT_KNOWN),
        (("2024-05-13", "2024-05-14"), NOT_KNOWN),
        (("2024-05-14T10:00", "2024-05-14T11:30"), PRESENT),
        (("2024-05-15", None), PRESENT),
        ((None, None), PRESENT),
    ],
)
def test_day_note_that_went_on_through_a_session_may_tell_of_it(
    study: ProjectFile, observed: tuple[str | None, str | None], state: str
) -> None:
    write(study, "Ines writes", "Ines", session="Plenary")
    fields = dict(zip(("observed_from", "observed_to"), (one or "" for one in observed), strict=True))
    change(study, "source", "Ines writes", fields)
    add_presence(study, person="Ines", session="Lunch", doing=Doing.OBSERVING)
    assert line(compared(study, session="Lunch"), "Protest")["Ines"] == state
