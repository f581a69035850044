"""Small Excel workbooks, whole and broken."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def workbook_of(rows: Iterable[Sequence[object]], *, title: str = "Sheet") -> bytes:
    """A workbook of one sheet, as openpyxl writes it."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = title
    for row in rows:
        page.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def raw_workbook(sheet: str, parts: Mapping[str, str | bytes] | None = None, *, head: str = "") -> bytes:
    """A workbook whose sheetData is given as XML, and other parts as they are."""
    whole: dict[str, str | bytes] = {
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Sheet" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="rId3" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'{head}<worksheet xmlns="{_MAIN}"><sheetData>{sheet}</sheetData></worksheet>',
        **(parts or {}),
    }
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as package:
        for name, part in whole.items():
            package.writestr(name, part)
    return content.getvalue()


def shared_texts(inner: str) -> dict[str, str | bytes]:
    """The part that holds the texts that cells point to."""
    return {"xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{inner}</sst>'}


def styles(inner: str) -> dict[str, str | bytes]:
    """The part that says how cells look."""
    return {"xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">{inner}</styleSheet>'}
