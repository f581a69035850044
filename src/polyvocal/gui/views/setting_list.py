"""A section that is a list: a table or tree with a filter, buttons and keys, and beside it what is chosen there."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from polyvocal.domain.changes import ChangeSet
from polyvocal.gui import labels
from polyvocal.gui.dialogs.form import FormDialog
from polyvocal.gui.dialogs.removing import ask_removal
from polyvocal.gui.sitting import PassagesMeant, Place, Sitting
from polyvocal.gui.views.setting_details import Details, DetailsPane
from polyvocal.gui.views.setting_model import Column, EntriesModel
from polyvocal.gui.views.setting_section import Door, EmptyState, Section, holds_focus
from polyvocal.gui.views.setting_tree import EntriesTree
from polyvocal.services.commands.removal import remove, what_goes_with
from polyvocal.services.queries.setting_entries import Names, names_to_choose
from polyvocal.store.view import View

SIDE_BY_SIDE = 165
"""From so many letters of width on, details stand beside the list, else below it."""


class ListSection(Section):
    """A list of things of one kind, or of a few that are parts of each other."""

    query: Callable[[View], Sequence[Any]]
    """What reads the entries."""
    makes: tuple[str, ...]
    """The kinds of record that the forms make, the likeliest to be meant first."""

    def __init__(
        self,
        sitting: Sitting,
        title: str,
        purpose: str,
        *,
        columns: Sequence[Column],
        empty: EmptyState,
        find: str,
        model: EntriesModel | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(sitting, title, purpose, parent)
        self.model = model or EntriesModel(columns, parent=self)
        self._wanted: int | None = None
        self._was: tuple[int | None, int, int] = (None, 0, 0)
        self._closed: set[int] = set()
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(find)
        self.filter.setAccessibleName(find)
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._on_filter_changed)
        self.tree = EntriesTree(self.model)
        self.tree.setAccessibleName(title)
        self.details = DetailsPane()
        self.empty = empty
        self._make_buttons()
        self._lay_out()
        self.tree.edit_wanted.connect(self.edit)
        self.tree.remove_wanted.connect(self.remove)
        self.tree.menu_wanted.connect(self._show_menu)
        self.tree.collapsed.connect(self._on_collapsed)
        self.tree.expanded.connect(self._on_expanded)
        self.tree.selectionModel().currentChanged.connect(self._on_current_changed)
        self.model.modelAboutToBeReset.connect(self._before_reset)
        self.model.modelReset.connect(self._after_reset)
        self.details.opened.connect(self._on_opened)
        self.empty.step.clicked.connect(self.add)

    def _make_buttons(self) -> None:
        self.new = QPushButton(self.new_words())
        self.change = QPushButton(self.tr("Edit…"))
        self.drop = QPushButton(self.tr("Remove"))
        self.new.clicked.connect(self.add)
        self.change.clicked.connect(self.edit)
        self.drop.clicked.connect(self.remove)
        self.buttons = [self.new, self.change, self.drop]

    def new_words(self) -> str:
        """What the button says that adds something."""
        return self.tr("Add…")

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(self.filter, 1)
        for button in self.buttons:
            bar.addWidget(button)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(8)
        self.split.setStyleSheet("QSplitter::handle { background: transparent; }")
        self.split.addWidget(self.tree)
        self.split.addWidget(self.details)
        self.split.setStretchFactor(0, 2)
        self.split.setStretchFactor(1, 1)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(bar)
        column.addWidget(self.split, 1)
        self.empty.setFrameShape(QFrame.Shape.NoFrame)
        self.pages.addWidget(full)
        self.pages.addWidget(self.empty)
        order = [self.filter, *self.buttons, self.tree, self.details]
        for before, after in pairwise(order):
            self.setTabOrder(before, after)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the details beside the list where there is room, else below it."""
        super().resizeEvent(event)
        wide = self.width() >= self.fontMetrics().averageCharWidth() * SIDE_BY_SIDE
        way = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self.split.orientation() is not way:
            self.split.setOrientation(way)
            length = self.split.width() if wide else self.split.height()
            self.split.setSizes([length * 66 // 100, length * 34 // 100])

    def main_part(self) -> QWidget:
        """The list; where it is empty, the first step."""
        return self.empty.step if self.pages.currentIndex() == 1 else self.tree

    # --- what is shown -------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the entries anew."""
        self.sitting.bus.ask(self, self.query, self._show, about="entries")

    def _show(self, entries: Sequence[Any]) -> None:
        self.model.show(entries)
        had_focus = holds_focus(self)
        self.pages.setCurrentIndex(1 if self.model.is_empty else 0)
        if had_focus and not holds_focus(self):
            self.focus_first()
        self._on_current_changed()
        self.loaded.emit()

    def _on_filter_changed(self, wanted: str) -> None:
        self.model.narrow(wanted)

    def _before_reset(self) -> None:
        here = self.tree.currentIndex()
        entry = self.model.entry(here)
        self._was = (entry.id if entry is not None else None, here.row(), self.tree.verticalScrollBar().value())

    def _after_reset(self) -> None:
        """Unfold what was not folded, and point to what was pointed to; where that is gone, to what took its place."""
        for head, index in self.model.heads():
            self.tree.setExpanded(index, head not in self._closed)
        identity, before, top = self._was
        wanted = self.model.index_of(self._wanted) if self._wanted is not None else QModelIndex()
        again = self.model.index_of(identity) if identity is not None else QModelIndex()
        if wanted.isValid():
            self._wanted = None
            self._select(wanted)
        else:
            self.tree.verticalScrollBar().setValue(top)
            last = self.model.rowCount() - 1
            self._select(again if again.isValid() else self.model.index(min(max(before, 0), last), 0))
        self._on_current_changed()

    def _select(self, index: QModelIndex) -> None:
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.tree.selectionModel().setCurrentIndex(index, flags)
        if index.isValid():
            self.tree.scrollTo(index)

    def _on_collapsed(self, index: QModelIndex) -> None:
        self._closed.add(self.model.entry(index).id)

    def _on_expanded(self, index: QModelIndex) -> None:
        self._closed.discard(self.model.entry(index).id)

    @property
    def current(self) -> Any:
        """The entry that is pointed to, or None."""
        return self.model.entry(self.tree.currentIndex())

    def point_to(self, thing: int) -> None:
        """Point to a thing now, or as soon as it is shown; a filter that hides it is taken away."""
        index = self.model.index_of(thing)
        if not index.isValid() and self.filter.text():
            self.filter.clear()
            index = self.model.index_of(thing)
        if index.isValid():
            self._select(index)
        else:
            self._wanted = thing

    def _on_current_changed(self) -> None:
        entry = self.current
        self.details.show_details(self.details_of(entry) if entry is not None else None, self.hint())
        self.show_possible(entry)

    def show_possible(self, entry: Any) -> None:
        """Let those buttons be pressed that can do something for the entry that is pointed to."""
        none = self.tr("Choose a row first.")
        self.guard(self.new, self.tr("Insert or Ctrl+N"))
        self.guard(self.empty.step, self.tr("Insert or Ctrl+N"))
        self.guard(self.change, self.tr("Enter"), possible=entry is not None, why_not=none)
        self.guard(self.drop, self.tr("Delete"), possible=entry is not None, why_not=none)

    def hint(self) -> str:
        """What stands in place of details where nothing is chosen."""
        if self.filter.text() and not self.model.rowCount():
            return self.tr("Nothing here bears these words. Esc in the field above shows everything again.")
        return self.tr("Choose a row to see what is known of it.")

    def details_of(self, entry: Any) -> Details:
        """What is shown of an entry beside the list."""
        raise NotImplementedError  # pragma: no cover - each list says

    def _on_opened(self, target: object) -> None:
        if isinstance(target, Door):
            self.door_opened.emit(target)
        elif isinstance(target, Place):
            self.sitting.place_wanted.emit(target)
        elif isinstance(target, PassagesMeant):
            self.passages_wanted.emit(target)

    # --- what is done --------------------------------------------------------------------------------------------

    def kind_word(self, entry: Any) -> str:
        """The kind of an entry, as references name it."""
        raise NotImplementedError  # pragma: no cover - each list says

    def name_of(self, entry: Any) -> str:
        """How an entry is called."""
        raise NotImplementedError  # pragma: no cover - each list says

    def form(self, entry: Any, names: Names) -> FormDialog:
        """The form for an entry; for a new one, if there is none."""
        raise NotImplementedError  # pragma: no cover - each list says

    def add(self) -> None:
        """Open the form for a new entry."""
        self._open_form(None)

    def edit(self) -> None:
        """Open the form of the entry that is pointed to."""
        if self.current is not None and self.sitting.bus.may_write:
            self._open_form(self.current)

    def _open_form(self, entry: Any) -> None:
        if self.sitting.bus.may_write:
            self.sitting.bus.ask(self, names_to_choose, lambda names: self.open(self.form(entry, names)), about="form")

    def open(self, form: FormDialog) -> None:
        """Open a form; what it makes is pointed to."""
        form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form.finished_with.connect(self._on_finished)
        form.open()

    def _on_finished(self, changes: object) -> None:
        if isinstance(changes, ChangeSet):
            made = [identity for kind in self.makes for identity in changes.created(kind)]
            if made:
                self.point_to(made[0])

    def parts_asked_of(self) -> Mapping[str, tuple[str, str]]:
        """The parts of a thing, by kind, that go with it only after asking: what they are called, one and several."""
        return {}

    def remove(self) -> None:
        """Remove the entry that is pointed to, after asking where other words of people go with it.

        What stands in its way is told as a fault.
        """
        entry = self.current
        if entry is None or not self.sitting.bus.may_write:
            return
        word, reference = self.kind_word(entry), str(entry.id)
        self.sitting.bus.ask(
            self,
            lambda view: what_goes_with(view, word, reference),
            lambda parts: self._remove(word, reference, self.name_of(entry), parts),
            about="remove",
        )

    def _remove(self, word: str, reference: str, name: str, parts: Mapping[str, int]) -> None:
        def go_on() -> None:
            self.sitting.bus.act(lambda file: remove(file, word, reference), owner=self)

        listed = [
            f"{labels.number(parts[kind])} {one if parts[kind] == 1 else several}"
            for kind, (one, several) in self.parts_asked_of().items()
            if parts.get(kind)
        ]
        goes = self.tr("With it goes: %s. Undo brings all of it back.") % "; ".join(listed) if listed else ""
        ask_removal(self, name, goes, go_on)

    def _show_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for button in self.buttons:
            act = menu.addAction(button.text())
            act.setEnabled(button.isEnabled())
            act.triggered.connect(button.click)
        menu.addSeparator()
        by = menu.addMenu(self.tr("Sort by"))
        head = self.tree.header()
        for number, column in enumerate(self.model.columns):
            act = by.addAction(column.title)
            act.setCheckable(True)
            act.setChecked(head.sortIndicatorSection() == number)
            act.triggered.connect(lambda _checked=False, number=number: self._sort_by(number))
        menu.popup(at)

    def _sort_by(self, column: int) -> None:
        """Sort by a column; the other way round if it is sorted by that already."""
        head = self.tree.header()
        again = head.sortIndicatorSection() == column and head.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        head.setSortIndicator(column, Qt.SortOrder.DescendingOrder if again else Qt.SortOrder.AscendingOrder)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From the filter, Down and Enter lead to the list, Esc shows everything again."""
        if self.filter.hasFocus() and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.filter.hasFocus() and event.key() == Qt.Key.Key_Escape and self.filter.text():
            self.filter.clear()
        elif event.matches(QKeySequence.StandardKey.Find):
            self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().keyPressEvent(event)
