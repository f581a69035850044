"""OpenDocument texts that are damaged or made to do harm: refused in clear words, within bounded memory."""

import io
import random
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from polyvocal.domain.errors import UserError
from polyvocal.exchange.readers import limits, package, read_source
from polyvocal.exchange.readers.opendocument import read_flat_opendocument, read_opendocument
from tests.exchange.opendocument_documents import content_of, document_of, items, packed, paragraph, part_of, style

SECRET = "nobody may read this"


def refused(content: bytes, read: Callable[[bytes, str], object] = read_opendocument) -> str:
    """What is told of a document that is not read."""
    with pytest.raises(UserError) as told:
        read(content, "note.odt")
    assert "note.odt" in str(told.value)
    assert SECRET not in str(told.value)
    return str(told.value)


LOCKED = (
    '<m:manifest xmlns:m="x"><m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry></m:manifest>'
)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"plain text", "no OpenDocument text, or is damaged"),
        (document_of(paragraph("Rain."))[:300], "no OpenDocument text, or is damaged"),
        (packed({"a.txt": "text"}), "a zip package, but no OpenDocument text"),
        (packed({"content.xml": "<broken"}), "content.xml is broken in line 1"),
        (packed({"content.xml": content_of().replace("office:text", "office:spreadsheet")}), "what is in it is spreadsheet"),
        (packed({"content.xml": "<a/>"}), "what is in it is a"),
        (packed({"content.xml": b"\x8f\x01" * 50, "META-INF/manifest.xml": LOCKED}), "locked with a password"),
        (packed({"encrypted-package": b"\x8f" * 50}), "locked with a password"),
    ],
    ids=range(8),
)  # fmt: skip
def test_what_is_no_whole_opendocument_text_is_refused(content: bytes, told: str) -> None:
    assert told in refused(content)


def test_document_without_text_is_refused_with_what_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "photo.odt"
    path.write_bytes(
        document_of(paragraph('<draw:frame><draw:image xlink:href="http://localhost:9/a.png"/></draw:frame>'))
    )
    with pytest.raises(UserError, match=r"photo\.odt is empty.*picture elsewhere: 1"):
        read_source(path)


@pytest.mark.parametrize("kind", ['"inside"', 'SYSTEM "{file}"', 'SYSTEM "http://localhost:9/x"'])
@pytest.mark.parametrize("part", ["content.xml", "styles.xml"])
def test_document_type_is_refused_and_no_entity_is_read(tmp_path: Path, part: str, kind: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET, "utf-8")
    doctype = f"<!DOCTYPE x [<!ENTITY e {kind.format(file=secret.as_uri())}>]>"
    parts: dict[str, str | bytes] = {
        "content.xml": content_of(paragraph("Rain &amp; &#233;")),
        "styles.xml": part_of("document-styles", ""),
    }
    told = refused(packed(parts | {part: f"{doctype}{parts[part]!s}"}))
    assert "declares a document type" in told


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_type_of_a_flat_document_is_refused(encoding: str) -> None:
    flat = f'<!DOCTYPE x [<!ENTITY e "{SECRET}">]>' + content_of(paragraph("&e;"))
    assert "declares a document type" in refused(flat.encode(encoding), read_flat_opendocument)


@pytest.mark.parametrize(
    "inside",
    [
        '<text:p>a<text:s text:c="999999999"/></text:p>',
        "<text:p>a" + '<text:s text:c="99999"/>' * 30 + "</text:p>",
        (
            '<table:table><table:table-row><table:table-cell table:number-columns-repeated="9999999"><text:p>a</text:p>'
            "</table:table-cell></table:table-row></table:table>"
        ),
        (
            '<table:table><table:table-row table:number-rows-repeated="9999999"><table:table-cell><text:p>a</text:p>'
            "</table:table-cell></table:table-row></table:table>"
        ),
        (
            '<table:table><table:table-row><table:table-cell table:number-columns-repeated="99">' * 20
            + "<text:p>a</text:p>"
            + "</table:table-cell></table:table-row></table:table>" * 20
        ),
    ],
    ids=["spaces", "many spaces", "cells", "rows", "cells in cells"],
)
def test_what_repeats_without_end_is_refused_in_little_memory(inside: str) -> None:
    tracemalloc.start()
    try:
        assert "repeated spaces, cells or rows" in refused(document_of(inside))
        assert tracemalloc.get_traced_memory()[1] < 32 * limits.MIB
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("count", ["-5", "nine", "1e9", "", "٣", "9" * 5000])
def test_counts_that_are_none_are_one(count: str) -> None:
    content = document_of(paragraph(f'a<text:s text:c="{count}"/>b'), items("c", more=f'text:start-value="{count}"'))
    assert read_opendocument(content, "note.odt").text == "a b\n- c\n"


