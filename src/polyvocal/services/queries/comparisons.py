"""Comparisons that were saved, with their snapshots and counter-examples."""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from polyvocal.domain.comparisons import Asked, Comparison, CounterExample, Result, Snapshot
from polyvocal.domain.ids import CodingId, ComparisonId, CounterExampleId, PersonId, SnapshotId
from polyvocal.domain.records import Coding, Person, SourceVersion
from polyvocal.services.queries.setting import setting_around
from polyvocal.store.view import View


@dataclass(frozen=True, slots=True)
class SnapshotTaken:
    """A snapshot: what the comparison said, when, and by whom that was kept."""

    id: SnapshotId
    taken_at: int
    taken_by: str | None
    result: Result
    caption: str


@dataclass(frozen=True, slots=True)
class CounterExampleMarked:
    """A coding that speaks against a comparison: its code, coder and source, and why."""

    id: CounterExampleId
    coding: CodingId
    code: str
    coder: str
    source_title: str
    why: str | None
    marked_by: str | None
    marked_at: int


@dataclass(frozen=True, slots=True)
class SavedComparison:
    """A saved comparison: what is asked, its snapshots (the newest first), its counter-examples as they were marked."""

    id: ComparisonId
    title: str
    asked: Asked
    saved_by: str | None
    saved_at: int
    snapshots: tuple[SnapshotTaken, ...]
    counter_examples: tuple[CounterExampleMarked, ...]


class ComparisonRow(NamedTuple):
    """A saved comparison, as it is listed; `filters` says in names which passages it is of."""

    id: int
    title: str
    shape: str
    rows: str
    columns: str
    measure: str
    filters: dict[str, list[str]]
    saved_by: str | None
    saved_at: int
    snapshots: int
    latest_at: int | None
    counter_examples: int


def list_comparisons(view: View) -> list[ComparisonRow]:
    """The saved comparisons, in the order of their titles. Who codes blind sees none."""
    snapshots: dict[ComparisonId, list[int]] = {}
    for one in view.all(Snapshot):
        snapshots.setdefault(one.comparison, []).append(one.taken_at)
    against = Counter(one.comparison for one in view.all(CounterExample))
    names = _names(view)
    rows = []
    for saved in sorted(view.all(Comparison), key=lambda one: (one.title.casefold(), one.id)):
        asked = Asked.decode(saved.asked)
        taken = snapshots.get(saved.id, [])
        rows.append(
            ComparisonRow(
                saved.id,
                saved.title,
                asked.shape,
                asked.rows,
                asked.columns,
                asked.measure,
                setting_around(view, asked.chosen.sources).filter_words(asked.chosen),
                names.get(saved.saved_by),
                saved.saved_at,
                len(taken),
                max(taken, default=None),
                against[saved.id],
            )
        )
    return rows


def saved_comparison(view: View, comparison: ComparisonId) -> SavedComparison | None:
    """A saved comparison with all that hangs on it; None where it is not there, or not seen by who codes blind."""
    saved = view.get(Comparison, comparison)
    if saved is None:
        return None
    names = _names(view)
    snapshots = sorted(view.find(Snapshot, comparison=comparison), key=lambda one: (-one.taken_at, -one.id))
    return SavedComparison(
        saved.id,
        saved.title,
        Asked.decode(saved.asked),
        names.get(saved.saved_by),
        saved.saved_at,
        tuple(
            SnapshotTaken(one.id, one.taken_at, names.get(one.taken_by), Result.decode(one.result), one.caption)
            for one in snapshots
        ),
        _counter_examples(view, comparison, names),
    )


def _counter_examples(
    view: View, comparison: ComparisonId, names: dict[PersonId | None, str]
) -> tuple[CounterExampleMarked, ...]:
    marked = view.find(CounterExample, comparison=comparison)
    codings = {one.id: one for one in view.among(Coding, "id", [one.coding for one in marked])}
    sources = {one.source for one in view.among(SourceVersion, "id", {one.version for one in codings.values()})}
    setting = setting_around(view, sources)
    titles = {version.id: info.source.title for info in setting.sources for version in info.versions}
    return tuple(
        CounterExampleMarked(
            one.id,
            one.coding,
            setting.code_path(codings[one.coding].code),
            names[codings[one.coding].coder],
            titles[codings[one.coding].version],
            one.why,
            names.get(one.marked_by),
            one.marked_at,
        )
        for one in marked
    )


def _names(view: View) -> dict[PersonId | None, str]:
    return {one.id: one.name for one in view.all(Person)}
