"""How high each block of a text is, and so where each begins: found and changed without going through all of them."""

from collections.abc import Sequence

_CHUNK = 256


class Heights:
    """Heights of blocks that stand one below the other, in whole pixels. A question looks at few of them."""

    def __init__(self, heights: Sequence[int] = ()) -> None:
        self._heights = list(heights)
        self._sums = [sum(self._heights[at : at + _CHUNK]) for at in range(0, len(self._heights), _CHUNK)]

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, block: int) -> int:
        return self._heights[block]

    def __setitem__(self, block: int, height: int) -> None:
        self._sums[block // _CHUNK] += height - self._heights[block]
        self._heights[block] = height

    def replace(self, first: int, end: int, heights: Sequence[int]) -> None:
        """Put other blocks in the place of [first, end)."""
        self._heights[first:end] = heights
        chunk = first // _CHUNK
        self._sums[chunk:] = [
            sum(self._heights[at : at + _CHUNK]) for at in range(chunk * _CHUNK, len(self._heights), _CHUNK)
        ]

    @property
    def total(self) -> int:
        """The height of all blocks together."""
        return sum(self._sums)

    def top(self, block: int) -> int:
        """Where a block begins; at the number of blocks, where the last one ends."""
        chunk = block // _CHUNK
        return sum(self._sums[:chunk]) + sum(self._heights[chunk * _CHUNK : block])

    def at(self, y: float) -> int:
        """The block in which y lies: the first where it is above all, the last where it is below. There must be one."""
        block = 0
        for chunk in self._sums:
            if y < chunk:
                break
            y -= chunk
            block += _CHUNK
        for height in self._heights[block : block + _CHUNK]:
            if y < height:
                break
            y -= height
            block += 1
        return min(block, len(self._heights) - 1)
