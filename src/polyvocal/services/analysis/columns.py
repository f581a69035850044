"""The codings of a project as numpy columns, in the places that they have in the current versions, and held there."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from polyvocal.domain.ids import SourceVersionId
from polyvocal.domain.versions import map_between
from polyvocal.services.analysis.places import placed
from polyvocal.services.analysis.sweep import Bools, Ints, numbered, tally
from polyvocal.services.queries.setting import Setting, SourceInfo
from polyvocal.store.codings import PackedNumbers, coding_rows, packed_codings
from polyvocal.store.view import View

Narrow = NDArray[np.int32]

_START_BITS = 32
_AT_ONCE = 1 << 17
"""So many codings, on whole lines, are looked at together: about as many as a processor's cache holds."""


@dataclass(frozen=True, slots=True)
class Keyed:
    """A column of ids: of each row the place of its id among the keys, which are in any order, each once."""

    at: Ints
    keys: Ints

    def places(self, wanted: Sequence[int]) -> Ints:
        """The place of each row's id among those wanted, -1 where it is not there."""
        return numbered(self.keys, wanted)[self.at]


@dataclass(frozen=True, slots=True)
class Codings:
    """Codings as columns of equal length, sorted by line and start. A coding is known by its place in them.

    A line is a source, by a number that it keeps. `start` and `end` are those in the current version, 0 and 0 where no
    words of the passage are left.
    """

    identity: Ints
    line: Ints
    start: Ints
    end: Ints
    code: Keyed
    coder: Keyed


class _Columns(NamedTuple):
    """The same as they are held: all but the ids in 32 bits, `code` and `coder` as places among keys."""

    identity: Ints
    line: Narrow
    start: Narrow
    end: Narrow
    code: Narrow
    coder: Narrow

    def taken(self, which: Bools | Ints) -> "_Columns":
        """Some of them, or all in another order."""
        return _columns(column[which] for column in self)

    def with_rows(self, rows: "_Columns") -> "_Columns":
        """These and some others, which are sorted too, each in its place."""
        at = np.searchsorted(_order_key(self), _order_key(rows), side="right")
        both: Iterable[tuple[Any, Any]] = zip(self, rows, strict=True)
        return _columns(np.insert(mine, at, new) for mine, new in both)


def _columns(columns: Iterable[Any]) -> _Columns:
    return _Columns(*columns)


def _order_key(columns: _Columns) -> Ints:
    return (columns.line.astype(np.int64) << _START_BITS) | columns.start


