"""What the columns of a table say, each beside its first cells, and chosen there."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox

from polyvocal.exchange.about.columns import SEVERAL, Columns, Use
from polyvocal.exchange.about.found import Key
from polyvocal.exchange.readers.table import Table
from polyvocal.gui.dialogs.import_words import COLUMN_USES
from polyvocal.gui.dialogs.read_table import ReadTable
from polyvocal.gui.labels import number

_ROWS = 3
"""So many rows of the table are shown."""

_CELL = 300
"""So many characters of a cell."""

_AT_ONCE = 40
"""So many boxes are made before the window does something else: a table may have a thousand columns."""


class UsesTable(ReadTable):
    """A row for each column of a table: its name, what it says, and what stands in it first. F2 or Space chooses."""

    decided = Signal()
    """Something else was chosen for a column."""

    def __init__(self) -> None:
        head = self.tr("Row %s")
        super().__init__(
            (self.tr("Column"), self.tr("What it says"), *(head % number(at + 2) for at in range(_ROWS))),
            (22, 22, 24, 24, 24),
        )
        self.setAccessibleName(self.tr("Columns: what each of them says"))
        self._table: Table | None = None
        self._uses: list[Key | Use] = []
        self._boxes: list[_UseBox] = []

    @property
    def uses(self) -> Columns:
        """What is chosen for each column."""
        return tuple(self._uses)

    def show_table(self, table: Table, columns: Columns) -> None:
        """Show a table, and what its columns say by now."""
        self._uses = list(columns)
        if table is not self._table:
            self._table, self._boxes = table, []
            self._fill_in(table)
            self._make_boxes(table)
        for box, use in zip(self._boxes, self._uses, strict=False):  # some may not be made yet
            box.choose(use)

    def _fill_in(self, table: Table) -> None:
        first = table.rows[:_ROWS]
        self.fill(
            [
                (name, "", *(" ".join(row.cells[at].split())[:_CELL] for row in first))
                for at, name in enumerate(table.header)
            ]
        )
        for at in range(_ROWS):
            self.setColumnHidden(2 + at, at >= len(first))
        for at, row in enumerate(first):
            item = self.horizontalHeaderItem(2 + at)
            assert item is not None
            item.setText(self.tr("Row %s") % number(row.number))

    def _make_boxes(self, table: Table) -> None:
        """Make some more of the boxes, in the order of Tab."""
        if table is not self._table:
            return
        for at in range(len(self._boxes), min(len(self._boxes) + _AT_ONCE, len(table.header))):
            box = _UseBox(self.tr("What the column “%s” says") % table.header[at], self._uses[at])
            self.setCellWidget(at, 1, box)
            self.setTabOrder(self._boxes[-1] if self._boxes else self, box)
            box.activated.connect(partial(self._on_chosen, at))
            self._boxes.append(box)
        if len(self._boxes) < len(table.header):
            QTimer.singleShot(0, self, lambda: self._make_boxes(table))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = max(self.currentRow(), 0)
        if event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Space) and at < len(self._boxes):
            self._boxes[at].setFocus()
            self._boxes[at].showPopup()
            return
        super().keyPressEvent(event)

    def _on_chosen(self, at: int, _index: int) -> None:
        """A source has one title, one session and so on: of another column that said it, it is taken away."""
        use = self._boxes[at].use
        taken = use not in SEVERAL
        self._uses = [Use.UNUSED if taken and other is use else other for other in self._uses]
        self._uses[at] = use
        for box, now in zip(self._boxes, self._uses, strict=False):
            box.choose(now)
        self.decided.emit()


class _UseBox(QComboBox):
    """A choice of what a column says. The wheel scrolls the table, and chooses nothing."""

    def __init__(self, name: str, use: Key | Use) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.addItems(list(COLUMN_USES.values()))
        self.choose(use)

    @property
    def use(self) -> Key | Use:
        """What is chosen."""
        return list(COLUMN_USES)[self.currentIndex()]

    def choose(self, use: Key | Use) -> None:
        """Choose it, without telling anybody."""
        self.setCurrentIndex(list(COLUMN_USES).index(use))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
