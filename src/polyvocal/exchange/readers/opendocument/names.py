"""Names of elements and attributes in OpenDocument's XML."""

from lxml.etree import _Element

from polyvocal.exchange.readers.xml_names import Names

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_LIBREOFFICE = "urn:org:documentfoundation:names:experimental:office:xmlns:"
_SHORT_OF = {
    "office": "office", "style": "style", "text": "text", "table": "table", "drawing": "draw", "meta": "meta",
    "manifest": "manifest", "form": "form", "xsl-fo-compatible": "fo", "svg-compatible": "svg",
}  # fmt: skip

NAMES = Names(
    {f"{_ODF}{long}:1.0": short for long, short in _SHORT_OF.items()}
    | {
        f"{_LIBREOFFICE}loext:1.0": "loext",
        "http://purl.org/dc/elements/1.1/": "dc",
        "http://www.w3.org/XML/1998/namespace": "xml",
        "http://www.w3.org/1999/xlink": "xlink",
        "http://www.w3.org/1998/Math/MathML": "math",
    }
)
name_of, attribute, child, within = NAMES.name_of, NAMES.attribute, NAMES.child, NAMES.within


def number(element: _Element, name: str) -> int | None:
    """An attribute that is a whole number from 0 on; None where it is not there, or is none."""
    found = (attribute(element, name) or "").strip()
    return int(found) if found.isascii() and found.isdigit() and len(found) < 10 else None


def words_in(element: _Element, *, without: tuple[str, ...] = ()) -> str:
    """All characters within an element as they stand in the file, paragraphs apart by a space."""
    parts: list[str] = []
    waiting: list[_Element | str] = [element]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            parts.append(one)
            continue
        name = name_of(one)
        if name in without:
            continue
        if name in ("text:p", "text:h", "text:s", "text:tab", "text:line-break"):
            parts.append(" ")
        parts.append(one.text or "")
        waiting += [part for each in reversed(one) for part in (each.tail or "", each)]
    return " ".join("".join(parts).split())
