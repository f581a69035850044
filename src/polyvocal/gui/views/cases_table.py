"""The sheet on the screen: typing begins to edit, Delete clears, and each type has an editor of its own."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QValidator
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QCompleter,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from polyvocal.domain.attributes import NO, YES, canonical_value, title_of
from polyvocal.domain.errors import UserError
from polyvocal.domain.records import Attribute
from polyvocal.domain.words import AttributeType
from polyvocal.gui.views.cases_model import CasesModel, Index

_EXAMPLES = {AttributeType.NUMBER: "1250 or 2.5", AttributeType.DATE: "2024-05-14"}


def why_not(kind: AttributeType, text: str) -> str:
    """Why a text is no value of a type; nothing where it is one, or empty."""
    if not text.strip():
        return ""
    try:
        canonical_value(kind, text)
    except UserError as fault:
        return str(fault)
    return ""


class ValueValidator(QValidator):
    """Takes what is a value of a type, or nothing; what is on the way to one may be typed."""

    def __init__(self, kind: AttributeType, parent: QObject) -> None:
        super().__init__(parent)
        self._kind = kind

    def validate(self, text: str, at: int) -> tuple[QValidator.State, str, int]:
        fits = not why_not(self._kind, text)
        return (QValidator.State.Acceptable if fits else QValidator.State.Intermediate), text, at


def editor_for(attribute: Attribute, offered: list[str], parent: QWidget | None = None) -> QLineEdit | QComboBox:
    """A field for a value of an attribute: a choice for yes or no, else a line, which completes known values."""
    if attribute.type is AttributeType.YES_NO:
        box = QComboBox(parent)
        box.addItems(["", YES, NO])
        box.setAccessibleName(title_of(attribute))
        return box
    line = QLineEdit(parent)
    line.setAccessibleName(title_of(attribute))
    line.setValidator(ValueValidator(attribute.type, line))
    line.setPlaceholderText(_EXAMPLES.get(attribute.type, ""))
    if attribute.type is AttributeType.NUMBER:
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
    if attribute.type is AttributeType.TEXT and offered:
        completer = QCompleter(offered, line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        line.setCompleter(completer)
    return line


class ValueDelegate(QStyledItemDelegate):
    """Edits values. What does not fit is told while it is typed, and is not taken; it stays until it is mended."""

    told = Signal(str)
    """Why what is typed is no value; nothing where it is."""

    def __init__(self, model: CasesModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        attribute = self._model.attributes[index.column()]
        editor = editor_for(attribute, self._model.offered(attribute), parent)
        if isinstance(editor, QComboBox):
            editor.activated.connect(lambda _at: self._take(editor))
        else:
            editor.textChanged.connect(lambda text: self.told.emit(why_not(attribute.type, text)))
        return editor

    def _take(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        value = str(index.data(Qt.ItemDataRole.EditRole))
        if isinstance(editor, QComboBox):
            editor.setCurrentText(value)
        elif isinstance(editor, QLineEdit):
            editor.setText(value)

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        del model
        value = editor.currentText() if isinstance(editor, QComboBox) else getattr(editor, "text", str)()
        self._model.setData(index, value)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Let nothing that was typed go unseen: what does not fit is told also when the keys go elsewhere."""
        if event.type() is QEvent.Type.FocusOut and isinstance(editor, QLineEdit) and not editor.hasAcceptableInput():
            self.told.emit(self.tr("“%s” was not taken: it does not fit.") % editor.text()[:40])
            taken = super().eventFilter(editor, event)
            self.told.emit(self.tr("“%s” was not taken: it does not fit.") % editor.text()[:40])
            return taken
        return super().eventFilter(editor, event)


class CasesTable(QTableView):
    """Delete clears; Y and N answer yes or no; Enter and typing edit."""

    clear_wanted = Signal()
    menu_wanted = Signal(object)

    def __init__(self, model: CasesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cases = model
        self.setModel(model)
        self.values = ValueDelegate(model, self)
        self.setItemDelegate(self.values)
        self.setAccessibleName(self.tr("Cases: a row each, with their attributes"))
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        names, heads = self.verticalHeader(), self.horizontalHeader()
        names.setTextElideMode(Qt.TextElideMode.ElideRight)
        names.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        names.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        names.setDefaultSectionSize(self.fontMetrics().height() + 12)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        heads.setSectionsClickable(True)
        heads.setTextElideMode(Qt.TextElideMode.ElideRight)
        heads.sectionClicked.connect(self._on_head_clicked)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu_requested)

    def fit(self) -> None:
        """Give the names and the columns the widths that their words ask for."""
        model, metrics = self._cases, self.fontMetrics()
        letter = metrics.averageCharWidth()
        names = (metrics.horizontalAdvance(case.name) for case in model.cases[:500])
        self.verticalHeader().setFixedWidth(min(max(max(names, default=0) + 24, letter * 14), letter * 36))
        for column in range(model.columnCount()):
            head = metrics.horizontalAdvance(str(model.headerData(column, Qt.Orientation.Horizontal))) + 40
            rows = range(min(model.rowCount(), 200))
            widest = max((metrics.horizontalAdvance(str(model.index(row, column).data())) for row in rows), default=0)
            self.setColumnWidth(column, min(max(head, widest + 24, letter * 12), letter * 40))

    def _on_head_clicked(self, column: int) -> None:
        """Sort by it; once more: the other way round; a third time: by names again."""
        by, order = self._cases.sorted_by
        if by != column:
            self._cases.sort(column)
        elif order is Qt.SortOrder.AscendingOrder:
            self._cases.sort(column, Qt.SortOrder.DescendingOrder)
        else:
            self._cases.sort(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() is not QAbstractItemView.State.EditingState and not (event.modifiers() & ~_HARMLESS):
            here = self.currentIndex()
            if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                self.clear_wanted.emit()
                return
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and here.isValid():
                self.edit(here)
                return
            answer = {"Y": YES, "N": NO}.get(event.text().upper())
            if answer and here.isValid() and self._answers_yes_or_no(here):
                if self._cases.may_write:
                    self._cases.setData(here, answer)
                return
        super().keyPressEvent(event)

    def _answers_yes_or_no(self, index: QModelIndex) -> bool:
        return self._cases.attributes[index.column()].type is AttributeType.YES_NO

    def keyboardSearch(self, _search: str) -> None:
        """Letters edit, and search nothing."""

    def _on_menu_requested(self, at: QPoint) -> None:
        self.menu_wanted.emit(self.viewport().mapToGlobal(at))


_HARMLESS = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
