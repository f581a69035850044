"""The bus: every act and every question of the window goes through it, off the window's thread.

Acts are done one after another, each an operation of the journal; what an act changed is told to all views by
`changed`, whoever began it. Questions are answered side by side, from one moment of the file each. Everything that
comes back comes back on the window's thread.
"""

import re
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import Any, TypeVar, cast

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal, Slot

import polyvocal
from polyvocal.domain.changes import Changed, ChangeSet
from polyvocal.domain.errors import EnvironmentFault, PolyvocalError
from polyvocal.store.file import Mode, ProjectFile
from polyvocal.store.schema import RECORD_OF_KIND
from polyvocal.store.view import View

T = TypeVar("T")

_AT_A_TERMINAL = re.compile(r"\s*See `polyvocal [^`]*`(?: and `polyvocal [^`]*`)?\.| \(\d{10,19}\)")
"""What a fault says for those who type commands: what to list, and ids."""

OURS = (
    "This is a fault of the program, not yours. The project is as it was before. "
    "Please report the lines below; nothing that anybody wrote is in them."
)


A_MOMENT = 60
"""Milliseconds after which counts and trees follow a change: what the person looks at comes first."""


class Cancelled(Exception):
    """A job was cancelled by the person; it left everything as it was."""


class _Parcel:
    """What a thread is to do, and what is done with the outcome on the window's thread.

    It is emptied there: whatever widget it leads to must not be let go of last by another thread, which would destroy
    it, and the program with it.
    """

    def __init__(self, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        self.work, self.then = work, then
        self.outcome: Any = None

    def empty(self) -> None:
        """Let go of everything."""
        del self.work, self.then, self.outcome


class Bus(QObject):
    """Carries acts and questions to a project and what comes of them back to the window. Close it before the file."""

    changed = Signal(object)
    """A ChangeSet: something was changed, by whichever view."""
    pending = Signal(int)
    """How many acts are under way."""
    failed = Signal(object)
    """An exception that nobody else took: the window tells the person."""
    _arrived = Signal(object)

    def __init__(self, file: ProjectFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.file = file
        self._acts = ThreadPoolExecutor(1, thread_name_prefix="polyvocal-act")
        self._questions = ThreadPoolExecutor(2, thread_name_prefix="polyvocal-question")
        self._under_way = 0
        self._open_questions = 0
        self._asked: dict[tuple[int, str], int] = {}
        self._closed = Event()
        self._parcels: set[_Parcel] = set()
        self._arrived.connect(self._on_arrived)

    @property
    def may_write(self) -> bool:
        """Whether the project was opened for changing it."""
        return self.file.mode is not Mode.READ

    @property
    def under_way(self) -> int:
        """How many acts are not done yet."""
        return self._under_way

    @property
    def open_questions(self) -> int:
        """How many questions are not answered yet."""
        return self._open_questions

    def act(
        self,
        command: Callable[[ProjectFile], Any],
        *,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Have a command done after those that wait already. Returns at once.

        `command` gives a ChangeSet or a result that has one as `changes`. `done` is called with the result, then all
        views learn of it; `failed` with the fault, in place of the window's telling it. Neither is called once `owner`
        is gone.
        """
        if not self.may_write:
            fault = EnvironmentFault(
                f"{self.file.path.name} is open for reading only, so nothing was changed. "
                "Open it again when nobody else writes it, or work on a copy."
            )
            (failed or self.failed.emit)(fault)
            return
        if self._closed.is_set():
            (failed or self.failed.emit)(EnvironmentFault("The project was closed meanwhile, so nothing was changed."))
            return
        self._under_way += 1
        self.pending.emit(self._under_way)

        self._submit(
            self._acts,
            lambda: command(self.file),
            lambda outcome: self._finish(outcome, done, failed, owner),
        )

    def _finish(
        self,
        outcome: Any,
        done: Callable[[Any], None] | None,
        failed: Callable[[Exception], None] | None,
        owner: QObject | None,
    ) -> None:
        self._under_way -= 1
        self.pending.emit(self._under_way)
        here = owner is None or shiboken6.isValid(owner)
        if isinstance(outcome, Exception):
            (failed if failed and here else self.failed.emit)(outcome)
            return
        changes = outcome if isinstance(outcome, ChangeSet) else getattr(outcome, "changes", None)
        if done and here:  # whoever began it comes first: there the person looks
            done(outcome)
        if isinstance(changes, ChangeSet) and changes.kinds:
            self.changed.emit(changes)

    def ask(
        self,
        owner: QObject,
        query: Callable[[View], T],
        then: Callable[[T], None],
        *,
        about: str = "",
        failed: Callable[[Exception], None] | None = None,
        later: int = 0,
    ) -> None:
        """Have a question answered; `then` gets the answer. Returns at once.

        Of several questions by one owner `about` the same, only the answer to the latest is delivered; none is once
        the owner is gone. With `later` it waits so many milliseconds first, and is dropped if another comes meanwhile:
        for what can follow a change a moment after.
        """
        if self._closed.is_set():
            return
        key = (id(owner), about)
        number = self._asked[key] = self._asked.get(key, 0) + 1
        self._open_questions += 1

        def deliver(answer: Any) -> None:
            self._open_questions -= 1
            if self._asked.get(key) != number or not shiboken6.isValid(owner):
                return
            if isinstance(answer, Exception):
                (failed or self.failed.emit)(answer)
            else:
                then(answer)

        def start() -> None:
            if self._asked.get(key) == number and not self._closed.is_set():
                self._submit(self._questions, lambda: self._query(query), deliver)
            else:
                self._open_questions -= 1

        if later:
            QTimer.singleShot(later, self, start)
        else:
            start()

    def _query(self, query: Callable[[View], T]) -> T:
        with self.file.view() as view:
            return query(view)

    def read(self, query: Callable[[View], T]) -> T:
        """An answer at once, on the window's thread: only for what takes a few milliseconds in any project."""
        return self._query(query)

    def forget_questions(self) -> None:
        """Deliver no answer to what was asked until now."""
        self._asked = {key: number + 1 for key, number in self._asked.items()}

    def tell_all_changed(self, operation: int) -> None:
        """Tell all views that nothing that is shown is known to be as it was."""
        anything = Changed(updated=1, ranges=((0, (1 << 63) - 1),))
        self.changed.emit(ChangeSet(operation, "elsewhere", dict.fromkeys(RECORD_OF_KIND, anything)))

    def _submit(self, pool: ThreadPoolExecutor, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        parcel = _Parcel(work, then)
        self._parcels.add(parcel)
        pool.submit(self._carry, parcel)

    def _carry(self, parcel: "_Parcel") -> None:
        parcel.outcome = _outcome_of(parcel.work)
        if not self._closed.is_set():
            with suppress(RuntimeError):  # the window was closed between the two lines
                self._arrived.emit(parcel)

    @Slot(object)
    def _on_arrived(self, parcel: "_Parcel") -> None:
        if self._closed.is_set():  # it is emptied, or will be
            return
        self._parcels.discard(parcel)
        then, outcome = parcel.then, parcel.outcome
        parcel.empty()
        then(outcome)

    def close(self) -> None:
        """Do the acts that wait; deliver nothing more."""
        self._closed.set()
        self._acts.shutdown(wait=True)
        self._questions.shutdown(wait=True, cancel_futures=True)
        for parcel in self._parcels:
            parcel.empty()
        self._parcels.clear()


def _outcome_of(work: Callable[[], T]) -> T | Exception:
    try:
        return work()
    except Exception as fault:  # noqa: BLE001 - the door of the window's threads: the fault is told on its own
        return fault


def told(fault: Exception) -> tuple[str, str | None]:
    """What to say of a fault: a sentence for the person, and, where it is ours, lines for a report.

    The lines name places in the program and the type of the fault, never its message, which could quote somebody.
    """
    if isinstance(fault, PolyvocalError) or type(fault) is Cancelled:
        return sentence(_AT_A_TERMINAL.sub("", str(fault))), None
    if isinstance(fault, OSError):
        what = Path(str(fault.filename)).name if fault.filename else "a file of the system"
        return f"The machine refused {what}: {fault.strerror or type(fault).__name__}.", None
    frames = [one for one in traceback.extract_tb(fault.__traceback__) if "polyvocal" in one.filename]
    places = [f"{Path(one.filename).name}:{one.lineno} in {one.name}" for one in frames[-8:]]
    report = "\n".join((f"Polyvocal {polyvocal.__version__}, {type(fault).__name__}", *places))
    return OURS, report


def sentence(words: str) -> str:
    """Words with a capital first, unless they begin with the name of a file."""
    first = words.split(" ", 1)[0]
    return words if "." in first or "/" in first else words[:1].upper() + words[1:]


class Job(QObject):
    """A piece of work on a thread of its own, with progress and cancel.

    `work` gets the job, says how far it is by `report`, and asks `check` whether it was cancelled, which raises
    Cancelled. `ended` brings the value, or the exception, on the window's thread.
    """

    progress = Signal(int, int, str)
    """(done, of how many, doing what)"""
    ended = Signal(object)

    def __init__(self, work: Callable[["Job"], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._cancelled = Event()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="polyvocal-job")
        self.ended.connect(self._on_ended)

    def start(self) -> None:
        """Begin. Connect to `ended` before."""
        self._thread.submit(self._run)
        self._thread.shutdown(wait=False)

    def cancel(self) -> None:
        """Ask the work to stop at its next `check`."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._cancelled.is_set()

    def report(self, done: int, of: int, what: str) -> None:
        """Say how far the work is. Called on the work's thread."""
        self.progress.emit(done, of, what)

    def check(self) -> None:
        """Raise Cancelled if the person cancelled. Called on the work's thread."""
        if self._cancelled.is_set():
            raise Cancelled("Cancelled: everything is as it was before.")

    @Slot(object)
    def _on_ended(self, _outcome: object) -> None:
        """Wait until the thread has let go of the work: what that leads to is not to be destroyed there (`_Parcel`)."""
        self._thread.shutdown(wait=True)

    def _run(self) -> None:
        outcome = _outcome_of(lambda: self._work(self))
        with suppress(RuntimeError):  # the window was closed meanwhile
            self.ended.emit(cast("object", outcome))
