"""The journal as a list, in pages and by person and kind; what leads back to an operation and forward again."""

import pytest

from polyvocal.domain.errors import UserError
from polyvocal.domain.records import Person
from polyvocal.services.commands.setting import add_term
from polyvocal.services.queries.project import history
from polyvocal.store.file import ProjectFile
from polyvocal.store.history import Wanted, operation_with, people_and_kinds, turns_to


def person(file: ProjectFile, name: str) -> int:
    with file.view() as view:
        (found,) = view.find(Person, name=name)
    return found.id


def add(file: ProjectFile, name: str, who: str) -> int:
    file.person = person(file, who)
    return add_term(file, name=name).operation


def names(file: ProjectFile, operation: int, who: int | None) -> list[str | None]:
    """What is turned on the way to an operation."""
    with file.view() as view:
        lines = {line.operation: line.name for line in history(view)}
        turned = [one.id for one in turns_to(view, who, operation_with(view, operation))]
    return [lines[one] for one in turned] if operation in turned else []


def test_history_comes_in_pages_by_person_and_by_kind(small_project: ProjectFile) -> None:
    with small_project.view() as view:
        whole = list(history(view))
        people, kinds = people_and_kinds(view)
        page = list(history(view, Wanted(before=whole[3].operation)))
        ids = {int(one.id): one.name for one in view.all(Person)}
        of_one = list(history(view, Wanted(person=people[0])))
        of_kind = list(history(view, Wanted(kind="add coding", before=whole[0].operation)))
    assert page == whole[4:]
    assert kinds == sorted({line.kind for line in whole})
    assert of_one == [line for line in whole if line.person == ids[people[0]]]
    assert of_kind == [line for line in whole[1:] if line.kind == "add coding"]
    assert of_kind


def test_line_of_an_undo_names_what_it_is_about(small_project: ProjectFile) -> None:
    add(small_project, "Parity", "Oda")
    small_project.undo()
    with small_project.view() as view:
        newest = next(history(view))
    assert (newest.kind, newest.about_kind, newest.name) == ("undo", "add term", "Parity")


def test_undoing_one_by_one_leads_back_to_an_operation_by_the_acts_of_that_person(small_project: ProjectFile) -> None:
    oda = person(small_project, "Oda")
    first = add(small_project, "A", "Oda")
    theirs = add(small_project, "B", "Wren")
    add(small_project, "C", "Oda")
    assert names(small_project, first, oda) == ["C", "A"]
    assert names(small_project, first, None) == ["C", "B", "A"]
    assert names(small_project, theirs, oda) == []
    for _ in range(2):
        small_project.undo(oda)
    with small_project.view() as view:
        assert {line.name for line in history(view) if line.standing == "undone"} == {"A", "C"}
    last = operation_of(small_project, "C")
    assert names(small_project, last, oda) == ["A", "C"]
    for _ in range(2):
        small_project.redo(oda)
    with small_project.view() as view:
        assert not [line for line in history(view) if line.standing == "undone"]


def operation_of(file: ProjectFile, name: str) -> int:
    with file.view() as view:
        return next(line.operation for line in history(view) if line.name == name and line.kind == "add term")


def test_nothing_leads_to_an_undone_operation_once_something_new_was_done(small_project: ProjectFile) -> None:
    undone = add(small_project, "A", "Oda")
    small_project.undo()
    add(small_project, "B", "Oda")
    assert names(small_project, undone, person(small_project, "Oda")) == []


def test_nothing_leads_to_the_beginning_or_to_an_undo(small_project: ProjectFile) -> None:
    with small_project.view() as view:
        beginning = list(history(view))[-1].operation
    small_project.undo()
    with small_project.view() as view:
        turn = next(history(view)).operation
    assert names(small_project, beginning, None) == []
    assert names(small_project, turn, None) == []


def test_operation_that_is_not_there_is_told(small_project: ProjectFile) -> None:
    with small_project.view() as view, pytest.raises(UserError, match="no operation 7"):
        operation_with(view, 7)
