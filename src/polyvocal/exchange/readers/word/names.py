"""Names of elements and attributes in Word's XML, the same for both dialects."""

from collections.abc import Iterator
from functools import lru_cache

from lxml.etree import _Element

_OOXML = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"

_PREFIXES = {
    f"{_OOXML}wordprocessingml/2006/main": "w",
    f"{_STRICT}wordprocessingml/main": "w",
    f"{_OOXML}officeDocument/2006/relationships": "r",
    f"{_STRICT}officeDocument/relationships": "r",
    f"{_OOXML}package/2006/relationships": "rel",
    f"{_OOXML}officeDocument/2006/math": "m",
    f"{_STRICT}officeDocument/math": "m",
    f"{_OOXML}markup-compatibility/2006": "mc",
    f"{_OOXML}drawingml/2006/main": "a",
    f"{_STRICT}drawingml/main": "a",
    f"{_OOXML}drawingml/2006/wordprocessingDrawing": "wp",
    f"{_STRICT}drawingml/wordprocessingDrawing": "wp",
    f"{_OOXML}drawingml/2006/picture": "pic",
    f"{_STRICT}drawingml/picture": "pic",
    f"{_OOXML}drawingml/2006/chart": "c",
    f"{_STRICT}drawingml/chart": "c",
    f"{_OOXML}drawingml/2006/diagram": "dgm",
    f"{_STRICT}drawingml/diagram": "dgm",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "http://schemas.microsoft.com/office/word/2015/wordml/symex": "w16se",
}
_SPACES: dict[str, tuple[str, ...]] = {
    short: tuple(space for space, prefix in _PREFIXES.items() if prefix == short) for short in _PREFIXES.values()
}
_OFF = ("0", "false", "off")


@lru_cache(maxsize=4096)
def _short(tag: str) -> str:
    space, _, local = tag[1:].rpartition("}")
    return f"{_PREFIXES[space]}:{local}" if space in _PREFIXES else local


def name_of(element: _Element) -> str:
    """An element's name with the usual prefix ("w:p"); without one where the namespace is not known here."""
    return _short(str(element.tag))


@lru_cache(maxsize=256)
def _spelt(name: str) -> tuple[str, ...]:
    prefix, _, local = name.partition(":")
    return tuple(f"{{{space}}}{local}" for space in _SPACES[prefix])


def attribute(element: _Element, name: str) -> str | None:
    """An attribute by its usual name ("w:val"), or None."""
    for spelt in _spelt(name):
        found = element.get(spelt)
        if found is not None:
            return found
    return None


def number(element: _Element | None, name: str = "w:val") -> int | None:
    """An attribute that is a whole number; None where it is not there, or is none."""
    found = attribute(element, name) if element is not None else None
    try:
        return int(found) if found is not None else None
    except ValueError:
        return None


def child(element: _Element | None, *path: str) -> _Element | None:
    """The first child of a name, and of that the first of the next name; None where there is none."""
    for name in path:
        if element is None:
            return None
        element = next((one for one in element if name_of(one) == name), None)
    return element


def is_on(element: _Element | None) -> bool:
    """Whether a switch such as w:vanish is there and on."""
    return element is not None and (attribute(element, "w:val") or "on") not in _OFF


def within(element: _Element, *names: str) -> Iterator[_Element]:
    """All elements of these names at any depth, in the order of the document."""
    return (one for one in element.iter() if name_of(one) in names)
