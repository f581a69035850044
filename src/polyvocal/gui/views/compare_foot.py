"""What stands below a table: what its shades, discs and marks stand for, and its caption."""

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from polyvocal.gui import labels
from polyvocal.gui.parts import muted
from polyvocal.gui.theme import Theme
from polyvocal.gui.views.compare_asked import Look
from polyvocal.gui.views.compare_cells import OWN
from polyvocal.gui.views.compare_marks import Legend
from polyvocal.gui.views.compare_model import CompareModel
from polyvocal.gui.views.compare_scale import Scale

_NOTED = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d) [+-]\d{4}\.$")
"""The time at the end of a caption, with its zone: it is this machine's."""


class Foot(QWidget):
    """Scale, legend and caption; where there is little room they are scrolled."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.legend, self.scale = Legend(theme), Scale(theme)
        self.own = muted(self.tr("%s  own notes: the coder wrote them") % OWN)
        self.caption = QLabel()
        self.caption.setProperty("muted", True)
        self.caption.setWordWrap(True)
        self.caption.setTextFormat(Qt.TextFormat.PlainText)
        self.caption.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.caption.setAccessibleName(self.tr("Caption"))
        for early in (self.scale, self.own):  # nothing is counted yet of which they could tell
            early.hide()
        content = QWidget()
        content.setObjectName("panel")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        for part in (self.scale, self.own, self.legend, self.caption):
            column.addWidget(part)
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidget(content)
        self._area.setAccessibleName(self.tr("Legend and caption"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._area)

    def tell(self, caption: str, model: CompareModel | None, look: Look) -> None:
        """Tell of a table in a look; of a list (None) there is only a caption."""
        from polyvocal.exchange.writers.comparison_table import MEANINGS

        table = model.table if model is not None else None
        self.caption.setText(with_day(caption))
        self.legend.show_states(table.found if table is not None else (), MEANINGS)
        self.scale.show_scale(model, look)
        self.own.setVisible(table is not None and table.own is not None)

    def give_room(self, height: int, rows: int) -> None:
        """Take what is left of a height after some rows; two lines where that is less than all needs."""
        content = self._area.widget()
        # without words yet, there is no height for a width (Qt says -1)
        needed = max(0, content.heightForWidth(max(0, self.width() - 16))) if content is not None else 0
        line = self.fontMetrics().lineSpacing()
        self.setFixedHeight(needed if needed <= height - rows else min(needed, line * 2 + 6))


def with_day(caption: str) -> str:
    """The caption with the time at its end, if there is one, as the window writes times."""
    return _NOTED.sub(lambda found: f"{labels.moment(found[1])}.", caption)
