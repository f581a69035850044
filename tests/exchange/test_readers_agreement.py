"""What readers make of real documents agrees with what LibreOffice makes of them, word by word."""

from pathlib import Path

import pytest

from polyvocal.domain.errors import UserError
from polyvocal.domain.structure import Piece, PieceKind
from polyvocal.exchange.readers import read_source, readable_endings
from tests.exchange.agreement import Agreement, agreement, comparable, converted, words_of

KEEPS_DELETIONS = "LibreOffice exports text deleted with tracked changes as if it still stood there"
DROPS_CELLS = "LibreOffice drops the cells of a row of which the file gives no width, and what stands in them"
REASONS: dict[str, dict[str, str]] = {
    ".docx": {
        "OXML_TrackChanges_Test": KEEPS_DELETIONS,
        "license_reviewed": KEEPS_DELETIONS,
        "track_changes_move": "LibreOffice exports moved text also where it was moved away from",
        "unicode": "LibreOffice exports a character of the Symbol font by its code, as Ú for ∨",
    },
    ".odt": {
        "hiddenTextByStyle": "LibreOffice exports text that is formatted as hidden",
        "imageWithCaption": "LibreOffice exports the caption in the frame of the picture, which is a text box here",
        "trackedChanges": KEEPS_DELETIONS,
    },
    ".rtf": {
        "formatting": "LibreOffice exports hidden text as if it were shown",
        "table_simple": DROPS_CELLS,
        "table_nested_malformed_itap": DROPS_CELLS,
    },
}
"""Why a document agrees on fewer words, by ending and name. One that comes to agree must leave the list."""
COMPARED = tuple(ending for ending in (".docx", ".odt", ".rtf") if ending in readable_endings())
PAGES_DIFFER = {
    "hiddenTextByStyle": "LibreOffice exports hidden text as if it were shown",
    "imageIndex": "LibreOffice does not export the caption, which stands in a frame",
    "orderedListHeader": "LibreOffice counts a list that lies in a list without an item as an item",
}
"""Why a page that LibreOffice made of an OpenDocument text agrees on fewer words."""


def read_comparably(path: Path) -> str:
    """The text of a document as LibreOffice would export it; nothing where it is told to be empty."""
    try:
        incoming = read_source(path)
    except UserError as fault:
        assert "is empty" in str(fault), path.name  # noqa: PT017 - most of them are read
        return ""
    return comparable(incoming.text, incoming.beside.structure)


@pytest.mark.parametrize("ending", COMPARED)
def test_text_agrees_with_libreoffice_on_nearly_all_words(shared_data: Path, tmp_path: Path, ending: str) -> None:
    documents = sorted((shared_data / "documents").glob(f"*/*{ending}"))
    if not documents:
        pytest.skip(f"there are no {ending} documents in the shared data")
    exported = converted(documents, tmp_path)
    assert exported
    found = {one.stem: agreement(read_comparably(one), text.read_text("utf-8-sig")) for one, text in exported.items()}
    for name, agreed in found.items():
        print(f"{ending} {agreed.in_common:8.2%} {agreed.in_order:8.2%}  {name}")
    assert {name for name, agreed in found.items() if not agreed.is_enough} == set(REASONS.get(ending, {}))


def test_page_that_libreoffice_makes_agrees_with_what_it_reads_of_it_itself(shared_data: Path, tmp_path: Path) -> None:
    """There are no pages in the shared data. LibreOffice writes them much as people's programs do, tables and all."""
    pages = converted((shared_data / "documents").glob("*/*.odt"), tmp_path, "html:HTML (StarWriter)")
    exported = converted(sorted(pages.values()), tmp_path)
    assert len(exported) == len(pages) > 30
    found = {one.stem: agreement(read_comparably(one), text.read_text("utf-8-sig")) for one, text in exported.items()}
    assert {name for name, agreed in found.items() if not agreed.is_enough} == set(PAGES_DIFFER)


@pytest.mark.parametrize("name", ["blockquote", "headers", "paragraph", "simpletable", "twolevellist"])
def test_book_that_libreoffice_makes_says_what_the_document_says(shared_data: Path, tmp_path: Path, name: str) -> None:
    """LibreOffice leaves out the numbers of lists and all fields in books; these documents have none."""
    (document,) = (shared_data / "documents").glob(f"*/{name}.odt")
    book = converted([document], tmp_path, "epub")[document]
    assert words_of(read_comparably(book)) == words_of(read_comparably(document))


TELLING = ("*change*", "license*", "comments*", "*footnote*", "tables", "table_with*", "lists*", "textbox*", "links")
"""Names of Word documents in which there is more than paragraphs."""


@pytest.mark.parametrize("folder", ["docx-revisions", "pandoc-docx"])
def test_rich_text_that_libreoffice_makes_of_word_documents_is_read_as_they_are(
    shared_data: Path, tmp_path: Path, folder: str
) -> None:
    documents = {one for name in TELLING for one in (shared_data / "documents" / folder).glob(f"{name}.docx")}
    made = converted(sorted(documents), tmp_path, "rtf")
    assert len(made) == len(documents) > 1
    agreed = {one.stem: agreement(read_comparably(rich_text), read_comparably(one)) for one, rich_text in made.items()}
    assert not {name: one for name, one in agreed.items() if not one.is_enough}


# --- the measure itself ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("", "\n", Agreement(1, 1)),
        ("- one\n  - two\n", "    • one\n        o two\n", Agreement(1, 1)),
        ("(b) Zo\u0308e | “not\u00adhing”", "b. Zöe\n'nothing'", Agreement(1, 1)),
        ("one two three four", "two one three four", Agreement(1, 0.75)),
        ("one two three four", "one two three", Agreement(0.75, 0.75)),
        ("one", "one one", Agreement(0.5, 0.5)),
        ("ours", "", Agreement(0, 0)),
    ],
)
def test_agreement_is_the_share_of_words_of_the_longer_text(ours: str, theirs: str, expected: Agreement) -> None:
    assert agreement(ours, theirs) == expected
    assert agreement(theirs, ours) == expected


def test_characters_of_scripts_without_spaces_are_words_of_their_own() -> None:
    assert words_of("Hello,世界 한국") == ["Hello", "世", "界", "한", "국"]


def test_notes_and_text_boxes_are_not_compared_and_marks_are_bare_numbers() -> None:
    text = "Rain[1] today.\nBoxed[2]\nCoats.\n\n[1] Heavy[2].\n"
    structure = (
        Piece(PieceKind.NOTE_MARK, 4, 7, 1),
        Piece(PieceKind.TEXT_BOX, 15, 23),
        Piece(PieceKind.NOTE_MARK, 20, 23, 2),
        Piece(PieceKind.NOTE, 32, 45, 1),
    )
    assert comparable(text, structure) == "Rain1 today.\n\nCoats.\n\n\n"
