"""Tables as a window shows them: their numbers, the codes on their lines, the doors behind all of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from polyvocal.domain.ids import CodeId, PersonId
from polyvocal.domain.passages import CaseOf, PassageFilter
from polyvocal.domain.records import Code
from polyvocal.domain.words import CellState, CodeKind
from polyvocal.services.analysis.axes import axis
from polyvocal.services.analysis.co_occurrence import CoOccurrence, Together, co_occurrence
from polyvocal.services.analysis.dimensions import Along, Axis, Dimension, along_attribute, headed
from polyvocal.services.analysis.doors import Doors
from polyvocal.services.analysis.holdings import Holdings
from polyvocal.services.analysis.matrix import NO_PASSAGE, Asked, Matrix, Place, matrix, number_at, state_at
from polyvocal.services.analysis.measures import Numbers, Totals
from polyvocal.services.analysis.observers import STATES, ObserverHead
from polyvocal.services.analysis.question import ask, attribute_of_case
from polyvocal.services.analysis.sweep import Bools
from polyvocal.services.analysis.who_codes_whom import WhoCodesWhom, who_codes_whom
from polyvocal.services.queries.passages import EVERYTHING


class Counting(StrEnum):
    """What is counted of a coder and an observer."""

    PASSAGES = "passages"
    WORDS_READ = "words-read"
    ACCOUNTS_READ = "accounts-read"


@dataclass(frozen=True, slots=True)
class Whom:
    """What is asked of who codes whom."""

    counting: Counting = Counting.PASSAGES
    chosen: PassageFilter = EVERYTHING
    totals: bool = False


class CodeLine(NamedTuple):
    """A line of a code: how deep in the tree it is, its name with those above it, and what there is below it."""

    code: Code
    depth: int
    path: str
    folded: bool
    has_below: bool


@dataclass(frozen=True, slots=True, eq=False)
class Crossing:
    """A table: `of` is what was counted, `numbers` and `states` have a row for each place of `rows`.

    `states` are as those of a Matrix; there are none where codes meet. `row_codes` (`column_codes`) has the codes of
    the lines, if they are codes; `headings` are the rows that only group others: categories of which nothing is coded,
    and `headings_across` the same as columns, where codes meet and rows show the tree. `found` has the states in all
    other rows, `has_nothing` says whether any cell there has none, `most` the highest number. `own` marks what somebody
    wrote and coded.
    """

    of: Matrix | WhoCodesWhom | CoOccurrence
    rows: Axis
    columns: Axis
    numbers: Numbers
    totals: Totals | None
    states: NDArray[np.int8] | None
    heads: tuple[ObserverHead, ...]
    own: Bools | None
    caption: str
    doors: Doors
    row_codes: tuple[CodeLine, ...]
    column_codes: tuple[CodeLine, ...]
    headings: frozenset[int]
    headings_across: frozenset[int]
    found: frozenset[CellState]
    has_nothing: bool
    most: float

    @property
    def headed(self) -> Axis | None:
        """Which of rows and columns the heads are of."""
        return headed(self.rows, self.columns) if self.heads else None

    @property
    def is_share(self) -> bool:
        """Whether the numbers are shares, from 0 to 1."""
        return self.numbers.dtype.kind == "f"

    def number(self, row: Place, column: Place) -> int | float | None:
        """What a cell counts; None for a share of nothing."""
        return number_at(self.numbers, self.totals, row, column)

    def state(self, row: Place, column: Place) -> CellState | None:
        """What a cell says; None where there is no passage, and no observer of whom it could be said why."""
        if self.states is None:
            return CellState.CODED if self.number(row, column) else None
        return state_at(self.states, row, column)

    def is_own(self, row: Place, column: Place) -> bool:
        """Whether the coder of a cell reads what he or she wrote; never of a total."""
        return self.own is not None and row is not None and column is not None and bool(self.own[row, column])

    def behind(self, row: Place, column: Place) -> PassageFilter:
        """The filter that means the passages of a cell. Where codes meet no filter does: ask `coming_together`."""
        assert not isinstance(self.of, CoOccurrence)
        return self.doors.behind((self.rows, row), (self.columns, column))

    def behind_row(self, row: Place) -> PassageFilter:
        """The filter that means all passages of a row, also those that belong to no column."""
        return self.doors.behind((self.rows, row))

    def behind_column(self, column: Place) -> PassageFilter:
        """The filter that means all passages of a column, also those that belong to no row."""
        return self.doors.behind((self.columns, column))


def crossing(held: Holdings, asked: Asked | Whom | Together) -> Crossing:
    """The table that is asked for."""
    codes = held.setting.codes
    own: Bools | None = None
    states: NDArray[np.int8] | None = None
    heads: tuple[ObserverHead, ...] = ()
    of: Matrix | WhoCodesWhom | CoOccurrence
    numbers: Numbers
    totals: Totals | None = None
    if isinstance(asked, Together):
        of = co_occurrence(held, asked)
        rows = columns = of.codes
        numbers = of.numbers
    elif isinstance(asked, Whom):
        of = who_codes_whom(held, asked.chosen, totals=asked.totals)
        rows, columns, own, heads = of.observers, of.coders, of.own, of.matrix.heads
        read, words = of.in_all, asked.counting is Counting.WORDS_READ
        if asked.counting is Counting.PASSAGES:
            numbers, totals = of.matrix.numbers, of.matrix.totals
        else:
            numbers = of.words_read if words else of.accounts_done
            totals = None if read is None else read.words_read if words else read.accounts_done
        states = np.where(numbers > 0, np.int8(STATES.index(CellState.CODED)), of.matrix.states)
    else:
        of = matrix(held, asked)
        rows, columns, numbers, states, heads = of.rows, of.columns, of.numbers, of.states, of.heads
        totals = of.totals
    row_codes = _code_lines(rows, codes)
    coded: Bools = numbers > 0 if states is None else states == STATES.index(CellState.CODED)
    headings = _headings(row_codes, coded)
    across = headings if rows is columns and len(headings) < len(rows) else frozenset()
    return Crossing(
        of=of,
        rows=rows,
        columns=columns,
        numbers=numbers,
        totals=totals if numbers.size else None,
        states=states,
        heads=heads,
        own=own,
        caption=of.caption,
        doors=of.matrix.doors if isinstance(of, WhoCodesWhom) else of.doors,
        row_codes=row_codes,
        column_codes=row_codes if rows is columns else _code_lines(columns, codes),
        headings=headings,
        headings_across=across,
        found=_found(states, headings),
        has_nothing=not _without(coded if states is None else states != NO_PASSAGE, headings, across).all(),
        most=float(np.nanmax(numbers)) if numbers.size and not np.isnan(numbers).all() else 0.0,
    )


def _code_lines(axis: Axis, codes: Mapping[int, Code]) -> tuple[CodeLine, ...]:
    if axis.dimension is not Dimension.CODE:
        return ()
    first: dict[int, int] = {}
    for key, place in zip(axis.keys, axis.place, strict=True):
        first.setdefault(place, key)
    parents = {code.parent for code in codes.values()}
    folded = axis.along.folded
    lines = []
    for place, (depth, path) in enumerate(zip(axis.depths, axis.paths, strict=True)):
        code = _standing_for(codes[first[place]], codes, folded)
        lines.append(CodeLine(code, depth, path, code.id in folded, code.id in parents))
    return tuple(lines)


def _standing_for(code: Code, codes: Mapping[int, Code], folded: frozenset[CodeId]) -> Code:
    """The code in whose place another stands: the highest folded one above it."""
    shown, above, seen = code, code, {code.id}
    while above.parent is not None and above.parent in codes and above.parent not in seen:
        above = codes[above.parent]
        seen.add(above.id)
        if above.id in folded:
            shown = above
    return shown


def _headings(lines: tuple[CodeLine, ...], coded: Bools) -> frozenset[int]:
    return frozenset(
        at
        for at, line in enumerate(lines)
        if line.code.kind is CodeKind.CATEGORY and not line.folded and not coded[at].any()
    )


def _without(cells: NDArray[Any], rows: frozenset[int], columns: frozenset[int]) -> NDArray[Any]:
    """The cells that are in none of some rows and in none of some columns."""
    return np.delete(np.delete(cells, sorted(rows), axis=0), sorted(columns), axis=1)


def _found(states: NDArray[np.int8] | None, headings: frozenset[int]) -> frozenset[CellState]:
    if states is None:
        return frozenset()
    kept = np.delete(states, sorted(headings), axis=0) if headings else states
    return frozenset(STATES[one] for one in np.unique(kept).tolist() if one != NO_PASSAGE)


class Offered(NamedTuple):
    """What a project lets one choose: coders (id, name), and attributes (what they are called) as axes."""

    coders: tuple[tuple[PersonId, str], ...]
    attributes: tuple[tuple[Along, str], ...]


def offered(held: Holdings) -> Offered:
    """The coders who can be held constant, and the attributes that can be crossed: of each case for which one is
    recorded."""
    coders = axis(Along(Dimension.CODER), ask(held, EVERYTHING))
    setting, values = held.setting, held.case_values
    people = {*setting.people}
    cases = {CaseOf.OBSERVER: people, CaseOf.CODER: people, CaseOf.PARTICIPANT: people}
    cases |= {CaseOf.GROUP: {*setting.groups}, CaseOf.SOURCE: {info.source.id for info in setting.sources}}
    cases |= {CaseOf.EVENT: {*setting.events}, CaseOf.SESSION: {*setting.sessions}}
    attributes = tuple(
        (along_attribute(of, attribute.id), attribute_of_case(attribute, of))
        for of in CaseOf
        for attribute in values.attributes.values()
        if not cases[of].isdisjoint(values.cases(attribute.id))
    )
    return Offered(tuple(zip(map(PersonId, coders.keys), coders.names, strict=True)), attributes)
