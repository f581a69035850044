"""The unit of work: rows in, rows changed, rows out, and what the operation says of it."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyvocal.domain.changes import LISTED
from polyvocal.domain.errors import BugError
from polyvocal.domain.ids import CodeId, PersonId, TermId, last_id
from polyvocal.domain.record import shape_of
from polyvocal.domain.records import RECORDS, Code, Coding, Memo, Person, Stance, Term
from polyvocal.store.file import Mode, ProjectFile, open_project
from polyvocal.store.journal import quoted
from polyvocal.store.schema import columns_of, from_row, kind_of, to_row, words_of
from polyvocal.store.unit import Unit, hash_bytes, hash_text
from tests.store.acts import contents

text = st.text(st.characters(codec="utf-8"), max_size=20)


def records(cls: type) -> st.SearchStrategy[Any]:
    """Any values that the types of a record's fields allow."""

    def values(sort: Any) -> st.SearchStrategy[Any]:
        if hasattr(sort, "__supertype__"):
            return st.integers(1, (1 << 63) - 1)
        if sort is bool:
            return st.booleans()
        if sort is int:
            return st.integers(-(1 << 63), (1 << 63) - 1)
        return text if sort is str else st.sampled_from(list(sort))

    return st.builds(
        cls,
        **{
            field.name: st.none() | values(field.type) if field.nullable else values(field.type)
            for field in shape_of(cls)
        },
    )


@pytest.mark.parametrize("cls", RECORDS)
@given(data=st.data())
def test_record_written_to_a_row_and_read_back_is_the_same(cls: type, data: st.DataObject) -> None:
    record = data.draw(records(cls))
    names = columns_of(cls)
    with closing(sqlite3.connect(":memory:")) as connection:
        columns = ", ".join(quoted(name) + " ANY" for name in names)
        connection.execute(f"CREATE TABLE one ({columns}) STRICT")
        connection.execute(f"INSERT INTO one VALUES ({', '.join('?' * len(names))})", to_row(cls)(record))
        read: Any = from_row(cls, connection.execute("SELECT * FROM one").fetchone())
    assert read == record
    assert [type(getattr(read, name)) for name in names] == [type(getattr(record, name)) for name in names]


def do(project: ProjectFile, *work: Any) -> Any:
    """One operation; what its last step gives."""
    given: list[Any] = []

    def all_of_it(unit: Unit) -> None:
        given.extend(step(unit) for step in work)

    project.write("test", all_of_it)
    return given[-1]


def test_record_added_is_found_by_id_by_field_and_among_others(project: ProjectFile) -> None:
    term = Term(id=TermId(0), name="who speaks first")

    def work(unit: Unit) -> None:
        nonlocal term
        term = Term(id=unit.new_id(), name=term.name)
        unit.add(term)
        assert unit.get(Term, term.id) == term, "a unit sees its own changes"

    changes = project.write("add term", work)
    assert changes.created("term") == (term.id,)
    with project.view() as view:
        assert view.need(Term, term.id) == term
        assert view.find(Term, name=term.name) == [term]
        assert view.find(Term, name=term.name, definition=None) == [term]
        assert term in view.among(Term, "id", [term.id, *range(2000)])
        assert view.count(Term, name=term.name) == 1
        assert view.kind_of(term.id) == "term"
        assert view.get(Term, 1) is None
        with pytest.raises(BugError, match="has no nonsense"):
            view.find(Term, nonsense=1)


def test_change_where_nothing_differs_writes_nothing(project: ProjectFile, full: Path) -> None:
    before = contents(full)
    with project.view() as view:
        code, operations = view.all(Code)[0], view.journal.latest()

    def work(unit: Unit) -> None:
        assert unit.change(code, name=code.name, retired=False) is code

    changes = project.write("change", work)
    assert changes.kinds == {}
    assert contents(full) == before
    with project.view() as view:
        assert view.journal.latest() == operations


def test_change_gives_the_record_as_it_is_now(project: ProjectFile) -> None:
    with project.view() as view:
        code = view.all(Code)[0]
    changed = do(project, lambda unit: unit.change(code, retired=True, definition="anew"))
    with project.view() as view:
        assert view.get(Code, code.id) == changed
    assert (changed.retired, changed.definition, changed.name) == (True, "anew", code.name)


@pytest.mark.parametrize("count", [1, 99, 100, 101, 199, 200, 201])
def test_rows_at_the_boundaries_of_a_statement_are_all_written(project: ProjectFile, count: int) -> None:
    def work(unit: Unit) -> None:
        unit.add_rows(Term, ((identity, f"term {identity}", None) for identity in unit.new_ids(count)))

    changes = project.write("many", work)
    assert len(changes.created("term")) == count
    with project.view() as view:
        assert {term.name for term in view.among(Term, "id", changes.created("term"))} == {
            f"term {identity}" for identity in changes.created("term")
        }
    assert project.undo().kinds["term"].removed == count


@pytest.mark.parametrize("count", [LISTED, LISTED + 1])
def test_changes_list_ids_up_to_ten_thousand_and_tell_ranges_past_that(project: ProjectFile, count: int) -> None:
    with project.view() as view:
        (some, *_) = view.all(Coding)

    def work(unit: Unit) -> None:
        made = unit.new_ids(count)
        unit.add_rows(Coding, ((identity, some.version, 0, 1, some.code, some.coder, 0) for identity in made))

    changed = project.write("many", work).kinds["coding"]
    assert (changed.created, changed.updated, changed.removed) == (count, 0, 0)
    if count == LISTED:
        assert len(changed.created_ids) == count
        assert list(changed.created_ids) == sorted(changed.created_ids)
        assert changed.ranges == ()
    else:
        assert changed.created_ids == changed.updated_ids == changed.removed_ids == ()
        with project.view() as view:
            made = [one.id for one in view.all(Coding) if one.created_at == 0]
        assert len(made) == count
        assert all(any(first <= one <= last for first, last in changed.ranges) for one in made)


