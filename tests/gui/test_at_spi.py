"""What a screen reader gets of the real window: its accessible tree, read over AT-SPI on a display of its own."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.gui.real_screen import SYSTEM_PYTHON, environ_of, missing, own_display

READER = Path(__file__).with_name("at_spi_reader.py")


@pytest.fixture
def display() -> Iterator[str]:
    """A display of the test's own."""
    with own_display() as name:
        yield name


def tree_of(display: str, path: Path, wanted: str) -> list[dict[str, Any]]:
    """Start the program on a project, and read what it shows once something is there whose name begins so."""
    program = [sys.executable, "-m", "polyvocal", str(path)]
    command = ["dbus-run-session", "--", SYSTEM_PYTHON, str(READER), "60", wanted, *program]
    told = subprocess.run(command, env=environ_of(display), capture_output=True, text=True, timeout=120, check=False)
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


if reason := missing("Xvfb", "dbus-run-session"):
    pytestmark = pytest.mark.skip(reason=reason)
