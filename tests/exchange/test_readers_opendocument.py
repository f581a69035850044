"""OpenDocument texts as readable text, and what is told of the rest."""

import base64
from pathlib import Path

import pytest

from polyvocal.domain.structure import Piece, PieceKind
from polyvocal.exchange.readers import read_source
from polyvocal.exchange.readers.opendocument import read_flat_opendocument, read_opendocument
from polyvocal.exchange.readers.reading import Reading
from tests.exchange.opendocument_documents import (
    content_of,
    document_of,
    heading,
    items,
    list_style,
    paragraph,
    part_of,
    row,
    style,
    table,
)

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
ARABIC = 'style:num-format="1" style:num-suffix="."'
LETTERS = 'style:num-format="a" style:num-suffix=")"'


def read(content: bytes) -> Reading:
    return read_opendocument(content, "note.odt")


def text_of(*blocks: str, styles: str = "") -> str:
    return read(document_of(*blocks, styles=styles)).text


def told_by(reading: Reading) -> dict[str, int]:
    return {note.what: note.how_many for note in reading.notes}


def pieces_of(reading: Reading) -> list[tuple[PieceKind, str, int]]:
    return [(one.kind, reading.text[one.start : one.end], one.level) for one in reading.beside.structure]


# --- paragraphs and headings ----------------------------------------------------------------------------------------


def test_opendocument_text_becomes_a_source(tmp_path: Path) -> None:
    path = tmp_path / "day one.odt"
    path.write_bytes(document_of(paragraph("10:45 Back from coffee."), paragraph(""), paragraph("Nobody sits.")))
    incoming = read_source(path)
    assert incoming.text == "10:45 Back from coffee.\n\nNobody sits.\n"
    assert (incoming.title, incoming.file_name, incoming.encoding) == ("day one", "day one.odt", None)
    assert not incoming.notes


def test_heading_stands_after_a_blank_line_with_its_level() -> None:
    reading = read(document_of(heading("Day one"), paragraph("Rain."), heading("Plenary", 2), paragraph("Coats.")))
    assert reading.text == "Day one\nRain.\n\nPlenary\nCoats.\n"
    assert pieces_of(reading) == [(PieceKind.HEADING, "Day one", 1), (PieceKind.HEADING, "Plenary", 2)]


@pytest.mark.parametrize(
    ("more", "level"),
    [
        ('style:display-name="Heading 3"', 3),
        ('style:default-outline-level="2"', 2),
        ('style:display-name="Heading 3" style:default-outline-level=""', None),
        ('style:parent-style-name="Title"', 1),
        ('style:parent-style-name="S"', None),
    ],
)
def test_paragraph_is_a_heading_by_its_style_and_by_what_that_is_based_on(more: str, level: int | None) -> None:
    content = document_of(paragraph("Plenary", "S"), styles=style("S", "", "paragraph", more))
    assert [piece[2] for piece in pieces_of(read(content))] == ([level] if level else [])


def test_quotation_is_known_by_its_style() -> None:
    based = style("P1", "", "paragraph", 'style:parent-style-name="Quotations"')
    reading = read(document_of(paragraph("Not ours to decide.", "P1"), paragraph("Rain."), styles=based))
    assert pieces_of(reading) == [(PieceKind.QUOTE, "Not ours to decide.", 0)]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("a<text:tab/>b", "a\tb"),
        ("a<text:line-break/>b", "a\nb"),
        ('a<text:s text:c="3"/>b', "a   b"),
        ("a<text:s/>b", "a b"),
        ("  a \n\t b<text:span> c</text:span> ", "a b c "),
        ("a <text:span> b</text:span>", "a b"),
        ("a<text:soft-page-break/>b", "ab"),
        ('a<text:bookmark text:name="x"/>b', "ab"),
        ("<text:page-number>7</text:page-number>", "7"),
        ("<text:date>3 May</text:date>", "3 May"),
        ('<text:variable-set text:display="none">5</text:variable-set>a', "a"),
        ("<text:placeholder>&lt;Name&gt;</text:placeholder>", "<Name>"),
        ("<text:script>alert()</text:script>a", "a"),
        ('<text:hidden-text text:is-hidden="false" text:string-value="seen"/>', "seen"),
        (
            "<text:ruby><text:ruby-base>漢字</text:ruby-base><text:ruby-text>かんじ</text:ruby-text></text:ruby>",
            "漢字(かんじ)",
        ),
        ("<unknown>a</unknown>b", "ab"),
    ],
)
def test_what_stands_in_a_paragraph_is_read_as_it_is_shown(inside: str, text: str) -> None:
    assert (
        text_of(paragraph(f"x{inside}"))[1:-1] == text if inside[0] != " " else text_of(paragraph(inside))[:-1] == text
    )


