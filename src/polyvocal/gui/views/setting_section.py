"""The shape of every section of the Setting view: a head that says what it is for, what it shows, its first step."""

from typing import NamedTuple

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from polyvocal.domain.changes import ChangeSet
from polyvocal.gui.sitting import Sitting

ADD_KEYS = (QKeySequence(Qt.Key.Key_Insert), QKeySequence("Ctrl+N"))


class Door(NamedTuple):
    """Where a person wants to go within the Setting view: a section, and in it a thing, or the form for a new one."""

    section: str
    thing: int | None = None
    new: bool = False


def holds_focus(widget: QWidget) -> bool:
    """Whether the keys go to a widget or to what is in it."""
    focus = QApplication.focusWidget()
    return focus is not None and (focus is widget or widget.isAncestorOf(focus))


class EmptyState(QFrame):
    """What stands in place of a list that is empty: what it is for, and the first step."""

    def __init__(self, title: str, words: str, step: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.words, self.step = QLabel(title), QLabel(words), QPushButton(step)
        self.title.setProperty("heading", True)
        self.words.setProperty("muted", True)
        for label in (self.title, self.words):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.setAccessibleName(f"{title} {words}")
        width = self.fontMetrics().averageCharWidth() * 64
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(12)
        column.addStretch(2)
        for label in (self.title, self.words):
            label.setMaximumWidth(width)
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(label, 100)
            row.addStretch(1)
            column.addLayout(row)
        column.addWidget(self.step, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def say(self, title: str, words: str, step: str) -> None:
        """Say something else; no step, no button."""
        self.title.setText(title)
        self.words.setText(words)
        self.step.setText(step)
        self.step.setVisible(bool(step))
        self.setAccessibleName(f"{title} {words}")


class Section(QWidget):
    """A section: it reads what it shows when it is first seen, and again when that has changed and it is seen."""

    door_opened = Signal(object)
    """A Door: to another section, or to a thing there."""
    passages_wanted = Signal(object)
    """A PassagesMeant: the coded passages behind a number."""
    exported = Signal(object)
    """The path of a file that was written."""
    loaded = Signal()

    concerned: frozenset[str] = frozenset()
    """The kinds of record of which a change may change what is shown."""

    def __init__(self, sitting: Sitting, title: str, purpose: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sitting = sitting
        self._stale = True
        self.title, self.purpose = QLabel(title), QLabel(purpose)
        self.title.setProperty("heading", True)
        self.purpose.setProperty("muted", True)
        self.purpose.setWordWrap(True)
        self.head = QVBoxLayout()
        self.head.setSpacing(4)
        self.head.addWidget(self.title)
        self.head.addWidget(self.purpose)
        self.pages = QStackedLayout()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.setSpacing(12)
        whole.addLayout(self.head)
        whole.addLayout(self.pages, 1)
        sitting.bus.changed.connect(self._on_changed)

    def refresh(self) -> None:
        """Read anew what is shown."""
        raise NotImplementedError  # pragma: no cover - each section says

    def main_part(self) -> QWidget:
        """Where the keys go when the section is come to. No focus proxy: Tab would jump over what stands before it."""
        raise NotImplementedError  # pragma: no cover - each section says

    def focus_first(self) -> None:
        """Let the keys go to what matters most in the section."""
        self.main_part().setFocus(Qt.FocusReason.OtherFocusReason)

    def add(self) -> None:
        """Open the form for something new."""

    def point_to(self, thing: int) -> None:
        """Point to a thing, as soon as it is shown."""

    def _on_changed(self, changes: ChangeSet) -> None:
        if self.concerned & changes.kinds.keys():
            self._stale = True
            self._refresh_if_seen()

    def _refresh_if_seen(self) -> None:
        if self._stale and self.isVisible():
            self._stale = False
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh_if_seen()

    def guard(self, button: QPushButton, tip: str, *, possible: bool = True, why_not: str = "") -> None:
        """Let a button be pressed where that changes something and may; its tooltip says what it does, or why not."""
        may_write = self.sitting.bus.may_write
        button.setEnabled(may_write and possible)
        refused = "" if possible else why_not
        if not may_write:
            refused = self.tr("The project is open for reading only.")
        button.setToolTip(refused or tip)
        button.setAccessibleDescription(refused or tip)

    # --- keys ----------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Take the keys that add something before a shortcut of the window does."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride and _adds(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _adds(event):
            if self.sitting.bus.may_write:
                self.add()
        else:
            super().keyPressEvent(event)


def _adds(event: QKeyEvent) -> bool:
    return QKeySequence(event.keyCombination()) in ADD_KEYS
