"""Tables as an Excel workbook in which a text is a text and a number a number."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from polyvocal.exchange.writers.formats.cells import Share, Value
from polyvocal.exchange.writers.formats.characters import legal, shortened

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.workbook.child import _WorkbookChild

MAX_TEXT = 32_000
"""A cell of Excel holds 32,767 UTF-16 units and drops the rest in silence."""

_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_BOLD = Font(name="Calibri", size=11, bold=True)  # without a name it is of another face than the cells below
_HEAD = PatternFill("solid", fgColor="EEF1F4")
_TOP = Alignment(vertical="top", wrap_text=True)
_FAINT = Font(name="Calibri", size=11, color="59636E")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: a header, then rows, the first `faint` of them in grey. `widths` are in characters."""

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[Value]]
    widths: Sequence[int]
    faint: int = 0
    frozen_columns: int = 0


def save_workbook(file: BinaryIO, sheets: Iterable[Sheet], *, title: str, made_at: datetime) -> None:
    """Write a workbook. Texts are texts also where they look like formulas; headers are bold and stay in view.
    It is printed on the width of a wide page, with its header on each.

    A text too long for a cell of Excel is cut, and says so.
    """
    book = Workbook(write_only=True)
    book.properties.title = shortened(legal(title), 250)
    book.properties.creator = book.properties.lastModifiedBy = "Polyvocal"
    book.properties.created = book.properties.modified = made_at.astimezone(UTC).replace(tzinfo=None)
    for sheet in sheets:
        page = book.create_sheet(sheet.title)
        page.freeze_panes = f"{get_column_letter(sheet.frozen_columns + 1)}2"
        page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
        page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        page.print_title_rows = "1:1"
        for number, width in enumerate(sheet.widths, start=1):
            page.column_dimensions[get_column_letter(number)].width = width
        page.append([_cell(page, value, font=_BOLD, fill=_HEAD) for value in sheet.header])
        for number, row in enumerate(sheet.rows):
            page.append([_cell(page, value, font=_FAINT if number < sheet.faint else None) for value in row])
    book.save(file)


def _cell(page: "_WorkbookChild", value: Value, *, font: Font | None = None, fill: PatternFill | None = None) -> "Cell":
    if isinstance(value, str):
        value = _ESCAPE.sub("_x005F_", _fitting(legal(value)))
    cell = WriteOnlyCell(page, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
        # so that it stays a text when somebody edits the cell
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    elif isinstance(value, Share):
        cell.number_format = "0.0%"
    elif isinstance(value, int):
        cell.number_format = "#,##0"
    cell.alignment = _TOP
    if font:
        cell.font = font
    if fill:
        cell.fill = fill
    return cell


def _fitting(text: str) -> str:
    units = len(text.encode("utf-16-le")) // 2
    if units <= MAX_TEXT:
        return text
    cut = text.encode("utf-16-le")[: 2 * MAX_TEXT].decode("utf-16-le", "ignore")
    return f"{cut} … [cut here: the whole text has {len(text):,} characters, more than a cell of Excel holds]"
