"""The passages that somebody asked for: behind a cell of a table, of a code; or, where there are none, why not."""

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListView,
    QStackedWidget,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.ids import PersonId, SourceId
from polyvocal.domain.passages import PassageFilter
from polyvocal.gui import labels
from polyvocal.gui.sitting import PassagesMeant, Place, Sitting
from polyvocal.gui.views.delegate import RowDelegate
from polyvocal.gui.views.passages_accounts import AccountsModel
from polyvocal.gui.views.passages_delegate import PassageDelegate
from polyvocal.gui.views.passages_model import PassagesModel, count_of_passages
from polyvocal.services.queries.accounts import AccountRow, accounts_of
from polyvocal.services.queries.passage_pages import PassagesFound, PassageShown, find_passages, read_passages
from polyvocal.store.view import View

CONCERNED = frozenset(
    {
        "coding", "code", "person", "source", "source_version", "authorship", "occasion", "concern", "stance", "event",
        "session", "reading", "term", "stretch", "layer",
    }
)  # fmt: skip
"""The kinds of record of which a change may change the list."""

SETTLES_AFTER = 200
"""Milliseconds after a change until the list is read again: several changes are taken as one."""
OPENED_AT_MOST = 1_000
"""With more groups than so many, these are closed at first."""
READ_AT_ONCE = 40
"""So many sources are read at most for what is looked at; those that were wanted before are let go."""


class AccountsMeant(NamedTuple):
    """Where there are no passages: what that means, and whose accounts there are, under which filter."""

    title: str
    note: str
    observer: PersonId
    chosen: PassageFilter


