"""Pages of the web as readable text, as a browser shows them."""

import base64
import random
import socket
import tracemalloc
from pathlib import Path

import pytest

from polyvocal.domain.errors import UserError
from polyvocal.domain.structure import Piece, PieceKind
from polyvocal.exchange.readers import limits, read_source
from polyvocal.exchange.readers.html import document, read_html
from polyvocal.exchange.readers.reading import Reading

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
DATA = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"


def read(page: str | bytes) -> Reading:
    return read_html(page if isinstance(page, bytes) else page.encode(), "note.html")


def text_of(page: str) -> str:
    text = read(page).text
    assert text.endswith("\n")
    return text[:-1]


def told_by(reading: Reading) -> dict[str, int]:
    return {note.what: note.how_many for note in reading.notes}


def pieces_of(reading: Reading) -> list[tuple[PieceKind, str, int]]:
    return [(one.kind, reading.text[one.start : one.end], one.level) for one in reading.beside.structure]


# --- paragraphs and white space -------------------------------------------------------------------------------------


def test_page_becomes_a_source(tmp_path: Path) -> None:
    path = tmp_path / "day one.HTM"
    path.write_text("<!DOCTYPE html><title>Day one</title><h1>Day one</h1><p>Rain.<p>Wind &amp; coats.", "utf-8")
    incoming = read_source(path)
    assert incoming.text == "Day one\nRain.\nWind & coats.\n"
    assert (incoming.title, incoming.file_name, incoming.encoding) == ("day one", "day one.HTM", "utf-8")


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>a</p><p>b</p>", "a\nb"),
        ("<p>a<p>b", "a\nb"),
        ("a<div>b</div>c", "a\nb\nc"),
        ("<p> a \n\t b </p>", "a b"),
        ("<p>a <b> b </b> c</p>", "a b c"),
        ("<p>a<b> b</b>c", "a bc"),
        ("<p>a<br>b<br/>", "a\nb"),
        ("<p>a <br> b", "a\nb"),
        ("<p>a</p><p><br></p><p>b</p>", "a\n\nb"),
        ("<p>a</p><p>&nbsp;</p><p>b</p>", "a\n\nb"),
        ("<p>a</p><p></p><div> </div><p>b</p>", "a\nb"),
        ("<p>a</p><hr><p>b</p>", "a\n\nb"),
        ("<p>a&nbsp;&nbsp;b", "a\u00a0\u00a0b"),
        ("<pre>\n a\n  b\n</pre>c", " a\n  b\nc"),
        ('<div style="white-space: pre-wrap">a  b\nc</div>', "a  b\nc"),
        ('<span style="display:block">a</span><span style="display:block">b</span>', "a\nb"),
        ("<p>x<sup>2</sup> H<sub>2</sub>O", "x2 H2O"),
        ("<p>un<wbr>der&shy;stand", "under\u00adstand"),
        ("<q>so <q>they</q> say</q>", "“so ‘they’ say”"),
        ("<ruby>漢字<rt>かんじ</rt></ruby>", "漢字(かんじ)"),
        ("<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>", "漢字(かんじ)"),
        ("<dl><dt>panel<dd>lay people</dl>", "panel\nlay people"),
        ("<details><summary>More</summary>of it</details>", "More\nof it"),
        ("<figure>a<figcaption>b</figcaption></figure>", "a\nb"),
        ("<p>a&hellip; &#233; &unknown; &lt;b&gt;", "a… é &unknown; <b>"),
        ("<p>x<![if !supportLists]>1.<![endif]><o:p>y</o:p><!-- z -->", "x1.y"),
        ("<custom-tag>a</custom-tag>b", "ab"),
        ("no tags at all", "no tags at all"),
        ("<math><mi>a</mi><mo>=</mo><mn>2</mn><annotation>a = 2</annotation></math>", "a=2"),
    ],
)
def test_words_stand_as_a_browser_shows_them(page: str, text: str) -> None:
    assert text_of(page) == text


def test_headings_and_quotations_are_told() -> None:
    reading = read("<p>a<h2>Plenary</h2><blockquote>Not <i>ours</i>.<p>Nor theirs.</blockquote>")
    assert reading.text == "a\n\nPlenary\nNot ours.\nNor theirs.\n"
    assert pieces_of(reading) == [
        (PieceKind.HEADING, "Plenary", 2),
        (PieceKind.QUOTE, "Not ours.", 0),
        (PieceKind.EMPHASIS, "ours", 0),
        (PieceKind.QUOTE, "Nor theirs.", 0),
    ]
    assert told_by(reading) == {"heading": 1, "quote": 2}


