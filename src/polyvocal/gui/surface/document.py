"""How a text is put into a document, and dressed as its structure says."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, pairwise
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import (
    QColor,
    QFont,
    QPainter,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from polyvocal.domain.spans import Span
from polyvocal.domain.structure import Piece, PieceKind, Structure
from polyvocal.gui.offsets import Offsets
from polyvocal.gui.surface.index import CodingIndex
from polyvocal.gui.surface.layout import BELOW, UNDER_LINE, SeenLayout
from polyvocal.gui.surface.tables import Row, dress_rows

_INDENT = 26
"""By how much list items, quotations and the like are set in, in pixels, at the usual size of the text."""
_HEADING_SIZES = {1: 2, 2: 1}
"""How much larger the letters of a heading are, by its level, in Qt's steps; below that they are only strong."""

_MARKS = {
    PieceKind.HEADING: re.compile(r" {0,3}#{1,6}(?=\s|$)"),
    PieceKind.STRONG: re.compile(r"\*\*|__"),
    PieceKind.EMPHASIS: re.compile(r"[*_]"),
}
_QUOTE_MARK = re.compile(r" {0,3}>+")
_DIM = "#808080"

_THIN = 48
"""How much of the colour of what is lit up is seen, of 255."""
_RULE_BESIDE = 12
"""From a rule to the words that it stands beside, in pixels."""

RULED = frozenset({PieceKind.QUOTE, PieceKind.TEXT_BOX, PieceKind.TABLE, PieceKind.NOTE})
"""The kinds of lines that have a rule at their left."""


def made_document(
    parent: QWidget, font: QFont, offsets: Offsets, structure: Structure, rows: Mapping[int, Row]
) -> tuple[QTextDocument, SeenLayout]:
    """A document with a text in it, dressed as its structure says; no character is added or left out.

    `rows` are the lines of tables that are to be shown in columns, by the numbers of their blocks.
    """
    document = QTextDocument(parent)
    document.setUndoRedoEnabled(False)
    document.setDefaultFont(font)
    document.setDocumentMargin(parent.fontMetrics().height())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document.setDefaultTextOption(option)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    cursor.insertText(offsets.shown)
    for piece in structure:
        _dress(document, cursor, offsets, piece)
    dress_rows(document, rows)
    cursor.endEditBlock()
    starts = [*offsets.block_starts(), offsets.size + 1]
    layout = SeenLayout(document, [end - start for start, end in pairwise(starts)], rows)
    document.setDocumentLayout(layout)
    return document, layout


def _dress(document: QTextDocument, cursor: QTextCursor, offsets: Offsets, piece: Piece) -> None:
    start, end = offsets.position(piece.start), offsets.end_position(piece.end)
    letters = _letters(piece)
    if letters is not None:
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(letters)
        words = cursor.selectedText()
        for first, length in _marks(piece.kind, words):
            at = start + first if first == 0 else end - length
            _dim(cursor, at, length)
    block = document.findBlock(start)
    while block.isValid() and block.position() < end:
        form = _block_format(piece, block)
        if form is not None and block.length() > 1:
            cursor.setPosition(block.position())
            cursor.mergeBlockFormat(form)
        if piece.kind is PieceKind.QUOTE and (mark := _QUOTE_MARK.match(block.text())):
            _dim(cursor, block.position(), mark.end())
        block = block.next()


def _marks(kind: PieceKind, words: str) -> Iterator[tuple[int, int]]:
    """(0 or 1, length) of the marks of Markdown with which words begin, 0, and end, 1: they are signs, and no words."""
    found = _MARKS[kind].match(words) if kind in _MARKS else None
    if found is not None:
        yield 0, found.end()
        if kind is not PieceKind.HEADING and words.endswith(found.group()):
            yield 1, found.end()


