"""Correcting a text, adding to it later and looking at its versions, from a terminal."""

import json
from pathlib import Path

import pytest

from tests.cli.terminal import Terminal
from tests.conftest import TEXTS

WREN = "Plenary, Wren"


def test_correction_makes_a_version_and_its_codings_follow(terminal: Terminal, small_path: Path) -> None:
    project = str(small_path)
    edits = ["--start", "0", "--end", "5", "--words", "Ten past", "--start", "6", "--end", "10", "--words", "Ten"]
    made = terminal("correct", project, WREN, *edits, "--by", "Oda", "--reason", "The clock")
    assert made.status == 0
    versions = json.loads(terminal("list", project, "versions", "--source", WREN, "--json").out)
    assert versions[1]["id"] == made.out.strip()
    assert [one["number"] for one in versions] == [1, 2]
    assert (versions[1]["corrected_by"], versions[1]["reason"], versions[1]["places"]) == ("Oda", "The clock", 2)
    shown = json.loads(terminal("show", project, "version", versions[0]["id"], "--json").out)
    assert shown["text"] == TEXTS[WREN]
    text = json.loads(terminal("show", project, "source", WREN, "--json").out)["text"]
    assert text.startswith("Ten past Ten tables")
    codings = json.loads(terminal("list", project, "codings", "--source", WREN, "--json").out)
    assert all(text[one["start"] : one["end"]] == one["text"] for one in codings)


def test_addition_is_dated_and_by_an_observer_of_the_source(terminal: Terminal, small_path: Path) -> None:
    project = str(small_path)
    words = ["addition", "--source", WREN, "--words", "She rang.", "--dated", "2024-06-03"]
    assert terminal.run("add", project, *words, "--observer", "Oda").status == 1
    made = terminal("add", project, *words, "--observer", "Wren")
    assert (made.status, made.out.strip().isdecimal()) == (0, True)
    newest = json.loads(terminal("list", project, "versions", "--source", WREN, "--json").out)[-1]
    assert (newest["additions"], newest["observer"], newest["dated"]) == (1, "Wren", "2024-06-03")
    text = json.loads(terminal("show", project, "source", WREN, "--json").out)["text"]
    assert text == TEXTS[WREN] + "She rang."
    assert len(json.loads(terminal("list", project, "versions", "--json").out)) == 5


def test_later_addition_may_stand_anywhere_in_the_text(terminal: Terminal, small_path: Path) -> None:
    project = str(small_path)
    words = ["addition", "--source", WREN, "--words", "(she) ", "--dated", "2024-06-03", "--observer", "Wren"]
    assert terminal("add", project, *words, "--at", "6").status == 0
    assert terminal.run("add", project, *words, "--at", "99999").status == 1
    assert terminal("show", project, "source", WREN).out.count("10:05 (she) Nine") == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("correct", "--start", "0", "--end", "1", "--end", "2", "--words", "x"), "each --start has one --end"),
        (("correct", "--start", "5", "--end", "1", "--words", "x"), "does not fit"),
    ],
)
def test_correction_that_does_not_fit_is_refused(
    terminal: Terminal, small_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    said = terminal.run(arguments[0], str(small_path), WREN, *arguments[1:])
    assert said.status == 1
    assert words in said.err


def test_correction_that_changes_nothing_says_so(terminal: Terminal, small_path: Path) -> None:
    said = terminal("correct", str(small_path), WREN, "--start", "0", "--end", "2", "--words", "10")
    assert (said.status, said.out) == (0, "")
    assert "nothing was changed" in said.err


def test_version_that_is_not_there_is_refused(terminal: Terminal, small_path: Path) -> None:
    for reference in ("one", "123456789012", "9" * 19, "9" * 30):
        said = terminal.run("show", str(small_path), "version", reference)
        assert said.status == 1
        assert "there is no version" in said.err
