"""The history of a project: who did what and when, and going back to a point of it, or forward again."""

from collections.abc import Callable
from itertools import islice

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMessageBox,
    QTableView,
    QWidget,
)

from polyvocal.domain.records import Person
from polyvocal.gui import labels
from polyvocal.gui.bus import told
from polyvocal.gui.button import Button
from polyvocal.gui.dialogs.history_model import PAGE, HistoryModel, changes_told, what_was_done
from polyvocal.gui.dialogs.read_table import make_list
from polyvocal.gui.parts import in_column, in_row, muted
from polyvocal.gui.sitting import Sitting
from polyvocal.services.queries.project import HistoryLine, history
from polyvocal.services.queries.steps import step_in_words
from polyvocal.services.queries.turns import REDO, Turns, turns_meant
from polyvocal.store.file import ProjectFile
from polyvocal.store.history import Wanted, people_and_kinds
from polyvocal.store.view import View


class HistoryDialog(QDialog):
    """Lists the operations, the newest first, as far as they are looked at. `hindrance` says why nothing may be turned
    just now, or is empty."""

    def __init__(self, sitting: Sitting, hindrance: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("History"))
        self._sitting, self._hindrance = sitting, hindrance
        self._left = self._all = 0
        self._failed = ""
        self._build()
        sitting.bus.changed.connect(self._on_changed)
        sitting.bus.ask(self, _choices, self._offer, about="choices")
        self.refresh()

    # --- building ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.model = HistoryModel(self)
        self.model.wanted.connect(self._ask_more)
        self.table = self._make_table()
        self.about, self.told = muted(), muted()
        whole = in_column(
            self._make_filters(), (self.table, 1), self.about, self.told, self._make_buttons(), spacing=10
        )
        whole.setContentsMargins(20, 16, 20, 14)
        self.setLayout(whole)
        self.resize(820, 640)
        self.table.setFocus()

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setAccessibleName(self.tr("What was done, the newest first"))
        make_list(table, room=10)
        table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        for column, letters in ((0, 22), (1, 20), (3, 10)):
            table.setColumnWidth(column, table.fontMetrics().averageCharWidth() * letters)
        table.selectionModel().currentChanged.connect(lambda *_indexes: self._on_chosen())
        return table

    def _make_filters(self) -> QHBoxLayout:
        self.person, self.kind = QComboBox(), QComboBox()
        self._people: list[int | None] = [None]
        self.person.addItem(self.tr("Everybody"))
        self.kind.addItem(self.tr("Everything"), None)
        who, what = QLabel(self.tr("&Who:")), QLabel(self.tr("Wha&t:"))
        for box, label, name in ((self.person, who, self.tr("Done by")), (self.kind, what, self.tr("Kind of act"))):
            label.setBuddy(box)
            box.setAccessibleName(name)
            box.currentIndexChanged.connect(self.refresh)
        return in_row(who, self.person, what, self.kind, None, spacing=8)

    def _make_buttons(self) -> QHBoxLayout:
        self.turn = Button()
        self.turn.setAutoDefault(False)
        self.turn.clicked.connect(lambda _checked=False: self.ask_turn())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        return in_row(self.turn, (buttons, 1), spacing=8)

    # --- what is shown -------------------------------------------------------------------------------------------

    def _offer(self, found: tuple[list[tuple[int, str]], list[str]]) -> None:
        people, kinds = found
        for identity, name in people:
            self.person.addItem(name)
            self._people.append(identity)
        for words, kind in sorted((labels.capitalised(step_in_words(kind, None)), kind) for kind in kinds):
            self.kind.addItem(words, kind)

    def _wanted(self, before: int | None = None) -> Wanted:
        return Wanted(before, self._people[self.person.currentIndex()], self.kind.currentData())

    def refresh(self) -> None:
        """Read the first page anew."""
        wanted = self._wanted()
        self.model.wait()  # else what is asked for more would take the place of this question
        self._sitting.bus.ask(self, lambda view: _page(view, wanted), self._show, about="page")

    def _ask_more(self) -> None:
        wanted = self._wanted(self.model.lines[-1].operation)
        self._sitting.bus.ask(self, lambda view: _page(view, wanted), self.model.take_over, about="page")

    def _show(self, lines: list[HistoryLine]) -> None:
        chosen = self.chosen
        self.model.show(lines)
        row = next((n for n, line in enumerate(lines) if chosen and line.operation == chosen.operation), 0)
        self.table.setCurrentIndex(self.model.index(row, 0))
        self._on_chosen()

    def _on_changed(self, _changes: object) -> None:
        if not self._left:
            self.refresh()

    @property
    def chosen(self) -> HistoryLine | None:
        """The operation that is chosen in the list."""
        row = self.table.currentIndex().row()
        return self.model.lines[row] if 0 <= row < len(self.model.lines) else None

    def _on_chosen(self) -> None:
        line = self.chosen
        if not self._left:
            self._say(self._hindrance or self._failed)
        undone = line is not None and line.standing == "undone"
        self.turn.setText(self.tr("Do again up to this…") if undone else self.tr("Undo back to before this…"))
        may = self._sitting.bus.may_write and not self._hindrance and not self._left
        self.turn.setEnabled(may and line is not None and bool(line.standing))
        if line is None:
            self.about.setText(self.tr("Nothing that was done is of this kind."))
            return
        parts = (labels.noted_at(line.at), changes_told(line), self.tr("operation %s") % line.operation)
        self.about.setText(" · ".join(part for part in parts if part))

    def _say(self, words: str) -> None:
        self.told.setText(words)
        self.told.setVisible(bool(words))

    # --- going back, and forward ---------------------------------------------------------------------------------

    def ask_turn(self) -> None:
        """Find out how many acts lead to the chosen one, and ask."""
        line, person = self.chosen, self._sitting.bus.file.person
        if line is None or not self.turn.isEnabled():
            return
        operation = line.operation
        self._failed = ""
        self._sitting.bus.ask(
            self,
            lambda view: turns_meant(view, person, operation),
            lambda turns: self._confirm(line, turns),
            about="turns",
        )

    def _confirm(self, line: HistoryLine, turns: Turns) -> None:
        if turns.refused:
            self._failed = turns.refused
            self._say(turns.refused)
            return
        acts = self.tr("this act") if turns.acts == 1 else self.tr("%s acts") % labels.number(turns.acts)
        ask = self.tr("Do %s again, up to: %s?") if turns.direction == REDO else self.tr("Undo %s, back to before: %s?")
        words = ask % (acts, what_was_done(line))
        if turns.others:
            words += "\n\n" + (
                self.tr("One act of others since then stays.")
                if turns.others == 1
                else self.tr("%s acts of others since then stay.") % labels.number(turns.others)
            )
        yes, no = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.Cancel
        if QMessageBox.question(self, self.windowTitle(), words, yes | no, no) == yes:
            self._left = self._all = turns.acts
            self._go_on(_redo if turns.direction == REDO else _undo)

    def _go_on(self, command: Callable[[ProjectFile], object]) -> None:
        """One step more, until none is left or one is refused."""
        self._say(self.tr("%s of %s…") % (labels.number(self._all - self._left + 1), labels.number(self._all)))
        self.turn.setEnabled(False)

        def done(_changes: object) -> None:
            self._left -= 1
            if self._left:
                self._go_on(command)
            else:
                self._failed = ""
                self.refresh()

        def failed(fault: Exception) -> None:
            words, report = told(fault)
            turned = self._all - self._left
            self._left = 0
            self._failed = self.tr("Turned %s of %s, then: %s") % (turned, self._all, words)
            self._failed += f"\n{report}" if report else ""
            self.refresh()

        self._sitting.bus.act(command, done=done, failed=failed, owner=self)


def _undo(file: ProjectFile) -> object:
    return file.undo(file.person)


def _redo(file: ProjectFile) -> object:
    return file.redo(file.person)


def _page(view: View, wanted: Wanted) -> list[HistoryLine]:
    return list(islice(history(view, wanted), PAGE))


def _choices(view: View) -> tuple[list[tuple[int, str]], list[str]]:
    """Who did anything, by name, and the kinds of what was done."""
    people, kinds = people_and_kinds(view)
    named = ((person, view.get(Person, person)) for person in people)
    return sorted(((one, who.name) for one, who in named if who), key=lambda one: one[1].casefold()), kinds
