"""Tables from .csv and .xlsx, as a header and rows of text."""

import csv
import tracemalloc
from datetime import date, datetime, time, timedelta
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from polyvocal.domain.errors import UserError
from polyvocal.exchange.readers import table as tables
from polyvocal.exchange.readers.table import Row, column_at, letters, read_table
from tests.exchange.workbooks import raw_workbook, saved, shared_texts, styles, workbook_of


def cells_of(content: str | bytes, name: str = "cases.csv") -> list[tuple[str, ...]]:
    """Header and rows."""
    table = read_table(content.encode() if isinstance(content, str) else content, name)
    return [table.header, *(row.cells for row in table.rows)]


# --- text -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_told_by_the_rows(delimiter: str) -> None:
    lines = [["person", "what, and; why"], ["Wren", "a|b\tc"], ["Ada", '1 "and" 2']]
    written = StringIO()
    csv.writer(written, delimiter=delimiter, lineterminator="\n").writerows(lines)
    table = read_table(written.getvalue().encode(), "cases.csv")
    assert table.delimiter == delimiter
    assert [list(table.header), *(list(row.cells) for row in table.rows)] == lines


def test_delimiter_that_the_file_or_the_caller_says_is_taken() -> None:
    assert cells_of("sep=;\r\nperson;a,b\r\nWren;1,2\r\n") == [("person", "a,b"), ("Wren", "1,2")]
    table = read_table(b"a,b;c\n1,2;3\n", "cases.csv", delimiter=";")
    assert table.header == ("a,b", "c")


def test_cell_may_hold_line_ends_and_row_numbers_count_rows() -> None:
    table = read_table(b'person,note\r\n"Wren","one\r\ntwo"\r\n\r\nAda,three\r\n', "cases.csv")
    assert table.rows == (Row(2, ("Wren", "one\r\ntwo")), Row(4, ("Ada", "three")))


def test_encoding_is_told_and_a_byte_order_mark_is_no_text() -> None:
    assert read_table("\ufeffname,größe\nA,1\n".encode(), "a.csv").header == ("name", "größe")
    guessed = read_table("name;größe\nWren of the lay panel;1\n".encode("cp1252"), "a.csv")
    assert (guessed.header, guessed.encoding) == (("name", "größe"), "windows-1252")
    assert [note.what for note in guessed.notes] == ["encoding"]
    assert read_table("name\tå\nA\t1\n".encode("utf-16"), "a.csv").header == ("name", "å")


def test_rows_of_other_widths_lose_nothing() -> None:
    assert cells_of("person,role\nWren,lay,extra\nAda\n") == [
        ("person", "role", "column C"),
        ("Wren", "lay", "extra"),
        ("Ada", "", ""),
    ]


def test_columns_without_anything_are_left_out_and_names_are_folded() -> None:
    assert cells_of("\n,,\n person  name ,,role\nWren,,lay\n") == [("person name", "role"), ("Wren", "lay")]


def test_formula_stays_text() -> None:
    assert cells_of("person,x\nWren,=cmd|' /C calc'!A0\n")[1] == ("Wren", "=cmd|' /C calc'!A0")


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"\r\n,,\r\n", "empty"),
        (b'person,role\nWren,"lay\n', "quotation mark"),
        (b'person,role\nWren,"lay" panel\n', "row 2"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1", "no text file"),
        (b"PK\x03\x04\n", "zip package"),
    ],
)
def test_text_that_is_no_table_is_refused(content: bytes, word: str) -> None:
    with pytest.raises(UserError, match=word):
        read_table(content, "cases.csv")


