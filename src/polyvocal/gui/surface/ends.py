"""The two ends of the coding that is chosen: where their handles are, and where a hand or a key brings them."""

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from polyvocal.domain.around import Piece, grown, nearest_edge, whole
from polyvocal.domain.spans import Span
from polyvocal.services.queries.reading import PlacedCoding

if TYPE_CHECKING:
    from polyvocal.gui.surface.index import Mark
    from polyvocal.gui.surface.text import TextSurface

_GRIP = 9
"""The width of a handle, in pixels; a hand may miss it by half as much."""


class End(StrEnum):
    """Which end of a coding."""

    START = "start"
    END = "end"


def moved(text: str, span: Span, end: End, to: int) -> Span:
    """The span with one end at an offset, as far as one code point is left of it."""
    if end is End.START:
        return Span(max(0, min(to, span.end - 1)), span.end)
    return Span(span.start, min(len(text), max(to, span.start + 1)))


def by_a_step(text: str, span: Span, end: End, piece: Piece, *, forward: bool) -> Span:
    """The span with one end a piece further on, or back; as it is where nothing would be left of it."""
    step = 1 if forward else -1
    found = grown(text, span, piece, start=-step) if end is End.START else grown(text, span, piece, end=step)
    return found or span


def snapped(text: str, span: Span, end: End, to: int, piece: Piece) -> int:
    """The place nearest to an offset where an end of the span cuts no piece and something is left of the span."""
    place = nearest_edge(text, to, piece, begins=end is End.START)
    if end is End.START:
        return place if place < span.end else whole(text, Span(span.end - 1, span.end), piece).start
    return place if place > span.start else whole(text, Span(span.start, span.start + 1), piece).end


def piece_meant(modifiers: Qt.KeyboardModifier) -> Piece | None:
    """To what a hand that drags snaps, by the keys that are held: Shift to sentences, with Ctrl to paragraphs."""
    if not modifiers & Qt.KeyboardModifier.ShiftModifier:
        return None
    return Piece.PARAGRAPH if modifiers & Qt.KeyboardModifier.ControlModifier else Piece.SENTENCE


class Ends:
    """The handles of the chosen coding: drawn, found under the hand, and pulled. What is pulled is seen at once."""

    def __init__(self, surface: "TextSurface") -> None:
        self._surface = surface
        self._pulled: tuple[PlacedCoding, End] | None = None
        """The coding as it was before the hand took it, and its end that the hand has."""

    @property
    def is_pulling(self) -> bool:
        """Whether the hand has a handle."""
        return self._pulled is not None

    def _chosen(self) -> "Mark | None":
        surface = self._surface
        return surface.index.get(surface.chosen) if surface.chosen is not None and surface.may_change else None

    def _places(self, mark: "Mark") -> dict[End, QRectF]:
        """Where the two are: at the upper left of the first letter, at the lower right of the last."""
        surface, size = self._surface, _GRIP
        first = surface.caret_rect(surface.offsets.position(mark.start), behind=False)
        last = surface.caret_rect(surface.offsets.end_position(mark.end), behind=True)
        return {
            End.START: QRectF(first.left() - size / 2, first.top() - size + 2, size, size),
            End.END: QRectF(last.left() - size / 2, last.bottom() - 2, size, size),
        }

    def at(self, point: QPointF) -> End | None:
        """The end whose handle is at a point of the viewport, or None."""
        mark = self._chosen()
        if mark is None:
            return None
        near = _GRIP / 2
        places = self._places(mark).items()
        return next((end for end, rect in places if rect.adjusted(-near, -near, near, near).contains(point)), None)

    def told_at(self, point: QPointF) -> str:
        """What is told of a handle at a point of the viewport; nothing where there is none."""
        if self.at(point) is None:
            return ""
        return self._surface.tr(
            "Drag: by words. With Shift held by sentences, with Ctrl+Shift by paragraphs, with Alt by letters."
        )

    def paint(self, painter: QPainter, ground: QColor) -> None:
        """Draw the handles of the chosen coding."""
        mark = self._chosen()
        if mark is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ground, 1.5))
        painter.setBrush(self._surface.looks.mark(mark.code))
        for rect in self._places(mark).values():
            painter.drawEllipse(rect)

    # --- by hand -------------------------------------------------------------------------------------------------

    def take(self, point: QPointF) -> bool:
        """Take the handle at a point; whether there is one."""
        mark, end = self._chosen(), self.at(point)
        if mark is not None and end is not None:
            self._pulled = (PlacedCoding(*mark[:-1]), end)
        return end is not None

    def pull(self, offset: int, modifiers: Qt.KeyboardModifier) -> None:
        """Bring the end that the hand has to an offset, or to the nearest place where no word is cut.

        With Shift held no sentence is cut, with Ctrl+Shift no paragraph; with Alt it goes just there.
        """
        if self._pulled is not None:
            before, end = self._pulled
            text, span = self._surface.text, Span(before.start, before.end)
            if not modifiers & Qt.KeyboardModifier.AltModifier:
                offset = snapped(text, span, end, offset, piece_meant(modifiers) or Piece.WORD)
            start, stop = moved(text, span, end, offset)
            self._surface.put(before._replace(start=start, end=stop))

    def let_go(self) -> None:
        """Ask for the coding to be as it was pulled."""
        if self._pulled is not None:
            before, self._pulled = self._pulled[0], None
            mark = self._surface.index.get(before.id)
            if mark is not None and (mark.start, mark.end) != (before.start, before.end):
                self._surface.ends_wanted.emit(before, Span(mark.start, mark.end))

    def leave(self) -> None:
        """Let the coding be as it was before the hand took it."""
        if self._pulled is not None:
            before, self._pulled = self._pulled[0], None
            self._surface.put(before)

    # --- by key --------------------------------------------------------------------------------------------------

    def nudge(self, end: End, piece: Piece, *, forward: bool) -> None:
        """Bring an end of the chosen coding a piece further on, or back."""
        mark = self._chosen()
        if mark is not None:
            before = PlacedCoding(*mark[:-1])
            span = by_a_step(self._surface.text, Span(mark.start, mark.end), end, piece, forward=forward)
            if span != (mark.start, mark.end):
                self._surface.put(before._replace(start=span.start, end=span.end))
                self._surface.ends_wanted.emit(before, span)
