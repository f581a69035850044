"""PDFs made for tests: words at places, in Helvetica, with notes and an outline."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

WIDTH, HEIGHT = 600, 800
HELVETICA = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


class Words(NamedTuple):
    """Words that begin at a place, in points from the lower left corner."""

    across: float
    up: float
    text: str
    size: float = 12


@dataclass(frozen=True)
class Sheet:
    """A page. `notes` are annotations, and `drawn` is put into the content after the words, both as PDF writes them;
    `kept` are objects that the page's resources name /X0, /X1 and so on."""

    words: Sequence[Words] = ()
    notes: Sequence[str] = ()
    drawn: str = ""
    kept: Sequence[bytes] = ()
    quarters: int = 0
    fonts: Sequence[str] = (HELVETICA,)


def pdf_of(*sheets: Sheet | Sequence[Words], outline: Sequence[tuple[str, int]] = (), info: str = "") -> bytes:
    """A PDF of pages, with bookmarks that lead to pages (by number, from 0)."""
    objects: list[bytes] = [b"", b"", b""]  # catalogue, pages, information

    def add(body: bytes | str) -> int:
        objects.append(body.encode("latin-1") if isinstance(body, str) else body)
        return len(objects)

    kids = []
    for sheet in sheets:
        if not isinstance(sheet, Sheet):
            sheet = Sheet(sheet)  # noqa: PLW2901 - words alone are a page, too
        shown = "".join(
            f"BT /F0 {one.size} Tf {one.across} {one.up} Td ({_escaped(one.text)}) Tj ET\n" for one in sheet.words
        )
        content = add(stream((shown + sheet.drawn).encode("cp1252")))
        fonts = " ".join(f"/F{at} {add(font)} 0 R" for at, font in enumerate(sheet.fonts))
        kept = " ".join(f"/X{at} {add(one)} 0 R" for at, one in enumerate(sheet.kept))
        notes = " ".join(f"{add(note)} 0 R" for note in sheet.notes)
        kids.append(
            add(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Rotate {90 * sheet.quarters} "
                f"/Contents {content} 0 R /Annots [{notes}] "
                f"/Resources << /Font << {fonts} >> /XObject << {kept} >> >> >>"
            )
        )
    first = len(objects) + 2  # after the root of the outline
    marks = [
        f"<< /Title ({_escaped(title)}) /Parent {first - 1} 0 R /Dest [{kids[page]} 0 R /Fit] "
        f"{f'/Next {first + at + 1} 0 R' if at + 1 < len(outline) else ''} >>"
        for at, (title, page) in enumerate(outline)
    ]
    root = add(f"<< /Type /Outlines /First {first} 0 R /Last {first + len(marks) - 1} 0 R >>" if marks else "<< >>")
    for mark in marks:
        add(mark)
    objects[0] = f"<< /Type /Catalog /Pages 2 0 R /Outlines {root} 0 R >>".encode()
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>".encode()
    objects[2] = f"<< {info} >>".encode()
    return with_objects(objects)


def stream(content: bytes, said: str = "", *, packed: bool = True) -> bytes:
    """A stream of bytes; `said` is what its dictionary says besides."""
    body = zlib.compress(content) if packed else content
    coded = " /Filter /FlateDecode" if packed else ""
    return f"<< /Length {len(body)}{coded} {said} >>\nstream\n".encode() + body + b"\nendstream"


def paragraph(across: float, up: float, *lines: str, size: float = 12, distance: float = 1.2) -> list[Words]:
    """Lines below one another."""
    return [Words(across, up - at * distance * size, line, size) for at, line in enumerate(lines)]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def with_objects(objects: Sequence[bytes]) -> bytes:
    """A PDF of objects, of which the first is the catalogue and the third the information."""
    content = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return bytes(
        content
        + b"xref\n0 %d\n0000000000 65535 f \n" % size
        + table
        + b"trailer\n<< /Size %d /Root 1 0 R /Info 3 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(content))
    )
