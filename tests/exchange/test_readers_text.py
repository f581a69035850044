"""Text files: any encoding, said where it was guessed; what is no text is refused in words that help."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from polyvocal.domain.errors import EnvironmentFault, UserError
from polyvocal.domain.spans import Span
from polyvocal.exchange.readers import limits, read_source, readable_endings
from polyvocal.exchange.readers.registry import TEXT, Format

ENGLISH = "10:45 Back from coffee. Zoë says it’s “not ours to decide” – nobody laughs.\n"


def write(folder: Path, content: bytes, name: str = "note.txt") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_endings_are_told_with_their_dots() -> None:
    assert {".txt", ".md", ".docx"} <= set(readable_endings())


@pytest.mark.parametrize("name", ["note.txt", "note.md", "NOTE.TXT"])
def test_utf8_text_is_read_as_it_is(tmp_path: Path, name: str) -> None:
    incoming = read_source(write(tmp_path, ENGLISH.encode(), name))
    assert incoming.text == ENGLISH
    assert (incoming.title, incoming.file_name, incoming.encoding) == (name.partition(".")[0], name, "utf-8")
    assert incoming.content == ENGLISH.encode()
    assert not incoming.notes
    assert not incoming.edits.stages


def test_title_is_the_given_one(tmp_path: Path) -> None:
    assert read_source(write(tmp_path, b"x"), title="Day one").title == "Day one"


@pytest.mark.parametrize(
    ("codec", "mark", "told"),
    [
        ("utf-8", b"\xef\xbb\xbf", "utf-8-sig"),
        ("utf-16-le", b"\xff\xfe", "utf-16"),
        ("utf-16-be", b"\xfe\xff", "utf-16"),
        ("utf-32-le", b"\xff\xfe\0\0", "utf-32"),
        ("utf-32-be", b"\0\0\xfe\xff", "utf-32"),
    ],
)
def test_byte_order_mark_tells_the_encoding_and_is_removed(tmp_path: Path, codec: str, mark: bytes, told: str) -> None:
    incoming = read_source(write(tmp_path, mark + ENGLISH.encode(codec)))
    assert incoming.text == ENGLISH
    assert incoming.encoding == told
    assert not incoming.notes


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\xff\xfe"])
def test_byte_order_mark_that_lies_is_refused(tmp_path: Path, mark: bytes) -> None:
    with pytest.raises(UserError, match=r"note\.txt begins with the mark of UTF-.*save it again as UTF-8"):
        read_source(write(tmp_path, mark + b"ab\x00\xd8\xff"))


@pytest.mark.parametrize(
    ("text", "codec", "told"),
    [
        (ENGLISH, "cp1252", "windows-1252"),
        ("café", "latin-1", "windows-1252"),
        ("Frau Müller sagte, daß die Gespräche größer würden.", "cp1252", "windows-1252"),
        ("Привет, как дела? Мы были на собрании.", "cp1251", "windows-1251"),
        ("日本語のテキストです。会議は十時に始まりました。", "shift_jis", "cp932"),
        (
            "Żółw poszedł do sklepu i kupił pięć bułek, a potem wrócił do domu, gdzie czekała na niego żona.",
            "cp1250",
            "windows-1250",
        ),
        ("plain, as some editors save it", "utf-16-le", "utf-16-le"),
        ("plain, as some editors save it", "utf-16-be", "utf-16-be"),
    ],
)
def test_other_encoding_is_detected_and_said(tmp_path: Path, text: str, codec: str, told: str) -> None:
    incoming = read_source(write(tmp_path, text.encode(codec)))
    assert incoming.text == text
    assert incoming.encoding == told
    (note,) = incoming.notes
    assert (note.what, note.how_many) == ("encoding", 1)
    assert f"read as {told} by its statistics" in note.detail


def test_edit_map_leads_from_the_decoded_text_to_the_stored_one(tmp_path: Path) -> None:
    decoded = "one\r\ntwo\rthree\n"
    incoming = read_source(write(tmp_path, b"\xef\xbb\xbf" + decoded.encode()))
    assert incoming.text == "one\ntwo\nthree\n"
    at = decoded.index("three")
    place = incoming.edits.place(Span(at, at + 5))
    assert place is not None
    assert incoming.text[place.start : place.end] == "three"


@pytest.mark.parametrize("content", [b"", b"  \r\n\t\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n", b"\xff\xfe"])
def test_file_without_text_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UserError, match=r"note\.txt is empty"):
        read_source(write(tmp_path, content))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "no text file"),
        (b"a text with one NUL\0 in it", "no text file"),
        (b"\xff\xfea\0\0\0b\0", "no text file"),
        (bytes(range(1, 256)) * 40, "no text file"),
        (b"PK\x03\x04 and so on", "zip package"),
        (b"%PDF-1.7 and so on", "a PDF"),
        (b"{\\rtf1 and so on}", "a rich text file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on", "old Office document"),
    ],
)
def test_what_is_no_text_is_refused_with_what_it_is(tmp_path: Path, content: bytes, kind: str) -> None:
    with pytest.raises(UserError, match=f"note\\.txt .*{kind}"):
        read_source(write(tmp_path, content))


@pytest.mark.parametrize("name", ["note.xyz", "note", ".txt", "note.doc"])
def test_unknown_ending_is_refused_with_those_that_are_known(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match=r"Known are \.txt, \.md, .*\.docx, .*\.pdf, .*\.csv"):
        read_source(write(tmp_path, b"text", name))


def test_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"there is no file .*gone\.txt"):
        read_source(tmp_path / "gone.txt")


def test_folder_is_told_to_be_no_file(tmp_path: Path) -> None:
    folder = tmp_path / "notes.txt"
    folder.mkdir()
    with pytest.raises(UserError, match="is not a file"):
        read_source(folder)
    with pytest.raises(UserError, match="is not a file"):
        read_source(write(tmp_path, b"x", "other.txt") / "note.txt")


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="this system has no Unix permissions")
def test_file_that_may_not_be_read_is_a_fault_of_the_machine(tmp_path: Path) -> None:
    path = write(tmp_path, b"text")
    path.chmod(0)
    me = os.geteuid()
    if me == 0:
        os.seteuid(65534)  # root may read everything
    try:
        with pytest.raises(EnvironmentFault, match=r"note\.txt cannot be read"):
            read_source(path)
    finally:
        os.seteuid(me)


def test_file_beyond_the_limit_is_refused_with_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(limits.TEXT_BYTES + 1)
    with pytest.raises(UserError, match=r"huge\.txt is larger than 64 MiB"):
        read_source(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipe_is_read_as_a_file(tmp_path: Path) -> None:
    path = tmp_path / "pipe.txt"
    os.mkfifo(path)
    with subprocess.Popen([sys.executable, "-c", f"open({str(path)!r}, 'w').write('through a pipe')"]):
        assert read_source(path).text == "through a pipe"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has file names that are no Unicode")
def test_file_name_that_is_no_unicode_is_shown_with_a_question_mark(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    path.write_bytes(b"text")
    incoming = read_source(path)
    assert (incoming.title, incoming.file_name) == ("caf?", "caf?.txt")


def test_dash_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ENGLISH.encode("cp1252"))))
    incoming = read_source(Path("-"), title="Jotted")
    assert (incoming.title, incoming.text, incoming.file_name) == ("Jotted", ENGLISH, None)


def test_dash_without_standard_input_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(UserError, match="no standard input"):
        read_source(Path("-"))


def test_standard_input_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    small = Format(TEXT.name, TEXT.endings, TEXT.reader, 4)
    monkeypatch.setattr("polyvocal.exchange.readers.source.TEXT", small)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"12345")))
    with pytest.raises(UserError, match="standard input is larger than"):
        read_source(Path("-"))


def test_utf8_text_needs_no_detection(tmp_path: Path) -> None:
    path = write(tmp_path, ENGLISH.encode())
    ask = (
        "import sys; from pathlib import Path; from polyvocal.exchange.readers import read_source; "
        "read_source(Path(sys.argv[1])); print(*sorted(name.partition('.')[0] for name in sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", ask, str(path)], capture_output=True, text=True, check=True)
    assert not {"charset_normalizer", "docx", "lxml", "pydantic"} & set(said.stdout.split())


# --- texts that others wrote ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "told", "words"),
    [
        ("sample-arabic-1.txt", "windows-1256", "بلاد المغرب"),
        ("sample-arabic.txt", "utf-8", "بلاد المغرب"),
        ("sample-bulgarian.txt", "utf-8", "образование"),
        ("sample-chinese.txt", "big5", "集天下知"),
        ("sample-french-1.txt", "windows-1252", "MOLIÈRE"),
        ("sample-french.txt", "utf-8", "MOLIÈRE"),
        ("sample-greek.txt", "windows-1253", "μητρική γλώσσα"),
        ("sample-hebrew-2.txt", "windows-1255", "ניבים אזוריים"),
        ("sample-korean.txt", "cp949", "역사적 예수"),
        ("sample-russian.txt", "mac-cyrillic", "гимназии"),
        ("sample-turkish.txt", "windows-1254", "nüfus açısından"),
    ],
)
def test_real_text_is_read_in_its_encoding(shared_data: Path, name: str, told: str, words: str) -> None:
    incoming = read_source(shared_data / "documents" / "encodings" / name)
    assert incoming.encoding == told
    assert words in incoming.text
    assert bool(incoming.notes) is (told != "utf-8")


def test_every_real_text_is_what_python_decodes(shared_data: Path) -> None:
    texts = [*(shared_data / "documents" / "encodings").iterdir(), *(shared_data / "texts" / "gutenberg").iterdir()]
    assert len(texts) > 10
    for path in texts:
        incoming = read_source(path)
        assert incoming.content is not None
        assert incoming.encoding is not None
        decoded = incoming.content.decode(incoming.encoding)
        assert incoming.text == decoded.replace("\r\n", "\n").replace("\r", "\n")
        assert incoming.edits.length_after(len(decoded)) == len(incoming.text)
