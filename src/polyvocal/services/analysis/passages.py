"""Which codings are one passage, where codes are folded into one."""

import numpy as np

from polyvocal.services.analysis.columns import Codings
from polyvocal.services.analysis.dimensions import Axis, Dimension
from polyvocal.services.analysis.sweep import Bools, Ints
from polyvocal.services.analysis.table import Part, Table


def passage_of(table: Table, part: Part) -> Ints | None:
    """The passage of each entry; None where each coding is one."""
    codes = next((one for one in table.axes if one.dimension is Dimension.CODE and one.along.folded), None)
    if codes is None:
        return None
    passage = folded_passages(part.codings, codes)
    return None if passage is None else passage[part.entries.owner]


def folded_passages(codings: Codings, codes: Axis) -> Ints | None:
    """Of each coding the number of the first that is the same passage in the same place of an axis of codes.

    A passage is a span of a text: what one coder coded with several codes that are folded into one is one passage of
    that, as it would be if they were merged. Codings with one and the same code are each a passage, also where they are
    of one span; and of what no words are left nobody can tell. None where no two are the same. O(n log n).
    """
    line, start, end = codings.line, codings.start, codings.end
    beside = (line[1:] == line[:-1]) & (start[1:] == start[:-1]) & (start[1:] < end[1:])
    doubtful = np.zeros(len(line), np.bool_)
    doubtful[1:] |= beside
    doubtful[:-1] |= beside
    some = np.flatnonzero(doubtful)
    if not len(some):
        return None
    place, code, coder = codes.places_of(codings.code)[some], codings.code.at[some], codings.coder.at[some]
    at = (line[some], start[some], end[some], coder, place)
    by_code = np.lexsort((codings.identity[some], code, *at[::-1]))
    nth = _nth(tuple(column[by_code] for column in (*at, code)))  # of those with one code
    same = (*(column[by_code] for column in at), nth)
    order = np.lexsort((some[by_code], *same[::-1]))
    begins = _begins(tuple(column[order] for column in same))
    number = some[by_code][order]
    first = np.flatnonzero(begins)
    if len(first) == len(number):
        return None
    passage = np.arange(len(line), dtype=np.int64)
    passage[number] = np.repeat(number[first], np.diff(first, append=len(number)))
    return passage


def _begins(columns: tuple[Ints, ...]) -> Bools:
    """Of sorted rows which differ from the one before."""
    begins = np.ones(len(columns[0]), np.bool_)
    begins[1:] = np.logical_or.reduce([column[1:] != column[:-1] for column in columns])
    return begins


def _nth(columns: tuple[Ints, ...]) -> Ints:
    """The place of each of some sorted rows among those that equal it."""
    first = np.flatnonzero(_begins(columns))
    every = np.arange(len(columns[0]), dtype=np.int64)
    return every - np.repeat(first, np.diff(first, append=len(every)))
