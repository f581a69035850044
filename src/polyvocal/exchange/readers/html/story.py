"""Walks a page element by element, as a browser does that runs no programs and fetches nothing."""

import html
from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from lxml.etree import _Element

from polyvocal.domain.structure import PieceKind
from polyvocal.exchange.readers.allowance import Allowance
from polyvocal.exchange.readers.html import names
from polyvocal.exchange.readers.html.flow import Flow, Manner
from polyvocal.exchange.readers.html.lists import Counter
from polyvocal.exchange.readers.html.names import declarations, name_of
from polyvocal.exchange.readers.html.tables import Grid, rows_of
from polyvocal.exchange.readers.lines import Lines
from polyvocal.exchange.readers.pictures import hang_picture
from polyvocal.exchange.readers.table_lines import Cell, add_table, cell_of
from polyvocal.exchange.readers.tally import Tally, deleted

PictureAt: TypeAlias = Callable[[str], bytes | None]
"""Gives the bytes of a picture by its address; None where it is not in the file."""

_AS_BLOCK = frozenset({"block", "list-item", "table", "flex", "grid", "flow-root"})
_QUOTES = ("“", "”"), ("‘", "’")
_BOLD_FROM = 600


class Story:
    """Reads pages into lines."""

    def __init__(self, lines: Lines, tally: Tally, allowance: Allowance, picture_at: PictureAt) -> None:
        self._flow = Flow(lines, tally)
        self._tally, self._allowance, self._picture_at = tally, allowance, picture_at
        self._quotes = 0

    def read(self, root: _Element) -> None:
        """Read a page from its outermost element on."""
        self._element(root)
        self._flow.end_paragraph()

    def _children(self, parent: _Element) -> None:
        self._flow.read(parent.text)
        for element in parent:
            self._element(element)
            self._flow.read(element.tail)

    def _element(self, element: _Element) -> None:
        name = name_of(element)
        if name in names.LEFT_OUT:
            return
        if not name:  # an entity that the XML of a book does not explain
            self._flow.read(html.unescape(element.text or ""))
            return
        style, flow = declarations(element), self._flow
        if _is_hidden(element, style):
            self._tally.count("hidden text", int(_has_words(element)))
            return
        if _is_page_edge(element, name):
            self._tally.count("header or footer", int(_has_words(element)))
            return
        around = flow.manner
        if name in names.BLOCKS or style.get("display") in _AS_BLOCK:
            flow.end_paragraph()
            flow.manner = _manner(around, name, style)
            self._block(element, name)
            flow.end_paragraph()
        else:
            flow.manner = _manner(around, name, style)
            self._inline(element, name)
        flow.manner = around

    # --- blocks --------------------------------------------------------------------------------------------------

    def _block(self, element: _Element, name: str) -> None:
        if name in names.LISTS:
            self._list(element)
        elif name == "table":
            self._table(element)
        elif name == "hr":
            self._flow.lines.add("")
        else:
            self._children(element)

    def _list(self, element: _Element) -> None:
        flow = self._flow
        flow.manner = replace(flow.manner, depth=flow.manner.depth + 1)
        counter = Counter(element)
        flow.read(element.text)
        for item in element:
            if name_of(item) == "li":
                flow.end_paragraph()
                flow.label = counter.label(item)
                self._element(item)
                flow.label = None
            else:
                self._element(item)
            flow.read(item.tail)

    def _table(self, table: _Element) -> None:
        """A table; what stands in it without being in a cell comes before it."""
        rows, others = rows_of(table)
        for other in others:
            if isinstance(other, str):
                self._flow.read(other)
            else:
                self._element(other)
        self._flow.end_paragraph()
        grid = Grid(self._allowance)
        read = [grid.row([(cell, self._cell(cell)) for cell in row]) for row in self._shown(rows)]
        add_table(read, self._flow.lines, self._tally)

    def _shown(self, rows: list[_Element]) -> list[list[_Element]]:
        """The cells of the rows that are not hidden."""
        shown = []
        for row in rows:
            if _is_hidden(row, declarations(row)):
                self._tally.count("hidden text", int(_has_words(row)))
            else:
                shown.append([one for one in row if name_of(one) in ("td", "th")] if name_of(row) == "tr" else [row])
        return shown

    def _cell(self, cell: _Element) -> Cell:
        outer = self._flow
        self._flow = Flow(Lines(), self._tally, Manner(emphasis=outer.manner.emphasis))
        self._element(cell)
        inside, self._flow = self._flow.lines, outer
        return cell_of(inside)

    # --- within a paragraph --------------------------------------------------------------------------------------

    def _inline(self, element: _Element, name: str) -> None:
        if name == "br":
            self._flow.break_line()
        elif name in ("img", "image"):
            self._picture(element)
        elif name == "q":
            self._quotation(element)
        elif name in ("ins", "del"):
            self._change(element, name)
        elif name == "rt":
            self._reading(element)
        elif name == "svg":
            self._drawing(element)
        elif name == "math":
            self._tally.count("equation")
            self._flow.read(_formula(element))
        elif name in names.FORM_FIELDS:
            self._tally.count("form field", int(element.get("type", "").lower() != "hidden"))
        elif name in names.EMBEDDED:
            self._tally.count("embedded object")
        else:
            if name == "a" and element.get("href") and not element.get("href", "").startswith("#"):
                self._tally.count("link")
            self._children(element)

    def _picture(self, element: _Element) -> None:
        address = element.get("src") or element.get("href") or element.get("{http://www.w3.org/1999/xlink}href") or ""
        address = address or element.get("xlink:href", "")
        hang_picture(
            self._picture_at(address),
            self._flow.words,
            self._tally,
            name=_last_of(address),
            description=(element.get("alt") or "").strip() or None,
        )

    def _quotation(self, element: _Element) -> None:
        opening, closing = _QUOTES[self._quotes % 2]
        self._quotes += 1
        self._flow.write(opening)
        self._children(element)
        self._flow.write(closing)
        self._quotes -= 1

    def _change(self, element: _Element, name: str) -> None:
        """A change that says when or why it was made is a tracked one; other deletions are words struck out."""
        when = element.get("datetime")
        is_tracked = when is not None or element.get("cite") is not None
        if name == "del" and is_tracked:
            words = " ".join("".join(str(one) for one in element.itertext()).split())
            if words:
                self._tally.count("deletion", detail=deleted(words, None, when))
            return
        self._tally.count("insertion", int(name == "ins" and is_tracked))
        self._children(element)

    def _reading(self, element: _Element) -> None:
        """How characters are read, in brackets behind them; many pages bring the brackets themselves."""
        around = element.getparent()
        has_brackets = around is not None and any(name_of(one) == "rp" for one in around)
        if not has_brackets:
            self._flow.write("(")
        self._children(element)
        if not has_brackets:
            self._flow.write(")")

    def _drawing(self, element: _Element) -> None:
        pictures = [one for one in element.iter() if name_of(one) == "image"]
        for picture in pictures:
            self._picture(picture)
        self._tally.count("diagram", int(not pictures))


