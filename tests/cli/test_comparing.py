"""A comparison that is saved, asked again, and shown beside its snapshots at a terminal."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.terminal import Terminal

TITLE = "Protest by observer"
ASKED = ("--code", "Protest", "--save", TITLE)


@pytest.fixture
def saved(terminal: Terminal, small_path: Path) -> Path:
    """The small project with a saved comparison by Oda; afterwards one passage more is coded."""
    terminal("compare", small_path, *ASKED, "--as", "Oda")
    place = ("--source", "Plenary, Ilse", "--start", 0, "--end", 9)
    terminal("add", small_path, "coding", *place, "--code", "Protest", "--coder", "Oda")
    return small_path


def test_saving_writes_the_table_as_ever(terminal: Terminal, small_path: Path) -> None:
    plain = terminal("compare", small_path, "--code", "Protest").out
    said = terminal("compare", small_path, *ASKED)
    assert said.out.split("Project")[0] == plain.split("Project")[0]
    assert f"saved the comparison '{TITLE}'" in said.err
    (row,) = terminal.json("list", small_path, "comparisons")
    assert (row["title"], row["rows"], row["columns"], row["measure"], row["filters"], row["snapshots"]) == (
        TITLE, "code", "observer", "passages", {"code": ["Protest"]}, 1,
    )  # fmt: skip


def test_totals_are_told_if_asked_for(terminal: Terminal, small_path: Path) -> None:
    assert terminal.json("compare", small_path)["totals"] is None
    totals = terminal.json("compare", small_path, "--totals")["totals"]
    assert (totals["columns"], totals["whole"]) == ([5, 1, 1], 7)
    assert totals["column_states"] == ["coded"] * 3
    assert "\nTotal " in terminal("compare", small_path, "--totals").out
    whom = terminal.json("compare", small_path, "--who-codes-whom", "--totals")["totals"]
    assert (whom["passages"]["observers"], whom["passages"]["whole"]) == ([5, 1, 1], 7)
    assert "all observers" in terminal("compare", small_path, "--who-codes-whom", "--totals").out.lower()


def test_saved_comparison_is_recomputed_beside_its_snapshots(terminal: Terminal, saved: Path) -> None:
    told = terminal.json("compare", saved, "--saved", TITLE)
    assert told["now"]["cells"] == [[4, 1, 0]]
    (snapshot,) = told["snapshots"]
    assert (snapshot["cells"], snapshot["taken_by"], snapshot["columns"]) == (
        [[4, 0, 0]], "Oda", ["Wren", "Ilse", "Bashir"],
    )  # fmt: skip
    assert snapshot["differences"] == [{"row": "Protest", "column": "Ilse", "then": 0, "now": 1}]
    assert "1 cell differs.\n  Protest, Ilse: 0, now 1\n" in terminal("compare", saved, "--saved", TITLE).out


def test_snapshot_is_taken_anew_and_read_with_the_names_of_today(terminal: Terminal, saved: Path) -> None:
    terminal("compare", saved, "--saved", TITLE, "--snapshot")
    terminal("change", saved, "person", "Ilse", "--set", "name=Ilsebill")
    newest, oldest = terminal.json("compare", saved, "--saved", TITLE)["snapshots"]
    assert (newest["differences"], newest["cells"]) == ([], [[4, 1, 0]])
    assert oldest["columns"] == ["Wren", "Ilsebill", "Bashir"]
    assert "the same as now" in terminal("compare", saved, "--saved", TITLE).out


def test_what_speaks_against_it_is_told_with_it(terminal: Terminal, saved: Path) -> None:
    coding = terminal.json("list", saved, "codings", "--code", "Protest")[0]["id"]
    terminal.made("add", saved, "counter-example", "--comparison", TITLE, "--coding", coding, "--why", "She laughs.")
    told = terminal.json("compare", saved, "--saved", TITLE)
    assert [(one["coding"], one["why"]) for one in told["counter_examples"]] == [(coding, "She laughs.")]
    assert ": She laughs.\n" in terminal("compare", saved, "--saved", TITLE).out


@pytest.mark.parametrize("rows", ["observer", "standing", "source", "event", "session", "phase", "group", "actor",
                                  "stance", "term", "coder"])  # fmt: skip
def test_table_of_any_rows_comes_back_with_its_own_names(terminal: Terminal, small_path: Path, rows: str) -> None:
    now = terminal.json("compare", small_path, "--rows", rows, "--columns", "code", "--save", "Any")
    (snapshot,) = terminal.json("compare", small_path, "--saved", "Any")["snapshots"]
    assert snapshot["rows"] == now["rows"]
    assert (snapshot["cells"], snapshot["states"], snapshot["differences"]) == (now["cells"], now["states"], [])


def test_what_was_removed_since_says_so(terminal: Terminal, small_path: Path) -> None:
    terminal("compare", small_path, "--save", "All")
    terminal("remove", small_path, "code", "Sense-making")
    (snapshot,) = terminal.json("compare", small_path, "--saved", "All")["snapshots"]
    assert "(no longer in the project)" in snapshot["rows"]


@pytest.mark.parametrize(
    "words",
    [
        ("--who-codes-whom",),
        ("--only-here", "observer"),
        ("--only-here", "standing", "--fold"),
        ("--co-occurrence",),
        ("--co-occurrence", "paragraphs:2", "--same-coder", "--fold", "Collaboration"),
        ("--co-occurrence", "session"),
    ],
    ids=" ".join,
)
def test_whatever_is_compared_is_saved_asked_again_and_told_apart_from_its_snapshot(
    terminal: Terminal, small_path: Path, words: tuple[str, ...]
) -> None:
    plain = terminal.json("compare", small_path, *words)
    terminal("compare", small_path, *words, "--save", "It", "--as", "Oda")
    again = terminal.json("compare", small_path, "--saved", "It")
    assert timeless(again["now"]) == timeless(plain)
    assert [one["differences"] for one in again["snapshots"]] == [[]]
    place = ("--source", "Plenary, Ilse", "--start", 0, "--end", 9)
    terminal("add", small_path, "coding", *place, "--code", "Protest", "--coder", "Oda")
    for code in ("Protest", "Sense-making"):
        place = ("--source", "Corridor, Bashir", "--start", 0, "--end", 9)
        terminal("add", small_path, "coding", *place, "--code", code, "--coder", "Oda")
    later = terminal.json("compare", small_path, "--saved", "It")
    assert timeless(later["now"]) == timeless(terminal.json("compare", small_path, *words)) != timeless(plain)
    told = terminal("compare", small_path, "--saved", "It").out
    (snapshot,) = later["snapshots"]
    assert snapshot["differences"]
    assert f"{snapshot['differences'][0]['row']}, {snapshot['differences'][0]['column']}: " in told


def timeless(table: dict[str, Any]) -> dict[str, Any]:
    """A table without the minute in which it was made."""
    return {**table, "caption": table["caption"].rpartition("Project ")[0]}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--saved", TITLE, "--who-codes-whom"), "leave out --who-codes-whom"),
        (("--saved", TITLE, "--fold"), "leave out --fold"),
        (("--saved", "Nothing"), "no comparison called"),
        (("--saved", TITLE, "--rows", "code"), "leave out --rows"),
        (("--saved", TITLE, "--coder", "Oda"), "leave out --coder"),
        (("--saved", TITLE, "--save", "Other"), "leave out --save"),
        (("--snapshot",), "name it with --saved"),
        (("--save", TITLE), "choose another title"),
        (("--rows", "code", "--columns", "code", "--save", "Other"), "choose two that differ"),
    ],
)
def test_what_cannot_be_asked_is_refused(terminal: Terminal, saved: Path, words: tuple[str, ...], told: str) -> None:
    assert told in terminal.refused(saved, "compare", saved, *words)
