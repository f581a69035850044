"""Choosing a code by typing: what was used last comes first, and a name that nothing bears can be made."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from polyvocal.domain.words import CodeKind
from polyvocal.gui.matching import match
from polyvocal.gui.surface.look import Looks
from polyvocal.gui.views.delegate import MARK, SUBTITLE, Chip, RowDelegate
from polyvocal.services.queries.rows import CodeRow
from polyvocal.services.references import folded

Index = QModelIndex | QPersistentModelIndex


class ChoiceModel(QAbstractListModel):
    """The codes that answer to what was typed, and in the last row the code that could be made."""

    def __init__(self, looks: Looks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self._rows: list[CodeRow] = []
        self.new = ""

    def show(self, rows: list[CodeRow], new: str) -> None:
        """Show some codes, and a name to make one of; no name, no such row."""
        self.beginResetModel()
        self._rows, self.new = rows, new
        self.endResetModel()

    def code_at(self, row: int) -> CodeRow | None:
        """The code of a row; None for the one that could be made."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def rowCount(self, _parent: Index = QModelIndex()) -> int:
        return len(self._rows) + bool(self.new)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        code = self.code_at(index.row())
        if code is None:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.tr("Create “%s”") % self.new
            return self.tr("a new code; its definition can be written later") if role == SUBTITLE else None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return code.name
        if role == SUBTITLE:
            return " ".join((code.definition or code.path).split())
        if role == MARK:
            return Chip(self._looks.mark(code.id), hollow=code.kind != CodeKind.CODE)
        return None


class CodeChooser(QFrame):
    """A small window over the text: type, go up and down, Enter. Esc leaves without choosing."""

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("card", True)
        self._codes: Sequence[CodeRow] = ()
        self._recent: Sequence[int] = ()
        self._may_make = True
        self._then: Callable[[int | str], None] = lambda _code: None
        self.model = ChoiceModel(looks, self)
        self.line = QLineEdit()
        self.line.setPlaceholderText(self.tr("Name of a code"))
        self.line.setAccessibleName(self.tr("Name of a code"))
        self.line.textChanged.connect(self._on_typed)
        self.line.installEventFilter(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(RowDelegate(self.list))
        self.list.setAccessibleName(self.tr("Codes"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.clicked.connect(lambda index: self._take(index.row()))
        self.hint = QLabel(self.tr("↑ ↓ choose · Enter code · Esc leave"))
        self.hint.setProperty("muted", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        for part in (self.line, self.list, self.hint):
            column.addWidget(part)

    def open_at(
        self,
        point: QPoint,
        codes: Sequence[CodeRow],
        recent: Sequence[int],
        then: Callable[[int | str], None],
        *,
        typed: str = "",
        may_make: bool = True,
    ) -> None:
        """Open below a point of the screen; `recent` are ids of codes, the last used first.

        `then` is given the id of the code that is chosen, or, where one may be made, the name of one that is not there.
        """
        self._then, self._may_make = then, may_make
        self._codes = [code for code in codes if not code.retired]
        self._recent = recent
        metrics = self.fontMetrics()
        self.resize(metrics.horizontalAdvance("m") * 26, metrics.height() * 19)
        screen = QApplication.screenAt(point) or QApplication.primaryScreen()
        area = screen.availableGeometry()
        x = max(area.left(), min(point.x(), area.right() - self.width()))
        y = point.y() if point.y() + self.height() <= area.bottom() else max(area.top(), area.bottom() - self.height())
        self.move(x, y)
        self.line.setText(typed)
        self._on_typed(typed)
        self.show()
        self.line.setFocus()
        self.line.end(False)

    def _on_typed(self, typed: str) -> None:
        typed = " ".join(typed.split())
        recent = {code: place for place, code in enumerate(self._recent)}
        found = []
        for number, code in enumerate(self._codes):
            score = match(typed, code.name)
            if score is not None:
                grade = int(score) if typed else 0
                found.append((grade, recent.get(code.id, len(recent)), score, number, code))
        found.sort(key=lambda one: one[:4])
        rows = [one[-1] for one in found]
        there = any(folded(code.name) == folded(typed) for code in self._codes)
        self.model.show(rows, "" if there or not self._may_make else typed)
        self.list.setCurrentIndex(self.model.index(0, 0))

    def event(self, event: QEvent) -> bool:
        """Esc is the chooser's while it is open, whatever it means in the window."""
        overrides = event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if overrides and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that move in the list while the line is typed in."""
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}.get(
                Qt.Key(event.key())
            )
            if step is not None:
                row = max(0, min(self.list.currentIndex().row() + step, self.model.rowCount() - 1))
                self.list.setCurrentIndex(self.model.index(row, 0))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self.list.currentIndex().row())
                return True
        return super().eventFilter(watched, event)

    def _take(self, row: int) -> None:
        code = self.model.code_at(row)
        if code is None and not self.model.new:
            return
        self._then(code.id if code else self.model.new)  # first, so that it is done while the window repaints
        self.hide()
