"""The memos about a code, in the Codebook view."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPlainTextEdit, QSplitter, QWidget

from polyvocal.domain.records import Memo, Person
from polyvocal.gui import labels
from polyvocal.gui.button import Button
from polyvocal.gui.dialogs.memo import MemoDialog
from polyvocal.gui.parts import in_column, in_row, muted
from polyvocal.gui.sitting import Me, Sitting
from polyvocal.gui.views.delegate import SUBTITLE, RowDelegate
from polyvocal.services.commands.removal import remove
from polyvocal.store.view import View


class CodeMemosPane(QWidget):
    """The list at the left, the chosen memo at the right. F2 edits it, Delete removes it."""

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._sitting = sitting
        self._code: int | None = None
        self._memos: list[tuple[Memo, str | None]] = []
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Memos about the code"))
        self.list.setItemDelegate(RowDelegate(self.list))
        self.list.currentRowChanged.connect(lambda _row: self._on_chosen())
        self.list.itemActivated.connect(lambda _item: self.change())
        self.told = muted()
        self.words = QPlainTextEdit()
        self.words.setReadOnly(True)
        self.words.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.words.setAccessibleName(self.tr("The chosen memo"))
        self.new, self.edit, self.delete = (
            Button(self.tr("New memo…")),
            Button(self.tr("Edit…")),
            Button(self.tr("Remove")),
        )
        for button, slot in ((self.new, self.write), (self.edit, self.change), (self.delete, self.remove)):
            button.clicked.connect(slot)
        right = QWidget()
        right.setLayout(in_column(in_row(self.new, self.edit, self.delete, None), self.told, (self.words, 1)))
        right.layout().setContentsMargins(10, 0, 0, 0)  # type: ignore[union-attr]
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(right)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        column = in_column((split, 1))
        column.setContentsMargins(10, 8, 10, 8)
        self.setLayout(column)
        self.setFocusProxy(self.list)

    def show_code(self, code: int | None) -> None:
        """Show the memos about a code."""
        self._code = code
        self.refresh()

    def refresh(self) -> None:
        """Read them anew."""
        code = self._code
        if code is None:
            self._show([])
        else:
            self._sitting.bus.ask(self, lambda view: _memos_about(view, code), self._show, about="memos")

    def _show(self, memos: list[tuple[Memo, str | None]]) -> None:
        row = max(self.list.currentRow(), 0)
        self._memos = memos
        blocked = self.list.blockSignals(True)
        self.list.clear()
        for memo, author in memos:
            item = QListWidgetItem(" ".join((memo.title or memo.text).split())[:200])
            item.setData(SUBTITLE, " · ".join((author or self.tr("somebody"), labels.noted_at(memo.created_at))))
            self.list.addItem(item)
        self.list.blockSignals(blocked)
        self.list.setCurrentRow(min(row, len(memos) - 1))
        self._on_chosen()

    @property
    def current(self) -> Memo | None:
        """The chosen memo."""
        row = self.list.currentRow()
        return self._memos[row][0] if 0 <= row < len(self._memos) else None

    def _on_chosen(self) -> None:
        memo, may = self.current, self._sitting.bus.may_write
        self.new.setEnabled(may and self._code is not None)
        self.edit.setEnabled(may and memo is not None)
        self.delete.setEnabled(may and memo is not None)
        self.words.setPlainText(memo.text if memo else "")
        if memo is not None:
            self.told.setText(labels.MEMO_KINDS[memo.kind])
        else:
            self.told.setText(self.tr("No memo is about this code yet.") if self._code is not None else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.change()
        elif event.key() == Qt.Key.Key_Delete:
            self.remove()
        else:
            super().keyPressEvent(event)

    # --- what can be done ----------------------------------------------------------------------------------------

    def write(self) -> None:
        """Write a memo about the code."""
        about = ("code", str(self._code))

        def go_on(me: Me) -> None:
            MemoDialog(self._sitting, author=str(me.id), about=about, parent=self).open()

        if self._code is not None and self._sitting.bus.may_write:
            self._sitting.with_coder(go_on)

    def change(self) -> None:
        """Edit the chosen memo."""
        memo = self.current
        if memo is not None and self._sitting.bus.may_write:
            self._sitting.with_coder(lambda _me: MemoDialog(self._sitting, memo=memo, parent=self).open())

    def remove(self) -> None:
        """Remove the chosen memo; it can be undone."""
        if self.current is not None:
            self._sitting.act(partial(remove, kind_word="memo", reference=str(self.current.id)))


def _memos_about(view: View, code: int) -> list[tuple[Memo, str | None]]:
    """The memos about a code with who wrote them, newest first."""
    people: dict[int, str] = {one.id: one.name for one in view.all(Person)}
    memos = sorted(view.find(Memo, about=code), key=lambda memo: (memo.created_at, memo.id), reverse=True)
    return [(memo, people.get(memo.author) if memo.author is not None else None) for memo in memos]
