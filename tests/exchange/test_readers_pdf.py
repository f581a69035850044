"""PDFs as readable text, and what is told of the rest."""

import struct
import zlib
from pathlib import Path

import pytest

from polyvocal.domain.errors import UserError
from polyvocal.domain.structure import PieceKind
from polyvocal.exchange.readers import limits, read_source
from polyvocal.exchange.readers.pdf import document, page, pictures
from polyvocal.exchange.readers.pdf.document import read_pdf_here
from polyvocal.exchange.readers.pdf.page import iso_time
from polyvocal.exchange.readers.reading import Reading
from tests.exchange.pdf_documents import Sheet, Words, paragraph, pdf_of, stream

LONG = (
    "They turn the table round so that everybody sees the wall with",
    "the notes on it. Nobody says who asked for it. Inês writes down",
    "what the ward sister says, twice, and underlines it.",
)


def read(*sheets: Sheet | list[Words], outline: tuple[tuple[str, int], ...] = (), info: str = "") -> Reading:
    return read_pdf_here(pdf_of(*sheets, outline=outline, info=info), "note.pdf")


def told_by(reading: Reading) -> dict[str, int]:
    return {note.what: note.how_many for note in reading.notes}


def pieces(reading: Reading, kind: PieceKind) -> list[tuple[str, int]]:
    return [(reading.text[one.start : one.end], one.level) for one in reading.beside.structure if one.kind is kind]


def test_pdf_becomes_a_source(tmp_path: Path) -> None:
    path = tmp_path / "day one.pdf"
    path.write_bytes(pdf_of(paragraph(60, 700, *LONG)))
    incoming = read_source(path)
    assert incoming.text == " ".join(LONG) + "\n"
    assert (incoming.title, incoming.file_name, incoming.encoding) == ("day one", "day one.pdf", None)
    assert incoming.content == path.read_bytes()


# --- paragraphs -----------------------------------------------------------------------------------------------------


def test_paragraphs_are_told_by_the_space_between_them() -> None:
    assert read([*paragraph(60, 700, *LONG), *paragraph(60, 640, *LONG)]).text == f"{' '.join(LONG)}\n" * 2


def test_paragraphs_are_told_by_an_indent() -> None:
    full = (*LONG[:2], "and then they all sit down again as if nothing had happened at")
    lines = [*paragraph(60, 700, *full), *paragraph(80, 700 - 3 * 14.4, full[0][:57]), *paragraph(60, 642.4, *full)]
    first, second = read(lines).text.splitlines()
    assert first == " ".join(full)
    assert second == " ".join((full[0][:57], *full))


def test_paragraphs_are_told_by_a_line_in_which_there_was_room() -> None:
    lines = paragraph(60, 700, *LONG[:2], "Then silence.", *LONG[:2], "End.")
    assert read(lines).text.splitlines() == [f"{' '.join(LONG[:2])} Then silence.", f"{' '.join(LONG[:2])} End."]


def test_hanging_indent_is_one_paragraph() -> None:
    hanging = [Words(60, 700, LONG[0]), *paragraph(80, 685.6, LONG[1][:58], "and what else there was.")]
    assert read(hanging).text == f"{LONG[0]} {LONG[1][:58]} and what else there was.\n"


def test_few_lines_of_a_narrow_column_are_one_paragraph() -> None:
    narrow = paragraph(
        60,
        640,
        "They turn the table round so that",
        "everybody sees the wall with the",
        "notes on it. Nobody asked for it.",
    )
    reading = read([*paragraph(60, 700, *LONG), *narrow])
    assert reading.text.splitlines()[1] == " ".join(one.text for one in narrow)


def test_short_lines_stay_lines() -> None:
    assert read(paragraph(60, 700, "Table 4", "Rain", "Nobody sits")).text == "Table 4\nRain\nNobody sits\n"


def test_paragraph_runs_on_over_the_end_of_a_page() -> None:
    upper = paragraph(60, 100, *LONG[:2])
    reading = read(upper, paragraph(60, 700, "what the ward sister says, twice, and underlines it."))
    assert reading.text == " ".join(LONG) + "\n"
    assert "\f" not in reading.text