def test_other_endings_and_sheets_of_text_are_refused() -> None:
    with pytest.raises(UserError, match="save it as"):
        read_table(b"a,b\n", "cases.xls")
    with pytest.raises(UserError, match="no sheets"):
        read_table(b"a,b\n", "cases.csv", sheet="People")


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=3, max_size=3),
        min_size=2,
        max_size=6,
    ),
    st.sampled_from(",;\t|"),
)
def test_whatever_is_quoted_comes_back_to_the_character(rows: list[list[str]], delimiter: str) -> None:
    rows = [[f"{cell}." for cell in row] for row in rows]  # a cell of white space alone is as good as none
    written = StringIO(newline="")
    csv.writer(written, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    table = read_table(("\ufeff" + written.getvalue()).encode(), "cases.csv")
    assert table.header == tuple(" ".join(name.split()) for name in rows[0])
    assert [list(row.cells) for row in table.rows] == rows[1:]


@pytest.mark.parametrize(
    ("limit", "word"),
    [("TABLE_ROWS", "rows"), ("TABLE_COLUMNS", "columns"), ("TABLE_CELLS", "cells"), ("TABLE_CELL", "characters")],
)
def test_table_beyond_a_limit_is_refused(monkeypatch: pytest.MonkeyPatch, limit: str, word: str) -> None:
    content = b"person,role,age\nWren,lay,3\nAda,nurse,4\nBo,nurse,5\n"
    assert read_table(content, "cases.csv").rows
    monkeypatch.setattr(tables, limit, 2)
    with pytest.raises(UserError, match=word):
        read_table(content, "cases.csv")


def test_line_of_nothing_but_delimiters_is_refused_before_it_fills_the_memory() -> None:
    tracemalloc.start()
    try:
        with pytest.raises(UserError, match="columns"):
            read_table(b"," * 8_000_000, "cases.csv")
        assert tracemalloc.get_traced_memory()[1] < 40_000_000  # the cells alone would take 64 million
    finally:
        tracemalloc.stop()


# --- workbooks ------------------------------------------------------------------------------------------------------


def test_cells_of_a_workbook_come_as_people_see_them() -> None:
    at = datetime.fromisoformat("2024-05-14T10:45")
    rows: list[list[object]] = [
        ["person", "age", "joined", "seen", "wakes", "paid", "long", "share"],
        ["Wren", 3.0, date(2024, 5, 14), at, time(9, 30), True, timedelta(hours=30), 0.1],
        ["Ada", 0.1 + 0.2, date(1999, 1, 1), at.replace(second=7), time(0, 0, 1), False, None, 1e20],
    ]
    assert cells_of(workbook_of(rows), "cases.xlsx") == [
        tuple(map(str, rows[0])),
        ("Wren", "3", "2024-05-14", "2024-05-14T10:45", "09:30", "yes", "30:00:00", "0.1"),
        ("Ada", "0.3", "1999-01-01", "2024-05-14T10:45:07", "00:00:01", "no", "", "100000000000000000000"),
    ]


def test_formula_is_read_as_the_value_that_was_kept_and_told_where_there_is_none() -> None:
    kept = '<row><c t="str"><f>A1&amp;"x"</f><v>Wrenx</v></c><c><f>1+1</f><v>2</v></c><c><f>2+2</f></c></row>'
    table = read_table(raw_workbook(kept), "cases.xlsx")
    assert table.header == ("Wrenx", "2")
    assert [(note.what, note.how_many) for note in table.notes] == [("formula", 1)]


def test_number_that_is_too_large_for_a_computer_stays_as_it_is_written() -> None:
    assert cells_of(raw_workbook("<row><c><v>1E999</v></c><c><v>-1E999</v></c></row>"), "cases.xlsx") == [
        ("1E999", "-1E999")
    ]


def test_style_that_no_program_has_says_nothing() -> None:
    parts = styles(f'<cellXfs><xf numFmtId="{"9" * 5_000}"/><xf numFmtId="14"/></cellXfs>')
    sheet = '<row><c s="0"><v>45426</v></c><c s="1"><v>45426</v></c></row>'
    assert cells_of(raw_workbook(sheet, parts), "cases.xlsx") == [("45426", "2024-05-14")]


def test_text_that_looks_like_a_formula_stays_text() -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["person"])
    page.append(["=1+1"])
    page["A2"].data_type = "s"
    assert cells_of(saved(book), "cases.xlsx")[1] == ("=1+1",)


def test_texts_are_read_without_their_pronunciation_and_with_their_escapes() -> None:
    texts = (
        "<si><r><t>Wr</t></r><r><t>en</t></r><rPh sb='0' eb='1'><t>ren</t></rPh></si>"
        "<si><t xml:space='preserve'> a_x000A_b_x005F_x0041_ </t></si>"
    )
    sheet = '<row><c t="s"><v>0</v></c></row><row><c t="s"><v>1</v></c></row>'
    assert cells_of(raw_workbook(sheet, shared_texts(texts)), "cases.xlsx") == [("Wren",), (" a\nb_x0041_ ",)]


def test_sheet_is_the_first_visible_one_or_the_named_one() -> None:
    book = Workbook()
    hidden = book.active
    assert hidden is not None
    hidden.append(["secret"])
    hidden.title, hidden.sheet_state = "Notes", "hidden"
    for title in ("People", "Groups"):
        book.create_sheet(title).append([title])
    content = saved(book)
    first = read_table(content, "cases.xlsx")
    assert (first.header, first.sheet) == (("People",), "People")
    assert [note.detail for note in first.notes] == ["not read: Groups"]
    assert read_table(content, "cases.xlsx", sheet="groups").header == ("Groups",)
    with pytest.raises(UserError, match="'Notes', 'People', 'Groups'"):
        read_table(content, "cases.xlsx", sheet="Sheet9")


def test_rows_and_cells_that_the_file_leaves_out_are_empty() -> None:
    sheet = '<row r="2"><c r="B2"><v>7</v></c></row><row r="5"><c r="A5"><v>8</v></c><c r="C5"><v>9</v></c></row>'
    table = read_table(raw_workbook(sheet), "cases.xlsx")
    assert (table.header, table.rows) == (("column A", "7", "column C"), (Row(5, ("8", "", "9")),))


_DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"person,role\n", "no Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "password"),
        (raw_workbook("", head=_DOCTYPE), "document type"),
        (raw_workbook("<row><c r='A1'><v>1</v></c><c r='A1'><v>1</v></c></row>"), "damaged"),
        (raw_workbook("<row><c r='ZZZZZZZZ1'><v>1</v></c></row>"), "damaged"),
        (raw_workbook("<row r='99999999999'><c><v>1</v></c></row>"), "damaged"),
        (raw_workbook("<row><c t='s'><v>12</v></c></row>"), "damaged"),
        (raw_workbook("<row><c><v>1</v></row>"), "damaged"),
        (raw_workbook("<row/>", {"xl/workbook.xml": "<workbook/>"}), "no sheet"),
        (raw_workbook("<row/>", {"_rels/.rels": "<x/>"}), "no Excel workbook"),
        (raw_workbook("<row/>"), "empty"),
    ],
)
def test_workbook_that_is_none_or_broken_is_refused(content: bytes, word: str) -> None:
    with pytest.raises(UserError, match=word):
        read_table(content, "cases.xlsx")


def test_workbook_that_is_made_to_fill_the_memory_is_refused() -> None:
    bomb = raw_workbook("", shared_texts(f"<si><t>{'a' * (64 << 20)}</t></si>"))
    assert len(bomb) < 1 << 20
    with pytest.raises(UserError, match="grows more than"):
        read_table(bomb, "cases.xlsx")


@given(st.integers(0, 20_000))
def test_column_letters_lead_back_to_the_column(at: int) -> None:
    assert column_at(letters(at)) == at
    assert (letters(0), letters(25), letters(26)) == ("A", "Z", "AA")
