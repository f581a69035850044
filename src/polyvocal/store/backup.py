"""Copies of a project file, made while it may be in use."""

import sqlite3
from contextlib import suppress
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
    fresh = target.with_name(f".{target.name}.part")  # so that a copy cut short never bears the name
    with told_plainly(source):
        reading = connect(source, Mode.READ)
        try:
            with told_plainly(target):
                try:
                    fresh.unlink(missing_ok=True)
                    writing = sqlite3.connect(fresh, isolation_level=None)
                    try:
                        reading.backup(writing)
                        writing.execute("PRAGMA journal_mode = DELETE")
                    finally:
                        writing.close()
                    fresh.rename(target)
                except OSError as fault:
                    raise EnvironmentFault(f"{target} cannot be written: {fault.strerror}.") from None
                finally:
                    with suppress(OSError):
                        fresh.unlink(missing_ok=True)
        finally:
            reading.close()


def free_name(path: Path) -> Path:
    """The path, or the first of `NAME 2`, `NAME 3` ... that is not taken."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem} {number}{path.suffix}")
    return free
