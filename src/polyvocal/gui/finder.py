"""A small window in which one types to find, goes up and down in what is found, and takes one by Enter."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from polyvocal.gui.views.delegate import RowDelegate

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}


class Finder(QFrame):
    """A line over a list; Esc leaves. A subclass says what is found (`answer`) and what taking a row does (`take`)."""

    def __init__(self, model: QAbstractListModel, parent: QWidget, *, asked: str, found: str, hint: str) -> None:
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
        self.hint = QLabel(hint)
        self.hint.setProperty("muted", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        for part in (self.line, self.list, self.hint):
            column.addWidget(part)

    def appear(self, point: QPoint, typed: str) -> None:
        """Appear with the upper left corner at a point of the screen, or where there is room for all of it."""
        screen = QApplication.screenAt(point) or QApplication.primaryScreen()
        area = screen.availableGeometry()
        x = max(area.left(), min(point.x(), area.right() - self.width()))
        y = point.y() if point.y() + self.height() <= area.bottom() else max(area.top(), area.bottom() - self.height())
        self.move(x, y)
        self.line.setText(typed)
        self.answer(typed)
        self.show()
        self.line.setFocus()
        self.line.end(False)

    def point_to(self, row: int) -> None:
        """Point to a row, or to the nearest that there is."""
        model = self.list.model()
        self.list.setCurrentIndex(model.index(max(0, min(row, model.rowCount() - 1)), 0))

    def event(self, event: QEvent) -> bool:
        """Esc is the finder's while it is open, whatever it means in the window."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

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
