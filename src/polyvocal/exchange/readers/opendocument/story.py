"""Walks the text of an OpenDocument text block by block and word by word."""

from dataclasses import dataclass, field

from lxml.etree import _Element

from polyvocal.domain.structure import PieceKind
from polyvocal.exchange.readers.allowance import Allowance
from polyvocal.exchange.readers.labels import INDENT
from polyvocal.exchange.readers.lines import Lines
from polyvocal.exchange.readers.opendocument.graphics import Holdings, embedded, hang_image
from polyvocal.exchange.readers.opendocument.names import attribute, child, name_of, number, within, words_in
from polyvocal.exchange.readers.opendocument.numbering import Numbering, Place
from polyvocal.exchange.readers.opendocument.paragraph import Paragraph
from polyvocal.exchange.readers.opendocument.styles import Format, Styles
from polyvocal.exchange.readers.table_lines import Cell, add_table, cell_of
from polyvocal.exchange.readers.tally import Tally
from polyvocal.exchange.readers.wording import CommentBegins, CommentEnds, MarginNote, Shape, Wording, joined

_PARAGRAPHS = ("text:p", "text:h")
_BLOCKS_AROUND = frozenset(
    {
        "text:table-of-content", "text:illustration-index", "text:table-index", "text:object-index", "text:user-index",
        "text:alphabetical-index", "text:bibliography", "text:index-body", "text:index-title", "text:section",
    }
)  # fmt: skip
_ROWS_AROUND = frozenset({"table:table-header-rows", "table:table-rows", "table:table-row-group"})
_COMMENT = "office:annotation"
_COMMENT_MARKS = (_COMMENT, "office:annotation-end")
_GRAPHICS = frozenset(
    f"draw:{kind}"
    for kind in (
        "frame", "g", "a", "custom-shape", "rect", "line", "polyline", "polygon", "regular-polygon", "path", "circle",
        "ellipse", "caption", "connector", "measure", "control",
    )
)  # fmt: skip
_NO_TEXT = frozenset({"text:script", "text:tracked-changes", "office:forms", "svg:title", "svg:desc"})
"""Elements within a paragraph whose characters are not shown."""
_FORMULA_SOURCE = ("math:annotation",)


@dataclass(slots=True)
class Context:
    """What all of a document shares; `notes` and `comments` are those met so far, `deletions` by their ids."""

    styles: Styles
    numbering: Numbering
    tally: Tally
    holdings: Holdings
    allowance: Allowance
    deletions: dict[str, _Element]
    notes: list[Wording] = field(default_factory=list)
    comments: dict[str, MarginNote] = field(default_factory=dict)


