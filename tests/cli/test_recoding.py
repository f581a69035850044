"""Codings at a terminal: several at once; merged, split, extended, duplicated, recoded."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.terminal import Terminal

NOTE = "Plenary, Wren"
ADD = ("--source", NOTE, "--coder", "Oda")


def codings(terminal: Terminal, path: Path, code: str = "Sense-making") -> list[tuple[int, int]]:
    return [(one["start"], one["end"]) for one in terminal.json("list", path, "codings", "--code", code)]


def newest(terminal: Terminal, path: Path) -> str:
    """The newest line of the history, without its time and number."""
    (line,) = terminal("history", path, "--limit", 1).out.splitlines()
    return line.split("  ", 2)[2]


def test_several_passages_and_codes_are_one_operation(terminal: Terminal, small_path: Path) -> None:
    places = ("--start", 0, "--end", 5, "--start", 6, "--end", 10)
    codes = ("--code", "Sense-making", "--code", "Who decides")
    said = terminal("add", small_path, "coding", *ADD, *places, *codes, "--memo", "Both?", "--concerns", "Ward 4")
    assert len(said.out.split()) == 4
    assert said.err.count("coded '10:05' with") == 2
    assert codings(terminal, small_path) == [(0, 5), (6, 10)]
    assert newest(terminal, small_path).startswith("code passages 'Sense-making, Who decides' by Oda: made 4 codings")
    memos = [one for one in terminal.json("list", small_path, "memos") if one["text"] == "Both?"]
    assert [(one["about_kind"], one["author"]) for one in memos] == [("coding", "Oda")] * 4
    assert terminal("undo", small_path).err.startswith("undone: code passages 'Sense-making, Who decides'")
    assert codings(terminal, small_path) == []


def test_what_is_coded_so_already_is_left_and_counted(terminal: Terminal, small_path: Path) -> None:
    first = ("--start", 0, "--end", 5)
    terminal("add", small_path, "coding", *ADD, *first, "--code", "Sense-making")
    said = terminal("add", small_path, "coding", *ADD, *first, "--start", 6, "--end", 10, "--code", "Sense-making")
    assert "coded so already, and left as it was: 1" in said.err
    assert len(said.out.split()) == 1
    assert codings(terminal, small_path) == [(0, 5), (6, 10)]


def test_passage_that_has_no_end_is_told(terminal: Terminal, small_path: Path) -> None:
    words = ("add", small_path, "coding", *ADD, "--start", 0, "--start", 6, "--end", 10, "--code", "Protest")
    assert "a --start and an --end" in terminal.refused(small_path, *words)


def test_codings_are_split_merged_extended_duplicated_and_recoded(terminal: Terminal, small_path: Path) -> None:
    first = terminal.made("add", small_path, "coding", *ADD, "--start", 6, "--end", 17, "--code", "Sense-making")
    second = terminal.made("split", small_path, "coding", first, "--at", 10)
    assert codings(terminal, small_path) == [(6, 10), (10, 17)]
    assert newest(terminal, small_path).startswith("split the coding 'Sense-making' by Oda: made 1 coding; changed 1")
    assert "coded 'Nine tables' with 'Sense-making'" in terminal("merge", small_path, "coding", first, second).err
    assert codings(terminal, small_path) == [(6, 17)]
    terminal("extend", small_path, "coding", first, "--end", 1)
    assert codings(terminal, small_path) == [(6, 22)]
    terminal("extend", small_path, "coding", first, "--start", 1, "--by", "sentence")
    assert codings(terminal, small_path) == [(0, 22)]
    terminal("duplicate", small_path, "coding", first, "--code", "Who decides", "--coder", "Wren", "--without-stances")
    assert (0, 22) in codings(terminal, small_path, "Who decides")
    terminal("recode", small_path, "coding", first, "--code", "Protest")
    assert codings(terminal, small_path) == []
    assert newest(terminal, small_path).startswith("change the code to 'Protest' by Oda: changed 1 coding")
    for _ in range(7):
        terminal("undo", small_path)
    assert "add coding" not in newest(terminal, small_path)
    assert newest(terminal, small_path).startswith("undo: code 'Sense-making'")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("merge", "coding", "CODING"), "one coding alone"),
        (("split", "coding", "CODING", "--at", 6), "can be split anywhere between"),
        (("extend", "coding", "CODING", "--end", "-9"), "leave nothing of the coding"),
        (
            ("extend", "code", "Protest", "--end", 1),
            "name a coding, layer, stretch, memo, time-mark, anchor or divergence-passage",
        ),
        (("recode", "coding", "CODING", "--code", "Nowhere"), "there is no code called 'Nowhere'"),
        (("duplicate", "coding", "1", "--code", "Protest"), "there is no coding with the id '1'"),
    ],
)
def test_what_cannot_be_done_is_told(
    terminal: Terminal, small_path: Path, words: tuple[Any, ...], message: str
) -> None:
    made = terminal.made("add", small_path, "coding", *ADD, "--start", 6, "--end", 10, "--code", "Sense-making")
    command, *rest = (made if word == "CODING" else word for word in words)
    assert message in terminal.refused(small_path, command, small_path, *rest)


def test_nothing_happens_where_there_is_no_further_word(terminal: Terminal, small_path: Path) -> None:
    made = terminal.made("add", small_path, "coding", *ADD, "--start", 0, "--end", 5, "--code", "Sense-making")
    said = terminal("extend", small_path, "coding", made, "--start", 3)
    assert "nothing was changed" in said.err


def test_retired_code_is_refused_and_brought_back_as_the_refusal_says(terminal: Terminal, small_path: Path) -> None:
    terminal("change", small_path, "code", "Protest", "--set", "retired=yes")
    words = ("add", small_path, "coding", *ADD, "--start", 0, "--end", 5, "--code", "Protest")
    told = terminal.refused(small_path, *words)
    assert "'Protest' is retired" in told
    way_back = told.partition("`polyvocal change PROJECT ")[2].partition("`")[0]
    terminal("change", small_path, *way_back.split())
    terminal(*words)
