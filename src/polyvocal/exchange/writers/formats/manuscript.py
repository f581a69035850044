"""A Word document as the writers see it: styled paragraphs, tables, headings and a table of contents.

Elements are made directly (ECMA-376 part 1, 17), since python-docx looks up styles and places anew for each
paragraph, which a long report would feel.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm

from polyvocal.exchange.writers.formats.characters import legal, one_line, reads_right_to_left, shortened
from polyvocal.exchange.writers.formats.styles import (
    FAINT,
    QUOTE_INDENT,
    RULE,
    STYLES,
    Style,
    defaults_xml,
    style_xml,
)

if TYPE_CHECKING:
    from docx.section import _Footer, _Header

CONTENTS_LEVELS = 3
_NAMESPACES = nsdecls("w")
_OURS = frozenset({"Label", "Faint"})
_AT_FIXED_SIDES = frozenset({"Cell", "CellNumber", "QuoteSource"})
"""What is set like its surroundings, whatever its script."""


class Run(NamedTuple):
    """A stretch of text in one character style. A tab is a tab, a line end a line break.

    A run in "Label" or "Faint" is the program's own words and has no say in a paragraph's direction. `fill` is the
    colour of the ground (rrggbb), in a thin frame so that also white is seen.
    """

    text: str
    style: str | None = None
    fill: str | None = None


class Column(NamedTuple):
    """A column of a table: its width in twentieths of a point; one without a heading is a gap between two tables."""

    heading: str
    width: int
    number: bool = False


class Manuscript:
    """A Word document that grows from top to bottom. `made_at` must know its offset."""

    def __init__(self, *, title: str, made_at: datetime, landscape: bool = False) -> None:
        self._document = Document()
        self._body = self._document.element.body
        self._end = self._body.sectPr
        self._bookmarks = 0
        self._page_starts = False
        self._dress()
        self._set_page(landscape=landscape)
        self._head_and_foot(one_line(title))
        properties = self._document.core_properties
        # the format allows 255 characters
        properties.title = shortened(one_line(title), 250)
        properties.author = properties.last_modified_by = "Polyvocal"
        properties.comments = ""
        properties.created = properties.modified = made_at.astimezone(UTC).replace(tzinfo=None)

    def save(self, file: BinaryIO) -> None:
        """Write the document as .docx."""
        self._document.save(file)

    def dress(self, styles: Iterable[Style]) -> None:
        """Bring styles that this document has besides those of all."""
        self._document.styles.element.extend(parse_xml(style_xml(one, _NAMESPACES)) for one in styles)

    def leave_margins_empty(self) -> None:
        """Take away the header and the footer: what one fills in and sends back needs none."""
        section = self._document.sections[0]
        section.header.is_linked_to_previous = section.footer.is_linked_to_previous = True

    def put(self, block: BaseOxmlElement) -> None:
        """Add a paragraph or a table that was made elsewhere."""
        self._add(block)

    def paragraph(self, style: str, *runs: Run | str, beside: str = "", keep_with_next: bool = False) -> None:
        """Add a paragraph; its direction is that of its words, its side that on which the text `beside` begins."""
        paragraph = _paragraph(style, runs, keep_with_next=keep_with_next)
        if reads_right_to_left(beside):
            paragraph[0].append(_element("w:jc", {"w:val": "right"}))
        self._add(paragraph)

    def quote(self, text: str, attribution: str, *, heading: str = "") -> None:
        """Add a quote, and below it, on the side where it begins, where it is from; first the heading, in bold."""
        self.text("Quote", text)
        runs = (Run(f"{heading}\n", "Strong"),) if heading else ()
        below = _paragraph("QuoteSource", (*runs, Run(attribution, "Faint")))
        if reads_right_to_left(text):
            below[0].append(_element("w:ind", {"w:left": "284", "w:right": str(QUOTE_INDENT)}))
            below[0].append(_element("w:jc", {"w:val": "right"}))
        self._add(below)

    def text(self, style: str, text: str, *, label: str = "", following: str | None = None) -> None:
        """Add a text of several lines, one paragraph a line, empty ones left out.

        The first line may have a label and a tab before it; the others take the style `following`.
        """
        lines = [line.strip() for line in legal(text).split("\n") if line.strip()]
        for number, line in enumerate(lines):
            runs = (Run(f"{label}\t", "Label"), Run(line)) if label and number == 0 else (Run(line),)
            self.paragraph(style if number == 0 else following or style, *runs)

    def heading(self, level: int, text: str) -> str:
        """Add a heading of a level from 1 to 9; answer its bookmark."""
        self._bookmarks += 1
        bookmark = f"_Toc{self._bookmarks:08}"
        heading = _paragraph(f"Heading{level}", (one_line(text),))
        number = {"w:id": str(self._bookmarks)}
        heading.insert(1, _element("w:bookmarkStart", {**number, "w:name": bookmark}))
        heading.append(_element("w:bookmarkEnd", number))
        self._add(heading)
        return bookmark

    def start_page(self) -> None:
        """Let what is added next begin a new page."""
        self._page_starts = True

    def contents_here(self) -> BaseOxmlElement:
        """Add the heading of a table of contents, to be filled in once the document's headings are known."""
        heading = _paragraph("TOCHeading", ("Contents",))
        self._add(heading)
        return heading

    def contents(self, place: BaseOxmlElement, entries: Iterable[tuple[int, str, str]]) -> None:
        """Put a table of contents below its heading: a field that Word fills anew when it opens the document.

        Until then, and in programs that do not fill fields, it shows the `entries` (level, text, bookmark) as links,
        without page numbers, which nobody knows yet. Without entries its heading goes too.
        """
        shown = [entry for entry in entries if entry[0] <= CONTENTS_LEVELS]
        if not shown:
            self._body.remove(place)
            return
        lines = []
        for number, (level, text, bookmark) in enumerate(shown):
            line = _paragraph(f"TOC{level}", ())
            if number == 0:
                line.extend(_field_start(f' TOC \\o "1-{CONTENTS_LEVELS}" \\h \\z \\u ', dirty=True))
            name = _run(Run(shortened(one_line(text), 150)))
            link = _element("w:hyperlink", {"w:anchor": bookmark, "w:history": "1"}, name)
            line.append(link)
            if number == len(shown) - 1:
                line.append(_mark("end"))
            lines.append(line)
        for line in reversed(lines):
            place.addnext(line)
        (compatibility,) = self._document.settings.element.findall(qn("w:compat"))
        compatibility.addprevious(_element("w:updateFields", {"w:val": "true"}))

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[Run | str]], *, indent: int = 0) -> None:
        """Add a table whose rows never break across pages and whose head is repeated.

        A short one stays on one page, with what stands before it.
        """
        together = len(rows) <= 14
        table = _element("w:tbl", {}, _table_properties(columns, indent), _element("w:tblGrid", {}))
        table[1].extend(_element("w:gridCol", {"w:w": str(column.width)}) for column in columns)
        heads = [Run(column.heading, "Label") for column in columns]
        table.append(_row(columns, heads, keep=True, rule="12", head=True))
        for number, row in enumerate(rows):
            last = number == len(rows) - 1
            keep = not last and (together or number == 0 or number >= len(rows) - 3)
            table.append(_row(columns, row, keep=keep, rule="4"))
        self._keep_last_with_next()
        self._add(table)
        self.paragraph("AfterTable")

    def _add(self, element: BaseOxmlElement) -> None:
        if self._page_starts:
            kept = element[0].find(qn("w:keepNext"))
            (element[0][0] if kept is None else kept).addnext(_element("w:pageBreakBefore", {}))
            self._page_starts = False
        self._end.addprevious(element)

    def _keep_last_with_next(self) -> None:
        """Let the last paragraph stay on the page of what follows."""
        last = self._end.getprevious()
        if last is not None and last.tag == qn("w:p") and last[0].find(qn("w:keepNext")) is None:
            last[0][0].addnext(_element("w:keepNext", {}))

    def _dress(self) -> None:
        """Put our styles in the place of the template's, and leave out what it brings along."""
        styles = self._document.styles.element
        for old in [*styles.findall(qn("w:style")), *styles.findall(qn("w:docDefaults"))]:
            styles.remove(old)
        styles.insert(0, parse_xml(defaults_xml(_NAMESPACES)))
        styles.extend(parse_xml(style_xml(style, _NAMESPACES)) for style in STYLES)
        package = self._document.part.package
        for holder in (package.rels, self._document.part.rels):
            for key, relation in list(holder.items()):
                if relation.reltype.endswith(("/thumbnail", "/stylesWithEffects", "/customXml")):
                    del holder[key]
        settings = self._document.settings.element
        for mode in settings.iter(qn("w:compatSetting")):
            if mode.get(qn("w:name")) == "compatibilityMode":
                mode.set(qn("w:val"), "15")
        for unwanted in ("w:proofState", "w:savePreviewPicture"):
            for found in settings.findall(qn(unwanted)):
                settings.remove(found)

    def _set_page(self, *, landscape: bool) -> None:
        section = self._document.sections[0]
        width, height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = width, height
        section.left_margin = section.right_margin = Mm(25)
        section.top_margin, section.bottom_margin = Mm(25), Mm(22)
        section.header_distance = section.footer_distance = Mm(12)
        section.different_first_page_header_footer = True

    def _head_and_foot(self, title: str) -> None:
        section = self._document.sections[0]
        header, footer = section.header, section.footer
        header.is_linked_to_previous = footer.is_linked_to_previous = False
        _fill(header, _paragraph("Header", (shortened(title, 100),)))
        number = _paragraph("Footer", ())
        number.extend(_field(" PAGE ", shown="1"))
        number.append(_run(Run(" / ")))
        number.extend(_field(" NUMPAGES ", shown="1"))
        _fill(footer, number)


