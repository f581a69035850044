"""What another program changed in a text that is being corrected, past all our doors: found by comparing."""

from typing import NamedTuple

from PySide6.QtGui import QTextCursor, QTextDocument

from polyvocal.domain.spans import Span
from polyvocal.gui.offsets import EditedOffsets, shown_of

_BREAK = "\u2029"


class Elsewhere(NamedTuple):
    """A span of the text gave way to words, before a break for display or not; and the breaks that are no more."""

    span: Span
    words: str
    before_break: bool
    lost_breaks: tuple[int, ...]


def edited_elsewhere(
    document: QTextDocument, offsets: EditedOffsets, text: str, reported: tuple[int, int, int]
) -> Elsewhere:
    """What was changed of a text, given where the document says it was: (position, removed, added) as Qt counts.

    Qt reports too much (a format that changed, several edits as one): what is alike at both ends is left out. A break
    for display that lies within what is left is then taken for a line end, as which it is seen.
    """
    position, removed, added = reported
    start, end = offsets.offset(position), offsets.offset(position + removed)
    first = offsets.end_position(start)
    last = min(position + added + offsets.position(end) - (position + removed), document.characterCount() - 1)
    cursor = QTextCursor(document)
    cursor.setPosition(first)
    cursor.setPosition(max(first, last), QTextCursor.MoveMode.KeepAnchor)
    new = cursor.selectedText()
    old: list[str] = []
    places: list[int] = []  # the offset of each
    for at in range(start, end + 1):
        if offsets.has_break(at):
            old.append(_BREAK)
            places.append(at)
        if at < end:
            old.append(_BREAK if text[at] == "\n" else shown_of(text[at]))
            places.append(at)
    shortest = min(len(old), len(new))
    left = next((at for at in range(shortest) if old[at] != new[at]), shortest)
    right = next((at for at in range(shortest - left) if old[-1 - at] != new[-1 - at]), shortest - left)
    gone = range(left, len(old) - right)
    places.append(end)

    def is_break(one: int) -> bool:
        return places[one : one + 1] == places[one + 1 : one + 2]

    words = new[left : len(new) - right].replace(_BREAK, "\n")
    return Elsewhere(
        Span(places[left], places[len(old) - right]),
        words.encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
        not gone and is_break(left),
        tuple(places[one] for one in gone if is_break(one)),
    )
