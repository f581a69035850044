"""What is done to a text when it comes in, and to a name."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyvocal.domain.errors import UserError
from polyvocal.domain.spans import Span
from polyvocal.domain.text import MAX_NAME, clean_name, clean_text, count_words, normalise

pieces = st.sampled_from(["a", "b", " ", "\n", "\r", "\r\n", "\u00e9", "e\u0301", "\U0001f642", "\u2028", "\t"])
texts = st.lists(pieces).map("".join)


@given(texts)
def test_normalise_makes_every_line_end_a_line_feed_and_changes_nothing_else(raw: str) -> None:
    text, _ = normalise(raw)
    assert "\r" not in text
    assert text == raw.replace("\r\n", "\n").replace("\r", "\n")


@given(texts)
def test_map_of_normalise_leads_each_kept_character_to_itself(raw: str) -> None:
    text, path = normalise(raw)
    assert path.length_after(len(raw)) == len(text)
    for at, character in enumerate(raw):
        if character not in "\r\n":
            place = path.place(Span(at, at + 1))
            assert place is not None
            assert text[place.start : place.end] == character


@pytest.mark.parametrize("raw", ["one\r\ntwo\r\n", "one\rtwo\r", "one\ntwo\n"])
def test_normalise_of_each_sort_of_line_end_gives_the_same_text(raw: str) -> None:
    assert normalise(raw)[0] == "one\ntwo\n"


def test_normalise_of_a_text_with_line_feeds_is_the_identity() -> None:
    text, path = normalise("one\ntwo")
    assert (text, path.encode()) == ("one\ntwo", None)


@given(st.sampled_from(["NFC", "NFD"]), st.text(st.characters(codec="utf-8", exclude_characters="\0\r")))
def test_normalise_leaves_composed_and_decomposed_characters_as_they_are(form: str, raw: str) -> None:
    written = unicodedata.normalize(form, raw)  # type: ignore[arg-type]
    assert normalise(written)[0] == written


@pytest.mark.parametrize(("raw", "named"), [("ab\0c", "NUL"), ("ab\ud800c", "surrogate")])
def test_normalise_refuses_what_no_text_holds_and_says_where(raw: str, named: str) -> None:
    with pytest.raises(UserError, match=f"{named}.*position 2"):
        normalise(raw)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        (" \n\t ", 0),
        ("one two\nthree", 3),
        ("don't stop - now", 3),
        ("caf\u00e9 cafe\u0301", 2),
        ("\u6211\u5011 meet", 3),
        ("\u4f1a\u8b70\u3067\u3059", 4),
        ("\u0645\u0631\u062d\u0628\u0627 \u0628\u0643", 2),
        ("\ud55c\uad6d\uc5b4 \ubb38\uc7a5", 2),
    ],
)
def test_count_words_in_scripts_with_and_without_spaces(text: str, words: int) -> None:
    assert count_words(text) == words


@given(st.text("ab \n\t"), st.text("ab \n\t"))
def test_count_words_of_two_paragraphs_is_their_sum(one: str, other: str) -> None:
    assert count_words(one + "\n" + other) == count_words(one) + count_words(other)


def test_clean_text_of_an_empty_field_is_none() -> None:
    assert clean_text(None) is None
    assert clean_text(" \n ") is None
    assert clean_text("two\r\nlines") == "two\nlines"


@pytest.mark.parametrize(
    "name",
    ["Dr Ada", "\u738b\u82b3", "\u0645\u0631\u064a\u0645", "Zo\u00eb", "\u0e2a\u0e21\u0e0a\u0e32\u0e22", "\U0001f642"],
)
def test_clean_name_keeps_names_in_every_script(name: str) -> None:
    assert clean_name(name, "person") == name


@pytest.mark.parametrize(
    "name", ["  Ada \t Okafor\n", "\ufeffAda Okafor\u200b", "\u2067Ada Okafor\u2069", "Ada\u00a0Okafor"]
)
def test_clean_name_folds_white_space_and_takes_away_what_is_invisible_at_the_ends(name: str) -> None:
    assert clean_name(name, "person") == "Ada Okafor"


def test_clean_name_keeps_a_joiner_within_a_name() -> None:
    name = "\u0646\u0631\u06af\u0633\u200c\u062e\u0627\u062a\u0648\u0646"
    assert clean_name(name, "person") == name


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "\ufeff \u2060"])
def test_clean_name_refuses_a_name_with_nothing_to_see(name: str) -> None:
    with pytest.raises(UserError, match="the code needs a name"):
        clean_name(name, "code")


@pytest.mark.parametrize("name", ["a\0b", "a\x07b", "a\x7fb", "a\x9bb", "a\ud800b"])
def test_clean_name_refuses_control_characters(name: str) -> None:
    with pytest.raises(UserError, match="control character"):
        clean_name(name, "group")


def test_clean_name_refuses_a_name_that_is_longer_than_the_longest() -> None:
    assert clean_name("x" * MAX_NAME, "code") == "x" * MAX_NAME
    with pytest.raises(UserError, match="10,000 characters"):
        clean_name("x" * 10_000, "code")


def test_marks_that_stand_alone_are_no_words() -> None:
    assert count_words("# Monday\n\n- two words\nAda | Ben | Cy\n10:45 \u2013 coffee") == 8
    assert count_words("well-known a|b #3") == 3


@pytest.mark.parametrize("what", ["person", "group"])
def test_name_that_lists_would_tear_apart_is_refused(what: str) -> None:
    with pytest.raises(UserError, match="semicolon"):
        clean_name("Ward 4; night shift", what)
    assert clean_name("Paid; unpaid", "code") == "Paid; unpaid"