# --- elements ----------------------------------------------------------------------------------------------------


def _element(tag: str, attributes: dict[str, str], *children: BaseOxmlElement) -> BaseOxmlElement:
    element = cast(BaseOxmlElement, OxmlElement(tag, {qn(name): value for name, value in attributes.items()}))
    element.extend(children)
    return element


def _fill(part: "_Header | _Footer", paragraph: BaseOxmlElement) -> None:
    """Put one paragraph in the place of the empty one that a new header or footer has."""
    (empty,) = (old._p for old in part.paragraphs)  # noqa: SLF001 - there is no other way to its element
    empty.addprevious(paragraph)
    empty.getparent().remove(empty)


def _paragraph(style: str, runs: Sequence[Run | str], *, keep_with_next: bool = False) -> BaseOxmlElement:
    told = [run if isinstance(run, Run) else Run(run) for run in runs]
    turned = style not in _AT_FIXED_SIDES and reads_right_to_left(
        "".join(run.text for run in told if run.style not in _OURS)
    )
    properties = _element("w:pPr", {}, _element("w:pStyle", {"w:val": style}))
    if keep_with_next:
        properties.append(_element("w:keepNext", {}))
    if turned:
        if style == "Quote":
            # borders, other than indents, are not mirrored with the direction
            properties.append(_element("w:pBdr", {}, _bar("w:left", "nil"), _bar("w:right", "single")))
        properties.append(_element("w:bidi", {}))
    paragraph = _element("w:p", {}, properties)
    paragraph.extend(_run(run) for run in told)
    return paragraph


