"""How a code looks on the surface: its name, its colour, and its pattern, since colour never carries meaning alone."""

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from polyvocal.gui.theme import Theme, blended, mark_colour
from polyvocal.services.queries.rows import CodeRow

PATTERNS = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
)


class Look(NamedTuple):
    """A code as it is drawn."""

    name: str
    colour: str
    pattern: Qt.PenStyle


UNKNOWN = Look("?", "#808080", Qt.PenStyle.SolidLine)


class Looks:
    """The looks of all codes, and the pens and colours that follow from the theme."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._looks: dict[int, Look] = {}

    def show(self, codes: Iterable[CodeRow]) -> None:
        """Take over the codebook, in the order of its tree: codes that follow each other get different patterns."""
        self._looks = {
            code.id: Look(code.name, code.colour, PATTERNS[number % len(PATTERNS)]) for number, code in enumerate(codes)
        }

    def __getitem__(self, code: int) -> Look:
        return self._looks.get(code, UNKNOWN)

    def mark(self, code: int) -> QColor:
        """The colour of a line or chip."""
        return mark_colour(self[code].colour, self._theme.colours.ground)

    @property
    def muted(self) -> QColor:
        """The colour of words of less weight."""
        return QColor(self._theme.colours.muted)

    def pen(self, code: int, width: float) -> QPen:
        """A line in a code's colour and pattern."""
        pen = QPen(self.mark(code), width, self[code].pattern)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        return pen

    def wash(self, code: int, *, lit: bool) -> QColor:
        """What lies under coded words; `lit` for the coding that is chosen or pointed at."""
        strength = (0.46 if lit else 0.24) if self._theme.is_dark else (0.36 if lit else 0.15)
        return blended(self[code].colour, self._theme.colours.ground, strength)
