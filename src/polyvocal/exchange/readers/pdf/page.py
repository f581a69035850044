"""What pdfium tells of a page: its words with their places, its pictures, and the marks and notes that people made.

pdfium is not made for threads: nothing here is to be called by two at a time.
"""

import ctypes
import re
from collections.abc import Iterator
from itertools import repeat
from math import hypot
from typing import NamedTuple

import pypdfium2.raw as pdfium
from pypdfium2 import PdfPage, PdfTextPage

from polyvocal.exchange.readers.pdf.layout import Box, Word
from polyvocal.exchange.readers.symbols import UNKNOWN, symbol

_WORD = re.compile("[^ \\t\\r\\n\\f\\v\ufffe]+\ufffe?|\ufffe")
_LIGATURES = dict(zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "ſt", "st"), strict=True))
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\uffff]")
_TIME = re.compile(
    "(?:D:)?([0-9]{4})([0-9]{2})?([0-9]{2})?([0-9]{2})?([0-9]{2})?([0-9]{2})?(?:([-+Z])([0-9]{2})?'?([0-9]{2})?)?"
)
_MARKED = "\ufffe"
"""What pdfium puts for a hyphen at the end of a line."""
_NOTES = frozenset({pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_CARET})
_MARKS = frozenset(
    {
        pdfium.FPDF_ANNOT_HIGHLIGHT,
        pdfium.FPDF_ANNOT_UNDERLINE,
        pdfium.FPDF_ANNOT_SQUIGGLY,
        pdfium.FPDF_ANNOT_STRIKEOUT,
    }
)


class Mark(NamedTuple):
    """A note or a mark that somebody made on a page: what it says, by whom, when, and over what."""

    text: str
    author: str
    written_at: str
    boxes: tuple[Box, ...]
    covers: bool
    """Whether it lies over the words that are meant, and not beside them."""


class Entry(NamedTuple):
    """A field of a form in which something is written."""

    name: str
    value: str


class Turned:
    """Places on a page as it is shown: PDF gives them as they were before the page was turned."""

    def __init__(self, page: PdfPage) -> None:
        self._quarters = page.get_rotation() // 90 % 4
        self.is_upright = not self._quarters

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box by its sides in the page's own system."""
        match self._quarters:
            case 1:
                return Box(bottom, -right, top, -left)
            case 2:
                return Box(-right, -top, -left, -bottom)
            case 3:
                return Box(-top, left, -bottom, right)
        return Box(left, bottom, right, top)


def words_of(text_page: PdfTextPage, turned: Turned) -> Iterator[Word]:
    """The words in the order of the file. A ligature is its letters; what has no known Unicode is U+FFFD."""
    letters = _Letters(text_page, turned)
    end = 0
    for found in _WORD.finditer(letters.text):
        between = letters.text[end : found.start()]
        spaced = " " in between or "\t" in between
        end = found.end()
        for start, stop, box in letters.rows(*found.span()):
            yield Word(_clean(letters.text[start:stop]), box, letters.baseline(start), letters.size(start), spaced)
            spaced = False


class _Letters:
    """The characters of a page. `text` may leave some out that have places (controls), so that it has its own count."""

    def __init__(self, text_page: PdfTextPage, turned: Turned) -> None:
        self._page, self._turned = text_page.raw, turned
        count = text_page.count_chars()
        units = (ctypes.c_ushort * (2 * count + 2))()
        length = pdfium.FPDFText_GetText(self._page, 0, count, units) if count > 0 else 0
        self.text = bytes(units)[: 2 * max(length - 1, 0)].decode("utf-16-le", "replace")
        self._is_whole = len(self.text) == count
        asked = map(pdfium.FPDFText_HasUnicodeMapError, repeat(self._page), range(max(count, 0)))
        unmapped = {at for at, answer in enumerate(asked) if answer}
        if unmapped:
            self.text = "".join(UNKNOWN if self._place(at) in unmapped else one for at, one in enumerate(self.text))
        self._last = Box(0, 0, 0, 1)
        # what pdfium writes its answers into: made once, since a book has a million characters
        self._sides, self._matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        self._across, self._up = ctypes.c_double(), ctypes.c_double()

    def rows(self, start: int, stop: int) -> Iterator[tuple[int, int, Box]]:
        """A word with its box, in parts where it runs from one row into the next."""
        box = self._box(start)
        last = self._box(stop - 1)
        if box.shares_row(last):
            yield start, stop, box.around(last)
            return
        for at in range(start + 1, stop):
            here = self._box(at)
            if not here.shares_row(box):
                yield start, at, box
                start, box = at, here
            box = box.around(here)
        yield start, stop, box

    def baseline(self, at: int) -> float:
        """On which height a character stands."""
        across, up = self._across, self._up
        if pdfium.FPDFText_GetCharOrigin(self._page, self._place(at), across, up):
            if self._turned.is_upright:
                return up.value
            return self._turned.box(across.value, up.value, across.value, up.value).bottom
        return self._last.bottom

    def size(self, at: int) -> float:
        """The size of a character's font in points, as it is shown."""
        place, matrix = self._place(at), self._matrix
        size: float = pdfium.FPDFText_GetFontSize(self._page, place)
        if pdfium.FPDFText_GetMatrix(self._page, place, matrix):
            size *= hypot(matrix.c, matrix.d)
        return max(size, 1.0)

    def _place(self, at: int) -> int:
        return at if self._is_whole else pdfium.FPDFText_GetCharIndexFromTextIndex(self._page, at)

    def _box(self, at: int) -> Box:
        sides = self._sides
        if pdfium.FPDFText_GetLooseCharBox(self._page, self._place(at), sides):
            if self._turned.is_upright:
                box = Box(sides.left, sides.bottom, sides.right, sides.top)
            else:
                box = self._turned.box(sides.left, sides.bottom, sides.right, sides.top)
            self._last = box if box.height > 0 else box._replace(top=box.bottom + 1)
        return self._last


