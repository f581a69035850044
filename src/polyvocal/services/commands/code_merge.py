"""Merging codes into one, and splitting one: the codings follow, and nothing is lost."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, TypeAlias

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.codetree import path_of, with_descendants
from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import CodingId, SourceVersionId
from polyvocal.domain.record import Record
from polyvocal.domain.records import Code, Coding, Concern, Memo, SourceVersion, Stance
from polyvocal.domain.spans import Span
from polyvocal.domain.text import clean_name, counted, shown
from polyvocal.domain.versions import current, map_between
from polyvocal.domain.words import WHY_CHANGED
from polyvocal.services.commands.code_changes import code_meant, note_code, note_why, place_code
from polyvocal.services.commands.codebook import new_code
from polyvocal.services.commands.recoding import take_counter_examples
from polyvocal.store.file import ProjectFile
from polyvocal.store.schema import kind_of
from polyvocal.store.unit import Unit

_Key: TypeAlias = tuple[int, ...]
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
        if target.retired:
            raise UserError(f"{shown(target.name)} is retired: take it back into use first, or name another code")
        for code in {one.id: one for one in (code_meant(unit, reference) for reference in codes)}.values():
            if code.id == target.id:
                raise UserError(f"{shown(code.name)} cannot be merged with itself: name another code")
            target = _merge(unit, unit.need(Code, code.id), target, reason)

    return file.write("merge codes", work)


def _merge(unit: Unit, gone: Code, target: Code, reason: str | None) -> Code:
    known: dict[int, Code] = {code.id: code for code in unit.all(Code)}
    words = _defined(gone, path_of(known, gone.id), reason)
    if target.id in with_descendants(known.values(), gone.id):
        target = place_code(unit, target, gone.parent, beside=gone)
    for child in unit.find(Code, parent=gone.id):
        place_code(unit, child, target.id)
    _move_codings(unit, unit.find(Coding, code=gone.id), target)
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


def _move_codings(unit: Unit, moving: list[Coding], target: Code) -> None:
    there = unit.find(Coding, code=target.id)
    key = _keys(unit, [*moving, *there])
    kept = {key(one): one for one in there}
    same = [(one, kept[key(one)]) for one in moving if key(one) in kept]
    doubled = {one.id for one, _ in same}
    unit.change_all(Coding, (one.id for one in moving if one.id not in doubled), code=target.id)
    for one, other in same:
        _take_over(unit, Concern, one, other)
        _take_over(unit, Stance, one, other)
        take_counter_examples(unit, one.id, other.id)
        memos = (memo.id for memo in unit.find(Memo, about=one.id, about_kind=kind_of(Coding)))
        unit.change_all(Memo, memos, about=other.id)
        unit.remove(one)


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


def _take_over(unit: Unit, cls: type[Any], one: Coding, other: Coding) -> None:
    """Let the parts of one coding be parts of another, which may have just the same."""

    def said(part: Record) -> tuple[object, ...]:
        return tuple(getattr(part, name) for name in part.__dataclass_fields__ if name not in ("id", "coding"))

    there = {said(part) for part in unit.find(cls, coding=other.id)}
    for part in unit.find(cls, coding=one.id):
        if said(part) in there:
            unit.remove(part)
        else:
            unit.change(part, coding=other.id)


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
