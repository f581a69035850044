"""Divergences: recorded differences between accounts. They are discussed or kept, and never scored."""

from collections.abc import Mapping, Sequence
from typing import Any

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import DivergenceId, PersonId, SourceId
from polyvocal.domain.moments import Divergence, DivergencePassage, Moment
from polyvocal.domain.records import SourceVersion
from polyvocal.domain.spans import Span
from polyvocal.domain.text import clean_name, clean_text
from polyvocal.domain.words import DivergenceKind, DivergenceStanding, Explanation
from polyvocal.services.commands.memos import new_memo
from polyvocal.services.commands.passage import Passage, text_of
from polyvocal.services.commands.people import ensure_person
from polyvocal.services.references import kind_named, resolve
from polyvocal.store.file import ProjectFile
from polyvocal.store.unit import Unit, now
from polyvocal.store.view import View


def add_divergence(
    file: ProjectFile,
    *,
    kind: DivergenceKind,
    passages: Sequence[Passage],
    title: str | None = None,
    moment: str | None = None,
    explanation: Explanation | None = None,
    because: str | None = None,
    standing: DivergenceStanding = DivergenceStanding.OPEN,
    memo: str | None = None,
    by: str | None = None,
) -> ChangeSet:
    """Record that passages of two accounts or more differ, with a memo about it where one is given.

    Raises UserError for passages of one source only, for one that is not in its text, and for a moment that is not
    there.
    """

    def work(unit: Unit) -> None:
        who = _acting(unit, by)
        of: Moment | None = resolve(unit, kind_named("moment"), moment) if moment else None
        at = now()
        settled = standing is not DivergenceStanding.OPEN
        divergence = Divergence(
            id=unit.new_id(),
            kind=kind,
            title=clean_name(title, "divergence") if title else None,
            moment=of.id if of is not None else None,
            explanation=explanation,
            because=clean_text(because),
            standing=standing,
            recorded_by=who,
            recorded_at=at,
            settled_by=who if settled else None,
            settled_at=at if settled else None,
        )
        unit.add(divergence)
        for passage in passages:
            _take_up(unit, divergence.id, passage)
        _refuse_one_account(unit, divergence.id)
        if memo is not None and memo.strip():
            new_memo(unit, text=memo, author=who, about=divergence)

    return file.write("add divergence", work)


def add_divergence_passages(file: ProjectFile, *, divergence: str, passages: Sequence[Passage]) -> ChangeSet:
    """Take further passages, of these accounts or of others, into a divergence. UserError for one that is not there.

    A passage that is in it already is not taken twice.
    """

    def work(unit: Unit) -> None:
        whole: Divergence = resolve(unit, kind_named("divergence"), divergence)
        for passage in passages:
            _take_up(unit, whole.id, passage)

    return file.write("add divergence passages", work)


def settle_divergences(
    file: ProjectFile, divergences: Sequence[str], standing: DivergenceStanding, *, by: str | None = None
) -> ChangeSet:
    """Say of divergences that they were discussed, are kept, or are open again, as one operation."""

    def work(unit: Unit) -> None:
        who = _acting(unit, by)
        for reference in divergences:
            whole: Divergence = resolve(unit, kind_named("divergence"), reference)
            unit.change(whole, **_settled(whole, standing, who))

    return file.write("settle divergences", work)


def settled_by(unit: Unit, divergence: Divergence, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that a divergence gets, with who said when what became of it, if that is among them."""
    if "standing" not in values:
        return dict(values)
    return {**values, **_settled(divergence, values["standing"], _acting(unit, None))}


def _settled(divergence: Divergence, standing: DivergenceStanding, who: PersonId | None) -> dict[str, Any]:
    if standing is divergence.standing:
        return {}
    if standing is DivergenceStanding.OPEN:
        return {"standing": standing, "settled_by": None, "settled_at": None}
    return {"standing": standing, "settled_by": who, "settled_at": now()}


def set_moment(unit: Unit, divergence: Divergence, words: Mapping[str, str]) -> None:
    """Say of which moment a divergence is, within an operation that is open; of none where the word is empty."""
    moment = resolve(unit, kind_named("moment"), words["moment"]).id if words["moment"] else None
    unit.change(divergence, moment=moment)


def refuse_without(view: View, passage: DivergencePassage) -> None:
    """Raise UserError where a divergence would have passages of fewer than two accounts without one of them."""
    left = [one for one in view.find(DivergencePassage, divergence=passage.divergence) if one.id != passage.id]
    if len(_sources(view, left)) < 2:
        raise UserError(
            "a divergence is between two accounts at least, and without this passage there would be one: remove the "
            "divergence, or add a passage of another account first"
        )


def _refuse_one_account(unit: Unit, divergence: DivergenceId) -> None:
    if len(_sources(unit, unit.find(DivergencePassage, divergence=divergence))) < 2:
        raise UserError("a divergence is between accounts: give passages of two sources at least")


def _sources(view: View, passages: Sequence[DivergencePassage]) -> set[SourceId]:
    return {one.source for one in view.among(SourceVersion, "id", {one.version for one in passages})}


def _take_up(unit: Unit, divergence: DivergenceId, passage: Passage) -> None:
    text = text_of(unit, passage.source)
    span = text.now(Span(passage.start, passage.end), passage.seen)
    made: dict[str, Any] = {"divergence": divergence, "version": text.version.id, "start": span.start, "end": span.end}
    if not unit.find(DivergencePassage, **made):
        unit.add(DivergencePassage(id=unit.new_id(), **made))


def _acting(unit: Unit, by: str | None) -> PersonId | None:
    """Who does it: the person that is named, made if not there, else whoever is known to act."""
    if by is None:
        return PersonId(unit.person) if unit.person is not None else None
    who = ensure_person(unit, by, None).id
    unit.person = who if unit.person is None else unit.person
    return who
