"""The codebook in each of its forms says what the report says, and is opened again to see it."""

import csv
import io
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from polyvocal.domain.words import CodeKind
from polyvocal.exchange.writers import export_codebook
from polyvocal.services.queries.codebook import CodebookReport
from tests.exchange.codebook_fixtures import (
    ARABIC,
    CHINESE,
    HOSTILE,
    LONG,
    MADE_AT,
    code,
    empty_report,
    entry,
    memo,
    quote,
    report,
    rich_report,
)

VISIBLE = "[31m|`# *_[link](x)</td><script>alert('1')</script>"
"""What is left of the hostile text's end."""


class Page(HTMLParser):
    """The text and the elements of a page; fails where tags do not match."""

    VOID = ("meta", "br")

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def page_of(path: Path) -> Page:
    page = Page()
    page.feed(path.read_text("utf-8"))
    assert page.open == []
    return page


def csv_of(path: Path) -> list[dict[str, str]]:
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def word(made: CodebookReport, folder: Path) -> Any:
    export_codebook(made, folder / "codes.docx")
    return docx.Document(str(folder / "codes.docx"))


def hostile_report() -> CodebookReport:
    bad = code(
        1, HOSTILE, definition=HOSTILE, use_when="=1+1", not_when="-2", example="@SUM(1)", colour='red"><script>'
    )
    return report(
        entry(bad, by_observer=[(HOSTILE, 1)], by_phase=[("during", 1)], quotes=[quote(HOSTILE, HOSTILE, source=HOSTILE)],
              memos=[memo(HOSTILE, title=HOSTILE, author=HOSTILE)]),
        entry(code(2, LONG, definition=LONG), 12),
        title=HOSTILE,
    )  # fmt: skip


ENDINGS = (".docx", ".xlsx", ".csv", ".md", ".html")


def test_word_headings_follow_the_tree(tmp_path: Path) -> None:
    made = rich_report()
    headings = [
        (paragraph.style.name, paragraph.text)
        for paragraph in word(made, tmp_path).paragraphs
        if paragraph.style.name.startswith("Heading")
    ]
    assert headings == [(f"Heading {one.depth + 1}", one.code.name) for one in made.entries]


def test_word_heading_deeper_than_nine_is_of_level_nine(tmp_path: Path) -> None:
    document = word(report(entry(code(1, "Deep"), 14)), tmp_path)
    assert [one.text for one in document.paragraphs if one.style.name == "Heading 9"] == ["Deep"]


def test_word_contents_are_a_field_that_is_updated_and_shows_the_codes_before(tmp_path: Path) -> None:
    made = rich_report()
    document = word(made, tmp_path)
    orders = [one.text.strip() for one in document.element.iter(qn("w:instrText"))]
    assert orders == ['TOC \\o "1-3" \\h \\z \\u']
    marks = [one.get(qn("w:fldCharType")) for one in document.element.iter(qn("w:fldChar"))]
    assert marks == ["begin", "separate", "end"]
    assert document.settings.element.find(qn("w:updateFields")).get(qn("w:val")) == "true"
    lines = [paragraph for paragraph in document.paragraphs if paragraph.style.name.startswith("toc ")]
    assert [line.hyperlinks[0].text for line in lines] == [one.code.name for one in made.entries]
    named = {one.get(qn("w:name")) for one in document.element.iter(qn("w:bookmarkStart"))}
    assert {one.get(qn("w:anchor")) for one in document.element.iter(qn("w:hyperlink"))} == named


def test_word_title_page_names_date_approach_and_coders(tmp_path: Path) -> None:
    document = word(rich_report(), tmp_path)
    facts = [paragraph.text.split("\t") for paragraph in document.paragraphs if paragraph.style.name == "Fact"]
    assert facts[:3] == [
        ["Date", "5 March 2026"],
        ["Approach", "reflexive"],
        ["Coders", "Bea, Ines Okafor, محمود"],
    ]
    assert [one.text for one in document.paragraphs if one.style.name == "Title"] == ["Learning together on the ward"]


