"""Passages that have no words left: those that a correction would leave so, and those that earlier ones did."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from polyvocal.domain.ids import SourceId
from polyvocal.gui import labels
from polyvocal.gui.dialogs.read_table import make_read_only
from polyvocal.gui.parts import muted, open_wide
from polyvocal.gui.sitting import Sitting
from polyvocal.services.queries.anchored import LostPassage, lost_passages

_LONGEST = 300
"""So many characters of a passage are shown in a cell; its tooltip has all of it."""


class LostTable(QTableWidget):
    """Lists them: what was made of each (a code, a memo, a layer ...), by whom, the words as they were."""

    def __init__(self, passages: Sequence[LostPassage], parent: QWidget | None = None) -> None:
        in_versions = any(one.version for one in passages)
        heads = [self.tr("What it was"), self.tr("By"), self.tr("Words as they were")]
        if in_versions:
            heads += [self.tr("Version"), self.tr("What is written about it")]
        super().__init__(len(passages), len(heads), parent)
        self.setHorizontalHeaderLabels(heads)
        self.setAccessibleName(self.tr("Passages that have no words left"))
        make_read_only(self)
        self.setWordWrap(True)
        for row, one in enumerate(passages):
            cells = [labels.made(one.kind, one.name), one.person or "", one.words, str(one.version), one.memo][
                : len(heads)
            ]
            for column, words in enumerate(cells):
                folded = " ".join(words.split())
                item = QTableWidgetItem(folded if len(folded) <= _LONGEST else folded[: _LONGEST - 1] + "…")
                item.setToolTip(words)
                item.setTextAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
                self.setItem(row, column, item)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)


class LostPassagesDialog(QDialog):
    """Shows the list by itself. It can stay open beside the work."""

    def __init__(self, passages: Sequence[LostPassage], told: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Passages that have no words left"))
        self.table = LostTable(passages)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 14)
        column.setSpacing(10)
        column.addWidget(muted(told))
        column.addWidget(self.table, 1)
        column.addWidget(buttons)
        open_wide(self, 116, 25)


def ask_lost(sitting: Sitting, source: SourceId, window: QWidget) -> None:
    """List what of a source was corrected away."""
    told = QCoreApplication.translate(
        "LostPassagesDialog",
        "They are kept as they were made, in the version where they were. Undoing the correction brings them back.",
    )
    sitting.bus.ask(
        window,
        lambda view: lost_passages(view, source),
        lambda found: LostPassagesDialog(found, told, window.window()).open(),
        about="lost passages",
    )
