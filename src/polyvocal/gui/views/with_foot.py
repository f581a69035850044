"""A picture of the Compare view and its foot: a legend and a caption below it, scrolled where there is little room."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

FEW = 2
"""So many lines of the foot are seen where there is little room."""
ROOMY = 30
"""So many lines high is what has room for more of them."""


class WithFoot(QWidget):
    """A picture, which has most of the room, and below it at most so many `lines` of its legend and caption."""

    def __init__(self, picture: QWidget, legend: QWidget, *, lines: int) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._lines = lines
        self.caption = QLabel()
        self.caption.setProperty("muted", True)
        self.caption.setWordWrap(True)
        self.caption.setTextFormat(Qt.TextFormat.PlainText)
        self.caption.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.caption.setAccessibleName(self.tr("Caption"))
        self._inside = QWidget()
        self._inside.setObjectName("panel")
        below = QVBoxLayout(self._inside)
        below.setContentsMargins(0, 0, 8, 0)
        below.setSpacing(6)
        below.addWidget(legend)
        below.addWidget(self.caption)
        below.addStretch(1)
        self.foot = QScrollArea()
        self.foot.setWidgetResizable(True)
        self.foot.setFrameShape(QFrame.Shape.NoFrame)
        self.foot.setWidget(self._inside)
        self.foot.setAccessibleName(self.tr("Legend and caption"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 16, 6)
        column.setSpacing(6)
        column.addWidget(picture, 1)
        column.addWidget(self.foot)

    def show_caption(self, caption: str) -> None:
        """Show a caption, below a legend that may have changed too."""
        self.caption.setText(caption)
        self._give_room()

    def _give_room(self) -> None:
        line = self.fontMetrics().lineSpacing()
        needed = max(0, self._inside.heightForWidth(max(0, self.foot.width() - 16)))
        self.foot.setFixedHeight(min(needed, line * (self._lines if self.height() > line * ROOMY else FEW)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()
