"""Rich text files that are damaged or made to do harm: read as far as they go, or refused in clear words."""

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyvocal.domain.errors import UserError
from polyvocal.exchange.readers import read_source
from polyvocal.exchange.readers.reading import Reading
from polyvocal.exchange.readers.rtf import document, read_rtf, story, tokens
from tests.exchange.test_readers_rtf import LISTS, PNG, REVISERS, read, rtf, told_by

WHOLE = rtf(
    LISTS + REVISERS + r"\s1 Day\par\pard{\listtext 1.\tab}\ls1 one{\footnote two}\par"
    r"\trowd\cellx1\cellx2\pard\intbl a\cell{\f4\'93\'fa}\cell\row\pard{\*\atrfstart 1}b{\*\atrfend 1}"
    r"{\*\annotation{\*\atnref 1}c}{\deleted\revauthdel1 d}{\shp{\*\shpinst{\shptxt e\par}}}"
    r"{\field{\*\fldinst HYPERLINK x}{\fldrslt f}}\u-10179?\u-8704?{\pict\pngblip " + PNG.hex() + r"}{\header g}"
)


def is_sound(reading: Reading) -> None:
    """All that stands beside the text lies within it."""
    length = len(reading.text)
    spans = [(one.start, one.end) for one in reading.beside.structure]
    spans += [(one.start, one.end) for one in reading.beside.comments]
    assert all(0 <= start < end <= length for start, end in spans)
    assert all(0 <= one.at <= length for one in reading.beside.pictures)
    assert reading.text.endswith("\n")
    reading.text.encode()


def refused(content: bytes) -> str:
    with pytest.raises(UserError) as told:
        read_rtf(content, "note.rtf")
    assert "note.rtf" in str(told.value)
    return str(told.value)


# --- damaged --------------------------------------------------------------------------------------------------------


@given(st.integers(min_value=6, max_value=len(WHOLE)))
def test_truncated_file_is_read_as_far_as_it_goes(length: int) -> None:
    reading = read_rtf(WHOLE[:length], "note.rtf")
    is_sound(reading)
    assert ("broken part" in told_by(reading)) == (length < len(WHOLE))


@given(st.lists(st.tuples(st.integers(min_value=5, max_value=len(WHOLE) - 1), st.integers(0, 255)), max_size=20))
def test_flipped_bytes_do_no_harm(flips: list[tuple[int, int]]) -> None:
    content = bytearray(WHOLE)
    for at, byte in flips:
        content[at] = byte
    is_sound(read_rtf(bytes(content), "note.rtf"))


PARTS = [
    "{", "}", "{", "}", "a", " b", "\\par ", "\\*", "\\'e9", "\\'8", "\\u8364?", "\\u-10179", "\\cell ", "\\row ", "\\nestcell ",
    "\\nestrow ", "\\intbl", "\\itap3 ", "\\itap-1 ", "\\pard ", "\\trowd", "\\cellx5 ", "\\clmrg", "\\footnote ", "\\listtext ",
    "\\deleted ", "\\v ", "\\plain ", "\\shptxt ", "\\annotation ", "\\atrfstart ", "\\pict ", "\\bin3 ", "\\upr", "\\fonttbl",
    "\\f4 ", "\\stylesheet", "\\s1 ", "\\header ", "\\fldinst ", "\\field", "\\formfield", "\\fftype1 ", "\\list", "\\listlevel",
    "\\leveltext", "\\listoverride", "\\ls1 ", "\\ilvl99 ", "\\outlinelevel-3 ", "\\sv ", "\\sn pib", "\\info", "\\title ", "\\creatim",
    "\\yr99999 ", "\\uc-5 ", "\\uc9 ", "\\ansicpg99999 ", "\\cpg932 ", "\\fcharset2 ", "\\", "\\\n", "\\~", "\\sbasedon1 ",
]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=60))
def test_any_order_of_what_the_format_has_is_read(parts: list[str]) -> None:
    is_sound(read_rtf(("{\\rtf1" + "".join(parts)).encode("latin-1"), "note.rtf"))


def test_words_behind_the_end_are_told() -> None:
    reading = read_rtf(rtf("a") + b"\n}\0 b", "note.rtf")
    assert reading.text == "a\n"
    assert "something stands behind the end of the document" in reading.notes[0].detail


@pytest.mark.parametrize("body", ["{\\pict\\pngblip 8950zz4e 470d0a1a0a0}", "{\\pict\\pngblip\\bin 89504e470d0a1a0a}"])
def test_broken_digits_of_a_picture_do_no_harm(body: str) -> None:
    assert told_by(read("a" + body)) == {"picture": 1}


