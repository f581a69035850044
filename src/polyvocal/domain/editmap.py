"""How places in one version of a text are found in another.

An edit replaces the code points [start, end) of the older text by `inserted` new ones. A map is a chain of stages,
each a sorted list of edits that do not touch the same place twice; a correction is one stage, and maps are composed
by putting their stages in a row. (Two stages cannot in general be folded into one: whether an insertion lies inside a
passage or at its edge depends on what the stage before had left of the passage.)
"""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from polyvocal.domain.errors import BugError
from polyvocal.domain.spans import Span


class Edit(NamedTuple):
    """The older text's [start, end) gave way to `inserted` new code points."""

    start: int
    end: int
    inserted: int


Stage = tuple[Edit, ...]


class Kept(NamedTuple):
    """So many code points, which are at `old` in the older text and at `new` in the newer one."""

    old: int
    new: int
    length: int


@dataclass(frozen=True, slots=True)
class EditMap:
    """A chain of stages, older text first. The empty chain is the identity."""

    stages: tuple[Stage, ...] = ()
    _steps: tuple["_Steps", ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_steps", tuple(map(_Steps, self.stages)))

    @classmethod
    def of(cls, edits: Iterable[tuple[int, int, int]]) -> "EditMap":
        """A map of one stage.

        Raises BugError unless the edits are sorted, lie apart (two insertions at one place are one edit) and are sane.
        """
        stage = tuple(Edit(*edit) for edit in edits)
        last = -1
        for edit in stage:
            if not (last < edit.start <= edit.end and edit.inserted >= 0 and edit.end - edit.start + edit.inserted > 0):
                raise BugError("the edits of a map must be sorted, lie apart and change something")
            last = edit.end
        return cls((stage,)) if stage else cls()

    def then(self, later: "EditMap") -> "EditMap":
        """The map that goes through this one and then through `later`."""
        return EditMap(self.stages + later.stages)

    def inverse(self) -> "EditMap":
        """The map from the newer text back to the older one."""
        return EditMap(tuple(_inverted(stage) for stage in reversed(self.stages)))

    def place(self, span: Span) -> Span | None:
        """Where a passage is in the newer text; None if none of its words are left.

        What was inserted inside belongs to the passage; what was inserted at its edge does not, unless it replaced
        characters of the passage. `span` is half-open in code points of the older text, and so is the answer.
        O(log n) for each stage of n edits.
        """
        place: Span | None = span
        for steps in self._steps:
            if place is None:
                return None
            place = steps.place(place)
        return place

    def point(self, at: int) -> int:
        """Where the gap before a code point is in the newer text: behind what is left of the text before it."""
        before = self.place(Span(0, at)) if at else None
        return before.end if before is not None else 0

    def length_after(self, length: int) -> int:
        """The length of the newer text, given that of the older one."""
        return length + sum(edit.inserted - (edit.end - edit.start) for stage in self.stages for edit in stage)

    def kept(self, length: int) -> tuple[Kept, ...]:
        """What of an older text of some length is left in the newer one, in order, in as few pieces as can be."""
        pieces: Iterable[Kept] = (Kept(0, 0, length),) if length else ()
        for stage in self.stages:
            pieces = _cut(pieces, stage)
        whole: list[Kept] = []
        for one in pieces:
            if whole and whole[-1].old + whole[-1].length == one.old and whole[-1].new + whole[-1].length == one.new:
                whole[-1] = whole[-1]._replace(length=whole[-1].length + one.length)
            else:
                whole.append(one)
        return tuple(whole)

    def encode(self) -> str | None:
        """As JSON: for each stage [gap since the last edit, removed, inserted, ...]; None for the identity."""
        if not self.stages:
            return None
        encoded = []
        for stage in self.stages:
            numbers, last = [], 0
            for edit in stage:
                numbers += [edit.start - last, edit.end - edit.start, edit.inserted]
                last = edit.end
            encoded.append(numbers)
        return json.dumps(encoded, separators=(",", ":"))

    @classmethod
    def decode(cls, encoded: str | None) -> "EditMap":
        """The inverse of `encode`."""
        stages = []
        for numbers in json.loads(encoded or "[]"):
            edits, last = [], 0
            for gap, removed, inserted in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True):
                edits.append(Edit(last + gap, last + gap + removed, inserted))
                last += gap + removed
            stages.append(tuple(edits))
        return cls(tuple(stages))


def _inverted(stage: Stage) -> Stage:
    shift, edits = 0, []
    for edit in stage:
        start = edit.start + shift
        edits.append(Edit(start, start + edit.inserted, edit.end - edit.start))
        shift += edit.inserted - (edit.end - edit.start)
    return tuple(edits)


def _cut(pieces: Iterable[Kept], stage: Stage) -> Iterator[Kept]:
    """The pieces that are left after a stage, where they are then."""
    edits = iter(stage)
    edit = next(edits, None)
    grown = 0
    for old, new, length in pieces:
        at, end = new, new + length
        while edit is not None and edit.start < end:
            if at < edit.start:
                yield Kept(old + at - new, at + grown, edit.start - at)
            at = max(at, min(edit.end, end))
            if edit.end > end:
                break
            grown += edit.inserted - (edit.end - edit.start)
            edit = next(edits, None)
        if at < end:
            yield Kept(old + at - new, at + grown, end - at)


class _Steps:
    """A stage made ready for looking up: where its edits begin and end, and by how much the text grew before each."""

    __slots__ = ("ends", "grown", "starts")

    def __init__(self, stage: Stage) -> None:
        self.starts = [edit.start for edit in stage]
        self.ends = [edit.end for edit in stage]
        self.grown = [0, *accumulate(edit.inserted - (edit.end - edit.start) for edit in stage)]

    def place(self, span: Span) -> Span | None:
        first, last = bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)
        start, end = span
        if first < last:  # edits within the passage, or over its edge
            start, end = min(start, self.starts[first]), max(end, self.ends[last - 1])
        last = max(first, last)
        placed = Span(start + self.grown[first], end + self.grown[last])
        return placed if placed.length > 0 else None


def apply_edits(text: str, edits: Iterable[tuple[int, int, str]]) -> tuple[str, EditMap]:
    """The text after replacing each [start, end) by the given words, and the map to it.

    Edits are in code points of `text`, sorted, and do not overlap. One that changes no character is left out of the
    map. Raises BugError for edits that overlap or lie outside the text.
    """
    parts: list[str] = []
    changes: list[tuple[int, int, int]] = []
    last = 0
    for start, end, words in edits:
        if not last <= start <= end <= len(text):
            raise BugError("edits must be sorted, must not overlap and must be within the text")
        parts += [text[last:start], words]
        last = end
        if text[start:end] != words:
            changes.append((start, end, len(words)))
    parts.append(text[last:])
    return "".join(parts), EditMap.of(join_touching(changes))


def join_touching(edits: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The same edits, with those that follow each other without a gap made one."""
    joined: list[tuple[int, int, int]] = []
    for start, end, inserted in edits:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end, joined[-1][2] + inserted)
        else:
            joined.append((start, end, inserted))
    return joined
