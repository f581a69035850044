"""Nothing escapes the history: the triggers of every table, and the hash chain over all of it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from polyvocal.domain.errors import UserError
from polyvocal.domain.records import Term
from polyvocal.store.check import Health, check_file
from polyvocal.store.connect import Mode, connect
from polyvocal.store.file import ProjectFile, open_project
from polyvocal.store.journal import trigger_statements
from polyvocal.store.schema import HEAD, INSERT_ONLY, RECORD_OF_KIND
from polyvocal.store.unit import Unit
from tests.store.acts import ACTS, contents

KINDS = tuple(RECORD_OF_KIND)


def plain(path: Path) -> sqlite3.Connection:
    """A connection of another program, which knows nothing of our settings."""
    return sqlite3.connect(path, isolation_level=None)


def ours(path: Path) -> sqlite3.Connection:
    return connect(path, Mode.WRITE)


@pytest.fixture(params=[plain, ours])
def connection(request: pytest.FixtureRequest, full: Path) -> Iterator[sqlite3.Connection]:
    make: Callable[[Path], sqlite3.Connection] = request.param
    with closing(make(full)) as opened:
        yield opened


def columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]


# --- the triggers --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_write_without_an_operation_is_refused_on_every_table(
    connection: sqlite3.Connection, full: Path, kind: str
) -> None:
    before = contents(full)
    row = connection.execute(f'SELECT * FROM "{kind}" ORDER BY id').fetchone()
    assert row is not None
    marks = ", ".join("?" * len(row))
    others = ", ".join(f'"{name}" = "{name}"' for name in columns(connection, kind)[1:])
    for statement, values in [
        (f'INSERT INTO "{kind}" VALUES ({marks})', (row[0] + 1_000_000, *row[1:])),
        (f'UPDATE "{kind}" SET {others}', ()),
        (f'DELETE FROM "{kind}" WHERE id = ?', (row[0],)),
        (f'REPLACE INTO "{kind}" VALUES ({marks})', row),
        (f'INSERT OR IGNORE INTO "{kind}" VALUES ({marks})', (row[0] + 1_000_000, *row[1:])),
        (f'INSERT INTO "{kind}" VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {others}', row),
    ]:
        with pytest.raises(sqlite3.IntegrityError, match="no operation is open"):
            connection.execute(statement, values)
    assert contents(full) == before


@pytest.mark.parametrize("table", [*INSERT_ONLY, f"before_code_{HEAD}", f"before_person_{HEAD}"])
def test_history_is_never_rewritten(connection: sqlite3.Connection, full: Path, table: str) -> None:
    names = columns(connection, table)
    rows = connection.execute(f'SELECT * FROM "{table}"').fetchall()
    assert rows
    for statement in (f'UPDATE "{table}" SET "{names[-1]}" = "{names[-1]}"', f'DELETE FROM "{table}"'):
        with pytest.raises(sqlite3.IntegrityError, match="never rewritten"):
            connection.execute(statement)
    assert connection.execute(f'SELECT * FROM "{table}"').fetchall() == rows


@pytest.mark.parametrize("table", INSERT_ONLY)
def test_history_is_not_replaced_through_a_connection_of_the_program(full: Path, table: str) -> None:
    with closing(ours(full)) as connection:
        row = connection.execute(f'SELECT * FROM "{table}"').fetchone()
        with pytest.raises(sqlite3.IntegrityError, match="never rewritten"):
            connection.execute(f'REPLACE INTO "{table}" VALUES ({", ".join("?" * len(row))})', row)


def test_id_of_a_row_never_changes_even_in_an_operation(project: ProjectFile) -> None:
    with pytest.raises(Exception, match="an id never changes"):
        project.write("renumber", lambda unit: unit.raw.execute("UPDATE code SET id = id + 1"))  # type: ignore[arg-type]


def test_operation_that_fails_leaves_nothing(project: ProjectFile, full: Path) -> None:
    before = contents(full)

    def work(unit: Unit) -> None:
        unit.raw.execute("DELETE FROM stance")
        raise UserError("no")

    with pytest.raises(UserError, match="no"):
        project.write("fail", work)
    assert contents(full) == before


def test_operation_that_breaks_a_reference_leaves_nothing_and_the_next_one_works(
    project: ProjectFile, full: Path
) -> None:
    before = contents(full)

    def dangling(unit: Unit) -> None:
        unit.raw.execute("PRAGMA defer_foreign_keys = ON")
        unit.raw.execute("DELETE FROM coding")

    with pytest.raises(Exception, match="FOREIGN KEY"):
        project.write("fail", dangling)
    assert contents(full) == before
    project.undo()
    project.redo()
    assert contents(full) == before


# --- the chain -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def worked(templates: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project in which much was done, in two sittings, changed and undone: most tables of images have rows."""
    path = tmp_path_factory.mktemp("worked") / "voices.polyvocal"
    path.write_bytes((templates / "full.polyvocal").read_bytes())
    random = Random(11)
    with pytest.MonkeyPatch.context() as patch:
        for sitting in range(2):
            patch.setenv("POLYVOCAL_STATE", str(path.parent / f"state {sitting}"))
            with open_project(path, Mode.WRITE) as project:
                done = 0
                while done < 25:
                    try:
                        done += bool(random.choice(ACTS)(project, random).kinds)
                    except UserError:
                        continue
                for _ in range(15):
                    project.undo()
                for _ in range(4):
                    project.redo()
    return path


