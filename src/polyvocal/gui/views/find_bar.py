"""Finding words in the text that is corrected, and putting others in their place."""

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from polyvocal.domain.editlog import Gesture
from polyvocal.domain.spans import Span
from polyvocal.gui import labels
from polyvocal.gui.button import Button
from polyvocal.gui.surface.editing import TextEditor, plain


class FindBar(QFrame):
    """Two lines above the text: what is looked for, and what is put in its place."""

    left = Signal()
    """The person is done with it."""

    def __init__(self, editor: TextEditor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._editor = editor
        self.wanted, self.other, self.count = QLineEdit(), QLineEdit(), QLabel()
        self.case, self.whole = QCheckBox(self.tr("Match &case")), QCheckBox(self.tr("&Whole words"))
        self.next, self.previous = Button(self.tr("Next")), Button(self.tr("Previous"))
        self.one, self.all = Button(self.tr("Replace")), Button(self.tr("Replace all"))
        self.close_button = Button(self.tr("Close"))
        self.count.setProperty("muted", True)
        grid = QGridLayout(self)
        grid.setContentsMargins(18, 6, 14, 8)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        for row, (name, field, buttons) in enumerate(
            (
                (self.tr("Find"), self.wanted, (self.previous, self.next, self.case, self.whole, self.count)),
                (self.tr("Replace by"), self.other, (self.one, self.all)),
            )
        ):
            label = QLabel(name)
            label.setBuddy(field)
            field.setAccessibleName(name)
            beside = QHBoxLayout()
            beside.setSpacing(8)
            for button in buttons:
                beside.addWidget(button)
            beside.addStretch(1)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
            if button is self.all:
                beside.addWidget(self.close_button)
            grid.addLayout(beside, row, 2)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 3)
        for sign in (self.wanted.textChanged, self.case.toggled, self.whole.toggled, editor.edited):
            sign.connect(self.count_hits)
        self.next.clicked.connect(lambda _checked=False: self.go(forward=True))
        self.previous.clicked.connect(lambda _checked=False: self.go(forward=False))
        self.one.clicked.connect(lambda _checked=False: self.replace_one())
        self.all.clicked.connect(lambda _checked=False: self.replace_all())
        self.close_button.clicked.connect(lambda _checked=False: self.left.emit())
        self.hide()

    def open(self, field: QLineEdit) -> None:
        """Show the bar with the cursor in one of its fields; what is selected in the text is looked for."""
        span = self._editor.selection
        words = self._editor.log.text[span.start : span.end]
        if words and "\n" not in words and len(words) < 200:
            self.wanted.setText(words)
        self.show()
        self.count_hits()
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()

    # --- finding -------------------------------------------------------------------------------------------------

    def hits(self) -> list[Span]:
        """Where the words are that are looked for, in order."""
        words = self.wanted.text()
        if not words:
            return []
        pattern = re.escape(words)
        if self.whole.isChecked():
            pattern = rf"(?<!\w){pattern}(?!\w)"
        flags = re.NOFLAG if self.case.isChecked() else re.IGNORECASE
        return [Span(*match.span()) for match in re.finditer(pattern, self._editor.log.text, flags)]

    def count_hits(self) -> None:
        """Tell how many there are, while the bar is seen."""
        if self.isHidden():
            return
        hits = self.hits()
        for button in (self.next, self.previous, self.one, self.all):
            button.setEnabled(bool(hits))
        selected = self._editor.selection
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
        """Select the next hit, or the one before; past the last comes the first."""
        hits, here = self.hits(), self._editor.selection
        if not hits:
            return
        if forward:
            found = next((one for one in hits if one.start >= here.end), hits[0])
        else:
            found = next((one for one in reversed(hits) if one.end <= here.start), hits[-1])
        self._editor.select(found)
        self.count_hits()

    # --- replacing -----------------------------------------------------------------------------------------------

    def replace_one(self) -> None:
        """Replace the hit that is selected, and go on to the next; where none is, only go there."""
        selected = self._editor.selection
        if selected in self.hits():
            self._editor.log.end_run()
            self._editor.replace(Gesture.REPLACED, selected, plain(self.other.text()))
            self._editor.log.end_run()
        self.go(forward=True)

    def replace_all(self) -> None:
        """Replace every hit, as one step that can be undone."""
        words = plain(self.other.text())
        changed = self._editor.replace_all((one.start, one.end, words) for one in self.hits())
        self.count_hits()
        self.count.setText(self.tr("%s replaced") % labels.number(changed))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.other.hasFocus():
                self.replace_one()
            else:
                self.go(forward=not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        else:
            super().keyPressEvent(event)