def test_changes_of_every_sort_are_told_apart(project: ProjectFile) -> None:
    with project.view() as view:
        term, code = view.all(Term)[0], view.all(Code)[0]
        (memo_id,) = [row[0] for row in contents(project.path)["memo"]]
    made: list[int] = []

    def work(unit: Unit) -> None:
        made.append(unit.new_id())
        unit.add(Term(id=TermId(made[0]), name="made"))
        fleeting = Term(id=unit.new_id(), name="came and went")
        unit.add(fleeting)
        unit.remove(fleeting)
        unit.change(term, definition="changed")
        unit.change(unit.need(Term, made[0]), definition="changed, but new")
        unit.raw.execute("DELETE FROM memo WHERE id = ?", (memo_id,))
        unit.change(code, definition="changed as well")

    kinds = project.write("mixed", work).kinds
    assert set(kinds) == {"term", "memo", "code"}
    assert (kinds["term"].created_ids, kinds["term"].updated_ids) == (tuple(made), (term.id,))
    assert kinds["memo"].removed_ids == (memo_id,)
    assert kinds["code"].updated_ids == (code.id,)


def test_new_ids_are_of_the_replica_and_run_out_with_a_word(project: ProjectFile) -> None:
    def work(unit: Unit) -> None:
        first, run = unit.new_id(), unit.new_ids(3)
        assert list(run) == [first + 1, first + 2, first + 3]
        with pytest.raises(BugError, match="used up"):
            unit.new_ids(last_id(unit.replica))
        unit._next_id = last_id(unit.replica) + 1
        with pytest.raises(BugError, match="used up"):
            unit.new_id()

    assert project.write("ids", work).kinds == {}


def test_operations_submitted_without_waiting_are_done_in_order(project: ProjectFile) -> None:
    def entering(number: int) -> Any:
        return lambda unit: unit.add(Person(id=PersonId(unit.new_id()), name=f"person {number}"))

    waiting = [project.submit(f"person {number}", entering(number)) for number in range(20)]
    assert [one.result().kind for one in waiting] == [f"person {number}" for number in range(20)]
    with project.view() as view:
        last = [operation.kind for operation in view.journal.operations()][-20:]
    assert last == [f"person {number}" for number in range(20)]


def test_closing_waits_for_what_was_submitted(full: Path) -> None:
    project = open_project(full, Mode.WRITE)
    for number in range(10):
        project.submit("add", lambda unit, n=number: unit.add(Term(id=unit.new_id(), name=f"late {n}")))  # type: ignore[misc]
    project.close()
    assert sum(row[1].startswith("late") for row in contents(full)["term"]) == 10


def test_text_is_kept_once_and_given_back_to_the_letter(project: ProjectFile) -> None:
    words = "Zo\u00eb said \u201cno\u201d \U0001f642\u2028\n"

    def work(unit: Unit) -> None:
        assert unit.add_text(words) == unit.add_text(words) == hash_text(words)
        assert unit.add_original(words.encode(), hash_text(words)) == hash_text(words)
        assert unit.add_original(b"\xff\xfe", hash_text(words)) == hash_bytes(b"\xff\xfe")
        unit.add(Term(id=unit.new_id(), name="so that something changed"))

    project.write("text", work)
    with project.view() as view:
        assert view.text(hash_text(words)) == words
        assert view.original(hash_text(words)) == words.encode()
        assert view.original(hash_bytes(b"\xff\xfe")) == b"\xff\xfe"
        assert view.raw.execute("SELECT count(*) FROM text WHERE body = ?", (words,)).fetchone() == (1,)
        with pytest.raises(BugError, match="not in the file"):
            view.text("0" * 64)


def test_index_of_words_follows_the_rows(project: ProjectFile, full: Path) -> None:
    def indexed() -> dict[int, tuple[str, str]]:
        return {row[0]: (row[1], row[2]) for row in contents(full)["word_index"]}

    def expected() -> dict[int, tuple[str, str]]:
        found: dict[int, tuple[str, str]] = {}
        with project.view() as view:
            for cls in RECORDS:
                names = words_of(cls)
                rows: list[Any] = view.all(cls)
                for row in rows:
                    if any(getattr(row, name) is not None for name in names):
                        found[row.id] = (kind_of(cls), "\n".join(getattr(row, name) or "" for name in names))
        return found

    assert indexed() == expected()
    with project.view() as view:
        code = view.all(Code)[0]
    do(project, lambda unit: unit.change(code, definition="quite another", not_when="never"))
    assert indexed() == expected()
    project.undo()
    assert indexed() == expected()


def test_removed_rows_are_gone_and_come_back_by_undo(project: ProjectFile, full: Path) -> None:
    before = contents(full)

    def work(unit: Unit) -> None:
        unit.remove(*unit.all(Stance), *unit.all(Memo))
        unit.add(Code(id=CodeId(unit.new_id()), name="in its place", colour="#0072b2", position=7))

    project.write("swap", work)
    assert contents(full) != before
    project.undo()
    assert contents(full) == before
