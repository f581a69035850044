"""Names of elements and attributes in Word's XML, the same for both dialects."""

from lxml.etree import _Element

from polyvocal.exchange.readers.xml_names import Names

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
_NAMES = Names(_PREFIXES)
_OFF = ("0", "false", "off")


name_of, attribute, child, within = _NAMES.name_of, _NAMES.attribute, _NAMES.child, _NAMES.within


def number(element: _Element | None, name: str = "w:val") -> int | None:
    """An attribute that is a whole number; None where it is not there, or is none."""
    found = attribute(element, name) if element is not None else None
    try:
        return int(found) if found is not None else None
    except ValueError:
        return None


def is_on(element: _Element | None) -> bool:
    """Whether a switch such as w:vanish is there and on."""
    return element is not None and (attribute(element, "w:val") or "on") not in _OFF
