"""Which replica number this machine may go on using for a file.

Two copies of a project must never make the same id. A copy knows nothing of its being one, so the machine keeps a
register beside its settings: for each replica number, the file that used it last, how the file stood on the disk when
it was closed, and the head of that replica's chain. A number is used again only where all that is the same; whatever
else happened (the file was copied, a backup put back, with the register or without, the program killed, the register
lost) a new number is drawn. A number is taken
out of the register while it is in use.
"""

import hashlib
import json
import os
import secrets
from contextlib import suppress
from pathlib import Path

import platformdirs

from polyvocal.domain.ids import REPLICA_LIMIT

_KEPT = 500


def state_folder() -> Path:
    """Where the program keeps what it knows of this machine and of nobody's notes; it may not be there yet."""
    return Path(os.environ.get("POLYVOCAL_STATE") or platformdirs.user_state_dir("polyvocal", appauthor=False))


def _register() -> Path:
    return state_folder() / "replicas.json"


def _read() -> dict[str, dict[str, str]]:
    try:
        register = json.loads(_register().read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(register, dict):
        return {}
    return {number: entry for number, entry in register.items() if _is_replica(number) and isinstance(entry, dict)}


def _is_replica(number: str) -> bool:
    return number.isdecimal() and len(number) <= len(str(REPLICA_LIMIT)) and 0 < int(number) < REPLICA_LIMIT


def _write(register: dict[str, dict[str, str]]) -> bool:
    """Whether it could be written. If not, it is no loss: the next sitting draws a new number."""
    path = _register()
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps(register), "utf-8")
        fresh.replace(path)
    except OSError:
        with suppress(OSError):
            fresh.unlink()
        return False
    return True


def _mark(path: Path) -> str:
    """Stands for the path of a file without telling it."""
    return hashlib.sha256(str(path.resolve()).encode("utf-8", "surrogateescape")).hexdigest()


def stand_of(path: Path) -> str:
    """Changes whenever a file is written, copied or put back: no tool sets the time of a file's last change."""
    try:
        found = path.stat()
    except OSError:
        return ""
    return f"{found.st_dev} {found.st_ino} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}"


def take_replica(path: Path, heads: dict[int, str], stand: str) -> int:
    """The replica number for a sitting at the file whose chains have these heads (replica: hash).

    `stand` is how the file stood on the disk before this program touched it.
    """
    register, mark = _read(), _mark(path)
    for number, entry in register.items():
        here = entry.get("file") == mark and entry.get("stand") == stand
        if here and int(number) in heads and heads[int(number)] == entry.get("head"):
            del register[number]
            if _write(register):
                return int(number)
            break  # what stays in the register could be taken a second time
    while (drawn := 1 + secrets.randbelow(REPLICA_LIMIT - 1)) in heads:
        pass
    return drawn


def give_back_replica(path: Path, replica: int, head: str) -> None:
    """At the end of a sitting: this file may go on with the number as long as its chain ends in `head`."""
    register, mark = _read(), _mark(path)
    kept = [(number, entry) for number, entry in register.items() if entry.get("file") != mark]
    register = dict(kept[-_KEPT:])
    register[str(replica)] = {"file": mark, "stand": stand_of(path), "head": head}
    _write(register)
