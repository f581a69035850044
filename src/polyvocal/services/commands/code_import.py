"""Taking in a codebook: codes that are new, and changes of those that are there, as one operation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import CodeId
from polyvocal.domain.palette import least_used
from polyvocal.domain.records import Code
from polyvocal.domain.text import shown
from polyvocal.services.references import folded
from polyvocal.store.file import ProjectFile
from polyvocal.store.unit import Unit


@dataclass(frozen=True, slots=True)
class CodeDraft:
    """A code to be: below another one of the same list that comes before it (`above`, its place), or at the top.

    `known` is the code that it is already: then `fields` are what is changed of it, else what it begins with.
    """

    name: str = field(repr=False)
    above: int | None = None
    known: CodeId | None = None
    fields: Mapping[str, Any] = field(default_factory=dict, repr=False)


def import_codes(file: ProjectFile, drafts: Sequence[CodeDraft]) -> ChangeSet:
    """Add and change codes, all of them or none. A new one comes after those beside it, in the order given.

    Raises UserError where a code of that name is there by now, or one that was there is gone.
    """

    def work(unit: Unit) -> None:
        codes = {code.id: code for code in unit.all(Code)}
        places = {(code.parent, folded(code.name)) for code in codes.values()}
        last: dict[CodeId | None, int] = {}
        for code in codes.values():
            last[code.parent] = max(last.get(code.parent, -1), code.position)
        colours = [code.colour for code in codes.values()]
        ids: list[CodeId] = []
        for draft in drafts:
            if draft.known is not None:
                if draft.known not in codes:
                    raise UserError(f"{shown(draft.name)} was removed meanwhile: look at the codebook again")
                unit.change(codes[draft.known], **draft.fields)
                ids.append(draft.known)
                continue
            parent = ids[draft.above] if draft.above is not None else None
            if (parent, folded(draft.name)) in places:
                raise UserError(f"there is a code called {shown(draft.name)} there by now: look at the codebook again")
            places.add((parent, folded(draft.name)))
            last[parent] = last.get(parent, -1) + 1
            begins = {"colour": least_used(colours), **draft.fields}
            colours.append(begins["colour"])
            new = Code(id=unit.new_id(), name=draft.name, parent=parent, position=last[parent], **begins)
            unit.add(new)
            ids.append(new.id)

    return file.write("import codebook", work)
