"""The shape of every dialog that asks for the parts of a thing: named fields, a place for faults, nothing lost.

A fault is told inside the dialog, which stays as it was filled in; closing one that was filled in asks first.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QStringListModel, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLayout,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from polyvocal.domain.errors import UserError
from polyvocal.gui.bus import told
from polyvocal.gui.matching import match
from polyvocal.gui.parts import muted
from polyvocal.gui.sitting import Sitting
from polyvocal.store.file import ProjectFile

Command = Callable[[ProjectFile], Any]

TAB = Qt.FocusPolicy.TabFocus


class Form(QDialog):
    """Fields with labels, then the buttons. A subclass adds rows and says in `accept` what is to be done.

    Ctrl+Return accepts from everywhere.

    `finished_with` brings what came of it.
    """

    finished_with = Signal(object)

    def __init__(self, title: str, *, ok: str, intro: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(520)
        self._had_focus: QWidget | None = None
        self._was: list[str] = []
        self._opened = False
        self._watched: list[QWidget] = []
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 18, 20, 16)
        whole.setSpacing(12)
        if intro:
            whole.addWidget(muted(intro))
        self.form = QFormLayout()
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self.form.setHorizontalSpacing(14)
        self.form.setVerticalSpacing(9)
        whole.addLayout(self.around(self.form), 1)
        self.fault = QLabel()
        self.fault.setProperty("fault", True)
        self.fault.setWordWrap(True)
        self.fault.setTextFormat(Qt.TextFormat.PlainText)
        self.fault.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.fault.hide()
        whole.addWidget(self.fault)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.ok = self.buttons.addButton(ok, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        whole.addWidget(self.buttons)
        self.ok.setDefault(True)  # not before it is in the dialog, which else takes the first button for Return
        self.ok.setToolTip(self.tr("Ctrl+Return"))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):  # in a field of several lines Return alone makes a line
            QShortcut(QKeySequence(keys), self, self._on_accept_key)

    # --- building ------------------------------------------------------------------------------------------------

    def around(self, form: QFormLayout) -> QLayout:
        """What stands between the intro and the buttons: the fields, and what a subclass puts beside them."""
        return form

    def row(self, label: str, field: QWidget, hint: str = "") -> QWidget:
        """Add a field below a label; the hint is shown under it in small print, and spoken as its description."""
        field.setAccessibleName(label)
        name = QLabel(f"{label}:")
        name.setBuddy(field)
        if hint:
            field.setAccessibleDescription(hint)
            both = QWidget()
            column = QVBoxLayout(both)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(3)
            column.addWidget(field)
            column.addWidget(muted(hint))
            self.form.addRow(name, both)
        else:
            self.form.addRow(name, field)
        self._watched.append(field)
        if isinstance(field, QPlainTextEdit):
            field.setTabChangesFocus(True)
        return field

    def rule(self) -> None:
        """Add a line across, between groups of fields."""
        line = QFrame()
        line.setProperty("rule", True)
        self.form.addRow(line)

    # --- what happens --------------------------------------------------------------------------------------------

    def _on_accept_key(self) -> None:
        if self.ok.isVisible():  # as Return asks of it
            self.ok.click()

    def wait(self) -> None:
        """Take nothing more until it is known what came of it."""
        self.fault.hide()
        self._had_focus = self.focusWidget()
        self.setEnabled(False)

    def go_on(self) -> None:
        """Be filled in again, from where it was left."""
        self.setEnabled(True)
        if self._had_focus is not None:
            self._had_focus.setFocus()

    def _on_done(self, result: object) -> None:
        super().accept()
        self.finished_with.emit(result)

    def _on_failed(self, fault: Exception) -> None:
        self.go_on()
        self.tell(fault)

    def tell(self, fault: Exception) -> None:
        """Show what is wrong, at the foot of the fields."""
        words, report = told(fault)
        self.fault.setText(f"{words}\n\n{report}" if report else words)
        self.fault.show()
        self.fault.setAccessibleName(words)
        self.make_room()

    def make_room(self) -> None:
        """Be as high as all of it needs that cannot be scrolled; never less than the person made it."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        needed = layout.totalMinimumHeightForWidth(self.width())
        self.resize(self.width(), max(self.height(), needed, self.minimumSizeHint().height()))

    # --- nothing typed is lost by a slip -------------------------------------------------------------------------

    def showEvent(self, event: QEvent) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        if not self._opened:
            self._opened = True
            self._buttons_last()
            self._focus_first_field()
            self._heed_changes()
        if not self._was:
            self._was = self._typed()

    def _buttons_last(self) -> None:
        """Let Tab come to the buttons after the fields, which were made later."""
        last = self.previousInFocusChain()
        while (
            last is not None and last is not self and (self.buttons.isAncestorOf(last) or not last.focusPolicy() & TAB)
        ):
            last = last.previousInFocusChain()
        for button in sorted(self.buttons.buttons(), key=lambda one: one.x()):
            if last is not None and last is not self:
                self.setTabOrder(last, button)
            last = button

    def _focus_first_field(self) -> None:
        """Let typing go to the first field that takes it, unless a subclass chose where it goes."""
        chosen = self.focusWidget()
        if chosen not in (None, self) and not self.buttons.isAncestorOf(chosen):
            return
        for field in self._watched:
            target = field.focusProxy() or field
            if target.isEnabled() and target.isVisibleTo(self) and target.focusPolicy() & TAB:
                target.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _heed_changes(self) -> None:
        """Take a fault away as soon as anything is changed."""
        for box in self.findChildren(QComboBox):
            box.currentIndexChanged.connect(self._on_field_changed)
            box.editTextChanged.connect(self._on_field_changed)
        for line in self.findChildren(QLineEdit):
            if not isinstance(line.parent(), QComboBox):
                line.textChanged.connect(self._on_field_changed)
        for text in self.findChildren(QPlainTextEdit):
            text.textChanged.connect(self._on_field_changed)
        for button in self.findChildren(QAbstractButton):
            button.toggled.connect(self._on_field_changed)

    def _on_field_changed(self) -> None:
        self.fault.hide()

    def _typed(self) -> list[str]:
        return [value_of(one) for one in self._watched]

    @property
    def is_filled_in(self) -> bool:
        """Whether anything was typed or chosen since the dialog was opened."""
        return bool(self._was) and self._typed() != self._was

    def reject(self) -> None:
        """Close, after asking where something was filled in."""
        if not self.isEnabled():
            return
        if self.is_filled_in and not self._may_discard():
            return
        super().reject()

    def _may_discard(self) -> bool:
        answer = QMessageBox.question(
            self,
            self.windowTitle(),
            "Close without keeping what you filled in?",
            QMessageBox.StandardButton.Discard | QMessageBox.StandardButton.Cancel,
            QMessageBox.StandardButton.Cancel,
        )
        return answer == QMessageBox.StandardButton.Discard

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.reject()