def test_word_undeclared_approach_is_not_told(tmp_path: Path) -> None:
    document = word(report(entry(code(1, "One")), approach=None), tmp_path)
    assert not any(paragraph.text.startswith("Approach") for paragraph in document.paragraphs)


def test_word_properties_header_and_page_numbers_are_set(tmp_path: Path) -> None:
    document = word(rich_report(), tmp_path)
    properties = document.core_properties
    assert (properties.title, properties.author) == ("Learning together on the ward: codebook", "Polyvocal")
    assert properties.created == MADE_AT
    section = document.sections[0]
    assert section.header.paragraphs[0].text == "Learning together on the ward: codebook"
    assert "PAGE" in section.footer.paragraphs[0]._p.xml
    assert section.different_first_page_header_footer


def test_word_fields_quotes_and_memos_stand_below_their_code(tmp_path: Path) -> None:
    texts = [paragraph.text for paragraph in word(rich_report(), tmp_path).paragraphs]
    at = len(texts) - texts[::-1].index("Putting a name to it") - 1
    section = texts[at : texts.index("A word from outside", at)]
    assert "Code · 28 passages in 6 sources" in section[1]
    assert any(text.startswith("Use when\tsomebody gives a word") for text in section)
    assert any(text.startswith("Not when\tthe name was on the agenda") for text in section)
    assert any(text.startswith("Example\t“So what") for text in section)
    assert "李娜, Ines Okafor · no phase · 第一天 · 全体会议 · coded by Bea" in section
    assert section[section.index("Memos") + 1 :][:2] == [
        "Public or not · code memo by Bea, 5 March 2026",
        "Is naming always public? The train notes have a naming that was never said aloud.",
    ]


def test_word_kinds_and_retired_codes_are_named(tmp_path: Path) -> None:
    lines = [one.text for one in word(rich_report(), tmp_path).paragraphs if one.style.name == "Code Line"]
    assert lines[0].endswith("Theme · no passages")
    assert [("Retired" in line) for line in lines].count(True) == 1
    assert any("Category · 2 passages" in line for line in lines)


def test_word_counts_are_tables_by_observer_and_phase(tmp_path: Path) -> None:
    table = word(rich_report(), tmp_path).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Written by", "Passages", "", "Phase", "Passages"],
        ["Ines Okafor", "14", "", "before", "3"],
        ["محمود", "9", "", "during", "19"],
        ["李娜", "4", "", "after", "5"],
        ["no observer", "1", "", "no phase", "1"],
    ]


def test_word_tables_keep_together_with_what_stands_before(tmp_path: Path) -> None:
    for table in word(rich_report(), tmp_path).tables:
        rows = table._tbl.tr_lst
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
        kept = [
            all(one.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None for one in row.iter(qn("w:p")))
            for row in rows
        ]
        assert kept == [True] * (len(rows) - 1) + [False]
        before = table._tbl.getprevious()
        assert before.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None


def test_word_swatch_has_the_colour_of_the_code_in_a_frame(tmp_path: Path) -> None:
    fills = [one.get(qn("w:fill")) for one in word(rich_report(), tmp_path).element.iter(qn("w:shd"))]
    assert fills[:3] == ["2F6F9F", "D1495B", "FFFFFF"]


def test_word_right_to_left_text_is_set_so(tmp_path: Path) -> None:
    quotes = [one for one in word(rich_report(), tmp_path).paragraphs if one.style.name == "Quote"]
    arabic = next(one for one in quotes if one.text == ARABIC)
    assert arabic._p.pPr.find(qn("w:bidi")) is not None
    assert arabic.runs[0].font.rtl
    chinese = next(one for one in quotes if one.text == CHINESE)
    assert chinese._p.pPr.find(qn("w:bidi")) is None


def test_word_code_without_anything_is_two_lines(tmp_path: Path) -> None:
    document = word(report(entry(code(1, "Bare"))), tmp_path)
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert [text.strip() for text in texts[texts.index("Bare", texts.index("Contents") + 2) :]] == [
        "Bare",
        "Code · no passages",
    ]
    assert document.tables == []


