"""Where an export goes: a file that is replaced whole or not at all, or stdout."""

import contextlib
import os
import secrets
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from polyvocal.domain.errors import EnvironmentFault, UserError

STDOUT = Path("-")


def ending_of(path: Path, endings: Sequence[str]) -> str:
    """The format that a path asks for by its ending, in lower case; ".md" for stdout.

    Raises UserError, naming the endings that work, for any other.
    """
    if path == STDOUT:
        return ".md"
    ending = path.suffix.lower()
    if ending not in endings:
        raise UserError(
            f"{path.name} cannot be written: {f'there is no format for {ending}' if ending else 'it has no ending'}. "
            f"Choose a name that ends in {', '.join(endings[:-1])} or {endings[-1]}."
        )
    return ending


def write_text(path: Path, pieces: Iterable[str]) -> None:
    """Write text as UTF-8 to a file, replaced whole, or to stdout. Raises as `write_file`."""
    if path == STDOUT:
        _print(pieces)
        return

    def save(file: BinaryIO) -> None:
        for piece in pieces:
            file.write(piece.encode("utf-8", "replace"))

    write_file(path, save)


def write_file(path: Path, save: Callable[[BinaryIO], None]) -> None:
    """Let `save` write to a sibling file, then put that in the place of `path`; on any failure nothing is left of it.

    Raises UserError where the folder is missing or the name is a folder's, EnvironmentFault where the machine refuses.
    """
    target = Path(os.path.realpath(path))
    if not target.parent.is_dir():
        raise UserError(f"there is no folder {target.parent}: make it first, then export {path.name} again.")
    if target.is_dir():
        raise UserError(f"{path} is a folder: give the name of a file in it.")
    with _told_plainly(path):
        sibling = target.with_name(f".polyvocal-{secrets.token_hex(8)}.part")
        try:
            with sibling.open("xb") as file:
                save(file)
                file.flush()
                os.fsync(file.fileno())
            if target.exists():
                shutil.copymode(target, sibling)
            sibling.replace(target)
        finally:
            with contextlib.suppress(OSError):
                sibling.unlink(missing_ok=True)


def _print(pieces: Iterable[str]) -> None:
    """Bytes where stdout has them, so that no console's own encoding is in the way. A closed pipe raises as it is."""
    raw = getattr(sys.stdout, "buffer", None)
    sys.stdout.flush()
    for piece in pieces:
        if raw is None:
            sys.stdout.write(piece)
        else:
            raw.write(piece.encode("utf-8", "replace"))
    (raw or sys.stdout).flush()


@contextlib.contextmanager
def _told_plainly(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        reason = fault.strerror or type(fault).__name__
        raise EnvironmentFault(
            f"{path.name} cannot be written: {reason}. What was there before is as it was. Close it if another program "
            f"has it open, see that {path.absolute().parent} has room and may be written to, or choose another folder."
        ) from None
