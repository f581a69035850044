"""The fields of a code, edited in place: each is saved as soon as it is left."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QLabel, QLineEdit, QPlainTextEdit, QWidget

from polyvocal.domain.codetree import PATH_MARK
from polyvocal.domain.text import shown
from polyvocal.gui import labels
from polyvocal.gui.bus import told
from polyvocal.gui.button import Button
from polyvocal.gui.dialogs.colour import ColourField
from polyvocal.gui.dialogs.form import choice, line, lines, value_of
from polyvocal.gui.parts import in_column, in_row
from polyvocal.gui.sitting import Sitting
from polyvocal.services.commands.code_changes import bring_back_code, change_code, explain_change
from polyvocal.services.queries.rows import CodeRow

Field = QLineEdit | QPlainTextEdit
F = TypeVar("F", QLineEdit, QPlainTextEdit)


class _ParentBox(QComboBox):
    """The code above. All that it may be is listed once somebody turns to it, and not for each code that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self._offered: Callable[[], Iterable[tuple[str, str]]] = tuple
        self._filled = False
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def show_parent(self, value: str, name: str, offered: Callable[[], Iterable[tuple[str, str]]]) -> None:
        """Show what is chosen; `offered` gives all that can be, as (value, how it is shown)."""
        self._offered, self._filled = offered, False
        self.clear()
        self.addItem(name, value)
        if self.hasFocus():
            self.fill()

    def fill(self) -> None:
        """List all that can be chosen."""
        if not self._filled:
            self._filled = True
            value = value_of(self)
            self.clear()
            for one, name in self._offered():
                self.addItem(name, one)
            _choose(self, value)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.fill()
        super().focusInEvent(event)

    def showPopup(self) -> None:
        self.fill()
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.fill()
        super().wheelEvent(event)


