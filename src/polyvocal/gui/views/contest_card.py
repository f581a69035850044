"""A passage of a contest, read where its mark stands: who does what, its words, its code, who coded and who wrote."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from polyvocal.gui.announcing import announce
from polyvocal.gui.parts import in_row, muted
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.contest_marks import StanceSign
from polyvocal.gui.views.contest_words import ContestWords
from polyvocal.services.queries.passage_pages import PassageShown, read_passages

if TYPE_CHECKING:
    from polyvocal.services.analysis.contest import Contest, Mark

LETTERS = 54
"""How many letters wide it is."""
WORDS = 420
"""So many characters of a passage are read in it at most."""


class ContestCard(QFrame):
    """Stands over the strip, and lets the mouse through to it."""

    def __init__(self, sitting: Sitting, parent: QWidget) -> None:
        super().__init__(parent)
        self._sitting = sitting
        self._shown: Mark | None = None
        self.setProperty("card", True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self.tr("The passage"))
        self.taken = QVBoxLayout()
        self.taken.setSpacing(3)
        self._lines: list[QWidget] = []
        self.words, self.coded, self.source = muted(), muted(), muted()
        for label in (self.words, self.coded, self.source):
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
        self._shown = mark
        words = ContestWords(contest)
        self._show_taken(contest, mark, words)
        self.coded.setText(words.coded(mark))
        self.source.setText(words.source(mark))
        self.words.setFont(self._sitting.theme.reading_font())
        self.words.setText("…")
        self._place(at)
        coding = mark.coding

        def read(shown: PassageShown | None) -> None:
            if self._shown is mark:
                self._read(shown, at, aloud=aloud)

        self._sitting.bus.ask(self, lambda view: read_passages(view, [coding]).get(coding), read, about="words")

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
            sign = StanceSign((contest.signs[link.stance],), self._sitting.theme)
            row = in_row(sign, (label, 1), spacing=6)
            row.setContentsMargins(0, 0, 0, 0)
            row.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
            line.setLayout(row)
            self.taken.addWidget(line)
            line.show()
            self._lines.append(line)

    def _read(self, shown: PassageShown | None, at: QPoint, *, aloud: bool) -> None:
        text = shown.text if shown is not None else self.tr("It is not there any more.")
        text = text if len(text) <= WORDS else f"{text[:WORDS].rpartition(' ')[0]} …"
        self.words.setText(f"“{text}”")
        self._place(at)
        if aloud:
            announce(self, text)

    def _place(self, at: QPoint) -> None:
        """Stand below a point, or above it where there is no room; within what the card stands over."""
        over = self.parentWidget()
        assert over is not None
        width = min(self.fontMetrics().averageCharWidth() * LETTERS, over.width() - 8)
        self.setFixedWidth(width)
        self.setFixedHeight(min(self.heightForWidth(width), over.height() - 8))
        x = min(max(at.x() - width // 3, 4), over.width() - width - 4)
        y = at.y() + 16
        if y + self.height() > over.height() - 4:
            y = max(at.y() - 16 - self.height(), 4)
        self.move(x, y)
        self.show()
        self.raise_()

    def dismiss(self) -> None:
        """Go away."""
        self._shown = None
        self.hide()
