"""The structure of a text: written down and read again, and led through corrections."""

from hypothesis import given
from hypothesis import strategies as st

from polyvocal.domain.editmap import EditMap
from polyvocal.domain.structure import Piece, PieceKind, Structure, decode, encode, follow, in_order


@st.composite
def structures(draw: st.DrawFn) -> Structure:
    pieces = st.builds(
        lambda kind, start, length, level: Piece(kind, start, start + length, level),
        st.sampled_from(PieceKind),
        st.integers(0, 300),
        st.integers(0, 40),
        st.integers(0, 9),
    )
    return in_order(draw(st.lists(pieces, max_size=30)))


@given(structures())
def test_structure_that_is_written_down_is_read_again_as_it_was(structure: Structure) -> None:
    assert decode(encode(structure)) == structure


def test_no_structure_is_not_written_down() -> None:
    assert encode(()) is None
    assert decode(None) == ()


def test_structure_follows_its_words_and_goes_with_them() -> None:
    structure = (Piece(PieceKind.HEADING, 0, 5, 2), Piece(PieceKind.QUOTE, 10, 20), Piece(PieceKind.NOTE, 30, 35, 1))
    edits = EditMap.of([(5, 5, 3), (10, 20, 0), (32, 33, 4)])
    assert follow(structure, edits) == (Piece(PieceKind.HEADING, 0, 5, 2), Piece(PieceKind.NOTE, 23, 31, 1))


def test_empty_pieces_are_left_out_and_the_longer_comes_first() -> None:
    assert in_order([Piece(PieceKind.STRONG, 3, 5), Piece(PieceKind.TABLE, 3, 9, 2), Piece(PieceKind.QUOTE, 4, 4)]) == (
        Piece(PieceKind.TABLE, 3, 9, 2),
        Piece(PieceKind.STRONG, 3, 5),
    )
