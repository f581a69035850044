"""Memos in each of their forms, opened again."""

from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import MemoId, SourceId
from polyvocal.domain.memos import About, WholeMemo
from polyvocal.domain.spans import Span
from polyvocal.domain.words import MemoKind
from polyvocal.exchange.writers import export_memos
from polyvocal.exchange.writers.formats.characters import set_apart
from tests.exchange.codebook_fixtures import ARABIC, HOSTILE

WRITTEN = 1_772_700_000_000_000
PASSAGE = About("passage", "Plenary", None, SourceId(4), "Plenary", Span(3, 9), "Nobody answers")
CODE = About("code", "Ways / Quiet", 7)
MEMOS = (
    WholeMemo(MemoId(1), MemoKind.CODE, "Quiet *why*", "One.\n\n# Two\nthree", "Oda", WRITTEN, CODE),
    WholeMemo(MemoId(2), MemoKind.REFLEXIVE, None, "=1+1", None, WRITTEN, PASSAGE),
    WholeMemo(MemoId(3), MemoKind.IN_PROCESS, None, ARABIC, "Oda", WRITTEN, About("free")),
)
BEGINS = f"In-process memo: {set_apart(ARABIC[:70].rpartition(' ')[0] + '…')}"
GOLDEN = f"""# A study

All memos.

## Quiet \\*why\\*

Code memo · Oda · 2026-03-05 08:40 · about the code Ways / Quiet

One.

\\# Two\\
three

## Reflexive memo: =1+1

2026-03-05 08:40 · about a passage of Plenary

\\=1+1

> Nobody answers

Plenary, 3-9

## {BEGINS}

Oda · 2026-03-05 08:40

{ARABIC}

"""


def export(path: Path, memos: tuple[WholeMemo, ...] = MEMOS) -> Path:
    export_memos(memos, path, title="A study", caption="All memos.")
    return path


def test_markdown_says_what_each_memo_is_and_takes_nothing_for_markup(tmp_path: Path) -> None:
    assert export(tmp_path / "memos.md").read_text("utf-8") == GOLDEN


def test_word_has_a_heading_for_each_memo_and_its_passage_as_a_quote(tmp_path: Path) -> None:
    document = docx.Document(str(export(tmp_path / "memos.docx")))
    said = [(one.style.name, one.text) for one in document.paragraphs if one.style]
    assert ("Report Title", "A study") in said
    headings = [text for style, text in said if style == "Heading 1"]
    assert headings == ["Quiet *why*", "Reflexive memo: =1+1", BEGINS]
    assert ("Quote", "Nobody answers") in said
    assert ("Quote Source", "Plenary, 3-9") in said
    assert ("Code Line", "Code memo · Oda · 2026-03-05 08:40 · about the code Ways / Quiet") in said
    at = said.index(("Heading 1", "Quiet *why*"))
    assert [text for _, text in said[at + 2 : at + 5]] == ["One.", "# Two", "three"]


def test_workbook_has_a_row_for_each_memo_and_its_texts_are_texts(tmp_path: Path) -> None:
    (sheet,) = load_workbook(export(tmp_path / "memos.xlsx")).worksheets
    head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert head == [
        "id", "kind", "title", "text", "about", "name", "source", "start", "end", "passage", "author", "written",
    ]  # fmt: skip
    assert rows[1][:10] == ["2", "reflexive", None, "=1+1", "passage", None, "Plenary", 3, 9, "Nobody answers"]
    assert rows[0][4:7] == ["code", "Ways / Quiet", None]
    assert [cell.data_type for cell in sheet["D"]] == ["s"] * 4


@pytest.mark.parametrize("ending", ["md", "docx", "xlsx"])
def test_nothing_that_people_write_breaks_a_form(tmp_path: Path, ending: str) -> None:
    about = About("coding", HOSTILE, 7, SourceId(4), HOSTILE, None, HOSTILE)
    path = export(
        tmp_path / f"memos.{ending}", (WholeMemo(MemoId(1), MemoKind.CODE, HOSTILE, HOSTILE, HOSTILE, 0, about),)
    )
    assert path.stat().st_size
    if ending == "docx":
        assert any("no longer in the current text" in one.text for one in docx.Document(str(path)).paragraphs)
    elif ending == "xlsx":
        assert load_workbook(path).worksheets[0].max_row == 2


@pytest.mark.parametrize("ending", ["md", "docx"])
def test_that_there_are_none_is_said(tmp_path: Path, ending: str) -> None:
    path = export(tmp_path / f"memos.{ending}", ())
    said = (
        path.read_text("utf-8")
        if ending == "md"
        else "\n".join(one.text for one in docx.Document(str(path)).paragraphs)
    )
    assert "No memo is meant by these filters." in said
    assert "Contents" not in said


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"\.docx, \.md or \.xlsx"):
        export(tmp_path / "memos.csv")
