"""By what a list of passages is grouped and in which order it is: one button with a menu."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from polyvocal.domain.passages import Aspect
from polyvocal.gui import labels
from polyvocal.services.queries.passage_list import GROUPINGS, Order

ORDERS = {
    Order.EVENTS: "As the events went",
    Order.SOURCES: "By the titles of the sources",
    Order.NEWEST: "Coded last first",
    Order.LONGEST: "Longest first",
}


class ArrangeButton(QToolButton):
    """Says by what the passages are grouped; its menu has the groups, and the orders."""

    arranged = Signal()
    """Another way was chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.group_by: Aspect | None = None
        self.order = Order.EVENTS
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self.setMenu(self._menu)
        self._groups, self._orders = QActionGroup(self), QActionGroup(self)
        for aspect in (None, *GROUPINGS):
            self._choice(self._groups, self.named(aspect), partial(self._arrange, "group_by", aspect))
        self._menu.addSeparator()
        for order in Order:
            self._choice(self._orders, self.tr(ORDERS[order]), partial(self._arrange, "order", order))
        self.show_arranged(Aspect.SOURCE, Order.EVENTS)

    def _choice(self, group: QActionGroup, text: str, choose: "partial[None]") -> None:
        action = self._menu.addAction(text)
        action.setCheckable(True)
        group.addAction(action)
        action.triggered.connect(lambda _checked=False: choose())

    def named(self, aspect: Aspect | None) -> str:
        """A way of grouping in words."""
        return self.tr("No groups") if aspect is None else self.tr("By %s") % labels.ASPECTS[aspect].lower()

    def show_arranged(self, group_by: Aspect | None, order: Order) -> None:
        """Show that passages are so arranged."""
        self.group_by, self.order = group_by, order
        self._groups.actions()[(None, *GROUPINGS).index(group_by)].setChecked(True)
        self._orders.actions()[list(Order).index(order)].setChecked(True)
        self.setText(f"{self.named(group_by)} ▾")
        words = self.tr("%s. %s") % (self.named(group_by), self.tr(ORDERS[order]))
        self.setAccessibleName(self.tr("Group and order: %s") % words)
        self.setToolTip(words)

    def _arrange(self, what: str, value: Aspect | Order | None) -> None:
        setattr(self, what, value)
        self.show_arranged(self.group_by, self.order)
        self.arranged.emit()
