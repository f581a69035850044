"""Word documents as readable text, and what is told of the rest."""

from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import nsdecls

from polyvocal.domain.words import Fate
from polyvocal.exchange.readers import read_source
from polyvocal.exchange.readers.reading import Reading
from polyvocal.exchange.readers.word import read_word
from tests.exchange.word_documents import (
    W,
    document_of,
    paragraph,
    plain_document,
    replaced,
    run,
    saved,
    with_part,
    with_parts,
    written,
)


def read(content: bytes) -> Reading:
    return read_word(content, "note.docx")


def text_of(*blocks: str) -> str:
    return read(document_of(*blocks)).text


def told_by(reading: Reading) -> dict[str, int]:
    """What did not come over as it was."""
    return {note.what: note.how_many for note in reading.notes if note.fate is not Fate.CARRIED_OVER}


# --- paragraphs and headings ----------------------------------------------------------------------------------------


def test_word_file_becomes_a_source(tmp_path: Path) -> None:
    content = plain_document("10:45 Back from coffee.", "", "Nobody sits at table 4.")
    incoming = read_source(written(tmp_path, content, "day one.docx"))
    assert incoming.text == "10:45 Back from coffee.\n\nNobody sits at table 4.\n"
    assert (incoming.title, incoming.file_name, incoming.encoding) == ("day one", "day one.docx", None)
    assert incoming.content == content
    assert not incoming.notes


def test_heading_stands_after_a_blank_line() -> None:
    document = Document()
    document.add_heading("Day one", 0)
    document.add_paragraph("Rain.")
    document.add_heading("Plenary", 2)
    document.add_paragraph("")
    document.add_heading("Corridor", 1)
    document.add_paragraph("Coats.")
    assert read(saved(document)).text == "Day one\nRain.\n\nPlenary\n\nCorridor\nCoats.\n"


@pytest.mark.parametrize(
    "properties", ['<w:outlineLvl w:val="1"/>', '<w:pStyle w:val="Heading3"/>'], ids=["by level", "by style"]
)
def test_heading_is_known_by_its_outline_and_by_its_style(properties: str) -> None:
    assert text_of(paragraph("Rain."), paragraph("Plenary", properties)) == "Rain.\n\nPlenary\n"


def test_heading_is_known_by_the_style_that_its_style_is_based_on() -> None:
    styles = (
        f'<w:styles {nsdecls("w")}><w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="c"><w:basedOn w:val="d"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="d"><w:basedOn w:val="c"/></w:style></w:styles>'
    )
    content = document_of(
        paragraph("Rain."), paragraph("Plenary", '<w:pStyle w:val="b"/>'), paragraph("Coats.", '<w:pStyle w:val="c"/>')
    )
    assert read(with_parts(content, {"word/styles.xml": replaced(styles)})).text == "Rain.\n\nPlenary\nCoats.\n"


def test_document_without_styles_is_read() -> None:
    content = document_of(paragraph("Rain."), paragraph("Plenary", '<w:pStyle w:val="Heading1"/>'))
    reading = read(with_parts(content, {"word/styles.xml": lambda _: None}))
    assert reading.text == "Rain.\n\nPlenary\n"
    (note,) = (note for note in reading.notes if note.what == "broken part")
    assert "word/styles.xml is missing" in note.detail


