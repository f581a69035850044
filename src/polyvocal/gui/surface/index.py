"""Which codings lie where in a text: by block of the document, so that painting touches only what is seen."""

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from polyvocal.domain.ids import CodeId, CodingId, PersonId
from polyvocal.domain.lanes import lowest_free, pack_lanes
from polyvocal.services.queries.reading import PlacedCoding


class Mark(NamedTuple):
    """A coding as it is drawn: [start, end) in code points of the text, and its lane."""

    id: CodingId
    start: int
    end: int
    code: CodeId
    coder: PersonId
    lane: int


Key = tuple[int, int, int]


class CodingIndex:
    """The codings of one text. A coding keeps its lane for as long as it is there; a new one takes the lowest free."""

    def __init__(self, block_starts: Sequence[int], codings: Sequence[PlacedCoding]) -> None:
        """`codings` are sorted by (start, -end)."""
        self._starts = block_starts
        self._blocks: list[list[Mark]] = [[] for _ in block_starts]
        marks = [Mark(*one, lane) for one, lane in zip(codings, pack_lanes(codings), strict=True)]
        self._marks: dict[int, Mark] = {mark.id: mark for mark in marks}
        self._of_coder = Counter(mark.coder for mark in marks)
        self._in_lane = Counter(mark.lane for mark in marks)
        self._order = sorted((mark.start, -mark.end, int(mark.id)) for mark in marks)
        blocks, nexts, block = self._blocks, [*block_starts[1:], 1 << 62], 0
        for mark in marks:
            while nexts[block] <= mark.start:
                block += 1
            blocks[block].append(mark)
            if mark.end > nexts[block]:  # few do
                for further in self._blocks_of(nexts[block], mark.end):
                    blocks[further].append(mark)

    def __len__(self) -> int:
        return len(self._marks)

    def __iter__(self) -> Iterator[Mark]:
        """The marks by (start, -end, id)."""
        return (self._marks[key[2]] for key in self._order)

    def shows(self, codings: Sequence[PlacedCoding]) -> bool:
        """Whether just these codings are in it; they are sorted by (start, -end, id)."""
        return len(codings) == len(self) and all(mark[:-1] == one for mark, one in zip(self, codings, strict=True))

    def get(self, identity: int) -> Mark | None:
        """The mark of a coding, or None."""
        return self._marks.get(identity)

    def add(self, coding: PlacedCoding) -> Mark:
        """Put a coding in, in place of what it was before if it was there."""
        self.remove(coding.id)
        lane = lowest_free(one.lane for one in self.overlapping(coding.start, coding.end))
        mark = Mark(*coding, lane)
        self._marks[mark.id] = mark
        self._of_coder[mark.coder] += 1
        self._in_lane[lane] += 1
        for block in self._blocks_of(mark.start, mark.end):
            self._blocks[block].append(mark)
        insort(self._order, _key(coding))
        return mark

    def remove(self, identity: int) -> Mark | None:
        """Take a coding out, and give the mark that it had."""
        mark = self._marks.pop(identity, None)
        if mark is not None:
            for block in self._blocks_of(mark.start, mark.end):
                self._blocks[block].remove(mark)
            del self._order[bisect_left(self._order, _key(mark))]
            self._of_coder -= Counter([mark.coder])  # those with none left are gone from it
            self._in_lane -= Counter([mark.lane])
        return mark

    def in_block(self, block: int) -> Sequence[Mark]:
        """The marks that lie at least partly in a block."""
        return self._blocks[block] if block < len(self._blocks) else ()

    def overlapping(self, start: int, end: int) -> list[Mark]:
        """The marks that share a code point with [start, end), each once, by (start, -end, id)."""
        found = {
            mark.id: mark
            for block in self._blocks_of(start, end)
            for mark in self._blocks[block]
            if mark.start < end and start < mark.end
        }
        return sorted(found.values(), key=_key)

    def at(self, offset: int) -> list[Mark]:
        """The marks at an offset, the shortest first; a mark that ends just there counts where no other does."""
        return sorted(self.overlapping(offset, offset + 1), key=_length) or sorted(
            (one for one in self.overlapping(offset - 1, offset) if one.end == offset), key=_length
        )

    def after(self, mark: Mark | None, offset: int) -> Mark | None:
        """The next mark: after a mark, or from an offset on where none is given; None past the last."""
        at = bisect_right(self._order, _key(mark)) if mark else bisect_left(self._order, (offset, -(1 << 62), 0))
        return self._marks[self._order[at][2]] if at < len(self._order) else None

    def before(self, mark: Mark | None, offset: int) -> Mark | None:
        """The mark before a mark, or before an offset where none is given; None before the first."""
        at = bisect_left(self._order, _key(mark) if mark else (offset, -(1 << 62), 0))
        return self._marks[self._order[at - 1][2]] if at else None

    def block_of(self, offset: int) -> int:
        """The number of the block in which an offset lies."""
        return bisect_right(self._starts, offset) - 1

    def block_start(self, block: int) -> int:
        """The offset at which a block begins."""
        return self._starts[block]

    @property
    def coders(self) -> int:
        """How many people coded."""
        return len(self._of_coder)

    @property
    def lanes(self) -> int:
        """How many lanes are in use in the whole text."""
        return max(self._in_lane, default=-1) + 1

    def lanes_in(self, blocks: Iterable[int]) -> int:
        """How many lanes are in use in some blocks."""
        return max((mark.lane + 1 for block in blocks for mark in self._blocks[block]), default=0)

    def _blocks_of(self, start: int, end: int) -> range:
        return range(max(bisect_right(self._starts, start) - 1, 0), bisect_left(self._starts, max(end, start + 1)))


def _key(one: Mark | PlacedCoding) -> Key:
    return one.start, -one.end, one.id


def _length(one: Mark) -> tuple[int, int]:
    return one.end - one.start, one.id
