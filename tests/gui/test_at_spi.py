"""What a screen reader gets of the real window: its accessible tree, read over AT-SPI on a display of its own."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

SYSTEM_PYTHON = "/usr/bin/python3"
READER = Path(__file__).with_name("at_spi_reader.py")
LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")


def missing() -> str:
    """What this machine lacks for the test; empty where nothing."""
    if not sys.platform.startswith("linux"):
        return "AT-SPI is of Linux"
    lacking = [one for one in ("Xvfb", "dbus-run-session") if shutil.which(one) is None]
    if not LAUNCHER.exists():
        lacking.append("at-spi2-core")
    asked = [SYSTEM_PYTHON, "-c", "from gi.repository import Gio"]
    if not Path(SYSTEM_PYTHON).exists() or subprocess.run(asked, capture_output=True, check=False).returncode:
        lacking.append("python3-gi")
    return f"not on this machine: {', '.join(lacking)} (see the README)" if lacking else ""


@pytest.fixture
def display() -> Iterator[str]:
    """A display of the test's own."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    if not number:
        pytest.skip("Xvfb does not start on this machine")
    yield f":{number}"
    server.terminate()
    server.wait(30)


def tree_of(display: str, path: Path, wanted: str) -> list[dict[str, Any]]:
    """Start the program on a project, and read what it shows once something is there whose name begins so."""
    environ = {
        **os.environ,
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "NO_AT_BRIDGE": "0",
    }
    program = [sys.executable, "-m", "polyvocal", str(path)]
    command = ["dbus-run-session", "--", SYSTEM_PYTHON, str(READER), "60", wanted, *program]
    told = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=120, check=False)
    assert told.returncode == 0, told.stderr
    return [json.loads(line) for line in told.stdout.splitlines() if line.startswith("{")]


def test_screen_reader_gets_the_read_view_with_everything_named(display: str, small_path: Path) -> None:
    tree = tree_of(display, small_path, "Who decides")
    there = {(one["role"], one["name"]) for one in tree}
    assert ("application", "Polyvocal") in there
    assert any(role == "frame" and name.startswith("Nine tables") for role, name in there)
    assert {
        ("text", "Text of the source"),
        ("tree", "Codebook"),
        ("tree", "Occasions"),
        ("page tab", "Codes here"),
        ("push button", "Find or do anything…"),
        ("button menu", "Who codes here?"),
        ("label", "Saved"),
    } <= there
    assert [one for one in tree if one["focusable"] and not one["name"].strip()] == []


if reason := missing():
    pytestmark = pytest.mark.skip(reason=reason)
