"""The one function that opens a connection to a project file, and the engine that uses it."""

import sqlite3
from enum import StrEnum
from pathlib import Path
from typing import cast

from sqlalchemy import Connection, Engine, NullPool, create_engine


class Mode(StrEnum):
    """How a project file is opened.

    WRITE is for a sitting: readers and the writer do not wait for one another. ONCE is for a command: the file stays
    the same to the byte unless its operation is done.
    """

    READ = "read"
    ONCE = "once"
    WRITE = "write"
    CREATE = "create"


_WRITABLE = {Mode.ONCE: "mode=rw", Mode.WRITE: "mode=rw", Mode.CREATE: "mode=rwc"}


def engine_for(path: Path, mode: Mode) -> Engine:
    """An SQLAlchemy engine whose connections are all made by `connect`, anew each time."""
    return create_engine("sqlite://", creator=lambda: connect(path, mode), poolclass=NullPool, hide_parameters=True)


def raw(sql: Connection) -> sqlite3.Connection:
    """The driver's own connection under an SQLAlchemy one: for the journal, and for very many rows."""
    return cast("sqlite3.Connection", sql.connection.driver_connection)


def connect(path: Path, mode: Mode) -> sqlite3.Connection:
    """Open a project file with every setting that the program relies on.

    Nothing is begun by itself: the caller says BEGIN. A reader uses the file read-write where it may, with writing
    switched off, so that what a killed program left behind is taken up; otherwise read-only; and where not even the
    side files can be made, as a file that nobody changes. Raises sqlite3.Error.
    """
    connection = _reader(path) if mode is Mode.READ else _open(path, _WRITABLE[mode])
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA fullfsync = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA secure_delete = ON")  # drafts that were discarded are gone from the file, too
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute("PRAGMA recursive_triggers = ON")  # or REPLACE would delete without the journal's knowing
    if mode is Mode.READ:
        connection.execute("PRAGMA trusted_schema = OFF")  # a writer's triggers keep the FTS5 indexes, which it forbids
        connection.execute("PRAGMA query_only = ON")
    return connection


def _open(path: Path, options: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?{options}", uri=True, isolation_level=None, check_same_thread=False, timeout=5.0
    )


def _reader(path: Path) -> sqlite3.Connection:
    alone = not any(path.with_name(path.name + side).exists() for side in ("-wal", "-journal"))
    refused = sqlite3.OperationalError("unable to open database file")
    for options in ("mode=rw", "mode=ro", *(("mode=ro&immutable=1",) if alone else ())):
        connection = None
        try:
            connection = _open(path, options)
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except sqlite3.OperationalError as fault:
            if connection is not None:
                connection.close()
            if "locked" in str(fault):
                raise
            refused = fault
        else:
            return connection
    raise refused
