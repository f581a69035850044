"""Merging, splitting and moving codes at a terminal, and the history of one."""

from pathlib import Path

from tests.cli.terminal import Terminal


def names(terminal: Terminal, path: Path) -> list[str]:
    return [code["path"] for code in terminal.json("list", path, "codes")]


def test_codes_are_merged_and_undo_brings_them_back(terminal: Terminal, small_path: Path) -> None:
    said = terminal(
        "merge", small_path, "code", "Whose time", "Who decides", "--into", "Protest", "--reason", "One thing"
    )
    assert said.out == ""
    assert said.err.startswith("merge codes: ")
    codes = {code["name"]: code for code in terminal.json("list", small_path, "codes")}
    assert codes["Whose time"]["retired"] is codes["Who decides"]["retired"] is True
    assert (codes["Protest"]["codings"], codes["Whose time"]["codings"]) == (6, 0)
    terminal("undo", small_path)
    assert terminal.json("show", small_path, "code", "Whose time")["codings"] == 2


def test_merge_that_cannot_be_changes_nothing(terminal: Terminal, small_path: Path) -> None:
    said = terminal.refused(small_path, "merge", small_path, "code", "Protest", "--into", "Protest")
    assert "cannot be merged with itself" in said
    assert "there is no code called 'Protst'" in terminal.refused(
        small_path, "merge", small_path, "code", "Protst", "--into", "Whose time"
    )


def test_code_is_split_by_a_choice_of_passages_or_by_ids(terminal: Terminal, small_path: Path) -> None:
    new = terminal.made("split", small_path, "code", "Protest", "--name", "On the way home", "--phase", "after")
    assert terminal.json("show", small_path, "code", new)["codings"] == 1
    (first, *_) = terminal.json("list", small_path, "codings", "--code", "Protest")
    made = terminal.made("split", small_path, "code", "Protest", "--name", "One", "--coding", first["id"])
    assert [one["id"] for one in terminal.json("list", small_path, "codings", "--code", made)] == [first["id"]]


def test_split_without_a_choice_is_refused(terminal: Terminal, small_path: Path) -> None:
    assert "choose the codings of 'Protest'" in terminal.refused(
        small_path, "split", small_path, "code", "Protest", "--name", "One"
    )
    assert "choose the codings of 'Protest'" in terminal.refused(
        small_path, "split", small_path, "code", "Protest", "--name", "One", "--phase", "before"
    )
    assert "leave out --code" in terminal.refused(
        small_path, "split", small_path, "code", "Protest", "--name", "One", "--code", "Protest"
    )


def test_code_is_moved_in_the_tree(terminal: Terminal, small_path: Path) -> None:
    terminal("move", small_path, "code", "Protest", "--before", "Who decides")
    assert names(terminal, small_path)[:2] == ["Collaboration", "Collaboration / Protest"]
    terminal("move", small_path, "code", "Protest", "--after", "Sense-making")
    assert names(terminal, small_path)[-1] == "Protest"
    terminal("move", small_path, "code", "Protest", "--below", "Collaboration")
    assert names(terminal, small_path)[3] == "Collaboration / Protest"
    assert "nothing was changed" in terminal("move", small_path, "code", "Protest", "--below", "Collaboration").err
    terminal("move", small_path, "code", "Protest", "--top")
    assert names(terminal, small_path)[-1] == "Protest"
    assert "cannot lie below itself" in terminal.refused(
        small_path, "move", small_path, "code", "Collaboration", "--below", "Whose time"
    )
    terminal.refused(small_path, "move", small_path, "code", "Protest", status=2)


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


# --- a codebook from a file ------------------------------------------------------------------------------------------

BOOK = "code,parent,definition\nProtest,,Saying no\nClapping,Protest,With hands\n,,lost\n"


def test_codebook_is_looked_at_before_it_is_taken_in(terminal: Terminal, small_path: Path, tmp_path: Path) -> None:
    (tmp_path / "book.csv").write_text(BOOK, "utf-8")
    before = small_path.read_bytes()
    said = terminal("add", small_path, "codes", tmp_path / "book.csv", "--dry-run")
    assert said.out == "differs   Protest (definition)\nnew         Clapping\n"
    assert "row or line 4: no code is named" in said.err
    assert "1 new, 1 differs; those that differ are kept as they were" in said.err
    looked = terminal.json("add", small_path, "codes", tmp_path / "book.csv", "--dry-run")
    assert [(one["name"], one["outcome"], one["definition"]) for one in looked["codes"]] == [
        ("Protest", "differs", "Saying no"),
        ("Clapping", "new", "With hands"),
    ]
    assert looked["problems"] == [{"where": 4, "what": "no code is named"}]
    assert small_path.read_bytes() == before


def test_codebook_is_taken_in_and_codes_that_are_there_are_kept(
    terminal: Terminal, small_path: Path, tmp_path: Path
) -> None:
    (tmp_path / "book.csv").write_text(BOOK, "utf-8")
    made = terminal.made("add", small_path, "codes", tmp_path / "book.csv")
    assert terminal.json("show", small_path, "code", made)["path"] == "Protest / Clapping"
    assert terminal.json("show", small_path, "code", "Protest")["definition"] is None
    said = terminal("add", small_path, "codes", tmp_path / "book.csv")
    assert "nothing was changed" in said.err
    terminal("add", small_path, "codes", tmp_path / "book.csv", "--differing", "take")
    assert terminal.json("show", small_path, "code", "Protest")["definition"] == "Saying no"


def test_codebook_comes_through_standard_input(terminal: Terminal, small_path: Path) -> None:
    said = terminal("add", small_path, "codes", "-", stdin="Protest\n  Clapping: mit Händen\n".encode())
    assert len(said.out.split()) == 1
    assert terminal.json("show", small_path, "code", "Clapping")["definition"] == "mit Händen"


def test_what_is_exported_as_a_codebook_is_nothing_new(terminal: Terminal, small_path: Path, tmp_path: Path) -> None:
    for ending in ("csv", "xlsx", "md"):
        terminal("export", small_path, "codebook", tmp_path / f"book.{ending}")
        said = terminal("add", small_path, "codes", tmp_path / f"book.{ending}", "--differing", "take")
        assert "5 as it is" in said.err
        assert "nothing was changed" in said.err


def test_codebook_that_cannot_be_read_is_refused(terminal: Terminal, small_path: Path, tmp_path: Path) -> None:
    (tmp_path / "book.pdf").write_bytes(b"%PDF-")
    for name, words in (("book.pdf", "no codebook that can be read"), ("none.csv", "there is no file")):
        assert words in terminal.refused(small_path, "add", small_path, "codes", tmp_path / name)
