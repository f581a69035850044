"""Writing a fieldnote, or pasting one: its text, who wrote it, and on which occasion."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from polyvocal.domain.draft_content import encode_fields
from polyvocal.domain.drafts import Draft
from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import AnyId
from polyvocal.domain.text import count_words, normalise, shown
from polyvocal.gui import labels
from polyvocal.gui.dialogs.about_fields import AboutFields
from polyvocal.gui.dialogs.form import MOMENT_HINT, Command, FormDialog, line, moment_of, optional, value_of
from polyvocal.gui.dialogs.leaving import Leaving, ask_leaving
from polyvocal.gui.draft_bar import DraftBar, may_continue
from polyvocal.gui.drafts import DraftKeeper, Writing
from polyvocal.gui.parts import muted, open_wide, scrolled
from polyvocal.gui.sitting import Sitting
from polyvocal.services.commands.incoming import Incoming
from polyvocal.services.commands.setting import checked_time, refuse_backwards
from polyvocal.services.commands.sources import ImportResult, import_all
from polyvocal.services.queries.draft_contents import DraftToRead, draft_to_read
from polyvocal.services.queries.drafts import DraftRow, list_drafts

COUNT_EVERY = 150
"""Milliseconds after which words that were typed are counted."""

BESIDE = 8
"""Pixels that are shown above and below a field that is scrolled to."""


class NewFieldnoteDialog(FormDialog):
    """Asks for a text and what is to be said of it. Its text is kept as it was typed or pasted.

    Until it is added, all that is filled in is kept as a draft. `finished_with` brings the ImportResult.
    """

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        self.drafts = DraftBar(sitting)
        super().__init__(sitting, "New fieldnote", ok="Add the fieldnote", parent=parent)
        self.finished.connect(self.deleteLater)
        self.keeper = DraftKeeper(sitting, self._snapshot, self)
        self.rejected.connect(self.keeper.discard)
        self._build_fields()
        self._build_text()
        self.title.setFocus()
        self._offer_drafts()
        open_wide(self, 150, 40)

    def around(self, form: QFormLayout) -> QLayout:
        """The fields at the left, scrolled where there is little room, and the text at the right; drafts above."""
        fields = QWidget()
        fields.setObjectName("panel")
        form.setContentsMargins(0, 0, 14, 0)
        fields.setLayout(form)
        scroll = scrolled(fields)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setMinimumWidth(self.fontMetrics().averageCharWidth() * 52)
        self._scroll = scroll
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        both = QHBoxLayout()
        both.setSpacing(8)
        both.addWidget(scroll, 2)
        both.addLayout(self._column, 3)
        whole = QVBoxLayout()
        whole.setSpacing(12)
        whole.addWidget(self.drafts)
        whole.addLayout(both, 1)
        return whole

    def _build_fields(self) -> None:
        self.title = line()
        self.row(self.tr("Title"), self.title)
        self.fields = AboutFields(self)
        self.fields.add_who()
        self.position = line(placeholder=self.tr("table 2, by the door"))
        self.row(self.tr("Where in the room"), self.position)
        self.rule()
        self.fields.add_occasion()
        self.rule()
        self.observed_from, self.observed_to, self.written_at = line(), line(), line()
        self.row(self.tr("Observed from"), self.observed_from)
        self.row(self.tr("Observed to"), self.observed_to)
        self.row(self.tr("Written at"), self.written_at, MOMENT_HINT)
        self.fields.kind_changed.connect(self._on_kind_changed)
        self._on_kind_changed()

    def _build_text(self) -> None:
        name = QLabel(self.tr("Text"))
        name.setProperty("section", True)
        self.text = QPlainTextEdit()
        self._on_theme_changed()
        self.sitting.theme.changed.connect(self._on_theme_changed)
        self.text.setPlaceholderText(self.tr("Type the account here, or paste it. It is kept to the letter."))
        self.text.setAccessibleName(self.tr("Text"))
        self.text.setTabChangesFocus(True)
        self.text.setMinimumWidth(self.text.fontMetrics().averageCharWidth() * 36)
        name.setBuddy(self.text)
        self.count, self.kept = muted(), muted()
        self.kept.setAlignment(Qt.AlignmentFlag.AlignRight)
        foot = QHBoxLayout()
        foot.addWidget(self.count)
        foot.addWidget(self.kept, 1)
        self._column.addWidget(name)
        self._column.addWidget(self.text, 1)
        self._column.addLayout(foot)
        self._watched.append(self.text)
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(COUNT_EVERY)
        self._counting.timeout.connect(self._count)
        self.text.textChanged.connect(self._on_typed)
        self._count()

    def _on_theme_changed(self) -> None:
        self.text.setFont(self.sitting.theme.reading_font())

    def _on_kind_changed(self) -> None:
        name = labels.KINDS[self.fields.chosen_kind]
        self.setWindowTitle(self.tr("New %s") % name.lower())
        self.ok.setText(self.tr("Add the %s") % name.lower())

    def _on_typed(self) -> None:
        if not self._counting.isActive():
            self._counting.start()

    def _count(self) -> None:
        words = count_words(value_of(self.text))
        self.count.setText(labels.words(words))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return goes on to the next field: what is being written is not added by a slip."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_KEYPAD:
            self.focusNextChild()
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, onwards: bool) -> bool:  # noqa: FBT001 - as Qt calls it
        """Scroll to the field that is come to, wherever from."""
        moved = super().focusNextPrevChild(onwards)
        self._scroll_to(self.focusWidget())
        return moved

    def _scroll_to(self, field: QWidget | None) -> None:
        """Show all of a field. (The scroll area would be content to show the cursor.)"""
        inner = self._scroll.widget()
        if field is None or inner is None or not inner.isAncestorOf(field):
            return
        bar, top = self._scroll.verticalScrollBar(), field.mapTo(inner, QPoint(0, 0)).y()
        lowest = top + field.height() + BESIDE - self._scroll.viewport().height()
        bar.setValue(min(max(bar.value(), lowest), top - BESIDE))

    def accept(self) -> None:
        """Add it, where that can be done at all."""
        if self.ok.isEnabled():
            super().accept()

    def command(self) -> Command:
        """Take in the text as a source without a file."""
        with self._at(self.title):
            title = optional(self.title)
            if title is None:
                raise UserError(self.tr("Give it a title, by which it is found again."))
        position = optional(self.position)
        with self._at(self.fields.observers):
            about = self.fields.about()
            if position and not about.observers:
                raise UserError(self.tr("Say who was there in the room: an observer is needed for that."))
        about = replace(
            about,
            position=position,
            observed_from=self._time(self.observed_from, self.tr("observed from")),
            observed_to=self._time(self.observed_to, self.tr("observed to")),
            written_at=self._time(self.written_at, self.tr("written at")),
        )
        with self._at(self.observed_to):
            refuse_backwards(about.observed_from, about.observed_to, self.tr("observing"))
        with self._at(self.text):
            text, edits = normalise(value_of(self.text).replace("\0", ""))  # nobody sees it, or could find it there
            if not text.strip():
                raise UserError(self.tr("There is no text yet: type or paste it at the right."))
        incoming, draft = Incoming(title, text, edits), self.keeper.identity
        return lambda file: import_all(file, [(incoming, about)], draft=draft)

    # --- drafts --------------------------------------------------------------------------------------------------

    def _offer_drafts(self) -> None:
        """Tell of what the coder was typing and has not added, until something else is filled in."""
        self.keeper.begin()
        self.drafts.read.hide()
        self.drafts.continue_wanted.connect(self.take_up)
        self.sitting.drafts_changed.connect(self._ask_drafts)
        self.keeper.changed.connect(self._show_kept)
        self._ask_drafts()

    def _show_kept(self) -> None:
        keeper = self.keeper
        kept = self.tr("kept as a draft") if keeper.kept_at is not None else ""
        self.kept.setText(self.tr("not kept as a draft") if keeper.fault else kept)
        self.kept.setToolTip(keeper.fault)

    def _ask_drafts(self) -> None:
        self.sitting.bus.ask(self, list_drafts, self._show_drafts, about="drafts")

    def _show_drafts(self, rows: Sequence[DraftRow]) -> None:
        self.drafts.show_drafts([one for one in rows if one.source is None and may_continue(self.sitting, one)])
        self.drafts.setVisible(self.drafts.row is not None and not self.is_filled_in)

    def take_up(self, row: DraftRow) -> None:
        """Fill in what a draft holds, and go on with it."""

        def show(read: DraftToRead | None) -> None:
            if read is not None and not self.is_filled_in:
                self.keeper.begin(read.row.id, read.row.kept_at)
                for name, field in self._fields().items():
                    _fill(field, read.fields.get(name, ""))
                self.text.setFocus()

        self.sitting.bus.ask(self, lambda view: draft_to_read(view, row.id), show, about="draft")

    def _fields(self) -> dict[str, QWidget]:
        """The fields by their names in a draft, in the order in which one depends on another."""
        about = self.fields
        return {
            "title": self.title,
            "kind": about.kind,
            "note": about.note,
            "observers": about.observers,
            "standing": about.standing,
            "position": self.position,
            "event": about.event_box,
            "session": about.session_box,
            "phase": about.phase,
            "observed_from": self.observed_from,
            "observed_to": self.observed_to,
            "written_at": self.written_at,
            "text": self.text,
        }

    def _snapshot(self) -> Writing | None:
        if not self.is_filled_in:
            return None
        held, me = {name: value_of(field) for name, field in self._fields().items()}, self.sitting.me
        return lambda identity, at: Draft(
            id=identity,
            person=AnyId(me.id) if me is not None else None,
            title=held["title"],
            content=encode_fields(held),
            kept_at=at,
        )

    def _on_field_changed(self) -> None:
        super()._on_field_changed()
        self.keeper.touch()
        if self.is_filled_in:
            self.drafts.hide()

    def _may_discard(self) -> bool:
        answer = ask_leaving(self, self.windowTitle(), self.tr("What you filled in is not added to the project."))
        if answer is Leaving.KEEP and self.keeper.keep_now():
            self.keeper.end()
            return True
        return answer is Leaving.DISCARD

    def wait(self) -> None:
        """Nothing is kept as a draft while it is being added: that would be there still once it is added."""
        self.keeper.hold()
        super().wait()

    def go_on(self) -> None:
        """Be filled in again, and kept."""
        super().go_on()
        self.keeper.release()

    # --- adding it -----------------------------------------------------------------------------------------------

    def _time(self, field: QLineEdit, what: str) -> str | None:
        with self._at(field):
            return checked_time(moment_of(field), what)

    @contextmanager
    def _at(self, field: QWidget) -> Iterator[None]:
        """Lead the person to the field in which something is wrong."""
        try:
            yield
        except UserError:
            field.setFocus()
            self._scroll_to(field)
            raise

    def _on_done(self, result: object) -> None:
        assert isinstance(result, ImportResult)
        if result.sources:
            self.keeper.end()
            super()._on_done(result)
            return
        ((_, title),) = result.known
        words = self.tr("This text is in the project already, as %s: nothing was added.")
        self._on_failed(UserError(words % shown(title)))


def _fill(field: QWidget, value: str) -> None:
    """Let a field hold what it held when `value_of` gave this."""
    if isinstance(field, QLineEdit):
        field.setText(value)
    elif isinstance(field, QPlainTextEdit):
        field.setPlainText(value)
    elif isinstance(field, QComboBox) and field.isEditable():
        field.setEditText(value)
    elif isinstance(field, QComboBox):
        field.setCurrentIndex(max(field.findData(value), 0))


_KEYPAD = Qt.KeyboardModifier.KeypadModifier
