"""The package of an Office document: parts that point to each other (Open Packaging Conventions, ECMA-376 part 2)."""

import posixpath
from dataclasses import dataclass
from urllib.parse import unquote

from lxml.etree import QName

from polyvocal.domain.errors import UserError
from polyvocal.exchange.readers.package import DamagedPart, Package


@dataclass(frozen=True, slots=True)
class Relationship:
    """A pointer from one part to another: an id, the last word of its type ("footnotes"), the target's name."""

    id: str
    kind: str
    target: str


class OfficePackage(Package):
    """A package that knows which part of it is the document, and which parts belong to that."""

    def main_part(self) -> str:
        """The name of the document itself, wherever it lies. UserError where the package does not say."""
        try:
            for one in self.relationships(""):
                if one.kind == "officeDocument" and one.target in self:
                    return one.target
        except DamagedPart:
            pass
        raise UserError(
            f"{self.name} is a zip package, but no {self.kind.name}: it does not say where its text is. "
            f"If it should be one, open it in {self.kind.program} and save it again as {self.kind.ending}."
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
            if QName(one).localname == "Relationship" and one.get("TargetMode") != "External"
        ]
