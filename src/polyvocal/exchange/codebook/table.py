"""Codes as a table: a row for each, its columns told by their names."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from polyvocal.domain.codetree import PATH_MARK
from polyvocal.domain.text import shown
from polyvocal.exchange.codebook.entries import Entry, Found, left_out, parts_of, with_paths
from polyvocal.exchange.codebook.headings import COUNTED, FIELD_OF, KIND_OF_LEVEL, level_columns, plain
from polyvocal.exchange.readers.table import Row, Table, undefused, without_header
from polyvocal.services.commands.incoming import Note
from polyvocal.services.references import folded

_STRUCTURE = ("name", "path", "identity", "parent", "level")
_MARKS = (PATH_MARK, " > ", ">>", "\\", "::", ">")
_ROOTS = frozenset({"codes", "nodes", "code system", "codesystem"})
"""What NVivo and MAXQDA write above all codes of a path."""
_CUT = re.compile(r" … \[cut here: the whole text has [\d,]+ characters, more than a cell of Excel holds\]$")


def read_code_table(table: Table, path_mark: str | None = None) -> Found:
    """Read the rows of a table as codes.

    Where a code lies is told by the ids of an export of this program, by its level, its path, the name of the code
    above it, a column for each level, or how far its name is indented: whichever of these the table has first. With a
    `path_mark`, names hold paths; if it is empty, they hold none. A table in which no column is known is read as names
    and what they mean.
    """
    table = undefused(table)
    levels = level_columns(table.header)
    columns = _columns(table.header)
    if levels:
        columns = {field: at for field, at in columns.items() if at not in levels}
    elif "name" not in columns and "path" not in columns:
        table = without_header(table)
        columns = {"name": 0} | ({"definition": 1} if len(table.header) > 1 else {})
    read = _Reading(table, columns)
    entries, how = read.placed(levels, path_mark)
    return Found(entries, f"table, {how}", (*table.notes, *read.notes(levels)), tuple(read.problems))


def _columns(header: Sequence[str]) -> dict[str, int]:
    """Which column says what; of several that may say the same the first, and "name" before other words for it."""
    found: dict[str, int] = {}
    for at, heading in enumerate(header):
        called = plain(heading).removeprefix("code ") if plain(heading) not in FIELD_OF else plain(heading)
        field = FIELD_OF.get(called)
        if field is not None and field not in found:
            found[field] = at
    return found


class _Reading:
    """The rows of a table, as its columns say what they are."""

    def __init__(self, table: Table, columns: Mapping[str, int]) -> None:
        self._table, self._columns = table, columns
        self.problems: list[tuple[int, str]] = []
        self._cut = 0

    def placed(self, levels: Sequence[int], path_mark: str | None) -> tuple[tuple[Entry, ...], str]:
        """The codes in the order of their tree, and by what that is told."""
        columns = self._columns
        ways: list[tuple[bool, Callable[[], tuple[Entry, ...]], str]] = [
            (bool(levels), lambda: self._by_columns(levels), "a column for each level"),
            (self._has_parent_ids(), self._by_parents, "each below what its id says"),
            ("level" in columns and "name" in columns, self._by_level, "each as deep as its level says"),
            (bool(path_mark), lambda: self._by_paths(self._name_column, path_mark), "with paths"),
            ("path" in columns, lambda: self._by_paths(columns["path"], None), "with paths"),
            ("parent" in columns, self._by_parents, "each below the code that is named"),
            (
                path_mark is None and self._mark_in(self._name_column) is not None,
                lambda: self._by_paths(self._name_column, None),
                "with paths",
            ),
            (True, self._by_indent, "names and what they mean"),
        ]
        _, place, how = next(way for way in ways if way[0])
        return place(), how

    @property
    def _name_column(self) -> int:
        return self._columns.get("name", self._columns.get("path", 0))

    def _cell(self, row: Row, field: str) -> str:
        at = self._columns.get(field)
        return row.cells[at].strip() if at is not None else ""

    def _fields(self, row: Row) -> dict[str, str]:
        """What a row says of its code; a text that Excel cut says nothing."""
        said = {}
        for field, at in self._columns.items():
            if field not in _STRUCTURE and (words := row.cells[at].strip()):
                if _CUT.search(words):
                    self._cut += 1
                else:
                    said[field] = words
        return said

    def _named(self, rows: Iterable[Row]) -> list[Row]:
        """The rows that name a code; the others are told."""
        kept = []
        for row in rows:
            if row.cells[self._name_column].strip():
                kept.append(row)
            else:
                self.problems.append((row.number, "no code is named"))
        return kept

    # --- where the codes lie -------------------------------------------------------------------------------------

    def _has_parent_ids(self) -> bool:
        if not {"identity", "parent", "name"} <= self._columns.keys():
            return False
        ids = {self._cell(row, "identity") for row in self._table.rows}
        parents = {self._cell(row, "parent") for row in self._table.rows} - {""}
        return bool(ids - {""}) and parents <= ids

    def _by_parents(self) -> tuple[Entry, ...]:
        rows = self._named(self._table.rows)
        by = "identity" if self._has_parent_ids() else "name"
        known: dict[str, Row] = {}
        for row in rows:
            known.setdefault(folded(self._cell(row, by)), row)
        children: dict[int, list[Row]] = {}
        tops: list[tuple[str, list[Row]]] = []
        """Codes that are named as the one above others, and have no row."""
        named_only: dict[str, list[Row]] = {}
        for row in rows:
            above = self._cell(row, "parent")
            parent = known.get(folded(above)) if above else None
            if above and parent is None:
                if folded(above) not in named_only:
                    tops.append((above, named_only.setdefault(folded(above), [])))
                named_only[folded(above)].append(row)
            else:
                children.setdefault(parent.number if parent is not None else 0, []).append(row)
        entries: list[Entry] = []
        seen: set[int] = set()

        def walk(roots: list[Row], depth: int) -> None:
            pending = [(depth, iter(roots))]
            while pending:
                depth, line = pending[-1]
                row = next(line, None)
                if row is None:
                    pending.pop()
                elif row.number not in seen:
                    seen.add(row.number)
                    entries.append(self._entry(row, depth))
                    pending.append((depth + 1, iter(children.get(row.number, ()))))

        walk(children.get(0, []), 0)
        for name, below in tops:
            entries.append(Entry(below[0].number, name, 0, is_named_only=True))
            walk(below, 1)
        for row in rows:
            if row.number not in seen:
                self.problems.append(
                    (row.number, f"{shown(self._cell(row, 'name'))} lies below itself: put at the top")
                )
                walk([row], 0)
        return tuple(entries)

    def _entry(self, row: Row, depth: int) -> Entry:
        return Entry(
            row.number, row.cells[self._name_column].strip(), depth, self._fields(row), self._cell(row, "identity")
        )

    def _by_level(self) -> tuple[Entry, ...]:
        entries = []
        before = -1
        lowest = min(
            (int(level) for row in self._table.rows if (level := self._cell(row, "level")).isdecimal()), default=1
        )
        for row in self._named(self._table.rows):
            level = self._cell(row, "level")
            depth = int(level) - lowest if level.isdecimal() else max(before, 0)
            if not level.isdecimal() or depth > before + 1:
                self.problems.append(
                    (row.number, f"level {shown(level)} does not follow the one before: put one deeper")
                )
                depth = min(depth, before + 1)
            entries.append(self._entry(row, depth))
            before = depth
        return tuple(entries)

    def _mark_in(self, column: int) -> str | None:
        cells = [row.cells[column] for row in self._table.rows]
        return next((mark for mark in _MARKS if any(mark in cell.strip() for cell in cells)), None)

    def _by_paths(self, column: int, mark: str | None) -> tuple[Entry, ...]:
        mark = mark or self._mark_in(column) or PATH_MARK
        rows = [
            (row, parts_of(row.cells[column].strip(), mark)) for row in self._table.rows if row.cells[column].strip()
        ]
        if all(folded(parts[0]) in _ROOTS for _, parts in rows):
            rows = [(row, parts[1:]) for row, parts in rows if len(parts) > 1]
        return with_paths([(row.number, parts, self._fields(row), self._cell(row, "identity")) for row, parts in rows])

    def _by_columns(self, levels: Sequence[int]) -> tuple[Entry, ...]:
        """A row has a code in the column of its level; what stands above it is in the same row, or in one before."""
        paths = []
        kinds: dict[tuple[str, ...], str] = {}
        above: list[str] = []
        for row in self._table.rows:
            cells = [row.cells[at].strip() for at in levels]
            if not any(cells):
                self.problems.append((row.number, "no code is named"))
                continue
            first = next(at for at, cell in enumerate(cells) if cell)
            last = max(at for at, cell in enumerate(cells) if cell)
            line = [*(above[:first] + [""] * (first - len(above[:first]))), *cells[first : last + 1]]
            above = line
            names = [name for name in line if name]
            for at, name in enumerate(line):
                kind = KIND_OF_LEVEL.get(plain(self._table.header[levels[at]]))
                if name and kind:
                    kinds[tuple(one for one in line[: at + 1] if one)] = kind
            paths.append((row.number, names, self._fields(row), self._cell(row, "identity")))
        return tuple(self._of_kinds(with_paths(paths), kinds))

    @staticmethod
    def _of_kinds(entries: Iterable[Entry], kinds: Mapping[tuple[str, ...], str]) -> Iterable[Entry]:
        line: list[str] = []
        for one in entries:
            line[one.depth :] = [one.name]
            kind = kinds.get(tuple(line))
            yield Entry(
                one.where, one.name, one.depth, {"kind": kind, **one.fields} if kind else one.fields, one.identity
            )

    def _by_indent(self) -> tuple[Entry, ...]:
        indents: list[int] = []
        entries = []
        for row in self._named(self._table.rows):
            name = row.cells[self._name_column]
            indent = len(name) - len(name.lstrip())
            while indents and indents[-1] > indent:
                indents.pop()
            if not indents or indents[-1] < indent:
                indents.append(indent)
            entries.append(self._entry(row, len(indents) - 1))
        return tuple(entries)

    # --- what is not taken ---------------------------------------------------------------------------------------

    def notes(self, levels: Sequence[int]) -> Iterable[Note]:
        """The columns that are not carried over, and the texts that were cut."""
        used = {*self._columns.values(), *levels}
        others = [
            self._table.header[at]
            for at in range(len(self._table.header))
            if at not in used and any(row.cells[at].strip() for row in self._table.rows)
        ]
        counted = [name for name in others if plain(name) in COUNTED]
        strange = [name for name in others if plain(name) not in COUNTED]
        if counted:
            yield left_out("column about the use of codes", len(counted), ", ".join(counted))
        if strange:
            yield left_out("column that is not known", len(strange), ", ".join(strange))
        if self._cut:
            yield left_out("text that Excel's cells had cut", self._cut, "what is here already stays as it is")
