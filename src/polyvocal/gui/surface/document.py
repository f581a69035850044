"""How a text is laid into a document: lines with room for the lanes of codings under them."""

from PySide6.QtGui import QTextBlockFormat, QTextCursor, QTextDocument

LANES = 4
"""So many lanes are drawn under a line; of the others their number is told, and the margin shows all."""
LANE_HEIGHT = 3
"""From one lane to the next, in pixels."""
_BLANK = 50
"""The height of a blank line, in hundredths of that of another."""


def fill(document: QTextDocument, shown: str) -> None:
    """Put a text into an empty document: lines with room for the lanes under them, blank lines of less height."""
    line, blank = QTextBlockFormat(), QTextBlockFormat()
    line.setLineHeight(LANES * LANE_HEIGHT, QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value)
    line.setBottomMargin(4)
    blank.setLineHeight(_BLANK, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    cursor.setBlockFormat(line)
    cursor.insertText(shown)
    block = document.begin()
    while block.isValid():
        if block.length() == 1:
            cursor.setPosition(block.position())
            cursor.setBlockFormat(blank)
        block = block.next()
    cursor.endEditBlock()
