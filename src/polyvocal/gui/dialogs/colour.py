"""A field for the colour of a code."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import QColorDialog, QLabel, QLineEdit, QPushButton, QWidget

from polyvocal.domain.palette import PALETTE
from polyvocal.gui.parts import in_row


class _Line(QLineEdit):
    """Up and Down go through the palette."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            known = self.text().casefold() in PALETTE
            at = PALETTE.index(self.text().casefold()) + step if known else min(step, 0)
            self.setText(PALETTE[at % len(PALETTE)])
        else:
            super().keyPressEvent(event)


class ColourField(QWidget):
    """A colour: chosen from the palette that stays apart for colour-blind people, or from all."""

    chosen = Signal(str)
    """A colour was chosen, or typed to its end."""

    def __init__(self, colour: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = _Line(colour)
        self.line.setToolTip(self.tr("Up and Down go through the palette"))
        self.line.setAccessibleDescription(self.line.toolTip())
        self.line.setMaxLength(7)
        self.line.setAccessibleName(self.tr("Colour in hexadecimal"))
        self.line.textChanged.connect(self._show)
        self.line.editingFinished.connect(lambda: self.chosen.emit(self.line.text()))
        self._shown = QLabel()
        other = QPushButton(self.tr("Other…"))
        other.setAutoDefault(False)
        other.clicked.connect(self._ask)
        swatches = in_row(*(self._swatch_button(one) for one in PALETTE), spacing=2)
        row = in_row(self.line, self._shown, swatches, other, None, spacing=8)
        row.setContentsMargins(0, 0, 0, 0)
        self.setLayout(row)
        self._show(colour)
        self._fit()
        self.setFocusProxy(self.line)

    def _fit(self) -> None:
        self.line.setFixedWidth(self.fontMetrics().horizontalAdvance("#dddddd") + 26)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def _swatch_button(self, colour: str) -> QPushButton:
        button = QPushButton()
        button.setIcon(QIcon(_swatch(colour)))
        button.setStyleSheet("padding: 3px")
        button.setAccessibleName(self.tr("Colour %s") % colour)
        button.setToolTip(colour)
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the line goes through them: twelve stops would be in the way
        button.clicked.connect(lambda: self.choose(colour))
        return button

    def choose(self, colour: str) -> None:
        """Take a colour, as if somebody had clicked on it."""
        self.line.setText(colour)
        self.chosen.emit(colour)

    def _show(self, colour: str) -> None:
        self._shown.setPixmap(_swatch(colour) if QColor.isValidColorName(colour) else QPixmap())

    def _ask(self) -> None:
        dialog = QColorDialog(QColor(self.line.text()), self)
        dialog.colorSelected.connect(lambda colour: self.choose(colour.name()))
        dialog.open()


def _swatch(colour: str) -> QPixmap:
    picture = QPixmap(16, 16)
    picture.fill(QColor(colour))
    return picture
