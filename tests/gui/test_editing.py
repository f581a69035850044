"""Correcting on the real widget: whatever the hand does there, the document shows the text of the log."""

import unicodedata
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QDropEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from polyvocal.domain.editlog import Replacement
from polyvocal.domain.spans import Span
from polyvocal.gui.offsets import shown_of
from polyvocal.gui.surface.editing import TextEditor, Washed, plain
from polyvocal.gui.surface.look import Looks
from polyvocal.gui.theme import Theme

TEXT = (
    "10:05 Nine tables, one microphone \U0001f399\ufe0f.\n\n"
    "La mode\u0301ratrice\u00a0ouvre la se\u0301ance.\u2028A\u0300 dix heures.\u2029"
    "خارج القاعة سألوني: من يقرر؟ ثم ضحكت.\n"
    "病房的人说：我们的时间不算数。 \U00020000\ufffc\n"
    "word word word word word word word word\n"
)
LIMIT = 12
"""Paragraphs of more characters are shown in several blocks here, so that most are."""
WORDS = [
    "x",
    " ",
    "\U0001f399",
    "e\u0301",
    "\n",
    "two words",
    "\u2029",
    "\u00a0",
    "ب",
    "long words in one line of many",
    "\ufffc",
    "\ufeff",
]
KEYS = [
    (Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_Backspace, Qt.KeyboardModifier.ShiftModifier),
    (Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier),
    (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier),
    (Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier),
    (Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier),
    (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_Insert, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier),
]


@pytest.fixture
def editor(qtbot: QtBot, theme: Theme) -> TextEditor:
    """An editor of the text above, on the screen."""
    made = TextEditor(theme, Looks(theme))
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    made.open(TEXT, [Washed(0, 20, 1), Washed(6, 10, 2)], paragraph_limit=LIMIT)
    return made


def shown(editor: TextEditor) -> str:
    """What the document has to show: the text of the log, with the breaks for display."""
    text, parts, last = shown_of(editor.log.text), [], 0
    for at in [*editor.offsets.breaks, len(text)]:
        parts.append(text[last:at])
        last = at
    return "\u2029".join(parts).replace("\n", "\u2029")


def mime(words: str) -> QMimeData:
    made = QMimeData()
    made.setText(words)
    return made


def type_key(editor: TextEditor, words: str) -> None:
    """A key that gives these words, as the ones of other scripts do."""
    event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, words)
    QApplication.sendEvent(editor, event)


def drop(editor: TextEditor, data: QMimeData, offset: int, action: Qt.DropAction) -> None:
    cursor = QTextCursor(editor.document())
    cursor.setPosition(editor.offsets.position(offset))
    place = QPointF(editor.cursorRect(cursor).center())
    editor.dropEvent(QDropEvent(place, action, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier))


class Hand:
    """Does random gestures on a widget."""

    def __init__(self, editor: TextEditor, chance: Random) -> None:
        self.editor, self.chance = editor, chance

    def go(self) -> None:
        start = self.chance.randint(0, len(self.editor.log.text))
        self.editor.select(Span(start, min(start + self.chance.choice([0, 0, 1, 5, 40]), len(self.editor.log.text))))

    def type(self) -> None:
        for letter in self.chance.choice(WORDS):
            type_key(self.editor, letter)

    def key(self) -> None:
        QTest.keyClick(self.editor, *self.chance.choice(KEYS))

    def paste(self) -> None:
        QGuiApplication.clipboard().setText(self.chance.choice(WORDS).replace("\n", "\r\n") * 3)
        self.editor.paste()

    def compose(self) -> None:
        QApplication.sendEvent(self.editor, QInputMethodEvent("ni", []))
        event = QInputMethodEvent("", [])
        before = min(self.chance.randint(0, 2), self.editor.textCursor().positionInBlock())
        event.setCommitString(self.chance.choice(["你", "\U00020000x", ""]), -before, before)
        QApplication.sendEvent(self.editor, event)

    def drag(self) -> None:
        data = self.editor.createMimeDataFromSelection()
        action = self.chance.choice([Qt.DropAction.MoveAction, Qt.DropAction.CopyAction])
        drop(self.editor, data, self.chance.randint(0, len(self.editor.log.text)), action)

    def drop(self) -> None:
        at = self.chance.randint(0, len(self.editor.log.text))
        drop(self.editor, mime(self.chance.choice(WORDS)), at, Qt.DropAction.CopyAction)

    def replace_all(self) -> None:
        text = self.editor.log.text
        letter = self.chance.choice("we \n")
        self.editor.replace_all((at, at + 1, "zz") for at, one in enumerate(text) if one == letter)

    def elsewhere(self) -> None:
        """As assistive technology does: through the document, past the widget."""
        document = self.editor.document()
        cursor = QTextCursor(document)
        side = self.chance.choice([self.editor.offsets.position, self.editor.offsets.end_position])
        cursor.setPosition(side(self.chance.randint(0, len(self.editor.log.text))))
        cursor.movePosition(
            QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor, self.chance.randint(0, 5)
        )
        way = self.chance.randint(0, 2)
        if way == 0:
            cursor.removeSelectedText()
        elif way == 1:
            cursor.insertText("dictated \U0001f399")
        else:
            embolden(cursor)

    def undo(self) -> None:
        self.chance.choice([self.editor.undo, self.editor.redo])()


