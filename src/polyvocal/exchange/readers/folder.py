"""From what a person gives (files, folders, .zip files) to the files that can be read, in an order people expect."""

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from polyvocal.domain.errors import EnvironmentFault, UserError
from polyvocal.exchange.readers.archive import ENDING, Archive
from polyvocal.exchange.readers.given import STANDARD_INPUT, STDIN, GivenFile, file_on_disk, plain_name
from polyvocal.exchange.readers.limits import ARCHIVES, FOLDER_DEPTH, FOLDER_ENTRIES, FOLDER_FILES
from polyvocal.exchange.readers.registry import readable_endings

_OF_THE_SYSTEM = re.compile(
    r"\..*|~\$.*|~WRL\d+\.tmp|__MACOSX|Thumbs\.db|desktop\.ini|ehthumbs\.db|Icon\r|\$RECYCLE\.BIN|"
    r"System Volume Information",
    re.IGNORECASE | re.DOTALL,
)
_DIGITS = re.compile("([0-9]+)")


class Why(StrEnum):
    """Why something in a folder or a .zip is not among the files to read."""

    HIDDEN = "hidden, or of the system"
    UNKNOWN = "of a kind that is not read"
    LINK = "a link to somewhere else"
    NO_FILE = "no file but a device or a pipe"
    TOO_DEEP = f"deeper than {FOLDER_DEPTH} folders"
    LOCKED = "locked with a password"
    ARCHIVE_IN_ARCHIVE = "a .zip within a .zip: unpack it first"
    UNREADABLE = "cannot be opened"


