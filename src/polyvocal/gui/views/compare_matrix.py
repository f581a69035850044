"""A page of the Compare view: tables of rows by columns, what empty cells mean, and the passages behind each number."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QSplitter, QStackedWidget, QTableView, QVBoxLayout, QWidget

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.passages import Aspect
from polyvocal.domain.words import CellState
from polyvocal.gui.sitting import PassagesMeant, Sitting
from polyvocal.gui.views.compare_acts import CompareActs
from polyvocal.gui.views.compare_asked import WITH_TOTALS, Answered, Asked, Look, Side, Way, answer
from polyvocal.gui.views.compare_behind import MeetingMeant, behind, behind_line
from polyvocal.gui.views.compare_export import CompareExport
from polyvocal.gui.views.compare_filters import CompareFilters
from polyvocal.gui.views.compare_foot import TableFoot
from polyvocal.gui.views.compare_kept import Then, then_of
from polyvocal.gui.views.compare_meeting import MeetingPassages
from polyvocal.gui.views.compare_missing import missing_in
from polyvocal.gui.views.compare_model import CompareModel
from polyvocal.gui.views.compare_only import OnlyModel, OnlyTable
from polyvocal.gui.views.compare_order import AS_IT_IS, By, Order
from polyvocal.gui.views.compare_saved import SavedPanel
from polyvocal.gui.views.compare_table import CompareTable
from polyvocal.gui.views.filter_choosing import FilterChoosing
from polyvocal.gui.views.passages import AccountsMeant, PassagesPanel
from polyvocal.store.view import View

_ROWS, _COLUMNS = Qt.Orientation.Vertical, Qt.Orientation.Horizontal

FEW_ROWS = 7
"""As high as so many rows of one line each is what is seen of a table before all that stands below it."""
CONCERNED = frozenset(
    {
        "coding", "code", "person", "role", "source", "source_version", "authorship", "occasion", "reading", "presence",
        "session", "event", "project", "stretch", "layer", "concern", "stance", "term", "constituent_group",
        "attribute", "attribute_value", "moment", "moment_anchor", "time_mark",
    }
)  # fmt: skip
"""The kinds of record of which a change may change a table."""


class MatrixPage(QWidget):
    """The table, its filters, its legend and caption, and below them the passages of a cell that was opened."""

    counted = Signal()
    """The table shows the latest count."""
    exported = Signal(object)
    """The path of a file that was saved."""
    can_export_changed = Signal(bool)
    """Whether there is a table to export."""
    asked_anew = Signal()
    """Something else is asked for."""

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.sitting = sitting
        self.asked = Asked()
        self._stale = True
        self.counting = False
        """Whether a count is under way; what changes meanwhile is counted after it."""
        self.model, self.only = CompareModel(self), OnlyModel(self)
        self.filters = CompareFilters()
        self.choosing = FilterChoosing(sitting, self.filters.chips, lambda: self.asked.query, owner=self)
        self.table, self.list = CompareTable(sitting.theme, self.model), OnlyTable(self.only)
        self.passages, self.saved = PassagesPanel(sitting), SavedPanel(self)
        self._build()
        self.acts = CompareActs(self)
        self.exporting, self.meeting = CompareExport(self), MeetingPassages(self)
        self._connect()

    # --- building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.message = QLabel(self.tr("Counting passages…"))
        self.message.setProperty("muted", True)
        self.message.setWordWrap(True)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setMargin(20)
        self.foot = TableFoot(self.sitting.theme)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.message)
        self.stack.addWidget(self._table_page())
        self.passages.hide()
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.stack)
        self.split.addWidget(self.passages)
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 2)
        top = QVBoxLayout()
        top.setContentsMargins(16, 12, 16, 0)
        top.addWidget(self.filters)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self._beside_saved(), 1)

    def _beside_saved(self) -> QWidget:
        """The table with its passages, and beside it what is saved."""
        across = QSplitter(Qt.Orientation.Horizontal)
        across.setChildrenCollapsible(False)
        across.addWidget(self.split)
        across.addWidget(self.saved)
        across.setStretchFactor(0, 3)
        across.setStretchFactor(1, 1)
        return across

    def _table_page(self) -> QWidget:
        self.sheets = QStackedWidget()
        self.sheets.addWidget(self.table)
        self.sheets.addWidget(self.list)
        page = _TablePage(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 0, 16, 8)
        column.setSpacing(8)
        column.addWidget(self.sheets, 1)
        column.addWidget(self.foot)
        return page

    def give_room(self, height: int) -> None:
        """Share a height between the table and what stands below it: its first rows are to be seen before that."""
        few = FEW_ROWS * (self.table.fontMetrics().height() + 11)
        rows = self.table.heads.height() + min(few, self.table.row_heads.length()) + 24
        self.foot.give_room(height, rows)

    def _connect(self) -> None:
        self.sitting.bus.changed.connect(self._on_changed)
        self.sitting.blind_changed.connect(self._on_blind_changed)
        self.filters.asked_anew.connect(self.ask)
        self.filters.swap.clicked.connect(self.swap)
        self.filters.order.rows_ordered.connect(lambda by: self.order(by, self.model.by_column))
        self.filters.order.columns_ordered.connect(lambda by: self.order(self.model.by_row, by))
        self.choosing.asked.connect(lambda query: self.ask(replace(self.asked, query=query)))
        self.filters.copy.clicked.connect(self.copy)
        self.filters.export.clicked.connect(self.ask_export)
        self.table.opened.connect(self.open_cell)
        self.table.order_wanted.connect(self.order_by_column)
        self.table.fold_wanted.connect(lambda row: self.fold_line(row, _ROWS))
        self.table.code_wanted.connect(self.sitting.code_wanted)
        self.table.selectionModel().currentChanged.connect(self._on_current_changed)
        self.list.opened.connect(self.open_line)
        self.filters.saved.toggled.connect(self._on_saved_toggled)
        self.saved.left.connect(lambda: self.filters.saved.setChecked(False))
        self.passages.left.connect(self._on_passages_left)
        self.passages.exported.connect(self.exported)

    # --- where the keyboard is -------------------------------------------------------------------------------------

    @property
    def sheet(self) -> QTableView:
        """The table, or the list, that is shown."""
        return self.list if self.asked.way is Way.ONLY else self.table

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard belongs to the table; until that is there, to the words that stand in its place."""
        super().focusInEvent(event)
        self._focus_page(event.reason())

    def _focus_page(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        counting = self.model.table is None and self.only.found is None
        nothing = self.stack.currentWidget() is self.message
        (self.message if counting else self.filters if nothing else self.sheet).setFocus(reason)

    @property
    def panes(self) -> list[QWidget]:
        """The parts that are in sight and between which a key goes round: filters, table, passages, what is saved."""
        return [one for one in (self.filters, self.sheet, self.passages, self.saved) if one.isVisibleTo(self)]

    @property
    def can_export(self) -> bool:
        """Whether there is a table to export, as far as is known."""
        return self.filters.export.isEnabled()

    # --- what is asked ---------------------------------------------------------------------------------------------

    @property
    def kept(self) -> str:
        """What is asked for, to be taken up at the next start."""
        return self.asked.to_json()

    def take_up(self, kept: str) -> None:
        """Ask for what was kept, before the page is first shown."""
        asked = Asked.from_json(kept)
        if asked != self.asked:
            self._stale = True
            self._take(asked)

    def ask(self, asked: Asked) -> None:
        """Ask for something."""
        if asked == self.asked:
            return
        self._take(asked)
        self.refresh()
        self.asked_anew.emit()

    def _take(self, asked: Asked) -> None:
        before, self.asked = self.asked, asked
        if (before.way, before.rows, before.columns) != (asked.way, asked.rows, asked.columns):
            self.model.by_row = self.model.by_column = AS_IT_IS
            self._tell_order()
        self.filters.show_asked(asked)
        self.table.show_look(asked.look)
        if before.shown_as(asked) != asked:
            self.saved.asked_otherwise()

    def show_saved(self, asked: Asked) -> None:
        """Ask for what a saved comparison asks, in the look that is chosen."""
        opened = self.saved.open, self.saved.snapshot
        self._take(asked.shown_as(self.asked))
        self.saved.open, self.saved.snapshot = opened
        self.refresh()
        self.asked_anew.emit()

    def _on_saved_toggled(self, shown: bool) -> None:  # noqa: FBT001 - as Qt gives it
        self.saved.setVisible(shown)
        if shown:
            self.saved.refresh()
        (self.saved if shown else self.sheet).setFocus()

    def show_totals(self) -> None:
        """Show totals, or none, where the table has any."""
        if self.asked.way in WITH_TOTALS:
            self.ask(replace(self.asked, totals=not self.asked.totals))

    def swap(self) -> None:
        """Let the rows be columns, and the columns rows."""
        if self.asked.way is Way.TABLE:
            by_row, by_column = self.model.by_row, self.model.by_column
            self.ask(replace(self.asked, rows=self.asked.columns, columns=self.asked.rows))
            self.model.by_row, self.model.by_column = by_column, by_row
            self._tell_order()

    def order(self, by_row: By, by_column: By) -> None:
        """Let rows and columns stand in other orders; what is marked stays marked."""
        current, marked = self.table.pointed()
        self.table.clearSelection()
        self.model.order(by_row, by_column)
        self._tell_order()
        self.table.mark_again(current, marked)
        self.table.scrollTo(self.table.currentIndex())

    def order_by_column(self, column: int) -> None:
        """Let the rows with the most in a column come first; where they do, let them stand as they are."""
        by = By(Order.MOST, self.model.name(column, _COLUMNS))
        self.order(AS_IT_IS if self.model.by_row == by else by, self.model.by_column)

    def order_by_row(self, row: int) -> None:
        """Let the columns with the most in a row come first; where they do, let them stand as they are."""
        by = By(Order.MOST, self.model.name(row, _ROWS))
        self.order(self.model.by_row, AS_IT_IS if self.model.by_column == by else by)

    def _tell_order(self) -> None:
        self.filters.order.show_orders(self.model.by_row, self.model.by_column)

    def _on_current_changed(self, current: QModelIndex) -> None:
        self.filters.order.point_to(self.model.names_at(current))

    def fold_line(self, section: int, orientation: Qt.Orientation) -> None:
        """Fold the code of a row (or a column), or unfold it."""
        line = self.model.code(section, orientation)
        if line is not None and line.has_below:
            self.ask(replace(self.asked, folded=self.asked.folded ^ {line.code.id}))

    def fold_all(self, *, folded: bool) -> None:
        """Fold all codes at the top of the tree, or unfold all."""
        lines = self.model.table.row_codes or self.model.table.column_codes if self.model.table is not None else ()
        top = frozenset(int(line.code.id) for line in lines if line.has_below and not line.depth)
        self.ask(replace(self.asked, folded=top if folded else frozenset()))

    # --- counting --------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _on_changed(self, changes: ChangeSet) -> None:
        if not CONCERNED & changes.kinds.keys():
            return
        self._stale = True
        if self.isVisible() and not self.counting:
            self.refresh()

    def _on_blind_changed(self) -> None:
        """Nothing that is not to be seen stays for a moment: it is counted anew, in an empty view."""
        if self.model.table is None and self.only.found is None:
            return
        waiting = self.sheet.hasFocus()
        self.counting = False
        self.model.forget()
        self.only.show(None)
        self.foot.tell("", None, Look.NUMBERS)
        self._show_page(self.tr("Counting passages…"), waiting=waiting)

    def refresh(self) -> None:
        """Count again, off the window's thread; what is marked and how far it was scrolled stay as they are."""
        self._stale, self.counting = False, True
        asked, snapshot = self.asked, self.saved.snapshot

        def query(view: View) -> tuple[Answered, Then | None]:
            answered = answer(self.sitting.ledger.of(view), view, asked)
            return answered, then_of(view, snapshot, answered)

        self.sitting.bus.ask(self, query, self._show, about="table", failed=self._on_failed)

    def _on_failed(self, fault: Exception) -> None:
        self._stale, self.counting = True, False
        if self.model.table is None:
            self.message.setText(self.tr("The table could not be counted. Open this page again to try once more."))
        self.sitting.bus.failed.emit(fault)

    def _show(self, found: tuple[Answered, Then | None]) -> None:
        self.counting = False
        answered, then = found
        asked = answered.asked
        attributes = {
            Side(along.dimension.value, along.attribute): title for along, title in answered.offered.attributes
        }
        self.model.attributes = attributes
        self.filters.offer(answered.offered.coders, attributes)
        self.filters.show_chips(asked, answered.names)
        coders = asked.query.chosen.coders
        if len(coders) == 1 and not coders <= {coder for coder, _ in answered.offered.coders}:
            self.ask(replace(asked, query=asked.query.without(Aspect.CODER)))  # who was held constant is no coder now
            return
        self.model.then = then.cells if then is not None else {}
        self.saved.tell(then)
        if answered.crossing is not None:
            self._show_table(answered, asked)
        if answered.only is not None:
            self._show_only(answered)
        self._tell(answered)
        if self._stale:
            self.refresh()
        self.counted.emit()

    def _show_table(self, answered: Answered, asked: Asked) -> None:
        assert answered.crossing is not None
        current, marked = self.table.pointed()
        across, down = self.table.horizontalScrollBar().value(), self.table.verticalScrollBar().value()
        if not self.model.show(answered.crossing, asked):
            self.table.mark_again(current, marked)
            self.table.horizontalScrollBar().setValue(across)
            self.table.verticalScrollBar().setValue(down)
        self.sheets.setCurrentWidget(self.table)
        self._on_current_changed(self.table.currentIndex())

    def _show_only(self, answered: Answered) -> None:
        row = self.list.currentIndex().row()
        before = self.only.line(row) if self.only.found is not None and row >= 0 else None
        down = self.list.verticalScrollBar().value()
        self.only.show(answered.only)
        row = self.only.row_of(before.code, before.where) if before is not None else -1
        self.list.setCurrentIndex(self.only.index(max(row, 0), 0))
        self.list.verticalScrollBar().setValue(down)
        self.sheets.setCurrentWidget(self.list)

    def _tell(self, answered: Answered) -> None:
        """Legend and caption; where there is nothing to compare, what to do."""
        found, is_list = answered.crossing or answered.only, answered.crossing is None
        self.foot.tell(found.caption if found is not None else "", None if is_list else self.model, answered.asked.look)
        self.filters.chips.count.setText(self.tr("Only") if answered.names else self.tr("All passages"))
        self.give_room(self.stack.height())
        missing = missing_in(answered, self.model, self.sitting.actions)
        self._show_page(missing, waiting=self.message.hasFocus() or (bool(missing) and self.sheet.hasFocus()))

    def _show_page(self, missing: str, *, waiting: bool) -> None:
        """Show the table, or say why there is none; the keyboard goes there if it was `waiting`."""
        self.message.setText(missing)
        self.stack.setCurrentIndex(0 if missing else 1)
        if waiting:
            self._focus_page()
        could = self.can_export
        for button in (self.filters.copy, self.filters.export):
            button.setDisabled(bool(missing))
        if self.can_export != could:
            self.can_export_changed.emit(self.can_export)

    # --- doors -----------------------------------------------------------------------------------------------------

    def open_cell(self, index: QModelIndex) -> None:
        """Show what is behind a cell: its passages, or what it means that there are none, and the accounts.

        Behind a cell in the row of a heading there is nothing.
        """
        if not index.isValid():
            return
        meant = behind(self.model, index.row(), index.column())
        if isinstance(meant, MeetingMeant):
            self.meeting.list_them(meant)
        else:
            self._open(meant)
        self.table.scrollTo(index)

    def open_all_of(self, orientation: Qt.Orientation) -> None:
        """List all passages of the row that is pointed to (Vertical), or of the column."""
        index = self.table.currentIndex()
        if index.isValid():
            section = index.row() if orientation is _ROWS else index.column()
            self._open(behind_line(self.model, section, orientation))

    def open_line(self, index: QModelIndex) -> None:
        """List the passages of a code that was read in the accounts of one alone."""
        if index.isValid() and self.only.found is not None:
            line = self.only.line(index.row())
            self._open(PassagesMeant(f"{line.path} · {line.where}", self.only.found.behind(line)))

    def _open(self, meant: PassagesMeant | AccountsMeant | None) -> None:
        if meant is None:
            return
        if isinstance(meant, AccountsMeant):
            note = " ".join(part for part in (meant.note, self._only_said()) if part)
            self.passages.show_accounts(meant._replace(note=note))
        else:
            self.passages.show_passages(meant)
        self.show_passages()

    def show_passages(self) -> None:
        """Show the list below the table, and let it have the keyboard."""
        if self.passages.isHidden():
            self.passages.show()
            height = self.split.height()
            self.split.setSizes([height * 3 // 5, height * 2 // 5])
        self.passages.focus_list()

    def open_first_passages(self) -> None:
        """Open the first cell that has passages, if there is any."""
        for row in range(self.model.rowCount()):
            for column in range(self.model.columnCount()):
                if self.model.cell(row, column).state is CellState.CODED:
                    self.table.point_to(self.model.index(row, column))
                    self.open_cell(self.model.index(row, column))
                    return

    def _only_said(self) -> str:
        """What the filter asks for, in a sentence."""
        chips = [chip.words.toolTip() for chip in self.filters.chips.chips]
        if len(self.asked.query.chosen.coders) == 1:
            chips.append(self.tr("Coder: %s") % self.filters.coder.box.currentText())
        return self.tr("Only: %s.") % "; ".join(chips) if chips else ""

    def _on_passages_left(self) -> None:
        self.passages.hide()
        self.sheet.setFocus()

    # --- taking it elsewhere ---------------------------------------------------------------------------------------

    def copy(self) -> None:
        """Put the marked cells, or all, on the clipboard."""
        (self.list if self.asked.way is Way.ONLY else self.table).copy()

    def ask_export(self) -> None:
        """Ask for a file, and save the table in it."""
        self.exporting.ask()

    def export(self, path: Path) -> None:
        """Save the table in a file. Returns at once."""
        self.exporting.export(path)


class _TablePage(QWidget):
    """The table with what stands below it, which gets what room is left."""

    def __init__(self, view: MatrixPage) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._view = view

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._view.give_room(self.height())
