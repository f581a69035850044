"""The heads of the grid's columns: the day, a bracket over sessions that ran in parallel, the session, how many."""

from typing import NamedTuple

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QTableView

from polyvocal.gui import labels
from polyvocal.gui.theme import Theme
from polyvocal.gui.views.setting_marks import small_font
from polyvocal.services.queries.presence import SessionColumn

TITLE_LINES = 2


class SessionHead(NamedTuple):
    """A session as its head shows it."""

    session: SessionColumn
    there: str
    """how many were there"""
    words: str
    """all that the head says, and what it has no room for: the place, how many did what"""
    place: str
    """the longest that is noted of anybody there"""


class SessionsHeader(QHeaderView):
    """Paints the heads; what stands over several columns is painted by each of them, within its own bounds."""

    def __init__(self, theme: Theme, model: QAbstractItemModel, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._source = model
        self.setSectionsClickable(True)
        self.setMinimumSectionSize(40)
        self.setAccessibleName(self.tr("Sessions"))
        parent.horizontalScrollBar().valueChanged.connect(self._on_scrolled)

    def _on_scrolled(self) -> None:
        self.viewport().update()  # the words over several columns stay in sight

    @property
    def _heads(self) -> list[SessionHead]:
        return getattr(self._source, "heads", [])

    # --- measures ------------------------------------------------------------------------------------------------

    @property
    def _fonts(self) -> tuple[QFont, QFont, QFont]:
        plain = QFont(self.font())
        bold = QFont(plain)
        bold.setWeight(QFont.Weight.DemiBold)
        return plain, bold, small_font(plain)

    def _heights(self) -> tuple[int, int, int]:
        """The heights of a line of the day, of a title, and of small print."""
        _, bold, small = self._fonts
        return QFontMetrics(small).height() + 4, QFontMetrics(bold).height(), QFontMetrics(small).height()

    def width_of(self, column: int) -> int:
        """How wide a column is at first: a doing with its mark finds room, and if need be more of the title."""
        _, bold, small = self._fonts
        metrics, letter = QFontMetrics(bold), self.fontMetrics().averageCharWidth()
        doing = max(self.fontMetrics().horizontalAdvance(one) for one in labels.DOINGS.values())
        clock = QFontMetrics(small).horizontalAdvance("00:00–00:00")
        mark = self.fontMetrics().height() + 16
        place = min(QFontMetrics(small).horizontalAdvance(self._heads[column].place), letter * 18)
        width = max(doing + mark + 10, clock + 16, place + mark + 4)
        title = self._heads[column].session.title
        while width < letter * 26 and "…" in "".join(in_lines(title, metrics, width - 14, TITLE_LINES)):
            width += letter
        return width

    def sizeHint(self) -> QSize:
        day, title, small = self._heights()
        return QSize(super().sizeHint().width(), day + 12 + title * TITLE_LINES + small * 2 + 12)

    def sectionSizeFromContents(self, logical: int) -> QSize:
        return QSize(self.width_of(logical) if logical < len(self._heads) else 40, self.sizeHint().height())

    # --- painting ------------------------------------------------------------------------------------------------

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        if not rect.isValid() or logical >= len(self._heads):
            return
        colours = self._theme.colours
        painter.save()
        painter.setClipRect(rect)
        chosen = self.selectionModel() is not None and self.selectionModel().columnIntersectsSelection(
            logical, QModelIndex()
        )
        painter.fillRect(rect, QColor(colours.selection if chosen else colours.raised))
        day, _, _ = self._heights()
        self._paint_day(painter, QRect(rect.left(), rect.top(), rect.width(), day), logical)
        self._paint_bracket(painter, rect.top() + day, logical)
        self._paint_session(painter, rect.adjusted(8, day + 12, -6, -6), self._heads[logical])
        painter.setPen(QColor(colours.line))
        painter.drawLine(rect.right(), rect.top() + day, rect.right(), rect.bottom())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    def _span(self, logical: int, same: list[object]) -> tuple[int, int, int, int]:
        """(first, last, left, right) of the columns around one that have the same as it."""
        first = last = logical
        while first > 0 and same[first - 1] == same[logical]:
            first -= 1
        while last + 1 < len(same) and same[last + 1] == same[logical]:
            last += 1
        left = self.sectionViewportPosition(first)
        return first, last, left, self.sectionViewportPosition(last) + self.sectionSize(last)

    def _paint_day(self, painter: QPainter, row: QRect, logical: int) -> None:
        colours = self._theme.colours
        days: list[object] = [(head.session.starts or "")[:10] for head in self._heads]
        _, _, left, right = self._span(logical, days)
        painter.fillRect(row, QColor(colours.panel))
        painter.setPen(QColor(colours.line))
        painter.drawLine(row.bottomLeft(), row.bottomRight())
        if row.left() == left:
            painter.drawLine(row.topLeft(), row.bottomLeft())
        words = labels.moment(str(days[logical])) if days[logical] else self.tr("No time known")
        small = self._fonts[2]
        painter.setFont(small)
        painter.setPen(QColor(colours.muted))
        start = max(left, 0) + 8  # at the left of the span, or of what is seen of it
        metrics = QFontMetrics(small)
        width = min(metrics.horizontalAdvance(words) + 2, right - start - 6)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)
        area = QRect(start, row.top(), width, row.height())
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)

    def _paint_bracket(self, painter: QPainter, top: int, logical: int) -> None:
        """A bracket that opens at the first of the parallel sessions and closes at the last."""
        bands: list[object] = [head.session.parallel for head in self._heads]
        if bands[logical] is None:
            return
        _, _, left, right = self._span(logical, bands)
        colours = self._theme.colours
        small = self._fonts[2]
        pen = QPen(QColor(colours.accent), 2)
        painter.setPen(pen)
        line = top + 5
        painter.drawLine(left + 5, line, right - 6, line)
        painter.drawLine(left + 5, line, left + 5, line + 6)
        painter.drawLine(right - 6, line, right - 6, line + 6)
        painter.setFont(small)
        words = self.tr("in parallel")
        metrics = QFontMetrics(small)
        start = max(left, 0) + 14
        if start + metrics.horizontalAdvance(words) + 14 < right:
            area = QRect(start - 3, top - 1, metrics.horizontalAdvance(words) + 6, 12)
            painter.fillRect(area, QColor(colours.raised))
            painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip), words)

    def _paint_session(self, painter: QPainter, area: QRect, head: SessionHead) -> None:
        colours = self._theme.colours
        _, bold, small = self._fonts
        one = head.session
        if not one.scheduled:
            bold.setItalic(True)
        _, title, print_height = self._heights()
        painter.setFont(bold)
        painter.setPen(QColor(colours.text))
        box = QRect(area.left(), area.top(), area.width(), title * TITLE_LINES)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        for number, words in enumerate(in_lines(one.title, QFontMetrics(bold), box.width(), TITLE_LINES)):
            painter.drawText(QRect(box.left(), box.top() + number * title, box.width(), title), int(flags), words)
        painter.setFont(small)
        painter.setPen(QColor(colours.muted))
        metrics = QFontMetrics(small)
        when = clock_of(one)
        for number, words in enumerate((when, head.there)):
            line = QRect(area.left(), box.bottom() + 2 + number * print_height, area.width(), print_height)
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, int(flags), shown)


def clock_of(one: SessionColumn) -> str:
    """From when to when on its day a session ran; the day stands over the column already."""
    if not one.starts or len(one.starts) <= 10:
        return ""
    start = labels.clock(one.starts)
    if not one.ends or len(one.ends) <= 10:
        return start
    if one.ends[:10] != one.starts[:10]:
        return labels.from_to(one.starts, one.ends)
    return f"{start}–{labels.clock(one.ends)}"


def in_lines(words: str, metrics: QFontMetrics, width: int, most: int) -> list[str]:
    """Words broken into lines of a width, the last one shortened where they do not fit."""
    lines: list[str] = []
    rest = words.split()
    while rest and len(lines) < most:
        taken = 1
        while taken < len(rest) and metrics.horizontalAdvance(" ".join(rest[: taken + 1])) <= width:
            taken += 1
        if len(lines) == most - 1:
            taken = len(rest)
        lines.append(metrics.elidedText(" ".join(rest[:taken]), Qt.TextElideMode.ElideRight, width))
        rest = rest[taken:]
    return lines
