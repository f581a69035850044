"""Merging, splitting and moving codes at a terminal, and the history of one."""

from pathlib import Path

from tests.cli.terminal import Terminal


def names(terminal: Terminal, path: Path) -> list[str]:
    return [code["path"] for code in terminal.json("list", path, "codes")]


def test_codes_are_merged_and_undo_brings_them_back(terminal: Terminal, small_path: Path) -> None:
    said = terminal("merge", small_path, "Whose time", "Who decides", "--into", "Protest", "--reason", "One thing")
    assert said.out == ""
    assert said.err.startswith("merge codes: ")
    codes = {code["name"]: code for code in terminal.json("list", small_path, "codes")}
    assert codes["Whose time"]["retired"] is codes["Who decides"]["retired"] is True
    assert (codes["Protest"]["codings"], codes["Whose time"]["codings"]) == (6, 0)
    terminal("undo", small_path)
    assert terminal.json("show", small_path, "code", "Whose time")["codings"] == 2


def test_merge_that_cannot_be_changes_nothing(terminal: Terminal, small_path: Path) -> None:
    said = terminal.refused(small_path, "merge", small_path, "Protest", "--into", "Protest")
    assert "cannot be merged with itself" in said
    assert "there is no code called 'Protst'" in terminal.refused(
        small_path, "merge", small_path, "Protst", "--into", "Whose time"
    )


def test_code_is_split_by_a_choice_of_passages_or_by_ids(terminal: Terminal, small_path: Path) -> None:
    new = terminal.made("split", small_path, "Protest", "--name", "On the way home", "--phase", "after")
    assert terminal.json("show", small_path, "code", new)["codings"] == 1
    (first, *_) = terminal.json("list", small_path, "codings", "--code", "Protest")
    made = terminal.made("split", small_path, "Protest", "--name", "One", "--coding", first["id"])
    assert [one["id"] for one in terminal.json("list", small_path, "codings", "--code", made)] == [first["id"]]


def test_split_without_a_choice_is_refused(terminal: Terminal, small_path: Path) -> None:
    assert "choose the codings of 'Protest'" in terminal.refused(
        small_path, "split", small_path, "Protest", "--name", "One"
    )
    assert "choose the codings of 'Protest'" in terminal.refused(
        small_path, "split", small_path, "Protest", "--name", "One", "--phase", "before"
    )
    assert "leave out --code" in terminal.refused(
        small_path, "split", small_path, "Protest", "--name", "One", "--code", "Protest"
    )


def test_code_is_moved_in_the_tree(terminal: Terminal, small_path: Path) -> None:
    terminal("move", small_path, "Protest", "--before", "Who decides")
    assert names(terminal, small_path)[:2] == ["Collaboration", "Collaboration / Protest"]
    terminal("move", small_path, "Protest", "--after", "Sense-making")
    assert names(terminal, small_path)[-1] == "Protest"
    terminal("move", small_path, "Protest", "--below", "Collaboration")
    assert names(terminal, small_path)[3] == "Collaboration / Protest"
    assert "nothing was changed" in terminal("move", small_path, "Protest", "--below", "Collaboration").err
    terminal("move", small_path, "Protest", "--top")
    assert names(terminal, small_path)[-1] == "Protest"
    assert "cannot lie below itself" in terminal.refused(
        small_path, "move", small_path, "Collaboration", "--below", "Whose time"
    )
    terminal.refused(small_path, "move", small_path, "Protest", status=2)


def test_history_of_a_code_tells_what_was_changed_and_why(terminal: Terminal, small_path: Path) -> None:
    words = ("change", small_path, "code", "Protest", "--set", "definition=Saying no.", "--reason", "It had none.")
    terminal(*words, "--as", "Oda")
    latest, first = terminal.json("history", small_path, "--code", "Protest")
    assert latest["changes"] == [{"field": "definition", "before": None, "after": "Saying no."}]
    assert (latest["person"], latest["why"], latest["kind"]) == ("Oda", "It had none.", "change code")
    assert isinstance(latest["operation"], str)
    assert first["kind"] == "add code"
    lines = terminal("history", small_path, "--code", "Protest", "--limit", "1").out.splitlines()
    assert lines[0].endswith("  change code by Oda")
    assert lines[1:] == ["    definition: 'Saying no.'", "    why: It had none."]


def test_reason_is_for_codes(terminal: Terminal, small_path: Path) -> None:
    said = terminal.refused(
        small_path, "change", small_path, "person", "Oda", "--set", "description=x", "--reason", "why"
    )
    assert "--reason is kept for codes" in said
