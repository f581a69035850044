"""Choosing by what passages are filtered, and which values are meant: type, go up and down, Enter, Escape."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QFrame, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from polyvocal.domain.passages import Aspect
from polyvocal.gui import labels
from polyvocal.gui.matching import match
from polyvocal.gui.views.delegate import COUNT, RowDelegate

Index = QModelIndex | QPersistentModelIndex


class Choice(NamedTuple):
    """What can be chosen: a value, its name, and how many passages there are with it (None where nobody counted)."""

    value: Any
    name: str
    passages: int | None = None


class ChoicesModel(QAbstractListModel):
    """What can be chosen, with a tick before what is."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shown: Sequence[Choice] = ()
        self.ticked: frozenset[Any] = frozenset()

    def show(self, choices: Sequence[Choice], ticked: Collection[Any]) -> None:
        """Offer some choices."""
        self.beginResetModel()
        self.shown, self.ticked = choices, frozenset(ticked)
        self.endResetModel()

    def tick(self, ticked: Collection[Any]) -> None:
        """Tick just these."""
        self.ticked = frozenset(ticked)
        self.dataChanged.emit(self.index(0), self.index(len(self.shown) - 1))

    def rowCount(self, _parent: Index = QModelIndex()) -> int:
        return len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        choice = self.shown[index.row()]
        ticked = choice.value in self.ticked
        if role == Qt.ItemDataRole.DisplayRole:
            return f"✓ {choice.name}" if ticked else choice.name
        if role == COUNT:
            return "" if choice.passages is None else labels.number(choice.passages)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = [choice.name, self.tr("chosen") if ticked else ""]
            words.append("" if choice.passages is None else labels.passages(choice.passages))
            return ", ".join(word for word in words if word)
        return None


class ValueChooser(QFrame):
    """A small window below the filters. First the aspects are offered, then the values of the one that was taken."""

    aspect_taken = Signal(object)
    """The Aspect of which the values are wanted; `offer` brings them."""
    chosen = Signal(object, object)
    """An Aspect, and the frozenset of the values that are meant of it now."""
    below_chosen = Signal(bool)
    """Whether codes mean those below them too."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("card", True)
        self.aspect: Aspect | None = None
        self._choices: Sequence[Choice] = ()
        self.model = ChoicesModel(self)
        self.line = QLineEdit()
        self.line.textChanged.connect(self._on_typed)
        self.line.installEventFilter(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(RowDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.clicked.connect(lambda index: self._take(index.row()))
        self.below = QCheckBox(self.tr("With the codes &below"))
        self.below.toggled.connect(self.below_chosen)
        self.hint = QLabel()
        self.hint.setProperty("muted", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        for part in (self.line, self.list, self.below, self.hint):
            column.addWidget(part)

    def open_at(self, anchor: QWidget, aspect: Aspect | None, *, below: bool) -> None:
        """Open below a widget, or above it where there is no room, with the values of an aspect or with the aspects."""
        metrics = self.fontMetrics()
        self.resize(metrics.horizontalAdvance("m") * 24, metrics.height() * 18)
        top = anchor.mapToGlobal(QPoint(0, 0))
        screen = QApplication.screenAt(top) or QApplication.primaryScreen()
        area = screen.availableGeometry()
        x = max(area.left(), min(top.x(), area.right() - self.width()))
        y = top.y() + anchor.height() + 2
        if y + self.height() > area.bottom():
            y = max(area.top(), top.y() - self.height() - 2)
        self.move(x, y)
        blocked = self.below.blockSignals(True)
        self.below.setChecked(below)
        self.below.blockSignals(blocked)
        self._ask(aspect)
        self.show()
        self.line.setFocus()

    def _ask(self, aspect: Aspect | None) -> None:
        self.aspect = aspect
        self.below.setVisible(aspect is Aspect.CODE)
        name = self.tr("Filter by") if aspect is None else labels.ASPECTS[aspect]
        self.line.setPlaceholderText(name)
        self.line.setAccessibleName(name)
        self.list.setAccessibleName(name)
        if aspect is None:
            self.hint.setText(self.tr("↑ ↓ choose · Enter take · Esc leave"))
            self._choices = tuple(Choice(one, labels.ASPECTS[one]) for one in Aspect)
        else:
            self.hint.setText(self.tr("Enter ticks or unticks · Esc done"))
            self._choices = ()
            self.aspect_taken.emit(aspect)
        self.model.show((), ())
        self.line.clear()
        self._on_typed("")

    def offer(self, aspect: Aspect, choices: Sequence[Choice], ticked: Collection[Any]) -> None:
        """Offer the values of an aspect; those without any passage come last."""
        if aspect is self.aspect:
            self._choices = sorted(choices, key=lambda one: one.passages == 0 and one.value not in ticked)
            self.model.ticked = frozenset(ticked)
            self._on_typed(self.line.text())

    def _on_typed(self, typed: str) -> None:
        typed = " ".join(typed.split())
        if typed:
            scored = [(match(typed, one.name), number, one) for number, one in enumerate(self._choices)]
            found = sorted((score, number, one) for score, number, one in scored if score is not None)
            self.model.show([one for _, _, one in found], self.model.ticked)
        else:
            self.model.show(self._choices, self.model.ticked)
        self.list.setCurrentIndex(self.model.index(0, 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that move in the list while the line is typed in; Escape is no key of what is behind."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() is QEvent.Type.KeyPress:
                self.hide()
            event.accept()
            return True
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}.get(
                Qt.Key(event.key())
            )
            row = self.list.currentIndex().row()
            if step is not None:
                self.list.setCurrentIndex(self.model.index(max(0, min(row + step, self.model.rowCount() - 1)), 0))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(row)
                return True
        return super().eventFilter(watched, event)

    def _take(self, row: int) -> None:
        if not 0 <= row < self.model.rowCount():
            return
        value = self.model.shown[row].value
        if self.aspect is None:
            self._ask(value)
            return
        self.model.tick(self.model.ticked ^ {value})
        self.line.selectAll()
        self.chosen.emit(self.aspect, self.model.ticked)
