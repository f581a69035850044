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
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from polyvocal.domain.errors import EnvironmentFault

_LOCKED_BYTE = 1 << 30
_PATIENCE = 1.0  # seconds


class WriterLock:
    """Held from `take` to `release`. Raises EnvironmentFault, naming the holder, where another program has it."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self._path = project.with_name(project.name + ".lock")
        self._file: int | None = None

    def take(self) -> None:
        """Become the writer. Another program gets a second to finish, as a short command will."""
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
            except OSError as fault:
                if self._path.exists():
                    raise EnvironmentFault(
                        f"{self._project.name} cannot be written: {self._path.name} beside it belongs to somebody else "
                        f"({fault.strerror}). Ask who is writing; if nobody is, remove that file."
                    ) from None
                raise EnvironmentFault(
                    f"{self._project.name} cannot be written: its folder {self._project.absolute().parent} refused "
                    f"a file ({fault.strerror}). Copy the project to a folder of your own, or ask for permission."
                ) from None
            if _locked(file) and self._still_there(file):
                break
            holder = os.read(file, 4096)
            os.close(file)
            if time.monotonic() > deadline:
                raise EnvironmentFault(
                    f"{self._project.name} is being written by {_named(holder)}. You can read it; "
                    "to change it, wait until that program is done or close it."
                )
            time.sleep(_PATIENCE / 50)
        with suppress(OSError):  # the disk is full: who holds it is not told then
            os.ftruncate(file, 0)
            os.write(file, json.dumps(_me()).encode())
        self._file = file

    def holder(self) -> str | None:
        """Who is writing just now, in words; None if nobody is."""
        try:
            file = os.open(self._path, os.O_RDWR)
        except OSError:
            return None
        try:
            return None if _locked(file) else _named(os.read(file, 4096))
        finally:
            os.close(file)

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
            return os.path.samestat(os.fstat(file), self._path.stat())
        except FileNotFoundError:
            return False


def _named(holder: bytes) -> str:
    try:
        who = json.loads(holder)
        return f"{who['user']} on {who['machine']} (process {who['process']}) since {who['since']}"
    except (ValueError, KeyError, TypeError):
        return "another program"


def _me() -> dict[str, object]:
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = "somebody"
    since = datetime.now(UTC).astimezone().isoformat(timespec="seconds")
    return {"user": user, "machine": socket.gethostname(), "process": os.getpid(), "since": since}


if sys.platform == "win32":
    import msvcrt

    def _locked(file: int) -> bool:
        os.lseek(file, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(file, 0, os.SEEK_SET)
        return True
else:
    import fcntl

    def _locked(file: int) -> bool:
        """Try to lock a file for this process alone."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
