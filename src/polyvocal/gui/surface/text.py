"""The text that is read and coded.

A read-only QTextEdit, so that a screen reader, selection and the keyboard work as everywhere; what is coded is painted
by ourselves, for the visible blocks only: washes under the words, lanes under the lines. Its words are never read back
from the widget: copying gives the stored text.
"""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QEvent, QMimeData, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from polyvocal.domain.around import Piece, around, paragraph_starts, whole
from polyvocal.domain.lanes import HasEnds
from polyvocal.domain.spans import Span, union
from polyvocal.domain.structure import Structure
from polyvocal.gui.offsets import Offsets
from polyvocal.gui.surface.block_seen import BlockSeen, Edge
from polyvocal.gui.surface.document import Rules
from polyvocal.gui.surface.ends import Ends, piece_meant
from polyvocal.gui.surface.gutter import Bar, Gutter, Sign
from polyvocal.gui.surface.index import CodingIndex, Mark
from polyvocal.gui.surface.layout import BELOW, UNDER_LINE
from polyvocal.gui.surface.lights import Lights
from polyvocal.gui.surface.lines import margin_width
from polyvocal.gui.surface.look import Looks
from polyvocal.gui.surface.margin import Margin
from polyvocal.gui.surface.overview import WIDTH, Overview
from polyvocal.gui.surface.seen_text import SeenText
from polyvocal.gui.surface.tables import Row, Tables
from polyvocal.gui.theme import Theme
from polyvocal.services.queries.reading import PlacedCoding, SourceToRead

SELECTION_MIME = "application/x-polyvocal-selection"
"""Selected words that are dragged within the window."""
CODE_MIME = "application/x-polyvocal-code"
"""A code that is dragged: its id in decimal."""