@pytest.mark.parametrize("ending", ENDINGS)
def test_empty_codebook_says_so_in_every_form(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"codes{ending}"
    export_codebook(empty_report(), path)
    if ending == ".docx":
        document = docx.Document(str(path))
        assert any("codebook is empty" in paragraph.text for paragraph in document.paragraphs)
        assert not list(document.element.iter(qn("w:fldChar")))
    elif ending == ".xlsx":
        assert [sheet.max_row for sheet in openpyxl.load_workbook(path)][:4] == [1, 1, 1, 1]
    elif ending == ".csv":
        assert csv_of(path) == []
    else:
        assert "codebook is empty" in path.read_text("utf-8")


def test_csv_has_one_row_a_code_with_ids_as_text(tmp_path: Path) -> None:
    made = rich_report()
    export_codebook(made, tmp_path / "codes.csv")
    rows = csv_of(tmp_path / "codes.csv")
    assert [row["id"] for row in rows] == [str(one.code.id) for one in made.entries]
    naming = rows[1]
    assert (naming["path"], naming["level"], naming["parent"]) == (
        made.entries[1].path,
        "2",
        str(made.entries[0].code.id),
    )
    assert naming["by_observer"] == "Ines Okafor: 14; محمود: 9; 李娜: 4; no observer: 1"
    assert ARABIC in naming["quotes"]
    assert f'"{made.entries[1].code.id}"' in (tmp_path / "codes.csv").read_text("utf-8")


def test_csv_formulas_are_defused_and_control_characters_left_out(tmp_path: Path) -> None:
    export_codebook(hostile_report(), tmp_path / "codes.csv")
    bad, long = csv_of(tmp_path / "codes.csv")
    assert (bad["use_when"], bad["not_when"], bad["example"]) == ("'=1+1", "'-2", "'@SUM(1)")
    assert bad["definition"] == '\'=HYPERLINK("http://x","<b>&amp;</b>")' + VISIBLE
    assert long["definition"] == LONG
    assert bad["passages"] == "1"


def test_workbook_has_texts_as_texts_and_numbers_as_numbers(tmp_path: Path) -> None:
    made = rich_report()
    export_codebook(made, tmp_path / "codes.xlsx")
    book = openpyxl.load_workbook(tmp_path / "codes.xlsx")
    assert book.sheetnames == ["Codebook", "Counts", "Quotes", "Memos", "About"]
    head, *rows = book["Codebook"].iter_rows()
    assert all(cell.font.bold for cell in head)
    assert book["Codebook"].freeze_panes == "C2"
    names = [cell.value for cell in head]
    naming = dict(zip(names, (cell.value for cell in rows[1]), strict=True))
    assert naming["Id"] == str(made.entries[1].code.id)
    assert (naming["Passages"], naming["Sources"], naming["Level"]) == (28, 6, 2)
    assert [cell.value for cell in book["Counts"][2]][2:] == ["observer", "Ines Okafor", 14]
    assert ARABIC in [row[2].value for row in book["Quotes"].iter_rows()]
    assert book.properties.creator == "Polyvocal"


def test_workbook_holds_no_formula_whatever_the_texts(tmp_path: Path) -> None:
    export_codebook(hostile_report(), tmp_path / "codes.xlsx")
    book = openpyxl.load_workbook(tmp_path / "codes.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    values = [cell.value for cell in cells]
    assert "=1+1" in values
    assert LONG in values
    assert any(isinstance(one, str) and one.endswith(VISIBLE) and "\x07" not in one for one in values)
    with zipfile.ZipFile(tmp_path / "codes.xlsx") as package:
        assert b"<f>" not in b"".join(package.read(name) for name in package.namelist())


def test_workbook_text_too_long_for_a_cell_says_that_it_was_cut(tmp_path: Path) -> None:
    export_codebook(report(entry(code(1, "Long", definition="ab" * 20_000))), tmp_path / "codes.xlsx")
    row = openpyxl.load_workbook(tmp_path / "codes.xlsx")["Codebook"][2]
    (value,) = [str(cell.value) for cell in row if str(cell.value).startswith("abab")]
    assert "40,000 characters" in value
    assert len(value) <= 32_767


def test_word_hostile_texts_are_kept_as_words(tmp_path: Path) -> None:
    document = word(hostile_report(), tmp_path)
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert sum(text.endswith(VISIBLE) for text in texts) >= 4
    assert f"Definition\t{LONG}" in texts
    assert len(document.core_properties.title) <= 255


def test_page_is_one_file_with_everything_escaped(tmp_path: Path) -> None:
    export_codebook(hostile_report(), tmp_path / "codes.html")
    page = page_of(tmp_path / "codes.html")
    assert not [tag for tag, _ in page.elements if tag in ("script", "link", "img", "b")]
    assert not [name for _, attributes in page.elements for name in attributes if name in ("src", "onclick")]
    assert all(str(attributes["href"]).startswith("#") for tag, attributes in page.elements if tag == "a")
    assert sum(text.endswith(VISIBLE) for text in page.text) >= 4
    assert dict(page.elements)["html"] == {"lang": "en"}


def test_page_links_lead_to_every_code(tmp_path: Path) -> None:
    made = rich_report()
    export_codebook(made, tmp_path / "codes.html")
    page = page_of(tmp_path / "codes.html")
    links = [attributes["href"] for tag, attributes in page.elements if tag == "a"]
    places = [f"#{attributes['id']}" for tag, attributes in page.elements if tag == "section"]
    assert links == places == [f"#code-{one.code.id}" for one in made.entries]
    assert ARABIC in page.text


def test_page_contents_close_where_depths_leap(tmp_path: Path) -> None:
    depths = (2, 0, 3, 1, 1, 0)
    made = report(*(entry(code(number, f"Code {number}"), depth) for number, depth in enumerate(depths, start=1)))
    export_codebook(made, tmp_path / "codes.html")
    assert sum(tag == "a" for tag, _ in page_of(tmp_path / "codes.html").elements) == len(depths)


def test_markdown_markup_in_texts_is_escaped(tmp_path: Path) -> None:
    texts = (
        "# no heading\n- no list\n1. no number\n=====\n> no quote\n<b>no tag</b> `no code` *no* _em_ [l](u) a|b &amp;"
    )
    export_codebook(report(entry(code(1, "a | b # `c`", definition=texts))), tmp_path / "codes.md")
    text = (tmp_path / "codes.md").read_text("utf-8")
    assert "## a \\| b \\# \\`c\\`\n" in text
    assert (
        "**Definition.** \\# no heading\\\n\\- no list\\\n1\\. no number\\\n\\=====\\\n\\> no quote\\\n"
        "\\<b\\>no tag\\</b\\> \\`no code\\` \\*no\\* \\_em\\_ \\[l\\](u) a\\|b \\&amp;\n\n"
    ) in text


def test_markdown_has_counts_and_quotes(tmp_path: Path) -> None:
    export_codebook(rich_report(), tmp_path / "codes.md")
    text = (tmp_path / "codes.md").read_text("utf-8")
    assert f"> {ARABIC}\n>\n> — محمود" in text
    assert "| Written by | Passages |\n| --- | ---: |\n| Ines Okafor | 14 |\n" in text
    assert re.findall(r"^#{2} .*", text, re.MULTILINE) == [
        f"## {one.code.name}" for one in rich_report().entries if not one.depth
    ]


@pytest.mark.parametrize(
    ("kind", "told"), [(CodeKind.THEME, "Theme"), (CodeKind.CATEGORY, "Category"), (CodeKind.CODE, "Code")]
)
@pytest.mark.parametrize("ending", [".md", ".html"])
def test_kind_is_named(kind: CodeKind, told: str, ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"codes{ending}"
    export_codebook(report(entry(code(1, "One", kind=kind, retired=True))), path)
    assert f"{told} · no passages" in path.read_text("utf-8")
    assert "Retired" in path.read_text("utf-8")
