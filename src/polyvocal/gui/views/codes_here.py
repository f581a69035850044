"""What is coded at the cursor, as a list that can be read aloud, and the chosen coding, whole."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListView,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.ids import CodingId
from polyvocal.gui import labels
from polyvocal.gui.announcing import announce
from polyvocal.gui.button import Button
from polyvocal.gui.rows_layout import in_rows
from polyvocal.gui.settings import SPEAK
from polyvocal.gui.sitting import Me, Sitting
from polyvocal.gui.surface.index import Mark
from polyvocal.gui.surface.look import Looks
from polyvocal.gui.views.delegate import MARK, SUBTITLE, Chip, RowDelegate
from polyvocal.services.commands.removal import remove
from polyvocal.services.queries.reading import CodingDetails, coding_details

Index = QModelIndex | QPersistentModelIndex


class HereModel(QAbstractListModel):
    """The codings at a place."""

    def __init__(self, looks: Looks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self.marks: Sequence[Mark] = ()
        self._text = ""
        self._people: dict[int, str] = {}

    def show(self, marks: Sequence[Mark], text: str, people: dict[int, str]) -> None:
        """Show some codings of a text; `people` are names by id."""
        self.beginResetModel()
        self.marks, self._text, self._people = marks, text, people
        self.endResetModel()

    def rowCount(self, _parent: Index = QModelIndex()) -> int:
        return len(self.marks)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        mark = self.marks[index.row()]
        coder = self._people.get(mark.coder, "")
        words = " ".join(self._text[mark.start : mark.end].split())
        name = self._looks[mark.code].name
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        if role == SUBTITLE:
            return f"{coder} · {words}"
        if role == MARK:
            return Chip(self._looks.mark(mark.code))
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.tr("%s, coded by %s: %s") % (name, coder, words)
        return None


class CodesHere(QWidget):
    """The list at the left, the chosen coding at the right. Delete removes it, S adds a stance."""

    coding_chosen = Signal(object)
    """The id of the coding that was chosen in the list."""

    def __init__(self, sitting: Sitting, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._settings = sitting.settings
        self._said: tuple[str, ...] = ()
        self.model = HereModel(looks, self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(RowDelegate(self.list))
        self.list.setAccessibleName(self.tr("Codes here"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.clicked.connect(self._on_picked)
        self.list.activated.connect(self._on_picked)
        self.list.installEventFilter(self)
        self.none = QLabel()
        self.none.setProperty("muted", True)
        self.none.setWordWrap(True)
        self.none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.details = CodingCard(sitting)
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addWidget(self.none)
        left.addWidget(self.list, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 8, 10, 8)
        row.setSpacing(12)
        row.addLayout(left, 2)
        row.addWidget(self.details, 3)

    def show_marks(self, marks: Sequence[Mark], text: str, people: dict[int, str], chosen: int | None) -> None:
        """Show the codings at the cursor, with the chosen one pointed to."""
        if [(one.id, one.code) for one in marks] != [(one.id, one.code) for one in self.model.marks]:
            self.model.show(marks, text, people)
            self._say_codes()
        self.none.setVisible(not marks)
        self.list.setVisible(bool(marks))
        self.none.setText(
            self.tr("Nothing is coded at the cursor.\n\nSelect words, press Enter and type a code's name to code them.")
            if text
            else self.tr("Open a source to read and code it.")
        )
        for row, mark in enumerate(marks):
            if mark.id == chosen:
                self.list.setCurrentIndex(self.model.index(row, 0))
                return
        self.list.clearSelection()
        self.list.setCurrentIndex(QModelIndex())

    def _say_codes(self) -> None:
        """Whoever goes through the text by ear hears where other codes begin and end."""
        codes = tuple(dict.fromkeys(str(self.model.index(row, 0).data()) for row in range(self.model.rowCount())))
        before, self._said = self._said, codes
        if codes != before and self._settings[SPEAK]:
            announce(self.list, ", ".join(codes) or self.tr("no code"))

    def _on_picked(self, index: QModelIndex) -> None:
        self.coding_chosen.emit(self.model.marks[index.row()].id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down choose at once; Delete and S act on the chosen coding."""
        if watched is self.list and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Delete:
                self.details.remove_coding()
                return True
            if event.key() == Qt.Key.Key_S and not event.modifiers():
                self.details.add_stance()
                return True
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            row = self.list.currentIndex().row() + step if step else -1
            if 0 <= row < len(self.model.marks):
                self.coding_chosen.emit(self.model.marks[row].id)
                return True
        return super().eventFilter(watched, event)


