"""A file as it was given, on the disk, within a .zip, or through standard input: its name, and how to get its bytes."""

import os
import re
import stat
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from io import FileIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from polyvocal.domain.errors import EnvironmentFault, UserError
from polyvocal.domain.text import is_name
from polyvocal.exchange.readers.limits import in_mib

STDIN = Path("-")
"""Reads text from standard input."""
_CHUNK = 1 << 20
_LONGEST_TITLE = 300
"""In characters; names within a .zip may be longer than any that a disk has."""
_NO_CHARACTER = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file that can be read. `folder` is where it lies within what was given ("fieldnotes/before"), and "" for a
    file that was given itself; `path` is None for what is no file of its own on the disk.

    `content` takes the most bytes that are read and gives all that there are. It raises UserError (gone, larger,
    locked, damaged) or EnvironmentFault (no permission), and may be called again and again, on any thread.
    """

    name: str
    folder: str
    content: Callable[[int], bytes] = field(repr=False)
    path: Path | None = None
    place: str = ""
    """Where it lies within the .zip that it is of, which its name need not tell: several may be called alike."""

    @property
    def identity(self) -> str:
        """By what it is told from all other files, also when it is given again."""
        return self.place or (str(self.path.absolute()) if self.path is not None else self.shown)

    @property
    def shown(self) -> str:
        """Its name with its folders, by which a person tells it from others."""
        return f"{self.folder}/{self.name}" if self.folder else self.name

    @property
    def stem(self) -> str:
        """Its name without the ending."""
        return PurePosixPath(self.name).stem

    @property
    def title(self) -> str:
        """What its text is called: its name without the ending, or the whole name where nothing else would be seen."""
        return (self.stem if is_name(self.stem) else self.name)[:_LONGEST_TITLE]

    @property
    def ending(self) -> str:
        """The ending with its dot, in small letters; "" where there is none."""
        return PurePosixPath(self.name).suffix.casefold()


def file_on_disk(path: Path, *, folder: str = "") -> GivenFile:
    """A file by its path; whether it is there is seen when it is read."""
    name = plain_name(path.name)
    return GivenFile(name, folder, partial(_from_disk, path, f"{folder}/{name}" if folder else name), path)


def plain_name(name: str) -> str:
    """A file's name as text: composed (macOS decomposes it), and a question mark for what in it is no character."""
    return _NO_CHARACTER.sub("?", unicodedata.normalize("NFC", name))


def too_large(name: str, max_bytes: int) -> UserError:
    """What is said of a file with more bytes than are read."""
    return UserError(
        f"{name} is larger than {in_mib(max_bytes)}, the most that is read of such a file: divide it into several."
    )


def _from_disk(path: Path, name: str, max_bytes: int) -> bytes:
    try:
        with path.open("rb", buffering=0) as file:
            status = os.fstat(file.fileno())
            if status.st_size > max_bytes:
                raise too_large(name, max_bytes)
            # a pipe has no size: it is read no further than the limit
            return file.readall() if stat.S_ISREG(status.st_mode) else _at_most(file, name, max_bytes)
    except FileNotFoundError:
        raise UserError(f"there is no file {path}.") from None
    except (IsADirectoryError, NotADirectoryError):
        raise _not_a_file(path) from None
    except OSError as fault:
        if os.path.isdir(path):  # noqa: PTH112 - Windows says "permission denied" of a folder; is_dir() might, too
            raise _not_a_file(path) from None
        raise EnvironmentFault(
            f"{path} cannot be read: {fault.strerror}. Check that you may read it, or copy it to a folder of your own."
        ) from None


def _not_a_file(path: Path) -> UserError:
    return UserError(f"{path} is not a file: name the files that are in the folder.")


def _from_stdin(max_bytes: int) -> bytes:
    stream: BinaryIO | None = getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise UserError("there is no standard input to read from: name a file instead of `-`.")
    return _at_most(stream, "standard input", max_bytes)


def _at_most(stream: BinaryIO | FileIO, name: str, max_bytes: int) -> bytes:
    content = bytearray()
    while chunk := stream.read(_CHUNK):
        content += chunk
        if len(content) > max_bytes:
            raise too_large(name, max_bytes)
    return bytes(content)


STANDARD_INPUT = GivenFile("standard input", "", _from_stdin)
"""Text through standard input, which has no name and no ending of its own."""
