"""Statements of positionality are kept with the person, in one operation with what else is corrected."""

import pytest

from polyvocal.domain.errors import UserError
from polyvocal.domain.records import Person, Positionality
from polyvocal.domain.words import Standing
from polyvocal.services.commands.positionality import StatementDraft, correct_person, enter_person
from polyvocal.services.commands.removal import remove, what_goes_with
from polyvocal.store.file import ProjectFile


def stated(project: ProjectFile) -> list[tuple[str, str]]:
    with project.view() as view:
        return [(one.dated, one.statement) for one in view.all(Positionality)]


def ids(project: ProjectFile) -> list[Positionality]:
    with project.view() as view:
        return view.all(Positionality)


def test_person_is_entered_with_statements(small_project: ProjectFile) -> None:
    drafts = [StatementDraft("2024-01-01", "A nurse,\r\nonce.")]
    enter_person(small_project, name="Maren", standing=Standing.ETHNOGRAPHER, groups=("Lay panel",), statements=drafts)
    assert stated(small_project) == [("2024-01-01", "A nurse,\nonce.")]
    small_project.undo()
    assert stated(small_project) == []


def test_statements_are_added_changed_and_dropped_with_the_fields(small_project: ProjectFile) -> None:
    drafts = [StatementDraft("2023-01-01", "A nurse."), StatementDraft("2024-01-01", "A visitor.")]
    correct_person(small_project, "Wren", {}, statements=drafts)
    nurse, visitor = ids(small_project)
    changed = [StatementDraft("2024-01-02", "A guest.", visitor.id), StatementDraft("2024-06-01T09:00", "Tired.")]
    correct_person(small_project, "Wren", {"name": "Wrenna"}, statements=changed, dropped=[nurse.id])
    assert stated(small_project) == [("2024-01-02", "A guest."), ("2024-06-01T09:00", "Tired.")]
    small_project.undo()
    assert stated(small_project) == [("2023-01-01", "A nurse."), ("2024-01-01", "A visitor.")]
    with small_project.view() as view:
        assert view.find(Person, name="Wren")


def test_statement_that_is_not_named_stays(small_project: ProjectFile) -> None:
    correct_person(small_project, "Wren", {}, statements=[StatementDraft("2023-01-01", "A nurse.")])
    correct_person(small_project, "Wren", {"description": "Tall"})
    assert stated(small_project) == [("2023-01-01", "A nurse.")]


@pytest.mark.parametrize(
    ("draft", "told"),
    [
        (StatementDraft("", "Here."), "no date"),
        (StatementDraft("lately", "Here."), "2024-05-14"),
        (StatementDraft("2024-01-01", " \n"), "is empty"),
    ],
)
def test_statement_that_cannot_be_is_refused_with_all_else(
    small_project: ProjectFile, draft: StatementDraft, told: str
) -> None:
    with pytest.raises(UserError, match=told):
        correct_person(small_project, "Wren", {"name": "Wrenna"}, statements=[draft])
    assert stated(small_project) == []
    with small_project.view() as view:
        assert not view.find(Person, name="Wrenna")


def test_statement_that_went_meanwhile_is_told(small_project: ProjectFile) -> None:
    correct_person(small_project, "Wren", {}, statements=[StatementDraft("2023-01-01", "A nurse.")])
    (nurse,) = ids(small_project)
    correct_person(small_project, "Wren", {}, dropped=[nurse.id])
    with pytest.raises(UserError, match="meanwhile"):
        correct_person(small_project, "Wren", {}, statements=[StatementDraft("2023-01-01", "A cook.", nurse.id)])


def test_what_goes_with_a_person_is_counted_and_goes(small_project: ProjectFile) -> None:
    drafts = [StatementDraft("2023-01-01", "A nurse.")]
    enter_person(small_project, name="Maren", groups=("Lay panel", "Ward 4"), statements=drafts)
    with small_project.view() as view:
        assert what_goes_with(view, "person", "Maren") == {"membership": 2, "positionality": 1}
        with pytest.raises(UserError, match="still needed by"):
            what_goes_with(view, "person", "Wren")
    remove(small_project, "person", "Maren")
    assert stated(small_project) == []
