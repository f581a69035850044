"""The staves of a score: passages as notes, what bounds them as brackets, what is known of the observer as states."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen

from polyvocal.domain.score import Placing
from polyvocal.gui.theme import Colours, mark_colour
from polyvocal.gui.views.score_below import BelowPainter, Stamps
from polyvocal.gui.views.score_layout import (
    BAR,
    CLOSE,
    CODES_SHOWN,
    MANY,
    Marked,
    Pointed,
    ScoreLayout,
    Seen,
    Shades,
    StaffMarks,
    StaffRow,
)

if TYPE_CHECKING:
    from polyvocal.gui.views.score_dense import DenseStaff
    from polyvocal.services.analysis.score import Score
    from polyvocal.services.analysis.score_plan import PassageMark

ONE_BY_ONE = 900
"""So many passages are painted one by one; more of them as pixels, where these are at hand."""


class StaffPainter:
    """Paints the staves of a score."""

    def __init__(self, layout: ScoreLayout, colours: Colours, dense: Sequence["DenseStaff"] = ()) -> None:
        self.layout, self.colours, self._dense = layout, colours, dense
        self.score: Score = layout.score
        self._shade = {code: mark_colour(seen.colour, colours.ground) for code, seen in self.score.codes.items()}
        self._below = BelowPainter(layout, colours, stamps=Stamps(QColor(colours.muted)) if dense else None)
        self._edge = QColor(colours.edge)
        self._shades = Shades([shade.rgba() for shade in self._shade.values()], self._edge.rgba())
        self._text, self._muted = QColor(colours.text), QColor(colours.muted)
        self._accent = QColor(colours.accent)

    def paint(self, painter: QPainter, body: QRectF, rows: Sequence[StaffRow], seen: Seen, marked: Marked) -> None:
        """Paint those at some rows into the part of the window that is theirs."""
        width = body.width() / seen.scale
        inside = {row.staff: self.layout.staves[row.staff].within(seen.left - 1, seen.left + width + 1) for row in rows}
        many = sum(map(len, inside.values())) > ONE_BY_ONE and bool(self._dense)
        self._below.paint(painter, body, rows, seen)
        for row in rows:
            if many:
                self._paint_pixels(painter, body, row, seen)
            else:
                self._paint_marks(painter, body, row, seen, inside[row.staff])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for pointed, strong in ((marked.under, False), (marked.current, True)):
            if pointed is not None and pointed.staff in inside:
                self._paint_pointed(painter, body, pointed, seen, strong=strong)

    def spot(self, body: QRectF, seen: Seen, pointed: Pointed) -> QPointF:
        """Where on its line a passage stands."""
        marks, row = self.layout.staves[pointed.staff], self.layout.rows[pointed.staff]
        x = seen.x(body.left(), marks.at[pointed.number]) + self._aside(marks, pointed.number)
        return QPointF(x, body.top() + row.line - seen.down)

    def _aside(self, marks: StaffMarks, number: int) -> float:
        """How far beside its place a passage is painted, since others stand there too."""
        return min(marks.shift[number], 12) * (self.layout.sizes.head + 1)

    def _paint_marks(self, painter: QPainter, body: QRectF, row: StaffRow, seen: Seen, inside: range) -> None:
        marks, sizes = self.layout.staves[row.staff], self.layout.sizes
        line = body.top() + row.line - seen.down
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        close: list[float] = []
        for number in inside:
            room = marks.gap[number] * seen.scale
            x = seen.x(body.left(), marks.at[number])
            if room < CLOSE:
                close.append(x)
                continue
            wide = min(sizes.head, max(room - 1, 2.5))
            self._paint_chord(painter, QPointF(x + self._aside(marks, number), line), marks.marks[number], wide)
            if room > 40:
                beside = QPointF(x + self._aside(marks, number) + sizes.head, line)
                self._paint_code_names(painter, beside, marks.marks[number], room - 2 * sizes.head)
        painter.restore()
        self._paint_bars(painter, body, line, close)

    def _paint_chord(self, painter: QPainter, at: QPointF, mark: "PassageMark", wide: float) -> None:
        """A passage: a note for each of its codes, one above the other; with a stem where a time is told in it."""
        sizes = self.layout.sizes
        step = sizes.head + 1
        shown = mark.codes if len(mark.codes) <= CODES_SHOWN else mark.codes[: CODES_SHOWN - 1]
        if mark.told.placing is Placing.AT_TIME:
            painter.setPen(QPen(self._text, 1.2))
            top = at.y() - (min(len(mark.codes), CODES_SHOWN)) * step - 2
            painter.drawLine(QLineF(at.x(), at.y() + 4, at.x(), top))
        for level, code in enumerate(shown):
            middle = QPointF(at.x(), at.y() - (level + 0.5) * step - 1)
            shade = self._shade[code]
            if code in mark.meant:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(shade)
                painter.drawEllipse(middle, wide / 2, sizes.head / 2)
            else:
                painter.setPen(QPen(shade, 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(middle, max(wide / 2 - 0.5, 0.8), sizes.head / 2 - 0.5)
        if len(shown) < len(mark.codes):
            y = at.y() - (CODES_SHOWN - 0.5) * step - 1
            painter.setPen(QPen(self._muted, 1.4))
            painter.drawLines(
                [QLineF(at.x() - wide / 2, y, at.x() + wide / 2, y), QLineF(at.x(), y - wide / 2, at.x(), y + wide / 2)]
            )

    def _paint_code_names(self, painter: QPainter, at: QPointF, mark: "PassageMark", room: float) -> None:
        """The names of codes beside their notes, as many as there is room for; the lowest note comes first."""
        metrics = QFontMetricsF(self.layout.sizes.small)
        names = [self.score.codes[code].name for code in mark.codes]
        words = ""
        for number, name in enumerate(names):
            longer = f"{words} · {name}" if words else name
            if metrics.horizontalAdvance(longer + (" …" if number + 1 < len(names) else "")) > room:
                break
            words = longer
        else:
            number = len(names)
        if words:
            painter.setFont(self.layout.sizes.small)
            painter.setPen(self._text)
            painter.drawText(QPointF(at.x(), at.y() - 2), words + (" …" if number < len(names) else ""))

    def _paint_bars(self, painter: QPainter, body: QRectF, line: float, close: Sequence[float]) -> None:
        """Columns for passages that are too close to be told apart: the higher, the more there are."""
        bars: dict[int, int] = {}
        for x in close:
            at = int((x - body.left()) // BAR)
            bars[at] = bars.get(at, 0) + 1
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._edge)
        chord = self.layout.chord
        painter.drawRects(
            [
                QRectF(body.left() + at * BAR, line - max(chord * min(many, MANY) / MANY, 1), BAR - 1,
                       max(chord * min(many, MANY) / MANY, 1))
                for at, many in bars.items()
            ]
        )  # fmt: skip

    def _paint_pixels(self, painter: QPainter, body: QRectF, row: StaffRow, seen: Seen) -> None:
        ratio = painter.device().devicePixelRatioF()
        width, height = int(body.width() * ratio), int(self.layout.chord * ratio)
        scaled = Seen(seen.left, seen.scale * ratio)
        pixels = self._dense[row.staff].pixels(
            (width, height), scaled, self.layout.sizes.head, ratio=ratio, shades=self._shades
        )
        image = QImage(pixels.data, width, height, width * 4, QImage.Format.Format_ARGB32_Premultiplied)
        top = body.top() + row.line - seen.down - height / ratio
        painter.drawImage(QRectF(body.left(), top, width / ratio, height / ratio), image)

    # --- what is pointed to ------------------------------------------------------------------------------------------

    def _paint_pointed(self, painter: QPainter, body: QRectF, pointed: Pointed, seen: Seen, *, strong: bool) -> None:
        """A ring around a passage, and between which times it lies."""
        mark, sizes = self.layout.mark(*pointed), self.layout.sizes
        at = self.spot(body, seen, pointed)
        high = min(len(mark.codes), CODES_SHOWN) * (sizes.head + 1)
        ring = QRectF(at.x() - sizes.head / 2 - 3, at.y() - high - 4, sizes.head + 6, high + 7)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._accent if strong else self._muted, 2 if strong else 1.2))
        painter.drawRoundedRect(ring, 4, 4)
        if strong and mark.right > mark.left:
            left, right = seen.x(body.left(), mark.left), seen.x(body.left(), mark.right)
            painter.setPen(QPen(self._accent, 2))
            painter.drawLine(QLineF(left + 1, at.y() + 1, right - 1, at.y() + 1))
