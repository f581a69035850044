"""Cases and attributes on the command line."""

from pathlib import Path

import pytest

from tests.cli.terminal import Terminal


@pytest.fixture
def aged(terminal: Terminal, small_path: Path) -> Path:
    """The small project with an attribute, of which one value is known."""
    terminal.made("add", small_path, "attribute", "Age", "--type", "number", "--unit", "years")
    terminal.made("add", small_path, "value", "--of", "person", "Wren", "--attribute", "age", "--value", "41.0")
    return small_path


def test_attribute_and_value_are_listed_shown_and_found(terminal: Terminal, aged: Path) -> None:
    (attribute,) = terminal.json("list", aged, "attributes")
    assert {key: attribute[key] for key in ("name", "type", "unit", "values", "of")} == {
        "name": "Age",
        "type": "number",
        "unit": "years",
        "values": 1,
        "of": ["people"],
    }
    (value,) = terminal.json("list", aged, "values")
    wren = terminal.json("show", aged, "person", "Wren")
    assert (value["kind"], value["case"], value["about"], value["value"]) == ("person", "Wren", wren["id"], "41")
    assert wren["attributes"] == {"Age": "41"}
    assert terminal.json("show", aged, "value", value["id"])["attribute"] == "Age"
    assert "Wren" in terminal("list", aged, "values").out
    (hit,) = terminal.json("search", aged, "41")
    assert (hit["kind"], hit["title"]) == ("person", "Wren")


def test_empty_value_clears_what_is_known(terminal: Terminal, aged: Path) -> None:
    said = terminal("add", aged, "value", "--of", "person", "Wren", "--attribute", "Age", "--value", "")
    assert (said.out, said.err) == ("", "set value: removed 1 attribute value\n")
    assert terminal.json("list", aged, "values") == []


def test_attribute_is_changed_and_removed_with_its_values(terminal: Terminal, aged: Path) -> None:
    told = terminal.refused(aged, "change", aged, "attribute", "Age", "--set", "type=date", "--set", "unit=")
    assert "'Wren': '41'" in told
    terminal("change", aged, "attribute", "Age", "--set", "name=Years")
    assert terminal("remove", aged, "attribute", "years").err.endswith(
        "removed 1 attribute, removed 1 attribute value\n"
    )
    terminal("undo", aged)
    assert [one["name"] for one in terminal.json("list", aged, "attributes")] == ["Years"]
    assert len(terminal.json("list", aged, "values")) == 1


def test_table_is_written_whole_or_not_at_all(terminal: Terminal, aged: Path, tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text("who;Age;Site;Junk\nWren;42;North;x\nRobin;soon;South;y\n", "utf-8")
    words = ("add", aged, "values", table, "--of", "people", "--without", "Junk")
    told = terminal.refused(aged, *words)
    assert "row 3: there is no person 'Robin'" in told
    told = terminal.refused(aged, *words, "--unknown", "make")
    assert "row 3, Age: 'soon' is no number" in told
    said = terminal(*words, "--unknown", "make", "--misfits", "leave-out")
    assert "left out: row 3, Age" in said.err
    assert "2 values new, 1 changed, 0 as they were; 1 attribute and 1 person made" in said.err
    known = [(one["case"], one["attribute"], one["value"]) for one in terminal.json("list", aged, "values")]
    assert known == [("Robin", "Site", "South"), ("Wren", "Age", "42"), ("Wren", "Site", "North")]
    terminal("undo", aged)
    assert len(terminal.json("list", aged, "values")) == 1


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_what_was_exported_is_imported_unchanged(terminal: Terminal, aged: Path, tmp_path: Path, ending: str) -> None:
    table = tmp_path / f"people{ending}"
    assert terminal("export", aged, "attributes", table, "--of", "people").out == f"{table}\n"
    said = terminal("add", aged, "values", table, "--of", "people")
    assert "0 values new, 0 changed, 1 as they were" in said.err


def test_words_that_mean_nothing_are_refused(terminal: Terminal, aged: Path, tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text("who,Age\nWren,42\n", "utf-8")
    words = ("add", aged, "values", table)
    assert "has no column 'Site', but 'Age'" in terminal.refused(aged, *words, "--of", "people", "--type", "Site=text")
    assert "COLUMN=TYPE" in terminal.refused(aged, *words, "--of", "people", "--type", "Age=long")
    assert "cases are people" in terminal.refused(aged, *words, "--of", "codes")
    assert "--of" in terminal.refused(aged, "export", aged, "attributes", tmp_path / "a.csv")
    assert "no file" in terminal.refused(aged, "add", aged, "values", tmp_path / "none.csv", "--of", "people")
