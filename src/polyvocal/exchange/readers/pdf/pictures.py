"""The pictures of a page of a PDF: JPEGs as they are, others as .png."""

import ctypes
import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from time import process_time
from typing import NamedTuple

import pypdfium2.raw as pdfium
from pypdfium2 import PdfImage, PdfiumError, PdfPage

from polyvocal.exchange.readers.limits import (
    PDF_PICTURES,
    PDF_PICTURES_BYTES,
    PDF_PICTURES_SECONDS,
    PICTURE_BYTES,
    PICTURE_PIXELS,
)
from polyvocal.exchange.readers.media import media_type_of
from polyvocal.exchange.readers.pdf.layout import Box
from polyvocal.exchange.readers.pdf.page import Turned
from polyvocal.exchange.readers.tally import Tally

_DEEPEST = 8
_PICTURED = frozenset({pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM})
_JPEG = ["DCTDecode"]
_PNG_COLOURS = {1: 0, 3: 2, 4: 6}
"""By the bytes of a pixel: grey, red-green-blue, the same with alpha (PNG specification, 11.2.2)."""


class Placed(NamedTuple):
    """A picture and its place on the page."""

    box: Box
    content: bytes
    media_type: str


_STREAM = re.compile(rb"<<(?P<dictionary>[^\x00]{0,2000}?)>>\s*stream\r?\n")
_IMAGE = re.compile(rb"/Subtype\s*/(?:Image\b|[^\s/<>\[\]()]*#)|/[^\s/<>\[\]()]*#[^\s/<>\[\]()]*\s*/Image\b")
"""Said plainly, or with a name in which characters are written by their numbers."""
_IN_LINE = re.compile(rb"BI(?<=\bBI)\s.{1,500}?\bID\s", re.DOTALL)
"""It begins with the two letters themselves, which are looked for ten times as fast as the edge of a word."""
_LOOKED_AT = 1 << 22


class Pictures:
    """Takes pictures out of pages until there are more than are kept; the others are counted."""

    def __init__(self, tally: Tally, content: bytes) -> None:
        self._tally = tally
        self._there_may_be_some = _may_hold_images(content)
        self._left, self._bytes_left, self._seconds_left = PDF_PICTURES, PDF_PICTURES_BYTES, PDF_PICTURES_SECONDS

    def of(self, page: PdfPage, turned: Turned) -> Iterator[Placed]:
        """The pictures of a page that are kept."""
        for raw, around in _images(page) if self._there_may_be_some else ():
            if not self._left or self._seconds_left <= 0:
                self._tally.count("picture too many")
                continue
            began = process_time()
            content = _content(PdfImage(raw, page=page))
            self._seconds_left -= process_time() - began
            media_type = media_type_of(content) if content else None
            if media_type is None or len(content) > min(PICTURE_BYTES, self._bytes_left):
                self._tally.count("picture elsewhere" if content and media_type is None else "picture too many")
                continue
            self._left -= 1
            self._bytes_left -= len(content)
            self._tally.count("picture")
            yield Placed(_bounds(around, turned), content, media_type)


def _may_hold_images(content: bytes) -> bool:
    """Whether a file can hold any image, so that not each of its million pieces of text need be asked what it is.

    An image is a stream, and its dictionary names it so in the open (ISO 32000-1, 7.5.7 and 8.9.5), or stands in line
    in the contents of a page, between BI and ID (8.9.7), which must be unpacked for looking. What cannot be unpacked
    this way may hold one.
    """
    if _IMAGE.search(content) or b"/Encrypt" in content:
        return True
    for found in _STREAM.finditer(content):
        dictionary = found["dictionary"]
        if b"/FontFile" in dictionary or b"/Length1" in dictionary:
            continue  # a font: whatever is in it, it is no page
        whole = content[found.end() : content.find(b"endstream", found.end())]
        if b"/Filter" in dictionary:
            try:
                whole = zlib.decompressobj().decompress(whole, _LOOKED_AT)
            except zlib.error:
                return True
        if len(whole) >= _LOOKED_AT or _IN_LINE.search(whole):
            return True
    return False


def _images(page: PdfPage) -> Iterator[tuple[object, object]]:
    """The images of a page, each with the object of the page that holds it (a form may hold others)."""
    raw = page.raw
    for at in range(pdfium.FPDFPage_CountObjects(raw)):
        top = pdfium.FPDFPage_GetObject(raw, at)
        if pdfium.FPDFPageObj_GetType(top) in _PICTURED:  # most are letters, and some pages have thousands of them
            for image in _within(top, 1):
                yield image, top


def _within(one: object, depth: int) -> Iterator[object]:
    if pdfium.FPDFPageObj_GetType(one) == pdfium.FPDF_PAGEOBJ_IMAGE:
        yield one
    elif depth < _DEEPEST:
        for at in range(max(pdfium.FPDFFormObj_CountObjects(one), 0)):
            inner = pdfium.FPDFFormObj_GetObject(one, at)
            if pdfium.FPDFPageObj_GetType(inner) in _PICTURED:
                yield from _within(inner, depth + 1)


def _bounds(one: object, turned: Turned) -> Box:
    sides = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(one, *sides)
    return turned.box(*(side.value for side in sides))


def _content(image: PdfImage) -> bytes:
    """The bytes of a picture, or none for one that is too large or cannot be read."""
    with suppress(PdfiumError, ValueError, MemoryError):
        width, height = image.get_px_size()
        if image.get_filters() == _JPEG:
            return bytes(image.get_data(decode_simple=False))
        if 0 < width * height <= PICTURE_PIXELS:
            return _png(image)
    return b""


def _png(image: PdfImage) -> bytes:
    bitmap = image.get_bitmap()
    depth, width, height, stride = bitmap.n_channels, bitmap.width, bitmap.height, bitmap.stride
    shown = memoryview(bitmap.buffer).cast("B")
    pixels = bytearray(b"".join(shown[at * stride : at * stride + width * depth] for at in range(height)))
    if depth > 1:  # pdfium has blue first
        pixels[0::depth], pixels[2::depth] = pixels[2::depth], pixels[0::depth]
    rows = b"".join(b"\0" + pixels[at * width * depth : (at + 1) * width * depth] for at in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, _PNG_COLOURS[depth], 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
