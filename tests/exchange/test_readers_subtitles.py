"""Subtitles of recordings as transcripts: what was said, by whom, when; nothing of it swallowed."""

from pathlib import Path

import pysubs2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyvocal.domain.errors import UserError
from polyvocal.domain.structure import PieceKind
from polyvocal.domain.words import Fate, MarkKind, SourceKind
from polyvocal.exchange.readers import limits, read_source
from polyvocal.exchange.readers.reading import Reading
from polyvocal.exchange.readers.subtitles import read_subtitles
from polyvocal.services.commands.incoming import FoundTime

SRT = "1\n00:00:01,000 --> 00:00:04,500\nANNA: We never\nagreed.\n\n2\n00:01:02,250 --> 00:01:03,000\n42\n"
VTT = "WEBVTT\n\n00:01.000 --> 00:04.500\n<v Anna>We never\nagreed.\n\n1:01:02.250 --> 1:01:03.000 align:start\n42\n"


def read(text: str) -> Reading:
    return read_subtitles(text.encode(), "plenary.vtt")


def said(words: str, *, vtt: bool = True) -> str:
    """What is made of the words of one cue."""
    head, mark = ("WEBVTT\n\n", ".") if vtt else ("", ",")
    reading = read(f"{head}00:00:01{mark}000 --> 00:00:02{mark}000\n{words}\n")
    assert reading.text.startswith("[00:00:01] ")
    return reading.text.removeprefix("[00:00:01] ").removesuffix("\n")


def told_by(reading: Reading) -> dict[str, int]:
    return {note.what: note.how_many for note in reading.notes}


# --- cues and their times -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (SRT, "plenary.srt", "[00:00:01] ANNA: We never agreed.\n[00:01:02] 42\n"),
        (VTT, "plenary.vtt", "[00:00:01] Anna: We never agreed.\n[01:01:02] 42\n"),
        (SRT.replace("\n", "\r\n"), "plenary.SRT", "[00:00:01] ANNA: We never agreed.\n[00:01:02] 42\n"),
    ],
)
def test_subtitles_become_a_transcript(tmp_path: Path, text: str, name: str, expected: str) -> None:
    path = tmp_path / name
    path.write_bytes(text.encode())
    incoming = read_source(path)
    assert incoming.text == expected
    assert (incoming.kind, incoming.encoding) == (SourceKind.TRANSCRIPT, "utf-8")
    assert not incoming.notes


def test_each_cue_has_the_times_of_its_beginning_and_end() -> None:
    reading = read(VTT)
    assert reading.beside.times == (
        FoundTime(1, 9, MarkKind.ELAPSED, "0:00:01", "0:00:04.500"),
        FoundTime(35, 43, MarkKind.ELAPSED, "1:01:02.250", "1:01:03"),
    )
    assert [reading.text[one.start : one.end] for one in reading.beside.times] == ["00:00:01", "01:01:02"]


def test_cues_of_one_speaker_are_not_joined() -> None:
    reading = read("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna>a\n\n00:02.000 --> 00:03.000\n<v Anna>b\n")
    assert reading.text == "[00:00:01] Anna: a\n[00:00:02] Anna: b\n"


def test_overlapping_and_unordered_cues_stay_where_they_are_and_are_told() -> None:
    times = ("00:01.000 --> 00:05.000", "00:04.000 --> 00:06.000", "00:02.000 --> 00:01.000", "00:09.000 --> 00:10.000")
    reading = read("WEBVTT\n\n" + "".join(f"{one}\n{place}\n\n" for place, one in enumerate(times)))
    assert reading.text == "[00:00:01] 0\n[00:00:04] 1\n[00:00:02] 2\n[00:00:09] 3\n"
    assert told_by(reading) == {"overlapping cue": 1, "cue out of order": 1, "cue that ends too early": 1}
    assert reading.beside.times[2].until is None


CUES = st.lists(
    st.tuples(
        st.integers(0, 359_999_000),
        st.integers(0, 99_999),
        st.from_regex("[a-z]{1,9}( [a-z]{1,9}){0,3}", fullmatch=True),
    ),
    min_size=1,
    max_size=8,
)


@given(CUES, st.sampled_from(["srt", "vtt"]))
def test_what_pysubs2_writes_is_read_with_its_times_and_words(cues: list[tuple[int, int, str]], form: str) -> None:
    cues = sorted(cues)
    written = pysubs2.SSAFile()
    written.events = [pysubs2.SSAEvent(start, min(start + length, 359_999_999), words) for start, length, words in cues]
    reading = read_subtitles(written.to_string(form).encode(), "x")
    lines = reading.text.splitlines()
    assert [line[11:] for line in lines] == [words for _, _, words in cues]
    for line, time, (start, _, _) in zip(lines, reading.beside.times, cues, strict=True):
        hours, minutes, seconds = time.clock.split(":")
        assert round((int(hours) * 3600 + int(minutes) * 60 + float(seconds)) * 1000) == start
        assert line[1:9] == f"{start // 3_600_000:02}:{start // 60_000 % 60:02}:{start // 1000 % 60:02}"


