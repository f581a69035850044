"""Saved comparisons beside the table: those there are, and snapshots and counter-examples of the one that is open."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.ids import CodingId, ComparisonId, SnapshotId
from polyvocal.gui import labels
from polyvocal.gui.dialogs.comparison import CounterExampleDialog, SaveComparisonDialog
from polyvocal.gui.dialogs.memo import MemoDialog
from polyvocal.gui.parts import muted
from polyvocal.gui.sitting import Me, Place
from polyvocal.gui.views.compare_asked import WAYS, Asked, Way
from polyvocal.gui.views.compare_fields import Field
from polyvocal.gui.views.compare_kept import Then, asked_of, saved_of, taken_now
from polyvocal.services.commands.comparisons import save_comparison, take_snapshot
from polyvocal.services.commands.removal import remove
from polyvocal.services.queries.comparisons import (
    ComparisonRow,
    CounterExampleMarked,
    SavedComparison,
    list_comparisons,
    saved_comparison,
)
from polyvocal.services.queries.passage_pages import read_passages
from polyvocal.store.file import ProjectFile
from polyvocal.store.view import View

if TYPE_CHECKING:
    from polyvocal.gui.views.compare_matrix import MatrixPage

KINDS = frozenset({"comparison", "snapshot", "counter_example", "coding", "code", "person", "source"})
"""The kinds of record of which a change may change what is listed."""


_ANY_WIDTH = 16_777_215
"""The most that Qt allows."""


class Listed(NamedTuple):
    """The saved comparisons of tables, and the one that is open, with what it asks."""

    rows: list[ComparisonRow]
    open: SavedComparison | None
    asked: Asked | None


class SavedPanel(QWidget):
    """Lists saved comparisons. Enter opens one: it is counted again, beside a snapshot that is chosen."""

    left = Signal()
    """The person is done with it."""

    def __init__(self, page: "MatrixPage") -> None:
        super().__init__()
        self.setObjectName("panel")
        self._page = page
        self.open: ComparisonId | None = None
        self.snapshot: SnapshotId | None = None
        """The snapshot beside which the table is shown."""
        self._rows: list[ComparisonRow] = []
        self._saved: SavedComparison | None = None
        self._examples: tuple[CounterExampleMarked, ...] = ()
        self._makes: Callable[[], None] = lambda: None
        self._build()
        self.list.itemActivated.connect(lambda _item: self._open_current())
        self.examples.itemActivated.connect(lambda _item: self._go_to_example())
        self.beside.chosen.connect(self._on_beside)
        page.sitting.bus.changed.connect(self._on_changed)
        page.sitting.blind_changed.connect(self._on_blind_changed)
        self.hide()

    def _build(self) -> None:
        tr = self.tr
        title = QLabel(tr("Saved comparisons"))
        title.setProperty("heading", True)
        self.close_button = QToolButton()
        self.close_button.setText("✕")
        self.close_button.setProperty("flat", True)
        self.close_button.setAccessibleName(tr("Close the saved comparisons"))
        self.close_button.clicked.connect(self.left)
        self.save = self._button(
            tr("&Save this one…"), tr("Save what the table asks for, with a snapshot"), self.ask_title
        )
        self.list = self._list(tr("Saved comparisons"))
        self.nothing = muted(
            tr("None yet. Save what the table asks for under a title: it is counted again whenever you open it.")
        )
        self.details = QWidget()
        self.beside = Field(tr("Beside"), tr("Mark in the table what a snapshot said otherwise"))
        self.beside.box.setMaximumWidth(_ANY_WIDTH)
        self.beside.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.told = muted()
        self.snap = self._button(
            tr("Take a snap&shot"), tr("Keep what the table says now, with today's date"), self.take
        )
        self.memo = self._button(tr("&Memo…"), tr("Write a memo about this comparison"), self.write_memo)
        self.forget = self._button(tr("Remove"), tr("Remove the comparison with its snapshots"), self.remove_open)
        self.examples = self._list(tr("Counter-examples"))
        self.unmark = self._button(tr("&Unmark"), tr("It is no counter-example"), self.unmark_example)
        self.hint = muted()
        below = QVBoxLayout(self.details)
        below.setContentsMargins(0, 6, 0, 0)
        for part in (self.beside, self.told, _row(self.snap, self.memo, self.forget)):
            below.addWidget(part)
        heading = QLabel(tr("Counter-examples"))
        heading.setProperty("section", True)
        below.addWidget(heading)
        below.addWidget(self.examples, 1)
        below.addWidget(self.hint)
        below.addWidget(_row(self.unmark))
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 16, 8)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(_row(self.save))
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        column.addWidget(self.details, 2)

    def _button(self, text: str, hint: str, do: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(hint)
        button.clicked.connect(lambda _checked=False: do())
        return button

    def _list(self, name: str) -> QListWidget:
        made = QListWidget()
        made.setAccessibleName(name)
        made.setWordWrap(True)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return made

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard belongs to the list; to the button that saves, where there is none."""
        super().focusInEvent(event)
        (self.list if self._rows else self.save).setFocus(event.reason())

    # --- what is there ---------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """List again what is saved."""
        wanted = self.open

        def query(view: View) -> Listed:
            rows = [one for one in list_comparisons(view) if one.shape in list(Way)]
            found = saved_comparison(view, wanted) if wanted is not None else None
            return Listed(rows, found, asked_of(found.asked) if found is not None else None)

        self._page.sitting.bus.ask(self, query, self._show, about="saved")

    def _on_changed(self, changes: ChangeSet) -> None:
        if self.isVisible() and KINDS & changes.kinds.keys():
            self.refresh()

    def _on_blind_changed(self) -> None:
        """Who codes blind sees none."""
        self._close()
        self._rows = []
        self.list.clear()
        if self.isVisible():
            self.refresh()

    def _show(self, listed: Listed) -> None:
        self._rows, self._saved = listed.rows, listed.open
        row = max(self.list.currentRow(), 0)
        self.list.clear()
        for one in listed.rows:
            item = QListWidgetItem(f"{one.title}\n{self._said(one)}", self.list)
            font = item.font()
            font.setBold(one.id == self.open)
            item.setFont(font)
            words = self.tr("%s, open") % one.title if one.id == self.open else one.title
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{words}, {self._said(one)}")
        self.list.setCurrentRow(min(row, self.list.count() - 1))
        self.nothing.setVisible(not listed.rows)
        self.list.setVisible(bool(listed.rows))
        for button in (self.save, self.snap, self.memo, self.forget, self.unmark):
            button.setEnabled(self._page.sitting.bus.may_write)
        if listed.open is None or listed.asked is None:
            self._close()
            return
        self._show_open(listed.open)

    def _said(self, one: ComparisonRow) -> str:
        """What is said of a saved comparison, in small."""
        way = WAYS[Way(one.shape)]
        snapshots = (
            self.tr("1 snapshot") if one.snapshots == 1 else self.tr("%s snapshots") % labels.number(one.snapshots)
        )
        saved = self.tr("%s · %s · saved %s") % (way, snapshots, labels.noted_lately(one.saved_at))
        return f"{saved} · {one.saved_by}" if one.saved_by else saved

    def _show_open(self, saved: SavedComparison) -> None:
        taken = [
            (one.id, labels.noted_at(one.taken_at) + (f", {one.taken_by}" if one.taken_by else ""))
            for one in saved.snapshots
        ]
        self.beside.offer([(None, self.tr("no snapshot")), *taken])
        self.beside.show_value(self.snapshot)
        self._examples = saved.counter_examples
        row = max(self.examples.currentRow(), 0)
        self.examples.clear()
        for one in self._examples:
            why = f"\n{one.why}" if one.why else ""
            QListWidgetItem(
                f"{one.source_title} · {one.code} · {self.tr('coded by %s') % one.coder}{why}", self.examples
            )
        self.examples.setCurrentRow(min(row, self.examples.count() - 1))
        self.unmark.setVisible(bool(self._examples))
        self.hint.setText(
            self.tr("Enter opens the passage.")
            if self._examples
            else self._page.sitting.actions.with_keys(
                self.tr("None yet. Open a number of the table, mark passages in the list below, and press %s."),
                "compare.counter-example",
            )
        )
        self.details.show()

    def tell(self, then: Then | None) -> None:
        """Say how much differs from the snapshot beside which the table is shown."""
        if then is None:
            self.told.setText("")
        else:
            differ = len(then.cells) + then.gone
            words = (
                self.tr("Nothing differs from then.")
                if not differ
                else self.tr("1 cell differs from then, and is marked.")
            )
            if differ > 1:
                words = self.tr("%s cells differ from then, and are marked.") % labels.number(differ)
            if then.gone:
                words += " " + self.tr("Of these, %s are no longer in the table.") % labels.number(then.gone)
            self.told.setText(words)
        self.told.setVisible(bool(self.told.text()))

    # --- opening ---------------------------------------------------------------------------------------------------

    def _open_current(self) -> None:
        self.open_row(self.list.currentRow())

    def open_row(self, row: int) -> None:
        """Open a comparison of the list: count it again, beside its latest snapshot."""
        if not 0 <= row < len(self._rows):
            return
        wanted = ComparisonId(self._rows[row].id)

        def query(view: View) -> Listed:
            found = saved_comparison(view, wanted)
            return Listed([], found, asked_of(found.asked) if found is not None else None)

        def go_on(found: Listed) -> None:
            if found.open is None or found.asked is None:
                return
            self.open = wanted
            self.snapshot = found.open.snapshots[0].id if found.open.snapshots else None
            self._page.show_saved(found.asked)
            self.refresh()

        self._page.sitting.bus.ask(self, query, go_on, about="open")

    def asked_otherwise(self) -> None:
        """The table asks for something else than the comparison that is open: none is open any more."""
        if self.open is not None:
            self._close()
            self.refresh()

    def _close(self) -> None:
        self.open, self.snapshot, self._saved, self._examples = None, None, None, ()
        self.details.hide()
        self.tell(None)

    def _on_beside(self, snapshot: SnapshotId | None) -> None:
        self.snapshot = snapshot
        self._page.refresh()

    def _go_to_example(self) -> None:
        row, sitting = self.examples.currentRow(), self._page.sitting
        if not 0 <= row < len(self._examples):
            return
        coding = self._examples[row].coding

        def go_on(place: Place | None) -> None:
            if place is not None:
                sitting.place_wanted.emit(place)

        def query(view: View) -> Place | None:
            shown = read_passages(view, [coding]).get(coding)
            if shown is None:
                return None
            one = shown.passage
            return Place(one.source, None if one.gone else one.start, None if one.gone else one.end, one.id)

        sitting.bus.ask(self, query, go_on, about="example")

    # --- acts ------------------------------------------------------------------------------------------------------

    def ask_title(self) -> None:
        """Ask for a title, and save under it what the table asks for, with a snapshot."""
        page, asked = self._page, self._page.asked

        def save(title: str) -> Callable[[ProjectFile], ChangeSet]:
            def command(file: ProjectFile) -> ChangeSet:
                with file.view() as view:
                    saved, taken = saved_of(view, asked), taken_now(page.sitting.ledger.of(view), view, asked)
                return save_comparison(file, title=title, asked=saved, taken=taken)

            return command

        def ask(_me: Me) -> None:
            called = labels.capitalised(page.exporting.called)
            dialog = SaveComparisonDialog(page.sitting, save, called=called, parent=self.window())
            dialog.finished_with.connect(self._on_saved)
            dialog.open()

        page.sitting.with_coder(ask)

    def _on_saved(self, changes: ChangeSet) -> None:
        for made in changes.created("comparison"):
            self.open = ComparisonId(made)
        for made in changes.created("snapshot"):
            self.snapshot = SnapshotId(made)
        self.show()
        self._page.refresh()
        self.refresh()

    def take(self) -> None:
        """Keep what the comparison that is open says now."""
        page, asked, wanted = self._page, self._page.asked, self.open
        if wanted is None:
            return

        def command(file: ProjectFile) -> ChangeSet:
            with file.view() as view:
                taken = taken_now(page.sitting.ledger.of(view), view, asked)
            return take_snapshot(file, comparison=str(wanted), taken=taken)

        page.sitting.act(command, owner=self)

    def write_memo(self) -> None:
        """Write a memo about the comparison that is open."""
        wanted, sitting = self.open, self._page.sitting

        def ask(me: Me) -> None:
            about = ("comparison", str(wanted))
            MemoDialog(sitting, author=str(me.id), about=about, parent=self.window()).open()

        if wanted is not None:
            sitting.with_coder(ask)

    def remove_open(self) -> None:
        """Remove the comparison that is open, with its snapshots and counter-examples. It can be undone."""
        wanted = self.open
        if wanted is not None:
            self._page.sitting.act(lambda file: remove(file, "comparison", str(wanted)), owner=self)

    def mark_examples(self, codings: list[CodingId]) -> None:
        """Ask why some codings speak against the comparison that is open, and mark them."""
        wanted, sitting = self.open, self._page.sitting
        if wanted is None:
            sitting.tell(self.tr("Open a saved comparison first: a counter-example speaks against one."))
            return

        def ask(_me: Me) -> None:
            CounterExampleDialog(sitting, str(wanted), codings, parent=self.window()).open()

        if codings:
            sitting.with_coder(ask)

    def unmark_example(self) -> None:
        """Let a passage be no counter-example any more."""
        row = self.examples.currentRow()
        if 0 <= row < len(self._examples):
            marked = str(self._examples[row].id)
            self._page.sitting.act(lambda file: remove(file, "counter-example", marked), owner=self)


def _row(*parts: QWidget) -> QWidget:
    """Parts side by side, at the left."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return whole
