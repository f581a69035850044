"""EPUB books as readable text: their chapters in order, with pictures; what is protected or broken is told."""

import random
from pathlib import Path

import pytest

from polyvocal.domain.errors import UserError
from polyvocal.domain.structure import PieceKind
from polyvocal.exchange.readers import epub, read_source
from polyvocal.exchange.readers.epub import read_epub
from polyvocal.exchange.readers.reading import Reading
from tests.exchange.opendocument_documents import packed

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
XHTML = (
    '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" '
    '"http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd"><html xmlns="http://www.w3.org/1999/xhtml">'
    "<head><title>unseen</title></head><body>{}</body></html>"
)
METADATA = '<dc:title>Two days</dc:title><dc:creator>Ada</dc:creator><dc:creator>Bo</dc:creator><dc:date>2025-05-03</dc:date><meta property="dcterms:modified">2025-05-04T09:00:00Z</meta>'


def opf_of(manifest: str, spine: str) -> str:
    return (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata>{METADATA}</metadata><manifest>{manifest}</manifest><spine>{spine}</spine></package>"
    )


def item(name: str, more: str = "", kind: str = "application/xhtml+xml") -> str:
    return f'<item id="{name}" href="{name}.xhtml" media-type="{kind}" {more}/>'


def book_of(*chapters: str, **others: str | bytes) -> bytes:
    """A book of chapters, each the inside of a page's body, or a whole page. In names of other parts __ is a /."""
    names = [f"c{number}" for number in range(len(chapters))]
    parts: dict[str, str | bytes] = {
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": opf_of("".join(map(item, names)), "".join(f'<itemref idref="{name}"/>' for name in names)),
    }
    for name, inside in zip(names, chapters, strict=True):
        parts[f"OEBPS/{name}.xhtml"] = inside if "<html" in inside else XHTML.format(inside)
    named = {name.replace("__", "/").replace("_", "."): content for name, content in others.items()}
    return packed(parts | {name.replace("META.INF", "META-INF"): content for name, content in named.items()})


def read(content: bytes) -> Reading:
    return read_epub(content, "note.epub")


def told_by(reading: Reading) -> dict[str, int]:
    return {note.what: note.how_many for note in reading.notes}


def refused(content: bytes) -> str:
    with pytest.raises(UserError) as told:
        read(content)
    assert "note.epub" in str(told.value)
    return str(told.value)


def test_book_becomes_a_source_of_its_chapters_in_order(tmp_path: Path) -> None:
    path = tmp_path / "two days.epub"
    path.write_bytes(book_of("<h1>Day one</h1><p>Rain.</p>", "<h1>Day two</h1><ol><li>Wind.</li></ol>"))
    incoming = read_source(path)
    assert incoming.text == "Day one\nRain.\n\nDay two\n1. Wind.\n"
    assert incoming.encoding is None
    headings = [one for one in incoming.beside.structure if one.kind is PieceKind.HEADING]
    assert [incoming.text[one.start : one.end] for one in headings] == ["Day one", "Day two"]


def test_book_tells_its_title_its_authors_and_its_times() -> None:
    assert read(book_of("<p>Rain.</p>")).properties == {
        "title": "Two days", "creator": "Ada, Bo", "created": "2025-05-03", "modified": "2025-05-04T09:00:00Z",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("chapter", "text"),
    [
        ("<p>Rain&nbsp;&amp; wind&hellip;&#233;</p>", "Rain\u00a0& wind…é"),
        ("<p>a<a id='x'/>b</p><p/><script/><p>c</p>", "ab\nc"),
        ("<p>broken <b>but</p> <p>read", "broken but\nread"),
        ("<p><![CDATA[a < b]]></p>", "a < b"),
        ("<html><body><p>no declaration</body></html>", "no declaration"),
    ],
)
def test_chapter_is_read_by_the_rules_of_xml_or_without_them(chapter: str, text: str) -> None:
    assert read(book_of(chapter)).text == f"{text}\n"


def test_entities_of_a_chapter_are_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", "utf-8")
    for declared in ('<!ENTITY e "secret">', f'<!ENTITY e SYSTEM "{secret.as_uri()}">'):
        page = f'<!DOCTYPE html [{declared}]><html xmlns="http://www.w3.org/1999/xhtml"><body title="&e;"><p>a&e;</p></body></html>'
        assert "secret" not in read(book_of(page)).text


