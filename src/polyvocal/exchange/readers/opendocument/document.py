"""From the parts of an OpenDocument text to its text and to what is told of the rest."""

from collections.abc import Iterable

from lxml import etree
from lxml.etree import _Element

from polyvocal.domain.errors import UserError
from polyvocal.exchange.readers.allowance import Allowance
from polyvocal.exchange.readers.limits import TREE_TAGS
from polyvocal.exchange.readers.lines import Lines
from polyvocal.exchange.readers.opendocument.graphics import Holdings, InPackage, Nothing
from polyvocal.exchange.readers.opendocument.names import attribute, child, name_of, within, words_in
from polyvocal.exchange.readers.opendocument.numbering import Numbering
from polyvocal.exchange.readers.opendocument.story import Context, Story
from polyvocal.exchange.readers.opendocument.styles import Styles
from polyvocal.exchange.readers.package import DamagedPart, Package, PackageKind
from polyvocal.exchange.readers.reading import Reading
from polyvocal.exchange.readers.tally import Tally, deleted
from polyvocal.exchange.readers.wording import beside, joined

_TEXT = PackageKind("OpenDocument text", ".odt", "LibreOffice")
_MANIFEST = "META-INF/manifest.xml"
_STYLE_GROUPS = ("office:styles", "office:automatic-styles")
_PROPERTIES = {
    "dc:title": "title", "dc:subject": "subject", "dc:description": "description", "dc:language": "language",
    "meta:keyword": "keywords", "meta:creation-date": "created", "dc:date": "modified",
}  # fmt: skip


def read_opendocument(content: bytes, name: str) -> Reading:
    """Read an .odt as text: a paragraph a line, headings after a blank line, list items with their labels, table rows
    with " | " between cells, footnotes at the end; beside it structure, comments and pictures.

    Raises UserError: locked, damaged, no OpenDocument text, larger than the limits.
    """
    package = Package(content, name, _TEXT)
    _refuse_if_locked(package)
    if "content.xml" not in package:
        raise UserError(
            f"{name} is a zip package, but no OpenDocument text: it has no content.xml. "
            "If it should be one, open it in LibreOffice and save it again as .odt."
        )
    tally = Tally()
    try:
        root = package.xml("content.xml")
    except DamagedPart as fault:
        raise _damaged(name, str(fault)) from None
    others = [
        part for part in (_part(package, "styles.xml", tally), _part(package, "meta.xml", tally)) if part is not None
    ]
    return _read(root, others, InPackage(package, tally), tally, name)


def read_flat_opendocument(content: bytes, name: str) -> Reading:
    """Read an .fodt, which is all of an OpenDocument text in one XML file. Raises UserError as for an .odt."""
    if content.count(b"<") + content.count(b"=") > TREE_TAGS:
        raise UserError(
            f"{name} was not read: it holds more than {TREE_TAGS:,} tags and attributes, the most that are read."
        )
    if b"<!DOCTYPE" in content or b"<\0!\0D" in content or b"\0<\0!\0D" in content:
        raise UserError(
            f"{name} was not read: it declares a document type, which can be used to do harm. If you trust it, open it "
            "in LibreOffice and save it again as .odt."
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as fault:
        raise _damaged(name, f"it is broken in line {fault.lineno}") from None
    return _read(root, [root], Nothing(), Tally(), name)


def _read(root: _Element, others: list[_Element], holdings: Holdings, tally: Tally, name: str) -> Reading:
    body = child(root, "office:body", "office:text")
    if body is None:
        found = child(root, "office:body")
        kinds = [name_of(one).rpartition(":")[2] for one in found] if found is not None else []
        raise UserError(f"{name} is no OpenDocument text: what is in it is {' and '.join(kinds) or name_of(root)}.")
    try:
        return _read_body(body, root, others, holdings=holdings, tally=tally, name=name)
    except RecursionError:
        raise UserError(f"{name} was not read: its lists, tables or frames lie in one another too deep.") from None


def _read_body(
    body: _Element, root: _Element, others: list[_Element], *, holdings: Holdings, tally: Tally, name: str
) -> Reading:
    common = [group for one in others for group in one if name_of(group) == "office:styles"]
    groups = [*common, *(group for group in root if name_of(group) == "office:automatic-styles")]
    context = Context(Styles(groups), Numbering(groups), tally, holdings, Allowance(name), _changes(body, tally))
    lines = Lines()
    Story(context).blocks(body, lines)
    whole = joined("\n\n", [part for part in (lines.whole(), joined("\n", context.notes)) if part.length])
    whole.add("\n")
    tally.count("comment", len(context.comments))
    _tell_page_edges(others, tally)
    return Reading(
        whole.text, notes=tally.notes(), beside=beside(whole, context.comments), properties=_properties([root, *others])
    )


def _part(package: Package, part: str, tally: Tally) -> _Element | None:
    try:
        return package.xml(part) if part in package else None
    except DamagedPart as fault:
        tally.count("broken part", detail=str(fault))
        return None


def _refuse_if_locked(package: Package) -> None:
    """A locked document keeps its parts encrypted, and says so in its manifest (part 2, 3.4)."""
    try:
        manifest = package.content(_MANIFEST) if _MANIFEST in package else b""
    except DamagedPart:
        return  # then it does not say so
    if b"encryption-data" in manifest or "encrypted-package" in package:
        raise UserError(f"{package.name} is locked with a password: open it in LibreOffice and save it without one.")


def _damaged(name: str, how: str) -> UserError:
    return UserError(
        f"{name} is damaged: {how}. Open it in LibreOffice, which may be able to repair it, and save it again."
    )


def _changes(body: _Element, tally: Tally) -> dict[str, _Element]:
    """Count tracked changes; the deletions by the ids under which the text points to them."""
    deletions: dict[str, _Element] = {}
    for region in within(body, "text:changed-region"):
        for change in region:
            if name_of(change) == "text:insertion":
                tally.count("insertion")
            elif name_of(change) == "text:deletion":
                deletions[attribute(region, "text:id") or attribute(region, "xml:id") or ""] = change
                words = words_in(change, without=("office:change-info", "office:annotation"))
                if words:
                    tally.count("deletion", detail=deleted(words, *_who_and_when(change)))
    return deletions


def _who_and_when(change: _Element) -> tuple[str | None, str | None]:
    who, when = (child(change, "office:change-info", name) for name in ("dc:creator", "dc:date"))
    return (who.text if who is not None else None), (when.text if when is not None else None)


def _tell_page_edges(parts: Iterable[_Element], tally: Tally) -> None:
    for part in parts:
        for page in within(part, "style:master-page"):
            for edge in page:
                if name_of(edge).startswith(("style:header", "style:footer")):
                    words = words_in(edge)
                    tally.count("header or footer", int(bool(words) and not words.isdecimal()))


def _properties(parts: Iterable[_Element]) -> dict[str, str]:
    """What the document says of itself. Whoever wrote it first is its creator; else whoever saved it last."""
    found: dict[str, list[str]] = {}
    for part in parts:
        meta = child(part, "office:meta")
        for one in meta if meta is not None else ():
            words, name = (one.text or "").strip(), name_of(one)
            if words and name == "meta:initial-creator":
                found["creator"] = [words]
            elif words and name == "dc:creator":
                found["lastmodifiedby"] = [words]
            elif words and name in _PROPERTIES:
                found.setdefault(_PROPERTIES[name], []).append(words)
    found.setdefault("creator", found.get("lastmodifiedby", []))
    return {name: ", ".join(words) for name, words in found.items() if words}
