"""The layers of the text that is read: what is marked as what, and what its marks and headings propose."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QStandardItem
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QGridLayout, QLabel, QWidget

from polyvocal.domain.ids import SourceId
from polyvocal.domain.layers import LayerProposal
from polyvocal.domain.spans import Span
from polyvocal.domain.words import LayerName
from polyvocal.gui import labels
from polyvocal.gui.button import Button
from polyvocal.gui.parts import in_column, in_row
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.here import HerePanel, Selected, row_of
from polyvocal.gui.views.proposals import Offer, ProposalsList
from polyvocal.services.commands.layers import LayerDraft, change_layers, mark_layers, remove_layers
from polyvocal.services.queries.layer_proposals import layer_proposals
from polyvocal.services.queries.layers import LayerHere, layers_here
from polyvocal.store.view import View

Looked = tuple[tuple[LayerHere, ...], tuple[LayerProposal, ...]]


class LayersPanel(HerePanel[Looked, LayerHere]):
    """What is marked at the left, how to mark in the middle, what is proposed at the right.

    The keys 1 to 6 mark the words that are selected in the text; on marked spans in the list they say that these are
    another layer. Delete unmarks them.
    """

    CONCERNED = frozenset({"layer", "source_version"})

    def __init__(self, sitting: Sitting, selected: Selected, parent: QWidget | None = None) -> None:
        super().__init__(sitting, selected, self.tr("Layers of this text"), parent)
        self._looked: Looked = ((), ())
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.selectionModel().selectionChanged.connect(lambda *_selections: self._on_chosen())
        self._key(Qt.Key.Key_Delete, self.unmark)
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
            key.activated.connect(partial(self._on_number, layer))
        self.remove = Button(self.tr("Unmark"))
        self.remove.setToolTip(self.tr("Delete, on a span in the list"))
        self.remove.clicked.connect(self.unmark)
        self.move_button = self._make_move("layer")
        self.proposals = ProposalsList(self.tr("Proposed layers"))
        self.proposals.taken.connect(self.take)
        self.proposals.place_meant.connect(self.place_meant)
        label = QLabel(self.tr("Show:"))
        label.setBuddy(self.filter)
        left = self._listed()
        left.insertLayout(0, in_row(label, self.filter, None, spacing=8))
        marking = QGridLayout()
        marking.setSpacing(6)
        for at, button in enumerate(self.buttons.values()):
            marking.addWidget(button, at // 2, at % 2)
        self._lay_out(
            (left, 3),
            (in_column(marking, in_row(self.move_button, self.remove, None), self.told, None), 2),
            (self.proposals, 3),
        )

    # --- what is shown -------------------------------------------------------------------------------------------

    def _look(self, view: View, source: SourceId) -> Looked:
        return layers_here(view, source), layer_proposals(view, source)

    @property
    def shown_layers(self) -> frozenset[LayerName]:
        """The layers that are to be seen."""
        at = self.filter.currentIndex()
        return frozenset(LayerName) if at <= 0 else frozenset({tuple(LayerName)[at - 1]})

    def _on_filter_changed(self) -> None:
        self._show(self._looked)

    def _show(self, looked: Looked | None) -> None:
        self._looked = looked or ((), ())
        marked, proposed = self._looked
        chosen = {one.id for one in self.chosen}
        self._list([one for one in marked if one.layer in self.shown_layers], self._nothing())
        for row, one in enumerate(self.entries):
            if one.id in chosen:
                self.list.selectionModel().select(self.model.index(row, 0), QItemSelectionModel.SelectionFlag.Select)
        self._offered = [one for one in proposed if one.layer in self.shown_layers]
        self.proposals.show_offers(
            self.tr("The text itself proposes:"),
            [
                Offer(one.start, one.end, labels.LAYERS[one.layer], self._words(one.start, one.end), one.why)
                for one in self._offered
            ],
            may=self._sitting.bus.may_write,
        )
        self.lit.emit(self.lit_spans())

    def _items(self, one: LayerHere) -> Sequence[QStandardItem]:
        words = self._words(*one.place) if one.place else self.tr("its words were corrected away")
        return row_of(words, labels.LAYERS[one.layer])

    def lit_spans(self) -> list[Span]:
        """The spans that are to be seen in the text."""
        return [one.place for one in self.entries if one.place is not None]

    def _nothing(self) -> str:
        if self._source is None:
            return self.tr("Open a source to mark its layers.")
        if self._looked[0]:
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
        return [self.entries[row] for row in rows if row < len(self.entries)]

    def _on_chosen(self) -> None:
        for button in self.buttons.values():
            button.setEnabled(self._may)
        self.remove.setEnabled(self._may and bool(self.chosen))
        self.move_button.setEnabled(self._may and len(self.chosen) == 1)
        self._tell("")

    # --- what can be done ----------------------------------------------------------------------------------------

    def _on_number(self, layer: LayerName) -> None:
        if self.list.hasFocus() and self.chosen:
            ids = [str(one.id) for one in self.chosen]
            self._act(lambda file: change_layers(file, ids, layer))
        else:
            self.mark(layer)

    def mark(self, layer: LayerName, *_checked: bool) -> None:
        """Mark the words that are selected in the text."""
        span = self._need_selected() if self._may else None
        if span is not None:
            self._mark([LayerDraft(span.start, span.end, layer)])

    def _mark(self, drafts: list[LayerDraft]) -> None:
        if self._source is not None:
            reference, seen = str(self._source.source.id), self._source.version.id
            self._act(lambda file: mark_layers(file, source=reference, drafts=drafts, seen=seen))

    def unmark(self) -> None:
        """Unmark what is chosen in the list; it can be undone."""
        ids = [str(one.id) for one in self.chosen]
        if ids:
            self._act(lambda file: remove_layers(file, ids))

    def take(self) -> None:
        """Mark what is ticked among the proposals."""
        ticked = [self._offered[at] for at in self.proposals.ticked]
        self._mark([LayerDraft(one.start, one.end, one.layer) for one in ticked])
