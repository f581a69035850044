"""How a passage in a list looks: its words with a little of what stands around them, then what it was coded as."""

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from polyvocal.gui.theme import Theme, mark_colour
from polyvocal.gui.views.passages_model import (
    GROUP,
    PASSAGE,
    PassagesModel,
    count_of_passages,
    occasion,
    writers,
)
from polyvocal.services.queries.passage_pages import PassageShown, SourceWithPassages

Index = QModelIndex | QPersistentModelIndex

WIDE = 84
"""A list of so many letters across shows two lines of each passage; a narrower one three."""
_EDGE, _GAP = 10, 6


class Piece(NamedTuple):
    """Some words of a line, of more weight or of less."""

    text: str
    strong: bool = False


class PassageDelegate(QStyledItemDelegate):
    """Paints the rows of a PassagesModel."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    @staticmethod
    def lines(option: QStyleOptionViewItem) -> int:
        """How many lines of a passage are shown."""
        return 2 if option.widget.width() >= QFontMetrics(option.font).averageCharWidth() * WIDE else 3

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = QFontMetrics(option.font).lineSpacing()
        if index.data(GROUP) is not None:
            return QSize(80, height + 12)
        small = QFontMetrics(small_font(option.font)).lineSpacing()
        return QSize(80, height * self.lines(option) + small + 16)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        option.text = ""
        option.widget.style().drawPrimitive(
            QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget
        )
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = option.rect.adjusted(_EDGE - 4, 0, -_EDGE, 0)
        group = index.data(GROUP)
        if group is not None:
            self._paint_group(painter, option.font, area, group)
        else:
            self._paint_passage(painter, option, area, index)
            painter.setPen(QColor(self._theme.colours.line))
            painter.drawLine(
                option.rect.left() + _EDGE - 4, option.rect.bottom(), option.rect.right(), option.rect.bottom()
            )
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(self._theme.colours.accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1.5, -1.5), 4, 4)
        painter.restore()

    def _paint_group(self, painter: QPainter, font: QFont, area: QRect, source: SourceWithPassages) -> None:
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        count = count_of_passages(source.passages)
        self._write(painter, small_font(font), area, count, Qt.AlignmentFlag.AlignRight)
        area.setRight(area.right() - QFontMetrics(small_font(font)).horizontalAdvance(count) - 16)
        used = self._write(painter, bold, area, source.title, Qt.AlignmentFlag.AlignLeft, strong=True)
        area.setLeft(area.left() + used + 12)
        if area.width() > 40:
            self._write(painter, small_font(font), area, writers(source), Qt.AlignmentFlag.AlignLeft)

    def _write(
        self,
        painter: QPainter,
        font: QFont,
        area: QRect,
        words: str,
        side: Qt.AlignmentFlag,
        *,
        strong: bool = False,
    ) -> int:
        """Write words at a side of an area, as far as there is room; how wide they are."""
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, area.width())
        painter.setFont(font)
        painter.setPen(QColor(self._theme.colours.text if strong else self._theme.colours.muted))
        painter.drawText(area, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
        return metrics.horizontalAdvance(shown)

    # --- a passage -------------------------------------------------------------------------------------------------

    def _paint_passage(self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, index: Index) -> None:
        shown: PassageShown | None = index.data(PASSAGE)
        area.setTop(area.top() + _GAP)
        if shown is None:
            self._write(painter, option.font, area, "…", Qt.AlignmentFlag.AlignLeft)
            return
        height = QFontMetrics(option.font).lineSpacing()
        text = area.adjusted(0, 0, 0, height * self.lines(option) - area.height())
        pieces = (Piece(shown.before), Piece(shown.text, strong=True), Piece(shown.after))
        used = self._paint_text(painter, option.font, text, pieces)
        small = QFontMetrics(small_font(option.font)).lineSpacing()
        about = QRect(area.left(), text.top() + used * height + 2, area.width(), small)
        self._paint_about(painter, option.font, about, shown, index)

    def _paint_text(self, painter: QPainter, font: QFont, area: QRect, pieces: tuple[Piece, ...]) -> int:
        """Lay the pieces out as one text in at most as many lines as the area has; how many it took.

        The last one is elided if need be.
        """
        height = QFontMetrics(font).lineSpacing()
        text = "".join(piece.text for piece in pieces)
        layout = self._formatted(text, font, pieces, 0)
        layout.beginLayout()
        lines: list[QTextLine] = []
        rest, begin = "", 0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(area.width())
            is_last = (len(lines) + 2) * height > area.height() + 2
            if is_last and line.textStart() + line.textLength() < _units(text):
                rest, begin = _from_unit(text, line.textStart()), line.textStart()
                break
            lines.append(line)
        layout.endLayout()
        painter.setPen(QColor(self._theme.colours.muted))
        for number, line in enumerate(lines):
            line.draw(painter, QPointF(area.left(), area.top() + number * height))
        if rest:
            elided = QFontMetrics(font).elidedText(rest, Qt.TextElideMode.ElideRight, area.width())
            last = self._formatted(elided, font, pieces, begin)
            last.beginLayout()
            last.createLine().setLineWidth(area.width() + 4)
            last.endLayout()
            last.draw(painter, QPointF(area.left(), area.top() + len(lines) * height))
        return len(lines) + bool(rest)

    def _formatted(self, text: str, font: QFont, pieces: tuple[Piece, ...], begin: int) -> QTextLayout:
        """A layout of a text in which the pieces lie, from a UTF-16 unit of them on."""
        layout = QTextLayout(text, font)
        layout.setTextOption(QTextOption())
        formats, at = [], -begin
        for piece in pieces:
            until = at + _units(piece.text)
            run = QTextLayout.FormatRange()
            run.start, run.length = max(at, 0), until - max(at, 0)
            words = QTextCharFormat()
            words.setForeground(QColor(self._theme.colours.text if piece.strong else self._theme.colours.muted))
            run.format = words
            if run.length > 0:
                formats.append(run)
            at = until
        layout.setFormats(formats)
        return layout

    def _paint_about(self, painter: QPainter, font: QFont, area: QRect, shown: PassageShown, index: Index) -> None:
        """The code's chip and name; who coded, who wrote, when; in a flat list, at the right, in which source."""
        small, model = small_font(font), index.model()
        square = QRectF(area.left() + 1, area.center().y() - 4, 9, 9)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mark_colour(shown.colour, self._theme.colours.ground))
        painter.drawRoundedRect(square, 2.5, 2.5)
        area.setLeft(area.left() + 17)
        one, grouped = shown.passage, isinstance(model, PassagesModel) and model.grouped
        if not grouped:
            room = QRect(area)
            room.setLeft(area.left() + area.width() * 2 // 3)
            used = self._write(painter, small, room, one.source_title, Qt.AlignmentFlag.AlignRight)
            area.setRight(area.right() - used - 16)
        area.setLeft(
            area.left() + self._write(painter, small, area, one.code_path, Qt.AlignmentFlag.AlignLeft, strong=True)
        )
        parts = [self.tr("coded by %s") % one.coder]
        if one.observers and not grouped:
            parts.append(self.tr("written by %s") % ", ".join(one.observers))
        parts += occasion(shown)
        if one.gone:
            parts.append(self.tr("words corrected away"))
        self._write(painter, small, area, "".join(f"   ·   {part}" for part in parts), Qt.AlignmentFlag.AlignLeft)


def _units(text: str) -> int:
    """How many UTF-16 units Qt counts in a text."""
    return len(text.encode("utf-16-le")) // 2


def _from_unit(text: str, unit: int) -> str:
    return text.encode("utf-16-le")[2 * unit :].decode("utf-16-le", "ignore")


def small_font(font: QFont) -> QFont:
    """The font of what is of less weight."""
    small = QFont(font)
    small.setPointSizeF(max(font.pointSizeF() * 0.88, 7.0))
    return small
