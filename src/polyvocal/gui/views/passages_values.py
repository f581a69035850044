"""Choosing by what passages are filtered, and which values are meant: type, go up and down, Enter, Escape."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget

from polyvocal.domain.passages import Aspect
from polyvocal.gui import labels
from polyvocal.gui.finder import Finder
from polyvocal.gui.matching import match
from polyvocal.gui.views.delegate import COUNT

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


class ValueChooser(Finder):
    """A small window below the filters. First the aspects are offered, then the values of the one that was taken."""

    aspect_taken = Signal(object)
    """The Aspect of which the values are wanted; `offer` brings them."""
    chosen = Signal(object, object)
    """An Aspect, and the frozenset of the values that are meant of it now."""
    below_chosen = Signal(bool)
    """Whether codes mean those below them too."""

    def __init__(self, parent: QWidget) -> None:
        self.model = ChoicesModel()
        super().__init__(
            self.model,
            parent,
            asked=self.tr("Filter by"),
            found=self.tr("Filter by"),
            nothing=self.tr("Nothing that is said of the passages is called so."),
            hint="",
        )
        self.model.setParent(self)
        self.aspect: Aspect | None = None
        self._choices: Sequence[Choice] = ()
        self.below = QCheckBox(self.tr("With the codes &below"))
        self.below.toggled.connect(self.below_chosen)
        self.column.insertWidget(self.column.indexOf(self.hint), self.below)

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
        self.show()
        self.line.setFocus()
        self._ask(aspect)

    def _ask(self, aspect: Aspect | None) -> None:
        self.aspect = aspect
        self.below.setVisible(aspect is Aspect.CODE)
        name = self.tr("Filter by") if aspect is None else labels.ASPECTS[aspect]
        self.line.setPlaceholderText(name)
        self.line.setAccessibleName(name)
        self.list.setAccessibleName(name)
        with QSignalBlocker(self.line):
            self.line.clear()
        if aspect is None:
            self.hint.setText(self.tr("↑ ↓ choose · Enter take · Esc leave"))
            self._choices = tuple(Choice(one, labels.ASPECTS[one]) for one in Aspect)
            self.answer("")
        else:
            self.hint.setText(self.tr("Enter ticks or unticks · Esc done"))
            self._choices = ()
            self.model.show((), ())
            self.aspect_taken.emit(aspect)

    def offer(self, aspect: Aspect, choices: Sequence[Choice], ticked: Collection[Any]) -> None:
        """Offer the values of an aspect; those without any passage come last."""
        if aspect is self.aspect:
            self._choices = sorted(choices, key=lambda one: one.passages == 0 and one.value not in ticked)
            self.model.ticked = frozenset(ticked)
            self.answer(self.line.text())

    def answer(self, typed: str) -> None:
        """The aspects or values that answer, the best first."""
        typed = " ".join(typed.split())
        if typed:
            scored = [(match(typed, one.name), number, one) for number, one in enumerate(self._choices)]
            found = sorted((score, number, one) for score, number, one in scored if score is not None)
            self.model.show([one for _, _, one in found], self.model.ticked)
        else:
            self.model.show(self._choices, self.model.ticked)
        self.point_to(0)

    def take(self, row: int) -> None:
        """Ask for the values of an aspect; tick a value, or untick it."""
        if not 0 <= row < self.model.rowCount():
            return
        value = self.model.shown[row].value
        if self.aspect is None:
            self._ask(value)
            return
        self.model.tick(self.model.ticked ^ {value})
        self.point_to(row)
        self.line.selectAll()
        self.chosen.emit(self.aspect, self.model.ticked)