class TextSurface(SeenText):
    """Shows one text and its codings. Offsets are code points of the text; spans are half-open."""

    coding_chosen = Signal(object)
    """The id of the coding that was chosen, or None."""
    code_wanted = Signal(str)
    """The selected words are to be coded; with what was typed already."""
    letter_typed = Signal(str)
    """A letter or digit was typed while no words are selected."""
    focused = Signal(bool)
    """The keys come here now, or do not any more."""
    code_dropped = Signal(object)
    """The id of a code that was dropped on the selected words."""
    ends_wanted = Signal(object, object)
    """A PlacedCoding as it was, and the Span that it is to be about from now on, as which it is shown already."""
    moved = Signal()
    """The cursor or the selection is at another place."""

    def __init__(self, theme: Theme, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self.looks = theme, looks
        self.index = CodingIndex([0], ())
        self._rules = Rules()
        self._text = ""
        self._numbered = False
        self.coders: dict[int, str] = {}
        """The names of the people who may have coded."""
        self.may_change = False
        """Whether codings can be changed here: only then the chosen one has handles."""
        self.ends = Ends(self)
        self.chosen: int | None = None
        self.pointed: int | None = None
        self._wanted: int = 0
        self._pressed: QPointF | None = None
        self._selects_from: int | None = None
        """Where the hand began to select, while it does."""
        self._found: Sequence[Span] = ()
        self._kept: list[Span] = []
        self.lights = Lights(self, theme)
        self.roomy = True
        """Whether there is room beside the text for labels, bars and the overview, or only for stripes and signs."""
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName(self.tr("Text of the source"))
        self.viewport().setMouseTracking(True)
        self.margin, self.gutter, self.overview = Margin(self), Gutter(self), Overview(self)
        self.verticalScrollBar().valueChanged.connect(self._update_edges)
        self.cursorPositionChanged.connect(self.moved)
        self.selectionChanged.connect(self.moved)
        theme.changed.connect(self._on_theme_changed)
        self._show_text(Offsets(""))

    @property
    def text(self) -> str:
        """The stored text of the source that is shown."""
        return self._text

    # --- what is shown -------------------------------------------------------------------------------------------

    def show_source(self, source: SourceToRead | None) -> None:
        """Show a source from its beginning, or nothing."""
        self._text = source.text if source else ""
        structure = source.structure if source else ()
        tables = Tables(self._text, structure)
        offsets = Offsets(tables.shown)
        self.index = CodingIndex(offsets.block_starts(), source.codings if source else ())
        self.chosen = self.pointed = None
        self._kept, self._found = [], ()
        self.lights.put_out()
        rows = tables.rows(offsets)
        self._rules = Rules(structure, rows)
        self.gutter.number(paragraph_starts(self._text) if self._numbered else ())
        self._show_text(offsets, structure, rows)
        self.overview.renew()
        self.text_changed.emit()
        self.moved.emit()

    def show_codings(self, codings: Sequence[PlacedCoding]) -> None:
        """Show other codings of the same text; they are sorted by (start, -end)."""
        self.index = CodingIndex(self.offsets.block_starts(), codings)
        if self.chosen is not None and self.index.get(self.chosen) is None:
            self.choose(None)
        self.overview.renew()
        self._repaint()

    def _show_text(self, offsets: Offsets, structure: Structure = (), rows: Mapping[int, Row] | None = None) -> None:
        document = self.put_document(self._theme.reading_font(), offsets, structure, rows)
        self.seen.documentSizeChanged.connect(self._update_edges)
        self.setTextCursor(QTextCursor(document))
        self._give_room()
        self.settle()

    def be_narrow(self) -> None:
        """Leave the room to the words: no bars, no overview, and labels only where the text leaves room for them."""
        self.roomy = False
        self.overview.hide()
        self.number_paragraphs(False)

    def number_paragraphs(self, numbered: bool) -> None:  # noqa: FBT001 - as a switch of Qt's
        """Show the numbers of the paragraphs at the left, or not."""
        self._numbered = numbered
        self.gutter.number(paragraph_starts(self._text) if numbered else ())
        with self.keeping_place():
            self._give_room()

    def show_beside(self, signs: Sequence[Sign], bars: Sequence[Bar]) -> None:
        """Show what stands beside the text at its left; both are sorted by where they begin."""
        self.gutter.put(signs, bars if self.roomy else ())
        self._give_room()

    def light(self, spans: Iterable[Span]) -> None:
        """Light up spans, in place of those before, until another source is shown."""
        self.lights.light(spans)

    def show_part(self, part: Sequence[Edge]) -> None:
        """Show only some spans at full weight, with a line at their left, until another source is shown."""
        self.lights.show_part(part)

    def show_found(self, spans: Sequence[Span]) -> None:
        """Mark what was found; the spans are sorted and lie apart."""
        self._found = spans
        self.viewport().update()

    def _update_edges(self) -> None:
        for edge in (self.margin, self.gutter, self.overview):
            edge.update()

    def put(self, coding: PlacedCoding) -> None:
        """Show a coding that is new or was changed."""
        self.index.add(coding)
        self.overview.renew()
        self._repaint()

    def take(self, identity: int) -> None:
        """Show a coding no more."""
        self.index.remove(identity)
        self.overview.renew()
        if self.chosen == identity:
            self.choose(None)
        if self.pointed == identity:
            self.pointed = None
        self._repaint()

    def choose(self, identity: int | None) -> None:
        """Let a coding, or none, be the chosen one."""
        if identity is not None and self.index.get(identity) is None:
            identity = None
        if identity != self.chosen:
            self.chosen = identity
            self.overview.renew()
            self._repaint()
            self.coding_chosen.emit(identity)

    def point_at(self, identity: int | None) -> None:
        """Light up a coding from end to end, or none."""
        if identity != self.pointed:
            self.pointed = identity
            self._repaint()

    def is_lit(self, mark: Mark) -> bool:
        """Whether a coding is chosen or pointed at."""
        return mark.id in (self.chosen, self.pointed)

    def paint_now(self, identity: int) -> None:
        """Paint a coding without waiting for the window's next turn: what the hand has just done is seen at once."""
        mark = self.index.get(identity)
        if mark is None:
            return
        first = self.line_rect(self.offsets.position(mark.start))
        last = self.line_rect(self.offsets.end_position(mark.end))
        height = round(last.bottom() - first.top()) + UNDER_LINE + BELOW
        self.viewport().repaint(0, round(first.top()) - self.scrolled, self.viewport().width(), height)
        self.margin.repaint()

    def _repaint(self) -> None:
        self.viewport().update()
        self._update_edges()

    def _on_theme_changed(self) -> None:
        with self.keeping_place():
            self.document().setDefaultFont(self._theme.reading_font())
            self._give_room()
        self.lights.show()
        self.overview.renew()
        self._repaint()

    # --- the selection -------------------------------------------------------------------------------------------

    @property
    def selected(self) -> Span | None:
        """The selected span without white space at its ends, or None where nothing else is selected."""
        start, end = self.selection
        words = self.text[start:end]
        start += len(words) - len(words.lstrip())
        end = start + len(words.strip())
        return Span(start, end) if start < end else None

    @property
    def selections(self) -> list[Span]:
        """All that is selected, sorted; what was kept and lies over another is one with it."""
        return union([*self._kept, *([self.selected] if self.selected else [])])

    def keep_selection(self) -> None:
        """Let what is selected stay so while other words are selected."""
        if self.selected is not None:
            self._kept = self.selections
            cursor = self.textCursor()
            cursor.clearSelection()
            self.setTextCursor(cursor)
            self.viewport().update()

    def keep_no_selections(self) -> None:
        """Let only the last selection be one."""
        if self._kept:
            self._kept = []
            self.viewport().update()

    def go_to(self, offset: int) -> None:
        """Put the cursor at an offset, and bring it to the upper third of the window."""
        cursor = self.textCursor()
        cursor.setPosition(self.offsets.position(offset))
        self.setTextCursor(cursor)
        self.bring_up(cursor.position())

    def expand(self) -> None:
        """Select the word at the cursor, then its sentence, then its paragraph."""
        start, end = self.selection
        for span in around(self.text, start, end):
            if span.start <= start and end <= span.end and span.length > end - start:
                self.select(span)
                return

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied or dragged: the stored text."""
        start, end = self.selection
        copied = QMimeData()
        copied.setText(self.text[start:end])
        copied.setData(SELECTION_MIME, b"1")
        return copied

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)

    # --- keys and mouse ------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        bare = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        letter = bare and typed and typed.isprintable() and not typed.isspace()
        if self.selections and bare and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.code_wanted.emit("")
        elif letter:
            (self.code_wanted if self.selections and not typed.isdigit() else self.letter_typed).emit(typed)
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.selectAll()
        else:
            super().keyPressEvent(event)

    def step(self, *, forward: bool) -> None:
        """Choose the next, or the previous, coding of the text, and bring it into view."""
        mark = self.index.get(self.chosen) if self.chosen is not None else None
        found = self.index.after(mark, self.offset) if forward else self.index.before(mark, self.offset)
        if found is not None:
            self.show_coding(found.id)

    def step_same(self, *, forward: bool) -> None:
        """Choose the next, or the previous, coding with the code of the chosen one, and bring it into view."""
        mark = self.index.get(self.chosen) if self.chosen is not None else None
        found = mark
        while mark is not None and found is not None:
            found = self.index.after(found, 0) if forward else self.index.before(found, 0)
            if found is not None and found.code == mark.code:
                self.show_coding(found.id)
                return

    def show_coding(self, identity: int) -> None:
        """Choose a coding, and bring its beginning into view."""
        mark = self.index.get(identity)
        if mark is not None:
            self.go_to(mark.start)
            self.choose(identity)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        left = event.button() is Qt.MouseButton.LeftButton
        if left and self.ends.take(event.position()):
            return
        self._pressed = event.position() if left else None
        if left and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.keep_selection()
        super().mousePressEvent(event)
        cursor = self.textCursor()
        extends = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        drags = cursor.hasSelection() and not extends  # what is selected already, to a code
        self._selects_from = self.offsets.offset(cursor.anchor()) if left and not drags else None

    def _snap(self, anchor: int, piece: Piece | None) -> None:
        """Let what the hand selects from a place on be whole pieces; just what it went over, where None are meant."""
        position = self.textCursor().position()
        at = self.offsets.offset(position)
        first, last = anchor, at
        if piece is not None:
            start, end = whole(self.text, Span(min(anchor, at), max(anchor, at)), piece)
            first, last = (start, end) if anchor <= at else (end, start)
        elif self.offsets.offset(self.textCursor().anchor()) == anchor:
            return
        cursor = self.textCursor()
        cursor.setPosition(self.offsets.end_position(first))
        cursor.setPosition(self.offsets.end_position(last), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.ends.is_pulling:
            self.ends.let_go()
            return
        super().mouseReleaseEvent(event)
        if self._pressed is not None and not self.textCursor().hasSelection():
            here = self._marks_at(event.position())
            ids: list[int] = [one.id for one in here]
            again = ids.index(self.chosen) + 1 if self.chosen in ids else 0  # a further click takes the one below
            self.choose(ids[again % len(ids)] if ids else None)
        self._pressed = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.ends.is_pulling:
            position = self.cursorForPosition(event.position().toPoint()).position()
            self.ends.pull(self.offsets.offset(position), event.modifiers())
            return
        super().mouseMoveEvent(event)
        if event.buttons() & Qt.MouseButton.LeftButton and self._selects_from is not None:
            self._snap(self._selects_from, piece_meant(event.modifiers()))
        if not event.buttons():
            here = self._marks_at(event.position())
            self.point_at(here[0].id if here else None)
            taken = self.ends.at(event.position()) is not None
            self.viewport().setCursor(Qt.CursorShape.SizeHorCursor if taken else Qt.CursorShape.IBeamCursor)

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell at a handle how it is pulled, and where labels have no room, how the words are coded."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            at = QPointF(event.pos())
            told = self.ends.told_at(at) or self.margin.told(self._marks_at(at))
            QToolTip.showText(event.globalPos(), told, self)
            return True
        return super().viewportEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.point_at(None)
        super().leaveEvent(event)

    def _marks_at(self, point: QPointF) -> list[Mark]:
        position = self.seen.hitTest(point + QPointF(0, self.scrolled), Qt.HitTestAccuracy.ExactHit)
        return self.index.at(self.offsets.offset(position)) if position >= 0 else []

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.dragMoveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(CODE_MIME) and self.selected is not None:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """A code that is dropped codes the selected words."""
        if event.mimeData().hasFormat(CODE_MIME):
            event.acceptProposedAction()
            self.setFocus(Qt.FocusReason.MouseFocusReason)  # what comes next is about what was coded
            self.code_dropped.emit(int(bytes(event.mimeData().data(CODE_MIME).data())))
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl held, the letters become larger or smaller."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.angleDelta().y():
            self._theme.set_text_size(self._theme.text_size + (1 if event.angleDelta().y() > 0 else -1))
            event.accept()
        else:
            super().wheelEvent(event)

    # --- room ----------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._give_room()
        super().resizeEvent(event)

    def _give_room(self) -> None:
        """The text keeps lines of a readable length; the margin has the rest, and at least what a label needs."""
        left = self.gutter.room
        wide = margin_width(self, self._theme, left, letters=15 if self.roomy else 3)
        if (left, wide) != (self.viewportMargins().left(), self.viewportMargins().right()):
            self.setViewportMargins(left, 0, wide, 0)
        edge = self.contentsRect()
        self.gutter.setGeometry(edge.left(), edge.top(), left, edge.height())
        right = edge.right() - self.verticalScrollBar().width() + 1
        self.margin.setGeometry(right - wide, edge.top(), wide - (WIDTH if self.roomy else 0), edge.height())
        self.overview.setGeometry(right - WIDTH, edge.top(), WIDTH, edge.height())

    # --- geometry ------------------------------------------------------------------------------------------------

    def height_of(self, offset: int) -> tuple[float, float]:
        """Where the line of an offset begins and ends, in the viewport; the last line where the text is shorter."""
        rect = self.line_rect(self.offsets.position(min(max(offset, 0), self.offsets.size))).translated(
            0, -self.scrolled
        )
        return rect.top(), rect.bottom()

    def local_range(self, mark: HasEnds, block: QTextBlock) -> tuple[int, int]:
        """Where a span is within a block, in Qt's positions from the block's start; empty where it is not in it."""
        start = max(self.offsets.position(mark.start) - block.position(), 0)
        end = min(self.offsets.end_position(mark.end) - block.position(), block.length() - 1)
        return start, end

    # --- painting ------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        area, colours = QRectF(event.rect()), self._theme.colours
        seen = [
            BlockSeen(self, block, rect)
            for block, rect in self.visible_blocks()
            if rect.adjusted(0, 0, 0, BELOW).intersects(area)
        ]
        with QPainter(self.viewport()) as painter:
            for one in seen:
                self._rules.paint(painter, one.rect, one.block, self.index, QColor(colours.line))
                one.paint_washes(painter)
                one.paint_edges(painter, self.lights.part, QColor(colours.accent))
                one.paint_kept(painter, self._kept, self.palette().highlight().color())
                one.paint_found(painter, self._found, QColor(colours.accent))
        super().paintEvent(event)
        with QPainter(self.viewport()) as painter:
            for one in seen:
                one.paint_lanes(painter)
            self.ends.paint(painter, QColor(colours.ground))
            self.margin.paint_over_text(painter, self.viewport().width())
