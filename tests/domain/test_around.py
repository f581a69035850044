"""Ends that are moved by words and sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyvocal.domain.around import Piece, around, grown, nearest_edge, whole
from polyvocal.domain.spans import Span

TEXT = "One two. Three \U0001f642 four!\n\nFive six.\n"
texts = st.text(st.sampled_from("ab \U0001f642e\u0301.!?\n"), min_size=2, max_size=60)


def words(span: Span | None) -> str:
    assert span is not None
    return TEXT[span.start : span.end]


def of(part: str) -> Span:
    return Span(TEXT.index(part), TEXT.index(part) + len(part))


@pytest.mark.parametrize(
    ("part", "piece", "start", "end", "expected"),
    [
        ("two", Piece.WORD, 0, 1, "two. Three"),
        ("Three", Piece.WORD, 0, 1, "Three \U0001f642 four"),
        ("Three", Piece.WORD, 1, 0, "two. Three"),
        ("hre", Piece.WORD, 1, 1, "Three"),
        ("two. Three", Piece.WORD, -1, 0, "Three"),
        ("two. Three", Piece.WORD, 0, -1, "two"),
        ("Three", Piece.SENTENCE, 0, 1, "Three \U0001f642 four!"),
        ("four!", Piece.SENTENCE, 0, 1, "four!\n\nFive six."),
        ("four!", Piece.SENTENCE, 2, 0, "One two. Three \U0001f642 four!"),
        ("six", Piece.WORD, 0, 9, "six"),
        ("One", Piece.WORD, 9, 0, "One"),
        ("two", Piece.PARAGRAPH, 1, 1, "One two. Three \U0001f642 four!"),
        ("four!", Piece.PARAGRAPH, 0, 1, "four!\n\nFive six."),
    ],
)
def test_ends_go_to_the_next_words_and_sentences(part: str, piece: Piece, start: int, end: int, expected: str) -> None:
    assert words(grown(TEXT, of(part), piece, start=start, end=end)) == expected


@pytest.mark.parametrize(("start", "end"), [(-3, 0), (0, -2), (-1, -1), (0, -50)])
def test_nothing_is_left_of_two_words_that_lose_as_many(start: int, end: int) -> None:
    assert grown(TEXT, of("two. Three"), Piece.WORD, start=start, end=end) is None


@pytest.mark.parametrize(
    ("part", "piece", "expected"),
    [
        ("wo. Thr", Piece.WORD, "two. Three"),
        ("wo", Piece.SENTENCE, "One two."),
        ("wo. Thr", Piece.SENTENCE, "One two. Three \U0001f642 four!"),
        ("two.", Piece.SENTENCE, "One two."),
        (" Three", Piece.SENTENCE, " Three \U0001f642 four!"),
        ("wo", Piece.PARAGRAPH, "One two. Three \U0001f642 four!"),
        ("four!\n\nF", Piece.PARAGRAPH, "One two. Three \U0001f642 four!\n\nFive six."),
    ],
)
def test_span_grows_until_it_cuts_no_piece(part: str, piece: Piece, expected: str) -> None:
    assert words(whole(TEXT, of(part), piece)) == expected


@given(texts, st.data())
def test_whole_span_holds_what_was_there_and_is_whole(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    piece = data.draw(st.sampled_from(Piece))
    found = whole(text, span, piece)
    assert 0 <= found.start <= span.start <= span.end <= found.end <= len(text)
    assert whole(text, found, piece) == found
    for place, was, begins in ((found.start, span.start, True), (found.end, span.end, False)):
        assert place == was or nearest_edge(text, place, piece, begins=begins) == place


@given(texts, st.data())
def test_grown_span_lies_in_the_text_and_holds_what_was_there(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    piece = data.draw(st.sampled_from(Piece))
    by = data.draw(st.tuples(st.integers(0, 3), st.integers(0, 3)))
    wider = grown(text, span, piece, start=by[0], end=by[1])
    assert wider is not None
    assert 0 <= wider.start <= span.start < span.end <= wider.end <= len(text)


@given(st.lists(st.sampled_from(["a", "b\U0001f642", "e\u0301e"]), min_size=3, max_size=9), st.data())
def test_word_that_was_added_is_taken_off_again(parts: list[str], data: st.DataObject) -> None:
    text = " ".join(parts)
    place = len(" ".join(parts[: data.draw(st.integers(1, len(parts) - 2))])) + 1
    word, *_ = around(text, place, place + 1)
    for more, less in (({"start": 1}, {"start": -1}), ({"end": 1}, {"end": -1})):
        wider = grown(text, word, Piece.WORD, **more)
        assert wider is not None
        assert wider != word
        assert grown(text, wider, Piece.WORD, **less) == word