class LeftOut(NamedTuple):
    """Something that is not read: its name with its folders, why, and, where there is more to say, a sentence."""

    shown: str
    why: Why
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The files to read, and what was left out, both in their order."""

    files: tuple[GivenFile, ...]
    left_out: tuple[LeftOut, ...]


def gather(given: Iterable[Path], *, check: Callable[[], None] = lambda: None) -> Gathered:
    """Find the files that can be read in what is given: files, folders with all that lies in them, .zip files, `-`.

    What is given stays in its order; within a folder or a .zip the order is by names, numbers by their value. A file
    that is given itself is taken whatever its kind (reading it tells what is wrong); one that is given twice is taken
    once. Links within a folder are not followed. `check` is called for each folder; what it raises ends the search.
    Raises UserError where there is more than limits.py says.
    """
    search = _Search(check)
    for path in given:
        search.take(path)
    return Gathered(tuple(search.files), tuple(search.left_out))


@dataclass(slots=True)
class _Search:
    check: Callable[[], None]
    files: list[GivenFile] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    _taken: set[str] = field(default_factory=set)
    _entries: int = 0
    _archives: int = 0

    def take(self, path: Path) -> None:
        """Take what a person gave."""
        if path == STDIN:
            self._add(STANDARD_INPUT)
            return
        where = Path(os.path.realpath(path))  # "." and ".." have a name, too, once it is known where they are
        if os.path.isdir(where):  # noqa: PTH112 - Path.is_dir raises where one may not look
            self._folder(where, plain_name(where.name), depth=1)
        else:
            self._file(path, "")

    def _folder(self, path: Path, shown: str, *, depth: int) -> None:
        self.check()
        if str(path) in self._taken:
            return
        self._taken.add(str(path))
        try:
            with os.scandir(path) as found:
                entries = sorted(self._counted(found, shown), key=lambda one: natural_order(one.name))
        except OSError as fault:
            self._leave_out(shown, Why.UNREADABLE, f"{path} cannot be opened: {fault.strerror}.")
            return
        for entry in entries:
            name = f"{shown}/{plain_name(entry.name)}"
            if _is_hidden(entry):
                self._leave_out(name, Why.HIDDEN)
            elif entry.is_symlink():
                self._leave_out(name, Why.LINK)
            elif entry.is_dir():
                # a junction of Windows does not say that it is a link
                if os.path.realpath(entry.path) != entry.path:
                    self._leave_out(name, Why.LINK)
                elif depth == FOLDER_DEPTH:
                    self._leave_out(name, Why.TOO_DEEP)
                else:
                    self._folder(Path(entry.path), name, depth=depth + 1)
            elif not entry.is_file():
                self._leave_out(name, Why.NO_FILE)
            elif _ending(entry.name) in (ENDING, *readable_endings()):
                self._file(Path(entry.path), shown)
            else:
                self._leave_out(name, Why.UNKNOWN)

    def _counted(self, entries: Iterator[os.DirEntry[str]], shown: str) -> Iterator[os.DirEntry[str]]:
        for entry in entries:
            self._entries += 1
            if self._entries > FOLDER_ENTRIES:
                raise UserError(
                    f"{shown} and what else is given hold more than {FOLDER_ENTRIES:,} files and folders, the most "
                    "that is looked through at once: give the folders in it that are meant."
                )
            yield entry

    def _file(self, path: Path, folder: str) -> None:
        where = os.path.realpath(path)
        if where in self._taken:
            return
        self._taken.add(where)
        given = file_on_disk(path, folder=folder)
        if given.ending == ENDING:
            self._archive(path, given.shown)
        else:
            self._add(given)

    def _add(self, given: GivenFile) -> None:
        if len(self.files) == FOLDER_FILES:
            raise UserError(
                f"more than {FOLDER_FILES:,} files are given, the most that is taken at once: give them in parts."
            )
        self.files.append(given)

    def _archive(self, path: Path, shown: str) -> None:
        self.check()
        self._archives += 1
        if self._archives > ARCHIVES:
            raise UserError(f"more than {ARCHIVES:,} .zip files are given, the most that is taken at once.")
        try:
            archive = Archive(path, shown)
        except (UserError, EnvironmentFault) as fault:
            self._leave_out(shown, Why.UNREADABLE, str(fault))
            return
        for member in sorted(archive.members(), key=lambda one: [natural_order(part) for part in one.parts]):
            *folders, name = member.parts
            folder = "/".join((shown, *folders))
            whole = f"{folder}/{name}"
            if any(_OF_THE_SYSTEM.fullmatch(part) for part in member.parts):
                self._leave_out(whole, Why.HIDDEN)
            elif member.is_link:
                self._leave_out(whole, Why.LINK)
            elif len(folders) > FOLDER_DEPTH:
                self._leave_out(whole, Why.TOO_DEEP)
            elif _ending(name) == ENDING:
                self._leave_out(whole, Why.ARCHIVE_IN_ARCHIVE)
            elif _ending(name) not in readable_endings():
                self._leave_out(whole, Why.UNKNOWN)
            elif member.is_locked:
                self._leave_out(whole, Why.LOCKED)
            else:
                self._add(
                    GivenFile(
                        name,
                        folder,
                        partial(archive.content, member),
                        place=f"{path.absolute()}/{member.entry.header_offset}",
                    )
                )

    def _leave_out(self, shown: str, why: Why, sentence: str = "") -> None:
        self.left_out.append(LeftOut(shown, why, sentence))


def natural_order(name: str) -> tuple[tuple[tuple[str, int, str], ...], str]:
    """A key that puts "note 2" before "note 10", and capital letters beside small ones."""
    pieces = _DIGITS.split(name)
    numbers = [*(piece.lstrip("0") for piece in pieces[1::2]), ""]
    words = [piece.casefold() for piece in pieces[::2]]
    return tuple((word, len(number), number) for word, number in zip(words, numbers, strict=True)), name


def _is_hidden(entry: os.DirEntry[str]) -> bool:
    if _OF_THE_SYSTEM.fullmatch(entry.name):
        return True
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError:  # gone by now: what comes next tells it
        return False
    return bool(getattr(status, "st_file_attributes", 0) & stat.FILE_ATTRIBUTE_HIDDEN)  # Windows alone has them


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.casefold()
