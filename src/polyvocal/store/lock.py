"""Who may write: one program at a time, known by name to the others.

The lock is the operating system's, on a file beside the project, so it ends with the program that held it, however
that ends. The file says who holds it; the byte that is locked lies far behind that text, because Windows lets nobody
read a locked byte.
"""

import getpass
import json
import os
import socket
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from polyvocal.domain.errors import EnvironmentFault

_LOCKED_BYTE = 1 << 30


class WriterLock:
    """Held from `take` to `release`. Raises EnvironmentFault, naming the holder, where another program has it."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self._path = project.with_name(project.name + ".lock")
        self._file: int | None = None

    def take(self) -> None:
        while True:
            try:
                file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
            except OSError as fault:
                raise EnvironmentFault(
                    f"{self._project.name} cannot be written: its folder {self._project.absolute().parent} refused "
                    f"a file ({fault.strerror}). Copy the project to a folder of your own, or ask for permission."
                ) from None
            try:
                _lock(file)
            except OSError:
                holder = os.read(file, 4096)
                os.close(file)
                raise EnvironmentFault(self._held(holder)) from None
            if self._still_there(file):
                break
            os.close(file)
        with suppress(OSError):  # the disk is full: who holds it is not told then
            os.ftruncate(file, 0)
            os.write(file, json.dumps(_me()).encode())
        self._file = file

    def release(self) -> None:
        if self._file is None:
            return
        file, self._file = self._file, None
        if sys.platform != "win32":
            self._path.unlink(missing_ok=True)
        os.close(file)
        if sys.platform == "win32":
            try:
                self._path.unlink(missing_ok=True)
            except OSError:  # somebody is just opening it, and will remove it
                return

    def _still_there(self, file: int) -> bool:
        """Whether the file that was locked is the one that bears the name (its last holder may have removed it)."""
        try:
            return os.path.sameopenfile(file, file) and os.path.samestat(os.fstat(file), self._path.stat())
        except FileNotFoundError:
            return False

    def _held(self, holder: bytes) -> str:
        try:
            who = json.loads(holder)
            by = f"{who['user']} on {who['machine']} (process {who['process']}) since {who['since']}"
        except (ValueError, KeyError, TypeError):
            by = "another program"
        return (
            f"{self._project.name} is being written by {by}. You can read it; "
            "to change it, wait until that program is done or close it."
        )


def _me() -> dict[str, object]:
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = "somebody"
    since = datetime.now(UTC).astimezone().isoformat(timespec="seconds")
    return {"user": user, "machine": socket.gethostname(), "process": os.getpid(), "since": since}


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        os.lseek(file, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        finally:
            os.lseek(file, 0, os.SEEK_SET)
else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
