"""Pictures that a file holds itself: hung where they stand, or told to be missing."""

from polyvocal.exchange.readers.media import media_type_of
from polyvocal.exchange.readers.package import DamagedPart, Package
from polyvocal.exchange.readers.tally import Tally
from polyvocal.exchange.readers.wording import PictureStands, Wording
from polyvocal.services.commands.incoming import FoundPicture


def hang_picture(
    content: bytes | None, words: Wording, tally: Tally, *, name: str | None = None, description: str | None = None
) -> None:
    """Hang a picture on the point that the words have come to; bytes that are none, or are not there, are told."""
    media_type = media_type_of(content) if content else None
    if not content or media_type is None:
        tally.count("picture elsewhere", detail=f"“{description}”" if description else None)
        return
    words.hang(PictureStands(FoundPicture(0, content, media_type, name, description)))
    tally.count("picture")


class PackedPictures:
    """The pictures in a package, each unpacked once."""

    def __init__(self, package: Package, tally: Tally) -> None:
        self._package, self._tally = package, tally
        self._read: dict[str, bytes | None] = {}

    def content(self, part: str) -> bytes | None:
        """The bytes of a part; None where they cannot be had, which is told once."""
        if part not in self._read:
            try:
                self._read[part] = self._package.picture(part)
            except DamagedPart as fault:
                self._tally.count("broken part", detail=str(fault))
                self._read[part] = None
        return self._read[part]
