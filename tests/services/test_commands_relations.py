"""Who wrote a source and about what, and who belongs where, can be corrected afterwards."""

import pytest

from polyvocal.domain.errors import UserError
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.setting import add_event, add_session
from polyvocal.services.queries.listing import list_events, list_groups, list_people, list_sessions, list_sources
from polyvocal.store.file import ProjectFile


def source(project: ProjectFile, title: str = "Plenary, Wren") -> object:
    with project.view() as view:
        return next(one for one in list_sources(view) if one.title == title)


def test_observers_of_a_source_are_set_to_those_named(small_project: ProjectFile) -> None:
    change(small_project, "source", "Plenary, Wren", {"observer": "Ilse; Bashir"})
    assert source(small_project).observers == ("Ilse", "Bashir")  # type: ignore[attr-defined]
    small_project.undo()
    assert source(small_project).observers == ("Wren",)  # type: ignore[attr-defined]


def test_fieldnote_keeps_an_observer(small_project: ProjectFile) -> None:
    with pytest.raises(UserError, match="has an observer"):
        change(small_project, "source", "Plenary, Wren", {"observer": ""})


def test_phase_is_set_and_session_and_event_stay(small_project: ProjectFile) -> None:
    before = source(small_project)
    change(small_project, "source", "Plenary, Wren", {"phase": "after"})
    now = source(small_project)
    assert (now.event, now.session, now.phase) == (before.event, before.session, "after")  # type: ignore[attr-defined]


def test_session_of_another_event_does_not_stay(small_project: ProjectFile) -> None:
    change(small_project, "source", "Plenary, Wren", {"event": "Second meeting"})
    now = source(small_project)
    assert (now.event, now.session) == ("Second meeting", None)  # type: ignore[attr-defined]


def test_relation_to_an_event_is_taken_away(small_project: ProjectFile) -> None:
    change(small_project, "source", "Plenary, Wren", {"event": "", "session": "", "phase": ""})
    now = source(small_project)
    assert (now.event, now.session, now.phase) == (None, None, None)  # type: ignore[attr-defined]


def test_phase_that_is_none_is_refused(small_project: ProjectFile) -> None:
    with pytest.raises(UserError, match="before or during or after"):
        change(small_project, "source", "Plenary, Wren", {"phase": "meanwhile"})


def test_person_is_put_into_groups_and_given_roles(small_project: ProjectFile) -> None:
    change(small_project, "person", "Oda", {"group": "Lay panel; Porters", "role": "coder; reviewer"})
    with small_project.view() as view:
        oda = next(one for one in list_people(view) if one.name == "Oda")
    assert set(oda.groups) == {"Lay panel", "Porters"}
    assert set(oda.roles) == {"coder", "reviewer"}


def test_group_is_put_within_another_and_never_within_itself(small_project: ProjectFile) -> None:
    change(small_project, "group", "Lay panel", {"within": "Ward teams"})
    with small_project.view() as view:
        assert next(one for one in list_groups(view) if one.name == "Lay panel").within == ("Ward teams",)
    with pytest.raises(UserError, match="within itself"):
        change(small_project, "group", "Ward teams", {"within": "Lay panel"})


def test_members_of_a_group_are_set_to_those_named(small_project: ProjectFile) -> None:
    change(small_project, "group", "Lay panel", {"member": "Ilse; Idris"})
    with small_project.view() as view:
        assert set(next(one for one in list_groups(view) if one.name == "Lay panel").members) == {"Idris", "Ilse"}
    small_project.undo()
    with small_project.view() as view:
        assert next(one for one in list_groups(view) if one.name == "Lay panel").members == ("Bashir",)
        assert "Idris" not in {one.name for one in list_people(view)}


def test_event_joins_and_leaves_a_series(small_project: ProjectFile) -> None:
    for said, expected in (("Meetings; and others", "Meetings; and others"), ("", None)):
        change(small_project, "event", "Launch", {"series": said})
        with small_project.view() as view:
            assert next(one for one in list_events(view) if one.title == "Launch").series == expected


def test_session_moves_to_another_event_and_its_sources_with_it(small_project: ProjectFile) -> None:
    add_event(small_project, title="Second day")
    change(small_project, "session", "Plenary", {"event": "Second day"})
    now = source(small_project)
    assert (now.event, now.session, now.phase) == ("Second day", "Plenary", "during")  # type: ignore[attr-defined]
    with small_project.view() as view:
        assert next(one for one in list_sessions(view) if one.title == "Plenary").event == "Second day"


def test_session_moves_nowhere_where_its_title_is_taken_or_no_event_is_named(small_project: ProjectFile) -> None:
    add_session(small_project, title="Plenary", event="Second day")
    with small_project.view() as view:
        plenary = str(next(one.id for one in list_sessions(view) if one.event == "Launch" and one.title == "Plenary"))
    with pytest.raises(UserError, match="already"):
        change(small_project, "session", plenary, {"event": "Second day"})
    with pytest.raises(UserError, match="part of an event"):
        change(small_project, "session", plenary, {"event": ""})
    change(small_project, "session", plenary, {"title": "Opening", "event": "Second day"})
    with small_project.view() as view:
        assert {one.title for one in list_sessions(view) if one.event == "Second day"} == {"Plenary", "Opening"}
