"""Texts in columns side by side in a Word document, every line numbered, with room for a pencil.

Word numbers no lines in a table, and breaks lines as its fonts have it. So lines are broken here, at a width that a
column holds in any font, and numbered one by one: line B12 is the same for everybody at the table.
"""

from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

from polyvocal.exchange.writers.formats.characters import columns_of, folded, legal, one_line, reads_right_to_left
from polyvocal.exchange.writers.formats.styles import FAINT, INK, RULE, WIDE_TEXT_WIDTH, Style

_NOTES = 2000
_CHARACTER = 100
"""The width of a character of running text, broadly reckoned, in twentieths of a point."""
_NARROW, _WIDE = frozenset(" ijlftrI.,:;'’‘!|()[]-/\\"), frozenset("mwMW@%—…")
_NUMBER, _MARGINS = 460, 200
_LONGEST = 80
_RULED_LINES, _RULED_HEIGHT = 6, 480


def _look(half_points: int, colour: str = INK, more: str = "") -> str:
    return f'{more}<w:color w:val="{colour}"/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _spacing(before: int, after: int, line: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


_HANGING = (
    f'<w:tabs><w:tab w:val="left" w:pos="{_NUMBER}"/></w:tabs>{{}}<w:ind w:left="{_NUMBER}" w:hanging="{_NUMBER}"/>'
)
_BOLD = "<w:b/><w:bCs/>"
# (none is kept with the next: LibreOffice would keep a whole table with what follows it, and leave a page empty)
STYLES = (
    Style("SheetHead", "Sheet Head", _spacing(40, 0, 240), _look(21, more=_BOLD)),
    Style("SheetFrom", "Sheet From", _spacing(20, 60, 240), _look(16, FAINT)),
    Style("SheetLine", "Sheet Line", _HANGING.format(_spacing(0, 0, 372)), _look(19)),
    Style("SheetFirst", "Sheet First Line", _HANGING.format(_spacing(100, 0, 372)), _look(19), based_on="SheetLine"),
)
"""What a sheet needs besides the styles of all documents."""


class SheetPart(NamedTuple):
    """A text, and where it is from."""

    origin: str
    text: str


class SheetColumn(NamedTuple):
    """A column: who wrote it, from where, and the texts. `letter` goes before the numbers of its lines."""

    letter: str
    head: str
    below: str
    parts: tuple[SheetPart, ...]


def sheet_table(columns: Sequence[SheetColumn]) -> BaseOxmlElement:
    """The columns with their lines, and an empty one for notes; it breaks across pages, and its head is repeated."""
    width = (WIDE_TEXT_WIDTH - _NOTES) // len(columns)
    widths = [*(width for _ in columns), _NOTES]
    heads = [*(_head(f"{one.letter} · {one.head}", one.below) for one in columns), _head("Notes", "")]
    cells = [_cell_of(one, _room(width)) for one in columns]
    cells.append(_paragraph("SheetLine", ""))
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    rules = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>' for side in ("top", "bottom", "insideV")
    )
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{rules}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="100" w:type="dxa"/><w:right w:w="100" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{_cells(widths, heads)}</w:tr>"
        f"<w:tr>{_cells(widths, cells)}</w:tr></w:tbl>"
    )


def ruled_lines() -> BaseOxmlElement:
    """Empty lines to write on, the full width of the page."""
    rules = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>' for side in ("bottom", "insideH")
    )
    row = (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{_RULED_HEIGHT}" w:hRule="exact"/></w:trPr>'
        f"{_cells([WIDE_TEXT_WIDTH], [_paragraph('SheetLine', '')])}</w:tr>"
    )
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{WIDE_TEXT_WIDTH}" w:type="dxa"/><w:tblBorders>{rules}'
        f'</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="{WIDE_TEXT_WIDTH}"/>'
        f"</w:tblGrid>{row * _RULED_LINES}</w:tbl>"
    )


def _room(width: int) -> int:
    """How wide a line is at most in a column so wide, in twentieths of a point."""
    return min(width - _NUMBER - _MARGINS, _LONGEST * _CHARACTER)


def _wide(character: str) -> int:
    """How wide a character of a line is at most in the usual fonts, in twentieths of a point."""
    if character in _NARROW:
        return _CHARACTER * 7 // 10
    if character in _WIDE:
        return _CHARACTER * 18 // 10
    return columns_of(character) * (_CHARACTER * 14 // 10 if character.isupper() else _CHARACTER * 12 // 10)


def _cells(widths: Sequence[int], cells: Sequence[str]) -> str:
    return "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
        for width, cell in zip(widths, cells, strict=True)
    )


def _head(name: str, below: str) -> str:
    return _paragraph("SheetHead", name) + (_paragraph("SheetFrom", below) if below else "")


def _cell_of(column: SheetColumn, width: int) -> str:
    written, number = "", 0
    for part in column.parts:
        written += _paragraph("SheetFrom", part.origin)
        for is_first, line in _lines(part.text, width):
            number += 1
            written += _numbered("SheetFirst" if is_first else "SheetLine", f"{column.letter}{number}", line)
    return written or _paragraph("SheetLine", "")


def _lines(text: str, width: int) -> Iterator[tuple[bool, str]]:
    """The lines of a text, and whether each begins a paragraph; empty ones are left out."""
    for paragraph in legal(text).split("\n"):
        if paragraph.strip():
            for at, line in enumerate(folded(paragraph.strip().replace("\t", " "), width, measure=_wide).split("\n")):
                yield at == 0, line


def _numbered(style: str, number: str, line: str) -> str:
    bidi = "<w:bidi/>" if reads_right_to_left(line) else ""
    look = f"<w:rPr>{_look(14, FAINT)}</w:rPr>"
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{bidi}</w:pPr><w:r>{look}<w:t>{number}</w:t></w:r>'
        f"<w:r><w:tab/>{_text(line)}</w:r></w:p>"
    )


def _paragraph(style: str, words: str) -> str:
    run = f"<w:r>{_text(one_line(words))}</w:r>" if words else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'


def _text(words: str) -> str:
    return f'<w:t xml:space="preserve">{escape(words, quote=False)}</w:t>'
