"""Which paragraphs of the current texts codings touch, for whole columns at once."""

from collections.abc import Iterable

import numpy as np

from polyvocal.domain.around import paragraph_starts
from polyvocal.services.analysis.columns import Codings, HeldCodings
from polyvocal.services.analysis.sweep import Ints
from polyvocal.services.queries.setting import SourceInfo
from polyvocal.store.view import View

_LINE = 32
"""From this bit on a place has its line; below it, its code points."""


class Paragraphs:
    """Where the paragraphs of the texts on all lines begin. They are numbered through; a line without words is none."""

    def __init__(self, view: View, held: HeldCodings, sources: Iterable[SourceInfo]) -> None:
        line_of = {source: line for line, source in enumerate(held.sources)}
        hashes = {line_of[info.source.id]: info.current.text_hash for info in sources}
        begins = [
            np.array([0, *paragraph_starts(view.text(hashes[line]))[1:]], np.int64) | (line << _LINE)
            for line in sorted(hashes)
        ]
        self._begins = np.concatenate(begins) if begins else np.zeros(0, np.int64)

    def of(self, codings: Codings) -> tuple[Ints, Ints]:
        """(first, last) of the paragraphs that each of some codings touches, numbered through all texts."""
        at = codings.line << _LINE
        first = np.searchsorted(self._begins, at | codings.start, side="right") - 1
        last = np.searchsorted(self._begins, at | np.maximum(codings.end - 1, codings.start), side="right") - 1
        return first, last
