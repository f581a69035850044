"""The layers of the text that is read: what is marked as what, and what its marks and headings propose."""

from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QListView, QVBoxLayout, QWidget

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.layers import LayerProposal
from polyvocal.domain.spans import Span
from polyvocal.domain.words import LayerName
from polyvocal.gui import labels
from polyvocal.gui.button import Button
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.below import Selected
from polyvocal.gui.views.delegate import SUBTITLE, RowDelegate
from polyvocal.gui.views.proposals import Offer, ProposalsList
from polyvocal.services.commands.layers import LayerDraft, change_layers, mark_layers, remove_layers
from polyvocal.services.queries.layer_proposals import layer_proposals
from polyvocal.services.queries.layers import LayerHere, layers_here
from polyvocal.services.queries.reading import SourceToRead
from polyvocal.store.view import View

Looked = tuple[tuple[LayerHere, ...], tuple[LayerProposal, ...]]


class LayersPanel(QWidget):
    """What is marked at the left, how to mark in the middle, what is proposed at the right.

    The keys 1 to 6 mark the words that are selected in the text; on a marked span in the list they say that it is
    another layer. Return goes to a span, Delete unmarks it.
    """

    place_meant = Signal(int, int)
    lit = Signal(object)
    """The spans (half-open, in code points) that are to be seen in the text."""

    def __init__(self, sitting: Sitting, selected: Selected, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._sitting, self._selected = sitting, selected
        self._source: SourceToRead | None = None
        self._marked: tuple[LayerHere, ...] = ()
        self._proposed: tuple[LayerProposal, ...] = ()
        self.marked: list[LayerHere] = []
        self.model = QStandardItemModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(RowDelegate(self.list))
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setAccessibleName(self.tr("Layers of this text"))
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.list, context=Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.unmark)
        self.list.selectionModel().selectionChanged.connect(self._on_selected)
        self.list.activated.connect(self.go_to_place)
        self.none = QLabel()
        self.none.setProperty("muted", True)
        self.none.setWordWrap(True)
        self.none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.filter = QComboBox()
        self.filter.addItems([self.tr("all layers"), *(labels.LAYERS[one].lower() for one in LayerName)])
        self.filter.setAccessibleName(self.tr("Show"))
        self.filter.setAccessibleDescription(self.tr("Which layers are listed, and seen in the text"))
        self.filter.currentIndexChanged.connect(self._on_filter_changed)
        self.buttons: dict[LayerName, Button] = {}
        for number, layer in enumerate(LayerName, 1):
            button = self.buttons[layer] = Button(f"{number}  {labels.LAYERS[layer]}")
            button.setToolTip(
                self.tr("Mark the selected words as this; %d in the list changes what is chosen") % number
            )
            button.setAccessibleName(self.tr("Mark as %s") % labels.LAYERS[layer].lower())
            button.clicked.connect(partial(self.mark, layer))
            key = QShortcut(QKeySequence(str(number)), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(partial(self._on_key, layer))
        self.remove = Button(self.tr("Unmark"))
        self.remove.setToolTip(self.tr("Delete, on a span in the list"))
        self.remove.clicked.connect(self.unmark)
        self.told = QLabel()
        self.told.setProperty("muted", True)
        self.told.setWordWrap(True)
        self.proposals = ProposalsList(self.tr("Proposed layers"))
        self.proposals.taken.connect(self.take)
        self.proposals.place_meant.connect(self.place_meant)
        self._lay_out()
        sitting.bus.changed.connect(self._on_changed)
        self._show(((), ()))

    def _lay_out(self) -> None:
        label = QLabel(self.tr("Sho&w"))
        label.setBuddy(self.filter)
        shown = QHBoxLayout()
        shown.setSpacing(8)
        shown.addWidget(label)
        shown.addWidget(self.filter)
        shown.addStretch(1)
        shown.addWidget(self.remove)
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addLayout(shown)
        left.addWidget(self.none)
        left.addWidget(self.list, 1)
        marking = QGridLayout()
        marking.setSpacing(6)
        for at, button in enumerate(self.buttons.values()):
            marking.addWidget(button, at // 2, at % 2)
        middle = QVBoxLayout()
        middle.setSpacing(6)
        middle.addLayout(marking)
        middle.addWidget(self.told)
        middle.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 8, 10, 8)
        row.setSpacing(12)
        row.addLayout(left, 3)
        row.addLayout(middle, 2)
        row.addWidget(self.proposals, 3)

    # --- what is shown -------------------------------------------------------------------------------------------

    def show_source(self, source: SourceToRead | None) -> None:
        """Show what is marked in a source, and what is proposed."""
        self._source = source
        if source is None:
            self._show(((), ()))
            return
        identity = source.source.id

        def query(view: View) -> Looked:
            return layers_here(view, identity), layer_proposals(view, identity)

        self._sitting.bus.ask(self, query, self._show, about="layers")

    def _on_changed(self, changes: ChangeSet) -> None:
        if self._source is not None and {"layer", "source_version"} & changes.kinds.keys():
            self.show_source(self._source)

    @property
    def shown_layers(self) -> frozenset[LayerName]:
        """The layers that are to be seen."""
        at = self.filter.currentIndex()
        return frozenset(LayerName) if at <= 0 else frozenset({tuple(LayerName)[at - 1]})

    def _on_filter_changed(self) -> None:
        self._show((self._marked, self._proposed))

    def _show(self, looked: Looked) -> None:
        self._marked, self._proposed = looked
        chosen = {one.id for one in self.chosen}
        self.marked = [one for one in self._marked if one.layer in self.shown_layers]
        self.model.clear()
        for one in self.marked:
            words = self._words(*one.place) if one.place else self.tr("its words were corrected away")
            item = QStandardItem(words)
            item.setData(labels.LAYERS[one.layer], SUBTITLE)
            item.setAccessibleText(f"{labels.LAYERS[one.layer]}: {words}")
            self.model.appendRow(item)
        for row, one in enumerate(self.marked):
            if one.id in chosen:
                self.list.selectionModel().select(
                    self.model.index(row, 0), self.list.selectionModel().SelectionFlag.Select
                )
        self.list.setVisible(bool(self.marked))
        self.none.setVisible(not self.marked)
        self.none.setText(self._nothing())
        offered = [one for one in self._proposed if one.layer in self.shown_layers]
        self._offered = offered
        self.proposals.show_offers(
            self.tr("The text itself proposes:"),
            [
                Offer(one.start, one.end, labels.LAYERS[one.layer], self._words(one.start, one.end), one.why)
                for one in offered
            ],
            may=self._sitting.bus.may_write,
        )
        self._on_selected()
        self.lit.emit(self.lit_spans())

    def lit_spans(self) -> list[Span]:
        """The spans that are to be seen in the text."""
        return [one.place for one in self.marked if one.place is not None]

    def _nothing(self) -> str:
        if self._source is None:
            return self.tr("Open a source to mark its layers.")
        if self._marked:
            return self.tr("Nothing is marked as %s.") % self.filter.currentText()
        return self.tr(
            "Nothing is marked yet.\n\nSelect words in the text and say what kind of writing they are, with a button "
            "or with the keys 1 to 6 here."
        )

    def _words(self, start: int, end: int) -> str:
        text = self._source.text if self._source is not None else ""
        short = " ".join(text[start : min(end, start + 200)].split())
        return f"{short} …" if end > start + 200 else short

    @property
    def chosen(self) -> list[LayerHere]:
        """The spans that are chosen in the list."""
        rows = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        return [self.marked[row] for row in rows if row < len(self.marked)]

    def _on_selected(self, *_selections: object) -> None:
        may = self._sitting.bus.may_write and self._source is not None
        for button in self.buttons.values():
            button.setEnabled(may)
        self.remove.setEnabled(may and bool(self.chosen))
        self.told.setText("")

    # --- what can be done ----------------------------------------------------------------------------------------

    def _on_key(self, layer: LayerName) -> None:
        if self.list.hasFocus() and self.chosen:
            ids = [str(one.id) for one in self.chosen]
            if self._sitting.bus.may_write:
                self._sitting.bus.act(lambda file: change_layers(file, ids, layer))
        else:
            self.mark(layer)

    def mark(self, layer: LayerName, *_checked: bool) -> None:
        """Mark the words that are selected in the text."""
        source, span = self._source, self._selected()
        if source is None or not self._sitting.bus.may_write:
            return
        if span is None:
            self.told.setText(self.tr("No words are selected in the text: select some, then mark them."))
            return
        self._mark(source, [LayerDraft(span.start, span.end, layer)])

    def _mark(self, source: SourceToRead, drafts: list[LayerDraft]) -> None:
        reference, seen = str(source.source.id), source.version.id
        self._sitting.bus.act(lambda file: mark_layers(file, source=reference, drafts=drafts, seen=seen))

    def unmark(self) -> None:
        """Unmark what is chosen in the list; it can be undone."""
        ids = [str(one.id) for one in self.chosen]
        if ids and self._sitting.bus.may_write:
            self._sitting.bus.act(lambda file: remove_layers(file, ids))

    def take(self) -> None:
        """Mark what is ticked among the proposals."""
        if self._source is not None:
            ticked = [self._offered[at] for at in self.proposals.ticked]
            self._mark(self._source, [LayerDraft(one.start, one.end, one.layer) for one in ticked])

    def go_to_place(self, index: QModelIndex) -> None:
        """Go to a span in the text."""
        place = self.marked[index.row()].place
        if place is not None:
            self.place_meant.emit(*place)
