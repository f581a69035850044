"""Starts a program, and prints the accessible tree that it shows to screen readers (AT-SPI), as lines of JSON.

    python3 at_spi_reader.py SECONDS WANTED COMMAND...

It ends the program as soon as something whose name begins with WANTED is in the tree, or after so many seconds. It needs the system's
Python with its python3-gi, a session bus (dbus-run-session) and at-spi2-core; nothing of Polyvocal, and no pyatspi.
Each line is {"depth", "role", "name", "description", "focusable"}.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

from gi.repository import Gio, GLib  # type: ignore[import-not-found,import-untyped,unused-ignore]

ACCESSIBLE = "org.a11y.atspi.Accessible"
ROOT = "/org/a11y/atspi/accessible/root"
FOCUSABLE, SHOWING = 11, 25
"""The numbers of states (AtspiStateType)."""
AT_MOST = 40
"""So many children of one thing are looked at: a list may have thousands."""


def bus_of_accessibility() -> Any:
    """The bus on which programs show their trees."""
    session = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    reply = session.call_sync(
        "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, Gio.DBusCallFlags.NONE, 10_000, None
    )
    flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
    return Gio.DBusConnection.new_for_address_sync(reply.unpack()[0], flags, None, None)


class Tree:
    """The trees of all programs on a bus."""

    def __init__(self, bus: Any) -> None:
        self._bus = bus

    def answer(self, at: tuple[str, str], interface: str, method: str, given: Any = None) -> tuple[Any, ...]:
        """All that something answers to a question."""
        name, path = at
        flags = Gio.DBusCallFlags.NONE
        reply = self._bus.call_sync(name, path, interface, method, given, None, flags, 5_000, None)
        return tuple(reply.unpack())

    def call(self, at: tuple[str, str], interface: str, method: str, given: Any = None) -> Any:
        """The first part of what something answers."""
        return self.answer(at, interface, method, given)[0]

    def property(self, at: tuple[str, str], name: str, interface: str = ACCESSIBLE) -> Any:
        """A property of something."""
        return self.call(at, "org.freedesktop.DBus.Properties", "Get", GLib.Variant("(ss)", (interface, name)))

    def programs(self) -> list[tuple[str, str]]:
        """Where the tree of each program begins."""
        return list(self.call(("org.a11y.atspi.Registry", ROOT), ACCESSIBLE, "GetChildren"))

    def name(self, at: tuple[str, str]) -> str:
        """How something is called."""
        return str(self.property(at, "Name"))

    def walk(self, at: tuple[str, str], depth: int = 0) -> Iterator[dict[str, object]]:
        """What is there, and all that is in it and shown."""
        states = self.call(at, ACCESSIBLE, "GetState")
        held = states[0] | states[1] << 32
        if depth > 1 and not held >> SHOWING & 1:
            return
        yield {
            "depth": depth,
            "role": self.call(at, ACCESSIBLE, "GetRoleName"),
            "name": self.name(at),
            "description": self.property(at, "Description"),
            "focusable": bool(held >> FOCUSABLE & 1),
        }
        for child in self.call(at, ACCESSIBLE, "GetChildren")[:AT_MOST]:
            yield from self.walk((child[0], child[1]), depth + 1)


def read(seconds: float, wanted: str, command: list[str]) -> int:
    """Start the program, and print its tree."""
    tree = Tree(bus_of_accessibility())
    program = subprocess.Popen(command)
    ends = time.monotonic() + seconds
    found: list[dict[str, object]] = []
    try:
        while time.monotonic() < ends and program.poll() is None:
            before = found
            try:
                found = [one for at in tree.programs() for one in tree.walk((at[0], at[1]))]
            except GLib.Error:  # it is being made just now
                found = []
            if found == before and any(str(one["name"]).startswith(wanted) for one in found):
                break  # the same twice: while it is read the program goes on, and what is read first may be of before
            time.sleep(0.3)
    finally:
        program.terminate()
        program.wait(30)
    for one in found:
        print(json.dumps(one))
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(read(float(sys.argv[1]), sys.argv[2], sys.argv[3:]))
