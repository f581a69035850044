"""The heads of the table: what is said of each observer, the codes with their chips, and the corner that names both."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from polyvocal.domain.words import CodeKind
from polyvocal.gui import labels
from polyvocal.gui.theme import Theme, mark_colour
from polyvocal.gui.views.compare_model import CompareModel, percent
from polyvocal.gui.views.passages_delegate import small_font

if TYPE_CHECKING:
    from polyvocal.services.analysis.observers import ObserverHead

EDGE = 9
"""Between a line and what stands beside it."""
CODER_LINES = 3
SORT_MARK = 14
"""Beside the name of the observer by whom the codes are ordered."""


class Laid(NamedTuple):
    """The heads as they are laid out for the widths that the columns have: words in lines, and where lines begin."""

    names: list[list[str]]
    coders: list[list[str]]
    groups: list[tuple[int, int]]
    """(first, last) column of each standing."""
    name_top: int
    figure_top: int
    coder_top: int
    height: int


NOTHING = Laid([], [], [], 0, 0, 0, 0)


def wrapped(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """The text in lines of at most a width; a word that is wider than a line is broken."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if metrics.horizontalAdvance(longer) <= width:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        for letter in word:
            if lines[-1] and metrics.horizontalAdvance(lines[-1] + letter) > width:
                lines.append("")
            lines[-1] += letter
    return lines


def wrapped_names(names: tuple[str, ...], metrics: QFontMetrics, width: int, *, lines: int) -> list[str]:
    """Names in a few lines; of more names than go into these, as many as do, and how many more there are."""

    def first(shown: int) -> list[str]:
        text = ", ".join(names[:shown])
        if shown < len(names):
            text += f" and {labels.number(len(names) - shown)} more"
        return wrapped(text, metrics, width)

    least, most = 1, len(names)
    while least < most:
        middle = (least + most + 1) // 2
        if len(first(middle)) <= lines:
            least = middle
        else:
            most = middle - 1
    return first(least)


