"""The button by which rows and columns are brought into another order."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from polyvocal.gui.views.compare_order import AS_IT_IS, IN_TOTAL, By, Order


class OrderButton(QToolButton):
    """Its menu has the orders of the rows, then those of the columns."""

    rows_ordered = Signal(object)
    """A By for the rows."""
    columns_ordered = Signal(object)
    """A By for the columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.by_row, self.by_column = AS_IT_IS, AS_IT_IS
        self._here: tuple[str, str] | None = None
        self._menu = QMenu(self)
        self.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._fill)
        self.setText(self.tr("Order ▾"))
        self.show_orders(AS_IT_IS, AS_IT_IS)

    def show_orders(self, by_row: By, by_column: By) -> None:
        """Show that rows and columns are so ordered."""
        self.by_row, self.by_column = by_row, by_column
        words = self.tr("Rows: %s. Columns: %s.") % (self.said(by_row), self.said(by_column))
        self.setToolTip(words)
        self.setAccessibleName(self.tr("Order. %s") % words)

    def point_to(self, here: tuple[str, str] | None) -> None:
        """The row and the column, by their names, by which can be ordered."""
        self._here = here

    def said(self, by: By) -> str:
        """An order in words."""
        if by.order is Order.MOST and by.of == IN_TOTAL:
            return self.tr("most in total first")
        if by.order is Order.MOST:
            return self.tr("most of “%s” first") % by.of
        return self.tr("by name") if by.order is Order.NAME else self.tr("as they are")

    def _fill(self) -> None:
        self._menu.clear()
        row, column = self._here or (None, None)
        for title, now, of, signal in (
            (self.tr("Rows"), self.by_row, column, self.rows_ordered),
            (self.tr("Columns"), self.by_column, row, self.columns_ordered),
        ):
            self._menu.addSection(title)
            choices = [AS_IT_IS, By(Order.NAME), *([] if of is None else [By(Order.MOST, of)])]
            if now not in choices:
                choices.append(now)
            for by in choices:
                action = self._menu.addAction(f"{title}: {self.said(by)}")
                action.setCheckable(True)
                action.setChecked(by == now)
                action.triggered.connect(lambda _checked=False, by=by, signal=signal: signal.emit(by))
