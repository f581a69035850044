"""Words are whole whatever they are written in: what combines with a letter belongs to its word."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyvocal.domain.around import Piece, around, grown, nearest_edge
from polyvocal.domain.spans import Span

WORDS = (
    "se\u0301ance",  # decomposed
    "क्षत्रिय",
    "हिन्दी",
    "நிலைமை",
    "مُحَمَّد",
    "שָׁלוֹם",
    "می\u200cخواهم",  # with a zero width non-joiner within
    "ක්\u200dරීඩා",  # with a zero width joiner within
    "ภาษาไทย",
    "don’t",
)


@pytest.mark.parametrize("word", WORDS)
def test_word_is_taken_whole_from_anywhere_in_it(word: str) -> None:
    text = f"so {word} ."
    start, end = 3, 3 + len(word)
    for at in range(start, end + 1):
        assert next(around(text, at, at)) == (start, end)
        assert nearest_edge(text, at, Piece.WORD, begins=False) in (2, end)
    assert grown(text, Span(0, 2), Piece.WORD, end=1) == (0, end)


@given(st.text(st.sampled_from("ab .\u0301\u0308\u093fक्\u200dé\U0001f469"), max_size=30), st.data())
def test_no_word_ends_before_what_combines_with_its_last_letter(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    edge = nearest_edge(text, at, Piece.WORD, begins=False)
    if edge != at and edge < len(text) and text[edge - 1].isalpha():
        assert not unicodedata.category(text[edge]).startswith("M")