class Story:
    """Reads blocks in order."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._tally = context.tally

    # --- blocks --------------------------------------------------------------------------------------------------

    def blocks(self, parent: _Element, lines: Lines) -> None:
        """Read the paragraphs, lists and tables within an element into lines."""
        for element in parent:
            self._block(element, lines)

    def _block(self, element: _Element, lines: Lines) -> None:
        name = name_of(element)
        if name in _PARAGRAPHS:
            self._paragraph(element, lines)
        elif name == "text:list":
            self._list(element, lines, None)
        elif name == "text:numbered-paragraph":
            self._numbered_paragraph(element, lines)
        elif name == "table:table":
            self._table(element, lines)
        elif name in _BLOCKS_AROUND:
            if _is_hidden(element):
                self._hide(element)
            else:
                self.blocks(element, lines)
        elif name in _GRAPHICS or name.startswith("text:change"):
            alone = Paragraph()
            self._element(element, name, alone)
            lines.run_on(alone.words)
            _add_boxes(alone, lines)

    def _paragraph(self, element: _Element, lines: Lines, place: Place | None = None, label: str = "") -> None:
        """A paragraph or a heading. `place` is the list item whose first paragraph it is, and `label` the item's."""
        form = self._context.styles.of_paragraph(attribute(element, "text:style-name"))
        if form.is_hidden or any(_is_hidden(one) for one in within(element, "text:hidden-paragraph")):
            marks = Paragraph()
            self._hide(element, marks)
            lines.run_on(marks.words)
            return
        is_heading = name_of(element) == "text:h"
        outline = (number(element, "text:outline-level") or 1) if is_heading else form.outline
        if is_heading and place is None:
            label = self._heading_label(element, form, outline)
        paragraph = Paragraph(frozenset() if outline else form.emphasis)
        self._inline(element, paragraph)
        words = paragraph.words
        shown = f"{label} " if label and not words.is_blank else ""
        if outline and not words.is_blank:
            self._tally.count("heading")
            lines.add(words, label=shown, shape=Shape(PieceKind.HEADING, min(outline, 9)))
        elif place is not None and shown:
            self._tally.count("list item")
            lines.add(words, label=INDENT * (place.level - 1) + shown, shape=Shape(PieceKind.LIST_ITEM, place.level))
        elif form.is_quote and not words.is_blank:
            self._tally.count("quote")
            lines.add(words, shape=Shape(PieceKind.QUOTE))
        elif words.length or words.hung or not paragraph.boxes:
            lines.add(words)
        _add_boxes(paragraph, lines)

    def _heading_label(self, element: _Element, form: Format, outline: int) -> str:
        if attribute(element, "text:is-list-header") == "true" or form.in_list == "":
            return ""
        start = number(element, "text:start-value")
        if start is None and attribute(element, "text:restart-numbering") == "true":
            start = 1
        return self._context.numbering.heading(outline, start)

    # --- lists ---------------------------------------------------------------------------------------------------

    def _list(self, element: _Element, lines: Lines, around: Place | None) -> None:
        place = self._context.numbering.enter(element, around)
        for item in element:
            kind = name_of(item)
            if kind not in ("text:list-item", "text:list-header"):
                continue
            start = number(item, "text:start-value")
            waits = kind == "text:list-item"  # for its first paragraph, which bears the label
            for block in item:
                name = name_of(block)
                if name == "text:list":
                    self._list(block, lines, place)
                elif name in _PARAGRAPHS and waits:
                    waits = False
                    self._paragraph(block, lines, place, self._context.numbering.label(place, start))
                else:
                    self._block(block, lines)

    def _numbered_paragraph(self, element: _Element, lines: Lines) -> None:
        place = self._context.numbering.enter(element, None)._replace(level=number(element, "text:level") or 1)
        start = number(element, "text:start-value")
        for block in element:
            if name_of(block) in _PARAGRAPHS:
                self._paragraph(block, lines, place, self._context.numbering.label(place, start))

    # --- tables --------------------------------------------------------------------------------------------------

    def _table(self, table: _Element, lines: Lines) -> None:
        rows: list[list[Cell]] = []
        for row in _rows(table):
            cells = self._cells(row)
            rows.append(cells)
            repeated = number(row, "table:number-rows-repeated") or 1
            if repeated > 1 and any(cells):
                self._context.allowance.take(repeated * sum(_size(cell) for cell in cells))
                rows += [[_copied(cell) for cell in cells] for _ in range(repeated - 1)]
        add_table(rows, lines, self._tally)

    def _cells(self, row: _Element) -> list[Cell]:
        """The cells of a row. One that continues the cell above is empty; one that continues the cell before, none."""
        cells: list[Cell] = []
        continued = 0
        for element in row:
            name = name_of(element)
            repeated = number(element, "table:number-columns-repeated") or 1
            if name == "table:covered-table-cell":
                dropped = min(continued, repeated)
                continued -= dropped
                repeated -= dropped
            elif name != "table:table-cell":
                continue
            if not repeated:
                continue
            inside = Lines()
            if name == "table:table-cell":
                continued = (number(element, "table:number-columns-spanned") or 1) - 1
                self.blocks(element, inside)
            cell = cell_of(inside)
            cells.append(cell)
            if repeated > 1:
                self._context.allowance.take(repeated * _size(cell))
                cells += [_copied(cell) for _ in range(repeated - 1)]
        return cells

    # --- within a paragraph --------------------------------------------------------------------------------------

    def _inline(self, parent: _Element, into: Paragraph) -> None:
        into.read(parent.text)
        for element in parent:
            self._element(element, name_of(element), into)
            into.read(element.tail)

    def _element(self, element: _Element, name: str, into: Paragraph) -> None:
        if name == "text:span":
            self._span(element, into)
        elif name == "text:s":
            spaces = number(element, "text:c")
            spaces = 1 if spaces is None else spaces
            self._context.allowance.take(spaces)
            into.write(" " * spaces)
        elif name == "text:tab":
            into.write("\t")
        elif name == "text:line-break":
            into.write("\n")
        elif name == "text:note":
            self._note(element, into)
        elif name in _COMMENT_MARKS:
            self._comment_mark(element, name, into.words)
        elif name == "text:change":
            deletion = self._context.deletions.get(attribute(element, "text:change-id") or "")
            if deletion is not None:
                self._leave_out(deletion, into)
        elif name in _GRAPHICS:
            self._graphic(element, name, into)
        elif name not in _NO_TEXT:
            self._field_or_wrapper(element, name, into)

    def _span(self, element: _Element, into: Paragraph) -> None:
        form = self._context.styles.of_words(attribute(element, "text:style-name"))
        if form.is_hidden:
            self._hide(element, into)
            return
        with into.formatted(form):
            self._inline(element, into)

    def _field_or_wrapper(self, element: _Element, name: str, into: Paragraph) -> None:
        """A field shows its last value; most other elements lie around text without changing it."""
        if name == "text:a" and not (attribute(element, "xlink:href") or "").startswith("#"):
            self._tally.count("link")
        elif name == "text:hidden-text":
            if _is_hidden(element):
                self._tally.count("hidden text")
                return
            into.write(attribute(element, "text:string-value") or "")
        elif name == "text:ruby-text":
            into.write(f"({words_in(element)})")
            return
        elif attribute(element, "text:display") == "none":  # a variable that is set without being shown
            return
        self._inline(element, into)

    def _note(self, element: _Element, into: Paragraph) -> None:
        """A note stands where its mark is; its text comes at the end, and may hold marks itself."""
        notes = self._context.notes
        notes.append(Wording())
        number_of_note, before = len(notes), into.words.length
        into.write(f"[{number_of_note}]")
        into.words.hang(Shape(PieceKind.NOTE_MARK, number_of_note), since=before)
        self._tally.count("endnote" if attribute(element, "text:note-class") == "endnote" else "footnote")
        lines = Lines()
        body = child(element, "text:note-body")
        if body is not None:
            self.blocks(body, lines)
        note = Wording(f"[{number_of_note}] ")
        note.add(lines.whole().stripped())
        note.hang(Shape(PieceKind.NOTE, number_of_note), since=0)
        notes[number_of_note - 1] = note

    def _comment_mark(self, element: _Element, name: str, words: Wording) -> None:
        """A comment stands where its passage begins. One in which nothing is written is none."""
        key = attribute(element, "office:name") or ""
        if name != _COMMENT:
            words.hang(CommentEnds(key))
            return
        comments = self._context.comments
        while not key or key in comments:  # without a name it has no passage, and must have a key nevertheless
            key += "'"
        lines = Lines()
        self.blocks(element, lines)
        text = lines.whole().text.strip()
        if text:
            author, written_at = child(element, "dc:creator"), child(element, "dc:date")
            comments[key] = MarginNote(text, _said(author), _said(written_at))
            words.hang(CommentBegins(key))

    # --- frames and drawings -------------------------------------------------------------------------------------

    def _graphic(self, element: _Element, name: str, into: Paragraph) -> None:
        if name == "draw:frame":
            self._frame(element, into)
        elif name in ("draw:g", "draw:a"):
            self._tally.count("link", int(name == "draw:a"))
            for one in element:
                if name_of(one) in _GRAPHICS:
                    self._graphic(one, name_of(one), into)
        elif name == "draw:control":
            self._tally.count("form field")
        else:
            self._box(element, into)

    def _frame(self, frame: _Element, into: Paragraph) -> None:
        """Of several forms of the same content the first one that is known here."""
        for element in frame:
            name = name_of(element)
            if name == "draw:text-box":
                self._box(element, into)
            elif name == "draw:image":
                hang_image(frame, element, self._context.holdings, into.words, self._tally)
            elif name == "draw:object":
                self._object(element, into)
            elif name in ("draw:object-ole", "draw:plugin", "draw:applet", "draw:floating-frame"):
                self._tally.count("embedded object")
            elif name == "table:table":
                self._box(frame, into)
            else:
                continue
            return

    def _object(self, element: _Element, into: Paragraph) -> None:
        inside = embedded(element, self._context.holdings)
        name = name_of(inside) if inside is not None else ""
        if inside is not None and name == "math:math":
            self._tally.count("equation")
            into.write(words_in(inside, without=_FORMULA_SOURCE))
        else:
            self._tally.count("chart" if name == "office:chart" else "embedded object")

    def _box(self, element: _Element, into: Paragraph) -> None:
        lines = Lines()
        self.blocks(element, lines)
        boxed = joined("\n", lines.end())
        if boxed.is_blank:
            into.words.add(boxed.cut(0, 0))  # perhaps a picture
            return
        self._tally.count("text box")
        boxed.hang(Shape(PieceKind.TEXT_BOX), since=0)
        into.boxes.append(boxed)

    # --- what is left out ----------------------------------------------------------------------------------------

    def _hide(self, element: _Element, into: Paragraph | None = None) -> None:
        if words_in(element, without=("text:note", _COMMENT)):
            self._tally.count("hidden text")
        self._leave_out(element, into or Paragraph())

    def _leave_out(self, element: _Element, into: Paragraph) -> None:
        """Comments on words that are left out are kept; notes on them are told."""
        for one in within(element, *_COMMENT_MARKS):
            self._comment_mark(one, name_of(one), into.words)
        left_out = sum(bool(words_in(one, without=("text:note-citation",))) for one in within(element, "text:note"))
        self._tally.count("note on left-out text", left_out)


def _add_boxes(paragraph: Paragraph, lines: Lines) -> None:
    for box in paragraph.boxes:
        lines.add(box)


def _is_hidden(element: _Element) -> bool:
    """Whether a section or a field is hidden: always, or by a condition that came out so when it was last looked at."""
    shown = attribute(element, "text:display")
    return shown == "none" or (shown in (None, "condition") and attribute(element, "text:is-hidden") == "true")


def _rows(table: _Element) -> list[_Element]:
    rows = []
    for element in table:
        name = name_of(element)
        if name == "table:table-row":
            rows.append(element)
        elif name in _ROWS_AROUND:
            rows += _rows(element)
    return rows


def _size(cell: Cell) -> int:
    return 1 + sum(line.length for line in cell)


def _copied(cell: Cell) -> Cell:
    """The words of a cell once more, without what hangs on them."""
    return [Wording(line.text) for line in cell]


def _said(element: _Element | None) -> str | None:
    return ((element.text or "").strip() or None) if element is not None else None
