"""How a new project file comes to bear its name: only where nothing bears it, and only when it is whole."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from polyvocal.domain.errors import EnvironmentFault, UserError

_SIDE_FILES = ("-wal", "-shm", "-journal")


@contextmanager
def arriving(target: Path) -> Iterator[Path]:
    """A fresh name in the target's folder to make a file under; it gets the target's name at the end of the block.

    Raises UserError where the target is there, also if it came meanwhile, where its folder is not, and where side
    files of another project that bore the name were left, since SQLite would take them for the new one's;
    EnvironmentFault where the folder refuses. Nothing half-made is left.
    """
    _refuse_taken(target)
    if not target.absolute().parent.is_dir():
        raise UserError(f"there is no folder {target.absolute().parent}: make it first.")
    fresh = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        yield fresh
        _refuse_taken(target)
        try:
            _name(fresh, target)
        except FileExistsError:
            _refuse_taken(target)
        except OSError as fault:
            raise EnvironmentFault(f"{target} cannot be written: {fault.strerror}.") from None
    finally:
        for side in ("", *_SIDE_FILES):
            with suppress(OSError):
                fresh.with_name(fresh.name + side).unlink(missing_ok=True)


def _refuse_taken(target: Path) -> None:
    if target.exists():
        raise UserError(f"{target} exists already: choose another name, or remove it first.")
    for side in _SIDE_FILES:
        left = target.with_name(target.name + side)
        if left.exists():
            raise UserError(
                f"{left.name} lies where {target.name} should go: it holds what another project of that name had not "
                "yet put in its place. Put it back beside that project, or choose another name."
            )


def _name(fresh: Path, target: Path) -> None:
    """Give a file its name unless another file has it by now."""
    try:
        target.hardlink_to(fresh)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if target.exists():
            raise FileExistsError from None
        fresh.rename(target)
