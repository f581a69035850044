"""What was written in the window and not saved is told at a terminal, and changes nothing of what commands do."""

from pathlib import Path

import pytest

from polyvocal.services.commands.drafts import keep_draft
from polyvocal.store.file import Mode, open_project
from tests.cli.terminal import Terminal
from tests.services.test_drafts import WREN, correction, fieldnote, log_of


@pytest.fixture
def begun(small_path: Path) -> Path:
    """A project in which a correction and a new text were begun."""
    with open_project(small_path, Mode.WRITE) as project:
        keep_draft(project, correction(project, log_of(("Nobody", "SECRET"))))
        keep_draft(project, fieldnote("SECRET too"))
    return small_path


def test_info_tells_of_drafts_without_their_words(terminal: Terminal, begun: Path) -> None:
    said = terminal("info", begun)
    assert "a correction of 'Plenary, Wren' by Oda, kept 2023-11-14T22:13:20+00:00, not saved" in said.out
    assert "a new text, 'Day 2', kept 1970-" in said.out
    assert "SECRET" not in said.out + said.err
    first, second = terminal.json("info", begun)["drafts"]
    assert (first["title"], first["by"], first["state"], first["id"]) == (WREN, "Oda", "can be continued", "7")
    assert (second["source"], second["title"]) == (None, "Day 2")


def test_info_says_nothing_where_there_are_no_drafts(terminal: Terminal, small_path: Path) -> None:
    assert "draft" not in terminal("info", small_path).out
    assert terminal.json("info", small_path)["drafts"] == []


def test_check_tells_of_drafts_and_finds_nothing_wrong_with_them(terminal: Terminal, begun: Path) -> None:
    said = terminal("check", begun)
    assert "is whole" in said.out
    assert said.err.startswith("2 drafts not saved")
    assert terminal.json("check", begun)["drafts"] == 2


def test_correcting_at_a_terminal_says_what_it_overtakes(terminal: Terminal, begun: Path) -> None:
    said = terminal("correct", begun, WREN, "--start", 0, "--end", 5, "--words", "10:06")
    assert "a correction of 'Plenary, Wren' by Oda was begun in the window and not saved" in said.err
    assert "SECRET" not in said.err
    assert "not saved; the text has another version by now" in terminal("info", begun).out


def test_search_finds_no_drafts(terminal: Terminal, begun: Path) -> None:
    assert "SECRET" not in terminal("search", begun, "SECRET").out