def test_pages_are_kept_as_structure() -> None:
    reading = read(paragraph(60, 100, *LONG[:2]), paragraph(60, 700, LONG[2]), Sheet(), paragraph(60, 700, "Coats."))
    assert pieces(reading, PieceKind.PAGE) == [(" ".join(LONG[:2]), 1), (LONG[2], 2), ("Coats.", 4)]


def test_single_page_is_not_told() -> None:
    assert not read(paragraph(60, 100, *LONG)).beside.structure


def test_sentence_that_ends_with_the_page_ends_the_paragraph() -> None:
    assert read(paragraph(60, 100, *LONG), paragraph(60, 700, *LONG)).text == f"{' '.join(LONG)}\n" * 2


# --- words ----------------------------------------------------------------------------------------------------------


def test_word_divided_at_a_lines_end_is_joined_only_where_it_is_written_so_elsewhere() -> None:
    lines = (
        "They look at the flipchart and nobody of them says one word. The flip-",
        "chart falls over, twice, all of it.",
    )
    reading = read(paragraph(60, 700, *lines))
    assert (
        reading.text
        == "They look at the flipchart and nobody of them says one word. The flipchart falls over, twice, all of it.\n"
    )
    (note,) = reading.notes
    assert (note.what, note.how_many) == ("word divided at a line's end", 1)
    assert "flipchart" in note.detail


@pytest.mark.parametrize(
    "before",
    [
        "They look at the wall and nobody of them says a word. The flip-",
        "The flipchart, the flip-chart, and nobody of them says one word, the flip-",
    ],
)
def test_word_divided_at_a_lines_end_keeps_its_hyphen_where_it_is_not_sure(before: str) -> None:
    reading = read(paragraph(60, 700, before, "chart falls over, twice, all of it."))
    assert "the flip-chart falls" in reading.text.replace("The", "the")
    assert not reading.notes


def test_ligature_is_its_letters_and_no_break_space_stays() -> None:
    font = (
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding "
        "/BaseEncoding /WinAnsiEncoding /Differences [1 /fi /fl /uni00A0] >> >>"
    )
    text = "the \x01rst \x02oor of ward\x034"
    assert read(Sheet([Words(60, 700, text)], fonts=(font,))).text == "the first floor of ward\xa04\n"


def test_character_without_unicode_is_shown_and_told() -> None:
    font = (
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding "
        "/BaseEncoding /WinAnsiEncoding /Differences [1 /uniE123] >> >>"
    )
    reading = read(Sheet([Words(60, 700, "a \x01 b")], fonts=(font,)))
    assert reading.text == "a \ufffd b\n"
    assert told_by(reading) == {"symbol": 1}


def test_invisible_text_of_a_scan_is_read() -> None:
    assert read(Sheet(drawn="BT 3 Tr /F0 12 Tf 60 700 Td (What a scanner saw) Tj ET")).text == "What a scanner saw\n"


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_turned_page_is_read_as_it_is_shown(quarters: int) -> None:
    # the lines are written so that they are upright once the page is turned; each is 14.4 points below the last
    matrix, (across, up), (aside, down) = {
        1: ("0 1 -1 0", (100, 60), (14.4, 0)),
        2: ("-1 0 0 -1", (540, 300), (0, 14.4)),
        3: ("0 -1 1 0", (500, 740), (-14.4, 0)),
    }[quarters]
    drawn = ""
    for at, line in enumerate(LONG):
        drawn += f"BT /F0 12 Tf {matrix} {across + at * aside} {up + at * down} Tm ({line}) Tj ET\n"
    assert read(Sheet(drawn=drawn, quarters=quarters)).text == " ".join(LONG) + "\n"


_RUNS_UP, _RUNS_DOWN = "0 1 -1 0", "0 -1 1 0"


def running(matrix: str, *places: Words) -> str:
    """Words on a page that run in another direction, as PDF draws them."""
    return "".join(f"BT /F0 {one.size} Tf {matrix} {one.across} {one.up} Tm ({one.text}) Tj ET\n" for one in places)


