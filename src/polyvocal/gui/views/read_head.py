"""The head of the source that is read: what it is, who wrote it from where, about what, and how far it was read."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QToolButton, QWidget

from polyvocal.domain.words import Phase, ReadingState
from polyvocal.gui import labels
from polyvocal.gui.button import Button
from polyvocal.gui.elided import Elided
from polyvocal.gui.parts import in_column, in_row
from polyvocal.gui.rows_layout import in_rows
from polyvocal.gui.theme import Theme
from polyvocal.services.queries.reading import SourceToRead


class FocusLine(QWidget):
    """A line above the text while the keys go there: a ring around it would have all of it painted anew each time."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lit = self._active = False
        self.setFixedHeight(2)

    def light(self, lit: bool) -> None:  # noqa: FBT001 - as the signal has it
        """Show the line, or not."""
        self._lit = lit
        self.update()

    def activate(self, active: bool) -> None:  # noqa: FBT001 - as `light`
        """Mark, of two texts, the one to which the acts go while the keys are elsewhere."""
        self._active = active
        self.update()

    @property
    def is_marked(self) -> bool:
        """Whether it shows that the keys, or the acts, go to this text."""
        return self._lit or self._active

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = self._theme.colours
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(colours.accent if self.is_marked else colours.line))


class ReadHead(QFrame):
    """Shows the head of a source."""

    read_to_here = Signal()
    read_to_end = Signal()
    about_wanted = Signal()
    lost_wanted = Signal()
    """The passages whose words were corrected away are to be listed."""
    close_wanted = Signal()
    """This text, the second of two, is to be closed."""

    def __init__(self, codings: QWidget, parent: QWidget | None = None) -> None:
        """`codings` is what tells, and changes, which codings are shown."""
        super().__init__(parent)
        self.setObjectName("panel")
        self.codings = codings
        self._beside = False
        self.title, self.who, self.about, self.state = Elided(), Elided(), Elided(), QLabel()
        self.title.setProperty("heading", True)
        for label in (self.who, self.about, self.state):
            label.setProperty("muted", True)
        for label in (self.title, self.who, self.about, self.state):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.here = Button(self.tr("Read to here"))
        self.done = Button(self.tr("Read to the end"))
        self.more = Button(self.tr("About…"))
        self.more.setAccessibleName(self.tr("About this source"))
        self.more.setToolTip(self.tr("Who wrote it, when, about what; its attributes; what its import told"))
        self.more.clicked.connect(self.about_wanted)
        self.here.clicked.connect(self.read_to_here)
        self.done.clicked.connect(self.read_to_end)
        self.close_button = QToolButton()
        self.close_button.setText("×")
        self.close_button.setProperty("flat", True)
        self.close_button.setAccessibleName(self.tr("Close the second text"))
        self.close_button.setToolTip(self.tr("Close the second text"))
        self.close_button.clicked.connect(lambda _checked=False: self.close_wanted.emit())
        self.close_button.hide()
        self.lost = QToolButton()
        self.lost.setProperty("flat", True)
        self.lost.setStyleSheet("padding: 0 2px; text-decoration: underline;")  # as high as a line
        self.lost.setToolTip(self.tr("List them, with the words that they had"))
        self.lost.clicked.connect(lambda _checked=False: self.lost_wanted.emit())
        buttons = in_rows(self.codings, self.more, self.here, self.done, self.close_button)
        lines = in_column(
            in_row((self.title, 1), buttons, spacing=16),
            in_row((self.who, 1), self.state, spacing=16),
            in_row((self.about, 1), self.lost, spacing=16),
            spacing=2,
        )
        lines.setContentsMargins(18, 10, 14, 10)
        self.setLayout(lines)
        self.show_source(None, coder=None, may_write=False)

    def stand_beside(self, beside: bool) -> None:  # noqa: FBT001 - as a switch of Qt's
        """Make room for another text, or take it again."""
        self._beside = beside
        self._offer()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._offer()

    def _offer(self) -> None:
        """Where there is little room, what has keys and is found by name is not offered here too."""
        buttons = (self.codings, self.more, self.here, self.done)
        needed = self.title.minimumSizeHint().width() + sum(button.sizeHint().width() + 6 for button in buttons)
        fits = needed + 48 <= self.width()
        for button in (self.more, self.here, self.done):
            button.setVisible(fits and not self._beside and not self.codings.isHidden())

    def show_source(self, source: SourceToRead | None, *, coder: str | None, may_write: bool) -> None:
        """Show the head of a source as a coder has read it, or that none is open."""
        self.codings.setVisible(source is not None)
        self._offer()
        for button in (self.here, self.done):
            button.setEnabled(may_write)
        self.state.setVisible(source is not None)
        self.lost.setVisible(source is not None and source.gone > 0)
        if source is None:
            self.title.setText(self.tr("No source is open"))
            self.who.setText(self.tr("Choose one under Occasions at the left, by a click or with Enter."))
            self.about.hide()
            return
        self.title.setText(source.source.title)
        self.who.setText(" · ".join(self._who(source)))
        self.about.setText(" · ".join(self._about(source)))
        self.about.setVisible(bool(self.about.text()))
        self.lost.setText(labels.without_words(source.gone))
        share = source.read_to / source.version.length if source.version.length else 0.0
        words = labels.READING_STATES[source.state]
        if source.state is ReadingState.READ_TO_HERE:
            words = self.tr("read in part (%s %%)") % min(round(share * 100), 99)
        self.state.setText(self.tr("%s: %s") % (coder, words) if coder else words)

    def _who(self, source: SourceToRead) -> list[str]:
        parts = []
        if source.observers:
            standing = labels.standing(source.standing)
            written = ", ".join(source.observers) + (f" ({standing})" if standing else "")
            parts.append(self.tr("Written by %s") % written)
        parts.append(labels.KINDS[source.source.kind])
        if source.note:
            parts.append(self.tr("written up in “%s”") % source.note)
        parts.append(labels.words(source.version.words))
        if source.source.written_at:
            parts.append(self.tr("written %s") % labels.moment(source.source.written_at))
        return parts

    def _about(self, source: SourceToRead) -> list[str]:
        parts = []
        for one in source.occasions:
            phase = labels.PHASES[Phase(one.phase)].lower() if one.phase else self.tr("about")
            session = f", {one.session}" if one.session else ""
            parts.append(f"{phase} {one.event}{session}")
        parts[:1] = [labels.capitalised(part) for part in parts[:1]]
        observed = labels.from_to(source.source.observed_from, source.source.observed_to)
        if observed:
            parts.append(self.tr("observed %s") % observed)
        parts += dict.fromkeys(labels.added(one) for one in source.additions)
        return parts
