"""Merging codes into one, and splitting one: the codings follow, and nothing is lost."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeAlias

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.codetree import path_of, with_descendants
from polyvocal.domain.comparisons import CounterExample
from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import CodeId, CodingId, SourceVersionId
from polyvocal.domain.records import Code, Coding, Concern, Memo, SourceVersion, Stance
from polyvocal.domain.spans import Span
from polyvocal.domain.text import clean_name, counted, shown
from polyvocal.domain.versions import current, map_between
from polyvocal.domain.words import WHY_CHANGED
from polyvocal.services.commands.code_changes import code_meant, note_code, note_why, place_code
from polyvocal.services.commands.codebook import new_code, refuse_retired
from polyvocal.store.file import ProjectFile
from polyvocal.store.unit import Unit

_Key: TypeAlias = tuple[int, ...]
_PARTS: dict[type[Any], tuple[str, ...]] = {
    **{cls: tuple(one.name for one in fields(cls) if one.name not in ("id", "coding")) for cls in (Concern, Stance)},
    CounterExample: ("comparison",),
}
"""What hangs on a coding, and the fields by which two of a kind say the same."""
_FIELDS = (
    ("definition", "Definition"),
    ("use_when", "Use when"),
    ("not_when", "Do not use when"),
    ("example", "Example"),
)


def merge_codes(file: ProjectFile, codes: Sequence[str], *, into: str, reason: str | None = None) -> ChangeSet:
    """Let one code take over all that belongs to others, as one operation.

    Their codings become codings of it. Where the same coder has coded the same passage with it already, one coding
    stays, with the stances, concerns and memos of both. The codes below them go below it; their memos become memos
    about it, and what they were defined as is kept in another one. They themselves are retired and not removed: so
    their definitions and the history of these can still be read, and what was written elsewhere about them by id still
    leads somewhere.

    Raises UserError where a code is to be merged with itself or into one that is retired, and where two codes that
    would stand side by side bear the same name.
    """

    def work(unit: Unit) -> None:
        target = code_meant(unit, into)
        refuse_retired(target)
        gone = {one.id: one for one in (code_meant(unit, reference) for reference in codes)}
        for code in gone.values():
            if code.id == target.id:
                raise UserError(f"{shown(code.name)} cannot be merged with itself: name another code")
            target = _merge(unit, unit.need(Code, code.id), target, reason)
        _gather_codings(unit, list(gone), target)

    return file.write("merge codes", work)


def _merge(unit: Unit, gone: Code, target: Code, reason: str | None) -> Code:
    """Let a code take over all of another one but its codings."""
    known: dict[int, Code] = {code.id: code for code in unit.all(Code)}
    words = _defined(gone, path_of(known, gone.id), reason)
    if target.id in with_descendants(known.values(), gone.id):
        target = place_code(unit, target, gone.parent, beside=gone)
    for child in unit.find(Code, parent=gone.id):
        place_code(unit, child, target.id)
    about_it = [memo.id for memo in unit.find(Memo, about=gone.id) if memo.title != WHY_CHANGED]
    unit.change_all(Memo, about_it, about=target.id)
    note_code(unit, target.id, f"Merged: {gone.name}", words)
    note_why(unit, gone.id, reason)
    unit.change(unit.need(Code, gone.id), retired=True)
    return unit.need(Code, target.id)


def _defined(code: Code, path: str, reason: str | None) -> str:
    """All that a code said of itself."""
    told = [f"{name}: {text}" for field, name in _FIELDS if (text := getattr(code, field))]
    why = [f"{WHY_CHANGED}: {reason.strip()}"] if reason and reason.strip() else []
    return "\n\n".join([f"{path} ({code.kind})", *told, *why])


def _gather_codings(unit: Unit, gone: Sequence[CodeId], target: Code) -> None:
    """Let the codings of codes, one code after another, be those of the target, or be one with what is there by then.

    All are read once, however many codes there are.
    """
    codings = sorted(unit.among(Coding, "code", [target.id, *gone]), key=lambda one: one.id)
    key = _keys(unit, codings)
    of_code: dict[CodeId, dict[int, _Key]] = {}
    for one in codings:
        of_code.setdefault(one.code, {})[one.id] = key(one)
    kept = {place: one for one, place in of_code.get(target.id, {}).items()}
    stays: dict[int, int] = {}
    for code in gone:
        moving = of_code.get(code, {})
        stays |= {one: kept[place] for one, place in moving.items() if place in kept}
        kept |= {place: one for one, place in moving.items() if one not in stays}
    unit.change_all(
        Coding, (one.id for one in codings if one.code != target.id and one.id not in stays), code=target.id
    )
    _become_one(unit, stays)


def _become_one(unit: Unit, stays: Mapping[int, int]) -> None:
    """Let codings give all that hangs on them to those that stay in their place, and go."""
    doubled = {cls: _take_over(unit, cls, stays) for cls in _PARTS}
    instead = dict(stays)
    for ids in doubled.values():
        instead |= ids
    unit.change_each(
        Memo, "about", {one.id: instead[one.about] for one in unit.among(Memo, "about", instead) if one.about}
    )
    for cls, ids in doubled.items():
        unit.remove_all(cls, ids)
    unit.remove_all(Coding, stays)


def _take_over(unit: Unit, cls: type[Any], stays: Mapping[int, int]) -> dict[int, int]:
    """Let the parts of codings be parts of those that stay. Gives those that say what is said there already, each with
    the part that says it."""

    said = attrgetter(*_PARTS[cls])
    of_coding: dict[int, list[Any]] = {}
    for part in sorted(unit.among(cls, "coding", {*stays, *stays.values()}), key=lambda part: part.id):
        of_coding.setdefault(part.coding, []).append(part)
    moved: dict[int, int] = {}
    doubled: dict[int, int] = {}
    for one, other in stays.items():
        there = {said(part): part.id for part in of_coding.get(other, ())}
        for part in of_coding.get(one, ()):
            if said(part) in there:
                doubled[part.id] = there[said(part)]
            else:
                moved[part.id] = other
                of_coding.setdefault(other, []).append(part)
    unit.change_each(cls, "coding", moved)
    return doubled


def _keys(unit: Unit, codings: Iterable[Coding]) -> Callable[[Coding], _Key]:
    """By what codings are told to be of the same passage by the same coder: where their words are now."""
    versions: dict[SourceVersionId, SourceVersion] = {one.id: one for one in unit.all(SourceVersion)}
    of_source: dict[int, list[SourceVersion]] = {}
    for version in versions.values():
        of_source.setdefault(version.source, []).append(version)
    maps = {}
    for at in {one.version for one in codings}:
        of = of_source[versions[at].source]
        maps[at] = map_between(of, at, current(of).id)

    def key(one: Coding) -> _Key:
        place = maps[one.version].place(Span(one.start, one.end))
        source = versions[one.version].source
        if place is None:  # its words are gone: only one that was made of just the same is the same
            return one.coder, source, one.version, one.start, one.end
        return one.coder, source, place.start, place.end

    return key


def split_code(
    file: ProjectFile,
    reference: str,
    *,
    name: str,
    codings: Collection[CodingId],
    definition: str | None = None,
    reason: str | None = None,
) -> ChangeSet:
    """Make a new code beside one, and let some of its codings be codings of the new one, as one operation.

    Raises UserError where none are chosen or one is not a coding of the code, and as `add_code` does for the name.
    """

    def work(unit: Unit) -> None:
        code = code_meant(unit, reference)
        own = {one.id for one in unit.find(Coding, code=code.id)}
        strange = len(set(codings) - own)
        if not codings:
            raise UserError(f"choose the codings of {shown(code.name)} that are to become those of the new code")
        if strange:
            raise UserError(f"{counted(strange, 'coding')} of those chosen are not coded with {shown(code.name)} (now)")
        parent = str(code.parent) if code.parent is not None else None
        new = new_code(unit, name=clean_name(name, "code"), parent=parent, definition=definition)
        place_code(unit, new, code.parent, beside=code)
        unit.change_all(Coding, codings, code=new.id)
        note_why(unit, new.id, reason)

    return file.write("split code", work)