@pytest.mark.parametrize("matrix", [_RUNS_UP, _RUNS_DOWN])
def test_words_in_the_margin_that_run_up_or_down_the_page_are_words(matrix: str) -> None:
    beside_it = running(matrix, Words(20, 400, "Draft A of the report"))
    assert read(Sheet(paragraph(60, 700, *LONG), drawn=beside_it)).text.splitlines() == [
        " ".join(LONG),
        "Draft A of the report",
    ]


@pytest.mark.parametrize(
    ("matrix", "across", "up"), [(_RUNS_UP, 14.4, 0), ("-1 0 0 -1", 0, 14.4), (_RUNS_DOWN, -14.4, 0)]
)
def test_page_of_which_all_words_are_turned_is_read_as_if_it_were_turned(matrix: str, across: float, up: float) -> None:
    lines = [Words(400 + at * across, 400 + at * up, words) for at, words in enumerate(LONG)]
    assert read(Sheet(drawn=running(matrix, *lines))).text == " ".join(LONG) + "\n"


def test_word_whose_first_letter_has_no_known_place_stays_in_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    at, really = LONG[0].index("everybody"), page._get_box
    monkeypatch.setattr(page, "_get_box", lambda text, one, into: 0 if one == at else really(text, one, into))
    assert read(paragraph(60, 700, *LONG)).text == " ".join(LONG) + "\n"


# --- columns and tables ---------------------------------------------------------------------------------------------

LEFT = (
    "The first column begins here and",
    "goes on for some lines about the",
    "plenary, which nobody likes, until",
    "it ends at the foot of this page.",
)
RIGHT = (
    "The other column is about what",
    "happened at coffee, where people",
    "from two wards stood together for",
    "the first time that day, and left.",
)


def columns(across: bool) -> list[Words]:
    left, right = paragraph(60, 600, *LEFT), paragraph(320, 600, *RIGHT)
    return [one for pair in zip(left, right, strict=True) for one in pair] if across else [*left, *right]


@pytest.mark.parametrize("across", [False, True], ids=["written one after the other", "written side to side"])
def test_two_columns_are_read_one_after_the_other(across: bool) -> None:
    title = Words(60, 640, "What stands over both of the columns goes first, whatever is below it, as a line")
    assert read([title, *columns(across)]).text == f"{title.text}\n{' '.join(LEFT)}\n{' '.join(RIGHT)}\n"


def test_row_of_a_table_is_a_line_with_tabs() -> None:
    rows = [("Time", "Who", "Where"), ("10:45", "Ines", "Table 4"), ("11:20", "Nobody", "Corridor")]
    words = [
        Words(60 + 150 * at, 700 - 15 * down, cell) for down, row in enumerate(rows) for at, cell in enumerate(row)
    ]
    assert read(words).text == "".join("\t".join(row) + "\n" for row in rows)


def test_what_is_written_first_but_stands_below_is_read_later() -> None:
    assert read([*paragraph(60, 200, *LONG), *paragraph(60, 700, "Title of the note")]).text.startswith(
        "Title of the note\n"
    )


# --- edges of pages -------------------------------------------------------------------------------------------------


def page_with_edges(number: int) -> list[Words]:
    name = "abcde"[number]
    body = paragraph(60, 700, f"What was seen on page {name}.", *LONG, f"So ends what was seen on page {name}.")
    return [Words(60, 770, "Field report"), *body, Words(300, 30, f"Page {number + 1} of 5")]


def test_running_heads_and_page_numbers_are_left_out_and_told() -> None:
    reading = read(*(page_with_edges(number) for number in range(5)))
    assert "Field report" not in reading.text
    assert "Page" not in reading.text
    assert reading.text.count("So ends what was seen on page") == 5
    (note,) = (one for one in reading.notes if one.what == "running head or foot")
    assert note.how_many == 2
    assert "“Field report”; “Page 1 of 5”" in note.detail


