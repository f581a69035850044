"""A text of which only what is seen is laid out: it looks as if all of it were, and does not move before the eye."""

import itertools
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QAccessible, QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from polyvocal.domain.structure import Piece, PieceKind
from polyvocal.gui.offsets import EditedOffsets, Offsets
from polyvocal.gui.surface.heights import Heights
from polyvocal.gui.surface.lines import has_right_to_left
from polyvocal.gui.surface.seen_text import SeenText
from polyvocal.gui.theme import Theme
from tests.gui.test_offsets import TEXTS

LATIN = "She says that nobody asked them, and that they would have come. "
WIDE = "病房的人说我们的时间不算数谁来决定这些事情我们想知道。"
"""Letters twice as wide as the average: what such a paragraph is guessed to take is too little by half."""


def long_text(paragraphs: int) -> str:
    """Paragraphs of many lengths and of letters of two widths, with blank lines between some of them."""
    chance = random.Random(4)
    return "\n".join(
        "" if number % 5 == 4 else chance.choice((LATIN, WIDE)) * chance.randrange(1, 12)
        for number in range(paragraphs)
    )


@pytest.fixture
def seen(qtbot: QtBot, theme: Theme) -> SeenText:
    """A text on the screen that is empty yet."""
    made = SeenText()
    made.put_document(theme.reading_font(), Offsets(""))
    qtbot.addWidget(made)
    made.resize(640, 480)
    made.show()
    return made


def show(seen: SeenText, theme: Theme, text: str) -> None:
    seen.put_document(theme.reading_font(), Offsets(text))
    seen.settle()


def top_position(seen: SeenText) -> int:
    return seen.seen.hitTest(QPointF(0, seen.scrolled), Qt.HitTestAccuracy.FuzzyHit)


def rects(seen: SeenText) -> list[QRectF]:
    """Where all blocks are, once all are laid out."""
    document = seen.document()
    blocks = [document.findBlockByNumber(number) for number in range(document.blockCount())]
    for block in blocks:
        seen.seen.blockBoundingRect(block)
    return [seen.seen.blockBoundingRect(block) for block in blocks]


# --- heights ---------------------------------------------------------------------------------------------------------

HEIGHTS = st.lists(st.integers(1, 90), min_size=1, max_size=700)


@given(HEIGHTS, st.data())
def test_heights_are_those_of_a_plain_list_whatever_is_changed(before: list[int], data: st.DataObject) -> None:
    plain, heights = list(before), Heights(before)
    for _ in range(4):
        first = data.draw(st.integers(0, len(plain) - 1))
        end = data.draw(st.integers(first, len(plain)))
        others = data.draw(HEIGHTS)
        plain[first:end] = others
        heights.replace(first, end, others)
        place = data.draw(st.integers(0, len(plain) - 1))
        plain[place] = heights[place] = 7
        assert len(heights) == len(plain)
        assert heights.total == sum(plain)
        assert heights.top(place) == sum(plain[:place])
        assert heights.top(len(plain)) == sum(plain)
        assert heights.at(sum(plain[:place])) == place
        assert heights.at(sum(plain[: place + 1]) - 0.5) == place
    assert heights.at(-5) == 0
    assert heights.at(sum(plain) + 5) == len(plain) - 1


# --- where what is ---------------------------------------------------------------------------------------------------


def test_blocks_stand_one_below_the_other(seen: SeenText, theme: Theme) -> None:
    show(seen, theme, long_text(60))
    found = rects(seen)
    assert all(above.bottom() <= below.top() for above, below in itertools.pairwise(found))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS.filter(lambda text: len(text) > 0), st.data())
def test_point_of_the_cursor_is_the_point_of_its_position(
    seen: SeenText, theme: Theme, text: str, data: st.DataObject
) -> None:
    show(seen, theme, text)
    cursor = QTextCursor(seen.document())
    cursor.setPosition(data.draw(st.integers(0, seen.document().characterCount() - 1)))
    seen.setTextCursor(cursor)
    hit = QTextCursor(cursor)
    hit.setPosition(seen.cursorForPosition(seen.cursorRect(cursor).center()).position())
    # letters without a width share a point; where the ways of writing meet, a position has two
    if not has_right_to_left(cursor.block().text()):
        assert seen.cursorRect(hit).center().x() == pytest.approx(seen.cursorRect(cursor).center().x(), abs=2)
    assert abs(hit.blockNumber() - cursor.blockNumber()) == 0


def test_words_are_hit_exactly_only_where_they_are(seen: SeenText, theme: Theme) -> None:
    show(seen, theme, "Nine tables.\n\nOne microphone.")
    exact, near = Qt.HitTestAccuracy.ExactHit, Qt.HitTestAccuracy.FuzzyHit
    rect = seen.line_rect(4)
    assert seen.seen.hitTest(rect.topLeft() + QPointF(5, 5), exact) in range(3)
    assert seen.seen.hitTest(rect.topLeft() + QPointF(500, 5), exact) == -1
    assert seen.seen.hitTest(rect.topLeft() + QPointF(500, 5), near) == len("Nine tables.")
    assert seen.seen.hitTest(QPointF(0, 9_000), near) == len("Nine tables.\n\n")
    assert seen.seen.hitTest(QPointF(0, 9_000), exact) == -1


def test_keys_go_up_and_down_over_what_was_never_seen(qtbot: QtBot, seen: SeenText, theme: Theme) -> None:
    show(seen, theme, "\n".join(f"line {number}" for number in range(400)))
    for _ in range(399):
        qtbot.keyClick(seen, Qt.Key.Key_Down)
    assert seen.textCursor().block().text() == "line 399"
    for _ in range(399):
        qtbot.keyClick(seen, Qt.Key.Key_Up)
    assert seen.textCursor().blockNumber() == 0


