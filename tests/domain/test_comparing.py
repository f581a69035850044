"""Two texts are compared so that one is made of the other, and what both have stays where it is."""

from hypothesis import given
from hypothesis import strategies as st

from polyvocal.domain.comparing import differences
from polyvocal.domain.editmap import apply_edits
from polyvocal.domain.spans import Span

WORDS = st.lists(st.sampled_from(["wren", "tea", "Tür", "\U0001f399", ",", ".", "\n", "\n\n", " ", "a"]), max_size=60)
TEXTS = st.one_of(WORDS.map("".join), WORDS.map(" ".join), st.text(max_size=60))


@given(TEXTS, TEXTS)
def test_the_newer_text_comes_of_the_older_one(old: str, new: str) -> None:
    assert apply_edits(old, differences(old, new))[0] == new


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert differences(text, text) == []


@given(WORDS.map(" ".join), WORDS.map(" ".join), WORDS.map(" ".join))
def test_what_is_put_in_between_moves_what_stands_behind_it(before: str, between: str, behind: str) -> None:
    old, new = f"{before}\nanchor\n{behind}", f"{before}\n{between}\nanchor\n{behind}"
    _, edits = apply_edits(old, differences(old, new))
    place = edits.place(Span(len(before) + 1, len(before) + 7))
    assert place is not None
    assert new[place.start : place.end] == "anchor"


def test_a_corrected_word_is_all_that_gives_way() -> None:
    old = "The chair says that every voice counts.\nNobody answers.\n" * 3
    new = old.replace("counts", "matters", 1)
    assert differences(old, new) == [(32, 38, "matters")]


def test_lines_that_were_put_elsewhere_are_taken_out_and_put_in() -> None:
    old, new = "one\ntwo\nthree\n", "two\nthree\none\n"
    assert differences(old, new) == [(0, 4, ""), (14, 14, "one\n")]


def test_very_many_lines_that_are_alike_are_compared_all_the_same() -> None:
    old = "- yes\n" * 4_000 + "end\n"
    new = "- yes\n" * 3_000 + "- no\n" + "- yes\n" * 900 + "end\n"
    assert apply_edits(old, differences(old, new))[0] == new
