"""A small window in which one types to find, goes up and down in what is found, and takes one by Enter."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from polyvocal.gui.announcing import announce
from polyvocal.gui.parts import claims_escape, muted
from polyvocal.gui.views.delegate import RowDelegate

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}


class Finder(QFrame):
    """A line over a list; Esc leaves. A subclass says what is found (`answer`) and what taking a row does (`take`)."""

    def __init__(
        self, model: QAbstractListModel, parent: QWidget, *, asked: str, found: str, hint: str, nothing: str
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("card", True)
        self.line = QLineEdit()
        self.line.setPlaceholderText(asked)
        self.line.setAccessibleName(asked)
        self.line.textChanged.connect(self.answer)
        self.line.installEventFilter(self)
        self.list = QListView()
        self.list.setModel(model)
        self.list.setItemDelegate(RowDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(found)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.clicked.connect(lambda index: self.take(index.row()))
        self.nothing = muted(nothing)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.nothing.hide()
        self.hint = muted(hint)
        self._said = ""
        self.column = column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self.line)
        column.addWidget(self.list, 1)
        column.addWidget(self.nothing, 1)
        column.addWidget(self.hint)

    def appear(self, point: QPoint, typed: str) -> None:
        """Appear with the upper left corner at a point of the screen, or where there is room for all of it."""
        screen = QApplication.screenAt(point) or QApplication.primaryScreen()
        area = screen.availableGeometry()
        x = max(area.left(), min(point.x(), area.right() - self.width()))
        y = point.y() if point.y() + self.height() <= area.bottom() else max(area.top(), area.bottom() - self.height())
        self.move(x, y)
        self._said = ""
        self.line.setText(typed)
        self.show()
        self.answer(typed)
        self.line.setFocus()
        self.line.end(False)

    def point_to(self, row: int) -> None:
        """Point to a row, or to the nearest that there is; where there is none, say so."""
        model = self.list.model()
        rows = model.rowCount()
        index = model.index(max(0, min(row, rows - 1)), 0)
        self.list.setVisible(rows > 0)
        self.nothing.setVisible(rows == 0)
        self.list.setCurrentIndex(index)
        said = str(index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data()) if rows else self.nothing.text()
        if self.isVisible() and said != self._said:
            self._said = said
            announce(self.line, said)  # the keys stay in the line

    def event(self, event: QEvent) -> bool:
        """Esc is the finder's while it is open, whatever it means in the window."""
        return claims_escape(event) or super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that move in the list while the line is typed in."""
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                self.point_to(self.list.currentIndex().row() + step)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.take(self.list.currentIndex().row())
                return True
        return super().eventFilter(watched, event)

    def answer(self, typed: str) -> None:
        """Show what answers to what is typed."""
        raise NotImplementedError

    def take(self, row: int) -> Any:
        """Take what is in a row, if there is anything."""
        raise NotImplementedError
