"""Turns what SQLite and the operating system complain of into words for the person."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from polyvocal.domain.errors import EnvironmentFault, UserError


def damaged(path: Path, what: str) -> UserError:
    """The refusal of a file that is not whole."""
    return UserError(
        f"{path.name} is damaged: {what}. Nothing was changed. Run `polyvocal check` on it to see where, "
        "and go on with your latest backup."
    )


@contextmanager
def told_plainly(path: Path) -> Iterator[None]:
    """Raise UserError or EnvironmentFault, naming the file, for what the database refuses. No text of a row is told."""
    try:
        yield
    except UnicodeDecodeError:  # where SQLite's own complaint quotes what is no UTF-8
        raise damaged(path, "SQLite cannot read all of it") from None
    except (DBAPIError, sqlite3.Error) as fault:
        origin = fault.orig if isinstance(fault, DBAPIError) else fault
        told = _told(path, str(origin))
        if told is None:
            raise
        raise told from None


def _told(path: Path, complaint: str) -> Exception | None:
    folder = path.absolute().parent
    answers = {
        "Could not decode": damaged(path, "a text in it is not UTF-8"),  # first, for SQLite's own words quote the text
        "disk is full": EnvironmentFault(
            f"the disk of {path.name} is full: nothing was changed. Make room in {folder} and try again."
        ),
        "locked": EnvironmentFault(
            f"{path.name} is in use by another program, which did not let go of it in time: nothing was changed. "
            "Try again when it is done."
        ),
        "readonly": EnvironmentFault(
            f"{path.name} cannot be written: it or its folder {folder} is read-only. "
            "Copy it to a folder of your own to change it."
        ),
        "unable to open": EnvironmentFault(
            f"{path.name} cannot be opened: you may not read it, or its folder {folder} does not let the program make "
            "the side files that it needs. Copy it to a folder of your own."
        ),
        "disk I/O error": EnvironmentFault(
            f"the disk of {path.name} failed to read or write. Nothing was changed as far as it can be told. "
            "Check the disk, then run `polyvocal check`."
        ),
        "malformed": damaged(path, "SQLite cannot read all of it"),
        "no such table": damaged(path, "it lacks a table"),
        "no such column": damaged(path, "a table lacks a column"),
        "unsupported file format": damaged(path, "its header is wrong"),
        "not a database": UserError(f"{path.name} is not a Polyvocal project, or its beginning is damaged."),
    }
    return next((answer for words, answer in answers.items() if words in complaint), None)
