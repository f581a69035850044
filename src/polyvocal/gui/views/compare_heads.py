"""The heads of the columns: what is said of each observer, or the name of whatever else there is; and the corner."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from polyvocal.gui import labels
from polyvocal.gui.theme import Colours, Theme, mark_colour
from polyvocal.gui.views.compare_model import CompareModel, percent
from polyvocal.gui.views.compare_order import Order
from polyvocal.gui.views.passages_delegate import small_font

if TYPE_CHECKING:
    from polyvocal.services.analysis.observers import ObserverHead

EDGE = 9
"""Between a line and what stands beside it."""
CODER_LINES = 3
SORT_MARK = 14
"""Beside the name of the line by which the others are ordered."""
NAME_LINES = 4
"""So many lines a name has at most."""
LOOKED_AT = 200
"""So many names are measured: of more, those that are longest are among the first as likely as not."""


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


def in_pixels(font: QFont) -> QFont:
    """A font as large in a picture as on the screen, whatever the picture's resolution is."""
    fixed = QFont(font)
    fixed.setPixelSize(max(QFontInfo(font).pixelSize(), 1))
    return fixed


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


class ColumnHeads(QHeaderView):
    """Above each column its name; of an observer (or a standing) also accounts, words, words read, sessions, who coded.

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
        self.setAccessibleName(self.tr("Columns"))
        self.sectionClicked.connect(self.order_wanted)
        parent.horizontalScrollBar().valueChanged.connect(self.viewport().update)

    # --- measures --------------------------------------------------------------------------------------------------

    @property
    def plain(self) -> QFont:
        """Of what stands in the heads."""
        return in_pixels(self.font())

    @property
    def small(self) -> QFont:
        """Of what is told in small print."""
        return in_pixels(small_font(self.font()))

    @property
    def _bold(self) -> QFont:
        font = self.plain
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def width_for(self, column: int, cells: int) -> int:
        """How wide a column must be so that the words of its cells, of some width, and those of its head find room."""
        metrics, bold = self.fontMetrics(), QFontMetrics(self._bold)
        small, letter = QFontMetrics(self.small), metrics.averageCharWidth()
        head = self._model.head(column)
        if head is None:
            return max(letter * 9, bold.horizontalAdvance(self._shown(column)) + SORT_MARK) + 2 * EDGE  # of totals
        name = max((bold.horizontalAdvance(word) for word in self._shown(column).split()), default=0) + SORT_MARK
        coder = max((small.horizontalAdvance(word) for one in head.coders for word in one.split()), default=0)
        band = small.horizontalAdvance(self._standing(column)) if self.has_bands else 0
        if not self.has_bands:  # of standings there are few: a name, and who coded, in one line each
            name = bold.horizontalAdvance(self._shown(column)) + SORT_MARK
            coder = small.horizontalAdvance(", ".join(head.coders))
        return max(cells, letter * 14, band, min(name, letter * 26), min(coder + letter, letter * 26)) + 2 * EDGE

    def _figures(self, head: "ObserverHead") -> list[str]:
        share = "–" if head.self_coded is None else percent(head.self_coded)
        return [*map(labels.number, (head.accounts, head.words, head.words_read, head.sessions)), share]

    def _shown(self, column: int) -> str:
        return self._model.shown_name(column, Qt.Orientation.Horizontal)

    @property
    def sides(self) -> tuple[str, str]:
        """What the rows and the columns are, in words."""
        if self._model.table is None:
            return "", ""
        return self._model.called(Qt.Orientation.Vertical), self._model.called(Qt.Orientation.Horizontal)

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
        plain, bold, small = self.plain, QFontMetrics(self._bold), QFontMetrics(self.small)
        line, columns = QFontMetrics(plain).lineSpacing(), range(self._model.columnCount())
        if not self.about_observers:
            self.laid = self._names_laid_out(bold, line)
            return
        heads = [head for column in columns if (head := self._model.head(column)) is not None]
        widths = [self.sectionSize(column) - 2 * EDGE for column in columns]
        names = [wrapped(self._shown(column), bold, width - SORT_MARK) for column, width in enumerate(widths)]
        nobody = (self.tr("nobody"),)
        coders = [
            wrapped_names(head.coders or nobody, small, width, lines=CODER_LINES)
            for head, width in zip(heads, widths, strict=False)  # totals have a width, and no head
        ]
        name_top = small.lineSpacing() + 10 if self.has_bands else 6
        figure_top = name_top + max(map(len, names), default=1) * line + 3
        coder_top = figure_top + len(self.called) * line + 2
        height = coder_top + max(map(len, coders), default=1) * small.lineSpacing() + 7
        groups = self._groups() if self.has_bands else []
        self.laid = Laid(names, coders, groups, name_top, figure_top, coder_top, height)

    @property
    def about_observers(self) -> bool:
        """Whether the columns are observers or sorts of them, of whom there is more to say than their names."""
        return bool(self._model.columnCount()) and self._model.head(0) is not None

    @property
    def has_bands(self) -> bool:
        """Whether there is a band over the observers of each standing: where the columns are observers."""
        return self.about_observers and self._model.axis(Qt.Orientation.Horizontal).of_observers

    def longest_word(self) -> int:
        """How wide the longest word of the names is. Of many columns not all are looked at."""
        bold, looked_at = QFontMetrics(self._bold), range(min(self._model.columnCount(), LOOKED_AT))
        names = (self._shown(column) for column in looked_at)
        return max((bold.horizontalAdvance(word) for name in names for word in name.split()), default=0)

    def _names_laid_out(self, bold: QFontMetrics, line: int) -> Laid:
        """Room for the names alone. Of many columns not all are looked at."""
        looked_at = range(min(self._model.columnCount(), LOOKED_AT))
        most = max((len(self._name_lines(column, bold)) for column in looked_at), default=1)
        return Laid([], [], [], 6, 0, 0, most * line + 13)

    def _name_lines(self, column: int, bold: QFontMetrics) -> list[str]:
        """The name of a column in a few lines, the last elided where it is longer."""
        code = self._model.code(column, Qt.Orientation.Horizontal)
        width = self.sectionSize(column) - 2 * EDGE - SORT_MARK
        text = self._shown(column)
        if code is not None and code.folded:
            text += " +"
        lines = wrapped(text, bold, width)
        if len(lines) > NAME_LINES:
            rest = " ".join(lines[NAME_LINES - 1 :])
            lines = [*lines[: NAME_LINES - 1], bold.elidedText(rest, Qt.TextElideMode.ElideRight, width)]
        return lines

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.laid.height)

    def _standing(self, column: int) -> str:
        head = self._model.head(column)
        return labels.capitalised(labels.standing(head.standing if head else None) or self.tr("no standing given"))

    def _groups(self) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        for column in range(self._model.columnCount()):
            if self._model.head(column) is None:
                continue
            if found and self._standing(found[-1][0]) == self._standing(column):
                found[-1] = found[-1][0], column
            else:
                found.append((column, column))
        return found

    # --- painting --------------------------------------------------------------------------------------------------

    def paintSection(self, painter: QPainter, rect: QRect, column: int) -> None:
        if rect.isValid() and column < self._model.columnCount():
            table = self.parent()
            current = isinstance(table, QTableView) and table.currentIndex().column() == column
            colours = self._theme.colours
            self.paint_head(painter, rect, column, colours, QColor(colours.accent if current else colours.text))

    def paint_head(self, painter: QPainter, rect: QRect, column: int, colours: Colours, ink: QColor) -> None:
        """Paint the head of a column, whose name is in some ink."""
        painter.save()
        painter.fillRect(rect, QColor(colours.raised))
        head = self._model.head(column)
        if head is None:
            self._paint_name(painter, rect, self._name_lines(column, QFontMetrics(self._bold)), column, ink)
            code = self._model.code(column, Qt.Orientation.Horizontal)
            if code is not None:
                shade = mark_colour(code.code.colour, colours.raised)
                painter.fillRect(QRect(rect.left(), rect.bottom() - 4, rect.width() - 1, 3), shade)
        elif column < len(self.laid.names):
            self._paint_name(painter, rect, self.laid.names[column], column, ink)
            self._paint_figures(painter, rect, head, column, colours)
        painter.setPen(QColor(colours.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.restore()

    def _paint_name(self, painter: QPainter, rect: QRect, lines: list[str], column: int, ink: QColor) -> None:
        line = self.fontMetrics().lineSpacing()
        area = QRect(rect.left() + EDGE, rect.top() + self.laid.name_top, rect.width() - 2 * EDGE, line)
        painter.setFont(self._bold)
        painter.setPen(ink)
        for number, words in enumerate(lines):
            painter.drawText(area.translated(0, number * line), int(Qt.AlignmentFlag.AlignLeft), words)
        by = self._model.by_row
        if by.order is Order.MOST and by.of == self._model.name(column, Qt.Orientation.Horizontal):
            painter.drawText(area, int(Qt.AlignmentFlag.AlignRight), "↓")

    def _paint_figures(
        self, painter: QPainter, rect: QRect, head: "ObserverHead", column: int, colours: Colours
    ) -> None:
        laid, right, line = self.laid, int(Qt.AlignmentFlag.AlignRight), self.fontMetrics().lineSpacing()
        small = self.small
        height = QFontMetrics(small).lineSpacing()
        for font, ink, top, step, lines in (
            (self.plain, colours.text, laid.figure_top, line, self._figures(head)),
            (small, colours.muted, laid.coder_top, height, laid.coders[column]),
        ):
            painter.setFont(font)
            painter.setPen(QColor(ink))
            area = QRect(rect.left() + EDGE, rect.top() + top, rect.width() - 2 * EDGE, step)
            for number, words in enumerate(lines):
                painter.drawText(area.translated(0, number * step), right, words)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, colours = QPainter(self.viewport()), self._theme.colours
        self.paint_bands(painter, self.sectionViewportPosition(0) if self.count() else 0, colours)
        beside = self.length() - self.offset()
        if beside < self.viewport().width():  # beside the last column there is nothing: the ground of the cells
            painter.fillRect(self.viewport().rect().adjusted(beside, 0, 0, 0), QColor(colours.ground))
        painter.end()

    def paint_bands(self, painter: QPainter, begins: int, colours: Colours) -> None:
        """Paint the bands of the standings, at the top; the first column begins at some place."""
        small = self.small
        height = QFontMetrics(small).lineSpacing() + 6
        painter.setFont(small)
        for first, last in self.laid.groups:
            left = begins + self.sectionPosition(first)
            right = begins + self.sectionPosition(last) + self.sectionSize(last)
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
                painter.drawLine(left - 1, 0, left - 1, self.laid.height)


class Corner(QWidget):
    """Where the heads meet: names the lines of the heads above, and what the rows are. A click marks all cells."""

    clicked = Signal()

    def __init__(self, theme: Theme, heads: ColumnHeads, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._heads = theme, heads
        theme.changed.connect(self.update)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.clicked.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_corner(painter, self.rect(), self._heads, self._theme.colours)
        painter.end()


def paint_corner(painter: QPainter, rect: QRect, heads: ColumnHeads, colours: Colours) -> None:
    """Paint where the heads meet, into a rectangle at the origin."""
    laid, line, small = heads.laid, heads.fontMetrics().lineSpacing(), heads.small
    left, right = int(Qt.AlignmentFlag.AlignLeft), int(Qt.AlignmentFlag.AlignRight)
    width = rect.width() - 2 * EDGE
    rows, columns = heads.sides
    painter.fillRect(rect, QColor(colours.raised))
    painter.setPen(QColor(colours.muted))
    painter.setFont(heads.plain)
    painter.drawText(QRect(EDGE, laid.name_top, width, line), right, f"{columns} →")
    painter.drawText(QRect(EDGE, rect.height() - line - 5, width, line), left, f"{rows} ↓")
    if heads.about_observers:
        for number, called in enumerate(heads.called):
            painter.drawText(QRect(EDGE, laid.figure_top + number * line, width, line), right, called)
        painter.setFont(small)
        if heads.has_bands:
            painter.drawText(QRect(EDGE, 3, width, line), right, heads.tr("Standing"))
        painter.drawText(QRect(EDGE, laid.coder_top, width, line), right, heads.tr("Coded by"))
    painter.setPen(QColor(colours.line))
    painter.drawLine(0, rect.height() - 1, rect.width(), rect.height() - 1)
    painter.drawLine(rect.width() - 1, 0, rect.width() - 1, rect.height())
