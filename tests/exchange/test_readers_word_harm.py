"""Word documents that are damaged or made to do harm: refused in clear words, within bounded memory."""

import io
import re
import socket
import struct
import tracemalloc
import zipfile
from pathlib import Path

import openpyxl
import pytest

from polyvocal.domain.errors import UserError
from polyvocal.domain.words import Fate
from polyvocal.exchange.readers import archive, limits, package, read_source
from polyvocal.exchange.readers.word import read_word
from tests.exchange.word_documents import W, document_of, paragraph, plain_document, replaced, run, with_parts

SECRET = "nobody may read this"


def with_body(inside: str, *, before: str = "") -> bytes:
    """A document whose main part is this XML."""
    xml = f'{before}<w:document xmlns:w="{W}"><w:body>{inside}</w:body></w:document>'
    return with_parts(plain_document(), {"word/document.xml": replaced(xml)})


def refused(content: bytes) -> str:
    """What is told of a document that is not read."""
    with pytest.raises(UserError) as told:
        read_word(content, "note.docx")
    assert "note.docx" in str(told.value)
    return str(told.value)


# --- damaged or something else --------------------------------------------------------------------------------------


def other_package() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("a.txt", "text")
    return file.getvalue()


def workbook() -> bytes:
    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"plain text", "no Word document, or is damaged"),
        (b"PK\x03\x04 and then nothing", "no Word document, or is damaged"),
        (plain_document("x" * 99)[:9000], "no Word document, or is damaged"),
        (other_package(), "a zip package, but no Word document"),
        (workbook(), "no Word document: its main part is a workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "locked with a password, or is an old Office document"),
        (with_parts(plain_document(), {"word/document.xml": lambda _: None}), "a zip package, but no Word document"),
        (with_parts(plain_document(), {"_rels/.rels": replaced("<broken")}), "a zip package, but no Word document"),
        (with_body("<w:p>"), "word/document.xml is broken in line 1"),
        (with_body("<w:p>&#0;</w:p>"), "word/document.xml is broken"),
    ],
    ids=range(10),
)
def test_what_is_no_whole_word_document_is_refused(content: bytes, told: str) -> None:
    assert told in refused(content)


@pytest.mark.parametrize("content", [b"", b"text"])
def test_file_that_only_has_the_ending_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "note.docx"
    path.write_bytes(content)
    with pytest.raises(UserError, match=r"note\.docx is no Word document"):
        read_source(path)


def test_document_without_text_is_refused_with_what_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "photo.docx"
    path.write_bytes(document_of("<w:p><w:r><w:pict><v:shape><v:imagedata/></v:shape></w:pict></w:r></w:p>"))
    with pytest.raises(UserError, match=r"photo\.docx is empty.*picture elsewhere: 1"):
        read_source(path)


def test_altered_bytes_are_noticed_and_no_word_is_told() -> None:
    content = with_body(paragraph(SECRET))
    entry = zipfile.ZipFile(io.BytesIO(content)).getinfo("word/document.xml")
    at = entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2
    altered = content[:at] + bytes([content[at] ^ 0x55]) + content[at + 1 :]
    told = refused(altered)
    assert "word/document.xml" in told
    assert not re.search("nobody|read this", told)


def test_locked_entry_is_refused() -> None:
    content = bytearray(plain_document("Rain."))
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = -1
        while (at := content.find(mark, at + 1)) >= 0:
            content[at + place] |= 1
    assert "locked with a password" in refused(bytes(content))


def test_compression_that_cannot_be_bounded_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain_document("Rain."))) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(
                name, old.read(name), zipfile.ZIP_LZMA if name == "word/document.xml" else zipfile.ZIP_DEFLATED
            )
    assert "word/document.xml cannot be unpacked" in refused(file.getvalue())


# --- made to do harm ------------------------------------------------------------------------------------------------


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a reader fetches nothing")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize("where", ["word/document.xml", "word/styles.xml", "_rels/.rels"])
@pytest.mark.parametrize("kind", ['"inside"', 'SYSTEM "{file}"', 'SYSTEM "http://localhost:9/x"'])
def test_document_type_is_refused_and_no_entity_is_read(tmp_path: Path, where: str, kind: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET, "utf-8")
    doctype = f"<!DOCTYPE x [<!ENTITY e {kind.format(file=secret.as_uri())}>]>"

    def declare(xml: bytes) -> bytes:
        head, mark, rest = xml.partition(b"?>")
        return head + mark + doctype.encode() + rest

    told = refused(with_parts(document_of(paragraph("Rain.")), {where: declare}))
    assert "declares a document type" in told
    assert SECRET not in told


def test_entities_that_grow_are_refused_in_little_memory() -> None:
    entities = "".join(
        f'<!ENTITY {one} "{f"&{before};" * 10}">' for before, one in zip("abcdefgh", "bcdefghi", strict=True)
    )
    bomb = with_body(paragraph("&i;"), before=f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{entities}]>')
    tracemalloc.start()
    try:
        refused(bomb)
        assert tracemalloc.get_traced_memory()[1] < 4 * limits.MIB
    finally:
        tracemalloc.stop()


def test_xml_beyond_the_limit_is_refused_before_it_is_unpacked_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "UNPACKED_BYTES", 2 * limits.MIB)
    bomb = with_body(run("a" * 8 * limits.MIB))
    tracemalloc.start()
    try:
        assert "more than 2 MiB of XML" in refused(bomb)
        assert tracemalloc.get_traced_memory()[1] < 4 * limits.MIB
    finally:
        tracemalloc.stop()


