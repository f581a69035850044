"""The codings of a project as numpy columns, in the places that they have in the current versions, and held there."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from polyvocal.domain.ids import SourceVersionId
from polyvocal.domain.versions import map_between
from polyvocal.services.analysis.places import placed
from polyvocal.services.analysis.sweep import Bools, Ints, distinct, expanded, numbered, tally
from polyvocal.services.queries.setting import Setting, SourceInfo
from polyvocal.store.codings import PackedNumbers, packed_codings
from polyvocal.store.view import View

Narrow = NDArray[np.int32]

CodingRow = tuple[int, int, int, int, int, int]
"""id, version, start, end, code and coder, as `coding_rows` gives them."""

_START_BITS = 32
_AT_ONCE = 1 << 17
"""So many codings, on whole lines, are looked at together: about as many as a processor's cache holds."""


@dataclass(frozen=True, slots=True)
class Keyed:
    """A column of ids: of each row the place of its id among the keys, which are in any order, each once."""

    at: Ints
    keys: Ints


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


_NONE = _Columns(
    np.zeros(0, np.int64),
    np.zeros(0, np.int32),
    np.zeros(0, np.int32),
    np.zeros(0, np.int32),
    np.zeros(0, np.int32),
    np.zeros(0, np.int32),
)


def _order_key(columns: _Columns) -> Ints:
    return (columns.line.astype(np.int64) << _START_BITS) | columns.start


