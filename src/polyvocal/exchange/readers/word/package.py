"""The package around a Word document."""

from polyvocal.exchange.readers.office import OfficePackage, Relationship
from polyvocal.exchange.readers.package import DamagedPart, PackageKind

_WORD = PackageKind("Word document", ".docx", "Word or LibreOffice")


class WordPackage(OfficePackage):
    """A package that is called a Word document in messages."""

    def __init__(self, content: bytes, name: str) -> None:
        super().__init__(content, name, _WORD)


__all__ = ["DamagedPart", "Relationship", "WordPackage"]