@pytest.fixture
def file(worked: Path, tmp_path: Path) -> Path:
    path = tmp_path / "voices.polyvocal"
    path.write_bytes(worked.read_bytes())
    return path


def tamper(path: Path, *statements: str) -> Health:
    """Alter the file by hand and wipe the traces: the triggers are there as before."""
    with closing(plain(path)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        triggers = trigger_statements(connection)
        for name in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        changed = connection.total_changes
        for statement in statements:
            connection.execute(statement)
        assert connection.total_changes > changed
        for statement in triggers.values():
            connection.execute(statement)
    return check_file(path)


def test_history_of_a_busy_project_is_whole(file: Path) -> None:
    health = check_file(file)
    assert health.problems == ()
    assert health.operations > 60
    assert health.erased == 0


def tables_with_history(path: Path) -> list[str]:
    with closing(plain(path)) as connection:
        names = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
            if name in KINDS or name.startswith("before_") or name in ("operation", "digest", "text", "original")
        ]
        return [name for name in names if connection.execute(f'SELECT 1 FROM "{name}"').fetchone()]


def alterations(connection: sqlite3.Connection, table: str) -> Iterator[tuple[str, str]]:
    """(what, statement): a column of a row changed, and the row taken away; of a header and of a digest each column."""
    random = Random(table)
    keys = {"digest": ["op", "kind", "first_id"], "operation": ["n"], "text": ["n"], "original": ["n"]}
    names = {row[1]: row[2] for row in connection.execute(f'PRAGMA table_info("{table}")')}
    found_by = keys.get(table, ["op", "id"] if table.startswith("before_") else ["id"])
    row = dict(zip(names, random.choice(connection.execute(f'SELECT * FROM "{table}"').fetchall()), strict=True))
    which = " AND ".join(f"{key} = {row[key]!r}" for key in found_by)
    altered = [name for name in names if name not in found_by] if table != "digest" else list(names)
    if table not in ("operation", "digest"):
        altered = [random.choice(altered)]
    for name in altered:
        other = {
            "INTEGER": f'coalesce("{name}", 0) + 1',
            "TEXT": f"coalesce(\"{name}\", '') || 'x'",
            "BLOB": "x'00'",
        }[names[name]]
        yield name, f'UPDATE "{table}" SET "{name}" = {other} WHERE {which}'
    yield "row", f'DELETE FROM "{table}" WHERE {which}'