# --- what stands within a paragraph ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (run("a") + "<w:r><w:tab/></w:r>" + run("b"), "a\tb"),
        (run("a") + "<w:r><w:br/></w:r>" + run("b"), "a\nb"),
        (run("a") + "<w:r><w:cr/></w:r>" + run("b"), "a\nb"),
        ('<w:r><w:br w:type="page"/></w:r>' + run("b"), "b"),
        (run("a") + '<w:r><w:br w:type="page"/></w:r>' + run("b"), "a\nb"),
        (run("co") + "<w:r><w:noBreakHyphen/></w:r>" + run("design"), "co\u2011design"),
        (run("co") + "<w:r><w:softHyphen/></w:r>" + run("design"), "codesign"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0AE"/></w:r>', "→"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "✓"),
        ('<w:r><w:sym w:font="Calibri" w:char="00E9"/></w:r>', "é"),
        (run("\uf061", '<w:rFonts w:ascii="Symbol"/>'), "α"),
        (run("\uf061"), "\uf061"),
        ("<w:r><w:t> a </w:t></w:r>" + run(" b"), "a b"),
        ("<w:r><w:t xml:space='preserve'>a\n  b</w:t></w:r>", "a   b"),
        (f'<w:hyperlink w:anchor="x">{run("a")}</w:hyperlink>' + run("b"), "ab"),
        (f'<w:smartTag w:element="place">{run("Lee")}<w:smartTag>{run("ds")}</w:smartTag></w:smartTag>', "Leeds"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('a')}</w:sdtContent></w:sdt>" + run("b"), "ab"),
        (f"<w:customXml>{run('a')}</w:customXml>" + run("b"), "ab"),
        (f'<w:fldSimple w:instr="PAGE">{run("7")}</w:fldSimple>', "7"),
        (f'<w:dir w:val="rtl">{run("خارج")}</w:dir>', "خارج"),
        (
            (
                "<w:r><w:ruby><w:rt><w:r><w:t>かんじ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢字</w:t></w:r></w:rubyBase>"
                "</w:ruby></w:r>"
            ),
            "漢字(かんじ)",
        ),
        (
            (
                '<w:r><mc:AlternateContent><mc:Choice Requires="w16se"><w16se:symEx w16se:char="1F60F"/></mc:Choice>'
                "<mc:Fallback><w:t>twice</w:t></mc:Fallback></mc:AlternateContent></w:r>"
            ),
            "\U0001f60f",
        ),
        (
            (
                '<w:r><mc:AlternateContent><mc:Choice Requires="unheardof"><w:t>strange</w:t></mc:Choice>'
                "<mc:Fallback><w:t>plain</w:t></mc:Fallback></mc:AlternateContent></w:r>"
            ),
            "plain",
        ),
    ],
)
def test_contents_of_a_paragraph_become_text(inside: str, text: str) -> None:
    reading = read(document_of(f"<w:p>{inside}</w:p>", paragraph("end")))
    assert reading.text == f"{text}\nend\n"
    assert not reading.notes


def field(*parts: str) -> str:
    """A field: its code, and its result if there is one."""
    code, *result = parts
    shown = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + "".join(result) if result else ""
    return f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{code}{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def code(words: str) -> str:
    return f"<w:r><w:instrText>{words}</w:instrText></w:r>"


def test_field_shows_its_result_and_not_its_code() -> None:
    inner = field(code("DATE"), run("Tuesday"))
    used_in_code = field(code("IF ") + inner + code(" = 1"), run("yes"))
    assert text_of(f"<w:p>{run('on ')}{inner}{run('; ')}{used_in_code}</w:p>") == "on Tuesday; yes\n"


def test_field_that_runs_over_paragraphs_shows_all_of_its_result() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + code("TOC")
    separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("separate", "end"))
    assert text_of(f"<w:p>{begin}{separate}{run('one')}</w:p><w:p>{run('two')}{end}</w:p>") == "one\ntwo\n"


def test_field_that_never_ends_hides_nothing_after_it() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + code("PAGE")
    assert text_of(f"<w:p>{begin}</w:p>", paragraph("still here")) == "still here\n"


def test_form_fields_show_what_was_chosen() -> None:
    box = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked w:val="{}"/></w:checkBox></w:ffData></w:fldChar></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    chosen = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="no"/>'
        '<w:listEntry w:val="yes"/></w:ddList></w:ffData></w:fldChar></w:r>'
    )
    inside = f"{box.format(1)}{end}{run(' came, ')}{box.format(0)}{end}{run(' spoke: ')}{chosen}{end}"
    assert text_of(f"<w:p>{inside}</w:p>") == "☒ came, ☐ spoke: yes\n"