class FormDialog(Form):
    """A form for one change of the project. A subclass says in `command` what that is.

    `finished_with` brings what the command gave, after it was committed and all views were told.
    """

    def __init__(
        self, sitting: Sitting, title: str, *, ok: str, intro: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(title, ok=ok, intro=intro, parent=parent)
        self.sitting = sitting
        if not sitting.bus.may_write:
            self.ok.setEnabled(False)
            self.ok.setToolTip(self.tr("The project is open for reading only."))

    def command(self) -> Command:
        """What is to be done, from the fields as they are. UserError for what cannot be: told in the dialog."""
        raise NotImplementedError  # pragma: no cover - each dialog says

    def accept(self) -> None:
        """Do it; the dialog closes when it is done, and stays, saying why, when it cannot be."""
        try:
            command = self.command()
        except UserError as fault:
            self.tell(fault)
            return
        self.wait()
        self.sitting.bus.act(command, done=self._on_done, failed=self._on_failed, owner=self)


# --- fields ------------------------------------------------------------------------------------------------------


def line(text: str | None = "", placeholder: str = "") -> QLineEdit:
    """A field of one line."""
    field = QLineEdit(text or "")
    field.setPlaceholderText(placeholder)
    return field


def lines(text: str | None = "", *, rows: int = 3, placeholder: str = "") -> QPlainTextEdit:
    """A field of several lines."""
    field = QPlainTextEdit(text or "")
    field.setPlaceholderText(placeholder)
    field.setFixedHeight(field.fontMetrics().lineSpacing() * rows + 16)
    return field


def fitting(typed: str, names: Iterable[str]) -> list[str]:
    """The names that answer to what was typed, the best first; those that answer alike as they were given."""
    found = [(score, name) for name in names if (score := match(typed, name)) is not None]
    return [name for _, name in sorted(found, key=lambda one: one[0])]


class _ReturnThrough(QObject):
    """Lets Return do what it does in the form, where nothing was chosen in the list below the field."""

    def __init__(self, completer: QCompleter, field: QLineEdit) -> None:
        super().__init__(completer)
        self._field = field

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(watched, QAbstractItemView)
            and isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not watched.currentIndex().isValid()
        ):
            watched.hide()
            QApplication.sendEvent(self._field, event)
            return True
        return super().eventFilter(watched, event)


def _let_return_through(completer: QCompleter, field: QLineEdit) -> None:
    popup = completer.popup()
    assert popup is not None
    popup.installEventFilter(_ReturnThrough(completer, field))