def test_emphasis_is_told_by_styles_of_words_and_by_hand_made_ones_of_paragraphs() -> None:
    styles = (
        style("T1", 'fo:font-weight="bold"')
        + style("T2", 'fo:font-style="italic" fo:font-weight="normal"')
        + style("T3", 'fo:font-weight="bold" fo:font-style="italic"')
        + style("P1", 'fo:font-weight="700"', "paragraph")
    )
    reading = read(
        document_of(
            paragraph('a <text:span text:style-name="T1">b</text:span> c'),
            paragraph('d <text:span text:style-name="T2">e</text:span> f', "P1"),
            paragraph('<text:span text:style-name="Strong_20_Emphasis">g</text:span>'),
            paragraph('<text:span text:style-name="T3">h</text:span>'),
            styles=styles,
        )
    )
    assert [piece[:2] for piece in pieces_of(reading)] == [
        (PieceKind.STRONG, "b"),
        (PieceKind.STRONG, "d "),
        (PieceKind.EMPHASIS, "e"),
        (PieceKind.STRONG, " f"),
        (PieceKind.STRONG, "g"),
        (PieceKind.EMPHASIS, "h"),
        (PieceKind.STRONG, "h"),
    ]


# --- lists ----------------------------------------------------------------------------------------------------------


def test_lists_in_lists_have_their_labels_and_depths() -> None:
    inner = f"{paragraph('two')}<text:list>{items('in', 'side').partition('>')[2]}"
    reading = read(document_of(items("one", inner, "three"), styles=list_style(ARABIC, LETTERS)))
    assert reading.text == "1. one\n2. two\n  a) in\n  b) side\n3. three\n"
    assert [piece[2] for piece in pieces_of(reading)] == [1, 1, 2, 2, 1]


@pytest.mark.parametrize(
    ("level", "labels"),
    [
        ("bullet", ["-", "-"]),
        (ARABIC, ["1.", "2."]),
        ('style:num-format="I" text:start-value="4"', ["IV", "V"]),
        ('style:num-format="A" style:num-prefix="(" style:num-suffix=")" text:start-value="26"', ["(Z)", "(AA)"]),
        ('style:num-format="1" style:num-list-format="Item %1%:"', ["Item 1:", "Item 2:"]),
    ],
)
def test_items_are_counted_in_the_form_of_their_list(level: str, labels: list[str]) -> None:
    assert text_of(items("one", "two"), styles=list_style(level)) == f"{labels[0]} one\n{labels[1]} two\n"


def test_number_shows_those_of_the_lists_around_it() -> None:
    deep = f"{paragraph('two')}{items('in')}"
    shown = f'{ARABIC} text:display-levels="2"'
    assert text_of(items("one", deep), styles=list_style(ARABIC, shown)) == "1. one\n2. two\n  2.1. in\n"


def test_list_begins_again_goes_on_or_starts_elsewhere_as_it_says() -> None:
    blocks = (
        items("one", more='xml:id="first"'),
        items("one again"),
        items("two again", more='text:continue-numbering="true"'),
        items("two", more='text:continue-list="first"'),
        items(f'<text:list-item text:start-value="7">{paragraph("seven")}</text:list-item>', "eight"),
    )
    assert text_of(*blocks, styles=list_style(ARABIC)) == (
        "1. one\n1. one again\n2. two again\n2. two\n7. seven\n8. eight\n"
    )


def test_only_the_first_paragraph_of_an_item_bears_its_label_and_a_list_header_none() -> None:
    header = f"<text:list-header>{paragraph('Before')}</text:list-header>"
    blocks = items(header, paragraph("one") + paragraph("more of it"), "two")
    assert text_of(blocks, styles=list_style(ARABIC)) == "Before\n1. one\nmore of it\n2. two\n"


def test_headings_are_numbered_by_the_outline() -> None:
    outline = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1"/>'
        '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>'
    )
    blocks = (
        heading("a"),
        heading("b", 2),
        heading("c", 2),
        heading("d"),
        heading("e", 1, 'text:is-list-header="true"'),
    )
    content = document_of(*blocks, styles_xml=part_of("document-styles", f"<office:styles>{outline}</office:styles>"))
    assert read(content).text == "1 a\n\n1.1 b\n\n1.2 c\n\n2 d\n\ne\n"


# --- tables ---------------------------------------------------------------------------------------------------------


