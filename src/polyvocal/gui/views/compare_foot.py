"""What stands below a table: what its shades, discs and marks stand for, and its caption."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from polyvocal.gui.parts import muted
from polyvocal.gui.theme import Theme
from polyvocal.gui.views.compare_asked import Look, Way
from polyvocal.gui.views.compare_cells import OWN
from polyvocal.gui.views.compare_marks import Legend
from polyvocal.gui.views.compare_model import NOTHING, CompareModel
from polyvocal.gui.views.compare_scale import Scale
from polyvocal.gui.views.with_foot import Foot


class TableFoot(Foot):
    """Scale, legend and caption; where there is little room they are scrolled."""

    def __init__(self, theme: Theme) -> None:
        self.legend, self.scale = Legend(theme), Scale(theme)
        self.signs = muted()
        self._numbers = QWidget()
        self._numbers.setObjectName("panel")
        row = QHBoxLayout(self._numbers)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        row.addWidget(self.scale)
        row.addWidget(self.signs, 1)
        super().__init__(self._numbers, self.legend)
        self._numbers.hide()  # nothing is counted yet of which it could tell

    def tell(self, caption: str, model: CompareModel | None, look: Look) -> None:
        """Tell of a table in a look; of a list (None) there is only a caption."""
        from polyvocal.exchange.writers.comparison_table import MEANINGS

        table = model.table if model is not None else None
        self.caption.tell(caption)
        self.legend.show_states(table.found if table is not None else (), MEANINGS)
        self.scale.show_scale(model, look)
        self.signs.setText("     ".join(signs_in(model)) if model is not None else "")
        self.signs.setVisible(bool(self.signs.text()))
        self._numbers.setVisible(not self.scale.isHidden() or not self.signs.isHidden())

    def give_room(self, height: int, rows: int) -> None:
        """Take what is left of a height after some rows; where that is less than all needs, the scale and a line."""
        needed, line = self.needed, self.fontMetrics().lineSpacing()
        scale = 0 if self._numbers.isHidden() else self._numbers.sizeHint().height() + 6
        self.setFixedHeight(needed if needed <= height - rows else min(needed, scale + line * (1 if scale else 2)))


def signs_in(model: CompareModel) -> list[str]:
    """What the signs stand for that occur in cells: each with its meaning."""
    table = model.table
    if table is None:
        return []
    own = QCoreApplication.translate("TableFoot", "%s  own notes: the coder wrote them") % OWN
    together = model.asked.way is Way.TOGETHER
    never = QCoreApplication.translate("TableFoot", "never together")
    none = QCoreApplication.translate("TableFoot", "no passage is coded so")
    said = [own] if table.own is not None else []
    return [*said, f"{NOTHING}  {never if together else none}"] if table.has_nothing else said
