"""The Memos view: every memo of the project, searched, chosen, read, written, and taken out to Word."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QSplitter,
    QTableView,
    QWidget,
)

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.memos import FREE, PASSAGE, MemoFilter, WholeMemo
from polyvocal.domain.records import Project
from polyvocal.gui import acts, labels
from polyvocal.gui.bus import Job
from polyvocal.gui.button import Button
from polyvocal.gui.dialogs.progress import run_job
from polyvocal.gui.dialogs.read_table import make_list
from polyvocal.gui.parts import in_column, in_row, muted
from polyvocal.gui.settings import FOLDER
from polyvocal.gui.sitting import Me, Place, Sitting
from polyvocal.gui.views.memo_editor import MemoEditor, door_of
from polyvocal.gui.views.memos_model import ABOUT, AUTHOR, KIND, TITLE, WRITTEN, MemosModel
from polyvocal.services.commands.removal import remove
from polyvocal.services.queries.memos import Subject, all_memos, subjects
from polyvocal.services.references import kind_named
from polyvocal.store.file import ProjectFile

CONCERNED = frozenset(
    {
        "memo", "person", "source", "source_version", "code", "coding", "stance", "concern", "term", "event", "session",
        "series", "constituent_group", "layer", "stretch", "time_mark", "project",
        "moment", "divergence", "comparison",
    }
)  # fmt: skip
"""The kinds of record of which a change may change what is listed."""

FORMATS = "Word (*.docx);;Excel (*.xlsx);;Markdown (*.md)"


class MemosView(QWidget):
    """The list at the left, the chosen memo at the right."""

    exported = Signal(object)
    """The path of a file that was written."""

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._sitting = sitting
        self._wanted: int | None = None
        self._is_known = False
        self.model = MemosModel(self)
        self.table = self._make_table()
        self.editor = MemoEditor(sitting)
        self.editor.about_wanted.connect(self.show_about)
        self.none = muted()
        self.none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._lay_out()
        self.panes = (self.words, self.table, self.editor.text)
        self.model.modelReset.connect(self._on_listed)
        self.table.selectionModel().currentChanged.connect(self._on_current_changed)
        sitting.bus.changed.connect(self._on_changed)
        sitting.blind_changed.connect(self._on_blind_changed)
        self._make_keys()
        self.setFocusProxy(self.table)

    # --- building ------------------------------------------------------------------------------------------------

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setAccessibleName(self.tr("Memos"))
        make_list(table, room=12)
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.horizontalHeader().setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        for column, letters in ((KIND, 19), (ABOUT, 30), (AUTHOR, 15), (WRITTEN, 20)):
            table.setColumnWidth(column, table.fontMetrics().averageCharWidth() * letters)
        table.setSortingEnabled(True)
        table.sortByColumn(WRITTEN, Qt.SortOrder.DescendingOrder)
        table.activated.connect(lambda _index: self.editor.text.setFocus(Qt.FocusReason.OtherFocusReason))
        return table

    def _lay_out(self) -> None:
        self.new, self.go = Button(self.tr("New memo…")), Button(self.tr("Show what it is about"))
        self.drop, self.out = Button(self.tr("Remove")), Button(self.tr("Export the listed…"))
        for button, slot in (
            (self.new, self.add),
            (self.go, self.show_about),
            (self.drop, self.remove),
            (self.out, self.ask_export),
        ):
            button.clicked.connect(lambda _checked=False, slot=slot: slot())
        buttons = in_row(self.new, self.go, self.drop, None, self.out)
        left, self.split = QWidget(), QSplitter(Qt.Orientation.Horizontal)
        column = in_column(self._make_filters(), buttons, self.none, (self.table, 1), spacing=8)
        column.setContentsMargins(0, 0, 6, 0)
        left.setLayout(column)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(left)
        self.split.addWidget(self.editor)
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 2)
        whole = in_column((self.split, 1))
        whole.setContentsMargins(12, 12, 0, 12)
        self.setLayout(whole)
        order = (self.words, self.kind, self.about, self.author, self.new, self.go, self.drop, self.out, self.table)
        for before, after in pairwise(
            (*order, self.editor.title, self.editor.kind, self.editor.about, self.editor.text)
        ):
            self.setTabOrder(before, after)

    def _make_filters(self) -> QHBoxLayout:
        self.words = QLineEdit()
        self.words.setPlaceholderText(self.tr("Words in the memos"))
        self.words.setAccessibleName(self.tr("Find memos by their words"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self._narrow)
        self.kind, self.about, self.author = QComboBox(), QComboBox(), QComboBox()
        for box, every, name in (
            (self.kind, self.tr("All kinds"), self.tr("Kind of memo")),
            (self.about, self.tr("About anything"), self.tr("What the memos are about")),
            (self.author, self.tr("By anybody"), self.tr("Who wrote the memos")),
        ):
            box.addItem(every, None)
            box.setAccessibleName(name)
            box.currentIndexChanged.connect(self._narrow)
        for kind, words in labels.MEMO_KINDS.items():
            self.kind.addItem(words, kind.value)
        return in_row((self.words, 1), self.kind, self.about, self.author)

    def _make_keys(self) -> None:
        slots: tuple[tuple[acts.Act, QWidget, Callable[[], object], QWidget | None], ...] = (
            (acts.NEW_MEMO, self.table, self.add, self.new),
            (acts.MEMO_ABOUT, self, self.show_about, self.go),
            (acts.REMOVE_MEMO, self.table, self.remove, self.drop),
            (acts.EXPORT_MEMOS, self, self.ask_export, self.out),
            (acts.FIND_MEMO, self, self.words.setFocus, None),
        )
        actions = self._sitting.actions
        for act, place, slot, button in slots:
            actions.add(act, slot, owner=self, place=place)
            if button is not None:
                actions.explain(button, act.name, act.text.removesuffix("…"))

    # --- what is listed ------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_known:
            self.refresh()

    def refresh(self) -> None:
        """Read the memos anew."""
        self._is_known = True
        self._sitting.bus.ask(self, all_memos, self._show, about="memos")

    def _on_changed(self, changes: ChangeSet) -> None:
        if CONCERNED & changes.kinds.keys():
            self._is_known = False
            if self.isVisible():
                self.refresh()

    def _on_blind_changed(self) -> None:
        """No memo about a coding of somebody else stays for a moment; the chosen one is chosen again if it may be."""
        if self.model.all:
            self._wanted = self.editor.memo.id if self.editor.memo is not None else self._wanted
            self.model.show(())
            self.none.setText(self.tr("Reading the memos…"))

    def _show(self, memos: list[WholeMemo]) -> None:
        abouts = sorted({one.about.kind for one in memos}, key=lambda kind: (kind == FREE, kind))
        authors = sorted({one.author for one in memos if one.author}, key=str.casefold)
        self._offer(self.about, [(_about_words(one), one) for one in abouts])
        self._offer(self.author, [(one, one) for one in authors])
        self.model.wanted = self.wanted
        self.model.show(memos)

    @staticmethod
    def _offer(box: QComboBox, values: list[tuple[str, str]]) -> None:
        """Offer other values in a filter; the chosen one stays where it is among them."""
        chosen = box.currentData()
        box.blockSignals(True)
        while box.count() > 1:
            box.removeItem(1)
        for words, value in values:
            box.addItem(words, value)
        box.setCurrentIndex(max(box.findData(chosen), 0) if chosen is not None else 0)
        box.blockSignals(False)

    @property
    def wanted(self) -> MemoFilter:
        """Which memos are meant by the filters as they are."""
        kind, about, author = (
            frozenset([value] if (value := box.currentData()) is not None else [])
            for box in (self.kind, self.about, self.author)
        )
        return MemoFilter(kind, author, about, self.words.text())

    def _narrow(self) -> None:
        self.model.narrow(self.wanted)

    def _on_listed(self) -> None:
        """Point to what was pointed to; where that is not listed, to the first."""
        wanted = self._wanted or (self.editor.memo.id if self.editor.memo is not None else None)
        index = self.model.index_of(wanted) if wanted is not None else QModelIndex()
        if index.isValid():
            self._wanted = None
        self.table.setCurrentIndex(index if index.isValid() else self.model.index(0, 0))
        self._on_current_changed()
        listed = bool(self.model.listed)
        self.table.setVisible(listed)
        self.none.setVisible(not listed)
        self.none.setText(
            self.tr("No memo is so. Choose fewer words, or another kind.")
            if self.model.all
            else self.tr(
                "There are no memos yet.\n\nWrite one about a code, a source, a person, or about nothing: New memo…"
            )
        )
        self.out.setEnabled(listed)

    @property
    def current(self) -> WholeMemo | None:
        """The memo that is chosen."""
        return self.model.memo(self.table.currentIndex())

    def point_to(self, identity: int) -> None:
        """Choose a memo now, or as soon as it is listed; filters that hide it are taken away."""
        self._wanted = identity
        for box in (self.kind, self.about, self.author):
            box.setCurrentIndex(0)
        self.words.clear()
        self._on_listed()

    def _on_current_changed(self, *_indexes: QModelIndex) -> None:
        memo, may = self.current, self._sitting.bus.may_write
        self.editor.show_memo(memo)
        self.new.setEnabled(may)
        self.drop.setEnabled(may and memo is not None)
        self.go.setEnabled(memo is not None and door_of(memo.about) is not None)

    # --- what can be done ----------------------------------------------------------------------------------------

    def add(self) -> None:
        """Write a memo about something that is chosen, or a free one."""
        if self._sitting.bus.may_write:
            self._sitting.with_coder(
                lambda me: self._sitting.bus.ask(self, subjects, lambda found: self._ask(me, found))
            )

    def _ask(self, me: Me, found: list[Subject]) -> None:
        from polyvocal.gui.dialogs.new_memo import NewMemoDialog

        dialog = NewMemoDialog(self._sitting, found, author=str(me.id), parent=self)
        dialog.finished_with.connect(self._on_added)
        dialog.open()

    def _on_added(self, changes: ChangeSet) -> None:
        self.point_to(changes.created("memo")[0])

    def remove(self) -> None:
        """Remove the chosen memo; it can be undone."""
        memo = self.current
        if memo is not None and self._sitting.bus.may_write:
            identity = str(memo.id)

            def command(file: ProjectFile) -> ChangeSet:
                return remove(file, "memo", identity)

            self._sitting.act(command, owner=self)

    def show_about(self) -> None:
        """Show what the chosen memo is about, where that is."""
        memo = self.current
        if memo is None:
            return
        door = door_of(memo.about)
        if isinstance(door, Place):
            self._sitting.place_wanted.emit(door)
        elif door is not None:
            self._sitting.entry_wanted.emit(door)

    # --- taking them out -----------------------------------------------------------------------------------------

    def ask_export(self) -> None:
        """Ask for a file, and write the listed memos to it."""
        folder = Path(self._sitting.settings[FOLDER] or Path.home())
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export the listed memos"), str(folder / self.tr("memos.docx")), FORMATS
        )
        if name:
            self._sitting.settings[FOLDER] = str(Path(name).parent)
            self.export(Path(name))

    def export(self, path: Path) -> None:
        """Write the listed memos, in their order, in the format of the path's ending. Returns at once."""
        self.editor.save(lambda: self._export(path))

    def _export(self, path: Path) -> None:
        listed, caption, file = [one.id for one in self.model.listed], self.wanted.in_words(), self._sitting.bus.file

        def work(job: Job) -> Path:
            from polyvocal.exchange.writers import export_memos
            from polyvocal.services.queries.blind import told_blind

            with file.view() as view:
                memos = {one.id: one for one in all_memos(view)}
                (project,) = view.all(Project)
                blind = told_blind(view)
            job.check()
            there = [memos[one] for one in listed if one in memos]
            export_memos(there, path, title=project.title, caption=blind + caption)
            return path

        run_job(self, self.tr("Exporting the memos"), work, self.exported.emit)


def _about_words(kind: str) -> str:
    """What stands in the filter for what memos are about."""
    if kind == FREE:
        return "About nothing in particular"
    return f"About {'passages' if kind == PASSAGE else kind_named(kind).plural}"
