"""What pdfium tells of a page: its words with their places, its pictures, and the marks and notes that people made.

pdfium is not made for threads: nothing here is to be called by two at a time.
"""

import ctypes
import re
import struct
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from itertools import compress, repeat
from math import atan2, hypot, pi
from typing import Any, NamedTuple, TypeAlias

import pypdfium2.raw as pdfium
from pypdfium2 import PdfPage, PdfTextPage

from polyvocal.exchange.readers.pdf.layout import Box, Word, turned
from polyvocal.exchange.readers.symbols import UNKNOWN, symbol

_WORD = re.compile("[^ \\t\\r\\n\\f\\v\ufffe]+\ufffe?|\ufffe")
_LIGATURES = dict(zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "ſt", "st"), strict=True))
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\uffff]")
_TIME = re.compile(
    "(?:D:)?([0-9]{4})([0-9]{2})?([0-9]{2})?([0-9]{2})?([0-9]{2})?([0-9]{2})?(?:([-+Z])([0-9]{2})?'?([0-9]{2})?)?"
)
_SIDES, _DIRECTION, _STRETCH = struct.Struct("4f"), struct.Struct("2f16x"), struct.Struct("8x2f8x")
_PLACE = struct.Struct("2d")
"""Answers of pdfium: a whole FS_RECTF (left, top, right, bottom), a and b, or c and d, of an FS_MATRIX, two numbers."""
_LEANING = 0.2
"""What leans more than this, as a watermark does, is not turned by quarters."""
_Sides: TypeAlias = tuple[float, float, float, float]
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


def _unchecked(function: Any) -> Callable[..., Any]:
    """A function of pdfium that takes its arguments as they come: to check them takes longer than what it does."""
    address = ctypes.cast(function, ctypes.c_void_p).value
    assert address is not None
    return ctypes.CFUNCTYPE(function.restype)(address)


