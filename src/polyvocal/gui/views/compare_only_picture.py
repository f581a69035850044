"""The list of what was read in the accounts of one alone as a picture: all of it, in light colours."""

from itertools import accumulate

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from polyvocal.domain.errors import UserError
from polyvocal.gui.theme import LIGHT
from polyvocal.gui.views.compare_heads import in_pixels
from polyvocal.gui.views.compare_only import OnlyModel
from polyvocal.gui.views.picture_export import Picture

LARGEST = 500
"""A picture has at most so many rows: of more nobody could read anything."""
WIDEST = 26
"""So many letters a column is wide at most; what is longer goes on in further lines."""
EDGE = 6.0
_TOP, _BY_WORDS, _ANYWHERE = map(
    int, (Qt.AlignmentFlag.AlignTop, Qt.TextFlag.TextWordWrap, Qt.TextFlag.TextWrapAnywhere)
)
_LEFT, _RIGHT = int(Qt.AlignmentFlag.AlignLeft), int(Qt.AlignmentFlag.AlignRight)


def picture_of_list(model: OnlyModel, font: QFont, *, title: str, caption: str) -> Picture:
    """A picture of the whole list. UserError for one that is too long."""
    if model.rowCount() > LARGEST:
        raise UserError(
            f"a list of {model.rowCount():,} rows is too long for a picture: filter it, or export it as a table"
        )
    plain, bold = in_pixels(font), in_pixels(font)
    bold.setWeight(QFont.Weight.DemiBold)
    rows, columns = range(model.rowCount()), range(model.columnCount())
    heads = [str(model.headerData(column, Qt.Orientation.Horizontal)) for column in columns]
    cells = [[str(model.index(row, column).data()) for column in columns] for row in rows]
    numbers = [bool(rows) and _is_number(model, column) for column in columns]
    metrics, strong = QFontMetricsF(plain), QFontMetricsF(bold)
    most = metrics.averageCharWidth() * WIDEST
    widths = [
        min(max([strong.horizontalAdvance(heads[at]), *(metrics.horizontalAdvance(line[at]) for line in cells)]), most)
        + 2 * EDGE
        for at in columns
    ]

    def wrapping(words: str, room: QRectF) -> int:
        """Between words; within one that is wider than its column."""
        is_wide = any(strong.horizontalAdvance(word) > room.width() for word in words.split())
        return _TOP | (_ANYWHERE if is_wide else _BY_WORDS)

    def height(words: list[str], of: QFontMetricsF) -> float:
        rooms = (QRectF(0, 0, width - 2 * EDGE + 1, 1e6) for width in widths)
        boxes = (
            of.boundingRect(room, wrapping(one, room), one).height() for room, one in zip(rooms, words, strict=True)
        )
        return max(boxes, default=0.0) + 2 * EDGE

    lefts = [0.0, *accumulate(widths)]
    heights = [height(heads, strong), *(height(line, metrics) for line in cells)]
    tops = [0.0, *accumulate(heights)]

    def paint(painter: QPainter, area: QRectF) -> None:
        painter.translate(area.topLeft())
        painter.fillRect(QRectF(0, 0, lefts[-1], heights[0]), QColor(LIGHT.raised))
        for number, line in enumerate((heads, *cells)):
            painter.setFont(plain if number else bold)
            painter.setPen(QColor(LIGHT.text))
            for at, words in enumerate(line):
                room = QRectF(lefts[at] + EDGE, tops[number] + EDGE, widths[at] - 2 * EDGE + 1, heights[number])
                painter.drawText(room, wrapping(words, room) | (_RIGHT if numbers[at] else _LEFT), words)
            painter.setPen(QColor(LIGHT.line))
            painter.drawLine(0, round(tops[number + 1]), round(lefts[-1]), round(tops[number + 1]))
        painter.setPen(QColor(LIGHT.edge))
        painter.drawRect(QRectF(0, 0, lefts[-1], tops[-1]))

    return Picture(title, caption, QSizeF(lefts[-1], tops[-1] + 1), plain, paint)


def _is_number(model: OnlyModel, column: int) -> bool:
    return bool(int(model.index(0, column).data(Qt.ItemDataRole.TextAlignmentRole)) & _RIGHT)
