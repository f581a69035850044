"""Very many passages of a staff, painted at once as pixels: imported where the numbers are, not where the window is."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from polyvocal.gui.views.score_layout import BAR, CLOSE, CODES_SHOWN, MANY, Seen, Shades

if TYPE_CHECKING:
    from polyvocal.gui.views.score_layout import StaffMarks

Pixels = NDArray[np.uint32]


class DenseStaff:
    """The passages of a staff as columns: where each is, and each of its codes as a mark above the line."""

    def __init__(self, staff: "StaffMarks", numbers: dict[int, int]) -> None:
        """`numbers` are those of the codes among the shades."""
        self._at = np.array(staff.at, np.float64)
        self._gap = np.array(staff.gap, np.float64)
        self._shift = np.array(staff.shift, np.float64)
        heads = [
            (number, level, numbers[code])
            for number, mark in enumerate(staff.marks)
            for level, code in enumerate(mark.codes[:CODES_SHOWN])
        ]
        self._mark, self._level, self._code = np.array(heads, np.int64).reshape(-1, 3).T

    def pixels(self, size: tuple[int, int], seen: Seen, head: float, *, ratio: float, shades: Shades) -> Pixels:
        """A picture of (width, height) pixels, its lower edge on the line, of what is seen at a scale in pixels.

        `head` is how high a note's head is in the window, `ratio` how many pixels are one of the window's.
        """
        width, height = size
        high = max(int(head * ratio), 1)
        picture = np.zeros((height, width), np.uint32)
        wide = max(int(CLOSE * ratio), 1)
        at = (self._at - seen.left) * seen.scale
        inside = (at >= 0) & (at < width - wide)
        close = inside & (self._gap * seen.scale < CLOSE * ratio)
        self._paint_bars(picture, at[close], int(BAR * ratio), shades.many)
        told = inside & ~close
        which = told[self._mark]
        shades_of = np.array(shades.codes, np.uint32)[self._code[which]]
        across = (at[self._mark[which]] + self._shift[self._mark[which]] * wide).astype(np.int64)
        down = height - (self._level[which] + 1) * (high + int(ratio))
        fits = (down >= 0) & (across < width - wide)
        across, down, shades_of = across[fits], down[fits], shades_of[fits]
        thick = wide - 1 if wide > 2 else wide
        note = (np.arange(high).reshape(-1, 1) * width + np.arange(thick)).ravel()
        places = (down * width + across).reshape(-1, 1) + note
        picture.reshape(-1)[places] = shades_of.reshape(-1, 1)
        return picture

    @staticmethod
    def _paint_bars(picture: Pixels, at: NDArray[np.float64], bar: int, shade: int) -> None:
        """Columns as high as there are passages in them."""
        if not len(at):
            return
        height, width = picture.shape
        bars = width // bar
        count = np.bincount((at / bar).astype(np.int64), minlength=bars)[:bars]
        tall = np.minimum(count * height // MANY, height)
        tall[(count > 0) & (tall == 0)] = 1
        painted = np.arange(height, 0, -1).reshape(-1, 1) <= tall
        down, across = np.nonzero(painted)
        places = (down * width + across * bar).reshape(-1, 1) + np.arange(bar - 1)
        picture.reshape(-1)[places] = shade
