"""What is asked of a list of passages: how many there are, and a chip for each thing by which they are chosen."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from polyvocal.domain.codetree import PATH_MARK
from polyvocal.domain.passages import Aspect, PassageQuery
from polyvocal.gui import labels
from polyvocal.gui.rows_layout import RowsLayout

Names = Mapping[Aspect, Sequence[str]]
"""What is asked for, in names."""
_NAMED = 2
"""So many values are named on a chip; of more it says how many."""
_WIDEST = 34
"""A chip is as wide as so many letters at most."""


class FilterChip(QFrame):
    """By what passages are chosen. The words open its values; the cross, Delete and Backspace take it away."""

    opened = Signal()
    removed = Signal()

    def __init__(self, aspect: Aspect, names: Sequence[str], *, below: bool) -> None:
        super().__init__()
        self.aspect = aspect
        self.setProperty("chip", True)
        whole = f"{labels.ASPECTS[aspect]}: {', '.join(names)}"
        if below:
            whole += self.tr(" and below")
        if aspect is Aspect.CODE:
            names = [name.rpartition(PATH_MARK)[2] for name in names]
        short = ", ".join(names[:_NAMED]) + (f" +{len(names) - _NAMED}" if len(names) > _NAMED else "")
        short = f"{labels.ASPECTS[aspect]}: {short}" + (self.tr(" and below") if below else "")
        widest = self.fontMetrics().averageCharWidth() * _WIDEST
        self.words = QToolButton()
        self.words.setText(self.fontMetrics().elidedText(short, Qt.TextElideMode.ElideRight, widest).replace("&", "&&"))
        self.words.setToolTip(whole)
        self.words.setAccessibleName(self.tr("Filter: %s") % whole)
        self.words.clicked.connect(self.opened)
        self.cross = QToolButton()
        self.cross.setText("✕")
        self.cross.setToolTip(self.tr("Without this filter"))
        self.cross.setAccessibleName(self.tr("Without the filter: %s") % whole)
        self.cross.clicked.connect(self.removed)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 2, 0)
        row.setSpacing(0)
        for button in (self.words, self.cross):
            button.setProperty("chip", True)
            row.addWidget(button)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class FilterBar(QWidget):
    """Count, chips, the button that adds one, and what stands behind it; in as many rows as the width asks for."""

    wanted = Signal(object)
    """The Aspect of which values are to be chosen, None where it is not known of which; at which widget: `anchor`."""
    removed = Signal(object)
    """The Aspect by which is not to be chosen any more."""

    def __init__(self, behind: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._behind = behind
        self.count = QLabel()
        self.count.setProperty("count", True)
        self.add = QToolButton()
        self.add.setText(self.tr("+ &Filter"))
        self.add.setProperty("chip", True)
        self.add.clicked.connect(lambda: self._want(self.add, None))
        self.anchor: QWidget = self.add
        self.chips: list[FilterChip] = []
        self._asked: list[tuple[Aspect, tuple[str, ...], bool]] = []
        self._row = RowsLayout(self, 6, 4)
        self._row.setContentsMargins(0, 0, 0, 0)
        for part in (self.count, self.add, *behind):
            self._row.addWidget(part)

    def show_query(self, query: PassageQuery, names: Names) -> None:
        """Show a chip for each thing that is asked for."""
        asked = [(one, tuple(names[one]), query.below and one is Aspect.CODE) for one in query.asked() if one in names]
        if asked == self._asked:
            return
        self._asked = asked
        focused = next((one.aspect for one in self.chips if one.words.hasFocus() or one.cross.hasFocus()), None)
        for chip in self.chips:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        for part in (self.add, *self._behind):
            self._row.removeWidget(part)
        self.chips = [self._chip(aspect, words, below=below) for aspect, words, below in asked]
        for part in (self.add, *self._behind):
            self._row.addWidget(part)
        before: QWidget = self.count
        for chip in self.chips:
            chip.show()
            for button in (chip.words, chip.cross):
                QWidget.setTabOrder(before, button)
                before = button
        QWidget.setTabOrder(before, self.add)
        if focused is not None:
            self.chip_of(focused).setFocus()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """However low the list below becomes, all rows stay in sight."""
        self.setMinimumHeight(self._row.heightForWidth(self.width()))

    def _chip(self, aspect: Aspect, words: Sequence[str], *, below: bool) -> FilterChip:
        chip = FilterChip(aspect, words, below=below)
        chip.opened.connect(lambda: self._want(chip, aspect))
        chip.removed.connect(lambda: self.removed.emit(aspect))
        self._row.addWidget(chip)
        return chip

    def chip_of(self, aspect: Aspect) -> QToolButton:
        """The words of the chip of an aspect; the button that adds one where there is none."""
        return next((chip.words for chip in self.chips if chip.aspect is aspect), self.add)

    def _want(self, anchor: QWidget, aspect: Aspect | None) -> None:
        self.anchor = anchor
        self.wanted.emit(aspect)
