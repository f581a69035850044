"""Who has no account of a moment, and what that means; and the texts that may hold something of it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QListWidget, QListWidgetItem, QWidget

from polyvocal.gui import labels
from polyvocal.gui.parts import in_column, muted
from polyvocal.gui.sitting import Place, Sitting
from polyvocal.gui.views.delegate import HEAD, SUBTITLE, RowDelegate
from polyvocal.services.queries.moment_columns import MomentInColumns

_LETTERS = 17
_SOURCE = Qt.ItemDataRole.UserRole + 20


class WithoutAccount(QFrame):
    """A list at the end of the columns. Enter opens a text that could not be placed."""

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._sitting = sitting
        self.title = QLabel(self.tr("No account here"))
        self.title.setProperty("section", True)
        self.list = QListWidget()
        self.list.setItemDelegate(RowDelegate(self.list))
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setAccessibleName(self.tr("Observers without an account of the moment, and texts that may hold one"))
        self.list.itemActivated.connect(self._on_activated)
        self.hint = muted(
            self.tr(
                "Enter opens a text in Read. To place a part of it, select its words there and make it a stretch of "
                "the session, or mark a time."
            )
        )
        lines = in_column(self.title, (self.list, 1), self.hint)
        lines.setContentsMargins(14, 4, 8, 8)
        self.setLayout(lines)
        self._on_theme_changed()
        sitting.theme.changed.connect(self._on_theme_changed)

    def _on_theme_changed(self) -> None:
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("m") * _LETTERS)

    def show_moment(self, moment: MomentInColumns | None) -> None:
        """List who has no account of a moment; nothing is shown where everybody has one."""
        self.list.clear()
        for one in moment.without if moment is not None else ():
            state = labels.CELL_STATES[one.state] if one.state is not None else ""
            self._add(one.name, state)
        not_placed = moment.not_placed if moment is not None else ()
        if not_placed:
            head = QListWidgetItem(self.tr("May hold something of it"))
            head.setData(HEAD, True)
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.list.addItem(head)
        for text in not_placed:
            self._add(text.title, text.why).setData(_SOURCE, text)
        self.hint.setVisible(bool(not_placed))
        self.setVisible(self.list.count() > 0)

    def _add(self, title: str, said: str) -> QListWidgetItem:
        item = QListWidgetItem(title)
        item.setData(SUBTITLE, said)
        item.setToolTip(f"{title}\n{said}")
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}: {said}")
        self.list.addItem(item)
        return item

    def _on_activated(self, item: QListWidgetItem) -> None:
        text = item.data(_SOURCE)
        if text is not None:
            self._sitting.place_wanted.emit(Place(text.source))