def test_drop_cap_begins_its_paragraph() -> None:
    cap = paragraph("T", '<w:framePr w:dropCap="drop"/>')
    assert text_of(cap, paragraph("he hall is cold."), paragraph("Next.")) == "The hall is cold.\nNext.\n"


def test_unknown_symbol_is_told() -> None:
    reading = read(document_of('<w:p><w:r><w:sym w:font="Webdings" w:char="F055"/></w:r></w:p>'))
    assert reading.text == "\ufffd\n"
    assert told_by(reading) == {"symbol": 1}


def test_link_keeps_its_words_and_is_told() -> None:
    reading = read(document_of(f'<w:p><w:hyperlink r:id="rId99">{run("the survey")}</w:hyperlink></w:p>'))
    assert reading.text == "the survey\n"
    assert told_by(reading) == {"link": 1}


def test_hidden_text_is_left_out_and_told() -> None:
    reading = read(
        document_of("<w:p>" + run("a") + run("secret", "<w:vanish/>") + run("b", '<w:vanish w:val="0"/>') + "</w:p>")
    )
    assert reading.text == "ab\n"
    assert told_by(reading) == {"hidden text": 1}


def test_equation_is_told() -> None:
    reading = read(document_of("<w:p><m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath></w:p>"))
    assert reading.text == "a=b\n"
    assert told_by(reading) == {"equation": 1}


# --- tracked changes ------------------------------------------------------------------------------------------------

BY = 'w:id="1" w:author="A" w:date="2024-05-14T10:00:00Z"'


def deleted(text: str) -> str:
    return f"<w:del {BY}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def test_insertions_are_taken_in_and_deletions_left_out_and_both_told() -> None:
    inside = f"{run('We ')}{deleted('never ')}<w:ins {BY}>{run('often ')}{deleted('x')}</w:ins>{run('agree.')}"
    reading = read(document_of(f"<w:p>{inside}</w:p>"))
    assert reading.text == "We often agree.\n"
    assert told_by(reading) == {"insertion": 1, "deletion": 2}


def test_moved_text_stands_where_it_was_moved_to() -> None:
    blocks = f"<w:p><w:moveFrom {BY}>{run('Coats.')}</w:moveFrom></w:p><w:p>{run('Rain.')}</w:p><w:p><w:moveTo {BY}>{run('Coats.')}</w:moveTo></w:p>"
    reading = read(document_of(blocks))
    assert reading.text == "Rain.\nCoats.\n"
    assert told_by(reading) == {"moved text": 1}


def test_paragraph_whose_end_was_deleted_runs_on() -> None:
    first = f"<w:p><w:pPr><w:rPr><w:del {BY}/></w:rPr></w:pPr>{run('One ')}</w:p>"
    assert text_of(first, paragraph("sentence."), paragraph("Next.")) == "One sentence.\nNext.\n"


def test_deleted_end_of_the_last_paragraph_loses_nothing() -> None:
    assert text_of(f"<w:p><w:pPr><w:rPr><w:del {BY}/></w:rPr></w:pPr>{run('Last.')}</w:p>") == "Last.\n"


def test_deleted_row_is_left_out_and_told() -> None:
    rows = [
        f"<w:tr>{change}<w:tc>{paragraph(one)}</w:tc><w:tc>{paragraph(two)}</w:tc></w:tr>"
        for change, one, two in (("", "a", "b"), (f"<w:trPr><w:del {BY}/></w:trPr>", "c", "d"))
    ]
    reading = read(document_of(f"<w:tbl>{''.join(rows)}</w:tbl>"))
    assert reading.text == "a | b\n"
    assert told_by(reading) == {"deletion": 1}


# --- tables ---------------------------------------------------------------------------------------------------------


