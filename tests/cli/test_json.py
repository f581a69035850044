"""The shapes of --json: what COMMANDS.md promises to scripts."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from polyvocal.cli import looking
from polyvocal.domain.records import Concern
from polyvocal.domain.words import CellState
from polyvocal.store.file import open_project
from tests.cli.terminal import Terminal

CODING_KEYS = {
    "id", "source", "source_title", "start", "end", "text", "code", "coder", "observers", "standing", "event",
    "session", "phase", "concerns", "stances", "created_at",
}  # fmt: skip

ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+\d\d:\d\d")


def numbers_in(value: Any) -> list[int]:
    """Every whole number of a document."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [number for one in value for number in numbers_in(one)]
    return [value] if isinstance(value, int) and not isinstance(value, bool) else []


def keys_in(value: Any) -> set[str]:
    """Every key of a document."""
    if isinstance(value, dict):
        return set(value) | {key for one in value.values() for key in keys_in(one)}
    return {key for one in value for key in keys_in(one)} if isinstance(value, list) else set()


def documents(terminal: Terminal, path: Path) -> list[Any]:
    """The JSON of every command that reads, and of one thing of each kind."""
    place = ("--source", "Plenary, Wren", "--start", "0", "--end", "9")
    terminal("add", path, "stretch", *place, "--session", "Corridor")
    terminal("add", path, "layer", *place, "--layer", "aside")
    terminal("add", path, "time-mark", *place, "--clock", "10:45")
    added = ("--words", "She rang.", "--observer", "Wren", "--dated", "2024-06-03")
    terminal("add", path, "addition", "--source", "Plenary, Wren", *added)
    terminal("add", path, "attribute", "Age", "--type", "number")
    terminal("add", path, "value", "--of", "person", "Wren", "--attribute", "Age", "--value", "41")
    terminal("add", path, "moment", "The question", "--session", "Plenary", "--passage", "Plenary, Wren", "0", "9")
    differ = ("--passage", "Plenary, Wren", "0", "9", "--passage", "Plenary, Ilse", "0", "9")
    terminal("add", path, "divergence", "Asked?", "--kind", "meaning", "--moment", "The question", *differ)
    terminal("compare", path, "--save", "All")
    found = [terminal.json(word, path) for word in ("info", "history", "check", "compare")]
    found.append(terminal.json("search", path, "panel"))
    found.append(terminal.json("compare", path, "--saved", "All"))
    for kind in looking.LISTABLE:
        rows = terminal.json("list", path, kind)
        found.append(rows)
        found.append(terminal.json("show", path, kind, rows[0]["id"]))
    return found


def test_ids_are_strings_everywhere(terminal: Terminal, small_path: Path) -> None:
    for document in documents(terminal, small_path):
        assert all(number < 1 << 40 for number in numbers_in(document))
        if isinstance(document, list):
            assert all(isinstance(row.get("id", row.get("operation")), str) for row in document)


def test_ids_of_other_things_are_strings(terminal: Terminal, small_path: Path) -> None:
    codes = terminal.json("list", small_path, "codes")
    assert {code["parent"] for code in codes} == {None, codes[0]["id"]}
    memos = terminal.json("list", small_path, "memos")
    assert memos[0]["about"] == terminal.json("show", small_path, "code", "Protest")["id"]
    codings = {one["id"] for one in terminal.json("list", small_path, "codings")}
    assert {one["coding"] for one in terminal.json("list", small_path, "stances")} <= codings
    note = terminal.json("show", small_path, "source", "On the train")["id"]
    made = terminal.json(
        "import", small_path, "-", "--kind", "jottings", "--note", "On the train", stdin=b"Late. Applause?"
    )
    assert terminal.json("show", small_path, "source", made["created"][0])["note"] == note
    terminal("undo", small_path)
    turn = terminal.json("history", small_path)[0]
    assert turn["kind"] == "undo"
    assert isinstance(turn["about"], str)


def test_part_of_a_coding_is_shown_with_ids_as_strings(terminal: Terminal, small_path: Path) -> None:
    coding = next(one for one in terminal.json("list", small_path, "codings") if one["concerns"])
    with open_project(small_path) as project, project.view() as view:
        concerns = view.all(Concern)
    for concern in concerns:
        shown = terminal.json("show", small_path, "concern", concern.id)
        assert not numbers_in(shown)
    assert coding["id"] in {terminal.json("show", small_path, "concern", one.id)["coding"] for one in concerns}


def test_keys_are_in_snake_case(terminal: Terminal, small_path: Path) -> None:
    for document in documents(terminal, small_path):
        assert [key for key in keys_in(document) if not re.fullmatch("[a-z]+(_[a-z]+)*", key)] == []


def test_coding_in_a_list_has_what_is_promised(terminal: Terminal, small_path: Path) -> None:
    codings = terminal.json("list", small_path, "codings")
    assert len(codings) == 7
    for coding in codings:
        assert coding.keys() >= CODING_KEYS
        assert isinstance(coding["observers"], list)
        assert isinstance(coding["concerns"], list)
        assert isinstance(coding["stances"], list)
        assert ISO.fullmatch(coding["created_at"])
    (taken,) = next(one["stances"] for one in codings if one["concerns"] == ["Lay panel"])
    assert taken == {
        "actor": "Lay panel",
        "stance": "contests",
        "term": "Whose time is paid",
        "toward": "Ward teams",
    }
    whole = {one["code"] for one in codings}
    assert whole == {"Whose time", "Protest", "Who decides"}