def test_first_lines_that_differ_stay() -> None:
    reading = read(
        *(
            paragraph(60, 700, f"{word} comes first", *LONG, f"{word} comes last")
            for word in ("Ines", "Rain", "Silence", "Coffee")
        )
    )
    assert [reading.text.count(word) for word in ("Ines comes", "Rain", "Silence", "Coffee")] == [2] * 4
    assert not reading.notes


# --- headings and lists ---------------------------------------------------------------------------------------------


def test_heading_is_told_by_larger_letters() -> None:
    reading = read(
        [
            Words(60, 750, "Day one", 24),
            Words(60, 700, "Plenary", 18),
            *paragraph(60, 670, *LONG),
            *paragraph(60, 600, *LONG),
        ]
    )
    assert pieces(reading, PieceKind.HEADING) == [("Day one", 1), ("Plenary", 2)]
    assert told_by(reading) == {"heading": 2}


def test_heading_is_told_by_the_outline() -> None:
    page = [Words(60, 700, "2.1 At coffee"), *paragraph(60, 670, *LONG)]
    reading = read(page, [Words(60, 700, "2.1 At coffee")], outline=(("At Coffee", 0),))
    assert pieces(reading, PieceKind.HEADING) == [("2.1 At coffee", 1)]
    assert reading.text.count("At coffee") == reading.text.count("2.1") == 2


def test_items_of_a_list_are_told_by_their_marks() -> None:
    reading = read(
        [
            *paragraph(60, 700, *LONG),
            Words(60, 640, "• Rain"),
            Words(80, 625, "• on the roof"),
            Words(60, 610, "• Coats"),
            *paragraph(60, 580, *LONG),
        ]
    )
    assert pieces(reading, PieceKind.LIST_ITEM) == [("• Rain", 1), ("• on the roof", 2), ("• Coats", 1)]


def test_number_alone_makes_no_list() -> None:
    reading = read(
        [
            *paragraph(60, 700, *LONG),
            *paragraph(60, 640, "12. nothing follows that has a number, so this is a sentence"),
            *paragraph(60, 600, *LONG),
        ]
    )
    assert not pieces(reading, PieceKind.LIST_ITEM)


# --- notes, marks, forms --------------------------------------------------------------------------------------------


def test_comment_on_a_highlight_is_about_its_words() -> None:
    words = [Words(60, 700, "Nobody"), Words(160, 700, "sits"), Words(220, 700, "alone")]
    note = (
        "<< /Type /Annot /Subtype /Highlight /Rect [158 695 250 715] /Contents (Really?) /T (Ines) "
        "/M (D:20260514093100+01'00') /QuadPoints [158 715 250 715 158 695 250 695] >>"
    )
    reading = read(Sheet(words, notes=(note,)))
    (comment,) = reading.beside.comments
    assert reading.text[comment.start : comment.end] == "sits\talone"
    assert (comment.text, comment.author, comment.written_at) == ("Really?", "Ines", "2026-05-14T09:31:00+01:00")


def test_sticky_note_is_about_the_word_at_its_corner() -> None:
    note = "<< /Type /Annot /Subtype /Text /Rect [222 690 242 710] /Contents (Who?) >>"
    reading = read(Sheet([Words(60, 700, "Nobody sits"), Words(220, 700, "alone")], notes=(note,)))
    (comment,) = reading.beside.comments
    assert reading.text[comment.start : comment.end] == "alone"
    assert (comment.author, comment.written_at) == (None, None)


def test_highlight_about_which_nothing_is_written_is_told() -> None:
    note = "<< /Type /Annot /Subtype /Highlight /Rect [50 690 150 720] /QuadPoints [50 720 150 720 50 690 150 690] >>"
    reading = read(Sheet([Words(60, 700, "Rain.")], notes=(note,)))
    assert told_by(reading) == {"mark without words": 1}


def test_what_is_written_in_a_form_is_read() -> None:
    note = "<< /Type /Annot /Subtype /Widget /FT /Tx /T (observer) /V (Ines) /Rect [60 600 200 620] >>"
    reading = read(Sheet([Words(60, 700, "Fieldnote")], notes=(note,)))
    assert reading.text == "Fieldnote\nobserver: Ines\n"
    assert told_by(reading) == {"form entry": 1}


