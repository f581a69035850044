"""Comparisons that are saved: what is asked, dated snapshots of the answer, and counter-examples.

What is asked and what was answered are kept as ids and words of the program's own, so that nobody's name stands in
them: a person who gets another pseudonym has it in every snapshot, and one that is erased leaves none behind.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from polyvocal.domain.errors import BugError
from polyvocal.domain.ids import CodingId, ComparisonId, CounterExampleId, PersonId, SnapshotId
from polyvocal.domain.passages import FIELDS, PassageFilter
from polyvocal.domain.record import Plain, Words, record
from polyvocal.domain.words import LayerName, Phase, SourceKind, Standing


@record
class Comparison:
    """A comparison that was saved to be asked again; `asked` is an encoded `Asked`."""

    id: ComparisonId
    title: Words
    asked: Plain
    saved_by: PersonId | None = None
    saved_at: int


@record
class Snapshot:
    """What a comparison said at one time; `result` is an encoded `Result`, `caption` what was said of it then."""

    id: SnapshotId
    comparison: ComparisonId
    result: Plain
    caption: Words
    taken_by: PersonId | None = None
    taken_at: int


@record
class CounterExample:
    """A coding that speaks against what a comparison seems to show, and why."""

    id: CounterExampleId
    comparison: ComparisonId
    coding: CodingId
    why: Words | None = None
    marked_by: PersonId | None = None
    marked_at: int


EVERYTHING = PassageFilter()
TABLE, WHOM, ONLY, TOGETHER = "table", "whom", "only", "together"
"""The shapes of a comparison: rows by columns, who codes whom, what is only here, which codes come together."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: a shape, its rows, columns and measure, the filter, and whatever else the shape lets one choose.

    Rows, columns and measure are words of the analysis ("code", "observer", "passages"); `more` holds words and ids
    only, as text.
    """

    rows: str
    columns: str
    measure: str
    chosen: PassageFilter = EVERYTHING
    shape: str = TABLE
    more: Mapping[str, str] = field(default_factory=dict)

    def encode(self) -> str:
        """As JSON, always the same for the same. Raises BugError where values of attributes are asked for.

        Those are words of somebody: such a filter is kept as the ids of those whom it means.
        """
        if self.chosen.attributes:
            raise BugError("values of attributes are somebody's words, and are not kept with what is asked: keep ids")
        filters = {name: sorted(values, key=str) for name in FIELDS.values() if (values := getattr(self.chosen, name))}
        return _written(
            {
                "shape": self.shape,
                "rows": self.rows,
                "columns": self.columns,
                "measure": self.measure,
                "filters": filters,
                "more": dict(sorted(self.more.items())),
            }
        )

    @classmethod
    def decode(cls, encoded: str) -> "Asked":
        """The inverse of `encode`. Raises BugError for what it never gave."""
        told = _read(encoded)
        try:
            filters = {
                name: frozenset(map(_VOCABULARIES.get(name, _as_it_is), values))
                for name, values in told.pop("filters").items()
            }
            return cls(chosen=PassageFilter(**filters), **told)
        except (KeyError, TypeError, ValueError, AttributeError):
            raise _damaged() from None


def _as_it_is(value: Any) -> Any:
    return value


_VOCABULARIES: dict[str, Callable[[Any], Any]] = {
    "standings": Standing,
    "phases": Phase,
    "layers": LayerName,
    "kinds": SourceKind,
}

Cell = int | float | None


@dataclass(frozen=True, slots=True)
class Result:
    """What a comparison said: `cells[row][column]`, and `states` of the same shape (or none).

    `rows` and `columns` are ids, or words of a vocabulary, as text.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]
    states: tuple[tuple[str, ...], ...] = ()

    def encode(self) -> str:
        """As JSON. States are numbered in the order in which they come."""
        words = list(dict.fromkeys(word for row in self.states for word in row))
        number = {word: at for at, word in enumerate(words)}
        states = [[number[word] for word in row] for row in self.states]
        return _written(
            {"rows": self.rows, "columns": self.columns, "cells": self.cells, "words": words, "states": states}
        )

    @classmethod
    def decode(cls, encoded: str) -> "Result":
        """The inverse of `encode`. Raises BugError for what it never gave."""
        told = _read(encoded)
        try:
            words = told["words"]
            return cls(
                tuple(told["rows"]),
                tuple(told["columns"]),
                tuple(map(tuple, told["cells"])),
                tuple(tuple(words[at] for at in row) for row in told["states"]),
            )
        except (KeyError, TypeError, IndexError):
            raise _damaged() from None


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _read(encoded: str) -> Any:
    try:
        found = json.loads(encoded)
    except ValueError:
        raise _damaged() from None
    if not isinstance(found, dict):
        raise _damaged()
    return found


def _damaged() -> BugError:
    return BugError("what was saved of a comparison cannot be read: run `polyvocal check`")