@pytest.mark.parametrize("length", ["2147483647", "99999999999999999999", "-5"])
def test_length_that_no_data_has_does_no_harm(length: str) -> None:
    is_sound(read("a{\\pict\\bin" + length + " abc}b"))
    is_sound(read("a{\\*\\unknown\\bin" + length + " abc}b"))


# --- something else -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "it does not begin as one"),
        (b"plain text", "let its name end in .txt"),
        (b"PK\x03\x04 and more", "a zip package, perhaps a Word document"),
        (b"\xd0\xcf\x11\xe0 and more", "an old Office document, or one that is locked with a password"),
    ],
)
def test_what_is_no_rich_text_is_refused(content: bytes, told: str) -> None:
    assert told in refused(content)


def test_file_behind_a_byte_order_mark_is_read() -> None:
    assert read_rtf(b"\xef\xbb\xbf \n" + rtf("a"), "note.rtf").text == "a\n"


def test_rich_text_under_the_ending_of_plain_text_says_so(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes(rtf("a"))
    with pytest.raises(UserError, match=r"it is a rich text file. To read it, give it back its ending \(\.rtf\)"):
        read_source(path)


# --- made to do harm ------------------------------------------------------------------------------------------------


def test_groups_that_lie_in_one_another_too_deep_are_refused() -> None:
    assert "more than 1,000 deep" in refused(rtf("{" * 1_000_000))


def test_groups_that_are_skipped_may_lie_as_deep_as_they_like() -> None:
    assert read("{\\*\\unknown" + "{" * 100_000 + "}" * 100_001 + "a").text == "a\n"


def test_stories_and_tables_within_each_other_are_read() -> None:
    is_sound(read("{\\shptxt a{\\footnote b" * 400 + "}}" * 400))
    is_sound(read("".join(f"\\itap{depth} a\\nestcell " for depth in (*range(2, 500), *range(500, 2, -1)))))


@pytest.mark.parametrize(
    ("module", "limit", "body", "told"),
    [
        (tokens, "RTF_TOKENS", "{}" * 500, "more than 100 groups and marks of formatting"),
        (story.Allowance, "paragraphs", "a\\par " * 101, "more than 400,000 paragraphs and cells"),
        (story.Allowance, "paragraphs", "\\cell " * 101, "more than 400,000 paragraphs and cells"),
        (story.Allowance, "stories", "{\\footnote a}" * 101, "more than 40,000 notes, comments and text boxes"),
        (story.Allowance, "text", "a" * 101, "more than 32 MiB of text"),
        (document, "RTF_DEPTH", "{" * 101, "more than 100 deep"),
    ],
    ids=range(6),
)
def test_more_than_a_limit_is_refused(
    monkeypatch: pytest.MonkeyPatch, module: object, limit: str, body: str, told: str
) -> None:
    if module is story.Allowance:
        whole = story.Allowance
        monkeypatch.setattr(document, "Allowance", lambda name: whole(name, **{limit: 100}))
    else:
        monkeypatch.setattr(module, limit, 100)
    assert told in refused(("{\\rtf1 " + body + "}").encode())


def test_picture_beyond_the_limit_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("polyvocal.exchange.readers.rtf.pictures.PICTURE_BYTES", 10)
    reading = read("a{\\pict\\pngblip " + PNG.hex() + "}")
    assert told_by(reading) == {"picture elsewhere": 1}


@pytest.mark.parametrize(
    "body",
    [
        "{\\pict\\bin2000000000 abc}",
        "{\\pict\\pngblip " + "89504e470d0a1a0a" * 200_000 + "}",
        "{\\fonttbl{\\f1 " + "a{}" * 20_000 + "}}",
    ],
    ids=["announced", "digits", "name"],
)
def test_memory_stays_in_proportion_to_the_file(body: str) -> None:
    content = rtf("a" + body)
    tracemalloc.start()
    try:
        read_rtf(content, "note.rtf")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 4 * len(content) + 1_000_000


def test_hostile_files_under_this_ending_are_refused(shared_data: Path, tmp_path: Path) -> None:
    hostile = [one for one in sorted((shared_data / "hostile").glob("*/*")) if one.is_file()]
    assert hostile
    for one in hostile:
        path = tmp_path / "note.rtf"
        path.unlink(missing_ok=True)
        path.symlink_to(one)
        with pytest.raises(UserError, match=r"note\.rtf"):
            read_source(path)
