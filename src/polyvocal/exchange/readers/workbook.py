"""Tables from Excel workbooks (.xlsx, ECMA-376 part 1, section 18), read as a stream, nothing of them worked out."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Generic, TypeVar
from xml.parsers import expat

from lxml.etree import QName, _Element
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from polyvocal.domain.errors import UserError
from polyvocal.domain.text import shown
from polyvocal.domain.words import Fate
from polyvocal.exchange.readers.limits import TABLE_LAST_ROW
from polyvocal.exchange.readers.office import OfficePackage
from polyvocal.exchange.readers.package import DamagedPart, PackageKind
from polyvocal.exchange.readers.table import Row, Table, column_at, squared
from polyvocal.services.commands.incoming import Note

_KIND = PackageKind("Excel workbook", ".xlsx", "Excel or LibreOffice")
_REFERENCE = re.compile("([A-Za-z]{1,3})([0-9]{1,7})")
_LAST_COLUMN = 1 << 14
"""As many as Excel has."""

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_DIGITS = 15
"""To how many digits Excel shows a number: so 0.1 + 0.2 is 0.3."""

_WIDEST = 40
"""Beyond so many places a number stands as 1E+60."""


def read_workbook(content: bytes, name: str, sheet: str | None) -> Table:
    """Read one sheet of a workbook: the one that is named, else the first that is not hidden.

    Numbers come as Excel shows them at full width (3, not 3.0), whatever their format; dates as ISO 8601; true and
    false as yes and no; a formula as the value that was kept with it. Raises UserError as `read_table`.
    """
    package = OfficePackage(content, name, _KIND)
    try:
        book = _Book(package)
        part, called, visible = book.sheet(sheet)
        cells = _SheetCells(book)
        table = squared(_parsed(package, part, cells), name)
    except DamagedPart as fault:
        raise UserError(
            f"{name} is damaged: {fault}. Open it in {_KIND.program}, which may be able to mend it, and save it again."
        ) from None
    notes = []
    others = [one for one in visible if one != called]
    if others:
        notes.append(Note("sheet", len(others), f"not read: {', '.join(others)}", Fate.LEFT_OUT))
    if cells.unknown:
        notes.append(
            Note(
                "formula",
                cells.unknown,
                "without the value that it had: the cell is empty here. Open the file in Excel and save it again",
                Fate.LEFT_OUT,
            )
        )
    return replace(table, sheet=called, sheets=tuple(visible), notes=tuple(notes))


class _Book:
    """What the cells of all sheets share: the texts, and which formats are dates. Raises DamagedPart."""

    def __init__(self, package: OfficePackage) -> None:
        self._package = package
        self._main = package.main_part()
        self._root = package.xml(self._main)
        self._targets = package.relationships(self._main)
        first_day = next((one.get("date1904") for one in _all(self._root, "workbookPr")), None)
        self.epoch = MAC_EPOCH if first_day in ("1", "true", "on") else WINDOWS_EPOCH
        self.texts: list[str] = []
        for part in self._parts("sharedStrings"):
            self.texts.extend(_parsed(package, part, _SharedTexts()))
        self.formats = [one for part in self._parts("styles") for one in _formats(package.xml(part))]

    def _parts(self, kind: str) -> list[str]:
        return [one.target for one in self._targets if one.kind == kind and one.target in self._package]

    def sheet(self, wanted: str | None) -> tuple[str, str, list[str]]:
        """The part that holds a sheet, the sheet's name, and the names of all visible ones."""
        name = self._package.name
        targets = {one.id: one.target for one in self._targets if one.kind == "worksheet"}
        sheets = []
        for one in _all(self._root, "sheet"):
            ids = [value for key, value in one.attrib.items() if QName(key).localname == "id" and key != "id"]
            if ids and str(ids[0]) in targets:
                sheets.append((one.get("name", ""), one.get("state", "visible") == "visible", targets[str(ids[0])]))
        found = [one for one in sheets if one[1] if wanted is None]
        if wanted is not None:
            found = [one for one in sheets if one[0].casefold() == wanted.strip().casefold()]
        if not found and wanted is not None:
            there = ", ".join(shown(called) for called, _, _ in sheets)
            raise UserError(f"{name} has no sheet called {shown(wanted)}, but {there or 'none at all'}.")
        if not found:
            raise UserError(f"{name} has no sheet with a table: only charts, or sheets that are hidden.")
        called, _, part = found[0]
        return part, called, [other for other, visible, _ in sheets if visible]


def _all(root: _Element, local: str) -> Iterator[_Element]:
    """The elements of a name, in whichever of the two namespaces of the standard."""
    return root.iter(f"{{*}}{local}")


_BUILTIN = {str(number): form for number, form in BUILTIN_FORMATS.items()}


def _formats(styles: _Element) -> Iterator[str]:
    """The number format of each style of cells, in order."""
    own = {one.get("numFmtId", ""): one.get("formatCode", "") for one in _all(styles, "numFmt")}
    for styled in _all(styles, "cellXfs"):
        for one in _all(styled, "xf"):
            number = one.get("numFmtId", "0")
            yield own.get(number) or _BUILTIN.get(number, "General")


# --- the stream -----------------------------------------------------------------------------------------------------

T = TypeVar("T")


