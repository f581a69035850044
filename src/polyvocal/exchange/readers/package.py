"""The package around a document: a zip file of parts that are XML, and pictures.

Nothing in it is trusted: sizes are counted while unpacking, no document type is accepted, nothing outside is fetched.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from lxml import etree
from lxml.etree import _Element

from polyvocal.domain.errors import UserError
from polyvocal.exchange.readers.archive import DIRECTORY_END, refuse_long_directory
from polyvocal.exchange.readers.limits import (
    PACKAGE_ENTRIES,
    PICTURE_BYTES,
    PICTURES_BYTES,
    RATIO_MATTERS_FROM,
    TREE_TAGS,
    UNPACKED_BYTES,
    UNPACKED_RATIO,
    UNPACKED_TAGS,
    in_mib,
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK = 1 << 16
_ENCRYPTED = 1
_UNREADABLE = (BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError, OSError)


class DamagedPart(Exception):
    """A part that is not there, or cannot be read; says which, and never what is in it."""


@dataclass(frozen=True, slots=True)
class PackageKind:
    """What a package is called in messages ("Word document"), its ending, and what can mend a broken one."""

    name: str
    ending: str
    program: str


class Package:
    """A package in memory. Raises UserError for what is none, and for what is larger than the limits."""

    def __init__(self, content: bytes, name: str, kind: PackageKind) -> None:
        self.name, self.kind = name, kind
        self._left, self._tags_left, self._pictures_left = UNPACKED_BYTES, UNPACKED_TAGS, PICTURES_BYTES
        self._tree_tags_left = TREE_TAGS
        if content.startswith(_OLE):
            raise UserError(
                f"{name} is locked with a password, or is an old Office document under another ending. "
                f"Open it in {kind.program} and save it as {kind.ending} without a password."
            )
        refuse_long_directory(content[-DIRECTORY_END:], name)
        try:
            self._zip = ZipFile(BytesIO(content))
        except _UNREADABLE:
            raise UserError(
                f"{name} is no {kind.name}, or is damaged: a {kind.ending} is a zip package, and this is none. "
                f"Open it in {kind.program}, which may be able to repair it, and save it again."
            ) from None
        entries = self._zip.infolist()
        if len(entries) > PACKAGE_ENTRIES:
            raise UserError(f"{name} holds {len(entries):,} files; at most {PACKAGE_ENTRIES:,} are read of a package.")
        self._entries = {_folded(entry.filename): entry for entry in entries}

    def __contains__(self, part: str) -> bool:
        return _folded(part) in self._entries

    def content(self, part: str) -> bytes:
        """The bytes of a part. Raises DamagedPart where it is missing or broken, UserError beyond the limits."""
        return b"".join(self.pieces(part))

    def pieces(self, part: str) -> Iterator[bytes]:
        """The bytes of a part, as they are unpacked: the way for what is large. Raises as `content` does."""
        entry = self._entry(part)
        try:
            yield from self._unpacked(entry)
        except _UNREADABLE:
            raise DamagedPart(f"{part} cannot be unpacked") from None

    def picture(self, part: str) -> bytes:
        """The bytes of a picture. Raises DamagedPart where it is missing, broken, or larger than the limits."""
        entry = self._entry(part)
        most = min(PICTURE_BYTES, self._pictures_left)
        self._refuse_if_locked(entry)
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise DamagedPart(f"{part} cannot be unpacked")
        try:
            with self._zip.open(entry) as file:
                content = file.read(most + 1)
        except _UNREADABLE:
            raise DamagedPart(f"{part} cannot be unpacked") from None
        if len(content) > most:
            raise DamagedPart(f"{part} is larger than the pictures that are kept")
        self._pictures_left -= len(content)
        return content

    def _entry(self, part: str) -> ZipInfo:
        entry = self._entries.get(_folded(part))
        if entry is None:
            raise DamagedPart(f"{part} is missing")
        return entry

    def xml(self, part: str) -> _Element:
        """A part as XML. Raises DamagedPart where it is missing or broken, UserError beyond the limits."""
        entry = self._entry(part)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            for chunk in self._unpacked(entry):
                self._tree_tags_left -= chunk.count(b"<") + chunk.count(b"=")
                if self._tree_tags_left < 0:
                    raise self._bomb(f"more than {TREE_TAGS:,} tags and attributes, the most that are read")
                parser.feed(chunk)
            root = parser.close()
        except etree.XMLSyntaxError as fault:
            raise DamagedPart(f"{part} is broken in line {fault.lineno}") from None
        except _UNREADABLE:
            raise DamagedPart(f"{part} cannot be unpacked") from None
        if root.getroottree().docinfo.internalDTD is not None:
            raise self.document_type(part)
        return root

    def document_type(self, part: str) -> UserError:
        """What is said of a part that declares a document type."""
        return UserError(
            f"{self.name} was not read: {part} declares a document type, which no {self.kind.name} does and which "
            f"can be used to do harm. If you trust it, open it in LibreOffice and save it again as {self.kind.ending}."
        )

    def _unpacked(self, entry: ZipInfo) -> Iterator[bytes]:
        self._refuse_if_locked(entry)
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

    def _refuse_if_locked(self, entry: ZipInfo) -> None:
        if entry.flag_bits & _ENCRYPTED:
            raise UserError(f"{self.name} is locked with a password: save it without one.")

    def _bomb(self, what: str) -> UserError:
        return UserError(
            f"{self.name} was not read: unpacked, it holds {what}. "
            "It may be made to fill the memory; if you trust it, divide it into several documents."
        )


def _folded(name: str) -> str:
    """Names of parts are compared without case, and some programs write them with \\ or with a / before them."""
    return name.replace("\\", "/").lstrip("/").casefold()
