"""Brings a project file from one schema to the next, or to none of it.

A migration is one transaction with foreign keys off (with them on, rebuilding a table would drop the rows that point
to it, in silence). Triggers are dropped first, since a migration is no operation of anybody's, and made again at the
end. It is taken back unless every table has its rows and every reference its target.
"""

import sqlite3
import threading
from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from polyvocal.store.backup import copy_file, free_name
from polyvocal.store.connect import Mode, engine_for, raw
from polyvocal.store.faults import damaged
from polyvocal.store.journal import drop_triggers, install, quoted
from polyvocal.store.schema import APPLICATION_ID, HEAD

_ONE_AT_A_TIME = threading.Lock()
"""Alembic keeps the connection that it works on in a module: two threads would work on each other's."""


def migrate_new(path: Path, to: int = HEAD) -> None:
    """Make an empty file with the schema of a number."""
    _migrate(path, Mode.CREATE, to)


def migrate_file(path: Path, number: int, to: int = HEAD) -> str:
    """Bring a file of an older schema up to date, after keeping a copy beside it; say so in a sentence.

    The caller holds the writer's lock. Raises UserError, with the file as it was, where it turns out to be damaged.
    """
    kept = free_name(path.with_name(f"{path.stem} (schema {number}){path.suffix}"))
    copy_file(path, kept)
    _migrate(path, Mode.WRITE, to)
    return f"{path.name} was brought from schema {number} to {to}; the file as it was is kept as {kept.name}."


def _migrate(path: Path, mode: Mode, to: int) -> None:
    with _ONE_AT_A_TIME, engine_for(path, mode).connect() as sql:
        connection = raw(sql)
        connection.execute("PRAGMA foreign_keys = OFF")
        sql.begin()  # or Alembic, which knows of no transaction that the driver begins, commits after each step
        connection.execute("BEGIN EXCLUSIVE")
        counts = _row_counts(connection)
        drop_triggers(connection)
        _run_scripts(sql, to)
        install(connection, to)
        after = _row_counts(connection)
        lost = [name for name, count in counts.items() if after.get(name) != count]
        if lost:
            raise damaged(path, f"its table {lost[0]} would lose rows on the way to the newer schema")
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise damaged(path, "some of its rows point to things that are not there")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {to}")
        sql.commit()


def _row_counts(connection: sqlite3.Connection) -> dict[str, int]:
    names = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
        "AND name NOT LIKE '%_index%' AND name <> 'alembic_version'"
    ).fetchall()
    return {name: connection.execute(f"SELECT count(*) FROM {quoted(name)}").fetchone()[0] for (name,) in names}


def _run_scripts(sql: Connection, to: int) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)
    target = f"{to:04d}"

    def upgrade(revision: str, _context: MigrationContext) -> object:
        return scripts._upgrade_revs(target, revision)  # noqa: SLF001 - as alembic.command.upgrade does it

    with EnvironmentContext(config, scripts, fn=upgrade, destination_rev=target) as environment:
        environment.configure(connection=sql, transactional_ddl=False)
        environment.run_migrations()
