"""Pictures in a rich text file: \\pict with their bytes as they are, or as hexadecimal digits."""

from collections.abc import Callable

from polyvocal.exchange.readers.limits import PICTURE_BYTES, PICTURES_BYTES
from polyvocal.exchange.readers.media import media_type_of
from polyvocal.exchange.readers.rtf.destinations import Destination
from polyvocal.exchange.readers.rtf.state import State
from polyvocal.services.commands.incoming import FoundPicture

_NO_DIGITS = bytes(set(range(256)) - set(b"0123456789abcdefABCDEF"))


class Room:
    """How many bytes of pictures may still be kept of this file."""

    def __init__(self) -> None:
        self._left = PICTURES_BYTES

    def has(self, size: int) -> bool:
        """Whether a picture of this size still fits; it takes the room."""
        if size > min(PICTURE_BYTES, self._left):
            return False
        self._left -= size
        return True


class Picture(Destination):
    """One picture. Its bytes, or None where they are no picture that is kept, are handed on at the end."""

    takes_hex = True

    def __init__(self, room: Room, then: Callable[[FoundPicture | None, State], None]) -> None:
        self._room, self._then = room, then
        self._bytes = bytearray()
        self._digit = b""
        self._is_metafile = False
        self.said: dict[str, str] = {}

    def word(self, name: bytes, number: int | None, state: State) -> None:
        """The kind, where the bytes do not tell it."""
        self._is_metafile = self._is_metafile or name == b"wmetafile"

    def data(self, content: bytes) -> None:
        """Digits, of which an odd one waits for the next."""
        digits = self._digit + content.translate(None, _NO_DIGITS)
        whole = len(digits) // 2 * 2
        self._digit = digits[whole:]
        self._bytes += bytes.fromhex(digits[:whole].decode())

    def binary(self, content: bytes) -> None:
        """Bytes as they are (\\bin)."""
        self._bytes += content

    def end(self, state: State) -> None:
        """Hand the picture on."""
        content, self._bytes = bytes(self._bytes), bytearray()
        media_type = media_type_of(content) or ("image/wmf" if self._is_metafile and content else None)
        if media_type is None or not self._room.has(len(content)):
            self._then(None, state)
            return
        name, description = self.said.get("wzName"), self.said.get("wzDescription")
        self._then(FoundPicture(0, content, media_type, name or None, description or None), state)
