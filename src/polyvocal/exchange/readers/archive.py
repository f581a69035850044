"""The files within a .zip, one at a time and in memory: nothing of it is unpacked to the disk.

Nothing in it is trusted: names are only names, sizes are counted while unpacking. (The format: PKWARE's APPNOTE.)
"""

import stat
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from polyvocal.domain.errors import EnvironmentFault, UserError
from polyvocal.exchange.readers.given import plain_name, too_large
from polyvocal.exchange.readers.limits import (
    ARCHIVE_BYTES,
    ARCHIVE_ENTRIES,
    DIRECTORY_BYTES,
    RATIO_MATTERS_FROM,
    UNPACKED_RATIO,
    in_mib,
)

ENDING = ".zip"
_CHUNK = 1 << 20
_ENCRYPTED, _IN_UTF_8 = 1, 0x800
_UNICODE_PATH = 0x7075
_UNREADABLE = (BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError, struct.error)
_END, _END_LENGTH, _END_64, _FROM_END_64 = b"PK\5\6", 22, b"PK\6\6", 76
DIRECTORY_END = _END_LENGTH + 0xFFFF + _FROM_END_64
"""How far from the end of a zip what tells of its list of files may begin: the end itself, a comment, and what large
ones have besides."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file within an archive, by its folders and its name."""

    parts: tuple[str, ...]
    entry: ZipInfo

    @property
    def is_locked(self) -> bool:
        """Whether it is encrypted."""
        return bool(self.entry.flag_bits & _ENCRYPTED)

    @property
    def is_link(self) -> bool:
        """Whether it stands for a file elsewhere."""
        return stat.S_ISLNK(self.entry.external_attr >> 16)


class Archive:
    """A .zip on the disk, open as long as somebody refers to it.

    Raises UserError for what is no .zip or is larger than the limits, EnvironmentFault where it cannot be opened.
    """

    def __init__(self, path: Path, name: str) -> None:
        self.name = name
        try:
            with path.open("rb") as file:
                size = file.seek(0, 2)
                file.seek(max(0, size - DIRECTORY_END))
                refuse_long_directory(file.read(), name)
            self._zip = ZipFile(path)
        except _UNREADABLE:
            raise UserError(
                f"{name} is no .zip, or is damaged: it has no list of the files in it. Pack them once more, or unpack "
                "them and give the folder."
            ) from None
        except OSError as fault:
            raise EnvironmentFault(f"{name} cannot be opened: {fault.strerror}.") from None
        entries = self._zip.infolist()
        if len(entries) > ARCHIVE_ENTRIES:
            raise UserError(
                f"{name} holds {len(entries):,} files; at most {ARCHIVE_ENTRIES:,} are read of a .zip: divide it."
            )
        if sum(entry.file_size for entry in entries) > ARCHIVE_BYTES:
            raise UserError(
                f"{name} was not read: unpacked, it holds more than {in_mib(ARCHIVE_BYTES)}, the most that is read of "
                "a .zip. It may be made to fill the memory; if you trust it, divide it into several."
            )

    def members(self) -> Iterator[Member]:
        """The files, in the order of the archive."""
        for entry in self._zip.infolist():
            name = _name(entry)
            parts = tuple(plain_name(part) for part in name.split("/") if part not in ("", ".", ".."))
            if parts and not name.endswith("/"):
                yield Member(parts, entry)

    def content(self, member: Member, max_bytes: int) -> bytes:
        """Unpack a file. Raises UserError: larger than is read, growing out of proportion, damaged."""
        name, entry = "/".join((self.name, *member.parts)), member.entry
        content = bytearray()
        try:
            if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):  # the others can only be unpacked whole
                raise NotImplementedError
            with self._zip.open(entry) as file:
                while chunk := file.read(_CHUNK):
                    content += chunk
                    if len(content) > max_bytes:
                        raise too_large(name, max_bytes)
                    if len(content) > RATIO_MATTERS_FROM and len(content) > UNPACKED_RATIO * entry.compress_size:
                        raise UserError(
                            f"{name} was not read: it grows more than {UNPACKED_RATIO} times when it is unpacked, "
                            "which no text does. It may be made to fill the memory."
                        )
        except (*_UNREADABLE, OSError):
            raise UserError(
                f"{name} cannot be unpacked: it is damaged, or packed in an unusual way. Unpack {self.name} with the "
                "program that made it, and give the folder."
            ) from None
        return bytes(content)


def refuse_long_directory(tail: bytes, name: str) -> None:
    """Refuse a zip whose list of files is longer than is read, by the bytes at its end (all that may hold a comment).

    zipfile reads that list whole, however many entries it has, before anybody can ask how long it is.
    """
    at = tail.find(_END)
    while at >= 0:
        length = int.from_bytes(tail[at + 12 : at + 16], "little")
        before = tail[max(0, at - _FROM_END_64) : at]
        if before.startswith(_END_64):
            length = int.from_bytes(before[40:48], "little")
        if length > DIRECTORY_BYTES:
            raise UserError(
                f"{name} was not read: its list of files is longer than {in_mib(DIRECTORY_BYTES)}, the most that is "
                "read of one. It is damaged, or may be made to fill the memory."
            )
        at = tail.find(_END, at + 1)


def _name(entry: ZipInfo) -> str:
    r"""The name as it was meant: UTF-8 where it can be, whatever the entry says, else cp437; with / between folders.

    macOS writes UTF-8 and does not say so; some programs write a second name in UTF-8; old ones put \ between folders.
    """
    name = entry.filename
    if not entry.flag_bits & _IN_UTF_8:
        raw = name.encode("cp437")
        with suppress(UnicodeDecodeError):
            name = _second_name(entry.extra, zlib.crc32(raw)) or raw.decode()
    return name.replace("\\", "/")


def _second_name(extra: bytes, crc: int) -> str | None:
    """The name in Info-ZIP's "Unicode Path" field, if it is there and belongs to the name of this checksum."""
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        if kind == _UNICODE_PATH and length > 5 and int.from_bytes(extra[5:9], "little") == crc:
            return extra[9 : 4 + length].decode()
        extra = extra[4 + length :]
    return None
