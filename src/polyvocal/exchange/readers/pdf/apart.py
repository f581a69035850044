"""Reading a PDF in a process of its own, which can be ended.

pdfium cannot be told to stop, and a few kilobytes can keep it busy for hours or make it fill the memory. So the reading
is done by another Python, which ends itself when it has taken too long or too much, and when this process is gone.
"""

import gc
import io
import os
import pickle
import subprocess
import sys
from contextlib import suppress
from enum import Enum
from threading import Thread, Timer
from time import process_time, sleep
from typing import Any, NamedTuple

import psutil

from polyvocal.domain.errors import BugError, EnvironmentFault, UserError
from polyvocal.exchange.readers.limits import PDF_MEMORY, PDF_SECONDS, PDF_SECONDS_A_WORD, in_mib
from polyvocal.exchange.readers.reading import Reading

_TOO_LONG, _TOO_MUCH = 3, 4
_ON_A_BUSY_MACHINE = 10
"""By how much the clock may run ahead of the time that the other process was given to work."""
_LOOK_EVERY = 0.02
_PRINT = "Divide it, or print it into a new PDF, which is often simpler."
_FROM = ("polyvocal.domain.", "polyvocal.exchange.readers.reading", "polyvocal.services.commands.incoming")


class _Task(NamedTuple):
    content: bytes
    name: str
    seconds: float
    memory: int


def read_pdf(content: bytes, name: str) -> Reading:
    """Read the text layer of a PDF, as `document.read_pdf_here` does.

    Raises UserError as that does, and for a PDF that takes too long or too much memory; EnvironmentFault where no other
    process can be started.
    """
    try:
        process = subprocess.Popen(  # noqa: S603 - this Python, and a module of this program
            [sys.executable, "-P", "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as fault:
        raise EnvironmentFault(f"{name} was not read: no process can be started for it ({fault.strerror}).") from None
    with process:
        last_resort = Timer(_ON_A_BUSY_MACHINE * max(PDF_SECONDS, 1), process.kill)
        last_resort.start()
        try:
            answer = _asked(process, _Task(content, name, PDF_SECONDS, PDF_MEMORY))
        finally:
            last_resort.cancel()
            process.kill()
    return _understood(answer, process.returncode, name)


def _asked(process: "subprocess.Popen[bytes]", task: _Task) -> bytes:
    """Hand the task over and wait for the answer. The pipe to the process stays open: it ends when that is closed."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        pickle.dump(tuple(task), process.stdin)
        process.stdin.flush()
    except OSError:  # it has ended by now; how, its return code tells
        with suppress(OSError):
            process.stdin.close()
        return b""
    answer = process.stdout.read()
    process.stdin.close()
    process.wait()
    return answer


def _understood(answer: bytes, code: int, name: str) -> Reading:
    if answer and code == 0:
        kind, what = _Plain(io.BytesIO(answer)).load()
        if kind == "read" and isinstance(what, Reading):
            return what
        if kind == "refused":
            raise UserError(str(what))
        raise BugError(f"reading a PDF failed: {what}")
    if code == _TOO_LONG:
        raise UserError(f"{name} was not read: it takes too long for what can be read in it. {_PRINT}")
    if code == _TOO_MUCH:
        raise UserError(f"{name} was not read: it needs more than {in_mib(PDF_MEMORY)} of memory. {_PRINT}")
    raise UserError(f"{name} is damaged in such a way that reading it broke off. {_PRINT}")


class _Plain(pickle.Unpickler):
    """Takes nothing from the other process but what a reading is made of: a PDF may have taken that process over."""

    def find_class(self, module: str, name: str) -> Any:
        """A class of this program that holds values."""
        if module.startswith(_FROM) and "." not in name:
            return super().find_class(module, name)
        raise BugError(f"a reading holds a {module}.{name}")


class _ByValue(pickle.Pickler):
    """Writes members of enumerations by their values: some Pythons write them as an attribute of their class, which
    `_Plain` would not take."""

    def reducer_override(self, value: Any) -> Any:
        """How a value is made again."""
        return (type(value), (value.value,)) if isinstance(value, Enum) else NotImplemented


def _serve() -> None:
    """What the other process does."""
    gc.disable()  # a book's lines are looked through again and again, and nothing that goes is in a circle
    task = _Task(*pickle.load(sys.stdin.buffer))  # noqa: S301 - from the process that started this one
    Thread(target=_end_with_parent, daemon=True).start()
    guard = _Guard(task.seconds, task.memory)
    Thread(target=guard.watch, daemon=True).start()
    from polyvocal.exchange.readers.pdf.document import read_pdf_here

    answer: tuple[str, object]
    try:
        answer = ("read", read_pdf_here(task.content, task.name, told=guard.hear_of_words))
    except UserError as fault:
        answer = ("refused", str(fault))
    except Exception as fault:  # noqa: BLE001 - a door: it is raised on the other side; no words of the text go there
        last = fault.__traceback__
        while last is not None and last.tb_next is not None:
            last = last.tb_next
        where = f"{last.tb_frame.f_code.co_filename}:{last.tb_lineno}" if last is not None else ""
        answer = ("failed", f"{type(fault).__name__} at {where}")
    _ByValue(sys.stdout.buffer).dump(answer)
    sys.stdout.buffer.flush()
    os._exit(0)  # nothing is to be tidied up, and the threads need not be waited for


def _end_with_parent() -> None:
    sys.stdin.buffer.read(1)  # nothing comes but the end
    os._exit(1)


class _Guard:
    """Ends this process when it has worked too long for what it has read, or has taken too much memory."""

    def __init__(self, seconds: float, memory: int) -> None:
        self._seconds, self._memory = seconds, memory

    def hear_of_words(self, count: int) -> None:
        """So many more words were read."""
        self._seconds += count * PDF_SECONDS_A_WORD

    def watch(self) -> None:
        """Never comes back."""
        this = psutil.Process()
        while True:
            if process_time() > self._seconds:
                os._exit(_TOO_LONG)
            if this.memory_info().rss > self._memory:
                os._exit(_TOO_MUCH)
            sleep(_LOOK_EVERY)


if __name__ == "__main__":
    _serve()
