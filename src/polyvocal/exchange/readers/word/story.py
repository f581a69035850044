"""Walks one story of a document (its body, a note) block by block and run by run."""

from dataclasses import dataclass, field
from typing import Final

from lxml.etree import _Element

from polyvocal.domain.structure import PieceKind
from polyvocal.exchange.readers.counting import Counting
from polyvocal.exchange.readers.labels import INDENT
from polyvocal.exchange.readers.lines import Lines
from polyvocal.exchange.readers.symbols import UNKNOWN, in_unicode, symbol
from polyvocal.exchange.readers.table_lines import Cell, add_table, cell_of
from polyvocal.exchange.readers.tally import Tally, deleted
from polyvocal.exchange.readers.word.names import attribute, child, is_on, name_of, number, within
from polyvocal.exchange.readers.word.pictures import Pictures
from polyvocal.exchange.readers.word.styles import Format, Styles
from polyvocal.exchange.readers.wording import CommentBegins, CommentEnds, Shape, Wording, joined

_XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"

_WRAPPERS = frozenset(
    {
        "w:sdt", "w:sdtContent", "w:customXml", "w:smartTag", "w:hyperlink", "w:fldSimple", "w:ins", "w:moveTo",
        "w:dir", "w:bdo",
    }
)  # fmt: skip
"""What lies around text without changing it."""
_REMOVED = {"w:del": "deletion", "w:moveFrom": "moved text"}
_UNDERSTOOD = frozenset({"wps", "wpg", "wpc", "w14", "w15", "w16se"})
"""The extensions whose contents are read here; for others the document's own fallback is taken."""
_CHARACTERS = {
    "w:tab": "\t",
    "w:ptab": "\t",
    "w:cr": "\n",
    "w:noBreakHyphen": "\u2011",
    # w:softHyphen is left out: it says where a word may be broken, and is no part of the word
}
_PICTURES = frozenset({"pic:pic", "v:imagedata"})
_OTHER_GRAPHICS = {"c:chart": "chart", "dgm:relIds": "diagram", "w:contentPart": "picture elsewhere"}
_COMMENT_MARKS = frozenset({"w:commentRangeStart", "w:commentRangeEnd", "w:commentReference"})


@dataclass(slots=True)
class Context:
    """What all stories of a document share. `marks` are the notes met so far: (footnote or endnote, its id)."""

    styles: Styles
    numbering: Counting
    tally: Tally
    pictures: Pictures
    marks: list[tuple[str, str | None]] = field(default_factory=list)

    def mark(self, kind: str, identity: str | None) -> int:
        """The number of a note: one for all its marks."""
        note = (kind, identity)
        if note not in self.marks:
            self.marks.append(note)
        return self.marks.index(note) + 1


@dataclass(slots=True)
class _Paragraph:
    """A paragraph as it is read: its words, and the text boxes that hang on it."""

    words: Wording = field(default_factory=Wording)
    boxes: list[_Element] = field(default_factory=list)