def test_row_of_a_table_is_a_line() -> None:
    reading = read(document_of(table("who|what", "lay panel|asks"), paragraph("Rain.")))
    assert reading.text == "who | what\nlay panel | asks\nRain.\n"
    assert pieces_of(reading) == [(PieceKind.TABLE, "who | what\nlay panel | asks", 2)]


def test_merged_cells_keep_the_columns_in_their_places() -> None:
    rows = (
        '<table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>wide</text:p></table:table-cell>'
        '<table:covered-table-cell/><table:table-cell table:number-rows-spanned="2"><text:p>tall</text:p>'
        "</table:table-cell></table:table-row>"
        "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p>"
        "</table:table-cell><table:covered-table-cell/></table:table-row>"
    )
    assert text_of(f"<table:table>{rows}</table:table>") == "wide | tall\na | b | \n"


def test_repeated_cells_and_rows_are_repeated_with_their_words_only() -> None:
    cell = '<table:table-cell table:number-columns-repeated="2"><text:p>a</text:p></table:table-cell>'
    rows = f'<table:table-row table:number-rows-repeated="2">{cell}</table:table-row>'
    assert text_of(f"<table:table>{rows}{row('b|c')}</table:table>") == "a | a\na | a\nb | c\n"


def test_header_rows_and_tables_in_cells_are_read() -> None:
    inner = f"<table:table-cell>{table('x|y')}</table:table-cell>"
    rows = f"<table:table-header-rows>{row('a|b')}</table:table-header-rows><table:table-row>{inner}{inner}</table:table-row>"
    assert text_of(f"<table:table>{rows}</table:table>") == "a | b\nx | y | x | y\n"


# --- notes, comments, changes ---------------------------------------------------------------------------------------


def note(words: str, kind: str = "footnote") -> str:
    return (
        f'<text:note text:note-class="{kind}"><text:note-citation>9</text:note-citation>'
        f"<text:note-body>{paragraph(words)}</text:note-body></text:note>"
    )


def test_notes_stand_at_the_end_with_their_numbers() -> None:
    reading = read(document_of(paragraph(f"Rain{note('Heavy.')} and wind{note('From the north.', 'endnote')}.")))
    assert reading.text == "Rain[1] and wind[2].\n\n[1] Heavy.\n[2] From the north.\n"
    assert told_by(reading) == {"footnote": 1, "endnote": 1}
    assert Piece(PieceKind.NOTE_MARK, 4, 7, 1) in reading.beside.structure
    assert (PieceKind.NOTE, "[2] From the north.", 2) in pieces_of(reading)


def comment(words: str, name: str = "") -> str:
    named = f'office:name="{name}"' if name else ""
    return (
        f"<office:annotation {named}><dc:creator>Ada</dc:creator><dc:date>2025-05-03T09:00:00</dc:date>"
        f"{paragraph(words)}</office:annotation>"
    )


def test_comment_is_about_its_passage_or_what_stands_before_it() -> None:
    ranged = f'{comment("who?", "c1")}the panel<office:annotation-end office:name="c1"/> asks'
    reading = read(document_of(paragraph(f"Here {ranged}."), paragraph(f"Rain{comment('heavy')}.")))
    assert reading.text == "Here the panel asks.\nRain.\n"
    first, second = reading.beside.comments
    assert (reading.text[first.start : first.end], first.text, first.author) == ("the panel", "who?", "Ada")
    assert first.written_at == "2025-05-03T09:00:00"
    assert (reading.text[second.start : second.end], second.text) == ("n", "heavy")
    assert told_by(reading) == {"comment": 2}


def changed(kind: str, identity: str, words: str = "") -> str:
    return (
        f'<text:changed-region text:id="{identity}"><text:{kind}><office:change-info><dc:creator>Ada</dc:creator>'
        f"<dc:date>2025-05-03T09:00:00</dc:date></office:change-info>{words}</text:{kind}></text:changed-region>"
    )


def test_deletions_are_left_out_and_listed_and_insertions_are_text() -> None:
    changes = (
        "<text:tracked-changes>"
        + changed("deletion", "d", paragraph(f"not {comment('why?')}ours"))
        + changed("insertion", "i")
        + "</text:tracked-changes>"
    )
    words = (
        'It is <text:change text:change-id="d"/><text:change-start text:change-id="i"/>theirs'
        '<text:change-end text:change-id="i"/>.'
    )
    reading = read(document_of(paragraph(words), changes=changes))
    assert reading.text == "It is theirs.\n"
    assert told_by(reading) == {"comment": 1, "insertion": 1, "deletion": 1}
    (listed,) = [one.detail for one in reading.notes if one.what == "deletion"]
    assert listed.startswith("“not ours” deleted by Ada on 2025-05-03;")
    (kept,) = reading.beside.comments
    assert kept.text == "why?"


