"""A passage of the score, read where it stands: when it was and how that is told, who wrote, its codes, its words."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from polyvocal.gui.announcing import announce
from polyvocal.gui.parts import muted
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.theme import mark_colour
from polyvocal.gui.views.score_words import ScoreWords
from polyvocal.services.queries.passage_pages import PassageShown, read_passages

if TYPE_CHECKING:
    from polyvocal.services.analysis.score import Score
    from polyvocal.services.analysis.score_plan import PassageMark

LETTERS = 52
"""How many letters wide it is."""
WORDS = 420
"""So many characters of a passage are read in it at most."""


class ScoreCard(QFrame):
    """Stands over the score, and lets the mouse through to it."""

    def __init__(self, sitting: Sitting, parent: QWidget) -> None:
        super().__init__(parent)
        self._sitting = sitting
        self._shown: PassageMark | None = None
        self._aloud = False
        self.setProperty("card", True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self.tr("The passage"))
        self.when, self.who = QLabel(), muted()
        self.when.setWordWrap(True)
        self.when.setTextFormat(Qt.TextFormat.PlainText)
        self.codes, self.doubts = _CodesLine(), muted()
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(5)
        for part in (self.who, self.when, self.codes, self.words, self.doubts):
            column.addWidget(part)
        self.hide()

    def show_passage(self, score: "Score", staff: int, mark: "PassageMark", at: QPoint, *, aloud: bool) -> None:
        """Show a passage beside a point of what the card stands over; `aloud`, its words are said too."""
        self._shown, self._aloud = mark, aloud
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
        self.words.setFont(self._sitting.theme.reading_font())
        self.words.setText("…")
        self.doubts.setText(self.tr("In doubt: %s") % " ".join(mark.told.doubts) if mark.told.doubts else "")
        self.doubts.setVisible(bool(mark.told.doubts))
        self._place(at)
        first = mark.codings[0]
        self._sitting.bus.ask(
            self, lambda view: read_passages(view, [first]).get(first), lambda shown: self._read(mark, shown, at),
            about="words",
        )  # fmt: skip

    def _read(self, mark: "PassageMark", shown: PassageShown | None, at: QPoint) -> None:
        if self._shown is not mark:
            return
        text = shown.text if shown is not None else self.tr("It is not there any more.")
        text = text if len(text) <= WORDS else f"{text[:WORDS].rpartition(' ')[0]} …"
        self.words.setText(f"“{text}”")
        self._place(at)
        if self._aloud:
            announce(self, f"{self.when.text()}. {text}")

    def _place(self, at: QPoint) -> None:
        """Stand below a point, or above it where there is no room; within what the card stands over."""
        over = self.parentWidget()
        assert over is not None
        width = min(self.fontMetrics().averageCharWidth() * LETTERS, over.width() - 8)
        self.setFixedWidth(width)
        height = self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        self.setFixedHeight(height)
        x = min(max(at.x() - width // 3, 4), over.width() - width - 4)
        y = at.y() + 18
        if y + height > over.height() - 4:
            y = max(at.y() - 48 - height, 4)
        self.move(x, y)
        self.show()
        self.raise_()

    def dismiss(self) -> None:
        """Go away."""
        self._shown = None
        self.hide()


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
