"""What stands around the views: the bar with their names and the coder, a place for notices, the line at the foot."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from polyvocal.gui.announcing import SpokenLabel
from polyvocal.gui.bus import sentence
from polyvocal.gui.button import Button
from polyvocal.gui.elided import Elided
from polyvocal.gui.parts import in_row


class Frame(QWidget):
    """The bar, the notice, the stack of views, and the foot."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.bar, self.notice, self.foot = self._make_bar(), self._make_notice(), self._make_foot()
        column.addWidget(self.bar)
        column.addWidget(_rule())
        column.addWidget(self.notice)
        self.row = in_row((self.stack, 1), spacing=0)
        column.addLayout(self.row, 1)
        column.addWidget(_rule())
        column.addWidget(self.foot)

    def _make_bar(self) -> QFrame:
        bar = QFrame()
        bar.setObjectName("panel")
        self._names = QHBoxLayout(bar)
        self._names.setContentsMargins(12, 6, 12, 6)
        self._names.setSpacing(4)
        self.view_buttons: list[QToolButton] = []
        self._names.addStretch(1)
        self.palette_button = QToolButton()
        self.palette_button.setAccessibleName(self.tr("Find or do anything…"))
        self.palette_button.setProperty("asks", True)
        self._names.addWidget(self.palette_button)
        return bar

    def _make_notice(self) -> QFrame:
        notice = QFrame()
        notice.setProperty("notice", True)
        row = QHBoxLayout(notice)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        self.notice_words = SpokenLabel()
        self.notice_words.setWordWrap(True)
        self.notice_words.setTextFormat(Qt.TextFormat.PlainText)
        self.notice_button = Button()
        self._on_notice: Callable[[], None] | None = None
        self.notice_button.clicked.connect(lambda _checked=False: self._on_notice and self._on_notice())
        self.notice_close = Button(self.tr("Close this notice"))
        self.notice_close.clicked.connect(notice.hide)
        row.addWidget(self.notice_words, 1)
        row.addWidget(self.notice_button)
        row.addWidget(self.notice_close)
        notice.hide()
        return notice

    def _make_foot(self) -> QFrame:
        foot = QFrame()
        foot.setObjectName("panel")
        row = QHBoxLayout(foot)
        row.setContentsMargins(14, 3, 14, 3)
        row.setSpacing(18)
        self.saved, self.done, self.place = QLabel(), SpokenLabel(), Elided()
        for label in (self.saved, self.done, self.place):
            label.setProperty("muted", True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.badge, self.who = QToolButton(), QToolButton()
        self.badge.setProperty("badge", True)
        self.badge.setToolTip(self.tr("You see only what you coded yourself. Press to see all of it again."))
        self.who.setProperty("flat", True)
        self.who.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        for button in (self.badge, self.who):
            button.setStyleSheet("padding: 1px 8px;")  # as high as a line
        row.addWidget(self.saved)
        row.addWidget(self.done, 1)
        row.addWidget(self.badge)
        row.addWidget(self.who)
        row.addWidget(self.place)
        return foot

    def name_views(self, names: Sequence[str], show: Callable[[int], None]) -> None:
        """Put a button for each view of a project into the bar."""
        for number, name in enumerate(names):
            button = QToolButton()
            button.setText(name)
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.setProperty("view", True)
            button.clicked.connect(lambda _checked=False, number=number: show(number))
            self._names.insertWidget(number, button)
            self.view_buttons.append(button)

    def show_view(self, view: QWidget, number: int) -> None:
        """Bring a view to the front; its button is the one of this number."""
        if self.stack.indexOf(view) < 0:
            self.stack.addWidget(view)
        self.stack.setCurrentWidget(view)
        self.view_buttons[number].setChecked(True)

    def forget_views(self, views: Sequence[QWidget]) -> None:
        """Take away the buttons, and the views."""
        for button in self.view_buttons:
            self._names.removeWidget(button)
            button.deleteLater()
        self.view_buttons = []
        for view in views:
            self.stack.removeWidget(view)
        self.notice.hide()

    def show_notice(self, words: str, button: str = "", slot: Callable[[], None] | None = None) -> None:
        """Tell something at the top that stays until it is closed, perhaps with a way out."""
        self.notice_words.setText(sentence(words))
        self.notice_button.setVisible(bool(button))
        self.notice_button.setText(button)
        self._on_notice = slot
        self.notice.show()

    def hide_notice(self, slot: Callable[[], None]) -> None:
        """Take away what is told at the top if this is the way out that it offers."""
        if self._on_notice == slot:
            self.notice.hide()


def _rule() -> QFrame:
    line = QFrame()
    line.setProperty("rule", True)
    return line