# --- pictures -------------------------------------------------------------------------------------------------------


def image(width: int, height: int, content: bytes, colours: str = "DeviceRGB") -> bytes:
    said = f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /{colours} /BitsPerComponent 8"
    return stream(content, said)


def sheet_with(picture: bytes) -> Sheet:
    words = [Words(60, 700, "Above it."), Words(60, 300, "Below it.")]
    return Sheet(words, drawn="q 100 0 0 100 60 400 cm /X0 Do Q", kept=(picture,))


def test_picture_is_kept_where_it_stands() -> None:
    reading = read(sheet_with(image(2, 2, bytes(range(12)))))
    (picture,) = reading.beside.pictures
    assert reading.text[: picture.at] == "Above it."
    assert picture.media_type == "image/png"
    rows = zlib.decompress(picture.content[picture.content.index(b"IDAT") + 4 : -16])
    assert rows == b"\0" + bytes(range(6)) + b"\0" + bytes(range(6, 12))  # red, green, blue, as they came
    assert struct.unpack(">II", picture.content[16:24]) == (2, 2)


def test_jpeg_is_kept_as_it_is() -> None:
    jpeg = b"\xff\xd8\xff\xe0 and so on"
    said = "/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode"
    (picture,) = read(sheet_with(stream(jpeg, said, packed=False))).beside.pictures
    assert (picture.content, picture.media_type) == (jpeg, "image/jpeg")


@pytest.mark.parametrize("limit", ["PDF_PICTURES", "PDF_PICTURES_BYTES", "PDF_PICTURES_SECONDS", "PICTURE_PIXELS"])
def test_pictures_beyond_the_limits_are_told(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    monkeypatch.setattr(pictures, limit, 0)
    reading = read(sheet_with(image(2, 2, bytes(12))))
    assert not reading.beside.pictures
    assert told_by(reading) == {"picture too many": 1}


# --- the rest -------------------------------------------------------------------------------------------------------


def test_properties_are_read() -> None:
    info = "/Title (Day one) /Author (Ines) /CreationDate (D:20260514093100Z) /Keywords (ward, tea) /Producer (x)"
    assert read([Words(60, 700, "Rain.")], info=info).properties == {
        "title": "Day one",
        "creator": "Ines",
        "created": "2026-05-14T09:31:00Z",
        "keywords": "ward, tea",
    }


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("D:2026", "2026"),
        ("D:202605", "2026-05"),
        ("20260514", "2026-05-14"),
        ("yesterday", ""),
        ("D:202605140931", "2026-05-14T09:31:00"),
    ],
)
def test_time_is_read_as_far_as_it_is_said(said: str, time: str) -> None:
    assert iso_time(said) == time


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"no pdf at all"], ids=["empty", "cut off", "text"])
def test_what_is_no_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(UserError, match=r"note\.pdf is no PDF, or is damaged"):
        read_pdf_here(content, "note.pdf")


def test_pdf_without_text_is_refused_with_what_to_do() -> None:
    with pytest.raises(UserError, match=r"holds no text: its 2 pages.*\(OCR\)"):
        read(Sheet(), Sheet())


@pytest.mark.parametrize(
    ("limit", "most", "said"),
    [
        ("PDF_PAGES", 1, "has 2 pages; at most 1"),
        ("PDF_CHARACTERS", 9, "more than 9 characters"),
        ("PDF_PAGE_CHARACTERS", 4, "4 on one page"),
    ],
)
def test_pdf_beyond_the_limits_is_refused(monkeypatch: pytest.MonkeyPatch, limit: str, most: int, said: str) -> None:
    monkeypatch.setattr(document, limit, most)
    with pytest.raises(UserError, match=said):
        read([Words(60, 700, "Rain.")], [Words(60, 700, "Rain.")])


def test_file_larger_than_a_pdf_may_be_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "huge.pdf"
    with path.open("wb") as file:
        file.truncate(limits.PDF_BYTES + 1)
    with pytest.raises(UserError, match=r"huge\.pdf is larger than 96 MiB"):
        read_source(path)