def test_too_many_tags_and_attributes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "TREE_TAGS", 10_000)
    assert "more than 10,000 tags and attributes" in refused(document_of("<text:p/>" * 10_000))
    assert "more than 10,000 tags and attributes" in refused(document_of('<text:p a="" b="" c=""/>' * 3_000))


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("<text:section>", "</text:section>"),
        ("<text:list><text:list-item>", "</text:list-item></text:list>"),
        ("<text:p><draw:frame><draw:text-box>", "</draw:text-box></draw:frame></text:p>"),
        ("<text:p><text:note><text:note-body>", "</text:note-body></text:note></text:p>"),
        ("<text:p><office:annotation>", "</office:annotation></text:p>"),
        ("<table:table><table:table-row><table:table-cell>", "</table:table-cell></table:table-row></table:table>"),
    ],
)
@pytest.mark.parametrize("depth", [75, 5_000])
def test_nesting_is_read_within_reason_and_refused_beyond(opening: str, closing: str, depth: int) -> None:
    content = document_of(opening * depth + paragraph("deep") + closing * depth)
    if depth > 100:
        assert "damaged" in refused(content)
    else:
        try:
            assert read_opendocument(content, "note.odt").text
        except UserError as fault:
            assert "too deep" in str(fault)  # noqa: PT017 - how deep is deep enough depends on who calls


def test_styles_and_lists_that_go_in_circles_come_to_an_end() -> None:
    circle = style("a", "", "paragraph", 'style:parent-style-name="b"') + style(
        "b", "", "paragraph", 'style:parent-style-name="a"'
    )
    content = document_of(
        paragraph("Rain.", "a"), items("one", more='xml:id="x" text:continue-list="x"'), styles=circle
    )
    assert read_opendocument(content, "note.odt").text == "Rain.\n- one\n"


def test_part_outside_of_the_package_is_no_picture(tmp_path: Path) -> None:
    content = io.BytesIO(document_of(paragraph('a<draw:frame><draw:image xlink:href="../../out.png"/></draw:frame>')))
    with zipfile.ZipFile(content, "a") as package_:
        package_.writestr("../../out.png", b"\x89PNG\r\n\x1a\n")
    reading = read_opendocument(content.getvalue(), "note.odt")
    assert reading.text == "a\n"
    assert not list(tmp_path.iterdir())


def test_broken_bytes_are_refused_or_read_and_nothing_else(shared_data: Path) -> None:
    chance = random.Random(4)
    whole = (shared_data / "documents" / "pandoc-odt" / "orderedListMixed.odt").read_bytes()
    refusals = 0
    for trial in range(300):
        content = bytearray(whole)
        if trial % 3 == 0:
            del content[chance.randrange(len(content)) :]
        else:
            for _ in range(chance.randrange(1, 30)):
                content[chance.randrange(len(content))] = chance.randrange(256)
        try:
            read_opendocument(bytes(content), "note.odt")
        except UserError:
            refusals += 1
    assert 0 < refusals <= 300


def test_broken_xml_is_refused_or_read_and_nothing_else(shared_data: Path) -> None:
    """Bytes that change within the XML are not caught by the zip file's checksums."""
    chance = random.Random(5)
    for name in ("orderedListMixed", "imageWithCaption", "trackedChanges", "tableWithCaption"):
        with zipfile.ZipFile(shared_data / "documents" / "pandoc-odt" / f"{name}.odt") as whole:
            xml = whole.read("content.xml")
        for _ in range(100):
            content = bytearray(xml)
            at = chance.randrange(len(content))
            content[at : at + chance.randrange(3)] = chance.choice([b"", b"9", b"<", b'"', b"\xff", b"text:p"])
            try:
                read_opendocument(packed({"content.xml": bytes(content)}), "note.odt")
            except UserError as fault:
                assert "note.odt" in str(fault)  # noqa: PT017 - many a change does no harm
