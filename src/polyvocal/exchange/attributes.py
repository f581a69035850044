"""From a table of cases by attributes to what it would write: decided by a person before anything is written."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from polyvocal.domain.attributes import canonical_value, divided_title, proposed_type, title_of
from polyvocal.domain.errors import UserError
from polyvocal.domain.text import clean_name, shown
from polyvocal.domain.words import AttributeType
from polyvocal.exchange.readers.table import Row, Table, undefused
from polyvocal.exchange.writers.formats.characters import legal
from polyvocal.services.commands.attributes import MADE_BY_NAME, AttributeDraft, Cell, ValuesDraft, case_kind
from polyvocal.services.queries.attributes import Sheet
from polyvocal.services.references import Kind, folded, is_id

_DEFUSED = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")


class Unknown(StrEnum):
    """What becomes of the rows of cases that the project does not know."""

    ASK = "ask"
    MAKE = "make"
    LEAVE_OUT = "leave-out"


class Misfits(StrEnum):
    """What becomes of what cannot be written as it is."""

    ASK = "ask"
    LEAVE_OUT = "leave-out"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person decided: types by a column's number, columns that are left out, and what else is to become."""

    types: Mapping[int, AttributeType] = field(default_factory=dict)
    without: frozenset[int] = frozenset()
    unknown: Unknown = Unknown.ASK
    misfits: Misfits = Misfits.ASK


class Trouble(StrEnum):
    """Why something cannot be written as it stands."""

    UNKNOWN = "unknown case"
    MISFIT = "does not fit"