_has_no_unicode = _unchecked(pdfium.FPDFText_HasUnicodeMapError)
_get_place = _unchecked(pdfium.FPDFText_GetCharIndexFromTextIndex)
_get_box = _unchecked(pdfium.FPDFText_GetLooseCharBox)
_get_origin = _unchecked(pdfium.FPDFText_GetCharOrigin)
_get_font_size = _unchecked(pdfium.FPDFText_GetFontSize)
_get_matrix = _unchecked(pdfium.FPDFText_GetMatrix)


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
    """Places on a page as it is read: PDF gives them as they were before the page was turned.

    `further` are quarters by which it must be turned to the right to be read, besides those by which it is shown.
    """

    def __init__(self, page: PdfPage, *, further: int = 0) -> None:
        self.quarters = (page.get_rotation() // 90 + further) % 4
        self.is_upright = not self.quarters
        self.box = turned(self.quarters)
        """Makes a box of its left, bottom, right and top in the page's own system."""


def words_of(text_page: PdfTextPage, turned: Turned) -> list[Word]:
    """The words in the order of the file. A ligature is its letters; what has no known Unicode is U+FFFD."""
    letters = _Letters(text_page, turned)
    parts = list(letters.parts())
    starts = [part[0] for part in parts]
    baselines, sizes = letters.baselines(starts), letters.sizes(starts)
    words = [
        Word(_clean(letters.text[start:stop]), box, baseline, size, spaced)
        for (start, stop, box, spaced), baseline, size in zip(parts, baselines, sizes, strict=True)
    ]
    if letters.some_run_sideways or any(letters.quarters([*starts[:1], *starts[-1:]])):
        return [word._replace(quarters=one) for word, one in zip(words, letters.quarters(starts), strict=True)]
    return words


def further_quarters(words: Sequence[Word]) -> int:
    """By how many quarters a page must be turned to the right so that most of its words are level."""
    counts = Counter(word.quarters for word in words)
    return max(counts, key=lambda quarters: (counts[quarters], -quarters), default=0)


class _Letters:
    """The characters of a page. `text` may leave some out that have places (controls), so that it has its own count.

    A book has a million of them, so that pdfium is asked about many in a row, by loops that are not Python's.
    """

    def __init__(self, text_page: PdfTextPage, turned: Turned) -> None:
        self._page, self._turned = text_page.raw, turned
        self.some_run_sideways = False
        count = max(text_page.count_chars(), 0)
        units = (ctypes.c_ushort * (2 * count + 2))()
        length = pdfium.FPDFText_GetText(self._page, 0, count, units) if count else 0
        self.text = bytes(units)[: 2 * max(length - 1, 0)].decode("utf-16-le", "replace")
        self._is_whole = len(self.text) == count
        unmapped = set(compress(range(count), map(_has_no_unicode, repeat(self._page), range(count))))
        if unmapped:
            places = self._places(range(len(self.text)))
            self.text = "".join(UNKNOWN if at in unmapped else one for at, one in zip(places, self.text, strict=True))

    def parts(self) -> Iterator[tuple[int, int, Box, bool]]:
        """The words: [start, end), the box, and whether a space stands before it; one that runs from one row into the
        next in parts.
        """
        ends = [at for found in _WORD.finditer(self.text) for at in (found.start(), found.end() - 1)]
        each, sides = iter(ends), self._told(_get_box, _SIDES, ends)
        stop = 0
        for start, last, first_sides, last_sides in zip(each, each, sides, sides, strict=True):
            between, stop = self.text[stop:start], last + 1
            spaced = " " in between or "\t" in between
            box = self._around(first_sides, last_sides)
            if box is not None:
                yield start, stop, box, spaced
            else:
                yield from self._divided(start, stop, spaced=spaced)

    def _around(self, one: _Sides, other: _Sides) -> Box | None:
        """The box of a word whose ends are there; None if they are not in one row."""
        (left, top, right, bottom), (west, north, east, south) = one, other
        if top == north and bottom == south and top > bottom and self._turned.is_upright:  # so are nearly all
            return Box(left if left < west else west, bottom, right if right > east else east, top)
        box, last = self._box(one), self._box(other)
        return box.around(last) if box.shares_row(last) else None

    def _divided(self, start: int, stop: int, *, spaced: bool) -> Iterator[tuple[int, int, Box, bool]]:
        box, *others = map(self._box, self._told(_get_box, _SIDES, range(start, stop)))
        if next(self.quarters([start])) % 2:
            self.some_run_sideways = True
            yield start, stop, reduce(Box.around, others, box), spaced
            return
        for at, here in enumerate(others, start + 1):
            if not here.shares_row(box):
                yield start, at, box, spaced
                start, box, spaced = at, here, False
            box = box.around(here)
        yield start, stop, box, spaced

    def baselines(self, characters: Sequence[int]) -> list[float]:
        """On which heights characters stand."""
        places = self._told(_get_origin, _PLACE, characters, numbers=2)
        if self._turned.is_upright:
            return [up for _, up in places]
        return [self._turned.box(*place, *place).bottom for place in places]

    def sizes(self, characters: Sequence[int]) -> list[float]:
        """The sizes of the characters' fonts in points, as they are shown."""
        sizes = map(_get_font_size, repeat(self._page), self._places(characters))
        stretched = self._told(_get_matrix, _STRETCH, characters)
        return [max(size * hypot(*by), 1.0) for size, by in zip(sizes, stretched, strict=True)]

    def quarters(self, characters: Sequence[int]) -> Iterator[int]:
        """By how many quarters characters are turned to the left; 0 for what leans."""
        for along, up in self._told(_get_matrix, _DIRECTION, characters):
            shorter, longer = sorted((abs(along), abs(up)))
            quarters = round(atan2(up, along) / (pi / 2)) - self._turned.quarters
            yield quarters % 4 if shorter <= _LEANING * longer else 0

    def _box(self, sides: _Sides) -> Box:
        left, top, right, bottom = sides
        box = self._turned.box(left, bottom, right, top)
        return box if box.height > 0 else box._replace(top=box.bottom + 1)

    def _places(self, characters: Sequence[int]) -> Iterable[int]:
        """The places of characters of `text` by which pdfium knows them."""
        return characters if self._is_whole else map(_get_place, repeat(self._page), characters)

    def _told(
        self, function: Callable[..., int], answer: struct.Struct, characters: Sequence[int], *, numbers: int = 1
    ) -> Iterator[tuple[Any, ...]]:
        """What a function tells of each character; of one that it does not know, what it told of the one before.

        It writes its answer to one place, or each of its numbers to one of so many.
        """
        size = answer.size
        answers = ctypes.create_string_buffer(size * len(characters))
        into = (
            map(ctypes.byref, repeat(answers), range(at, len(answers), size)) for at in range(0, size, size // numbers)
        )
        known = bytes(map(function, repeat(self._page), self._places(characters), *into))
        if not all(known):
            told = memoryview(answers).cast("B")
            for at in range(size, len(answers), size):
                if not known[at // size]:
                    told[at : at + size] = told[at - size : at]
        return answer.iter_unpack(answers)


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