class Story:
    """Reads the blocks of one story in order. A field (w:fldChar) may begin in one paragraph and end in another."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._tally = context.tally
        self._fields: list[str] = []

    # --- blocks --------------------------------------------------------------------------------------------------

    def blocks(self, parent: _Element, lines: Lines) -> None:
        """Read the paragraphs and tables within an element into lines."""
        for element in parent:
            name = name_of(element)
            if name == "w:p":
                self._paragraph(element, lines)
            elif name == "w:tbl":
                self._table(element, lines)
            elif name in _WRAPPERS:
                self._count_insertion(element, name)
                self.blocks(element, lines)
            elif name in _REMOVED:
                self._count_removed(element, name)
            elif name in _COMMENT_MARKS:
                between = Wording()
                _hang_comment(element, name, between)
                lines.run_on(between)
            elif name == "mc:AlternateContent":
                self.blocks(_branch(element), lines)
            elif name in ("w:altChunk", "w:subDoc"):
                self._tally.count("linked document")

    def _paragraph(self, element: _Element, lines: Lines) -> None:
        paragraph = _Paragraph()
        self._inline(element, paragraph)
        words, properties = paragraph.words, child(element, "w:pPr")
        if _runs_on(properties):
            lines.run_on(words)
        else:
            form = self._context.styles.format_of(properties)
            level = form.level or 0
            label = self._context.numbering.label(form.list_id, level) if form.list_id else None
            shown = f"{label} " if label and not words.is_blank else ""
            if form.is_heading and not words.is_blank:
                self._tally.count("heading")
                lines.add(words, label=shown, shape=Shape(PieceKind.HEADING, (form.outline or 0) + 1))
            elif words.length or words.hung or not paragraph.boxes:
                lines.add(words, label=INDENT * level + shown if shown else "", shape=self._shape(form, shown, words))
        for box in paragraph.boxes:
            self._tally.count("text box")
            inside = Lines()
            Story(self._context).blocks(box, inside)
            boxed = joined("\n", inside.end())
            boxed.hang(Shape(PieceKind.TEXT_BOX), since=0)
            lines.add(boxed)

    def _shape(self, form: Format, label: str, words: Wording) -> Shape | None:
        if label:
            self._tally.count("list item")
            return Shape(PieceKind.LIST_ITEM, (form.level or 0) + 1)
        if form.is_quote and not words.is_blank:
            self._tally.count("quote")
            return Shape(PieceKind.QUOTE)
        return None

    # --- tables --------------------------------------------------------------------------------------------------

    def _table(self, table: _Element, lines: Lines) -> None:
        rows: list[list[Cell]] = []
        for row in _unwrapped(table, "w:tr"):
            if child(row, "w:trPr", "w:del") is not None:
                self._count_removed(row, "w:del")
                continue
            rows.append([self._cell(cell) for cell in _unwrapped(row, "w:tc") if not _is_merged_away(cell)])
        add_table(rows, lines, self._tally)

    def _cell(self, cell: _Element) -> Cell:
        if _continues_the_cell_above(cell):
            return []
        if child(cell, "w:tcPr", "w:cellDel") is not None:
            self._count_removed(cell, "w:del")
            return []
        lines = Lines()
        self.blocks(cell, lines)
        return cell_of(lines)

    # --- within a paragraph --------------------------------------------------------------------------------------

    def _inline(self, parent: _Element, into: _Paragraph) -> None:
        for element in parent:
            name = name_of(element)
            if name == "w:r":
                self._run(element, into)
            elif name in _WRAPPERS:
                self._count_insertion(element, name)
                if name == "w:hyperlink" and attribute(element, "r:id") is not None:
                    self._tally.count("link")
                self._inline(element, into)
            elif name in _REMOVED:
                self._count_removed(element, name)
                for mark in within(element, *_COMMENT_MARKS):
                    _hang_comment(mark, name_of(mark), into.words)
            elif name in _COMMENT_MARKS:
                _hang_comment(element, name, into.words)
            elif name == "mc:AlternateContent":
                self._inline(_branch(element), into)
            elif name in ("m:oMath", "m:oMathPara"):
                self._tally.count("equation")
                into.words.add("".join(one.text or "" for one in within(element, "m:t")))
            elif name == "w:subDoc":
                self._tally.count("linked document")

    def _run(self, run: _Element, into: _Paragraph) -> None:
        properties = child(run, "w:rPr")
        if is_on(child(properties, "w:vanish")):
            if any((one.text or "").strip() for one in within(run, "w:t")):
                self._tally.count("hidden text")
            return
        fonts = child(properties, "w:rFonts")
        font = (attribute(fonts, "w:ascii") or attribute(fonts, "w:hAnsi") or "") if fonts is not None else ""
        before = into.words.length
        self._contents(run, into, font)
        for kind in self._context.styles.emphasis_of(properties):
            into.words.hang(Shape(kind), since=before)

    def _contents(self, parent: _Element, into: _Paragraph, font: str) -> None:
        for element in parent:
            name = name_of(element)
            if name == "w:fldChar":
                self._field(element, into)
            elif len(self._fields) > 1 and "code" in self._fields[:-1]:
                continue  # the result of a field that is only used in the code of another
            elif name == "w:t":
                into.words.add(in_unicode(_text_of(element), font))
            elif name in _CHARACTERS:
                into.words.add(_CHARACTERS[name])
            elif name == "w:br":
                if attribute(element, "w:type") in (None, "textWrapping") or into.words.length:
                    into.words.add("\n")
            elif name in ("w:sym", "w16se:symEx"):
                into.words.add(self._symbol(element, name))
            elif name in ("w:footnoteReference", "w:endnoteReference"):
                kind = name[2:].removesuffix("Reference")
                self._mark(kind, element, into.words)
            elif name in _COMMENT_MARKS:
                _hang_comment(element, name, into.words)
            elif name == "mc:AlternateContent":
                self._contents(_branch(element), into, font)
            else:
                self._graphic_or_ruby(element, name, into)

    def _graphic_or_ruby(self, element: _Element, name: str, into: _Paragraph) -> None:
        if name in ("w:drawing", "w:pict", "w:object"):
            self._graphic(element, into)
        elif name == "w:ruby":
            self._ruby(element, into)

    def _mark(self, kind: str, element: _Element, words: Wording) -> None:
        """The mark of a note."""
        number_of_note, before = self._context.mark(kind, attribute(element, "w:id")), words.length
        words.add(f"[{number_of_note}]")
        words.hang(Shape(PieceKind.NOTE_MARK, number_of_note), since=before)

    def _field(self, element: _Element, into: _Paragraph) -> None:
        """A field has a code, which is not shown, and a result, which is what was last computed of it."""
        kind = attribute(element, "w:fldCharType")
        if kind == "begin":
            self._fields.append("code")
            into.words.add(_form_field(child(element, "w:ffData")))
        elif kind == "separate" and self._fields:
            self._fields[-1] = "result"
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _symbol(self, element: _Element, name: str) -> str:
        prefix = name.partition(":")[0]
        try:
            code = int(attribute(element, f"{prefix}:char") or "", 16)
        except ValueError:
            code = 0
        shown = symbol(code, attribute(element, f"{prefix}:font") or "")
        self._tally.count("symbol", int(shown == UNKNOWN))
        return shown

    def _ruby(self, element: _Element, into: _Paragraph) -> None:
        """Characters with their reading above them: 漢字(かんじ)."""
        reading, base = child(element, "w:rt"), child(element, "w:rubyBase")
        if base is not None:
            self._inline(base, into)
        if reading is not None:
            into.words.add("(")
            self._inline(reading, into)
            into.words.add(")")

    def _graphic(self, parent: _Element, into: _Paragraph) -> None:
        if name_of(parent) == "w:object":
            self._tally.count("embedded object")
            return
        for element in parent:
            name = name_of(element)
            if name == "w:txbxContent":
                into.boxes.append(element)
            elif name in _PICTURES:
                self._context.pictures.hang(element, into.words)
            elif name in _OTHER_GRAPHICS:
                self._tally.count(_OTHER_GRAPHICS[name])
            elif name == "mc:AlternateContent":
                self._graphic(_branch(element), into)
            elif name == "v:textpath":
                into.words.add(element.get("string", ""))
            else:
                self._graphic(element, into)

    # --- telling -------------------------------------------------------------------------------------------------

    def _count_removed(self, element: _Element, name: str) -> None:
        words = "".join(one.text or "" for one in within(element, "w:delText", "w:t"))
        if words:
            self._tally.count(_REMOVED[name], detail=_deleted(element, words) if name == "w:del" else None)

    def _count_insertion(self, element: _Element, name: str) -> None:
        if name == "w:ins" and any((one.text or "") for one in within(element, "w:t")):
            self._tally.count("insertion")


def _hang_comment(element: _Element, name: str, words: Wording) -> None:
    key = attribute(element, "w:id") or ""
    words.hang(CommentBegins(key) if name == "w:commentRangeStart" else CommentEnds(key))


def _deleted(element: _Element, words: str) -> str:
    change = next((one for one in element.iter() if attribute(one, "w:author")), element)
    return deleted(words, attribute(change, "w:author"), attribute(change, "w:date"))


def _runs_on(properties: _Element | None) -> bool:
    """Whether a paragraph's end was deleted, or it is a drop cap: then the next one goes on where it ends."""
    mark = child(properties, "w:rPr")
    frame = child(properties, "w:framePr")
    return (
        child(mark, "w:del") is not None
        or child(mark, "w:moveFrom") is not None
        or (frame is not None and attribute(frame, "w:dropCap") in ("drop", "margin"))
    )


