"""A form in a Word document: a table of labels with hints, and beside each what is to be filled in.

Choices and boxes are content controls (ECMA-376 part 1, 17.5.2; boxes [MS-DOCX] 2.5.1.7), which Word and LibreOffice
let one click; where a program knows nothing of them they are text, and typing over it does the same.
"""

from collections.abc import Sequence
from html import escape
from itertools import count
from typing import NamedTuple

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

from polyvocal.exchange.writers.formats.characters import legal, one_line, reads_right_to_left
from polyvocal.exchange.writers.formats.styles import FAINT, INK, RULE, TEXT_WIDTH, Style

_W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
_LABELS = 2780
_GROUND = "F4F6F8"
_BOXES_A_LINE = 3
_SYMBOLS = '<w:rPr><w:rFonts w:ascii="Segoe UI Symbol" w:hAnsi="Segoe UI Symbol" w:eastAsia="MS Gothic"/></w:rPr>'


def _spacing(before: int, after: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="252" w:lineRule="auto"/>'


def _look(half_points: int, colour: str = INK, more: str = "") -> str:
    return f'{more}<w:color w:val="{colour}"/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


_BOLD, _ITALIC, _KEEP = "<w:b/><w:bCs/>", "<w:i/><w:iCs/>", "<w:keepNext/>"

STYLES = (
    Style("FormTitle", "Form Title", f"{_KEEP}{_spacing(0, 80)}", _look(40, more=_BOLD)),
    Style("FormIntro", "Form Intro", _spacing(0, 220), _look(20, FAINT)),
    Style("FormLabel", "Form Label", _spacing(60, 0), _look(20, more=_BOLD)),
    Style("FormHint", "Form Hint", _spacing(0, 60), _look(16, FAINT)),
    Style("FormCell", "Form Cell", _spacing(60, 40), _look(21)),
    Style("FormBoxes", "Form Boxes", _spacing(36, 36), _look(20)),
    Style("Guidance", "Guidance", f"{_KEEP}{_spacing(0, 120)}", _look(19, FAINT, _ITALIC)),
)
"""What a form needs besides the styles of all documents."""


class Choice(NamedTuple):
    """One of some words, to be chosen; `chosen` is what it shows."""

    name: str
    words: Sequence[str]
    chosen: str
    is_open: bool


class Boxes(NamedTuple):
    """A box to tick before each of some names."""

    names: Sequence[str]


class FormRow(NamedTuple):
    """A label, a hint in small print, and what is to be filled in: text, a choice or boxes; below it perhaps a line."""

    label: str
    hint: str
    cell: str | Choice | Boxes
    below: str = ""


def form_table(rows: Sequence[FormRow], *, open_box: str, ticked_box: str) -> BaseOxmlElement:
    """The form as a table, the full width of the page, that breaks between rows only."""
    numbers = count(910_001)
    written = "".join(_row(row, numbers, open_box, ticked_box) for row in rows)
    wide = TEXT_WIDTH - _LABELS
    rules = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>' for side in ("top", "bottom", "insideH")
    )
    return parse_xml(
        f'<w:tbl {nsdecls("w")} {_W14}><w:tblPr><w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/>'
        f'<w:tblBorders>{rules}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="113" w:type="dxa"/><w:right w:w="113" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{_LABELS}"/><w:gridCol w:w="{wide}"/></w:tblGrid>{written}</w:tbl>'
    )


def _row(row: FormRow, numbers: "count[int]", open_box: str, ticked_box: str) -> str:
    label = _paragraph("FormLabel", _run(row.label)) + (_paragraph("FormHint", _run(row.hint)) if row.hint else "")
    if isinstance(row.cell, Boxes):
        cell = _boxes(row.cell.names, numbers, open_box, ticked_box)
    elif isinstance(row.cell, Choice):
        cell = _paragraph("FormCell", _choice(row.cell, next(numbers)))
    else:
        cell = _paragraph("FormCell", _run(row.cell) if row.cell else "", turned=reads_right_to_left(row.cell))
    cell += _paragraph("FormHint", _run(row.below)) if row.below else ""
    return (
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        f'<w:tc><w:tcPr><w:tcW w:w="{_LABELS}" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="{_GROUND}"/>'
        f'</w:tcPr>{label}</w:tc><w:tc><w:tcPr><w:tcW w:w="{TEXT_WIDTH - _LABELS}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
        "</w:tr>"
    )


def _paragraph(style: str, inner: str, *, turned: bool = False, tabs: str = "") -> str:
    bidi = "<w:bidi/>" if turned else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{tabs}{bidi}</w:pPr>{inner}</w:p>'


def _run(words: str, look: str = "") -> str:
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(legal(words), quote=False)}</w:t></w:r>'


def _choice(choice: Choice, number: int) -> str:
    items = "".join(
        f'<w:listItem w:displayText="{escape(one_line(one))}" w:value="{escape(one_line(one))}"/>'
        for one in choice.words
    )
    placeholder = "<w:showingPlcHdr/>" if choice.is_open else ""
    look = f'<w:rPr><w:color w:val="{FAINT}"/></w:rPr>' if choice.is_open else ""
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{escape(choice.name)}"/><w:id w:val="{number}"/>{placeholder}'
        f"<w:dropDownList>{items}</w:dropDownList></w:sdtPr><w:sdtContent>{_run(choice.chosen, look)}</w:sdtContent>"
        "</w:sdt>"
    )


def _boxes(names: Sequence[str], numbers: "count[int]", open_box: str, ticked_box: str) -> str:
    """Boxes with their names, some a line, on tab stops."""
    step = (TEXT_WIDTH - _LABELS - 226) // _BOXES_A_LINE
    tabs = "".join(f'<w:tab w:val="left" w:pos="{step * place}"/>' for place in range(1, _BOXES_A_LINE))
    lines = []
    for at in range(0, len(names), _BOXES_A_LINE):
        parts = [_box(next(numbers), open_box, ticked_box) + _run(f" {one}") for one in names[at : at + _BOXES_A_LINE]]
        lines.append(_paragraph("FormBoxes", "<w:r><w:tab/></w:r>".join(parts), tabs=f"<w:tabs>{tabs}</w:tabs>"))
    return "".join(lines)


def _box(number: int, open_box: str, ticked_box: str) -> str:
    states = "".join(
        f'<w14:{state} w14:val="{ord(box):04X}" w14:font="Segoe UI Symbol"/>'
        for state, box in (("checkedState", ticked_box), ("uncheckedState", open_box))
    )
    return (
        f'<w:sdt><w:sdtPr><w:id w:val="{number}"/><w14:checkbox><w14:checked w14:val="0"/>{states}</w14:checkbox>'
        f"</w:sdtPr><w:sdtContent>{_run(open_box, _SYMBOLS)}</w:sdtContent></w:sdt>"
    )