def _clean(text: str) -> str:
    text = text.replace(_MARKED, "-")
    if text.isascii() and text.isprintable():
        return text
    return _PRIVATE.sub(lambda found: _known(ord(found.group())), text.translate(_LIGATURES))


def _known(code: int) -> str:
    """A bullet of Word's lists is in the private use area of the Symbol font."""
    return symbol(code, "symbol") if 0xF000 <= code < 0xF100 else UNKNOWN


def marks_of(page: PdfPage, turned: Turned) -> tuple[list[Mark], list[Entry]]:
    """What people put onto a page: notes and marks, and what they wrote into the fields of a form."""
    marks: list[Mark] = []
    entries: list[Entry] = []
    for at in range(pdfium.FPDFPage_GetAnnotCount(page)):
        note = pdfium.FPDFPage_GetAnnot(page, at)
        if not note:
            continue
        try:
            kind = pdfium.FPDFAnnot_GetSubtype(note)
            if kind in _NOTES or kind in _MARKS:
                said = _string(note, b"M") or _string(note, b"CreationDate")
                boxes = tuple(_boxes(note, turned))
                marks.append(
                    Mark(_string(note, b"Contents"), _string(note, b"T"), iso_time(said), boxes, kind in _MARKS)
                )
            elif kind == pdfium.FPDF_ANNOT_WIDGET and (value := _string(note, b"V")):
                entries.append(Entry(_string(note, b"TU") or _string(note, b"T"), value))
        finally:
            pdfium.FPDFPage_CloseAnnot(note)
    return marks, entries


def _boxes(note: object, turned: Turned) -> Iterator[Box]:
    quad, rect = pdfium.FS_QUADPOINTSF(), pdfium.FS_RECTF()
    count = pdfium.FPDFAnnot_CountAttachmentPoints(note)
    for at in range(count):
        if pdfium.FPDFAnnot_GetAttachmentPoints(note, at, quad):
            across, up = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
            yield turned.box(min(across), min(up), max(across), max(up))
    if not count and pdfium.FPDFAnnot_GetRect(note, rect):
        yield turned.box(rect.left, rect.bottom, rect.right, rect.top)


def _string(note: object, key: bytes) -> str:
    length = pdfium.FPDFAnnot_GetStringValue(note, key, None, 0)
    if length <= 2:
        return ""
    units = (ctypes.c_ushort * (length // 2 + 1))()
    pdfium.FPDFAnnot_GetStringValue(note, key, units, length)
    text = bytes(units)[: length - 2].decode("utf-16-le", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").strip("\0").strip()


def iso_time(said: str) -> str:
    """A PDF's time (D:20220406191858+02'00', ISO 32000-1, 7.9.4) in ISO 8601; "" for what is none."""
    found = _TIME.match(said)
    if found is None:
        return ""
    year, month, day, hour, minute, second, sign, hours, minutes = found.groups()
    written = "-".join(one for one in (year, month, day) if one)
    if hour and minute:
        written += f"T{hour}:{minute}:{second or '00'}"
        if sign == "Z":
            written += "Z"
        elif sign and hours:
            written += f"{sign}{hours}:{minutes or '00'}"
    return written