def test_limit_holds_for_all_parts_together(monkeypatch: pytest.MonkeyPatch) -> None:
    content = with_body(paragraph("Rain."))
    whole = sum(
        zipfile.ZipFile(io.BytesIO(content)).getinfo(f"word/{name}.xml").file_size for name in ("document", "styles")
    )
    monkeypatch.setattr(package, "UNPACKED_BYTES", whole - 1)
    assert "the most that is read" in refused(content)


def test_too_many_tags_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "TREE_TAGS", 10_000)
    assert "more than 10,000 tags and attributes" in refused(with_body("<w:p/>" * 20_000))


def test_part_that_grows_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "RATIO_MATTERS_FROM", limits.MIB)
    assert "grows more than 200 times" in refused(with_body(run("a" * 2 * limits.MIB)))


def test_size_that_lies_is_not_believed() -> None:
    content = bytearray(with_body(run("a" * 8 * limits.MIB)))
    entry = zipfile.ZipFile(io.BytesIO(bytes(content))).getinfo("word/document.xml")
    listed = content.rfind(b"word/document.xml") - 46
    assert content[listed : listed + 4] == b"PK\x01\x02"
    for at in (listed + 24, entry.header_offset + 22):
        content[at : at + 4] = struct.pack("<I", 1000)
    tracemalloc.start()
    try:
        assert "word/document.xml cannot be unpacked" in refused(bytes(content))
        assert tracemalloc.get_traced_memory()[1] < 4 * limits.MIB
    finally:
        tracemalloc.stop()


def test_too_many_files_in_a_package_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "PACKAGE_ENTRIES", 5)
    assert "at most 5 are read" in refused(plain_document("Rain."))


def test_list_of_files_in_a_package_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "DIRECTORY_BYTES", 100)
    assert "its list of files is longer" in refused(plain_document("Rain."))


def test_nesting_beyond_all_reason_is_refused() -> None:
    assert "note.docx" in refused(with_body("<w:ins>" * 30_000 + run("deep") + "</w:ins>" * 30_000))


def test_deep_nesting_within_reason_is_read() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 60 + paragraph("deep") + "</w:tc></w:tr></w:tbl>" * 60
    assert read_word(with_body(deep), "note.docx").text == "deep\n"


def test_styles_and_lists_that_go_in_circles_come_to_an_end() -> None:
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="a"/></w:style></w:styles>'
    )
    numbering = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="s"/><w:styleLink w:val="s"/>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    inside = paragraph("Rain.", '<w:pStyle w:val="a"/><w:numPr><w:numId w:val="1"/></w:numPr>')
    content = with_parts(
        document_of(inside), {"word/styles.xml": replaced(styles), "word/numbering.xml": replaced(numbering)}
    )
    assert read_word(content, "note.docx").text == "Rain.\n"


# --- documents that others made -------------------------------------------------------------------------------------


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("docx-broken-xml.docx", "word/document.xml is broken"),
        ("docx-external-template.docx", "is empty"),
        ("docx-xxe.docx", "declares a document type"),
    ],
)
def test_real_hostile_document_is_refused(shared_data: Path, name: str, told: str) -> None:
    with pytest.raises(UserError, match=f"{name}.*{told}"):
        read_source(shared_data / "hostile" / "generated" / name)


EMPTY = {
    "blk-containing-table", "doc-default", "doc-word-default-blank", "shp-inline-shape-access",
    "sty-having-no-styles-part", "tbl-2x2-table", "tbl-on-off-props",
}  # fmt: skip


def test_every_real_document_is_read_or_told_to_be_empty(shared_data: Path) -> None:
    documents = sorted((shared_data / "documents").glob("*/*.docx"))
    assert len(documents) > 60
    empty = set()
    for path in documents:
        try:
            assert read_source(path).text.strip()
        except UserError as fault:
            assert "is empty" in str(fault), path.name  # noqa: PT017 - most of them are read
            empty.add(path.stem)
    assert empty == EMPTY


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("pandoc-docx/lists.docx", "1. one\n2. two\n  a. a\n  b. b\n- one\n- two\n  - three\n    - four\n", set()),
        ("pandoc-docx/lists_continuing.docx", "3. Baz\n\nInterruption.\n4. Bop", {"header or footer"}),
        ("pandoc-docx/lists_sublist_reset.docx", "2. Head 2\n  1.1 Head 2.1", set()),
        ("pandoc-docx/tables.docx", "Lebron James | Basketball | Very High | Leaving Cleveland\n", set()),
        ("pandoc-docx/sdt_in_footnote.docx", "dolor sit amet.[1]", {"footnote"}),
        ("pandoc-docx/textbox_image_duplicate_encoding.docx", "", {"text box"}),
        ("pandoc-docx/track_changes_move.docx", "text.\n\nHere is the text to be moved.\n\nHere", {"moved text"}),
        ("pandoc-docx/comments_warning.docx", "This is a comment", set()),
        ("pandoc-docx/drop_cap.docx", "Drop cap.\n", set()),
        ("pandoc-docx/alternate_document_path.docx", "", set()),
        ("docx-revisions/license_reviewed.docx", "", {"insertion", "deletion"}),
    ],
)
def test_real_document_is_read_as_word_shows_it(shared_data: Path, name: str, text: str, told: set[str]) -> None:
    incoming = read_source(shared_data / "documents" / name)
    assert text in incoming.text
    assert {note.what for note in incoming.notes if note.fate is not Fate.CARRIED_OVER} == told
