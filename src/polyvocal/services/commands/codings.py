"""Coding passages, and saying who takes which stance in them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import CodeId, CodingId, PersonId, SourceId, SourceVersionId
from polyvocal.domain.records import (
    Code,
    Coding,
    Concern,
    ConstituentGroup,
    Person,
    Source,
    SourceVersion,
    Stance,
)
from polyvocal.domain.spans import Span
from polyvocal.domain.text import shown
from polyvocal.domain.versions import current, led
from polyvocal.domain.words import RoleName, StanceName
from polyvocal.services.commands.codebook import NewCode, code_to_apply, new_code
from polyvocal.services.commands.memos import new_memo
from polyvocal.services.commands.passage import Passage, Text, text_of
from polyvocal.services.commands.people import ensure_party, ensure_person, give_role
from polyvocal.services.commands.setting import ensure_term
from polyvocal.services.references import kind_named, resolve
from polyvocal.store.file import ProjectFile
from polyvocal.store.unit import Unit, now


class CodedAlready(UserError):
    """Just this coding is there already."""


@dataclass(frozen=True, slots=True)
class StanceDraft:
    """A stance in names: who does what to which term, perhaps toward whom."""

    by: str
    stance: StanceName
    term: str
    toward: str | None = None


def add_coding(
    file: ProjectFile,
    *,
    source: str,
    start: int,
    end: int,
    code: str,
    coder: str,
    concerns: tuple[str, ...] = (),
    stance: StanceDraft | None = None,
    memo: str | None = None,
    seen: SourceVersionId | None = None,
) -> ChangeSet:
    """Code [start, end) code points of a source's current version. Coder, groups and term are made if not there.

    With `seen` the span is one of that version, as it was on a screen: it is followed to where its words are now. The
    memo is about the coding, by its coder.

    Raises UserError: no such source or code in use, a span that is not in the text, or just this coding is there
    already.
    """
    return code_passages(
        file,
        [Passage(source, start, end, seen)],
        [code],
        coder=coder,
        concerns=concerns,
        stance=stance,
        memo=memo,
    )


def code_passages(
    file: ProjectFile,
    passages: Sequence[Passage],
    codes: Sequence[str | NewCode],
    *,
    coder: str,
    concerns: tuple[str, ...] = (),
    stance: StanceDraft | None = None,
    memo: str | None = None,
) -> ChangeSet:
    """Code each of some passages with each of some codes, as one operation: all of it, or nothing.

    What the coder has coded so already is left as it is. Groups concerned, stance and memo are those of each coding
    that is made. Raises UserError as `add_coding` does, also where all is coded so already.
    """

    def work(unit: Unit) -> None:
        found = [code_to_apply(unit, code) for code in codes]
        wanted = list(product(dict.fromkeys(passages), {code.id: code for code in found}.values()))
        there = 0
        for passage, what in wanted:
            span = Span(passage.start, passage.end)
            try:
                coding = _code_passage(
                    unit, source=passage.source, span=span, code=what, coder=coder, seen=passage.seen
                )
            except CodedAlready:
                there += 1
                if there == len(wanted):
                    raise
                continue
            for party in {party.id: party for party in (ensure_party(unit, name) for name in concerns)}.values():
                unit.add(concern(unit, coding.id, party))
            if stance is not None:
                _add_stance(unit, coding.id, stance)
            if memo is not None:
                new_memo(unit, text=memo, author=coding.coder, about=coding)

    return file.write(_coded(passages), work)


def code_with_new_code(file: ProjectFile, passages: Sequence[Passage], *, name: str, coder: str) -> ChangeSet:
    """Make a code at the top of the codebook, and code some passages with it, as one operation.

    Raises UserError as `code_passages` and `add_code` do; then neither is done.
    """

    def work(unit: Unit) -> None:
        code = new_code(unit, name=name)
        for source, start, end, seen in dict.fromkeys(passages):
            _code_passage(unit, source=source, span=Span(start, end), code=code, coder=coder, seen=seen)

    return file.write(_coded(passages), work)


def had_already(changes: ChangeSet, passages: Sequence[Passage], codes: int = 1) -> int:
    """How many of the codings that `code_passages` was to make with so many codes were there already."""
    return len(dict.fromkeys(passages)) * codes - len(changes.created("coding"))


def _coded(passages: Sequence[Passage]) -> str:
    """How the operation is called that codes them."""
    return "add coding" if len(passages) == 1 else "code passages"


def _code_passage(
    unit: Unit, *, source: str, span: Span, code: Code, coder: str, seen: SourceVersionId | None
) -> Coding:
    text = text_of(unit, source)
    place = text.now(span, seen)
    who = ensure_person(unit, coder, RoleName.CODER)
    coding = Coding(
        id=unit.new_id(),
        version=text.version.id,
        start=place.start,
        end=place.end,
        code=code.id,
        coder=who.id,
        created_at=now(),
    )
    refuse_same(unit, text, place, coding)
    unit.person = who.id if unit.person is None else unit.person
    unit.add(coding)
    return coding


def refuse_same(unit: Unit, text: Text, place: Span, coding: Coding) -> None:
    """Raise UserError where another coding by the coder of one, with its code, is now just where that one shall be.

    It is the same wherever it was made: a correction makes no other passage of one that it does not touch. Two that a
    correction brought to the same place stay as they are.
    """
    alike = (
        one
        for version in text.versions
        for one in unit.find(Coding, version=version.id, code=coding.code, coder=coding.coder)
        if one.id != coding.id
    )
    for there, one in led(text.versions, alike):
        if there == place:
            raise CodedAlready(
                f"{unit.need(Person, coding.coder).name} has coded {place.start} to {place.end} of "
                f"{shown(text.source.title)} with {shown(unit.need(Code, coding.code).name)} already ({one.id}): "
                "nothing was done"
            )


def _add_stance(unit: Unit, coding: CodingId, draft: StanceDraft) -> None:
    actor = ensure_party(unit, draft.by)
    toward = ensure_party(unit, draft.toward) if draft.toward is not None else None
    term = ensure_term(unit, draft.term)
    parts: dict[str, Any] = {
        "coding": coding,
        "actor_group": actor.id if isinstance(actor, ConstituentGroup) else None,
        "actor_person": actor.id if isinstance(actor, Person) else None,
        "stance": draft.stance,
        "term": term.id,
        "toward_group": toward.id if isinstance(toward, ConstituentGroup) else None,
        "toward_person": toward.id if isinstance(toward, Person) else None,
    }
    if same := unit.find(Stance, **parts):
        raise UserError(
            f"on this coding {actor.name} {draft.stance} {shown(term.name)} already ({same[0].id}): nothing was added"
        )
    unit.add(Stance(id=unit.new_id(), **parts))


def add_stance(file: ProjectFile, *, coding: str, stance: StanceDraft) -> ChangeSet:
    """Say on a coding who generates, affirms or contests which term. UserError where there is no such coding."""
    return add_stances(file, [coding], stance)


def add_stances(file: ProjectFile, codings: Sequence[str], stance: StanceDraft) -> ChangeSet:
    """Say the same on several codings, as one operation. UserError, and nothing done, where one says it already."""

    def work(unit: Unit) -> None:
        for reference in codings:
            what: Coding = resolve(unit, kind_named("coding"), reference)
            unit.person = what.coder if unit.person is None else unit.person
            _add_stance(unit, what.id, stance)

    return file.write("add stance" if len(codings) == 1 else "add stances", work)


def add_concerns(file: ProjectFile, codings: Sequence[str], parties: Sequence[str]) -> ChangeSet:
    """Say of codings that they are about groups or participants too, as one operation; groups are made if not there.

    What is said already stays as it is.
    """

    def work(unit: Unit) -> None:
        for reference in codings:
            what: Coding = resolve(unit, kind_named("coding"), reference)
            unit.person = what.coder if unit.person is None else unit.person
            there = {one.constituent_group or one.person for one in unit.find(Concern, coding=what.id)}
            for party in {one.id: one for one in (ensure_party(unit, name) for name in parties)}.values():
                if party.id not in there:
                    unit.add(concern(unit, what.id, party))

    return file.write("add concerns", work)


@dataclass(frozen=True, slots=True)
class CodingDraft:
    """A coding to be, by ids. Offsets are half-open code points of the source's current version."""

    source: SourceId
    start: int
    end: int
    code: CodeId
    coder: PersonId


