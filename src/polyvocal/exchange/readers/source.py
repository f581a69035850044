"""One door for all files: from a path to a text that is ready to be taken in."""

import os
import stat
import sys
from io import FileIO
from pathlib import Path
from typing import BinaryIO

from polyvocal.domain.errors import EnvironmentFault, UserError
from polyvocal.domain.text import normalise
from polyvocal.exchange.readers.limits import in_mib
from polyvocal.exchange.readers.registry import TEXT, format_for
from polyvocal.services.commands.incoming import Incoming

STDIN = Path("-")
"""Reads text from standard input."""
_CHUNK = 1 << 20


def read_source(path: Path, *, title: str | None = None) -> Incoming:
    """Read a file by its ending, or text from standard input where `path` is `-`.

    The title is the file's name without its ending, unless given. Raises UserError (no such file, a kind that is not
    known, empty, too large, damaged, not what its ending says) or EnvironmentFault (no permission).
    """
    if path == STDIN:
        name, form, content = "standard input", TEXT, _from_stdin(TEXT.max_bytes)
    else:
        name = _plain_name(path.name)
        form = format_for(path.suffix, name)
        content = _from_file(path, name, form.max_bytes)
    reading = form.load()(content, name)
    if not reading.text or reading.text.isspace():
        lost = "; ".join(f"{note.what}: {note.how_many}" for note in reading.notes)
        besides = f" What is in it instead: {lost}." if lost else ""
        raise UserError(f"{name} is empty: there is no text in it to code.{besides}")
    try:
        text, edits = normalise(reading.text)
    except UserError as fault:
        raise UserError(f"{name} cannot be read: {fault}") from None
    return Incoming(
        title=title or (name if path == STDIN else _plain_name(path.stem)),
        text=text,
        edits=edits,
        file_name=None if path == STDIN else name,
        content=content,
        encoding=reading.encoding,
        notes=reading.notes,
        beside=reading.beside.follow(edits, len(text)),
    )


def _plain_name(name: str) -> str:
    """A file's name as text: what in it is no Unicode (Linux and Windows allow that) is shown as a question mark."""
    return name.encode("utf-8", "replace").decode()


def _from_file(path: Path, name: str, max_bytes: int) -> bytes:
    try:
        with path.open("rb", buffering=0) as file:
            status = os.fstat(file.fileno())
            if status.st_size > max_bytes:
                raise _too_large(name, max_bytes)
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
            raise _too_large(name, max_bytes)
    return bytes(content)


def _too_large(name: str, max_bytes: int) -> UserError:
    return UserError(
        f"{name} is larger than {in_mib(max_bytes)}, the most that is read of such a file: divide it into several."
    )
