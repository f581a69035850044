"""Tables shown in columns: each letter stands in its cell, and what is selected and copied is the stored text."""

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from polyvocal.domain.spans import Span
from polyvocal.domain.structure import Piece, PieceKind
from polyvocal.gui.surface.tables import shared
from polyvocal.gui.surface.text import TextSurface
from tests.domain.test_tables import MARKDOWN, WORD, lines_of_tables
from tests.gui.test_surface import coding, surface, to_read

__all__ = ["surface"]

LONG = "The chair says that every voice counts, and hands it to a professor, who speaks for twenty minutes."
TABLE = f"Before.\nTime | What | Where\n10:05 | {LONG} | In the hall\n10:25 | Nobody answers | Foyer\nAfter."
HEBREW = "Before.\nשם | תפקיד\nמרים | מנחה\nAfter."


def show(surface: TextSurface, text: str, columns: int, *, start: int = 8, behind: int = 7) -> None:
    """Show a text of which all but its first and its last line is a table."""
    table = Piece(PieceKind.TABLE, start, len(text) - behind, columns)
    surface.show_source(to_read(text, structure=(table,)))


def left(surface: TextSurface, offset: int) -> float:
    return surface.caret_rect(surface.offsets.position(offset), behind=False).x()


def top(surface: TextSurface, offset: int) -> float:
    return surface.caret_rect(surface.offsets.position(offset), behind=False).y()


def test_cells_of_a_column_stand_below_each_other_and_those_of_a_row_beside(surface: TextSurface) -> None:
    show(surface, TABLE, 3)
    for column in (("Time", "10:05", "10:25"), ("What", "The chair", "Nobody"), ("Where", "In the", "Foyer")):
        assert len({round(left(surface, TABLE.index(words))) for words in column}) == 1
    assert len({top(surface, TABLE.index(words)) for words in ("10:05", "The chair", "In the hall")}) == 1
    assert top(surface, TABLE.index("twenty")) > top(surface, TABLE.index("In the hall"))  # it is wrapped in its cell
    assert left(surface, TABLE.index("twenty")) < left(surface, TABLE.index("In the hall"))
    assert top(surface, TABLE.index("10:25")) > top(surface, TABLE.index("minutes."))


def test_table_whose_beginning_was_corrected_away_keeps_its_columns(surface: TextSurface) -> None:
    show(surface, TABLE, 3, start=TABLE.index("What"))
    assert top(surface, TABLE.index("10:05")) == top(surface, TABLE.index("In the hall"))
    assert left(surface, TABLE.index("10:05")) < left(surface, TABLE.index("In the hall"))
    assert left(surface, TABLE.index("Time")) < left(surface, TABLE.index("Where"))


def test_columns_of_a_table_from_right_to_left_begin_at_the_right(surface: TextSurface) -> None:
    show(surface, HEBREW, 2)
    assert left(surface, HEBREW.index("שם")) > left(surface, HEBREW.index("תפקיד"))
    assert top(surface, HEBREW.index("שם")) == top(surface, HEBREW.index("תפקיד"))


def test_cells_stand_below_each_other_where_columns_would_be_too_narrow(surface: TextSurface) -> None:
    text = "Before.\n" + " | ".join("abcdefghijklmnopqrstuvwxyzabcdefghijkl") + "\nAfter."
    show(surface, text, 38)
    tops = [top(surface, at) for at in range(8, len(text) - 7, 4)]
    assert tops == sorted(set(tops))


@pytest.mark.parametrize("words", ["10:05", "professor", "In the hall", "hall", "Foyer", "Nobody", "After"])
def test_click_on_a_word_in_a_cell_is_at_that_word(surface: TextSurface, words: str) -> None:
    show(surface, TABLE, 3)
    offset = TABLE.index(words)
    rect = surface.caret_rect(surface.offsets.position(offset), behind=False)
    QTest.mouseClick(surface.viewport(), Qt.MouseButton.LeftButton, pos=rect.center().toPoint())
    assert abs(surface.offset - offset) <= 1


