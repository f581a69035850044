"""The typography of the Word files, as one table of styles.

The parts of a style are WordprocessingML (ECMA-376 part 1, 17.7), in the order of its schema. Lengths are in
twentieths of a point, sizes in half points, border widths in eighths of a point. Where Word's own name for a style
exists it is used, so that Word's navigation, tables of contents and accessibility checks know what is what.
"""

from typing import NamedTuple

FONT = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Microsoft YaHei" w:cs="Arial"/>'
INK, FAINT, RULE = "1F2937", "5B6570", "C9D1D9"
TEXT_WIDTH = 9070
"""Of an A4 page between margins of 2.5 cm."""
WIDE_TEXT_WIDTH = 14000
INDENT = 1304
"""Where the text of a field stands, right of its label."""
QUOTE_INDENT = INDENT + 227


class Style(NamedTuple):
    """A style: `paragraph` and `run` are the inner XML of its properties."""

    id: str
    name: str
    paragraph: str = ""
    run: str = ""
    based_on: str = "Normal"
    kind: str = "paragraph"


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _colour(colour: str) -> str:
    return f'<w:color w:val="{colour}"/>'


_BOLD = "<w:b/><w:bCs/>"
_KEEP = "<w:keepNext/><w:keepLines/>"


def _spacing(before: int, after: int, line: int = 264) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def _indent(left: int, hanging: int = 0, right: int = 0) -> str:
    return f'<w:ind w:left="{left}" w:right="{right}"{f" w:hanging={chr(34)}{hanging}{chr(34)}" if hanging else ""}/>'


def _heading(level: int) -> Style:
    size = (36, 28, 25, 23, 22, 22, 22, 22, 22)[level - 1]
    before = (560, 440, 380, 340, 320, 320, 320, 320, 320)[level - 1]
    return Style(
        f"Heading{level}",
        f"heading {level}",
        f'{_KEEP}{_spacing(before, 40, 252)}<w:outlineLvl w:val="{level - 1}"/>',
        f"{_BOLD}{_colour(INK)}{_size(size)}",
    )


def _contents(level: int) -> Style:
    tab = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{TEXT_WIDTH}"/></w:tabs>'
    return Style(
        f"TOC{level}",
        f"toc {level}",
        f"{tab}{_spacing(120 if level == 1 else 0, 30, 252)}{_indent(284 * (level - 1), right=567)}",
        _BOLD if level == 1 else "",
    )


_FAINT_RULE = f'<w:bottom w:val="single" w:sz="4" w:space="4" w:color="{RULE}"/>'

