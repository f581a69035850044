"""Books (.epub: EPUB 2 and 3): a package of pages, in the order of its spine."""

import posixpath
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree
from lxml.etree import _Element

from polyvocal.domain.errors import UserError
from polyvocal.exchange.readers.allowance import Allowance
from polyvocal.exchange.readers.html import document as html
from polyvocal.exchange.readers.html.encoding import decode
from polyvocal.exchange.readers.html.names import name_of
from polyvocal.exchange.readers.html.story import Story
from polyvocal.exchange.readers.limits import PAGE_TAGS
from polyvocal.exchange.readers.lines import Lines
from polyvocal.exchange.readers.package import DamagedPart, Package, PackageKind
from polyvocal.exchange.readers.pictures import PackedPictures
from polyvocal.exchange.readers.reading import Reading
from polyvocal.exchange.readers.tally import Tally
from polyvocal.exchange.readers.wording import Wording, beside, joined

_BOOK = PackageKind("EPUB book", ".epub", "Calibre or Sigil")
_CONTAINER, _ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
_FONTS_ONLY = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
"""The ways in which fonts, and nothing else, are made unreadable (EPUB 3.3, 4.4; Adobe's)."""
_PAGES = ("application/xhtml+xml", "text/html", "text/x-oeb1-document", "application/x-dtbook+xml")
_PROPERTIES = {
    "title": "title", "creator": "creator", "subject": "subject", "description": "description",
    "language": "language", "date": "created",
}  # fmt: skip
_ENTITIES = "<!ENTITY"


class _Item(NamedTuple):
    part: str
    media_type: str
    properties: frozenset[str]


def read_epub(content: bytes, name: str) -> Reading:
    """Read a book as text: its chapters in their order, as a page of the web each, with a blank line between; beside
    it structure and pictures.

    Raises UserError: protected, damaged, no book, larger than the limits.
    """
    package = Package(content, name, _BOOK)
    _refuse_if_protected(package)
    try:
        opf = _opf_part(package)
        root = _xml(package, opf)
    except DamagedPart as fault:
        raise UserError(f"{name} is damaged: {fault}. Open it in {_BOOK.program}, and save it again.") from None
    tally = Tally()
    whole = joined("\n\n", [one for one in _Chapters(package, tally).in_order(root, opf) if one.length])
    whole.add("\n")
    return Reading(whole.text, notes=tally.notes(), beside=beside(whole, {}), properties=_properties(root))


def _refuse_if_protected(package: Package) -> None:
    if _ENCRYPTION not in package:
        return
    try:
        root = _xml(package, _ENCRYPTION)
    except DamagedPart:
        return  # whatever it was meant to say, what can be read is read
    for data in root.iter():
        if name_of(data) == "encrypteddata":
            methods = [one.get("Algorithm") for one in data if name_of(one) == "encryptionmethod"]
            if not _FONTS_ONLY.issuperset(methods):
                raise UserError(
                    f"{package.name} is protected against copying (DRM): its text is encrypted, and cannot be read. "
                    "Ask whoever sold or lent it for one without protection, or type what you need into a text file."
                )


def _opf_part(package: Package) -> str:
    """The part that says what is in the book. UserError where the package is no book."""
    if _CONTAINER in package:
        for one in _xml(package, _CONTAINER).iter():
            if name_of(one) == "rootfile" and one.get("full-path"):
                return one.get("full-path", "")
    raise UserError(
        f"{package.name} is a zip package, but no EPUB book: it does not say where its text is. "
        f"If it should be one, open it in {_BOOK.program} and save it again as .epub."
    )


def _manifest(root: _Element, folder: str) -> dict[str, _Item]:
    return {
        one.get("id", ""): _Item(
            _resolved(folder, one.get("href", "")),
            one.get("media-type", "").lower(),
            frozenset(one.get("properties", "").split()),
        )
        for one in root.iter()
        if name_of(one) == "item"
    }


class _Chapters:
    """Reads the chapters of one book."""

    def __init__(self, package: Package, tally: Tally) -> None:
        self._package, self._tally = package, tally
        self._pictures, self._allowance = PackedPictures(package, tally), Allowance(package.name)
        self._tags_left = PAGE_TAGS

    def in_order(self, root: _Element, opf: str) -> list[Wording]:
        """The chapters that the book's list names, one after the other."""
        items = _manifest(root, posixpath.dirname(opf))
        chapters: list[Wording] = []
        for reference in root.iter():
            if name_of(reference) != "itemref":
                continue
            item = items.get(reference.get("idref", ""))
            is_aside = reference.get("linear") == "no"
            if item is None:
                self._tally.count("broken part", detail="a chapter that is not in the list of parts")
            elif item.media_type not in _PAGES:
                kind = "picture elsewhere" if item.media_type.startswith("image/") else "linked document"
                self._tally.count(kind)
            elif not (is_aside and "nav" in item.properties):
                chapters.append(self._chapter(item.part))
        return chapters

    def _chapter(self, part: str) -> Wording:
        lines, folder = Lines(), posixpath.dirname(part)
        inside = html.DataPictures()

        def picture_at(address: str) -> bytes | None:
            target = _resolved(folder, address)
            return self._pictures.content(target) if target in self._package else inside.content(address)

        try:
            page = self._page(part, inside)
        except DamagedPart as fault:
            self._tally.count("broken part", detail=str(fault))
            return Wording()
        if page is not None:
            html.read_page(page, Story(lines, self._tally, self._allowance, picture_at), self._package.name)
        return lines.whole()

    def _page(self, part: str, inside: html.DataPictures) -> _Element | None:
        """A chapter by the rules of XML; one that breaks them, or brings entities of its own, as a page of the web."""
        name = self._package.name
        text = inside.set_aside(decode(self._package.content(part), f"{part} in {name}").text)
        html.refuse_if_too_large(text, f"{part} in {name}")
        self._tags_left -= text.count("<")
        if self._tags_left < 0:
            raise UserError(
                f"{name} was not read: its chapters hold more than {PAGE_TAGS:,} tags, the most that are read of a "
                "book. Divide it into several."
            )
        if _ENTITIES not in text:
            try:
                return _parsed(text.encode(), "utf-8")
            except etree.XMLSyntaxError:
                pass
        return html.parse(text, name)


def _xml(package: Package, part: str) -> _Element:
    """A part that is XML; old ones declare a document type. Raises DamagedPart where it is missing or broken."""
    content = package.content(part)
    try:
        if _ENTITIES.encode() in content:
            raise DamagedPart(f"{part} declares entities, which can be used to do harm")
        return _parsed(content)
    except etree.XMLSyntaxError as fault:
        raise DamagedPart(f"{part} is broken in line {fault.lineno}") from None


def _parsed(content: bytes, encoding: str | None = None) -> _Element:
    """The elements of some XML, in the encoding that it declares itself, unless another is known."""
    parser = etree.XMLParser(
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(content, parser)


def _resolved(folder: str, address: str) -> str:
    """The part that an address in a part of a folder means; nothing outside of the package can be meant."""
    path = unquote(address.partition("#")[0])
    return posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")


def _properties(root: _Element) -> dict[str, str]:
    """What the book says of itself."""
    found: dict[str, list[str]] = {}
    for one in root.iter():
        name, words = name_of(one), " ".join((one.text or "").split())
        if name == "meta" and one.get("property") == "dcterms:modified" and words:
            found.setdefault("modified", []).append(words)
        elif name in _PROPERTIES and words:
            found.setdefault(_PROPERTIES[name], []).append(words)
    return {name: ", ".join(words) for name, words in found.items()}