def test_emphasis_is_told_by_elements_and_by_their_own_style() -> None:
    page = (
        '<p><b>a</b> <strong>b</strong> <em>c</em> <span style="font-weight:700">d</span>'
        ' <b style="font-weight:normal">e <i>f</i></b></p><div style="font-style: italic"><p>g</p></div>'
    )
    assert [piece[:2] for piece in pieces_of(read(page))] == [
        (PieceKind.STRONG, "a"),
        (PieceKind.STRONG, "b"),
        (PieceKind.EMPHASIS, "c"),
        (PieceKind.STRONG, "d"),
        (PieceKind.EMPHASIS, "f"),
        (PieceKind.EMPHASIS, "g"),
    ]


def test_emphasis_of_two_ways_stands_in_one_order_whatever_is_the_outer_one() -> None:
    both = [(PieceKind.EMPHASIS, "both", 0), (PieceKind.STRONG, "both", 0)]
    assert pieces_of(read("<p><b><i>both</i></b></p>")) == pieces_of(read("<p><i><b>both</b></i></p>")) == both


# --- lists ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<ul><li>a<li>b</ul>", "- a\n- b"),
        ("<ol><li>a<li>b</ol>", "1. a\n2. b"),
        ("<ol start=4><li>a<li value=9>b<li>c</ol>", "4. a\n9. b\n10. c"),
        ("<ol reversed><li>a<li>b</ol>", "2. a\n1. b"),
        ("<ol type=a start=26><li>a<li>b</ol>", "z. a\naa. b"),
        ("<ol type=I><li>a<li type=A>b</ol>", "I. a\nB. b"),
        ('<ol style="list-style-type: lower-roman"><li>a<li>b</ol>', "i. a\nii. b"),
        ('<ul style="list-style: none"><li>a<li>b</ul>', "a\nb"),
        ('<ol start="many"><li>a</ol>', "1. a"),
        ("<ol><li>a<ul><li>b<li>c</ul><li>d</ol>", "1. a\n  - b\n  - c\n2. d"),
        ("<ul><li>a</li><ul><li>b</li></ul><li>c</ul>", "- a\n  - b\n- c"),
        ("<ul><li><p>a</p><p>more</p></li><li>b</ul>", "- a\nmore\n- b"),
        ("<ol><li></li><li>b</ol>", "2. b"),
        ("<ul><li><h2>a</h2>b</ul>", "- a\nb"),
        ("<li>alone", "alone"),
    ],
)
def test_items_of_lists_have_their_labels(page: str, text: str) -> None:
    assert text_of(page) == text


def test_items_tell_how_deep_they_lie() -> None:
    assert [piece[2] for piece in pieces_of(read("<ul><li>a<ol><li>b</ol><li>c</ul>"))] == [1, 2, 1]


# --- tables ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<tr><td>a<td>b<tr><td>c<td>d", "a | b\nc | d"),
        ("<caption>who</caption><tr><th>a<th>b", "who\na | b"),
        ("<tr><td rowspan=2>a<td>b<tr><td>c<tr><td>d<td>e", "a | b\n | c\nd | e"),
        ("<tr><td>a<td rowspan=0>b<tr><td>c<tr><td>d", "a | b\nc | \nd | "),
        ("<tr><td colspan=2>a<td>b<tr><td>c<td>d<td>e", "a | b\nc | d | e"),
        ("<tr><td rowspan=2 colspan=2>a<td>b<tr><td>c", "a | b\n | c"),
        ("<tfoot><tr><td>z<td>z</tfoot><tbody><tr><td>a<td>b</tbody>", "a | b\nz | z"),
        ("<tr><td>a", "a"),
        ("<tr><td><p>a</p><p>b</p><td>c", "a\n    b\n    | c"),
        ("<tr><td><ul><li>a<li>b</ul><td>c", "- a\n    - b\n    | c"),
        ("<tr><td><table><tr><td>a<td>b</table><td>c", "a | b | c"),
        ("stray<tr>text<td>a<td>b", "straytext\na | b"),
        ("<tr style='display:none'><td>a<td>b<tr><td>c<td>d", "c | d"),
    ],
)
def test_row_of_a_table_is_a_line(page: str, text: str) -> None:
    assert text_of(f"<table>{page}</table>") == text


def test_table_is_told_with_its_columns() -> None:
    reading = read("<p>x<table><tr><td>a<td>b<td>c</table>")
    assert reading.beside.structure == (Piece(PieceKind.TABLE, 2, 11, 3),)
    assert told_by(reading) == {"table": 1}