class HeldCodings:
    """All codings of a project, kept as they are in the file. `sources` has the source of each line.

    They are held in parts of whole lines, so that a change costs no more than the part in which it is.
    """

    def __init__(self, view: View, setting: Setting) -> None:
        self.sources: list[int] = []
        self._line_of: dict[int, int] = {}
        self._infos: dict[int, SourceInfo] = {}
        self._codes, self._coders = _Keys(), _Keys()
        self.take_over(setting)
        self._parts = _divided(_joined([self._placed(_unpacked(packed)) for packed in packed_codings(view)]))

    def take_over(self, setting: Setting) -> None:
        """The sources and their versions are these now; one that is new gets a line."""
        self._codes.know(setting.codes)
        self._coders.know(setting.people)
        self._by_coder: Ints | None = None
        for info in setting.sources:
            if info.source.id not in self._line_of:
                self._line_of[info.source.id] = len(self.sources)
                self.sources.append(info.source.id)
        self._infos = {self._line_of[info.source.id]: info for info in setting.sources}
        pairs = [(one.id, line) for line, info in self._infos.items() for one in info.versions]
        self._versions, self._line_of_version = np.array(pairs, np.int64).reshape(-1, 2).T
        self._current = np.zeros(len(self.sources), np.int64)
        self._current[list(self._infos)] = [info.current.id for info in self._infos.values()]

    # --- keeping up --------------------------------------------------------------------------------------------------

    def changed_lines(self, codings: Iterable[int], rows: Sequence[CodingRow], corrected: Iterable[int]) -> Ints:
        """The lines on which anything changes where some codings, which are these rows now, are read again."""
        ids = sorted(codings)
        held = [part.line[which] for part in self._parts if len(which := _found(part.identity, ids))]
        now = self._lines_of(np.array([row[1] for row in rows], np.int64))
        lines = [self._line_of[source] for source in set(corrected) & self._line_of.keys()]
        return distinct(np.concatenate([now, np.array(lines, np.int64), *held]).astype(np.int64))

    def versions_of(self, corrected: Iterable[int]) -> list[int]:
        """The versions of some sources, as far as they are known."""
        lines = sorted(self._line_of[source] for source in set(corrected) & self._line_of.keys())
        return [one.id for line in lines if line in self._infos for one in self._infos[line].versions]

    def renew(self, codings: Iterable[int], rows: Sequence[CodingRow], corrected: Iterable[int]) -> None:
        """Take over some codings, and those of some sources of which there are other versions now: they are these."""
        ids = sorted(codings)
        lines = sorted(self._line_of[source] for source in set(corrected) & self._line_of.keys())
        fresh = _joined([self._placed(np.array(rows, np.int64).T)]) if rows else None
        part_of = None if fresh is None else self._part_of(fresh.line)
        renewed: list[_Columns] = []
        for number, part in enumerate(self._parts or [_NONE]):
            stale = np.zeros(len(part.identity), np.bool_)
            stale[_found(part.identity, ids)] = True
            if lines:
                stale |= numbered(part.line, lines) >= 0
            kept = part.taken(~stale) if stale.any() else part
            if fresh is not None and part_of is not None and (part_of == number).any():
                kept = kept.with_rows(fresh.taken(part_of == number))
            renewed += [kept] if len(kept.line) <= 2 * _AT_ONCE else _divided(kept)
        self._parts = [part for part in renewed if len(part.line)]
        self._by_coder = None

    def _part_of(self, line: Narrow) -> Ints:
        """The part to which each of some lines belongs: one that is new belongs to the last before it."""
        firsts = np.array([part.line[0] for part in self._parts], np.int64)
        return np.maximum(np.searchsorted(firsts, line, side="right") - 1, 0)

    # --- what is asked -----------------------------------------------------------------------------------------------

    def stretches(self, wanted: Bools, coders: Iterable[int]) -> Iterator[Codings]:
        """The codings on the lines that are wanted, by some coders (by all where none is named), a part at a time.

        No two parts have a line in common.
        """
        among = sorted(coders)
        for part in self._parts:
            yield self._chosen(part, wanted, among)

    def on_lines(self, lines: Ints, wanted: Bools, coders: Iterable[int]) -> Codings:
        """The same codings as far as they are on some lines, which are sorted."""
        found = [_NONE]
        wanted_lines = _narrow(lines)
        for part in self._parts:
            begins, ends = (np.searchsorted(part.line, wanted_lines, side=side) for side in _SIDES)
            at, _ = expanded(begins, ends - begins)
            if len(at):
                found.append(part.taken(at))
        together = _columns(np.concatenate(column) for column in zip(*found, strict=True))
        return self._chosen(together, wanted, sorted(coders))

    def _chosen(self, part: _Columns, wanted: Bools, coders: Sequence[int]) -> Codings:
        kept = wanted[part.line]
        if coders:
            kept &= (numbered(self._coders.ids, coders) >= 0)[part.coder]
        if not kept.all():
            part = part.taken(kept)
        identity, line, start, until, code, coder = (column.astype(np.int64, copy=False) for column in part)
        return Codings(identity, line, start, until, Keyed(code, self._codes.ids), Keyed(coder, self._coders.ids))

    @property
    def coder_ids(self) -> Ints:
        """The ids that the coders of codings are keyed by."""
        return self._coders.ids

    @property
    def code_ids(self) -> Ints:
        """The ids that the codes of codings are keyed by."""
        return self._codes.ids

    def coders(self) -> list[int]:
        """Whoever has coded anything."""
        if self._by_coder is None:
            size = len(self._coders.ids)
            self._by_coder = sum((tally(part.coder, size) for part in self._parts), np.zeros(size, np.int64))
        found: list[int] = self._coders.ids[self._by_coder > 0].tolist()
        return found

    def info_of(self, line: int) -> SourceInfo:
        """The source on a line."""
        return self._infos[line]

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

    def __init__(self) -> None:
        self.ids: Ints = np.zeros(0, np.int64)

    def know(self, ids: Iterable[int]) -> None:
        """Add those that are not known yet."""
        new = sorted(set(ids) - set(self.ids.tolist()))
        self.ids = np.concatenate((self.ids, np.array(new, np.int64)))

    def places(self, values: Ints) -> Narrow:
        """The places of values among the ids; those that are not known yet are added."""
        at = numbered(values, self.ids)
        if (at < 0).any():
            self.know(values[at < 0].tolist())
            at = numbered(values, self.ids)
        return _narrow(at)


_SIDES: tuple[Literal["left"], Literal["right"]] = ("left", "right")
_FEW = 32


def _found(identity: Ints, ids: Sequence[int]) -> Ints:
    """Where some of them have one of some ids: a few are looked for one after another."""
    if len(ids) > _FEW:
        return np.flatnonzero(numbered(identity, ids) >= 0)
    return np.concatenate([np.zeros(0, np.int64), *(np.flatnonzero(identity == one) for one in ids)])


def _divided(whole: _Columns) -> list[_Columns]:
    """Codings in parts of about as many as a processor's cache holds, and no line in two of them."""
    found: list[_Columns] = []
    line, begin = whole.line, 0
    while begin < len(line):
        last = min(begin + _AT_ONCE, len(line)) - 1
        end = int(np.searchsorted(line, line[last], side="right"))
        found.append(_columns(column[begin:end] for column in whole))
        begin = end
    return found


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
