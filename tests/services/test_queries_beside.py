"""Memos about passages and pictures, where they are in the current version of a source."""

import pytest

from polyvocal.domain.editmap import EditMap
from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import SourceId
from polyvocal.domain.records import Person, Source, SourceVersion
from polyvocal.domain.spans import Span
from polyvocal.domain.structure import Piece, PieceKind
from polyvocal.domain.versions import current, structure_of
from polyvocal.services.commands.incoming import About, Beside, Comment, FoundPicture, Incoming
from polyvocal.services.commands.memos import add_memo
from polyvocal.services.commands.passage import Passage
from polyvocal.services.commands.sources import correct_source, import_sources
from polyvocal.services.queries.beside import memos_here, pictures_here
from polyvocal.services.queries.reading import source_to_read
from polyvocal.store.file import ProjectFile

TEXT = "Plenary\nNobody sits at table 4.\n"
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def source(project: ProjectFile) -> SourceId:
    """A note with a heading, two comments and a picture."""
    beside = Beside(
        structure=(Piece(PieceKind.HEADING, 0, 7, 1),),
        comments=(
            Comment(15, 19, "Says who?", "P. I.; PhD", "2024-05-20T10:00:00Z"),
            Comment(23, 28, "Ours.", None, None),
        ),
        pictures=(FoundPicture(8, PNG, "image/png", "wall.png", "the chart"),),
    )
    note = Incoming("a note", TEXT, EditMap(), beside=beside)
    import_sources(project, [note], About(observers=("Ines",)))
    with project.view() as view:
        (found,) = view.find(Source, title="a note")
    return found.id


def test_comments_of_a_file_are_memos_about_their_passages(project: ProjectFile, source: SourceId) -> None:
    with project.view() as view:
        first, second = memos_here(view, source)
        assert view.find(Person, name="P. I., PhD")
    assert (first.memo.text, first.author, first.place, first.words) == (
        "Says who?",
        "P. I., PhD",
        Span(15, 19),
        "sits",
    )
    assert first.memo.title == "Comment of 2024-05-20"
    assert (second.memo.text, second.author, second.words) == ("Ours.", None, "table")


def test_memo_and_picture_follow_their_words_through_a_correction(project: ProjectFile, source: SourceId) -> None:
    correct_source(project, source=str(source), edits=[(0, 0, "The "), (15, 20, "")])
    with project.view() as view:
        second, first = memos_here(view, source)
        (picture,) = pictures_here(view, source)
        versions = view.find(SourceVersion, source=source)
        assert structure_of(versions, current(versions)) == (Piece(PieceKind.HEADING, 4, 11, 1),)
    assert (second.place, second.words) == (Span(22, 27), "table")
    assert (first.place, first.words) == (None, "sits"), "what is left without words comes last, with its old words"
    assert (picture.at, picture.name, picture.description) == (12, "wall.png", "the chart")


def test_picture_keeps_its_bytes(project: ProjectFile, source: SourceId) -> None:
    with project.view() as view:
        (picture,) = pictures_here(view, source)
        assert view.original(picture.content) == PNG


def test_structure_is_read_with_the_source(project: ProjectFile, source: SourceId) -> None:
    with project.view() as view:
        read = source_to_read(view, source, None)
    assert read is not None
    assert read.structure == (Piece(PieceKind.HEADING, 0, 7, 1),)


def test_memo_is_written_about_the_passage_of_the_version_that_was_seen(project: ProjectFile, source: SourceId) -> None:
    with project.view() as view:
        (seen,) = view.find(SourceVersion, source=source)
    correct_source(project, source=str(source), edits=[(0, 0, "The ")])
    add_memo(project, text="who was there?", author="Ines", passage=Passage(str(source), 8, 14, seen.id))
    with project.view() as view:
        found = next(one for one in memos_here(view, source) if one.memo.text == "who was there?")
    assert (found.place, found.words) == (Span(12, 18), "Nobody")


@pytest.mark.parametrize(("start", "end"), [(5, 5), (-1, 4), (4, len(TEXT) + 1)])
def test_memo_about_what_is_no_passage_is_refused(project: ProjectFile, source: SourceId, start: int, end: int) -> None:
    with pytest.raises(UserError, match="there is no passage from"):
        add_memo(project, text="?", passage=Passage(str(source), start, end))
