"""Finding words in a text that is read or corrected, and in the latter putting others in their place."""

import re

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLabel, QLineEdit, QPushButton, QWidget

from polyvocal.domain.around import MARKS
from polyvocal.domain.editlog import Gesture
from polyvocal.domain.looked_for import pattern_for
from polyvocal.domain.spans import Span
from polyvocal.gui import labels
from polyvocal.gui.button import Button
from polyvocal.gui.parts import claims_escape, in_row
from polyvocal.gui.surface.editing import TextEditor, plain
from polyvocal.gui.surface.seen_text import SeenText


class FindBar(QFrame):
    """A line above the text: what is looked for."""

    left = Signal()
    """The person is done with it."""
    found = Signal(object)
    """The spans of what is looked for, in order; none once the bar is left."""

    def __init__(self, text: SeenText, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._text = text
        self.wanted, self.count = QLineEdit(), QLabel()
        self.case, self.whole = QCheckBox(self.tr("Match &case")), QCheckBox(self.tr("&Whole words"))
        self.next, self.previous = Button(self.tr("Next")), Button(self.tr("Previous"))
        self.close_button = Button(self.tr("Close"))
        self.count.setProperty("muted", True)
        self._hits: list[Span] = []
        self._from = 0
        """Where the text was when one began to type."""
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(18, 6, 14, 8)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._add_row(self.tr("Find"), self.wanted, self.previous, self.next, self.close_button)
        self._grid.addLayout(in_row(self.case, self.whole, (self.count, 1)), 1, 1, 1, 2)
        for sign in (self.wanted.textChanged, self.case.toggled, self.whole.toggled):
            sign.connect(self.look)
        self.wanted.textEdited.connect(lambda _typed: self._go_while_typing())
        text.text_changed.connect(self.look)
        self.next.clicked.connect(lambda _checked=False: self.go(forward=True))
        self.previous.clicked.connect(lambda _checked=False: self.go(forward=False))
        self.close_button.clicked.connect(lambda _checked=False: self.close_bar())
        self.hide()

    def _add_row(self, name: str, field: QLineEdit, *parts: QWidget) -> None:
        label, row = QLabel(name), self._grid.rowCount() if self._grid.count() else 0
        label.setBuddy(field)
        field.setAccessibleName(name)
        field.setMinimumWidth(field.fontMetrics().horizontalAdvance("m") * 6)
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(field, row, 1)
        self._grid.addLayout(in_row(*parts), row, 2)

    @property
    def acting(self) -> tuple[QPushButton, ...]:
        """The buttons for which there has to be something that was found."""
        return (self.next, self.previous)

    def open(self) -> None:
        """Show the bar with the cursor in it; what is selected in the text is looked for."""
        span = self._text.selection
        words = self._text.text[span.start : span.end]
        if words and "\n" not in words and len(words) < 200:
            self.wanted.setText(words)
        self._from = span.start
        self.show()
        self.look()
        self.wanted.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.wanted.selectAll()

    def close_bar(self) -> None:
        """Leave the bar: nothing is looked for any more."""
        self.hide()
        self._hits = []
        self.found.emit([])
        self.left.emit()

    # --- finding -------------------------------------------------------------------------------------------------

    @property
    def hits(self) -> list[Span]:
        """Where the words are that are looked for, in order."""
        return self._hits

    def look(self) -> None:
        """Look again, while the bar is seen."""
        if self.isHidden():
            return
        self._hits = self._looked_for()
        for button in self.acting:
            button.setEnabled(bool(self._hits))
        self.tell()
        self.found.emit(self._hits)

    def _looked_for(self) -> list[Span]:
        words = self.wanted.text()
        if not words:
            return []
        pattern = pattern_for(words)
        if self.whole.isChecked():
            pattern = rf"(?<![\w{MARKS}]){pattern}(?!\w)"
        flags = re.NOFLAG if self.case.isChecked() else re.IGNORECASE
        return [Span(*match.span()) for match in re.finditer(pattern, self._text.text, flags)]

    def tell(self) -> None:
        """Tell how many there are, and which of them is selected."""
        hits, selected = self._hits, self._text.selection
        if not self.wanted.text():
            told = ""
        elif not hits:
            told = self.tr("not found")
        elif selected in hits:
            told = self.tr("%s of %s") % (labels.number(hits.index(selected) + 1), labels.number(len(hits)))
        else:
            told = self.tr("%s found") % labels.number(len(hits))
        self.count.setText(told)

    def go(self, *, forward: bool) -> None:
        """Select the next hit, or the one before; past the last comes the first. Where the bar is shut, open it."""
        if self.isHidden():
            self.open()
        hits, here = self._hits, self._text.selection
        if not hits:
            return
        if forward:
            found = next((one for one in hits if one.start >= here.end), hits[0])
        else:
            found = next((one for one in reversed(hits) if one.end <= here.start), hits[-1])
        self._text.select(found)
        self.tell()

    def _go_while_typing(self) -> None:
        """Select the first hit from where one began on."""
        self.look()
        if self._hits:
            self._text.select(next((one for one in self._hits if one.start >= self._from), self._hits[0]))
            self.tell()

    def event(self, event: QEvent) -> bool:
        """Esc is the bar's while the keys are in it, whatever it means in the text."""
        return claims_escape(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go(forward=not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        else:
            super().keyPressEvent(event)


class ReplaceBar(FindBar):
    """Two lines above the text that is corrected: what is looked for, and what is put in its place."""

    def __init__(self, editor: TextEditor, parent: QWidget | None = None) -> None:
        self.other = QLineEdit()
        self.one, self.all = Button(self.tr("Replace")), Button(self.tr("Replace all"))
        super().__init__(editor, parent)
        self._editor = editor
        self._add_row(self.tr("Replace by"), self.other, self.one, self.all)
        self.one.clicked.connect(lambda _checked=False: self.replace_one())
        self.all.clicked.connect(lambda _checked=False: self.replace_all())

    @property
    def acting(self) -> tuple[QPushButton, ...]:
        return (*super().acting, self.one, self.all)

    def replace_one(self) -> None:
        """Replace the hit that is selected, and go on to the next; where none is, only go there."""
        selected = self._editor.selection
        if selected in self.hits:
            self._editor.log.end_run()
            self._editor.replace(Gesture.REPLACED, selected, plain(self.other.text()))
            self._editor.log.end_run()
        self.go(forward=True)

    def replace_all(self) -> None:
        """Replace every hit, as one step that can be undone."""
        words = plain(self.other.text())
        changed = self._editor.replace_all((one.start, one.end, words) for one in self.hits)
        self.count.setText(self.tr("%s replaced") % labels.number(changed))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.other.hasFocus():
            self.replace_one()
        else:
            super().keyPressEvent(event)
