"""Where the accounts of a moment differ: what was recorded, what became of it, and the words that it is about."""

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QListWidget, QListWidgetItem, QSplitter, QWidget

from polyvocal.domain.words import DivergenceStanding, Explanation
from polyvocal.gui import acts, labels
from polyvocal.gui.button import Button
from polyvocal.gui.dialogs.removing import ask_removal
from polyvocal.gui.parts import in_column, in_row, muted, scrolled
from polyvocal.gui.sitting import Place, Sitting
from polyvocal.gui.views.delegate import COUNT, SUBTITLE, RowDelegate
from polyvocal.services.commands.divergences import settle_divergences
from polyvocal.services.commands.passage import Passage
from polyvocal.services.commands.removal import remove, what_goes_with
from polyvocal.services.queries.divergences import DivergenceRow, DivergentPassage
from polyvocal.services.queries.moment_divergences import DivergenceHere
from polyvocal.services.queries.moments import MomentInOrder, moments_in_order

_PASSAGE = Qt.ItemDataRole.UserRole + 20


class MomentDivergences(QWidget):
    """The list at the left, the chosen one with its passages at the right. Nothing here ranks or weighs them."""

    chosen = Signal(object)
    """The DivergenceRow whose passages are to be lit, or None."""
    passage_meant = Signal(object)
    """A DivergentPassage that is to be brought before the eye."""
    record_wanted = Signal()
    add_wanted = Signal()

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._sitting = sitting
        self._found: tuple[DivergenceHere, ...] = ()
        self._there = False
        self.filter = QComboBox()
        self.filter.setAccessibleName(self.tr("Which divergences are listed"))
        self.filter.addItem(self.tr("all"), None)
        for standing, words in labels.DIVERGENCE_STANDINGS.items():
            self.filter.addItem(labels.in_short(words), standing)
        self.filter.currentIndexChanged.connect(lambda _number: self._fill())
        self.list = QListWidget()
        self.list.setItemDelegate(RowDelegate(self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setAccessibleName(self.tr("Divergences of this moment"))
        self.list.currentRowChanged.connect(lambda _row: self._on_current())
        self.list.itemActivated.connect(lambda _item: self._on_activated())
        self.none = muted()
        self.told = muted()
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.passages = QListWidget()
        self.passages.setItemDelegate(RowDelegate(self.passages))
        self.passages.setFrameShape(QFrame.Shape.NoFrame)
        self.passages.setAccessibleName(self.tr("Passages that differ"))
        self.passages.currentItemChanged.connect(lambda item, _before: self._on_passage(item))
        self.passages.itemClicked.connect(self._on_passage)
        self.passages.itemActivated.connect(self._on_passage_activated)
        self.record, self.add = Button(self.tr("Record…")), Button(self.tr("Add words"))
        self.edit, self.memo, self.delete = (
            Button(self.tr("Edit…")),
            Button(self.tr("Memo…")),
            Button(self.tr("Remove")),
        )
        self.open, self.discussed, self.kept = (
            Button(self.tr("Open again")),
            Button(self.tr("Discussed")),
            Button(self.tr("Kept")),
        )
        self._lay_out()
        self._make_actions()
        self.show_divergences((), there=False)

    def _lay_out(self) -> None:
        left = QWidget()
        column = in_column(in_row(self.record, self.add, None, self.filter), self.none, (self.list, 1))
        column.setContentsMargins(10, 8, 6, 8)
        left.setLayout(column)
        self.right = QWidget()
        buttons = in_row(self.discussed, self.kept, self.open, self.edit, self.memo, self.delete, None)
        page = QWidget()
        page.setObjectName("panel")
        words = in_column(self.told, None)
        words.setContentsMargins(0, 0, 6, 0)
        page.setLayout(words)
        told = scrolled(page)
        told.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        told.setAccessibleName(self.tr("What is said of the divergence"))
        column = in_column(buttons, (in_row((told, 1), (self.passages, 1), spacing=10), 1))
        column.setContentsMargins(6, 8, 10, 8)
        self.right.setLayout(column)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(left)
        split.addWidget(self.right)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        whole = in_column((split, 1), spacing=0)
        whole.setContentsMargins(0, 0, 0, 0)
        self.setLayout(whole)
        self.setFocusProxy(self.list)

    def _make_actions(self) -> None:
        actions, tr = self._sitting.actions, self.tr
        for act, slot, button, words in (
            (acts.EDIT_DIVERGENCE, self.change, self.edit, tr("Another kind, title or explanation")),
            (acts.REMOVE_DIVERGENCE, self.remove, self.delete, tr("Remove the divergence; the words stay")),
            (acts.DIVERGENCE_MEMO, self.write_memo, self.memo, tr("Write a memo about it")),
            (
                acts.DISCUSSED,
                lambda: self.settle(DivergenceStanding.DISCUSSED),
                self.discussed,
                tr("The team has talked about it"),
            ),
            (
                acts.KEPT,
                lambda: self.settle(DivergenceStanding.KEPT),
                self.kept,
                tr("The difference stays, as a finding"),
            ),
            (
                acts.OPEN_AGAIN,
                lambda: self.settle(DivergenceStanding.OPEN),
                self.open,
                tr("It is to be talked about again"),
            ),
        ):
            actions.add(act, slot, owner=self, place=self.list)
            button.clicked.connect(lambda _checked=False, slot=slot: slot())
            actions.explain(button, act.name, words)
        self.record.clicked.connect(lambda _checked=False: self.record_wanted.emit())
        self.add.clicked.connect(lambda _checked=False: self.add_wanted.emit())
        actions.explain(
            self.record, acts.DIVERGE.name, tr("Select words in two columns or more, then record how they differ")
        )
        actions.explain(self.add, acts.ADD_TO_DIVERGENCE.name, tr("Add the selected words to the chosen divergence"))
        actions.follow(self.none, self._say_none, acts.DIVERGE.name)

    # --- what is shown -------------------------------------------------------------------------------------------

    def show_divergences(self, found: tuple[DivergenceHere, ...], *, there: bool) -> None:
        """Show the divergences of a moment; whether a moment is `there` at all."""
        self._found, self._there = found, there
        self._fill()

    @property
    def current(self) -> DivergenceHere | None:
        """The divergence that is chosen."""
        if self.list.currentRow() < 0:
            return None
        identity = self.list.currentItem().data(_PASSAGE)
        return next((one for one in self._found if one.row.id == identity), None)

    def point_to(self, identity: int) -> None:
        """Choose a divergence, whatever is listed."""
        self.filter.setCurrentIndex(0)
        for row in range(self.list.count()):
            if self.list.item(row).data(_PASSAGE) == identity:
                self.list.setCurrentRow(row)

    def _fill(self) -> None:
        before, wanted = self.current, self.filter.currentData()
        listed = [one for one in self._found if wanted in (None, one.row.standing)]
        with QSignalBlocker(self.list):
            self.list.clear()
            for one in listed:
                self._add(one)
            kept = next((n for n, one in enumerate(listed) if before is not None and one.row.id == before.row.id), -1)
            self.list.setCurrentRow(kept)
        self.list.setVisible(bool(listed))
        self.none.setVisible(not listed)
        self.filter.setVisible(bool(self._found))
        self._say_none()
        self._on_current()

    def _add(self, one: DivergenceHere) -> None:
        row = one.row
        item = QListWidgetItem(labels.capitalised(row.title))
        item.setData(_PASSAGE, row.id)
        of = "" if one.of_this or row.moment is None else self.tr("recorded of %s") % row.moment
        about = [self.tr("of %s") % labels.in_short(labels.DIVERGENCE_KINDS[row.kind]), ", ".join(row.observers), of]
        said = " · ".join(part for part in about if part)
        standing = labels.in_short(labels.DIVERGENCE_STANDINGS[row.standing])
        item.setData(SUBTITLE, said)
        item.setData(COUNT, standing)
        item.setToolTip(f"{row.title}\n{said}\n{standing}")
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{row.title}, {standing}, {said}")
        self.list.addItem(item)

    def _say_none(self) -> None:
        if self._found:
            words = self.tr("No divergence that is %s.") % self.filter.currentText()
        elif not self._there:
            words = self.tr("Choose a moment first.")
        else:
            words = self._sitting.actions.with_keys(
                self.tr(
                    "No divergence is recorded here yet. Select words in two columns or more, and record with %s how "
                    "they differ."
                ),
                acts.DIVERGE.name,
            )
        self.none.setText(words)

    def _on_current(self) -> None:
        one = self.current
        self.right.setVisible(one is not None)
        may = self._sitting.bus.may_write
        self.record.setEnabled(may and self._there)
        self.add.setVisible(one is not None)
        with QSignalBlocker(self.passages):
            self.passages.clear()
            for passage in one.row.passages if one is not None else ():
                self._add_passage(passage)
        if one is not None:
            self.told.setText("\n".join(self._in_words(one)))
            standing = one.row.standing
            for button, of in (
                (self.open, DivergenceStanding.OPEN),
                (self.discussed, DivergenceStanding.DISCUSSED),
                (self.kept, DivergenceStanding.KEPT),
            ):
                button.setVisible(standing is not of)
                button.setEnabled(may)
            for button in (self.add, self.edit, self.memo, self.delete):
                button.setEnabled(may)
        self.chosen.emit(one.row if one is not None else None)

    def _in_words(self, one: DivergenceHere) -> Iterator[str]:
        row = one.row
        if row.explanation is not None:
            because = f": {row.because}" if row.because else "."
            yield (
                self.tr("Put down to %s") % labels.in_short(labels.EXPLANATIONS[Explanation(row.explanation)]) + because
            )
        elif row.because:
            yield row.because
        by = self.tr("Recorded by {who}, {when}").format(
            who=row.recorded_by or self.tr("somebody"), when=labels.noted_at(row.recorded_at)
        )
        if row.settled_at is not None:
            by += self.tr("; {what} by {who}, {when}").format(
                what=labels.in_short(labels.DIVERGENCE_STANDINGS[row.standing]),
                who=row.settled_by or self.tr("somebody"),
                when=labels.noted_at(row.settled_at),
            )
        yield f"{by}."
        for memo in one.memos:
            yield f"{memo.author or self.tr('Memo')}: {' '.join(memo.text.split())}"

    def _add_passage(self, passage: DivergentPassage) -> None:
        words = " ".join(passage.text.split())
        item = QListWidgetItem(f"“{words}”")
        whose = ", ".join(passage.observers) or self.tr("no observer")
        said = f"{whose} · {passage.source_title}" + (
            self.tr(" · its words were corrected away") if passage.gone else ""
        )
        item.setData(SUBTITLE, said)
        item.setData(_PASSAGE, passage)
        item.setToolTip(f"{words}\n{said}")
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{whose}: {words}")
        self.passages.addItem(item)

    # --- doors ---------------------------------------------------------------------------------------------------

    def _on_activated(self) -> None:
        """From a divergence to its passages."""
        if self.passages.count():
            self.passages.setCurrentRow(0)
            self.passages.setFocus()

    def _on_passage(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.passage_meant.emit(item.data(_PASSAGE))

    def _on_passage_activated(self, item: QListWidgetItem) -> None:
        passage: DivergentPassage = item.data(_PASSAGE)
        self._sitting.place_wanted.emit(Place(passage.source, None if passage.gone else passage.start, passage.end))

    # --- acts ----------------------------------------------------------------------------------------------------

    @property
    def row(self) -> DivergenceRow | None:
        """The divergence that is chosen, as it is recorded."""
        one = self.current
        return one.row if one is not None and self._sitting.bus.may_write else None

    def settle(self, standing: DivergenceStanding) -> None:
        """Say what became of the chosen divergence."""
        row = self.row
        if row is not None:
            self._sitting.act(lambda file: settle_divergences(file, [str(row.id)], standing))

    def change(self) -> None:
        """Ask how the chosen divergence is to be."""
        from polyvocal.gui.dialogs.divergence import Between, DivergenceDialog

        row = self.row
        if row is None:
            return
        words = [
            Between(
                ", ".join(one.observers) or one.source_title, one.text, Passage(str(one.source), one.start, one.end)
            )
            for one in row.passages
        ]

        def ask(moments: tuple[MomentInOrder, ...]) -> None:
            self._sitting.with_coder(
                lambda _me: DivergenceDialog(self._sitting, words, moments, row=row, parent=self.window()).open()
            )

        self._sitting.bus.ask(self, moments_in_order, ask, about="edit")

    def write_memo(self) -> None:
        """Write a memo about the chosen divergence."""
        from polyvocal.gui.dialogs.memo import MemoDialog

        row = self.row
        if row is not None:
            about = ("divergence", str(row.id))
            self._sitting.with_coder(
                lambda me: MemoDialog(self._sitting, author=str(me.id), about=about, parent=self.window()).open()
            )

    def remove(self) -> None:
        """Remove the chosen divergence, after asking where memos go with it."""
        row = self.row
        if row is None:
            return

        def go_on() -> None:
            self._sitting.act(lambda file: remove(file, "divergence", str(row.id)))

        def ask(parts: Mapping[str, int]) -> None:
            memos = parts.get("memo", 0)
            number = self.tr("1 memo about it") if memos == 1 else self.tr("%s memos about it") % labels.number(memos)
            goes = self.tr("With it goes: %s. Undo brings all of it back.") % number if memos else ""
            ask_removal(self, row.title, goes, go_on)

        reference = str(row.id)
        self._sitting.bus.ask(self, lambda view: what_goes_with(view, "divergence", reference), ask, about="remove")