class _Gathering(Generic[T]):
    """Takes what a parser meets in a part, and holds what is finished of it until it is taken away."""

    def __init__(self) -> None:
        self._done: list[T] = []
        self._words: list[str] = []
        self._within: list[str] = []

    def open(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = tag.rpartition(":")[2]
        self._within.append(name)
        self._begin(name, attributes)

    def close(self, _tag: str) -> None:
        """The innermost element ends."""
        self._end(self._within.pop())

    def hear(self, words: str) -> None:
        """Words within the innermost element. Those of a text's pronunciation (rPh) are none of the text."""
        if self._within[-1] in ("t", "v") and "rPh" not in self._within:
            self._words.append(words)

    def taken(self) -> list[T]:
        """What is finished since this was last asked."""
        done, self._done = self._done, []
        return done

    def _heard(self) -> str:
        words, self._words = "".join(self._words), []
        return words

    def _begin(self, name: str, attributes: dict[str, str], /) -> None:
        raise NotImplementedError

    def _end(self, name: str) -> None:
        raise NotImplementedError


def _parsed(package: OfficePackage, part: str, gathering: _Gathering[T]) -> Iterator[T]:
    """What is gathered of a part, as it is unpacked. Raises DamagedPart, and UserError for a document type."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = gathering.open
    parser.EndElementHandler = gathering.close
    parser.CharacterDataHandler = gathering.hear

    def refuse(*_: object) -> None:
        raise package.document_type(part)

    parser.StartDoctypeDeclHandler = refuse
    try:
        for piece in package.pieces(part):
            parser.Parse(piece)
            yield from gathering.taken()
        parser.Parse(b"", True)  # noqa: FBT003 - it takes no keywords
    except expat.ExpatError as fault:
        raise DamagedPart(f"{part} is broken in line {fault.lineno}") from None
    yield from gathering.taken()


class _SharedTexts(_Gathering[str]):
    """The texts that cells point to."""

    def _begin(self, name: str, _attributes: dict[str, str]) -> None:
        if name == "si":
            self._words = []

    def _end(self, name: str) -> None:
        if name == "si":
            self._done.append(_unescaped(self._heard()))


class _SheetCells(_Gathering[Row]):
    """The rows of a sheet, as wide as each is; those that the file leaves out are left out. Raises DamagedPart."""

    def __init__(self, book: _Book) -> None:
        super().__init__()
        self._book = book
        self._row, self._column = 0, -1
        self._cells: list[str] = []
        self._type, self._style, self._has_formula = "n", 0, False
        self.unknown = 0

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self._row = _number(attributes.get("r"), self._row + 1, TABLE_LAST_ROW)
            self._column, self._cells = -1, []
        elif name == "c":
            self._column = self._column_of(attributes.get("r"))
            self._type = attributes.get("t", "n")
            self._style = _number(attributes.get("s"), 0, 1 << 16)
            self._has_formula, self._words = False, []
        elif name == "f":
            self._has_formula = True

    def _column_of(self, reference: str | None) -> int:
        """The column of a cell, from 0: that after the one before, where the file does not say."""
        at = self._column + 1
        if reference is not None:
            named = _REFERENCE.fullmatch(reference)
            at = column_at(named.group(1)) if named else -1
        if not self._column < at < _LAST_COLUMN:
            raise DamagedPart(f"the order of the cells in row {self._row:,} is broken")
        return at

    def _end(self, name: str) -> None:
        if name == "c":
            text = self._text(self._heard())
            if text:
                self._cells += [""] * (self._column - len(self._cells))
                self._cells.append(text)
            elif self._has_formula and self._type != "str":
                self.unknown += 1
        elif name == "row" and self._cells:
            self._done.append(Row(self._row, tuple(self._cells)))

    def _text(self, words: str) -> str:
        if self._type == "s":
            at = _number(words, -1, len(self._book.texts) - 1)
            return self._book.texts[at] if at >= 0 else ""
        if self._type in ("inlineStr", "str"):
            return _unescaped(words)
        if self._type == "b":
            return {"1": "yes", "true": "yes", "0": "no", "false": "no"}.get(words, words)
        if self._type == "n" and words:
            formats = self._book.formats
            form = formats[self._style] if self._style < len(formats) else "General"
            return _number_as_shown(words, form, self._book.epoch)
        return words


def _number(words: str | None, otherwise: int, highest: int) -> int:
    """A whole number from 0 to the highest. DamagedPart for any other word."""
    if words is None:
        return otherwise
    if not (words.isascii() and words.isdecimal() and len(words) < 10 and int(words) <= highest):
        raise DamagedPart("a number in the sheet is out of bounds")
    return int(words)


def _unescaped(text: str) -> str:
    """Characters that XML cannot hold stand as _xHHHH_ (section 22.9.2.19); what is no text in them is dropped."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), text).replace("\0", "")


def _number_as_shown(words: str, form: str, epoch: datetime) -> str:
    try:
        number = Decimal(words)
        if not isfinite(float(number)):
            return words
        if is_timedelta_format(form):
            return _hours(float(number))
        if is_date_format(form):
            return _day(from_excel(float(number), epoch), words)
    except (InvalidOperation, ValueError, OverflowError):  # a number that is none, or a day that no calendar has
        return words
    shortest = Decimal(f"{float(number):.{_DIGITS}g}")
    if abs(shortest.adjusted()) > _WIDEST:
        return f"{shortest.normalize()}"
    plain = f"{shortest:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _day(when: object, words: str) -> str:
    """A day, a time of day, or both, without seconds where there are none."""
    if isinstance(when, datetime):
        when = (when + timedelta(milliseconds=500)).replace(microsecond=0)  # the fractions of a day are never exact
        if when.time() == time():
            return when.date().isoformat()
        return when.isoformat(timespec="minutes" if when.second == 0 else "seconds")
    if isinstance(when, time):
        return when.isoformat(timespec="minutes" if when.second == 0 else "seconds")
    return when.isoformat() if isinstance(when, date) else words


def _hours(days: float) -> str:
    """An elapsed time as H:MM:SS."""
    seconds = round(abs(days) * 86_400)
    return f"{'-' if days < 0 else ''}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
