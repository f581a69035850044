"""Every table of `compare`: from the words at a terminal to JSON and to files of each kind."""

from pathlib import Path

import pytest

from tests.cli.terminal import Terminal

TABLES: dict[str, tuple[str, ...]] = {
    "table": ("--rows", "code", "--columns", "group", "--measure", "share-of-row"),
    "folded": ("--columns", "kind", "--fold"),
    "who": ("--who-codes-whom",),
    "only": ("--only-here", "observer"),
    "together": ("--co-occurrence", "paragraphs:1"),
}


@pytest.mark.parametrize("ending", [".csv", ".md", ".docx", ".xlsx", ".html"])
@pytest.mark.parametrize("which", TABLES)
def test_each_table_is_written_with_its_caption(
    terminal: Terminal, small_path: Path, tmp_path: Path, which: str, ending: str
) -> None:
    target = tmp_path / f"table{ending}"
    told = terminal.json("compare", small_path, *TABLES[which], "--out", target, "--coder", "Oda")
    assert "coded by Oda" in told["caption"]
    assert told["filters"] == {"coder": ["Oda"]}
    assert target.stat().st_size > 500
    if ending in (".csv", ".md"):
        assert "Only coder: Oda." in target.read_text("utf-8")


def test_who_codes_whom_marks_own_notes(terminal: Terminal, small_path: Path) -> None:
    told = terminal.json("compare", small_path, "--who-codes-whom")
    row, column = told["observers"].index("Wren"), told["coders"].index("Wren")
    assert told["passages"][row][column] == 3
    assert [sum(line) for line in zip(*told["own"], strict=True)][column] == 1
    assert told["own"][row][column] is True
    assert told["accounts_read"][row][column] == 1
    shown = terminal("compare", small_path, "--who-codes-whom").out
    assert any(line.split()[:3] == ["Wren", "Wren", "own"] for line in shown.splitlines())


def test_what_is_only_here_names_whose_accounts_were_not_read(terminal: Terminal, small_path: Path) -> None:
    told = terminal.json("compare", small_path, "--only-here", "observer")
    (decides,) = [one for one in told["only_here"] if one["code"] == "Who decides"]
    assert (decides["where"], decides["passages"], decides["coders"]) == ("Ilse", 1, ["Oda"])
    assert {one["name"]: one["state"] for one in decides["others"]} == {
        "Bashir": "written, not yet read",
        "Wren": "written, not yet read",
    }
    nothing = terminal(
        "compare", small_path, "--only-here", "observer", "--term", "Whose time is paid", "--phase", "after"
    )
    assert nothing.out.startswith("No code was read in the accounts of one observer alone.")


def test_codes_come_together_by_overlap_paragraph_or_session(terminal: Terminal, small_path: Path) -> None:
    def cell(*words: str) -> int:
        told = terminal.json("compare", small_path, "--co-occurrence", *words)
        number: int = told["cells"][told["codes"].index("Protest")][told["codes"].index("Whose time")]
        return number

    assert cell() == 2
    assert cell("overlap", "--same-coder") == 1
    assert cell("session") == 1
    assert cell("paragraphs:50") == 3


def test_attribute_is_a_dimension_and_a_filter(terminal: Terminal, small_path: Path) -> None:
    terminal("add", small_path, "attribute", "years", "--type", "number")
    terminal("add", small_path, "value", "--of", "person", "Wren", "--attribute", "years", "--value", "4")
    told = terminal.json("compare", small_path, "--columns", "attribute:years@observer")
    assert told["columns"] == ["4", "not known"]
    assert told["column_dimension"] == "years of the observer"
    filtered = terminal.json("compare", small_path, "--attribute", "years@coder=not known")
    assert filtered["filters"] == {"years of the coder": ["not known"]}
    assert "coded by Oda." in filtered["caption"]
    listed = terminal.json("list", small_path, "codings", "--attribute", "years@coder=4")
    assert {one["coder"] for one in listed} == {"Wren"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--columns", "attribute:years"), "say of which case of a passage it is read"),
        (("--columns", "attribute:age@observer"), "there is no attribute called 'age'"),
        (("--attribute", "years@observer=9"), "nothing has the value '9' of 'years'"),
        (("--attribute", "years"), "asks for no value"),
        (("--who-codes-whom", "--rows", "code"), "--who-codes-whom is a table of its own: leave out --rows"),
        (("--same-coder",), "say --co-occurrence too"),
        (("--rows", "phase", "--fold"), "--fold is about codes"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_the_way_out(
    terminal: Terminal, small_path: Path, words: tuple[str, ...], told: str
) -> None:
    terminal("add", small_path, "attribute", "years", "--type", "number")
    terminal("add", small_path, "value", "--of", "person", "Wren", "--attribute", "years", "--value", "4")
    if words[0] == "--rows":
        words = (*words, "--columns", "standing")
    assert told in terminal.refused(small_path, "compare", small_path, *words).replace('"', "'")


@pytest.mark.parametrize("words", [("--rows", "mood"), ("--co-occurrence", "paragraphs:x"), ("--only-here", "code")])
def test_word_that_is_none_of_those_there_are_is_wrong_usage(
    terminal: Terminal, small_path: Path, words: tuple[str, ...]
) -> None:
    assert terminal.run("compare", small_path, *words).status == 2
