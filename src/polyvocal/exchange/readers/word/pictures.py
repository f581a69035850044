"""Pictures in a Word document: their bytes, and what the document says of them."""

from collections.abc import Mapping

from lxml.etree import _Element

from polyvocal.exchange.readers.pictures import PackedPictures, hang_picture
from polyvocal.exchange.readers.tally import Tally
from polyvocal.exchange.readers.word.names import attribute, child, name_of, within
from polyvocal.exchange.readers.word.package import WordPackage
from polyvocal.exchange.readers.wording import Wording


class Pictures:
    """The pictures that a document's own parts hold, by the ids under which the document points to them."""

    def __init__(self, package: WordPackage, targets: Mapping[str, str], tally: Tally) -> None:
        self._packed, self._targets, self._tally = PackedPictures(package, tally), targets, tally

    def hang(self, element: _Element, words: Wording) -> None:
        """Hang a picture (pic:pic or v:imagedata) on the point that the words have come to."""
        target = self._targets.get(_pointer(element) or "", "")
        said = _said_of(element)
        hang_picture(
            self._packed.content(target) if target else None,
            words,
            self._tally,
            name=said.get("name") or target.rpartition("/")[2],
            description=said.get("descr") or None,
        )


def _pointer(element: _Element) -> str | None:
    if name_of(element) == "v:imagedata":
        return attribute(element, "r:id")
    for blip in within(element, "a:blip"):
        return attribute(blip, "r:embed")
    return None


def _said_of(element: _Element) -> _Element:
    """The element with a picture's name and description: wp:docPr of what it lies in, else its own."""
    for around in element.iterancestors():
        found = child(around, "wp:docPr")
        if found is not None:
            return found
        if name_of(around) == "w:r":
            break
    own = child(element, "pic:nvPicPr", "pic:cNvPr")
    return own if own is not None else element
