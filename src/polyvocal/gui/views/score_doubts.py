"""What is placed on a score with a doubt, or not at all: by source and reason, each a door to its passages."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QListView, QToolButton, QWidget

from polyvocal.gui import labels
from polyvocal.gui.parts import in_column, in_row, muted
from polyvocal.gui.views.delegate import SUBTITLE, RowDelegate

if TYPE_CHECKING:
    from polyvocal.services.analysis.score import Doubt

Index = QModelIndex | QPersistentModelIndex


class _DoubtsModel(QAbstractListModel):
    """One reason of one source a row."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: Sequence[Doubt] = ()

    def show(self, rows: "Sequence[Doubt]") -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        one = self.rows[index.row()]
        title = f"{one.title} · {labels.passages(one.passages)}" + ("" if one.placed else f" · {self.tr('not placed')}")
        if role == Qt.ItemDataRole.DisplayRole:
            return title
        if role in (SUBTITLE, Qt.ItemDataRole.ToolTipRole):
            return one.why
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{title}: {one.why}"
        return None


class DoubtsPanel(QWidget):
    """The list."""

    opened = Signal(object)
    """A Doubt whose passages are to be listed."""
    left = Signal()
    """The person is done with it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        title = QLabel(self.tr("In doubt"))
        title.setProperty("heading", True)
        self.close_button = QToolButton()
        self.close_button.setText("✕")
        self.close_button.setProperty("flat", True)
        self.close_button.setAccessibleName(self.tr("Close the list of doubts"))
        self.close_button.setToolTip(self.tr("Close (Escape)"))
        self.close_button.clicked.connect(self.left)
        note = muted(
            self.tr(
                "What is told of these passages contradicts itself, or may be meant otherwise. They stand where the "
                "times of their text put them. Enter lists the passages; times are corrected below the text in the "
                "Read view, sessions in the Setting view."
            )
        )
        self.model = _DoubtsModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(RowDelegate(self.list))
        self.list.setAccessibleName(self.tr("In doubt"))
        self.list.activated.connect(lambda index: self.opened.emit(self.model.rows[index.row()]))
        column = in_column(in_row((title, 1), self.close_button), note, (self.list, 1))
        column.setContentsMargins(12, 6, 12, 6)
        self.setLayout(column)
        leave = QAction(self)
        leave.setShortcut(QKeySequence(Qt.Key.Key_Escape))
        leave.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.triggered.connect(self.left)
        self.addAction(leave)

    def show_doubts(self, doubts: "Sequence[Doubt]") -> None:
        """List these."""
        row = max(self.list.currentIndex().row(), 0)
        self.model.show(doubts)
        if doubts:
            self.list.setCurrentIndex(self.model.index(min(row, len(doubts) - 1), 0))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard belongs to the list."""
        super().focusInEvent(event)
        self.list.setFocus(event.reason())
