"""Code points and Qt's positions: there and back, over everything that a text can hold."""

from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication

from polyvocal.gui.offsets import Offsets

PIECES = st.sampled_from(
    [
        "a", "word ", "\n", "\u2029", "\u2028", "e\u0301", "\u00a0", "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "\U0001f399\ufe0f", "من يقرر؟ ", "病房", "हम ", "\ufffc", "\ufdd0", "\ufeff", "\ufffe", "\U00020000", "\t", "| a | b |\n",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=60).map("".join)


@given(TEXTS, st.integers(3, 20))
def test_every_offset_comes_back_from_its_position(text: str, limit: int) -> None:
    offsets = Offsets(text, limit=limit)
    for offset in range(len(text) + 1):
        assert offsets.offset(offsets.position(offset)) == offset
        assert offsets.offset(offsets.end_position(offset)) == offset


@example("\ufeffNine tables", 20)
@example("\ufffeNine tables", 20)
@given(TEXTS, st.integers(3, 20))
def test_document_holds_each_character_where_its_offset_says(qapp: QApplication, text: str, limit: int) -> None:
    offsets = Offsets(text, limit=limit)
    document = QTextDocument()
    QTextCursor(document).insertText(offsets.shown)
    assert document.characterCount() - 1 == offsets.length
    cursor = QTextCursor(document)
    for offset, character in enumerate(text):
        if character in "\ufffc\ufdd0\ufeff\ufffe\n\u2029":
            continue  # shown otherwise, and a block's end
        cursor.setPosition(offsets.position(offset))
        cursor.setPosition(offsets.end_position(offset + 1), QTextCursor.MoveMode.KeepAnchor)
        assert cursor.selectedText().replace("\u2029", "") == character


@given(TEXTS, st.integers(3, 20))
def test_blocks_begin_where_the_document_has_them(qapp: QApplication, text: str, limit: int) -> None:
    offsets = Offsets(text, limit=limit)
    document = QTextDocument()
    QTextCursor(document).insertText(offsets.shown)
    block, starts = document.begin(), []
    while block.isValid():
        starts.append(offsets.offset(block.position()))
        block = block.next()
    assert starts == offsets.block_starts()


def test_position_between_the_halves_of_a_character_is_its_beginning() -> None:
    offsets = Offsets("a\U0001f399b")
    assert [offsets.offset(position) for position in range(5)] == [0, 1, 1, 2, 3]


def test_paragraph_of_a_hundred_thousand_words_is_shown_in_blocks_after_spaces() -> None:
    text = "word " * 100_000
    offsets = Offsets(text)
    blocks = offsets.shown.split("\n")
    assert "".join(blocks) == text
    assert max(map(len, blocks)) <= 12_000
    assert all(block.endswith(" ") for block in blocks[:-1])


def test_paragraph_without_spaces_is_not_cut_within_what_belongs_together() -> None:
    text = "e\u0301" * 9_000
    shown = Offsets(text).shown
    assert shown.replace("\n", "") == text
    assert "\n\u0301" not in shown