class PassagesPanel(QWidget):
    """Lists passages, or accounts. Enter or a double click asks for the place to be opened."""

    shown = Signal()
    """What was asked for is in the list."""
    left = Signal()
    """The person is done with it (Escape, or the cross)."""

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._sitting = sitting
        self._meant: PassagesMeant | AccountsMeant | None = None
        self._queue: list[SourceId] = []
        self._reading: tuple[SourceId, ...] = ()
        self._stale = self._takes_focus = False
        self.model = PassagesModel(self)
        self.accounts = AccountsModel(self)
        self._build()
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLES_AFTER)
        self._settling.timeout.connect(self.refresh)
        self.model.wanted.connect(self._on_wanted)
        sitting.bus.changed.connect(self._on_changed)
        sitting.blind_changed.connect(self._on_blind_changed)
        sitting.theme.changed.connect(self.list.viewport().update)
        self.clear()

    # --- building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.title, self.count = QLabel(), QLabel()
        self.title.setProperty("heading", True)
        self.count.setProperty("muted", True)
        for label in (self.title, self.count):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        self.by_source = QToolButton()
        self.by_source.setText(self.tr("By &source"))
        self.by_source.setCheckable(True)
        self.by_source.setChecked(True)
        self.by_source.setToolTip(self.tr("Group the passages by their sources, or list them one after another"))
        self.by_source.toggled.connect(self._on_grouping)
        self.close_button = QToolButton()
        self.close_button.setText("✕")
        self.close_button.setProperty("flat", True)
        self.close_button.setAccessibleName(self.tr("Close the list of passages"))
        self.close_button.setToolTip(self.tr("Close (Escape)"))
        self.close_button.clicked.connect(self.left)
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.list = self._passage_list()
        self.account_list = self._account_list()
        self.stack = QStackedWidget()
        self.blank = QWidget()
        for page in (self.blank, self.list, self.account_list):
            self.stack.addWidget(page)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.title, 1)
        head.addWidget(self.count)
        head.addWidget(self.by_source)
        head.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.note)
        column.addWidget(self.stack, 1)
        leave = QAction(self)
        leave.setShortcut(QKeySequence(Qt.Key.Key_Escape))
        leave.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.triggered.connect(self.left)
        self.addAction(leave)

    def _passage_list(self) -> QTreeView:
        tree = QTreeView()
        tree.setModel(self.model)
        tree.setItemDelegate(PassageDelegate(self._sitting.theme, tree))
        tree.setHeaderHidden(True)
        tree.setIndentation(14)
        tree.setExpandsOnDoubleClick(False)
        tree.setAccessibleName(self.tr("Passages"))
        tree.activated.connect(self._on_activated)
        return tree

    def _account_list(self) -> QListView:
        accounts = QListView()
        accounts.setModel(self.accounts)
        accounts.setItemDelegate(RowDelegate(accounts))
        accounts.setAccessibleName(self.tr("Accounts"))
        accounts.activated.connect(self._on_account_activated)
        return accounts

    # --- what is asked for -----------------------------------------------------------------------------------------

    def show_passages(self, meant: PassagesMeant) -> None:
        """List the passages of a filter."""
        self._mean(meant, meant.title, meant.note)

    def show_accounts(self, meant: AccountsMeant) -> None:
        """Say why there are no passages, and list the accounts in which they would be."""
        self._mean(meant, meant.title, meant.note)

    def clear(self) -> None:
        """Show that nothing is asked for."""
        self._meant = None
        self._tell(
            self.tr("Passages"), "", self.tr("Choose a code, or a cell of a table: its passages are listed here.")
        )
        self.stack.setCurrentWidget(self.blank)
        self.by_source.hide()
        self.model.show(PassagesFound((), 0), grouped=True)

    def _mean(self, meant: PassagesMeant | AccountsMeant, title: str, note: str) -> None:
        same = meant == self._meant
        self._meant = meant
        if not same:
            self._tell(title, self.tr("Looking…"), note)
        self.refresh()

    def _tell(self, title: str, count: str, note: str) -> None:
        self.title.setText(title)
        self.count.setText(count)
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def refresh(self) -> None:
        """Look again; what is pointed to stays pointed to."""
        meant = self._meant
        self._stale = False
        if isinstance(meant, PassagesMeant):
            chosen = meant.chosen
            self._sitting.bus.ask(self, lambda view: find_passages(view, chosen), self._show_found, about="list")
        elif meant is not None:
            observer, chosen = meant.observer, meant.chosen
            self._sitting.bus.ask(
                self, lambda view: accounts_of(view, observer, chosen), self._show_accounts, about="list"
            )

    def _on_changed(self, changes: ChangeSet) -> None:
        if self._meant is None or not CONCERNED & changes.kinds.keys():
            return
        self._stale = True
        if self.isVisible() and not self._settling.isActive():
            self._settling.start()

    def _on_blind_changed(self) -> None:
        """Nothing that is not to be seen stays for a moment."""
        if self._meant is not None:
            self.model.show(PassagesFound((), 0), grouped=self.by_source.isChecked())
            self.count.setText(self.tr("Looking…"))
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    # --- what comes of it ------------------------------------------------------------------------------------------

    def _show_found(self, found: PassagesFound) -> None:
        meant = self._meant
        if not isinstance(meant, PassagesMeant):
            return
        self.by_source.setVisible(found.total > 0)
        nothing = meant.note or self.tr("No passages: nothing is coded like this yet.")
        self._tell(meant.title, count_of_passages(found.total), meant.note if found.total else nothing)
        self._show_list(found, grouped=self.by_source.isChecked())
        self._is_shown(self.list if found.total else self.blank)

    def _show_list(self, found: PassagesFound, *, grouped: bool) -> None:
        same = grouped == self.model.grouped
        closed = self._closed_groups() if same else set()
        place = self._pointed_to()
        top = self.list.verticalScrollBar().value()
        self._queue.clear()
        self._reading = ()
        self.list.setUniformRowHeights(not grouped)
        self.list.setRootIsDecorated(grouped)
        self.model.show(found, grouped=grouped)
        if grouped:
            self._open_groups(found, closed)
        self._point_to(place)
        if same:
            self.list.verticalScrollBar().setValue(top)

    def _closed_groups(self) -> set[SourceId]:
        if not self.model.grouped:
            return set()
        rows = range(self.model.rowCount())
        return {
            self.model.found.sources[row].id for row in rows if not self.list.isExpanded(self.model.index_at(row, None))
        }

    def _open_groups(self, found: PassagesFound, closed: set[SourceId]) -> None:
        if len(found.sources) > OPENED_AT_MOST:
            return
        self.list.expandAll()
        for row, source in enumerate(found.sources):
            if source.id in closed:
                self.list.collapse(self.model.index_at(row, None))

    def _pointed_to(self) -> tuple[SourceId, int | None] | None:
        index = self.list.currentIndex()
        return (self.model.source_of(index).id, self.model.place_of(index)[1]) if index.isValid() else None

    def _point_to(self, place: tuple[SourceId, int | None] | None) -> None:
        """Point to the same place as before, or to the first passage."""
        sources = self.model.found.sources
        if not sources:
            return
        number = next((number for number, one in enumerate(sources) if place and one.id == place[0]), None)
        if number is None or place is None:
            number, at = 0, 0 if len(sources) <= OPENED_AT_MOST else None
        else:
            at = None if place[1] is None else min(place[1], sources[number].passages - 1)
        self.list.setCurrentIndex(self.model.index_at(number, at))

    def _show_accounts(self, rows: tuple[AccountRow, ...]) -> None:
        meant = self._meant
        if not isinstance(meant, AccountsMeant):
            return
        self.by_source.hide()
        count = self.tr("no accounts") if not rows else self._count_of_accounts(len(rows))
        self._tell(meant.title, count, meant.note)
        self.accounts.show(rows)
        if rows:
            self.account_list.setCurrentIndex(self.accounts.index(0))
        self._is_shown(self.account_list if rows else self.blank)

    def _count_of_accounts(self, number: int) -> str:
        return self.tr("1 account") if number == 1 else self.tr("%s accounts") % labels.number(number)

    # --- reading what is looked at ---------------------------------------------------------------------------------

    def _on_wanted(self, sources: list[SourceId]) -> None:
        self._queue[:0] = sources
        self.model.forget_asked(self._queue[READ_AT_ONCE:])
        del self._queue[READ_AT_ONCE:]
        self._read_on()

    def _read_on(self) -> None:
        meant = self._meant
        if self._reading or not self._queue or not isinstance(meant, PassagesMeant):
            return
        sources = self._reading = tuple(self._queue)
        self._queue.clear()
        chosen = meant.chosen

        def query(view: View) -> dict[SourceId, tuple[PassageShown, ...]]:
            return read_passages(view, chosen, sources)

        self._sitting.bus.ask(self, query, self._on_read, about="page", failed=self._on_read_failed)

    def _on_read(self, pages: Mapping[SourceId, tuple[PassageShown, ...]]) -> None:
        asked, self._reading = self._reading, ()
        self.model.take_over(pages, asked)
        self._read_on()

    def _on_read_failed(self, fault: Exception) -> None:
        self._reading = ()
        self._sitting.bus.failed.emit(fault)

    # --- doors -----------------------------------------------------------------------------------------------------

    def _on_grouping(self) -> None:
        self._show_list(self.model.found, grouped=self.by_source.isChecked())

    def _on_activated(self, index: QModelIndex) -> None:
        shown = self.model.passage_of(index)
        if shown is None:
            self._sitting.place_wanted.emit(Place(self.model.source_of(index).id))
            return
        one = shown.passage
        start, end = (None, None) if one.gone else (one.start, one.end)
        self._sitting.place_wanted.emit(Place(one.source, start, end, one.id))

    def _on_account_activated(self, index: QModelIndex) -> None:
        self._sitting.place_wanted.emit(Place(self.accounts.rows[index.row()].id))

    def focus_list(self) -> None:
        """Give the keyboard to what is listed, as soon as it is."""
        self._takes_focus = True

    def _is_shown(self, page: QWidget) -> None:
        self.stack.setCurrentWidget(page)
        if self._takes_focus:
            self._takes_focus = False
            self._focus_page()
        self.shown.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard belongs to what is listed."""
        super().focusInEvent(event)
        self._focus_page(event.reason())

    def _focus_page(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        page = self.stack.currentWidget()
        target = self.close_button if page is self.blank else page
        if target is not None and target.isVisibleTo(self):
            target.setFocus(reason)
