"""The ends of the chosen coding, moved by hand and by key: seen at once, kept in the store, one step of undo each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from polyvocal.domain.around import Piece, grown, nearest_edge, whole
from polyvocal.domain.records import Coding
from polyvocal.domain.spans import Span
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.surface.ends import End, by_a_step, moved
from polyvocal.gui.views.read import ReadView
from polyvocal.services.commands.codings import add_coding
from tests.gui.conftest import settle
from tests.gui.read_steps import PLENARY, passages, select, shown
from tests.gui.test_offsets import TEXTS
from tests.gui.test_who_acts import Asked

WORDS = "Who is paid to be here"
SHIFT, NONE = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def read(qtbot: QtBot, sitting: Sitting) -> ReadView:
    """Wren's plenary, with a coding by Oda that is chosen."""
    view = shown(qtbot, sitting, PLENARY)
    start, end = select(view, WORDS)
    made = sitting.bus.file
    changes = add_coding(made, source=PLENARY, start=start, end=end, code="Protest", coder="Oda")
    sitting.bus.changed.emit(changes)
    settle(qtbot, sitting)
    view.surface.choose(changes.created("coding")[0])
    cursor = view.surface.textCursor()
    cursor.clearSelection()
    view.surface.setTextCursor(cursor)
    return view


def kept(read: ReadView, sitting: Sitting) -> str:
    """The words that the chosen coding is about, by the store."""
    (one,) = [found for found in passages(sitting) if found.id == read.surface.chosen]
    return one.text


def seen(read: ReadView) -> str:
    """The words that the chosen coding is about, by the screen."""
    assert read.surface.chosen is not None
    mark = read.surface.index.get(read.surface.chosen)
    assert mark is not None
    return read.surface.text[mark.start : mark.end]


def point_of(read: ReadView, offset: int) -> QPoint:
    rect = read.surface.caret_rect(read.surface.offsets.position(offset), behind=False)
    return QPoint(round(rect.x()), round(rect.center().y()))


def handle(read: ReadView, end: End) -> QPoint:
    mark = read.surface.index.get(read.surface.chosen or 0)
    assert mark is not None
    return read.surface.ends._places(mark)[end].center().toPoint()


def pull(read: ReadView, end: End, offset: int, *, modifiers: Qt.KeyboardModifier) -> None:
    """Take a handle, bring it to an offset, and let it go."""
    port, left = read.surface.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(port, left, Qt.KeyboardModifier.NoModifier, handle(read, end))
    point = QPointF(point_of(read, offset))
    move = QMouseEvent(QEvent.Type.MouseMove, point, port.mapToGlobal(point), Qt.MouseButton.NoButton, left, modifiers)
    QApplication.sendEvent(port, move)
    QTest.mouseRelease(port, left, modifiers, point.toPoint())


