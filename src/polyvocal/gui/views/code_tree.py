"""The tree of codes under the hand: words dropped on a code, and codes moved by dragging or by keys."""

from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from polyvocal.gui.surface.text import CODE_MIME, SELECTION_MIME
from polyvocal.gui.views.code_model import CodebookModel
from polyvocal.gui.views.tree import Node

_Position = QAbstractItemView.DropIndicatorPosition


class Move(NamedTuple):
    """Where a code is to go: below another one, before it or after it; last at the top where none is named."""

    code: int
    below: int | None = None
    before: int | None = None
    after: int | None = None


class CodebookTree(QTreeView):
    """The tree; selected words of the text can be dropped on a code, and a code between two others or on one."""

    words_dropped = Signal(object)
    """The id of the code on which selected words were dropped."""
    move_wanted = Signal(object)
    """A Move."""

    def __init__(self, model: CodebookModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._codes = model
        self.lit: Node | None = None
        """The code on which the words that are dragged would be dropped."""
        self.setModel(model)
        self.setAcceptDrops(True)
        self.setDragEnabled(True)
        self.setDropIndicatorShown(True)
        self.setAutoExpandDelay(600)
        self.setIndentation(14)
        self.setExpandsOnDoubleClick(False)

    def _node_under(self, event: QDropEvent) -> Node | None:
        node = self._codes.node(self.indexAt(event.position().toPoint()).siblingAtColumn(0))
        return node if node.what is not None else None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(SELECTION_MIME) or event.mimeData().hasFormat(CODE_MIME):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        node = self._node_under(event) if event.mimeData().hasFormat(SELECTION_MIME) else None
        self._light(node)
        if node is not None:
            super().dragMoveEvent(event)  # it scrolls and unfolds
            event.acceptProposedAction()
        elif event.mimeData().hasFormat(CODE_MIME):
            super().dragMoveEvent(event)  # it shows between which codes
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._light(None)
        super().dragLeaveEvent(event)

    def _light(self, node: Node | None) -> None:
        """Show on which code the words that are dragged would be dropped."""
        if node is not self.lit:
            self.lit = node
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.lit is not None:
            row = QRectF(self.visualRect(self._codes.index_of(self.lit))).adjusted(1, 1, -1, -1)
            row.setRight(self.viewport().width() - 2)
            with QPainter(self.viewport()) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Link), 2))
                painter.drawRoundedRect(row, 4, 4)

    def dropEvent(self, event: QDropEvent) -> None:
        node, dropped = self._node_under(event), event.mimeData()
        if dropped.hasFormat(CODE_MIME):
            event.setDropAction(Qt.DropAction.CopyAction)  # of a move, Qt would remove the row itself
            event.accept()
            self.drop_code(int(bytes(dropped.data(CODE_MIME).data())), node, self.dropIndicatorPosition())
        elif node is not None and dropped.hasFormat(SELECTION_MIME):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.words_dropped.emit(node.what.id)
        self._light(None)
        self.stopAutoScroll()
        self.setState(QAbstractItemView.State.NoState)
        self.viewport().update()

    def drop_code(self, code: int, node: Node | None, position: _Position) -> None:
        """Ask for a code to be put where it was dropped: on the row of another one, above or below it."""
        if node is None:
            self.move_wanted.emit(Move(code))
        elif node.what.id != code:
            other = node.what.id
            if position is _Position.AboveItem:
                self.move_wanted.emit(Move(code, before=other))
            elif position is _Position.BelowItem and node.children and self.isExpanded(self._codes.index_of(node)):
                self.move_wanted.emit(Move(code, before=node.children[0].what.id))
            elif position is _Position.BelowItem:
                self.move_wanted.emit(Move(code, after=other))
            else:
                self.move_wanted.emit(Move(code, below=other))

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Drag the code under its name alone, beside the pointer: the whole row would cover where it goes."""
        node = self.pointed_to
        if node is None:
            return
        drag = QDrag(self)
        drag.setMimeData(self._codes.mimeData([self.currentIndex()]))
        drag.setPixmap(self.picture_of(node.what.name))
        drag.setHotSpot(QPoint(-14, -4))
        drag.exec(actions, Qt.DropAction.CopyAction)

    def picture_of(self, name: str) -> QPixmap:
        """A name as it is dragged."""
        short = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, 240)
        size = QSize(self.fontMetrics().horizontalAdvance(short) + 16, self.fontMetrics().height() + 8)
        picture = QPixmap(size * self.devicePixelRatioF())
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        picture.fill(self.palette().color(QPalette.ColorRole.Highlight))
        with QPainter(picture) as painter:
            painter.setFont(self.font())
            painter.setPen(self.palette().color(QPalette.ColorRole.HighlightedText))
            painter.drawText(QRect(QPoint(0, 0), size), int(Qt.AlignmentFlag.AlignCenter), short)
        return picture

    # --- by keys -------------------------------------------------------------------------------------------------

    @property
    def pointed_to(self) -> Node | None:
        """The row that is pointed to."""
        node = self._codes.node(self.currentIndex())
        return node if node.what is not None else None

    def move_up(self) -> None:
        """Put the code before the one above it, among those beside it."""
        self._move_beside(-1)

    def move_down(self) -> None:
        """Put the code after the one below it, among those beside it."""
        self._move_beside(1)

    def _move_beside(self, step: int) -> None:
        node = self.pointed_to
        if node is None or node.parent is None or not 0 <= node.row + step < len(node.parent.children):
            return
        other = node.parent.children[node.row + step].what.id
        where = {"before": other} if step < 0 else {"after": other}
        self.move_wanted.emit(Move(node.what.id, **where))

    def move_in(self) -> None:
        """Put the code below the one above it."""
        node = self.pointed_to
        if node is not None and node.parent is not None and node.row > 0:
            self.move_wanted.emit(Move(node.what.id, below=node.parent.children[node.row - 1].what.id))

    def move_out(self) -> None:
        """Put the code after the one that it lies below."""
        node = self.pointed_to
        if node is not None and node.parent is not None and node.parent.what is not None:
            self.move_wanted.emit(Move(node.what.id, after=node.parent.what.id))

    # --- what is shown -------------------------------------------------------------------------------------------

    def unfold(self, closed: set[int]) -> None:
        """Unfold all rows but those of some codes."""
        for node in self._codes.nodes():
            if node.children:
                self.setExpanded(self._codes.index_of(node), node.what.id not in closed)

    def point_to(self, code: int) -> bool:
        """Point to a code; whether it is shown."""
        node = self._codes.node_of(code)
        if node is not None:
            self.setCurrentIndex(self._codes.index_of(node))
        return node is not None