class ObserverHeads(QHeaderView):
    """Above each column: the observer, accounts, words, words read, sessions, coders, self-coded share.

    Over the columns of one standing lies a band that names it, and whose words stay in sight while scrolling.
    """

    order_wanted = Signal(int)
    """The column whose head was clicked."""

    def __init__(self, theme: Theme, model: CompareModel, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme, self._model, self.laid = theme, model, NOTHING
        self.setSectionsClickable(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)
        self.setAccessibleName(self.tr("Observers"))
        self.sectionClicked.connect(self.order_wanted)
        parent.horizontalScrollBar().valueChanged.connect(self.viewport().update)

    # --- measures --------------------------------------------------------------------------------------------------

    @property
    def _bold(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def width_for(self, column: int, cells: int) -> int:
        """How wide a column must be so that the words of its cells, of some width, and those of its head find room."""
        metrics, bold = self.fontMetrics(), QFontMetrics(self._bold)
        small, letter = QFontMetrics(small_font(self.font())), metrics.averageCharWidth()
        head = self._model.head(column)
        name = max((bold.horizontalAdvance(word) for word in head.observer.split()), default=0) + SORT_MARK
        coder = max((small.horizontalAdvance(word) for one in head.coders for word in one.split()), default=0)
        band = small.horizontalAdvance(self._standing(column))
        return max(cells, letter * 14, band, min(name, letter * 26), min(coder + letter, letter * 26)) + 2 * EDGE

    def _figures(self, head: "ObserverHead") -> list[str]:
        share = "–" if head.self_coded is None else percent(head.self_coded)
        return [*map(labels.number, (head.accounts, head.words, head.words_read, head.sessions)), share]

    @property
    def called(self) -> tuple[str, ...]:
        """What the figures are, one below the other."""
        return (
            self.tr("Accounts"),
            self.tr("Words"),
            self.tr("Words read"),
            self.tr("Sessions attended"),
            self.tr("Self-coded"),
        )

    def lay_out(self) -> None:
        """Wrap the words for the widths of the columns, and find the height that all of them need."""
        plain, bold, small = self.font(), QFontMetrics(self._bold), QFontMetrics(small_font(self.font()))
        line, columns = QFontMetrics(plain).lineSpacing(), range(self._model.columnCount())
        heads = [self._model.head(column) for column in columns]
        widths = [self.sectionSize(column) - 2 * EDGE for column in columns]
        names = [wrapped(head.observer, bold, width - SORT_MARK) for head, width in zip(heads, widths, strict=True)]
        nobody = (self.tr("nobody"),)
        coders = [
            wrapped_names(head.coders or nobody, small, width, lines=CODER_LINES)
            for head, width in zip(heads, widths, strict=True)
        ]
        name_top = small.lineSpacing() + 10
        figure_top = name_top + max(map(len, names), default=1) * line + 3
        coder_top = figure_top + len(self.called) * line + 2
        height = coder_top + max(map(len, coders), default=1) * small.lineSpacing() + 7
        self.laid = Laid(names, coders, self._groups(), name_top, figure_top, coder_top, height)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.laid.height)

    def _standing(self, column: int) -> str:
        return labels.capitalised(labels.standing(self._model.head(column).standing) or self.tr("no standing given"))

    def _groups(self) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        for column in range(self._model.columnCount()):
            if found and self._standing(found[-1][0]) == self._standing(column):
                found[-1] = found[-1][0], column
            else:
                found.append((column, column))
        return found

    # --- painting --------------------------------------------------------------------------------------------------

    def paintSection(self, painter: QPainter, rect: QRect, column: int) -> None:
        laid = self.laid
        if not rect.isValid() or column >= len(laid.names) or column >= self._model.columnCount():
            return
        colours = self._theme.colours
        head = self._model.head(column)
        painter.save()
        painter.fillRect(rect, QColor(colours.raised))
        area = rect.adjusted(EDGE, 0, -EDGE, 0)
        line, left, right = self.fontMetrics().lineSpacing(), Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        painter.setFont(self._bold)
        table = self.parent()
        current = isinstance(table, QTableView) and table.currentIndex().column() == column
        painter.setPen(QColor(colours.accent if current else colours.text))
        for number, words in enumerate(laid.names[column]):
            painter.drawText(QRect(area.left(), laid.name_top + number * line, area.width(), line), int(left), words)
        if self._model.table is not None and self._model.sorted_by == self._model.table.observers[column]:
            painter.drawText(QRect(area.left(), laid.name_top, area.width(), line), int(right), "↓")
        painter.setFont(self.font())
        painter.setPen(QColor(colours.text))
        for number, words in enumerate(self._figures(head)):
            painter.drawText(QRect(area.left(), laid.figure_top + number * line, area.width(), line), int(right), words)
        small = small_font(self.font())
        painter.setFont(small)
        painter.setPen(QColor(colours.muted))
        height = QFontMetrics(small).lineSpacing()
        for number, words in enumerate(laid.coders[column]):
            painter.drawText(
                QRect(area.left(), laid.coder_top + number * height, area.width(), height), int(right), words
            )
        painter.setPen(QColor(colours.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.restore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        colours, small = self._theme.colours, small_font(self.font())
        height = QFontMetrics(small).lineSpacing() + 6
        painter = QPainter(self.viewport())
        painter.setFont(small)
        for first, last in self.laid.groups:
            left = self.sectionViewportPosition(first)
            right = self.sectionViewportPosition(last) + self.sectionSize(last)
            painter.fillRect(QRect(left, 0, right - left, height), QColor(colours.panel))
            painter.setPen(QColor(colours.line))
            painter.drawLine(left, height, right - 1, height)
            painter.drawLine(right - 1, 0, right - 1, height)
            painter.setPen(QColor(colours.muted))
            shown = QRect(max(left, 0) + EDGE, 0, right - max(left, 0) - 2 * EDGE, height)
            painter.drawText(
                shown, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self._standing(first)
            )
            painter.setPen(QPen(QColor(colours.edge), 1))
            if first:
                painter.drawLine(left - 1, 0, left - 1, self.height())
        beside = self.length() - self.offset()
        if beside < self.viewport().width():  # beside the last column there is nothing: the ground of the cells
            rest = self.viewport().rect().adjusted(beside, 0, 0, 0)
            painter.fillRect(rest, QColor(colours.ground))
        painter.end()


class CodeHeads(QHeaderView):
    """Beside each row: the code's chip and name, indented as in the tree. Always in sight."""

    def __init__(self, theme: Theme, model: CompareModel, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._theme, self._model = theme, model
        self.setSectionsClickable(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(self.fontMetrics().height() + 11)
        self.setAccessibleName(self.tr("Codes"))

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        rows = range(self._model.rowCount())
        widest = max((self._indent(row) + metrics.horizontalAdvance(self._name(row)) for row in rows), default=0)
        table = self.parent()
        most = table.width() // 3 if isinstance(table, QTableView) and table.width() > 300 else 400
        least = metrics.horizontalAdvance("Sessions attended") + 2 * EDGE
        return QSize(max(min(widest + 2 * EDGE + 20, most), least), super().sizeHint().height())

    def _indent(self, row: int) -> int:
        return 0 if self._model.sorted_by is not None else self._model.code(row).depth * 16

    def _name(self, row: int) -> str:
        """The code's name; where the rows do not stand in the tree, one that no other code has."""
        if self._model.sorted_by is None or self._model.table is None:
            return self._model.code(row).code.name
        return self._model.table.comparison.rows[self._model.line_of(row)]

    def paintSection(self, painter: QPainter, rect: QRect, row: int) -> None:
        if not rect.isValid() or row >= self._model.rowCount():
            return
        colours, code = self._theme.colours, self._model.code(row).code
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, QColor(colours.raised))
        area = rect.adjusted(EDGE + self._indent(row), 0, -EDGE, 0)
        shade = mark_colour(code.colour, colours.raised)
        square = QRectF(area.left(), area.center().y() - 4.5, 10, 10)
        painter.setPen(QPen(shade, 1.6))
        painter.setBrush(shade if code.kind is CodeKind.CODE else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(square.adjusted(0.8, 0.8, -0.8, -0.8), 2.5, 2.5)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.Normal if code.kind is CodeKind.CODE else QFont.Weight.DemiBold)
        font.setItalic(code.retired)
        painter.setFont(font)
        area.setLeft(area.left() + 18)
        table = self.parent()
        current = isinstance(table, QTableView) and table.currentIndex().row() == row
        painter.setPen(QColor(colours.accent if current else colours.muted if code.retired else colours.text))
        words = QFontMetrics(font).elidedText(self._name(row), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)
        painter.setPen(QColor(colours.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.restore()


class Corner(QWidget):
    """Where the heads meet: names the lines of the heads above, and the codes below. A click marks all cells."""

    clicked = Signal()

    def __init__(self, theme: Theme, heads: ObserverHeads, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._heads = theme, heads
        theme.changed.connect(self.update)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.clicked.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours, heads = self._theme.colours, self._heads
        laid = heads.laid
        line, small = heads.fontMetrics().lineSpacing(), small_font(heads.font())
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.raised))
        painter.setPen(QColor(colours.muted))
        right = int(Qt.AlignmentFlag.AlignRight)
        width = self.width() - 2 * EDGE
        painter.setFont(small)
        painter.drawText(QRect(EDGE, 3, width, line), right, self.tr("Standing"))
        painter.setFont(heads.font())
        painter.drawText(QRect(EDGE, laid.name_top, width, line), right, self.tr("Observer"))
        for number, called in enumerate(heads.called):
            painter.drawText(QRect(EDGE, laid.figure_top + number * line, width, line), right, called)
        painter.setFont(small)
        painter.drawText(QRect(EDGE, laid.coder_top, width, line), right, self.tr("Coded by"))
        painter.setPen(QColor(colours.line))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())
        painter.end()
