"""Rows and cells of tables that are written as lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyvocal.domain.structure import Piece, PieceKind
from polyvocal.domain.tables import TableLine, table_lines

MARKDOWN = "| Who | What \\| why |\n|:--|--:|\n| Ines | 1 | 2 |\n x | \U0001f642 "
WORD = "Who | What |  | Why\nA\n    a\n    | B | C\n\tx | y\n | z |\nAlone\nA | B\n    b"
lines_of_tables = st.lists(
    st.text(st.sampled_from("ab |-:\\\U0001f642\u05d0\t"), min_size=1, max_size=20), min_size=1, max_size=5
)


def lines(text: str, columns: int) -> list[TableLine]:
    return table_lines(text, Piece(PieceKind.TABLE, 0, len(text), columns))


def cells(text: str, columns: int) -> list[tuple[int, list[str]]]:
    """The first column of each line, and its cells without what only holds the line together."""
    found = []
    for line in lines(text, columns):
        kept = [
            "".join(text[at] for at in range(*cell) if at not in line.marks or text[at] == " ") for cell in line.cells
        ]
        found.append((line.column, [one.strip() for one in kept]))
    return found


def test_cells_of_markdown_stand_between_bars() -> None:
    assert cells(MARKDOWN, 2) == [
        (0, ["Who", "What \\| why"]),
        (0, [":--", "--:"]),
        (0, ["Ines", "1 | 2"]),  # of more cells than columns the rest stays in the last
        (0, ["x", "\U0001f642"]),
    ]
    head, rule, *others = lines(MARKDOWN, 2)
    assert head.is_head
    assert rule.is_rule
    assert not any(one.is_head or one.is_rule for one in others)
    assert not head.ends  # the line under it closes it


def test_row_goes_on_below_where_a_cell_has_several_lines() -> None:
    assert cells(WORD, 4) == [
        (0, ["Who", "What", "", "Why"]),
        (0, ["A"]),
        (0, ["a"]),
        (1, ["B", "C"]),
        (0, ["x", "y"]),
        (0, ["", "z", ""]),
        (0, ["Alone"]),
        (0, ["A", "B"]),
        (1, ["b"]),
    ]
    begins = [one.begins for one in lines(WORD, 4)]
    assert begins == [True, True, False, False, True, True, True, True, False]
    assert [one.is_alone for one in lines(WORD, 4)] == [False] * 6 + [True, False, False]
    assert not lines(WORD, 4)[0].is_head  # one of its cells says nothing


@pytest.mark.parametrize(("first", "is_head"), [("A | B", True), ("A | " + "b" * 90, False), ("A | ", False)])
def test_first_row_is_a_head_where_each_cell_is_short_and_says_something(first: str, *, is_head: bool) -> None:
    assert lines(f"{first}\n1 | 2", 2)[0].is_head is is_head


@given(lines_of_tables, st.integers(2, 5))
def test_lines_are_in_order_and_bars_are_bars_in_columns_that_there_are(written: list[str], columns: int) -> None:
    text = "\n".join(written)
    found = lines(text, columns)
    assert [text[one.start : one.end] for one in found] == written
    for one in found:
        assert all(text[bar] == "|" and one.start <= bar < one.end for bar in one.bars)
        assert list(one.bars) == sorted(set(one.bars))
        assert 0 <= one.column + len(one.bars) < columns
        assert all(one.start <= mark < one.end and text[mark] in " |\t" for mark in one.marks)
        assert not set(one.marks) & set(one.bars)
