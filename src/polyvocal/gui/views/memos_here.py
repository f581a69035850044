"""The memos about the text that is read: of the whole, of its passages, and what was a comment in its file."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from polyvocal.domain.ids import SourceId
from polyvocal.gui import labels
from polyvocal.gui.button import Button
from polyvocal.gui.dialogs.memo import MemoDialog
from polyvocal.gui.parts import in_column, in_row, yielding
from polyvocal.gui.sitting import Me, Sitting
from polyvocal.gui.views.here import HerePanel, Selected, row_of
from polyvocal.services.commands.passage import Passage
from polyvocal.services.commands.removal import remove
from polyvocal.services.queries.beside import MemoHere, memos_here
from polyvocal.store.view import View


class MemosPanel(HerePanel[list[MemoHere], MemoHere]):
    """The list at the left, the chosen memo at the right. F2 edits it, Delete removes it."""

    CONCERNED = frozenset({"memo", "source_version", "person"})

    def __init__(self, sitting: Sitting, selected: Selected, parent: QWidget | None = None) -> None:
        super().__init__(sitting, selected, self.tr("Memos about this text"), parent)
        self._key(Qt.Key.Key_Delete, self.remove)
        self._key(Qt.Key.Key_F2, self.change)
        self.words = QPlainTextEdit()
        self.words.setReadOnly(True)
        self.words.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        yielding(self.words)
        keeping = self.words.sizePolicy()
        keeping.setRetainSizeWhenHidden(True)  # the buttons stay where they are
        self.words.setSizePolicy(keeping)
        self.words.setAccessibleName(self.tr("The chosen memo"))
        self.new = Button(self.tr("New memo…"))
        self.new.setToolTip(self.tr("About the selected words; about the whole text where none are selected"))
        self.edit = Button(self.tr("Edit…"))
        self.delete = Button(self.tr("Remove"))
        self.move_button = self._make_move("memo")
        self.go = Button(self.tr("Go to the passage"))
        for button, slot in (
            (self.new, self.write),
            (self.edit, self.change),
            (self.delete, self.remove),
            (self.go, self.go_to_place),
        ):
            button.clicked.connect(slot)
        buttons = in_row(self.new, self.edit, self.delete, self.move_button, self.go, None)
        self._lay_out((self._listed(), 2), (in_column(buttons, self.told, (self.words, 1)), 3))
        sitting.blind_changed.connect(lambda: self._list([], ""))

    # --- what is shown -------------------------------------------------------------------------------------------

    def _look(self, view: View, source: SourceId) -> list[MemoHere]:
        return memos_here(view, source)

    def _show(self, looked: list[MemoHere] | None) -> None:
        self._list(
            looked or [],
            self.tr("No memo is about this text yet.\n\nSelect words and write one about them: New memo…")
            if looked is not None
            else self.tr("Open a source to see the memos about it."),
        )

    def _items(self, one: MemoHere) -> Sequence[QStandardItem]:
        return row_of(" ".join((one.memo.title or one.memo.text).split())[:200], self._whereabouts(one))

    def _whereabouts(self, one: MemoHere) -> str:
        who = one.author or self.tr("somebody")
        if one.memo.version is None:
            return self.tr("%s · about the whole") % who
        words = " ".join(one.words.split())
        return (self.tr("%s · %s") if one.place else self.tr("%s · gone: %s")) % (who, words)

    def _on_chosen(self) -> None:
        one = self.current
        self.new.setEnabled(self._may)
        self.edit.setEnabled(self._may and one is not None)
        self.delete.setEnabled(self._may and one is not None)
        self.move_button.setEnabled(self._may and one is not None and one.memo.version is not None)
        self.go.setEnabled(one is not None and one.place is not None)
        self.words.setPlainText(one.memo.text if one else "")
        self.words.setVisible(one is not None)
        parts = []
        if one is not None:
            parts = [labels.MEMO_KINDS[one.memo.kind], one.author or "", labels.noted_at(one.memo.created_at)]
            if one.memo.version is not None and one.place is None:
                parts.append(self.tr("its words were corrected away"))
        self._tell(" · ".join(part for part in parts if part))

    # --- what can be done ----------------------------------------------------------------------------------------

    def write(self) -> None:
        """Write a memo about the selected words, or about the whole."""
        source, span = self._source, self._selected()
        if source is None or not self._may:
            return
        passage = Passage(str(source.source.id), span.start, span.end, source.version.id) if span else None
        about = ("source", str(source.source.id)) if passage is None else None
        words = source.text[span.start : span.end] if span else ""

        def go_on(me: Me) -> None:
            MemoDialog(self._sitting, author=str(me.id), about=about, passage=passage, words=words, parent=self).open()

        self._sitting.with_coder(go_on)

    def change(self) -> None:
        """Edit the chosen memo."""
        one = self.current
        if one is not None and self._may:
            self._sitting.with_coder(
                lambda _me: MemoDialog(self._sitting, memo=one.memo, words=one.words, parent=self).open()
            )

    def remove(self) -> None:
        """Remove the chosen memo; it can be undone."""
        if self.current is not None:
            self._act(partial(remove, kind_word="memo", reference=str(self.current.id)))
