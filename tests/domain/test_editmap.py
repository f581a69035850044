"""Edit maps against an oracle that follows every single character through the corrections."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyvocal.domain.editmap import Edit, EditMap, apply_edits, join_touching
from polyvocal.domain.errors import BugError
from polyvocal.domain.spans import Span

LENGTH = 24
Edits = list[tuple[int, int, int]]


@st.composite
def edits_of(draw: st.DrawFn, length: int) -> Edits:
    """Sorted edits of a text of some length that lie apart: insertions, deletions and replacements."""
    edits: Edits = []
    at = 0
    for _ in range(draw(st.integers(0, 5))):
        if at > length:
            break
        start = draw(st.integers(at, min(length, at + 6)))
        end = draw(st.integers(start, min(length, start + 4)))
        inserted = draw(st.integers(0 if end > start else 1, 4))
        edits.append((start, end, inserted))
        at = end + 1
    return edits


@st.composite
def chains(draw: st.DrawFn, most: int = 4) -> list[Edits]:
    """Corrections one after another, each of the text that the one before left."""
    length, chain = LENGTH, []
    for _ in range(draw(st.integers(0, most))):
        edits = draw(edits_of(length))
        chain.append(edits)
        length = EditMap.of(edits).length_after(length)
    return chain


@st.composite
def passages(draw: st.DrawFn) -> Span:
    start = draw(st.integers(0, LENGTH - 1))
    return Span(start, draw(st.integers(start + 1, LENGTH)))


def map_of(chain: list[Edits]) -> EditMap:
    path = EditMap()
    for edits in chain:
        path = path.then(EditMap.of(edits))
    return path


@dataclass
class Character:
    """One character of the text, and whether it belongs to the passage that is followed."""

    belongs: bool


def corrected(text: list[Character], edits: Edits) -> list[Character]:
    """The text after one correction.

    Inserted characters belong to the passage if one of the characters that they replace does, or, where they replace
    none, if they come between two that do.
    """
    new: list[Character] = []
    at = 0
    for start, end, inserted in edits:
        new += text[at:start]
        if start < end:
            belongs = any(one.belongs for one in text[start:end])
        else:
            belongs = 0 < start < len(text) and text[start - 1].belongs and text[start].belongs
        new += [Character(belongs) for _ in range(inserted)]
        at = end
    return new + text[at:]


def followed(passage: Span, chain: list[Edits]) -> tuple[list[int], int]:
    """Which characters of the last text belong to the passage of the first one, and how long that text is."""
    text = [Character(passage.start <= at < passage.end) for at in range(LENGTH)]
    for edits in chain:
        text = corrected(text, edits)
    return [at for at, one in enumerate(text) if one.belongs], len(text)


@given(passages(), chains())
def test_place_is_what_is_left_of_the_passage_and_what_was_put_in_it(passage: Span, chain: list[Edits]) -> None:
    expected, length = followed(passage, chain)
    placed = map_of(chain).place(passage)
    assert map_of(chain).length_after(LENGTH) == length
    assert expected == ([] if placed is None else list(range(placed.start, placed.end)))


@given(passages(), chains(2), st.data())
def test_place_through_two_maps_is_place_through_their_composition(
    passage: Span, first: list[Edits], data: st.DataObject
) -> None:
    one = map_of(first)
    two = EditMap.of(data.draw(edits_of(one.length_after(LENGTH))))
    between = one.place(passage)
    assert one.then(two).place(passage) == (None if between is None else two.place(between))


@given(chains(), chains(), chains())
def test_then_is_associative_and_the_empty_map_changes_nothing(
    first: list[Edits], second: list[Edits], third: list[Edits]
) -> None:
    one, two, three = map_of(first), map_of(second), map_of(third)
    assert one.then(two).then(three) == one.then(two.then(three))
    assert EditMap().then(one) == one == one.then(EditMap())


@given(chains())
def test_encoded_map_is_decoded_to_the_same(chain: list[Edits]) -> None:
    path = map_of(chain)
    assert EditMap.decode(path.encode()) == path


@given(chains())
def test_inverse_of_the_inverse_is_the_map_itself(chain: list[Edits]) -> None:
    path = map_of(chain)
    assert path.inverse().inverse() == path
    assert path.inverse().length_after(path.length_after(LENGTH)) == LENGTH


@given(passages(), chains())
def test_passage_that_no_correction_came_near_goes_there_and_back(passage: Span, chain: list[Edits]) -> None:
    path, at = map_of(chain), passage
    for edits in chain:
        if any(start <= at.end and at.start <= end for start, end, _ in edits):
            return
        placed = EditMap.of(edits).place(at)
        assert placed is not None
        at = placed
    assert path.place(passage) == at
    assert path.inverse().place(at) == passage


WORDS = "the nurse said that the lay panel was late"


@given(st.data())
def test_apply_edits_gives_the_text_and_a_map_that_leads_to_it(data: st.DataObject) -> None:
    edits: list[tuple[int, int, str]] = []
    at = 0
    while at <= len(WORDS) and data.draw(st.booleans()):
        start = data.draw(st.integers(at, len(WORDS)))
        end = data.draw(st.integers(start, min(len(WORDS), start + 8)))
        edits.append((start, end, data.draw(st.sampled_from(["", "x", "a doctor", WORDS[start:end]]))))
        at = end
    text, path = apply_edits(WORDS, edits)
    expected = WORDS
    for start, end, words in reversed(edits):
        expected = expected[:start] + words + expected[end:]
    assert text == expected
    assert path.length_after(len(WORDS)) == len(text)
    assert EditMap.decode(path.encode()) == path


def test_map_of_nothing_is_the_identity_and_is_not_written_down() -> None:
    assert EditMap.of([]) == EditMap()
    assert EditMap().encode() is None
    assert apply_edits("as it was", [(3, 5, "it")]) == ("as it was", EditMap())


@pytest.mark.parametrize(
    "edits",
    [
        [(5, 6, 1), (2, 3, 1)],
        [(2, 4, 1), (3, 5, 1)],
        [(2, 4, 1), (4, 5, 1)],
        [(3, 3, 1), (3, 3, 2)],
        [(4, 3, 1)],
        [(3, 3, 0)],
        [(3, 4, -1)],
        [(-1, 0, 1)],
    ],
)
def test_edits_that_are_no_map_are_refused(edits: Edits) -> None:
    with pytest.raises(BugError):
        EditMap.of(edits)


@pytest.mark.parametrize(
    "edits", [[(5, 6, "x"), (2, 3, "y")], [(0, 3, "x"), (2, 4, "y")], [(3, 9, "x")], [(3, 2, "x")]]
)
def test_edits_that_do_not_fit_the_text_are_refused(edits: list[tuple[int, int, str]]) -> None:
    with pytest.raises(BugError):
        apply_edits("eight ch", edits)


def test_touching_edits_become_one() -> None:
    assert join_touching([(0, 2, 1), (2, 4, 1), (5, 5, 2), (5, 6, 0)]) == [(0, 4, 2), (5, 6, 2)]


def test_insertion_at_the_edge_of_a_passage_does_not_belong_to_it() -> None:
    path = EditMap.of([(2, 2, 3), (6, 6, 4)])
    assert path.place(Span(2, 6)) == Span(5, 9)
    assert path.stages == ((Edit(2, 2, 3), Edit(6, 6, 4)),)


def test_passage_whose_words_are_all_gone_has_no_place_even_after_words_were_put_there() -> None:
    gone = EditMap.of([(2, 6, 0)])
    assert gone.place(Span(3, 5)) is None
    assert gone.then(EditMap.of([(2, 2, 4)])).place(Span(3, 5)) is None