def test_end_is_pulled_to_the_end_of_a_word_and_kept(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    text = read.surface.text
    pull(read, End.END, text.index(WORDS) + len("Who is pa"), modifiers=Qt.KeyboardModifier.NoModifier)
    assert seen(read) == "Who is paid"
    settle(qtbot, sitting)
    assert kept(read, sitting) == "Who is paid"


def test_beginning_is_pulled_letter_by_letter_with_alt(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    text = read.surface.text
    pull(read, End.START, text.index(WORDS) + len("Who is pa"), modifiers=Qt.KeyboardModifier.AltModifier)
    settle(qtbot, sitting)
    assert kept(read, sitting) == "id to be here"


@pytest.mark.parametrize(
    ("held", "words"),
    [(SHIFT, "Who is paid to be here?\u201d"), (SHIFT | Qt.KeyboardModifier.ControlModifier, None)],
)
def test_end_is_pulled_to_the_end_of_a_sentence_or_paragraph(
    qtbot: QtBot, read: ReadView, sitting: Sitting, held: Qt.KeyboardModifier, words: str | None
) -> None:
    text = read.surface.text
    start = text.index(WORDS)
    pull(read, End.END, text.index("asks", start), modifiers=held)
    settle(qtbot, sitting)
    assert kept(read, sitting) == (words or text[start : text.index("\n", start)])


@pytest.mark.parametrize(
    ("action", "keys", "expected"),
    [
        ("end-later-sentence", "Alt+Shift+PgDown", (0, 1, Piece.SENTENCE)),
        ("start-earlier-sentence", "Alt+Shift+Home", (1, 0, Piece.SENTENCE)),
        ("end-later-paragraph", "Ctrl+Alt+Shift+PgDown", (0, 1, Piece.PARAGRAPH)),
        ("start-earlier-paragraph", "Ctrl+Alt+Shift+Home", (1, 0, Piece.PARAGRAPH)),
    ],
)
def test_ends_go_by_sentences_and_paragraphs_by_key(
    qtbot: QtBot, read: ReadView, sitting: Sitting, action: str, keys: str, expected: tuple[int, int, Piece]
) -> None:
    text = read.surface.text
    first = Span(text.index(WORDS), text.index(WORDS) + len(WORDS))
    (wanted,) = [one.done for one in sitting.actions if one.act.name == f"read.{action}"]
    assert wanted.shortcuts()[0].toString() == keys
    wanted.trigger()
    settle(qtbot, sitting)
    start, end, piece = expected
    span = grown(text, first, piece, start=start, end=end)
    assert span is not None
    assert kept(read, sitting) == seen(read) == text[span.start : span.end]


def drag(read: ReadView, start: int, *moves: tuple[int, Qt.KeyboardModifier]) -> None:
    """Press the mouse at an offset, and drag it to others while keys are held."""
    port, left = read.surface.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(port, left, Qt.KeyboardModifier.NoModifier, point_of(read, start))
    for offset, held in moves:
        point = QPointF(point_of(read, offset))
        move = QMouseEvent(QEvent.Type.MouseMove, point, port.mapToGlobal(point), Qt.MouseButton.NoButton, left, held)
        QApplication.sendEvent(port, move)
    QTest.mouseRelease(port, left, Qt.KeyboardModifier.NoModifier, QPointF(point_of(read, moves[-1][0])).toPoint())


@pytest.mark.parametrize("backward", [False, True])
def test_selection_by_mouse_snaps_to_sentences_while_shift_is_held(read: ReadView, *, backward: bool) -> None:
    text = read.surface.text
    places = [text.index(WORDS) + 5, text.index("asks") + 2]
    start, end = sorted(places)
    begin, to = (end, start) if backward else (start, end)
    drag(read, begin, (to, SHIFT))
    assert read.surface.selection == whole(text, Span(start, end), Piece.SENTENCE)
    cursor = read.surface.textCursor()
    cursor.clearSelection()
    read.surface.setTextCursor(cursor)
    drag(read, begin, (to, SHIFT | Qt.KeyboardModifier.ControlModifier), (to, NONE))
    assert read.surface.selection == Span(start, end)


def test_end_does_not_go_past_the_beginning(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    pull(read, End.END, 0, modifiers=Qt.KeyboardModifier.AltModifier)
    settle(qtbot, sitting)
    assert kept(read, sitting) == "W"


@pytest.mark.parametrize(
    ("action", "words"), [("later", "Who is paid to be here?” asks"), ("earlier", "Who is paid to be")]
)
def test_end_goes_word_by_word_by_key(qtbot: QtBot, read: ReadView, sitting: Sitting, action: str, words: str) -> None:
    key = Qt.Key.Key_Right if action == "later" else Qt.Key.Key_Left
    read.window().activateWindow()
    read.surface.setFocus()
    (wanted,) = [one.done for one in sitting.actions if one.act.name == f"read.end-{action}"]
    assert wanted.shortcuts()[0].toString() == f"Alt+Shift+{'Right' if key == Qt.Key.Key_Right else 'Left'}"
    wanted.trigger()
    settle(qtbot, sitting)
    assert kept(read, sitting) == seen(read) == words


def test_move_that_is_refused_is_taken_back_on_the_screen(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    start = read.surface.text.index(WORDS)
    add_coding(sitting.bus.file, source=PLENARY, start=start, end=start + 11, code="Protest", coder="Oda")
    faults: list[Exception] = []
    sitting.bus.failed.connect(faults.append)
    pull(read, End.END, start + 11, modifiers=Qt.KeyboardModifier.NoModifier)
    settle(qtbot, sitting)
    assert "already" in str(faults[0])
    assert kept(read, sitting) == seen(read) == WORDS


def test_who_codes_is_asked_before_an_end_is_moved_and_without_an_answer_it_goes_back(
    qtbot: QtBot, read: ReadView, sitting: Sitting
) -> None:
    sitting.choose_coder(None)
    asked = Asked(sitting)
    settle(qtbot, sitting)
    read.surface.ends.nudge(End.START, Piece.WORD, forward=True)
    settle(qtbot, sitting)
    assert len(asked.then) == 1
    assert (kept(read, sitting), seen(read)) == (WORDS, "is paid to be here")
    asked.refuse()
    assert kept(read, sitting) == seen(read) == WORDS
    asked.then.clear()
    pull(read, End.START, read.surface.text.index("is paid"), modifiers=NONE)
    asked.answer()
    settle(qtbot, sitting)
    assert kept(read, sitting) == seen(read) == "is paid to be here"


def test_each_move_is_one_step_that_is_undone(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    read.surface.ends.nudge(End.START, Piece.WORD, forward=True)
    settle(qtbot, sitting)
    assert kept(read, sitting) == "is paid to be here"
    sitting.bus.act(lambda file: file.undo(file.person))
    settle(qtbot, sitting)
    assert kept(read, sitting) == seen(read) == WORDS


def test_nothing_can_be_pulled_where_the_project_is_for_reading_only(qtbot: QtBot, reading_sitting: Sitting) -> None:
    view = shown(qtbot, reading_sitting, PLENARY)
    (coding, *_) = reading_sitting.bus.read(lambda one: one.all(Coding))
    view.surface.choose(coding.id)
    assert not [x for x in range(0, 600, 4) for y in range(0, 400, 4) if view.surface.ends.at(QPoint(x, y).toPointF())]


@given(TEXTS.filter(lambda text: len(text) > 1), st.data())
def test_something_is_always_left_and_an_end_goes_the_way_that_it_is_sent(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    end, forward = data.draw(st.sampled_from(End)), data.draw(st.booleans())
    piece = data.draw(st.sampled_from(Piece))
    for found in (
        by_a_step(text, span, end, piece, forward=forward),
        moved(text, span, end, data.draw(st.integers(0, len(text)))),
    ):
        assert 0 <= found.start < found.end <= len(text)
        assert (found.end if end is End.START else found.start) == (span.end if end is End.START else span.start)
    went = by_a_step(text, span, end, piece, forward=forward)
    before, after = (span.start, went.start) if end is End.START else (span.end, went.end)
    assert after >= before if forward else after <= before


@given(TEXTS, st.data())
def test_word_is_not_cut_where_a_hand_lets_an_end_go(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    for begins in (True, False):
        place = nearest_edge(text, offset, Piece.WORD, begins=begins)
        if place != offset:
            assert not (text[place - 1 : place].isalnum() and text[place : place + 1].isalnum())