def _branch(alternatives: _Element) -> _Element:
    """Of several forms of the same content the one that is understood; the others are not read, or it came twice."""
    fallback = None
    for element in alternatives:
        name = name_of(element)
        if name == "mc:Choice" and _UNDERSTOOD.issuperset(element.get("Requires", "").split()):
            return element
        if name == "mc:Fallback":
            fallback = element
    return fallback if fallback is not None else next(iter(alternatives), alternatives)


def _unwrapped(parent: _Element, wanted: str) -> list[_Element]:
    """Rows of a table or cells of a row, also those in content controls and the like."""
    found = []
    for element in parent:
        name = name_of(element)
        if name == wanted:
            found.append(element)
        elif name in _WRAPPERS:
            found += _unwrapped(element, wanted)
    return found


def _is_merged_away(cell: _Element) -> bool:
    merged = child(cell, "w:tcPr", "w:hMerge")
    return merged is not None and attribute(merged, "w:val") != "restart"


def _continues_the_cell_above(cell: _Element) -> bool:
    merged = child(cell, "w:tcPr", "w:vMerge")
    return merged is not None and attribute(merged, "w:val") != "restart"


def _text_of(element: _Element) -> str:
    """As Word does: white space at the ends counts only where it says so, and a line end in the XML is a space."""
    text = (element.text or "").replace("\r", " ").replace("\n", " ")
    return text if element.get(_XML_SPACE) == "preserve" else text.strip(" \t")


def _form_field(data: _Element | None) -> str:
    """What an old form field shows of itself: a ticked box, the chosen line of a list."""
    box = child(data, "w:checkBox")
    if box is not None:
        state = child(box, "w:checked")
        return "☒" if is_on(state if state is not None else child(box, "w:default")) else "☐"
    lines = child(data, "w:ddList")
    if lines is None:
        return ""
    entries = [attribute(one, "w:val") or "" for one in lines if name_of(one) == "w:listEntry"]
    chosen = number(child(lines, "w:result")) or number(child(lines, "w:default")) or 0
    return entries[chosen] if 0 <= chosen < len(entries) else ""
