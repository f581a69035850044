"""The package around a Word document: parts that point to each other (Open Packaging Conventions)."""

import posixpath
from dataclasses import dataclass
from urllib.parse import unquote

from polyvocal.domain.errors import UserError
from polyvocal.exchange.readers.package import DamagedPart, Package, PackageKind
from polyvocal.exchange.readers.word.names import name_of

_WORD = PackageKind("Word document", ".docx", "Word or LibreOffice")


@dataclass(frozen=True, slots=True)
class Relationship:
    """A pointer from one part to another: an id, the last word of its type ("footnotes"), the target's name."""

    id: str
    kind: str
    target: str


class WordPackage(Package):
    """A package that knows which part of it is the document, and which parts belong to that."""

    def __init__(self, content: bytes, name: str) -> None:
        super().__init__(content, name, _WORD)

    def main_part(self) -> str:
        """The name of the document itself, wherever it lies. UserError where the package is none of Word."""
        try:
            for one in self.relationships(""):
                if one.kind == "officeDocument" and one.target in self:
                    return one.target
        except DamagedPart:
            pass
        raise UserError(
            f"{self.name} is a zip package, but no Word document: it does not say where its text is. "
            "If it should be one, open it in Word or LibreOffice and save it again as .docx."
        )

    def relationships(self, part: str) -> list[Relationship]:
        """What a part points to within the package; of the package itself for "". Links to the outside are not told."""
        folder, base = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        if rels not in self:
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