# --- who speaks, and how --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("<v Anna Smith>We &amp; they</v>", "Anna Smith: We & they"),
        ("<v.loud.first Ben>No!", "Ben: No!"),
        ("<v Anna:>a</v>\n<v Ben>b</v>", "Anna: a\nBen: b"),
        ("<v Anna>a</v><v Ben>b</v>", "Anna: a\nBen: b"),
        ("ANNA: a\nb\nDr. Ben O'Hara: c", "ANNA: a b\nDr. Ben O'Hara: c"),
        ("- a\nb\n- c", "- a b\n- c"),
        (">> a", ">> a"),
        ("we ask\nthis: who?", "we ask this: who?"),
        ("<c.yellow>a</c> <00:00:01.500>b <lang en>c</lang> <ruby>d<rt>e</rt></ruby>", "a b c de"),
        ("a <unclear> b <3 &lt;c&gt; 1 < 2", "a <unclear> b <3 <c> 1 < 2"),
    ],
)
def test_speakers_are_named_and_other_tags_go(words: str, text: str) -> None:
    assert said(words) == text


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (r"{\an8}ANNA: a {b}", "ANNA: a {b}"),
        ('<font color="#fff">a</font>', "a"),
        ("AT&amp;T <laughs>", "AT&amp;T <laughs>"),
    ],
)
def test_tags_of_srt_go_and_its_words_stay_as_they_are(words: str, text: str) -> None:
    assert said(words, vtt=False) == text


def test_emphasis_is_kept_beside_the_text() -> None:
    reading = read("WEBVTT\n\n00:01.000 --> 00:02.000\n<i>a\nb</i> {\\b1}c{\\b0} <b>d\n\n00:03.000 --> 00:04.000\ne\n")
    assert reading.text == "[00:00:01] a b c d\n[00:00:03] e\n"
    assert [(one.kind, reading.text[one.start : one.end]) for one in reading.beside.structure] == [
        (PieceKind.EMPHASIS, "a b"),
        (PieceKind.STRONG, "c"),
        (PieceKind.STRONG, "d"),
    ]


# --- what is not a cue ----------------------------------------------------------------------------------------------


def test_notes_are_left_out_and_listed_and_styles_passed_over() -> None:
    reading = read(
        "WEBVTT - Plenary\nKind: captions\n\nSTYLE\n::cue { }\n\nNOTE by Zoom\nin May\n\nintro\n"
        "00:01.000 --> 00:02.000\na\n\nNOTE\n\n7\n00:03.000 --> 00:04.000\n\n"
    )
    assert reading.text == "[00:00:01] a\n"
    assert reading.properties == {"title": "Plenary"}
    assert told_by(reading) == {"note in subtitles": 2, "name of a cue": 1, "cue without words": 1}
    assert {note.fate for note in reading.notes} == {Fate.LEFT_OUT}
    assert reading.notes[0].detail.startswith("“by Zoom in May”;")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SRT.replace("agreed.\n\n2\n", "agreed.\n2\n"), "[00:00:01] ANNA: We never agreed.\n[00:01:02] 42\n"),
        (SRT.replace("1\n00", "Title\n\n1\n00", 1), "Title\n[00:00:01] ANNA: We never agreed.\n[00:01:02] 42\n"),
        (SRT.replace("never\n", "never\n\n"), "[00:00:01] ANNA: We never agreed.\n[00:01:02] 42\n"),
        ("WEBVTT\n00:01.000 --> 00:02.000\na\n\nb\n", "[00:00:01] a b\n"),
        (
            SRT.replace("00:01:02,250 -->", "00:01:02,250 ->"),
            "[00:00:01] ANNA: We never agreed. 2 00:01:02,250 -> 00:01:03,000 42\n",
        ),
    ],
)
def test_no_word_of_a_broken_file_is_lost(text: str, expected: str) -> None:
    assert read(text).text == expected


@given(st.text(alphabet="ab1\n:,.->< 0<v{}\\&", max_size=200), st.sampled_from(["WEBVTT\n\n", ""]))
def test_any_text_is_read_or_refused(text: str, head: str) -> None:
    try:
        reading = read(head + text)
    except UserError:
        return
    spans = [(one.start, one.end) for one in reading.beside.times]
    spans += [(one.start, one.end) for one in reading.beside.structure]
    assert all(0 <= start < end <= len(reading.text) for start, end in spans)


# --- encodings and other kinds --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codec", "told"), [("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("cp1252", "windows-1252")]
)
def test_encoding_is_told_as_of_text(tmp_path: Path, codec: str, told: str) -> None:
    path = tmp_path / "a.srt"
    path.write_bytes(SRT.replace("agreed", "said “yes”, Zoë").encode(codec))
    incoming = read_source(path)
    assert incoming.text.startswith("[00:00:01] ANNA: We never said “yes”, Zoë.\n")
    assert incoming.encoding == told
    assert [note.what for note in incoming.notes] == (["encoding"] if codec == "cp1252" else [])


def test_encoding_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "a.srt"
    path.write_bytes(SRT.replace("agreed", "řekli").encode("cp1250"))
    assert "We never řekli." in read_source(path, encoding="cp1250").text


def test_times_follow_what_normalising_changes(tmp_path: Path) -> None:
    path = tmp_path / "a.srt"
    path.write_bytes(SRT.replace("We never", "We\u2028never").replace("\n", "\r\n").encode())
    incoming = read_source(path)
    assert [incoming.text[one.start : one.end] for one in incoming.beside.times] == ["00:00:01", "00:01:02"]


@pytest.mark.parametrize("content", [b"only words", b"WEBVTT\n\nNOTE a\n", b"\x89PNG\r\n\x1a\n\0\0", b"{\\rtf1 a}"])
def test_what_holds_no_subtitles_is_refused(content: bytes) -> None:
    with pytest.raises(UserError, match="plenary"):
        read_subtitles(content, "plenary.srt")


def test_file_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plenary.srt"
    with path.open("wb") as file:
        file.truncate(limits.SUBTITLE_BYTES + 1)
    with pytest.raises(UserError, match="larger than 8 MiB"):
        read_source(path)
