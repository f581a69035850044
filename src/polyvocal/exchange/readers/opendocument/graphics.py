"""Pictures in an OpenDocument text, and what else lies in frames."""

import binascii
from typing import Protocol

from lxml.etree import _Element

from polyvocal.domain.errors import UserError
from polyvocal.exchange.readers.opendocument.names import attribute, child, name_of
from polyvocal.exchange.readers.package import DamagedPart, Package
from polyvocal.exchange.readers.pictures import PackedPictures, hang_picture
from polyvocal.exchange.readers.tally import Tally
from polyvocal.exchange.readers.wording import Wording


class Holdings(Protocol):
    """What a document holds besides its text, by the addresses in it."""

    def picture(self, address: str) -> bytes | None:
        """The bytes of a picture; None where they are not in the file, or cannot be had."""

    def document(self, address: str) -> _Element | None:
        """The content of a document in the document; None where it is not in the file, or cannot be had."""


class InPackage:
    """What lies in the package of an .odt."""

    def __init__(self, package: Package, tally: Tally) -> None:
        self._package, self._pictures = package, PackedPictures(package, tally)

    def picture(self, address: str) -> bytes | None:
        part = address.removeprefix("./")
        return self._pictures.content(part) if part in self._package else None

    def document(self, address: str) -> _Element | None:
        try:
            return self._package.xml(f"{address.removeprefix('./')}/content.xml")
        except (DamagedPart, UserError):  # a document type, as old formulas declare one: not worth the whole text
            return None


class Nothing:
    """What a document of a single file holds beside itself."""

    def picture(self, address: str) -> bytes | None:  # noqa: ARG002 - the shape of Holdings
        return None

    def document(self, address: str) -> _Element | None:  # noqa: ARG002
        return None


def hang_image(frame: _Element, image: _Element, holdings: Holdings, words: Wording, tally: Tally) -> None:
    """Hang the picture of a draw:image, which lies in a draw:frame, on the point that the words have come to."""
    address = attribute(image, "xlink:href") or ""
    title, described = child(frame, "svg:title"), child(frame, "svg:desc")
    said = [(one.text or "").strip() for one in (described, title) if one is not None]
    hang_picture(
        _inline(image) or holdings.picture(address),
        words,
        tally,
        name=attribute(frame, "draw:name") or address.rpartition("/")[2] or None,
        description=next(filter(None, said), None),
    )


def _inline(image: _Element) -> bytes | None:
    data = child(image, "office:binary-data")
    try:
        return binascii.a2b_base64(data.text or "") if data is not None else None
    except ValueError:
        return None


def embedded(element: _Element, holdings: Holdings) -> _Element | None:
    """What a draw:object holds: a formula (math:math), a chart (office:chart), or something else."""
    root = next(iter(element), None)
    if root is None:
        root = holdings.document(attribute(element, "xlink:href") or "")
    if root is not None and name_of(root) in ("office:document-content", "office:document"):
        body = child(root, "office:body")
        return next(iter(body), None) if body is not None else None
    return root
