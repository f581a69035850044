"""Who contests a term, at the terminal: as letters, as JSON, and in every kind of file, opened again."""

import csv
import io
from pathlib import Path

import docx
import openpyxl
import pytest

from polyvocal.services.commands.codings import StanceDraft, add_coding
from polyvocal.store.file import Mode, open_project
from tests.cli.terminal import Terminal

HOSTILE = "=1+1|`#*_[x](y)</td><script>alert(1)</script>"


def test_strip_is_told_row_by_row_in_letters(terminal: Terminal, small_path: Path) -> None:
    said = terminal("compare", small_path, "--contest", "Whose time is paid")
    assert said.out.startswith("Stances on “Whose time is paid”\n\nLay panel\n  Lay panel\n    Plenary, during")
    (affirmed,) = [line for line in said.out.splitlines() if "Corridor, during" in line]
    assert affirmed.split()[-1] == "a"
    assert "g generates, a affirms, c contests" in said.out
    assert "2 passages, as read by Oda (2)." in said.out.replace("\n", " ")


def test_rows_may_be_terms_and_filters_hold_a_coder(terminal: Terminal, small_path: Path) -> None:
    said = terminal("compare", small_path, "--contest", "--rows", "term", "--coder", "Oda")
    assert "\n  Whose time is paid\n" in said.out
    assert "Only coder: Oda." in said.out.replace("\n", " ")
    none = terminal("compare", small_path, "--contest", "--coder", "Wren")
    assert none.out.startswith("No such stance is coded.")


def test_json_has_the_marks_of_each_cell_with_their_words(terminal: Terminal, small_path: Path) -> None:
    found = terminal.json("compare", small_path, "--contest")
    assert found["rows"] == [
        {"group": "Lay panel", "name": "Lay panel"},
        {"group": "Ward teams / Ward 4", "name": "Ward 4"},
    ]
    assert [one["session"] for one in found["columns"]][:2] == ["Plenary", "Corridor"]
    cell = found["cells"][0]
    assert cell["counts"] == [0, 0, 1]
    (mark,) = cell["marks"]
    assert mark["text"] == "“Who is paid to be here?” asks a woman of the lay panel."
    assert (mark["coder"], mark["observers"]) == ("Oda", ["Wren"])
    assert mark["stances"] == [
        {"actor": "Lay panel", "stance": "contests", "term": "Whose time is paid", "toward": "Ward teams"}
    ]
    assert isinstance(mark["coding"], str)


def test_rows_that_are_no_actors_and_columns_are_refused(terminal: Terminal, small_path: Path) -> None:
    said = terminal.run("compare", small_path, "--contest", "--rows", "code")
    assert said.status == 1
    assert "--rows actor, group or term" in said.err
    said = terminal.run("compare", small_path, "--contest", "--columns", "session")
    assert "phases and sessions as columns" in said.err
    said = terminal.run("compare", small_path, "--contest", "Whose time is payed")
    assert "Whose time is paid" in said.err


@pytest.mark.parametrize("ending", [".csv", ".md", ".docx", ".xlsx", ".html"])
def test_every_kind_of_file_has_numbers_words_and_caption(terminal: Terminal, small_path: Path, ending: str) -> None:
    path = small_path.with_name(f"stances{ending}")
    terminal("compare", small_path, "--contest", "Whose time is paid", "--out", path)
    for words in (
        "Lay panel contests Whose time is paid, toward Ward teams",
        "asks a woman of the lay panel",
        "Collaboration / Whose time",
        "as read by Oda (2)",
        "我们的时间不算数",
    ):
        assert words in told(path)
    said = terminal.run("compare", small_path, "--contest", "--out", path)
    assert "exists already" in said.err


def told(path: Path) -> str:
    """Everything that a file says."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        assert book.sheetnames == ["Stances", "Passages", "About"]
        assert [cell.value for cell in book["Stances"][2]][-3:] == [0, 0, 1]
        return "\n".join(str(cell.value) for sheet in book for row in sheet.rows for cell in row)
    if path.suffix == ".docx":
        document = docx.Document(str(path))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(one.text for one in document.paragraphs), *cells])
    return path.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("ending", [".csv", ".md", ".docx", ".xlsx", ".html"])
def test_hostile_names_do_no_harm(terminal: Terminal, small_path: Path, ending: str) -> None:
    with open_project(small_path, Mode.WRITE) as file:
        draft = StanceDraft(HOSTILE, "=cmd|' /C calc'!A0", HOSTILE)  # type: ignore[arg-type]
        add_coding(file, source="On the train", start=0, end=9, code="Protest", coder="Wren", stance=draft)
    path = small_path.with_name(f"stances{ending}")
    terminal("compare", small_path, "--contest", "--out", path)
    text = told(path) if ending != ".xlsx" else ""
    if ending == ".html":
        assert "<script" not in text
    if ending == ".csv":
        rows = list(csv.reader(io.StringIO(text)))
        assert {len(row) for row in rows} == {len(rows[0])}
        assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)
    if ending == ".xlsx":
        assert all(
            cell.data_type != "f" for sheet in openpyxl.load_workbook(path) for row in sheet.rows for cell in row
        )