class Problem(NamedTuple):
    """Something in the table that has to be decided: in which row, in which column (None: the case itself), and why."""

    trouble: Trouble
    row: int
    column: str | None
    told: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: the attribute that it is about, whether that is there already, and how it fits."""

    at: int
    header: str
    name: str
    type: AttributeType
    unit: str | None
    known: bool
    left_out: bool
    values: int = 0
    misfits: int = 0


@dataclass(frozen=True)
class Plan:
    """What an import would do. `cases` says how many cases of the table are there already.

    Of the values in it `fresh` are new, `changed` would take the place of others, and `same` are so already.
    """

    columns: tuple[Column, ...]
    problems: tuple[Problem, ...]
    draft: ValuesDraft
    choice: Choice
    cases: int
    fresh: int
    changed: int
    same: int

    @cached_property
    def open(self) -> tuple[Problem, ...]:
        """The problems that are not decided yet; the others are left out."""
        left_out = {
            Trouble.UNKNOWN: self.choice.unknown is Unknown.LEAVE_OUT,
            Trouble.MISFIT: self.choice.misfits is Misfits.LEAVE_OUT,
        }
        return tuple(one for one in self.problems if not left_out[one.trouble])

    def decided(self) -> ValuesDraft:
        """What is to be written. UserError, with what is open, where not all is decided."""
        if self.open:
            listed = "\n".join(f"  {told(one)}" for one in self.open[:_LISTED])
            more = f"\n  and {len(self.open) - _LISTED:,} more" if len(self.open) > _LISTED else ""
            raise UserError(f"nothing was written, since not all of the table can be:\n{listed}{more}")
        return self.draft


_LISTED = 20


def told(problem: Problem) -> str:
    """A problem in a line: where, and what."""
    where = f"row {problem.row:,}" + (f", {problem.column}" if problem.column is not None else "")
    return f"{where}: {problem.told}"


def plan_import(table: Table, sheet: Sheet, choice: Choice | None = None) -> Plan:
    """What would be written of a table whose first column names cases of the sheet's kind, by name, title or id.

    Every other column is an attribute: one that is there, by its name, alone or with its unit behind it in brackets; or
    a new one, of the narrowest type that its values fit, unless chosen. An empty cell says nothing, and changes
    nothing. Raises UserError where the table has no column besides the first.
    """
    if len(table.header) < 2:
        raise UserError(
            "the table has one column only: the first names the case, each other one is an attribute. "
            "Check that the columns are set apart by commas, semicolons or tabs."
        )
    table = undefused(table)
    header, rows = table.header, table.rows
    choice = choice or Choice()
    problems: list[Problem] = []
    columns = [*_columns(header, rows, sheet, choice, problems)]
    cases = [*_cases(rows, sheet, choice, problems)]
    found = _Found(columns, sheet)
    for row, case in cases:
        for column in columns:
            if not column.left_out and row.cells[column.at].strip():
                problem = found.take(row, case, column)
                problems += [problem] if problem else []
    return found.plan(
        tuple(sorted(problems, key=lambda one: one.row)), choice, dict.fromkeys(case for _, case in cases)
    )


def _key(name: str) -> str:
    """A name as it is compared with one that was written to a table."""
    return folded(legal(name))


def _columns(
    header: tuple[str, ...], rows: tuple[Row, ...], sheet: Sheet, choice: Choice, problems: list[Problem]
) -> Iterator[Column]:
    """The columns of attributes; several of one name are one attribute of one type."""
    there = {_key(title_of(one)): one for one in sheet.attributes} | {_key(one.name): one for one in sheet.attributes}
    types: dict[str, AttributeType] = {}
    for at, title in enumerate(header[1:], 1):
        if at in choice.without:
            yield Column(at, title, title, AttributeType.TEXT, None, known=False, left_out=True)
            continue
        known = there.get(_key(title))
        if known is not None:
            yield Column(at, title, known.name, known.type, known.unit, known=True, left_out=False)
            continue
        alike = [place for place, other in enumerate(header) if place and _key(other) == _key(title)]
        proposed = types.setdefault(_key(title), proposed_type(row.cells[place] for row in rows for place in alike))
        kind = next((choice.types[place] for place in alike if place in choice.types), proposed)
        name, unit = divided_title(title, kind)
        if _key(name) in there:
            name, unit = title, None
        try:
            name = clean_name(name, "attribute")
        except UserError as fault:
            problems.append(Problem(Trouble.MISFIT, 1, title, str(fault)))
            yield Column(at, title, title, kind, None, known=False, left_out=True)
        else:
            yield Column(at, title, name, kind, unit, known=False, left_out=False)


def _cases(
    rows: tuple[Row, ...], sheet: Sheet, choice: Choice, problems: list[Problem]
) -> Iterator[tuple[Row, int | str]]:
    """The rows that can be written, each with the id of its case, or the name of one that is to be made."""
    kind = case_kind(sheet.kind)
    ids = {str(case.id): case.id for case in sheet.cases}
    names = {_key(case.name): case.id for case in sheet.cases}
    called = Counter(_key(case.called) for case in sheet.cases)
    for row in rows:
        name = row.cells[0].strip()
        known = ids.get(name) or names.get(_key(name))
        if known is not None:
            yield row, known
        elif not name:
            problems.append(Problem(Trouble.MISFIT, row.number, None, f"no {kind.singular} is named"))
        elif called[_key(name)]:
            several = ", ".join(case.name for case in sheet.cases if _key(case.called) == _key(name))
            problems.append(
                Problem(Trouble.MISFIT, row.number, None, f"{shown(name)} may be any of {several}: write which")
            )
        elif choice.unknown is Unknown.MAKE and kind.record in MADE_BY_NAME:
            try:
                yield row, _new_name(name, kind)
            except UserError as fault:
                problems.append(Problem(Trouble.MISFIT, row.number, None, str(fault)))
        else:
            problems.append(Problem(Trouble.UNKNOWN, row.number, None, f"there is no {kind.singular} {shown(name)}"))


def _new_name(name: str, kind: Kind) -> str:
    if is_id(name):
        raise UserError(f"there is no {kind.singular} with the id {shown(name)}: write a name")
    return clean_name(name, kind.singular)


class _Found:
    """The values that were found, by case and attribute; what does not fit or says something else is told."""

    def __init__(self, columns: list[Column], sheet: Sheet) -> None:
        self._columns, self._sheet = columns, sheet
        self._values: dict[tuple[int | str, str], tuple[str, Row, Column]] = {}
        self._fitting: Counter[int] = Counter()
        self._misfits: Counter[int] = Counter()

    def take(self, row: Row, case: int | str, column: Column) -> Problem | None:
        """Take the value in a cell, or say why not. Where two rows say something of a case, the first one counts."""
        try:
            value = canonical_value(column.type, row.cells[column.at])
        except UserError as fault:
            return self._misfit(row, column, str(fault))
        before, first, _ = self._values.setdefault((_folded_case(case), folded(column.name)), (value, row, column))
        if before != value:
            return self._misfit(row, column, f"{shown(value)}, but row {first.number:,} says {shown(before)}")
        self._fitting[column.at] += 1
        return None

    def _misfit(self, row: Row, column: Column, why: str) -> Problem:
        self._misfits[column.at] += 1
        return Problem(Trouble.MISFIT, row.number, column.header, why)

    def plan(self, problems: tuple[Problem, ...], choice: Choice, cases: Iterable[int | str]) -> Plan:
        """All of it."""
        ids = {folded(one.name): one.id for one in self._sheet.attributes}
        cells, fresh, same = [], 0, 0
        for (case, name), (value, _, column) in self._values.items():
            before = self._sheet.values.get((case, ids[name])) if isinstance(case, int) and name in ids else None
            fresh += before is None
            same += before == value
            if before != value:
                cells.append(Cell(str(case), str(ids[name]) if column.known else column.name, value))
        new = {folded(one.name): one for one in reversed(self._columns) if not one.known and not one.left_out}
        named: dict[int | str, int | str] = {}
        for case in cases:
            named.setdefault(_folded_case(case), case)
        return Plan(
            columns=tuple(
                replace(one, values=self._fitting[one.at], misfits=self._misfits[one.at]) for one in self._columns
            ),
            problems=problems,
            draft=ValuesDraft(
                self._sheet.kind,
                tuple(AttributeDraft(one.name, one.type, one.unit) for one in reversed(new.values())),
                tuple(case for case in named.values() if isinstance(case, str)),
                tuple(cells),
            ),
            choice=choice,
            cases=sum(isinstance(case, int) for case in named),
            fresh=fresh,
            changed=len(self._values) - fresh - same,
            same=same,
        )


def _folded_case(case: int | str) -> int | str:
    return case if isinstance(case, int) else folded(case)
