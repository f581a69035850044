"""How stances look: each has a shape and a colour of its own; and the legend that says which is which."""

from collections.abc import Sequence
from math import cos, pi, sin
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF
from PySide6.QtWidgets import QLabel, QWidget

from polyvocal.gui.rows_layout import RowsLayout
from polyvocal.gui.theme import Theme, stance_colour
from polyvocal.gui.views.compare_marks import Sign

if TYPE_CHECKING:
    from polyvocal.services.analysis.contest import Contest

GLYPHS = "▲●◆■▼"
"""The shapes as letters, where only letters will do."""


def glyph(number: int) -> str:
    """The letter that looks like the mark of a stance, by its place among those of a project."""
    return GLYPHS[number] if number < 3 else GLYPHS[3 + (number - 3) % 2]


def paint_shape(painter: QPainter, number: int, area: QRectF, ink: QColor) -> None:
    """Paint the mark of a stance into a square: triangle, disc, diamond; square or turned triangle for others."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    middle, half = area.center(), area.width() / 2
    if number == 1:
        painter.drawEllipse(middle, half * 0.88, half * 0.88)
    elif number < 3 or number % 2 == 0:
        corners, turned = {0: (3, -pi / 2), 2: (4, -pi / 2)}.get(number, (3, pi / 2))
        size = half * (1.1 if corners == 3 else 1.06)
        down = {0: half * 0.18, 2: 0.0}.get(number, -half * 0.18)
        steps = (turned + 2 * pi * step / corners for step in range(corners))
        points = [QPointF(middle.x() + size * cos(at), middle.y() + down + size * sin(at)) for at in steps]
        painter.drawPolygon(QPolygonF(points))
    else:
        painter.drawRect(area.adjusted(half * 0.22, half * 0.22, -half * 0.22, -half * 0.22))


def paint_stances(painter: QPainter, shapes: Sequence[tuple[int, QColor]], area: QRectF) -> None:
    """Paint a mark: of several stances a slice of each, from left to right, with a thin gap between."""
    if len(shapes) == 1:
        paint_shape(painter, shapes[0][0], area, shapes[0][1])
        return
    area = area.adjusted(-1, -1, 1, 1)
    width = area.width() / len(shapes)
    for at, (number, ink) in enumerate(shapes):
        left = area.left() + at * width + (0.6 if at else -1)
        right = area.left() + (at + 1) * width - (0.6 if at + 1 < len(shapes) else -1)
        painter.save()
        painter.setClipRect(
            QRectF(left, area.top() - 2, right - left, area.height() + 4), Qt.ClipOperation.IntersectClip
        )
        paint_shape(painter, number, area, ink)
        painter.restore()


def signs_in_words(contest: "Contest") -> list[tuple[tuple[int, ...], str]]:
    """The signs of a contest with their words; last, where there are several, two of them in one mark."""
    told: list[tuple[tuple[int, ...], str]] = [((contest.signs[one],), one) for one in contest.stances]
    if len(told) > 1:
        told.append(((*told[-2][0], *told[-1][0]), "several in one passage"))
    return told


def stance_sign(numbers: Sequence[int], theme: Theme) -> Sign:
    """The mark of a stance, or of several in one passage, by their places among those of a project."""

    def paint(painter: QPainter, area: QRectF) -> None:
        paint_stances(painter, [(one, stance_colour(one, theme.colours)) for one in numbers], area)

    return Sign(theme, paint)


class StanceLegend(QWidget):
    """The marks with their words, and what a mark of two halves says."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._row = RowsLayout(self, 6, 2)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._told: list[tuple[tuple[int, ...], str]] = []
        self._parts: list[QWidget] = []

    def show_contest(self, contest: "Contest") -> None:
        """Tell how the stances of a contest look."""
        told = signs_in_words(contest)
        if told == self._told:
            return
        self._told = told
        for part in self._parts:
            self._row.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = []
        for numbers, words in told:
            self._add(numbers, words)

    def _add(self, numbers: Sequence[int], words: str) -> None:
        label = QLabel(words)
        label.setProperty("muted", True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setContentsMargins(0, 0, 12, 0)
        for part in (stance_sign(numbers, self._theme), label):
            self._row.addWidget(part)
            part.show()
            self._parts.append(part)
