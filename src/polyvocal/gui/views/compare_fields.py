"""A field with few choices and its name before it."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget


class Field(QWidget):
    """A field to choose in, with its name before it. Values are kept here: Qt may not hold ids of 63 bits."""

    chosen = Signal(object)
    """The value that a person chose."""

    def __init__(self, name: str, hint: str, choices: Iterable[tuple[Any, str]] = ()) -> None:
        super().__init__()
        self.box = QComboBox()
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.box.setMaximumWidth(self.box.fontMetrics().averageCharWidth() * 26)
        self.box.setAccessibleName(name.replace("&", ""))
        self.box.setAccessibleDescription(hint)
        self.box.setToolTip(hint)
        label = QLabel(name)
        label.setBuddy(self.box)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(label)
        row.addWidget(self.box)
        self._values: list[Any] = []
        self.offer(choices)
        self.box.currentIndexChanged.connect(self._on_chosen)
        self.setFocusProxy(self.box)

    def offer(self, choices: Iterable[tuple[Any, str]]) -> None:
        """Offer these; what is chosen stays chosen, if it is among them."""
        pairs = list(choices)
        values, words = [value for value, _ in pairs], [word for _, word in pairs]
        if values == self._values and words == [self.box.itemText(at) for at in range(self.box.count())]:
            return
        before = self.value
        with QSignalBlocker(self.box):
            self.box.clear()
            self.box.addItems(words)
            self._values = values
            self.box.setCurrentIndex(values.index(before) if before in values else 0)

    @property
    def value(self) -> Any:
        """What is chosen; None where nothing is offered."""
        at = self.box.currentIndex()
        return self._values[at] if 0 <= at < len(self._values) else None

    def show_value(self, value: object) -> None:
        """Show a value as chosen, if it is offered."""
        if value in self._values:
            with QSignalBlocker(self.box):
                self.box.setCurrentIndex(self._values.index(value))

    def _on_chosen(self, _at: int) -> None:
        self.chosen.emit(self.value)