def _manner(around: Manner, name: str, style: dict[str, str]) -> Manner:
    """How words within an element stand, by how those around it do."""
    changed = around
    if name in names.KEEPING_SPACES or style.get("white-space", "").startswith(("pre", "break-spaces")):
        changed = replace(changed, keeps_spaces=style.get("white-space") != "pre-line")
    if len(name) == 2 and name[0] == "h" and name[1] in "123456":
        changed = replace(changed, heading=int(name[1]))
    elif name == "blockquote":
        changed = replace(changed, is_quote=True)
    emphasis = _emphasis(around.emphasis, name, style)
    return replace(changed, emphasis=emphasis) if emphasis != around.emphasis else changed


def _emphasis(around: frozenset[PieceKind], name: str, style: dict[str, str]) -> frozenset[PieceKind]:
    weight, slant = style.get("font-weight"), style.get("font-style")
    strong = name in names.STRONG or PieceKind.STRONG in around
    emphasised = name in names.EMPHASIS or PieceKind.EMPHASIS in around
    if weight is not None:
        strong = weight in ("bold", "bolder") or (weight.isdecimal() and int(weight[:4]) >= _BOLD_FROM)
    if slant is not None:
        emphasised = slant.startswith(("italic", "oblique"))
    kinds = ((PieceKind.STRONG, strong), (PieceKind.EMPHASIS, emphasised))
    return frozenset(kind for kind, is_so in kinds if is_so)


def _is_hidden(element: _Element, style: dict[str, str]) -> bool:
    return (
        element.get("hidden") is not None
        or style.get("display") == "none"
        or style.get("visibility") in ("hidden", "collapse")
        or style.get("mso-hide") == "all"
    )


def _is_page_edge(element: _Element, name: str) -> bool:
    """Whether this is the header or footer of every page, as LibreOffice and OpenOffice write them into a page."""
    around = element.getparent()
    return (
        name == "div"
        and element.get("title") in ("header", "footer")
        and around is not None
        and name_of(around) == "body"
    )


def _has_words(element: _Element) -> bool:
    return any(
        (one.text or "").strip() or (one is not element and (one.tail or "").strip())
        for one in element.iter()
        if name_of(one) not in names.LEFT_OUT
    )


def _formula(element: _Element) -> str:
    """The characters of a formula, without its source in another language."""
    return "".join(one.text or "" for one in element.iter() if not name_of(one).startswith("annotation"))


def _last_of(address: str) -> str | None:
    """The name of a picture by its address, if that has one."""
    return None if ":" in address else address.rpartition("/")[2] or None
