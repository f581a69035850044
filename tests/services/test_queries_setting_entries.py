"""The entries of the Setting view say all that its lists and forms need; the grid says who was where."""

from polyvocal.domain.words import Doing, RoleName, Standing
from polyvocal.services.commands.people import add_person
from polyvocal.services.commands.setting import add_event, add_presence, add_session
from polyvocal.services.queries.presence import Noted, presence_grid
from polyvocal.services.queries.setting_entries import (
    EventEntry,
    SeriesEntry,
    event_entries,
    group_entries,
    names_to_choose,
    people_entries,
    project_entry,
    setting_counts,
    term_entries,
)
from polyvocal.store.file import ProjectFile


def test_people_come_with_roles_groups_accounts_and_presence(small_project: ProjectFile) -> None:
    with small_project.view() as view:
        bashir, _, oda, wren = people_entries(view)
    assert bashir.roles == (RoleName.OBSERVER, RoleName.PARTICIPANT)
    assert [name for _, name in bashir.groups] == ["Lay panel"]
    assert [(one.title, one.doing, one.place) for one in wren.attendances] == [("Plenary", Doing.OBSERVING, "Table 2")]
    assert ([one.title for one in wren.accounts], wren.accounts_counted) == (["On the train", "Plenary, Wren"], 2)
    assert (oda.accounts, oda.attendances, oda.statements) == ((), (), ())


def test_groups_come_with_what_is_around_and_in_them(small_project: ProjectFile) -> None:
    with small_project.view() as view:
        lay, ward, teams = group_entries(view)
    assert [name for _, name in lay.members] == ["Bashir"]
    assert [name for _, name in ward.within] == ["Ward teams"]
    assert [name for _, name in teams.holds] == ["Ward 4"]


def test_events_stand_in_their_series_and_alone_by_time(small_project: ProjectFile) -> None:
    add_event(small_project, title="Before", starts="2024-01-01")
    add_event(small_project, title="Some day")
    with small_project.view() as view:
        before, series, some_day = event_entries(view)
    assert isinstance(before, EventEntry)
    assert isinstance(series, SeriesEntry)
    assert isinstance(some_day, EventEntry)
    (launch,) = series.events
    assert [one.session.title for one in launch.sessions] == ["Plenary", "Corridor"]
    assert [one.name for one in launch.sessions[0].there] == ["Ilse", "Wren"]
    assert len(launch.accounts) == 4
    assert [one.title for one in launch.sessions[1].accounts] == ["Corridor, Bashir"]


def test_absent_person_was_not_there(small_project: ProjectFile) -> None:
    add_presence(small_project, person="Oda", session="Plenary", doing=Doing.ABSENT)
    with small_project.view() as view:
        (series,) = event_entries(view)
    assert isinstance(series, SeriesEntry)
    plenary = series.events[0].sessions[0]
    assert [one.name for one in plenary.absent] == ["Oda"]
    assert "Oda" not in [one.name for one in plenary.there]


def test_terms_come_with_their_stances(small_project: ProjectFile) -> None:
    with small_project.view() as view:
        (term,) = term_entries(view)
    assert (term.stances, term.total) == ((("affirms", 1), ("contests", 1)), 2)


def test_names_and_counts_are_those_of_the_project(small_project: ProjectFile) -> None:
    with small_project.view() as view:
        names, counts, entry = names_to_choose(view), setting_counts(view), project_entry(view)
    assert names.people == ("Bashir", "Ilse", "Oda", "Wren")
    assert [title for _, title in names.events] == ["Launch"]
    assert names.zone == "Europe/London"
    assert "Europe/London" in names.zones
    assert tuple(counts) == (4, 3, 1, 2, 1)
    assert (entry.project.title, entry.counts) == ("Nine tables", counts)


def test_empty_project_has_no_entries(project: ProjectFile) -> None:
    with project.view() as view:
        for query in (people_entries, group_entries, event_entries, term_entries):
            assert query(view) == ()
        grid = presence_grid(view, None)
    assert (grid.event, grid.people, grid.sessions, grid.cells) == (None, (), (), {})


def test_grid_has_observers_by_standing_then_the_others(small_project: ProjectFile) -> None:
    add_person(small_project, name="Abel", standing=Standing.LAY_PANEL)
    add_person(small_project, name="Zoe", roles=(RoleName.OBSERVER,))
    with small_project.view() as view:
        grid = presence_grid(view, None)
    assert [one.name for one in grid.people] == ["Wren", "Ilse", "Abel", "Bashir", "Zoe", "Oda"]
    assert [one.observer for one in grid.people] == [True] * 5 + [False]
    wren, plenary = grid.people[0].id, grid.sessions[0].id
    assert grid.cells[wren, plenary] == Noted(Doing.OBSERVING, "Table 2")


def test_grid_is_of_the_event_asked_for_or_of_the_fullest(small_project: ProjectFile) -> None:
    add_session(small_project, title="Opening", event="Second meeting")
    with small_project.view() as view:
        first = presence_grid(view, None)
        second = next(one.id for one in first.events if one.title == "Second meeting")
        assert first.event is not None
        assert first.event.title == "Launch"
        assert [one.title for one in presence_grid(view, second).sessions] == ["Opening"]
        gone = presence_grid(view, type(second)(1))
    assert gone.event == first.event


def test_sessions_that_overlap_are_of_one_band(small_project: ProjectFile) -> None:
    day = "2024-05-14T"
    for title, starts, ends in (
        ("Lunch", "12:00", "13:00"),
        ("Table 1", "13:00", "15:00"),
        ("Table 2", "14:00", "16:00"),
        ("Tea", "15:30", "15:45"),
        ("Home", "17:00", None),
    ):
        add_session(small_project, title=title, event="Launch", starts=day + starts, ends=day + ends if ends else None)
    with small_project.view() as view:
        grid = presence_grid(view, None)
    bands = {one.title: one.parallel for one in grid.sessions}
    assert bands["Plenary"] == bands["Corridor"] == 0
    assert (bands["Lunch"], bands["Home"]) == (None, None)
    assert bands["Table 1"] == bands["Table 2"] == bands["Tea"] == 1
