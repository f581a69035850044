"""Reading a text again in the encoding that a person names."""

from pathlib import Path

import pytest

from polyvocal.domain.errors import UserError
from polyvocal.exchange.readers import read_source
from polyvocal.exchange.readers.encoding import OFFERED, decode, decode_as
from polyvocal.services.commands.incoming import ToldBy


@pytest.mark.parametrize("name", ["note.txt", "note.md"])
def test_text_is_read_in_the_encoding_that_is_named(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes("Bojiště mlčí".encode("iso-8859-2"))
    incoming = read_source(path, encoding="Latin2")
    assert (incoming.text, incoming.encoding) == ("Bojiště mlčí", "iso-8859-2")
    (note,) = incoming.notes
    assert "which was named for it" in note.detail
    assert incoming.content is not None
    assert incoming.content.decode(incoming.encoding or "") == incoming.text


def test_byte_order_mark_is_no_character_of_the_text() -> None:
    assert decode_as(b"\xef\xbb\xbfRain", "note.txt", "utf-8").text == "Rain"
    assert decode_as("Rain".encode("utf-16"), "note.txt", "utf-16").text == "Rain"


@pytest.mark.parametrize("encoding", ["klingon", "rot13", "hex", "idna", "unicode_escape", ""])
def test_encoding_that_there_is_not_is_refused_with_some_that_there_are(encoding: str) -> None:
    with pytest.raises(UserError, match=r"there is no encoding.*windows-1252"):
        decode_as(b"Rain", "note.txt", encoding)


def test_bytes_that_are_not_in_the_encoding_are_told() -> None:
    with pytest.raises(UserError, match=r"note\.txt is not written in utf-8: byte 2 "):
        decode_as(b"ab\xff", "note.txt", "utf-8")


def test_what_is_no_text_is_refused_in_any_encoding() -> None:
    with pytest.raises(UserError, match="is no text file"):
        decode_as(b"a\0b", "note.txt", "latin-1")


def test_document_that_says_its_encoding_itself_is_given_none(tmp_path: Path) -> None:
    path = tmp_path / "note.docx"
    path.write_bytes(b"PK")
    with pytest.raises(UserError, match="Word document, which says its encoding itself"):
        read_source(path, encoding="utf-8")


@pytest.mark.parametrize("encoding", OFFERED)
def test_every_encoding_that_is_offered_is_there(encoding: str) -> None:
    reading = decode_as("Rain".encode(encoding), "note.txt", encoding)
    assert (reading.text, reading.encoding) == ("Rain", encoding)


CAFE = "Un café, et puis «le reste» est déjà froid. Ça ne fait rien, dit-elle.\n"


@pytest.mark.parametrize(
    ("name", "content", "encoding", "by"),
    [
        ("note.txt", CAFE.encode(), "utf-8", ToldBy.VALIDITY),
        ("note.txt", CAFE.encode("utf-8-sig"), "utf-8-sig", ToldBy.MARK),
        ("note.md", CAFE.encode("utf-16"), "utf-16", ToldBy.MARK),
        ("note.txt", CAFE.encode("cp1252"), "windows-1252", ToldBy.STATISTICS),
        ("note.txt", CAFE.encode("utf-16-le"), "utf-16-le", ToldBy.STATISTICS),
        ("talk.srt", f"1\n00:00:01,000 --> 00:00:02,000\n{CAFE}".encode("cp1252"), "windows-1252", ToldBy.STATISTICS),
        ("page.html", b"<meta charset=macroman>" + CAFE.encode("mac-roman"), "mac-roman", ToldBy.DECLARATION),
        ("page.html", CAFE.encode(), "utf-8", ToldBy.VALIDITY),
        ("page.html", CAFE.encode("cp1252"), "windows-1252", ToldBy.STATISTICS),
    ],
)
def test_it_is_said_by_what_the_encoding_was_told(
    tmp_path: Path, name: str, content: bytes, encoding: str, by: ToldBy
) -> None:
    (tmp_path / name).write_bytes(content)
    incoming = read_source(tmp_path / name)
    assert (incoming.encoding, incoming.encoding_by) == (encoding, by)
    assert "café" in incoming.text


def test_page_is_read_in_the_encoding_that_is_named_whatever_it_declares(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(b"<meta charset=utf-8><p>" + CAFE.encode("cp850"))
    incoming = read_source(tmp_path / "page.html", encoding="cp850")
    assert (incoming.text, incoming.encoding, incoming.encoding_by) == (CAFE, "cp850", ToldBy.PERSON)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Observer;Notes\nZoë;café “x” – naïve déjà vu\n", "windows-1252"),
        ("Zażółć gęślą jaźń", "windows-1250"),
        ("Дождь идёт", "windows-1251"),
    ],
)
def test_short_text_with_many_accents_is_told_by_what_is_most_usual(text: str, encoding: str) -> None:
    reading = decode(text.encode(encoding), "note.txt")
    assert (reading.text, reading.encoding, reading.encoding_by) == (text, encoding, ToldBy.STATISTICS)