def add_codings(file: ProjectFile, drafts: Iterable[CodingDraft], *, person: PersonId | None = None) -> ChangeSet:
    """Add very many codings as one operation; all of them, or none.

    Raises UserError, naming the first draft that is wrong: a source, code or coder that is not there, or a span that
    is not in the text. That a coding is there already is not asked.
    """
    drafts = list(drafts)

    def work(unit: Unit) -> None:
        versions: dict[SourceId, list[SourceVersion]] = {}
        for version in unit.all(SourceVersion):
            versions.setdefault(version.source, []).append(version)
        places = {source: (one.id, one.length) for source, of in versions.items() for one in (current(of),)}
        codes = {code.id for code in unit.all(Code)}
        people = {one.id for one in unit.all(Person)}
        at = now()

        def rows() -> Iterator[tuple[int, ...]]:
            ids = unit.new_ids(len(drafts))
            for identity, draft in zip(ids, drafts, strict=True):
                start, end = draft.start, draft.end
                place = places.get(draft.source)
                fits = place is not None and 0 <= start < end <= place[1]
                if place is None or not fits or draft.code not in codes or draft.coder not in people:
                    ordinal = identity - ids.start + 1
                    raise _wrong(unit, draft, ordinal, place)
                yield identity, place[0], start, end, draft.code, draft.coder, at

        unit.add_rows(Coding, rows())
        for coder in {draft.coder for draft in drafts}:
            give_role(unit, coder, RoleName.CODER)

    return file.write("add codings", work, person=person)


def _wrong(unit: Unit, draft: CodingDraft, ordinal: int, place: tuple[int, int] | None) -> UserError:
    """What is wrong with a draft of which something is."""
    nothing = "Nothing was added; mend it and give all of them again."
    for cls, what, identity in (
        (Source, "source", draft.source),
        (Code, "code", draft.code),
        (Person, "coder", draft.coder),
    ):
        if unit.get(cls, identity) is None:
            return UserError(f"coding {ordinal:,}: there is no {what} with the id {identity}. {nothing}")
    title, length = unit.need(Source, draft.source).title, place[1] if place else 0
    return UserError(
        f"coding {ordinal:,}: there is no passage from {draft.start} to {draft.end} in {shown(title)}, whose text has "
        f"{length:,} code points. {nothing}"
    )


def concern(unit: Unit, coding: CodingId, party: ConstituentGroup | Person) -> Concern:
    """The record that says that a coding is about a group or a person."""
    if isinstance(party, ConstituentGroup):
        return Concern(id=unit.new_id(), coding=coding, constituent_group=party.id)
    return Concern(id=unit.new_id(), coding=coding, person=party.id)
