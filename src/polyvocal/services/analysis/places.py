"""Where very many passages of an older text are in a newer one: `EditMap.place`, for whole columns at once."""

import numpy as np

from polyvocal.domain.editmap import EditMap, Stage
from polyvocal.services.analysis.sweep import Ints


def placed(path: EditMap, start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """The places after a map of the passages [start, end); one of which no words are left is empty, [0, 0)."""
    gone = start >= end
    for stage in path.stages:
        start, end = _placed(stage, start, end)
        gone = gone | (start >= end)
    return np.where(gone, 0, start), np.where(gone, 0, end)


def _placed(stage: Stage, start: Ints, end: Ints) -> tuple[Ints, Ints]:
    edits = np.array(stage, np.int64).reshape(-1, 3)
    starts, ends, inserted = edits[:, 0], edits[:, 1], edits[:, 2]
    grown = np.concatenate(([0], np.cumsum(inserted - (ends - starts))))
    # edits are sorted and lie apart: those that end before a passage, and those that start before its end, come first
    before = np.searchsorted(ends, start, side="right")
    until = np.maximum(np.searchsorted(starts, end, side="left"), before)
    touched = until > before
    left = np.where(touched, np.minimum(start, starts[np.minimum(before, len(stage) - 1)]), start)
    right = np.where(touched, np.maximum(end, ends[np.maximum(until, 1) - 1]), end)
    return left + grown[before], right + grown[until]
