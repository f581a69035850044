"""The versions of a source: who made each, when and why; any one read, or two side by side."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from polyvocal.domain.editmap import Kept
from polyvocal.domain.records import Source
from polyvocal.domain.text import counted
from polyvocal.gui import labels
from polyvocal.gui.acts import NEXT_DIFFERENCE, PREVIOUS_DIFFERENCE
from polyvocal.gui.button import Button
from polyvocal.gui.dialogs.lost_passages import ask_lost
from polyvocal.gui.dialogs.read_table import make_read_only
from polyvocal.gui.dialogs.two_panes import TwoPanes
from polyvocal.gui.parts import open_wide
from polyvocal.gui.sitting import Sitting
from polyvocal.services.queries.anchored import lost_passages
from polyvocal.services.queries.versions import TwoVersions, VersionRow, compare_versions, list_versions, version_text
from polyvocal.store.view import View

_NOTHING = -1


class VersionsDialog(QDialog):
    """Lists the versions, newest first, and shows the chosen one beside another. It can stay open beside the work."""

    def __init__(self, sitting: Sitting, source: Source, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Versions of “%s”") % source.title)
        self._sitting, self._source = sitting, source.id
        self._rows: list[VersionRow] = []
        self._build()
        sitting.theme.changed.connect(self._ask_texts)
        sitting.bus.ask(self, lambda view: list_versions(view, source.id), self._show_versions, about="versions")
        sitting.bus.ask(self, lambda view: len(lost_passages(view, source.id)), self._show_lost, about="lost")

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 16, 20, 14)
        whole.setSpacing(10)
        whole.addWidget(self._make_table(), 1)
        whole.addLayout(self._make_choice())
        self.panes = TwoPanes(self._sitting.theme, self.tr("The version beside it"), self.tr("The chosen version"))
        self.older, self.newer = self.panes.older, self.panes.newer
        whole.addWidget(self.panes, 3)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self.lost = Button()
        self.lost.setToolTip(self.tr("List those that the newest version left without, with the words that they had"))
        self.lost.setAutoDefault(False)
        self.lost.clicked.connect(lambda _checked=False: ask_lost(self._sitting, self._source, self))
        self.lost.hide()
        foot = QHBoxLayout()
        foot.addWidget(self.lost)
        foot.addWidget(buttons, 1)
        whole.addLayout(foot)
        open_wide(self, 154, 44)

    def _make_table(self) -> QWidget:
        self.table = QTableWidget(0, 6)
        self.table.setHorizontalHeaderLabels(
            [self.tr(one) for one in ("Version", "Made", "By", "Why", "Words", "What changed")]
        )
        self.table.setAccessibleName(self.tr("Versions, the newest first"))
        make_read_only(self.table)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.table.itemSelectionChanged.connect(self._on_chosen)
        return self.table

    def _make_choice(self) -> QHBoxLayout:
        self.beside = QComboBox()
        self.beside.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.beside.setAccessibleName(self.tr("Beside it"))
        self.beside.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.beside.currentIndexChanged.connect(self._ask_texts)
        self.told = QLabel()
        self.told.setProperty("muted", True)
        self.next, self.previous = Button(self.tr("Next difference")), Button(self.tr("Previous difference"))
        actions = self._sitting.actions
        for act, button, step in ((NEXT_DIFFERENCE, self.next, 1), (PREVIOUS_DIFFERENCE, self.previous, -1)):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, step=step: self.step(step))
            actions.add(act, partial(self.step, step), owner=self, place=self)
            actions.explain(button, act.name, act.text)
        choice = QHBoxLayout()
        choice.setSpacing(8)
        choice.addWidget(QLabel(self.tr("Beside it:")))
        choice.addWidget(self.beside)
        choice.addWidget(self.told, 1)
        choice.addWidget(self.previous)
        choice.addWidget(self.next)
        return choice

    def _show_lost(self, count: int) -> None:
        self.lost.setText(labels.without_words(count))
        self.lost.setVisible(count > 0)

    # --- the list ------------------------------------------------------------------------------------------------

    def _show_versions(self, rows: list[VersionRow]) -> None:
        self._rows = rows
        self.table.setRowCount(len(rows))
        for line, row in enumerate(reversed(rows)):
            made = datetime.fromtimestamp(row.created_at / 1e6).isoformat(timespec="minutes")  # noqa: DTZ006 - here
            cells = (
                self._name(row),
                labels.moment(made),
                row.corrected_by or "",
                row.reason or "",
                labels.number(row.words),
                self._what(row),
            )
            for column, words in enumerate(cells):
                item = QTableWidgetItem(" ".join(words.split()))
                item.setToolTip(words)
                self.table.setItem(line, column, item)
        self.table.selectRow(0)

    def _name(self, row: VersionRow) -> str:
        return self.tr("%s, the newest") % row.number if row.current else str(row.number)

    def _what(self, row: VersionRow) -> str:
        if row.parent is None:
            return self.tr("as it came in")
        if row.additions:
            return self.tr("later addition by %s, %s") % (row.observer or "?", labels.moment(row.dated))
        places = self.tr("in one place") if row.places == 1 else self.tr("in %s places") % labels.number(row.places)
        less, more = counted(row.removed, "character"), counted(row.inserted, "character")
        if row.removed and row.inserted:
            return self.tr("%s: %s less, %s more") % (places, less, labels.number(row.inserted))
        return self.tr("%s: %s less") % (places, less) if row.removed else self.tr("%s: %s more") % (places, more)

    @property
    def chosen(self) -> VersionRow | None:
        """The version that is chosen in the list."""
        line = self.table.currentRow()
        return self._rows[len(self._rows) - 1 - line] if 0 <= line < len(self._rows) else None

    def _on_chosen(self) -> None:
        chosen = self.chosen
        if chosen is None:
            return
        self.beside.blockSignals(True)
        self.beside.clear()
        self.beside.addItem(self.tr("nothing"), _NOTHING)
        for row in reversed(self._rows):
            if row.id != chosen.id:
                name = self.tr("version %s") % self._name(row)
                self.beside.addItem(self.tr("%s, the one before") % name if row.id == chosen.parent else name, row.id)
                if row.id == chosen.parent:
                    self.beside.setCurrentIndex(self.beside.count() - 1)
        self.beside.blockSignals(False)
        self._ask_texts()

    # --- the texts -----------------------------------------------------------------------------------------------

    def _ask_texts(self) -> None:
        chosen = self.chosen
        if chosen is None:
            return
        beside = next((row for row in self._rows if row.id == self.beside.currentData()), None)

        def query(view: View) -> TwoVersions:
            if beside is None:
                text = version_text(view, chosen.id)
                return TwoVersions(text, text, (Kept(0, 0, len(text)),))
            return compare_versions(view, beside.id, chosen.id)

        def show(two: TwoVersions) -> None:
            self._show_texts(two, beside, chosen)

        self._sitting.bus.ask(self, query, show, about="texts")

    def _show_texts(self, two: TwoVersions, beside: VersionRow | None, chosen: VersionRow) -> None:
        older = self.tr("Version %s") % self._name(beside) if beside is not None else ""
        self.panes.show_two(two, older, self.tr("Version %s") % self._name(chosen))
        count = len(two.differences)
        self.told.setText(self._count(count) if beside is not None else "")
        for button in (self.next, self.previous):
            button.setEnabled(bool(count))

    def _count(self, count: int) -> str:
        if not count:
            return self.tr("no differences")
        return self.tr("one difference") if count == 1 else self.tr("%s differences") % labels.number(count)

    def step(self, step: int) -> None:
        """Go to the next difference, or the one before, in both texts."""
        at = self.panes.step(step)
        if at is not None:
            count = labels.number(len(self.panes.differences))
            self.told.setText(self.tr("difference %s of %s") % (labels.number(at + 1), count))
