"""What stands in place of a list of passages that has none: which filter makes it empty, and how to take it away."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from polyvocal.domain.passages import Aspect
from polyvocal.gui import labels
from polyvocal.services.queries.passage_list import PassagesListed


class EmptyList(QWidget):
    """A sentence, and a button for each way to passages: mostly one filter less."""

    removed = Signal(object)
    """The Aspect by which is not to be chosen any more; None for the words in the passage."""
    widened = Signal()
    """Codes are to mean those below them too."""
    cleared = Signal()
    """Nothing is to be asked for any more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.buttons: list[QPushButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(4, 8, 4, 4)
        self._column.setSpacing(6)
        self._column.addWidget(self.words)
        self._column.addStretch(1)

    def say(self, words: str) -> None:
        """Say something, with nothing to be done about it here."""
        self.words.setText(words)
        self._replace([])

    def explain(self, listed: PassagesListed, names: Mapping[Aspect, Sequence[str]], words: str) -> None:
        """Say why a list is empty; `names` are what is asked for, `words` the words in the passage."""
        if not names and not words:
            self.say(self.tr("Nothing is coded yet. Select words in a text, press Enter and type a code's name."))
            return
        if not names:
            self.words.setText(self.tr("No coded passage has these words: %s.") % words)
        elif len(listed.without) < 2:
            only = [f"{labels.ASPECTS[aspect]}: {', '.join(asked)}" for aspect, asked in names.items()]
            self.words.setText(self.tr("No passages. Nothing is coded like this yet: %s.") % "; ".join(only))
        elif any(number for _, number in listed.without):
            self.words.setText(self.tr("No passages satisfy all of these filters. Leave one out:"))
        else:
            self.words.setText(self.tr("No passages satisfy these filters, whichever one of them is left out."))
        buttons = [self._button(aspect, number) for aspect, number in listed.without if number]
        if listed.with_below:
            below = QPushButton(self.tr("With the codes below: %s") % labels.passages(listed.with_below))
            below.clicked.connect(self.widened)
            buttons.insert(0, below)
        if listed.all_others:
            every = QPushButton(self.tr("No filters: %s") % labels.passages(listed.all_others))
            every.clicked.connect(self.cleared)
            buttons.append(every)
        self._replace(buttons)

    def _button(self, aspect: Aspect | None, number: int) -> QPushButton:
        name = self.tr("the words") if aspect is None else labels.ASPECTS[aspect].lower()
        button = QPushButton(self.tr("Without %s: %s") % (name, labels.passages(number)))
        button.clicked.connect(lambda: self.removed.emit(aspect))
        return button

    def _replace(self, buttons: list[QPushButton]) -> None:
        for one in self.buttons:
            self._column.removeWidget(one)
            one.hide()
            one.deleteLater()
        self.buttons = buttons
        for at, one in enumerate(buttons):
            self._column.insertWidget(1 + at, one, 0, Qt.AlignmentFlag.AlignLeft)
