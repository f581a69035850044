"""Which replica number this machine may go on using for a file.

Two copies of a project must never make the same id. A copy knows nothing of its being one, so the machine keeps a
register beside its settings: for each replica number, the file that used it last and the head of that replica's chain
when the file was closed. A number is used again only by the same file at the same head; whatever else happened (the
file was copied, a backup put back, the program killed, the register lost) a new number is drawn. A number is taken
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


def _register() -> Path:
    folder = os.environ.get("POLYVOCAL_STATE") or platformdirs.user_state_dir("polyvocal", appauthor=False)
    return Path(folder) / "replicas.json"


def _read() -> dict[str, dict[str, str]]:
    try:
        register = json.loads(_register().read_text("utf-8"))
    except (OSError, ValueError):
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


def take_replica(path: Path, heads: dict[int, str]) -> int:
    """The replica number for a sitting at the file whose chains have these heads (replica: hash)."""
    register, mark = _read(), _mark(path)
    for number, entry in register.items():
        if entry.get("file") == mark and int(number) in heads and heads[int(number)] == entry.get("head"):
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
    register[str(replica)] = {"file": mark, "head": head}
    _write(register)