# --- what is left out, and told -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("<script>secret</script><style>secret</style><template>secret</template><noscript>secret</noscript>", {}),
        ("<head><title>secret</title></head>", {}),
        ("<p hidden>secret", {"hidden text": 1}),
        ("<p style='Display : NONE !important'>secret", {"hidden text": 1}),
        ("<p><span style='visibility:hidden'>secret</span>", {"hidden text": 1}),
        ("<div hidden><script>secret</script> </div>", {}),
        ("<input value=secret><textarea>secret</textarea><select><option>secret</select>", {"form field": 3}),
        ("<input type=hidden value=secret>", {}),
        ("<iframe src=secret></iframe><video>secret</video>", {"embedded object": 2}),
        ("<svg><text>secret</text></svg>", {"diagram": 1}),
        ("<body><div title=header><p>secret</div><div title=footer>secret</div>", {"header or footer": 2}),
        ("<del datetime=2025-05-03T09:00>secret</del>", {"deletion": 1}),
    ],
)
def test_what_no_browser_shows_is_left_out(page: str, told: dict[str, int]) -> None:
    reading = read(f"{page}<p>seen")
    assert "secret" not in reading.text
    assert "seen" in reading.text
    assert told_by(reading) == told


def test_deletion_is_listed_with_its_words_and_struck_out_words_stay() -> None:
    reading = read(
        "<p>not <del datetime='2025-05-03'>ours</del><ins datetime='2025-05-03'>theirs</ins> <del>a</del><s>b</s>"
    )
    assert reading.text == "not theirs ab\n"
    assert told_by(reading) == {"insertion": 1, "deletion": 1}
    assert any("“ours” deleted on 2025-05-03" in note.detail for note in reading.notes)


def test_links_keep_their_words() -> None:
    reading = read("<p><a href='http://example.org'>there</a> and <a href='#here'>here</a> and <a name=x>not</a>")
    assert reading.text == "there and here and not\n"
    assert told_by(reading) == {"link": 1}


# --- pictures -------------------------------------------------------------------------------------------------------


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a reader fetches nothing")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.parametrize("address", [DATA, DATA.replace("A", "%41"), DATA.replace(",", ",\n")])
def test_picture_in_the_page_hangs_where_it_stands(address: str) -> None:
    reading = read(f"<p>Here <img src='{address}' alt=' A room. '>it is.")
    assert reading.text == "Here it is.\n"
    (picture,) = reading.beside.pictures
    assert (picture.at, picture.content, picture.media_type) == (4, PNG, "image/png")
    assert (picture.name, picture.description) == (None, "A room.")


def test_drawing_in_an_address_is_kept() -> None:
    reading = read("<p>a<img src=\"data:image/svg+xml;utf8,%3Csvg xmlns='x'/%3E\">")
    assert [one.content for one in reading.beside.pictures] == [b"<svg xmlns='x'/>"]


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize(
    "address",
    ["http://localhost:9/a.png", "//localhost/a.png", "file:///etc/passwd", "../a.png", "", "data:text/html,secret",
     "data:image/png;base64,AAAA", "data:image/png;base64,A", "picture-in-the-page:7", "picture-in-the-page:x"],
)  # fmt: skip
def test_picture_elsewhere_is_told_with_what_is_said_of_it(address: str) -> None:
    reading = read(f"<p>a<img src='{address}' alt='A room.'>")
    assert not reading.beside.pictures
    (note,) = reading.notes
    assert note.what == "picture elsewhere"
    assert note.detail.startswith("“A room.”; ")


def test_pictures_beyond_the_limit_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "PICTURES_BYTES", 2 * len(PNG))
    assert told_by(read(f"<p>a{f'<img src={DATA!r}>' * 3}")) == {"picture": 2, "picture elsewhere": 1}
    monkeypatch.setattr(document, "PICTURE_BYTES", 9)
    assert told_by(read(f"<p>a<img src='{DATA}'>")) == {"picture elsewhere": 1}


# --- encodings and properties ---------------------------------------------------------------------------------------

ZOE = "<p>Zoë says “no” – twice"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (ZOE.encode(), "utf-8"),
        (ZOE.encode("utf-8-sig"), "utf-8-sig"),
        (ZOE.encode("utf-16"), "utf-16"),
        (b"<meta charset=windows-1252>" + ZOE.encode("cp1252"), "windows-1252"),
        (b"<meta charset='ISO-8859-1'>" + ZOE.encode("cp1252"), "windows-1252"),
        (b'<META http-equiv="Content-Type" content="text/html; charset=macintosh">' + ZOE.encode("mac-roman"), "mac-roman"),
        (b'<?xml version="1.0" encoding="cp1250"?>' + ZOE.encode("cp1250"), "windows-1250"),
        (b"<meta charset=utf-16>" + ZOE.encode(), "utf-8"),
        (b"<meta charset=windows-1252>" + ZOE.encode(), "utf-8"),
        (b"<meta charset=no-such>" + ZOE.encode(), "utf-8"),
        (b"<meta charset=base64>" + ZOE.encode(), "utf-8"),
    ],
    ids=range(11),
)  # fmt: skip
def test_encoding_is_known_by_mark_declaration_or_statistics(content: bytes, encoding: str) -> None:
    reading = read(content)
    assert reading.text == "Zoë says “no” – twice\n"
    assert reading.encoding == encoding