def embolden(cursor: QTextCursor) -> None:
    form = QTextCharFormat()
    form.setFontWeight(700)
    cursor.mergeCharFormat(form)


GESTURES = [
    "go", "go", "type", "type", "key", "key", "key", "paste", "compose", "drag", "drop", "replace_all", "elsewhere", "undo",
]  # fmt: skip


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=True))
def test_document_shows_the_text_of_the_log_whatever_the_hand_does(editor: TextEditor, chance: Random) -> None:
    editor.open(TEXT, [Washed(0, 20, 1), Washed(6, 10, 2)], paragraph_limit=LIMIT)
    hand = Hand(editor, chance)
    done = []
    for _ in range(chance.randint(1, 15)):
        done.append(chance.choice(GESTURES))
        getattr(hand, done[-1])()
        assert editor.document().toRawText() == shown(editor), done
        for offset in (0, len(editor.log.text) // 2, len(editor.log.text)):
            assert editor.offsets.offset(editor.offsets.position(offset)) == offset
    replayed = TEXT
    for one in editor.log.replacements:
        assert replayed[one.start : one.end] == one.removed
        replayed = replayed[: one.start] + one.words + replayed[one.end :]
    assert replayed == editor.log.text
    path = editor.log.edits()
    for number, span in enumerate([Span(0, 20), Span(6, 10)]):
        assert editor.log.followed.place(number) == path.place(span)
    while editor.log.next_undone is not None:
        editor.undo()
    assert editor.log.text == TEXT
    assert editor.document().toRawText() == shown(editor)


def test_word_that_is_selected_and_typed_over_is_one_replacement(editor: TextEditor) -> None:
    editor.select(Span(6, 10))
    QTest.keyClicks(editor, "Ten")
    assert editor.log.replacements == [Replacement(6, "Nine", "Ten")]
    assert editor.log.followed.place(1) == Span(6, 9)


def test_what_is_typed_after_the_cursor_went_away_and_came_back_is_another_replacement(editor: TextEditor) -> None:
    editor.select(Span(6, 10))
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    QTest.keyClick(editor, Qt.Key.Key_Left)
    QTest.keyClick(editor, Qt.Key.Key_Right)
    QTest.keyClicks(editor, "Ten")
    assert editor.log.replacements == [Replacement(6, "Nine", ""), Replacement(6, "", "Ten")]
    assert editor.log.followed.gone == {1}


def test_pasted_line_ends_are_those_of_stored_texts(editor: TextEditor) -> None:
    editor.select(Span(0, 0))
    editor.insertFromMimeData(mime("one\r\ntwo\rthree\0"))
    assert editor.log.text.startswith("one\ntwo\nthree10:05")
    assert plain("a\ud83c") == "a\ufffd"


def test_pasted_formats_are_left_out(editor: TextEditor) -> None:
    data = QMimeData()
    data.setHtml("<b>bold</b>")
    data.setText("bold")
    editor.select(Span(0, 0))
    editor.insertFromMimeData(data)
    assert editor.log.text.startswith("bold10:05")
    assert editor.document().firstBlock().charFormat().fontWeight() != 700


def test_copied_words_are_those_of_the_text_and_not_of_the_widget(editor: TextEditor) -> None:
    start = TEXT.index("ratrice\u00a0ouvre")
    editor.select(Span(start, TEXT.index("A\u0300 dix") + 6))
    editor.copy()
    assert QGuiApplication.clipboard().text() == "ratrice\u00a0ouvre la se\u0301ance.\u2028A\u0300 dix"


def test_proposal_of_an_input_method_is_no_edit_until_it_is_taken(editor: TextEditor) -> None:
    editor.select(Span(6, 6))
    QApplication.sendEvent(editor, QInputMethodEvent("ni", []))
    assert editor.log.text == TEXT
    event = QInputMethodEvent("", [])
    event.setCommitString("你")
    QApplication.sendEvent(editor, event)
    assert editor.log.replacements == [Replacement(6, "", "你")]


def test_selected_words_give_way_to_what_an_input_method_puts_in(editor: TextEditor) -> None:
    editor.select(Span(6, 10))
    QApplication.sendEvent(editor, QInputMethodEvent("jiu", []))
    event = QInputMethodEvent("", [])
    event.setCommitString("九")
    QApplication.sendEvent(editor, event)
    assert editor.log.replacements == [Replacement(6, "Nine", "九")]
    assert editor.log.followed.place(1) == Span(6, 7)


def test_words_that_are_dragged_move_in_one_step(editor: TextEditor) -> None:
    editor.select(Span(6, 11))
    drop(editor, editor.createMimeDataFromSelection(), 0, Qt.DropAction.MoveAction)
    assert editor.log.text.startswith("Nine 10:05 tables")
    assert editor.selection == Span(0, 5)
    editor.undo()
    assert editor.log.text == TEXT
    assert editor.log.next_undone is None


def test_emoji_is_taken_away_whole_and_a_letter_with_its_accent(editor: TextEditor) -> None:
    editor.select(Span(TEXT.index("e\u0301rat"), TEXT.index("e\u0301rat")))
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    assert "modratrice" in editor.log.text
    assert unicodedata.normalize("NFC", editor.log.text) != TEXT


@pytest.mark.parametrize("mark", ["\ufeff", "\ufffe"])
def test_byte_order_mark_within_a_text_comes_back_when_its_deleting_is_undone(editor: TextEditor, mark: str) -> None:
    editor.open(f"Nine{mark} tables", [Washed(6, 12, 1)])
    editor.select(Span(4, 6))
    editor.erase()
    editor.undo()
    assert editor.document().toRawText() == shown(editor)
    editor.select(Span(6, 12))
    QTest.keyClicks(editor, "chairs")
    assert editor.log.text == f"Nine{mark} chairs"


def test_key_that_is_no_gesture_of_the_editor_is_left_to_the_window(editor: TextEditor) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier)
    editor.keyPressEvent(event)
    assert not event.isAccepted()


def test_menu_offers_only_what_can_be_done(qtbot: QtBot, editor: TextEditor) -> None:
    def offered() -> set[str]:
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(9, 9), editor.mapToGlobal(QPoint(9, 9)))
        editor.contextMenuEvent(event)
        menu = editor.findChildren(QMenu)[-1]
        names = {action.text() for action in menu.actions() if action.isEnabled() and action.text()}
        menu.close()
        return names

    QGuiApplication.clipboard().clear()
    editor.select(Span(0, 0))
    assert offered() == {"Select all"}
    QTest.keyClicks(editor, "x")
    editor.select(Span(0, 3))
    assert offered() == {"Undo", "Cut", "Copy", "Delete", "Select all"}
    editor.cut()
    editor.undo()
    assert {"Redo", "Paste"} <= offered()


def test_washes_lie_under_the_words_that_they_followed(editor: TextEditor) -> None:
    def left_of(code: int) -> float:

        return min(rect.left() for rect, one in editor._washes(QRectF(editor.viewport().rect())) if one == code)

    before = left_of(2)
    editor.select(Span(0, 0))
    QTest.keyClicks(editor, "WWW")
    assert left_of(2) > before
    editor.select(Span(9, 14))
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    assert editor.log.followed.gone == {1}