def _bar(side: str, kind: str) -> BaseOxmlElement:
    return _element(side, {"w:val": kind, "w:sz": "12", "w:space": "9", "w:color": RULE})


def _run(run: Run) -> BaseOxmlElement:
    element = _element("w:r", {})
    marks = [_element("w:rStyle", {"w:val": run.style})] if run.style else []
    if run.fill:
        frame = {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": FAINT}
        marks.append(_element("w:bdr", frame))
        marks.append(_element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": run.fill}))
    if reads_right_to_left(run.text):
        marks.append(_element("w:rtl", {}))
    if marks:
        element.append(_element("w:rPr", {}, *marks))
    for number, line in enumerate(legal(run.text).split("\n")):
        if number:
            element.append(_element("w:br", {}))
        for place, part in enumerate(line.split("\t")):
            if place:
                element.append(_element("w:tab", {}))
            if part:
                text = _element("w:t", {})
                text.text = part
                text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                element.append(text)
    return element


def _mark(kind: str, attributes: dict[str, str] | None = None) -> BaseOxmlElement:
    return _element("w:r", {}, _element("w:fldChar", {"w:fldCharType": kind, **(attributes or {})}))


def _field_start(instruction: str, *, dirty: bool = False) -> list[BaseOxmlElement]:
    order = _element("w:instrText", {})
    order.text = instruction
    order.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    begin = _mark("begin", {"w:dirty": "true"} if dirty else {})
    return [begin, _element("w:r", {}, order), _mark("separate")]


def _field(instruction: str, *, shown: str = "") -> list[BaseOxmlElement]:
    return [*_field_start(instruction), _run(Run(shown)), _mark("end")]


def _table_properties(columns: Sequence[Column], indent: int) -> BaseOxmlElement:
    return _element(
        "w:tblPr",
        {},
        _element("w:tblW", {"w:w": str(sum(column.width for column in columns)), "w:type": "dxa"}),
        _element("w:tblInd", {"w:w": str(indent), "w:type": "dxa"}),
        _element("w:tblLayout", {"w:type": "fixed"}),
    )


def _row(
    columns: Sequence[Column], cells: Sequence[Run | str], *, keep: bool, rule: str, head: bool = False
) -> BaseOxmlElement:
    properties = _element("w:trPr", {}, _element("w:cantSplit", {}))
    if head:
        properties.append(_element("w:tblHeader", {}))
    row = _element("w:tr", {}, properties)
    for column, cell in zip(columns, cells, strict=True):
        look = _element("w:tcPr", {}, _element("w:tcW", {"w:w": str(column.width), "w:type": "dxa"}))
        if column.heading and (cell.text if isinstance(cell, Run) else cell):
            line = _element("w:bottom", {"w:val": "single", "w:sz": rule, "w:space": "0", "w:color": RULE})
            look.append(_element("w:tcBorders", {}, line))
        style = "CellNumber" if column.number else "Cell"
        row.append(_element("w:tc", {}, look, _paragraph(style, (cell,), keep_with_next=keep)))
    return row