class CodeFields(QWidget):
    """What a code is and means. Nothing typed is lost: a field that is left, hidden or done with Enter is saved."""

    saved = Signal()
    """A field of the code was changed, or why it was."""

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._sitting = sitting
        self.code: CodeRow | None = None
        self.form = QFormLayout()
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.form.setHorizontalSpacing(12)
        self.form.setVerticalSpacing(7)
        self._texts: dict[str, Field] = {}
        self.name = self._text("name", self.tr("Name"), line())
        self.parent_code = _ParentBox()
        self.kind = choice((str(kind), name) for kind, name in labels.CODE_KINDS.items())
        self.parent_code.activated.connect(lambda _at: self._set("parent", value_of(self.parent_code)))
        self.kind.activated.connect(lambda _at: self._set("kind", value_of(self.kind)))
        kind = self._label(self.tr("Kind"), self.kind)
        below = self._label(self.tr("Below"), self.parent_code)
        self.form.addRow(below, in_row((self.parent_code, 1), kind, self.kind, spacing=12))
        self.colour = ColourField("#808080")
        self.colour.chosen.connect(self._on_colour)
        self._row(self.tr("Colour"), self.colour)
        self.definition = self._text("definition", self.tr("Definition"), lines())
        self.use_when = self._text("use_when", self.tr("Use when"), lines())
        self.not_when = self._text("not_when", self.tr("Do not use when"), lines())
        self.example = self._text("example", self.tr("Example"), lines())
        self._fit_lines()
        self.why = line(placeholder=self.tr("Why was it changed last? Kept in its history"))
        self.why.editingFinished.connect(self._say_why)
        self._row(self.tr("Why"), self.why)
        self.fault = QLabel()
        self.fault.setProperty("fault", True)
        self.fault.setWordWrap(True)
        self.fault.setTextFormat(Qt.TextFormat.PlainText)
        self.fault.hide()
        self.notice, self.back = self._make_notice()
        column = in_column(self.notice, self.form, self.fault, None, spacing=8)
        column.setContentsMargins(14, 12, 14, 12)
        self.setLayout(column)
        self.show_code(None, [])

    def _make_notice(self) -> tuple[QFrame, Button]:
        notice, words, back = QFrame(), QLabel(), Button(self.tr("Take back into use"))
        notice.setProperty("notice", True)
        words.setText(self.tr("Retired: kept with all that was coded so, and offered no more."))
        words.setWordWrap(True)
        back.clicked.connect(lambda: self._act(bring_back_code))
        row = in_row((words, 1), back)
        row.setContentsMargins(12, 6, 8, 6)
        notice.setLayout(row)
        return notice, back

    def _row(self, label: str, field: QWidget) -> None:
        self.form.addRow(self._label(label, field), field)

    @staticmethod
    def _label(label: str, field: QWidget) -> QLabel:
        name = QLabel(label)
        name.setProperty("section", True)
        name.setBuddy(field)
        field.setAccessibleName(label)
        return name

    def _text(self, field: str, label: str, widget: F) -> F:
        if isinstance(widget, QPlainTextEdit):
            widget.setTabChangesFocus(True)
        else:
            widget.editingFinished.connect(partial(self._save, field))
        widget.installEventFilter(self)
        self._texts[field] = widget
        self._row(label, widget)
        return widget

    def _fit_lines(self) -> None:
        """Give each text the lines that it has room for, in the size that text has."""
        for field, widget in self._texts.items():
            if isinstance(widget, QPlainTextEdit):
                rows = 3 if field == "definition" else 2
                widget.setFixedHeight(self.fontMetrics().lineSpacing() * rows + 16)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit_lines()

    # --- what is shown -------------------------------------------------------------------------------------------

    def show_code(self, code: CodeRow | None, codes: list[CodeRow]) -> None:
        """Show a code, after saving what was typed of the one before; what is being typed of the same one stays."""
        before = self.code
        same = code is not None and before is not None and code.id == before.id
        if not same:
            self.save()
            self.fault.hide()
        typed = {field for field in self._texts if same and self._differs(field)}
        self.code = code
        for field, widget in self._texts.items():
            if field not in typed:
                self._put(widget, self._stored(field))
        self._show_choices(code, codes)
        may = self._sitting.bus.may_write and code is not None
        for widget in self._texts.values():
            widget.setReadOnly(not may)
        self.why.setReadOnly(not may)
        self.setEnabled(code is not None)
        for chosen in (self.parent_code, self.kind, self.colour, self.back):
            chosen.setEnabled(may)
        self.notice.setVisible(code is not None and code.retired)

    def _show_choices(self, code: CodeRow | None, codes: list[CodeRow]) -> None:
        top = ("", self.tr("(at the top)"))

        def offered() -> Iterator[tuple[str, str]]:
            yield top
            for one in codes:
                if code is not None and one.id != code.id and not one.path.startswith(code.path + PATH_MARK):
                    yield str(one.id), "    " * one.depth + one.name

        above = next(((str(one.id), one.name) for one in codes if code is not None and one.id == code.parent), top)
        self.parent_code.show_parent(*above, offered)
        if code is not None:
            _choose(self.kind, code.kind)
            if not self.colour.line.hasFocus():
                self.colour.line.setText(code.colour)

    @staticmethod
    def _put(widget: Field, text: str) -> None:
        if isinstance(widget, QLineEdit):
            if widget.text() != text:
                widget.setText(text)
        elif value_of(widget) != text:
            widget.setPlainText(text)

    def _stored(self, field: str) -> str:
        return str(getattr(self.code, field) or "") if self.code is not None else ""

    def _differs(self, field: str) -> bool:
        return value_of(self._texts[field]).strip() != self._stored(field).strip()

    # --- saving --------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field is saved when it is left; Escape takes back what was typed since."""
        if event.type() is QEvent.Type.FocusOut:
            self.save()
        elif isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            for field, widget in self._texts.items():
                self._put(widget, self._stored(field))
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.save()

    def save(self) -> None:
        """Save all that was typed and is not saved yet."""
        changed = {field: value_of(self._texts[field]) for field in self._texts if self._differs(field)}
        if changed:
            self._change(changed)
        self._say_why()

    def _save(self, field: str) -> None:
        if self._differs(field):
            self._change({field: value_of(self._texts[field])})

    def _set(self, field: str, value: str) -> None:
        if self.code is not None and value != (str(getattr(self.code, field) or "")):
            self._change({field: value})

    def _on_colour(self, colour: str) -> None:
        if self.code is not None and colour.casefold() != self.code.colour:
            self._change({"colour": colour})

    def _change(self, fields: Mapping[str, str]) -> None:
        """Change fields; what is shown counts as saved from now on, so that it is not saved twice."""
        code = self.code
        if code is None or not self._sitting.bus.may_write:
            return
        identity = str(code.id)
        said: dict[str, Any] = {name: text or None for name, text in fields.items() if name in self._texts}
        self.code = code._replace(**{**said, "name": said.get("name") or code.name})
        self._sitting.save_typed(
            lambda: self._sitting.bus.act(
                lambda file: change_code(file, identity, fields),
                done=lambda _changes: self._on_saved(),
                failed=partial(self._on_refused, code),
                owner=self,
            )
        )

    def _say_why(self) -> None:
        reason = self.why.text().strip()
        if reason and self.code is not None:
            self.why.clear()
            self._act(lambda file, identity: explain_change(file, identity, reason))

    def _act(self, command: Callable[..., object]) -> None:
        if self.code is not None:
            identity = str(self.code.id)
            self._sitting.save_typed(
                lambda: self._sitting.bus.act(
                    lambda file: command(file, identity), done=lambda _changes: self._on_saved(), owner=self
                )
            )

    def _on_saved(self) -> None:
        self.fault.hide()
        self.saved.emit()

    def _on_refused(self, code: CodeRow, fault: Exception) -> None:
        """Say what is wrong, and show the code as it still is; of another one that is shown by now, in a box."""
        if self.code is None or self.code.id != code.id:
            self._sitting.bus.failed.emit(fault)
            return
        self.code = code
        words, _ = told(fault)
        self.fault.setText(self.tr("%s was not changed. %s") % (shown(code.name), words))
        self.fault.setAccessibleName(self.fault.text())
        self.fault.show()
        for field, widget in self._texts.items():
            self._put(widget, self._stored(field))
        _choose(self.parent_code, str(code.parent) if code.parent is not None else "")
        _choose(self.kind, code.kind)
        self.colour.line.setText(code.colour)


def _choose(field: QComboBox, value: str) -> None:
    field.setCurrentIndex(max(field.findData(value), 0))
