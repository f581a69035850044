"""Where words are on the lines of a text that is shown."""

import unicodedata
from collections.abc import Iterator
from typing import Any

from PySide6.QtGui import QTextBlock, QTextLayout, QTextLine
from PySide6.QtWidgets import QTextEdit

from polyvocal.gui.theme import Theme

Stretch = tuple[QTextLine, float, float]
"""A line, and from where to where on it, in pixels from the block's left."""


def margin_width(edit: QTextEdit, theme: Theme, left: int, *, letters: int = 15) -> int:
    """How wide the margin at the right is beside one of `left` pixels: lines stay readable, labels have room.

    `letters` is how long a label is at least, in widths of an m.
    """
    letter = edit.fontMetrics().horizontalAdvance("m")
    room = edit.contentsRect().width() - edit.verticalScrollBar().width() - left
    longest = round(theme.text_size / 10 * letter * theme.line_width) or room
    least = letter * letters
    return max(min(least, room // 3), room - longest)


def stretches_of(block: QTextBlock, start: int, end: int, *, both_ways: bool) -> Iterator[Stretch]:
    """The stretches that [start, end), in positions from the block's start, takes; `both_ways` as it is written.

    On a line of both ways of writing there may be several.
    """
    for line in _lines_of(block.layout(), start, end):
        first = max(start, line.textStart())
        last = min(end, line.textStart() + line.textLength())
        if first >= last:
            continue
        if both_ways:
            for run in line.glyphRuns(first, last - first):
                area = run.boundingRect()
                yield line, area.left(), area.right()
        else:
            yield line, x_on(line, first), x_on(line, last)


def _lines_of(layout: QTextLayout, start: int, end: int) -> Iterator[QTextLine]:
    first = layout.lineForTextPosition(start)
    if not first.isValid() or start >= end:
        return
    for number in range(first.lineNumber(), layout.lineCount()):
        line = layout.lineAt(number)
        if line.textStart() >= end:
            return
        yield line


def x_on(line: QTextLine, position: int) -> float:
    """Where a position is on a line; the stubs of PySide do not know that it comes with the position."""
    found: Any = line.cursorToX(position)
    return float(found[0] if isinstance(found, tuple) else found)


def has_right_to_left(text: str) -> bool:
    """Whether anything in a text is written from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(one) in ("R", "AL", "AN") for one in text)
