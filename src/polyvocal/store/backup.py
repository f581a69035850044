"""Copies of a project file, made while it may be in use."""

import sqlite3
from contextlib import closing
from pathlib import Path

from polyvocal.store.arrival import arriving
from polyvocal.store.connect import Mode, connect
from polyvocal.store.faults import told_plainly


def copy_file(source: Path, target: Path) -> None:
    """Copy a project with SQLite's backup: one whole file at one moment, whatever is being written meanwhile.

    Raises UserError if the target exists, EnvironmentFault if it cannot be made; nothing half-made is left.
    """
    with told_plainly(source), closing(connect(source, Mode.READ)) as reading:
        copy_connection(reading, target)


def copy_connection(reading: sqlite3.Connection, target: Path) -> None:
    """As `copy_file`, of what a connection sees."""
    with (
        arriving(target) as fresh,
        told_plainly(target),
        closing(sqlite3.connect(fresh, isolation_level=None)) as writing,
    ):
        reading.backup(writing)
        writing.execute("PRAGMA journal_mode = DELETE")


def free_name(path: Path) -> Path:
    """The path, or the first of `NAME 2`, `NAME 3` ... that is not taken."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem} {number}{path.suffix}")
    return free