# --- frames and drawings --------------------------------------------------------------------------------------------


def frame(inside: str, said: str = "") -> str:
    return f'<draw:frame draw:name="Photo">{inside}{said}</draw:frame>'


def test_picture_hangs_where_it_stands_with_what_is_said_of_it() -> None:
    image = frame(
        '<draw:image xlink:href="Pictures/a.png"/>', "<svg:title>Room</svg:title><svg:desc>A room.</svg:desc>"
    )
    reading = read(document_of(paragraph(f"Here {image}it is."), Pictures__a_png=PNG))
    (picture,) = reading.beside.pictures
    assert (picture.at, picture.content, picture.media_type) == (5, PNG, "image/png")
    assert (picture.name, picture.description) == ("Photo", "A room.")
    assert told_by(reading) == {"picture": 1}


@pytest.mark.parametrize(
    "href", ["Pictures/missing.png", "http://localhost:9/a.png", "../../etc/passwd", "content.xml"]
)
def test_picture_that_is_not_in_the_file_is_told(href: str) -> None:
    image = f'<draw:image xlink:href="{href}"/>'
    reading = read(document_of(paragraph(f"a{frame(image)}")))
    assert not reading.beside.pictures
    assert told_by(reading) == {"picture elsewhere": 1}


def test_text_boxes_and_drawings_with_words_stand_after_their_paragraph() -> None:
    box = frame(f"<draw:text-box>{paragraph('in the box')}</draw:text-box>")
    shape = f"<draw:g><draw:custom-shape>{paragraph('in the shape')}</draw:custom-shape><draw:line/></draw:g>"
    reading = read(document_of(paragraph(f"Rain{box}{shape}."), paragraph("Coats.")))
    assert reading.text == "Rain.\nin the box\nin the shape\nCoats.\n"
    assert [piece[:2] for piece in pieces_of(reading)] == [
        (PieceKind.TEXT_BOX, "in the box"),
        (PieceKind.TEXT_BOX, "in the shape"),
    ]


def test_frame_that_is_tied_to_the_page_is_read() -> None:
    assert (
        text_of(frame(f"<draw:text-box>{paragraph('boxed')}</draw:text-box>"), paragraph("Rain.")) == "boxed\nRain.\n"
    )


def test_formula_is_its_characters_and_other_objects_are_told() -> None:
    formula = "<draw:object><math:math><math:mi>a</math:mi><math:mo>=</math:mo><math:mn>2</math:mn><math:annotation>a = 2</math:annotation></math:math></draw:object>"
    chart = '<draw:object xlink:href="./Object 1"/>'
    content = document_of(
        paragraph(f"x {frame(formula)}{frame(chart)}{frame('<draw:object-ole/>')}<draw:control/>"),
        **{"Object 1__content_xml": content_of().replace("office:text", "office:chart")},
    )
    reading = read(content)
    assert reading.text == "x a=2\n"
    assert told_by(reading) == {"equation": 1, "chart": 1, "embedded object": 1, "form field": 1}


# --- what is told ---------------------------------------------------------------------------------------------------


def test_hidden_text_is_left_out_and_told() -> None:
    hidden = style("T1", 'text:display="none"') + style("P1", 'text:display="none"', "paragraph")
    blocks = (
        paragraph('Rain<text:span text:style-name="T1"> secret</text:span>.'),
        paragraph("secret", "P1"),
        f'<text:section text:display="none">{paragraph("secret")}</text:section>',
        f'<text:section text:display="condition" text:is-hidden="true">{paragraph("secret")}</text:section>',
        paragraph('<text:hidden-paragraph text:is-hidden="true"/>secret'),
        paragraph('Wind.<text:hidden-text text:is-hidden="true" text:string-value="secret"/>'),
        f"<text:section>{paragraph('Coats.')}</text:section>",
    )
    reading = read(document_of(*blocks, styles=hidden))
    assert reading.text == "Rain.\nWind.\nCoats.\n"
    assert told_by(reading) == {"hidden text": 6}


def test_note_and_comment_on_hidden_text_are_not_lost_quietly() -> None:
    hidden = style("T1", 'text:display="none"')
    words = f'Rain<text:span text:style-name="T1">x{note("Heavy.")}{comment("really?")}</text:span>.'
    reading = read(document_of(paragraph(words), styles=hidden))
    assert reading.text == "Rain.\n"
    assert told_by(reading) == {"hidden text": 1, "note on left-out text": 1, "comment": 1}


