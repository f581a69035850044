"""The migrations, one after the other, make just the tables that the program's own schema declares."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from polyvocal.store import migrate
from polyvocal.store.connect import Mode, connect, engine_for
from polyvocal.store.migrate import migrate_file, migrate_new
from polyvocal.store.schema import METADATA

OF_THE_STORE_ALONE = re.compile(r"sqlite_.*|alembic_version|before_.*|(text|word)_index(_.*)?")
"""Tables that no record and no MetaData stands for: the journal's images, and the indexes for search."""


class TableShape(NamedTuple):
    """All that SQLite heeds in a table, whatever order its columns stand in, and however it was written down.

    Default values are left out: a column that a later migration adds must have one, and a new table none.
    """

    strict: bool
    without_rowid: bool
    columns: frozenset[tuple[object, ...]]
    foreign_keys: frozenset[tuple[object, ...]]
    indexes: frozenset[tuple[object, ...]]
    checks: tuple[str, ...]


def shapes_in(connection: sqlite3.Connection) -> dict[str, TableShape]:
    """The shape of each table of a file, by name."""
    tables = connection.execute(
        "SELECT name, wr, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main'"
    )
    return {
        name: TableShape(
            strict=bool(strict),
            without_rowid=bool(without_rowid),
            columns=columns_of(connection, name),
            foreign_keys=foreign_keys_of(connection, name),
            indexes=indexes_of(connection, name),
            checks=checks_of(connection, name),
        )
        for name, without_rowid, strict in tables.fetchall()
        if not OF_THE_STORE_ALONE.fullmatch(name)
    }


def columns_of(connection: sqlite3.Connection, table: str) -> frozenset[tuple[object, ...]]:
    """Name, type, whether it may be empty, place in the primary key, and whether generated, of each column."""
    ask = 'SELECT name, upper(type), "notnull", pk, hidden FROM pragma_table_xinfo(?)'
    return frozenset(connection.execute(ask, (table,)).fetchall())


def foreign_keys_of(connection: sqlite3.Connection, table: str) -> frozenset[tuple[object, ...]]:
    """From which column to which, and what happens to the row when the target changes."""
    ask = (
        'SELECT "from", "table", coalesce("to", \'id\'), on_update, on_delete, "match" FROM pragma_foreign_key_list(?)'
    )
    return frozenset(connection.execute(ask, (table,)).fetchall())


def indexes_of(connection: sqlite3.Connection, table: str) -> frozenset[tuple[object, ...]]:
    """Name (where somebody gave it one), uniqueness, condition, and the columns with order and collation."""
    indexes = connection.execute(
        'SELECT name, "unique", origin, partial FROM pragma_index_list(?)', (table,)
    ).fetchall()
    columns = 'SELECT name, "desc", coll FROM pragma_index_xinfo(?) WHERE key ORDER BY seqno'
    return frozenset(
        (name if origin == "c" else "", unique, origin, partial, *connection.execute(columns, (name,)).fetchall())
        for name, unique, origin, partial in indexes
    )


def checks_of(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """The conditions of its CHECKs, sorted, written without quotes of names and needless spaces."""
    (sql,) = connection.execute("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", (table,)).fetchone()
    return tuple(sorted(plainly(within_parentheses(sql, found.end())) for found in re.finditer(r"\bCHECK\s*\(", sql)))


def within_parentheses(sql: str, start: int) -> str:
    """The text from `start`, which is just behind an opening parenthesis, up to the one that closes it."""
    depth, quoted = 1, False
    for at in range(start, len(sql)):
        if sql[at] == "'":
            quoted = not quoted
        elif not quoted:
            depth += {"(": 1, ")": -1}.get(sql[at], 0)
        if depth == 0:
            return sql[start:at]
    raise AssertionError("a CHECK is not closed")


def plainly(condition: str) -> str:
    """A condition as it is compared: names without their quotes, one space where there is any."""
    return " ".join(re.sub(r'"(\w+)"', r"\1", condition).split())


@pytest.fixture
def migrated(tmp_path: Path) -> Path:
    """A file that the migrations made, from the first to the last."""
    path = tmp_path / "migrated.polyvocal"
    migrate_new(path)
    return path


@pytest.fixture
def declared(tmp_path: Path) -> Path:
    """A file that was made from the declared tables at one stroke."""
    path = tmp_path / "declared.polyvocal"
    with engine_for(path, Mode.CREATE).connect() as sql:
        METADATA.create_all(sql)
        sql.commit()
    return path


def shapes_of(path: Path) -> dict[str, TableShape]:
    """The shapes of a closed file."""
    with closing(connect(path, Mode.READ)) as connection:
        return shapes_in(connection)


def test_migrations_make_the_tables_that_are_declared(migrated: Path, declared: Path) -> None:
    made, wanted = shapes_of(migrated), shapes_of(declared)
    assert made.keys() == wanted.keys() == METADATA.tables.keys()
    for name, shape in wanted.items():
        assert made[name] == shape, f"the migrations make the table {name} otherwise than store/schema.py declares it"


@pytest.mark.parametrize(
    ("table", "planted"),
    [
        ("term", "ALTER TABLE term ADD COLUMN mood TEXT"),
        ("term", "ALTER TABLE term ADD COLUMN coder INTEGER REFERENCES person (id)"),
        ("term", "ALTER TABLE term ADD COLUMN open INTEGER CHECK (open IN (0, 1))"),
        ("term", "CREATE INDEX ix_term_name ON term (name)"),
        ("coding", "DROP INDEX ix_coding_code"),
        ("coding", "DROP INDEX ix_coding_code; CREATE UNIQUE INDEX ix_coding_code ON coding (code)"),
        ("reading", "DROP TABLE reading; CREATE TABLE reading (id INTEGER PRIMARY KEY, state TEXT) STRICT"),
    ],
)
def test_difference_from_the_declared_tables_is_noticed_when_planted(
    migrated: Path, declared: Path, table: str, planted: str
) -> None:
    with closing(connect(migrated, Mode.WRITE)) as connection:
        connection.executescript(planted)
    made, wanted = shapes_of(migrated), shapes_of(declared)
    assert {name for name, shape in wanted.items() if made[name] != shape} == {table}


def test_migration_of_several_steps_that_fails_at_the_end_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "older.polyvocal"
    migrate_new(path, 1)
    before = path.read_bytes()

    def fail(_connection: sqlite3.Connection, _number: int) -> None:
        raise InterruptedError

    monkeypatch.setattr(migrate, "install", fail)
    with pytest.raises(InterruptedError):
        migrate_file(path, 1)
    assert path.read_bytes() == before