def test_declaration_that_is_not_true_of_the_bytes_gives_way_with_a_word() -> None:
    words = "Zoë says “no” – twice, and looks at the table where the ward team sits."
    reading = read(b"<meta charset=utf-8>" + words.encode("cp1252"))
    assert (reading.text, reading.encoding) == (f"{words}\n", "windows-1252")
    assert [note.what for note in reading.notes] == ["encoding"]


def test_page_tells_its_title_its_author_and_its_times() -> None:
    page = (
        "<title> Day\n one </title><meta name=author content=Ada><meta name=created content='2025-05-03T09:00:00'>"
        "<meta property='article:modified_time' content='2025-05-04'><meta name=date content='last week'><p>Rain."
    )
    assert read(page).properties == {
        "title": "Day one", "creator": "Ada", "created": "2025-05-03T09:00:00", "modified": "2025-05-04",
    }  # fmt: skip


# --- made to do harm ------------------------------------------------------------------------------------------------


def refused(page: str | bytes) -> str:
    with pytest.raises(UserError) as told:
        read(page)
    assert "note.html" in str(told.value)
    return str(told.value)


@pytest.mark.parametrize("content", ["", " ", "<p></p>", "<!-- only -->", "<script>x</script>"])
def test_page_without_words_is_told_to_be_empty(tmp_path: Path, content: str) -> None:
    path = tmp_path / "note.html"
    path.write_text(content, "utf-8")
    with pytest.raises(UserError, match=r"note\.html is empty"):
        read_source(path)


def test_bytes_that_are_no_text_are_refused() -> None:
    assert "is no text file" in refused(b"<p>" + bytes(range(256)) * 4)


def test_entities_of_its_own_are_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", "utf-8")
    bomb = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    for declared in (f'<!ENTITY i SYSTEM "{secret.as_uri()}">', f'<!ENTITY a "secret">{bomb}'):
        text = read(f"<!DOCTYPE html [{declared}]><p>&i;").text
        assert text.endswith("&i;\n")
        assert len(text) < 2000


@pytest.mark.parametrize("opening", ["<div>", "<span>", "<ul><li>", "<table><tr><td>", "<blockquote>", "<q>", "<b><i>"])
@pytest.mark.parametrize("depth", [60, 50_000])
def test_nesting_is_read_within_reason_and_refused_beyond(opening: str, depth: int) -> None:
    page = opening * depth + "deep"
    if depth > 1000:
        assert "too deep" in refused(page)
    else:
        assert "deep" in read(page).text


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("<p>a" * 300_000, "more than 250,000 tags"),
        ("<p>" + "a " * 5_000_000, "larger than 8 MiB"),
        ("<p " + " ".join(f"a{number}" for number in range(100_000)) + ">a", "thousands of attributes"),
        (
            "<table><tr>" + "<td rowspan=60000>" * 2000 + "<tr>" * 2000,
            "repeated spaces, cells or rows",
        ),
    ],
    ids=["tags", "characters", "attributes", "cells that reach down"],
)
def test_page_beyond_the_limits_is_refused_in_little_memory(page: str, told: str) -> None:
    content = page.encode()
    tracemalloc.start()
    try:
        assert told in refused(content)
        assert tracemalloc.get_traced_memory()[1] < 48 * limits.MIB
    finally:
        tracemalloc.stop()


def test_long_address_or_sentence_in_a_tag_is_no_harm() -> None:
    assert text_of(f"<p title='{'word ' * 9000}'>a") == "a"


def test_any_bytes_are_read_or_refused_and_nothing_else() -> None:
    chance = random.Random(6)
    pieces = ["<p>", "</p>", "<table>", "<tr>", "<td rowspan=3>", "</table>", "<ul>", "<li>", "</ul>", "a ", "&amp", "<b",
              "<q>", "<pre>", "\n", "<!--", "-->", "<br>", "&#x0;", "<img src=data:image/png;base64,AA", ">", "é", "<svg>",
              "<select>", "<h1>", "<ruby><rt>", "<del datetime=''>", "]]>", "<?", "<![CDATA[", "\ufffe", "<math>"]  # fmt: skip
    for _ in range(500):
        page = "".join(chance.choices(pieces, k=40)).encode()
        cut = bytearray(page)
        cut[chance.randrange(len(cut))] = chance.randrange(1, 256)
        for content in (page, bytes(cut)):
            try:
                assert read(content).text.endswith("\n")
            except UserError as fault:
                assert "note.html" in str(fault)  # noqa: PT017 - most of them are read