def test_headers_and_links_are_told_and_contents_are_taken() -> None:
    edges = f"<style:header>{paragraph('Confidential')}</style:header><style:footer>{paragraph('7')}</style:footer>"
    styles = part_of(
        "document-styles",
        f"<office:master-styles><style:master-page>{edges}</style:master-page></office:master-styles>",
    )
    contents = f"<text:table-of-content><text:index-body>{paragraph('Plenary<text:tab/>3')}</text:index-body></text:table-of-content>"
    links = '<text:a xlink:href="http://example.org">there</text:a> and <text:a xlink:href="#here">here</text:a>'
    reading = read(document_of(contents, paragraph(links), styles_xml=styles))
    assert reading.text == "Plenary\t3\nthere and here\n"
    assert told_by(reading) == {"link": 1, "header or footer": 1}


def test_document_tells_its_title_its_author_and_its_times() -> None:
    meta = (
        "<office:meta><dc:title>Day one</dc:title><meta:initial-creator>Ada</meta:initial-creator>"
        "<dc:creator>Bo</dc:creator><meta:creation-date>2025-05-03T09:00:00</meta:creation-date>"
        "<dc:date>2025-05-04T09:00:00</dc:date><meta:keyword>rain</meta:keyword><meta:keyword>wind</meta:keyword>"
        "</office:meta>"
    )
    content = document_of(paragraph("Rain."), meta_xml=part_of("document-meta", meta))
    assert read(content).properties == {
        "title": "Day one", "creator": "Ada", "lastmodifiedby": "Bo", "created": "2025-05-03T09:00:00",
        "modified": "2025-05-04T09:00:00", "keywords": "rain, wind",
    }  # fmt: skip


def test_broken_styles_are_told_and_the_text_is_read() -> None:
    reading = read(document_of(paragraph("Rain."), styles_xml="<broken"))
    assert reading.text == "Rain.\n"
    assert told_by(reading) == {"broken part": 1}


def test_flat_document_is_read_with_its_pictures() -> None:
    data = base64.b64encode(PNG).decode()
    image = frame(f"<draw:image><office:binary-data>{data}</office:binary-data></draw:image>")
    flat = content_of(heading("Day one"), paragraph(f"Rain{image}.")).replace("document-content", "document")
    reading = read_flat_opendocument(flat.encode(), "note.fodt")
    assert reading.text == "Day one\nRain.\n"
    assert [one.content for one in reading.beside.pictures] == [PNG]


# --- documents that others made -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("pandoc-odt/blockquote2", "Paragraph\nA blockquote.\n", {"quote"}),
        ("pandoc-odt/headers", "A header (Lv 1)\nA paragraph\n\nAnother header (Lv 2)\nAnother paragraph\n\nBack to", {"heading"}),
        ("pandoc-odt/imageWithCaption", "Abbildung 1: Image caption\n", {"picture", "text box"}),
        ("pandoc-odt/orderedListMixed", "3. A third\n  3.1. New level!\n    a) And another!\n    b) It's", {"list item"}),
        ("pandoc-odt/orderedListRoman", "I. A list item\nII. A second\nIII. A third\n  I. New level!\n", {"list item"}),
        ("pandoc-odt/trackedChanges", "Some text with  and inserted text.\n", {"deletion", "insertion"}),
        ("pandoc-odt/tableWithCaption", "Table header | Another header\nContent | More content\nTabelle 1", {"table"}),
        ("pandoc-odt/externalLink", "Here comes an external link to example.com.\n", {"link"}),
        ("odfpy/twolevellist", "Line 1\n- Item A\n- Item B\n  - Subitem B.1\n  - Subitem B.2 (bold)\n- Item C\nL", {"list item"}),
        ("odfpy/serious_poem", "The boy stood    on the burning deck,\n\tWhence all\tbut\t\thim had fled.\n", set()),
        ("odfpy/headerfooter", "Lorem ipsum\n", {"heading", "header or footer"}),
        ("odfpy/simpletable", "Cell 1 | Cell 2\nCell 3 (bold) | Cell 4 (italic)\n", {"table"}),
    ],
)  # fmt: skip
def test_real_document_is_read_as_libreoffice_shows_it(shared_data: Path, name: str, text: str, told: set[str]) -> None:
    incoming = read_source(shared_data / "documents" / f"{name}.odt")
    assert incoming.text.startswith(text) or f"\n{text}" in incoming.text
    assert {note.what for note in incoming.notes} == told
