"""Words are found however the text writes them, and where they are."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyvocal.domain.looked_for import pattern_for


@pytest.mark.parametrize(
    ("typed", "text", "found"),
    [
        ("séance", "la se\u0301ance", ["se\u0301ance"]),
        ("se\u0301ance", "la séance", ["séance"]),
        ("e", "se\u0301ance", ["e"]),  # the last one: not the first without its accent
        ("don't", "they don’t, I don't", ["don’t", "don't"]),
        ('"who', "“who is paid”", ["“who"]),
        ("don’t", "they don't", []),
        ("10 per", "10\u00a0per cent", ["10\u00a0per"]),
        ("क", "कि क", ["क"]),
        ("a.b", "aXb a.b", ["a.b"]),
        ("\U0001f44d", "\U0001f44d!", ["\U0001f44d"]),
    ],
)
def test_words_are_found_as_a_person_means_them(typed: str, text: str, found: list[str]) -> None:
    assert re.findall(pattern_for(typed), text) == found


@given(
    st.text(st.sampled_from("aeé \u0301\u0308\u00fcक\u093fשָ'’.\U0001f44d"), min_size=1, max_size=12),
    st.text(max_size=5),
)
def test_what_was_typed_is_found_in_a_text_that_holds_it_in_any_form(words: str, before: str) -> None:
    for form in ("NFC", "NFD"):
        held = unicodedata.normalize(form, words)
        assert re.search(pattern_for(words), f"{before} {held} .")
