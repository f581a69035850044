"""The heads of the rows: codes with their chips in their tree, observers with what there is of them, or names."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHeaderView, QTableView

from polyvocal.domain.words import CodeKind
from polyvocal.gui import labels
from polyvocal.gui.theme import Colours, Theme, mark_colour
from polyvocal.gui.views.compare_heads import EDGE, LOOKED_AT, in_pixels
from polyvocal.gui.views.compare_model import CompareModel, percent
from polyvocal.gui.views.compare_order import AS_IT_IS, Order
from polyvocal.gui.views.passages_delegate import small_font

if TYPE_CHECKING:
    from polyvocal.services.analysis.crossing import CodeLine
    from polyvocal.services.analysis.observers import ObserverHead

_ROWS = Qt.Orientation.Vertical
INDENT = 16
FOLD = 14
"""The room of the mark that folds a code."""


class RowHeads(QHeaderView):
    """Beside each row its name. Always in sight. A click on the mark before a code folds or unfolds it."""

    fold_wanted = Signal(int)
    """The row of a code that is to be folded, or unfolded."""

    def __init__(self, theme: Theme, model: CompareModel, parent: QTableView) -> None:
        super().__init__(_ROWS, parent)
        self._theme, self._model = theme, model
        self._wide = 0
        self.setSectionsClickable(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(self.fontMetrics().height() + 11)
        self.setAccessibleName(self.tr("Rows"))

    # --- measures --------------------------------------------------------------------------------------------------

    def lay_out(self) -> None:
        """Give the rows the height that they need, and find out how wide names are. Of many, not all are looked at."""
        metrics, small = self.fontMetrics(), QFontMetrics(small_font(self.font()))
        observers = bool(self._model.rowCount()) and self._model.head(0, _ROWS) is not None
        more = small.lineSpacing() * 2 if observers else 0
        self.setDefaultSectionSize(metrics.height() + 11 + more)
        rows = range(min(self._model.rowCount(), LOOKED_AT * 2))
        self._wide = max(
            (self._before(row) + QFontMetrics(self._font_of(row)).horizontalAdvance(self._name(row)) for row in rows),
            default=0,
        )
        if observers:
            heads = [head for row in rows if (head := self._model.head(row, _ROWS)) is not None]
            told = (words for head in heads for words in (self._figures(head), self._coded_by(head)))
            self._wide = max(self._wide, *(small.horizontalAdvance(words) for words in told))

    def sizeHint(self) -> QSize:
        table = self.parent()
        most = table.width() // 3 if isinstance(table, QTableView) and table.width() > 300 else 400
        return QSize(min(self.wide, max(most, self._least)), super().sizeHint().height())

    @property
    def wide(self) -> int:
        """How wide the heads are where nothing is to be left out: in a picture."""
        return max(self._wide + 2 * EDGE + 4, self._least)

    @property
    def _least(self) -> int:
        return self.fontMetrics().horizontalAdvance("Sessions attended") + 2 * EDGE

    def _font_of(self, row: int) -> QFont:
        """The font of a name: heavier of what groups codes, and of observers."""
        font, line = in_pixels(self.font()), self._model.code(row)
        heavy = line.code.kind is not CodeKind.CODE if line is not None else self._model.head(row, _ROWS) is not None
        font.setWeight(QFont.Weight.DemiBold if heavy else QFont.Weight.Normal)
        return font

    def _before(self, row: int) -> int:
        """What is left free before a name: for the tree, the mark that folds, and the chip."""
        line = self._model.code(row)
        if line is None:
            return 0
        return (line.depth * INDENT if self._in_tree else 0) + FOLD + 18

    @property
    def _in_tree(self) -> bool:
        return self._model.by_row == AS_IT_IS

    def _name(self, row: int) -> str:
        return self._model.shown_name(row, _ROWS)

    def _figures(self, head: "ObserverHead") -> str:
        """What there is of an observer, in one line."""
        return self.tr("%s · %s, %s read · %s") % (
            self.tr("1 account") if head.accounts == 1 else self.tr("%s accounts") % labels.number(head.accounts),
            labels.words(head.words),
            labels.number(head.words_read),
            self.tr("1 session") if head.sessions == 1 else self.tr("%s sessions") % labels.number(head.sessions),
        )

    def _coded_by(self, head: "ObserverHead") -> str:
        if not head.coders:
            return self.tr("coded by nobody")
        share = "–" if head.self_coded is None else percent(head.self_coded)
        return self.tr("self-coded %s · coded by %s") % (share, ", ".join(head.coders))

    # --- folding ---------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """On the mark before a code: fold or unfold it; else as any head."""
        row = self.logicalIndexAt(event.position().toPoint())
        line = self._model.code(row) if row >= 0 else None
        if line is not None and line.has_below and event.button() is Qt.MouseButton.LeftButton:
            left = EDGE + self._before(row) - FOLD - 18
            if left - 4 <= event.position().x() <= left + FOLD:
                self.fold_wanted.emit(row)
                return
        super().mousePressEvent(event)

    # --- painting --------------------------------------------------------------------------------------------------

    def paintSection(self, painter: QPainter, rect: QRect, row: int) -> None:
        if rect.isValid() and row < self._model.rowCount():
            table = self.parent()
            current = isinstance(table, QTableView) and table.currentIndex().row() == row
            colours = self._theme.colours
            self.paint_head(painter, rect, row, colours, QColor(colours.accent if current else colours.text))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        below = self.length() - self.offset()
        if below < self.viewport().height():  # below the last row there is nothing: the ground of the cells
            painter = QPainter(self.viewport())
            painter.fillRect(self.viewport().rect().adjusted(0, below, 0, 0), QColor(self._theme.colours.ground))
            painter.end()

    def paint_head(self, painter: QPainter, rect: QRect, row: int, colours: Colours, ink: QColor) -> None:
        """Paint the head of a row, whose name is in some ink."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, QColor(colours.raised))
        line, head = self._model.code(row), self._model.head(row, _ROWS)
        area = rect.adjusted(EDGE + self._before(row), 0, -EDGE, 0)
        font = self._font_of(row)
        if line is not None:
            self._paint_chip(painter, area, line, colours)
            font.setItalic(line.code.retired)
            ink = QColor(colours.muted) if line.code.retired else ink
        if head is not None:
            area = self._paint_observer(painter, area, head, colours)
        if self._model.place_of(row, _ROWS) is None:
            font.setWeight(QFont.Weight.DemiBold)
        by = self._model.by_column
        if by.order is Order.MOST and by.of == self._model.name(row, _ROWS):
            painter.setPen(QColor(colours.text))
            painter.drawText(area, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), "→")
            area.setRight(area.right() - 18)
        painter.setFont(font)
        painter.setPen(ink)
        words = QFontMetrics(font).elidedText(self._name(row), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)
        painter.setPen(QColor(colours.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.restore()

    def _paint_chip(self, painter: QPainter, area: QRect, line: "CodeLine", colours: Colours) -> None:
        """The chip of a code, and before it the mark that folds it."""
        shade = mark_colour(line.code.colour, colours.raised)
        square = QRectF(area.left() - 18, area.center().y() - 4.5, 10, 10)
        painter.setPen(QPen(shade, 1.6))
        painter.setBrush(shade if line.code.kind is CodeKind.CODE else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(square.adjusted(0.8, 0.8, -0.8, -0.8), 2.5, 2.5)
        if line.has_below:
            middle = QPointF(square.left() - FOLD / 2 - 2, square.center().y())
            way = [(-2.5, -4.0), (2.5, 0.0), (-2.5, 4.0)] if line.folded else [(-4.0, -2.5), (0.0, 2.5), (4.0, -2.5)]
            painter.setPen(QPen(QColor(colours.muted), 1.6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF([middle + QPointF(x, y) for x, y in way]))

    def _paint_observer(self, painter: QPainter, area: QRect, head: "ObserverHead", colours: Colours) -> QRect:
        """What there is of an observer, in two lines of small print; gives the room above them, for the name."""
        small = in_pixels(small_font(self.font()))
        metrics = QFontMetrics(small)
        step = metrics.lineSpacing()
        painter.setFont(small)
        painter.setPen(QColor(colours.muted))
        for number, words in enumerate((self._figures(head), self._coded_by(head))):
            below = QRect(area.left(), area.bottom() - (2 - number) * step - 4, area.width(), step)
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(below, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
        return QRect(area.left(), area.top() + 1, area.width(), area.height() - 2 * step - 4)
