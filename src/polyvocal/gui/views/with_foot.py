"""The foot of a page of the Compare view: a legend and a caption, scrolled where there is little room."""

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from polyvocal.gui import labels

FEW = 2
"""So many lines of the foot are seen where there is little room."""
ROOMY = 30
"""So many lines high is what has room for more of them."""


_NOTED = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d) [+-]\d{4}\.$")
"""The time at the end of a caption, with its zone: it is this machine's."""


class Caption(QLabel):
    """What was counted, over which accounts; it can be selected and copied."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("muted", True)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName(self.tr("Caption"))

    def tell(self, caption: str) -> None:
        """Show a caption, with the time at its end as the window writes times."""
        self.setText(with_day(caption))


class Foot(QWidget):
    """A caption below other parts, in an area that is scrolled."""

    def __init__(self, *parts: QWidget) -> None:
        super().__init__()
        self.caption = Caption()
        self._inside = QWidget()
        self._inside.setObjectName("panel")
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        for part in (*parts, self.caption):
            column.addWidget(part)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(self._inside)
        area.setAccessibleName(self.tr("Legend and caption"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    @property
    def needed(self) -> int:
        """How high all of it is; without words yet, there is no height for a width (Qt says -1)."""
        return max(0, self._inside.heightForWidth(max(0, self.width() - 16)))


class WithFoot(QWidget):
    """A picture, which has most of the room, and below it at most so many `lines` of its legend and caption."""

    def __init__(self, picture: QWidget, legend: QWidget, *, lines: int) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._lines = lines
        self.foot = Foot(legend)
        self.caption = self.foot.caption
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 16, 6)
        column.setSpacing(6)
        column.addWidget(picture, 1)
        column.addWidget(self.foot)

    def show_caption(self, caption: str) -> None:
        """Show a caption, below a legend that may have changed too."""
        self.caption.tell(caption)
        self._give_room()

    def _give_room(self) -> None:
        line = self.fontMetrics().lineSpacing()
        most = line * (self._lines if self.height() > line * ROOMY else FEW)
        self.foot.setFixedHeight(min(self.foot.needed, most))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()


def with_day(caption: str) -> str:
    """The caption with the time at its end, if there is one, as the window writes times."""
    return _NOTED.sub(lambda found: f"{labels.moment(found[1])}.", caption)
