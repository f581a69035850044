"""Columns that are scrolled together: the one that the hand scrolls leads, the others follow along their courses."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QTextLine

from polyvocal.domain.courses import Course
from polyvocal.gui.surface.seen_text import SeenText

_EYE = 4
"""What is read stands so far down: a fourth of what is seen."""
_BY_HAND = frozenset({QEvent.Type.Wheel, QEvent.Type.MouseButtonPress, QEvent.Type.KeyPress, QEvent.Type.FocusIn})


def place_before_eye(text: SeenText) -> float:
    """The offset that stands where one reads; a broken one within a line."""
    y = text.scrolled + text.viewport().height() / _EYE
    position = text.seen.hitTest(QPointF(0, y), Qt.HitTestAccuracy.FuzzyHit)
    first, length, rect = _line(text, position)
    share = min(max((y - rect.top()) / max(rect.height(), 1.0), 0.0), 1.0)
    return text.offsets.offset(first) + share * length


def bring_before_eye(text: SeenText, offset: float) -> None:
    """Scroll so that an offset stands where one reads, as far as the text goes."""
    for _ in range(3):  # what is laid out on the way may turn out higher than it was guessed
        position = text.offsets.position(min(int(offset), text.offsets.size))
        first, length, rect = _line(text, position)
        share = (offset - text.offsets.offset(first)) / length if length else 0.0
        y = rect.top() + min(max(share, 0.0), 1.0) * rect.height()
        before = text.scrolled
        text.verticalScrollBar().setValue(round(y - text.viewport().height() / _EYE))
        text.settle()
        if text.scrolled == before:
            return


def _line(text: SeenText, position: int) -> tuple[int, int, QRectF]:
    """Where the line of one of Qt's positions begins, how long it is, and where it is in the document."""
    block = text.document().findBlock(position)
    rect = text.line_rect(position)
    line: QTextLine = block.layout().lineForTextPosition(position - block.position())
    if not line.isValid():
        return block.position(), 0, rect
    return block.position() + line.textStart(), line.textLength(), rect


class ScrollTogether(QObject):
    """Texts with their courses through one moment. Each follows the one that was scrolled by hand last."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts: dict[SeenText, Course] = {}
        self._leader: SeenText | None = None
        self._following = False
        self._behind: set[SeenText] = set()
        """Those that nobody saw while the others went on."""
        self.together = True
        self.share = 0.0
        """How far along the moment is what is read."""

    def add(self, text: SeenText, course: Course) -> None:
        """Let a text go along with the others, or go along another course than before."""
        if text not in self._texts:
            for one in (text, text.viewport(), text.verticalScrollBar()):
                one.installEventFilter(self)
            text.verticalScrollBar().valueChanged.connect(lambda _value: self._on_scrolled(text))
            text.destroyed.connect(lambda: self._forget(text))
        self._texts[text] = course

    def leave(self, text: SeenText) -> None:
        """Let a text go along no more."""
        self._texts.pop(text, None)
        self._behind.discard(text)

    def _forget(self, text: SeenText) -> None:
        self.leave(text)
        if self._leader is text:
            self._leader = None

    def begin(self) -> None:
        """Bring all to the first words of the moment."""
        self.share = 0.0
        self._bring(list(self._texts))

    def bring(self, text: SeenText) -> None:
        """Bring a text to where the others are."""
        self._bring([text])

    def bring_all(self, share: float, but: SeenText | None = None) -> None:
        """Bring all texts so far along the moment; those that are not seen, once they are (`catch_up`)."""
        self.share = share
        others = [one for one in self._texts if one is not but]
        self._behind.update(others)
        for one in others:
            self.catch_up(one)

    def catch_up(self, text: SeenText) -> None:
        """Bring a text to where the others are, if it was left behind and is seen."""
        if text in self._behind and not text.visibleRegion().isEmpty():
            self.bring(text)

    def bring_place(self, text: SeenText, offset: int) -> None:
        """Bring a place of one text before the eye; the others stay where they are."""
        self._following = True
        bring_before_eye(text, offset)
        self._following = False

    def _bring(self, texts: Sequence[SeenText]) -> None:
        self._following = True
        for one in texts:
            self._behind.discard(one)
            course = self._texts.get(one)
            if course is not None:
                bring_before_eye(one, course.offset(self.share))
        self._following = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What the hand touches leads."""
        if event.type() in _BY_HAND:
            for text in self._texts:
                if watched in (text, text.viewport(), text.verticalScrollBar()):
                    self._leader = text
        return False

    def _on_scrolled(self, text: SeenText) -> None:
        if self._following or not self.together or text is not self._leader or text not in self._texts:
            return
        share = self._texts[text].share(place_before_eye(text))
        if share != self.share:
            self.bring_all(share, but=text)
