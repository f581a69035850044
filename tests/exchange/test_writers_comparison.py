"""Comparisons in each of their forms say what an empty cell means."""

import csv
import io
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from polyvocal.domain.words import CellState
from polyvocal.exchange.writers import export_comparison, render_comparison
from polyvocal.exchange.writers.comparison_table import MEANINGS, comparison_laid_out
from polyvocal.exchange.writers.comparison_terminal import MARKS
from polyvocal.exchange.writers.formats.characters import display_width
from polyvocal.services.analysis.compare import Comparison, Dimension, Measure, TotalsTold
from tests.exchange.codebook_fixtures import HOSTILE
from tests.exchange.comparison_fixtures import CAPTION, by_observer, by_phase, head, with_totals
from tests.exchange.test_writers_codebook import page_of

EMPTY = [state.value for state in CellState if state is not CellState.CODED]
NAMING = ["Putting a name to it", 1234, *EMPTY]


def rows_of(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def in_word(comparison: Comparison, folder: Path) -> Any:
    export_comparison(comparison, folder / "table.docx")
    return docx.Document(str(folder / "table.docx"))


def test_every_empty_state_has_a_meaning_and_a_mark() -> None:
    assert set(MEANINGS) == set(MARKS) == set(EMPTY)


def test_csv_has_heads_cells_legend_and_caption(tmp_path: Path) -> None:
    export_comparison(by_observer(), tmp_path / "table.csv")
    header, *rows = rows_of(tmp_path / "table.csv")
    assert header == ["part", "Code", "Ines Okafor", "محمود", "李娜", "Olive", "Pat", "Quin", "Rae"]
    heads = {row[1]: row[2:4] for row in rows if row[0] == "observer"}
    assert heads == {
        "Standing": ["ethnographer", "ethnographer"],
        "Accounts": ["3", "3"],
        "Words": ["12000", "300"],
        "Words read": ["9000", "9000"],
        "Sessions attended": ["4", "1"],
        "Coded by": ["Bea, Ines Okafor", "nobody"],
        "Self-coded": ["0.25", "nothing coded"],
    }
    assert next(row[1:] for row in rows if row[0] == "cells") == [str(one) for one in NAMING]
    assert [row[0] for row in rows].count("legend") == len(EMPTY)
    assert [row[1] for row in rows if row[0] == "caption"] == [CAPTION]
    assert {len(row) for row in rows} == {len(header)}


def test_workbook_has_numbers_as_numbers_and_states_in_words(tmp_path: Path) -> None:
    export_comparison(by_observer(), tmp_path / "table.xlsx")
    book = openpyxl.load_workbook(tmp_path / "table.xlsx")
    rows = [[cell.value for cell in row] for row in book["Comparison"].iter_rows()]
    assert NAMING in rows
    assert ["Words", 12000, 300, 600, 900, 1200, 1500, 1800] in rows
    assert book["Comparison"].freeze_panes == "B2"
    assert all(cell.font.bold for cell in book["Comparison"][1])
    about = {row[0].value: row[1].value for row in book["About"].iter_rows()}
    assert about["Caption"] == CAPTION
    assert about["Only phase"] == "during"
    assert set(EMPTY) <= set(about)


def test_workbook_shares_are_numbers_shown_as_percentages(tmp_path: Path) -> None:
    shares = by_phase(measure=Measure.SHARE, cells=((0.125, None), (0.0, 1.0)))
    export_comparison(shares, tmp_path / "table.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "table.xlsx")["Comparison"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        ["One", 0.125, "nothing read"],
        ["Two", 0, 1],
    ]
    assert sheet["B2"].number_format == "0.0%"


def test_word_table_has_heads_states_caption_and_legend(tmp_path: Path) -> None:
    document = in_word(by_observer(), tmp_path)
    (table,) = document.tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert ["Putting a name to it", "1,234", *EMPTY] in rows
    assert rows[7][:3] == ["Self-coded", "25.0%", "nothing coded"]
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert CAPTION in texts
    assert all(any(text.startswith(f"{state}: ") for text in texts) for state in EMPTY)


def test_word_table_of_many_columns_is_several_tables(tmp_path: Path) -> None:
    columns = tuple(f"Source {number}" for number in range(70))
    wide = by_phase(
        columns=columns, column_dimension=Dimension.SOURCE, cells=((1,) * 70,) * 2, states=(("coded",) * 70,) * 2
    )
    tables = in_word(wide, tmp_path).tables
    assert [cell.text for table in tables for cell in table.rows[0].cells[1:]] == list(columns)
    assert all(sum(column.width for column in table.columns) < 25 * 360_000 for table in tables)


def test_name_with_a_hyphen_stays_as_it_is() -> None:
    columns = ("Jean-Luc", "Rae")
    heads = tuple(head(one, standing="research-team") for one in columns)
    one = by_phase(columns=columns, heads=heads, columns_have_heads=True, column_dimension=Dimension.OBSERVER)
    layout = comparison_laid_out(one)
    assert layout.header == columns
    assert layout.notes[0].startswith("Jean-Luc: coded by")
    assert layout.lines[0].values == ("research team", "research team")


def test_excel_sheet_is_of_one_face_and_prints_on_the_width_of_a_page(tmp_path: Path) -> None:
    export_comparison(by_observer(), tmp_path / "table.xlsx")
    book = openpyxl.load_workbook(tmp_path / "table.xlsx")
    for sheet in book.worksheets:
        faces = {(cell.font.name, cell.font.size) for row in sheet.iter_rows() for cell in row}
        assert faces == {("Calibri", 11)}
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
        setup = sheet.sheet_properties.pageSetUpPr
        assert setup is not None
        assert setup.fitToPage
        assert sheet.print_title_rows == "$1:$1"


def test_word_table_breaks_no_word_of_a_column(tmp_path: Path) -> None:
    columns = ("ethnographer", "research-team", "lay-panel", "other")
    counted = {"cells": ((1,) * 4,) * 2, "states": (("coded",) * 4,) * 2, "column_dimension": Dimension.STANDING}
    heads = tuple(head(one, standing=None) for one in columns)
    (table,) = in_word(by_phase(columns=columns, heads=heads, columns_have_heads=True, **counted), tmp_path).tables
    assert [cell.text for cell in table.rows[0].cells[1:]] == ["ethnographer", "research team", "lay panel", "other"]
    assert min(column.width for column in list(table.columns)[1:]) >= len("ethnographer") * 6 * 12_700  # points, in EMU
    assert "Standing" not in [row.cells[0].text for row in table.rows]


def test_markdown_table_has_states_and_caption(tmp_path: Path) -> None:
    export_comparison(by_observer(), tmp_path / "table.md")
    text = (tmp_path / "table.md").read_text("utf-8")
    assert f"| Putting a name to it | 1,234 | {' | '.join(EMPTY)} |\n" in text
    assert CAPTION in text


def test_page_table_has_states_heads_and_caption(tmp_path: Path) -> None:
    export_comparison(by_observer(), tmp_path / "table.html")
    page = page_of(tmp_path / "table.html")
    assert [text for text in page.text if text in ("Words", "Coded by", "Self-coded")] == [
        "Words",
        "Coded by",
        "Self-coded",
    ]
    assert CAPTION in page.text
    assert sum(attributes.get("class") == "state" for tag, attributes in page.elements if tag == "td") > len(EMPTY)


TOTALS = ["1235", *EMPTY, "1235"]


def test_totals_are_written_beside_and_below_in_every_form(tmp_path: Path) -> None:
    comparison = with_totals()
    for ending in (".csv", ".xlsx", ".md", ".html"):
        export_comparison(comparison, tmp_path / f"table{ending}")
    header, *rows = rows_of(tmp_path / "table.csv")
    assert header[-1] == "Total"
    assert [row[1:] for row in rows if row[0] == "total"] == [["Total", *TOTALS]]
    assert [row[-1] for row in rows if row[0] == "cells"] == ["1234", "2", "none coded"]
    assert {row[-1] for row in rows if row[0] == "observer"} == {""}
    assert any(row[1].startswith("none coded: ") for row in rows if row[0] == "legend")
    sheet = openpyxl.load_workbook(tmp_path / "table.xlsx")["Comparison"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()][-1] == ["Total", 1235, *EMPTY, 1235]
    (table,) = in_word(comparison, tmp_path).tables
    total = table.rows[-1].cells
    assert [cell.text for cell in total] == ["Total", "1,235", *EMPTY, "1,235"]
    assert total[0].paragraphs[0].runs[0].style.name == "Strong"
    assert f"| Total | 1,235 | {' | '.join(EMPTY)} | 1,235 |\n" in (tmp_path / "table.md").read_text("utf-8")
    assert page_of(tmp_path / "table.html").text.count("Total") == 2
    told = render_comparison(comparison)
    assert "\nTotal " in told
    assert "none coded   nothing is coded in this row or column" in told


def test_nothing_of_a_standing_is_a_plain_zero(tmp_path: Path) -> None:
    comparison = by_phase(
        columns=("ethnographer", "other"),
        column_dimension=Dimension.STANDING,
        heads=(head("ethnographer"), head("other")),
        columns_have_heads=True,
        totals=TotalsTold((3, 5), (3, 5), 8, ("coded",) * 2, ("coded",) * 2, "coded"),
    )
    export_comparison(comparison, tmp_path / "table.csv")
    rows = rows_of(tmp_path / "table.csv")
    assert [row[2:] for row in rows if row[0] == "cells"] == [["3", "0", "3"], ["0", "5", "5"]]


def test_total_stands_before_the_heads_of_observers_as_rows(tmp_path: Path) -> None:
    turned = by_phase(
        rows=("Ines Okafor", "Olive"),
        row_dimension=Dimension.OBSERVER,
        heads=(head("Ines Okafor"), head("Olive")),
        totals=TotalsTold((3, 5), (3, 5), 8, ("coded",) * 2, ("coded",) * 2, "coded"),
    )
    export_comparison(turned, tmp_path / "table.csv")
    header, ines, olive, total = rows_of(tmp_path / "table.csv")[:4]
    assert header[1:6] == ["Observer", "before", "during", "Total", "Standing"]
    assert [line[4] for line in (ines, olive, total)] == ["3", "5", "8"]
    assert total[1:] == ["Total", "3", "5", "8", *[""] * 7]


def test_observers_as_rows_have_their_heads_beside_them(tmp_path: Path) -> None:
    turned = by_phase(
        rows=("Ines Okafor", "Olive"),
        row_dimension=Dimension.OBSERVER,
        states=(("coded", EMPTY[0]), (EMPTY[1], EMPTY[1])),
        cells=((3, 0), (0, 0)),
        heads=(head("Ines Okafor"), head("Olive", coders=(), self_coded=None)),
    )
    export_comparison(turned, tmp_path / "table.csv")
    header, ines, olive = rows_of(tmp_path / "table.csv")[:3]
    assert header[1:5] == ["Observer", "before", "during", "Standing"]
    assert ines[1:5] == ["Ines Okafor", "3", EMPTY[0], "ethnographer"]
    assert olive[-2:] == ["nobody", "nothing coded"]


@pytest.mark.parametrize("ending", [".csv", ".md", ".docx", ".xlsx", ".html"])
def test_comparison_of_nothing_is_written_in_every_form(ending: str, tmp_path: Path) -> None:
    nothing = by_phase(rows=(), columns=(), cells=(), states=())
    export_comparison(nothing, tmp_path / f"table{ending}")
    assert (tmp_path / f"table{ending}").stat().st_size > 0


@pytest.mark.parametrize("ending", [".csv", ".md", ".docx", ".xlsx", ".html"])
def test_hostile_names_are_written_in_every_form(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"table{ending}"
    export_comparison(by_phase(rows=(HOSTILE, "Two"), columns=(HOSTILE, "x"), caption=HOSTILE), path)
    if ending == ".csv":
        assert rows_of(path)[1][1].startswith("'=HYPERLINK")
    elif ending == ".xlsx":
        cells = [cell for row in openpyxl.load_workbook(path)["Comparison"].iter_rows() for cell in row]
        assert {cell.data_type for cell in cells} == {"s", "n"}
    elif ending == ".html":
        assert "script" not in {tag for tag, _ in page_of(path).elements}
    elif ending == ".docx":
        assert docx.Document(str(path)).tables[0].rows[1].cells[0].text.endswith("</script>")
    else:
        assert "<script>" not in path.read_text("utf-8").replace("\\<script\\>", "")


def test_terminal_table_is_aligned_in_every_script() -> None:
    told = render_comparison(by_observer())
    blocks = told.split("\n\n")
    for block in blocks[:2]:
        lines = block.splitlines()
        assert len({display_width(line) for line in lines}) == 1
    assert all(display_width(line) <= 100 for line in told.splitlines())


def test_terminal_table_marks_states_and_explains_them() -> None:
    told = render_comparison(by_observer())
    naming = next(line for line in told.splitlines() if line.startswith("Putting a name to it"))
    assert naming.split()[-6:] == ["it", "1,234", "-", "unread", "present", "elsewhere"]
    assert "read, not so coded: the observer's accounts" in told
    assert "Ines Okafor: coded by Bea, Ines Okafor" in told
    assert " ".join(told.split()).endswith(CAPTION)


def test_terminal_code_named_like_a_head_is_shown() -> None:
    told = render_comparison(by_phase(rows=("Coded by", "Two")))
    assert any(line.split() == ["Coded", "by", "3", "0"] for line in told.splitlines())


def test_terminal_is_not_moved_by_names() -> None:
    told = render_comparison(by_phase(rows=("\x1b[2Jgone\nnext\u202e", "Two"), caption="\x07" + "字" * 120))
    assert not {"\x1b", "\x07", "\u202e"} & set(told)
    assert all(display_width(line) <= 100 for line in told.splitlines())
    assert told.count("字") == 120


def test_terminal_comparison_of_nothing_says_so() -> None:
    assert "nothing to compare" in render_comparison(by_phase(rows=(), cells=(), states=()))