def test_quick_json_of_a_coding_says_what_the_slow_one_does(terminal: Terminal, small_path: Path) -> None:
    for coding in terminal.json("list", small_path, "codings"):
        shown = terminal.json("show", small_path, "coding", coding["id"])
        assert shown.pop("memos", None) is None
        assert shown == coding


def test_offsets_count_code_points(terminal: Terminal, small_path: Path) -> None:
    for coding in terminal.json("list", small_path, "codings"):
        text = terminal.json("show", small_path, "source", coding["source"])["text"]
        assert text[coding["start"] : coding["end"]] == coding["text"]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (("code", "New"), "code"),
        (("person", "New", "--group", "Newer"), "person"),
        (("group", "New", "--within", "Newer"), "group"),
        (("event", "New", "--series", "Newer"), "event"),
        (("session", "New", "--event", "Newer"), "session"),
        (("presence", "--person", "New", "--session", "Plenary"), "presence"),
        (("term", "New"), "term"),
        (("memo", "New"), "memo"),
        (("reading", "--source", "On the train", "--coder", "Oda"), "reading"),
    ],
)
def test_change_tells_operation_created_and_warnings(
    terminal: Terminal, small_path: Path, words: tuple[str, ...], kind: str
) -> None:
    made = terminal.json("add", small_path, *words)
    assert made.keys() == {"operation", "created", "warnings"}
    assert isinstance(made["operation"], str)
    (identity,) = made["created"]
    assert terminal.json("show", small_path, kind, identity)["id"] == identity
    assert terminal.json("history", small_path)[0]["operation"] == made["operation"]


def test_change_that_changes_nothing_has_no_operation(terminal: Terminal, small_path: Path) -> None:
    said = terminal.json("change", small_path, "code", "Protest", "--set", "not_when=Somebody is merely bored")
    assert (said["operation"], said["created"]) == (None, [])
    assert said["warnings"] == ["nothing was changed: it is so already"]


def test_undo_and_redo_tell_what_they_are_about(terminal: Terminal, small_path: Path) -> None:
    made = terminal.json("add", small_path, "term", "Who speaks")
    undone = terminal.json("undo", small_path)
    assert (undone["about"], undone["created"], undone["warnings"]) == (made["operation"], [], [])
    redone = terminal.json("redo", small_path)
    assert redone["about"] == made["operation"]
    assert redone["operation"] != undone["operation"]


def test_new_project_tells_its_operation(terminal: Terminal, tmp_path: Path) -> None:
    made = terminal.json("new", tmp_path / "a.polyvocal", "--title", "A")
    assert made.keys() == {"operation", "created", "warnings"}
    assert terminal.json("history", tmp_path / "a.polyvocal")[0]["operation"] == made["operation"]


def test_ids_of_very_many_codings_are_all_told(terminal: Terminal, small_path: Path) -> None:
    line = {"source": "On the train", "start": 0, "end": 4, "code": "Protest", "coder": "Oda"}
    lines = (json.dumps(line) + "\n").encode() * 10_001
    made = terminal.json("add", small_path, "codings", "-", stdin=lines)
    there = {one["id"] for one in terminal.json("list", small_path, "codings", "--coder", "Oda")}
    assert len(made["created"]) == 10_001
    assert set(made["created"]) <= there


@pytest.mark.parametrize("measure", ["passages", "sources", "characters", "share"])
def test_comparison_is_rows_columns_cells_and_states(terminal: Terminal, small_path: Path, measure: str) -> None:
    table = terminal.json("compare", small_path, "--measure", measure, "--phase", "during", "--phase", "after")
    assert table.keys() >= {"rows", "columns", "cells", "states", "measure", "filters", "caption"}
    assert "Protest" in table["rows"]
    assert {"Wren", "Ilse", "Bashir"} <= set(table["columns"])
    assert [len(row) for row in table["cells"]] == [len(table["columns"])] * len(table["rows"])
    assert [len(row) for row in table["states"]] == [len(table["columns"])] * len(table["rows"])
    assert {state for row in table["states"] for state in row} <= set(CellState)
    assert table["measure"] == measure
    assert table["filters"] == {"phase": ["after", "during"]}
    assert "Oda" in table["caption"]
    row, column = table["rows"].index("Protest"), table["columns"].index("Wren")
    assert table["cells"][row][column] > 0
    assert table["states"][row][column] == CellState.CODED


def test_info_counts_what_is_there(terminal: Terminal, small_path: Path) -> None:
    info = terminal.json("info", small_path)
    assert (info["title"], info["approach"]) == ("Nine tables", "reflexive")
    assert (info["sources"], info["codings"], info["codes"], info["memos"]) == (4, 7, 5, 2)
    assert (info["observers"], info["groups"], info["stances"]) == (3, 3, 2)
    assert info["size"] == small_path.stat().st_size
    assert isinstance(info["schema"], int)
    assert ISO.fullmatch(info["created_at"])


def test_check_says_whole(terminal: Terminal, small_path: Path) -> None:
    assert terminal.json("check", small_path)["whole"] is True


def test_empty_list_is_an_empty_array(terminal: Terminal, project_path: Path) -> None:
    assert terminal("list", project_path, "codings", "--json").out.split() == ["[", "]"]


def test_listed_codings_can_be_added_elsewhere(terminal: Terminal, small_path: Path, tmp_path: Path) -> None:
    listed = terminal.json("list", small_path, "codings", "--code", "Who decides")
    lines = tmp_path / "codings.jsonl"
    lines.write_text("\n\n".join(json.dumps(one) for one in listed), "utf-8")
    assert len(terminal("add", small_path, "codings", lines).out.split()) == len(listed) == 1
