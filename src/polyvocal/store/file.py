"""A project file as the rest of the program holds it: it is read through views and changed through one writer."""

import sqlite3
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy.exc import DBAPIError, IntegrityError

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.errors import BugError, EnvironmentFault, UserError
from polyvocal.domain.records import Project
from polyvocal.domain.words import Approach
from polyvocal.store.arrival import arriving
from polyvocal.store.backup import copy_connection
from polyvocal.store.blind import HIDDEN
from polyvocal.store.connect import Mode, connect, engine_for
from polyvocal.store.faults import damaged, told_plainly
from polyvocal.store.folder import shared_by
from polyvocal.store.journal import hash_of
from polyvocal.store.lock import WriterLock
from polyvocal.store.register import give_back_replica, stand_of, take_replica
from polyvocal.store.reversal import BEGINNING
from polyvocal.store.schema import APPLICATION_ID, HEAD
from polyvocal.store.unit import REDO, UNDO, Unit, now
from polyvocal.store.view import View

MAGIC = b"SQLite format 3\0"
_PATIENCE = 60.0
"""Seconds that closing waits for those who still read."""

Work = Callable[[Unit], None]
T = TypeVar("T")


class ProjectFile:
    """An open project. Use `open_project` or `create_project`; close it, or use it as a context.

    `warnings` are for the person (who is writing just now, a shared folder, a broken history). `person` is who does
    what is done from now on, unless an operation says otherwise; None where that is not known. `blind_for` is a coder:
    views that are opened from now on see nothing that others coded.
    """

    def __init__(self, path: Path, mode: Mode) -> None:
        self.path = path
        self.mode = mode
        self.warnings: list[str] = []
        self.person: int | None = None
        self.blind_for: int | None = None
        self._closed = False
        self._idle: list[View] = []
        self._idle_guard = threading.Condition()
        self._looking = 0
        self._lock = WriterLock(path)
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="polyvocal-writer")
        self._unit: Unit | None = None
        self._replica: int | None = None
        self._stand = ""
        self._node = _node_of(path)
        self._print: tuple[int, int] | None = None
        self._shared = None if mode is Mode.READ else shared_by(path)
        if self._shared:
            self.warnings.append(
                f"{path.name} lies in {self._shared}. Only one person at a time should have it open, and the folder "
                "must have finished copying before the next one opens it; working on a copy of your own is safer."
            )
        if mode is not Mode.READ:
            self._lock.take()
            self._stand = stand_of(path)
        elif (holder := self._lock.holder()) is not None:
            self.warnings.append(f"{path.name} is being written by {holder}: you see what was saved until now")
        try:
            with told_plainly(path):
                self._bring_up_to_date()
                self._check_head()
                if mode is Mode.WRITE:
                    self._writer.submit(self._start_writing).result()
                    with self.view() as view:  # from now on it could be read even if its name were gone
                        view.journal.latest()
        except BaseException:
            self.close()
            raise

    # --- opening -------------------------------------------------------------------------------------------------

    def _bring_up_to_date(self) -> None:
        number = check_header(self.path)
        if number == HEAD:
            return
        from polyvocal.store.migrate import migrate_file

        if self.mode is not Mode.READ:
            self.warnings.append(migrate_file(self.path, number))
            return
        lock = WriterLock(self.path)
        lock.take()
        try:
            self.warnings.append(migrate_file(self.path, number))
        finally:
            lock.release()

    def _check_head(self) -> None:
        with self.view() as view:
            latest = view.journal.latest()
            whole = latest is None or hash_of(latest, view.journal.digests(latest.n)) == latest.hash
        if not whole and self.mode is not Mode.READ:
            raise damaged(self.path, "the last operation of its history does not match its hash")
        if not whole:
            self.warnings.append(f"{self.path.name}: the last operation of its history does not match its hash")

    # --- reading -------------------------------------------------------------------------------------------------

    @contextmanager
    def view(self) -> Iterator[View]:
        """One moment of the project; whatever is written meanwhile is not in it. May be used on any thread."""
        if self._closed:
            raise BugError("the project is closed")
        with told_plainly(self.path):
            with self._idle_guard:
                view = self._idle.pop() if self._idle else None
                self._looking += 1
            try:
                view = view or View(engine_for(self.path, Mode.READ).connect())
                view.be_blind_for(self.blind_for)
                view.sql.exec_driver_sql("BEGIN")
                yield view
            except BaseException:
                with suppress(DBAPIError, sqlite3.Error):
                    if view is not None:
                        view.sql.close()
                with self._idle_guard:
                    self._looking -= 1
                    self._idle_guard.notify_all()
                raise
            view.sql.rollback()
            with self._idle_guard:
                self._idle.append(view)
                self._looking -= 1
                self._idle_guard.notify_all()

    # --- writing -------------------------------------------------------------------------------------------------

    def write(self, kind: str, work: Work, *, person: int | None = None) -> ChangeSet:
        """Do `work` as one operation and wait for it: all of it is committed, or none.

        `kind` is the verb in the history ("add coding"); `person` who did it, unless the work sets `unit.person`. Work
        runs on the writer's thread and must not wait for another write. Raises what the work raises, and
        EnvironmentFault.
        """
        return self.submit(kind, work, person=person).result()

    def submit(self, kind: str, work: Work, *, person: int | None = None) -> "Future[ChangeSet]":
        """As `write`, without waiting: operations are done in the order in which they were submitted."""
        return self._submit(lambda unit: self._operate(unit, kind, work, self.person if person is None else person))

    def set_aside(self, work: Work) -> None:
        """Do `work` on what is no part of the study, the drafts, and wait for it. It is no operation.

        As `write` otherwise; the journal's triggers refuse any change of a record.
        """
        self._submit(lambda unit: _aside(unit, work)).result()

    def undo(self, person: int | None = None) -> ChangeSet:
        """Undo the newest operation that stands (of one person, if given) as a new operation.

        Raises UserError where there is none, and where others built on what it made: that is named.
        """
        return self._submit(lambda unit: self._reverse(unit, person, UNDO)).result()

    def redo(self, person: int | None = None) -> ChangeSet:
        """Do again what was undone last, if nothing new was done since."""
        return self._submit(lambda unit: self._reverse(unit, person, REDO)).result()

    def _submit(self, job: Callable[[Unit], T]) -> "Future[T]":
        if self.mode is Mode.READ:
            raise BugError("the project was opened for reading")
        if threading.current_thread().name.startswith("polyvocal-writer"):
            raise BugError("an operation must not start another one")
        return self._writer.submit(self._on_writer, job)

    def _on_writer(self, job: Callable[[Unit], T]) -> T:
        self.refuse_if_gone()
        with told_plainly(self.path):
            unit = self._unit or self._start_writing()
            self._refuse_if_overwritten()
            try:
                return job(unit)
            except BaseException:
                unit.rollback()
                raise
            finally:
                self._print = _print_of(self.path)

    def _refuse_if_overwritten(self) -> None:
        """Raise EnvironmentFault where another program wrote over the file; only this one knows what was left."""
        if self._print is not None and _print_of(self.path) != self._print:
            raise EnvironmentFault(
                f"{self.path.name} was overwritten by another program while it was open. Nothing was changed. Close it "
                "and open it again to see what is in it now; what was done last may have to be done again."
            )

    def _start_writing(self) -> Unit:
        sql = engine_for(self.path, self.mode).connect()
        if self.mode is Mode.WRITE:
            with suppress(DBAPIError):  # somebody is reading just now: the older mode is as safe, only slower
                sql.exec_driver_sql(f"PRAGMA journal_mode = {'DELETE' if self._shared else 'WAL'}")
            sql.rollback()
        self._unit = Unit(sql)
        self._replica = take_replica(self.path, self._unit.journal.heads(), self._stand)
        self._print = _print_of(self.path)
        return self._unit

    def _operate(self, unit: Unit, kind: str, work: Work, person: int | None) -> ChangeSet:
        assert self._replica is not None
        unit.begin(self._replica, person)
        work(unit)
        return unit.commit(kind)

    def _reverse(self, unit: Unit, person: int | None, direction: str) -> ChangeSet:
        assert self._replica is not None
        unit.begin(self._replica, person)
        about = unit.reverse(person, direction)
        try:
            return unit.commit(direction, about)
        except IntegrityError:
            why_not = unit.why_not(HIDDEN if self.blind_for is not None else ())
            raise UserError(
                f"operation {about.id} ({about.kind}) cannot be undone: others built on it, and would be left "
                f"without what it made: {why_not}. Remove those first."
            ) from None

    def refuse_if_gone(self) -> None:
        """Raise EnvironmentFault where the file is not the one any more that was opened under its name.

        SQLite would go on writing to what was removed or moved, and nobody would find it again.
        """
        if _node_of(self.path) != self._node:
            raise EnvironmentFault(
                f"{self.path.name} is not where it was any more ({self.path.parent}): it was moved, removed or "
                "replaced while it was open. Nothing was changed. What was saved until now can still be read here: "
                "save a copy of it, or put the file back."
            )

    def save_copy(self, target: Path) -> None:
        """Copy the project as it is now to a new file, also where its own was taken away meanwhile.

        Raises UserError if the target exists, EnvironmentFault if it cannot be made; nothing half-made is left.
        """
        with self.view() as view:
            copy_connection(view.raw, target)

    # --- closing -------------------------------------------------------------------------------------------------

    def close(self) -> None:
        """Wait for what was submitted, and leave one whole file."""
        if self._closed:
            return
        self._closed = True
        self._writer.shutdown(wait=True)
        try:
            with told_plainly(self.path):
                with self._idle_guard:  # what still reads would keep the file in two parts
                    self._idle_guard.wait_for(lambda: not self._looking, timeout=_PATIENCE)
                for view in self._idle:
                    view.sql.close()
                if self._unit is not None and self._replica is not None:
                    latest = self._unit.journal.latest_of(self._replica)
                    with suppress(DBAPIError):  # another program reads it just now: the last one to close tidies up
                        self._unit.sql.exec_driver_sql("PRAGMA journal_mode = DELETE")
                    self._unit.sql.close()
                    if latest is not None:
                        give_back_replica(self.path, self._replica, latest.hash)
        finally:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _aside(unit: Unit, work: Work) -> None:
    unit.begin_aside()
    work(unit)
    unit.commit_aside()


