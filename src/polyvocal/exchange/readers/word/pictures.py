"""Pictures in a Word document: their bytes, and what the document says of them."""

from collections.abc import Mapping

from lxml.etree import _Element

from polyvocal.exchange.readers.media import media_type_of
from polyvocal.exchange.readers.package import DamagedPart
from polyvocal.exchange.readers.tally import Tally
from polyvocal.exchange.readers.word.names import attribute, child, name_of, within
from polyvocal.exchange.readers.word.package import WordPackage
from polyvocal.exchange.readers.wording import PictureStands, Wording
from polyvocal.services.commands.incoming import FoundPicture


class Pictures:
    """The pictures that a document's own parts hold, by the ids under which the document points to them."""

    def __init__(self, package: WordPackage, targets: Mapping[str, str], tally: Tally) -> None:
        self._package, self._targets, self._tally = package, targets, tally
        self._read: dict[str, bytes] = {}

    def hang(self, element: _Element, words: Wording) -> None:
        """Hang a picture (pic:pic or v:imagedata) on the point that the words have come to."""
        target = self._targets.get(_pointer(element) or "")
        content = self._content(target) if target is not None else None
        media_type = media_type_of(content) if content else None
        if target is None or content is None or media_type is None:
            self._tally.count("picture elsewhere")
            return
        said = _said_of(element)
        name = said.get("name") or target.rpartition("/")[2]
        words.hang(PictureStands(FoundPicture(0, content, media_type, name, said.get("descr") or None)))
        self._tally.count("picture")

    def _content(self, target: str) -> bytes | None:
        if target not in self._read:
            try:
                self._read[target] = self._package.picture(target)
            except DamagedPart as fault:
                self._tally.count("broken part", detail=str(fault))
                return None
        return self._read[target]


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
