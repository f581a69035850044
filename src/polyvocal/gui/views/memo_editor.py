"""A memo that is read and written: saved at once where it is left, and after a pause."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.memos import About, WholeMemo
from polyvocal.domain.words import MemoKind
from polyvocal.gui import labels
from polyvocal.gui.bus import told
from polyvocal.gui.button import Button
from polyvocal.gui.dialogs.form import value_of
from polyvocal.gui.parts import in_column, in_row, muted
from polyvocal.gui.sitting import Place, Sitting
from polyvocal.services.commands.corrections import change

PAUSE = 3_000
"""So many milliseconds after the last letter what was typed is saved."""

Fields = dict[str, str]

SECTIONS = {
    "person": "people", "group": "groups", "event": "events", "session": "events", "series": "events", "term": "terms",
    "project": "project", "code": "code",
}  # fmt: skip
"""Where what has no place in a text is shown."""


def door_of(about: About) -> Place | tuple[str, int] | None:
    """Where what a memo is about is shown: in a text, or in the setting or the codebook; None if nowhere."""
    if about.source is not None:
        start, end = about.place or (None, None)
        return Place(about.source, start, end, about.coding if about.place else None)
    kind, identity = about.within or (about.kind, about.id)
    return (SECTIONS[kind], identity) if kind in SECTIONS and identity is not None else None


class MemoEditor(QWidget):
    """Shows one memo. What could not be saved of one is there again when it is shown again."""

    about_wanted = Signal()
    """What the memo is about is to be shown."""

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._sitting = sitting
        self.memo: WholeMemo | None = None
        self._kept = _fields_of(None)
        self._unsaved: dict[int, Fields] = {}
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.save)
        self._build()
        self.show_memo(None)

    def _build(self) -> None:
        self.title, self.kind, self.text = QLineEdit(), QComboBox(), QPlainTextEdit()
        self.title.setPlaceholderText(self.tr("No title"))
        self.title.setAccessibleName(self.tr("Title of the memo"))
        self.kind.setAccessibleName(self.tr("Kind of the memo"))
        for kind in MemoKind:
            self.kind.addItem(labels.MEMO_KINDS[kind], kind.value)
        self.text.setAccessibleName(self.tr("What the memo says"))
        self.text.setTabChangesFocus(True)
        self.about = Button()
        self.about.clicked.connect(lambda _checked=False: self.about_wanted.emit())
        self.written, self.passage, self.state = muted(), muted(), muted()
        self.title.textEdited.connect(self._on_typed)
        self.text.textChanged.connect(self._on_typed)
        self.kind.activated.connect(lambda _index: self.save())
        for field in (self.title, self.text):
            field.installEventFilter(self)
        column = in_column(
            in_row((self.title, 1), self.kind),
            in_row(self.about, None),
            self.passage,
            self.written,
            (self.text, 1),
            self.state,
        )
        column.setContentsMargins(12, 0, 12, 0)
        self.setLayout(column)

    # --- what is shown -------------------------------------------------------------------------------------------

    def show_memo(self, memo: WholeMemo | None) -> None:
        """Show another memo, or the same as it is now; what is being typed stays."""
        before = self.memo
        if before is not None and (memo is None or memo.id != before.id):
            self.save()
        typed = self._typed() if before is not None and memo is not None and before.id == memo.id else {}
        self.memo = memo
        self._kept = _fields_of(memo)
        self._set(self._kept | (self._unsaved.get(memo.id, {}) if memo else {}) | typed)
        self.setEnabled(memo is not None)
        may = self._sitting.bus.may_write
        self.title.setReadOnly(not may)
        self.text.setReadOnly(not may)
        self.kind.setEnabled(may)
        if memo is None:
            self.about.setVisible(False)
            self.passage.setVisible(False)
            self.written.setText("")
            self.state.setText("")
            return
        self.about.setVisible(True)
        about = labels.memo_about(memo.about)
        self.about.setText(self.tr("About %s") % (about if len(about) <= 70 else f"{about[:69]}…"))
        self.about.setToolTip(self.tr("Show what this memo is about"))
        self.about.setAccessibleName(self.tr("About %s: show it") % about)
        self.about.setEnabled(door_of(memo.about) is not None)
        words = " ".join(memo.about.words.split())
        self.passage.setVisible(bool(words))
        self.passage.setText(self.tr("“%s”, %s") % (words, memo.about.source_title))
        who = memo.author or self.tr("somebody")
        self.written.setText(self.tr("By %s, %s") % (who, labels.noted_at(memo.created_at)))
        self._tell_state()

    def _set(self, fields: Fields) -> None:
        if fields == self._fields():
            return
        blockers = [QSignalBlocker(one) for one in (self.title, self.kind, self.text)]
        self.title.setText(fields["title"])
        self.kind.setCurrentIndex(self.kind.findData(fields["kind"]))
        if value_of(self.text) != fields["text"]:
            self.text.setPlainText(fields["text"])
        del blockers

    def _fields(self) -> Fields:
        return {"title": value_of(self.title), "text": value_of(self.text), "kind": value_of(self.kind)}

    @property
    def is_typed(self) -> bool:
        """Whether anything stands there that is not saved."""
        return bool(self._typed())

    def _typed(self) -> Fields:
        return {name: value for name, value in self._fields().items() if value != self._kept[name]}

    def _tell_state(self, fault: str = "") -> None:
        if not self._sitting.bus.may_write:
            self.state.setText(self.tr("The project is open for reading only."))
        else:
            self.state.setText(fault or (self.tr("Not saved yet") if self.is_typed else self.tr("Saved")))

    # --- saving --------------------------------------------------------------------------------------------------

    def _on_typed(self) -> None:
        if self.is_typed:
            self._pause.start()
        else:
            self._pause.stop()
        self._tell_state()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Save where a field is left."""
        if event.type() is QEvent.Type.FocusOut:
            self.save()
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Save before the view or the project is left."""
        self.save()
        super().hideEvent(event)

    def save(self, then: Callable[[], None] = lambda: None) -> None:
        """Save what was typed, if anything was; `then` is called once that is in the project, at once where it is."""
        self._pause.stop()
        memo, changed = self.memo, self._typed()
        if memo is None or not changed or not self._sitting.bus.may_write:
            then()
            return
        identity = memo.id
        self._unsaved[identity] = self._unsaved.get(identity, {}) | changed
        if not value_of(self.text).strip():
            self._tell_state(self.tr("An empty memo is not saved: write what it is to say, or remove it."))
            then()
            return
        self._kept = self._kept | changed

        def done(_changes: ChangeSet) -> None:
            left = {name: value for name, value in self._unsaved[identity].items() if changed.get(name) != value}
            self._unsaved[identity] = left
            self._tell_state()
            then()

        def failed(fault: Exception) -> None:
            if self.memo is not None and self.memo.id == identity:
                self._kept = _fields_of(self.memo)
                self._tell_state(self.tr("Not saved: %s") % told(fault)[0])
            self._sitting.bus.failed.emit(fault)

        self._sitting.save_typed(
            lambda: self._sitting.bus.act(
                lambda file: change(file, "memo", str(identity), changed), done=done, failed=failed, owner=self
            )
        )


def _fields_of(memo: WholeMemo | None) -> Fields:
    if memo is None:
        return {"title": "", "text": "", "kind": MemoKind.IN_PROCESS.value}
    return {"title": memo.title or "", "text": memo.text, "kind": memo.kind.value}
