"""The memos about the text that is read: of the whole, of its passages, and what was a comment in its file."""

from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListView, QPlainTextEdit, QVBoxLayout, QWidget

from polyvocal.domain.changes import ChangeSet
from polyvocal.gui import labels
from polyvocal.gui.button import Button
from polyvocal.gui.dialogs.memo import MemoDialog
from polyvocal.gui.sitting import Me, Sitting
from polyvocal.gui.views.below import Selected
from polyvocal.gui.views.delegate import SUBTITLE, RowDelegate
from polyvocal.services.commands.passage import Passage
from polyvocal.services.commands.removal import remove
from polyvocal.services.queries.beside import MemoHere, memos_here
from polyvocal.services.queries.reading import SourceToRead


class MemosPanel(QWidget):
    """The list at the left, the chosen memo at the right. Return goes to its passage, F2 edits, Delete removes it."""

    place_meant = Signal(int, int)

    def __init__(self, sitting: Sitting, selected: Selected, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._sitting, self._selected = sitting, selected
        self._source: SourceToRead | None = None
        self.memos: list[MemoHere] = []
        self.model = QStandardItemModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(RowDelegate(self.list))
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setAccessibleName(self.tr("Memos about this text"))
        self.list.installEventFilter(self)
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        self.list.activated.connect(self.go_to_passage)
        self.none = QLabel()
        self.none.setProperty("muted", True)
        self.none.setWordWrap(True)
        self.none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.about = QLabel()
        self.about.setProperty("muted", True)
        self.about.setWordWrap(True)
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.words = QPlainTextEdit()
        self.words.setReadOnly(True)
        self.words.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.words.setAccessibleName(self.tr("The chosen memo"))
        self.new = Button(self.tr("New memo…"))
        self.new.setToolTip(self.tr("About the selected words; about the whole text where none are selected"))
        self.edit = Button(self.tr("Edit…"))
        self.delete = Button(self.tr("Remove"))
        self.go = Button(self.tr("Go to the passage"))
        for button, slot in (
            (self.new, self.write),
            (self.edit, self.change),
            (self.delete, self.remove),
            (self.go, self.go_to_passage),
        ):
            button.clicked.connect(slot)
        self._lay_out()
        sitting.bus.changed.connect(self._on_changed)
        self._show([])

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addWidget(self.none)
        left.addWidget(self.list, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        for button in (self.new, self.edit, self.delete, self.go):
            buttons.addWidget(button)
        buttons.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addLayout(buttons)
        right.addWidget(self.about)
        right.addWidget(self.words, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 8, 10, 8)
        row.setSpacing(12)
        row.addLayout(left, 2)
        row.addLayout(right, 3)

    # --- what is shown -------------------------------------------------------------------------------------------

    def show_source(self, source: SourceToRead | None) -> None:
        """List the memos about a source."""
        self._source = source
        if source is None:
            self._show([])
        else:
            identity = source.source.id
            self._sitting.bus.ask(self, lambda view: memos_here(view, identity), self._show, about="memos")

    def _on_changed(self, changes: ChangeSet) -> None:
        if self._source is not None and {"memo", "source_version", "person"} & changes.kinds.keys():
            self.show_source(self._source)

    def _show(self, memos: list[MemoHere]) -> None:
        chosen = self.current.id if self.current else None
        self.memos = memos
        self.model.clear()
        for one in memos:
            item = QStandardItem(" ".join((one.memo.title or one.memo.text).split())[:200])
            item.setData(self._whereabouts(one), SUBTITLE)
            item.setAccessibleText(f"{item.text()}, {self._whereabouts(one)}")
            self.model.appendRow(item)
        rows = [row for row, one in enumerate(memos) if one.id == chosen] or [0]
        self.list.setCurrentIndex(self.model.index(rows[0], 0) if memos else QModelIndex())
        self.list.setVisible(bool(memos))
        self.none.setVisible(not memos)
        self.none.setText(
            self.tr("No memo is about this text yet.\n\nSelect words and write one about them: New memo…")
            if self._source is not None
            else self.tr("Open a source to see the memos about it.")
        )
        self._on_current_changed()

    def _whereabouts(self, one: MemoHere) -> str:
        who = one.author or self.tr("somebody")
        if one.memo.version is None:
            return self.tr("%s · about the whole") % who
        words = " ".join(one.words.split())
        return (self.tr("%s · %s") if one.place else self.tr("%s · gone: %s")) % (who, words)

    @property
    def current(self) -> MemoHere | None:
        """The chosen memo."""
        row = self.list.currentIndex().row()
        return self.memos[row] if 0 <= row < len(self.memos) else None

    def _on_current_changed(self, *_indexes: QModelIndex) -> None:
        one, may = self.current, self._sitting.bus.may_write
        self.new.setEnabled(may and self._source is not None)
        self.edit.setEnabled(may and one is not None)
        self.delete.setEnabled(may and one is not None)
        self.go.setEnabled(one is not None and one.place is not None)
        self.words.setPlainText(one.memo.text if one else "")
        self.words.setVisible(one is not None)
        parts = []
        if one is not None:
            parts = [labels.MEMO_KINDS[one.memo.kind], one.author or "", labels.noted_at(one.memo.created_at)]
            if one.memo.version is not None and one.place is None:
                parts.append(self.tr("its words were corrected away"))
        self.about.setText(" · ".join(part for part in parts if part))

    # --- what can be done ----------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """F2 edits, Delete removes."""
        if watched is self.list and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            act = {Qt.Key.Key_Delete: self.remove, Qt.Key.Key_F2: self.change}.get(Qt.Key(event.key()))
            if act is not None:
                act()
                return True
        return super().eventFilter(watched, event)

    def write(self) -> None:
        """Write a memo about the selected words, or about the whole."""
        source, span = self._source, self._selected()
        if source is None or not self._sitting.bus.may_write:
            return
        passage = Passage(str(source.source.id), span.start, span.end, source.version.id) if span else None
        about = ("source", str(source.source.id)) if passage is None else None
        words = source.text[span.start : span.end] if span else ""

        def go_on(me: Me) -> None:
            MemoDialog(self._sitting, author=str(me.id), about=about, passage=passage, words=words, parent=self).open()

        self._sitting.with_coder(go_on)

    def change(self) -> None:
        """Edit the chosen memo."""
        if self.current is not None and self._sitting.bus.may_write:
            MemoDialog(self._sitting, memo=self.current.memo, words=self.current.words, parent=self).open()

    def remove(self) -> None:
        """Remove the chosen memo; it can be undone."""
        if self.current is not None and self._sitting.bus.may_write:
            self._sitting.bus.act(partial(remove, kind_word="memo", reference=str(self.current.id)))

    def go_to_passage(self) -> None:
        """Go to the passage that the chosen memo is about."""
        if self.current is not None and self.current.place is not None:
            self.place_meant.emit(*self.current.place)
