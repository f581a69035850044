"""A passage of a contest, read where its mark stands: who does what, its words, its code, who coded and who wrote."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from polyvocal.gui.parts import in_row, muted
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.contest_marks import stance_sign
from polyvocal.gui.views.contest_words import ContestWords
from polyvocal.gui.views.passage_card import PassageCard

if TYPE_CHECKING:
    from polyvocal.services.analysis.contest import Contest, Mark

LETTERS = 54
"""How many letters wide it is."""


class ContestCard(PassageCard):
    """What stands in one mark of the strip."""

    def __init__(self, sitting: Sitting, parent: QWidget) -> None:
        super().__init__(sitting, muted(), parent, letters=LETTERS, below=16, above=16)
        self.taken = QVBoxLayout()
        self.taken.setSpacing(3)
        self._lines: list[QWidget] = []
        self.coded, self.source = muted(), muted()
        for label in (self.coded, self.source):
            label.setTextFormat(Qt.TextFormat.PlainText)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        column.addLayout(self.taken)
        for part in (self.words, self.coded, self.source):
            column.addWidget(part)
        self.hide()

    def show_mark(self, contest: "Contest", mark: "Mark", at: QPoint, *, aloud: bool) -> None:
        """Show a passage beside a point of what the card stands over; `aloud`, its words are said too."""
        words = ContestWords(contest)
        self._show_taken(contest, mark, words)
        self.coded.setText(words.coded(mark))
        self.source.setText(words.source(mark))
        self._read(mark, mark.coding, at, (lambda text: text) if aloud else None)

    def _show_taken(self, contest: "Contest", mark: "Mark", words: ContestWords) -> None:
        for line in self._lines:
            self.taken.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
        for link in mark.taken:
            label = QLabel(words.taken(link))
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            line = QWidget()
            sign = stance_sign((contest.signs[link.stance],), self._sitting.theme)
            row = in_row(sign, (label, 1), spacing=6)
            row.setContentsMargins(0, 0, 0, 0)
            row.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
            line.setLayout(row)
            self.taken.addWidget(line)
            line.show()
            self._lines.append(line)
