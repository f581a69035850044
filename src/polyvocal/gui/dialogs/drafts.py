"""The drafts of a project: what was written and not saved, to be read, continued, taken elsewhere or discarded."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from polyvocal.domain.ids import DraftId
from polyvocal.gui import labels
from polyvocal.gui.acts import COPY_DRAFT, DISCARD_DRAFT, SAVE_DRAFT
from polyvocal.gui.button import Button
from polyvocal.gui.dialogs.read_table import make_read_only
from polyvocal.gui.dialogs.text_apart import ask_save_text, copy_text
from polyvocal.gui.dialogs.two_panes import TwoPanes
from polyvocal.gui.draft_bar import ask_discard, may_continue, may_discard
from polyvocal.gui.parts import in_column, in_row, muted, open_wide
from polyvocal.gui.sitting import Sitting
from polyvocal.services.queries.draft_contents import DraftToRead, draft_to_read
from polyvocal.services.queries.drafts import DraftRow, list_drafts
from polyvocal.services.queries.versions import TwoVersions

_NOTHING = TwoVersions("", "", ())


class DraftsDialog(QDialog):
    """Lists the drafts, the latest first, and shows what the chosen one says."""

    def __init__(self, sitting: Sitting, draft: DraftId | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Drafts"))
        self._sitting, self._wanted = sitting, draft
        self._rows: list[DraftRow] = []
        self._read: DraftToRead | None = None
        self._build()
        sitting.drafts_changed.connect(self._ask)
        sitting.coder_changed.connect(self._ask)
        sitting.theme.changed.connect(self._show_text)
        self._ask()

    def _build(self) -> None:
        self.intro = muted()
        self.table = self._make_table()
        self.about = muted()
        self.told = muted()
        self.panes = TwoPanes(
            self._sitting.theme, self.tr("The text before it was corrected"), self.tr("What the chosen draft says")
        )
        parts = (self.intro, (self.table, 1), self.about, (self.panes, 3), self.told, self._make_buttons())
        whole = in_column(*parts, spacing=10)
        whole.setContentsMargins(20, 16, 20, 14)
        self.setLayout(whole)
        open_wide(self, 140, 42)

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, 4)
        table.setHorizontalHeaderLabels([self.tr(one) for one in ("Draft", "By", "Kept", "Can it be continued?")])
        table.setAccessibleName(self.tr("Drafts, the latest first"))
        make_read_only(table)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.itemSelectionChanged.connect(self._on_chosen)
        return table

    def _make_buttons(self) -> QHBoxLayout:
        self.go_on, self.copy = Button(self.tr("Continue")), Button(self.tr("Copy the text"))
        self.save, self.drop = Button(self.tr("Save the text as a file…")), Button(self.tr("Discard…"))
        self.go_on.clicked.connect(lambda _checked=False: self._on_continue())
        self.copy.clicked.connect(lambda _checked=False: self._on_copy())
        self.save.clicked.connect(lambda _checked=False: self._on_save())
        self.drop.clicked.connect(lambda _checked=False: self._on_discard())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        for button in (self.go_on, self.copy, self.save, self.drop):
            button.setAutoDefault(False)
        actions = self._sitting.actions
        for act, button, place in (
            (SAVE_DRAFT, self.save, self), (COPY_DRAFT, self.copy, self), (DISCARD_DRAFT, self.drop, self.table),
        ):  # fmt: skip
            actions.add(act, button.click, owner=self, place=place)
            actions.explain(button, act.name, act.text.removesuffix("…"))
        self._close = buttons.button(QDialogButtonBox.StandardButton.Close)
        return in_row(self.go_on, self.copy, self.save, self.drop, (buttons, 1), spacing=8)

    # --- the list ------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        self._sitting.bus.ask(self, list_drafts, self._show_drafts, about="drafts")

    def _show_drafts(self, rows: list[DraftRow]) -> None:
        chosen = self._wanted or (self.chosen.id if self.chosen is not None else None)
        self._wanted, self._rows = None, rows
        self.table.blockSignals(True)
        self.table.setRowCount(len(rows))
        for line, row in enumerate(rows):
            cells = (labels.draft_of(row), row.by or "", labels.noted_lately(row.kept_at), self._state(row))
            for column, words in enumerate(cells):
                item = QTableWidgetItem(" ".join(words.split()))
                item.setToolTip(words)
                self.table.setItem(line, column, item)
        self.table.blockSignals(False)
        self.intro.setText(
            self.tr("What was written here and not saved. A draft goes when it is saved or discarded.")
            if rows
            else self.tr("There are no drafts: nothing was left unsaved.")
        )
        here = next((line for line, row in enumerate(rows) if row.id == chosen), 0)
        self.table.clearSelection()
        self.table.selectRow(here)
        if not rows:
            self._on_chosen()

    def _state(self, row: DraftRow) -> str:
        if row.id in self._sitting.drafts_at_work:
            return self.tr("it is being written now")
        if row.is_open:
            return self.tr("yes") if may_continue(self._sitting, row) else self.tr("by %s") % (row.by or "")
        return self.tr("no: %s") % row.state

    @property
    def chosen(self) -> DraftRow | None:
        """The draft that is chosen in the list."""
        line = self.table.currentRow()
        return self._rows[line] if 0 <= line < len(self._rows) else None

    # --- the chosen one ------------------------------------------------------------------------------------------

    def _on_chosen(self) -> None:
        chosen, sitting = self.chosen, self._sitting
        for button in (self.copy, self.save):
            button.setEnabled(False)
        free = chosen is not None and chosen.id not in sitting.drafts_at_work
        self.go_on.setEnabled(free and chosen is not None and may_continue(sitting, chosen))
        (self.go_on if self.go_on.isEnabled() else self._close).setDefault(True)
        self.drop.setEnabled(free and chosen is not None and may_discard(sitting, chosen))
        self._tell("")
        if chosen is None:
            self._on_read(None)
        else:
            identity = chosen.id
            sitting.bus.ask(self, lambda view: draft_to_read(view, identity), self._on_read, about="draft")

    def _on_read(self, read: DraftToRead | None) -> None:
        self._read = read
        for button in (self.copy, self.save):
            button.setEnabled(read is not None)
        self._show_text()

    def _show_text(self) -> None:
        read = self._read
        if read is None:
            self.panes.show_two(_NOTHING, "", "")
            self.about.setText("")
            return
        older = self.tr("As it was") if read.row.source is not None else ""
        self.panes.show_two(read.texts, older, self.tr("As it was corrected") if older else self.tr("Text"))
        self.about.setText(self._about(read))
        if older:
            self.panes.step(1)

    def _about(self, read: DraftToRead) -> str:
        if read.row.source is None:
            return " · ".join(
                f"{labels.FIELDS[name]}: {read.fields[name]}" for name in labels.FIELDS if read.fields.get(name)
            )
        number = len(read.texts.differences)
        places = self.tr("in one place") if number == 1 else self.tr("in %s places") % labels.number(number)
        return self.tr("Corrected %s. What was taken away is struck out, what was put in is underlined.") % places

    # --- what can be done with it --------------------------------------------------------------------------------

    def _on_continue(self) -> None:
        chosen = self.chosen
        if chosen is not None:
            self.accept()
            self._sitting.draft_wanted.emit(chosen)

    def _on_discard(self) -> None:
        chosen = self.chosen
        if chosen is not None:
            ask_discard(self._sitting, chosen, self)

    def _tell(self, words: str) -> None:
        self.told.setText(words)
        self.told.setVisible(bool(words))

    def _on_copy(self) -> None:
        if self._read is not None:
            copy_text(self._read.text)
            self._tell(self.tr("Copied."))

    def _on_save(self) -> None:
        if self._read is not None:
            ask_save_text(
                self,
                self._sitting.settings,
                self._read.text,
                lambda path: self._tell(self.tr("Written: %s") % path),
            )
