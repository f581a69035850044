"""Small parts that every view and dialog is made of: words of less weight, rows, columns, pages that are scrolled."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

Part = QWidget | QLayout | tuple[QWidget | QLayout, int] | None
"""What stands in a row or column: as large as it needs, or with its share of the room; None is room left free."""


def muted(words: str = "") -> QLabel:
    """Words of less weight, wrapped; whatever they quote is shown as it stands."""
    label = QLabel(words)
    label.setProperty("muted", True)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def in_row(*parts: Part, spacing: int = 6) -> QHBoxLayout:
    """Parts side by side."""
    row = QHBoxLayout()
    _fill(row, parts, spacing)
    return row


def in_column(*parts: Part, spacing: int = 6) -> QVBoxLayout:
    """Parts one below the other."""
    column = QVBoxLayout()
    _fill(column, parts, spacing)
    return column


def fit(dialog: QWidget, *, letters: int, lines: int) -> None:
    """Make a dialog so many letters wide and lines high, in the size of its words, but no larger than its screen."""
    metrics, area = dialog.fontMetrics(), dialog.screen().availableGeometry()
    dialog.resize(
        min(metrics.averageCharWidth() * letters, area.width() * 19 // 20),
        min(metrics.height() * lines, area.height() * 9 // 10),
    )


def _fill(box: QBoxLayout, parts: tuple[Part, ...], spacing: int) -> None:
    box.setSpacing(spacing)
    for one in parts:
        if one is None:
            box.addStretch(1)
            continue
        part, share = one if isinstance(one, tuple) else (one, 0)
        if isinstance(part, QWidget):
            box.addWidget(part, share)
        else:
            box.addLayout(part, share)


def yielding(area: QAbstractScrollArea) -> None:
    """Let a list or text be as high as there is room, and no lower than a few lines."""
    area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
    area.setMinimumHeight(area.fontMetrics().lineSpacing() * 3)


def scrolled(page: QWidget) -> QScrollArea:
    """A page that is scrolled where there is little room; the keys go to what is on it."""
    scroll = QScrollArea()
    scroll.setWidget(page)
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return scroll


def open_wide(dialog: QWidget, characters: int, lines: int) -> None:
    """Open a dialog so many average characters wide and lines high, as far as the screen has room for that."""
    room = dialog.screen().availableSize() - QSize(40, 60)
    metrics = dialog.fontMetrics()
    dialog.resize(QSize(metrics.averageCharWidth() * characters, metrics.lineSpacing() * lines).boundedTo(room))


class Pages(QStackedWidget):
    """Needs as much room as the page that is shown, whatever the others need."""

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        return page.minimumSizeHint() if page is not None else super().minimumSizeHint()

    def sizeHint(self) -> QSize:
        page = self.currentWidget()
        return page.sizeHint() if page is not None else super().sizeHint()


def claims_escape(event: QEvent) -> bool:
    """Whether an event asks if Esc is a key of the widget that has the keys; it is then, whatever it means around."""
    if not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_Escape:
        return False
    asks = event.type() is QEvent.Type.ShortcutOverride
    if asks:
        event.accept()
    return asks