def _dim(cursor: QTextCursor, start: int, length: int) -> None:
    """Give so many characters from one of Qt's positions on less weight; their colour is read on either ground."""
    dim = QTextCharFormat()
    dim.setForeground(QColor(_DIM))
    dim.setFontWeight(QFont.Weight.Normal)
    cursor.setPosition(start)
    cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
    cursor.mergeCharFormat(dim)


def _letters(piece: Piece) -> QTextCharFormat | None:
    form = QTextCharFormat()
    if piece.kind is PieceKind.HEADING:
        form.setFontWeight(QFont.Weight.DemiBold)
        form.setProperty(QTextCharFormat.Property.FontSizeAdjustment.value, _HEADING_SIZES.get(piece.level, 0))
    elif piece.kind is PieceKind.STRONG:
        form.setFontWeight(QFont.Weight.Bold)
    elif piece.kind is PieceKind.EMPHASIS:
        form.setFontItalic(True)
    elif piece.kind is PieceKind.NOTE_MARK:
        form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
    else:
        return None
    return form


def _block_format(piece: Piece, block: QTextBlock) -> QTextBlockFormat | None:
    form = QTextBlockFormat()
    if piece.kind is PieceKind.HEADING:
        form.setTopMargin(10 if block.position() else 0)
        form.setHeadingLevel(min(max(piece.level, 1), 6))
    elif piece.kind is PieceKind.LIST_ITEM:
        form.setLeftMargin(_INDENT * max(piece.level, 1))
        form.setTextIndent(-_INDENT / 2)
    elif piece.kind in RULED:
        form.setLeftMargin(_INDENT)
    else:
        return None
    return form


def lit_up(document: QTextDocument, offsets: Offsets, spans: Iterable[Span], colour: QColor) -> list[Any]:
    """Selections for `setExtraSelections` that lie thinly over what is coded."""
    thin = QTextCharFormat()
    colour = QColor(colour)
    colour.setAlpha(_THIN)
    thin.setBackground(colour)
    return _selections(document, offsets, spans, thin)


def dimmed(document: QTextDocument, offsets: Offsets, spans: Iterable[Span], colour: QColor) -> list[Any]:
    """Selections for `setExtraSelections` that give words another colour."""
    dim = QTextCharFormat()
    dim.setForeground(colour)
    return _selections(document, offsets, spans, dim)


def _selections(document: QTextDocument, offsets: Offsets, spans: Iterable[Span], form: QTextCharFormat) -> list[Any]:
    found = []
    for span in spans:
        one = QTextEdit.ExtraSelection()
        one.cursor = QTextCursor(document)
        one.cursor.setPosition(offsets.position(span.start))
        one.cursor.setPosition(offsets.end_position(span.end), QTextCursor.MoveMode.KeepAnchor)
        one.format = form
        found.append(one)
    return found


class Rules:
    """The rules at the left of quotations, notes and text boxes, and those of tables."""

    def __init__(self, structure: Structure = (), rows: Mapping[int, Row] | None = None) -> None:
        self._rows = rows or {}
        pieces = [one for one in structure if one.kind in RULED]
        self._starts = [one.start for one in pieces]
        self._ends = list(accumulate((one.end for one in pieces), max))  # pieces may lie in one another

    def paint(self, painter: QPainter, rect: QRectF, block: QTextBlock, index: CodingIndex, colour: QColor) -> None:
        """Paint the rule of a block, if it has one, at the block's place in the viewport; and on to the next rule."""
        row = self._rows.get(block.blockNumber())
        if row is not None:
            row.paint(painter, rect, block.document().defaultFont(), colour)
        elif self._has(block, index):
            left = rect.x() + block.blockFormat().leftMargin() - _RULE_BESIDE
            below = BELOW if self._has(block.next(), index) else -UNDER_LINE
            painter.fillRect(QRectF(left, rect.y(), 2, rect.height() + below), colour)

    def _has(self, block: QTextBlock, index: CodingIndex) -> bool:
        if not block.isValid():
            return False
        offset = index.block_start(block.blockNumber())
        before = bisect_right(self._starts, offset)
        return before > 0 and self._ends[before - 1] > offset
