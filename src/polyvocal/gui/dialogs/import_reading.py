"""Reading the files that are to be taken in, as a Job: what came of each, and what folders hold that is not read."""

import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from polyvocal.domain.errors import UserError
from polyvocal.domain.text import count_words
from polyvocal.exchange.about.account import Account
from polyvocal.exchange.about.rows import FOUND_OUT, Manner, accounts_in
from polyvocal.exchange.readers import gather
from polyvocal.exchange.readers.folder import LeftOut
from polyvocal.exchange.readers.given import GivenFile, file_on_disk
from polyvocal.gui.bus import Job

_ARCHIVE = ".zip"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of reading a file: the accounts in it (of a table one a row, of any other one), or a fault.

    `without_text` are the numbers of the rows of a table in which there is no text.
    """

    accounts: tuple[Account, ...] = ()
    words: tuple[int, ...] = ()
    without_text: tuple[int, ...] = ()
    fault: Exception | None = None


@dataclass(slots=True)
class Reading:
    """What is to be read, and what was: filled by a job, looked at when that has ended."""

    folders: list[Path]
    files: list[GivenFile]
    manners: Mapping[str, Manner] = field(default_factory=dict)
    """how some are to be read, by the identities of files"""
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    """likewise"""
    left_out: list[LeftOut] = field(default_factory=list)


def divided(paths: Iterable[Path]) -> tuple[list[Path], list[GivenFile]]:
    """Folders and .zip files, which must be looked through, and the files."""
    folders, files = [], []
    for path in paths:
        if path.suffix.casefold() == _ARCHIVE or path.is_dir():
            folders.append(path)
        else:
            files.append(file_on_disk(path.absolute()))
    return folders, files


def read_files(reading: Reading, job: Job) -> None:
    """Look through the folders, then read files one after another, until the job is cancelled."""
    while reading.folders:
        job.report(0, 0, f"Looking through {reading.folders[0].name}")
        gathered = gather(reading.folders[:1], check=job.check)
        reading.files += gathered.files
        reading.left_out += gathered.left_out
        del reading.folders[0]
    for number, given in enumerate(reading.files, 1):
        job.check()
        job.report(number - 1, len(reading.files), f"Reading {number:,} of {len(reading.files):,}: {given.name}")
        reading.outcomes[given.identity] = read_file(given, reading.manners.get(given.identity, FOUND_OUT))


def read_file(given: GivenFile, manner: Manner = FOUND_OUT) -> Outcome:
    """Read one file; whatever is wrong with it is in the outcome."""
    try:
        if given.path is not None and not stat.S_ISREG(given.path.stat().st_mode):
            return Outcome(fault=UserError(f"{given.name} is a device or a pipe: choose a file."))
        rows = accounts_in(given, manner)
    except FileNotFoundError:
        return Outcome(fault=UserError(f"{given.name} is not there any more."))
    except Exception as fault:  # noqa: BLE001 - a door: whatever is wrong with one file, the others are read
        return Outcome(fault=fault)
    words = tuple(count_words(one.incoming.text) for one in rows.accounts)
    return Outcome(rows.accounts, words, rows.without_text)
