"""Which rows changed since an operation, and codings as packed numbers."""

from pathlib import Path
from typing import Any

import pytest

from polyvocal.domain.ids import first_id
from polyvocal.domain.records import Code, Coding, Person
from polyvocal.services.commands.codings import add_coding
from polyvocal.store import codings, touched
from polyvocal.store.codings import coding_rows, packed_codings
from polyvocal.store.file import ProjectFile, open_project
from polyvocal.store.touched import operations_seen, touched_since
from polyvocal.store.unit import Unit
from polyvocal.store.view import View


def seen(file: ProjectFile) -> int:
    with file.view() as view:
        return operations_seen(view)


def since(file: ProjectFile, n: int, *kinds: str) -> dict[str, Any]:
    with file.view() as view:
        return touched_since(view, n, kinds or ("coding", "code", "person"))


def one(file: ProjectFile, cls: type[Any], **equal: object) -> Any:
    with file.view() as view:
        return view.find(cls, **equal)[0]


def test_rows_that_were_made_changed_and_removed_are_named(small_project: ProjectFile) -> None:
    before = seen(small_project)
    assert since(small_project, before) == {}
    oda, gone = one(small_project, Person, name="Oda"), one(small_project, Code, name="Sense-making")
    small_project.write("change", lambda unit: unit.change(oda, description="tall") and None)
    small_project.write("remove", lambda unit: unit.remove(gone))
    changes = add_coding(small_project, source="On the train", start=0, end=4, code="Protest", coder="Oda")
    assert since(small_project, before) == {
        "person": (oda.id,),
        "code": (gone.id,),
        "coding": changes.created("coding"),
    }
    assert since(small_project, before, "code") == {"code": (gone.id,)}


def test_rows_that_were_undone_and_redone_are_named(small_project: ProjectFile) -> None:
    changes = add_coding(small_project, source="On the train", start=0, end=4, code="Protest", coder="Oda")
    made = changes.created("coding")
    for turn in (small_project.undo, small_project.redo):
        before = seen(small_project)
        turn()
        assert since(small_project, before) == {"coding": made}


def test_row_that_came_and_went_since_is_named(small_project: ProjectFile) -> None:
    before = seen(small_project)
    changes = add_coding(small_project, source="On the train", start=0, end=4, code="Protest", coder="Oda")
    small_project.undo()
    assert since(small_project, before) == {"coding": changes.created("coding")}


def test_more_rows_than_are_listed_are_not_named(small_project: ProjectFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(touched, "LISTED", 2)
    before = seen(small_project)

    def work(unit: Unit) -> None:
        unit.add(*(Person(id=unit.new_id(), name=f"Person {number}") for number in range(3)))

    small_project.write("people", work)
    assert since(small_project, before) == {"person": None}


def unpacked(view: View) -> list[tuple[int, ...]]:
    """(id, version, start, end, code, coder) of every coding, as the packed numbers have them."""
    found: list[tuple[int, ...]] = []
    for packed in packed_codings(view):
        columns: dict[str, list[int]] = {}
        for text, parts in packed:
            numbers = [int(number) for number in text.split(",") if number]
            for part in parts:
                mask = (1 << part.bits) - 1
                columns[part.column] = [((number >> part.shift) & mask) + part.base for number in numbers]
        columns["end"] = [start + length for start, length in zip(columns["start"], columns["length"], strict=True)]
        found += zip(*(columns[one] for one in ("id", "version", "start", "end", "code", "coder")), strict=True)
    return found


@pytest.mark.parametrize("at_once", [1, 3, 7, 100])
def test_packed_numbers_hold_every_coding(
    small_project: ProjectFile, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(codings, "AT_ONCE", at_once)
    with small_project.view() as view:
        ids = [coding.id for coding in view.all(Coding)]
        assert unpacked(view) == sorted(coding_rows(view, ids, ()))


def test_packed_numbers_hold_codings_of_copies_whose_ids_lie_far_apart(small_project: ProjectFile) -> None:
    coding = one(small_project, Coding)
    far = [first_id(1), first_id(1 << 30), first_id((1 << 31) - 1)]

    def work(unit: Unit) -> None:
        for number, identity in enumerate(far):
            unit.add(Person(id=identity + 1, name=f"Far {number}"))  # type: ignore[arg-type]
            values = {"version": coding.version, "code": coding.code, "created_at": 0}
            unit.add(Coding(id=identity, start=5, end=(1 << 32) - 1, coder=identity + 1, **values))  # type: ignore[arg-type]

    small_project.write("merge", work)
    with small_project.view() as view:
        ids = [coding.id for coding in view.all(Coding)]
        assert set(far) <= set(ids)
        assert unpacked(view) == sorted(coding_rows(view, ids, ()))


def test_no_codings_are_no_numbers(template_project: Path) -> None:
    with open_project(template_project) as project, project.view() as view:
        assert unpacked(view) == []
