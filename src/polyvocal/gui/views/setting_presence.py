"""Presence: who was in which session, doing what and where, noted by key, by button or in a small form."""

from itertools import pairwise

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from polyvocal.domain.ids import EventId
from polyvocal.domain.words import Doing
from polyvocal.gui import labels
from polyvocal.gui.dialogs.presence import PresenceDialog
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.setting_grid import Cell, PresenceModel, PresenceTable
from polyvocal.gui.views.setting_marks import KEYS, mark_icon
from polyvocal.gui.views.setting_section import Door, EmptyState, Section, holds_focus
from polyvocal.services.commands.setting import set_presences
from polyvocal.services.queries.presence import PresenceGrid, presence_grid

TIP = Qt.ItemDataRole.ToolTipRole


class PresenceSection(Section):
    """The grid of one event, with the event to be chosen, the people to be found, and what can be noted."""

    concerned = frozenset({"person", "role", "authorship", "event", "session", "presence"})

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(
            sitting,
            self.tr("Presence"),
            self.tr(
                "Who was in which session, doing what, and where. What is left blank is not known, which is not the "
                "same as absent: comparisons tell the two apart."
            ),
            parent,
        )
        self._event: EventId | None = None
        self._step = Door("people", new=True)
        self._was: tuple[list[Cell], Cell | None] = ([], None)
        self.model = PresenceModel(self)
        self.model.modelAboutToBeReset.connect(self._before_reset)
        self.table = PresenceTable(sitting.theme, self.model)
        self.table.setAccessibleName(self.tr("Presence: people down, sessions across"))
        self.events = QComboBox()
        self.events.setAccessibleName(self.tr("Event"))
        self.events.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.events.setMinimumContentsLength(24)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Find a person"))
        self.filter.setAccessibleName(self.tr("Find a person"))
        self.filter.setClearButtonEnabled(True)
        self.empty = EmptyState("", "", "")
        self._make_buttons()
        self._lay_out()
        self.events.activated.connect(self._on_event_chosen)
        self.filter.textChanged.connect(self._on_filter_changed)
        self.table.doing_given.connect(self.note)
        self.table.form_wanted.connect(self.open_form)
        self.table.menu_wanted.connect(self._show_menu)
        self.table.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.empty.step.clicked.connect(self.add)
        sitting.theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self._show_possible()

    def _make_buttons(self) -> None:
        """One for each doing, with its mark: they are the legend, too."""
        self.buttons: dict[Doing | None, QPushButton] = {}
        for doing, shown in labels.DOINGS.items():
            button = QPushButton(shown[:1].upper() + shown[1:])
            button.clicked.connect(lambda _checked=False, doing=doing: self._note_and_return(doing))
            self.buttons[doing] = button
        self.unknown = QPushButton(self.tr("Not known"))
        self.unknown.clicked.connect(lambda _checked=False: self._note_and_return(None))
        self.buttons[None] = self.unknown
        self.where = QPushButton(self.tr("Where…"))
        self.where.clicked.connect(self.open_form)

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(self.events, 1)
        above.addWidget(self.filter, 1)
        doings = QHBoxLayout()
        doings.setSpacing(8)
        for button in (*self.buttons.values(), self.where):
            doings.addWidget(button)
        doings.addStretch(1)
        self.grid_page = QWidget()
        inner = QVBoxLayout(self.grid_page)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addLayout(doings)
        inner.addWidget(self.table, 1)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(above)
        column.addWidget(self.grid_page, 1)
        self.empty.setFrameShape(QFrame.Shape.NoFrame)
        column.addWidget(self.empty, 1)
        self.pages.addWidget(full)
        for before, after in pairwise((self.events, self.filter, *self.buttons.values(), self.where, self.table)):
            self.setTabOrder(before, after)

    def main_part(self) -> QWidget:
        """The grid; where something is missing for it, the step that enters that."""
        return self.table if self.grid_page.isVisibleTo(self) else self.empty.step

    def _on_theme_changed(self) -> None:
        ratio = self.devicePixelRatioF()
        for doing, button in self.buttons.items():
            if doing is not None:
                button.setIcon(mark_icon(doing, self.sitting.theme.colours, self.font(), ratio))
        self.table.viewport().update()
        self.table.heads.viewport().update()

    # --- what is shown -------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the grid anew."""
        event = self._event
        self.sitting.bus.ask(self, lambda view: presence_grid(view, event), self._show, about="grid")

    def _show(self, grid: PresenceGrid) -> None:
        self._event = grid.event.id if grid.event else None
        self.events.clear()
        for one in grid.events:
            self.events.addItem(one.title)
            self.events.setItemData(self.events.count() - 1, labels.from_to(one.starts, one.ends), TIP)
        self.events.setCurrentIndex(next((n for n, one in enumerate(grid.events) if one.id == self._event), -1))
        self.events.setVisible(bool(grid.events))
        self.filter.setVisible(bool(grid.people and grid.sessions))
        self._show_grid(grid)
        self.table.heads.viewport().update()
        self._show_what_is_missing(grid)
        self._show_possible()
        self.loaded.emit()

    def _show_grid(self, grid: PresenceGrid) -> None:
        if self.model.show(grid, self.filter.text()):
            self.table.fit_columns()
            self._choose_again(*self._was)
        self.table.fit_rows()

    def _before_reset(self) -> None:
        self._was = self.chosen, self.model.cell(self.table.currentIndex())

    def _choose_again(self, chosen: list[Cell], here: Cell | None) -> None:
        """Select what was selected; at first the first cell."""
        wanted = QItemSelection()
        for cell in chosen:
            index = self.model.index_of(cell)
            if index.isValid():
                wanted.select(index, index)
        current = self.model.index_of(here) if here else self.model.index(-1, -1)
        if not current.isValid():
            rows = range(self.model.rowCount())
            row = next((one for one in rows if not isinstance(self.model.line(one), str)), -1)
            current = self.model.index(row, 0)
        selection = self.table.selectionModel()
        selection.setCurrentIndex(current, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if not wanted.isEmpty():
            selection.select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _show_what_is_missing(self, grid: PresenceGrid) -> None:
        if not grid.events:
            self._step = Door("events", new=True)
            self.empty.say(
                self.tr("No events yet"),
                self.tr("Presence is noted session by session. Enter the event that was observed, and its sessions."),
                self.tr("Add event…"),
            )
        elif not grid.sessions:
            self._step = Door("events", self._event, new=True)
            self.empty.say(
                self.tr("This event has no sessions yet"),
                self.tr("Each session becomes a column: a plenary, a table, the corridor, a meal, the journey."),
                self.tr("Add session…"),
            )
        else:
            self._step = Door("people", new=True)
            self.empty.say(
                self.tr("No people yet"),
                self.tr("Each person becomes a row: those who observe first, then everybody who was there."),
                self.tr("Add person…"),
            )
        missing = not (grid.sessions and grid.people)
        had_focus = holds_focus(self)
        self.empty.setVisible(missing)
        self.grid_page.setVisible(not missing)
        if had_focus and not holds_focus(self):
            self.focus_first()

    def _on_event_chosen(self, number: int) -> None:
        events = self.model.grid.events
        if 0 <= number < len(events) and events[number].id != self._event:
            self._event = events[number].id
            self.refresh()

    def _on_filter_changed(self) -> None:
        self._show_grid(self.model.grid)

    def point_to(self, thing: int) -> None:
        """Show the grid of an event."""
        self._event = EventId(thing)
        self._stale = True
        self._refresh_if_seen()

    def add(self) -> None:
        """Go where what is missing is entered."""
        if not self.grid_page.isVisibleTo(self):
            self.door_opened.emit(self._step)

    # --- what is noted -------------------------------------------------------------------------------------------

    @property
    def chosen(self) -> list[Cell]:
        """The cells that are selected."""
        selection = self.table.selectionModel().selection()
        spans = [selection.at(number) for number in range(selection.count())]
        return [
            cell
            for span in spans
            for cell in self.model.cells(range(span.top(), span.bottom() + 1), range(span.left(), span.right() + 1))
        ]

    def _on_selection_changed(self) -> None:
        self._show_possible()

    def _show_possible(self) -> None:
        possible = self.table.selectionModel().hasSelection()
        none = self.tr("Choose one or more cells first.")
        for doing, button in self.buttons.items():
            tip = self.tr("%s in the grid") % (KEYS[doing] if doing else self.tr("Delete"))
            self.guard(button, tip, possible=possible, why_not=none)
        self.guard(self.where, self.tr("Enter in the grid: what they did, and where"), possible=possible, why_not=none)
        self.guard(self.empty.step, self.tr("Insert or Ctrl+N"))

    def note(self, doing: Doing | None) -> None:
        """Note of the selected cells what was done there; None: it is not known."""
        cells = [(str(one.person), str(one.session)) for one in self.chosen]
        if cells and self.sitting.bus.may_write:
            self.sitting.bus.act(lambda file: set_presences(file, cells=cells, doing=doing), owner=self)

    def _note_and_return(self, doing: Doing | None) -> None:
        self.note(doing)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_form(self) -> None:
        """Ask what was done in the selected cells, and where."""
        cells = self.chosen
        if not cells or not self.sitting.bus.may_write:
            return
        if len(cells) == 1:
            person, session = cells[0]
            names = [one.name for one in self.model.grid.people if one.id == person]
            titles = [one.title for one in self.model.grid.sessions if one.id == session]
            about = self.tr("%s in %s.") % (*names, *titles)
        else:
            people = labels.number(len({one.person for one in cells}))
            sessions = labels.number(len({one.session for one in cells}))
            about = self.tr("%s cells at once (people: %s, sessions: %s).")
            about = about % (labels.number(len(cells)), people, sessions)
        keys = [(str(one.person), str(one.session)) for one in cells]
        dialog = PresenceDialog(self.sitting, keys, [self.model.noted(one) for one in cells], about, parent=self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _show_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for button in (*self.buttons.values(), self.where):
            act = menu.addAction(button.icon(), button.text())
            act.setEnabled(button.isEnabled())
            act.triggered.connect(button.click)
        menu.popup(at)
