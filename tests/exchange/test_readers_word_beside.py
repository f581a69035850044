"""What stands beside the text of a Word document: structure, comments, pictures, and what it says of itself."""

import io
import struct
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE

from polyvocal.domain.structure import PieceKind
from polyvocal.domain.words import Fate
from polyvocal.exchange.readers import read_source
from polyvocal.exchange.readers.reading import Reading
from polyvocal.exchange.readers.word import read_word
from tests.exchange.word_documents import document_of, paragraph, run, saved, written

BY = 'w:id="1" w:author="Ines" w:date="2024-05-14T10:00:00Z"'


def read(content: bytes) -> Reading:
    return read_word(content, "note.docx")


def pieces_of(reading: Reading) -> list[tuple[str, str, int]]:
    """Each piece: its kind, the words that it covers, its level."""
    return [(one.kind.value, reading.text[one.start : one.end], one.level) for one in reading.beside.structure]


def picture(red: int) -> bytes:
    """A PNG of one point."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(bytes([0, red, 0, 0])))
    return b"\x89PNG\r\n\x1a\n" + head + body + chunk(b"IEND", b"")


# --- structure ------------------------------------------------------------------------------------------------------


def test_headings_lists_quotes_and_emphasis_are_pieces_of_structure() -> None:
    document = Document()
    document.add_heading("Day one", 1)
    words = document.add_paragraph("Nobody ")
    words.add_run("sits").bold = True
    words.add_run(" at table 4").italic = True
    words.add_run(", again").italic = True
    document.add_heading("Plenary", 2)
    document.add_paragraph("We were promised beds.", style="Quote")
    document.add_paragraph("beds", style="List Bullet")
    reading = read(saved(document))
    assert pieces_of(reading) == [
        ("heading", "Day one", 1),
        ("strong", "sits", 0),
        ("emphasis", " at table 4, again", 0),
        ("heading", "Plenary", 2),
        ("quote", "We were promised beds.", 0),
        ("list item", "- beds", 1),
    ]


def test_style_that_is_based_on_a_quote_is_one() -> None:
    document = Document()
    style = document.styles.add_style("Verbatim", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Quote"]
    document.add_paragraph("We were promised beds.", style="Verbatim")
    assert pieces_of(read(saved(document))) == [("quote", "We were promised beds.", 0)]


def test_table_is_one_piece_with_its_columns_as_level_and_what_is_in_its_cells_is_no_whole_line() -> None:
    document = Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).paragraphs[0].style = document.styles["Heading 2"]
    table.cell(0, 0).paragraphs[0].add_run("Observer")
    table.cell(0, 1).paragraphs[0].add_run("Ines").bold = True
    table.cell(1, 0).paragraphs[0].add_run("Standing")
    reading = read(saved(document))
    assert pieces_of(reading) == [("table", "Observer | Ines\nStanding | ", 2), ("strong", "Ines", 0)]


def test_notes_and_their_marks_bear_their_number() -> None:
    inside = run("Rain") + '<w:r><w:footnoteReference w:id="7"/></w:r>'
    reading = read(document_of(f"<w:p>{inside}</w:p>"))
    assert pieces_of(reading) == [("note mark", "[1]", 1)]


def test_notes_of_a_real_document_are_pieces(shared_data: Path) -> None:
    incoming = read_source(shared_data / "documents/pandoc-docx/sdt_in_footnote.docx")
    notes = [one for one in incoming.beside.structure if one.kind is PieceKind.NOTE]
    marks = [one for one in incoming.beside.structure if one.kind is PieceKind.NOTE_MARK]
    assert [one.level for one in notes] == [one.level for one in marks] != []
    for note, mark in zip(notes, marks, strict=True):
        assert incoming.text[note.start :].startswith(incoming.text[mark.start : mark.end])


def test_lines_of_a_text_box_are_a_piece() -> None:
    box = f"<w:txbxContent>{paragraph('In a box.')}{paragraph('Two lines.')}</w:txbxContent>"
    drawing = f"<w:r><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></w:r>"
    assert pieces_of(read(document_of(f"<w:p>{run('Rain')}{drawing}</w:p>"))) == [
        ("text box", "In a box.\nTwo lines.", 0)
    ]


# --- comments -------------------------------------------------------------------------------------------------------


def test_comment_is_about_its_passage_and_bears_its_author_and_time() -> None:
    document = Document()
    document.add_paragraph("Rain.")
    line = document.add_paragraph("Nobody ")
    remark = line.add_run("sits at table 4")
    line.add_run(".")
    document.add_comment(remark, text="Check with Jonah.", author="PI", initials="P")
    reading = read(saved(document))
    (comment,) = reading.beside.comments
    assert reading.text[comment.start : comment.end] == "sits at table 4"
    assert (comment.text, comment.author) == ("Check with Jonah.", "PI")
    assert datetime.fromisoformat(comment.written_at or "") <= datetime.now(UTC)
    assert [note.what for note in reading.notes] == ["comment"]
    assert "Jonah" not in repr(reading)


def test_comment_over_several_paragraphs_and_a_cell_is_about_all_of_it() -> None:
    begin, end = '<w:commentRangeStart w:id="3"/>', '<w:commentRangeEnd w:id="3"/>'
    table = (
        f"<w:tbl><w:tr><w:tc>{paragraph('a')}</w:tc><w:tc><w:p>{run('b')}{end}{run('c')}</w:p></w:tc></w:tr></w:tbl>"
    )
    reading = read(with_comments(f"<w:p>{run('One ')}{begin}{run('two.')}</w:p>", table))
    (comment,) = reading.beside.comments
    assert reading.text[comment.start : comment.end] == "two.\na | b"


def test_comment_without_a_range_is_about_the_character_before_its_mark() -> None:
    reading = read(with_comments(f'<w:p>{run("Rain")}<w:r><w:commentReference w:id="3"/></w:r>{run(" falls")}</w:p>'))
    (comment,) = reading.beside.comments
    assert reading.text[comment.start : comment.end] == "n"


def test_comment_on_deleted_words_is_kept_where_they_were() -> None:
    begin, end = '<w:commentRangeStart w:id="3"/>', '<w:commentRangeEnd w:id="3"/>'
    gone = f"<w:del {BY}>{begin}<w:r><w:delText>never </w:delText></w:r>{end}</w:del>"
    reading = read(with_comments(f"<w:p>{run('We ')}{gone}{run('agree.')}</w:p>"))
    (comment,) = reading.beside.comments
    assert reading.text[comment.start : comment.end] == " "
    assert comment.text == "Says who?"


def with_comments(*blocks: str) -> bytes:
    """A document of these blocks with a comment of the id 3."""
    document = Document(io.BytesIO(document_of(paragraph("Rain."))))
    document.add_comment(document.paragraphs[0].runs, text="Says who?", author="PI")
    (comment,) = document.part._comments_part.element
    comment.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}id", "3")
    body = document.element.body
    for element in list(body)[:-1]:
        body.remove(element)
    other = Document(io.BytesIO(document_of(*blocks)))
    for element in list(other.element.body)[:-1]:
        body[-1].addprevious(element)
    return saved(document)


# --- tracked changes ------------------------------------------------------------------------------------------------


def test_deleted_words_are_listed_with_who_deleted_them_and_when() -> None:
    inside = f"{run('We ')}<w:del {BY}><w:r><w:delText>never </w:delText></w:r></w:del>{run('agree.')}"
    (note,) = read(document_of(f"<w:p>{inside}</w:p>")).notes
    assert (note.what, note.fate, note.how_many) == ("deletion", Fate.LEFT_OUT, 1)
    assert "“never ” deleted by Ines on 2024-05-14" in note.detail


# --- pictures -------------------------------------------------------------------------------------------------------


def test_picture_is_kept_with_its_place_and_what_is_said_of_it(tmp_path: Path) -> None:
    document = Document()
    line = document.add_paragraph("The wall: ")
    shape = line.add_run().add_picture(io.BytesIO(picture(9)))
    shape._inline.docPr.set("descr", "A chart with red dots")
    line.add_run("and no clock.")
    incoming = read_source(written(tmp_path, saved(document), "wall.docx"))
    (found,) = incoming.beside.pictures
    assert incoming.text == "The wall: and no clock.\n"
    assert (found.at, found.content, found.media_type) == (10, picture(9), "image/png")
    assert (found.name, found.description) == ("Picture 1", "A chart with red dots")
    assert [(note.what, note.fate) for note in incoming.notes] == [("picture", Fate.CARRIED_OVER)]


@pytest.mark.parametrize(
    ("name", "pictures"),
    [("image.docx", 1), ("image_vml.docx", 1), ("textbox_image.docx", 1), ("image_vml_as_object.docx", 0)],
)
def test_pictures_of_a_real_document_are_kept(shared_data: Path, name: str, pictures: int) -> None:
    path = shared_data / "documents/pandoc-docx" / name
    reading = read_word(path.read_bytes(), name)
    assert len(reading.beside.pictures) == pictures


# --- properties -----------------------------------------------------------------------------------------------------


def test_what_a_document_says_of_itself_is_read() -> None:
    document = Document()
    document.add_paragraph("Rain.")
    document.core_properties.author = "Ines"
    document.core_properties.title = "Day one"
    document.core_properties.created = datetime(2024, 5, 14, 21, 30, tzinfo=UTC)
    said = read(saved(document)).properties
    assert (said["creator"], said["title"], said["created"]) == ("Ines", "Day one", "2024-05-14T21:30:00Z")