def _node_of(path: Path) -> tuple[int, int] | None:
    """What tells a file from another that bears its name; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _print_of(path: Path) -> tuple[int, int] | None:
    """What changes when a file is written to; None where it is not there.

    The file must not be opened for this: closing it would let go of the locks that SQLite holds in this process.
    Windows notes the time of a write late, so there only the size counts.
    """
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, 0 if sys.platform == "win32" else found.st_mtime_ns


def check_header(path: Path) -> int:
    """The number of a project file's schema.

    Raises UserError for what is not a project, for a damaged one, and for one that a newer Polyvocal made.
    """
    try:
        if path.is_dir():
            raise UserError(f"{path} is a folder, not a project file.")
        if path.exists() and not path.is_file():
            raise UserError(f"{path} is not a file that can hold a project.")
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError:
        raise UserError(f"there is no file {path}. Make a project with `polyvocal new {path} --title ...`.") from None
    except OSError as fault:
        raise EnvironmentFault(f"{path} cannot be read: {fault.strerror}.") from None
    if head[:16] != MAGIC or len(head) < 100:
        raise UserError(f"{path.name} is not a Polyvocal project (nor an SQLite file at all).")
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise UserError(f"{path.name} is not a Polyvocal project: it is the database of another program.")
    connection = connect(path, Mode.READ)
    try:
        (number,) = connection.execute("PRAGMA user_version").fetchone()
    finally:
        connection.close()
    if number > HEAD:
        raise UserError(
            f"{path.name} was written by a newer Polyvocal (its schema is {number}, this program knows {HEAD}). "
            "Install the newer version to open it; nothing was changed."
        )
    if number < 1:
        raise damaged(path, "it says that its schema has no number")
    return int(number)


def open_project(path: Path, mode: Mode = Mode.READ) -> ProjectFile:
    """Open a project for reading, for one operation, or for a sitting; one program at a time may write.

    Raises UserError (no such file, not a project, damaged, newer) or EnvironmentFault (no permission, another program
    is writing, which is named).
    """
    with told_plainly(path):
        check_header(path)  # before anything is put beside it
    real = path.resolve()  # the lock and the side files are those of the file itself, whatever name led to it
    if mode is not Mode.READ and real.stat().st_nlink > 1:
        raise UserError(
            f"{path.name} has several names (hard links), and SQLite keeps its side files by name: two programs could "
            "write it unknown to each other. Remove the other names, or work on a copy."
        )
    with told_plainly(path):
        return ProjectFile(real, mode)


def create_project(path: Path, *, title: str, approach: Approach | None) -> ProjectFile:
    """Make a project file and open it for writing. Raises UserError where the file exists already."""
    from polyvocal.store.migrate import migrate_new

    with arriving(path) as fresh, told_plainly(path):
        migrate_new(fresh)
        with ProjectFile(fresh, Mode.WRITE) as project:
            project.write(BEGINNING, lambda unit: _first_row(unit, title, approach))
    return open_project(path, Mode.WRITE)


def _first_row(unit: Unit, title: str, approach: Approach | None) -> None:
    unit.add(Project(id=unit.new_id(), uuid=str(uuid.uuid4()), title=title, approach=approach, created_at=now()))


__all__ = ["Mode", "ProjectFile", "create_project", "open_project"]
