"""What other processes do to a project file while a test looks on, or kills them."""

import json
import multiprocessing
import os
import sqlite3
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from polyvocal.domain.errors import PolyvocalError
from polyvocal.domain.records import Code, Coding, Person, SourceVersion
from polyvocal.services.commands.codebook import add_code
from polyvocal.services.commands.codings import CodingDraft, add_codings
from polyvocal.store import migrate
from polyvocal.store.file import Mode, ProjectFile, open_project
from polyvocal.store.journal import install
from polyvocal.store.unit import Unit

needs_somebody_else = pytest.mark.skipif(
    not hasattr(os, "geteuid") or not Path("/").stat().st_mode & 0o001,
    reason="here nobody but the owner of the machine may reach any file, so nobody else can be refused one",
)
FORKS = "forkserver" in multiprocessing.get_all_start_methods()
_CONTEXT: Any = multiprocessing.get_context("forkserver" if FORKS else "spawn")
if FORKS:
    _CONTEXT.set_forkserver_preload(
        ["__main__", "polyvocal.store.migrate", "polyvocal.services.commands.codings", __name__]
    )


def start(work: Callable[..., None], path: Path, *more: object) -> BaseProcess:
    """Run `work` on a file in a process of its own, with the same register of replicas."""
    process: BaseProcess = _CONTEXT.Process(target=_run, args=(work, os.environ["POLYVOCAL_STATE"], path, *more))
    process.start()
    return process


def talk(work: Callable[..., None], path: Path) -> tuple[BaseProcess, Connection]:
    """As `start`, with a wire to it."""
    ours, theirs = _CONTEXT.Pipe()
    process = start(work, path, theirs)
    theirs.close()
    return process, ours


def _run(work: Callable[..., None], state: str, path: Path, *more: object) -> None:
    os.environ["POLYVOCAL_STATE"] = state
    work(path, *more)


def some_drafts(project: ProjectFile, count: int) -> list[CodingDraft]:
    """Codings to be, of the first source with the first code by the first person."""
    with project.view() as view:
        version, code, coder = view.all(SourceVersion)[0], view.all(Code)[0], view.all(Person)[0]
    return [CodingDraft(version.source, n % 9, 9 + n % 20, code.id, coder.id) for n in range(count)]


# --- the work of the children ------------------------------------------------------------------------------------------


def add_codings_for_ever(path: Path, log: Path) -> None:
    """One coding, one coding, many codings ...; what was committed is told afterwards, a line an operation."""
    told = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    with open_project(path, Mode.WRITE) as project:
        one, many = some_drafts(project, 1), some_drafts(project, 250)
        while True:
            for drafts in (one, one, one, many):
                changes = add_codings(project, drafts)
                os.write(told, f"{changes.operation} {len(drafts)}\n".encode())


def bring_up_to_date(path: Path) -> None:
    """Open a file of an older schema, which migrates it."""
    open_project(path, Mode.WRITE).close()


def hold(path: Path, wire: Connection) -> None:
    """Open the file for writing, say so, and do what is asked: "code NAME", "slow" (an operation that waits), "close"."""
    try:
        project = open_project(path, Mode.WRITE)
    except PolyvocalError as fault:
        wire.send(f"{type(fault).__name__}: {fault}")
        return
    wire.send("open")
    while (asked := wire.recv()) != "close":
        if asked == "slow":
            project.write("slow", lambda unit: _slow(unit, wire))
        else:
            add_code(project, name=asked)
        wire.send("done")
    project.close()
    wire.send("closed")


def _slow(unit: Unit, wire: Connection) -> None:
    for coding in unit.all(Coding):
        unit.raw.execute('UPDATE coding SET "end" = "end" + 1 WHERE id = ?', (coding.id,))
    wire.send("half")
    wire.recv()


def migrate_slowly(path: Path, wire: Connection) -> None:
    """Stop in the middle of a migration, for as long as nothing is heard."""

    def waiting(connection: sqlite3.Connection, schema: int) -> None:
        wire.send("half")
        wire.recv()
        install(connection, schema)

    with patch.object(migrate, "install", waiting):
        bring_up_to_date(path)


def write_as_somebody_else(path: Path, wire: Connection) -> None:
    """Without the superuser's rights: read the file, then try to write it."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        os.setegid(65534)
        os.seteuid(65534)
    said: dict[str, Any] = {}
    try:
        with open_project(path) as project, project.view() as view:
            said["codes"] = [code.name for code in view.all(Code)]
    except PolyvocalError as fault:
        said["read"] = f"{type(fault).__name__}: {fault}"
    try:
        with open_project(path, Mode.WRITE) as project:
            add_code(project, name="from outside")
    except PolyvocalError as fault:
        said["write"] = f"{type(fault).__name__}: {fault}"
    wire.send(json.dumps(said))


def hold_a_foreign_lock(path: Path, wire: Connection) -> None:
    """Another program's exclusive lock, until something is heard."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    wire.send("locked")
    wire.recv()
    connection.close()
