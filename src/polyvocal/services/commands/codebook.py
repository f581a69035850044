"""Codes."""

import re
from typing import NamedTuple

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.errors import UserError
from polyvocal.domain.palette import least_used
from polyvocal.domain.records import Code
from polyvocal.domain.text import clean_name, clean_text, shown
from polyvocal.domain.words import CodeKind
from polyvocal.services.references import is_id, kind_named, lookup, named, resolve
from polyvocal.store.file import ProjectFile
from polyvocal.store.unit import Unit


class NewCode(NamedTuple):
    """A code that is not there yet: it is made at the top of the codebook, with what is done with it."""

    name: str


def code_to_apply(unit: Unit, code: str | NewCode) -> Code:
    """The code in use that a reference means, or a new one: of several that bear a name, retired ones are not meant.

    UserError where there is none, where it is retired, and where there is one of the new one's name.
    """
    if isinstance(code, NewCode):
        return new_code(unit, name=code.name)
    kind = kind_named("code")
    in_use = None if is_id(code) else unit.find(Code, retired=False)
    found: Code = lookup(unit, kind, code, among=in_use) or resolve(unit, kind, code)
    refuse_retired(found)
    return found


def refuse_retired(code: Code) -> None:
    """Raise UserError, which says how it comes back into use, where a code is retired."""
    if code.retired:
        raise UserError(
            f"{shown(code.name)} is retired: take it back into use first, or name another code. "
            f"See `polyvocal change PROJECT code {code.id} --set retired=no`."
        )


_COLOUR = re.compile("#[0-9a-f]{6}")


def checked_colour(colour: str) -> str:
    """A colour as #rrggbb in small letters. UserError for anything else."""
    if not _COLOUR.fullmatch(colour.casefold()):
        raise UserError(f"there is no colour {shown(colour)}: write it as #0072b2, red, green and blue in hexadecimal")
    return colour.casefold()


def add_code(
    file: ProjectFile,
    *,
    name: str,
    parent: str | None = None,
    kind: CodeKind = CodeKind.CODE,
    definition: str | None = None,
    use_when: str | None = None,
    not_when: str | None = None,
    example: str | None = None,
    colour: str | None = None,
) -> ChangeSet:
    """Add a code to the codebook, below a parent if given; without a colour it takes the least used of the palette.

    Raises UserError where the parent is not there, and where it has a code of that name already.
    """

    def work(unit: Unit) -> None:
        new_code(
            unit,
            name=name,
            parent=parent,
            kind=kind,
            definition=definition,
            use_when=use_when,
            not_when=not_when,
            example=example,
            colour=colour,
        )

    return file.write("add code", work)


def new_code(
    unit: Unit,
    *,
    name: str,
    parent: str | None = None,
    kind: CodeKind = CodeKind.CODE,
    definition: str | None = None,
    use_when: str | None = None,
    not_when: str | None = None,
    example: str | None = None,
    colour: str | None = None,
) -> Code:
    """Add a code within an operation that is open. UserError as `add_code`."""
    codes = unit.all(Code)
    called = clean_name(name, "code")
    above = resolve(unit, kind_named("code"), parent).id if parent is not None else None
    siblings = [code for code in codes if code.parent == above]
    if taken := named(siblings, called, lambda code: code.name):
        where = f"below {shown(parent)}" if parent is not None else "at the top of the codebook"
        retired, way = (", retired,", "take it back into use") if taken[0].retired else ("", "change that one")
        raise UserError(
            f"there is a code called {shown(taken[0].name)}{retired} {where} already ({taken[0].id}): "
            f"choose another name, or {way}"
        )
    code = Code(
        id=unit.new_id(),
        name=called,
        parent=above,
        kind=kind,
        definition=clean_text(definition),
        use_when=clean_text(use_when),
        not_when=clean_text(not_when),
        example=clean_text(example),
        colour=checked_colour(colour) if colour else least_used(code.colour for code in codes),
        position=max((code.position for code in siblings), default=-1) + 1,
    )
    unit.add(code)
    return code