class CodingCard(QScrollArea):
    """One coding: code, coder, when, whom it is about, with which stances; and what can be done with it."""

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sitting = sitting
        self._coding: CodingId | None = None
        self.shown: CodingDetails | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("The chosen coding"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget()
        body.setObjectName("panel")
        self.setWidget(body)
        self.title, self.about, self.concerns = QLabel(), QLabel(), QLabel()
        self.title.setProperty("heading", True)
        self.about.setProperty("muted", True)
        for label in (self.title, self.about, self.concerns):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.stances = QGridLayout()
        self.stances.setHorizontalSpacing(10)
        self.stances.setVerticalSpacing(2)
        self.stances.setColumnStretch(0, 1)
        self.add = Button(self.tr("Add a stance…"))
        self.whom = Button(self.tr("Concerns…"))
        self.note = Button(self.tr("Memo…"))
        self.delete = Button(self.tr("Remove"))
        self.add.clicked.connect(self.add_stance)
        self.whom.clicked.connect(self.change_concerns)
        self.note.clicked.connect(self.write_memo)
        self.delete.clicked.connect(self.remove_coding)
        self._acts = in_rows(self.add, self.whom, self.note, self.delete)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.title)
        column.addWidget(self.about)
        column.addWidget(self._acts)
        column.addWidget(self.concerns)
        column.addLayout(self.stances)
        column.addStretch(1)
        sitting.bus.changed.connect(self._on_changed)
        sitting.actions.follow(self, lambda: self._show(self.shown), "read.next", "read.previous")

    def show_coding(self, coding: CodingId | None) -> None:
        """Show a coding, or that none is chosen."""
        self._coding = coding
        if coding is None:
            self._show(None)
        else:
            self._sitting.bus.ask(self, lambda view: coding_details(view, coding), self._on_read, about="coding")

    def _on_read(self, details: CodingDetails | None) -> None:
        if details is None or details.coding.id == self._coding:
            self._show(details)

    def _show(self, details: CodingDetails | None) -> None:
        self.shown = details
        may = details is not None and self._sitting.bus.may_write
        self._acts.setVisible(details is not None)
        self._acts.setEnabled(may)
        while (item := self.stances.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if details is None:
            self.title.setText(self.tr("No coding chosen"))
            hint = self.tr("Click a coding in the text, or step through them with %s and %s.")
            self.about.setText(self._sitting.actions.with_keys(hint, "read.next", "read.previous"))
            self.concerns.hide()
            return
        self.title.setText(details.code.name)
        self.about.setText(self.tr("Coded by %s, %s") % (details.coder, labels.noted_at(details.coding.created_at)))
        self.concerns.setText(self.tr("Concerns: %s") % ", ".join(details.concerns))
        self.concerns.setVisible(bool(details.concerns))
        before: QWidget = self.delete
        for row, (identity, stance) in enumerate(details.stances):
            toward = self.tr(" toward %s") % stance.toward if stance.toward else ""
            words = QLabel(f"{stance.actor} {stance.stance} “{stance.term}”{toward}")
            words.setWordWrap(True)
            words.setTextFormat(Qt.TextFormat.PlainText)
            away = QToolButton()
            away.setText("×")
            away.setProperty("flat", True)
            away.setAccessibleName(self.tr("Remove the stance: %s") % words.text())
            away.setToolTip(self.tr("Remove this stance"))
            away.setEnabled(may)
            away.clicked.connect(lambda _checked=False, stance=identity: self._remove_stance(stance))
            self.stances.addWidget(words, row, 0)
            self.stances.addWidget(away, row, 1)
            QWidget.setTabOrder(before, away)
            before = away

    def _on_changed(self, changes: ChangeSet) -> None:
        if self._coding is not None and {"coding", "stance", "concern", "code", "term"} & changes.kinds.keys():
            self.show_coding(self._coding)

    # --- acts ----------------------------------------------------------------------------------------------------

    def add_stance(self) -> None:
        """Ask for a stance on the chosen coding."""
        from polyvocal.gui.dialogs.stance import StanceDialog, open_with_names

        coding = self._coding
        if coding is not None and self._sitting.bus.may_write:
            open_with_names(
                self._sitting,
                self,
                coding,
                lambda names: StanceDialog(self._sitting, [coding], names, parent=self.window()),
            )

    def change_concerns(self) -> None:
        """Ask whom the chosen coding is about."""
        from polyvocal.gui.dialogs.stance import ConcernsDialog, open_with_names

        details = self.shown
        if details is not None and self._sitting.bus.may_write:
            coding, concerns = details.coding.id, details.concerns
            open_with_names(
                self._sitting,
                self,
                coding,
                lambda names: ConcernsDialog(self._sitting, coding, concerns, names.parties, parent=self.window()),
            )

    def write_memo(self) -> None:
        """Write a memo about the chosen coding."""
        from polyvocal.gui.dialogs.memo import MemoDialog

        coding = self._coding
        if coding is not None and self._sitting.bus.may_write:
            about = ("coding", str(coding))
            self._sitting.with_coder(
                lambda me: MemoDialog(self._sitting, author=str(me.id), about=about, parent=self.window()).open()
            )

    def remove_coding(self) -> None:
        """Remove the chosen coding, with its stances and concerns."""

        def go_on(_me: Me) -> None:
            coding, self._coding = self._coding, None  # pressed twice, it is still one act
            if coding is not None:
                self._sitting.bus.act(lambda file: remove(file, "coding", str(coding)))

        self._sitting.with_coder(go_on)

    def _remove_stance(self, stance: int) -> None:
        self._sitting.act(lambda file: remove(file, "stance", str(stance)))
