"""What stands above the table: whose codings, of which phase and layer, what is counted, in which order; export."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QWidget

from polyvocal.domain.ids import PersonId
from polyvocal.domain.words import LayerName, Phase
from polyvocal.gui import labels
from polyvocal.gui.rows_layout import RowsLayout
from polyvocal.gui.views.compare_model import MEASURES


class CompareFilters(QWidget):
    """The choices, and the buttons beside them."""

    changed = Signal()
    """Another table is wanted."""
    order_changed = Signal()
    """The rows are to stand in another order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.coder, self.phase, self.layer, self.measure, self.order = (QComboBox() for _ in range(5))
        self._coders: list[PersonId | None] = [None]
        self._observers: list[PersonId | None] = [None]
        self.coder.addItem(self.tr("all coders"))
        self.phase.addItems([self.tr("all phases"), *(labels.PHASES[phase].lower() for phase in Phase)])
        self.layer.addItems([self.tr("all layers"), *(labels.LAYERS[layer].lower() for layer in LayerName)])
        self.measure.addItems(
            [self.tr("passages"), self.tr("sources"), self.tr("characters"), self.tr("share of text read")]
        )
        self.order.addItem(self.tr("as in the codebook"))
        self.copy = QPushButton(self.tr("Cop&y"))
        self.export = QPushButton(self.tr("E&xport…"))
        self.export.setToolTip(self.tr("Save the table with its caption: Word, Excel, web page, Markdown or CSV"))
        row = RowsLayout(self, 14, 8)
        row.setContentsMargins(0, 0, 0, 0)
        for name, field, hint in (
            (self.tr("Coded &by"), self.coder, self.tr("Hold the coder constant: only what one person has coded")),
            (self.tr("&Phase"), self.phase, self.tr("Only passages of before, during or after an event")),
            (
                self.tr("&Layer"),
                self.layer,
                self.tr("Only passages that touch quoted speech, an aside, a reflection …"),
            ),
            (self.tr("C&ount"), self.measure, self.tr("What the cells count")),
            (self.tr("O&rder"), self.order, self.tr("The codes as in the codebook, or the most frequent of one first")),
        ):
            row.addWidget(self._named(name, field, hint))
        self.order.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.order.setMinimumContentsLength(14)
        buttons = QWidget()
        beside = QHBoxLayout(buttons)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(8)
        beside.addWidget(self.copy)
        beside.addWidget(self.export)
        row.addWidget(buttons)
        for field in (self.coder, self.phase, self.layer, self.measure):
            field.currentIndexChanged.connect(self.changed)
        self.order.currentIndexChanged.connect(self.order_changed)
        self.setFocusProxy(self.coder)

    def _named(self, name: str, field: QComboBox, hint: str) -> QWidget:
        field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        field.setMaximumWidth(field.fontMetrics().averageCharWidth() * 26)
        field.setAccessibleName(name.replace("&", ""))
        field.setAccessibleDescription(hint)
        field.setToolTip(hint)
        label = QLabel(name)
        label.setBuddy(field)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(field)
        return both

    # --- what is chosen --------------------------------------------------------------------------------------------

    @property
    def chosen_coder(self) -> PersonId | None:
        """The coder who is held constant, if any."""
        return self._coders[max(self.coder.currentIndex(), 0)]

    @property
    def chosen_phase(self) -> Phase | None:
        """The phase that is asked for, if any."""
        place = self.phase.currentIndex()
        return tuple(Phase)[place - 1] if place > 0 else None

    @property
    def chosen_layer(self) -> LayerName | None:
        """The layer that is asked for, if any."""
        place = self.layer.currentIndex()
        return tuple(LayerName)[place - 1] if place > 0 else None

    @property
    def chosen_measure(self) -> str:
        """What the cells count."""
        return MEASURES[max(self.measure.currentIndex(), 0)]

    @property
    def chosen_order(self) -> PersonId | None:
        """The observer by whom the codes are ordered, if any."""
        return self._observers[max(self.order.currentIndex(), 0)]

    def choose_order(self, observer: PersonId | None) -> None:
        """Order the codes by an observer, or as in the codebook."""
        self.order.setCurrentIndex(self._observers.index(observer) if observer in self._observers else 0)

    def offer(self, coders: Sequence[tuple[PersonId, str]], observers: Sequence[tuple[PersonId, str]]) -> None:
        """Offer these coders and observers. What is chosen stays chosen, if it is among them; nothing is signalled."""
        self._coders = _offer(self.coder, self._coders, coders, "%s")
        self._observers = _offer(self.order, self._observers, observers, self.tr("most by %s first"))


def _offer(
    field: QComboBox, before: list[PersonId | None], people: Sequence[tuple[PersonId, str]], words: str
) -> list[PersonId | None]:
    """Fill a field behind its first item; the ids of its items, which are kept here, since Qt may not hold 63 bits."""
    ids: list[PersonId | None] = [None, *(person for person, _ in people)]
    texts = [words % name for _, name in people]
    if ids != before or texts != [field.itemText(at) for at in range(1, field.count())]:
        chosen = before[max(field.currentIndex(), 0)]
        blocked = field.blockSignals(True)
        while field.count() > 1:
            field.removeItem(1)
        field.addItems(texts)
        field.setCurrentIndex(ids.index(chosen) if chosen in ids else 0)
        field.blockSignals(blocked)
    return ids