def cell(*inside: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(inside)}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def test_table_is_read_row_by_row() -> None:
    document = Document()
    document.add_paragraph("Before.")
    grid = document.add_table(rows=2, cols=2)
    for number, text in enumerate(("Time", "Note", "10:45", "Coffee")):
        grid.cell(number // 2, number % 2).text = text
    document.add_paragraph("After.")
    assert read(saved(document)).text == "Before.\nTime | Note\n10:45 | Coffee\nAfter.\n"


def test_merged_cells_are_read_once() -> None:
    document = Document()
    grid = document.add_table(rows=2, cols=3)
    for number in range(6):
        grid.cell(number // 3, number % 3).text = "abcdef"[number]
    grid.cell(0, 0).merge(grid.cell(0, 1)).text = "wide"
    grid.cell(0, 2).merge(grid.cell(1, 2)).text = "tall"
    assert read(saved(document)).text == "wide | tall\nd | e | \n"


def test_cell_of_several_paragraphs_keeps_them_apart() -> None:
    rows = table(
        cell(paragraph("10:45")) + cell(paragraph("Coffee."), paragraph(""), paragraph("Rain.")) + cell(paragraph("me"))
    )
    assert text_of(rows) == "10:45 | Coffee.\n    Rain.\n    | me\n"


def test_nested_table_stands_within_its_row() -> None:
    inner = table(cell(paragraph("a")) + cell(paragraph("b")), cell(paragraph("c")) + cell(paragraph("d")))
    outer = table(cell(paragraph("left")) + cell(paragraph("right:"), inner, paragraph("")))
    assert text_of(outer) == "left | right:\n    a | b\n    c | d\n"


def test_box_of_one_cell_is_read_as_paragraphs() -> None:
    assert text_of(table(cell(paragraph("One."), paragraph("Two.")))) == "One.\nTwo.\n"


def test_rows_and_cells_in_content_controls_are_read() -> None:
    row = f"<w:sdt><w:sdtContent><w:tr>{cell(paragraph('a'))}<w:sdt><w:sdtContent>{cell(paragraph('b'))}</w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt>"
    assert text_of(f"<w:tbl>{row}</w:tbl>") == "a | b\n"


def test_empty_row_is_left_out() -> None:
    empty = cell(paragraph("")) + cell(paragraph(""))
    assert text_of(table(cell(paragraph("a")) + cell(paragraph("")), empty), paragraph("end")) == "a | \nend\n"


# --- notes, boxes, pictures and the like ----------------------------------------------------------------------------


def notes_part(kind: str, **texts: str) -> str:
    inside = "".join(
        f'<w:{kind} w:id="{identity[1:]}">{"".join(paragraph(one) for one in text.split("/"))}</w:{kind}>'
        for identity, text in texts.items()
    )
    return f'<w:{kind}s xmlns:w="{W}"><w:{kind} w:type="separator" w:id="0">{paragraph("----")}</w:{kind}>{inside}</w:{kind}s>'


def test_footnotes_and_endnotes_stand_at_the_end_in_the_order_of_their_marks() -> None:
    marks = (
        '<w:r><w:endnoteReference w:id="1"/></w:r>',
        '<w:r><w:footnoteReference w:id="2"/></w:r>',
        '<w:r><w:footnoteReference w:id="1"/></w:r>',
    )
    body = f"<w:p>{run('a')}{marks[0]}{run('b')}{marks[1]}</w:p><w:p>{run('c')}{marks[2]}{marks[1]}</w:p>"
    content = with_part(document_of(body), "footnotes", notes_part("footnote", _1="Late.", _2="First./Second."))
    content = with_part(content, "endnotes", notes_part("endnote", _1="At the end."))
    reading = read(content)
    assert reading.text == "a[1]b[2]\nc[3][2]\n\n[1] At the end.\n[2] First.\nSecond.\n[3] Late.\n"
    assert told_by(reading) == {"footnote": 2, "endnote": 1}


def test_footnote_of_deleted_text_is_left_out_and_told() -> None:
    body = (
        f'<w:p>{run("a")}<w:del {BY}><w:r><w:delText>b</w:delText><w:footnoteReference w:id="1"/></w:r></w:del></w:p>'
    )
    reading = read(with_part(document_of(body), "footnotes", notes_part("footnote", _1="Gone.")))
    assert reading.text == "a\n"
    assert told_by(reading) == {"deletion": 1, "note on left-out text": 1}


def test_footnote_without_text_keeps_its_mark_and_is_told() -> None:
    reading = read(document_of(f'<w:p>{run("a")}<w:r><w:footnoteReference w:id="7"/></w:r></w:p>'))
    assert reading.text == "a[1]\n"
    assert told_by(reading) == {"note without text": 1}


def test_headers_and_footers_are_told_unless_they_hold_page_numbers_only() -> None:
    document = Document()
    document.add_paragraph("Rain.")
    document.sections[0].header.paragraphs[0].text = "Field diary"
    document.sections[0].footer.paragraphs[0].text = " 12 "
    reading = read(saved(document))
    assert reading.text == "Rain.\n"
    assert told_by(reading) == {"header or footer": 1}


def test_text_box_stands_after_its_paragraph_and_once() -> None:
    box = f"<w:txbxContent>{paragraph('In a box.')}{paragraph('Two lines.')}</w:txbxContent>"
    both = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wps:wsp><wps:txbx>{box}</wps:txbx>'
        f"</wps:wsp></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox>"
        "</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    reading = read(
        document_of(f"<w:p>{run('Rain')}{both}{run(' falls.')}</w:p>", f"<w:p>{both}</w:p>", paragraph("end"))
    )
    assert reading.text == "Rain falls.\nIn a box.\nTwo lines.\nIn a box.\nTwo lines.\nend\n"
    assert told_by(reading) == {"text box": 2}


def test_pictures_charts_and_objects_are_told() -> None:
    picture = "<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    old = "<w:r><w:pict><v:shape><v:imagedata/></v:shape></w:pict></w:r>"
    sheet = "<w:r><w:object><v:shape><v:imagedata/></v:shape><o:OLEObject/></w:object></w:r>"
    whole = '<w:altChunk r:id="rId98"/>'
    reading = read(document_of(f"<w:p>{run('See')}{picture}{old}{sheet}</w:p>", whole))
    assert reading.text == "See\n"
    assert told_by(reading) == {"picture elsewhere": 2, "embedded object": 1, "linked document": 1}


# --- packages -------------------------------------------------------------------------------------------------------


def test_strict_document_is_read_as_any_other() -> None:
    old, new = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"

    def strict(xml: bytes) -> bytes:
        xml = xml.replace(old + b"wordprocessingml/2006/main", new + b"wordprocessingml/main")
        return xml.replace(old + b"officeDocument/2006/relationships", new + b"officeDocument/relationships")

    parts = ("_rels/.rels", "word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels")
    content = document_of(paragraph("Rain."), paragraph("Plenary", '<w:pStyle w:val="Heading1"/>'))
    reading = read(with_parts(content, dict.fromkeys(parts, strict)))
    assert reading.text == "Rain.\n\nPlenary\n"
    assert not told_by(reading)


def test_main_part_may_lie_anywhere() -> None:
    content = plain_document("Rain.")
    kept: list[bytes] = []

    def take(data: bytes) -> None:
        kept.append(data)

    with_parts(content, {"word/document.xml": take})
    moved = with_parts(
        content,
        {
            "word/document.xml": lambda _: None,
            "word/document2.xml": lambda _: kept[0],
            "_rels/.rels": lambda rels: rels.replace(b"word/document.xml", b"/Word/Document2.xml"),
        },
    )
    assert read(moved).text == "Rain.\n"


def test_broken_part_beside_the_text_is_told_and_the_text_read() -> None:
    reading = read(with_parts(plain_document("Rain."), {"word/styles.xml": lambda xml: xml[: len(xml) // 2]}))
    assert reading.text == "Rain.\n"
    (note,) = reading.notes
    assert (note.what, note.how_many) == ("broken part", 1)
    assert "word/styles.xml" in note.detail
