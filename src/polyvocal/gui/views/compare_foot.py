"""What stands below a table: what its shades, discs and marks stand for, and its caption."""

from polyvocal.gui.parts import muted
from polyvocal.gui.theme import Theme
from polyvocal.gui.views.compare_asked import Look
from polyvocal.gui.views.compare_cells import OWN
from polyvocal.gui.views.compare_marks import Legend
from polyvocal.gui.views.compare_model import CompareModel
from polyvocal.gui.views.compare_scale import Scale
from polyvocal.gui.views.with_foot import Foot


class TableFoot(Foot):
    """Scale, legend and caption; where there is little room they are scrolled."""

    def __init__(self, theme: Theme) -> None:
        self.legend, self.scale = Legend(theme), Scale(theme)
        self.own = muted()
        super().__init__(self.scale, self.own, self.legend)
        self.own.setText(self.tr("%s  own notes: the coder wrote them") % OWN)
        for early in (self.scale, self.own):  # nothing is counted yet of which they could tell
            early.hide()

    def tell(self, caption: str, model: CompareModel | None, look: Look) -> None:
        """Tell of a table in a look; of a list (None) there is only a caption."""
        from polyvocal.exchange.writers.comparison_table import MEANINGS

        table = model.table if model is not None else None
        self.caption.tell(caption)
        self.legend.show_states(table.found if table is not None else (), MEANINGS)
        self.scale.show_scale(model, look)
        self.own.setVisible(table is not None and table.own is not None)

    def give_room(self, height: int, rows: int) -> None:
        """Take what is left of a height after some rows; two lines where that is less than all needs."""
        needed, line = self.needed, self.fontMetrics().lineSpacing()
        self.setFixedHeight(needed if needed <= height - rows else min(needed, line * 2 + 6))
