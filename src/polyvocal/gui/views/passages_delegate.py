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

from polyvocal.domain.passages import Aspect
from polyvocal.gui import labels
from polyvocal.gui.theme import Theme, mark_colour
from polyvocal.gui.views.passages_model import (
    GROUP,
    PASSAGE,
    UNFOLDED,
    Head,
    PassagesModel,
    occasion,
    said_more,
)
from polyvocal.services.queries.passage_pages import PassageShown

Index = QModelIndex | QPersistentModelIndex

WIDE = 84
"""A list of so many letters across shows two lines of each passage; a narrower one three."""
_EDGE, _GAP = 10, 6
FOLD_MARK = 26
"""A head is folded and unfolded by the mouse within so many pixels of its left."""
_LINE_BREAK = "\u2028"


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

    def height(self, option: QStyleOptionViewItem) -> int:
        """How high a passage is, in pixels."""
        return self._height_of(option, self.lines(option))

    @staticmethod
    def head_height(option: QStyleOptionViewItem) -> int:
        """How high the head of a group is, in pixels."""
        return QFontMetrics(option.font).lineSpacing() + 12

    @staticmethod
    def _height_of(option: QStyleOptionViewItem, lines: int) -> int:
        small = QFontMetrics(small_font(option.font)).lineSpacing()
        return QFontMetrics(option.font).lineSpacing() * lines + small + 16

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        if index.data(GROUP) is not None:
            return QSize(80, self.head_height(option))
        unfolded = index.data(UNFOLDED)
        if unfolded is None:
            return QSize(80, self.height(option))
        layout = self._formatted("".join(one.text for one in _whole(unfolded)), option.font, _whole(unfolded), 0)
        layout.beginLayout()
        lines = 0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(option.rect.width() - 2 * _EDGE + 4)
            lines += 1
        layout.endLayout()
        return QSize(80, self._height_of(option, lines))

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

    def _paint_group(self, painter: QPainter, font: QFont, area: QRect, head: Head) -> None:
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        self._paint_fold_mark(painter, area, folded=head.folded)
        area.setLeft(area.left() + FOLD_MARK - _EDGE)
        count = labels.passages(head.passages)
        self._write(painter, small_font(font), area, count, Qt.AlignmentFlag.AlignRight)
        area.setRight(area.right() - QFontMetrics(small_font(font)).horizontalAdvance(count) - 16)
        used = self._write(painter, bold, area, head.name, Qt.AlignmentFlag.AlignLeft, strong=True)
        area.setLeft(area.left() + used + 12)
        if area.width() > 40:
            self._write(painter, small_font(font), area, head.detail, Qt.AlignmentFlag.AlignLeft)

    def _paint_fold_mark(self, painter: QPainter, area: QRect, *, folded: bool) -> None:
        """A corner that points down, or to the right where the group is folded."""
        middle = QPointF(area.left() + 5, area.center().y() + 0.5)
        points = [QPointF(-1.5, -4), QPointF(2.5, 0), QPointF(-1.5, 4)]
        if not folded:
            points = [QPointF(one.y(), one.x()) for one in points]
        painter.setPen(QPen(QColor(self._theme.colours.muted), 1.6))
        painter.drawPolyline([middle + one for one in points])

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
        unfolded = index.data(UNFOLDED)
        if unfolded is not None:
            pieces, room = _whole(unfolded), area.height() - QFontMetrics(small_font(option.font)).lineSpacing() - 8
        else:
            pieces = (Piece(shown.before), Piece(shown.text, strong=True), Piece(shown.after))
            room = height * self.lines(option)
        text = area.adjusted(0, 0, 0, room - area.height())
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
        one, by = shown.passage, model.group_by if isinstance(model, PassagesModel) else None
        paragraph = f"¶ {shown.paragraph}" if shown.paragraph is not None else self.tr("words corrected away")
        if by is Aspect.SOURCE:
            place, room = paragraph, QRect(area)
        else:
            place, room = f"{one.source_title}   {paragraph}", area.adjusted(area.width() * 3 // 5, 0, 0, 0)
        used = self._write(painter, small, room, place, Qt.AlignmentFlag.AlignRight)
        area.setRight(area.right() - used - 16)
        area.setLeft(
            area.left() + self._write(painter, small, area, one.code_path, Qt.AlignmentFlag.AlignLeft, strong=True)
        )
        parts = [] if by is Aspect.CODER else [self.tr("coded by %s") % one.coder]
        if one.observers and by not in (Aspect.SOURCE, Aspect.OBSERVER):
            parts.append(self.tr("written by %s") % ", ".join(one.observers))
        parts += [*said_more(shown), *occasion(shown)]
        self._write(painter, small, area, "".join(f"   ·   {part}" for part in parts), Qt.AlignmentFlag.AlignLeft)


def _whole(shown: PassageShown) -> tuple[Piece, ...]:
    """The pieces of a passage with its paragraphs."""
    pieces = ((shown.before, False), (shown.text, True), (shown.after, False))
    return tuple(Piece(words.replace("\n", _LINE_BREAK), strong) for words, strong in pieces)


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
