"""Correcting the text of a source, in the place where it is read: a bar that says so, and the editor."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMessageBox, QVBoxLayout, QWidget

from polyvocal.domain.spans import Span
from polyvocal.gui import labels
from polyvocal.gui.button import Button
from polyvocal.gui.elided import Elided
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.surface.look import Looks
from polyvocal.gui.surface.text import TextSurface
from polyvocal.gui.views.read_head import FocusLine
from polyvocal.services.queries.anchored import BESIDE_CODINGS, Anchored, LostPassage, anchored
from polyvocal.services.queries.reading import SourceToRead


class At(NamedTuple):
    """Where the hand is: an offset, and by how many pixels the text is scrolled."""

    offset: int
    scrolled: int


class Correcting(QWidget):
    """One sitting of correcting at a time. What is corrected is kept in memory until it is saved."""

    changed = Signal()
    """Correcting began, or ended."""

    def __init__(self, sitting: Sitting, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sitting, self._looks = sitting, looks
        self.source: SourceToRead | None = None
        self._beside: list[tuple[Anchored, Span]] = []
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
    def panes(self) -> list[QWidget]:
        """The parts of the view, in the order in which F6 goes round."""
        return [self.editor, self.finding.wanted, self.save_button]

    # --- building ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        """Made, and what it is made of imported, when it is first wanted: most sittings correct nothing."""
        from polyvocal.gui.surface.editing import TextEditor  # noqa: PLC0415
        from polyvocal.gui.views.find_bar import FindBar  # noqa: PLC0415

        self.editor = TextEditor(self._sitting.theme, self._looks)
        self.finding = FindBar(self.editor)
        line = FocusLine(self._sitting.theme)
        self.editor.focused.connect(line.light)
        self.editor.edited.connect(self._show_state)
        self.finding.left.connect(self._leave_find)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self._make_bar(), self.finding, line):
            column.addWidget(part)
        column.addWidget(self.editor, 1)
        for keys, slot in (
            ("Ctrl+F", lambda: self.finding.open(self.finding.wanted)),
            ("Ctrl+H", lambda: self.finding.open(self.finding.wanted)),
            ("F3", lambda: self.finding.go(forward=True)),
            ("Shift+F3", lambda: self.finding.go(forward=False)),
            ("Ctrl+S", self.save),
            ("Escape", self._leave_find),
        ):
            action = QAction(self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda _checked=False, slot=slot: slot())
            self.addAction(action)

    def _make_bar(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("notice", True)
        words = QLabel(self.tr("Correcting the text"))
        words.setProperty("section", True)
        self.state = Elided()
        self.lost_button = Button()
        self.undo_button, self.redo_button = Button(self.tr("Undo")), Button(self.tr("Redo"))
        self.find_button = Button(self.tr("Find…"))
        self.find_button.setToolTip(self.tr("Find words, and put others in their place (Ctrl+F, Ctrl+H)"))
        self.discard_button = Button(self.tr("Discard"))
        self.discard_button.setToolTip(self.tr("Leave the text as it was"))
        self.save_button = Button(self.tr("Save correction…"))
        self.save_button.setToolTip(self.tr("Make a new version; the one before stays (Ctrl+S)"))
        self.lost_button.clicked.connect(lambda _checked=False: self._show_lost())
        self.undo_button.clicked.connect(lambda _checked=False: self._turn(self.editor.undo))
        self.redo_button.clicked.connect(lambda _checked=False: self._turn(self.editor.redo))
        self.find_button.clicked.connect(lambda _checked=False: self.finding.open(self.finding.wanted))
        self.discard_button.clicked.connect(lambda _checked=False: self.discard())
        self.save_button.clicked.connect(lambda _checked=False: self.save())
        row = QHBoxLayout(bar)
        row.setContentsMargins(18, 6, 14, 6)
        row.setSpacing(8)
        row.addWidget(words)
        row.addWidget(self.state, 1)
        for button in (
            self.lost_button, self.undo_button, self.redo_button, self.find_button, self.discard_button,
            self.save_button,
        ):  # fmt: skip
            row.addWidget(button)
        return bar

    # --- beginning and ending ------------------------------------------------------------------------------------

    def begin(self, source: SourceToRead, surface: TextSurface) -> None:
        """Correct a source from now on, where the surface shows it."""
        if self.is_open or not self._sitting.bus.may_write:
            return
        from polyvocal.gui.surface.editing import Washed  # noqa: PLC0415 - as the editor

        if not hasattr(self, "editor"):
            self._build()
        self.source, self._people = source, dict(surface.coders)
        identity = source.source.id
        beside = self._sitting.bus.read(lambda view: anchored(view, identity, BESIDE_CODINGS))
        self._beside = [(one, one.place) for one in beside if one.place is not None]
        self.editor.open(
            source.text,
            [Washed(one.start, one.end, one.code) for one in source.codings],
            also=[place for _, place in self._beside],
            structure=source.structure,
            left=surface.gutter.room,
        )
        self.editor.select(Span(surface.offset, surface.offset))
        self.changed.emit()
        self.editor.verticalScrollBar().setValue(surface.verticalScrollBar().value())
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_state()

    def _end(self) -> None:
        if not self.is_open:
            return
        self.source = None
        self._beside = []
        self._is_saved = False
        self.finding.hide()
        self.editor.open("")
        self.changed.emit()
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
        self._then = None
        self._end()

    def may_leave(self, then: Callable[[], object]) -> bool:
        """Whether one may go elsewhere now; if it is to be saved first, `then` is done once it is."""
        if not self.is_open:
            return True
        if self.is_edited:
            answer = QMessageBox.question(
                self,
                self.tr("Correcting the text"),
                self.tr("What you corrected in “%s” is not saved. Save it as a new version first?")
                % (self.source.source.title if self.source else ""),
                QMessageBox.StandardButton.Save
                | QMessageBox.StandardButton.Discard
                | QMessageBox.StandardButton.Cancel,
                QMessageBox.StandardButton.Save,
            )
            if answer == QMessageBox.StandardButton.Save:
                self._then = then
                self.save()
            if answer != QMessageBox.StandardButton.Discard:
                return False
        self._then = None
        self._end()
        return True

    def save(self) -> None:
        """Ask what is to be kept with the version, and make it."""
        source = self.source
        if source is None or not self.is_edited:
            return
        from polyvocal.gui.dialogs.save_correction import SaveCorrectionDialog  # noqa: PLC0415 - as all dialogs
        from polyvocal.services.commands.correcting import Corrected  # noqa: PLC0415

        log = self.editor.log
        corrected = Corrected(source.version.id, log.text, log.edits())
        dialog = SaveCorrectionDialog(self._sitting, source, corrected, self.lost(), self.window())
        dialog.finished_with.connect(self._on_saved)
        dialog.rejected.connect(self._forget_then)
        dialog.open()

    def _on_saved(self, _changes: object) -> None:
        self._is_saved = True  # the surface shows it as soon as all views were told

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
        if not self.is_open:
            return
        log = self.editor.log
        number = len(log.replacements)
        if not number:
            told = self.tr("nothing changed yet")
        else:
            told = self.tr("one change") if number == 1 else self.tr("%s changes") % labels.number(number)
        self.state.setText(told)
        self.state.setToolTip(self.tr("Held in memory until you save it"))
        self.save_button.setEnabled(bool(number))
        for button, step, words in (
            (self.undo_button, log.next_undone, self.tr("Undo: %s (Ctrl+Z)")),
            (self.redo_button, log.next_redone, self.tr("Redo: %s (Ctrl+Shift+Z)")),
        ):
            button.setEnabled(step is not None)
            button.setToolTip(words % self.tr(step) if step is not None else "")
        gone = len(log.followed.gone)
        self.lost_button.setVisible(bool(gone))
        self.lost_button.setText(labels.without_words(gone))

    def lost(self) -> list[LostPassage]:
        """The passages of every kind of which no words are left, with those that they had."""
        source = self.source
        assert source is not None
        lost = []
        for number in sorted(self.editor.log.followed.gone):
            if number < len(source.codings):
                one = source.codings[number]
                name, who = self._looks[one.code].name, self._people.get(one.coder)
                lost.append(LostPassage(one.id, "coding", name, who, source.text[one.start : one.end], 0, ""))
            else:
                other, (start, end) = self._beside[number - len(source.codings)]
                lost.append(LostPassage(other.id, other.kind, other.name, other.person, source.text[start:end], 0, ""))
        return lost

    def _show_lost(self) -> None:
        from polyvocal.gui.dialogs.lost_passages import LostPassagesDialog  # noqa: PLC0415

        told = self.tr("Undo brings them back. If you save it so, they are kept with the words that they had.")
        LostPassagesDialog(self.lost(), told, self.window()).open()

    def _turn(self, turn: Callable[[], object]) -> None:
        turn()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_find(self) -> None:
        self.finding.hide()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