class HeldCodings:
    """All codings of a project, kept as they are in the file. `sources` has the source of each line."""

    def __init__(self, view: View, setting: Setting) -> None:
        self.sources: list[int] = []
        self._line_of: dict[int, int] = {}
        self._infos: dict[int, SourceInfo] = {}
        self.take_over(setting)
        self._codes, self._coders = _Keys(setting.codes), _Keys(setting.people)
        self._columns = _joined([self._placed(_unpacked(packed)) for packed in packed_codings(view)])

    def take_over(self, setting: Setting) -> None:
        """The sources and their versions are these now; one that is new gets a line."""
        for info in setting.sources:
            if info.source.id not in self._line_of:
                self._line_of[info.source.id] = len(self.sources)
                self.sources.append(info.source.id)
        self._infos = {self._line_of[info.source.id]: info for info in setting.sources}
        pairs = [(one.id, line) for line, info in self._infos.items() for one in info.versions]
        self._versions, self._line_of_version = np.array(pairs, np.int64).reshape(-1, 2).T
        self._current = np.zeros(len(self.sources), np.int64)
        self._current[list(self._infos)] = [info.current.id for info in self._infos.values()]

    def bring_up_to_date(self, view: View, codings: Iterable[int], corrected: Iterable[int]) -> None:
        """Read some codings again, and those of some sources of which there are other versions now."""
        ids, sources = sorted(codings), set(corrected)
        lines = sorted(self._line_of[source] for source in sources & self._line_of.keys())
        versions = [one.id for line in lines if line in self._infos for one in self._infos[line].versions]
        stale = numbered(self._columns.identity, ids) >= 0
        if lines:
            stale |= numbered(self._columns.line, lines) >= 0
        kept = self._columns.taken(~stale) if stale.any() else self._columns
        rows = coding_rows(view, ids, versions)
        self._columns = kept.with_rows(_joined([self._placed(np.array(rows, np.int64).T)])) if rows else kept

    # --- what is asked -----------------------------------------------------------------------------------------------

    def stretches(self, wanted: Bools, coders: Iterable[int]) -> Iterator[Codings]:
        """The codings on the lines that are wanted, by some coders (by all where none is named), a part at a time.

        No two parts have a line in common.
        """
        among = sorted(coders)
        is_coder = numbered(self._coders.ids, among) >= 0
        for begin, end in self._bounds():
            part = _columns(column[begin:end] for column in self._columns)
            kept = wanted[part.line]
            if among:
                kept &= is_coder[part.coder]
            if not kept.all():
                part = part.taken(kept)
            identity, line, start, until, code, coder = (column.astype(np.int64, copy=False) for column in part)
            yield Codings(identity, line, start, until, Keyed(code, self._codes.ids), Keyed(coder, self._coders.ids))

    def _bounds(self) -> Iterator[tuple[int, int]]:
        """Where parts begin and end: about so many codings each, and no line in two of them."""
        line, begin = self._columns.line, 0
        while begin < len(line):
            last = min(begin + _AT_ONCE, len(line)) - 1
            end = int(np.searchsorted(line, line[last], side="right"))
            yield begin, end
            begin = end

    @property
    def coder_ids(self) -> Ints:
        """The ids that the coders of codings are keyed by."""
        return self._coders.ids

    def coders(self) -> list[int]:
        """Whoever has coded anything."""
        found: list[int] = self._coders.ids[tally(self._columns.coder, len(self._coders.ids)) > 0].tolist()
        return found

    # --- where passages are ------------------------------------------------------------------------------------------

    def _placed(self, columns: Iterable[Ints]) -> _Columns:
        """Some codings in the places that they have in the current versions, in the order in which they come."""
        identity, version, start, end, code, coder = columns
        line = self._lines_of(version)
        start, end = self._in_current(version, line, (start, end))
        return _Columns(
            identity, _narrow(line), _narrow(start), _narrow(end), self._codes.places(code), self._coders.places(coder)
        )

    def _lines_of(self, version: Ints) -> Ints:
        return self._line_of_version[numbered(version, self._versions)] if len(version) else version

    def _in_current(self, version: Ints, line: Ints, span: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
        """The places in the current versions, for one old version after another."""
        old = np.flatnonzero(version != self._current[line])
        if not len(old):
            return span
        start, end = (place.copy() for place in span)
        old = old[np.argsort(version[old], kind="stable")]
        for alike in np.split(old, np.flatnonzero(np.diff(version[old])) + 1):
            made_in = SourceVersionId(int(version[alike[0]]))
            info = self._infos[int(line[alike[0]])]
            path = map_between(info.versions, made_in, info.current.id)
            start[alike], end[alike] = placed(path, start[alike], end[alike])
        return start, end


class _Keys:
    """The ids that a column has, in the order in which they came to be known."""

    def __init__(self, ids: Iterable[int]) -> None:
        self.ids: Ints = np.array(sorted(ids), np.int64)

    def places(self, values: Ints) -> Narrow:
        """The places of values among the ids; those that are not known yet are added."""
        at = numbered(values, self.ids)
        new = sorted(set(values[at < 0].tolist()))
        if new:
            self.ids = np.concatenate((self.ids, np.array(new, np.int64)))
            at = numbered(values, self.ids)
        return _narrow(at)


def _narrow(column: Ints) -> Narrow:
    return column.astype(np.int32)


def _joined(parts: list[_Columns]) -> _Columns:
    """Codings that were placed, as one, in order."""
    whole = _columns(np.concatenate(column) for column in zip(*parts, strict=True))
    parts.clear()
    return whole.taken(np.argsort(_order_key(whole), kind="stable"))


def _unpacked(packed: list[PackedNumbers]) -> Iterator[Ints]:
    """id, version, start, end, code and coder of some codings."""
    found: dict[str, Ints] = {}
    for text, parts in packed:
        numbers = read_numbers(text)
        for part in parts:
            found[part.column] = ((numbers >> part.shift) & ((1 << part.bits) - 1)) + part.base
    found["end"] = found["start"] + found["length"]
    return (found[column] for column in ("id", "version", "start", "end", "code", "coder"))


def read_numbers(text: str) -> Ints:
    """The numbers of a text that has commas between them."""
    return np.fromstring(text, np.int64, sep=",")
