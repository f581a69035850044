"""Comparisons that are saved, with dated snapshots of what they said, and counter-examples."""

from collections.abc import Sequence
from typing import NamedTuple

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.comparisons import Asked, Comparison, CounterExample, Result, Snapshot
from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import ComparisonId, PersonId
from polyvocal.domain.records import Coding
from polyvocal.domain.text import clean_name, clean_text, shown
from polyvocal.services.references import kind_named, named, resolve
from polyvocal.store.file import ProjectFile
from polyvocal.store.unit import Unit, now


class Taken(NamedTuple):
    """What a comparison says now, to be kept as a snapshot."""

    result: Result
    caption: str


def save_comparison(file: ProjectFile, *, title: str, asked: Asked, taken: Taken | None = None) -> ChangeSet:
    """Save what is asked under a title, with a first snapshot where one is given.

    Raises UserError where the title is taken, and for somebody who codes blind.
    """
    _refuse_blind(file)

    def work(unit: Unit) -> None:
        called = clean_name(title, "comparison")
        if named(unit.all(Comparison), called, lambda one: one.title):
            raise UserError(f"there is a comparison called {shown(called)} already: choose another title")
        saved = Comparison(id=unit.new_id(), title=called, asked=asked.encode(), saved_by=_acting(unit), saved_at=now())
        unit.add(saved)
        if taken is not None:
            _keep(unit, saved.id, taken)

    return file.write("save comparison", work)


def take_snapshot(file: ProjectFile, *, comparison: str, taken: Taken) -> ChangeSet:
    """Keep what a comparison says now. UserError where it is not there, and for somebody who codes blind."""
    _refuse_blind(file)

    def work(unit: Unit) -> None:
        saved: Comparison = resolve(unit, kind_named("comparison"), comparison)
        _keep(unit, saved.id, taken)

    return file.write("take snapshot", work)


def mark_counter_examples(
    file: ProjectFile, *, comparison: str, codings: Sequence[str], why: str | None = None
) -> ChangeSet:
    """Mark codings as speaking against what a comparison seems to show, as one operation.

    One that is marked already gets the reason, where one is given. Raises UserError where one of them is not there,
    and for somebody who codes blind.
    """
    _refuse_blind(file)

    def work(unit: Unit) -> None:
        saved: Comparison = resolve(unit, kind_named("comparison"), comparison)
        because = clean_text(why)
        for reference in codings:
            coding: Coding = resolve(unit, kind_named("coding"), reference)
            marked = unit.find(CounterExample, comparison=saved.id, coding=coding.id)
            if marked:
                unit.change(marked[0], why=because or marked[0].why)
                continue
            unit.add(
                CounterExample(
                    id=unit.new_id(),
                    comparison=saved.id,
                    coding=coding.id,
                    why=because,
                    marked_by=_acting(unit),
                    marked_at=now(),
                )
            )

    return file.write("mark counter-examples", work)


def _keep(unit: Unit, comparison: ComparisonId, taken: Taken) -> None:
    unit.add(
        Snapshot(
            id=unit.new_id(),
            comparison=comparison,
            result=taken.result.encode(),
            caption=taken.caption,
            taken_by=_acting(unit),
            taken_at=now(),
        )
    )


def _acting(unit: Unit) -> PersonId | None:
    return PersonId(unit.person) if unit.person is not None else None


def _refuse_blind(file: ProjectFile) -> None:
    if file.blind_for is not None:
        raise UserError(
            "a saved comparison is of what everybody coded, and you code blind: save it once you see the other coders"
        )