class NameBox(QComboBox):
    """A field for one name: those that are there can be chosen, another one typed. `name` is what it holds."""

    def __init__(self, names: Iterable[str], name: str | None = None, *, placeholder: str = "") -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMinimumContentsLength(18)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setEditText(name or "")
        self.offer(names)
        edit = self.lineEdit()
        assert edit is not None
        edit.setPlaceholderText(placeholder)
        self._fitting = QStringListModel(self)
        completer = QCompleter(self._fitting, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setCompleter(completer)
        edit.textEdited.connect(lambda typed: self._fitting.setStringList(fitting(typed, self.offered)))
        _let_return_through(completer, edit)

    @property
    def name(self) -> str:
        """The name as typed or chosen, without white space around it; empty where there is none."""
        return self.currentText().strip()

    @property
    def offered(self) -> tuple[str, ...]:
        """The names that can be chosen."""
        return tuple(self.itemText(row) for row in range(self.count()))

    def offer(self, names: Iterable[str]) -> None:
        """Offer other names; what was typed or chosen stays."""
        held = self.currentText()
        blocker = QSignalBlocker(self)
        self.clear()
        self.addItems(list(names))
        self.setCurrentIndex(-1)
        self.setEditText(held)
        blocker.unblock()


class NamesField(QLineEdit):
    """A field for several names, set apart by semicolons; completes the one that is being typed."""

    def __init__(self, names: Iterable[str], held: Sequence[str] = (), *, placeholder: str = "") -> None:
        super().__init__("; ".join(held))
        self.setPlaceholderText(placeholder or "names; set apart by semicolons")
        self._names = tuple(names)
        self._fitting = QStringListModel(self)
        self._completer = QCompleter(self._fitting, self)
        self._completer.setWidget(self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.activated.connect(self._put_in)
        _let_return_through(self._completer, self)
        self.textEdited.connect(self._on_edited)
        popup = self._completer.popup()
        assert popup is not None
        popup.installEventFilter(self)

    @property
    def names(self) -> tuple[str, ...]:
        """The names, each once."""
        return names_in(self.text())

    @property
    def offered(self) -> tuple[str, ...]:
        """The names that are completed to."""
        return self._names

    def offer(self, names: Iterable[str]) -> None:
        """Complete to other names."""
        self._names = tuple(names)

    def _bounds(self) -> tuple[int, int]:
        text, at = self.text(), self.cursorPosition()
        start = text.rfind(";", 0, at) + 1
        end = text.find(";", at)
        return start, len(text) if end < 0 else end

    def _on_edited(self, _text: str) -> None:
        start, end = self._bounds()
        typed = self.text()[start:end].strip()
        popup = self._completer.popup()
        assert popup is not None
        if not typed:
            popup.hide()
            return
        self._fitting.setStringList(fitting(typed, self._names))
        self._completer.complete()

    def _put_in(self, name: str) -> None:
        start, end = self._bounds()
        before = self.text()[:start]
        lead = f"{before} {name}" if before else name
        self.setText(lead + (self.text()[end:] or "; "))
        self.setCursorPosition(len(lead) + 2)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tab takes the first name of the list, as Enter does."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Tab:
            popup = self._completer.popup()
            assert popup is not None
            if popup.isVisible():
                self._put_in(self._fitting.index(max(popup.currentIndex().row(), 0), 0).data())
                popup.hide()
                return True
        return super().eventFilter(watched, event)


def names_in(text: str) -> tuple[str, ...]:
    """The names in a text in which semicolons set them apart, each once."""
    return tuple(dict.fromkeys(part.strip() for part in text.split(";") if part.strip()))


def choice(words: Iterable[tuple[str, str]], value: str | None = "") -> QComboBox:
    """A field for one of a few words: (value, how it is shown) each. `value_of` gives the value."""
    field = QComboBox()
    for word, shown in words:
        field.addItem(shown, word)
    field.setCurrentIndex(max(field.findData(value or ""), 0))
    return field


def value_of(field: QWidget) -> str:
    """What a field holds, as text."""
    if isinstance(field, QLineEdit):
        return field.text().strip()
    if isinstance(field, QPlainTextEdit):  # toPlainText() would make spaces of no-break spaces
        return field.document().toRawText().replace("\u2029", "\n")
    if isinstance(field, QComboBox):
        return field.currentText().strip() if field.isEditable() else str(field.currentData() or "")
    return ""


def optional(field: QWidget) -> str | None:
    """What a field holds; None where it is empty."""
    return value_of(field).strip() or None


def moment_of(field: QWidget) -> str | None:
    """A date or time as ISO 8601 has it: a space between day and time is taken for the T."""
    typed = optional(field)
    return re.sub(r"^(\d{4}-\d\d-\d\d) +(?=\d)", r"\1T", typed) if typed else None


MOMENT_HINT = "2024-05-14 or 2024-05-14 10:45, in the time zone of the event"
