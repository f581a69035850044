"""The table itself: heads that stay, cells with numbers or states, and the keys that move in it, open and copy."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetrics,
    QGuiApplication,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from polyvocal.domain.ids import PersonId
from polyvocal.domain.words import CellState
from polyvocal.gui import labels
from polyvocal.gui.theme import Theme, blended
from polyvocal.gui.views.compare_heads import EDGE, CodeHeads, Corner, ObserverHeads
from polyvocal.gui.views.compare_marks import STATES, paint_mark
from polyvocal.gui.views.compare_model import CELL, Cell, CompareModel
from polyvocal.gui.views.passages_delegate import small_font

Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Paints a number on a shade by its size, at the right; a state as a mark and its words, in small print."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell: Cell | None = index.data(CELL)
        painter.save()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        self._paint_ground(painter, option.rect, cell, selected=selected)
        painter.setFont(option.font)
        if cell is None:
            pass
        elif cell.state is CellState.CODED:
            painter.setPen(QColor(self._theme.colours.text))
            area = option.rect.adjusted(EDGE, 0, -EDGE, 0)
            painter.drawText(area, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), cell.words)
        else:
            self._paint_state(painter, option, cell)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(self._theme.colours.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(option.rect.adjusted(1, 1, -1, -1))
        elif selected:
            painter.setPen(QColor(self._theme.colours.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        painter.restore()

    def _paint_ground(self, painter: QPainter, area: QRect, cell: Cell | None, *, selected: bool) -> None:
        colours = self._theme.colours
        if selected:
            painter.fillRect(area, QColor(colours.selection))
        elif cell is None:
            painter.fillRect(area, QColor(colours.raised))
        elif cell.state is CellState.CODED:
            strength = 0.07 + 0.33 * cell.weight**0.5
            painter.fillRect(area, blended(colours.accent, colours.ground, strength))
        else:
            painter.fillRect(area, QColor(colours.ground))
            if cell.state is CellState.WRITTEN_NOT_YET_READ:
                painter.fillRect(area, QBrush(QColor(colours.line), Qt.BrushStyle.BDiagPattern))

    def _paint_state(self, painter: QPainter, option: QStyleOptionViewItem, cell: Cell) -> None:
        ink = QColor(self._theme.colours.muted)
        size = mark_size(QFontMetrics(option.font))
        area = option.rect.adjusted(EDGE, 0, -4, 0)
        paint_mark(painter, cell.state, QRectF(area.left(), area.center().y() + 0.5 - size / 2, size, size), ink)
        painter.setFont(small_font(option.font))
        painter.setPen(ink)
        words = area.adjusted(round(size) + 6, 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), cell.words)


def mark_size(metrics: QFontMetrics) -> float:
    """How wide the mark of a state is."""
    return metrics.ascent() * 0.78


class CompareTable(QTableView):
    """Codes by observers. Arrows move, Enter opens what is behind a cell."""

    opened = Signal(QModelIndex)
    """The index of a cell."""
    code_wanted = Signal(object)
    """The id of a code whose head was double-clicked."""
    order_wanted = Signal(object)
    """The id of an observer by whom the codes are to be ordered."""

    def __init__(self, theme: Theme, model: CompareModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._model = theme, model
        self._corner: Corner | None = None
        self.heads, self.code_heads = ObserverHeads(theme, model, self), CodeHeads(theme, model, self)
        self.setHorizontalHeader(self.heads)
        self.setVerticalHeader(self.code_heads)
        self.setModel(model)
        self.setItemDelegate(CellDelegate(theme, self))
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(self.tr("Codes by observers"))
        self._corner = Corner(theme, self.heads, self)
        self._corner.clicked.connect(self.selectAll)
        self.activated.connect(self.opened)
        self.heads.order_wanted.connect(self._on_head_clicked)
        self.code_heads.sectionDoubleClicked.connect(self._on_code_clicked)
        model.modelReset.connect(self.lay_out)
        model.headerDataChanged.connect(self._on_heads_changed)
        model.layoutChanged.connect(self.lay_out)
        theme.changed.connect(self.lay_out)

    # --- measures --------------------------------------------------------------------------------------------------

    def lay_out(self) -> None:
        """Give columns and heads the room that their words need."""
        metrics, small = self.fontMetrics(), QFontMetrics(small_font(self.font()))
        found = self._model.states
        words = [small.horizontalAdvance(labels.CELL_STATES[state]) for state in STATES if state in found]
        cells = max((round(mark_size(metrics)) + 10 + one for one in words), default=0)
        for column in range(self._model.columnCount()):
            self.setColumnWidth(column, self.heads.width_for(column, cells))
        self.code_heads.setDefaultSectionSize(metrics.height() + 11)
        self.heads.lay_out()
        self.updateGeometries()
        self.viewport().update()

    def _on_heads_changed(self, which: Qt.Orientation) -> None:
        if which is Qt.Orientation.Horizontal:
            self.lay_out()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if self._corner is not None:
            frame = self.frameWidth()
            self._corner.setGeometry(frame, frame, self.code_heads.width(), self.heads.height())
            self._corner.raise_()
            self._corner.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometries()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.heads.viewport().update()
        self.code_heads.viewport().update()

    # --- acts ------------------------------------------------------------------------------------------------------

    def _on_head_clicked(self, column: int) -> None:
        table = self._model.table
        if table is not None:
            observer: PersonId = table.observers[column]
            self.order_wanted.emit(None if self._model.sorted_by == observer else observer)

    def _on_code_clicked(self, row: int) -> None:
        self.code_wanted.emit(self._model.code(row).code.id)

    def point_to(self, index: QModelIndex) -> None:
        """Make a cell the current one, and the only one that is marked."""
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def copy(self) -> None:
        """Put the marked cells (all where none is) on the clipboard, as text with tabs between and with their heads."""
        QGuiApplication.clipboard().setText(self.as_text())

    def as_text(self) -> str:
        """The marked cells, or all, as lines with tabs between, under the observers and behind the codes."""
        from polyvocal.exchange.writers.formats.csv_text import harmless

        marked = {(index.row(), index.column()) for index in self.selectionModel().selectedIndexes()}
        model = self._model
        if not marked:
            marked = {(row, column) for row in range(model.rowCount()) for column in range(model.columnCount())}
        rows, columns = sorted({row for row, _ in marked}), sorted({column for _, column in marked})
        lines = [[self.tr("Code"), *(model.head(column).observer for column in columns)]]
        lines += (
            [model.code(row).path, *(model.plain(row, column) if (row, column) in marked else "" for column in columns)]
            for row in rows
        )
        return "".join("\t".join(harmless(words) for words in line) + "\n" for line in lines)
