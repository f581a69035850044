"""A passage of the score, read where it stands: when it was and how that is told, who wrote, its codes, its words."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from polyvocal.gui.parts import muted
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.theme import mark_colour
from polyvocal.gui.views.passage_card import PassageCard
from polyvocal.gui.views.score_words import ScoreWords

if TYPE_CHECKING:
    from polyvocal.services.analysis.score import Score
    from polyvocal.services.analysis.score_plan import PassageMark

LETTERS = 52
"""How many letters wide it is."""


class ScoreCard(PassageCard):
    """What stands in one mark of the score."""

    def __init__(self, sitting: Sitting, parent: QWidget) -> None:
        super().__init__(sitting, QLabel(), parent, letters=LETTERS, below=18, above=48)
        self.when, self.who = QLabel(), muted()
        self.when.setTextFormat(Qt.TextFormat.PlainText)
        for label in (self.when, self.words):
            label.setWordWrap(True)
        self.codes, self.doubts = _CodesLine(), muted()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(5)
        for part in (self.who, self.when, self.codes, self.words, self.doubts):
            column.addWidget(part)
        self.hide()

    def show_passage(self, score: "Score", staff: int, mark: "PassageMark", at: QPoint, *, aloud: bool) -> None:
        """Show a passage beside a point of what the card stands over; `aloud`, its words are said too."""
        words = ScoreWords(score)
        observer = score.staves[staff].name or self.tr("no observer")
        self.who.setText(" · ".join(filter(None, (observer, score.titles[mark.source], words.sessions(mark)))))
        self.when.setText(words.when(mark))
        self.codes.show_codes(
            [
                (mark_colour(score.codes[one].colour, self._sitting.theme.colours.ground), score.codes[one].name,
                 one in mark.meant)
                for one in mark.codes
            ],
            self.tr("coded by %s") % words.coders(mark),
        )  # fmt: skip
        self.doubts.setText(self.tr("In doubt: %s") % " ".join(mark.told.doubts) if mark.told.doubts else "")
        self.doubts.setVisible(bool(mark.told.doubts))
        said = (lambda text: f"{words.when(mark)}. {text}") if aloud else None
        self._read(mark, mark.codings[0], at, said)


class _CodesLine(QWidget):
    """The codes of a passage, one a line, with their colours; who coded it below."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self._parts: list[QWidget] = []

    def show_codes(self, codes: list[tuple[QColor, str, bool]], by: str) -> None:
        """Show (colour, name, whether the filter means it) of each."""
        for part in self._parts:
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
        coders = muted(by)
        self._parts = [*(_CodeLine(colour, name, meant=meant) for colour, name, meant in codes), coders]
        for part in self._parts:
            self._column.addWidget(part)
            part.show()


class _CodeLine(QWidget):
    def __init__(self, colour: QColor, name: str, *, meant: bool) -> None:
        super().__init__()
        label = QLabel(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setProperty("muted", not meant)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(_Dot(colour, hollow=not meant), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label, 1)


class _Dot(QWidget):
    def __init__(self, colour: QColor, *, hollow: bool) -> None:
        super().__init__()
        self._colour, self._hollow = colour, hollow
        line = self.fontMetrics().height()
        self.setFixedSize(round(line * 0.6), line)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._colour)
        painter.setBrush(Qt.BrushStyle.NoBrush if self._hollow else self._colour)
        size = self.width() - 2
        painter.drawEllipse(1, (self.height() - size) // 2, size, size)
