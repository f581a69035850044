"""The real program on a display of its own, worked by real keys and a real mouse, and seen as a screen reader sees it.

The keys and the mouse are those of the X server (its XTest extension, through xdotool); what is shown is told by AT-SPI.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

SYSTEM_PYTHON = "/usr/bin/python3"
EYE = "tests.gui.at_spi_eye"
ROOT = Path(__file__).parents[2]
LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
PATIENCE = 30.0
"""Seconds to wait for something to be so, on the slowest machine."""
TEXT = "Text of the source", "text"


def missing(*wanted: str) -> str:
    """Which of the programs and what else of AT-SPI this machine lacks; empty where nothing."""
    if not sys.platform.startswith("linux"):
        return "AT-SPI is of Linux"
    lacking = [one for one in wanted if shutil.which(one) is None]
    if not LAUNCHER.exists():
        lacking.append("at-spi2-core")
    asked = [SYSTEM_PYTHON, "-c", "from gi.repository import Gio"]
    if not Path(SYSTEM_PYTHON).exists() or subprocess.run(asked, capture_output=True, check=False).returncode:
        lacking.append("python3-gi")
    return f"not on this machine: {', '.join(lacking)} (see the README)" if lacking else ""


@contextmanager
def running(process: "subprocess.Popen[Any]") -> Iterator[None]:
    """Let a process be ended at the end."""
    try:
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


@contextmanager
def own_display() -> Iterator[str]:
    """The name of a display of the test's own."""
    reading, writing = os.pipe()
    # it would begin anew, and refuse a program meanwhile, whenever the last one that asks it something has gone
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1440x900x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with running(server), os.fdopen(reading) as told:
        number = told.readline().strip()
        if not number:
            pytest.skip("Xvfb does not start on this machine")
        yield f":{number}"


@contextmanager
def own_bus() -> Iterator[str]:
    """The address of a session bus of the test's own."""
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    bus = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert bus.stdout is not None
    with running(bus), bus.stdout as told:
        yield told.readline().strip()


def environ_of(display: str) -> dict[str, str]:
    """The environment of a program that is to show itself there, also to screen readers."""
    shown = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "LC_ALL": "C.UTF-8"}
    return os.environ | shown | {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "NO_AT_BRIDGE": "0"}


class Screen:
    """A display with hands and an eye; starts the program on it, as often as it is wanted."""

    def __init__(self, environ: dict[str, str], eye: "subprocess.Popen[str]") -> None:
        self._environ, self._eye = environ, eye

    @contextmanager
    def program(self, path: Path) -> Iterator["subprocess.Popen[bytes]"]:
        """The program with a project open in it. It has ended by the end, whatever happened."""
        started = subprocess.Popen([sys.executable, "-m", "polyvocal", str(path)], env=self._environ)
        with running(started):
            yield started

    # --- the hands -----------------------------------------------------------------------------------------------

    def _do(self, *words: object) -> list[str]:
        command = ["xdotool", *map(str, words)]
        return subprocess.run(
            command, env=self._environ, stdout=subprocess.PIPE, timeout=PATIENCE, text=True, check=False
        ).stdout.split()

    def windows(self, name: str) -> list[str]:
        """The windows that are seen, by their whole name."""
        return self._do("search", "--onlyvisible", "--name", f"^{name}$")

    def has_popup(self) -> bool:
        """Whether a list is open over the window: a window of the program without a name."""
        return len(self._do("search", "--onlyvisible", "--class", "Polyvocal")) > len(self.windows(".+"))

    def focus(self, name: str) -> None:
        """Give the keys to a window, as a window manager would, of which there is none here."""
        wait(lambda: bool(self.windows(name)), lambda: f"the window {name!r}")
        self._do("windowfocus", "--sync", self.windows(name)[-1])

    def press(self, *keys: str) -> None:
        """Press keys, one after the other, as `ctrl+shift+Right`."""
        self._do("key", *keys)

    def type(self, words: str) -> None:
        """Type words."""
        self._do("type", words)

    def click(self, at: tuple[int, int]) -> None:
        """Press and let go of the left button at a point of the screen."""
        self._do("mousemove", *at, "click", 1)

    def drag(self, start: tuple[int, int], to: tuple[int, int]) -> None:
        """Draw from one point to another with the left button held, by a way in between as a hand does."""
        between = (start[0] + to[0]) // 2, (start[1] + to[1]) // 2
        self._do("mousemove", *start, "mousedown", 1)
        self._do("mousemove", *between, "mousemove", *to)
        self._do("mousemove", *to, "mouseup", 1)

    # --- the eye -------------------------------------------------------------------------------------------------

    def see(self, name: str, role: str, letters: Sequence[int] = ()) -> dict[str, Any] | None:
        """What is shown of something, see at_spi_eye.py; None where it is not there."""
        assert self._eye.stdin is not None
        assert self._eye.stdout is not None
        self._eye.stdin.write(json.dumps({"name": name, "role": role, "letters": letters}) + "\n")
        self._eye.stdin.flush()
        found: dict[str, Any] | None = json.loads(self._eye.stdout.readline())
        return found

    def letter(self, offset: int) -> tuple[int, int, int, int]:
        """Left, top, right and bottom of a letter of the text that is read."""
        seen = self.see(*TEXT, letters=[offset])
        assert seen is not None
        left, top, width, height = seen["letters"][0]
        return left, top, left + width, top + height

    def wait_for(self, name: str, role: str, **so: object) -> None:
        """Until something is shown of which all this is so."""

        def is_so() -> bool:
            seen = self.see(name, role)
            return seen is not None and all(seen.get(key) == value for key, value in so.items())

        wait(is_so, lambda: f"{name!r}, {role}, {so}; it is {self.see(name, role)}")


def wait(until: Callable[[], bool], what: Callable[[], str]) -> None:
    """Until something is so; fails with what was waited for."""
    ends = time.monotonic() + PATIENCE
    while not until():
        assert time.monotonic() < ends, f"waited in vain for {what()}"
        time.sleep(0.02)


@contextmanager
def own_screen() -> Iterator[Screen]:
    """A screen of the test's own."""
    with ExitStack() as held:
        environ = environ_of(held.enter_context(own_display()))
        environ["DBUS_SESSION_BUS_ADDRESS"] = held.enter_context(own_bus())
        pipe = subprocess.PIPE
        eye = subprocess.Popen([SYSTEM_PYTHON, "-m", EYE], env=environ, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)
        held.enter_context(eye)
        held.enter_context(running(eye))
        yield Screen(environ, eye)
