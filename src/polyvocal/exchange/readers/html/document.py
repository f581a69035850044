"""From the bytes of a page to its text."""

import binascii
import re
from urllib.parse import unquote_to_bytes

from lxml import etree
from lxml.etree import _Element

from polyvocal.domain.errors import UserError
from polyvocal.exchange.readers.allowance import Allowance
from polyvocal.exchange.readers.html.encoding import decode
from polyvocal.exchange.readers.html.names import name_of
from polyvocal.exchange.readers.html.story import Story
from polyvocal.exchange.readers.limits import (
    PAGE_CHARACTERS,
    PAGE_TAGS,
    PICTURE_BYTES,
    PICTURES_BYTES,
    TAG_CHARACTERS,
    in_mib,
)
from polyvocal.exchange.readers.lines import Lines
from polyvocal.exchange.readers.reading import Reading
from polyvocal.exchange.readers.tally import Tally
from polyvocal.exchange.readers.wording import beside

_DATA = re.compile(r"data:image/[\w.+-]{1,40};base64,[A-Za-z0-9+/=%\s]+")
_LONG_TAG = re.compile(f"<[A-Za-z][^<>]{{{TAG_CHARACTERS},}}")
_QUOTED = re.compile("\"[^\"]*\"|'[^']*'")
_ASIDE = "picture-in-the-page:"
_PROPERTIES = {
    "author": "creator", "dc.creator": "creator", "dcterms.creator": "creator", "dc.title": "title",
    "description": "description", "subject": "subject", "dc.subject": "subject", "keywords": "keywords",
    "created": "created", "date": "created", "dc.date": "created", "dcterms.created": "created",
    "article:published_time": "created", "changed": "modified", "last-modified": "modified",
    "dcterms.modified": "modified", "article:modified_time": "modified",
}  # fmt: skip
"""What pages say of themselves in <meta>, by its name or property in small letters."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def read_html(content: bytes, name: str, *, encoding: str | None = None) -> Reading:
    """Read a page as text: a paragraph a line, headings after a blank line, list items with their labels, table rows
    with " | " between cells; beside it structure, and pictures that the page holds itself. Nothing is fetched.

    Its encoding is found out, unless given. Raises UserError: no text, an encoding that cannot be told, not in the one
    given, nested too deep, larger than the limits.
    """
    decoded = decode(content, name, named=encoding)
    pictures = DataPictures()
    text = pictures.set_aside(decoded.text)
    refuse_if_too_large(text, name)
    root = parse(text, name)
    tally, lines = Tally(), Lines()
    if root is not None:
        read_page(root, Story(lines, tally, Allowance(name), pictures.content), name)
    whole = lines.whole()
    whole.add("\n")
    return Reading(
        whole.text,
        decoded.encoding,
        (*decoded.notes, *tally.notes()),
        beside(whole, {}),
        _properties(root) if root is not None else {},
        decoded.encoding_by,
    )


def refuse_if_too_large(text: str, name: str) -> None:
    """Raise UserError for a page beyond the limits; to be asked before a parser sees it."""
    if len(text) > PAGE_CHARACTERS:
        raise UserError(
            f"{name} was not read: without its pictures it is larger than {in_mib(PAGE_CHARACTERS)}, the most that is "
            "read of a page. Divide it into several."
        )
    if text.count("<") > PAGE_TAGS:
        raise UserError(
            f"{name} was not read: it holds more than {PAGE_TAGS:,} tags, the most that are read of a page. "
            "Divide it into several."
        )
    if any(len(_QUOTED.sub("", tag.group())) > TAG_CHARACTERS for tag in _LONG_TAG.finditer(text)):
        raise UserError(
            f"{name} was not read: a tag in it has thousands of attributes. It may be made to do harm; if you trust "
            "it, copy what you see of it in a browser into a text file."
        )


def parse(text: str, name: str) -> _Element | None:
    """The elements of a page, however broken it is; None where there is none. Raises UserError where it is nested too
    deep.
    """
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError:
        root = None
    if parser.error_log.filter_from_fatals():
        raise UserError(
            f"{name} was not read: its elements lie in one another too deep, or one is too large. It may be made to do "
            "harm; if you trust it, copy what you see of it in a browser into a text file."
        )
    return root


def read_page(root: _Element, story: Story, name: str) -> None:
    """Read a page. Raises UserError where its elements lie in one another too deep."""
    try:
        story.read(root)
    except RecursionError:
        raise UserError(f"{name} was not read: its lists or tables lie in one another too deep.") from None


class DataPictures:
    """The pictures that a page holds in its addresses. They are set aside, as no parser takes in an address so long."""

    def __init__(self) -> None:
        self._kept: list[str] = []
        self._left = PICTURES_BYTES

    def set_aside(self, text: str) -> str:
        """The page with a short address for each of them."""
        return _DATA.sub(self._keep, text) if "data:image/" in text else text

    def _keep(self, match: re.Match[str]) -> str:
        self._kept.append(match.group())
        return f"{_ASIDE}{len(self._kept) - 1}"

    def content(self, address: str) -> bytes | None:
        """The bytes of the picture at an address; None where that is elsewhere, or none, or larger than the limits."""
        if address.startswith(_ASIDE):
            at = address.removeprefix(_ASIDE)
            address = self._kept[int(at)] if at.isdecimal() and int(at) < len(self._kept) else ""
        if not address.startswith("data:image/"):
            return None
        kind, _, data = address.partition(",")
        if len(data) > PICTURE_BYTES * 4 // 3:
            return None
        content = unquote_to_bytes(data)
        if kind.endswith(";base64"):
            try:
                content = binascii.a2b_base64(content)
            except ValueError:
                return None
        self._left -= len(content)
        return content if self._left >= 0 else None


def _properties(root: _Element) -> dict[str, str]:
    """What a page says of itself: its title, and what is in <meta>. A time that is not written in ISO 8601 is none."""
    found: dict[str, str] = {}
    for one in root.iter("title", "meta"):
        if name_of(one) == "title":
            found.setdefault("title", " ".join((one.text or "").split()))
            continue
        kind = _PROPERTIES.get((one.get("name") or one.get("property") or "").lower())
        said = (one.get("content") or "").strip()
        if kind is not None and (kind not in ("created", "modified") or _DAY.match(said)):
            found.setdefault(kind, said)
    return {kind: said for kind, said in found.items() if said}