def test_pictures_come_from_the_package_and_from_nowhere_else() -> None:
    chapter = (
        "<p>Here<img src='../img/a%20b.png' alt='A room.'/> it is<img src='http://localhost:9/a.png'/>"
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'>"
        "<image xlink:href='/img/a b.png'/></svg><img src='../../../../etc/passwd'/></p>"
    )
    reading = read(book_of(chapter, **{"img__a b_png": PNG}))
    assert [(one.at, one.name, one.description) for one in reading.beside.pictures] == [
        (4, "a%20b.png", "A room."),
        (10, "a b.png", None),
    ]
    assert all(one.content == PNG for one in reading.beside.pictures)
    assert told_by(reading) == {"picture": 2, "picture elsewhere": 2}


@pytest.mark.parametrize(("linear", "text"), [("", "Contents\n\nRain.\n"), ('linear="no"', "Rain.\n")])
def test_contents_are_left_out_unless_they_belong_to_the_book(linear: str, text: str) -> None:
    opf = opf_of(item("nav", 'properties="nav"') + item("c0"), f'<itemref idref="nav" {linear}/><itemref idref="c0"/>')
    parts: dict[str, str | bytes] = {
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": opf,
        "OEBPS/nav.xhtml": XHTML.format("<nav><p>Contents</p></nav>"),
        "OEBPS/c0.xhtml": XHTML.format("<p>Rain.</p>"),
    }
    assert read(packed(parts)).text == text


def test_chapters_that_cannot_be_read_are_told() -> None:
    manifest = item("c0") + item("gone") + item("plate", kind="image/svg+xml") + item("sound", kind="audio/mpeg")
    spine = "".join(f'<itemref idref="{name}"/>' for name in ("c0", "gone", "plate", "sound", "unknown"))
    parts: dict[str, str | bytes] = {
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": opf_of(manifest, spine),
        "OEBPS/c0.xhtml": XHTML.format("<p>Rain.</p>"),
    }
    reading = read(packed(parts))
    assert reading.text == "Rain.\n"
    assert told_by(reading) == {"picture elsewhere": 1, "linked document": 1, "broken part": 2}


# --- damaged, protected, made to do harm ----------------------------------------------------------------------------


def encryption(method: str) -> str:
    return (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:e="http://www.w3.org/2001/04/xmlenc#">'
        f'<e:EncryptedData><e:EncryptionMethod Algorithm="{method}"/></e:EncryptedData></encryption>'
    )


def test_protected_book_is_refused_and_one_with_protected_fonts_is_read() -> None:
    fonts = book_of("<p>Rain.</p>", META_INF__encryption_xml=encryption("http://www.idpf.org/2008/embedding"))
    assert read(fonts).text == "Rain.\n"
    whole = book_of("<p>Rain.</p>", META_INF__encryption_xml=encryption("http://www.w3.org/2001/04/xmlenc#aes128-cbc"))
    assert "protected against copying" in refused(whole)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"plain text", "no EPUB book, or is damaged"),
        (book_of("<p>Rain.</p>")[:200], "no EPUB book, or is damaged"),
        (packed({"a.txt": "text"}), "a zip package, but no EPUB book"),
        (packed({"META-INF/container.xml": "<broken"}), "META-INF/container.xml is broken in line 1"),
        (packed({"META-INF/container.xml": CONTAINER}), "OEBPS/book.opf is missing"),
        (
            packed({"META-INF/container.xml": CONTAINER, "OEBPS/book.opf": "<!DOCTYPE x [<!ENTITY e 'x'>]><x>&e;</x>"}),
            "declares entities",
        ),
        (book_of("<div>" * 5000 + "deep"), "too deep"),
    ],
    ids=range(7),
)
def test_what_is_no_whole_book_is_refused(content: bytes, told: str) -> None:
    assert told in refused(content)


def test_book_without_words_is_told_to_be_empty(tmp_path: Path) -> None:
    path = tmp_path / "note.epub"
    path.write_bytes(book_of("<p></p>"))
    with pytest.raises(UserError, match=r"note\.epub is empty"):
        read_source(path)


def test_limit_of_tags_holds_for_all_chapters_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(epub, "PAGE_TAGS", 1_000)
    chapter = "<p>a</p>" * 300
    assert len(read(book_of(chapter)).text) == 600
    assert "more than 1,000 tags" in refused(book_of(chapter, chapter))


def test_broken_bytes_are_refused_or_read_and_nothing_else() -> None:
    chance = random.Random(7)
    whole = book_of("<h1>Day one</h1><p>Rain.</p>", "<ul><li>a</li></ul><table><tr><td>b</td></tr></table>")
    refusals = 0
    for trial in range(300):
        content = bytearray(whole)
        if trial % 3 == 0:
            del content[chance.randrange(len(content)) :]
        for _ in range(chance.randrange(1, 20) if trial % 3 else 0):
            content[chance.randrange(len(content))] = chance.randrange(256)
        try:
            read(bytes(content))
        except UserError:
            refusals += 1
    assert 0 < refusals < 300
