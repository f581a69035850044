"""What is proposed of a text: a list to be ticked, with the reason of each."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from polyvocal.gui import labels
from polyvocal.gui.button import Button
from polyvocal.gui.parts import in_column, in_row, muted, yielding


class Offer(NamedTuple):
    """A proposal: its place in the text, what it may be, the words there, and why."""

    start: int
    end: int
    what: str
    words: str
    why: str


class _Narrow(QStyledItemDelegate):
    """Rows as wide as the list is, and no wider: what has no room ends in an ellipsis."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, super().sizeHint(option, index).height())


class ProposalsList(QWidget):
    """Space ticks a proposal or unticks it, Return goes to its place."""

    place_meant = Signal(int, int)
    taken = Signal()
    """The ticked ones are to be taken."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.offers: Sequence[Offer] = ()
        self.title = muted()
        self.model = QStandardItemModel(self)
        self.model.itemChanged.connect(self._count)
        self.list = QListView()
        self.list.setModel(self.model)
        yielding(self.list)
        self.list.setAccessibleName(name)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setItemDelegate(_Narrow(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.activated.connect(self._go)
        self.take = Button()
        self.take.clicked.connect(self.taken)
        self.all = Button()
        self.all.clicked.connect(self._turn_all)
        column = in_column(self.title, (self.list, 1), in_row(self.take, self.all, None))
        column.setContentsMargins(0, 0, 0, 0)
        self.setLayout(column)
        self.show_offers("", ())

    def show_offers(self, title: str, offers: Sequence[Offer], *, may: bool = True) -> None:
        """Offer these, all of them ticked; those that were unticked before stay so."""
        unticked = {one for at, one in enumerate(self.offers) if not self._is_ticked(at)}
        self.offers, self._may = offers, may
        self.title.setText(title)
        self.model.clear()
        for one in offers:
            item = QStandardItem(f"{one.what}: {one.words}\n{one.why}")
            item.setToolTip(item.text())
            item.setCheckable(True)
            item.setCheckState(Qt.CheckState.Unchecked if one in unticked else Qt.CheckState.Checked)
            self.model.appendRow(item)
        if offers:
            self.list.setCurrentIndex(self.model.index(0, 0))
        self.setVisible(bool(offers))
        self._count()

    @property
    def ticked(self) -> list[int]:
        """The places of those that are ticked."""
        return [at for at in range(len(self.offers)) if self._is_ticked(at)]

    def _is_ticked(self, at: int) -> bool:
        return self.model.item(at).checkState() == Qt.CheckState.Checked

    def _count(self, *_item: QStandardItem) -> None:
        if self.model.rowCount() < len(self.offers):  # it is being filled
            return
        number = len(self.ticked)
        self.take.setText(labels.take_ticked(number))
        self.take.setEnabled(self._may and number > 0)
        self.all.setText(self.tr("Untick all") if number else self.tr("Tick all"))

    def _turn_all(self) -> None:
        state = Qt.CheckState.Unchecked if self.ticked else Qt.CheckState.Checked
        for at in range(len(self.offers)):
            self.model.item(at).setCheckState(state)

    def _go(self) -> None:
        at = self.list.currentIndex().row()
        if 0 <= at < len(self.offers):
            self.place_meant.emit(self.offers[at].start, self.offers[at].end)
