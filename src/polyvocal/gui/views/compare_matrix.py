"""A page of the Compare view: codes by observers, what empty cells mean, and the passages behind each."""

import re
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QLabel, QScrollArea, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.ids import CodeId, PersonId
from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.words import CellState
from polyvocal.gui import labels
from polyvocal.gui.acts import COPY_CELLS, FIRST_STEPS
from polyvocal.gui.bus import Job
from polyvocal.gui.dialogs.progress import run_job
from polyvocal.gui.settings import FOLDER
from polyvocal.gui.sitting import PassagesMeant, Sitting
from polyvocal.gui.views.compare_filters import CompareFilters
from polyvocal.gui.views.compare_marks import Legend
from polyvocal.gui.views.compare_model import CompareModel
from polyvocal.gui.views.compare_table import CompareTable
from polyvocal.gui.views.passages import AccountsMeant, PassagesPanel
from polyvocal.store.view import View

if TYPE_CHECKING:
    from polyvocal.services.analysis.codes_by_observers import CodesByObservers
    from polyvocal.services.analysis.ledger import Ledger

Ids = tuple[CodeId, PersonId]

CONCERNED = frozenset(
    {
        "coding", "code", "person", "role", "source", "source_version", "authorship", "occasion", "reading", "presence",
        "session", "event", "project", "stretch", "layer",
    }
)  # fmt: skip
"""The kinds of record of which a change may change the table."""

SETTLES_AFTER = 150
"""Milliseconds after a change until the table is counted again: several changes are taken as one."""

FORMATS = (
    ("Word (*.docx)", ".docx"),
    ("Excel (*.xlsx)", ".xlsx"),
    ("CSV (*.csv)", ".csv"),
    ("Markdown (*.md)", ".md"),
    ("Web page (*.html)", ".html"),
)


_NOTED = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d) [+-]\d{4}\.$")
"""The time at the end of a caption, with its zone: it is this machine's."""


