"""A field in which keys are pressed instead of typed: it takes the first that can mean an action."""

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

_ALONE = {
    Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta, Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock, Qt.Key.Key_unknown, Qt.Key(0),
}  # fmt: skip
_LISTS = {
    Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left,
    Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Backspace,
}  # fmt: skip
"""What lists and texts need for themselves."""
KEPT = ("Ctrl+C", "Ctrl+X", "Ctrl+V", "Ctrl+A", "Ctrl+Left", "Ctrl+Right", "Ctrl+Shift+Left", "Ctrl+Shift+Right")
"""What every field and text understands."""


class KeyField(QLineEdit):
    """Waits for keys. Esc, Tab or a click elsewhere leave it."""

    pressed = Signal(str)
    """Keys that can mean an action, as `QKeySequence` writes them everywhere."""
    refused = Signal(str)
    """Why what was pressed cannot mean one."""
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setPlaceholderText(self.tr("Press the keys; Esc leaves"))
        self.setAccessibleName(self.tr("Press the new keys"))

    def event(self, event: QEvent) -> bool:
        """No key means anything else meanwhile."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _ALONE:
            return
        if key is Qt.Key.Key_Escape and held == Qt.KeyboardModifier.NoModifier:
            self.left.emit()
            return
        keys = QKeySequence(QKeyCombination(held, key)).toString()
        why = self._why_not(key, held, keys)
        if why:
            self.refused.emit(why)
        else:
            self.pressed.emit(keys)

    def _why_not(self, key: Qt.Key, held: Qt.KeyboardModifier, keys: str) -> str:
        if held & ~Qt.KeyboardModifier.ShiftModifier == Qt.KeyboardModifier.NoModifier:
            if key in _LISTS:
                return self.tr("%s is needed in lists and texts. Hold Ctrl or Alt with it.") % keys
            if key < Qt.Key.Key_Escape:  # below are the characters
                return self.tr("%s is for typing. Hold Ctrl or Alt with it, or take a key such as F7.") % keys
        return self.tr("%s means the same in every text. Take other keys.") % keys if keys in KEPT else ""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()
