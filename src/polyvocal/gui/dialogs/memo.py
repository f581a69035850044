"""Writing a memo, and editing one."""

from PySide6.QtWidgets import QComboBox, QWidget

from polyvocal.domain.errors import UserError
from polyvocal.domain.records import Memo
from polyvocal.domain.text import shown
from polyvocal.domain.words import MemoKind
from polyvocal.gui import labels
from polyvocal.gui.dialogs.form import Command, FormDialog, line, lines, optional, value_of
from polyvocal.gui.sitting import Sitting
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.memos import add_memo
from polyvocal.services.commands.passage import Passage


class MemoDialog(FormDialog):
    """Asks what a memo says, and of what kind it is."""

    def __init__(
        self,
        sitting: Sitting,
        *,
        memo: Memo | None = None,
        author: str | None = None,
        about: tuple[str, str] | None = None,
        passage: Passage | None = None,
        words: str = "",
        parent: QWidget | None = None,
    ) -> None:
        title = self.tr("Edit the memo") if memo else self.tr("New memo")
        intro = self.tr("About the passage %s") % shown(" ".join(words.split())) if words else ""
        ok = self.tr("Save") if memo else self.tr("Add the memo")
        super().__init__(sitting, title, ok=ok, intro=intro, parent=parent)
        self.finished.connect(self.deleteLater)
        self._memo, self._author, self._about, self._passage = memo, author, about, passage
        self.text = lines(memo.text if memo else "", rows=8)
        self.row(self.tr("Memo"), self.text)
        self.title = line(memo.title if memo else "")
        self.row(self.tr("Title"), self.title, self.tr("May be left empty."))
        self.kind = QComboBox()
        for kind in MemoKind:
            self.kind.addItem(labels.MEMO_KINDS[kind], kind.value)
        self.kind.setCurrentIndex(list(MemoKind).index(memo.kind if memo else MemoKind.IN_PROCESS))
        self.row(self.tr("Kind"), self.kind)

    def command(self) -> Command:
        """Add the memo, or change what differs."""
        text = value_of(self.text)
        if not text.strip():
            raise UserError(self.tr("The memo is empty: write what it is to say."))
        title, kind = optional(self.title), MemoKind(self.kind.currentData())
        if self._memo is None:
            author, about, passage = self._author, self._about, self._passage
            return lambda file: add_memo(
                file, text=text, kind=kind, title=title, author=author, about=about, passage=passage
            )
        identity, fields = str(self._memo.id), {"text": text, "title": title or "", "kind": kind.value}
        return lambda file: change(file, "memo", identity, fields)