class MatrixPage(QWidget):
    """The table, its filters, its legend and caption, and below them the passages of a cell that was opened."""

    counted = Signal()
    """The table shows the latest count."""
    exported = Signal(object)
    """The path of a file that was saved."""
    can_export_changed = Signal(bool)
    """Whether there is a table to export."""

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._sitting = sitting
        self._ledger: Ledger | None = None
        self._ledger_is_for: int | None = None
        self._making = Lock()
        self._stale = True
        self.model = CompareModel(self)
        self.filters = CompareFilters()
        self.table = CompareTable(sitting.theme, self.model)
        self.passages = PassagesPanel(sitting)
        actions = sitting.actions
        actions.add(COPY_CELLS, self.table.copy, owner=self.table, place=self.table)
        words = self.tr("Copy the marked cells, or all, as text for a spreadsheet")
        actions.explain(self.filters.copy, COPY_CELLS.name, words)
        self._build()
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLES_AFTER)
        self._settling.timeout.connect(self.refresh)
        self._connect()

    # --- building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.message = QLabel(self.tr("Counting passages…"))
        self.message.setProperty("muted", True)
        self.message.setWordWrap(True)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setMargin(20)
        self.legend = Legend(self._sitting.theme)
        self.caption = QLabel()
        self.caption.setProperty("muted", True)
        self.caption.setWordWrap(True)
        self.caption.setTextFormat(Qt.TextFormat.PlainText)
        self.caption.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.caption.setAccessibleName(self.tr("Caption"))
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
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self.split, 1)

    def _table_page(self) -> QWidget:
        foot = QWidget()
        foot.setObjectName("panel")
        below = QVBoxLayout(foot)
        below.setContentsMargins(0, 0, 8, 0)
        below.setSpacing(8)
        below.addWidget(self.legend)
        below.addWidget(self.caption)
        below.addStretch(1)
        self.foot = QScrollArea()
        self.foot.setWidgetResizable(True)
        self.foot.setFrameShape(QFrame.Shape.NoFrame)
        self.foot.setWidget(foot)
        self.foot.setAccessibleName(self.tr("Legend and caption"))
        page = _TablePage(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 0, 16, 8)
        column.setSpacing(8)
        column.addWidget(self.table, 1)
        column.addWidget(self.foot)
        return page

    def give_room(self, height: int) -> None:
        """Share a height between the table and what stands below it: seven codes are to be seen before all of that."""
        content = self.foot.widget()
        line = self.fontMetrics().lineSpacing()
        # without words yet, there is no height for a width (Qt says -1)
        needed = max(0, content.heightForWidth(max(0, self.foot.width() - 16))) if content is not None else 0
        rows = self.table.heads.height() + 7 * self.table.code_heads.defaultSectionSize() + 24
        self.foot.setFixedHeight(needed if needed <= height - rows else min(needed, line * 2 + 6))

    def _connect(self) -> None:
        self._sitting.bus.changed.connect(self._on_changed)
        self._sitting.blind_changed.connect(self._on_blind_changed)
        self.filters.changed.connect(self.refresh)
        self.filters.order_changed.connect(self._on_order_changed)
        self.filters.copy.clicked.connect(self.table.copy)
        self.filters.export.clicked.connect(self.ask_export)
        self.table.opened.connect(self.open_cell)
        self.table.order_wanted.connect(self.filters.choose_order)
        self.table.code_wanted.connect(self._sitting.code_wanted)
        self.passages.left.connect(self._on_passages_left)
        self.passages.exported.connect(self.exported)

    # --- where the keyboard is -------------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard belongs to the table; until that is there, to the words that stand in its place."""
        super().focusInEvent(event)
        self._focus_page(event.reason())

    def _focus_page(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        counting = self.model.table is None
        nothing = self.stack.currentWidget() is self.message
        (self.message if counting else self.filters if nothing else self.table).setFocus(reason)

    @property
    def panes(self) -> list[QWidget]:
        """The parts that are in sight and between which a key goes round: filters, table, passages."""
        return [one for one in (self.filters, self.table, self.passages) if one.isVisibleTo(self)]

    @property
    def can_export(self) -> bool:
        """Whether there is a table to export, as far as is known."""
        return self.filters.export.isEnabled()

    # --- counting --------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _on_changed(self, changes: ChangeSet) -> None:
        if not CONCERNED & changes.kinds.keys():
            return
        self._stale = True
        if self.isVisible() and not self._settling.isActive():
            self._settling.start()

    def _on_blind_changed(self) -> None:
        """Nothing that is not to be seen stays for a moment: it is counted anew, in an empty view."""
        if self.model.table is None:
            return
        waiting = self.table.hasFocus()
        self.model.forget()
        self.caption.clear()
        self.legend.show_states((), {})
        self._show_page(self.tr("Counting passages…"), waiting=waiting)

    @property
    def chosen(self) -> PassageFilter:
        """What the filters mean."""
        coder, phase, layer = self.filters.chosen_coder, self.filters.chosen_phase, self.filters.chosen_layer
        return PassageFilter(
            coders=frozenset() if coder is None else frozenset({coder}),
            phases=frozenset() if phase is None else frozenset({phase}),
            layers=frozenset() if layer is None else frozenset({layer}),
        )

    def refresh(self) -> None:
        """Count again, off the window's thread; what is marked and how far it was scrolled stay as they are."""
        self._stale = False
        chosen, measure = self.chosen, self.filters.chosen_measure

        def query(view: View) -> "CodesByObservers":
            # numpy is loaded here, on the question's thread, and only when a table is wanted
            from polyvocal.services.analysis.codes_by_observers import codes_by_observers
            from polyvocal.services.analysis.ledger import Ledger
            from polyvocal.services.analysis.measures import Measure

            with self._making:
                if self._ledger is None or self._ledger_is_for != view.blind_for:
                    self._ledger, self._ledger_is_for = Ledger(), view.blind_for
                ledger = self._ledger
            return codes_by_observers(ledger, view, Measure(measure), chosen)

        self._sitting.bus.ask(self, query, self._show, about="table", failed=self._on_failed)

    def _on_failed(self, fault: Exception) -> None:
        self._stale = True
        if self.model.table is None:
            self.message.setText(self.tr("The table could not be counted. Open this page again to try once more."))
        self._sitting.bus.failed.emit(fault)

    def _show(self, table: "CodesByObservers") -> None:
        self.filters.offer(table.coders, tuple(zip(table.observers, table.comparison.columns, strict=True)))
        if table.chosen != self.chosen:  # the coder who was held constant is none any more
            self.refresh()
            return
        marked = [self.model.ids_at(index) for index in self.table.selectionModel().selectedIndexes()]
        current = self.model.ids_at(self.table.currentIndex())
        across, down = self.table.horizontalScrollBar().value(), self.table.verticalScrollBar().value()
        self.model.sorted_by = self.filters.chosen_order
        if not self.model.show(table):
            self._mark_again(current, marked)
            self.table.horizontalScrollBar().setValue(across)
            self.table.verticalScrollBar().setValue(down)
        self._tell(table)
        self.counted.emit()

    def _mark_again(self, current: Ids | None, marked: list[Ids | None]) -> None:
        """Point to the cell that was pointed to, and mark those that were marked, as far as they are there.

        Where nothing was pointed to: to the first cell that is not in the row of a heading.
        """
        selection, flag = self.table.selectionModel(), QItemSelectionModel.SelectionFlag
        first = self.model.index_of(*current) if current is not None else QModelIndex()
        if not first.isValid():
            rows = range(self.model.rowCount())
            first = self.model.index(next((row for row in rows if not self.model.is_heading(row)), 0), 0)
        selection.setCurrentIndex(first, flag.NoUpdate)
        for ids in marked:
            if ids is not None:
                selection.select(self.model.index_of(*ids), flag.Select)

    def _tell(self, table: "CodesByObservers") -> None:
        """Legend and caption; where there is nothing to compare, what to do."""
        from polyvocal.exchange.writers.comparison_table import MEANINGS

        self.caption.setText(with_day(table.comparison.caption))
        self.legend.show_states(self.model.states, MEANINGS)
        self.give_room(self.stack.height())
        missing = self._missing(table)
        self._show_page(missing, waiting=self.message.hasFocus() or (bool(missing) and self.table.hasFocus()))

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

    def _missing(self, table: "CodesByObservers") -> str:
        if not table.codes and not table.observers:
            return self._sitting.actions.with_keys(
                self.tr(
                    "Nothing to compare yet.\n\nThe table crosses codes with the observers who wrote the accounts. "
                    "Type or paste a fieldnote with %s, or import files with %s, and code passages in the Read view."
                ),
                *FIRST_STEPS,
            )
        if not table.codes:
            return self.tr(
                "There are no codes yet.\n\nIn the Read view, select a passage and type the name of a code to make one."
            )
        if not table.observers:
            return self._sitting.actions.with_keys(
                self.tr(
                    "Nobody is known as an observer yet.\n\nType or paste a fieldnote with %s, or import files with "
                    "%s, and say who wrote them."
                ),
                *FIRST_STEPS,
            )
        return ""

    def _on_order_changed(self) -> None:
        marked = [self.model.ids_at(index) for index in self.table.selectionModel().selectedIndexes()]
        current = self.model.ids_at(self.table.currentIndex())
        self.table.clearSelection()
        self.model.sort_by(self.filters.chosen_order)
        self._mark_again(current, marked)
        self.table.scrollTo(self.table.currentIndex())

    # --- doors -----------------------------------------------------------------------------------------------------

    def open_cell(self, index: QModelIndex) -> None:
        """Show what is behind a cell: its passages, or what it means that there are none, and the accounts.

        Behind a cell in the row of a heading there is nothing.
        """
        table = self.model.table
        if table is None or not index.isValid() or self.model.is_heading(index.row()):
            return
        row, column = index.row(), index.column()
        cell, path, observer = self.model.cell(row, column), self.model.code(row).path, self.model.head(column).observer
        title = f"{path} · {observer}"
        if cell.state is CellState.CODED:
            self.passages.show_passages(PassagesMeant(title, table.behind(self.model.line_of(row), column)))
        else:
            note = " ".join(part for part in (self._meaning(cell.state, observer, path), self._only()) if part)
            self.passages.show_accounts(AccountsMeant(title, note, table.observers[column], table.chosen))
        if self.passages.isHidden():
            self.passages.show()
            height = self.split.height()
            self.split.setSizes([height * 3 // 5, height * 2 // 5])
        self.table.scrollTo(index)
        self.passages.focus_list()

    def open_first_passages(self) -> None:
        """Open the first cell that has passages, if there is any."""
        for row in range(self.model.rowCount()):
            for column in range(self.model.columnCount()):
                if self.model.cell(row, column).state is CellState.CODED:
                    self.table.point_to(self.model.index(row, column))
                    self.open_cell(self.model.index(row, column))
                    return

    def _only(self) -> str:
        parts = []
        if self.filters.chosen_coder is not None:
            parts.append(self.tr("coded by %s") % self.filters.coder.currentText())
        if self.filters.chosen_phase is not None:
            parts.append(self.filters.phase.currentText())
        if self.filters.chosen_layer is not None:
            parts.append(self.filters.layer.currentText())
        return self.tr("Only: %s.") % ", ".join(parts) if parts else ""

    def _meaning(self, state: CellState, observer: str, code: str) -> str:
        """What it means that a cell has no passages, in a sentence on this observer."""
        said = {
            CellState.READ_NOT_SO_CODED: self.tr(
                "All accounts by {observer} were read to their end, and nothing in them was coded as {code}."
            ),
            CellState.WRITTEN_NOT_YET_READ: self.tr(
                "{observer} wrote, and no coder who counts here has read all of it yet: of {code} nothing can be said "
                "so far."
            ),
            CellState.PRESENT_NOTHING_WRITTEN: self.tr("{observer} was there and wrote no account."),
            CellState.ELSEWHERE: self.tr(
                "{observer} was in a session that ran at the same time, and wrote no account of this one."
            ),
            CellState.ABSENT: self.tr("{observer} is known not to have been there."),
            CellState.NOT_KNOWN: self.tr(
                "Nothing is recorded of where {observer} was, and there is no account by {observer} that counts here."
            ),
        }
        return said[state].format(observer=observer, code=f"“{code}”")

    def _on_passages_left(self) -> None:
        self.passages.hide()
        self.table.setFocus()

    # --- taking it elsewhere ---------------------------------------------------------------------------------------

    def ask_export(self) -> None:
        """Ask for a file, and save the table in it."""
        folder = Path(self._sitting.settings[FOLDER] or Path.home())
        name, kind = QFileDialog.getSaveFileName(
            self,
            self.tr("Export the table"),
            str(folder / self.tr("codes by observers.docx")),
            ";;".join(one for one, _ in FORMATS),
        )
        if not name:
            return
        path = Path(name)
        if not path.suffix:
            path = path.with_name(path.name + dict(FORMATS).get(kind, FORMATS[0][1]))
        self._sitting.settings[FOLDER] = str(path.parent)
        self.export(path)

    def export(self, path: Path) -> None:
        """Save the table as it is counted afresh, in the format of the path's ending. Returns at once."""
        chosen, measure, file = self.chosen, self.filters.chosen_measure, self._sitting.bus.file
        doing = self.tr("Counting passages…")

        def work(job: Job) -> Path:
            from polyvocal.exchange.writers import export_comparison
            from polyvocal.services.analysis.compare import Dimension, Measure, compare
            from polyvocal.services.queries.blind import told_blind

            job.report(0, 0, doing)
            with file.view() as view:
                comparison = compare(view, Dimension.CODE, Dimension.OBSERVER, Measure(measure), chosen)
                blind = told_blind(view)
            job.check()
            export_comparison(replace(comparison, caption=blind + comparison.caption), path)
            return path

        run_job(self, self.tr("Exporting the table"), work, self.exported.emit)


def with_day(caption: str) -> str:
    """The caption with the time at its end, if there is one, as the window writes times."""
    return _NOTED.sub(lambda found: f"{labels.moment(found[1])}.", caption)


class _TablePage(QWidget):
    """The table with what stands below it, which gets what room is left."""

    def __init__(self, view: MatrixPage) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._view = view

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._view.give_room(self.height())
