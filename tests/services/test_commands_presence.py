"""Presence is noted of many people and sessions at once."""

import pytest

from polyvocal.domain.errors import UserError
from polyvocal.domain.words import Doing
from polyvocal.services.commands.setting import add_session, set_presences
from polyvocal.services.queries.listing import list_people, list_presence, list_sessions
from polyvocal.store.file import ProjectFile


def noted(project: ProjectFile) -> dict[tuple[str, str], tuple[str, str | None]]:
    with project.view() as view:
        return {(one.person, one.session): (one.doing, one.place) for one in list_presence(view)}


def test_many_cells_are_set_in_one_operation_and_undone_in_one(small_project: ProjectFile) -> None:
    before = noted(small_project)
    cells = [("Wren", "Plenary"), ("Wren", "Corridor"), ("Oda", "Corridor"), ("Oda", "Corridor")]
    changes = set_presences(small_project, cells=cells, doing=Doing.TAKING_PART)
    assert (changes.kinds["presence"].created, changes.kinds["presence"].updated) == (2, 1)
    after = noted(small_project)
    assert after["Wren", "Plenary"] == ("taking-part", "Table 2")
    assert after["Wren", "Corridor"] == after["Oda", "Corridor"] == ("taking-part", None)
    assert after["Bashir", "Corridor"] == before["Bashir", "Corridor"]
    small_project.undo()
    assert noted(small_project) == before


def test_place_is_set_and_emptied(small_project: ProjectFile) -> None:
    cells = [("Wren", "Plenary"), ("Ilse", "Plenary")]
    set_presences(small_project, cells=cells, doing=Doing.OBSERVING, place="Balcony")
    assert noted(small_project)["Ilse", "Plenary"] == ("observing", "Balcony")
    set_presences(small_project, cells=cells[:1], doing=Doing.OBSERVING, place="")
    assert noted(small_project)["Wren", "Plenary"] == ("observing", None)


def test_absent_person_is_at_no_place(small_project: ProjectFile) -> None:
    set_presences(small_project, cells=[("Wren", "Plenary")], doing=Doing.ABSENT, place="Balcony")
    assert noted(small_project)["Wren", "Plenary"] == ("absent", None)


def test_what_is_not_known_is_not_kept(small_project: ProjectFile) -> None:
    changes = set_presences(small_project, cells=[("Wren", "Plenary"), ("Oda", "Plenary")], doing=None)
    assert changes.kinds["presence"].removed == 1
    assert ("Wren", "Plenary") not in noted(small_project)


def test_what_is_so_already_leaves_no_trace(small_project: ProjectFile) -> None:
    assert not set_presences(small_project, cells=[("Wren", "Plenary")], doing=Doing.OBSERVING).kinds
    assert not set_presences(small_project, cells=[("Oda", "Plenary")], doing=None).kinds


@pytest.mark.parametrize("cell", [("Nobody", "Plenary"), ("Wren", "Dinner")])
def test_person_or_session_that_is_not_there_is_refused_with_all_else(
    small_project: ProjectFile, cell: tuple[str, str]
) -> None:
    before = noted(small_project)
    with pytest.raises(UserError, match="there is no"):
        set_presences(small_project, cells=[("Oda", "Plenary"), cell], doing=Doing.OBSERVING)
    assert noted(small_project) == before


def test_ids_are_taken_as_references(small_project: ProjectFile) -> None:
    add_session(small_project, title="Plenary", event="Another event")  # so that the title alone would not do
    with small_project.view() as view:
        oda = next(one.id for one in list_people(view) if one.name == "Oda")
        plenary = next(one.id for one in list_sessions(view) if one.event == "Launch" and one.title == "Plenary")
    set_presences(small_project, cells=[(str(oda), str(plenary))], doing=Doing.OBSERVING)
    with small_project.view() as view:
        assert next(one.event for one in list_presence(view) if one.person == "Oda") == "Launch"
