"""Correcting the text of a source, in the place where it is read: a bar that says so, and the editor."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMessageBox, QVBoxLayout, QWidget

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.drafts import Draft
from polyvocal.domain.ids import AnyId
from polyvocal.domain.spans import Span
from polyvocal.domain.structure import Structure
from polyvocal.gui import acts
from polyvocal.gui.dialogs.leaving import Leaving, ask_leaving
from polyvocal.gui.drafts import DraftKeeper, Writing
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.surface.look import Looks
from polyvocal.gui.surface.text import TextSurface
from polyvocal.gui.views.read_head import FocusLine
from polyvocal.services.queries.anchored import BESIDE_CODINGS, Anchored, LostPassage, anchored
from polyvocal.services.queries.drafts import DraftRow
from polyvocal.services.queries.reading import PlacedCoding, SourceToRead

if TYPE_CHECKING:
    from polyvocal.domain.editlog import EditLog
    from polyvocal.gui.views.correcting_bar import CorrectingBar


class At(NamedTuple):
    """Where the hand is: an offset, and by how many pixels the text is scrolled."""

    offset: int
    scrolled: int


class Passages(NamedTuple):
    """What follows a text that is corrected: codings, and whatever else was made of its passages, with their places."""

    codings: Sequence[PlacedCoding] = ()
    beside: Sequence[tuple[Anchored, Span]] = ()

    @property
    def spans(self) -> list[Span]:
        """Their places, in this order."""
        return [*(Span(one.start, one.end) for one in self.codings), *(place for _, place in self.beside)]


class Taken(NamedTuple):
    """A draft that is gone on with: what follows its text, the log of what was done, and the structure by now."""

    draft: DraftRow
    passages: Passages
    log: "EditLog"
    structure: Structure


class Correcting(QWidget):
    """One sitting of correcting at a time. Until it is saved, what is corrected is kept as a draft."""

    changed = Signal()
    """Correcting began, or ended."""
    state_changed = Signal()
    """`unsaved` may say something else than before."""

    def __init__(self, sitting: Sitting, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sitting, self._looks = sitting, looks
        self.source: SourceToRead | None = None
        self._passages = Passages()
        self.keeper = DraftKeeper(sitting, self._snapshot, self)
        self._people: dict[int, str] = {}
        self._then: Callable[[], object] | None = None
        self._is_saved = False
        self.setObjectName("panel")

    @property
    def is_open(self) -> bool:
        """Whether somebody corrects just now."""
        return self.source is not None

    @property
    def is_edited(self) -> bool:
        """Whether there is anything to save."""
        return self.is_open and bool(self.editor.log.replacements)

    @property
    def unsaved(self) -> str:
        """Words that say that what was corrected is not saved, and where it is; nothing where there is nothing."""
        if not self.is_edited or self._is_saved:
            return ""
        if self.keeper.fault:
            return self.tr("Correction not saved, and not kept as a draft")
        return self.tr("Correction not saved; draft kept") if self.keeper.is_safe else self.tr("Correction not saved")

    @property
    def panes(self) -> list[QWidget]:
        """The parts of the view, in the order in which F6 goes round."""
        return [self.editor, self.finding.wanted, self.bar.save]

    # --- building ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        """Made, and what it is made of imported, when it is first wanted: most sittings correct nothing."""
        from polyvocal.gui.surface.editing import TextEditor
        from polyvocal.gui.views.find_bar import ReplaceBar

        self.editor = TextEditor(self._sitting.theme, self._looks)
        self.finding = ReplaceBar(self.editor)
        line = FocusLine(self._sitting.theme)
        self.editor.focused.connect(line.light)
        self.editor.edited.connect(self._on_edited)
        self.keeper.changed.connect(self._show_state)
        self.bar = self._make_bar()
        self.finding.left.connect(self._leave_find)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.bar, self.finding, line):
            column.addWidget(part)
        column.addWidget(self.editor, 1)
        self._make_actions()

    def _make_actions(self) -> None:
        actions = self._sitting.actions
        slots: tuple[tuple[acts.Act, Callable[[], object]], ...] = (
            (acts.FIND, self.finding.open),
            (acts.FIND_NEXT, lambda: self.finding.go(forward=True)),
            (acts.FIND_PREVIOUS, lambda: self.finding.go(forward=False)),
            (acts.SAVE, self.save),
            (acts.DISCARD, self.discard),
            (acts.LEAVE_FIND, self._on_escape),
        )
        for act, slot in slots:
            actions.add(act, slot, owner=self, place=self)
        actions.explain(self.bar.find_words, acts.FIND.name, self.tr("Find words, and put others in their place"))
        actions.explain(self.bar.save, acts.SAVE.name, self.tr("Make a new version; the one before stays"))

    def _make_bar(self) -> "CorrectingBar":
        from polyvocal.gui.views.correcting_bar import CorrectingBar

        bar = CorrectingBar()
        for button, slot in (
            (bar.lost, self._show_lost),
            (bar.undo, lambda: self._turn(self.editor.undo)),
            (bar.redo, lambda: self._turn(self.editor.redo)),
            (bar.find_words, self.finding.open),
            (bar.discard, self.discard),
            (bar.save, self.save),
        ):
            button.clicked.connect(lambda _checked=False, slot=slot: slot())
        return bar

    # --- beginning and ending ------------------------------------------------------------------------------------

    def passages_of(self, source: SourceToRead) -> Passages:
        """What follows the text of a source while it is corrected."""
        identity = source.source.id
        beside = self._sitting.bus.read(lambda view: anchored(view, identity, BESIDE_CODINGS))
        return Passages(source.codings, [(one, one.place) for one in beside if one.place is not None])

    def begin(self, source: SourceToRead, surface: TextSurface, taken: Taken | None = None) -> None:
        """Correct a source from now on, where the surface shows it; perhaps go on with a draft that was taken up."""
        if self.is_open or not self._sitting.bus.may_write:
            return
        from polyvocal.domain.editlog import EditLog

        if not hasattr(self, "editor"):
            self._build()
        self.source, self._people = source, dict(surface.coders)
        self._passages = taken.passages if taken is not None else self.passages_of(source)
        log = taken.log if taken is not None else EditLog(source.text, self._passages.spans)
        structure = taken.structure if taken is not None else source.structure
        codes = [one.code for one in self._passages.codings]
        self.editor.go_on(log, codes, structure=structure, left=surface.gutter.room)
        if taken is not None:
            self.keeper.begin(taken.draft.id, taken.draft.kept_at)
        else:
            self.keeper.begin()
        at = log.edits().point(surface.offset) if taken is not None else surface.offset
        self.editor.select(Span(at, at))
        self.changed.emit()
        self.editor.verticalScrollBar().setValue(surface.verticalScrollBar().value())
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_state()

    def _on_edited(self) -> None:
        if self.is_open:
            self.keeper.touch()
            self._show_state()

    def _snapshot(self) -> Writing | None:
        """What is to be kept as a draft: the steps, and the version that they start from."""
        source, me = self.source, self._sitting.me
        if source is None or not self.is_edited:
            return None
        from polyvocal.domain.draft_content import encode_steps

        log, version = self.editor.log, source.version
        steps, undone = log.steps, log.undone
        return lambda identity, at: Draft(
            id=identity,
            person=AnyId(me.id) if me is not None else None,
            source=AnyId(source.source.id),
            version=AnyId(version.id),
            text_hash=version.text_hash,
            title=source.source.title,
            content=encode_steps(steps, undone),
            kept_at=at,
        )

    def _end(self) -> None:
        if not self.is_open:
            return
        self.source = None
        self._passages = Passages()
        self._is_saved = False
        self.keeper.end()
        self.finding.hide()
        self.editor.open("")
        self.changed.emit()
        self.state_changed.emit()
        then, self._then = self._then, None
        if then is not None:
            then()

    def discard(self) -> None:
        """Leave without saving; asked first where anything was corrected."""
        if self.is_edited:
            answer = QMessageBox.question(
                self,
                self.tr("Discard the correction"),
                self.tr("Leave the text as it was, without what you corrected?"),
                QMessageBox.StandardButton.Discard | QMessageBox.StandardButton.Cancel,
                QMessageBox.StandardButton.Cancel,
            )
            if answer != QMessageBox.StandardButton.Discard:
                return
        self._drop()

    def _drop(self) -> None:
        self._then = None
        self.keeper.discard()
        self._end()

    def leave_as_draft(self) -> None:
        """Leave without saving or discarding: what was kept can be continued, or at least be read."""
        self._then = None
        self._end()

    def may_leave(self, then: Callable[[], object]) -> bool:
        """Whether one may go elsewhere now; if it is to be saved first, `then` is done once it is."""
        if not self.is_open:
            return True
        answer = self._ask_leaving() if self.is_edited else Leaving.DISCARD
        if answer is Leaving.KEEP and self.keeper.keep_now():
            self.leave_as_draft()
        elif answer is Leaving.DISCARD:
            self._drop()
        elif answer is Leaving.SAVE:
            self._then = then
            self.save()
        return not self.is_open

    def _ask_leaving(self) -> Leaving:
        title = self.source.source.title if self.source else ""
        return ask_leaving(
            self,
            self.tr("Correcting the text"),
            self.tr("What you corrected in “%s” is not saved.") % title,
            save=self.tr("&Save as a new version…"),
        )

    def save(self) -> None:
        """Ask what is to be kept with the version, and make it."""
        source = self.source
        if source is None or not self.is_edited:
            return
        from polyvocal.gui.dialogs.save_correction import SaveCorrectionDialog
        from polyvocal.services.commands.correcting import Corrected

        log = self.editor.log
        self.keeper.keep()
        corrected = Corrected(source.version.id, log.text, log.edits())
        dialog = SaveCorrectionDialog(
            self._sitting, source, corrected, self.lost(), keeper=self.keeper, parent=self.window()
        )
        dialog.finished_with.connect(self._on_saved)
        dialog.left_as_draft.connect(self.leave_as_draft)
        dialog.rejected.connect(self._forget_then)
        dialog.open()

    def _on_saved(self, changes: object) -> None:
        if isinstance(changes, ChangeSet) and not changes.kinds:  # all of it came to nothing
            self.keeper.discard()
            self._end()
            return
        self._is_saved = True  # the surface shows it as soon as all views were told
        self.keeper.end()

    def end_if_saved(self, shown: SourceToRead | None) -> At | None:
        """Leave, once the surface shows the version that was made; gives where the hand was."""
        source = self.source
        if source is None or not self._is_saved or shown is None or shown.version.id == source.version.id:
            return None
        at = At(self.editor.offset, self.editor.verticalScrollBar().value())
        self._end()
        return at

    def _forget_then(self) -> None:
        self._then = None

    # --- what the bar tells --------------------------------------------------------------------------------------

    def _show_state(self) -> None:
        if self.is_open:
            self.bar.show_state(self.editor.log, self.keeper)
        self.state_changed.emit()

    def lost(self) -> list[LostPassage]:
        """The passages of every kind of which no words are left, with those that they had."""
        source = self.source
        assert source is not None
        codings, beside = self._passages
        lost = []
        for number in sorted(self.editor.log.followed.gone):
            if number < len(codings):
                one = codings[number]
                name, who = self._looks[one.code].name, self._people.get(one.coder)
                lost.append(LostPassage(one.id, "coding", name, who, source.text[one.start : one.end], 0, ""))
            else:
                other, (start, end) = beside[number - len(codings)]
                lost.append(LostPassage(other.id, other.kind, other.name, other.person, source.text[start:end], 0, ""))
        return lost

    def _show_lost(self) -> None:
        from polyvocal.gui.dialogs.lost_passages import LostPassagesDialog

        told = self.tr("Undo brings them back. If you save it so, they are kept with the words that they had.")
        LostPassagesDialog(self.lost(), told, self.window()).open()

    def _turn(self, turn: Callable[[], object]) -> None:
        turn()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_escape(self) -> None:
        """Leave finding; then the text, where nothing was corrected."""
        if self.finding.isVisible():
            self.finding.close_bar()
        elif not self.is_edited:
            self.discard()

    def _leave_find(self) -> None:
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
