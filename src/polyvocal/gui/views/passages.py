"""The passages that somebody asked for: behind a cell of a table, of a code, by any filter; or why there are none."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.ids import CodeId, CodingId, PersonId, SourceId
from polyvocal.domain.passages import Aspect, PassageFilter, PassageQuery
from polyvocal.gui import labels
from polyvocal.gui.parts import muted
from polyvocal.gui.sitting import PassagesMeant, Place, Sitting
from polyvocal.gui.views.delegate import RowDelegate
from polyvocal.gui.views.filter_choosing import FilterChoosing
from polyvocal.gui.views.passages_accounts import AccountsModel
from polyvocal.gui.views.passages_acts import PassagesActs
from polyvocal.gui.views.passages_arrange import ArrangeButton
from polyvocal.gui.views.passages_asked import Asked, Found, found_for
from polyvocal.gui.views.passages_delegate import PassageDelegate
from polyvocal.gui.views.passages_empty import EmptyList
from polyvocal.gui.views.passages_filters import FilterBar
from polyvocal.gui.views.passages_model import PassagesModel
from polyvocal.gui.views.passages_table import PassagesTable
from polyvocal.services.queries.accounts import AccountRow, accounts_of
from polyvocal.services.queries.passage_list import PassagesListed
from polyvocal.services.queries.passage_pages import PassageShown, read_passages
from polyvocal.store.view import View

CONCERNED = frozenset(
    {
        "coding", "code", "person", "source", "source_version", "authorship", "occasion", "concern", "stance", "event",
        "session", "reading", "term", "stretch", "layer", "constituent_group",
    }
)  # fmt: skip
"""The kinds of record of which a change may change the list."""

SETTLES_AFTER = 200
"""Milliseconds after a change until the list is read again: several changes are taken as one."""
TYPED = 250
"""Milliseconds after a letter until words are looked for."""
READ_AT_ONCE = 120
"""So many passages are read at most for what is looked at; those that were wanted before are let go."""


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
    asked_anew = Signal()
    """Something else is asked for, or it is arranged otherwise."""

    exported = Signal(object)
    """The path of a file that was saved."""

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.sitting = sitting
        self.asked = Asked()
        self._accounts: AccountsMeant | None = None
        self._shown: PassageQuery | None = None
        self._is_asked = self._follows = False
        self._among = ""
        self._queue: list[CodingId] = []
        self._reading: tuple[CodingId, ...] = ()
        self._stale = self._takes_focus = False
        self.model = PassagesModel(self)
        self.accounts = AccountsModel(self)
        self._build()
        self.acts = PassagesActs(self)
        self._settling, self._typing = (self._timer(one) for one in (SETTLES_AFTER, TYPED))
        self._settling.timeout.connect(self.refresh)
        self._typing.timeout.connect(self._on_words)
        self._connect()
        self.clear()

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        return timer

    # --- building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.title = QLabel()
        self.title.setProperty("heading", True)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        self.words = QLineEdit()
        self.words.setPlaceholderText(self.tr("Find words"))
        self.words.setAccessibleName(self.tr("Words in the passage"))
        self.words.setClearButtonEnabled(True)
        self.arrange = ArrangeButton()
        self.more = QToolButton()
        self.more.setText("⋯")
        self.more.setAccessibleName(self.tr("What can be done with the marked passages"))
        self.more.setToolTip(self.tr("What can be done with the marked passages; also by the right mouse button"))
        self.filters = FilterBar((self.words, self.arrange, self.more))
        self.close_button = QToolButton()
        self.close_button.setText("✕")
        self.close_button.setProperty("flat", True)
        self.close_button.setAccessibleName(self.tr("Close the list of passages"))
        self.close_button.setToolTip(self.tr("Close (Escape)"))
        self.note = muted()
        self.table = PassagesTable(self.model, PassageDelegate(self.sitting.theme, self))
        self.table.setAccessibleName(self.tr("Passages"))
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.account_list = QListView()
        self.account_list.setModel(self.accounts)
        self.account_list.setItemDelegate(RowDelegate(self.account_list))
        self.account_list.setAccessibleName(self.tr("Accounts"))
        self.empty = EmptyList()
        self.stack = QStackedWidget()
        for page in (self.empty, self.table, self.account_list):
            self.stack.addWidget(page)
        self.choosing = FilterChoosing(self.sitting, self.filters, lambda: self.asked.query, owner=self)
        self.values = self.choosing.values
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(self.filters, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 6)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.note)
        column.addWidget(self.stack, 1)
        leave = QAction(self)
        leave.setShortcut(QKeySequence(Qt.Key.Key_Escape))
        leave.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.triggered.connect(self._on_escape)
        self.addAction(leave)

    def _connect(self) -> None:
        self.model.wanted.connect(self._on_wanted)
        self.table.opened.connect(self._on_opened)
        self.table.unfolding.connect(self.acts.unfold_paragraph)
        self.table.customContextMenuRequested.connect(self._on_menu)
        self.account_list.activated.connect(self._on_account_activated)
        self.choosing.asked.connect(self._ask)
        self.empty.removed.connect(self.filters.removed)
        self.empty.cleared.connect(self.ask_for_all)
        self.empty.widened.connect(lambda: self._ask(replace(self.asked.query, below=True)))
        self.words.textChanged.connect(lambda _words: self._typing.start())
        self.words.returnPressed.connect(self._focus_page)
        self.arrange.arranged.connect(self._on_arranged)
        self.more.clicked.connect(lambda: self.acts.show_menu(self.more.mapToGlobal(QPoint(0, self.more.height()))))
        self.close_button.clicked.connect(self.left)
        self.sitting.bus.changed.connect(self._on_changed)
        self.sitting.blind_changed.connect(self._on_blind_changed)
        self.sitting.theme.changed.connect(self.table.measure)

    # --- what is asked for -----------------------------------------------------------------------------------------

    def show_passages(self, meant: PassagesMeant) -> None:
        """List the passages of a filter, and nothing else that was asked for before."""
        self.table.setAccessibleDescription(meant.title)
        self._ask(PassageQuery(meant.chosen))

    def show_codings(self, title: str, codings: Iterable[CodingId]) -> None:
        """List just these codings, which have a title in common, until all filters are taken away."""
        self.table.setAccessibleDescription(title)
        self._among = title
        self._ask(PassageQuery(among=frozenset(codings)))

    def list_others(self, codings: Iterable[CodingId]) -> None:
        """List other codings under the same title, by the same filters."""
        self._ask(replace(self.asked.query, among=frozenset(codings)))

    def show_accounts(self, meant: AccountsMeant) -> None:
        """Say why there are no passages, and list the accounts in which they would be."""
        self._accounts, self._is_asked = meant, True
        self.title.setText(meant.title)
        self._tell(meant.note, passages=False)
        self.refresh()

    def follow(self, code: CodeId, *, by_hand: bool) -> None:
        """List the passages of the code that the codebook shows.

        Where a person chose it there, all else that is asked for stays. Where the codebook only came to it, this is
        done while nothing else than the code of the codebook is asked for.
        """
        if not by_hand and self._is_asked and not self._follows:
            return
        query = self.asked.query if self._accounts is None else PassageQuery()
        asked = replace(query, chosen=query.chosen.but(Aspect.CODE, {code}))
        self._follows = asked == PassageQuery(PassageFilter(codes=frozenset({code})), below=query.below)
        if asked != self.asked.query or not self._is_asked or self._accounts is not None:
            follows = self._follows
            self._ask(asked)
            self._follows = follows

    def restore(self, asked: Asked) -> None:
        """Ask for what was asked for before."""
        self.asked = asked
        self.arrange.show_arranged(asked.group_by, asked.order)
        if asked.query != PassageQuery():
            self._ask(asked.query)

    def clear(self) -> None:
        """Show that nothing is asked for."""
        self._accounts, self._is_asked, self._follows = None, False, True
        self.asked = replace(self.asked, query=PassageQuery())
        self.model.forget()
        self.filters.show_query(PassageQuery(), {})
        self.filters.count.clear()
        self._tell("", passages=True)
        self.empty.say(self.tr("Choose a code, a cell of a table, or a filter: the passages are listed here."))
        self.stack.setCurrentWidget(self.empty)

    def ask_for_all(self) -> None:
        """List all passages there are."""
        self._ask(PassageQuery())

    def _ask(self, query: PassageQuery) -> None:
        self._accounts, self._is_asked, self._follows = None, True, False
        changed = query != self.asked.query
        self.asked = replace(self.asked, query=query)
        if self.words.text() != query.words:
            blocked = self.words.blockSignals(True)
            self.words.setText(query.words)
            self.words.blockSignals(blocked)
        self._tell(self._among if query.among is not None else "", passages=True)
        self.refresh()
        if changed:
            self.asked_anew.emit()

    def _tell(self, note: str, *, passages: bool) -> None:
        self.filters.setVisible(passages)
        self.title.setVisible(not passages)
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def refresh(self) -> None:
        """Look again; what is pointed to stays pointed to."""
        self._stale = False
        asked, accounts = self.asked, self._accounts
        if accounts is not None:
            observer, chosen = accounts.observer, accounts.chosen
            self.sitting.bus.ask(
                self, lambda view: accounts_of(view, observer, chosen), self._show_accounts, about="list"
            )
        elif self._is_asked:
            self.sitting.bus.ask(self, lambda view: found_for(view, asked), self._show_found, about="list")

    def _on_changed(self, changes: ChangeSet) -> None:
        if not self._is_asked or not CONCERNED & changes.kinds.keys():
            return
        self._stale = True
        if self.isVisible() and not self._settling.isActive():
            self._settling.start()

    def _on_blind_changed(self) -> None:
        """Nothing that is not to be seen stays for a moment."""
        if self._is_asked:
            self.model.forget()
            self.filters.count.setText(self.tr("Looking…"))
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    # --- filters ---------------------------------------------------------------------------------------------------

    def _on_words(self) -> None:
        if self.words.text() != self.asked.query.words:
            self._ask(replace(self.asked.query, words=self.words.text()))

    def _on_arranged(self) -> None:
        self.asked = replace(self.asked, group_by=self.arrange.group_by, order=self.arrange.order)
        self.refresh()
        self.asked_anew.emit()

    def _on_escape(self) -> None:
        """From a field back to the list; from the list away."""
        page = self.stack.currentWidget()
        if page is self.table and not self.table.hasFocus():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.left.emit()

    # --- what comes of it ------------------------------------------------------------------------------------------

    def _show_found(self, found: Found) -> None:
        if found.asked != self.asked or self._accounts is not None:
            return
        listed = found.listed
        self.filters.show_query(found.asked.query, found.names)
        count = labels.passages(listed.total)
        self.filters.count.setText(self.tr("The first %s") % count if listed.cut else count)
        if not listed.total:
            self.empty.explain(listed, found.names, found.asked.query.words.strip())
        self._show_list(listed, same=found.asked.query == self._shown)
        self._shown = found.asked.query
        self.model.take_over(found.first, found.first)
        self._is_shown(self.table if listed.total else self.empty)

    def _show_list(self, listed: PassagesListed, *, same: bool) -> None:
        table, model = self.table, self.model
        row, current, marked = table.currentIndex().row(), table.pointed, set(table.chosen)
        top = table.verticalScrollBar().value()
        self._queue.clear()
        self._reading = ()
        model.show(listed, self.asked.group_by)
        if not model.rowCount():
            return
        found = model.rows_of(marked | ({current} if current is not None else set()))
        there = [one for one in found if model.coding_at(one) == current]
        if there or (same and row >= 0):
            at = there[0] if there else min(row, model.rowCount() - 1)
            table.mark([one for one in found if len(marked) > 1], at)
            table.verticalScrollBar().setValue(top)
            table.scrollTo(table.currentIndex())
        else:
            table.point_to(next((one for one in range(model.rowCount()) if not model.is_head(one)), 0))
            table.scrollToTop()

    def fold_all(self, *, folded: bool) -> None:
        """Fold all groups, or unfold them; the group that was pointed to stays pointed to."""
        row = self.table.currentIndex().row()
        if row >= 0 and self.model.group_by is not None:
            group = self.model.group_of(row)
            self.model.fold_all(folded=folded)
            self.table.point_to(next(one for one in self.model.heads() if self.model.group_of(one) is group))

    def _show_accounts(self, rows: tuple[AccountRow, ...]) -> None:
        if self._accounts is None:
            return
        self.accounts.show(rows)
        if rows:
            self.account_list.setCurrentIndex(self.accounts.index(0))
        else:
            self.empty.say(self.tr("No accounts."))
        self._is_shown(self.account_list if rows else self.empty)

    # --- reading what is looked at ---------------------------------------------------------------------------------

    def _on_wanted(self, codings: list[CodingId]) -> None:
        self._queue[:0] = codings
        self.model.forget_asked(self._queue[READ_AT_ONCE:])
        del self._queue[READ_AT_ONCE:]
        self._read_on()

    def _read_on(self) -> None:
        if self._reading or not self._queue:
            return
        codings = self._reading = tuple(self._queue)
        self._queue.clear()

        def query(view: View) -> dict[CodingId, PassageShown]:
            return read_passages(view, codings)

        self.sitting.bus.ask(self, query, self._on_read, about="page", failed=self._on_read_failed)

    def _on_read(self, pages: Mapping[CodingId, PassageShown]) -> None:
        asked, self._reading = self._reading, ()
        self.model.take_over(pages, asked)
        self._read_on()

    def _on_read_failed(self, fault: Exception) -> None:
        self._reading = ()
        self.sitting.bus.failed.emit(fault)

    # --- doors -----------------------------------------------------------------------------------------------------

    def _on_menu(self, point: QPoint) -> None:
        if self.table.indexAt(point).isValid():
            self.acts.show_menu(self.table.viewport().mapToGlobal(point))

    def _on_opened(self, row: int) -> None:
        coding = self.model.coding_at(row)
        if coding is not None:
            self._open(coding)
        elif isinstance(key := self.model.group_of(row).key, int) and self.model.group_by is Aspect.SOURCE:
            self.sitting.place_wanted.emit(Place(SourceId(key)))
        else:
            self.model.fold(row, folded=key not in self.model.folded)

    def _open(self, coding: CodingId) -> None:
        self.sitting.tour.walk(self)
        self.sitting.bus.ask(self, lambda view: read_passages(view, [coding]).get(coding), self._go_to, about="open")

    def _go_to(self, shown: PassageShown | None) -> None:
        if shown is not None:
            one = shown.passage
            start, end = (None, None) if one.gone else (one.start, one.end)
            self.sitting.place_wanted.emit(Place(one.source, start, end, one.id))

    def step(self, by: int) -> None:
        """Go to the next passage of the list, or the one before (-1), and open it; at the end, stay."""
        here = self.table.currentIndex().row()
        row = self.model.next_passage(here, by)
        coding = self.model.coding_at(row)
        if coding is not None:
            self.table.point_to(row)
            self._open(coding)

    def leads_to(self, coding: int) -> bool:
        """Whether the list points to a coding."""
        return self.table.pointed == coding

    def _on_account_activated(self, index: QModelIndex) -> None:
        self.sitting.place_wanted.emit(Place(self.accounts.rows[index.row()].id))

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
        if page is not None and page is not self.empty:
            page.setFocus(reason)
        elif self._accounts is not None:
            self.close_button.setFocus(reason)
        else:
            (self.empty.buttons[0] if self.empty.buttons else self.filters.add).setFocus(reason)
