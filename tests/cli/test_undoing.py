"""Undo and redo in a terminal, and who did what."""

import json
from pathlib import Path

from tests.cli.terminal import Terminal, in_a_process, shown


def test_undo_and_redo_work_in_new_processes(small_path: Path) -> None:
    made = in_a_process("add", small_path, "code", "Laughter", "--parent", "Protest")
    undone = in_a_process("undo", small_path)
    assert (undone.status, undone.err) == (0, "undone: add the code 'Laughter' (1 code)\n")
    assert in_a_process("show", small_path, "code", "Laughter").status == 1
    redone = in_a_process("redo", small_path)
    assert (redone.status, redone.err) == (0, "done again: add the code 'Laughter' (1 code)\n")
    assert json.loads(in_a_process("show", small_path, "code", "Laughter", "--json").out)["id"] == made.out.strip()


def test_undo_goes_back_to_the_new_project_and_no_further(terminal: Terminal, project_path: Path) -> None:
    terminal("add", project_path, "code", "One")
    terminal("add", project_path, "code", "Two")
    terminal("undo", project_path)
    terminal("undo", project_path)
    assert "there is nothing to undo" in terminal.refused(project_path, "undo", project_path)
    assert terminal.json("info", project_path)["title"] == "A study"
    terminal("redo", project_path)
    terminal("redo", project_path)
    assert "there is nothing to redo" in terminal.refused(project_path, "redo", project_path)
    assert [code["name"] for code in terminal.json("list", project_path, "codes")] == ["One", "Two"]


def test_redo_after_something_new_is_refused(terminal: Terminal, project_path: Path) -> None:
    terminal("add", project_path, "code", "One")
    terminal("undo", project_path)
    terminal("add", project_path, "code", "Two")
    assert "there is nothing to redo" in terminal.refused(project_path, "redo", project_path)


def test_undo_of_one_person_leaves_what_others_did(terminal: Terminal, small_path: Path) -> None:
    terminal("add", small_path, "term", "Who speaks", "--as", "Oda")
    terminal("add", small_path, "term", "Who listens", "--as", "Wren")
    terminal("undo", small_path, "--as", "oda")
    assert [one["name"] for one in terminal.json("list", small_path, "terms")] == ["Who listens", "Whose time is paid"]
    newest, _, spoken, *_ = terminal.json("history", small_path)
    assert (newest["kind"], newest["person"], newest["about"]) == ("undo", "Oda", spoken["operation"])
    assert (spoken["name"], spoken["person"], spoken["standing"]) == ("Who speaks", "Oda", "undone")


def test_undo_names_what_depends_on_it(terminal: Terminal, small_path: Path) -> None:
    terminal("add", small_path, "code", "Laughter", "--as", "Wren")
    words = ("--source", "On the train", "--start", 0, "--end", 4, "--code", "Laughter", "--coder", "Oda")
    terminal("add", small_path, "coding", *words)
    told = terminal.refused(small_path, "undo", small_path, "--as", "Wren")
    assert "cannot be undone" in told
    assert "1 coding" in told


def test_who_does_it_is_in_the_history_also_for_another_coder(terminal: Terminal, small_path: Path) -> None:
    words = ("--source", "On the train", "--start", 0, "--end", 4, "--code", "Protest", "--coder", "Oda")
    made = terminal.made("add", small_path, "coding", *words, "--as", "Wren")
    assert terminal.json("history", small_path)[0]["person"] == "Wren"
    assert shown(terminal, small_path, "coding", made)["coder"] == "Oda"


def test_coder_is_who_does_it_where_nobody_else_is_named(terminal: Terminal, small_path: Path) -> None:
    words = ("--source", "On the train", "--start", 0, "--end", 4, "--code", "Protest", "--coder", "Oda")
    terminal("add", small_path, "coding", *words)
    assert terminal.json("history", small_path)[0]["person"] == "Oda"


def test_unknown_person_does_nothing(terminal: Terminal, small_path: Path) -> None:
    told = terminal.refused(small_path, "add", small_path, "term", "New", "--as", "Odo")
    assert "there is no person called 'Odo'; is it 'Oda'?" in told
    assert "made" not in told
