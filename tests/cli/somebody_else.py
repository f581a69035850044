"""Commands in a process of a person who owns nothing here. The superuser may do anything, so others must be asked."""

import io
import os
import pkgutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path

import polyvocal
from tests.cli.terminal import Said
from tests.store.children import talk

NOBODY = 65534


def run_as_somebody_else(path: Path, words: Sequence[object]) -> Said:
    """Run a command in a process that has given up every right."""
    process, wire = talk(partial(_run, [str(word) for word in words]), path)
    said = Said(*wire.recv())
    process.join()
    return said


def _run(words: list[str], _path: Path, wire: Connection) -> None:
    from polyvocal.cli.main import main

    os.environ["POLYVOCAL_STATE"] = "/nonexistent/state"
    for module in pkgutil.walk_packages(polyvocal.__path__, "polyvocal."):  # later they may not be read any more
        if "migrations" not in module.name and not module.name.endswith("__main__"):
            import_module(module.name)
    with suppress(PermissionError):
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    sys.stdout, sys.stderr = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    status = main(words)
    texts = []
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode())
    wire.send((status, *texts))