def test_click_behind_the_words_of_a_cell_stays_in_it(surface: TextSurface) -> None:
    show(surface, TABLE, 3)
    rect = surface.caret_rect(surface.offsets.position(TABLE.index("Nobody")), behind=False)
    right = round(left(surface, TABLE.index("Foyer"))) - 20
    point = rect.center().toPoint()
    point.setX(right)
    QTest.mouseClick(surface.viewport(), Qt.MouseButton.LeftButton, pos=point)
    end = TABLE.index("Nobody answers") + len("Nobody answers")
    assert end <= surface.offset <= end + 1
    assert round(surface.cursorRect().x()) < right


def test_down_and_up_stay_in_the_column_and_lead_out_of_the_table(surface: TextSurface) -> None:
    show(surface, TABLE, 3)
    surface.select(Span(TABLE.index("Where"), TABLE.index("Where")))
    seen = []
    for _ in range(3):
        QTest.keyClick(surface, Qt.Key.Key_Down)
        seen.append(TABLE[surface.offset :].lstrip())
    assert [one.split()[0] for one in seen[:2]] == ["In", "Foyer"]
    assert surface.offset >= TABLE.index("After")
    surface.select(Span(TABLE.index("twenty"), TABLE.index("twenty")))
    before = top(surface, surface.offset)
    QTest.keyClick(surface, Qt.Key.Key_Down)
    assert top(surface, surface.offset) > before  # the next line of the same cell
    assert TABLE.index("The chair") < surface.offset <= TABLE.index("| In the hall")
    surface.select(Span(TABLE.index("Foyer"), TABLE.index("Foyer")))
    QTest.keyClick(surface, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert surface.selected is not None
    assert TABLE[surface.selected.start :].startswith("In the")
    assert surface.selection.end == TABLE.index("Foyer")


def test_coding_over_several_cells_is_washed_in_each_and_copied_as_it_is_stored(surface: TextSurface) -> None:
    start, end = TABLE.index("Nobody"), TABLE.index("Foyer") + 5
    table = Piece(PieceKind.TABLE, 8, len(TABLE) - 7, 3)
    surface.show_source(to_read(TABLE, coding(1, start, end), structure=(table,)))
    assert [one.id for one in surface.index.at(TABLE.index("Foyer"))] == [1]
    surface.select(Span(start, end))
    assert surface.createMimeDataFromSelection().text() == "Nobody answers | Foyer"


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines_of_tables | st.sampled_from([MARKDOWN.split("\n"), WORD.split("\n")]), st.integers(2, 5), st.data())
def test_selected_cells_are_those_of_the_span(
    surface: TextSurface, written: list[str], columns: int, data: st.DataObject
) -> None:
    text = "\n".join(["Before.", *written, "After."])
    show(surface, text, columns)
    assert len(surface.offsets.shown) == len(text)
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    surface.select(span)
    assert surface.selection == span
    assert surface.createMimeDataFromSelection().text() == text[slice(*span)]


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines_of_tables, st.integers(2, 5))
def test_lines_of_cells_do_not_lie_over_each_other(surface: TextSurface, written: list[str], columns: int) -> None:
    show(surface, "\n".join(["Before.", *written, "After."]), columns)
    places = []
    for block, rect in surface.visible_blocks():
        layout = block.layout()
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            places.append(line.rect().translated(rect.topLeft()))
    for at, one in enumerate(places):
        assert not any(one.intersects(other) for other in places[at + 1 :])


@given(st.lists(st.tuples(st.floats(1, 300), st.floats(0, 2000)), min_size=1, max_size=8), st.floats(50, 1000))
def test_columns_share_the_room_and_none_gets_more_than_it_needs(needs: list[tuple[float, float]], room: float) -> None:
    least, wanted = [one for one, _ in needs], [one + more for one, more in needs]
    widths = shared(room, least, wanted)
    assert sum(widths) <= room + 0.01
    for width, one, want in zip(widths, least, wanted, strict=True):
        assert min(one, room / len(needs)) - 0.01 <= width <= want + 0.01
    if sum(wanted) <= room:
        assert widths == pytest.approx(wanted)