def test_alteration_by_hand_of_any_past_row_is_found(file: Path) -> None:
    tables = tables_with_history(file)
    assert set(KINDS) | {"operation", "digest", "text", "original"} <= set(tables)
    assert sum(table.startswith("before_") for table in tables) >= 12
    with closing(plain(file)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for name in trigger_statements(connection):
            connection.execute(f'DROP TRIGGER "{name}"')
        whole = file.read_bytes()
        missed = []
        for table in tables:
            for what, statement in list(alterations(connection, table)):
                assert connection.execute(statement).rowcount == 1
                found = {problem.check for problem in check_file(file).problems}
                if not found - {"triggers", "references", "search"}:
                    missed.append((table, what))
                file.write_bytes(whole)
    assert missed == []


def test_image_moved_to_another_operation_is_found(file: Path) -> None:
    images = f"before_stance_{HEAD}"
    moved = f"UPDATE {images} SET op = op + 1000 WHERE op = (SELECT max(op) FROM {images})"
    assert tamper(file, moved).problems


@pytest.mark.parametrize("kind", ["code", "person", "term", "stance"])
def test_row_that_no_operation_made_is_found(file: Path, kind: str) -> None:
    with closing(plain(file)) as connection:
        names = ", ".join(f'"{name}"' for name in columns(connection, kind)[1:])
    insert = f'INSERT INTO "{kind}" (id, {names}) SELECT {{}}, {names} FROM "{kind}" LIMIT 1'
    assert tamper(file, insert.format("77")).problems


def test_row_slipped_into_the_ids_of_an_operation_is_found(file: Path) -> None:
    health = tamper(
        file,
        "INSERT INTO term (id, name) SELECT o.id, 'slipped in' FROM operation AS o WHERE kind = 'add person' LIMIT 1",
    )
    assert "history" in {problem.check for problem in health.problems}


def test_image_that_no_operation_found_is_noticed(file: Path) -> None:
    health = tamper(
        file,
        f"INSERT INTO before_term_{HEAD} (op, id, name) SELECT (SELECT max(n) FROM operation), id, 'never so' FROM term LIMIT 1",
    )
    assert "history" in {problem.check for problem in health.problems}


def test_last_operations_cut_off_are_found(file: Path) -> None:
    health = tamper(file, "DELETE FROM operation WHERE n = (SELECT max(n) FROM operation)")
    assert health.problems


def test_missing_trigger_is_found(file: Path) -> None:
    with closing(plain(file)) as connection:
        connection.execute("DROP TRIGGER coding__updated")
    assert [problem.check for problem in check_file(file).problems] == ["triggers"]


def test_erased_words_leave_the_chain_verifiable(file: Path) -> None:
    with closing(plain(file)) as connection:
        (op, identity) = connection.execute(
            "SELECT op, first_id FROM digest WHERE kind = 'memo' AND op IN (SELECT n FROM operation "
            "WHERE kind = 'add memo') AND first_id IN (SELECT id FROM memo) AND first_id NOT IN "
            f"(SELECT id FROM before_memo_{HEAD}) LIMIT 1"
        ).fetchone()
    health = tamper(
        file,
        f"UPDATE digest SET salt = NULL WHERE op = {op} AND kind = 'memo' AND first_id = {identity}",
        f"UPDATE memo SET text = '', title = NULL WHERE id = {identity}",
        f"DELETE FROM word_index WHERE rowid = {identity}",
    )
    assert health.problems == ()
    assert health.erased == 1


def test_words_altered_behind_a_salt_that_was_taken_away_are_found(file: Path) -> None:
    for kind, alteration in (("source", "title = 'another'"), ("coding", "start = start + 1")):
        with closing(plain(file)) as connection:
            (identity,) = connection.execute(f"SELECT min(id) FROM {kind}").fetchone()
        health = tamper(
            file,
            f"UPDATE digest SET salt = NULL WHERE kind = '{kind}' AND {identity} BETWEEN first_id AND last_id",
            f"UPDATE {kind} SET {alteration} WHERE id = {identity}",
        )
        assert "history" in {problem.check for problem in health.problems}


def test_rows_removed_behind_a_salt_that_was_taken_away_are_found(file: Path) -> None:
    health = tamper(file, "UPDATE digest SET salt = NULL", "DELETE FROM memo")
    assert "history" in {problem.check for problem in health.problems}


def test_erased_words_are_not_told_apart_from_other_rows_of_the_operation(file: Path) -> None:
    def two_terms(unit: Unit) -> None:
        unit.add(Term(id=unit.new_id(), name="their time"), Term(id=unit.new_id(), name="their data"))

    with open_project(file, Mode.WRITE) as project:
        first, second = sorted(project.write("two terms", two_terms, person=None).created("term"))
    erase = f"UPDATE digest SET salt = NULL WHERE kind = 'term' AND first_id = {first}"
    wordless = f"UPDATE term SET name = '' WHERE id = {first}"
    assert tamper(file, erase, wordless, f"DELETE FROM word_index WHERE rowid = {first}").problems == ()
    found = tamper(file, f"UPDATE term SET name = 'another' WHERE id = {second}")
    assert "history" in {problem.check for problem in found.problems}
