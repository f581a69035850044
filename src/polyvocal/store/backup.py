"""Copies of a project file, made while it may be in use."""

import sqlite3
from pathlib import Path

from polyvocal.domain.errors import EnvironmentFault, UserError
from polyvocal.store.connect import Mode, connect
from polyvocal.store.faults import told_plainly


def copy_file(source: Path, target: Path) -> None:
    """Copy a project with SQLite's backup: one whole file at one moment, whatever is being written meanwhile.

    Raises UserError if the target exists, EnvironmentFault if it cannot be made; nothing half-made is left.
    """
    if target.exists():
        raise UserError(f"{target} exists already: choose another name, or remove it first.")
    if not target.absolute().parent.is_dir():
        raise UserError(f"there is no folder {target.absolute().parent}: make it first.")
    done = False
    with told_plainly(source):
        reading = connect(source, Mode.READ)
        try:
            with told_plainly(target):
                try:
                    writing = sqlite3.connect(target, isolation_level=None)
                    try:
                        reading.backup(writing)
                        writing.execute("PRAGMA journal_mode = DELETE")
                    finally:
                        writing.close()
                    done = True
                except OSError as fault:
                    raise EnvironmentFault(f"{target} cannot be written: {fault.strerror}.") from None
                finally:
                    if not done:
                        target.unlink(missing_ok=True)
        finally:
            reading.close()


def free_name(path: Path) -> Path:
    """The path, or the first of `NAME 2`, `NAME 3` ... that is not taken."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem} {number}{path.suffix}")
    return free
