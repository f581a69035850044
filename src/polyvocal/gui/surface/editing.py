"""The text while it is corrected: a QTextEdit in which every gesture is one known replacement.

Qt's own undoing is off, and no door of the widget edits by itself: keys, input methods, pasting, dragging and the
menu are taken here, written into an `EditLog`, and then done in the document. The text in force is the log's. What
changes the document by another door (assistive technology) is found by comparing, and logged as well.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QMimeData, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QMenu, QWidget

from polyvocal.domain.editlog import EditLog, Gesture, Replacement
from polyvocal.domain.spans import Span
from polyvocal.domain.structure import Structure
from polyvocal.gui.offsets import EditedOffsets
from polyvocal.gui.surface.elsewhere import edited_elsewhere
from polyvocal.gui.surface.lines import has_right_to_left, margin_width, stretches_of
from polyvocal.gui.surface.look import Looks
from polyvocal.gui.surface.seen_text import SeenText
from polyvocal.gui.theme import Theme

EDITING_MIME = "application/x-polyvocal-editing"
"""Words that are dragged out of an editor: which one it is."""

_Key = QKeySequence.StandardKey
_Move = QTextCursor.MoveOperation
_ERASING: Sequence[tuple[_Key, _Move]] = (
    (_Key.Delete, _Move.NextCharacter),
    (_Key.Backspace, _Move.PreviousCharacter),
    (_Key.DeleteEndOfWord, _Move.NextWord),
    (_Key.DeleteStartOfWord, _Move.PreviousWord),
    (_Key.DeleteEndOfLine, _Move.EndOfBlock),
)
_SEPARATORS = "\n\u2029"
_LINE_END = re.compile("\r\n?")
_MOVING = (
    _Key.MoveToNextChar, _Key.MoveToPreviousChar, _Key.MoveToNextWord, _Key.MoveToPreviousWord, _Key.MoveToNextLine,
    _Key.MoveToPreviousLine, _Key.MoveToNextPage, _Key.MoveToPreviousPage, _Key.MoveToStartOfLine,
    _Key.MoveToEndOfLine, _Key.MoveToStartOfBlock, _Key.MoveToEndOfBlock, _Key.MoveToStartOfDocument,
    _Key.MoveToEndOfDocument, _Key.SelectNextChar, _Key.SelectPreviousChar, _Key.SelectNextWord,
    _Key.SelectPreviousWord, _Key.SelectNextLine, _Key.SelectPreviousLine, _Key.SelectNextPage,
    _Key.SelectPreviousPage, _Key.SelectStartOfLine, _Key.SelectEndOfLine, _Key.SelectStartOfBlock,
    _Key.SelectEndOfBlock, _Key.SelectStartOfDocument, _Key.SelectEndOfDocument, _Key.SelectAll,
)  # fmt: skip
"""The keys that are left to Qt: they move, and change nothing."""


class Washed(NamedTuple):
    """A coding that follows the text: [start, end) in code points of the text as it was, and its code."""

    start: int
    end: int
    code: int


class TextEditor(SeenText):
    """Corrects one text. Offsets are code points of the text as it is now; spans are half-open."""

    edited = Signal()
    """The text, or what can be undone, is another than before."""
    focused = Signal(bool)
    offsets: EditedOffsets

    def __init__(self, theme: Theme, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._looks = theme, looks
        self.log = EditLog("")
        self._codes: Sequence[int] = ()
        self._left = 0
        self._ours = False
        self._beside = QWidget(self)
        self._beside.setAutoFillBackground(True)
        self._beside.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAcceptRichText(False)
        self.setAccessibleName(self.tr("Text of the source, being corrected"))
        self.cursorPositionChanged.connect(self._on_cursor_moved)
        self.edited.connect(self.text_changed)
        theme.changed.connect(self._on_theme_changed)
        self.put_document(theme.reading_font(), EditedOffsets(""))

    def open(
        self,
        text: str,
        washed: Sequence[Washed] = (),
        *,
        also: Iterable[Span] = (),
        structure: Structure = (),
        left: int = 0,
        paragraph_limit: int | None = None,
    ) -> None:
        """Correct a text from now on. `also` are further passages that follow it, unseen, numbered after `washed`.

        `left` is the width of what stands at the left of the text, in pixels, where it is read.
        """
        log = EditLog(text, [*(Span(one.start, one.end) for one in washed), *also])
        codes = [one.code for one in washed]
        self.go_on(log, codes, structure=structure, left=left, paragraph_limit=paragraph_limit)

    def go_on(
        self,
        log: EditLog,
        codes: Sequence[int],
        *,
        structure: Structure = (),
        left: int = 0,
        paragraph_limit: int | None = None,
    ) -> None:
        """Go on with a log, as `open`. Its first passages are codings with these codes; `structure` is that by now."""
        self.log, self._codes = log, codes
        text = log.text
        offsets = EditedOffsets(text, limit=paragraph_limit) if paragraph_limit else EditedOffsets(text)
        self._left = left
        document = self.put_document(self._theme.reading_font(), offsets, structure)
        document.contentsChange.connect(self._on_contents_change)
        self._give_room()
        self.edited.emit()

    @property
    def text(self) -> str:
        """The text as it is corrected by now."""
        return self.log.text

    def _on_cursor_moved(self) -> None:
        if not self._ours:
            self.log.end_run()

    # --- gestures ------------------------------------------------------------------------------------------------

    def replace(self, gesture: Gesture, span: Span, words: str) -> None:
        """Replace a span by words; the cursor goes behind them."""
        change = self.log.replace(gesture, span.start, span.end, words)
        self._show([change] if change else [], span.start + len(words))

    def replace_all(self, edits: Iterable[tuple[int, int, str]]) -> int:
        """Replace each [start, end), sorted, in one step; how many places changed."""
        changes = self.log.replace_all(edits)
        self._show(changes, changes[-1].end_after if changes else self.offset)
        return len(changes)

    def undo(self) -> None:
        """Take back the last step."""
        self._turn(self.log.undo())

    def redo(self) -> None:
        """Do again what was undone last."""
        self._turn(self.log.redo())

    def _turn(self, changes: list[Replacement]) -> None:
        if changes:
            self._show(changes, changes[-1].end_after)

    def cut(self) -> None:
        """Copy what is selected, and take it away."""
        if self.selection.length:
            self.copy()
            self.replace(Gesture.CUT, self.selection, "")

    def paste(self) -> None:
        """Put in the text of the clipboard."""
        source = QGuiApplication.clipboard().mimeData()
        if source is not None:  # there is none where nothing was ever copied
            self.insertFromMimeData(source)

    def erase(self, move: QTextCursor.MoveOperation = _Move.NextCharacter) -> None:
        """Take away what is selected, or else what a move of the cursor goes over."""
        span = self.selection
        if not span.length:
            cursor = self.textCursor()
            for _ in range(2):  # a second time where the first went over a break that is not in the text
                cursor.movePosition(move, QTextCursor.MoveMode.KeepAnchor)
                span = Span(self.offsets.offset(cursor.selectionStart()), self.offsets.offset(cursor.selectionEnd()))
                if span.length:
                    break
            if move is _Move.EndOfBlock and not span.length:
                span = Span(span.end, min(span.end + 1, self.offsets.size))
        self.replace(Gesture.ERASED, span, "")

    def _show(self, changes: Sequence[Replacement], offset: int) -> None:
        """Do in the document what was done in the text, and put the cursor at an offset."""
        self._ours = True
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for change in changes:
            self._show_one(cursor, change)
        cursor.endEditBlock()
        cursor.setPosition(self.offsets.position(min(offset, self.offsets.size)))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        self._ours = False
        if changes:
            self.viewport().update()
            self.edited.emit()

    def _show_one(self, cursor: QTextCursor, change: Replacement) -> None:
        offsets = self.offsets
        start = offsets.position(change.start)
        cursor.setPosition(start)
        cursor.setPosition(max(start, offsets.end_position(change.end)), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(offsets.replace(change.start, change.end, change.words))
        self._lose_breaks(cursor, {change.start, change.end_after})

    def _lose_breaks(self, cursor: QTextCursor, places: Iterable[int]) -> None:
        """Take out the breaks that now stand beside the end of a paragraph: they would look like a blank line."""
        text = self.log.text
        for at in places:
            if self.offsets.has_break(at) and (
                text[at - 1 : at] in _SEPARATORS or text[at : at + 1] in _SEPARATORS  # or at either end of it
            ):
                cursor.setPosition(self.offsets.end_position(at))
                cursor.deleteChar()
                self.offsets.lose_break(at)

    # --- the doors -----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        for keys, slot in (
            (_Key.Undo, self.undo),
            (_Key.Redo, self.redo),
            (_Key.Cut, self.cut),
            (_Key.Copy, self.copy),
            (_Key.Paste, self.paste),
        ):
            if event.matches(keys):
                slot()
                return
        for keys, move in _ERASING:
            if event.matches(keys) or (keys is _Key.Backspace and _is_backspace(event)):
                self.erase(move)
                return
        if any(event.matches(keys) for keys in _MOVING):
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not _is_command(event):
            self.replace(Gesture.TYPED, self.selection, "\n")
        elif _is_typed(event):
            self.replace(Gesture.TYPED, self.selection, event.text())
        else:
            event.ignore()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """What an input method puts in is done here; what it only proposes is Qt's to show."""
        committed, length = event.commitString(), event.replacementLength()
        layout = self.textCursor().block().layout()
        if committed or length or event.preeditString() != layout.preeditAreaText():
            self.replace(Gesture.TYPED, self.selection, "")
            if self.textCursor().hasSelection():  # a break for display, which Qt would take away
                self.select(Span(self.offset, self.offset))
        if committed or length:
            start = max(self.textCursor().position() + event.replacementStart(), 0)
            span = Span(self.offsets.offset(start), self.offsets.offset(start + length))
            self.replace(Gesture.TYPED, span, plain(committed))
        self._ours = True
        super().inputMethodEvent(QInputMethodEvent(event.preeditString(), event.attributes()))
        self._ours = False

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste: the words only, with the line ends of texts that are stored."""
        if source.hasText():
            self.replace(Gesture.PASTED, self.selection, plain(source.text()))

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied or dragged: the text in force."""
        copied = QMimeData()
        span = self.selection
        copied.setText(self.log.text[span.start : span.end])
        copied.setData(EDITING_MIME, str(id(self)).encode())
        return copied

    def dropEvent(self, event: QDropEvent) -> None:
        """Words of this text that are dragged move, or are doubled with Ctrl held; words from elsewhere are put in."""
        at = self.offsets.offset(self.cursorForPosition(event.position().toPoint()).position())
        source = event.mimeData()
        ours = source.data(EDITING_MIME).data() == str(id(self)).encode()
        if ours and event.dropAction() == Qt.DropAction.MoveAction:
            self._move(self.selection, at)
        elif source.hasText():
            self.replace(Gesture.PASTED, Span(at, at), plain(source.text()))
        super().dragLeaveEvent(QDragLeaveEvent())  # Qt shows no longer where it would be dropped
        event.setDropAction(Qt.DropAction.CopyAction)  # so that Qt does not take away what was moved already
        event.accept()

    def _move(self, span: Span, to: int) -> None:
        changes = self.log.move(*span, to)
        if changes:
            landed = to - (span.length if to > span.end else 0)
            self._show(changes, landed + span.length)
            self.select(Span(landed, landed + span.length))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        selected, log = bool(self.selection.length), self.log
        for words, slot, may in (
            (self.tr("Undo"), self.undo, log.next_undone is not None),
            (self.tr("Redo"), self.redo, log.next_redone is not None),
            ("", None, False),
            (self.tr("Cut"), self.cut, selected),
            (self.tr("Copy"), self.copy, selected),
            (self.tr("Paste"), self.paste, self.canPaste()),
            (self.tr("Delete"), self.erase, selected),
            ("", None, False),
            (self.tr("Select all"), self.selectAll, True),
        ):
            if slot is None:
                menu.addSeparator()
                continue
            action = QAction(words, menu)
            action.setEnabled(may)
            action.triggered.connect(lambda _checked=False, slot=slot: slot())
            menu.addAction(action)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def _on_contents_change(self, position: int, removed: int, added: int) -> None:
        """Somebody else edited the document: take over what is another there than in the text."""
        if self._ours:
            return
        found = edited_elsewhere(self.document(), self.offsets, self.log.text, (position, removed, added))
        for at in found.lost_breaks:
            self.offsets.lose_break(at)
        change = self.log.replace(Gesture.ELSEWHERE, *found.span, found.words)
        if change is not None:
            if found.before_break:
                self.offsets.lose_break(change.start)
            self.offsets.replace(change.start, change.end, change.words, limit=len(change.words) + 1)
            if found.before_break:
                self.offsets.add_break(change.end_after)
            self.viewport().update()
            self.edited.emit()

    # --- looks ---------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The washes of the codings lie under the words, where these are by now."""
        with QPainter(self.viewport()) as painter:
            for rect, code in self._washes(QRectF(event.rect())):
                painter.fillRect(rect, self._looks.wash(code, lit=False))
        super().paintEvent(event)

    def _washes(self, area: QRectF) -> Iterable[tuple[QRectF, int]]:
        """What is washed of the blocks that are seen, the longest passages first."""
        offsets = self.offsets
        blocks = [(block, rect) for block, rect in self.visible_blocks() if rect.adjusted(0, 0, 0, 16).intersects(area)]
        if not blocks:
            return
        last = blocks[-1][0]
        start, end = offsets.offset(blocks[0][0].position()), offsets.offset(last.position() + last.length() - 1)
        here = [
            (place, self._codes[number])
            for number in self.log.followed.overlapping(start, end)
            if number < len(self._codes) and (place := self.log.followed.place(number)) is not None
        ]
        here.sort(key=lambda one: -one[0].length)
        for block, rect in blocks:
            both_ways = has_right_to_left(block.text())
            for place, code in here:
                first = max(offsets.position(place.start) - block.position(), 0)
                until = min(offsets.end_position(place.end) - block.position(), block.length() - 1)
                for line, left, right in stretches_of(block, first, until, both_ways=both_ways):
                    yield QRectF(rect.x() + left, rect.y() + line.y() - 1, right - left, line.height() + 1), code

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._give_room()
        super().resizeEvent(event)

    def _give_room(self) -> None:
        """The lines are as long as where the text is read."""
        self.setViewportMargins(self._left, 0, margin_width(self, self._theme, self._left), 0)
        self._beside.setGeometry(self.contentsRect())
        self._beside.lower()

    def _on_theme_changed(self) -> None:
        self._ours = True
        with self.keeping_place():
            self.document().setDefaultFont(self._theme.reading_font())
            self._give_room()
        self._ours = False
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)


def plain(words: str) -> str:
    """Words from elsewhere as a stored text may hold them: with LF for line ends, no NUL and no half character."""
    if "\r" in words:
        words = _LINE_END.sub("\n", words)
    return words.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _is_backspace(event: QKeyEvent) -> bool:
    """Whether it is the key of that name, with or without Shift."""
    return event.key() == Qt.Key.Key_Backspace and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier


def _is_command(event: QKeyEvent) -> bool:
    """Whether Ctrl (without Alt, which together make AltGr) or Meta is held."""
    held = event.modifiers()
    control = bool(held & Qt.KeyboardModifier.ControlModifier) and not held & Qt.KeyboardModifier.AltModifier
    return control or bool(held & Qt.KeyboardModifier.MetaModifier)


def _is_typed(event: QKeyEvent) -> bool:
    """Whether a key puts in words: also a tab, and what joins letters without being seen."""
    words = event.text()
    return (
        bool(words)
        and not _is_command(event)
        and all(one == "\t" or unicodedata.category(one) not in ("Cc", "Cs") for one in words)
    )