STYLES: tuple[Style, ...] = (
    Style("Normal", "Normal", f"<w:widowControl/>{_spacing(0, 100)}", _size(21), based_on=""),
    Style("Kicker", "Kicker", f"{_KEEP}{_spacing(2800, 60)}", f'{_colour(FAINT)}<w:spacing w:val="20"/>{_size(24)}'),
    Style("Title", "Title", f"{_KEEP}{_spacing(0, 360, 240)}", f"{_BOLD}{_colour(INK)}{_size(60)}"),
    Style("ReportTitle", "Report Title", f"{_KEEP}{_spacing(0, 120, 240)}", f"{_BOLD}{_colour(INK)}{_size(40)}"),
    Style(
        "Fact",
        "Fact",
        f'<w:tabs><w:tab w:val="left" w:pos="1701"/></w:tabs>{_spacing(0, 80)}{_indent(1701, 1701)}',
        _size(22),
    ),
    Style(
        "Note",
        "Note",
        f'<w:pBdr><w:top w:val="single" w:sz="4" w:space="8" w:color="{RULE}"/></w:pBdr>{_spacing(480, 100)}',
        f"{_colour(FAINT)}{_size(19)}",
    ),
    Style("TOCHeading", "TOC Heading", f"{_KEEP}{_spacing(240, 200)}", f"{_BOLD}{_colour(INK)}{_size(36)}"),
    *(_heading(level) for level in range(1, 10)),
    *(_contents(level) for level in range(1, 10)),
    Style("CodeLine", "Code Line", f"<w:keepLines/>{_spacing(0, 120)}", f"{_colour(FAINT)}{_size(19)}"),
    Style(
        "Field",
        "Field",
        f'<w:tabs><w:tab w:val="left" w:pos="{INDENT}"/></w:tabs>{_spacing(0, 80)}{_indent(INDENT, INDENT)}',
    ),
    Style("FieldText", "Field Text", f"{_spacing(0, 80)}{_indent(INDENT)}"),
    Style("FieldLabel", "Field Label", f"{_KEEP}{_spacing(140, 60)}", f"{_BOLD}{_colour(FAINT)}{_size(19)}"),
    Style(
        "Quote",
        "Quote",
        f'{_KEEP}<w:pBdr><w:left w:val="single" w:sz="12" w:space="9" w:color="{RULE}"/></w:pBdr>'
        f"{_spacing(60, 0)}{_indent(QUOTE_INDENT, right=284)}<w:contextualSpacing/>",
    ),
    Style(
        "QuoteSource",
        "Quote Source",
        f"<w:keepLines/>{_spacing(20, 140)}{_indent(QUOTE_INDENT, right=284)}",
        f"{_colour(FAINT)}{_size(18)}",
    ),
    Style("MemoHead", "Memo Head", f"{_KEEP}{_spacing(40, 20)}{_indent(INDENT)}", f"{_colour(FAINT)}{_size(19)}"),
    Style("Cell", "Cell", _spacing(20, 20, 240), _size(19)),
    Style("CellNumber", "Cell Number", f'{_spacing(20, 20, 240)}<w:jc w:val="right"/>', _size(19)),
    Style("AfterTable", "After Table", _spacing(0, 60, 240), _size(8)),
    Style("Caption", "caption", _spacing(0, 160), f"{_colour(FAINT)}{_size(19)}"),
    Style("Legend", "Legend", f"<w:keepLines/>{_spacing(0, 30)}", f"{_colour(FAINT)}{_size(19)}"),
    Style("Header", "header", f"<w:pBdr>{_FAINT_RULE}</w:pBdr>{_spacing(0, 0, 240)}", f"{_colour(FAINT)}{_size(17)}"),
    Style("Footer", "footer", f'{_spacing(0, 0, 240)}<w:jc w:val="right"/>', f"{_colour(FAINT)}{_size(17)}"),
    Style("DefaultParagraphFont", "Default Paragraph Font", based_on="", kind="character"),
    Style("Strong", "Strong", run=_BOLD, based_on="DefaultParagraphFont", kind="character"),
    Style(
        "Label",
        "Label",
        run=f"{_BOLD}{_colour(FAINT)}{_size(19)}",
        based_on="DefaultParagraphFont",
        kind="character",
    ),
    Style("Faint", "Faint", run=_colour(FAINT), based_on="DefaultParagraphFont", kind="character"),
    Style("TableNormal", "Normal Table", based_on="", kind="table"),
)

_DEFAULT = ("Normal", "DefaultParagraphFont", "TableNormal")
_TABLE = (
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
)


def style_xml(style: Style, namespaces: str) -> str:
    """The style as an element."""
    default = ' w:default="1"' if style.id in _DEFAULT else ""
    based = f'<w:basedOn w:val="{style.based_on}"/>' if style.based_on else ""
    after = '<w:next w:val="Normal"/>' if style.id.startswith(("Heading", "Title")) else ""
    paragraph = f"<w:pPr>{style.paragraph}</w:pPr>" if style.paragraph else ""
    run = f"<w:rPr>{style.run}</w:rPr>" if style.run else ""
    return (
        f'<w:style {namespaces} w:type="{style.kind}" w:styleId="{style.id}"{default}><w:name w:val="{style.name}"/>'
        f"{based}{after}<w:qFormat/>{paragraph}{run}{_TABLE if style.kind == 'table' else ''}</w:style>"
    )


def defaults_xml(namespaces: str) -> str:
    """The defaults below all styles: font, size, language."""
    return (
        f"<w:docDefaults {namespaces}><w:rPrDefault><w:rPr>{FONT}{_size(21)}"
        '<w:lang w:val="en-GB" w:eastAsia="en-US" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )
