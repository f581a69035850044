"""Merging, splitting, duplicating codings, and giving them another code: what hangs on them is never lost."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.comparisons import CounterExample
from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import CodeId, CodingId, PersonId, SourceVersionId
from polyvocal.domain.records import Code, Coding, Concern, Memo, Person, Source, SourceVersion, Stance
from polyvocal.domain.spans import Span
from polyvocal.domain.text import shown
from polyvocal.domain.words import RoleName
from polyvocal.services.commands.codebook import NewCode, code_to_apply
from polyvocal.services.commands.codings import CodedAlready
from polyvocal.services.commands.ends import place_of, put_at, refuse_double
from polyvocal.services.commands.passage import text_of
from polyvocal.services.commands.people import ensure_person
from polyvocal.services.references import kind_named, resolve
from polyvocal.store.file import ProjectFile
from polyvocal.store.unit import Unit, now

Part = type[Concern | Stance]
PARTS: tuple[Part, ...] = (Concern, Stance)
"""What says more of a coding, and belongs to it."""


def merge_codings(file: ProjectFile, codings: Sequence[str]) -> ChangeSet:
    """Make one coding of several by one coder with one code in one source: from the first start to the last end.

    They may overlap, touch or lie apart: what lies between is then coded too. The oldest stays, and takes over the
    stances, groups concerned and memos of the others; what two of them say alike is said once. Raises UserError where
    they are not alike, where one has no words left, and where just what would come of it is coded already.
    """

    def work(unit: Unit) -> None:
        found = {one.id: one for one in (_coding(unit, reference) for reference in codings)}
        kept, *others = sorted(found.values(), key=lambda one: (one.created_at, one.id))
        if not others:
            raise UserError("one coding alone cannot be merged: name two or more")
        _refuse_unlike(unit, [kept, *others])
        places = [place_of(unit, one) for one in (kept, *others)]
        for one in others:
            _hand_over(unit, one, kept)
        unit.remove(*others)
        put_at(unit, kept, Span(min(one.start for one in places), max(one.end for one in places)))

    return file.write("merge codings", work)


def split_coding(file: ProjectFile, coding: str, at: int, *, seen: SourceVersionId | None = None) -> ChangeSet:
    """Make two codings of one: up to `at`, and from there on, in code points of the version `seen` or the newest.

    Which part its stances and groups concerned are about nobody has said: both have them, to be removed where they do
    not hold. A memo is one piece of writing and stays with the first. Raises UserError where `at` is not within it.
    """

    def work(unit: Unit) -> None:
        first = _coding(unit, coding)
        start, end = place_of(unit, first)
        where = text_of(unit, str(_source(unit, first).id)).now(Span(at, at + 1), seen).start
        if not start < where < end:
            raise UserError(
                f"the coding goes from {start} to {end}, and can be split anywhere between, from {start + 1} to "
                f"{end - 1}, but not at {where}"
            )
        second = _copy(unit, first, PARTS, code=first.code, coder=first.coder, at=first.created_at)
        put_at(unit, first, Span(start, where))
        put_at(unit, second, Span(where, end))

    return file.write("split coding", work)


def duplicate_coding(
    file: ProjectFile, coding: str, code: str, *, coder: str | None = None, along: tuple[Part, ...] = PARTS
) -> ChangeSet:
    """Code the passage of a coding with another code as well, with the groups concerned and stances that go `along`.

    By the coder of that one, where none is named. Raises UserError where it is coded so already.
    """

    def work(unit: Unit) -> None:
        one = _coding(unit, coding)
        what = code_to_apply(unit, code)
        who = unit.need(Person, one.coder) if coder is None else ensure_person(unit, coder, RoleName.CODER)
        refuse_double(unit, _copy(unit, one, along, code=what.id, coder=who.id, at=now()))

    return file.write("duplicate coding", work)


def recode(file: ProjectFile, codings: Sequence[str], code: str | NewCode) -> ChangeSet:
    """Give codings another code, and leave all else of them as it is.

    A coding whose passage its coder has coded so already is left as it is. UserError where that holds for all of them.
    """

    def work(unit: Unit) -> None:
        what = code_to_apply(unit, code)
        found = {one.id: one for one in (_coding(unit, reference) for reference in codings)}
        there = 0
        for one in found.values():
            try:
                refuse_double(unit, replace(one, code=what.id))
            except CodedAlready:
                there += 1
                if there == len(found):
                    raise
            else:
                unit.change(one, code=what.id)

    return file.write("recode", work)


def were_so_already(changes: ChangeSet, codings: Collection[object]) -> int:
    """How many of the codings that `recode` was given were left as they were."""
    return len(set(codings)) - (changes.kinds["coding"].updated if "coding" in changes.kinds else 0)


def _coding(unit: Unit, reference: str) -> Coding:
    """The coding that is meant; where nobody is known to act, its coder does."""
    found: Coding = resolve(unit, kind_named("coding"), reference)
    unit.person = found.coder if unit.person is None else unit.person
    return found


def _refuse_unlike(unit: Unit, codings: Sequence[Coding]) -> None:
    for what, names in (
        ("code", {one.code: unit.need(Code, one.code).name for one in codings}),
        ("coder", {one.coder: unit.need(Person, one.coder).name for one in codings}),
        ("source", {one.id: one.title for one in (_source(unit, one) for one in codings)}),
    ):
        if len(names) > 1:
            listed = " and ".join(sorted(map(shown, names.values())))
            raise UserError(f"codings of one {what} only can be merged, and these are of {listed}: leave some out")


def _source(unit: Unit, coding: Coding) -> Source:
    return unit.need(Source, unit.need(SourceVersion, coding.version).source)


def _hand_over(unit: Unit, given: Coding, taker: Coding) -> None:
    """Let what hangs on a coding hang on another one; a stance or concern that it has already is not said twice."""
    for cls in PARTS:
        there: list[Any] = unit.find(cls, coding=taker.id)
        parts: list[Any] = unit.find(cls, coding=given.id)
        for part in parts:
            same = [one for one in there if replace(part, id=one.id, coding=one.coding) == one]
            if same:
                _take_memos(unit, part.id, same[0].id)
                unit.remove(part)
            else:
                there.append(unit.change(part, coding=taker.id))
    take_counter_examples(unit, given.id, taker.id)
    _take_memos(unit, given.id, taker.id)


def take_counter_examples(unit: Unit, given: CodingId, taker: CodingId) -> None:
    """Let a coding speak against the comparisons against which another one did; against each once."""
    there = {one.comparison: one for one in unit.find(CounterExample, coding=taker)}
    for one in unit.find(CounterExample, coding=given):
        if one.comparison in there:
            _take_memos(unit, one.id, there[one.comparison].id)
            unit.remove(one)
        else:
            unit.change(one, coding=taker)


def _take_memos(unit: Unit, given: int, taker: int) -> None:
    for memo in unit.find(Memo, about=given):
        unit.change(memo, about=taker)


def _copy(unit: Unit, coding: Coding, along: Sequence[Part], *, code: CodeId, coder: PersonId, at: int) -> Coding:
    """A coding of the same passage, with what goes along."""
    made = replace(coding, id=unit.new_id(), code=code, coder=coder, created_at=at)
    unit.add(made)
    for cls in along:
        for part in unit.find(cls, coding=coding.id):
            unit.add(replace(part, id=unit.new_id(), coding=made.id))
    return made