def test_end_and_beginning_of_the_text_are_reached_by_keys_and_seen(qtbot: QtBot, seen: SeenText, theme: Theme) -> None:
    show(seen, theme, long_text(900))
    bar = seen.verticalScrollBar()
    qtbot.keyClick(seen, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    margin = seen.document().documentMargin()
    assert seen.scrolled > bar.maximum() - margin
    assert seen.viewport().rect().contains(seen.cursorRect())
    qtbot.keyClick(seen, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert seen.scrolled <= margin


def test_only_what_is_seen_is_laid_out(seen: SeenText, theme: Theme) -> None:
    show(seen, theme, long_text(3_000))
    seen.bring_up(seen.document().characterCount() // 2)
    laid = [number for number in range(seen.document().blockCount()) if seen.seen.is_laid_out(number)]
    assert 0 < len(laid) < 120


# --- nothing moves ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", [-30, 30])
def test_lines_move_by_just_what_is_scrolled_through_what_was_never_seen(
    seen: SeenText, theme: Theme, step: int
) -> None:
    show(seen, theme, long_text(900))
    seen.bring_up(seen.document().characterCount() // 2)
    bar = seen.verticalScrollBar()
    for _ in range(150):
        middle = seen.seen.hitTest(QPointF(0, seen.scrolled + 240), Qt.HitTestAccuracy.FuzzyHit)
        before = seen.line_rect(middle).top() - seen.scrolled
        bar.setValue(bar.value() + step)
        assert seen.line_rect(middle).top() - seen.scrolled == pytest.approx(before - step, abs=1)


def test_line_that_is_gone_to_stands_in_the_upper_third(seen: SeenText, theme: Theme) -> None:
    show(seen, theme, long_text(900))
    chance = random.Random(8)
    for _ in range(40):
        position = chance.randrange(2_000, seen.document().characterCount() - 2_000)
        seen.bring_up(position)
        assert seen.line_rect(position).top() - seen.scrolled == pytest.approx(seen.viewport().height() / 3, abs=2)


def test_first_words_stay_the_first_when_width_and_letters_change(seen: SeenText, theme: Theme) -> None:
    show(seen, theme, long_text(900))
    seen.bring_up(seen.document().characterCount() // 2)
    place = top_position(seen)
    line = seen.line_rect(place)

    def same() -> bool:
        first, last = (
            seen.seen.hitTest(QPointF(x, seen.scrolled + 2), Qt.HitTestAccuracy.FuzzyHit) for x in (0, 9_000)
        )
        return first <= place <= last

    for width in (500, 900, 640):
        seen.resize(width, 480)
        QApplication.processEvents()
        assert same(), width
    font = theme.reading_font()
    font.setPointSizeF(font.pointSizeF() * 2)
    with seen.keeping_place():
        seen.document().setDefaultFont(font)
    QApplication.processEvents()
    assert same()
    assert seen.line_rect(place).height() > line.height() * 1.5


def test_font_of_the_window_is_not_taken_for_that_of_the_text(seen: SeenText, theme: Theme) -> None:
    show(seen, theme, LATIN)
    before = seen.document().defaultFont()
    font = seen.font()
    font.setPointSizeF(31)
    seen.setFont(font)
    assert seen.document().defaultFont() == before


# --- edits -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(20))
def test_what_is_edited_is_laid_out_as_if_it_had_been_there_from_the_first(
    qtbot: QtBot, seen: SeenText, theme: Theme, seed: int
) -> None:
    chance = random.Random(seed)
    show(seen, theme, long_text(40))
    cursor = QTextCursor(seen.document())
    for _ in range(12):
        size = seen.document().characterCount() - 1
        start = chance.randrange(size + 1)
        cursor.setPosition(start)
        cursor.setPosition(min(start + chance.choice((0, 1, 40, 900)), size), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(chance.choice(("", "a", "\n", "\n\n", LATIN * 9, f"one\ntwo {WIDE * 5}\n")))
    other = SeenText()
    qtbot.addWidget(other)
    other.put_document(theme.reading_font(), EditedOffsets(seen.document().toPlainText()))
    other.resize(640, 480)
    other.show()
    assert rects(seen) == rects(other)
    assert seen.seen.documentSize() == other.seen.documentSize()


def test_headings_have_more_room_above_them(seen: SeenText, theme: Theme) -> None:
    text = "Morning\nNine tables.\nAfternoon\nOne microphone."
    at = text.index("Afternoon")
    seen.put_document(theme.reading_font(), Offsets(text), (Piece(PieceKind.HEADING, at, at + 9, 1),))
    found = rects(seen)
    gaps = [below.top() - above.bottom() for above, below in itertools.pairwise(found)]
    assert gaps[1] > gaps[0]


def test_screen_reader_is_told_where_each_letter_stands(seen: SeenText, theme: Theme) -> None:
    show(seen, theme, long_text(200))
    seen.bring_up(4_000)
    seen.grab()
    interface = QAccessible.queryAccessibleInterface(seen)
    assert interface is not None
    text, origin = interface.textInterface(), seen.viewport().mapToGlobal(QPoint(0, 0))
    last = seen.cursorForPosition(seen.viewport().rect().bottomRight()).position()
    assert text is not None
    assert last > 4_100
    for position in range(4_000, last, 7):
        told, caret = text.characterRect(position).translated(-origin), seen.caret_rect(position, behind=False)
        assert abs(told.left() - caret.left()) <= 1
        assert caret.top() <= told.center().y() <= caret.bottom()
