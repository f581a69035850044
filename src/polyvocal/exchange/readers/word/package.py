"""The package around a document: a zip file with parts that point to each other (Open Packaging Conventions).

Nothing in it is trusted: sizes are counted while unpacking, no document type is accepted, nothing outside is fetched.
"""

import posixpath
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import unquote
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from lxml import etree
from lxml.etree import _Element

from polyvocal.domain.errors import UserError
from polyvocal.exchange.readers.limits import (
    PACKAGE_ENTRIES,
    RATIO_MATTERS_FROM,
    UNPACKED_BYTES,
    UNPACKED_RATIO,
    UNPACKED_TAGS,
    in_mib,
)
from polyvocal.exchange.readers.word.names import name_of

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK = 1 << 16
_ENCRYPTED = 1


class DamagedPart(Exception):
    """A part that is not there, or is no XML; says which, and never what is in it."""


@dataclass(frozen=True, slots=True)
class Relationship:
    """A pointer from one part to another: an id, the last word of its type ("footnotes"), the target's name."""

    id: str
    kind: str
    target: str


class Package:
    """A package in memory. Raises UserError for what is none, and for what is larger than the limits."""

    def __init__(self, content: bytes, name: str) -> None:
        self._name = name
        self._left, self._tags_left = UNPACKED_BYTES, UNPACKED_TAGS
        if content.startswith(_OLE):
            raise UserError(
                f"{name} is locked with a password, or is an old Word document (.doc) under another ending. "
                "Open it in Word or LibreOffice and save it as .docx without a password."
            )
        try:
            self._zip = ZipFile(BytesIO(content))
        except (BadZipFile, ValueError, OSError, NotImplementedError):
            raise UserError(
                f"{name} is no Word document, or is damaged: a .docx is a zip package, and this is none. "
                "Open it in Word or LibreOffice, which may be able to repair it, and save it again."
            ) from None
        entries = self._zip.infolist()
        if len(entries) > PACKAGE_ENTRIES:
            raise UserError(f"{name} holds {len(entries):,} files; at most {PACKAGE_ENTRIES:,} are read of a package.")
        self._entries = {_folded(entry.filename): entry for entry in entries}

    def main_part(self) -> str:
        """The name of the document itself, wherever it lies. UserError where the package is none of Word."""
        try:
            for one in self.relationships(""):
                if one.kind == "officeDocument" and _folded(one.target) in self._entries:
                    return one.target
        except DamagedPart:
            pass
        raise UserError(
            f"{self._name} is a zip package, but no Word document: it does not say where its text is. "
            "If it should be one, open it in Word or LibreOffice and save it again as .docx."
        )

    def relationships(self, part: str) -> list[Relationship]:
        """What a part points to within the package; of the package itself for "". Links to the outside are not told."""
        folder, base = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        if _folded(rels) not in self._entries:
            return []
        return [
            Relationship(
                one.get("Id", ""),
                one.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, unquote(one.get("Target", "")))).lstrip("/"),
            )
            for one in self.xml(rels)
            if name_of(one) == "rel:Relationship" and one.get("TargetMode") != "External"
        ]

    def xml(self, part: str) -> _Element:
        """A part as XML. Raises DamagedPart where it is missing or broken, UserError beyond the limits."""
        entry = self._entries.get(_folded(part))
        if entry is None:
            raise DamagedPart(f"{part} is missing")
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            for chunk in self._unpacked(entry):
                parser.feed(chunk)
            root = parser.close()
        except etree.XMLSyntaxError as fault:
            raise DamagedPart(f"{part} is broken in line {fault.lineno}") from None
        except (BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError, OSError):
            raise DamagedPart(f"{part} cannot be unpacked") from None
        if root.getroottree().docinfo.internalDTD is not None:
            raise UserError(
                f"{self._name} was not read: {part} declares a document type, which no Word document does and which "
                "can be used to do harm. If you trust it, open it in LibreOffice and save it again as .docx."
            )
        return root

    def _unpacked(self, entry: ZipInfo) -> Iterator[bytes]:
        if entry.flag_bits & _ENCRYPTED:
            raise UserError(f"{self._name} is locked with a password: save it without one.")
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):  # the others can only be unpacked whole
            raise NotImplementedError
        size = 0
        with self._zip.open(entry) as file:
            while chunk := file.read(_CHUNK):
                size += len(chunk)
                self._left -= len(chunk)
                self._tags_left -= chunk.count(b"<")
                if self._left < 0:
                    raise self._bomb(f"more than {in_mib(UNPACKED_BYTES)} of XML, the most that is read")
                if self._tags_left < 0:
                    raise self._bomb(f"more than {UNPACKED_TAGS:,} tags of XML, the most that are read")
                if size > RATIO_MATTERS_FROM and size > UNPACKED_RATIO * entry.compress_size:
                    raise self._bomb(f"a part that grows more than {UNPACKED_RATIO} times")
                yield chunk

    def _bomb(self, what: str) -> UserError:
        return UserError(
            f"{self._name} was not read: unpacked, it holds {what}. "
            "It may be made to fill the memory; if you trust it, divide it into several documents."
        )


def _folded(name: str) -> str:
    """Names of parts are compared without case, and some programs write them with \\ or with a / before them."""
    return name.replace("\\", "/").lstrip("/").casefold()
